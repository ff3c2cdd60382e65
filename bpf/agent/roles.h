// SPDX-License-Identifier: GPL-2.0-or-later
// What some functions do to a packet or a queue beside being called: facts about the kernel, by name.
#pragma once

#include "bpf/agent/kernel_index.h"

namespace skbscope::bpf {

// What the program on a function's return reads beside the value.
enum class leave_kind : std::uint8_t {
    plain,
    op_on_arg,    // the sk_buff of argument 0
    op_on_return, // the sk_buff it returns
    list,         // the list of sk_buffs it returns
    socket_queue, // of argument 0
    qdisc_0,      // the queue of argument 0, or 1
    qdisc_1,
    neighbour, // its queue, argument 0
    napi,      // what GRO holds, argument 0
};

struct function_facts {
    probe_role role = probe_role::none;
    unsigned operation = 0; // SKBSCOPE_EV_PUT ...: what its return amounts to, 0 = nothing
    leave_kind leave = leave_kind::plain;
};

// A fact that the function's prototype here does not bear out is left out.
[[nodiscard]] function_facts facts_of(const kernel_function &f);

} // namespace skbscope::bpf
