// SPDX-License-Identifier: GPL-2.0-or-later
// Raw sockets: every packet of a protocol, header included, besides what the protocol itself does with it.
// Linux 6.1: net/ipv4/raw.c
#include "net/raw.h"

#include "linux/errno.h"
#include "linux/igmp.h"
#include "linux/trace_fn.h"
#include "net/icmp.h"
#include "net/inet_common.h"
#include "net/inet_globals.h"
#include "net/ip.h"
#include "net/ipv4/raw_internal.h"
#include "net/l3mdev.h"
#include "net/route.h"
#include "net/udp.h"
#include "net/xfrm.h"

#include <cstring>

namespace skbscope::stack {

raw_hashinfo *raw_v4_hashinfo() {
    return &inet_global().raw_v4_hashinfo;
}

// Linux 6.1: include/net/raw.h
u32 raw_hashfunc(const net *ns, u32 proto) {
    constexpr u32 golden_ratio = 0x61C88647; // hash_32()
    return ((net_hash_mix(ns) ^ proto) * golden_ratio) >> (32 - RAW_HTABLE_LOG);
}

// Linux 6.1: net/ipv4/raw.c
int raw_hash_sk(sock *sk) {
    TRACE_FN();
    raw_hashinfo *h = raw_v4_hashinfo();
    spin_lock(&h->lock);
    sk_add_node_rcu(sk, &h->ht[raw_hashfunc(sock_net(sk), sk->inet_num)]);
    sock_set_flag(sk, SOCK_RCU_FREE);
    spin_unlock(&h->lock);
    return TRACE_RET(0);
}

// Linux 6.1: net/ipv4/raw.c
void raw_unhash_sk(sock *sk) {
    TRACE_FN();
    raw_hashinfo *h = raw_v4_hashinfo();
    spin_lock(&h->lock);
    sk_del_node_init_rcu(sk);
    spin_unlock(&h->lock);
}

// Linux 6.1: net/ipv4/raw.c
bool raw_v4_match(net *ns, const sock *sk, u16 num, be32 raddr, be32 laddr, int dif, int sdif) {
    TRACE_FN();
    return TRACE_RET(net_eq(sock_net(sk), ns) && sk->inet_num == num && (!sk->inet_daddr || sk->inet_daddr == raddr) &&
                     (!sk->inet_rcv_saddr || sk->inet_rcv_saddr == laddr) &&
                     inet_bound_dev_eq(ns->ipv4.sysctl_raw_l3mdev_accept != 0, sk->sk_bound_dev_if, dif, sdif));
}

namespace {

// True: this type is kept from the socket (setsockopt ICMP_FILTER). Linux 6.1: net/ipv4/raw.c, icmp_filter()
bool icmp_filtered(const sock *sk, sk_buff *skb) {
    icmphdr buffer;
    const auto *hdr =
        static_cast<const icmphdr *>(skb_header_pointer(skb, skb_transport_offset(skb), sizeof(buffer), &buffer));
    if (!hdr) return true;
    return hdr->type < 32 && ((1U << hdr->type) & raw_sk(sk)->filter.data) != 0;
}

// A clone for each socket that matches. Linux 6.1: net/ipv4/raw.c
int raw_v4_input(net *ns, sk_buff *skb, const iphdr *iph, u32 hash) {
    TRACE_FN(skb);
    const int sdif = inet_sdif(skb);
    const int dif = inet_iif(skb);
    int delivered = 0;
    for (sock *sk : sk_entries(&raw_v4_hashinfo()->ht[hash])) {
        if (!raw_v4_match(ns, sk, iph->protocol, iph->saddr, iph->daddr, dif, sdif)) continue;
        delivered = 1;
        if (iph->protocol == IPPROTO_ICMP && icmp_filtered(sk, skb)) continue;
        if (ip_mc_sf_allow(sk, iph->daddr, iph->saddr, skb->dev->ifindex, sdif) == 0) continue;
        if (sk_buff *clone = skb_clone(skb, GFP_ATOMIC)) raw_rcv(sk, clone);
    }
    return TRACE_RET(delivered);
}

} // namespace

// Linux 6.1: net/ipv4/raw.c
int raw_local_deliver(sk_buff *skb, int protocol) {
    TRACE_FN(skb);
    net *ns = dev_net(skb->dev);
    return TRACE_RET(raw_v4_input(ns, skb, ip_hdr(skb), raw_hashfunc(ns, static_cast<u32>(protocol))));
}

namespace {

// 0: nothing to tell. *hard: final. Linux 6.1: part of raw_err()
int raw_error_of(const inet_sock *inet, const icmphdr *icmph, bool *hard) {
    *hard = false;
    switch (icmph->type) {
    case ICMP_SOURCE_QUENCH:
        return 0;
    case ICMP_PARAMETERPROB:
        *hard = true;
        return EPROTO;
    case ICMP_DEST_UNREACH:
        if (icmph->code > NR_ICMP_UNREACH) return EHOSTUNREACH;
        if (icmph->code == ICMP_FRAG_NEEDED) {
            *hard = inet->pmtudisc != IP_PMTUDISC_DONT;
            return EMSGSIZE;
        }
        *hard = icmp_err_convert[icmph->code].fatal;
        return icmp_err_convert[icmph->code].error;
    default:
        return EHOSTUNREACH;
    }
}

// Linux 6.1: net/ipv4/raw.c
void raw_err(sock *sk, sk_buff *skb, u32 info) {
    TRACE_FN(skb);
    const inet_sock *inet = inet_sk(sk);
    const icmphdr *icmph = icmp_hdr(skb);
    if (icmph->type == ICMP_DEST_UNREACH && icmph->code == ICMP_FRAG_NEEDED) {
        ipv4_sk_update_pmtu(skb, sk, info);
    } else if (icmph->type == ICMP_REDIRECT) {
        ipv4_sk_redirect(skb, sk);
        return;
    }
    if (!inet->recverr && sk->sk_state != TCP_ESTABLISHED) return;
    bool hard = false;
    const int err = raw_error_of(inet, icmph, &hard);
    if (err == 0) return;
    if (inet->recverr) {
        const auto *iph = reinterpret_cast<const iphdr *>(skb->data);
        ip_icmp_error(sk, skb, err, be16{}, info, skb->data + (inet->hdrincl ? 0 : iph->ihl * 4));
    }
    if (inet->recverr || hard) {
        sk->sk_err = err;
        sk_error_report(sk);
    }
}

} // namespace

// Linux 6.1: net/ipv4/raw.c
void raw_icmp_error(sk_buff *skb, int protocol, u32 info) {
    TRACE_FN(skb);
    net *ns = dev_net(skb->dev);
    const int dif = skb->dev->ifindex;
    const int sdif = inet_sdif(skb);
    for (sock *sk : sk_entries(&raw_v4_hashinfo()->ht[raw_hashfunc(ns, static_cast<u32>(protocol))])) {
        const auto *iph = reinterpret_cast<const iphdr *>(skb->data);
        if (raw_v4_match(ns, sk, iph->protocol, iph->daddr, iph->saddr, dif, sdif)) raw_err(sk, skb, info);
    }
}

namespace {

// Linux 6.1: net/ipv4/raw.c
int raw_rcv_skb(sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    ipv4_pktinfo_prepare(sk, skb, true);
    skb_drop_reason reason = SKB_NOT_DROPPED_YET;
    if (sock_queue_rcv_skb_reason(sk, skb, &reason) < 0) {
        kfree_skb_reason(skb, reason);
        return TRACE_RET(NET_RX_DROP);
    }
    return TRACE_RET(NET_RX_SUCCESS);
}

} // namespace

// The reader gets the IP header too. Linux 6.1: net/ipv4/raw.c
int raw_rcv(sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    if (xfrm4_policy_check(sk, XFRM_POLICY_IN, skb) == 0) {
        atomic_inc(&sk->sk_drops);
        kfree_skb_reason(skb, SKB_DROP_REASON_XFRM_POLICY);
        return TRACE_RET(NET_RX_DROP);
    }
    nf_reset_ct(skb);
    skb_push(skb, static_cast<unsigned>(skb->data - skb_network_header(skb)));
    raw_rcv_skb(sk, skb);
    return TRACE_RET(0);
}

namespace {

void raw_close(sock *sk, long) {
    TRACE_FN();
    ip_ra_control(sk, false);
    sk_common_release(sk);
}

void raw_destroy(sock *sk) {
    TRACE_FN();
    lock_sock(sk);
    ip_flush_pending_frames(sk);
    release_sock(sk);
}

// The socket is locked.
int raw_bind_locked(sock *sk, const sockaddr_in *addr, int addr_len) {
    net *ns = sock_net(sk);
    inet_sock *inet = inet_sk(sk);
    if (sk->sk_state != TCP_CLOSE || static_cast<std::size_t>(addr_len) < sizeof(*addr)) return -EINVAL;
    u32 tb_id = sk->sk_bound_dev_if != 0 ? l3mdev_fib_table_by_index(ns, sk->sk_bound_dev_if) : 0;
    if (tb_id == 0) tb_id = RT_TABLE_LOCAL;
    const unsigned addr_type = inet_addr_type_table(ns, addr->sin_addr, tb_id);
    if (!inet_addr_valid_or_nonlocal(ns, inet, addr->sin_addr, addr_type)) return -EADDRNOTAVAIL;
    inet->inet_rcv_saddr = inet->inet_saddr = addr->sin_addr;
    if (addr_type == RTN_MULTICAST || addr_type == RTN_BROADCAST) inet->inet_saddr = be32{};
    sk_dst_reset(sk);
    return 0;
}

// Linux 6.1: net/ipv4/raw.c
int raw_bind(sock *sk, sockaddr *uaddr, int addr_len) {
    TRACE_FN();
    lock_sock(sk);
    const int ret = raw_bind_locked(sk, reinterpret_cast<const sockaddr_in *>(uaddr), addr_len);
    release_sock(sk);
    return TRACE_RET(ret);
}

// Linux 6.1: net/ipv4/raw.c
int raw_recvmsg(sock *sk, msghdr *msg, std::size_t len, int flags, int *addr_len) {
    TRACE_FN();
    const auto uflags = static_cast<unsigned>(flags);
    if ((uflags & MSG_OOB) != 0) return TRACE_RET(-EOPNOTSUPP);
    if ((uflags & MSG_ERRQUEUE) != 0) return TRACE_RET(ip_recv_error(sk, msg, static_cast<int>(len), addr_len));
    int err = 0;
    sk_buff *skb = skb_recv_datagram(sk, uflags, &err);
    if (!skb) return TRACE_RET(err);
    int copied = static_cast<int>(skb->len);
    if (len < skb->len) {
        msg->msg_flags |= MSG_TRUNC;
        copied = static_cast<int>(len);
    }
    err = skb_copy_datagram_msg(skb, 0, msg, copied);
    if (err == 0) {
        sock_recv_cmsgs(msg, sk, skb);
        if (auto *sin = static_cast<sockaddr_in *>(msg->msg_name)) {
            *sin = sockaddr_in{};
            sin->sin_addr = ip_hdr(skb)->saddr;
            *addr_len = sizeof(*sin);
        }
        if (inet_sk(sk)->cmsg_flags != 0) ip_cmsg_recv_offset(msg, sk, skb, 0, 0);
        if ((uflags & MSG_TRUNC) != 0) copied = static_cast<int>(skb->len);
    }
    skb_free_datagram(sk, skb);
    return TRACE_RET(err != 0 ? err : copied);
}

int raw_sk_init(sock *sk) {
    TRACE_FN();
    raw_sk(sk)->filter = {};
    return TRACE_RET(0);
}

// Linux 6.1: net/ipv4/raw.c
int raw_setsockopt(sock *sk, int level, int optname, const void *optval, unsigned optlen) {
    TRACE_FN();
    if (level != SOL_RAW) return TRACE_RET(ip_setsockopt(sk, level, optname, optval, optlen));
    if (optname != ICMP_FILTER) return TRACE_RET(-ENOPROTOOPT);
    if (sk->inet_num != IPPROTO_ICMP) return TRACE_RET(-EOPNOTSUPP);
    std::memcpy(static_cast<void *>(&raw_sk(sk)->filter), optval, std::min(std::size_t{optlen}, sizeof(icmp_filter)));
    return TRACE_RET(0);
}

} // namespace

const proto raw_prot = {
    .name = "RAW",
    .close = raw_close,
    .connect = ip4_datagram_connect,
    .disconnect = __udp_disconnect,
    .init = raw_sk_init,
    .destroy = raw_destroy,
    .setsockopt = raw_setsockopt,
    .sendmsg = raw_sendmsg,
    .recvmsg = raw_recvmsg,
    .bind = raw_bind,
    .backlog_rcv = raw_rcv_skb,
    .release_cb = ip4_datagram_release_cb,
    .hash = raw_hash_sk,
    .unhash = raw_unhash_sk,
    .obj_size = sizeof(raw_sock),
    .obj_new = proto_obj<raw_sock>::make,
    .obj_free = proto_obj<raw_sock>::free,
};

void raw_init() {
    TRACE_FN();
}

} // namespace skbscope::stack
