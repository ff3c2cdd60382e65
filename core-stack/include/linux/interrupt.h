// SPDX-License-Identifier: GPL-2.0-or-later
// Softirqs: work that interrupt handlers put off, run with interrupts on but before the process goes on. Raised by
// setting a bit; run when softirqs are enabled again (__local_bh_enable_ip), at irq exit, or by ksoftirqd.
// Linux 6.1: include/linux/interrupt.h, include/linux/bottom_half.h
#pragma once

#include "linux/preempt.h"
#include "linux/types.h"

namespace skbscope::stack {

enum softirq_vector : unsigned {
    HI_SOFTIRQ = 0,
    TIMER_SOFTIRQ,
    NET_TX_SOFTIRQ,
    NET_RX_SOFTIRQ,
    BLOCK_SOFTIRQ,
    IRQ_POLL_SOFTIRQ,
    TASKLET_SOFTIRQ,
    SCHED_SOFTIRQ,
    HRTIMER_SOFTIRQ,
    RCU_SOFTIRQ,
    NR_SOFTIRQS
};

struct softirq_action {
    void (*action)(softirq_action *) = nullptr;
};
void open_softirq(unsigned nr, void (*action)(softirq_action *));
void raise_softirq(unsigned nr);
void raise_softirq_irqoff(unsigned nr);   // wakes ksoftirqd when not in interrupt context
void __raise_softirq_irqoff(unsigned nr); // only sets the bit
[[nodiscard]] u32 local_softirq_pending();

void __local_bh_disable_ip(unsigned long ip, unsigned cnt);
void __local_bh_enable_ip(unsigned long ip, unsigned cnt); // runs what is pending unless nested
inline void local_bh_disable() {
    __local_bh_disable_ip(0, SOFTIRQ_DISABLE_OFFSET);
}
inline void local_bh_enable() {
    __local_bh_enable_ip(0, SOFTIRQ_DISABLE_OFFSET);
}
void do_softirq();
void irq_enter(unsigned irq = 0); // irq: the line, for the trace; 0: the timer's or another CPU's
void irq_exit(unsigned irq = 0);  // runs pending softirqs when the interrupted code was not in one

// Hardware interrupts of the CPU. The model delivers them only when it is idle or at these points' ends, so the flags
// are bookkeeping that asserts the pairing.
inline void local_irq_disable() {}
inline void local_irq_enable() {}
inline void local_irq_save(unsigned long &flags) {
    flags = 0;
}
inline void local_irq_restore(unsigned long) {}

} // namespace skbscope::stack
