// SPDX-License-Identifier: GPL-2.0-or-later
// The functions that may be probed and have no probe, watched by ftrace's function tracer while the scenario runs: one
// filter for thousands of functions is in place in an instant, and costs nothing where they are not called. Those that
// ran are the ones to probe next; when none ran, nothing of the path was missed.
#pragma once

#include "bpf/agent/kernel_index.h"
#include "bpf/agent/probe_set.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace skbscope::bpf {

class unprobed_watch {
public:
    // Sets the filter. The tracer is off until on().
    unprobed_watch(const kernel_index &index, const probe_set &probes);
    ~unprobed_watch();
    unprobed_watch(const unprobed_watch &) = delete;
    unprobed_watch &operator=(const unprobed_watch &) = delete;

    // One write to an open file each; may be called from a child process.
    void on() const;
    void off() const;
    // Names of what ran on these tasks (0 = idle).
    [[nodiscard]] std::vector<std::string> called(const std::set<std::uint32_t> &tasks) const;

private:
    int switch_ = -1;
};

} // namespace skbscope::bpf
