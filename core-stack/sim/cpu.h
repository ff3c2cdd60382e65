// SPDX-License-Identifier: GPL-2.0-or-later
// One virtual CPU: what it runs, what interrupted it, what waits for it.
#pragma once

#include "linux/list.h"
#include "linux/sched.h"
#include "linux/smp.h"
#include "linux/types.h"
#include "sim/machine_state.h"

#include <deque>

namespace skbscope::stack {

struct cpu_state {
    unsigned id = 0;
    unsigned preempt_count = 0;
    u32 softirq_pending = 0; // bit = vector
    int rcu_depth = 0;
    task_struct *curr = nullptr; // never null once the machine is up
    task_struct idle;            // pid 0: runs on the machine's own stack
    task_struct *ksoftirqd = nullptr;
    task_struct *kworker = nullptr;
    list_head run_queue;                // runnable tasks but for curr
    std::deque<call_single_data *> ipi; // sent to this CPU, not taken yet
    std::deque<unsigned> irqs;          // interrupt lines that were raised and not taken yet (kernel/irq)
    u32 shown_pid = 0;                  // the task the trace shows as running
};

[[nodiscard]] inline cpu_state &this_cpu() {
    return *this_machine().here;
}
[[nodiscard]] cpu_state &cpu_of(unsigned cpu);

// The machine's own stack, on which the idle tasks and the dispatcher run.
void sched_init();
// Lets a task of some CPU run, or a CPU take its interrupts. False: every CPU is idle.
bool dispatch_once();
// Every CPU has nothing left to run: the trace shows their idle tasks.
void enter_idle();
// Idle: virtual time goes on to the next timer (not beyond `limit_ns`), which then fires. False: none before the limit.
bool advance_time(u64 limit_ns);
[[nodiscard]] task_struct *create_process(std::string comm, std::function<void()> body); // on CPU 0
task_struct *create_process_on(std::string comm, unsigned cpu, std::function<void()> body);
// While work takes time (sim/work_clock.h):
[[nodiscard]] bool cpu_interrupted(const cpu_state &cpu); // an interrupt waits for it
void take_interrupts(cpu_state &cpu);                     // all that wait, on the running stack
void run_next_task(cpu_state &cpu);                       // from its idle task's stack, until it gives way
[[nodiscard]] u64 next_timer_event(unsigned cpu);         // ns; when an idle CPU must wake up by itself
[[nodiscard]] u64 next_hrtimer_event(unsigned cpu);       // ns
void timer_interrupt(cpu_state &cpu);
[[nodiscard]] bool task_is_dead(const task_struct *task);
void reap(task_struct *task);

} // namespace skbscope::stack
