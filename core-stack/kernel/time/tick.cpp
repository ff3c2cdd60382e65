// SPDX-License-Identifier: GPL-2.0-or-later
// Virtual time. It stands still while a CPU has something to run; when all are idle it jumps to the next event, whose
// interrupt then comes: the tick (every 4 ms, but only those that have something to do, as with CONFIG_NO_HZ_IDLE) or a
// high-resolution timer. Linux 6.1: kernel/time/tick-sched.c
#include "kernel/rcu/rcu.h"
#include "kernel/time/timer_queue.h"
#include "linux/interrupt.h"
#include "sim/cpu.h"
#include "sim/machine_state.h"
#include "sim/work_clock.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace skbscope::stack {

namespace {

constexpr u64 never = std::numeric_limits<u64>::max();

u64 time_of_jiffy(unsigned long j) {
    return static_cast<u64>(j - INITIAL_JIFFIES) * TICK_NSEC;
}

void hrtimer_interrupt(cpu_state &cpu) {
    auto &queue = this_machine().timers->hrtimers[cpu.id];
    while (!queue.empty() && (*queue.begin())->expires <= ktime_get()) {
        hrtimer *timer = *queue.begin();
        hrtimer_cancel(timer);
        timer->function(timer);
    }
}

void tick(cpu_state &cpu) {
    const timer_base &base = this_machine().timers->bases[cpu.id];
    const auto due = [](const auto &queue) {
        return !queue.empty() && time_after_eq(jiffies_now(), (*queue.begin())->bucket_expiry);
    };
    if (due(base.standard) || due(base.deferrable)) raise_softirq(TIMER_SOFTIRQ);
    if (cpu.id == 0) rcu_sched_clock_irq();
}

} // namespace

u64 next_hrtimer_event(unsigned cpu) {
    const auto &hr = this_machine().timers->hrtimers[cpu];
    return hr.empty() ? never : static_cast<u64>((*hr.begin())->expires);
}

// When the CPU must be interrupted next. Deferrable timers do not count: they run along with other ticks.
u64 next_timer_event(unsigned cpu) {
    u64 at = next_hrtimer_event(cpu);
    if (const auto &std = this_machine().timers->bases[cpu].standard; !std.empty())
        at = std::min(at, time_of_jiffy((*std.begin())->bucket_expiry));
    if (cpu == 0 && rcu_needs_cpu()) at = std::min(at, time_of_jiffy(jiffies_now() + 1));
    return at;
}

void timer_interrupt(cpu_state &cpu) {
    irq_enter();
    work_done(work::interrupt);
    hrtimer_interrupt(cpu);
    tick(cpu);
    irq_exit();
}

hardware::~hardware() {
    if (machine_) std::erase(machine_->hardware_, this);
}
void hardware::run_in_this_machine() {
    machine_ = &this_machine();
    machine_->hardware_.push_back(this);
}

bool advance_time(u64 limit_ns) {
    machine_state &m = this_machine();
    hardware *device = nullptr;
    unsigned first = 0;
    u64 at = never;
    for (unsigned cpu = 0; cpu < m.cpus.size(); ++cpu)
        if (const u64 t = next_timer_event(cpu); t < at) {
            at = t;
            first = cpu;
        }
    for (hardware *h : m.hardware_)
        if (const u64 t = h->next_ns(); t < at) {
            at = t;
            device = h;
        }
    if (at == never || at > limit_ns) return false;
    m.now_ns = std::max(m.now_ns, at);
    if (device) {
        device->act();
        return true;
    }
    m.set_cpu(first);
    timer_interrupt(*m.cpus[first]);
    return true;
}

// Timers that fire until `end`: those of this CPU interrupt what runs, those of others their idle tasks.
void pass_time(u64 end) {
    machine_state &m = this_machine();
    const unsigned self = m.cpu;
    for (;;) {
        unsigned first = self;
        for (unsigned i = 0; i < m.cpus.size(); ++i)
            if (next_timer_event(i) < next_timer_event(first)) first = i;
        const u64 at = next_timer_event(first);
        if (at > end) break;
        m.now_ns = std::max(m.now_ns, at);
        m.set_cpu(first);
        trace_place nowhere;
        if (first != self) std::swap(m.where, nowhere);
        timer_interrupt(this_cpu());
        if (first != self) std::swap(m.where, nowhere);
        m.set_cpu(self);
    }
    m.now_ns = std::max(m.now_ns, end);
}

} // namespace skbscope::stack
