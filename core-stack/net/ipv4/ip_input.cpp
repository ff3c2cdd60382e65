// SPDX-License-Identifier: GPL-2.0-or-later
// IPv4 on its way in:
//
//   ip_rcv -> [PRE_ROUTING] -> ip_rcv_finish -> route -> ip_local_deliver -> [LOCAL_IN] -> the protocol's handler
//                                                    +-> ip_forward (ip_forward.cpp)
//
// Linux 6.1: net/ipv4/ip_input.c
#include "linux/inetdevice.h"
#include "linux/netfilter_ipv4.h"
#include "net/checksum.h"
#include "net/icmp.h"
#include "net/ip.h"
#include "net/ip_fib.h"
#include "net/ipv4/ip_input_internal.h"
#include "net/l3mdev.h"
#include "net/protocol.h"
#include "net/raw.h"
#include "net/udp.h"
#include "net/xfrm.h"

#include <algorithm>

namespace skbscope::stack {

// Sockets with IP_ROUTER_ALERT would see the packet here; the model has none.
bool ip_call_ra_chain(sk_buff *skb) {
    TRACE_FN(skb);
    return TRACE_RET(false);
}

void ip_protocol_deliver_rcu(net *ns, sk_buff *skb, int protocol) {
    TRACE_FN(skb);
    for (;;) {
        const int raw = raw_local_deliver(skb, protocol);
        const net_protocol *ipprot = inet_protos(static_cast<u8>(protocol));
        if (!ipprot) {
            if (raw) {
                __IP_INC_STATS(ns, IPSTATS_MIB_INDELIVERS);
                return consume_skb(skb);
            }
            if (xfrm4_policy_check(nullptr, XFRM_POLICY_IN, skb)) {
                __IP_INC_STATS(ns, IPSTATS_MIB_INUNKNOWNPROTOS);
                icmp_send(skb, ICMP_DEST_UNREACH, ICMP_PROT_UNREACH, be32{});
            }
            return kfree_skb_reason(skb, SKB_DROP_REASON_IP_NOPROTO);
        }
        if (!ipprot->no_policy) {
            if (!xfrm4_policy_check(nullptr, XFRM_POLICY_IN, skb))
                return kfree_skb_reason(skb, SKB_DROP_REASON_XFRM_POLICY);
            nf_reset_ct(skb);
        }
        const int ret = ipprot->handler(skb);
        if (ret >= 0) break;
        protocol = -ret; // it was a wrapper: deliver what was inside
    }
    __IP_INC_STATS(ns, IPSTATS_MIB_INDELIVERS);
}

namespace {

int ip_local_deliver_finish(net *ns, sock *, sk_buff *skb) {
    TRACE_FN(skb);
    skb_clear_delivery_time(skb);
    __skb_pull(skb, skb_network_header_len(skb));
    rcu_read_lock();
    ip_protocol_deliver_rcu(ns, skb, ip_hdr(skb)->protocol);
    rcu_read_unlock();
    return TRACE_RET(0);
}

} // namespace

int ip_local_deliver(sk_buff *skb) {
    TRACE_FN(skb);
    net *ns = dev_net(skb->dev);
    if (ip_is_fragment(ip_hdr(skb)) && ip_defrag(ns, skb, IP_DEFRAG_LOCAL_DELIVER)) return TRACE_RET(0);
    return TRACE_RET(
        NF_HOOK(NFPROTO_IPV4, NF_INET_LOCAL_IN, ns, nullptr, skb, skb->dev, nullptr, ip_local_deliver_finish));
}

namespace {

// True: the options are wrong, or forbidden here.
bool ip_rcv_options(sk_buff *skb, net_device *dev) {
    TRACE_FN(skb);
    // Options may be written to: the buffer must be ours alone.
    if (skb_cow(skb, skb_headroom(skb))) {
        __IP_INC_STATS(dev_net(dev), IPSTATS_MIB_INDISCARDS);
        return TRACE_RET(true);
    }
    ip_options *opt = &IPCB(skb)->opt;
    opt->optlen = static_cast<u8>(ip_hdr(skb)->ihl * 4 - static_cast<int>(sizeof(iphdr)));
    if (ip_options_compile(dev_net(dev), opt, skb)) {
        __IP_INC_STATS(dev_net(dev), IPSTATS_MIB_INHDRERRORS);
        return TRACE_RET(true);
    }
    if (!opt->srr) return TRACE_RET(false);
    const in_device *in_dev = __in_dev_get_rcu(dev);
    if (in_dev && !IN_DEV_SOURCE_ROUTE(in_dev)) return TRACE_RET(true);
    return TRACE_RET(ip_options_rcv_srr(skb, dev) != 0);
}

// The packet before went to the same destination: its route serves this one too.
bool ip_can_use_hint(const sk_buff *skb, const iphdr *iph, const sk_buff *hint) {
    return hint && !skb_dst(skb) && ip_hdr(hint)->daddr == iph->daddr && ip_hdr(hint)->tos == iph->tos;
}

int rcv_drop(sk_buff *skb, net *ns, int err) {
    skb_drop_reason reason = SKB_DROP_REASON_NOT_SPECIFIED;
    if (err == -EXDEV) {
        reason = SKB_DROP_REASON_IP_RPFILTER;
        __NET_INC_STATS(ns, LINUX_MIB_IPRPFILTER);
    }
    kfree_skb_reason(skb, reason);
    return NET_RX_DROP;
}

int early_demux(net *ns, sk_buff *skb) {
    if (!ns->ipv4.sysctl_ip_early_demux || skb_dst(skb) || skb->sk || ip_is_fragment(ip_hdr(skb))) return 0;
    // TCP's turn comes with TCP.
    if (ip_hdr(skb)->protocol == IPPROTO_UDP && ns->ipv4.sysctl_udp_early_demux) return udp_v4_early_demux(skb);
    return 0;
}

} // namespace

int ip_rcv_finish_core(net *ns, sk_buff *skb, net_device *dev, const sk_buff *hint) {
    TRACE_FN(skb);
    const iphdr *iph = ip_hdr(skb);
    int err = 0;
    if (ip_can_use_hint(skb, iph, hint)) err = ip_route_use_hint(skb, iph->daddr, iph->saddr, iph->tos, dev, hint);
    if (!err) err = early_demux(ns, skb);
    if (err) return TRACE_RET(rcv_drop(skb, ns, err));

    iph = ip_hdr(skb); // the buffer may have moved
    if (!skb_valid_dst_ptr(skb)) {
        err = ip_route_input_noref(skb, iph->daddr, iph->saddr, iph->tos, dev);
        if (err) return TRACE_RET(rcv_drop(skb, ns, err));
    } else {
        const in_device *in_dev = __in_dev_get_rcu(dev);
        if (in_dev && in_dev_orconf(in_dev, IPV4_DEVCONF_NOPOLICY)) IPCB(skb)->flags |= IPSKB_NOPOLICY;
    }
    if (iph->ihl > 5 && ip_rcv_options(skb, dev)) return TRACE_RET(rcv_drop(skb, ns, 0));

    const rtable *rt = skb_rtable(skb);
    if (rt->rt_type == RTN_MULTICAST) {
        IP_UPD_PO_STATS(ns, IPSTATS_MIB_INMCASTPKTS, skb->len);
    } else if (rt->rt_type == RTN_BROADCAST) {
        IP_UPD_PO_STATS(ns, IPSTATS_MIB_INBCASTPKTS, skb->len);
    } else if (skb->pkt_type == PACKET_BROADCAST || skb->pkt_type == PACKET_MULTICAST) {
        // To everybody on the link, yet to one host by its address (RFC 1122 3.3.6).
        const in_device *in_dev = __in_dev_get_rcu(dev);
        if (in_dev && in_dev_orconf(in_dev, IPV4_DEVCONF_DROP_UNICAST_IN_L2_MULTICAST)) {
            kfree_skb_reason(skb, SKB_DROP_REASON_UNICAST_IN_L2_MULTICAST);
            return TRACE_RET(NET_RX_DROP);
        }
    }
    return TRACE_RET(NET_RX_SUCCESS);
}

namespace {

int ip_rcv_finish(net *ns, sock *, sk_buff *skb) {
    TRACE_FN(skb);
    net_device *dev = skb->dev;
    skb = l3mdev_ip_rcv(skb);
    if (!skb) return TRACE_RET(NET_RX_SUCCESS);
    int ret = ip_rcv_finish_core(ns, skb, dev, nullptr);
    if (ret != NET_RX_DROP) ret = dst_input(skb);
    return TRACE_RET(ret);
}

sk_buff *inhdr_error(net *ns, sk_buff *skb, skb_drop_reason reason) {
    __IP_INC_STATS(ns, IPSTATS_MIB_INHDRERRORS);
    kfree_skb_reason(skb, reason);
    return nullptr;
}

} // namespace

// Is it an IPv4 packet, whole and undamaged? Null: it was not, and is gone.
sk_buff *ip_rcv_core(sk_buff *skb, net *ns) {
    TRACE_FN(skb);
    if (skb->pkt_type == PACKET_OTHERHOST) { // only seen because the device listens to all
        dev_core_stats_rx_otherhost_dropped_inc(skb->dev);
        kfree_skb_reason(skb, SKB_DROP_REASON_OTHERHOST);
        return nullptr;
    }
    IP_UPD_PO_STATS(ns, IPSTATS_MIB_INPKTS, skb->len);
    skb = skb_share_check(skb, GFP_ATOMIC);
    if (!skb) {
        __IP_INC_STATS(ns, IPSTATS_MIB_INDISCARDS);
        return nullptr;
    }
    if (!pskb_may_pull(skb, sizeof(iphdr))) return inhdr_error(ns, skb, SKB_DROP_REASON_IP_INHDR);
    const iphdr *iph = ip_hdr(skb);
    if (iph->ihl < 5 || iph->version != 4) return inhdr_error(ns, skb, SKB_DROP_REASON_IP_INHDR);
    IP_ADD_STATS(ns, IPSTATS_MIB_NOECTPKTS + (iph->tos & 3U), std::max<u64>(1, skb_shinfo(skb)->gso_segs));
    if (!pskb_may_pull(skb, iph->ihl * 4U)) return inhdr_error(ns, skb, SKB_DROP_REASON_IP_INHDR);
    iph = ip_hdr(skb);
    if (ip_fast_csum(iph, iph->ihl)) {
        __IP_INC_STATS(ns, IPSTATS_MIB_CSUMERRORS);
        return inhdr_error(ns, skb, SKB_DROP_REASON_IP_CSUM);
    }
    const u32 len = iph_totlen(skb, iph);
    if (skb->len < len) {
        __IP_INC_STATS(ns, IPSTATS_MIB_INTRUNCATEDPKTS);
        kfree_skb_reason(skb, SKB_DROP_REASON_PKT_TOO_SMALL);
        return nullptr;
    }
    if (len < iph->ihl * 4U) return inhdr_error(ns, skb, SKB_DROP_REASON_IP_INHDR);
    if (pskb_trim_rcsum(skb, len)) { // the link may have padded it
        __IP_INC_STATS(ns, IPSTATS_MIB_INDISCARDS);
        kfree_skb(skb);
        return nullptr;
    }
    iph = ip_hdr(skb);
    skb->transport_header = static_cast<u16>(skb->network_header + iph->ihl * 4);
    *IPCB(skb) = inet_skb_parm{};
    IPCB(skb)->iif = skb->skb_iif;
    skb_orphan(skb);
    return TRACE_RET(skb);
}

int ip_rcv(sk_buff *skb, net_device *dev, packet_type *, net_device *) {
    TRACE_FN(skb);
    net *ns = dev_net(dev);
    skb = ip_rcv_core(skb, ns);
    if (!skb) return TRACE_RET(NET_RX_DROP);
    return TRACE_RET(NF_HOOK(NFPROTO_IPV4, NF_INET_PRE_ROUTING, ns, nullptr, skb, dev, nullptr, ip_rcv_finish));
}

} // namespace skbscope::stack
