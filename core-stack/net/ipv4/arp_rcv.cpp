// SPDX-License-Identifier: GPL-2.0-or-later
// ARP packets that arrive: a request for one of our addresses is answered, and the asker remembered; an answer makes an
// entry reachable. Linux 6.1: net/ipv4/arp.c
#include "linux/err.h"
#include "linux/if_ether.h"
#include "linux/inetdevice.h"
#include "linux/netfilter.h"
#include "linux/rtnetlink.h"
#include "net/arp.h"
#include "net/dst.h"
#include "net/ip.h"
#include "net/ipv4/arp_internal.h"
#include "net/l3mdev.h"
#include "net/route.h"

#include <cstring>

namespace skbscope::stack {

namespace {

int arp_ignore(in_device *in_dev, be32 sip, be32 tip) {
    TRACE_FN();
    net *ns = dev_net(in_dev->dev);
    int scope = RT_SCOPE_HOST;
    switch (IN_DEV_ARP_IGNORE(in_dev)) {
    case 1: // answer only for addresses of the device it came in on
        sip = be32{};
        break;
    case 2: // and only to askers of the same subnet
        break;
    case 3: // not for addresses of host scope
        sip = be32{};
        scope = RT_SCOPE_LINK;
        in_dev = nullptr;
        break;
    case 8:
        return TRACE_RET(1);
    default:
        return TRACE_RET(0);
    }
    return TRACE_RET(!inet_confirm_addr(ns, in_dev, sip, tip, scope) ? 1 : 0);
}

int arp_accept(in_device *in_dev, be32 sip) {
    TRACE_FN();
    switch (IN_DEV_ARP_ACCEPT(in_dev)) {
    case 1:
        return TRACE_RET(1);
    case 2: // only from a subnet of ours
        return TRACE_RET(inet_confirm_addr(dev_net(in_dev->dev), in_dev, sip, be32{}, RT_SCOPE_LINK) ? 1 : 0);
    default:
        return TRACE_RET(0);
    }
}

// With arp_filter: answer only on the device that the answer would be routed to.
int arp_filter(be32 sip, be32 tip, net_device *dev) {
    TRACE_FN();
    net *ns = dev_net(dev);
    flowi4 fl4;
    fl4.flowi4_oif = l3mdev_master_ifindex_rcu(dev);
    fl4.daddr = sip;
    fl4.saddr = tip;
    rtable *rt = ip_route_output_key(ns, &fl4);
    if (IS_ERR(rt)) return TRACE_RET(1);
    const int flag = rt->dst.dev != dev;
    if (flag) __NET_INC_STATS(ns, LINUX_MIB_ARPFILTER);
    ip_rt_put(rt);
    return TRACE_RET(flag);
}

// May we answer for a host behind us?
bool arp_fwd_proxy(const in_device *in_dev, const net_device *dev, const rtable *rt) {
    TRACE_FN();
    if (rt->dst.dev == dev || !IN_DEV_PROXY_ARP(in_dev)) return TRACE_RET(false);
    const int imi = in_dev_conf_get(in_dev, IPV4_DEVCONF_MEDIUM_ID);
    if (imi == 0) return TRACE_RET(true);
    if (imi == -1) return TRACE_RET(false);
    const in_device *out_dev = __in_dev_get_rcu(rt->dst.dev);
    const int omi = out_dev ? in_dev_conf_get(out_dev, IPV4_DEVCONF_MEDIUM_ID) : -1;
    return TRACE_RET(omi != imi && omi != -1);
}

bool arp_fwd_pvlan(const in_device *in_dev, const net_device *dev, const rtable *rt, be32 sip, be32 tip) {
    TRACE_FN();
    return TRACE_RET(rt->dst.dev == dev && sip != tip && IN_DEV_PROXY_ARP_PVLAN(in_dev));
}

struct arp_fields {
    const u8 *sha, *tha; // sender's and target's hardware address
    be32 sip, tip;
};

arp_fields arp_parse(const sk_buff *skb, const net_device *dev) {
    const u8 *p = reinterpret_cast<const u8 *>(arp_hdr(skb) + 1);
    arp_fields f{.sha = p, .tha = p + dev->addr_len + 4, .sip = {}, .tip = {}};
    std::memcpy(&f.sip, p + dev->addr_len, 4);
    std::memcpy(&f.tip, f.tha + dev->addr_len, 4);
    return f;
}

bool arp_is_garp(net *ns, net_device *dev, int *addr_type, be16 ar_op, const arp_fields &f) {
    TRACE_FN();
    bool is_garp = f.tip == f.sip;
    if (is_garp && ar_op == cpu_to_be16(ARPOP_REPLY)) is_garp = std::memcmp(f.tha, f.sha, dev->addr_len) == 0;
    if (is_garp) {
        *addr_type = static_cast<int>(inet_addr_type_dev_table(ns, dev, f.sip));
        if (*addr_type != RTN_UNICAST) is_garp = false;
    }
    return TRACE_RET(is_garp);
}

void arp_reply(const arp_fields &f, net_device *dev) {
    arp_send_dst(ARPOP_REPLY, ETH_P_ARP, f.sip, dev, f.tip, f.sha, dev->dev_addr, f.sha, nullptr);
}

// Headers we understand: IPv4 on this kind of link, request or reply.
bool arp_acceptable(const net_device *dev, const arphdr *arp) {
    constexpr u16 ARPHRD_IEEE802 = 6;
    if (arp->ar_pro != cpu_to_be16(ETH_P_IP)) return false;
    const bool hw_ok = arp->ar_hrd == cpu_to_be16(dev->type) ||
                       (dev->type == ARPHRD_ETHER && arp->ar_hrd == cpu_to_be16(ARPHRD_IEEE802));
    return hw_ok && (arp->ar_op == cpu_to_be16(ARPOP_REPLY) || arp->ar_op == cpu_to_be16(ARPOP_REQUEST));
}

enum class request_end : u8 { not_for_us, done, waits };

// The target is behind us. The one who asked by broadcast waits for an answer, in case the target itself hears it.
request_end arp_process_proxy(sk_buff *skb, in_device *in_dev, const arp_fields &f) {
    net_device *dev = skb->dev;
    const rtable *rt = skb_rtable(skb);
    if (!arp_fwd_proxy(in_dev, dev, rt) && !arp_fwd_pvlan(in_dev, dev, rt, f.sip, f.tip) &&
        !(rt->dst.dev != dev && pneigh_lookup(&arp_tbl(), dev_net(dev), &f.tip, dev, false)))
        return request_end::not_for_us;
    neighbour *n = neigh_event_ns(&arp_tbl(), f.sha, &f.sip, dev);
    if (n) neigh_release(n);
    if ((NEIGH_CB(skb)->flags & LOCALLY_ENQUEUED) || skb->pkt_type == PACKET_HOST ||
        NEIGH_VAR(in_dev->arp_parms, NEIGH_VAR_PROXY_DELAY) == 0) {
        arp_reply(f, dev);
        return request_end::done;
    }
    pneigh_enqueue(&arp_tbl(), in_dev->arp_parms, skb);
    return request_end::waits;
}

// A request whose target we know a way to.
request_end arp_process_request(sk_buff *skb, in_device *in_dev, const arp_fields &f) {
    net_device *dev = skb->dev;
    const rtable *rt = skb_rtable(skb);
    if (rt->rt_type == RTN_LOCAL) {
        int dont_send = arp_ignore(in_dev, f.sip, f.tip);
        if (!dont_send && IN_DEV_ARPFILTER(in_dev)) dont_send = arp_filter(f.sip, f.tip, dev);
        if (dont_send) return request_end::done;
        neighbour *n = neigh_event_ns(&arp_tbl(), f.sha, &f.sip, dev);
        if (n) {
            arp_reply(f, dev);
            neigh_release(n);
        }
        return request_end::done;
    }
    if (!IN_DEV_FORWARD(in_dev) || rt->rt_type != RTN_UNICAST) return request_end::not_for_us;
    return arp_process_proxy(skb, in_dev, f);
}

// What the sender says of itself.
void arp_update_table(net *ns, sk_buff *skb, in_device *in_dev, const arp_fields &f) {
    net_device *dev = skb->dev;
    const be16 op = arp_hdr(skb)->ar_op;
    int addr_type = -1;
    bool is_garp = false;
    neighbour *n = neigh_lookup(&arp_tbl(), &f.sip, dev);
    if (n || arp_accept(in_dev, f.sip)) is_garp = arp_is_garp(ns, dev, &addr_type, op, f);
    if (arp_accept(in_dev, f.sip) && !n) {
        bool unsolicited_ok = is_garp;
        if (!unsolicited_ok && op == cpu_to_be16(ARPOP_REPLY)) {
            if (addr_type < 0) addr_type = static_cast<int>(inet_addr_type_dev_table(ns, dev, f.sip));
            unsolicited_ok = addr_type == RTN_UNICAST;
        }
        if (unsolicited_ok) n = neigh_lookup(&arp_tbl(), &f.sip, dev);
        if (unsolicited_ok && !n) n = neigh_create(&arp_tbl(), &f.sip, dev);
        if (IS_ERR(n)) n = nullptr;
    }
    if (!n) return;
    // Of several answers the first within LOCKTIME counts.
    const bool override =
        is_garp ||
        time_after(jiffies_now(), n->updated + static_cast<unsigned long>(NEIGH_VAR(n->parms, NEIGH_VAR_LOCKTIME)));
    // Only an answer to us proves that it can be reached.
    const bool proof = op == cpu_to_be16(ARPOP_REPLY) && skb->pkt_type == PACKET_HOST;
    neigh_update(n, f.sha, proof ? NUD_REACHABLE : NUD_STALE, override ? NEIGH_UPDATE_F_OVERRIDE : 0, 0);
    neigh_release(n);
}

int arp_process(net *ns, sock *, sk_buff *skb) {
    TRACE_FN(skb);
    net_device *dev = skb->dev;
    in_device *in_dev = __in_dev_get_rcu(dev);
    dst_entry *const reply_dst = nullptr; // of a tunnel the request came through; the model has none
    const arphdr *arp = arp_hdr(skb);
    if (!in_dev || !arp_acceptable(dev, arp)) goto out_free_skb;
    {
        const arp_fields f = arp_parse(skb, dev);
        if (ipv4_is_multicast(f.tip) || (!IN_DEV_ROUTE_LOCALNET(in_dev) && ipv4_is_loopback(f.tip))) goto out_free_skb;
        if (f.sip == f.tip && in_dev_orconf(in_dev, IPV4_DEVCONF_DROP_GRATUITOUS_ARP)) goto out_free_skb;

        const bool request = arp->ar_op == cpu_to_be16(ARPOP_REQUEST);
        if (!f.sip) { // somebody asks whether an address is taken (RFC 2131)
            if (request && inet_addr_type_dev_table(ns, dev, f.tip) == RTN_LOCAL && !arp_ignore(in_dev, f.sip, f.tip))
                arp_reply(f, dev);
        } else {
            request_end end = request_end::not_for_us;
            if (request && ip_route_input_noref(skb, f.tip, f.sip, 0, dev) == 0)
                end = arp_process_request(skb, in_dev, f);
            if (end == request_end::waits) {
                dst_release(reply_dst);
                return TRACE_RET(NET_RX_SUCCESS);
            }
            if (end == request_end::not_for_us) arp_update_table(ns, skb, in_dev, f);
        }
    }
    consume_skb(skb);
    dst_release(reply_dst);
    return TRACE_RET(NET_RX_SUCCESS);

out_free_skb:
    kfree_skb(skb);
    return TRACE_RET(NET_RX_DROP);
}

} // namespace

void parp_redo(sk_buff *skb) {
    TRACE_FN(skb);
    arp_process(dev_net(skb->dev), nullptr, skb);
}

int arp_rcv(sk_buff *skb, net_device *dev, packet_type *, net_device *) {
    TRACE_FN(skb);
    if ((dev->flags & IFF_NOARP) || skb->pkt_type == PACKET_OTHERHOST || skb->pkt_type == PACKET_LOOPBACK) {
        consume_skb(skb);
        return TRACE_RET(NET_RX_SUCCESS);
    }
    skb = skb_share_check(skb, GFP_ATOMIC);
    if (!skb) return TRACE_RET(NET_RX_DROP);
    if (!pskb_may_pull(skb, arp_hdr_len(dev)) || arp_hdr(skb)->ar_hln != dev->addr_len || arp_hdr(skb)->ar_pln != 4) {
        kfree_skb(skb);
        return TRACE_RET(NET_RX_DROP);
    }
    *NEIGH_CB(skb) = {};
    return TRACE_RET(NF_HOOK(NFPROTO_ARP, NF_ARP_IN, dev_net(dev), nullptr, skb, dev, nullptr, arp_process));
}

} // namespace skbscope::stack
