// SPDX-License-Identifier: GPL-2.0-or-later
// The machine beside the world: processes that run on their own, and a clock that somebody else moves.
#include "sim/cpu.h"
#include "sim/machine.h"
#include "sim/machine_state.h"
#include "sim/work_clock.h"

#include <algorithm>

namespace skbscope::stack {

void machine::start_process(std::string comm, const std::function<void()> &body) {
    const use guard(*this);
    (void)create_process(std::move(comm), body);
}

void machine::pass(u64 now_ns) {
    state_->now_ns = std::max(state_->now_ns, now_ns);
}

u64 machine::run_due(u64 now_ns) {
    run_idle_until(now_ns);
    const use guard(*this);
    u64 next = no_event;
    for (unsigned cpu = 0; cpu < state_->cpus.size(); ++cpu)
        next = std::min(next, next_timer_event(cpu));
    for (const hardware *h : state_->hardware_)
        next = std::min(next, h->next_ns());
    return next;
}

} // namespace skbscope::stack
