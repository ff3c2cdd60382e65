// SPDX-License-Identifier: GPL-2.0-or-later
// ARP packets on the way out.
//
//      0               8               16              24            31
//     +---------------+---------------+---------------+---------------+
//     |     hardware type (1)         |     protocol type (0x0800)    |
//     +---------------+---------------+-------------------------------+
//     | hw length (6) | proto len (4) |   operation: 1 request, 2 reply
//     +---------------+---------------+-------------------------------+
//     | sender's hardware address (6) | its IP (4)                    |
//     | target's hardware address (6) | its IP (4)                    |
//     +---------------------------------------------------------------+
//
// Linux 6.1: net/ipv4/arp.c
#include "linux/if_ether.h"
#include "linux/netfilter.h"
#include "net/arp.h"
#include "net/dst.h"
#include "net/ipv4/arp_internal.h"
#include "net/net_namespace.h"

#include <cstring>

namespace skbscope::stack {

namespace {

u8 *put_bytes(u8 *to, const void *from, size_t len) {
    if (from)
        std::memcpy(to, from, len);
    else
        std::memset(to, 0, len);
    return to + len;
}

} // namespace

sk_buff *arp_create(int type, int ptype, be32 dest_ip, net_device *dev, be32 src_ip, const u8 *dest_hw,
                    const u8 *src_hw, const u8 *target_hw) {
    TRACE_FN();
    const unsigned hlen = LL_RESERVED_SPACE(dev);
    sk_buff *skb = alloc_skb(arp_hdr_len(dev) + hlen + dev->needed_tailroom, GFP_ATOMIC);
    if (!skb) return nullptr;
    skb_reserve(skb, static_cast<int>(hlen));
    skb_reset_network_header(skb);
    skb_put(skb, arp_hdr_len(dev));
    skb->dev = dev;
    skb->protocol = cpu_to_be16(ETH_P_ARP);
    if (!src_hw) src_hw = dev->dev_addr;
    if (!dest_hw) dest_hw = dev->broadcast;
    if (dev_hard_header(skb, dev, static_cast<u16>(ptype), dest_hw, src_hw, skb->len) < 0) {
        kfree_skb(skb);
        return nullptr;
    }
    arphdr *arp = arp_hdr(skb);
    *arp = {.ar_hrd = cpu_to_be16(dev->type),
            .ar_pro = cpu_to_be16(ETH_P_IP),
            .ar_hln = dev->addr_len,
            .ar_pln = 4,
            .ar_op = cpu_to_be16(static_cast<u16>(type))};
    u8 *p = reinterpret_cast<u8 *>(arp + 1);
    p = put_bytes(p, src_hw, dev->addr_len);
    p = put_bytes(p, &src_ip, 4);
    p = put_bytes(p, target_hw, dev->addr_len);
    put_bytes(p, &dest_ip, 4);
    return TRACE_RET(skb);
}

namespace {

int arp_xmit_finish(net *, sock *, sk_buff *skb) {
    TRACE_FN(skb);
    return TRACE_RET(dev_queue_xmit(skb));
}

} // namespace

void arp_xmit(sk_buff *skb) {
    TRACE_FN(skb);
    rcu_read_lock();
    NF_HOOK(NFPROTO_ARP, NF_ARP_OUT, dev_net(skb->dev), nullptr, skb, nullptr, skb->dev, arp_xmit_finish);
    rcu_read_unlock();
}

void arp_send_dst(int type, int ptype, be32 dest_ip, net_device *dev, be32 src_ip, const u8 *dest_hw, const u8 *src_hw,
                  const u8 *target_hw, dst_entry *dst) {
    TRACE_FN();
    if (dev->flags & IFF_NOARP) return;
    sk_buff *skb = arp_create(type, ptype, dest_ip, dev, src_ip, dest_hw, src_hw, target_hw);
    if (!skb) return;
    skb_dst_set(skb, dst_clone(dst));
    arp_xmit(skb);
}

void arp_send(int type, int ptype, be32 dest_ip, net_device *dev, be32 src_ip, const u8 *dest_hw, const u8 *src_hw,
              const u8 *th) {
    TRACE_FN();
    arp_send_dst(type, ptype, dest_ip, dev, src_ip, dest_hw, src_hw, th, nullptr);
}

} // namespace skbscope::stack
