// SPDX-License-Identifier: GPL-2.0-or-later
// Each task compared alone. Internal to trace/.
#pragma once

#include "trace/compared.h"

namespace skbscope::trace {

// The order of a task's calls is kept on one stack: each CPU has an idle task of its own, all have number 0.
struct Thread {
    TaskId task = 0;
    std::uint8_t cpu = 0; // of idle tasks
    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the defaulted <=> for a comparison with 0
    auto operator<=>(const Thread &) const = default;
};
[[nodiscard]] inline Thread thread_of(const Event &e) {
    return {e.task, e.task == 0 ? e.cpu : std::uint8_t{0}};
}

// It has calls on several CPUs, or says that it had several (fact "cpus").
[[nodiscard]] bool on_several_cpus(const Side &side, const CallTree &tree);
// A tree as text that names no CPU: of how many it was is not known, and the idle tasks of all are one there.
[[nodiscard]] bool tells_no_cpu(const Side &side, const CallTree &tree);

// By call: whose it is. What an interrupt brings is the CPU's, as its idle task is: which task it hits is chance, and
// so is whether it serves its softirqs itself or ksoftirqd does. What is inside of a call is that call's.
[[nodiscard]] std::vector<Thread> threads_of_calls(const Side &side, const CallTree &tree);

// The calls of one of them as a tree of their own, over the events of all. `threads`: by call.
[[nodiscard]] CallTree part_of_tree(const CallTree &tree, const std::vector<Thread> &threads, Thread thread);

// Which task of the right side each of the left's is; nothing: it has no counterpart there. CPUs by their number, tasks
// by name, in the order in which they appear; what has no name, or another, by what it calls.
struct ThreadPair {
    std::optional<Thread> left, right;
};
[[nodiscard]] std::vector<ThreadPair> pair_threads(const Side &left, const CallTree &left_tree,
                                                   const std::vector<Thread> &left_threads, const Side &right,
                                                   const CallTree &right_tree,
                                                   const std::vector<Thread> &right_threads);

// By call: of a timer tick, with nothing of net/ inside (trace/ticks.cpp).
[[nodiscard]] std::vector<bool> calls_of_ticks(const Side &side, const CallTree &tree);

[[nodiscard]] Comparison compare_tasks(const Side &left, const CallTree &left_tree, const Side &right,
                                       const CallTree &right_tree, const CompareOptions &options);

} // namespace skbscope::trace
