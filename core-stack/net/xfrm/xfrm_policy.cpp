// SPDX-License-Identifier: GPL-2.0-or-later
// Linux 6.1: net/xfrm/xfrm_policy.c, include/net/xfrm.h. No policies, no states: see net/xfrm.h.
#include "net/xfrm.h"

#include "linux/err.h"
#include "linux/if.h"
#include "linux/trace_fn.h"
#include "net/ip.h"
#include "net/net_namespace.h"

namespace skbscope::stack {

dst_entry *xfrm_lookup_with_ifid(net *ns, dst_entry *dst_orig, const flowi *, const sock *, int flags, u32 if_id) {
    TRACE_FN();
    // Without policies there is never a bundle of transformations to look up.
    BUG_ON(if_id != 0 || ns->xfrm.policy_count[XFRM_POLICY_OUT] != 0);
    int err = -ENOENT;
    if ((!dst_orig->dev || !(dst_orig->dev->flags & IFF_LOOPBACK)) &&
        ns->xfrm.policy_default[XFRM_POLICY_OUT] == XFRM_USERPOLICY_BLOCK)
        err = -EPERM;
    else if (!(flags & XFRM_LOOKUP_ICMP))
        return TRACE_RET(dst_orig);
    dst_release(nullptr); // the bundle that was never made
    if (!(flags & XFRM_LOOKUP_KEEP_DST_REF)) dst_release(dst_orig);
    return ERR_PTR(err);
}

dst_entry *xfrm_lookup(net *ns, dst_entry *dst_orig, const flowi *fl, const sock *sk, int flags) {
    TRACE_FN();
    return TRACE_RET(xfrm_lookup_with_ifid(ns, dst_orig, fl, sk, flags, 0));
}

dst_entry *xfrm_lookup_route(net *ns, dst_entry *dst_orig, const flowi *fl, const sock *sk, int flags) {
    TRACE_FN();
    dst_entry *dst = xfrm_lookup(ns, dst_orig, fl, sk, flags | XFRM_LOOKUP_QUEUE | XFRM_LOOKUP_KEEP_DST_REF);
    if (IS_ERR(dst)) dst_release(dst_orig);
    return TRACE_RET(dst);
}

int xfrm_policy_check(sock *sk, int dir, sk_buff *skb, u16) {
    const net *ns = dev_net(skb->dev);
    BUG_ON(sk && sk->sk_policy[XFRM_POLICY_IN]);
    if (ns->xfrm.policy_count[dir] == 0 && ns->xfrm.policy_default[dir] == XFRM_USERPOLICY_ACCEPT) return 1;
    return (IPCB(skb)->flags & IPSKB_NOPOLICY) != 0;
}

int xfrm4_policy_check(sock *sk, int dir, sk_buff *skb) {
    return xfrm_policy_check(sk, dir, skb, AF_INET);
}

int xfrm4_policy_check_reverse(sock *sk, int dir, sk_buff *skb) {
    return xfrm_policy_check(sk, dir, skb, AF_INET);
}

bool xfrm4_route_forward(sk_buff *skb) {
    const net *ns = dev_net(skb->dev);
    return ns->xfrm.policy_count[XFRM_POLICY_OUT] == 0 &&
           ns->xfrm.policy_default[XFRM_POLICY_OUT] == XFRM_USERPOLICY_ACCEPT;
}

// The flow of a packet that would go back where this one came from.
int xfrm_decode_session_reverse(sk_buff *skb, flowi *fl, unsigned) {
    const iphdr *iph = ip_hdr(skb);
    *fl = flowi{};
    fl->flowi4_mark = skb->mark;
    fl->flowi4_oif = skb_dst(skb) ? skb->skb_iif : 0;
    fl->flowi4_proto = iph->protocol;
    fl->daddr = iph->saddr;
    fl->saddr = iph->daddr;
    fl->flowi4_tos = iph->tos;
    if (ip_is_fragment(iph)) return 0;
    if (iph->protocol != IPPROTO_UDP && iph->protocol != IPPROTO_TCP) return 0;
    be16 ports[2];
    const void *p = skb_header_pointer(skb, skb_network_offset(skb) + iph->ihl * 4, sizeof(ports), ports);
    if (!p) return 0;
    const auto *words = static_cast<const be16 *>(p);
    fl->fl4_dport = words[0];
    fl->fl4_sport = words[1];
    return 0;
}

} // namespace skbscope::stack
