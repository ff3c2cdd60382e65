// SPDX-License-Identifier: GPL-2.0-or-later
// The tracer's: where a thread of execution is.
#pragma once

#include "linux/types.h"

namespace skbscope::stack {

// Of the innermost traced function that runs: what events and callees without a packet inherit. Copied at every event,
// so it fills two registers.
struct alignas(8) trace_place {
    u16 fn = 0xffff; // trace::no_function
    u16 device = 0;
    u8 host = 0;
    const void *scope = nullptr; // the function's trace_scope
};

} // namespace skbscope::stack
