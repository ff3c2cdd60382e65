// SPDX-License-Identifier: GPL-2.0-or-later
// Connecting a datagram socket: nothing is sent; a peer is remembered, a source address and a route are found once.
// Linux 6.1: net/ipv4/datagram.c
#include "net/inet_common.h"

#include "linux/errno.h"
#include "linux/random.h"
#include "linux/trace_fn.h"
#include "net/inet_hashtables.h"
#include "net/ip.h"
#include "net/l3mdev.h"
#include "net/route.h"

namespace skbscope::stack {

namespace {

// The route is found: it decides the source address, and with it the chain of hash2.
void connect_by_route(sock *sk, const flowi4 *fl4, be16 dport) {
    inet_sock *inet = inet_sk(sk);
    if (!inet->inet_saddr) inet->inet_saddr = fl4->saddr;
    if (!inet->inet_rcv_saddr) {
        inet->inet_rcv_saddr = fl4->saddr;
        if (sk->sk_prot->rehash) sk->sk_prot->rehash(sk);
    }
    inet->inet_daddr = fl4->daddr;
    inet->inet_dport = dport;
    reuseport_has_conns_set(sk);
    sk->sk_state = TCP_ESTABLISHED;
    sk_set_txhash(sk);
    atomic_set(&inet->inet_id, static_cast<u16>(get_random_u32()));
}

} // namespace

// Linux 6.1: net/ipv4/datagram.c
int __ip4_datagram_connect(sock *sk, sockaddr *uaddr, int addr_len) {
    TRACE_FN();
    inet_sock *inet = inet_sk(sk);
    const auto *usin = reinterpret_cast<const sockaddr_in *>(uaddr);
    if (static_cast<std::size_t>(addr_len) < sizeof(*usin)) return TRACE_RET(-EINVAL);
    if (usin->sin_family != AF_INET) return TRACE_RET(-EAFNOSUPPORT);
    sk_dst_reset(sk);

    int oif = sk->sk_bound_dev_if;
    be32 saddr = inet->inet_saddr;
    if (ipv4_is_multicast(usin->sin_addr)) {
        if (oif == 0) oif = inet->mc_index;
        if (!saddr) saddr = inet->mc_addr;
    } else if (oif == 0) {
        oif = inet->uc_index;
    }
    flowi4 *fl4 = &inet->cork.fl;
    rtable *rt = ip_route_connect(fl4, usin->sin_addr, saddr, oif, static_cast<u8>(sk->sk_protocol), inet->inet_sport,
                                  usin->sin_port, sk);
    if (IS_ERR(rt)) {
        if (PTR_ERR(rt) == -ENETUNREACH) IP_INC_STATS(sock_net(sk), IPSTATS_MIB_OUTNOROUTES);
        return TRACE_RET(PTR_ERR(rt));
    }
    if ((rt->rt_flags & RTCF_BROADCAST) != 0 && !sock_flag(sk, SOCK_BROADCAST)) {
        ip_rt_put(rt);
        return TRACE_RET(-EACCES);
    }
    connect_by_route(sk, fl4, usin->sin_port);
    sk_dst_set(sk, &rt->dst);
    return TRACE_RET(0);
}

// Linux 6.1: net/ipv4/datagram.c
int ip4_datagram_connect(sock *sk, sockaddr *uaddr, int addr_len) {
    TRACE_FN();
    lock_sock(sk);
    const int res = __ip4_datagram_connect(sk, uaddr, addr_len);
    release_sock(sk);
    return TRACE_RET(res);
}

// When the lock is given back: a cached route that died meanwhile is replaced. Linux 6.1: net/ipv4/datagram.c
void ip4_datagram_release_cb(sock *sk) {
    TRACE_FN();
    dst_entry *dst = __sk_dst_get(sk);
    if (!dst || dst->obsolete == 0 || dst->ops->check(dst, 0)) return;
    const inet_sock *inet = inet_sk(sk);
    be32 daddr = inet->inet_daddr;
    if (inet->inet_opt && inet->inet_opt->opt.srr != 0) daddr = inet->inet_opt->opt.faddr;
    flowi4 fl4;
    rtable *rt =
        ip_route_output_ports(sock_net(sk), &fl4, sk, daddr, inet->inet_saddr, inet->inet_dport, inet->inet_sport,
                              static_cast<u8>(sk->sk_protocol), RT_CONN_FLAGS(sk), sk->sk_bound_dev_if);
    sk_dst_set(sk, IS_ERR(rt) ? nullptr : &rt->dst);
}

} // namespace skbscope::stack
