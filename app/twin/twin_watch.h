// SPDX-License-Identifier: GPL-2.0-or-later
// The watch behind a live twin: an agent tells how the namespaces look, then every system call on their sockets.
#pragma once

#include "app/agent/agent_run.h"

#include <string>
#include <vector>

namespace skbscope::app {

struct TwinSeen {
    std::vector<bpf::snapshot_namespace> snapshot; // as it was before the watch began
    std::vector<bpf::observed_call> calls;
    std::uint64_t lost = 0; // records of calls that the kernel had no room for
};

class TwinWatch {
public:
    explicit TwinWatch(AgentWay way) : agent_(way.place, stream_), way_(std::move(way)) {}

    // Returns when the snapshot is taken and every call from then on is seen. Namespaces as bpf/stream.h has them
    // (SNAPSHOT_OF); none: all there are.
    [[nodiscard]] tl::expected<void, RunError> start(const std::vector<std::string> &namespaces);
    // Takes in what is seen until then, or until `wake` is readable (-1: none).
    [[nodiscard]] tl::expected<void, RunError> watch(AgentProcess::Clock::time_point until, int wake = -1);
    [[nodiscard]] tl::expected<TwinSeen, RunError> stop();

private:
    bpf::stream_reader stream_;
    AgentProcess agent_;
    AgentWay way_;
};

} // namespace skbscope::app
