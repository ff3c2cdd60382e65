// SPDX-License-Identifier: GPL-2.0-or-later
// Softirqs: put off by interrupt handlers, run at three places: when a process enables them again
// (__local_bh_enable_ip), when an interrupt returns (irq_exit), and in ksoftirqd when there is too much of it. They
// never nest: while one is served, or while they are disabled, in_interrupt() holds the next back. Linux 6.1:
// kernel/softirq.c
#include "linux/interrupt.h"

#include "linux/bottom_half.h"
#include "linux/bug.h"
#include "linux/sched.h"
#include "linux/trace_fn.h"
#include "sim/boot.h"
#include "sim/cpu.h"
#include "sim/machine_state.h"
#include "sim/trace_emit.h"

#include <array>
#include <bit>
#include <string>
#include <utility>

namespace skbscope::stack {

namespace {

constexpr unsigned long MAX_SOFTIRQ_TIME = msecs_to_jiffies(2);
constexpr int MAX_SOFTIRQ_RESTART = 10;

machine_global<std::array<softirq_action, NR_SOFTIRQS>> softirq_vec;

// Linux 6.1: kernel/softirq.c
void wakeup_softirqd() {
    TRACE_FN();
    if (task_struct *tsk = this_cpu().ksoftirqd) wake_up_process(tsk);
}

// Once it is woken the softirqs are its own, so that it can share the CPU with the tasks that wait; but not what must
// be soon. Linux 6.1: kernel/softirq.c
bool ksoftirqd_running(u32 pending) {
    TRACE_FN();
    constexpr u32 now_mask = 1U << HI_SOFTIRQ | 1U << TASKLET_SOFTIRQ;
    if ((pending & now_mask) != 0) return TRACE_RET(false);
    const task_struct *tsk = this_cpu().ksoftirqd;
    return TRACE_RET(tsk && tsk->state == TASK_RUNNING);
}

void softirq_handle_begin() {
    preempt_count_add(SOFTIRQ_OFFSET);
}
void softirq_handle_end() {
    preempt_count_sub(SOFTIRQ_OFFSET);
}

// Linux 6.1: kernel/softirq.c
void handle_softirqs(bool) {
    TRACE_FN();
    const unsigned long end = jiffies_now() + MAX_SOFTIRQ_TIME;
    int max_restart = MAX_SOFTIRQ_RESTART;
    cpu_state &cpu = this_cpu();

    softirq_handle_begin();
    while (u32 pending = std::exchange(cpu.softirq_pending, 0)) {
        while (pending) {
            const auto vec = static_cast<unsigned>(std::countr_zero(pending));
            pending &= pending - 1;
            const unsigned prev_count = preempt_count();
            softirq_action *h = &(*softirq_vec)[vec];
            trace_softirq(SKBSCOPE_EV_SOFTIRQ_ENTER, vec);
            h->action(h);
            trace_softirq(SKBSCOPE_EV_SOFTIRQ_EXIT, vec);
            BUG_ON(prev_count != preempt_count());
        }
        if (!cpu.softirq_pending) break;
        if (time_before(jiffies_now(), end) && !need_resched() && --max_restart) continue;
        wakeup_softirqd();
        break;
    }
    softirq_handle_end();
}

// Linux 6.1: kernel/softirq.c
void __do_softirq() {
    TRACE_FN();
    handle_softirqs(false);
}

// Linux 6.1: kernel/softirq.c
bool ksoftirqd_should_run() {
    TRACE_FN();
    return TRACE_RET(local_softirq_pending() != 0);
}

// Linux 6.1: kernel/softirq.c
void run_ksoftirqd() {
    TRACE_FN();
    if (local_softirq_pending()) handle_softirqs(true);
}

void ksoftirqd() {
    for (;;) {
        while (ksoftirqd_should_run()) {
            run_ksoftirqd();
            cond_resched();
        }
        set_current_state(TASK_INTERRUPTIBLE);
        schedule();
    }
}

} // namespace

unsigned preempt_count() {
    return this_cpu().preempt_count;
}
void preempt_count_add(unsigned value) {
    this_cpu().preempt_count += value;
}
void preempt_count_sub(unsigned value) {
    BUG_ON(this_cpu().preempt_count < value);
    this_cpu().preempt_count -= value;
}

u32 local_softirq_pending() {
    return this_cpu().softirq_pending;
}

void open_softirq(unsigned nr, void (*action)(softirq_action *)) {
    (*softirq_vec)[nr].action = action;
}

// Linux 6.1: kernel/softirq.c
void __raise_softirq_irqoff(unsigned nr) {
    TRACE_FN();
    trace_softirq(SKBSCOPE_EV_SOFTIRQ_RAISE, nr);
    this_cpu().softirq_pending |= 1U << nr;
}

// Linux 6.1: kernel/softirq.c
void raise_softirq_irqoff(unsigned nr) {
    TRACE_FN();
    __raise_softirq_irqoff(nr);
    if (!in_interrupt()) wakeup_softirqd(); // else it runs when the interrupt or the disabled section ends
}

// Linux 6.1: kernel/softirq.c
void raise_softirq(unsigned nr) {
    TRACE_FN();
    raise_softirq_irqoff(nr);
}

void __local_bh_disable_ip(unsigned long, unsigned cnt) {
    preempt_count_add(cnt);
}

// Linux 6.1: kernel/softirq.c
void __local_bh_enable_ip(unsigned long, unsigned cnt) {
    TRACE_FN();
    BUG_ON(in_hardirq());
    // One unit of preempt_count stays until the softirqs are done: the task must not move on meanwhile.
    preempt_count_sub(cnt - 1);
    if (!in_interrupt() && local_softirq_pending()) do_softirq();
    preempt_count_sub(1);
}

// Linux 6.1: kernel/softirq.c
void do_softirq() {
    TRACE_FN();
    if (in_interrupt()) return;
    const u32 pending = local_softirq_pending();
    if (pending && !ksoftirqd_running(pending)) __do_softirq();
}

// Linux 6.1: kernel/softirq.c (irq_enter_rcu() is what the interrupt's entry calls)
void irq_enter(unsigned irq) {
    preempt_count_add(HARDIRQ_OFFSET);
    trace_irq(SKBSCOPE_EV_IRQ_ENTER, irq);
}

// Linux 6.1: kernel/softirq.c
static void irq_exit_rcu() {
    TRACE_FN();
    preempt_count_sub(HARDIRQ_OFFSET);
    const u32 pending = local_softirq_pending();
    if (!in_interrupt() && pending && !ksoftirqd_running(pending)) __do_softirq();
    if (!in_interrupt() && bh_active()) do_bottom_half(); // only with net_core_config::bottom_half
}

void irq_exit(unsigned irq) {
    trace_irq(SKBSCOPE_EV_IRQ_EXIT, irq);
    irq_exit_rcu();
}

void spawn_ksoftirqd() {
    for (unsigned cpu = 0; cpu < nr_cpu_ids(); ++cpu)
        cpu_of(cpu).ksoftirqd = kthread_create_on_cpu("ksoftirqd/" + std::to_string(cpu), cpu, ksoftirqd);
}

} // namespace skbscope::stack
