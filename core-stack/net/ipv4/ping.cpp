// SPDX-License-Identifier: GPL-2.0-or-later
// Ping sockets: echo requests and their replies, told apart by an identifier that is bound like a port.
// Linux 6.1: net/ipv4/ping.c
#include "net/ping.h"

#include "linux/errno.h"
#include "linux/trace_fn.h"
#include "net/icmp.h"
#include "net/inet_common.h"
#include "net/inet_globals.h"
#include "net/ip.h"
#include "net/ipv4/ping_internal.h"
#include "net/ipv4/sysctl_value.h"
#include "net/l3mdev.h"
#include "net/route.h"
#include "net/udp.h"
#include "sim/machine_state.h"

#include <string>

namespace skbscope::stack {

namespace {

inline constexpr u32 PING_HTABLE_MASK = 64 - 1;

hlist_head *ping_hashslot(const net *ns, u16 num) {
    return &inet_global().ping_table.hash[(num + net_hash_mix(ns)) & PING_HTABLE_MASK];
}

bool ident_is_taken(const sock *sk, u16 ident) {
    for (const sock *sk2 : sk_entries(ping_hashslot(sock_net(sk), ident)))
        if (net_eq(sock_net(sk2), sock_net(sk)) && sk2->inet_num == ident && sk2 != sk &&
            (sk2->sk_reuse == 0 || sk->sk_reuse == 0))
            return true;
    return false;
}

// The next one after the last given out that no socket has; 0: all are taken.
u16 free_ident(const net *ns) {
    u16 &rover = inet_global().ping_table.ping_port_rover;
    u16 result = rover;
    for (unsigned i = 0; i < 65535; ++i) {
        if (++result == 0) ++result;
        bool taken = false;
        for (const sock *sk2 : sk_entries(ping_hashslot(ns, result)))
            taken |= net_eq(sock_net(sk2), ns) && sk2->inet_num == result;
        if (!taken) return rover = result;
    }
    return 0;
}

} // namespace

// Linux 6.1: net/ipv4/ping.c
int ping_get_port(sock *sk, u16 ident) {
    TRACE_FN();
    rwlock_t *lock = &inet_global().ping_table.lock;
    write_lock(lock);
    int err = 0;
    if (ident == 0)
        err = (ident = free_ident(sock_net(sk))) == 0 ? -EADDRINUSE : 0;
    else if (ident_is_taken(sk, ident))
        err = -EADDRINUSE;
    if (err == 0) {
        sk->inet_num = ident;
        if (sk_unhashed(sk)) {
            sk_add_node_rcu(sk, ping_hashslot(sock_net(sk), ident));
            sock_set_flag(sk, SOCK_RCU_FREE);
        }
    }
    write_unlock(lock);
    return TRACE_RET(err);
}

int ping_hash(sock *) {
    panic("ping_hash: a ping socket enters the table through get_port()");
}

// Linux 6.1: net/ipv4/ping.c
void ping_unhash(sock *sk) {
    TRACE_FN();
    rwlock_t *lock = &inet_global().ping_table.lock;
    write_lock(lock);
    if (sk_del_node_init_rcu(sk)) {
        sk->inet_num = 0;
        inet_sk(sk)->inet_sport = be16{};
    }
    write_unlock(lock);
}

namespace {

// Linux 6.1: net/ipv4/ping.c
sock *ping_lookup(const net *ns, const sk_buff *skb, u16 ident) {
    TRACE_FN(skb);
    if (skb->protocol != cpu_to_be16(ETH_P_IP)) return nullptr;
    const int dif = inet_iif(skb);
    const int sdif = inet_sdif(skb);
    for (sock *sk : sk_entries(ping_hashslot(ns, ident))) {
        if (!net_eq(sock_net(sk), ns) || sk->inet_num != ident) continue;
        if (sk->inet_rcv_saddr && sk->inet_rcv_saddr != ip_hdr(skb)->daddr) continue;
        if (sk->sk_bound_dev_if != 0 && sk->sk_bound_dev_if != dif && sk->sk_bound_dev_if != sdif) continue;
        return sk;
    }
    return nullptr;
}

} // namespace

// Who may ping. A process of the model has one number for its user and its group. Linux 6.1: net/ipv4/ping.c
int ping_init_sock(sock *sk) {
    TRACE_FN();
    const u32 *range = sock_net(sk)->ipv4.ping_group_range;
    const u32 group = get_current()->uid;
    return TRACE_RET(range[0] <= group && group <= range[1] ? 0 : -EACCES);
}

void ping_close(sock *sk, long) {
    TRACE_FN();
    sk_common_release(sk);
}

namespace {

// Linux 6.1: net/ipv4/ping.c
int ping_check_bind_addr(const sock *sk, const sockaddr_in *addr, int addr_len) {
    TRACE_FN();
    net *ns = sock_net(sk);
    if (static_cast<std::size_t>(addr_len) < sizeof(*addr)) return TRACE_RET(-EINVAL);
    if (addr->sin_family != AF_INET && (addr->sin_family != AF_UNSPEC || addr->sin_addr != INADDR_ANY))
        return TRACE_RET(-EAFNOSUPPORT);
    if (addr->sin_addr == INADDR_ANY) return TRACE_RET(0);
    u32 tb_id = l3mdev_fib_table_by_index(ns, sk->sk_bound_dev_if);
    if (tb_id == 0) tb_id = RT_TABLE_LOCAL;
    const unsigned type = inet_addr_type_table(ns, addr->sin_addr, tb_id);
    const bool nonlocal_ok = inet_can_nonlocal_bind(ns->ipv4.sysctl_ip_nonlocal_bind != 0, inet_sk(sk));
    const bool ok = type != RTN_MULTICAST && type != RTN_BROADCAST && (type == RTN_LOCAL || nonlocal_ok);
    return TRACE_RET(ok ? 0 : -EADDRNOTAVAIL);
}

// The socket is locked.
int ping_bind_locked(sock *sk, const sockaddr_in *addr) {
    inet_sock *isk = inet_sk(sk);
    if (isk->inet_num != 0) return -EINVAL;
    const u16 snum = be16_to_cpu(addr->sin_port);
    if (ping_get_port(sk, snum) != 0) return -EADDRINUSE;
    isk->inet_saddr = isk->inet_rcv_saddr = addr->sin_addr;
    if (isk->inet_rcv_saddr) sk->sk_userlocks |= SOCK_BINDADDR_LOCK;
    if (snum != 0) sk->sk_userlocks |= SOCK_BINDPORT_LOCK;
    isk->inet_sport = cpu_to_be16(isk->inet_num);
    isk->inet_daddr = be32{};
    isk->inet_dport = be16{};
    sk_dst_reset(sk);
    return 0;
}

} // namespace

// Linux 6.1: net/ipv4/ping.c
int ping_bind(sock *sk, sockaddr *uaddr, int addr_len) {
    TRACE_FN();
    const auto *addr = reinterpret_cast<const sockaddr_in *>(uaddr);
    int err = ping_check_bind_addr(sk, addr, addr_len);
    if (err != 0) return TRACE_RET(err);
    lock_sock(sk);
    err = ping_bind_locked(sk, addr);
    release_sock(sk);
    return TRACE_RET(err);
}

namespace {

// 0: nothing to tell. *hard: final. Linux 6.1: part of ping_err()
int ping_error_of(sk_buff *skb, sock *sk, u32 info, bool *hard) {
    const icmphdr *icmph = icmp_hdr(skb);
    *hard = false;
    switch (icmph->type) {
    case ICMP_SOURCE_QUENCH:
        return EREMOTEIO;
    case ICMP_REDIRECT:
        ipv4_sk_redirect(skb, sk);
        return EREMOTEIO;
    case ICMP_PARAMETERPROB:
        *hard = true;
        return EPROTO;
    case ICMP_DEST_UNREACH:
        if (icmph->code == ICMP_FRAG_NEEDED) {
            ipv4_sk_update_pmtu(skb, sk, info);
            *hard = true;
            return inet_sk(sk)->pmtudisc != IP_PMTUDISC_DONT ? EMSGSIZE : 0;
        }
        if (icmph->code > NR_ICMP_UNREACH) return EHOSTUNREACH;
        *hard = icmp_err_convert[icmph->code].fatal;
        return icmp_err_convert[icmph->code].error;
    default:
        return EHOSTUNREACH;
    }
}

} // namespace

bool ping_supported(int type, int code) {
    return (type == ICMP_ECHO || type == ICMP_EXT_ECHO) && code == 0;
}

// offset: of our own ICMP header, from skb->data. Linux 6.1: net/ipv4/ping.c
void ping_err(sk_buff *skb, int offset, u32 info) {
    TRACE_FN(skb);
    auto *icmph = reinterpret_cast<icmphdr *>(skb->data + offset);
    if (!ping_supported(icmph->type, icmph->code)) return;
    sock *sk = ping_lookup(dev_net(skb->dev), skb, be16_to_cpu(icmph->un.echo.id));
    if (!sk) return;
    bool hard = false;
    const int err = ping_error_of(skb, sk, info, &hard);
    if (err == 0) return;
    if (inet_sk(sk)->recverr)
        ip_icmp_error(sk, skb, err, be16{}, info, reinterpret_cast<u8 *>(icmph));
    else if (!hard || sk->sk_state != TCP_ESTABLISHED)
        return;
    sk->sk_err = err;
    sk_error_report(sk);
}

// Linux 6.1: net/ipv4/ping.c
int ping_recvmsg(sock *sk, msghdr *msg, std::size_t len, int flags, int *addr_len) {
    TRACE_FN();
    const auto uflags = static_cast<unsigned>(flags);
    if ((uflags & MSG_OOB) != 0) return TRACE_RET(-EOPNOTSUPP);
    if ((uflags & MSG_ERRQUEUE) != 0) return TRACE_RET(inet_recv_error(sk, msg, static_cast<int>(len), addr_len));
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
        err = copied;
    }
    skb_free_datagram(sk, skb);
    return TRACE_RET(err);
}

