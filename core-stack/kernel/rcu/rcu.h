// SPDX-License-Identifier: GPL-2.0-or-later
// What the tick needs to know of RCU. Linux 6.1: kernel/rcu/rcu.h
#pragma once

namespace skbscope::stack {

[[nodiscard]] bool rcu_needs_cpu(); // callbacks are there: an idle CPU keeps its tick
void rcu_sched_clock_irq();         // at a tick: raises RCU_SOFTIRQ when a callback's grace period can go on

} // namespace skbscope::stack
