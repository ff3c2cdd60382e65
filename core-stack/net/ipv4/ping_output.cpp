// SPDX-License-Identifier: GPL-2.0-or-later
// Sending an echo request: the process writes an ICMP header of which only type, code and sequence are taken.
// Linux 6.1: net/ipv4/ping.c
#include "net/ipv4/ping_internal.h"

#include "linux/errno.h"
#include "linux/trace_fn.h"
#include "net/icmp.h"
#include "net/ip.h"
#include "net/route.h"

#include <cstring>

namespace skbscope::stack {

namespace {

struct pingfakehdr {
    icmphdr icmph;
    msghdr *msg = nullptr;
    wsum wcheck = 0;
};

// Linux 6.1: net/ipv4/ping.c
int ping_getfrag(void *from, u8 *to, int, int fraglen, int, sk_buff *skb) {
    TRACE_FN(skb);
    auto *pfh = static_cast<pingfakehdr *>(from);
    const bool ok =
        csum_and_copy_from_iter_full(to, static_cast<std::size_t>(fraglen), &pfh->wcheck, &pfh->msg->msg_iter);
    return TRACE_RET(ok ? 0 : -EFAULT);
}

// Linux 6.1: net/ipv4/ping.c
int ping_v4_push_pending_frames(sock *sk, pingfakehdr *pfh, flowi4 *fl4) {
    TRACE_FN();
    sk_buff *skb = skb_peek(&sk->sk_write_queue);
    if (!skb) return TRACE_RET(0);
    pfh->wcheck = csum_partial(&pfh->icmph, sizeof(icmphdr), pfh->wcheck);
    pfh->icmph.checksum = csum_fold(pfh->wcheck);
    std::memcpy(static_cast<void *>(icmp_hdr(skb)), &pfh->icmph, sizeof(icmphdr));
    skb->ip_summed = CHECKSUM_NONE;
    return TRACE_RET(ip_push_pending_frames(sk, fl4));
}

// Takes the header off what is sent. Linux 6.1: net/ipv4/ping.c
int ping_common_sendmsg(msghdr *msg, std::size_t len, icmphdr *user_icmph) {
    TRACE_FN();
    if (len > 0xffff) return TRACE_RET(-EMSGSIZE);
    if (len < sizeof(*user_icmph)) return TRACE_RET(-EINVAL);
    if ((msg->msg_flags & MSG_OOB) != 0) return TRACE_RET(-EOPNOTSUPP);
    if (!copy_from_iter_full(user_icmph, sizeof(*user_icmph), &msg->msg_iter)) return TRACE_RET(-EFAULT);
    return TRACE_RET(ping_supported(user_icmph->type, user_icmph->code) ? 0 : -EINVAL);
}

int ping_send_address(const sock *sk, const msghdr *msg, be32 *daddr) {
    const auto *usin = static_cast<const sockaddr_in *>(msg->msg_name);
    if (!usin) {
        if (sk->sk_state != TCP_ESTABLISHED) return -EDESTADDRREQ;
        *daddr = sk->inet_daddr;
        return 0;
    }
    if (static_cast<std::size_t>(msg->msg_namelen) < sizeof(*usin)) return -EINVAL;
    if (usin->sin_family != AF_INET) return -EAFNOSUPPORT;
    *daddr = usin->sin_addr;
    return 0;
}

int ping_send_routed(sock *sk, msghdr *msg, std::size_t len, const icmphdr &user_icmph, flowi4 *fl4, ipcm_cookie *ipc,
                     rtable **rt) {
    if (((*rt)->rt_flags & RTCF_BROADCAST) != 0 && !sock_flag(sk, SOCK_BROADCAST)) return -EACCES;
    if ((msg->msg_flags & MSG_CONFIRM) != 0 && (msg->msg_flags & MSG_PROBE) != 0)
        dst_confirm_neigh(&(*rt)->dst, &fl4->daddr);
    if (!ipc->addr) ipc->addr = fl4->daddr;
    lock_sock(sk);
    pingfakehdr pfh;
    pfh.icmph.type = user_icmph.type;
    pfh.icmph.code = user_icmph.code;
    pfh.icmph.un.echo.id = inet_sk(sk)->inet_sport;
    pfh.icmph.un.echo.sequence = user_icmph.un.echo.sequence;
    pfh.msg = msg;
    int err =
        ip_append_data(sk, fl4, ping_getfrag, &pfh, static_cast<int>(len), sizeof(icmphdr), ipc, rt, msg->msg_flags);
    if (err != 0)
        ip_flush_pending_frames(sk);
    else
        err = ping_v4_push_pending_frames(sk, &pfh, fl4);
    release_sock(sk);
    return err;
}

} // namespace

// Linux 6.1: net/ipv4/ping.c
int ping_v4_sendmsg(sock *sk, msghdr *msg, std::size_t len) {
    TRACE_FN();
    const inet_sock *inet = inet_sk(sk);
    icmphdr user_icmph;
    be32 daddr;
    int err = ping_common_sendmsg(msg, len, &user_icmph);
    if (err == 0) err = ping_send_address(sk, msg, &daddr);
    if (err != 0) return TRACE_RET(err);

    ipcm_cookie ipc;
    ipcm_init_sk(&ipc, inet);
    ip_options_data opt_copy;
    if (inet->inet_opt) {
        opt_copy.opt = *inet->inet_opt;
        ipc.opt = &opt_copy.opt;
    }
    be32 saddr = ipc.addr, faddr = daddr;
    ipc.addr = daddr;
    if (ipc.opt && ipc.opt->opt.srr != 0) {
        if (!daddr) return TRACE_RET(-EINVAL);
        faddr = ipc.opt->opt.faddr;
    }
    u8 tos = get_rttos(&ipc, inet);
    if (sock_flag(sk, SOCK_LOCALROUTE) || (msg->msg_flags & MSG_DONTROUTE) != 0 ||
        (ipc.opt && ipc.opt->opt.is_strictroute))
        tos |= RTO_ONLINK;
    if (ipv4_is_multicast(daddr)) {
        if (ipc.oif == 0) ipc.oif = inet->mc_index;
        if (!saddr) saddr = inet->mc_addr;
    } else if (ipc.oif == 0) {
        ipc.oif = inet->uc_index;
    }

    flowi4 fl4;
    flowi4_init_output(&fl4, ipc.oif, ipc.sockc.mark, tos, RT_SCOPE_UNIVERSE, static_cast<u8>(sk->sk_protocol),
                       inet_sk_flowi_flags(sk), faddr, saddr, be16{}, be16{}, sk->sk_uid);
    fl4.fl4_icmp_type = user_icmph.type;
    fl4.fl4_icmp_code = user_icmph.code;
    rtable *rt = ip_route_output_flow(sock_net(sk), &fl4, sk);
    if (IS_ERR(rt)) {
        err = PTR_ERR(rt);
        rt = nullptr;
        if (err == -ENETUNREACH) IP_INC_STATS(sock_net(sk), IPSTATS_MIB_OUTNOROUTES);
    } else {
        err = ping_send_routed(sk, msg, len, user_icmph, &fl4, &ipc, &rt);
    }
    ip_rt_put(rt);
    return TRACE_RET(err != 0 ? err : static_cast<int>(len));
}

} // namespace skbscope::stack