namespace {

// Linux 6.1: net/ipv4/ping.c
skb_drop_reason __ping_queue_rcv_skb(sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    skb_drop_reason reason = SKB_NOT_DROPPED_YET;
    if (sock_queue_rcv_skb_reason(sk, skb, &reason) < 0) {
        kfree_skb_reason(skb, reason);
        return TRACE_RET(reason);
    }
    return TRACE_RET(SKB_NOT_DROPPED_YET);
}

} // namespace

int ping_queue_rcv_skb(sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    return TRACE_RET(__ping_queue_rcv_skb(sk, skb) != SKB_NOT_DROPPED_YET ? -1 : 0);
}

// A reply: the socket gets a clone, header included. Linux 6.1: net/ipv4/ping.c
skb_drop_reason ping_rcv(sk_buff *skb) {
    TRACE_FN(skb);
    const icmphdr *icmph = icmp_hdr(skb);
    skb_push(skb, static_cast<unsigned>(skb->data - reinterpret_cast<const u8 *>(icmph)));
    sock *sk = ping_lookup(dev_net(skb->dev), skb, be16_to_cpu(icmph->un.echo.id));
    if (!sk) return TRACE_RET(SKB_DROP_REASON_NO_SOCKET);
    sk_buff *skb2 = skb_clone(skb, GFP_ATOMIC);
    return TRACE_RET(skb2 ? __ping_queue_rcv_skb(sk, skb2) : SKB_DROP_REASON_NOMEM);
}

