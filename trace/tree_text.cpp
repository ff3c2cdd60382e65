// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/tree_text.h"

#include "trace/text.h"

#include <functional>
#include <map>

namespace skbscope::trace {

namespace {
struct Line {
    TaskId task = 0;
    std::uint32_t depth = 0;
    std::string_view function;
};

// Calls from lines: a call has returned when its task shows another one that is not deeper.
class Calls {
public:
    explicit Calls(Side &side) : side_(side) {}

    void enter(const Line &line) {
        std::vector<Open> &stack = stacks_[line.task];
        while (!stack.empty() && stack.back().depth >= line.depth)
            leave(line.task, stack);
        const FunctionId fn = side_.intern_function(line.function);
        record(SKBSCOPE_EV_ENTER, line.task, fn);
        stack.push_back({line.depth, fn});
    }

    void finish() {
        for (auto &[task, stack] : stacks_)
            while (!stack.empty())
                leave(task, stack);
    }

private:
    struct Open {
        std::uint32_t depth;
        FunctionId fn;
    };

    void leave(TaskId task, std::vector<Open> &stack) {
        record(SKBSCOPE_EV_LEAVE, task, stack.back().fn);
        stack.pop_back();
    }

    void record(unsigned kind, TaskId task, FunctionId fn) {
        Event e{};
        e.seq = static_cast<std::uint32_t>(side_.events.size());
        e.time = e.seq; // an order, not a time
        e.task = task;
        e.fn = fn;
        e.kind = static_cast<std::uint8_t>(kind);
        e.state = SKBSCOPE_PROV_KERNEL << SKBSCOPE_STATE_PROV_SHIFT;
        side_.events.push_back(e);
    }

    Side &side_;
    std::map<TaskId, std::vector<Open>> stacks_;
};

std::optional<Line> parse(std::string_view text) {
    Line line;
    const auto task = to_number<TaskId>(trimmed(take_until(text, '\t')));
    const auto depth = to_number<std::uint32_t>(trimmed(take_until(text, '\t')));
    line.function = trimmed(text);
    if (!task || !depth || line.function.empty() || line.function.find('\t') != line.function.npos) return std::nullopt;
    line.task = *task;
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
