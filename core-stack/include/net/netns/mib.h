// SPDX-License-Identifier: GPL-2.0-or-later
// Linux 6.1: include/net/netns/mib.h
#pragma once

#include "net/snmp.h"

namespace skbscope::stack {

struct netns_mib {
    ipstats_mib ip_statistics;
    linux_mib net_statistics;
    udp_mib udp_statistics;
    icmp_mib icmp_statistics;
    icmpmsg_mib icmpmsg_statistics;
};

} // namespace skbscope::stack
