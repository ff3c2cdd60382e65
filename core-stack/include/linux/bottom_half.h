// SPDX-License-Identifier: GPL-2.0-or-later
// Bottom halves, the forerunners of softirqs: an interrupt handler marks one, and it runs when the interrupt is over,
// but never two at once on the whole machine, however many CPUs it has. Gone since 2.5; here to be compared with what
// took their place (net_core_config::bottom_half). Linux 2.2: include/linux/interrupt.h, kernel/softirq.c
#pragma once

namespace skbscope::stack {

inline constexpr int NET_BH = 2; // TIMER_BH 0, TQUEUE_BH 1

void init_bh(int nr, void (*routine)());
void mark_bh(int nr);
[[nodiscard]] bool bh_active(); // one is marked
void do_bottom_half();          // runs what is marked, unless another CPU is at it

} // namespace skbscope::stack
