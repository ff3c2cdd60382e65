// SPDX-License-Identifier: GPL-2.0-or-later
// UDP's part of GRO: datagrams are messages, so they are merged only where somebody asked for it: the socket they go to
// (UDP_GRO), or the device (rx-gro-list, rx-udp-gro-forwarding). Otherwise this checks the sum early, and lets the
// packet pass. Cutting up stands in udp_gso.cpp. Linux 6.1: net/ipv4/udp_offload.c
//
// Left out: tunnels.
#include "linux/trace_fn.h"
#include "linux/udp.h"
#include "net/gro.h"
#include "net/inet_globals.h"
#include "net/ip.h"

namespace skbscope::stack {

namespace {

constexpr unsigned UDP_GRO_CNT_MAX = 64; // datagrams in one packet

udphdr *udp_gro_udphdr(sk_buff *skb) {
    const unsigned off = skb_gro_offset(skb);
    return reinterpret_cast<udphdr *>(skb_gro_header(skb, off + sizeof(udphdr), off));
}

sk_buff *flush_it(sk_buff *skb) {
    NAPI_GRO_CB(skb)->flush = 1;
    return nullptr;
}

// Must the held packet go on because the IP ids do not follow each other? The second packet of a flow decides whether
// it is one that counts up or one that keeps its id.
u16 flush_of_ids(napi_gro_cb *held) {
    if (held->flush_id != 1 || held->count != 1 || !held->is_atomic) return held->flush_id;
    held->is_atomic = 0;
    return 0;
}

// Appends to the held packet. < 0: it could not be. *flush: it cannot be merged with anything.
int udp_merge(sk_buff *p, sk_buff *skb, const udphdr *uh, bool *flush) {
    if (!NAPI_GRO_CB(skb)->is_flist) {
        skb_gro_postpull_rcsum(skb, uh, sizeof(*uh));
        return skb_gro_receive(p, skb);
    }
    *flush =
        !pskb_may_pull(skb, skb_gro_offset(skb)) || skb->ip_summed != p->ip_summed || skb->csum_level != p->csum_level;
    return *flush ? 0 : skb_gro_receive_list(p, skb);
}

// All datagrams of a merged packet are of one length but for the last, which may be shorter and ends it.
sk_buff *udp_follow(sk_buff *p, sk_buff *skb, const udphdr *uh) {
    napi_gro_cb *held = NAPI_GRO_CB(p);
    if (NAPI_GRO_CB(skb)->is_flist != held->is_flist) {
        NAPI_GRO_CB(skb)->flush = 1;
        return p;
    }
    const unsigned ulen = be16_to_cpu(uh->len);
    const unsigned held_ulen = be16_to_cpu(udp_hdr(p)->len);
    const u16 ids = flush_of_ids(held);
    if (ulen > held_ulen || held->flush != 0 || ids != 0) return p;
    bool flush = false;
    const int err = udp_merge(p, skb, uh, &flush);
    if (flush) return flush_it(skb);
    return err != 0 || ulen != held_ulen || held->count >= UDP_GRO_CNT_MAX ? p : nullptr;
}

// Linux 6.1: net/ipv4/udp_offload.c
sk_buff *udp_gro_receive_segment(list_head *head, sk_buff *skb) {
    TRACE_FN(skb);
    const udphdr *uh = udp_gro_udphdr(skb);
    if (!uh->check) return flush_it(skb); // GSO would have to make one up
    const unsigned ulen = be16_to_cpu(uh->len);
    if (ulen <= sizeof(*uh) || ulen != skb_gro_len(skb)) return flush_it(skb); // empty, padded or lying
    skb_gro_pull(skb, sizeof(*uh));
    for (sk_buff *p : gro_packets(head)) {
        if (!NAPI_GRO_CB(p)->same_flow) continue;
        const udphdr *held = udp_hdr(p);
        if (uh->source == held->source && uh->dest == held->dest) return udp_follow(p, skb, uh);
        NAPI_GRO_CB(p)->same_flow = 0;
    }
    return nullptr;
}

// Linux 6.1: net/ipv4/udp_offload.c
sk_buff *udp_gro_receive(list_head *head, sk_buff *skb, udphdr *, sock *sk) {
    TRACE_FN(skb);
    const netdev_features_t features = skb->dev->features;
    napi_gro_cb *cb = NAPI_GRO_CB(skb);
    const bool sk_asks = sk && udp_test_bit(UDP_FLAGS_GRO_ENABLED, sk);
    cb->is_flist = 0;
    if (!skb->encapsulation) {
        if ((features & NETIF_F_GRO_FRAGLIST) != 0) cb->is_flist = !sk_asks;
        const bool device_asks = !sk && (features & NETIF_F_GRO_UDP_FWD) != 0;
        if (device_asks || sk_asks || cb->is_flist) return call_gro_receive(udp_gro_receive_segment, head, skb);
    }
    cb->flush |= 1;
    return nullptr;
}

// Linux 6.1: net/ipv4/udp_offload.c
sock *udp4_gro_lookup_skb(sk_buff *skb, be16 sport, be16 dport) {
    TRACE_FN(skb);
    const auto *iph = reinterpret_cast<const iphdr *>(skb_gro_network_header(skb));
    return __udp4_lib_lookup(dev_net(skb->dev), iph->saddr, sport, iph->daddr, dport, inet_iif(skb), inet_sdif(skb),
                             &inet_global().udp_table, nullptr);
}

// Linux 6.1: net/ipv4/udp_offload.c
int udp_gro_complete_segment(sk_buff *skb) {
    TRACE_FN(skb);
    skb->csum_start = skb->transport_header;
    skb->csum_offset = offsetof(udphdr, check);
    skb->ip_summed = CHECKSUM_PARTIAL;
    skb_shinfo(skb)->gso_segs = NAPI_GRO_CB(skb)->count;
    skb_shinfo(skb)->gso_type |= SKB_GSO_UDP_L4;
    return TRACE_RET(0);
}

// Linux 6.1: net/ipv4/udp.c
sock *udp4_lib_lookup_skb(const sk_buff *skb, be16 sport, be16 dport) {
    TRACE_FN(skb);
    const iphdr *iph = ip_hdr(skb);
    return __udp4_lib_lookup(dev_net(skb->dev), iph->saddr, sport, iph->daddr, dport, inet_iif(skb), inet_sdif(skb),
                             &inet_global().udp_table, nullptr);
}

// Whose datagrams are they? The socket of a tunnel would complete what it carries; none is modelled.
// Linux 6.1: net/ipv4/udp_offload.c
int udp_gro_complete(sk_buff *skb, int nhoff) {
    TRACE_FN(skb);
    auto *uh = reinterpret_cast<udphdr *>(skb->data + nhoff);
    uh->len = cpu_to_be16(static_cast<u16>(skb->len - static_cast<u32>(nhoff)));
    (void)udp4_lib_lookup_skb(skb, uh->source, uh->dest);
    return TRACE_RET(udp_gro_complete_segment(skb));
}

constexpr net_offload udpv4_offload = {
    .gso_segment = udp4_ufo_fragment, .gro_receive = udp4_gro_receive, .gro_complete = udp4_gro_complete};

} // namespace

// Linux 6.1: net/ipv4/udp_offload.c
sk_buff *udp4_gro_receive(list_head *head, sk_buff *skb) {
    TRACE_FN(skb);
    napi_gro_cb *cb = NAPI_GRO_CB(skb);
    udphdr *uh = udp_gro_udphdr(skb);
    if (!uh) return flush_it(skb);
    if (!cb->flush) {
        if (skb_gro_checksum_validate_zero_check(skb, IPPROTO_UDP, uh->check) != 0) return flush_it(skb);
        if (uh->check) skb_gro_checksum_try_convert(skb, IPPROTO_UDP);
    }
    cb->is_ipv6 = 0;
    sock *sk = inet_global().udp_encap_needed != 0 ? udp4_gro_lookup_skb(skb, uh->source, uh->dest) : nullptr;
    return udp_gro_receive(head, skb, uh, sk);
}

// Linux 6.1: net/ipv4/udp_offload.c
int udp4_gro_complete(sk_buff *skb, int nhoff) {
    TRACE_FN(skb);
    const iphdr *iph = ip_hdr(skb);
    auto *uh = reinterpret_cast<udphdr *>(skb->data + nhoff);
    const u32 len = skb->len - static_cast<u32>(nhoff);
    if (NAPI_GRO_CB(skb)->is_flist) {
        uh->len = cpu_to_be16(static_cast<u16>(len));
        skb_shinfo(skb)->gso_type |= SKB_GSO_FRAGLIST | SKB_GSO_UDP_L4;
        skb_shinfo(skb)->gso_segs = NAPI_GRO_CB(skb)->count;
        __skb_incr_checksum_unnecessary(skb);
        return TRACE_RET(0);
    }
    if (uh->check) uh->check = static_cast<u16>(~csum_tcpudp_magic(iph->saddr, iph->daddr, len, IPPROTO_UDP, 0));
    return TRACE_RET(udp_gro_complete(skb, nhoff));
}

// Linux 6.1: net/ipv4/udp_offload.c
int udpv4_offload_init() {
    return inet_add_offload(&udpv4_offload, IPPROTO_UDP);
}

} // namespace skbscope::stack
