// SPDX-License-Identifier: GPL-2.0-or-later
// The scheduler. A task runs until it sleeps or returns to user space; then the next one of its CPU's run queue goes
// on. The idle task is the machine's own stack: it takes interrupts, lets virtual time pass and picks who runs.
// Linux 6.1: kernel/sched/core.c
#include "linux/sched.h"

#include "kernel/time/timer_queue.h"
#include "linux/bug.h"
#include "linux/fs.h"
#include "linux/interrupt.h"
#include "linux/timer.h"
#include "sim/boot.h"
#include "sim/cpu.h"
#include "sim/fiber.h"
#include "sim/machine_state.h"
#include "sim/trace_emit.h"
#include "sim/work_clock.h"

#include <exception>
#include <utility>

namespace skbscope::stack {

namespace {

struct scheduler {
    fiber main; // the idle tasks' stack
    unsigned next_cpu = 0;
    std::exception_ptr failure; // what a task died of
};
machine_global<scheduler> sched_;

// Where the idle task of this CPU runs.
fiber &idle_stack() {
    machine_state &m = this_machine();
    return m.clock ? m.clock->idle_stack(m.cpu) : sched_->main;
}

void run_body(task_struct *self) {
    try {
        self->body();
        task_work_run();
    } catch (...) {
        sched_->failure = std::current_exception();
        self->preempt_count = 0;
        this_cpu().preempt_count = 0;
    }
    self->state = TASK_DEAD;
    fiber_switch(*self->stack, idle_stack(), true);
}

void enqueue_task(task_struct *task) {
    if (task->on_rq) return;
    list_add_tail(&task->run_list, &cpu_of(task->cpu).run_queue);
    task->on_rq = true;
}

// One that only waits for a turn of its own loop (cpu_relax()) is the next of its CPU.
void enqueue_again(task_struct *task) {
    enqueue_task(task);
    if (!task->spins) return;
    list_del(&task->run_list);
    list_add(&task->run_list, &cpu_of(task->cpu).run_queue);
}

void dequeue_task(task_struct *task) {
    list_del_init(&task->run_list);
    task->on_rq = false;
}

// Between two tasks the model's stack goes through the idle task; the trace shows a switch to it only when it stays.
void show_running(cpu_state &cpu, task_struct *task) {
    if (cpu.shown_pid != task->pid) trace_switch(task, cpu.shown_pid);
    cpu.shown_pid = task->pid;
}

// From the idle task to `next` and back.
void context_switch(cpu_state &cpu, task_struct *next) {
    dequeue_task(next);
    cpu.curr = next;
    cpu.preempt_count = next->preempt_count;
    cpu.rcu_depth = next->rcu_depth;
    show_running(cpu, next);
    std::swap(this_machine().where, next->where);
    if (!next->traced) trace_recorder_off();
    if (work_clock *clock = this_machine().clock) clock->switched_in(next);
    fiber_switch(idle_stack(), *next->stack);
    if (work_clock *clock = this_machine().clock) clock->switched_out(next);
    if (!next->traced) trace_recorder_use(this_machine().recorder);
    std::swap(this_machine().where, next->where);
    next->preempt_count = cpu.preempt_count;
    next->rcu_depth = cpu.rcu_depth;
    cpu.preempt_count = cpu.idle.preempt_count;
    cpu.rcu_depth = cpu.idle.rcu_depth;
    cpu.curr = &cpu.idle;
    if (next->state == TASK_RUNNING) enqueue_again(next);
    if (auto failure = std::exchange(sched_->failure, nullptr)) std::rethrow_exception(failure);
}

bool others_want_to_run() {
    if (this_machine().clock) return !list_empty(&this_cpu().run_queue);
    for (const auto &cpu : this_machine().cpus)
        if (!list_empty(&cpu->run_queue) || cpu_interrupted(*cpu)) return true;
    return false;
}

bool other_cpus_have_work() {
    const machine_state &m = this_machine();
    for (const auto &cpu : m.cpus)
        if (cpu->id != m.cpu && (!list_empty(&cpu->run_queue) || cpu_interrupted(*cpu))) return true;
    return false;
}

// The other CPUs get on, then the running task does: nobody else gets its CPU meanwhile.
void let_other_cpus_work() {
    task_struct *self = get_current();
    self->spins = true;
    fiber_switch(*self->stack, idle_stack());
    self->spins = false;
}

// Its next task keeps the CPU: what interrupts it is that task's to take.
bool keeps_its_cpu(const cpu_state &cpu) {
    return !list_empty(&cpu.run_queue) && container_of(cpu.run_queue.next, &task_struct::run_list)->spins;
}

struct process_timer {
    timer_list timer;
    task_struct *task = nullptr;
};

void process_timeout(timer_list *t) {
    wake_up_process(container_of(t, &process_timer::timer)->task);
}

} // namespace

task_struct::task_struct() = default;
task_struct::~task_struct() = default;

cpu_state &cpu_of(unsigned cpu) {
    return *this_machine().cpus[cpu];
}
task_struct *get_current() {
    return this_cpu().curr;
}
unsigned smp_processor_id() {
    return this_machine().cpu;
}
unsigned nr_cpu_ids() {
    return static_cast<unsigned>(this_machine().cpus.size());
}

void sched_init() {
    for (auto &cpu : this_machine().cpus) {
        cpu->idle.comm = "idle";
        cpu->idle.cpu = cpu->id;
        cpu->curr = &cpu->idle;
    }
}

static task_struct *new_task(u32 pid, std::string comm, unsigned cpu, std::function<void()> body) {
    machine_state &m = this_machine();
    m.tasks.push_back(std::make_unique<task_struct>());
    task_struct *t = m.tasks.back().get();
    t->pid = pid;
    t->comm = std::move(comm);
    m.task_names[pid] = t->comm;
    t->cpu = cpu;
    t->body = std::move(body);
    t->stack = std::make_unique<fiber>([t] { run_body(t); });
    return t;
}

task_struct *create_process_on(std::string comm, unsigned cpu, std::function<void()> body) {
    task_struct *t = new_task(this_machine().next_pid++, std::move(comm), cpu, std::move(body));
    t->files = std::make_shared<files_struct>();
    enqueue_task(t);
    if (work_clock *clock = this_machine().clock) clock->woken(t);
    return t;
}

task_struct *create_process(std::string comm, std::function<void()> body) {
    return create_process_on(std::move(comm), 0, std::move(body));
}

task_struct *kthread_run(std::string comm, std::function<void()> body) {
    const unsigned cpu = smp_processor_id();
    task_struct *t = new_task(this_machine().next_pid++, std::move(comm), cpu, std::move(body));
    t->state = TASK_UNINTERRUPTIBLE;
    wake_up_process(t);
    return t;
}

task_struct *kthread_create_on_cpu(std::string comm, unsigned cpu, std::function<void()> body) {
    // The first threads of the kernel have small numbers; only processes count from first_pid.
    const u32 pid = static_cast<u32>(this_machine().tasks.size()) + 2;
    task_struct *t = new_task(pid, std::move(comm), cpu, std::move(body));
    t->state = TASK_UNINTERRUPTIBLE;
    return t;
}

void run_next_task(cpu_state &cpu) {
    context_switch(cpu, this_machine().clock->pick_next(cpu));
}

bool task_is_dead(const task_struct *task) {
    return task->state == TASK_DEAD;
}

void reap(task_struct *task) {
    std::erase_if(this_machine().tasks, [&](const auto &t) { return t.get() == task; });
}

bool dispatch_once() {
    machine_state &m = this_machine();
    const unsigned count = nr_cpu_ids();
    unsigned at = sched_->next_cpu;
    for (unsigned i = 0; i < count; ++i, ++at) {
        if (at >= count) at = 0;
        m.set_cpu(at);
        cpu_state &cpu = this_cpu();
        const bool interrupted = cpu_interrupted(cpu) && !keeps_its_cpu(cpu);
        if (interrupted) {
            show_running(cpu, &cpu.idle);
            take_interrupts(cpu);
        }
        if (!list_empty(&cpu.run_queue)) {
            sched_->next_cpu = m.cpu + 1;
            context_switch(cpu, container_of(cpu.run_queue.next, &task_struct::run_list));
            return true;
        }
        if (interrupted) return true;
    }
    return false;
}

// Linux 6.1: kernel/sched/core.c
void schedule() {
    cpu_state &cpu = this_cpu();
    task_struct *prev = cpu.curr;
    if (prev == &cpu.idle) panic("schedule(): the idle task cannot sleep; call it from a process");
    if (cpu.preempt_count != 0) panic("schedule(): " + prev->comm + " sleeps in atomic context");
    if (prev->state == TASK_RUNNING && !others_want_to_run()) return;
    if (prev->state != TASK_RUNNING) trace_sleep();
    fiber_switch(*prev->stack, idle_stack());
}

long schedule_timeout(long timeout) {
    if (timeout == MAX_SCHEDULE_TIMEOUT) {
        schedule();
        return timeout;
    }
    process_timer t;
    t.task = get_current();
    const unsigned long expire = static_cast<unsigned long>(timeout) + jiffies_now();
    timer_setup(&t.timer, process_timeout, 0);
    mod_timer(&t.timer, expire);
    schedule();
    del_timer(&t.timer);
    const long left = static_cast<long>(expire - jiffies_now());
    return left < 0 ? 0 : left;
}

long schedule_timeout_uninterruptible(long timeout) {
    set_current_state(TASK_UNINTERRUPTIBLE);
    return schedule_timeout(timeout);
}

bool try_to_wake_up(task_struct *task, unsigned state_mask) {
    if (!(task->state & state_mask)) return false;
    task->state = TASK_RUNNING;
    trace_wake(task);
    if (cpu_of(task->cpu).curr != task) enqueue_task(task);
    if (work_clock *clock = this_machine().clock) clock->woken(task);
    return true;
}

// A task goes on until it sleeps or leaves the kernel; only the idle task gives way at once.
bool need_resched() {
    const machine_state &m = this_machine();
    if (m.clock && get_current()->pid != 0) return m.clock->need_resched(m.cpu);
    return get_current()->pid == 0 && !list_empty(&this_cpu().run_queue);
}

// Without a work_run, too, time passes for who waits in a loop: or it would wait for ever.
void cpu_relax() {
    constexpr u64 turn_ns = 1'000;
    machine_state &m = this_machine();
    if (m.clock) return m.clock->spend(turn_ns);
    pass_time(m.now_ns + turn_ns);
    if (cpu_interrupted(this_cpu())) take_interrupts(this_cpu());
    if (get_current()->pid == 0 || !others_want_to_run()) return;
    let_other_cpus_work();
}

void cond_resched() {
    if (this_machine().clock) { // there is a tick: only who had its share gives way
        if (this_cpu().preempt_count == 0 && get_current()->pid != 0 && need_resched()) schedule();
        return;
    }
    if (this_cpu().preempt_count == 0 && get_current()->pid != 0 && !list_empty(&this_cpu().run_queue)) schedule();
}

void enter_idle() {
    for (auto &cpu : this_machine().cpus)
        show_running(*cpu, &cpu->idle);
}

// All CPUs work at the same time, and here no work takes any: so a system call that gave another CPU something to do
// ends when that is done, as it does on a machine whose receiver is no slower than the sender.
void exit_to_user_mode() {
    task_work_run();
    if (this_machine().clock || get_current()->pid == 0) return;
    while (other_cpus_have_work()) {
        let_other_cpus_work();
        if (cpu_interrupted(this_cpu())) take_interrupts(this_cpu()); // an IPI of theirs
    }
}

} // namespace skbscope::stack
