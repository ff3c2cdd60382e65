// SPDX-License-Identifier: GPL-2.0-or-later
// A packet that is for another host. Linux 6.1: net/ipv4/ip_forward.c
#include "linux/netfilter_ipv4.h"
#include "linux/skbuff_gso.h"
#include "net/icmp.h"
#include "net/ip.h"
#include "net/xfrm.h"

namespace skbscope::stack {

int ip_decrease_ttl(iphdr *iph) {
    // The checksum changes by what the header loses: 0x0100, in network order.
    u32 check = iph->check;
    check += cpu_to_be16(0x0100).raw;
    iph->check = static_cast<u16>(check + (check >= 0xffff));
    return --iph->ttl;
}

namespace {

bool ip_exceeds_mtu(const sk_buff *skb, unsigned mtu) {
    if (skb->len <= mtu || !(be16_to_cpu(ip_hdr(skb)->frag_off) & IP_DF)) return false;
    if (IPCB(skb)->frag_max_size > mtu) return true; // a fragment with DF was larger
    if (skb->ignore_df) return false;
    return !skb_is_gso(skb) || !skb_gso_validate_network_len(skb, mtu); // of a super-packet, each segment must fit
}

int ip_forward_finish(net *ns, sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    __IP_INC_STATS(ns, IPSTATS_MIB_OUTFORWDATAGRAMS);
    IP_ADD_STATS(ns, IPSTATS_MIB_OUTOCTETS, skb->len);
    if (IPCB(skb)->opt.optlen) ip_forward_options(skb);
    skb_clear_tstamp(skb);
    return TRACE_RET(dst_output(ns, sk, skb));
}

int forward_drop(sk_buff *skb, skb_drop_reason reason) {
    kfree_skb_reason(skb, reason);
    return NET_RX_DROP;
}

} // namespace

int ip_forward(sk_buff *skb) {
    TRACE_FN(skb);
    const ip_options *opt = &IPCB(skb)->opt;
    if (skb->pkt_type != PACKET_HOST || skb->sk || skb_warn_if_lro(skb))
        return TRACE_RET(forward_drop(skb, SKB_DROP_REASON_NOT_SPECIFIED));
    if (!xfrm4_policy_check(nullptr, XFRM_POLICY_FWD, skb))
        return TRACE_RET(forward_drop(skb, SKB_DROP_REASON_XFRM_POLICY));
    if (opt->router_alert && ip_call_ra_chain(skb)) return TRACE_RET(NET_RX_SUCCESS);
    skb_forward_csum(skb);
    net *ns = dev_net(skb->dev);
    if (ip_hdr(skb)->ttl <= 1) { // its life ends here
        __IP_INC_STATS(ns, IPSTATS_MIB_INHDRERRORS);
        icmp_send(skb, ICMP_TIME_EXCEEDED, ICMP_EXC_TTL, be32{});
        return TRACE_RET(forward_drop(skb, SKB_DROP_REASON_IP_INHDR));
    }
    if (!xfrm4_route_forward(skb)) return TRACE_RET(forward_drop(skb, SKB_DROP_REASON_XFRM_POLICY));
    const rtable *rt = skb_rtable(skb);
    if (opt->is_strictroute && rt->rt_uses_gateway) {
        icmp_send(skb, ICMP_DEST_UNREACH, ICMP_SR_FAILED, be32{});
        return TRACE_RET(forward_drop(skb, SKB_DROP_REASON_NOT_SPECIFIED));
    }
    IPCB(skb)->flags |= IPSKB_FORWARDED;
    const unsigned mtu = ip_dst_mtu_maybe_forward(&rt->dst, true);
    if (ip_exceeds_mtu(skb, mtu)) {
        IP_INC_STATS(ns, IPSTATS_MIB_FRAGFAILS);
        icmp_send(skb, ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, cpu_to_be32(mtu));
        return TRACE_RET(forward_drop(skb, SKB_DROP_REASON_PKT_TOO_BIG));
    }
    // The header is about to change, and the next link's goes in front: the buffer must be ours and have room.
    if (skb_cow(skb, LL_RESERVED_SPACE(rt->dst.dev) + rt->dst.header_len))
        return TRACE_RET(forward_drop(skb, SKB_DROP_REASON_NOT_SPECIFIED));
    iphdr *iph = ip_hdr(skb);
    ip_decrease_ttl(iph);
    if ((IPCB(skb)->flags & IPSKB_DOREDIRECT) && !opt->srr) ip_rt_send_redirect(skb);
    if (ns->ipv4.sysctl_ip_fwd_update_priority) skb->priority = rt_tos2priority(iph->tos);
    return TRACE_RET(
        NF_HOOK(NFPROTO_IPV4, NF_INET_FORWARD, ns, nullptr, skb, skb->dev, rt->dst.dev, ip_forward_finish));
}

} // namespace skbscope::stack
