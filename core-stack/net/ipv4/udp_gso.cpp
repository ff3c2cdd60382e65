// SPDX-License-Identifier: GPL-2.0-or-later
// UDP's part of GSO: a super-datagram (UDP_SEGMENT, or merged by GRO) is cut into datagrams of gso_size bytes, the last
// one of what is left. Linux 6.1: net/ipv4/udp_offload.c
//
// Left out: tunnels.
#include "linux/skbuff_gso.h"
#include "linux/trace_fn.h"
#include "linux/udp.h"
#include "net/gro.h"
#include "net/ip.h"
#include "net/sock.h"

namespace skbscope::stack {

namespace {

// --- merged whole (rx-gro-list) -------------------------------------------------------------------------------------

// The segment's addresses or ports were changed in the first one alone (NAT): they become those, sums and all.
// Linux 6.1: net/ipv4/udp_offload.c
void __udpv4_gso_segment_csum(sk_buff *seg, be32 *oldip, const be32 *newip, be16 *oldport, const be16 *newport) {
    TRACE_FN(seg);
    if (*oldip == *newip && *oldport == *newport) return;
    udphdr *uh = udp_hdr(seg);
    if (uh->check) {
        inet_proto_csum_replace4(&uh->check, seg, *oldip, *newip, true);
        inet_proto_csum_replace2(&uh->check, seg, *oldport, *newport, false);
        if (!uh->check) uh->check = CSUM_MANGLED_0;
    }
    *oldport = *newport;
    csum_replace4(&ip_hdr(seg)->check, *oldip, *newip);
    *oldip = *newip;
}

// Linux 6.1: net/ipv4/udp_offload.c
sk_buff *__udpv4_gso_segment_list_csum(sk_buff *segs) {
    TRACE_FN(segs);
    const udphdr *uh = udp_hdr(segs);
    const iphdr *iph = ip_hdr(segs);
    udphdr *uh2 = udp_hdr(segs->next);
    iphdr *iph2 = ip_hdr(segs->next);
    if (uh->dest == uh2->dest && uh->source == uh2->source && iph->daddr == iph2->daddr && iph->saddr == iph2->saddr)
        return segs;
    for (sk_buff *seg = segs->next; seg; seg = seg->next) {
        uh2 = udp_hdr(seg);
        iph2 = ip_hdr(seg);
        __udpv4_gso_segment_csum(seg, &iph2->saddr, &iph->saddr, &uh2->source, &uh->source);
        __udpv4_gso_segment_csum(seg, &iph2->daddr, &iph->daddr, &uh2->dest, &uh->dest);
    }
    return segs;
}

// Linux 6.1: net/ipv4/udp_offload.c
sk_buff *__udp_gso_segment_list(sk_buff *skb, netdev_features_t features) {
    TRACE_FN(skb);
    const unsigned mss = skb_shinfo(skb)->gso_size;
    skb = skb_segment_list(skb, features, skb_mac_header_len(skb));
    if (IS_ERR(skb)) return skb;
    udp_hdr(skb)->len = cpu_to_be16(static_cast<u16>(sizeof(udphdr) + mss));
    return __udpv4_gso_segment_list_csum(skb);
}

// What was merged whole and changed since is made one buffer, with the checksum that such a packet has.
int linearize_fraglist(sk_buff *skb) {
    if (const int err = __skb_linearize(skb)) return err;
    skb->csum_start = skb->transport_header;
    skb->csum_offset = offsetof(udphdr, check);
    skb->ip_summed = CHECKSUM_PARTIAL;
    const iphdr *iph = ip_hdr(skb);
    udp_hdr(skb)->check = static_cast<sum16>(~csum_tcpudp_magic(iph->saddr, iph->daddr, skb->len, IPPROTO_UDP, 0));
    return 0;
}

// --- one buffer -----------------------------------------------------------------------------------------------------

// The length is in the header and in the pseudo header: the checksum changes as the length did. What is left of it to
// do is what the device would do, or is done now.
void mend_udp_header(sk_buff *seg, be16 len, sum16 check) {
    udphdr *uh = udp_hdr(seg);
    uh->len = len;
    uh->check = check;
    const wsum seen_below = csum_unfold(static_cast<sum16>(~check));
    if (seg->ip_summed == CHECKSUM_PARTIAL) {
        gso_reset_checksum(seg, seen_below);
        return;
    }
    uh->check = gso_make_checksum(seg, seen_below);
    if (uh->check == 0) uh->check = CSUM_MANGLED_0;
}

sum16 check_with_length(const udphdr *uh, be16 len) {
    return csum16_add(csum16_sub(uh->check, uh->len), len);
}

void mend_udp_headers(sk_buff *segs, unsigned mss) {
    const be16 newlen = cpu_to_be16(static_cast<u16>(sizeof(udphdr) + mss));
    const sum16 check = check_with_length(udp_hdr(segs), newlen);
    sk_buff *seg = segs;
    for (; seg->next; seg = seg->next)
        mend_udp_header(seg, newlen, check);
    const auto lastlen = cpu_to_be16(
        static_cast<u16>(skb_tail_pointer(seg) - skb_transport_header(seg) + static_cast<int>(seg->data_len)));
    mend_udp_header(seg, lastlen, check_with_length(udp_hdr(seg), lastlen));
}

// Each segment is charged to the socket by itself, for what the whole was charged and what the cutting cost.
void own_segments(sk_buff *segs, sock *sk, unsigned charged) {
    unsigned sum_truesize = 0;
    for (sk_buff *seg = segs; seg; seg = seg->next) {
        seg->destructor = sock_wfree;
        seg->sk = sk;
        sum_truesize += seg->truesize;
    }
    const int delta = static_cast<int>(sum_truesize - charged);
    if (delta >= 0)
        refcount_add(delta, &sk->sk_wmem_alloc);
    else
        WARN_ON_ONCE(refcount_sub_and_test(-delta, &sk->sk_wmem_alloc));
}

// Who wants to know when the whole leaves is told when its first segment does.
void stamp_first(sk_buff *segs, const sk_buff *gso_skb) {
    skb_shared_info *shinfo = skb_shinfo(segs);
    shinfo->tskey = skb_shinfo(gso_skb)->tskey;
    shinfo->tx_flags = static_cast<u8>(shinfo->tx_flags | (skb_shinfo(gso_skb)->tx_flags & SKBTX_ANY_TSTAMP));
}

// skb_segment() would hand the owner to the last segment alone, so it does not see it.
sk_buff *cut(sk_buff *gso_skb, netdev_features_t features) {
    sock *sk = gso_skb->sk;
    const bool copy_dtor = gso_skb->destructor == sock_wfree;
    if (copy_dtor) {
        gso_skb->destructor = nullptr;
        gso_skb->sk = nullptr;
    }
    sk_buff *segs = skb_segment(gso_skb, features);
    if (IS_ERR_OR_NULL(segs)) {
        if (copy_dtor) {
            gso_skb->destructor = sock_wfree;
            gso_skb->sk = sk;
        }
        return segs;
    }
    if (copy_dtor) own_segments(segs, sk, gso_skb->truesize);
    return segs;
}

} // namespace

// Linux 6.1: net/ipv4/udp_offload.c
sk_buff *__udp_gso_segment(sk_buff *gso_skb, netdev_features_t features, bool is_ipv6) {
    TRACE_FN(gso_skb);
    BUG_ON(is_ipv6);
    skb_shared_info *shinfo = skb_shinfo(gso_skb);
    unsigned mss = shinfo->gso_size;
    const u32 type = shinfo->gso_type;
    if (gso_skb->len <= sizeof(udphdr) + mss) return ERR_PTR(-EINVAL);
    if (skb_checksum_start(gso_skb) != skb_transport_header(gso_skb) && (type & SKB_GSO_FRAGLIST) == 0)
        return ERR_PTR(-EINVAL);
    if (skb_gso_ok(gso_skb, features | NETIF_F_GSO_ROBUST)) { // from outside: its count is not to be trusted
        shinfo->gso_segs = static_cast<u16>((gso_skb->len - sizeof(udphdr) + mss - 1) / mss);
        return nullptr;
    }
    if ((type & SKB_GSO_FRAGLIST) != 0) {
        const bool whole = skb_pagelen(gso_skb) - sizeof(udphdr) == mss && (type & SKB_GSO_DODGY) == 0;
        if (whole) return TRACE_RET(__udp_gso_segment_list(gso_skb, features));
        if (const int err = linearize_fraglist(gso_skb)) return ERR_PTR(err);
    }
    skb_pull(gso_skb, sizeof(udphdr));
    sk_buff *segs = cut(gso_skb, features);
    if (IS_ERR_OR_NULL(segs)) return TRACE_RET(segs);
    if (skb_is_gso(segs)) mss *= skb_shinfo(segs)->gso_segs; // each is several datagrams still
    stamp_first(segs, gso_skb);
    mend_udp_headers(segs, mss);
    return TRACE_RET(segs);
}

// Also one datagram that must become fragments (UFO): then the whole is summed first.
// Linux 6.1: net/ipv4/udp_offload.c
sk_buff *udp4_ufo_fragment(sk_buff *skb, netdev_features_t features) {
    TRACE_FN(skb);
    const u32 type = skb_shinfo(skb)->gso_type;
    if ((type & (SKB_GSO_UDP | SKB_GSO_UDP_L4)) == 0 || !pskb_may_pull(skb, sizeof(udphdr))) return ERR_PTR(-EINVAL);
    if ((type & SKB_GSO_UDP_L4) != 0) return TRACE_RET(__udp_gso_segment(skb, features, false));
    if (skb->len <= skb_shinfo(skb)->gso_size) return ERR_PTR(-EINVAL);
    udphdr *uh = udp_hdr(skb);
    const iphdr *iph = ip_hdr(skb);
    uh->check = 0;
    const wsum csum = skb_checksum(skb, 0, static_cast<int>(skb->len), 0);
    uh->check = csum_tcpudp_magic(iph->saddr, iph->daddr, skb->len, IPPROTO_UDP, csum);
    if (uh->check == 0) uh->check = CSUM_MANGLED_0;
    skb->ip_summed = CHECKSUM_UNNECESSARY;
    if (!skb->encap_hdr_csum) features |= NETIF_F_HW_CSUM; // done: nothing is left to compute
    return TRACE_RET(skb_segment(skb, features));
}

} // namespace skbscope::stack