const proto ping_prot = {
    .name = "PING",
    .close = ping_close,
    .connect = ip4_datagram_connect,
    .disconnect = __udp_disconnect,
    .init = ping_init_sock,
    .setsockopt = ip_setsockopt,
    .sendmsg = ping_v4_sendmsg,
    .recvmsg = ping_recvmsg,
    .bind = ping_bind,
    .backlog_rcv = ping_queue_rcv_skb,
    .release_cb = ip4_datagram_release_cb,
    .hash = ping_hash,
    .unhash = ping_unhash,
    .get_port = ping_get_port,
    .put_port = ping_unhash,
    .obj_size = sizeof(inet_sock),
    .obj_new = proto_obj<inet_sock>::make,
    .obj_free = proto_obj<inet_sock>::free,
};

namespace {

// "0 2147483647"
int ping_group_range_set(net *ns, std::string_view text) {
    const std::size_t gap = text.find_first_of(" \t");
    u32 low = 0, high = 0;
    if (gap == std::string_view::npos || !sysctl_parse(text.substr(0, gap), &low) ||
        !sysctl_parse(text.substr(gap), &high))
        return -EINVAL;
    // A range the wrong way round means nobody, and reads as "1 0".
    ns->ipv4.ping_group_range[0] = high < low ? 1 : low;
    ns->ipv4.ping_group_range[1] = high < low ? 0 : high;
    return 0;
}

int ping_sysctl_init_net(net *ns) {
    const u32 *range = ns->ipv4.ping_group_range;
    register_net_sysctl(ns, "net.ipv4.ping_group_range",
                        {[range] { return std::to_string(range[0]) + "\t" + std::to_string(range[1]); },
                         [ns](std::string_view text) { return ping_group_range_set(ns, text); }});
    return 0;
}

const machine_global<pernet_operations> ping_sysctl_ops;

} // namespace

void ping_init() {
    TRACE_FN();
    ping_sysctl_ops->init = ping_sysctl_init_net;
    register_pernet_subsys(&ping_sysctl_ops.get());
}

} // namespace skbscope::stack
