// SPDX-License-Identifier: GPL-2.0-or-later
// Interrupt lines. A driver asks for one with request_irq() and hands over a dev_id, which its handler gets back: that
// is how one handler serves many devices, or many queues of one. Lines are numbers from alloc_irq(); each is delivered
// to one CPU. Linux 6.1: include/linux/interrupt.h, include/linux/irqdesc.h
#pragma once

#include "linux/types.h"

#include <string>

namespace skbscope::stack {

enum irqreturn_t : int { IRQ_NONE = 0, IRQ_HANDLED = 1, IRQ_WAKE_THREAD = 2 };
using irq_handler_t = irqreturn_t (*)(int irq, void *dev_id);

inline constexpr unsigned long IRQF_SHARED = 0x80; // several devices on one line: each handler looks if it is meant

struct irqaction {
    irq_handler_t handler = nullptr;
    void *dev_id = nullptr;
    irqaction *next = nullptr; // of a shared line
    unsigned irq = 0;
    unsigned long flags = 0;
    std::string name; // as in /proc/interrupts
};

struct irq_desc {
    irqaction *action = nullptr;
    unsigned irq = 0;
    unsigned depth = 1; // how often it was disabled; 0: enabled
    unsigned long tot_count = 0;
    unsigned long unhandled = 0; // no handler felt meant
    unsigned cpu = 0;            // that takes it
    bool pending = false;        // came while it was disabled
    bool raised = false;         // waits for its CPU
    ~irq_desc();
};

// 0 or a negative errno: -EINVAL (no such line, no handler, or a shared line without dev_id), -EBUSY (taken).
int request_irq(unsigned irq, irq_handler_t handler, unsigned long flags, std::string name, void *dev_id);
// Null: none with that dev_id on this line. Else the name it was requested with stays valid until the next call.
const char *free_irq(unsigned irq, void *dev_id);
void disable_irq_nosync(unsigned irq);
void disable_irq(unsigned irq);
void enable_irq(unsigned irq); // what came meanwhile is delivered now
int irq_set_affinity(unsigned irq, unsigned cpu);
[[nodiscard]] irq_desc *irq_to_desc(unsigned irq); // null: no such line

// --- for hardware (drivers/net/simnic_hw.cpp): not the kernel's
[[nodiscard]] unsigned alloc_irq(); // a new line
// The device asks for attention; the line's CPU is interrupted when it may be. Raised twice before that: once.
bool raise_irq(unsigned irq); // false: it is raised already

// --- for the CPU (kernel/sched/core.cpp)
void common_interrupt(unsigned irq);

} // namespace skbscope::stack
