// SPDX-License-Identifier: GPL-2.0-or-later
// IPv4's part of GRO: may this packet be merged with one of its flow that is held? Then its transport is asked. Linux
// 6.1: net/ipv4/af_inet.c
//
// Left out: the comparison with held packets. No transport of the model asks for any to be held yet (UDP does for
// UDP_GRO sockets, rx-gro-list and rx-udp-gro-forwarding, none of which exist here), so there is none to compare with.
#include "linux/ip.h"
#include "linux/trace_fn.h"
#include "net/checksum.h"
#include "net/gro.h"
#include "net/inet_globals.h"
#include "net/ip.h"
#include "sim/machine_state.h"

namespace skbscope::stack {

namespace {

const machine_global<packet_offload> ip_packet_offload;

constexpr unsigned gro_recursion_limit = 15;

// 0: nothing about the packet forbids merging. Its length and its IP header's must agree, and it is no fragment.
u16 why_not_merged(const iphdr *iph, unsigned gro_len) {
    const u32 frag = be16_to_cpu(iph->frag_off) & ~u32{IP_DF};
    return static_cast<u16>((be16_to_cpu(iph->tot_len) ^ gro_len) | frag);
}

const net_offload *offload_of(const iphdr *iph) {
    const net_offload *ops = inet_global().inet_offloads[iph->protocol];
    if (!ops || !ops->gro_receive) return nullptr;
    if (iph->version != IPVERSION || iph->ihl != sizeof(*iph) / 4) return nullptr; // no options
    if (ip_is_fragment(iph) || ip_fast_csum(iph, iph->ihl) != 0) return nullptr;
    return ops;
}

} // namespace

sk_buff *inet_gro_receive(list_head *head, sk_buff *skb) {
    TRACE_FN(skb);
    napi_gro_cb *cb = NAPI_GRO_CB(skb);
    const unsigned off = skb_gro_offset(skb);
    const auto *iph = reinterpret_cast<const iphdr *>(skb_gro_header(skb, off + sizeof(iphdr), off));
    const net_offload *ops = iph ? offload_of(iph) : nullptr;
    if (!ops) {
        cb->flush |= 1;
        return nullptr;
    }
    const u16 flush = why_not_merged(iph, skb_gro_len(skb));
    cb->is_atomic = (be16_to_cpu(iph->frag_off) & IP_DF) != 0;
    cb->flush |= flush;
    skb_set_network_header(skb, static_cast<int>(off));
    skb_gro_pull(skb, sizeof(*iph));
    skb_set_transport_header(skb, static_cast<int>(skb_gro_offset(skb)));
    sk_buff *pp = nullptr;
    if (++cb->recursion_counter == gro_recursion_limit)
        cb->flush |= 1;
    else
        pp = ops->gro_receive(head, skb);
    cb->flush |= flush;
    return pp;
}

// Linux 6.1: net/ipv4/af_inet.c
void ipv4_offload_init() {
    udpv4_offload_init();
    ip_packet_offload->type = cpu_to_be16(ETH_P_IP);
    ip_packet_offload->gro_receive = inet_gro_receive;
    dev_add_offload(&ip_packet_offload.get());
}

} // namespace skbscope::stack
