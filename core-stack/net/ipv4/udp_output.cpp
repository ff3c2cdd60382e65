// SPDX-License-Identifier: GPL-2.0-or-later
// Sending a datagram: to whom, by which route, in one go or corked; then the UDP header and its checksum.
// Linux 6.1: net/ipv4/udp.c
//
// IP makes the buffer with room for all headers and fills the payload in (ip_make_skb), UDP writes its header into the
// room left for it, IP sends it. A corked socket (UDP_CORK, MSG_MORE) collects payload first.
//
// Left out: control messages but UDP's own, UDP-Lite, cgroup BPF programs.
#include "net/udp.h"

#include "linux/errno.h"
#include "linux/trace_fn.h"
#include "net/inet_common.h"
#include "net/l3mdev.h"
#include "net/route.h"

namespace skbscope::stack {

// Linux 6.1: net/ipv4/udp.c
void udp_flush_pending_frames(sock *sk) {
    TRACE_FN();
    udp_sock *up = udp_sk(sk);
    if (up->pending == 0) return;
    up->len = 0;
    up->pending = 0;
    ip_flush_pending_frames(sk);
}

namespace {

// Of a datagram whose payload was summed while it was copied. Linux 6.1: include/net/udp.h
wsum udp_csum(const sk_buff *skb) {
    wsum csum = csum_partial(skb_transport_header(skb), sizeof(udphdr), skb->csum);
    for (const sk_buff *frag = skb_shinfo(skb)->frag_list; frag; frag = frag->next)
        csum = csum_add(csum, frag->csum);
    return csum;
}

// UDP_SEGMENT: one buffer for many datagrams, cut up as late as possible. 0, or the buffer is gone with an errno.
int udp_set_gso(sk_buff *skb, const inet_cork *cork, int datalen) {
    const unsigned hlen = skb_network_header_len(skb) + sizeof(udphdr);
    const sock *sk = skb->sk;
    int err = 0;
    if (hlen + std::min(static_cast<unsigned>(datalen), unsigned{cork->gso_size}) > cork->fragsize)
        err = -EMSGSIZE;
    else if (datalen > static_cast<int>(cork->gso_size * UDP_MAX_SEGMENTS) || sk->sk_no_check_tx)
        err = -EINVAL;
    else if (skb->ip_summed != CHECKSUM_PARTIAL || dst_xfrm(skb_dst(skb)))
        err = -EIO;
    if (err != 0) {
        kfree_skb(skb);
        return err;
    }
    if (datalen > cork->gso_size) {
        skb_shared_info *shinfo = skb_shinfo(skb);
        shinfo->gso_size = cork->gso_size;
        shinfo->gso_type = SKB_GSO_UDP_L4;
        shinfo->gso_segs = static_cast<u16>(DIV_ROUND_UP(datalen, int{cork->gso_size}));
    }
    return 0;
}

// Linux 6.1: net/ipv4/udp.c
int udp_send_skb(sk_buff *skb, flowi4 *fl4, const inet_cork *cork) {
    TRACE_FN(skb);
    sock *sk = skb->sk;
    const inet_sock *inet = inet_sk(sk);
    const u32 len = skb->len - static_cast<u32>(skb_transport_offset(skb));

    udphdr *uh = udp_hdr(skb);
    uh->source = inet->inet_sport;
    uh->dest = fl4->fl4_dport;
    uh->len = cpu_to_be16(static_cast<u16>(len));
    uh->check = 0;

    if (cork->gso_size != 0) {
        const int err = udp_set_gso(skb, cork, static_cast<int>(len - sizeof(udphdr)));
        if (err != 0) return TRACE_RET(err);
        udp4_hwcsum(skb, fl4->saddr, fl4->daddr);
    } else if (sk->sk_no_check_tx) {
        skb->ip_summed = CHECKSUM_NONE;
    } else if (skb->ip_summed == CHECKSUM_PARTIAL) {
        udp4_hwcsum(skb, fl4->saddr, fl4->daddr);
    } else {
        uh->check = csum_tcpudp_magic(fl4->saddr, fl4->daddr, len, static_cast<u8>(sk->sk_protocol), udp_csum(skb));
        if (uh->check == 0) uh->check = CSUM_MANGLED_0;
    }

    int err = ip_send_skb(sock_net(sk), skb);
    if (err == 0) {
        UDP_INC_STATS(sock_net(sk), UDP_MIB_OUTDATAGRAMS);
    } else if (err == -ENOBUFS && !inet->recverr) {
        // Lost on the way out: a datagram may be lost, so the process is told only if it asked for errors.
        UDP_INC_STATS(sock_net(sk), UDP_MIB_SNDBUFERRORS);
        err = 0;
    }
    return TRACE_RET(err);
}

} // namespace

// Everything corked becomes one datagram. The socket is locked. Linux 6.1: net/ipv4/udp.c
int udp_push_pending_frames(sock *sk) {
    TRACE_FN();
    udp_sock *up = udp_sk(sk);
    flowi4 *fl4 = &up->cork.fl;
    int err = 0;
    if (sk_buff *skb = ip_finish_skb(sk, fl4)) err = udp_send_skb(skb, fl4, &up->cork.base);
    up->len = 0;
    up->pending = 0;
    return TRACE_RET(err);
}

namespace {

// One call's state, handed between the steps of udp_sendmsg().
struct udp_send {
    udp_send(sock *s, msghdr *m) : sk(s), msg(m) {}
    sock *sk;
    msghdr *msg;
    be32 daddr, saddr, faddr; // peer, own, first hop
    be16 dport;
    bool connected = false; // the socket's cached route may be used
    u8 tos = 0;
    ipcm_cookie ipc;
    ip_options_data opt_copy;
    flowi4 fl4_stack;
    flowi4 *fl4 = nullptr;
    rtable *rt = nullptr;
    bool routed = false; // a route was asked for: it must be put, also when there is none
};

// Where to: the call's address, or the one the socket is connected to.
int udp_send_address(udp_send *s) {
    const auto *usin = static_cast<const sockaddr_in *>(s->msg->msg_name);
    if (!usin) {
        if (s->sk->sk_state != TCP_ESTABLISHED) return -EDESTADDRREQ;
        s->daddr = s->sk->inet_daddr;
        s->dport = s->sk->inet_dport;
        s->connected = true;
        return 0;
    }
    if (static_cast<std::size_t>(s->msg->msg_namelen) < sizeof(*usin)) return -EINVAL;
    if (usin->sin_family != AF_INET && usin->sin_family != AF_UNSPEC) return -EAFNOSUPPORT;
    s->daddr = usin->sin_addr;
    s->dport = usin->sin_port;
    return s->dport ? 0 : -EINVAL;
}

// What the socket is set to for every send, and what this one's control messages say. Those of other layers (ttl, mark,
// source address ...) are not modelled: they are refused like unknown ones.
int udp_send_cookie(udp_send *s) {
    ipcm_init_sk(&s->ipc, inet_sk(s->sk));
    s->ipc.gso_size = udp_sk(s->sk)->gso_size;
    if (s->msg->msg_controllen == 0) return 0;
    const int err = udp_cmsg_send(s->sk, s->msg, &s->ipc.gso_size);
    return err > 0 ? -EINVAL : err;
}

// IP options, type of service, outgoing device: what the route depends on besides the address.
int udp_send_settings(udp_send *s) {
    const inet_sock *inet = inet_sk(s->sk);
    if (inet->inet_opt) {
        s->opt_copy.opt = *inet->inet_opt;
        s->ipc.opt = &s->opt_copy.opt;
    }
    s->saddr = s->ipc.addr;
    s->ipc.addr = s->faddr = s->daddr;
    if (s->ipc.opt && s->ipc.opt->opt.srr != 0) {
        if (!s->daddr) return -EINVAL;
        s->faddr = s->ipc.opt->opt.faddr;
        s->connected = false;
    }
    s->tos = get_rttos(&s->ipc, inet);
    if (sock_flag(s->sk, SOCK_LOCALROUTE) || (s->msg->msg_flags & MSG_DONTROUTE) != 0 ||
        (s->ipc.opt && s->ipc.opt->opt.is_strictroute)) {
        s->tos |= RTO_ONLINK;
        s->connected = false;
    }
    if (ipv4_is_multicast(s->daddr)) {
        if (s->ipc.oif == 0) s->ipc.oif = inet->mc_index;
        if (!s->saddr) s->saddr = inet->mc_addr;
        s->connected = false;
    } else if (s->ipc.oif == 0) {
        s->ipc.oif = inet->uc_index;
    } else if (ipv4_is_lbcast(s->daddr) && inet->uc_index != 0 && s->ipc.oif != inet->uc_index &&
               s->ipc.oif == l3mdev_master_ifindex_by_index(sock_net(s->sk), inet->uc_index)) {
        s->ipc.oif = inet->uc_index;
    }
    return 0;
}

// The socket's cached route, or a new one. 0 with s->rt held, or an errno.
int udp_send_route(udp_send *s) {
    sock *sk = s->sk;
    s->routed = true;
    if (s->connected) s->rt = dst_rtable(sk_dst_check(sk, 0));
    if (s->rt) return 0;
    net *ns = sock_net(sk);
    s->fl4 = &s->fl4_stack;
    flowi4_init_output(s->fl4, s->ipc.oif, s->ipc.sockc.mark, s->tos, RT_SCOPE_UNIVERSE,
                       static_cast<u8>(sk->sk_protocol), inet_sk_flowi_flags(sk), s->faddr, s->saddr, s->dport,
                       inet_sk(sk)->inet_sport, sk->sk_uid);
    s->rt = ip_route_output_flow(ns, s->fl4, sk);
    if (IS_ERR(s->rt)) {
        const int err = PTR_ERR(s->rt);
        s->rt = nullptr;
        if (err == -ENETUNREACH) IP_INC_STATS(ns, IPSTATS_MIB_OUTNOROUTES);
        return err;
    }
    if ((s->rt->rt_flags & RTCF_BROADCAST) != 0 && !sock_flag(sk, SOCK_BROADCAST)) return -EACCES;
    if (s->connected) sk_dst_set(sk, dst_clone(&s->rt->dst));
    return 0;
}

// The socket is locked and stays so only inside: adds to what is corked, and sends it unless more is to come.
int udp_append_data(udp_send *s, int ulen, bool corkreq) {
    udp_sock *up = udp_sk(s->sk);
    up->len = static_cast<u16>(up->len + ulen);
    int err = ip_append_data(s->sk, s->fl4, ip_generic_getfrag, s->msg, ulen, sizeof(udphdr), &s->ipc, &s->rt,
                             corkreq ? s->msg->msg_flags | MSG_MORE : s->msg->msg_flags);
    if (err != 0)
        udp_flush_pending_frames(s->sk);
    else if (!corkreq)
        err = udp_push_pending_frames(s->sk);
    else if (skb_queue_empty(&s->sk->sk_write_queue))
        up->pending = 0;
    release_sock(s->sk);
    return err;
}

// Starts corking. The lock is kept by the caller's next step only on success.
int udp_start_cork(udp_send *s) {
    udp_sock *up = udp_sk(s->sk);
    lock_sock(s->sk);
    if (up->pending != 0) { // corked by someone else meanwhile
        release_sock(s->sk);
        return -EINVAL;
    }
    s->fl4 = &up->cork.fl;
    s->fl4->daddr = s->daddr;
    s->fl4->saddr = s->saddr;
    s->fl4->fl4_dport = s->dport;
    s->fl4->fl4_sport = up->inet_sport;
    up->pending = AF_INET;
    return 0;
}

// Everything but the first append to a corked socket. ulen: payload and UDP header.
int udp_send_new(udp_send *s, int ulen, std::size_t len, bool corkreq) {
    int err = udp_send_address(s);
    if (err == 0) err = udp_send_cookie(s);
    if (err == 0) err = udp_send_settings(s);
    if (err == 0) err = udp_send_route(s);
    if (err != 0) return err;

    if ((s->msg->msg_flags & MSG_CONFIRM) != 0) {
        if ((s->msg->msg_flags & MSG_PROBE) != 0) dst_confirm_neigh(&s->rt->dst, &s->fl4->daddr);
        if ((s->msg->msg_flags & MSG_PROBE) != 0 && len == 0) return 0;
    }
    s->saddr = s->fl4->saddr;
    if (!s->ipc.addr) s->daddr = s->ipc.addr = s->fl4->daddr;

    if (corkreq) {
        err = udp_start_cork(s);
        return err != 0 ? err : udp_append_data(s, ulen, corkreq);
    }
    inet_cork cork;
    sk_buff *skb = ip_make_skb(s->sk, s->fl4, ip_generic_getfrag, s->msg, ulen, sizeof(udphdr), &s->ipc, &s->rt, &cork,
                               s->msg->msg_flags);
    if (IS_ERR_OR_NULL(skb)) return PTR_ERR(skb);
    return udp_send_skb(skb, s->fl4, &cork);
}

} // namespace

// Bytes sent, or a negative errno. Linux 6.1: net/ipv4/udp.c
int udp_sendmsg(sock *sk, msghdr *msg, std::size_t len) {
    TRACE_FN();
    udp_sock *up = udp_sk(sk);
    const bool corkreq = udp_test_bit(UDP_FLAGS_CORK, sk) || (msg->msg_flags & MSG_MORE) != 0;
    if (len > 0xffff) return TRACE_RET(-EMSGSIZE);
    if ((msg->msg_flags & MSG_OOB) != 0) return TRACE_RET(-EOPNOTSUPP);

    udp_send s(sk, msg);
    s.fl4 = &up->cork.fl;
    int err = 0;
    bool appended = false;
    if (up->pending != 0) {
        lock_sock(sk);
        if (up->pending != 0) {
            if (up->pending != AF_INET) {
                release_sock(sk);
                return TRACE_RET(-EINVAL);
            }
            err = udp_append_data(&s, static_cast<int>(len), corkreq);
            appended = true;
        } else {
            release_sock(sk);
        }
    }
    if (!appended) err = udp_send_new(&s, static_cast<int>(len + sizeof(udphdr)), len, corkreq);

    if (appended || s.routed) ip_rt_put(s.rt);
    if (err == 0) return TRACE_RET(static_cast<int>(len));
    if (err == -ENOBUFS || test_bit(SOCK_NOSPACE, &sk->sk_socket->flags))
        UDP_INC_STATS(sock_net(sk), UDP_MIB_SNDBUFERRORS);
    return TRACE_RET(err);
}

} // namespace skbscope::stack
