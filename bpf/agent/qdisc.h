// SPDX-License-Identifier: GPL-2.0-or-later
// Queueing disciplines in tc's words: "pfifo limit 100", "tbf rate 1mbit burst 2k limit 10k", "netem delay 10ms".
#pragma once

#include "bpf/agent/rtnl.h"

#include <string>

namespace skbscope::bpf {

// As the device's root. 0 or an errno; throws std::invalid_argument for words it does not know.
[[nodiscard]] int set_root_qdisc(rtnl_socket &netlink, int ifindex, const std::string &words, bool remove);

} // namespace skbscope::bpf
