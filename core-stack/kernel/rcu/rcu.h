// SPDX-License-Identifier: GPL-2.0-or-later
// What the tick needs to know of RCU. Linux 6.1: kernel/rcu/rcu.h
#pragma once

namespace skbscope::stack {

[[nodiscard]] bool rcu_callbacks_pending();
[[nodiscard]] unsigned long rcu_next_jiffy(); // when the grace period of the oldest callbacks ends
void rcu_sched_clock_irq();                   // at a tick: raises RCU_SOFTIRQ when it has ended

} // namespace skbscope::stack
