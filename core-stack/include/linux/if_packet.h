// SPDX-License-Identifier: GPL-2.0-or-later
// Addresses of packet sockets: a device, a link-layer protocol, a link address.
// Linux 6.1: include/uapi/linux/if_packet.h
#pragma once

#include "linux/types.h"

namespace skbscope::stack {

struct sockaddr_ll {
    u16 sll_family = 17; // AF_PACKET
    be16 sll_protocol;   // ETH_P_...
    int sll_ifindex = 0; // 0 = any
    u16 sll_hatype = 0;  // ARPHRD_...
    u8 sll_pkttype = 0;  // PACKET_HOST, ...
    u8 sll_halen = 0;
    u8 sll_addr[8] = {};
};
static_assert(sizeof(sockaddr_ll) == 20);

int packet_init(); // net/packet/af_packet.cpp

} // namespace skbscope::stack
