// SPDX-License-Identifier: GPL-2.0-or-later
// TCP's part of GRO: segments that follow each other without a gap, with the same acknowledgement, window and options,
// become one. Only headers are needed: no socket is asked. Cutting up stands in tcp_gso.cpp.
// Linux 6.1: net/ipv4/tcp_offload.c
#include "linux/ip.h"
#include "linux/tcp.h"
#include "linux/trace_fn.h"
#include "net/gro.h"
#include "net/inet_globals.h"
#include "net/ip.h"

#include <cstring>

namespace skbscope::stack {

namespace {

// The whole header, options included; null: the packet is shorter, or the header says it is.
tcphdr *tcp_gro_header(sk_buff *skb) {
    const unsigned off = skb_gro_offset(skb);
    auto *th = reinterpret_cast<tcphdr *>(skb_gro_header(skb, off + sizeof(tcphdr), off));
    if (!th) return nullptr;
    const unsigned thlen = th->doff * 4U;
    if (thlen < sizeof(tcphdr)) return nullptr;
    if (skb_gro_header_hard(skb, off + thlen))
        th = reinterpret_cast<tcphdr *>(skb_gro_header_slow(skb, off + thlen, off));
    return th;
}

sk_buff *find_flow(list_head *head, const tcphdr *th) {
    for (sk_buff *p : gro_packets(head)) {
        if (!NAPI_GRO_CB(p)->same_flow) continue;
        const tcphdr *held = tcp_hdr(p);
        if (th->source == held->source && th->dest == held->dest) return p;
        NAPI_GRO_CB(p)->same_flow = 0;
    }
    return nullptr;
}

// The IP ids of a flow count up, or all stay the same; its second packet decides.
bool ids_do_not_follow(napi_gro_cb *held) {
    if (held->flush_id != 1 || held->count != 1 || !held->is_atomic) return held->flush_id != 0;
    held->is_atomic = 0;
    return false;
}

bool headers_do_not_follow(const tcphdr *th, const tcphdr *held) {
    constexpr u32 may_differ = TCP_FLAG_CWR | TCP_FLAG_FIN | TCP_FLAG_PSH;
    const u32 flags = tcp_flag_word(th);
    if ((flags & TCP_FLAG_CWR) != 0 || ((flags ^ tcp_flag_word(held)) & ~may_differ) != 0) return true;
    if (th->ack_seq != held->ack_seq) return true;
    const std::size_t options = th->doff * 4U - sizeof(tcphdr); // doff is part of the flag word: the same in both
    return std::memcmp(th + 1, held + 1, options) != 0;
}

// Can skb, parsed up to its payload of len bytes, not be appended to p?
bool does_not_follow(sk_buff *p, sk_buff *skb, const tcphdr *th, unsigned len) {
    const tcphdr *held = tcp_hdr(p);
    bool flush = NAPI_GRO_CB(p)->flush != 0 || headers_do_not_follow(th, held);
    flush = ids_do_not_follow(NAPI_GRO_CB(p)) || flush;
    const unsigned mss = skb_shinfo(p)->gso_size;
    if (skb_is_gso(skb))
        flush = flush || mss != skb_shinfo(skb)->gso_size;
    else
        flush = flush || len - 1 >= mss; // too long, or empty
    return flush || be32_to_cpu(held->seq) + skb_gro_len(p) != be32_to_cpu(th->seq);
}

constexpr net_offload tcpv4_offload = {
    .gso_segment = tcp4_gso_segment, .gro_receive = tcp4_gro_receive, .gro_complete = tcp4_gro_complete};

} // namespace

// Linux 6.1: net/ipv4/tcp_offload.c
sk_buff *tcp_gro_receive(list_head *head, sk_buff *skb) {
    TRACE_FN(skb);
    const tcphdr *th = tcp_gro_header(skb);
    if (!th) {
        NAPI_GRO_CB(skb)->flush |= 1;
        return nullptr;
    }
    skb_gro_pull(skb, th->doff * 4U);
    const unsigned len = skb_gro_len(skb);
    const u32 flags = tcp_flag_word(th);
    unsigned mss = 1;
    sk_buff *p = find_flow(head, th);
    if (p) {
        tcphdr *held = tcp_hdr(p);
        const unsigned held_mss = skb_shinfo(p)->gso_size;
        if (!does_not_follow(p, skb, th, len) && skb_gro_receive(p, skb) == 0) {
            mss = held_mss;
            if ((flags & TCP_FLAG_FIN) != 0) held->fin = 1;
            if ((flags & TCP_FLAG_PSH) != 0) held->psh = 1;
        }
    }
    // A short segment is the last of what was sent at once, and these flags want attention now.
    bool flush = skb_is_gso(skb) ? len != unsigned{NAPI_GRO_CB(skb)->count} * skb_shinfo(skb)->gso_size : len < mss;
    flush = flush || (flags & (TCP_FLAG_URG | TCP_FLAG_PSH | TCP_FLAG_RST | TCP_FLAG_SYN | TCP_FLAG_FIN)) != 0;
    NAPI_GRO_CB(skb)->flush |= flush ? 1 : 0;
    return p && (!NAPI_GRO_CB(skb)->same_flow || flush) ? p : nullptr;
}

// Linux 6.1: net/ipv4/tcp_offload.c
sk_buff *tcp4_gro_receive(list_head *head, sk_buff *skb) {
    TRACE_FN(skb);
    if (!NAPI_GRO_CB(skb)->flush && skb_gro_checksum_validate(skb, IPPROTO_TCP) != 0) {
        NAPI_GRO_CB(skb)->flush = 1;
        return nullptr;
    }
    return tcp_gro_receive(head, skb);
}

// Linux 6.1: net/ipv4/tcp_offload.c
int tcp_gro_complete(sk_buff *skb) {
    TRACE_FN(skb);
    skb->csum_start = skb->transport_header;
    skb->csum_offset = offsetof(tcphdr, check);
    skb->ip_summed = CHECKSUM_PARTIAL;
    skb_shinfo(skb)->gso_segs = NAPI_GRO_CB(skb)->count;
    if (tcp_hdr(skb)->cwr) skb_shinfo(skb)->gso_type |= SKB_GSO_TCP_ECN;
    return TRACE_RET(0);
}

// Linux 6.1: net/ipv4/tcp_offload.c
int tcp4_gro_complete(sk_buff *skb, int thoff) {
    TRACE_FN(skb);
    const iphdr *iph = ip_hdr(skb);
    const u32 len = skb->len - static_cast<u32>(thoff);
    tcp_hdr(skb)->check = static_cast<u16>(~csum_tcpudp_magic(iph->saddr, iph->daddr, len, IPPROTO_TCP, 0));
    skb_shinfo(skb)->gso_type |= SKB_GSO_TCPV4;
    if (NAPI_GRO_CB(skb)->is_atomic) skb_shinfo(skb)->gso_type |= SKB_GSO_TCP_FIXEDID;
    return TRACE_RET(tcp_gro_complete(skb));
}

// Linux 6.1: net/ipv4/tcp_offload.c
int tcpv4_offload_init() {
    return inet_add_offload(&tcpv4_offload, IPPROTO_TCP);
}

} // namespace skbscope::stack
