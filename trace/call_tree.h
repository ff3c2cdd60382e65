// SPDX-License-Identifier: GPL-2.0-or-later
// Calls from events: enter and leave paired per task, nested, in the order of entry. Everything that steps, folds or
// compares works on calls; everything drawn at an instant works on event indices (state.h).
#pragma once

#include "trace/trace.h"

#include <vector>

namespace skbscope::trace {

inline constexpr std::uint32_t npos = 0xffffffff;

// Long traces hold millions of these: what the event of the entry tells (packet, CPU, context) is not kept again.
struct Call {
    std::uint32_t enter = npos;  // event index
    std::uint32_t leave = npos;  // event index; npos: still running when the trace ended, or lost
    std::uint32_t parent = npos; // call index
    std::uint32_t end = npos;    // one past the last call of its subtree, in this task
    TaskId task = 0;
    FunctionId fn = no_function;
    std::uint16_t depth = 0; // of its task's stack; deepest_call stands for that and all below
};
static_assert(sizeof(Call) == 24);
inline constexpr std::uint32_t deepest_call = 0xffff; // no kernel stack holds as many; a damaged trace may

struct CallTree {
    std::vector<Call> calls;          // in order of entry over all tasks
    std::vector<std::uint32_t> roots; // depth 0
    // The call that runs at an event (the innermost entered and not left, in the event's task); npos outside any.
    std::vector<std::uint32_t> call_at; // by event index
    std::uint32_t unpaired = 0;         // leaves without enter and enters without leave
    // Events at which something before them is known to be missing: LOSS records, and records after a hole in their
    // CPU's sequence numbers. Ascending.
    std::vector<std::uint32_t> losses;
    // Of a part of a tree: each call's index in the whole. Empty where this is the whole.
    std::vector<std::uint32_t> numbers;
    [[nodiscard]] std::uint32_t number(std::uint32_t call) const { return numbers.empty() ? call : numbers[call]; }
    [[nodiscard]] std::vector<std::uint32_t> children(std::uint32_t call) const;
    // Several tasks' calls (or several CPUs' idle tasks') stand among each other.
    bool interleaved = false;
};

// Any order of events is safe input: a leave whose enter is missing is skipped, an enter whose leave is missing ends
// with its caller. An interrupt nests in the task on whose stack it runs.
[[nodiscard]] CallTree build_call_tree(const Side &side);

// The layer a call is drawn in: its function's, and for a helper on the sk_buff, which has none of its own, that of the
// nearest caller that has one.
[[nodiscard]] Layer layer_of(const Side &side, const CallTree &tree, std::uint32_t call);

// One entered function a line: task<TAB>depth<TAB>function. What compare.py of the reference kernel's oracle reads.
[[nodiscard]] std::string to_tree_text(const Side &side, const CallTree &tree);

} // namespace skbscope::trace
