// SPDX-License-Identifier: GPL-2.0-or-later
#include "sim/cpus_clock.h"

#include "kernel/time/timer_queue.h"
#include "linux/bug.h"
#include "linux/fs.h"
#include "linux/interrupt.h"
#include "linux/sched.h"
#include "sim/cpu.h"

#include <algorithm>
#include <utility>

namespace skbscope::stack {

cpus_clock::cpus_clock(machine_state &m, const work_costs &c) : m_(m) {
    costs = c;
    const auto n = static_cast<unsigned>(m.cpus.size());
    for (unsigned i = 0; i < n; ++i) {
        auto cpu = std::make_unique<work_cpu>(n);
        cpu->local_ns = m.now_ns;
        cpu->next_tick_ns = (m.now_ns / TICK_NSEC + 1) * TICK_NSEC;
        cpu->idle = true;
        cpu->poked_ns = m.now_ns; // tasks may wait already
        cpu->idle_fiber = std::make_unique<fiber>([this, i] { idle_loop(i); });
        cpu->active = cpu->idle_fiber.get();
        cpus_.push_back(std::move(cpu));
    }
}

// When must this CPU run next? Busy: it is where it is. Idle: when something comes.
u64 cpus_clock::due(unsigned cpu) const {
    const work_cpu &c = *cpus_[cpu];
    if (!c.idle) return c.local_ns;
    return std::max(c.local_ns, std::min(c.poked_ns, next_timer_event(cpu)));
}

hardware *cpus_clock::first_hardware() const {
    hardware *first = nullptr;
    for (hardware *hw : hardware_)
        if (hw->next_ns() != time_never && (!first || hw->next_ns() < first->next_ns())) first = hw;
    return first;
}

// How far the running CPU may go before somebody else could do something that it should see.
u64 cpus_clock::horizon() const {
    u64 at = limit_;
    if (const hardware *hw = first_hardware()) at = std::min(at, hw->next_ns());
    for (unsigned i = 0; i < cpus_.size(); ++i)
        if (i != m_.cpu) at = std::min(at, due(i));
    return at;
}

void cpus_clock::account(u64 ns) {
    const cpu_state &cpu = this_cpu();
    cpu_use use = cpu_use::process;
    if (in_hardirq())
        use = cpu_use::hardirq;
    else if (cpu.curr == cpu.ksoftirqd)
        use = cpu_use::ksoftirqd;
    else if (in_serving_softirq())
        use = cpu_use::softirq;
    else if (cpu.curr != &cpu.idle && !cpu.curr->files)
        use = cpu_use::kernel_thread;
    cpus_[m_.cpu]->used[static_cast<unsigned>(use)] += ns;
}

// Does it work, or does it look whether there is any? (Softirqs run on the idle task's stack, too.)
static bool is_busy(const cpu_state &cpu) {
    return cpu.curr != &cpu.idle || in_interrupt();
}

// When the running CPU's own timers interrupt it. A busy one has the tick, which looks after the timer wheel.
u64 cpus_clock::next_timer(const work_cpu &me) const {
    if (is_busy(this_cpu())) return std::min(me.next_tick_ns, next_hrtimer_event(m_.cpu));
    return next_timer_event(m_.cpu);
}

// Hardware needs no CPU: what it does before any other CPU acts is done at once.
void cpus_clock::run_hardware() {
    const u64 local = std::min(m_.now_ns, limit_), now = m_.now_ns;
    for (hardware *hw = first_hardware(); hw && hw->next_ns() < local; hw = first_hardware()) {
        const u64 at = hw->next_ns();
        for (unsigned i = 0; i < cpus_.size(); ++i)
            if (i != m_.cpu && due(i) < at) {
                m_.now_ns = now;
                return;
            }
        m_.now_ns = at;
        hw->act();
    }
    m_.now_ns = now;
}

// The running CPU gets on by `ns`; meanwhile it may be interrupted, which puts the end off. What other CPUs send is
// seen at the end.
void cpus_clock::spend(u64 ns) {
    work_cpu &me = *cpus_[m_.cpu];
    u64 left = ns;
    for (;;) {
        const hardware *hw = first_hardware();
        const u64 next = std::min(limit_, hw ? hw->next_ns() : time_never);
        u64 stretch = std::min(left, next < me.local_ns ? 0 : next - me.local_ns + 1);
        if (!in_hardirq()) {
            const u64 timer = next_timer(me);
            stretch = std::min(stretch, timer > me.local_ns ? timer - me.local_ns : 0);
        }
        account(stretch);
        me.local_ns += stretch;
        m_.now_ns = me.local_ns;
        left -= stretch;
        if (me.local_ns > next) run_hardware();
        if ((left == 0 || me.local_ns > next) && me.local_ns > horizon()) yield();
        const bool interrupted = !in_hardirq() && take_due();
        if (left == 0 && !interrupted) return;
    }
}

// Interrupts that came, on the stack of whatever runs. True: there was one.
bool cpus_clock::take_due() {
    work_cpu &me = *cpus_[m_.cpu];
    cpu_state &cpu = this_cpu();
    bool any = false;
    if (cpu_interrupted(cpu)) {
        take_interrupts(cpu);
        any = true;
    }
    if (next_timer(me) > me.local_ns) return any;
    const bool tick = is_busy(cpu) && me.local_ns >= me.next_tick_ns;
    if (tick) me.next_tick_ns = (me.local_ns / TICK_NSEC + 1) * TICK_NSEC;
    timer_interrupt(cpu);
    if (tick) me.fair.tick(cpu, me.local_ns);
    return true;
}

void cpus_clock::idle_loop(unsigned id) {
    cpu_state &cpu = *m_.cpus[id];
    work_cpu &me = *cpus_[id];
    for (;;) {
        try {
            const bool interrupted = take_due();
            if (!list_empty(&cpu.run_queue)) {
                work_done(work::context_switch);
                run_next_task(cpu);
                continue;
            }
            if (interrupted) continue;
        } catch (...) {
            failure_ = std::current_exception();
        }
        me.idle = true;
        me.poked_ns = time_never;
        yield();
    }
}

// Back to the loop that picks who is behind. Called on the running CPU's stack.
void cpus_clock::yield() {
    work_cpu &me = *cpus_[m_.cpu];
    const cpu_state &cpu = this_cpu();
    me.active = cpu.curr == &cpu.idle ? me.idle_fiber.get() : cpu.curr->stack.get();
    std::swap(m_.where, me.where);
    fiber_switch(*me.active, main_);
}

void cpus_clock::resume(unsigned cpu, u64 at) {
    work_cpu &me = *cpus_[cpu];
    if (me.idle) {
        me.used[static_cast<unsigned>(cpu_use::idle)] += at - me.local_ns;
        me.local_ns = at;
        me.next_tick_ns = std::max(me.next_tick_ns, (at / TICK_NSEC + 1) * TICK_NSEC);
    }
    me.idle = false;
    m_.set_cpu(cpu);
    m_.now_ns = me.local_ns;
    std::swap(m_.where, me.where);
    fiber_switch(main_, *me.active);
}

// What comes next anywhere. False: nothing before the limit.
bool cpus_clock::step(u64 limit) {
    hardware *hw = first_hardware();
    u64 at = hw ? hw->next_ns() : time_never;
    unsigned cpu = 0;
    bool is_cpu = false;
    for (unsigned i = 0; i < cpus_.size(); ++i)
        if (const u64 t = due(i); t < at) {
            at = t;
            cpu = i;
            is_cpu = true;
        }
    if (at >= limit) return false;
    if (is_cpu) {
        resume(cpu, at);
    } else {
        m_.now_ns = at;
        hw->act();
    }
    return true;
}

void cpus_clock::until(u64 limit) {
    limit_ = limit;
    while (step(limit))
        if (auto failure = std::exchange(failure_, nullptr)) std::rethrow_exception(failure);
    m_.set_cpu(0);
    m_.now_ns = limit;
}

void cpus_clock::woken(task_struct *task) {
    work_cpu &its = *cpus_[task->cpu];
    its.fair.woken(*m_.cpus[task->cpu], task, its.local_ns);
    poke(task->cpu);
}

task_struct *cpus_clock::pick_next(cpu_state &cpu) {
    return cpus_[cpu.id]->fair.pick(cpu);
}
void cpus_clock::switched_in(task_struct *task) {
    cpus_[m_.cpu]->fair.start(task, cpus_[m_.cpu]->local_ns);
}
void cpus_clock::switched_out(task_struct *task) {
    cpus_[m_.cpu]->fair.stop(task, cpus_[m_.cpu]->local_ns);
}

} // namespace skbscope::stack
