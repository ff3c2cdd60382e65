// SPDX-License-Identifier: GPL-2.0-or-later
// What the parts of net/ipv4/arp.c share: static functions there.
#pragma once

#include "linux/netdevice.h"
#include "linux/types.h"

namespace skbscope::stack {

struct dst_entry;

void parp_redo(sk_buff *skb);
int arp_rcv(sk_buff *skb, net_device *dev, packet_type *pt, net_device *orig_dev);
void arp_send_dst(int type, int ptype, be32 dest_ip, net_device *dev, be32 src_ip, const u8 *dest_hw, const u8 *src_hw,
                  const u8 *target_hw, dst_entry *dst);

} // namespace skbscope::stack
