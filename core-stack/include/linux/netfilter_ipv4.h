// SPDX-License-Identifier: GPL-2.0-or-later
// Priorities of IPv4 hooks. Linux 6.1: include/uapi/linux/netfilter_ipv4.h
#pragma once

#include "linux/netfilter.h"

namespace skbscope::stack {

inline constexpr int NF_IP_PRI_FIRST = -2147483647 - 1, NF_IP_PRI_FILTER = 0, NF_IP_PRI_SELINUX_FIRST = -225,
                     NF_IP_PRI_SELINUX_LAST = 225, NF_IP_PRI_LAST = 2147483647;

} // namespace skbscope::stack
