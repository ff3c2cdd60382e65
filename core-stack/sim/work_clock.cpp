// SPDX-License-Identifier: GPL-2.0-or-later
#include "sim/work_clock.h"

#include "linux/sched.h"
#include "sim/cpu.h"
#include "sim/cpus_clock.h"

#include <string_view>
#include <utility>

namespace skbscope::stack {

namespace {

cpus_clock &clock_of(const std::unique_ptr<work_clock> &clock) {
    return static_cast<cpus_clock &>(*clock);
}

} // namespace

std::string_view work_name(work w) {
    static constexpr std::array<std::string_view, work_kinds> names = {
        "interrupt",      "isr-packet",   "softirq",        "poll-packet", "gro-merge",
        "backlog-packet", "stack-packet", "context-switch", "system-call", "delivered-packet"};
    return names[static_cast<unsigned>(w)];
}

void spend(u64 ns) {
    if (work_clock *c = this_machine().clock) c->spend(ns);
}

void user_work(work w) {
    work_done(w);
    if (this_machine().clock && need_resched()) schedule();
}

work_run::work_run(machine &m, const work_costs &costs) : machine_(&m) {
    const machine::use guard(m);
    clock_ = std::make_unique<cpus_clock>(m.state(), costs);
    m.state().clock = clock_.get();
}

namespace {

// It stands somewhere in the middle of its work, and will never go on.
void forget(task_struct *task) {
    if (task->on_rq) {
        list_del_init(&task->run_list);
        task->on_rq = false;
    }
    task->state = TASK_DEAD;
}

} // namespace

work_run::~work_run() {
    const machine::use guard(*machine_);
    machine_state &m = machine_->state();
    m.clock = nullptr;
    m.set_cpu(0);
    for (task_struct *task : spawned_)
        forget(task);
    for (const auto &cpu : m.cpus) {
        if (cpu->curr != &cpu->idle) forget(cpu->curr);
        cpu->curr = &cpu->idle;
        cpu->preempt_count = 0;
        cpu->rcu_depth = 0;
        cpu->softirq_pending = 0;
        cpu->irqs.clear();
        cpu->ipi.clear();
    }
}

void work_run::spawn(std::string comm, unsigned cpu, std::function<void()> body) {
    const machine::use guard(*machine_);
    spawned_.push_back(create_process_on(std::move(comm), cpu, std::move(body)));
}

void work_run::attach(hardware *hw) {
    clock_of(clock_).attach(hw);
}

void work_run::until(u64 time_ns) {
    const machine::use guard(*machine_);
    clock_of(clock_).until(time_ns);
}

u64 work_run::now_ns() const {
    return machine_->now_ns();
}
const cpu_uses &work_run::used(unsigned cpu) const {
    return clock_of(clock_).used(cpu);
}

} // namespace skbscope::stack
