// SPDX-License-Identifier: GPL-2.0-or-later
// RCU: callbacks wait for a grace period, then run in RCU_SOFTIRQ. In the model a task never sleeps inside a read-side
// section and only one thing runs at a time, so every CPU is quiet once the present moment is over. The kernel notices
// in three ticks, each with a RCU_SOFTIRQ: one starts the grace period, one reports the CPU quiet, which ends it, and
// one runs the callbacks. What the kernel's grace-period thread does in between is done at the end of the softirq that
// would wake it; ticks go on as long as there are callbacks. Linux 6.1: kernel/rcu/tree.c
#include "linux/rcupdate.h"

#include "kernel/rcu/rcu.h"
#include "linux/bug.h"
#include "linux/sched.h"
#include "sim/boot.h"
#include "sim/cpu.h"
#include "sim/machine_state.h"

#include <deque>

namespace skbscope::stack {

namespace {

using callback_list = std::deque<rcu_head *>;

// The parts of struct rcu_segcblist, and of rcu_state.
struct rcu_data {
    callback_list next, waiting, done; // for a grace period to come, for this one, no more
    bool gp_in_progress = false;
};
machine_global<rcu_data> rcu;

void take_all(callback_list &to, callback_list &from) {
    to.insert(to.end(), from.begin(), from.end());
    from.clear();
}

void rcu_do_batch() {
    for (std::size_t n = rcu->done.size(); n > 0; --n) {
        rcu_head *head = rcu->done.front();
        rcu->done.pop_front();
        head->func(head);
    }
}

// The thread's part: ends a grace period that every CPU has reported quiet for, starts the next one if it is needed.
void rcu_gp_kthread(bool quiet) {
    if (quiet) take_all(rcu->done, rcu->waiting);
    rcu->gp_in_progress = !rcu->next.empty();
    take_all(rcu->waiting, rcu->next);
}

// Linux 6.1: kernel/rcu/tree.c
bool rcu_pending() {
    return rcu->gp_in_progress || !rcu->done.empty() || !rcu->next.empty();
}

// Linux 6.1: kernel/rcu/tree.c (rcu_core())
void rcu_core_si(softirq_action *) {
    const bool quiet = rcu->gp_in_progress; // since the thread that started it went to sleep
    rcu_do_batch();
    if (quiet || !rcu->next.empty()) rcu_gp_kthread(quiet);
}

struct synchronizer {
    rcu_head head;
    task_struct *waiter = nullptr;
    bool done = false;
};

} // namespace

void rcu_read_lock() {
    ++this_cpu().rcu_depth;
}
void rcu_read_unlock() {
    BUG_ON(this_cpu().rcu_depth == 0);
    --this_cpu().rcu_depth;
}
bool rcu_read_lock_held() {
    return this_cpu().rcu_depth > 0;
}

void call_rcu(rcu_head *head, void (*func)(rcu_head *head)) {
    head->func = func;
    rcu->next.push_back(head);
}

void synchronize_rcu() {
    if (get_current()->pid == 0) return; // set-up, outside any process: nothing runs that could be reading
    synchronizer s;
    s.waiter = get_current();
    call_rcu(&s.head, [](rcu_head *head) {
        synchronizer *self = container_of(head, &synchronizer::head);
        self->done = true;
        wake_up_process(self->waiter);
    });
    while (!s.done) {
        set_current_state(TASK_UNINTERRUPTIBLE);
        schedule();
    }
}

// All virtual CPUs share a thread, and readers do not sleep: when a task runs, no reader is in the midst of anything.
void synchronize_rcu_expedited() {
    cond_resched();
}

void rcu_barrier() {
    rcu->gp_in_progress = false;
    while (rcu_pending()) {
        take_all(rcu->done, rcu->waiting);
        take_all(rcu->done, rcu->next);
        rcu_do_batch();
    }
}

bool rcu_needs_cpu() {
    return rcu_pending();
}

void rcu_sched_clock_irq() {
    if (rcu_pending()) raise_softirq(RCU_SOFTIRQ);
}

void rcu_init() {
    open_softirq(RCU_SOFTIRQ, rcu_core_si);
}

} // namespace skbscope::stack
