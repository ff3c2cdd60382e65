// SPDX-License-Identifier: GPL-2.0-or-later
// The frames that a side put on a link: the packet's bytes where veth_xmit (or loopback_xmit) takes it.
#pragma once

#include "trace/trace.h"

#include <string>
#include <vector>

namespace skbscope::app {

struct WireFrame {
    std::string device;
    std::vector<std::uint8_t> bytes;
    std::vector<bool> known; // by byte: the trace holds it
};
[[nodiscard]] std::vector<WireFrame> wireFrames(const trace::Side &side);

// Offsets in an Ethernet frame that the kernel draws at random, and what follows from them.
[[nodiscard]] const char *randomField(const std::vector<std::uint8_t> &frame, std::size_t offset); // null: not random

} // namespace skbscope::app
