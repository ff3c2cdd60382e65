// SPDX-License-Identifier: GPL-2.0-or-later
// A filter as tcpdump takes it, compiled by libpcap for both ways in which a packet can begin.
#pragma once

#include "bpf/filter_jit.h"

#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace skbscope::app {

struct PcapFilter {
    std::vector<bpf::classic_insn> ethernet, raw; // both empty: no expression, every packet
};

// The error is libpcap's own, in one line. An expression that only Ethernet can answer (arp, ether host) wants no
// packet that has no Ethernet header yet.
[[nodiscard]] tl::expected<PcapFilter, std::string> compilePcapFilter(const std::string &expression);

} // namespace skbscope::app
