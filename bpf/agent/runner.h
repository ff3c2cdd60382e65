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

struct pipe_pair {
    int read = -1, write = -1;
    pipe_pair();
    ~pipe_pair();
    pipe_pair(const pipe_pair &) = delete;
    pipe_pair &operator=(const pipe_pair &) = delete;
};

// A process that runs the steps from operation `first` on. It ends with the object.
class running_steps {
public:
    running_steps(const run_parts &parts, std::size_t first);
    ~running_steps();
    running_steps(const running_steps &) = delete;
    running_steps &operator=(const running_steps &) = delete;

    // Does what the process asks for next; waits for that at most so long (-1: as long as it takes). False: it asks no
    // more, or nobody wants the run any more.
    bool serve(int wait_ms);
    // After that. Throws agent_failure when the process died.
    void finish();
    [[nodiscard]] std::uint32_t task() const { return static_cast<std::uint32_t>(child_); }

private:
    const run_parts parts_;
    pipe_pair asks_, answers_, go_;
    pid_t child_ = -1;
    bool unwanted_ = false;
};

} // namespace skbscope::bpf
