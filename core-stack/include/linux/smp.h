// SPDX-License-Identifier: GPL-2.0-or-later
// Calling a function on another CPU: the inter-processor interrupt. Linux 6.1: include/linux/smp.h
#pragma once

#include "linux/types.h"

namespace skbscope::stack {

struct call_single_data {
    void (*func)(void *info) = nullptr;
    void *info = nullptr;
    bool pending = false;
};
// Runs csd->func on `cpu` in hardirq context, as soon as that CPU takes the interrupt.
void smp_call_function_single_async(unsigned cpu, call_single_data *csd);

} // namespace skbscope::stack
