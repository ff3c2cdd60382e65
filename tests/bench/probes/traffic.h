// SPDX-License-Identifier: GPL-2.0-or-later
// The load that all tracers are measured under: UDP datagrams over loopback, each received before the next is sent.
#pragma once

#include <cstdint>
#include <ctime>
#include <functional>

namespace skbscope::bench {

struct Load {
    unsigned packets = 0;
    unsigned perSecond = 0; // 0: as fast as they go
};

struct Measured {
    std::uint64_t elapsedNs = 0; // whatever else ran meanwhile included
    std::uint64_t cpuNs = 0;     // of this process alone: the packets, and what the probes on their path do
};

// `around`: called with true directly before, with false directly after.
[[nodiscard]] std::uint64_t now(clockid_t clock); // ns
[[nodiscard]] Measured sendAndReceive(const Load &load, const std::function<void(bool)> &around = {});
void print(const Load &load, const Measured &m);

} // namespace skbscope::bench
