// SPDX-License-Identifier: GPL-2.0-or-later
// Work that a kernel thread does later, in process context. One worker a CPU. Linux 6.1: kernel/workqueue.c
#include "linux/workqueue.h"

#include "linux/sched.h"
#include "sim/boot.h"
#include "sim/cpu.h"
#include "sim/machine_state.h"

#include <string>

namespace skbscope::stack {

namespace {

machine_per_cpu<list_head> worklist;

void worker_thread() {
    for (;;) {
        list_head &list = worklist.here();
        while (!list_empty(&list)) {
            work_struct *work = container_of(list.next, &work_struct::entry);
            list_del_init(&work->entry);
            work->pending = false;
            work->func(work);
            cond_resched();
        }
        set_current_state(TASK_UNINTERRUPTIBLE);
        schedule();
    }
}

void queue_now(work_struct *work) {
    list_add_tail(&work->entry, &worklist.here());
    if (task_struct *worker = this_cpu().kworker) wake_up_process(worker);
}

void delayed_work_timer_fn(timer_list *t) {
    queue_now(&container_of(t, &delayed_work::timer)->work);
}

} // namespace

void INIT_WORK(work_struct *work, void (*func)(work_struct *)) {
    work->func = func;
    work->pending = false;
}
void INIT_DELAYED_WORK(delayed_work *work, void (*func)(work_struct *)) {
    INIT_WORK(&work->work, func);
    timer_setup(&work->timer, delayed_work_timer_fn, 0);
}
void INIT_DEFERRABLE_WORK(delayed_work *work, void (*func)(work_struct *)) {
    INIT_WORK(&work->work, func);
    timer_setup(&work->timer, delayed_work_timer_fn, TIMER_DEFERRABLE);
}

bool schedule_work(work_struct *work) {
    if (work->pending) return false;
    work->pending = true;
    queue_now(work);
    return true;
}

bool schedule_delayed_work(delayed_work *work, unsigned long delay) {
    if (delay == 0) return schedule_work(&work->work);
    if (work->work.pending) return false;
    work->work.pending = true;
    mod_timer(&work->timer, jiffies_now() + delay);
    return true;
}

bool mod_delayed_work(delayed_work *work, unsigned long delay) {
    const bool was = cancel_delayed_work_sync(work);
    schedule_delayed_work(work, delay);
    return was;
}

bool cancel_work_sync(work_struct *work) {
    if (!work->pending) return false;
    if (!list_empty(&work->entry)) list_del_init(&work->entry);
    work->pending = false;
    return true;
}

bool cancel_delayed_work_sync(delayed_work *work) {
    del_timer(&work->timer);
    return cancel_work_sync(&work->work);
}

void workqueue_init() {
    for (unsigned cpu = 0; cpu < nr_cpu_ids(); ++cpu) {
        worklist.on(cpu); // made before whoever queues work, so it outlives them when the machine goes
        cpu_of(cpu).kworker = kthread_create_on_cpu("kworker/" + std::to_string(cpu) + ":0", cpu, worker_thread);
        // As on a real kernel, where workers do everybody's work: a trace is of the task, idle and softirq threads.
        cpu_of(cpu).kworker->traced = false;
    }
}

} // namespace skbscope::stack
