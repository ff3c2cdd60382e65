// SPDX-License-Identifier: GPL-2.0-or-later
// A driver takes an interrupt line and gives it back. Linux 6.1: kernel/irq/manage.c
//
// Left out: threaded handlers, triggers, per-CPU lines.
#include "linux/bug.h"
#include "linux/errno.h"
#include "linux/irq.h"
#include "linux/trace_fn.h"
#include "sim/machine_state.h"

#include <memory>
#include <string>
#include <utility>

namespace skbscope::stack {

namespace {

machine_global<std::string> freed_name;

// Adds the action to the line; the first one enables it. Linux 6.1: kernel/irq/manage.c
int __setup_irq(irq_desc *desc, irqaction *fresh) {
    TRACE_FN();
    irqaction **place = &desc->action;
    if (*place && ((*place)->flags & fresh->flags & IRQF_SHARED) == 0) return TRACE_RET(-EBUSY);
    const bool first = !*place;
    while (*place)
        place = &(*place)->next;
    *place = fresh;
    if (first) desc->depth = 0;
    return TRACE_RET(0);
}

// Linux 6.1: kernel/irq/manage.c
irqaction *__free_irq(irq_desc *desc, void *dev_id) {
    TRACE_FN();
    irqaction **place = &desc->action;
    while (*place && (*place)->dev_id != dev_id)
        place = &(*place)->next;
    if (!*place) return nullptr;
    irqaction *action = std::exchange(*place, (*place)->next);
    if (!desc->action) desc->depth = 1; // nobody left: masked
    return action;
}

// Linux 6.1: kernel/irq/manage.c
int request_threaded_irq(unsigned irq, irq_handler_t handler, unsigned long flags, std::string name, void *dev_id) {
    TRACE_FN();
    irq_desc *desc = irq_to_desc(irq);
    // A shared line's handler is found by its dev_id when it goes.
    if (!desc || !handler || ((flags & IRQF_SHARED) != 0 && !dev_id)) return TRACE_RET(-EINVAL);
    auto action = std::make_unique<irqaction>();
    action->handler = handler;
    action->dev_id = dev_id;
    action->irq = irq;
    action->flags = flags;
    action->name = std::move(name);
    const int err = __setup_irq(desc, action.get());
    if (err == 0) action.release();
    return TRACE_RET(err);
}

} // namespace

// Linux 6.1: include/linux/interrupt.h
int request_irq(unsigned irq, irq_handler_t handler, unsigned long flags, std::string name, void *dev_id) {
    TRACE_FN();
    return TRACE_RET(request_threaded_irq(irq, handler, flags, std::move(name), dev_id));
}

// Linux 6.1: kernel/irq/manage.c
const char *free_irq(unsigned irq, void *dev_id) {
    TRACE_FN();
    irq_desc *desc = irq_to_desc(irq);
    const std::unique_ptr<irqaction> action(desc ? __free_irq(desc, dev_id) : nullptr);
    if (!action) return nullptr;
    *freed_name = action->name;
    return freed_name->c_str();
}

// Linux 6.1: kernel/irq/manage.c
void disable_irq_nosync(unsigned irq) {
    TRACE_FN();
    if (irq_desc *desc = irq_to_desc(irq)) ++desc->depth;
}

// A handler is never under way here: it runs to its end on the CPU that it interrupted.
// Linux 6.1: kernel/irq/manage.c
void disable_irq(unsigned irq) {
    TRACE_FN();
    disable_irq_nosync(irq);
}

// Linux 6.1: kernel/irq/manage.c
void enable_irq(unsigned irq) {
    TRACE_FN();
    irq_desc *desc = irq_to_desc(irq);
    if (!desc) return;
    if (desc->depth == 0) panic("enable_irq(): the line was not disabled");
    if (--desc->depth == 0 && std::exchange(desc->pending, false)) raise_irq(irq);
}

} // namespace skbscope::stack
