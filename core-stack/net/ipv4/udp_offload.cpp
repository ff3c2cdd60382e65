// SPDX-License-Identifier: GPL-2.0-or-later
// UDP's part of GRO: datagrams are messages, so they are merged only where somebody asked for it. Otherwise this checks
// the sum early, and lets the packet pass. Linux 6.1: net/ipv4/udp_offload.c
//
// Left out: who asks (UDP_GRO, rx-gro-list, rx-udp-gro-forwarding, tunnels), and with it the merging.
#include "linux/trace_fn.h"
#include "linux/udp.h"
#include "net/gro.h"
#include "net/inet_globals.h"

namespace skbscope::stack {

namespace {

udphdr *udp_gro_udphdr(sk_buff *skb) {
    const unsigned off = skb_gro_offset(skb);
    return reinterpret_cast<udphdr *>(skb_gro_header(skb, off + sizeof(udphdr), off));
}

sk_buff *udp_gro_receive(list_head *, sk_buff *skb, udphdr *, sock *) {
    TRACE_FN(skb);
    NAPI_GRO_CB(skb)->is_flist = 0;
    NAPI_GRO_CB(skb)->flush |= 1;
    return nullptr;
}

sk_buff *udp4_gro_receive(list_head *head, sk_buff *skb) {
    TRACE_FN(skb);
    napi_gro_cb *cb = NAPI_GRO_CB(skb);
    udphdr *uh = udp_gro_udphdr(skb);
    if (!uh) {
        cb->flush = 1;
        return nullptr;
    }
    if (!cb->flush) {
        if (skb_gro_checksum_validate_zero_check(skb, IPPROTO_UDP, uh->check) != 0) {
            cb->flush = 1;
            return nullptr;
        }
        if (uh->check) skb_gro_checksum_try_convert(skb, IPPROTO_UDP);
    }
    cb->is_ipv6 = 0;
    return udp_gro_receive(head, skb, uh, nullptr);
}

constexpr net_offload udpv4_offload = {.gro_receive = udp4_gro_receive};

} // namespace

// Linux 6.1: net/ipv4/udp_offload.c
int udpv4_offload_init() {
    return inet_add_offload(&udpv4_offload, IPPROTO_UDP);
}

} // namespace skbscope::stack
