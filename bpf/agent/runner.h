// SPDX-License-Identifier: GPL-2.0-or-later
// The scenario's steps, run by one process of their own: the traced task. Configuration between steps is done by the
// agent (another task, not traced); the two talk over pipes, which no function of net/ sees.
#pragma once

#include "bpf/agent/network.h"
#include "bpf/agent/session_host.h"
#include "bpf/agent/tracer.h"
#include "bpf/agent/unprobed.h"
#include "bpf/op_list.h"

#include <cstdint>
#include <vector>

namespace skbscope::bpf {

struct run_parts {
    const op_list &list;
    network &net;
    tracer &probes;
    const unprobed_watch *watch; // null: nothing watches what has no probe
    const session_host &host;    // when it wants no more of the run, the steps end where they are
};

// The tasks that serve softirqs when they are many (ksoftirqd, one a CPU).
[[nodiscard]] std::vector<std::uint32_t> softirq_tasks();

// Runs the steps from operation `first` on, to their end; returns the id of the task that ran them.
// Throws agent_failure when an operation between steps failed, or the process died.
std::uint32_t run_steps(const run_parts &parts, std::size_t first);

} // namespace skbscope::bpf
