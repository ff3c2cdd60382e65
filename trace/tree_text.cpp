// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/tree_text.h"

#include "trace/text.h"

#include <array>
#include <functional>
#include <map>

namespace skbscope::trace {

namespace {
struct Line {
    TaskId task = 0;
    std::uint8_t cpu = 0; // of task 0: each CPU has an idle task of its own
    std::uint32_t depth = 0;
    std::string_view function;
};
using Stack = std::pair<TaskId, std::uint8_t>;

// Calls from lines: a call has returned when its task shows another one that is not deeper.
class Calls {
public:
    explicit Calls(Side &side) : side_(side) {}

    void enter(const Line &line) {
        std::vector<Open> &stack = stacks_[{line.task, line.cpu}];
        while (!stack.empty() && stack.back().depth >= line.depth)
            leave({line.task, line.cpu}, stack);
        const FunctionId fn = side_.intern_function(line.function);
        record(SKBSCOPE_EV_ENTER, {line.task, line.cpu}, fn);
        stack.push_back({line.depth, fn});
    }

    void finish() {
        for (auto &[which, stack] : stacks_)
            while (!stack.empty())
                leave(which, stack);
    }

private:
    struct Open {
        std::uint32_t depth;
        FunctionId fn;
    };

    void leave(Stack which, std::vector<Open> &stack) {
        record(SKBSCOPE_EV_LEAVE, which, stack.back().fn);
        stack.pop_back();
    }

    void record(unsigned kind, Stack which, FunctionId fn) {
        Event e{};
        e.seq = next_seq_[which.second]++;
        e.time = side_.events.size(); // an order, not a time
        e.task = which.first;
        e.cpu = which.second;
        e.fn = fn;
        e.kind = static_cast<std::uint8_t>(kind);
        e.state = SKBSCOPE_PROV_KERNEL << SKBSCOPE_STATE_PROV_SHIFT;
        side_.events.push_back(e);
    }

    Side &side_;
    std::array<std::uint32_t, 256> next_seq_{}; // of each CPU
    std::map<Stack, std::vector<Open>> stacks_;
};

std::optional<Line> parse(std::string_view text) {
    Line line;
    std::string_view column = trimmed(take_until(text, '\t')); // "107", or "0/1": the idle task of CPU 1
    const auto task = to_number<TaskId>(take_until(column, '/'));
    const auto cpu = column.empty() ? std::optional<std::uint8_t>(0) : to_number<std::uint8_t>(column);
    const auto depth = to_number<std::uint32_t>(trimmed(take_until(text, '\t')));
    line.function = trimmed(text);
    if (!task || !cpu || !depth || line.function.empty() || line.function.find('\t') != line.function.npos)
        return std::nullopt;
    line.task = *task;
    line.cpu = *cpu;
    line.depth = *depth;
    return line;
}

Side side_from(std::string_view text, const std::function<void(std::size_t line)> &wrong) {
    Side side;
    side.info.kind = SideKind::kernel;
    side.info.transport = "tree";
    side.info.recorded = true;
    Calls calls(side);
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::string_view line = take_line(text);
        if (trimmed(line).empty() || line.front() == '#') continue;
        if (const auto parsed = parse(line))
            calls.enter(*parsed);
        else
            wrong(number);
    }
    calls.finish();
    return side;
}
} // namespace

tl::expected<Side, FileError> read_tree_text(std::string_view text, std::string_view name) {
    std::size_t first_wrong = 0;
    Side side = side_from(text, [&](std::size_t line) { first_wrong = first_wrong == 0 ? line : first_wrong; });
    if (first_wrong == 0) return side;
    return tl::unexpected(
        FileError{std::string(name) + ": line " + std::to_string(first_wrong),
                  "is not task<TAB>depth<TAB>function; write trees with: skbscope run --format tree"});
}

Side side_from_tree_text(std::string_view text) {
    return side_from(text, [](std::size_t) {});
}

} // namespace skbscope::trace
