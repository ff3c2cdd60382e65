// SPDX-License-Identifier: GPL-2.0-or-later
// A scenario that makes the traffic for a live watch. Its `trace` steps mean nothing here: the watch is on all the
// time.
#pragma once

#include "bpf/agent/network.h"
#include "bpf/agent/runner.h"

#include <memory>
#include <optional>

namespace skbscope::bpf {

class live_traffic {
public:
    // Makes its network. Throws agent_failure.
    live_traffic(const std::string &oplist, run_names &names);
    // Called again and again, once the watch is on: begins with the steps, serves them; true when they are over and
    // what they set off had time to pass. Throws agent_failure when a step could not be done.
    [[nodiscard]] bool over(tracer &probes, const session_host &host);
    // The task that runs the steps; 0: they have not begun.
    [[nodiscard]] std::uint32_t task() const { return task_; }
    [[nodiscard]] std::map<std::string, std::string> settings() { return net_.settings(); }

private:
    network net_;
    op_list list_;
    std::size_t first_ = 0;
    std::unique_ptr<running_steps> steps_;
    std::uint32_t task_ = 0;
    bool done_ = false;
    int calls_since_ = 0;
};

} // namespace skbscope::bpf
