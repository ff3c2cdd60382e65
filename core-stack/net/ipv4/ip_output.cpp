// SPDX-License-Identifier: GPL-2.0-or-later
// IPv4 on its way out, below the transport protocols and above the neighbour:
//
//   ip_local_out -> [LOCAL_OUT] -> ip_output -> [POST_ROUTING] -> ip_finish_output -> (ip_fragment) ->
//   ip_finish_output2
//
// Putting a datagram together is in ip_append.cpp, taking it apart in ip_output_frag.cpp, a super-packet in
// ip_output_gso.cpp.
// Linux 6.1: net/ipv4/ip_output.c
#include "linux/netfilter_ipv4.h"
#include "linux/random.h"
#include "net/checksum.h"
#include "net/icmp.h"
#include "net/inetpeer.h"
#include "net/ip.h"
#include "net/ipv4/ip_output_internal.h"
#include "net/l3mdev.h"
#include "net/lwtunnel.h"
#include "net/route.h"

#include <algorithm>

namespace skbscope::stack {

void ip_send_check(iphdr *iph) {
    TRACE_FN();
    iph->check = 0;
    iph->check = ip_fast_csum(iph, iph->ihl);
}

void IP_UPD_PO_STATS(net *ns, unsigned field, u64 len) {
    IP_INC_STATS(ns, field);
    unsigned octets = IPSTATS_MIB_OUTOCTETS;
    if (field == IPSTATS_MIB_INPKTS) octets = IPSTATS_MIB_INOCTETS;
    if (field == IPSTATS_MIB_INMCASTPKTS) octets = IPSTATS_MIB_INMCASTOCTETS;
    if (field == IPSTATS_MIB_OUTMCASTPKTS) octets = IPSTATS_MIB_OUTMCASTOCTETS;
    if (field == IPSTATS_MIB_INBCASTPKTS) octets = IPSTATS_MIB_INBCASTOCTETS;
    if (field == IPSTATS_MIB_OUTBCASTPKTS) octets = IPSTATS_MIB_OUTBCASTOCTETS;
    IP_ADD_STATS(ns, octets, len);
}

int __ip_local_out(net *ns, sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    iphdr *iph = ip_hdr(skb);
    iph_set_totlen(iph, skb->len);
    ip_send_check(iph);
    skb = l3mdev_ip_out(sk, skb);
    if (!skb) return TRACE_RET(0);
    skb->protocol = cpu_to_be16(ETH_P_IP);
    return TRACE_RET(nf_hook(NFPROTO_IPV4, NF_INET_LOCAL_OUT, ns, sk, skb, nullptr, dst_dev(skb_dst(skb)), dst_output));
}

int ip_local_out(net *ns, sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    const int err = __ip_local_out(ns, sk, skb);
    return TRACE_RET(err == 1 ? dst_output(ns, sk, skb) : err);
}

u8 ip_select_ttl(const inet_sock *inet, const dst_entry *dst) {
    return static_cast<u8>(inet->uc_ttl < 0 ? ip4_dst_hoplimit(dst) : inet->uc_ttl);
}

int ip_build_and_send_pkt(sk_buff *skb, const sock *sk, be32 saddr, be32 daddr, ip_options_rcu *opt, u8 tos) {
    TRACE_FN(skb);
    rtable *rt = skb_rtable(skb);
    net *ns = sock_net(sk);
    skb_push(skb, sizeof(iphdr) + (opt ? opt->opt.optlen : 0U));
    skb_reset_network_header(skb);
    iphdr *iph = ip_hdr(skb);
    iph->version = 4;
    iph->ihl = 5;
    iph->tos = tos;
    iph->ttl = ip_select_ttl(inet_sk(sk), &rt->dst);
    iph->daddr = opt && opt->opt.srr ? opt->opt.faddr : daddr;
    iph->saddr = saddr;
    iph->protocol = static_cast<u8>(sk->sk_protocol);
    if (skb->len <= IPV4_MIN_MTU || ip_dont_fragment(sk, &rt->dst)) {
        iph->frag_off = cpu_to_be16(IP_DF);
        iph->id = be16{};
    } else {
        iph->frag_off = be16{};
        if (sk->sk_protocol == IPPROTO_TCP)
            iph->id = be16::from_raw(static_cast<u16>(get_random_u32()));
        else
            __ip_select_ident(ns, iph, 1);
    }
    if (opt && opt->opt.optlen) {
        iph->ihl = (iph->ihl + (opt->opt.optlen >> 2)) & 0xf;
        ip_options_build(skb, &opt->opt, daddr, rt);
    }
    skb->priority = sk->sk_priority;
    if (!skb->mark) skb->mark = sk->sk_mark;
    return TRACE_RET(ip_local_out(ns, skb->sk, skb));
}

namespace {

// A connected socket that makes progress vouches for the neighbour.
void sock_confirm_neigh(sk_buff *skb, neighbour *n) {
    if (!skb_get_dst_pending_confirm(skb)) return;
    if (skb->sk && skb->sk->sk_dst_pending_confirm) skb->sk->sk_dst_pending_confirm = 0;
    neigh_confirm(n);
}

} // namespace

// To the neighbour that is next on the way.
int ip_finish_output2(net *ns, sock *, sk_buff *skb) {
    TRACE_FN(skb);
    dst_entry *dst = skb_dst(skb);
    rtable *rt = dst_rtable(dst);
    const unsigned hh_len = LL_RESERVED_SPACE(dst->dev);
    if (rt->rt_type == RTN_MULTICAST)
        IP_UPD_PO_STATS(ns, IPSTATS_MIB_OUTMCASTPKTS, skb->len);
    else if (rt->rt_type == RTN_BROADCAST)
        IP_UPD_PO_STATS(ns, IPSTATS_MIB_OUTBCASTPKTS, skb->len);
    if (skb_headroom(skb) < hh_len && dst->dev->header_ops) {
        skb = skb_expand_head(skb, hh_len);
        if (!skb) return TRACE_RET(-ENOMEM);
    }
    rcu_read_lock();
    bool is_v6gw = false;
    neighbour *neigh = ip_neigh_for_gw(rt, skb, &is_v6gw);
    if (!IS_ERR(neigh)) {
        sock_confirm_neigh(skb, neigh);
        const int res = neigh_output(neigh, skb, is_v6gw);
        rcu_read_unlock();
        return TRACE_RET(res);
    }
    rcu_read_unlock();
    kfree_skb_reason(skb, SKB_DROP_REASON_NEIGH_CREATEFAIL);
    return TRACE_RET(PTR_ERR(neigh));
}

namespace {

int __ip_finish_output(net *ns, sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    if (dst_xfrm(skb_dst(skb))) {
        IPCB(skb)->flags |= IPSKB_REROUTED;
        return TRACE_RET(dst_output(ns, sk, skb));
    }
    const unsigned mtu = ip_skb_dst_mtu(sk, skb);
    if (skb_is_gso(skb)) return TRACE_RET(ip_finish_output_gso(ns, sk, skb, mtu));
    if (skb->len > mtu || IPCB(skb)->frag_max_size) return TRACE_RET(ip_fragment(ns, sk, skb, mtu, ip_finish_output2));
    return TRACE_RET(ip_finish_output2(ns, sk, skb));
}

// BPF programs of a cgroup would be asked here; the model has none.
int ip_finish_output(net *ns, sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    return TRACE_RET(__ip_finish_output(ns, sk, skb));
}

int ip_mc_finish_output(net *ns, sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    // The copy for ourselves comes in through lo, as if from outside: the route must not name another device.
    if (rtable *new_rt = rt_dst_clone(ns->loopback_dev, skb_rtable(skb))) {
        new_rt->rt_iif = 0;
        skb_dst_drop(skb);
        skb_dst_set(skb, &new_rt->dst);
    }
    return TRACE_RET(dev_loopback_xmit(ns, sk, skb));
}

void ip_mc_loop_copy(net *ns, sock *sk, sk_buff *skb) {
    sk_buff *newskb = skb_clone(skb, GFP_ATOMIC);
    if (newskb) NF_HOOK(NFPROTO_IPV4, NF_INET_POST_ROUTING, ns, sk, newskb, nullptr, newskb->dev, ip_mc_finish_output);
}

bool sk_mc_loop(const sock *sk) {
    TRACE_FN();
    return TRACE_RET(!sk || inet_sk(sk)->mc_loop);
}

} // namespace

// To a group or to everybody: a copy goes to the sockets of this host.
int ip_mc_output(net *ns, sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    const rtable *rt = skb_rtable(skb);
    IP_UPD_PO_STATS(ns, IPSTATS_MIB_OUTPKTS, skb->len);
    skb->dev = rt->dst.dev;
    skb->protocol = cpu_to_be16(ETH_P_IP);
    if (rt->rt_flags & RTCF_MULTICAST) {
        if (sk_mc_loop(sk) && ((rt->rt_flags & RTCF_LOCAL) || !(IPCB(skb)->flags & IPSKB_FORWARDED)))
            ip_mc_loop_copy(ns, sk, skb);
        if (ip_hdr(skb)->ttl == 0) { // not beyond this host
            kfree_skb(skb);
            return TRACE_RET(0);
        }
    }
    if (rt->rt_flags & RTCF_BROADCAST) ip_mc_loop_copy(ns, sk, skb);
    return TRACE_RET(NF_HOOK_COND(NFPROTO_IPV4, NF_INET_POST_ROUTING, ns, sk, skb, nullptr, skb->dev, ip_finish_output,
                                  !(IPCB(skb)->flags & IPSKB_REROUTED)));
}

int ip_output(net *ns, sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    net_device *dev = dst_dev(skb_dst(skb)), *indev = skb->dev;
    rcu_read_lock();
    IP_UPD_PO_STATS(ns, IPSTATS_MIB_OUTPKTS, skb->len);
    skb->dev = dev;
    skb->protocol = cpu_to_be16(ETH_P_IP);
    const int ret = NF_HOOK_COND(NFPROTO_IPV4, NF_INET_POST_ROUTING, ns, sk, skb, indev, dev, ip_finish_output,
                                 !(IPCB(skb)->flags & IPSKB_REROUTED));
    rcu_read_unlock();
    return TRACE_RET(ret);
}

int ip_send_skb(net *ns, sk_buff *skb) {
    TRACE_FN(skb);
    int err = ip_local_out(ns, skb->sk, skb);
    if (err > 0) err = net_xmit_errno(err);
    if (err) IP_INC_STATS(ns, IPSTATS_MIB_OUTDISCARDS);
    return TRACE_RET(err);
}

// --- how much fits, and may it be cut? (include/net/ip.h)
// -------------------------------------------------------------

bool ip_mtu_locked(const dst_entry *dst) {
    return dst_rtable(dst)->rt_mtu_locked || dst_metric_locked(dst, RTAX_MTU);
}

bool ip_dont_fragment(const sock *sk, const dst_entry *dst) {
    const u8 pmtudisc = inet_sk(sk)->pmtudisc;
    return pmtudisc == IP_PMTUDISC_DO || (pmtudisc == IP_PMTUDISC_WANT && !ip_mtu_locked(dst));
}

bool ip_sk_accept_pmtu(const sock *sk) {
    return inet_sk(sk)->pmtudisc != IP_PMTUDISC_INTERFACE && inet_sk(sk)->pmtudisc != IP_PMTUDISC_OMIT;
}

bool ip_sk_use_pmtu(const sock *sk) {
    return inet_sk(sk)->pmtudisc < IP_PMTUDISC_PROBE;
}

bool ip_sk_ignore_df(const sock *sk) {
    return inet_sk(sk)->pmtudisc < IP_PMTUDISC_DO || inet_sk(sk)->pmtudisc == IP_PMTUDISC_OMIT;
}

// forwarding: a learned path MTU counts only where ip_forward_use_pmtu says so.
unsigned ip_dst_mtu_maybe_forward(const dst_entry *dst, bool forwarding) {
    TRACE_FN();
    const rtable *rt = dst_rtable(dst);
    u32 mtu = 0;
    if (dev_net(dst->dev)->ipv4.sysctl_ip_fwd_use_pmtu || ip_mtu_locked(dst) || !forwarding) {
        if (rt->rt_pmtu && time_before(jiffies_now(), dst->expires)) mtu = rt->rt_pmtu;
    }
    if (!mtu) mtu = dst_metric_raw(dst, RTAX_MTU);
    if (!mtu) {
        mtu = dst->dev->mtu;
        if (ip_mtu_locked(dst) && rt->rt_uses_gateway && mtu > 576) mtu = 576;
    }
    mtu = std::min(mtu, IP_MAX_MTU);
    return TRACE_RET(mtu - lwtunnel_headroom(dst->lwtstate, mtu));
}

unsigned ip_skb_dst_mtu(sock *sk, const sk_buff *skb) {
    TRACE_FN(skb);
    const dst_entry *dst = skb_dst(skb);
    if (!sk || ip_sk_use_pmtu(sk))
        return TRACE_RET(ip_dst_mtu_maybe_forward(dst, (IPCB(skb)->flags & IPSKB_FORWARDED) != 0));
    const u32 mtu = std::min(dst->dev->mtu, IP_MAX_MTU);
    return TRACE_RET(mtu - lwtunnel_headroom(dst->lwtstate, mtu));
}

void ip_select_ident_segs(net *ns, sk_buff *skb, sock *sk, int segs) {
    iphdr *iph = ip_hdr(skb);
    // A connected socket counts by itself: its peer alone sees the numbers.
    if (sk && inet_sk(sk)->inet_daddr) {
        int val;
        if (sk->sk_protocol == IPPROTO_TCP) {
            val = atomic_read(&inet_sk(sk)->inet_id);
            atomic_set(&inet_sk(sk)->inet_id, val + segs);
        } else {
            val = atomic_add_return(segs, &inet_sk(sk)->inet_id);
        }
        iph->id = cpu_to_be16(static_cast<u16>(val));
    } else if ((be16_to_cpu(iph->frag_off) & IP_DF) && !skb->ignore_df) {
        iph->id = be16{}; // never cut: nobody needs to tell its pieces apart
    } else {
        __ip_select_ident(ns, iph, segs);
    }
}

void ip_select_ident(net *ns, sk_buff *skb, sock *sk) {
    ip_select_ident_segs(ns, skb, sk, 1);
}

int ip_check_csum_start(const sk_buff *skb) {
    return skb->csum_start < skb->network_header + ip_hdrlen(skb) ? -EINVAL : 0;
}

void ip_eth_mc_map(be32 naddr, u8 *buf) {
    const u32 addr = be32_to_cpu(naddr);
    buf[0] = 0x01;
    buf[1] = 0x00;
    buf[2] = 0x5e;
    buf[3] = static_cast<u8>((addr >> 16) & 0x7f);
    buf[4] = static_cast<u8>(addr >> 8);
    buf[5] = static_cast<u8>(addr);
}

int sysctl_ipv4_init(); // sysctl_net_ipv4.cpp: an initcall of its own in the kernel

void ip_init() {
    TRACE_FN();
    ip_rt_init();
    inet_initpeers();
    sysctl_ipv4_init();
}

} // namespace skbscope::stack
