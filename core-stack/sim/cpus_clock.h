// SPDX-License-Identifier: GPL-2.0-or-later
// The CPUs of a work_run (sim/work_clock.h): a clock each, and the loop that lets the one that is behind run.
#pragma once

#include "sim/fair.h"
#include "sim/fiber.h"
#include "sim/work_clock.h"

#include <exception>
#include <memory>
#include <vector>

namespace skbscope::stack {

// One CPU as the clock sees it.
struct work_cpu {
    u64 local_ns = 0;          // how far it is
    u64 poked_ns = time_never; // something waits for it since then
    u64 next_tick_ns = 0;      // while it is not idle
    bool idle = false;         // nothing to do: local_ns jumps when something comes
    std::unique_ptr<fiber> idle_fiber;
    fiber *active = nullptr; // the stack it stopped on: the idle task's or another's
    trace_place where;       // the tracer's, while it does not run
    cpu_uses used{};
    fair_queue fair;
    explicit work_cpu(unsigned cpus) : fair(cpus) {}
};

class cpus_clock final : public work_clock {
public:
    cpus_clock(machine_state &m, const work_costs &c);

    void spend(u64 ns) override;
    void poke(unsigned cpu) override { cpus_[cpu]->poked_ns = std::min(cpus_[cpu]->poked_ns, m_.now_ns); }
    void woken(task_struct *task) override;
    task_struct *pick_next(cpu_state &cpu) override;
    void switched_in(task_struct *task) override;
    void switched_out(task_struct *task) override;
    fiber &idle_stack(unsigned cpu) override { return *cpus_[cpu]->idle_fiber; }
    [[nodiscard]] bool need_resched(unsigned cpu) const override { return cpus_[cpu]->fair.need_resched; }

    void attach(hardware *hw) { hardware_.push_back(hw); }
    void until(u64 limit);
    [[nodiscard]] const cpu_uses &used(unsigned cpu) const { return cpus_[cpu]->used; }

private:
    void idle_loop(unsigned cpu);
    void yield();
    void resume(unsigned cpu, u64 at);
    bool step(u64 limit);
    [[nodiscard]] u64 due(unsigned cpu) const;
    [[nodiscard]] u64 horizon() const;
    [[nodiscard]] hardware *first_hardware() const;
    [[nodiscard]] u64 next_timer(const work_cpu &me) const;
    void run_hardware();
    bool take_due();
    void account(u64 ns);

    machine_state &m_;
    std::vector<std::unique_ptr<work_cpu>> cpus_;
    std::vector<hardware *> hardware_;
    u64 limit_ = 0; // nobody goes on beyond
    fiber main_;
    std::exception_ptr failure_;
};

} // namespace skbscope::stack
