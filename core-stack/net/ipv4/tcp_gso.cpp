// SPDX-License-Identifier: GPL-2.0-or-later
// TCP's part of GSO: a stretch of the stream is cut into segments of gso_size bytes. Sequence numbers count on, FIN and
// PSH belong to the last one, CWR to the first. Linux 6.1: net/ipv4/tcp_offload.c
//
// Left out: what a sender with TCP Small Queues wants to be told (tcp_wfree): the model has no TCP sockets yet.
#include "linux/ip.h"
#include "linux/skbuff_gso.h"
#include "linux/tcp.h"
#include "linux/trace_fn.h"
#include "net/gro.h"
#include "net/ip.h"

namespace skbscope::stack {

namespace {

// --- merged whole (rx-gro-list) -------------------------------------------------------------------------------------

// Linux 6.1: net/ipv4/tcp_offload.c
void __tcpv4_gso_segment_csum(sk_buff *seg, be32 *oldip, be32 newip, be16 *oldport, be16 newport) {
    TRACE_FN(seg);
    if (*oldip == newip && *oldport == newport) return;
    tcphdr *th = tcp_hdr(seg);
    inet_proto_csum_replace4(&th->check, seg, *oldip, newip, true);
    inet_proto_csum_replace2(&th->check, seg, *oldport, newport, false);
    *oldport = newport;
    csum_replace4(&ip_hdr(seg)->check, *oldip, newip);
    *oldip = newip;
}

// Linux 6.1: net/ipv4/tcp_offload.c
sk_buff *__tcpv4_gso_segment_list_csum(sk_buff *segs) {
    TRACE_FN(segs);
    const tcphdr *th = tcp_hdr(segs);
    const iphdr *iph = ip_hdr(segs);
    tcphdr *th2 = tcp_hdr(segs->next);
    iphdr *iph2 = ip_hdr(segs->next);
    if (th->source == th2->source && th->dest == th2->dest && iph->daddr == iph2->daddr && iph->saddr == iph2->saddr)
        return segs;
    for (sk_buff *seg = segs->next; seg; seg = seg->next) {
        th2 = tcp_hdr(seg);
        iph2 = ip_hdr(seg);
        __tcpv4_gso_segment_csum(seg, &iph2->saddr, iph->saddr, &th2->source, th->source);
        __tcpv4_gso_segment_csum(seg, &iph2->daddr, iph->daddr, &th2->dest, th->dest);
    }
    return segs;
}

// Linux 6.1: net/ipv4/tcp_offload.c
sk_buff *__tcp4_gso_segment_list(sk_buff *skb, netdev_features_t features) {
    TRACE_FN(skb);
    skb = skb_segment_list(skb, features, skb_mac_header_len(skb));
    return IS_ERR(skb) ? skb : __tcpv4_gso_segment_list_csum(skb);
}

// --- one buffer -----------------------------------------------------------------------------------------------------

// Linux 6.1: net/ipv4/tcp_ipv4.c
void __tcp_v4_send_check(sk_buff *skb, be32 saddr, be32 daddr) {
    TRACE_FN(skb);
    tcp_hdr(skb)->check = static_cast<sum16>(~csum_tcpudp_magic(saddr, daddr, skb->len, IPPROTO_TCP, 0));
    skb->csum_start = skb->transport_header;
    skb->csum_offset = offsetof(tcphdr, check);
}

// The sender wants to know when one byte leaves: the segment that holds it is stamped.
// Linux 6.1: net/ipv4/tcp_offload.c
void tcp_gso_tstamp(sk_buff *skb, const sk_buff *gso_skb, u32 seq, u32 mss) {
    TRACE_FN(skb);
    const u32 ts_seq = skb_shinfo(gso_skb)->tskey;
    for (; skb; skb = skb->next, seq += mss) {
        if (static_cast<s32>(ts_seq - (seq + mss)) >= 0) continue;
        skb_shared_info *shinfo = skb_shinfo(skb);
        shinfo->tx_flags = static_cast<u8>(shinfo->tx_flags | (skb_shinfo(gso_skb)->tx_flags & SKBTX_ANY_TSTAMP));
        shinfo->tskey = ts_seq;
        return;
    }
}

// The checksum, when the pseudo header's length becomes another. oldlen: the old one's complement.
sum16 check_with_length(const tcphdr *th, u32 oldlen, u32 len) {
    const wsum delta = cpu_to_be32(oldlen + len).raw;
    return static_cast<sum16>(~csum_fold(csum_add(csum_unfold(th->check), delta)));
}

void mend_tcp_check(sk_buff *skb, sum16 check) {
    tcphdr *th = tcp_hdr(skb);
    th->check = check;
    const wsum seen_below = csum_unfold(static_cast<sum16>(~check));
    if (skb->ip_summed == CHECKSUM_PARTIAL)
        gso_reset_checksum(skb, seen_below);
    else
        th->check = gso_make_checksum(skb, seen_below);
}

void mend_tcp_headers(sk_buff *segs, u32 oldlen, u32 thlen, u32 mss) {
    const sum16 newcheck = check_with_length(tcp_hdr(segs), oldlen, thlen + mss);
    u32 seq = be32_to_cpu(tcp_hdr(segs)->seq);
    sk_buff *skb = segs;
    while (skb->next) {
        tcphdr *th = tcp_hdr(skb);
        th->fin = th->psh = 0;
        mend_tcp_check(skb, newcheck);
        seq += mss;
        skb = skb->next;
        tcp_hdr(skb)->seq = cpu_to_be32(seq);
        tcp_hdr(skb)->cwr = 0;
    }
    const u32 len = static_cast<u32>(skb_tail_pointer(skb) - skb_transport_header(skb)) + skb->data_len;
    mend_tcp_check(skb, check_with_length(tcp_hdr(skb), oldlen, len));
}

} // namespace

// Linux 6.1: net/ipv4/tcp_offload.c
sk_buff *tcp_gso_segment(sk_buff *skb, netdev_features_t features) {
    TRACE_FN(skb);
    const unsigned thlen = tcp_hdr(skb)->doff * 4U;
    if (thlen < sizeof(tcphdr) || skb_checksum_start(skb) != skb_transport_header(skb) || !pskb_may_pull(skb, thlen))
        return ERR_PTR(-EINVAL);
    const u32 oldlen = ~skb->len;
    __skb_pull(skb, thlen);
    unsigned mss = skb_shinfo(skb)->gso_size;
    if (skb->len <= mss) return ERR_PTR(-EINVAL);
    if (skb_gso_ok(skb, features | NETIF_F_GSO_ROBUST)) { // from outside: its count is not to be trusted
        skb_shinfo(skb)->gso_segs = static_cast<u16>((skb->len + mss - 1) / mss);
        return nullptr;
    }
    const u8 ooo_okay = skb->ooo_okay;
    skb->ooo_okay = 0;
    sk_buff *segs = skb_segment(skb, features);
    if (IS_ERR(segs)) return TRACE_RET(segs);
    segs->ooo_okay = ooo_okay & 1;
    if (skb_is_gso(segs)) mss *= skb_shinfo(segs)->gso_segs; // each is several segments still
    if ((skb_shinfo(skb)->tx_flags & SKBTX_ANY_TSTAMP) != 0)
        tcp_gso_tstamp(segs, skb, be32_to_cpu(tcp_hdr(segs)->seq), mss);
    mend_tcp_headers(segs, oldlen, thlen, mss);
    return TRACE_RET(segs);
}

// Linux 6.1: net/ipv4/tcp_offload.c
sk_buff *tcp4_gso_segment(sk_buff *skb, netdev_features_t features) {
    TRACE_FN(skb);
    const u32 type = skb_shinfo(skb)->gso_type;
    if ((type & SKB_GSO_TCPV4) == 0 || !pskb_may_pull(skb, sizeof(tcphdr))) return ERR_PTR(-EINVAL);
    if ((type & SKB_GSO_FRAGLIST) != 0) {
        const bool whole = skb_pagelen(skb) - tcp_hdr(skb)->doff * 4U == skb_shinfo(skb)->gso_size;
        if (whole && (type & SKB_GSO_DODGY) == 0) return TRACE_RET(__tcp4_gso_segment_list(skb, features));
        skb->ip_summed = CHECKSUM_NONE;
    }
    if (skb->ip_summed != CHECKSUM_PARTIAL) {
        const iphdr *iph = ip_hdr(skb);
        tcp_hdr(skb)->check = 0;
        skb->ip_summed = CHECKSUM_PARTIAL;
        __tcp_v4_send_check(skb, iph->saddr, iph->daddr);
    }
    return TRACE_RET(tcp_gso_segment(skb, features));
}

} // namespace skbscope::stack
