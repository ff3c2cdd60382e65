// SPDX-License-Identifier: GPL-2.0-or-later
// Datagrams that GRO merged on the device's word (rx-gro-list, rx-udp-gro-forwarding), or that came as one super-packet
// from a veth or tap, for a socket that wants them one by one. Linux 6.1: include/net/udp.h, include/linux/udp.h
#include "linux/skbuff_gso.h"
#include "linux/trace_fn.h"
#include "net/udp.h"

namespace skbscope::stack {

bool udp_unexpected_gso(const sock *sk, const sk_buff *skb) {
    if (!skb_is_gso(skb)) return false;
    const u32 type = skb_shinfo(skb)->gso_type;
    if ((type & SKB_GSO_UDP_L4) != 0 && !udp_test_bit(UDP_FLAGS_ACCEPT_L4, sk)) return true;
    return (type & SKB_GSO_FRAGLIST) != 0 && !udp_test_bit(UDP_FLAGS_ACCEPT_FRAGLIST, sk);
}

namespace {

sk_buff *drop_unsegmented(sock *sk, sk_buff *skb, int datagrams) {
    atomic_add(datagrams, &sk->sk_drops);
    for (int i = 0; i < datagrams; ++i)
        UDP_INC_STATS(sock_net(sk), UDP_MIB_INERRORS);
    kfree_skb(skb);
    return nullptr;
}

} // namespace

sk_buff *udp_rcv_segment(sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    if ((skb_shinfo(skb)->gso_type & SKB_GSO_UDP) != 0) return drop_unsegmented(sk, skb, 1); // one datagram: UFO
    // Sums were checked when the packet was merged; they are made anew only for who wants to see them.
    netdev_features_t features = NETIF_F_SG;
    if (!inet_get_convert_csum(sk)) features |= NETIF_F_IP_CSUM | NETIF_F_IPV6_CSUM;
    // A copy for ourselves went through dev_loopback_xmit(), which calls its checksum right: here it is not there yet.
    if (skb->pkt_type == PACKET_LOOPBACK) skb->ip_summed = CHECKSUM_PARTIAL;
    sk_buff *segs = __skb_gso_segment(skb, features, false);
    if (IS_ERR_OR_NULL(segs)) return TRACE_RET(drop_unsegmented(sk, skb, skb_shinfo(skb)->gso_segs));
    consume_skb(skb);
    return TRACE_RET(segs);
}

void udp_post_segment_fix_csum(sk_buff *skb) {
    TRACE_FN(skb);
    WARN_ON_ONCE(UDP_SKB_CB(skb)->partial_cov);
    UDP_SKB_CB(skb)->cscov = static_cast<u16>(skb->len);
    if (skb->ip_summed == CHECKSUM_NONE && !skb->csum_valid) skb->csum_valid = 1;
}

} // namespace skbscope::stack
