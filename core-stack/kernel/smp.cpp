// SPDX-License-Identifier: GPL-2.0-or-later
// Linux 6.1: kernel/smp.c
#include "linux/smp.h"

#include "sim/cpu.h"
#include "sim/trace_emit.h"
#include "sim/work_clock.h"

namespace skbscope::stack {

void smp_call_function_single_async(unsigned cpu, call_single_data *csd) {
    if (csd->pending) return; // -EBUSY in the kernel; its callers know by a flag of their own
    csd->pending = true;
    trace_ipi(cpu);
    cpu_of(cpu).ipi.push_back(csd);
    if (work_clock *clock = this_machine().clock) clock->poke(cpu);
}

} // namespace skbscope::stack
