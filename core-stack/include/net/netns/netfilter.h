// SPDX-License-Identifier: GPL-2.0-or-later
// Linux 6.1: include/net/netns/netfilter.h
#pragma once

#include "linux/netfilter.h"

namespace skbscope::stack {

struct netns_nf {
    nf_hook_entries *hooks_ipv4[NF_INET_NUMHOOKS] = {}; // null: nothing registered at that point
    nf_hook_entries *hooks_arp[NF_ARP_NUMHOOKS] = {};
};

} // namespace skbscope::stack
