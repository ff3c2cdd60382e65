// SPDX-License-Identifier: GPL-2.0-or-later
// Packet filter rules by nf_tables' netlink, in the words of a scenario: a hook (prerouting, input, forward, output,
// postrouting), what must match (saddr ADDRESS, daddr ADDRESS, udp, tcp, icmp, dport NUMBER), drop or accept.
#pragma once

#include <string>

namespace skbscope::bpf {

// Appends the rule to, or takes it away from, table ip skbscope of the current network namespace, in a chain named
// after its hook with priority 0 and policy accept (`nft list ruleset` shows it). Rules are known by their words. 0 or
// an errno (ENOENT: no such rule to take away); throws std::invalid_argument for words it does not know.
[[nodiscard]] int change_rule(const std::string &words, bool remove);

} // namespace skbscope::bpf
