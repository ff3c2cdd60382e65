// SPDX-License-Identifier: GPL-2.0-or-later
// ARP: the neighbour table of IPv4 on links that have addresses. Linux 6.1: include/net/arp.h
#pragma once

#include "linux/if_arp.h"
#include "net/neighbour.h"

namespace skbscope::stack {

neigh_table &arp_tbl(); // of the machine in use (a global in the kernel)

u32 arp_hashfn(const void *pkey, const net_device *dev, const u32 *hash_rnd);
neighbour *__ipv4_neigh_lookup_noref(net_device *dev, be32 key);
neighbour *__ipv4_neigh_lookup(net_device *dev, be32 key); // takes a reference
void __ipv4_confirm_neigh(net_device *dev, be32 key);

void arp_init();
void arp_send(int type, int ptype, be32 dest_ip, net_device *dev, be32 src_ip, const u8 *dest_hw, const u8 *src_hw,
              const u8 *th);
int arp_mc_map(be32 addr, u8 *haddr, net_device *dev, int dir);
void arp_ifdown(net_device *dev);
int arp_invalidate(net_device *dev, be32 ip, bool force);
sk_buff *arp_create(int type, int ptype, be32 dest_ip, net_device *dev, be32 src_ip, const u8 *dest_hw,
                    const u8 *src_hw, const u8 *target_hw);
void arp_xmit(sk_buff *skb);

} // namespace skbscope::stack
