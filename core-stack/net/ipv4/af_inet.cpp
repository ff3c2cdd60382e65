// SPDX-License-Identifier: GPL-2.0-or-later
// The Internet family: what each system call does for every protocol of it, and the tables that say which protocols
// there are. Linux 6.1: net/ipv4/af_inet.c
//
//     socket(AF_INET, SOCK_DGRAM, 0) -> inetsw[SOCK_DGRAM] -> {udp_prot, inet_dgram_ops}
//     a packet with protocol 17      -> inet_protos[17]    -> udp_rcv
//
// Left out: TCP and stream sockets, capabilities (every process may), cgroup BPF programs.
#include "net/inet_common.h"

#include "linux/errno.h"
#include "linux/igmp.h"
#include "linux/trace_fn.h"
#include "net/arp.h"
#include "net/icmp.h"
#include "net/inet_globals.h"
#include "net/ip.h"
#include "net/l3mdev.h"
#include "net/route.h"
#include "sim/machine_state.h"

#include <array>

namespace skbscope::stack {

namespace {

int inet_create(net *ns, socket *sock, int protocol, int kern);

constexpr net_proto_family inet_family_ops = {.family = PF_INET, .create = inet_create};

inline constexpr int IPPROTO_MAX = 263;

// Of this type and protocol; protocol 0 takes the type's first, an entry of protocol 0 takes any. Null: *err says why.
const inet_protosw *find_protosw(int type, int *protocol, int *err) {
    *err = -ESOCKTNOSUPPORT;
    for (const inet_protosw *answer : inet_global().inetsw[static_cast<std::size_t>(type)]) {
        if (*protocol == answer->protocol) {
            if (*protocol != IPPROTO_IP) return answer;
        } else if (*protocol == IPPROTO_IP) {
            *protocol = answer->protocol;
            return answer;
        } else if (answer->protocol == IPPROTO_IP) {
            return answer;
        }
        *err = -EPROTONOSUPPORT;
    }
    return nullptr;
}

// Linux 6.1: net/ipv4/af_inet.c
int inet_create(net *ns, socket *sock, int protocol, int kern) {
    TRACE_FN();
    if (protocol < 0 || protocol >= IPPROTO_MAX) return TRACE_RET(-EINVAL);
    sock->state = SS_UNCONNECTED;
    int err = 0;
    const inet_protosw *answer = find_protosw(sock->type, &protocol, &err);
    if (!answer) return TRACE_RET(err);
    err = 0;
    sock->ops = answer->ops;

    struct sock *sk = sk_alloc(ns, PF_INET, GFP_KERNEL, answer->prot, kern);
    if ((answer->flags & INET_PROTOSW_REUSE) != 0) sk->sk_reuse = SK_CAN_REUSE;
    inet_sock *inet = inet_sk(sk);
    inet->is_icsk = (answer->flags & INET_PROTOSW_ICSK) != 0;
    if (sock->type == SOCK_RAW) {
        inet->inet_num = static_cast<u16>(protocol);
        inet->hdrincl = protocol == IPPROTO_RAW;
    }
    inet->pmtudisc = ns->ipv4.sysctl_ip_no_pmtu_disc != 0 ? IP_PMTUDISC_DONT : IP_PMTUDISC_WANT;
    sock_init_data(sock, sk);
    sk->sk_destruct = inet_sock_destruct;
    sk->sk_protocol = static_cast<u16>(protocol);
    sk->sk_backlog_rcv = sk->sk_prot->backlog_rcv;

    if (inet->inet_num != 0) { // a number chosen at creation is shared, and hashed at once
        inet->inet_sport = cpu_to_be16(inet->inet_num);
        err = sk->sk_prot->hash(sk);
    }
    if (err == 0 && sk->sk_prot->init) err = sk->sk_prot->init(sk);
    if (err != 0) {
        sk_common_release(sk);
        sock->sk = nullptr;
    }
    return TRACE_RET(err);
}

// Linux 6.1: net/ipv4/af_inet.c
int inet_autobind(sock *sk) {
    TRACE_FN();
    lock_sock(sk);
    if (sk->inet_num == 0) {
        if (sk->sk_prot->get_port(sk, 0) != 0) {
            release_sock(sk);
            return TRACE_RET(-EAGAIN);
        }
        inet_sk(sk)->inet_sport = cpu_to_be16(sk->inet_num);
    }
    release_sock(sk);
    return TRACE_RET(0);
}

} // namespace

// The last act of a socket's memory. Linux 6.1: net/ipv4/af_inet.c
void inet_sock_destruct(sock *sk) {
    TRACE_FN();
    __skb_queue_purge(&sk->sk_receive_queue);
    __skb_queue_purge(&sk->sk_error_queue);
    sk_mem_reclaim_final(sk);
    BUG_ON(!sock_flag(sk, SOCK_DEAD));
    BUG_ON(atomic_read(&sk->sk_rmem_alloc) != 0);
    BUG_ON(refcount_read(&sk->sk_wmem_alloc) != 0);
    BUG_ON(sk->sk_wmem_queued != 0);
    BUG_ON(sk->sk_forward_alloc != 0);
    kdelete(inet_sk(sk)->inet_opt);
    dst_release(sk->sk_dst_cache);
    dst_release(sk->sk_rx_dst);
}

// Linux 6.1: net/ipv4/af_inet.c
int inet_release(socket *sock) {
    TRACE_FN();
    struct sock *sk = sock->sk;
    if (!sk) return TRACE_RET(0);
    ip_mc_drop_socket(sk); // processes forget to leave their groups
    const long timeout = sock_flag(sk, SOCK_LINGER) ? static_cast<long>(sk->sk_lingertime) : 0;
    sk->sk_prot->close(sk, timeout);
    sock->sk = nullptr;
    return TRACE_RET(0);
}

// Linux 6.1: include/net/inet_sock.h
bool inet_addr_valid_or_nonlocal(const net *ns, const inet_sock *inet, be32 addr, unsigned addr_type) {
    return inet_can_nonlocal_bind(ns->ipv4.sysctl_ip_nonlocal_bind != 0, inet) || addr == INADDR_ANY ||
           addr_type == RTN_LOCAL || addr_type == RTN_MULTICAST || addr_type == RTN_BROADCAST;
}

// Linux 6.1: net/ipv4/af_inet.c
int inet_bind(socket *sock, sockaddr *uaddr, int addr_len) {
    TRACE_FN();
    struct sock *sk = sock->sk;
    if (sk->sk_prot->bind) return TRACE_RET(sk->sk_prot->bind(sk, uaddr, addr_len));
    if (static_cast<std::size_t>(addr_len) < sizeof(sockaddr_in)) return TRACE_RET(-EINVAL);
    return TRACE_RET(__inet_bind(sk, uaddr, addr_len, BIND_WITH_LOCK));
}

namespace {

// The socket is locked: takes the address, and a port.
int inet_bind_locked(sock *sk, const sockaddr_in *addr, unsigned addr_type, u32 flags) {
    inet_sock *inet = inet_sk(sk);
    const u16 snum = be16_to_cpu(addr->sin_port);
    if (sk->sk_state != TCP_CLOSE || inet->inet_num != 0) return -EINVAL; // bound already
    inet->inet_rcv_saddr = inet->inet_saddr = addr->sin_addr;
    if (addr_type == RTN_MULTICAST || addr_type == RTN_BROADCAST) inet->inet_saddr = be32{}; // nobody sends from there
    if (snum != 0 || !(inet->bind_address_no_port || (flags & BIND_FORCE_ADDRESS_NO_PORT) != 0)) {
        const int err = sk->sk_prot->get_port(sk, snum);
        if (err != 0) {
            inet->inet_saddr = inet->inet_rcv_saddr = be32{};
            return err;
        }
    }
    if (inet->inet_rcv_saddr) sk->sk_userlocks |= SOCK_BINDADDR_LOCK;
    if (snum != 0) sk->sk_userlocks |= SOCK_BINDPORT_LOCK;
    inet->inet_sport = cpu_to_be16(inet->inet_num);
    inet->inet_daddr = be32{};
    inet->inet_dport = be16{};
    sk_dst_reset(sk);
    return 0;
}

} // namespace

// Linux 6.1: net/ipv4/af_inet.c
int __inet_bind(sock *sk, sockaddr *uaddr, int, u32 flags) {
    TRACE_FN();
    const auto *addr = reinterpret_cast<const sockaddr_in *>(uaddr);
    net *ns = sock_net(sk);
    if (addr->sin_family != AF_INET && (addr->sin_family != AF_UNSPEC || addr->sin_addr != INADDR_ANY))
        return TRACE_RET(-EAFNOSUPPORT);
    u32 tb_id = l3mdev_fib_table_by_index(ns, sk->sk_bound_dev_if);
    if (tb_id == 0) tb_id = RT_TABLE_LOCAL;
    const unsigned addr_type = inet_addr_type_table(ns, addr->sin_addr, tb_id);
    if (!inet_addr_valid_or_nonlocal(ns, inet_sk(sk), addr->sin_addr, addr_type)) return TRACE_RET(-EADDRNOTAVAIL);

    if ((flags & BIND_WITH_LOCK) != 0) lock_sock(sk);
    const int err = inet_bind_locked(sk, addr, addr_type, flags);
    if ((flags & BIND_WITH_LOCK) != 0) release_sock(sk);
    return TRACE_RET(err);
}

// Linux 6.1: net/ipv4/af_inet.c
int inet_dgram_connect(socket *sock, sockaddr *uaddr, int addr_len, int flags) {
    TRACE_FN();
    struct sock *sk = sock->sk;
    if (static_cast<std::size_t>(addr_len) < sizeof(uaddr->sa_family)) return TRACE_RET(-EINVAL);
    if (uaddr->sa_family == AF_UNSPEC) return TRACE_RET(sk->sk_prot->disconnect(sk, flags));
    if (sk->inet_num == 0 && inet_autobind(sk) != 0) return TRACE_RET(-EAGAIN);
    return TRACE_RET(sk->sk_prot->connect(sk, uaddr, addr_len));
}

// Linux 6.1: net/ipv4/af_inet.c
int inet_getname(socket *sock, sockaddr *uaddr, int peer) {
    TRACE_FN();
    struct sock *sk = sock->sk;
    const inet_sock *inet = inet_sk(sk);
    auto *sin = reinterpret_cast<sockaddr_in *>(uaddr);
    *sin = sockaddr_in{};
    lock_sock(sk);
    int ret = sizeof(*sin);
    if (peer == 0) {
        sin->sin_port = inet->inet_sport;
        sin->sin_addr = inet->inet_rcv_saddr ? inet->inet_rcv_saddr : inet->inet_saddr;
    } else if (!inet->inet_dport || ((sk->sk_state == TCP_CLOSE || sk->sk_state == TCP_SYN_SENT) && peer == 1)) {
        ret = -ENOTCONN;
    } else {
        sin->sin_port = inet->inet_dport;
        sin->sin_addr = inet->inet_daddr;
    }
    release_sock(sk);
    return TRACE_RET(ret);
}

// Linux 6.1: net/ipv4/af_inet.c
int inet_send_prepare(sock *sk) {
    TRACE_FN();
    sock_rps_record_flow(sk);
    if (sk->inet_num == 0 && !sk->sk_prot->no_autobind && inet_autobind(sk) != 0) return TRACE_RET(-EAGAIN);
    return TRACE_RET(0);
}

// Linux 6.1: net/ipv4/af_inet.c
int inet_sendmsg(socket *sock, msghdr *msg, std::size_t size) {
    TRACE_FN();
    struct sock *sk = sock->sk;
    if (inet_send_prepare(sk) != 0) return TRACE_RET(-EAGAIN);
    return TRACE_RET(sk->sk_prot->sendmsg(sk, msg, size));
}

// Linux 6.1: net/ipv4/af_inet.c
int inet_recvmsg(socket *sock, msghdr *msg, std::size_t size, int flags) {
    TRACE_FN();
    struct sock *sk = sock->sk;
    int addr_len = 0;
    if ((static_cast<unsigned>(flags) & MSG_ERRQUEUE) == 0) sock_rps_record_flow(sk);
    const int err = sk->sk_prot->recvmsg(sk, msg, size, flags, &addr_len);
    if (err >= 0) msg->msg_namelen = addr_len;
    return TRACE_RET(err);
}

// A datagram socket that is not connected answers -ENOTCONN, and is shut down all the same.
// Linux 6.1: net/ipv4/af_inet.c
int inet_shutdown(socket *sock, int how) {
    TRACE_FN();
    struct sock *sk = sock->sk;
    ++how; // SHUT_RD 0, SHUT_WR 1, SHUT_RDWR 2 -> bits RCV_SHUTDOWN, SEND_SHUTDOWN
    if ((how & ~SHUTDOWN_MASK) != 0 || how == 0) return TRACE_RET(-EINVAL);
    lock_sock(sk);
    if (sock->state == SS_CONNECTING) sock->state = sk->sk_state == TCP_CLOSE ? SS_DISCONNECTING : SS_CONNECTED;
    const int err = sk->sk_state == TCP_CLOSE ? -ENOTCONN : 0;
    sk->sk_shutdown = static_cast<u8>(sk->sk_shutdown | how);
    if (sk->sk_prot->shutdown) sk->sk_prot->shutdown(sk, how);
    sk->sk_state_change(sk); // whoever sleeps looks again
    release_sock(sk);
    return TRACE_RET(err);
}

int inet_recv_error(sock *sk, msghdr *msg, int len, int *addr_len) {
    TRACE_FN();
    return TRACE_RET(ip_recv_error(sk, msg, len, addr_len));
}

const proto_ops inet_dgram_ops = {
    .family = PF_INET,
    .release = inet_release,
    .bind = inet_bind,
    .connect = inet_dgram_connect,
    .accept = sock_no_accept,
    .getname = inet_getname,
    .listen = sock_no_listen,
    .shutdown = inet_shutdown,
    .setsockopt = sock_common_setsockopt,
    .getsockopt = sock_common_getsockopt,
    .sendmsg = inet_sendmsg,
    .recvmsg = inet_recvmsg,
};

// For raw and ping sockets; poll differs in the kernel.
const proto_ops inet_sockraw_ops = inet_dgram_ops;

namespace {

constexpr inet_protosw inetsw_array[] = {
    {.type = SOCK_DGRAM,
     .protocol = IPPROTO_UDP,
     .prot = &udp_prot,
     .ops = &inet_dgram_ops,
     .flags = INET_PROTOSW_PERMANENT},
    {.type = SOCK_DGRAM,
     .protocol = IPPROTO_ICMP,
     .prot = &ping_prot,
     .ops = &inet_sockraw_ops,
     .flags = INET_PROTOSW_REUSE},
    {.type = SOCK_RAW,
     .protocol = IPPROTO_IP,
     .prot = &raw_prot,
     .ops = &inet_sockraw_ops,
     .flags = INET_PROTOSW_REUSE},
};

const machine_global<packet_type> ip_packet_type;

constexpr net_protocol udp_protocol = {.handler = udp_rcv, .err_handler = udp_err, .no_policy = true};
constexpr net_protocol icmp_protocol = {.handler = icmp_rcv, .err_handler = icmp_err, .no_policy = true};
constexpr net_protocol igmp_protocol = {.handler = igmp_rcv};

} // namespace

// Behind the permanent ones: a later entry cannot take their place. Linux 6.1: net/ipv4/af_inet.c
void inet_register_protosw(const inet_protosw *p) {
    TRACE_FN();
    inet_globals &g = inet_global();
    spin_lock_bh(&g.inetsw_lock);
    auto &list = g.inetsw[p->type];
    auto at = list.begin();
    while (at != list.end() && ((*at)->flags & INET_PROTOSW_PERMANENT) != 0) {
        BUG_ON((*at)->protocol == p->protocol);
        ++at;
    }
    list.insert(at, p);
    spin_unlock_bh(&g.inetsw_lock);
}

// A socket of the kernel's own, that no packet finds. Linux 6.1: net/ipv4/af_inet.c
int inet_ctl_sock_create(sock **sk, u16 family, u16 type, u8 protocol, net *ns) {
    TRACE_FN();
    socket *sock = nullptr;
    const int rc = sock_create_kern(ns, family, type, protocol, &sock);
    if (rc != 0) return TRACE_RET(rc);
    *sk = sock->sk;
    (*sk)->sk_allocation = GFP_ATOMIC;
    (*sk)->sk_use_task_frag = false;
    (*sk)->sk_prot->unhash(*sk);
    return TRACE_RET(0);
}

void inet_ctl_sock_destroy(sock *sk) {
    if (sk) sock_release(sk->sk_socket);
}

// Linux 6.1: net/ipv4/af_inet.c
int inet_init() {
    TRACE_FN();
    for (const proto *prot : {&udp_prot, &raw_prot, &ping_prot})
        proto_register(prot, 1);
    sock_register(&inet_family_ops);
    inet_add_protocol(&icmp_protocol, IPPROTO_ICMP);
    inet_add_protocol(&udp_protocol, IPPROTO_UDP);
    inet_add_protocol(&igmp_protocol, IPPROTO_IGMP);
    for (const inet_protosw &q : inetsw_array)
        inet_register_protosw(&q);
    arp_init();
    ip_init();
    udp_init();
    raw_init();
    ping_init();
    const int err = icmp_init();
    if (err < 0) panic("inet_init: cannot create the ICMP control socket");
    ipfrag_init();
    ip_packet_type->type = cpu_to_be16(ETH_P_IP);
    ip_packet_type->func = ip_rcv;
    ip_packet_type->list_func = ip_list_rcv;
    dev_add_pack(&ip_packet_type.get());
    return TRACE_RET(0);
}

} // namespace skbscope::stack
