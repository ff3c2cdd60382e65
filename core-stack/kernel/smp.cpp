// SPDX-License-Identifier: GPL-2.0-or-later
// Linux 6.1: kernel/smp.c
#include "linux/smp.h"

#include "linux/interrupt.h"
#include "linux/irq.h"
#include "sim/cpu.h"
#include "sim/trace_emit.h"
#include "sim/work_clock.h"

namespace skbscope::stack {

namespace {

// The interrupt by which other CPUs ask for something. Linux 6.1: kernel/smp.c
void take_ipis(cpu_state &cpu) {
    irq_enter();
    work_done(work::interrupt);
    while (!cpu.ipi.empty()) {
        call_single_data *csd = cpu.ipi.front();
        cpu.ipi.pop_front();
        csd->pending = false;
        csd->func(csd->info);
    }
    irq_exit();
}

} // namespace

void smp_call_function_single_async(unsigned cpu, call_single_data *csd) {
    if (csd->pending) return; // -EBUSY in the kernel; its callers know by a flag of their own
    csd->pending = true;
    trace_ipi(cpu);
    cpu_of(cpu).ipi.push_back(csd);
    if (work_clock *clock = this_machine().clock) clock->poke(cpu);
}

bool cpu_interrupted(const cpu_state &cpu) {
    return !cpu.ipi.empty() || !cpu.irqs.empty();
}

void take_interrupts(cpu_state &cpu) {
    while (!cpu.irqs.empty()) {
        const unsigned irq = cpu.irqs.front();
        cpu.irqs.pop_front();
        common_interrupt(irq);
    }
    if (!cpu.ipi.empty()) take_ipis(cpu);
}

} // namespace skbscope::stack
