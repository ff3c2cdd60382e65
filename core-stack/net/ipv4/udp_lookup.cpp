// SPDX-License-Identifier: GPL-2.0-or-later
// Which socket does a packet belong to? The sockets of its port and address are scored: a connected one beats one bound
// to the address, which beats one bound to every address. Linux 6.1: net/ipv4/udp.c
//
// Left out: lookup by BPF programs.
#include "net/udp.h"

#include "linux/errno.h"
#include "linux/igmp.h"
#include "linux/random.h"
#include "linux/trace_fn.h"
#include "net/inet_globals.h"
#include "net/route.h"

namespace skbscope::stack {

bool udp_sk_bound_dev_eq(const net *ns, int bound_dev_if, int dif, int sdif) {
    return inet_bound_dev_eq(ns->ipv4.sysctl_udp_l3mdev_accept != 0, bound_dev_if, dif, sdif);
}

namespace {

// -1: not this one. The higher the better. Linux 6.1: net/ipv4/udp.c
int compute_score(const sock *sk, const net *ns, be32 saddr, be16 sport, be32 daddr, u16 hnum, int dif, int sdif) {
    TRACE_FN();
    if (!net_eq(sock_net(sk), ns) || sk->sk_u16hashes[0] != hnum || sk->sk_ipv6only) return TRACE_RET(-1);
    if (sk->sk_rcv_saddr != daddr) return TRACE_RET(-1);
    int score = sk->sk_family == PF_INET ? 2 : 1;
    if (sk->inet_daddr) {
        if (sk->inet_daddr != saddr) return TRACE_RET(-1);
        score += 4;
    }
    if (sk->inet_dport) {
        if (sk->inet_dport != sport) return TRACE_RET(-1);
        score += 4;
    }
    if (!udp_sk_bound_dev_eq(ns, sk->sk_bound_dev_if, dif, sdif)) return TRACE_RET(-1);
    if (sk->sk_bound_dev_if != 0) score += 4;
    if (sk->sk_incoming_cpu == static_cast<int>(raw_smp_processor_id())) ++score;
    return TRACE_RET(score);
}

} // namespace

// Linux 6.1: net/ipv4/udp.c
u32 udp_ehashfn(const net *ns, be32 laddr, u16 lport, be32 faddr, be16 fport) {
    TRACE_FN();
    u32 &secret = inet_global().udp_ehash_secret; // net_get_random_once()
    while (secret == 0)
        secret = get_random_u32();
    return TRACE_RET(__inet_ehashfn(laddr, lport, faddr, fport, secret + net_hash_mix(ns)));
}

namespace {

// By port alone: for the moment in which a connecting socket has its new address but not yet its new chain.
// Linux 6.1: net/ipv4/udp.c
sock *udp4_lib_lookup1(const net *ns, be32 saddr, be16 sport, be32 daddr, u16 hnum, int dif, int sdif,
                       udp_table *udptable) {
    TRACE_FN();
    sock *result = nullptr;
    int badness = 0;
    for (sock *sk : sk_entries(&udp_hashslot(udptable, ns, hnum)->head)) {
        const int score = compute_score(sk, ns, saddr, sport, daddr, hnum, dif, sdif);
        if (score > badness) {
            result = sk;
            badness = score;
        }
    }
    return result;
}

// Linux 6.1: net/ipv4/udp.c
sock *udp4_lib_lookup2(net *ns, be32 saddr, be16 sport, be32 daddr, u16 hnum, int dif, int sdif, udp_hslot *hslot2,
                       sk_buff *skb) {
    TRACE_FN();
    sock *result = nullptr;
    int badness = 0;
    for (sock *sk : sk_portaddr_entries(&hslot2->head)) {
        int score = compute_score(sk, ns, saddr, sport, daddr, hnum, dif, sdif);
        if (score <= badness) continue;
        badness = score;
        if (sk->sk_state == TCP_ESTABLISHED) {
            result = sk;
            continue;
        }
        result = inet_lookup_reuseport(ns, sk, skb, sizeof(udphdr), saddr, sport, daddr, hnum, udp_ehashfn);
        if (!result) {
            result = sk;
            continue;
        }
        if (!reuseport_has_conns(sk)) return result;
        // A connected member of the group may fit better than the one the hash chose.
        score = compute_score(result, ns, saddr, sport, daddr, hnum, dif, sdif);
        if (score > badness) badness = score;
    }
    return result;
}

} // namespace

// sport, dport: as in the packet. skb may be null: nothing to hash then. Linux 6.1: net/ipv4/udp.c
sock *__udp4_lib_lookup(net *ns, be32 saddr, be16 sport, be32 daddr, be16 dport, int dif, int sdif, udp_table *udptable,
                        sk_buff *skb) {
    TRACE_FN();
    const u16 hnum = be16_to_cpu(dport);
    udp_hslot *hslot2 = udp_hashslot2(udptable, ipv4_portaddr_hash(ns, daddr, hnum));
    sock *result = udp4_lib_lookup2(ns, saddr, sport, daddr, hnum, dif, sdif, hslot2, skb);
    if (result) return result;
    hslot2 = udp_hashslot2(udptable, ipv4_portaddr_hash(ns, INADDR_ANY, hnum));
    result = udp4_lib_lookup2(ns, saddr, sport, INADDR_ANY, hnum, dif, sdif, hslot2, skb);
    if (result) return result;
    return udp4_lib_lookup1(ns, saddr, sport, daddr, hnum, dif, sdif, udptable);
}

// Takes a reference. Linux 6.1: net/ipv4/udp.c
sock *udp4_lib_lookup(net *ns, be32 saddr, be16 sport, be32 daddr, be16 dport, int dif) {
    TRACE_FN();
    sock *sk = __udp4_lib_lookup(ns, saddr, sport, daddr, dport, dif, 0, &inet_global().udp_table, nullptr);
    return sk && refcount_inc_not_zero(&sk->sk_refcnt) ? sk : nullptr;
}

// Linux 6.1: net/ipv4/udp.c
bool __udp_is_mcast_sock(net *ns, const sock *sk, be32 loc_addr, be16 rmt_port, be32 rmt_addr, int dif, int sdif,
                         u16 hnum) {
    TRACE_FN();
    if (!net_eq(sock_net(sk), ns) || sk->sk_u16hashes[0] != hnum || (sk->inet_daddr && sk->inet_daddr != rmt_addr) ||
        (sk->inet_dport && sk->inet_dport != rmt_port) || (sk->inet_rcv_saddr && sk->inet_rcv_saddr != loc_addr) ||
        sk->sk_ipv6only || !udp_sk_bound_dev_eq(ns, sk->sk_bound_dev_if, dif, sdif))
        return TRACE_RET(false);
    return TRACE_RET(ip_mc_sf_allow(sk, loc_addr, rmt_addr, dif, sdif) != 0);
}

// --- early demux: the socket, and with it the cached route, before the route is looked up ---------------------------

namespace {

// Only when exactly one socket wants the packet. Linux 6.1: net/ipv4/udp.c
sock *__udp4_lib_mcast_demux_lookup(net *ns, be16 loc_port, be32 loc_addr, be16 rmt_port, be32 rmt_addr, int dif,
                                    int sdif) {
    TRACE_FN();
    const u16 hnum = be16_to_cpu(loc_port);
    const udp_hslot *hslot = udp_hashslot(&inet_global().udp_table, ns, hnum);
    if (hslot->count > 10) return nullptr;
    sock *result = nullptr;
    for (sock *sk : sk_entries(&hslot->head)) {
        if (!__udp_is_mcast_sock(ns, sk, loc_addr, rmt_port, rmt_addr, dif, sdif, hnum)) continue;
        if (result) return nullptr;
        result = sk;
    }
    return result;
}

// Linux 6.1: include/net/inet_hashtables.h
bool inet_match(const net *ns, const sock *sk, be32 rmt_addr, be32 loc_addr, be16 rmt_port, u16 loc_num, int dif,
                int sdif) {
    TRACE_FN();
    if (!net_eq(sock_net(sk), ns) || sk->inet_dport != rmt_port || sk->inet_num != loc_num ||
        sk->inet_daddr != rmt_addr || sk->inet_rcv_saddr != loc_addr)
        return TRACE_RET(false);
    return TRACE_RET(inet_bound_dev_eq(true, sk->sk_bound_dev_if, dif, sdif));
}

// Only a connected socket, and only the first of its chain: chains may be long. Linux 6.1: net/ipv4/udp.c
sock *__udp4_lib_demux_lookup(net *ns, be16 loc_port, be32 loc_addr, be16 rmt_port, be32 rmt_addr, int dif, int sdif) {
    TRACE_FN();
    const u16 hnum = be16_to_cpu(loc_port);
    udp_hslot *hslot2 = udp_hashslot2(&inet_global().udp_table, ipv4_portaddr_hash(ns, loc_addr, hnum));
    for (sock *sk : sk_portaddr_entries(&hslot2->head))
        return inet_match(ns, sk, rmt_addr, loc_addr, rmt_port, hnum, dif, sdif) ? sk : nullptr;
    return nullptr;
}

// Null: none, or not for us.
sock *early_demux_lookup(sk_buff *skb, in_device *in_dev) {
    net *ns = dev_net(skb->dev);
    const iphdr *iph = ip_hdr(skb);
    const udphdr *uh = udp_hdr(skb);
    const int dif = skb->dev->ifindex;
    const int sdif = inet_sdif(skb);
    if (skb->pkt_type == PACKET_HOST)
        return __udp4_lib_demux_lookup(ns, uh->dest, iph->daddr, uh->source, iph->saddr, dif, sdif);
    if (skb->pkt_type != PACKET_MULTICAST) return nullptr;
    if (!in_dev || ip_check_mc_rcu(in_dev, iph->daddr, iph->saddr, iph->protocol) == 0) return nullptr;
    return __udp4_lib_mcast_demux_lookup(ns, uh->dest, iph->daddr, uh->source, iph->saddr, dif, sdif);
}

} // namespace

// Linux 6.1: net/ipv4/udp.c
int udp_v4_early_demux(sk_buff *skb) {
    TRACE_FN(skb);
    if (!pskb_may_pull(skb, static_cast<unsigned>(skb_transport_offset(skb)) + sizeof(udphdr))) return TRACE_RET(0);
    in_device *in_dev = skb->pkt_type == PACKET_MULTICAST ? __in_dev_get_rcu(skb->dev) : nullptr;
    sock *sk = early_demux_lookup(skb, in_dev);
    if (!sk || !refcount_inc_not_zero(&sk->sk_refcnt)) return TRACE_RET(0);
    skb->sk = sk;
    skb->destructor = sock_efree;
    dst_entry *dst = sk->sk_rx_dst;
    if (dst) dst = dst_check(dst, 0);
    if (!dst) return TRACE_RET(0);
    skb_dst_set_noref(skb, dst);
    if (sk->inet_daddr || !in_dev) return TRACE_RET(0);
    // An unconnected socket takes groups from anybody: each packet's source must be checked.
    u32 itag = 0;
    const iphdr *iph = ip_hdr(skb);
    return TRACE_RET(
        ip_mc_validate_source(skb, iph->daddr, iph->saddr, iph->tos & IPTOS_RT_MASK, skb->dev, in_dev, &itag));
}

} // namespace skbscope::stack
