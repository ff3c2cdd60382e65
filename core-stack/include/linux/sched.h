// SPDX-License-Identifier: GPL-2.0-or-later
// Tasks. Each is a fiber: it runs until it sleeps (schedule()), on one virtual CPU. Linux 6.1: include/linux/sched.h
#pragma once

#include "linux/jiffies.h"
#include "linux/list.h"
#include "linux/trace_place.h"
#include "linux/types.h"

#include <functional>
#include <memory>
#include <string>

namespace skbscope::stack {

struct net;
struct files_struct; // linux/fs.h
struct fiber;        // sim/fiber.h
struct callback_head;

inline constexpr unsigned TASK_RUNNING = 0, TASK_INTERRUPTIBLE = 1, TASK_UNINTERRUPTIBLE = 2;
inline constexpr unsigned TASK_NORMAL = TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE;
inline constexpr unsigned TASK_DEAD = 0x80;

struct task_struct {
    u32 pid = 0; // 0: a CPU's idle task
    std::string comm;
    unsigned state = TASK_RUNNING; // TASK_*
    unsigned cpu = 0;
    bool on_rq = false;
    list_head run_list;    // in its CPU's run queue
    net *net_ns = nullptr; // nsproxy->net_ns
    u32 uid = 0;           // current_uid()
    bool signal = false;   // signal_pending()
    std::shared_ptr<files_struct> files;
    callback_head *task_works = nullptr; // run when it returns to user space
    std::function<void()> body;
    std::unique_ptr<fiber> stack;
    unsigned preempt_count = 0; // saved while it does not run
    int rcu_depth = 0;          // saved while it does not run
    bool spins = false;         // it waits in cpu_relax(): nobody else gets its CPU
    trace_place where;          // the tracer: innermost function, saved while it does not run
    bool traced = true;         // false: what it does, and what interrupts do on top of it, is not recorded
    task_struct();
    ~task_struct();
};

// The task that runs on this CPU now (the kernel's `current`).
[[nodiscard]] task_struct *get_current();
inline void set_current_state(unsigned state) {
    get_current()->state = state;
}
[[nodiscard]] inline bool signal_pending(const task_struct *t) {
    return t->signal;
}

void schedule();                     // let others run; sleeps unless state is TASK_RUNNING
long schedule_timeout(long timeout); // jiffies; returns what is left
long schedule_timeout_uninterruptible(long timeout);
bool try_to_wake_up(task_struct *task, unsigned state_mask); // false: it was not asleep so
inline bool wake_up_process(task_struct *task) {
    return try_to_wake_up(task, TASK_NORMAL);
}
inline bool wake_up_state(task_struct *task, unsigned mask) {
    return try_to_wake_up(task, mask);
}
[[nodiscard]] bool need_resched();
inline void might_sleep() {}
void cond_resched();
// One turn of a loop that waits for something: the CPU is kept, a microsecond passes, interrupts come, others work.
void cpu_relax();
// A kernel thread on `cpu`, sleeping until woken. Owned by the machine.
task_struct *kthread_create_on_cpu(std::string comm, unsigned cpu, std::function<void()> body);

task_struct *kthread_run(std::string comm, std::function<void()> body); // on this CPU, woken

[[nodiscard]] unsigned smp_processor_id();
inline unsigned raw_smp_processor_id() {
    return smp_processor_id();
}
[[nodiscard]] unsigned nr_cpu_ids();

// Work that a task does for itself on its way back to user space: closing files, mostly.
struct callback_head {
    callback_head *next = nullptr;
    void (*func)(callback_head *) = nullptr;
};
void task_work_add(task_struct *task, callback_head *work);
void task_work_run();
// The end of every system call: that work, and a turn for whoever else wants to run. (exit_to_user_mode_loop())
void exit_to_user_mode();

} // namespace skbscope::stack
