// SPDX-License-Identifier: GPL-2.0-or-later
// The devices of this program's network namespace, as somebody sees them who wants to put the model on one.
#pragma once

#include <string>
#include <vector>

namespace skbscope::app {

struct FoundDevice {
    std::string name;
    std::string kind;   // "tap", "tun", "veth", "loopback", else its driver; empty: it says none
    std::string state;  // "up, 10.9.0.1/24"
    std::string whyNot; // in the agent's words; empty: the model can be put on it
};

// Those that can be used come first. Needs no privilege.
[[nodiscard]] std::vector<FoundDevice> findDevices();

} // namespace skbscope::app
