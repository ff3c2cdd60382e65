// SPDX-License-Identifier: GPL-2.0-or-later
// The pending timers of one machine, in the order in which the kernel would run them.
#pragma once

#include "linux/timer.h"

#include <set>
#include <vector>

namespace skbscope::stack {

struct wheel_order {
    bool operator()(const timer_list *a, const timer_list *b) const;
};
struct hrtimer_order {
    bool operator()(const hrtimer *a, const hrtimer *b) const {
        return a->expires != b->expires ? a->expires < b->expires : a->queued_seq < b->queued_seq;
    }
};
// One CPU's wheel (struct timer_base).
struct timer_base {
    unsigned long clk = 0; // jiffies: how far it has been run
    std::set<timer_list *, wheel_order> standard, deferrable;
};
struct timer_queue {
    std::vector<timer_base> bases; // a CPU
    std::vector<std::set<hrtimer *, hrtimer_order>> hrtimers;
};

// While the running CPU waits in a loop (cpu_relax()): timers fire until `end` (ns), which it is then. tick.cpp
void pass_time(u64 end);

inline constexpr unsigned long INITIAL_JIFFIES = static_cast<u32>(-300 * static_cast<int>(HZ)); // wraps after 5 minutes

} // namespace skbscope::stack
