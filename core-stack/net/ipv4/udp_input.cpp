// SPDX-License-Identifier: GPL-2.0-or-later
// A UDP packet arrives: validated, its socket found, charged to it and queued; or nobody wants it, and the sender is
// told. Also what an ICMP error means to the socket whose packet caused it. Linux 6.1: net/ipv4/udp.c
//
// Left out: encapsulation sockets, UDP-Lite.
#include "net/udp.h"

#include "net/busy_poll.h"

#include "linux/errno.h"
#include "linux/filter.h"
#include "linux/skbuff_csum.h"
#include "linux/trace_fn.h"
#include "net/icmp.h"
#include "net/inet_globals.h"
#include "net/route.h"
#include "net/xfrm.h"

#include <utility>

namespace skbscope::stack {

// --- into the queue -----------------------------------------------------------------------------------------------

// What the reader will want to know. The kernel keeps it in the place of skb->dev, which is no longer needed.
// Linux 6.1: net/ipv4/udp.c
void udp_set_dev_scratch(sk_buff *skb) {
    TRACE_FN(skb);
    udp_dev_scratch *scratch = udp_skb_scratch(skb);
    skb->dev = nullptr;
    scratch->_tsize_state = skb->truesize;
    scratch->len = static_cast<u16>(skb->len);
    scratch->csum_unnecessary = skb_csum_unnecessary(skb);
    scratch->is_linear = !skb_is_nonlinear(skb);
    skb_ext_reset(skb);
    scratch->_tsize_state |= UDP_SKB_IS_STATELESS;
}

namespace {

// Pays for the packet: in advance, by whole pages, so that most packets need no accounting beyond the socket's own.
// The queue's lock is held. False: the protocol is over its limit.
bool udp_charge(sock *sk, int size) {
    if (size >= sk->sk_forward_alloc) {
        const int amt = sk_mem_pages(size);
        const int delta = amt << PAGE_SHIFT;
        if (__sk_mem_raise_allocated(sk, delta, amt, SK_MEM_RECV) == 0) return false;
        sk->sk_forward_alloc += delta;
    }
    sk_forward_alloc_add(sk, -size);
    return true;
}

} // namespace

// 0, -ENOMEM: the receive buffer is full, or -ENOBUFS: UDP as a whole has too much memory. The packet stays the
// caller's on error. Linux 6.1: net/ipv4/udp.c
//
// Left out: the busylock, which keeps several CPUs from contending for the queue's lock.
int __udp_enqueue_schedule_skb(sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    sk_buff_head *list = &sk->sk_receive_queue;
    int rmem = atomic_read(&sk->sk_rmem_alloc);
    if (rmem > sk->sk_rcvbuf) { // full; an empty queue always takes one, however large
        atomic_inc(&sk->sk_drops);
        return TRACE_RET(-ENOMEM);
    }
    if (rmem > (sk->sk_rcvbuf >> 1)) skb_condense(skb); // getting tight: give back room the data does not need
    const int size = static_cast<int>(skb->truesize);
    udp_set_dev_scratch(skb);

    int err = -ENOMEM;
    rmem = atomic_add_return(size, &sk->sk_rmem_alloc);
    if (static_cast<unsigned>(rmem) <= static_cast<unsigned>(size) + static_cast<unsigned>(sk->sk_rcvbuf)) {
        spin_lock(&list->lock);
        if (udp_charge(sk, size)) {
            // No destructor: the reader gives the memory back.
            sock_skb_set_dropcount(sk, skb);
            __skb_queue_tail(list, skb);
            spin_unlock(&list->lock);
            if (!sock_flag(sk, SOCK_DEAD)) sk->sk_data_ready(sk);
            return TRACE_RET(0);
        }
        spin_unlock(&list->lock);
        err = -ENOBUFS;
    }
    atomic_sub(size, &sk->sk_rmem_alloc);
    atomic_inc(&sk->sk_drops);
    return TRACE_RET(err);
}

namespace {

// Linux 6.1: net/ipv4/udp.c
int __udp_queue_rcv_skb(sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    if (sk->inet_daddr) { // connected: all its packets are one flow
        sock_rps_save_rxhash(sk, skb);
        sk_mark_napi_id(sk, skb);
        sk_incoming_cpu_update(sk);
    } else {
        sk_mark_napi_id_once(sk, skb);
    }
    const int rc = __udp_enqueue_schedule_skb(sk, skb);
    if (rc >= 0) return TRACE_RET(0);
    const bool full = rc == -ENOMEM;
    UDP_INC_STATS(sock_net(sk), full ? UDP_MIB_RCVBUFERRORS : UDP_MIB_MEMERRORS);
    UDP_INC_STATS(sock_net(sk), UDP_MIB_INERRORS);
    kfree_skb_reason(skb, full ? SKB_DROP_REASON_SOCKET_RCVBUFF : SKB_DROP_REASON_PROTO_MEM);
    return TRACE_RET(-1);
}

// The header has done its work; what is summed later is the payload. Linux 6.1: include/net/udp.h
void udp_csum_pull_header(sk_buff *skb) {
    TRACE_FN(skb);
    if (!skb->csum_valid && skb->ip_summed == CHECKSUM_NONE)
        skb->csum = csum_partial(skb->data, sizeof(udphdr), skb->csum);
    skb_pull_rcsum(skb, sizeof(udphdr));
    UDP_SKB_CB(skb)->cscov = static_cast<u16>(UDP_SKB_CB(skb)->cscov - sizeof(udphdr));
}

int udp_rcv_drop(sock *sk, sk_buff *skb, skb_drop_reason reason) {
    if (reason == SKB_DROP_REASON_UDP_CSUM) UDP_INC_STATS(sock_net(sk), UDP_MIB_CSUMERRORS);
    UDP_INC_STATS(sock_net(sk), UDP_MIB_INERRORS);
    atomic_inc(&sk->sk_drops);
    kfree_skb_reason(skb, reason);
    return -1;
}

// The packet is taken over in any case. Linux 6.1: net/ipv4/udp.c
int udp_queue_rcv_one_skb(sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    if (xfrm4_policy_check(sk, XFRM_POLICY_IN, skb) == 0)
        return TRACE_RET(udp_rcv_drop(sk, skb, SKB_DROP_REASON_XFRM_POLICY));
    nf_reset_ct(skb);
    if (sk->sk_filter && udp_lib_checksum_complete(skb)) // a filter must not see what may be broken
        return TRACE_RET(udp_rcv_drop(sk, skb, SKB_DROP_REASON_UDP_CSUM));
    if (sk_filter_trim_cap(sk, skb, sizeof(udphdr)) != 0)
        return TRACE_RET(udp_rcv_drop(sk, skb, SKB_DROP_REASON_SOCKET_FILTER));
    udp_csum_pull_header(skb);
    ipv4_pktinfo_prepare(sk, skb, true);
    return TRACE_RET(__udp_queue_rcv_skb(sk, skb));
}

} // namespace

namespace {

// What GRO merged for a socket that did not ask for it arrives datagram by datagram all the same.
// Linux 6.1: net/ipv4/udp.c
int udp_queue_rcv_skb(sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    if (!udp_unexpected_gso(sk, skb)) return TRACE_RET(udp_queue_rcv_one_skb(sk, skb));
    __skb_push(skb, static_cast<unsigned>(-skb_mac_offset(skb)));
    sk_buff *next = nullptr;
    for (sk_buff *seg = udp_rcv_segment(sk, skb); seg; seg = next) {
        next = seg->next;
        __skb_pull(seg, static_cast<unsigned>(skb_transport_offset(seg)));
        udp_post_segment_fix_csum(seg);
        const int ret = udp_queue_rcv_one_skb(sk, seg);
        if (ret > 0) ip_protocol_deliver_rcu(dev_net(seg->dev), seg, ret);
    }
    return TRACE_RET(0);
}

// Linux 6.1: net/ipv4/udp.c
int udp_unicast_rcv_skb(sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    const int ret = udp_queue_rcv_skb(sk, skb);
    return TRACE_RET(ret > 0 ? -ret : 0); // > 0: to be delivered again, as that protocol
}

// Linux 6.1: net/ipv4/udp.c
bool udp_sk_rx_dst_set(sock *sk, dst_entry *dst) {
    TRACE_FN();
    if (!dst_hold_safe(dst)) return TRACE_RET(false);
    dst_entry *old = std::exchange(sk->sk_rx_dst, dst);
    dst_release(old);
    return TRACE_RET(old != dst);
}

// --- to whom ------------------------------------------------------------------------------------------------------

// A copy for every socket that wants it; the first gets the packet itself, last. Linux 6.1: net/ipv4/udp.c
int __udp4_lib_mcast_deliver(net *ns, sk_buff *skb, const udphdr *uh, be32 saddr, be32 daddr, udp_table *udptable) {
    TRACE_FN(skb);
    const u16 hnum = be16_to_cpu(uh->dest);
    const int dif = skb->dev->ifindex;
    const int sdif = inet_sdif(skb);
    const be16 source = uh->source;
    sock *first = nullptr;
    const auto deliver = [&](sock *sk) {
        if (!__udp_is_mcast_sock(ns, sk, daddr, source, saddr, dif, sdif, hnum)) return;
        if (!first) {
            first = sk;
            return;
        }
        sk_buff *nskb = skb_clone(skb, GFP_ATOMIC);
        if (udp_queue_rcv_skb(sk, nskb) > 0) consume_skb(nskb);
    };
    udp_hslot *hslot = udp_hashslot(udptable, ns, hnum);
    if (hslot->count <= 10) {
        for (sock *sk : sk_entries(&hslot->head))
            deliver(sk);
    } else { // a long chain: the group's and the wildcard's in hash2 are shorter
        udp_hslot *group = udp_hashslot2(udptable, ipv4_portaddr_hash(ns, daddr, hnum));
        udp_hslot *any = udp_hashslot2(udptable, ipv4_portaddr_hash(ns, INADDR_ANY, hnum));
        for (sock *sk : sk_portaddr_entries(&group->head))
            deliver(sk);
        if (any != group)
            for (sock *sk : sk_portaddr_entries(&any->head))
                deliver(sk);
    }
    if (first) {
        if (udp_queue_rcv_skb(first, skb) > 0) consume_skb(skb);
    } else {
        kfree_skb(skb);
        UDP_INC_STATS(ns, UDP_MIB_IGNOREDMULTI);
    }
    return TRACE_RET(0);
}

wsum inet_compute_pseudo(sk_buff *skb, int proto) {
    return csum_tcpudp_nofold(ip_hdr(skb)->saddr, ip_hdr(skb)->daddr, skb->len, static_cast<u8>(proto), 0);
}

// 0: right, or to be finished when the payload is copied. Linux 6.1: net/ipv4/udp.c
int udp4_csum_init(sk_buff *skb, const udphdr *uh, int proto) {
    TRACE_FN(skb);
    UDP_SKB_CB(skb)->partial_cov = 0;
    UDP_SKB_CB(skb)->cscov = static_cast<u16>(skb->len);
    const int err = skb_checksum_init_zero_check(skb, proto, uh->check, inet_compute_pseudo);
    if (err != 0) return TRACE_RET(err);
    if (skb->ip_summed == CHECKSUM_COMPLETE && !skb->csum_valid) {
        if (skb->csum_complete_sw) return TRACE_RET(1);
        skb->ip_summed = CHECKSUM_NONE; // the device says it is wrong: do not take its word
    }
    return TRACE_RET(0);
}

sock *__udp4_lib_lookup_skb(sk_buff *skb, be16 sport, be16 dport, udp_table *udptable) {
    TRACE_FN(skb);
    const iphdr *iph = ip_hdr(skb);
    return __udp4_lib_lookup(dev_net(skb->dev), iph->saddr, sport, iph->daddr, dport, inet_iif(skb), inet_sdif(skb),
                             udptable, skb);
}

int udp_rcv_bad(net *ns, sk_buff *skb, skb_drop_reason reason) {
    if (reason == SKB_DROP_REASON_UDP_CSUM) UDP_INC_STATS(ns, UDP_MIB_CSUMERRORS);
    UDP_INC_STATS(ns, UDP_MIB_INERRORS);
    kfree_skb_reason(skb, reason);
    return 0;
}

// SKB_NOT_DROPPED_YET, or what is wrong with the packet.
skb_drop_reason udp_validate(sk_buff *skb, int proto) {
    if (!pskb_may_pull(skb, sizeof(udphdr))) return SKB_DROP_REASON_NOT_SPECIFIED;
    const u16 ulen = be16_to_cpu(udp_hdr(skb)->len);
    if (ulen > skb->len) return SKB_DROP_REASON_PKT_TOO_SMALL;
    if (ulen < sizeof(udphdr) || pskb_trim_rcsum(skb, ulen) != 0) return SKB_DROP_REASON_PKT_TOO_SMALL;
    return udp4_csum_init(skb, udp_hdr(skb), proto) != 0 ? SKB_DROP_REASON_UDP_CSUM : SKB_NOT_DROPPED_YET;
}

} // namespace

// Linux 6.1: net/ipv4/udp.c
int __udp4_lib_rcv(sk_buff *skb, udp_table *udptable, int proto) {
    TRACE_FN(skb);
    net *ns = dev_net(skb->dev);
    const rtable *rt = skb_rtable(skb);
    const skb_drop_reason bad = udp_validate(skb, proto);
    if (bad != SKB_NOT_DROPPED_YET) return TRACE_RET(udp_rcv_bad(ns, skb, bad));
    const udphdr *uh = udp_hdr(skb);

    bool refcounted = false;
    if (sock *sk = skb_steal_sock(skb, &refcounted)) { // early demux found it
        if (sk->sk_rx_dst != skb_dst(skb)) udp_sk_rx_dst_set(sk, skb_dst(skb));
        const int ret = udp_unicast_rcv_skb(sk, skb);
        if (refcounted) sock_put(sk);
        return TRACE_RET(ret);
    }
    if ((rt->rt_flags & (RTCF_BROADCAST | RTCF_MULTICAST)) != 0)
        return TRACE_RET(__udp4_lib_mcast_deliver(ns, skb, uh, ip_hdr(skb)->saddr, ip_hdr(skb)->daddr, udptable));
    if (sock *sk = __udp4_lib_lookup_skb(skb, uh->source, uh->dest, udptable))
        return TRACE_RET(udp_unicast_rcv_skb(sk, skb));

    if (xfrm4_policy_check(nullptr, XFRM_POLICY_IN, skb) == 0)
        return TRACE_RET(udp_rcv_bad(ns, skb, SKB_DROP_REASON_NOT_SPECIFIED));
    nf_reset_ct(skb);
    // Nobody there. A broken packet is not worth an answer.
    if (udp_lib_checksum_complete(skb)) return TRACE_RET(udp_rcv_bad(ns, skb, SKB_DROP_REASON_UDP_CSUM));
    UDP_INC_STATS(ns, UDP_MIB_NOPORTS);
    icmp_send(skb, ICMP_DEST_UNREACH, ICMP_PORT_UNREACH, be32{});
    kfree_skb_reason(skb, SKB_DROP_REASON_NO_SOCKET);
    return TRACE_RET(0);
}

// Linux 6.1: net/ipv4/udp.c
int udp_rcv(sk_buff *skb) {
    TRACE_FN(skb);
    return TRACE_RET(__udp4_lib_rcv(skb, &inet_global().udp_table, IPPROTO_UDP));
}

// --- errors -------------------------------------------------------------------------------------------------------

namespace {

// What the socket is told: a positive errno, and whether it is final. 0: nothing.
icmp_error udp_icmp_error(sk_buff *skb, sock *sk, u32 info) {
    const icmphdr *icmph = icmp_hdr(skb);
    switch (icmph->type) {
    case ICMP_SOURCE_QUENCH:
        return {0, false};
    case ICMP_PARAMETERPROB:
        return {EPROTO, true};
    case ICMP_DEST_UNREACH:
        if (icmph->code == ICMP_FRAG_NEEDED) {
            ipv4_sk_update_pmtu(skb, sk, info);
            if (inet_sk(sk)->pmtudisc == IP_PMTUDISC_DONT) return {0, false};
            return {EMSGSIZE, true};
        }
        if (icmph->code <= NR_ICMP_UNREACH) return icmp_err_convert[icmph->code];
        return {EHOSTUNREACH, false};
    case ICMP_REDIRECT:
        ipv4_sk_redirect(skb, sk);
        return {0, false};
    default:
        return {EHOSTUNREACH, false};
    }
}

} // namespace

// skb->data is the IP header of our own packet, as it came back in the ICMP message. Linux 6.1: net/ipv4/udp.c
int __udp4_lib_err(sk_buff *skb, u32 info, udp_table *udptable) {
    TRACE_FN(skb);
    const auto *iph = reinterpret_cast<const iphdr *>(skb->data);
    auto *uh = reinterpret_cast<udphdr *>(skb->data + iph->ihl * 4);
    net *ns = dev_net(skb->dev);
    sock *sk = __udp4_lib_lookup(ns, iph->daddr, uh->dest, iph->saddr, uh->source, skb->dev->ifindex, inet_sdif(skb),
                                 udptable, nullptr);
    if (!sk) {
        ICMP_INC_STATS(ns, ICMP_MIB_INERRORS);
        return TRACE_RET(-ENOENT);
    }
    const icmp_error e = udp_icmp_error(skb, sk, info);
    if (e.error == 0) return TRACE_RET(0);
    if (inet_sk(sk)->recverr)
        ip_icmp_error(sk, skb, e.error, uh->dest, info, reinterpret_cast<u8 *>(uh + 1));
    else if (!e.fatal || sk->sk_state != TCP_ESTABLISHED) // only a connected socket knows which packet failed
        return TRACE_RET(0);
    sk->sk_err = e.error;
    sk_error_report(sk);
    return TRACE_RET(0);
}

// Linux 6.1: net/ipv4/udp.c
int udp_err(sk_buff *skb, u32 info) {
    TRACE_FN(skb);
    const icmphdr *icmph = icmp_hdr(skb);
    net *ns = dev_net(skb->dev);
    if (icmph->type == ICMP_DEST_UNREACH && icmph->code == ICMP_FRAG_NEEDED)
        ipv4_update_pmtu(skb, ns, info, 0, IPPROTO_UDP);
    else if (icmph->type == ICMP_REDIRECT)
        ipv4_redirect(skb, ns, 0, IPPROTO_UDP);
    return TRACE_RET(__udp4_lib_err(skb, info, &inet_global().udp_table));
}

} // namespace skbscope::stack
