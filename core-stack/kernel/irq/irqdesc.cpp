// SPDX-License-Identifier: GPL-2.0-or-later
// The table of interrupt lines, and what happens when one is raised: the CPU stops what it does (irq_enter), calls
// every handler of the line, and, before it goes on, serves the softirqs that were put off (irq_exit). Linux 6.1:
// kernel/irq/irqdesc.c, handle.c, chip.c, arch/x86/kernel/irq.c
#include "linux/errno.h"
#include "linux/interrupt.h"
#include "linux/irq.h"
#include "linux/trace_fn.h"
#include "sim/cpu.h"
#include "sim/machine_state.h"
#include "sim/work_clock.h"

#include <memory>
#include <vector>

namespace skbscope::stack {

namespace {

constexpr unsigned first_irq = 24; // those below belong to the board

machine_global<std::vector<std::unique_ptr<irq_desc>>> irq_descs;

// Linux 6.1: kernel/irq/handle.c
irqreturn_t __handle_irq_event_percpu(irq_desc *desc) {
    TRACE_FN();
    int ret = IRQ_NONE;
    for (irqaction *action = desc->action; action; action = action->next)
        ret |= action->handler(static_cast<int>(desc->irq), action->dev_id);
    return TRACE_RET(static_cast<irqreturn_t>(ret));
}

// Linux 6.1: kernel/irq/handle.c
irqreturn_t handle_irq_event_percpu(irq_desc *desc) {
    TRACE_FN();
    const irqreturn_t ret = __handle_irq_event_percpu(desc);
    if (ret == IRQ_NONE) ++desc->unhandled;
    return TRACE_RET(ret);
}

// Linux 6.1: kernel/irq/handle.c
irqreturn_t handle_irq_event(irq_desc *desc) {
    TRACE_FN();
    desc->pending = false;
    return TRACE_RET(handle_irq_event_percpu(desc));
}

// A message-signalled interrupt tells of one event; while the line is disabled it is remembered, not lost.
// Linux 6.1: kernel/irq/chip.c
void handle_edge_irq(irq_desc *desc) {
    TRACE_FN();
    if (desc->depth != 0 || !desc->action) {
        desc->pending = true;
        return;
    }
    ++desc->tot_count;
    do
        handle_irq_event(desc);
    while (desc->pending && desc->depth == 0);
}

} // namespace

irq_desc::~irq_desc() {
    while (action) {
        irqaction *next = action->next;
        delete action;
        action = next;
    }
}

irq_desc *irq_to_desc(unsigned irq) {
    auto &all = *irq_descs;
    if (irq < first_irq || irq - first_irq >= all.size()) return nullptr;
    return all[irq - first_irq].get();
}

unsigned alloc_irq() {
    auto &all = *irq_descs;
    all.push_back(std::make_unique<irq_desc>());
    all.back()->irq = first_irq + static_cast<unsigned>(all.size()) - 1;
    return all.back()->irq;
}

bool raise_irq(unsigned irq) {
    irq_desc *desc = irq_to_desc(irq);
    if (!desc || desc->raised) return false;
    desc->raised = true;
    cpu_of(desc->cpu).irqs.push_back(irq);
    if (work_clock *clock = this_machine().clock) clock->poke(desc->cpu);
    return true;
}

// Where the CPU jumps to: do_IRQ() in older kernels. Linux 6.1: arch/x86/kernel/irq.c
void common_interrupt(unsigned irq) {
    irq_enter(irq);
    {
        TRACE_FN();
        work_done(work::interrupt);
        irq_desc *desc = irq_to_desc(irq);
        desc->raised = false;
        handle_edge_irq(desc);
    }
    irq_exit(irq);
}

int irq_set_affinity(unsigned irq, unsigned cpu) {
    TRACE_FN();
    irq_desc *desc = irq_to_desc(irq);
    if (!desc || cpu >= this_machine().cpus.size()) return TRACE_RET(-EINVAL);
    desc->cpu = cpu;
    return TRACE_RET(0);
}

} // namespace skbscope::stack
