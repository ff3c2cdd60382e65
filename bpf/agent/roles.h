// SPDX-License-Identifier: GPL-2.0-or-later
// What some functions do to a packet or a queue beside being called: facts about the kernel, by name.
#pragma once

#include "bpf/assemble.h"

#include <string_view>

namespace skbscope::bpf {

struct function_facts {
    probe_role role = probe_role::none;
    unsigned operation = 0;    // SKBSCOPE_EV_PUT ...: what its return amounts to, 0 = nothing
    bool makes_packet = false; // the operation is on the sk_buff it returns, else on argument 0
};

[[nodiscard]] function_facts facts_of(std::string_view name);

} // namespace skbscope::bpf
