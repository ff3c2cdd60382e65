// SPDX-License-Identifier: GPL-2.0-or-later
// What a live watch asks of the agent: which packets, and how much room. The agent parses nothing but this
// fixed layout; the user's expression was compiled where there is no privilege.
#pragma once

#include "bpf/filter_jit.h"
#include "bpf/live.h"

#include <string>
#include <string_view>

namespace skbscope::bpf {

struct live_request {
    std::vector<classic_insn> ethernet, raw; // the filter, for packets that begin with either header; both or none
    std::string netns;                       // as `ip netns` calls it, "host", or a host of the scenario; empty: all
    std::string device;                      // in it, or in the agent's own namespace; empty: all
    std::string scenario;                    // encoded operation list that makes the traffic (the lab); empty: none
    std::uint32_t ring_bytes = 0;            // of the ring buffer, a power of two; 0: as the agent likes
    std::uint32_t packets_max = 0;           // that can be followed at one time; 0: as the agent likes
    std::uint32_t flags = 0;                 // SKBSCOPE_LIVE_*
};

[[nodiscard]] std::string encode(const live_request &request);
// Any bytes are safe input. The filters are whole, not yet checked: translate() does that.
[[nodiscard]] tl::expected<live_request, std::string> decode_live(std::string_view bytes);

} // namespace skbscope::bpf
