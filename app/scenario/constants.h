// SPDX-License-Identifier: GPL-2.0-or-later
// Words for the numbers of the socket interface, as scenarios write them. Each reader also takes the plain number.
#pragma once

#include "app/scenario/value.h"

#include <cstdint>
#include <string>
#include <vector>

namespace skbscope::app {

[[nodiscard]] std::uint32_t readMessageFlags(const Value &value);   // MSG_*: dontwait, peek, [dontwait, peek], 64
[[nodiscard]] std::uint32_t readPollEvents(const Value &value);     // POLL*: in, out, [in, out]
[[nodiscard]] std::uint32_t readShutdown(const Value &value);       // SHUT_*: read, write, both
[[nodiscard]] std::uint32_t readProtocol(const Value &value);       // IPPROTO_*: icmp, udp, 47
[[nodiscard]] std::uint32_t readRouteType(const Value &value);      // RTN_*
[[nodiscard]] std::uint32_t readNeighbourState(const Value &value); // NUD_*

// SO_*, IP_*, UDP_*, TCP_*: the name implies the level; a number needs `level`.
struct SocketOption {
    std::uint32_t level = 0, name = 0;
};
[[nodiscard]] SocketOption readSocketOption(const Value &option, const std::optional<Value> &level);

// "SO_BROADCAST"; empty for an option that has no name here.
[[nodiscard]] std::string socketOptionWord(std::uint32_t level, std::uint32_t name);

// Checks a feature name of `ethtool -K` ("gro", "tx-checksum-ip-generic").
[[nodiscard]] std::string readFeatureName(const Value &named);
[[nodiscard]] bool isFeatureName(const std::string &name);

} // namespace skbscope::app
