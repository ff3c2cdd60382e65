// SPDX-License-Identifier: GPL-2.0-or-later
// RCU: callbacks wait for a grace period, then run in RCU_SOFTIRQ. In the model a task never sleeps inside a read-side
// section and only one thing runs at a time, so a grace period is over once the present one is; it ends some ticks
// later because that is when the kernel notices: one tick to start it, one to see every CPU quiet, one to tell.
// Linux 6.1: kernel/rcu/tree.c
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

constexpr unsigned long grace_period_ticks = 3;

struct callback {
    rcu_head *head;
    unsigned long ready; // jiffies
};
machine_global<std::deque<callback>> callbacks;

// Linux 6.1: kernel/rcu/tree.c
void rcu_core_si(softirq_action *) {
    while (!callbacks->empty() && time_after_eq(jiffies_now(), callbacks->front().ready)) {
        rcu_head *head = callbacks->front().head;
        callbacks->pop_front();
        head->func(head);
    }
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
    callbacks->push_back({head, jiffies_now() + grace_period_ticks});
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

void rcu_barrier() {
    while (!callbacks->empty()) {
        rcu_head *head = callbacks->front().head;
        callbacks->pop_front();
        head->func(head);
    }
}

bool rcu_callbacks_pending() {
    return !callbacks->empty();
}
unsigned long rcu_next_jiffy() {
    return callbacks->front().ready;
}

void rcu_sched_clock_irq() {
    if (rcu_callbacks_pending() && time_after_eq(jiffies_now(), rcu_next_jiffy())) raise_softirq(RCU_SOFTIRQ);
}

void rcu_init() {
    open_softirq(RCU_SOFTIRQ, rcu_core_si);
}

} // namespace skbscope::stack
