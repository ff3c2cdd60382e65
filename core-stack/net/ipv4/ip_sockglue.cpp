// SPDX-License-Identifier: GPL-2.0-or-later
// Between IP and its sockets: IP-level options, what a received packet tells its reader besides the data, and the queue
// of errors (IP_RECVERR). Linux 6.1: net/ipv4/ip_sockglue.c
//
// Left out: IP options set by the process, source filters of groups, policies.
#include "net/inet_common.h"

#include "linux/errno.h"
#include "linux/icmp.h"
#include "linux/igmp.h"
#include "linux/rtnetlink.h"
#include "linux/trace_fn.h"
#include "net/ip.h"
#include "net/ip_fib.h"
#include "net/l3mdev.h"
#include "net/route.h"

#include <cstring>
#include <optional>

namespace skbscope::stack {

// --- what a reader may ask for --------------------------------------------------------------------------------------

// Turns IP's part of skb->cb into what IP_PKTINFO reports, while the route is still there to tell.
// Linux 6.1: net/ipv4/ip_sockglue.c
void ipv4_pktinfo_prepare(const sock *sk, sk_buff *skb, bool drop_dst) {
    TRACE_FN(skb);
    in_pktinfo *pktinfo = PKTINFO_SKB_CB(skb);
    if ((inet_sk(sk)->cmsg_flags & IP_CMSG_PKTINFO) != 0 && skb_rtable(skb)) {
        const bool l3slave = ipv4_l3mdev_skb(IPCB(skb)->flags);
        const rtable *rt = skb_rtable(skb);
        // The first word is IPCB's iif already.
        if (pktinfo->ipi_ifindex == LOOPBACK_IFINDEX)
            pktinfo->ipi_ifindex = inet_iif(skb);
        else if (l3slave && rt->rt_iif != 0)
            pktinfo->ipi_ifindex = rt->rt_iif;
        pktinfo->ipi_spec_dst = fib_compute_spec_dst(skb);
    } else {
        pktinfo->ipi_ifindex = 0;
        pktinfo->ipi_spec_dst = be32{};
    }
    if (drop_dst) skb_dst_drop(skb);
}

namespace {

void ip_cmsg_recv_pktinfo(msghdr *msg, const sk_buff *skb) {
    TRACE_FN(skb);
    in_pktinfo info = *PKTINFO_SKB_CB(skb);
    info.ipi_addr = ip_hdr(skb)->daddr;
    put_cmsg(msg, SOL_IP, IP_PKTINFO, sizeof(info), &info);
}

void ip_cmsg_recv_ttl(msghdr *msg, const sk_buff *skb) {
    TRACE_FN(skb);
    const int ttl = ip_hdr(skb)->ttl;
    put_cmsg(msg, SOL_IP, IP_TTL, sizeof(ttl), &ttl);
}

void ip_cmsg_recv_tos(msghdr *msg, const sk_buff *skb) {
    TRACE_FN(skb);
    put_cmsg(msg, SOL_IP, IP_TOS, 1, &ip_hdr(skb)->tos);
}

} // namespace

// Left out: received IP options, which the process would have to parse. Linux 6.1: net/ipv4/ip_sockglue.c
void ip_cmsg_recv_offset(msghdr *msg, sock *sk, sk_buff *skb, int, int) {
    TRACE_FN(skb);
    const u16 flags = inet_sk(sk)->cmsg_flags;
    if ((flags & IP_CMSG_PKTINFO) != 0) ip_cmsg_recv_pktinfo(msg, skb);
    if ((flags & IP_CMSG_TTL) != 0) ip_cmsg_recv_ttl(msg, skb);
    if ((flags & IP_CMSG_TOS) != 0) ip_cmsg_recv_tos(msg, skb);
}

// Router alert: the model has no user of it. Linux 6.1: net/ipv4/ip_sockglue.c
int ip_ra_control(sock *sk, bool on) {
    TRACE_FN();
    if (sk->sk_type != SOCK_RAW || sk->inet_num == IPPROTO_RAW) return TRACE_RET(-EINVAL);
    return TRACE_RET(on ? -ENOPROTOOPT : -ENOENT);
}

// --- the error queue ------------------------------------------------------------------------------------------------

namespace {

enum : u8 { SO_EE_ORIGIN_LOCAL = 1, SO_EE_ORIGIN_ICMP = 2 };

// struct sock_exterr_skb: what a packet in sk_error_queue keeps in cb.
struct sock_exterr_skb {
    inet_skb_parm header;
    u32 ee_errno = 0;
    u8 ee_origin = 0;
    u8 ee_type = 0;
    u8 ee_code = 0;
    u32 ee_info = 0;
    u16 addr_offset = 0; // of the failed destination, from the network header
    be16 port;
};

void set_exterr(sk_buff *skb, int err, u8 origin, u32 info, const u8 *addr, be16 port) {
    auto *serr = SKB_CB<sock_exterr_skb>(skb);
    serr->ee_errno = static_cast<u32>(err);
    serr->ee_origin = origin;
    serr->ee_type = origin == SO_EE_ORIGIN_ICMP ? icmp_hdr(skb)->type : u8{0};
    serr->ee_code = origin == SO_EE_ORIGIN_ICMP ? icmp_hdr(skb)->code : u8{0};
    serr->ee_info = info;
    serr->addr_offset = static_cast<u16>(addr - skb_network_header(skb));
    serr->port = port;
}

// Linux 6.1: net/core/skbuff.c
sk_buff *sock_dequeue_err_skb(sock *sk) {
    TRACE_FN();
    sk_buff *skb = skb_dequeue(&sk->sk_error_queue);
    const sk_buff *next = skb_peek(&sk->sk_error_queue);
    if (skb) sk->sk_err = next ? static_cast<int>(SKB_CB<sock_exterr_skb>(next)->ee_errno) : 0;
    return skb;
}

// The packet's memory is charged to the socket, outside its receive buffer's account.
void sock_rmem_free(sk_buff *skb) {
    TRACE_FN(skb);
    atomic_sub(static_cast<int>(skb->truesize), &skb->sk->sk_rmem_alloc);
}

} // namespace

// 0, or -ENOMEM and the packet stays the caller's. Linux 6.1: net/core/skbuff.c
int sock_queue_err_skb(sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    if (atomic_read(&sk->sk_rmem_alloc) + static_cast<int>(skb->truesize) >= sk->sk_rcvbuf) return TRACE_RET(-ENOMEM);
    skb_orphan(skb);
    skb->sk = sk;
    skb->destructor = sock_rmem_free;
    atomic_add(static_cast<int>(skb->truesize), &sk->sk_rmem_alloc);
    skb->pkt_type = PACKET_OUTGOING; // marks what stands in an error queue: nothing received looks so
    skb_dst_force(skb);
    skb_queue_tail(&sk->sk_error_queue, skb);
    if (!sock_flag(sk, SOCK_DEAD)) sk_error_report(sk);
    return TRACE_RET(0);
}

// payload: of our own packet, inside skb. Linux 6.1: net/ipv4/ip_sockglue.c
void ip_icmp_error(sock *sk, sk_buff *skb, int err, be16 port, u32 info, u8 *payload) {
    TRACE_FN(skb);
    skb = skb_clone(skb, GFP_ATOMIC);
    if (!skb) return;
    const auto *inner = reinterpret_cast<const iphdr *>(icmp_hdr(skb) + 1);
    set_exterr(skb, err, SO_EE_ORIGIN_ICMP, info, reinterpret_cast<const u8 *>(&inner->daddr), port);
    if (skb_pull(skb, static_cast<unsigned>(payload - skb->data))) {
        skb_reset_transport_header(skb);
        if (sock_queue_err_skb(sk, skb) == 0) return;
    }
    kfree_skb(skb);
}

// An error that needed no packet: too big for the path. Linux 6.1: net/ipv4/ip_sockglue.c
void ip_local_error(sock *sk, int err, be32 daddr, be16 port, u32 info) {
    TRACE_FN();
    if (!inet_sk(sk)->recverr) return;
    sk_buff *skb = alloc_skb(sizeof(iphdr), GFP_ATOMIC);
    if (!skb) return;
    skb_put(skb, sizeof(iphdr));
    skb_reset_network_header(skb);
    iphdr *iph = ip_hdr(skb);
    iph->daddr = daddr;
    set_exterr(skb, err, SO_EE_ORIGIN_LOCAL, info, reinterpret_cast<const u8 *>(&iph->daddr), port);
    __skb_pull(skb, static_cast<unsigned>(skb_tail_pointer(skb) - skb->data));
    skb_reset_transport_header(skb);
    if (sock_queue_err_skb(sk, skb) != 0) kfree_skb(skb);
}

namespace {

// struct sock_extended_err and the address of who complained.
void recv_error_cmsg(const sk_buff *skb, msghdr *msg) {
    const auto *serr = SKB_CB<sock_exterr_skb>(skb);
    struct {
        u32 ee_errno;
        u8 ee_origin, ee_type, ee_code, ee_pad;
        u32 ee_info, ee_data;
        sockaddr_in offender;
    } errhdr{serr->ee_errno, serr->ee_origin, serr->ee_type, serr->ee_code, 0, serr->ee_info, 0, {}};
    if (serr->ee_origin == SO_EE_ORIGIN_ICMP)
        errhdr.offender.sin_addr = ip_hdr(skb)->saddr;
    else
        errhdr.offender.sin_family = AF_UNSPEC;
    put_cmsg(msg, SOL_IP, IP_RECVERR, sizeof(errhdr), &errhdr);
}

} // namespace

// recv(MSG_ERRQUEUE): the packet that failed, and where it was going. Linux 6.1: net/ipv4/ip_sockglue.c
int ip_recv_error(sock *sk, msghdr *msg, int len, int *addr_len) {
    TRACE_FN();
    sk_buff *skb = sock_dequeue_err_skb(sk);
    if (!skb) return TRACE_RET(-EAGAIN);
    int copied = static_cast<int>(skb->len);
    if (copied > len) {
        msg->msg_flags |= MSG_TRUNC;
        copied = len;
    }
    const int err = skb_copy_datagram_msg(skb, 0, msg, copied);
    if (err != 0) {
        kfree_skb(skb);
        return TRACE_RET(err);
    }
    const auto *serr = SKB_CB<sock_exterr_skb>(skb);
    if (auto *sin = static_cast<sockaddr_in *>(msg->msg_name)) {
        *sin = sockaddr_in{};
        std::memcpy(static_cast<void *>(&sin->sin_addr), skb_network_header(skb) + serr->addr_offset,
                    sizeof(sin->sin_addr));
        sin->sin_port = serr->port;
        *addr_len = sizeof(*sin);
    }
    recv_error_cmsg(skb, msg);
    msg->msg_flags |= MSG_ERRQUEUE;
    consume_skb(skb);
    return TRACE_RET(copied);
}

// --- setsockopt(IPPROTO_IP, ...)
// --------------------------------------------------------------------------------------

namespace {

// The option's value: an int, or a single byte.
int option_value(const void *optval, unsigned optlen) {
    int val = 0;
    if (optlen >= sizeof(val)) {
        std::memcpy(&val, optval, sizeof(val));
    } else if (optlen >= 1) {
        u8 byte = 0;
        std::memcpy(&byte, optval, 1);
        val = byte;
    }
    return val;
}

// Bit of cmsg_flags that an option switches; 0: not such an option.
u16 cmsg_flag_of(int optname) {
    switch (optname) {
    case IP_PKTINFO:
        return IP_CMSG_PKTINFO;
    case IP_RECVTTL:
        return IP_CMSG_TTL;
    case IP_RECVTOS:
        return IP_CMSG_TOS;
    case IP_RECVOPTS:
        return IP_CMSG_RECVOPTS;
    case IP_RETOPTS:
        return IP_CMSG_RETOPTS;
    default:
        return 0;
    }
}

int set_in_range(u8 *field, int val, int low, int high) {
    if (val < low || val > high) return -EINVAL;
    *field = static_cast<u8>(val);
    return 0;
}

// Linux 6.1: net/ipv4/ip_sockglue.c
void __ip_sock_set_tos(sock *sk, int val) {
    TRACE_FN();
    inet_sock *inet = inet_sk(sk);
    if (inet->tos == static_cast<u8>(val)) return;
    inet->tos = static_cast<u8>(val);
    sk->sk_priority = rt_tos2priority(inet->tos);
    sk_dst_reset(sk); // the type of service may choose another route
}

// struct ip_mreq, ip_mreqn, or an address alone.
std::optional<ip_mreqn> read_mreq(const void *optval, unsigned optlen, bool address_only_allowed) {
    struct {
        be32 group, address;
        int ifindex = 0;
    } raw;
    ip_mreqn mreq;
    if (optlen >= 8) {
        std::memcpy(static_cast<void *>(&raw), optval, optlen >= sizeof(raw) ? sizeof(raw) : 8);
        mreq.imr_multiaddr = raw.group;
        mreq.imr_address = raw.address;
        mreq.imr_ifindex = raw.ifindex;
        return mreq;
    }
    if (!address_only_allowed || optlen < sizeof(be32)) return std::nullopt;
    std::memcpy(static_cast<void *>(&mreq.imr_address), optval, sizeof(be32));
    return mreq;
}

int set_multicast_if(sock *sk, const void *optval, unsigned optlen) {
    inet_sock *inet = inet_sk(sk);
    if (sk->sk_type == SOCK_STREAM) return -EINVAL;
    std::optional<ip_mreqn> mreq = read_mreq(optval, optlen, true);
    if (!mreq) return -EINVAL;
    if (mreq->imr_ifindex == 0 && !mreq->imr_address) {
        inet->mc_index = 0;
        inet->mc_addr = be32{};
        return 0;
    }
    const net_device *dev = mreq->imr_ifindex != 0 ? dev_get_by_index_rcu(sock_net(sk), mreq->imr_ifindex)
                                                   : __ip_dev_find(sock_net(sk), mreq->imr_address, false);
    if (!dev) return -EADDRNOTAVAIL;
    if (sk->sk_bound_dev_if != 0 && dev->ifindex != sk->sk_bound_dev_if) return -EINVAL;
    inet->mc_index = dev->ifindex;
    inet->mc_addr = mreq->imr_address;
    return 0;
}

int set_unicast_if(sock *sk, int val) {
    const int ifindex = static_cast<int>(be32_to_cpu(be32::from_raw(static_cast<u32>(val))));
    if (ifindex != 0) {
        if (!dev_get_by_index_rcu(sock_net(sk), ifindex)) return -EADDRNOTAVAIL;
        if (sk->sk_bound_dev_if != 0) return -EINVAL;
    }
    inet_sk(sk)->uc_index = ifindex;
    return 0;
}

int set_local_port_range(inet_sock *inet, int val, unsigned optlen) {
    const u16 lo = static_cast<u16>(val), hi = static_cast<u16>(static_cast<u32>(val) >> 16);
    if (optlen != sizeof(u32) || (lo != 0 && hi != 0 && lo > hi)) return -EINVAL;
    inet->local_port_range.lo = lo;
    inet->local_port_range.hi = hi;
    return 0;
}

int set_membership(sock *sk, int optname, const void *optval, unsigned optlen) {
    if (inet_sk(sk)->is_icsk) return -EPROTO;
    std::optional<ip_mreqn> mreq = read_mreq(optval, optlen, false);
    if (!mreq) return -EINVAL;
    return optname == IP_ADD_MEMBERSHIP ? ip_mc_join_group(sk, &*mreq) : ip_mc_leave_group(sk, &*mreq);
}

// Options of raw sockets only.
int set_raw_flag(const sock *sk, bool *field, int val) {
    if (sk->sk_type != SOCK_RAW) return -ENOPROTOOPT;
    *field = val != 0;
    return 0;
}

int set_bool(bool *field, int val, unsigned optlen) {
    if (optlen < 1) return -EINVAL;
    *field = val != 0;
    return 0;
}

// The socket is locked.
int set_ip_option(sock *sk, int optname, const void *optval, unsigned optlen) {
    inet_sock *inet = inet_sk(sk);
    const int val = option_value(optval, optlen);
    if (const u16 flag = cmsg_flag_of(optname)) {
        inet->cmsg_flags = static_cast<u16>(val != 0 ? inet->cmsg_flags | flag : inet->cmsg_flags & ~flag);
        return 0;
    }
    switch (optname) {
    case IP_OPTIONS:
        return ip_options_get(sock_net(sk), &inet->inet_opt, static_cast<const u8 *>(optval), optlen);
    case IP_TOS:
        __ip_sock_set_tos(sk, val);
        return 0;
    case IP_TTL:
        if (optlen < 1 || (val != -1 && (val < 1 || val > 255))) return -EINVAL;
        inet->uc_ttl = static_cast<s16>(val);
        return 0;
    case IP_HDRINCL:
        return set_raw_flag(sk, &inet->hdrincl, val);
    case IP_NODEFRAG:
        return set_raw_flag(sk, &inet->nodefrag, val);
    case IP_BIND_ADDRESS_NO_PORT:
        inet->bind_address_no_port = val != 0;
        return 0;
    case IP_MTU_DISCOVER:
        return set_in_range(&inet->pmtudisc, val, IP_PMTUDISC_DONT, IP_PMTUDISC_OMIT);
    case IP_RECVERR:
        inet->recverr = val != 0;
        if (val == 0) skb_queue_purge(&sk->sk_error_queue);
        return 0;
    case IP_MULTICAST_TTL:
        if (sk->sk_type == SOCK_STREAM || optlen < 1) return -EINVAL;
        return set_in_range(&inet->mc_ttl, val == -1 ? 1 : val, 0, 255);
    case IP_MULTICAST_LOOP:
        return set_bool(&inet->mc_loop, val, optlen);
    case IP_FREEBIND:
        return set_bool(&inet->freebind, val, optlen);
    case IP_TRANSPARENT:
        return set_bool(&inet->transparent, val, optlen);
    case IP_MINTTL:
        return optlen < 1 ? -EINVAL : set_in_range(&inet->min_ttl, val, 0, 255);
    case IP_UNICAST_IF:
        return optlen != sizeof(int) ? -EINVAL : set_unicast_if(sk, val);
    case IP_MULTICAST_IF:
        return set_multicast_if(sk, optval, optlen);
    case IP_ADD_MEMBERSHIP:
    case IP_DROP_MEMBERSHIP:
        return set_membership(sk, optname, optval, optlen);
    case IP_LOCAL_PORT_RANGE:
        return set_local_port_range(inet, val, optlen);
    default:
        return -ENOPROTOOPT;
    }
}

// Linux 6.1: net/ipv4/ip_sockglue.c
int do_ip_setsockopt(sock *sk, int optname, const void *optval, unsigned optlen) {
    TRACE_FN();
    sockopt_lock_sock(sk);
    const int err = set_ip_option(sk, optname, optval, optlen);
    sockopt_release_sock(sk);
    return TRACE_RET(err);
}

} // namespace

// Linux 6.1: net/ipv4/ip_sockglue.c
int ip_setsockopt(sock *sk, int level, int optname, const void *optval, unsigned optlen) {
    TRACE_FN();
    if (level != SOL_IP) return TRACE_RET(-ENOPROTOOPT);
    return TRACE_RET(do_ip_setsockopt(sk, optname, optval, optlen));
}

} // namespace skbscope::stack
