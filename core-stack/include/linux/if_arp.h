// SPDX-License-Identifier: GPL-2.0-or-later
// The ARP header. Linux 6.1: include/uapi/linux/if_arp.h, include/linux/if_arp.h
#pragma once

#include "linux/netdevice.h"
#include "linux/skbuff.h"
#include "linux/types.h"

namespace skbscope::stack {

// The fixed part; the addresses (sender hw, sender ip, target hw, target ip) follow it, their sizes in ar_hln, ar_pln.
struct arphdr {
    be16 ar_hrd;
    be16 ar_pro;
    u8 ar_hln;
    u8 ar_pln;
    be16 ar_op;
};
static_assert(sizeof(arphdr) == 8);

inline constexpr u16 ARPOP_REQUEST = 1, ARPOP_REPLY = 2;

inline arphdr *arp_hdr(const sk_buff *skb) {
    return reinterpret_cast<arphdr *>(skb_network_header(skb));
}
inline unsigned arp_hdr_len(const net_device *dev) {
    return sizeof(arphdr) + (dev->addr_len + 4U) * 2;
}

} // namespace skbscope::stack
