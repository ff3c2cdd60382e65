// SPDX-License-Identifier: GPL-2.0-or-later
// Sending through a raw socket: the process writes everything behind the IP header, or with IP_HDRINCL the header as
// well. Linux 6.1: net/ipv4/raw.c
#include "net/ipv4/raw_internal.h"

#include "linux/errno.h"
#include "linux/netfilter.h"
#include "linux/trace_fn.h"
#include "net/icmp.h"
#include "net/ip.h"
#include "net/l3mdev.h"
#include "net/route.h"

#include <cstring>

namespace skbscope::stack {

namespace {

// What raw_getfrag() copies from: the first bytes were read already, to look at them.
struct raw_frag_vec {
    msghdr *msg = nullptr;
    union {
        u8 c[sizeof(icmphdr)];
        u64 aligned;
    } hdr{};
    int hlen = 0;
};

// The caller's IP header, completed where it left zeroes. 0 or -EINVAL: its length is impossible.
int raw_complete_header(net *ns, sk_buff *skb, const flowi4 *fl4, std::size_t length) {
    iphdr *iph = ip_hdr(skb);
    const unsigned iphlen = iph->ihl * 4U;
    if (iphlen > length || iphlen < sizeof(*iph)) return -EINVAL;
    if (!iph->saddr) iph->saddr = fl4->saddr;
    iph->check = 0;
    iph->tot_len = cpu_to_be16(static_cast<u16>(length));
    if (!iph->id) ip_select_ident(ns, skb, nullptr);
    iph->check = ip_fast_csum(iph, iph->ihl);
    skb->transport_header = static_cast<u16>(skb->transport_header + iphlen);
    if (iph->protocol == IPPROTO_ICMP && length >= iphlen + sizeof(icmphdr))
        icmp_out_count(ns, reinterpret_cast<const icmphdr *>(skb_transport_header(skb))->type);
    return 0;
}

int raw_send_failed(net *ns, const inet_sock *inet, int err) {
    IP_INC_STATS(ns, IPSTATS_MIB_OUTDISCARDS);
    return err == -ENOBUFS && !inet->recverr ? 0 : err;
}

// Linux 6.1: net/ipv4/raw.c
int raw_send_hdrinc(sock *sk, const flowi4 *fl4, msghdr *msg, std::size_t length, rtable **rtp, unsigned flags,
                    const sockcm_cookie *sockc) {
    TRACE_FN();
    inet_sock *inet = inet_sk(sk);
    net *ns = sock_net(sk);
    rtable *rt = *rtp;
    if (length > rt->dst.dev->mtu) {
        ip_local_error(sk, EMSGSIZE, fl4->daddr, inet->inet_dport, rt->dst.dev->mtu);
        return TRACE_RET(-EMSGSIZE);
    }
    if (length < sizeof(iphdr)) return TRACE_RET(-EINVAL);
    if ((flags & MSG_PROBE) != 0) return TRACE_RET(0);

    const unsigned hlen = LL_RESERVED_SPACE(rt->dst.dev);
    const unsigned tlen = rt->dst.dev->needed_tailroom;
    int err = 0;
    sk_buff *skb = sock_alloc_send_skb(sk, length + hlen + tlen + 15, (flags & MSG_DONTWAIT) != 0, &err);
    if (!skb) return TRACE_RET(raw_send_failed(ns, inet, err));
    skb_reserve(skb, static_cast<int>(hlen));
    skb->protocol = cpu_to_be16(ETH_P_IP);
    skb->priority = sk->sk_priority;
    skb->mark = sockc->mark;
    skb_dst_set(skb, &rt->dst);
    *rtp = nullptr;
    skb_reset_network_header(skb);
    skb_put(skb, static_cast<unsigned>(length));
    skb->ip_summed = CHECKSUM_NONE;
    if ((flags & MSG_CONFIRM) != 0) skb_set_dst_pending_confirm(skb, 1);
    skb->transport_header = skb->network_header;

    err =
        copy_from_iter_full(ip_hdr(skb), length, &msg->msg_iter) ? raw_complete_header(ns, skb, fl4, length) : -EFAULT;
    if (err != 0) {
        kfree_skb(skb);
        return TRACE_RET(raw_send_failed(ns, inet, err));
    }
    err = NF_HOOK(NFPROTO_IPV4, NF_INET_LOCAL_OUT, ns, sk, skb, nullptr, rt->dst.dev, dst_output);
    if (err > 0) err = net_xmit_errno(err);
    return TRACE_RET(err != 0 ? raw_send_failed(ns, inet, err) : 0);
}

// ICMP's type and code are part of what a route may be chosen by. Linux 6.1: net/ipv4/raw.c
int raw_probe_proto_opt(raw_frag_vec *rfv, flowi4 *fl4) {
    TRACE_FN();
    if (fl4->flowi4_proto != IPPROTO_ICMP) return TRACE_RET(0);
    rfv->hlen = 2;
    if (!copy_from_iter_full(rfv->hdr.c, 2, &rfv->msg->msg_iter)) return TRACE_RET(-EFAULT);
    fl4->fl4_icmp_type = rfv->hdr.c[0];
    fl4->fl4_icmp_code = rfv->hdr.c[1];
    return TRACE_RET(0);
}

// Linux 6.1: net/ipv4/raw.c
int raw_getfrag(void *from, u8 *to, int offset, int len, int odd, sk_buff *skb) {
    TRACE_FN(skb);
    auto *rfv = static_cast<raw_frag_vec *>(from);
    if (offset < rfv->hlen) {
        const int copy = std::min(rfv->hlen - offset, len);
        const auto bytes = static_cast<std::size_t>(copy);
        if (skb->ip_summed == CHECKSUM_PARTIAL)
            std::memcpy(to, rfv->hdr.c + offset, bytes);
        else
            skb->csum = csum_block_add(skb->csum, csum_partial_copy_nocheck(rfv->hdr.c + offset, to, bytes),
                                       static_cast<std::size_t>(odd));
        odd = 0;
        offset += copy;
        to += copy;
        len -= copy;
        if (len == 0) return TRACE_RET(0);
    }
    return TRACE_RET(ip_generic_getfrag(rfv->msg, to, offset - rfv->hlen, len, odd, skb));
}

// Where to: the call's address, or the one the socket is connected to.
int raw_send_address(const sock *sk, const msghdr *msg, be32 *daddr) {
    if (msg->msg_namelen == 0) {
        if (sk->sk_state != TCP_ESTABLISHED) return -EDESTADDRREQ;
        *daddr = sk->inet_daddr;
        return 0;
    }
    const auto *usin = static_cast<const sockaddr_in *>(msg->msg_name);
    if (static_cast<std::size_t>(msg->msg_namelen) < sizeof(*usin)) return -EINVAL;
    if (usin->sin_family != AF_INET && usin->sin_family != AF_UNSPEC) return -EAFNOSUPPORT;
    *daddr = usin->sin_addr;
    return 0;
}

// Chooses the outgoing device, and the source of a group's packets.
void raw_send_device(const sock *sk, be32 daddr, ipcm_cookie *ipc, be32 *saddr) {
    const inet_sock *inet = inet_sk(sk);
    if (ipv4_is_multicast(daddr)) {
        if (ipc->oif == 0) ipc->oif = inet->mc_index;
        if (!*saddr) *saddr = inet->mc_addr;
    } else if (ipc->oif == 0) {
        ipc->oif = inet->uc_index;
    } else if (ipv4_is_lbcast(daddr) && inet->uc_index != 0 && ipc->oif != inet->uc_index &&
               ipc->oif == l3mdev_master_ifindex_by_index(sock_net(sk), inet->uc_index)) {
        ipc->oif = inet->uc_index;
    }
}

// The route is found: builds the packet.
int raw_send_routed(sock *sk, msghdr *msg, std::size_t len, raw_frag_vec *rfv, flowi4 *fl4, ipcm_cookie *ipc,
                    rtable **rt) {
    const inet_sock *inet = inet_sk(sk);
    if (((*rt)->rt_flags & RTCF_BROADCAST) != 0 && !sock_flag(sk, SOCK_BROADCAST)) return -EACCES;
    if ((msg->msg_flags & MSG_CONFIRM) != 0 && (msg->msg_flags & MSG_PROBE) != 0) {
        dst_confirm_neigh(&(*rt)->dst, &fl4->daddr);
        if (len == 0) return 0;
    }
    if (inet->hdrincl) return raw_send_hdrinc(sk, fl4, msg, len, rt, msg->msg_flags, &ipc->sockc);
    if (!ipc->addr) ipc->addr = fl4->daddr;
    lock_sock(sk);
    int err = ip_append_data(sk, fl4, raw_getfrag, rfv, static_cast<int>(len), 0, ipc, rt, msg->msg_flags);
    if (err != 0) {
        ip_flush_pending_frames(sk);
    } else if ((msg->msg_flags & MSG_MORE) == 0) {
        err = ip_push_pending_frames(sk, fl4);
        if (err == -ENOBUFS && !inet->recverr) err = 0;
    }
    release_sock(sk);
    return err;
}

} // namespace

// Linux 6.1: net/ipv4/raw.c
int raw_sendmsg(sock *sk, msghdr *msg, std::size_t len) {
    TRACE_FN();
    const inet_sock *inet = inet_sk(sk);
    if (len > 0xffff) return TRACE_RET(-EMSGSIZE);
    if ((msg->msg_flags & MSG_OOB) != 0) return TRACE_RET(-EOPNOTSUPP);
    be32 daddr;
    int err = raw_send_address(sk, msg, &daddr);
    if (err != 0) return TRACE_RET(err);

    ipcm_cookie ipc;
    ipcm_init_sk(&ipc, inet);
    const bool hdrincl = inet->hdrincl;
    if (hdrincl) ipc.protocol = IPPROTO_RAW;
    be32 saddr = ipc.addr;
    ipc.addr = daddr;
    ip_options_data opt_copy;
    rtable *rt = nullptr;
    if (inet->inet_opt) {
        opt_copy.opt = *inet->inet_opt;
        ipc.opt = &opt_copy.opt;
        // Who writes the header writes its options too.
        if (hdrincl || (ipc.opt->opt.srr != 0 && !daddr)) return TRACE_RET(-EINVAL);
        if (ipc.opt->opt.srr != 0) daddr = ipc.opt->opt.faddr;
    }
    u8 tos = get_rtconn_flags(&ipc, sk);
    if ((msg->msg_flags & MSG_DONTROUTE) != 0) tos |= RTO_ONLINK;
    raw_send_device(sk, daddr, &ipc, &saddr);

    flowi4 fl4;
    flowi4_init_output(&fl4, ipc.oif, ipc.sockc.mark, tos, RT_SCOPE_UNIVERSE,
                       hdrincl ? ipc.protocol : static_cast<u8>(sk->sk_protocol),
                       static_cast<u8>(inet_sk_flowi_flags(sk) | (hdrincl ? FLOWI_FLAG_KNOWN_NH : 0)), daddr, saddr,
                       be16{}, be16{}, sk->sk_uid);
    raw_frag_vec rfv;
    rfv.msg = msg;
    if (!hdrincl) err = raw_probe_proto_opt(&rfv, &fl4);
    if (err == 0) {
        rt = ip_route_output_flow(sock_net(sk), &fl4, sk);
        if (IS_ERR(rt)) {
            err = PTR_ERR(rt);
            rt = nullptr;
        } else {
            err = raw_send_routed(sk, msg, len, &rfv, &fl4, &ipc, &rt);
        }
    }
    ip_rt_put(rt);
    return TRACE_RET(err < 0 ? err : static_cast<int>(len));
}

} // namespace skbscope::stack
