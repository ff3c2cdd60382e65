// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/call_tree.h"

#include "trace/inlined_out_of_scope.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

namespace skbscope::trace {

namespace {
// Sees holes in the per-CPU sequence numbers, and the records that say so themselves.
class LossWatch {
public:
    // Is something missing before this record?
    bool see(const Event &e) {
        std::uint32_t &next = next_[e.cpu];
        // The difference is signed: a record that comes late is not a hole.
        const bool lost = static_cast<std::int32_t>(e.seq - next) > 0 || e.kind == SKBSCOPE_EV_LOSS;
        next = e.seq + 1;
        return lost;
    }

private:
    std::array<std::uint32_t, 256> next_{}; // by CPU
};

// How many lost leaves in a row are repaired. Far deeper than a kernel stack, and a bound on the work that a trace of
// leaves without enters can ask for.
constexpr std::size_t deepest_repair = 512;

class Builder {
public:
    explicit Builder(const Side &side) : side_(side) {
        tree_.call_at.reserve(side.events.size());
        std::size_t enters = 0;
        for (const Event &e : side.events)
            enters += static_cast<std::size_t>(is_enter(e));
        tree_.calls.reserve(enters);
    }

    CallTree build() {
        for (const Event &e : side_.events) {
            if (loss_.see(e)) tree_.losses.push_back(event_index());
            std::vector<std::uint32_t> &stack = stack_of(e);
            if (is_enter(e)) enter(e, stack);
            tree_.call_at.push_back(stack.empty() ? npos : stack.back());
            if (is_leave(e)) leave(e, stack);
        }
        for (const auto &[key, stack] : stacks_)
            tree_.unpaired += static_cast<std::uint32_t>(stack.size());
        tree_.interleaved = stacks_.size() > 1;
        close_subtrees();
        return std::move(tree_);
    }

private:
    // Each CPU has an idle task of its own; all have number 0.
    static std::uint64_t stack_key(const Event &e) { return e.task != 0 ? e.task : std::uint64_t{e.cpu} << 32; }

    std::vector<std::uint32_t> &stack_of(const Event &e) {
        if (const std::uint64_t key = stack_key(e); !last_stack_ || key != last_key_) {
            last_stack_ = &stacks_[key]; // stays where it is: unordered_map's values do not move
            last_key_ = key;
        }
        return *last_stack_;
    }

    [[nodiscard]] std::uint32_t event_index() const { return static_cast<std::uint32_t>(tree_.call_at.size()); }

    void enter(const Event &e, std::vector<std::uint32_t> &stack) {
        Call c;
        c.fn = e.fn;
        c.task = e.task;
        c.enter = event_index();
        c.parent = stack.empty() ? npos : stack.back();
        c.depth = static_cast<std::uint16_t>(std::min<std::size_t>(stack.size(), deepest_call));
        const auto index = static_cast<std::uint32_t>(tree_.calls.size());
        if (stack.empty()) tree_.roots.push_back(index);
        stack.push_back(index);
        tree_.calls.push_back(c);
    }

    // Calls above the one that leaves lost their own leave: they cannot outlive it.
    void leave(const Event &e, std::vector<std::uint32_t> &stack) {
        const auto runs = [&](std::uint32_t call) { return tree_.calls[call].fn == e.fn; };
        const auto end = stack.rbegin() + static_cast<std::ptrdiff_t>(std::min(stack.size(), deepest_repair));
        const auto found = std::find_if(stack.rbegin(), end, runs);
        if (found == end) {
            ++tree_.unpaired;
            return;
        }
        const auto above = static_cast<std::uint32_t>(found - stack.rbegin());
        tree_.unpaired += above;
        tree_.calls[*found].leave = event_index() - 1;
        tree_.call_at.back() = *found;
        stack.resize(stack.size() - above - 1);
    }

    void close_subtrees() {
        std::vector<Call> &calls = tree_.calls;
        for (std::size_t i = calls.size(); i-- > 0;) {
            const auto self = static_cast<std::uint32_t>(i + 1);
            calls[i].end = calls[i].end == npos ? self : std::max(calls[i].end, self);
            if (calls[i].parent == npos) continue;
            Call &parent = calls[calls[i].parent];
            parent.end = parent.end == npos ? calls[i].end : std::max(parent.end, calls[i].end);
        }
    }

    const Side &side_;
    CallTree tree_;
    LossWatch loss_;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> stacks_;
    std::vector<std::uint32_t> *last_stack_ = nullptr;
    std::uint64_t last_key_ = 0;
};
} // namespace

std::vector<std::uint32_t> CallTree::children(std::uint32_t call) const {
    std::vector<std::uint32_t> out;
    if (call >= calls.size()) return out;
    // Other tasks' calls may stand between: only a child's own subtree can be skipped as a whole.
    for (std::uint32_t i = call + 1; i < calls[call].end;) {
        const bool child = calls[i].parent == call;
        if (child) out.push_back(i);
        i = child && calls[i].end > i ? calls[i].end : i + 1;
    }
    return out;
}

CallTree build_call_tree(const Side &side) {
    return Builder(side).build();
}

Layer layer_of(const Side &side, const CallTree &tree, std::uint32_t call) {
    for (std::uint32_t i = call; i < tree.calls.size(); i = tree.calls[i].parent)
        if (const Layer own = side.function(tree.calls[i].fn).layer; own != Layer::none) return own;
    return Layer::none;
}

std::string to_tree_text(const Side &side, const CallTree &tree) {
    std::string out;
    out.reserve(tree.calls.size() * 40);
    for (std::uint32_t i = 0; i < tree.calls.size(); ++i) {
        const Call &c = tree.calls[i];
        if (inlined_out_of_scope(side, tree, i)) out += "# inlined: ";
        out += std::to_string(c.task);
        if (const unsigned cpu = side.events[c.enter].cpu; c.task == 0 && cpu != 0) out += '/' + std::to_string(cpu);
        out += '\t' + std::to_string(c.depth) + '\t';
        out += side.function_name(c.fn);
        out += '\n';
    }
    return out;
}

} // namespace skbscope::trace
