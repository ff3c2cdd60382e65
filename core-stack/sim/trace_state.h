// SPDX-License-Identifier: GPL-2.0-or-later
// What the tracer remembers between two events of one machine.
#pragma once

#include "linux/types.h"

#include <map>
#include <string>

namespace skbscope::stack {

struct trace_state {
    u32 next_packet = 1;
    std::map<std::string, unsigned, std::less<>> queue_names; // how often each name was given out
};

} // namespace skbscope::stack
