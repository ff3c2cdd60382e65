// SPDX-License-Identifier: GPL-2.0-or-later
// Sending ICMP: a token bucket for the whole namespace and one for each peer, a route back, the message itself.
// Linux 6.1: net/ipv4/icmp.c
#include "net/ipv4/icmp_internal.h"

#include "linux/errno.h"
#include "linux/random.h"
#include "linux/trace_fn.h"
#include "net/inet_globals.h"
#include "net/inetpeer.h"
#include "net/ip_fib.h"
#include "net/l3mdev.h"
#include "net/route.h"
#include "net/xfrm.h"

#include <algorithm>
#include <utility>

namespace skbscope::stack {

namespace {

inline constexpr be32 INADDR_DUMMY = cpu_to_be32(0xc0000008); // 192.0.0.8

// This CPU's socket; null: it is in use, an ICMP packet failed on its way out. Softirqs are off.
sock *icmp_xmit_lock(net *ns) {
    TRACE_FN();
    sock *sk = inet_global().ipv4_icmp_sk[smp_processor_id()];
    if (!spin_trylock(&sk->sk_lock.slock)) return nullptr;
    sock_net_set(sk, ns);
    return sk;
}

void icmp_xmit_unlock(sock *sk) {
    TRACE_FN();
    sock_net_set(sk, init_net());
    spin_unlock(&sk->sk_lock.slock);
}

} // namespace

// --- rate limits ----------------------------------------------------------------------------------------------------

// A token bucket: msgs_per_sec, at most msgs_burst at once. Taking a token is icmp_global_consume()'s.
// Linux 6.1: net/ipv4/icmp.c
bool icmp_global_allow(net *ns) {
    TRACE_FN();
    netns_ipv4 &v4 = ns->ipv4;
    if (v4.icmp_global_credit > 0) return TRACE_RET(true);
    const u32 now = static_cast<u32>(jiffies_now());
    const u32 delta = std::min(now - v4.icmp_global_stamp, static_cast<u32>(HZ));
    if (delta < HZ / 50) return TRACE_RET(false);
    const int incr = static_cast<int>(static_cast<u64>(v4.sysctl_icmp_msgs_per_sec) * delta / HZ);
    if (incr == 0) return TRACE_RET(false);
    v4.icmp_global_stamp = now;
    v4.icmp_global_credit = std::min(v4.icmp_global_credit + incr, v4.sysctl_icmp_msgs_burst);
    return TRACE_RET(true);
}

// 0 to 2 tokens, by chance: who counts our messages learns nothing of others' ports. Linux 6.1: net/ipv4/icmp.c
void icmp_global_consume(net *ns) {
    TRACE_FN();
    ns->ipv4.icmp_global_credit -= static_cast<int>(get_random_u32_below(3));
}

namespace {

// Types that are never limited. Linux 6.1: net/ipv4/icmp.c
bool icmpv4_mask_allow(const net *ns, int type, int code) {
    TRACE_FN();
    if (type > NR_ICMP_TYPES) return TRACE_RET(true);
    if (type == ICMP_DEST_UNREACH && code == ICMP_FRAG_NEEDED) return TRACE_RET(true);
    return TRACE_RET(((1 << type) & ns->ipv4.sysctl_icmp_ratemask) == 0);
}

// *apply_ratelimit: the peer's bucket is to be asked as well. Linux 6.1: net/ipv4/icmp.c
bool icmpv4_global_allow(net *ns, int type, int code, bool *apply_ratelimit) {
    TRACE_FN();
    if (icmpv4_mask_allow(ns, type, code)) return TRACE_RET(true);
    if (icmp_global_allow(ns)) {
        *apply_ratelimit = true;
        return TRACE_RET(true);
    }
    ICMP_INC_STATS(ns, ICMP_MIB_RATELIMITGLOBAL);
    return TRACE_RET(false);
}

// Linux 6.1: net/ipv4/icmp.c
bool icmpv4_xrlim_allow(net *ns, const rtable *rt, const flowi4 *fl4, bool apply_ratelimit) {
    TRACE_FN();
    if (!apply_ratelimit) return TRACE_RET(true);
    bool rc = true;
    const net_device *dev = rt->dst.dev;
    if (!dev || (dev->flags & IFF_LOOPBACK) == 0) {
        inet_peer *peer = inet_getpeer_v4(ns->ipv4.peers, fl4->daddr, l3mdev_master_ifindex_rcu(dev));
        rc = inet_peer_xrlim_allow(peer, ns->ipv4.sysctl_icmp_ratelimit);
    }
    if (!rc)
        ICMP_INC_STATS(ns, ICMP_MIB_RATELIMITHOST);
    else
        icmp_global_consume(ns);
    return TRACE_RET(rc);
}

} // namespace

// Linux 6.1: net/ipv4/icmp.c
void icmp_out_count(net *ns, u8 type) {
    TRACE_FN();
    ++ns->mib.icmpmsg_statistics.mibs[256U + type];
    ICMP_INC_STATS(ns, ICMP_MIB_OUTMSGS);
}

// --- the message ----------------------------------------------------------------------------------------------------

namespace {

// Bytes of the answered packet, summed on the way. Linux 6.1: net/ipv4/icmp.c
int icmp_glue_bits(void *from, u8 *to, int offset, int len, int odd, sk_buff *skb) {
    TRACE_FN(skb);
    const auto *icmp_param = static_cast<const icmp_bxm *>(from);
    const wsum csum = skb_copy_and_csum_bits(icmp_param->skb, icmp_param->offset + offset, to, len);
    skb->csum = csum_block_add(skb->csum, csum, static_cast<std::size_t>(odd));
    const u8 type = icmp_param->data.icmph.type;
    if (type <= NR_ICMP_TYPES && icmp_type_is_error(type)) nf_ct_attach(skb, icmp_param->skb);
    return TRACE_RET(0);
}

// Linux 6.1: net/ipv4/icmp.c
void icmp_push_reply(sock *sk, icmp_bxm *icmp_param, flowi4 *fl4, ipcm_cookie *ipc, rtable **rt) {
    TRACE_FN();
    if (ip_append_data(sk, fl4, icmp_glue_bits, icmp_param, icmp_param->data_len + icmp_param->head_len,
                       icmp_param->head_len, ipc, rt, MSG_DONTWAIT) < 0) {
        ICMP_INC_STATS(sock_net(sk), ICMP_MIB_OUTERRORS);
        ip_flush_pending_frames(sk);
        return;
    }
    sk_buff *skb = skb_peek(&sk->sk_write_queue);
    if (!skb) return;
    icmphdr *icmph = icmp_hdr(skb);
    wsum csum = csum_partial_copy_nocheck(&icmp_param->data, icmph, static_cast<std::size_t>(icmp_param->head_len));
    for (const sk_buff *s = skb; s; s = skb_peek_next(const_cast<sk_buff *>(s), &sk->sk_write_queue))
        csum = csum_add(csum, s->csum);
    icmph->checksum = csum_fold(csum);
    skb->ip_summed = CHECKSUM_NONE;
    ip_push_pending_frames(sk, fl4);
}

// The route is as yet only wished for; softirqs are off and the socket is locked.
void icmp_reply_locked(net *ns, sock *sk, icmp_bxm *icmp_param, sk_buff *skb, bool apply_ratelimit) {
    const u32 mark = IP4_REPLY_MARK(ns, skb->mark);
    ipcm_cookie ipc;
    ipcm_init(&ipc);
    inet_sk(sk)->tos = ip_hdr(skb)->tos;
    icmp_param->data.icmph.checksum = 0;
    ipc.sockc.mark = mark;
    be32 daddr = ipc.addr = ip_hdr(skb)->saddr;
    const be32 saddr = fib_compute_spec_dst(skb);
    if (icmp_param->replyopts.opt.opt.optlen != 0) {
        ipc.opt = &icmp_param->replyopts.opt;
        if (ipc.opt->opt.srr != 0) daddr = ipc.opt->opt.faddr;
    }
    flowi4 fl4;
    fl4.daddr = daddr;
    fl4.saddr = saddr;
    fl4.flowi4_mark = mark;
    fl4.flowi4_tos = RT_TOS(ip_hdr(skb)->tos);
    fl4.flowi4_proto = IPPROTO_ICMP;
    fl4.flowi4_oif = l3mdev_master_ifindex(skb->dev);
    rtable *rt = ip_route_output_key(ns, &fl4);
    if (IS_ERR(rt)) return;
    if (icmpv4_xrlim_allow(ns, rt, &fl4, apply_ratelimit)) icmp_push_reply(sk, icmp_param, &fl4, &ipc, &rt);
    ip_rt_put(rt);
}

} // namespace

// Linux 6.1: net/ipv4/icmp.c
void icmp_reply(icmp_bxm *icmp_param, sk_buff *skb) {
    TRACE_FN(skb);
    net *ns = dev_net(skb_rtable(skb)->dst.dev);
    const icmphdr &icmph = icmp_param->data.icmph;
    if (__ip_options_echo(ns, &icmp_param->replyopts.opt.opt, skb, &IPCB(skb)->opt) != 0) return;
    bool apply_ratelimit = false;
    local_bh_disable();
    if (icmpv4_global_allow(ns, icmph.type, icmph.code, &apply_ratelimit)) {
        if (sock *sk = icmp_xmit_lock(ns)) {
            icmp_reply_locked(ns, sk, icmp_param, skb, apply_ratelimit);
            icmp_xmit_unlock(sk);
        }
    }
    local_bh_enable();
}

// --- errors ---------------------------------------------------------------------------------------------------------

namespace {

net_device *icmp_get_route_lookup_dev(const sk_buff *skb) {
    if (skb->dev) return skb->dev;
    const dst_entry *dst = skb_dst(skb);
    return dst ? dst->dev : nullptr;
}

// The route the failed packet's reverse flow would take, as a policy may want another than the plain one. rt2 and *err.
rtable *icmp_reverse_route(net *ns, sk_buff *skb_in, const net_device *dev, flowi4 *fl4_dec, int *err) {
    *err = xfrm_decode_session_reverse(skb_in, flowi4_to_flowi(fl4_dec), AF_INET);
    if (*err != 0) return nullptr;
    if (inet_addr_type_dev_table(ns, dev, fl4_dec->saddr) == RTN_LOCAL) {
        rtable *rt2 = __ip_route_output_key(ns, fl4_dec);
        if (IS_ERR(rt2)) *err = PTR_ERR(rt2);
        return rt2;
    }
    flowi4 fl4_2 = *fl4_dec;
    std::swap(fl4_2.daddr, fl4_2.saddr);
    if (fl4_2.flowi4_proto == IPPROTO_TCP || fl4_2.flowi4_proto == IPPROTO_UDP || fl4_2.flowi4_proto == IPPROTO_SCTP)
        std::swap(fl4_2.fl4_sport, fl4_2.fl4_dport);
    fl4_2.flowi4_oif = l3mdev_master_ifindex(const_cast<net_device *>(dev));
    fl4_2.flowi4_flags |= FLOWI_FLAG_ANYSRC;
    rtable *rt2 = __ip_route_output_key(ns, &fl4_2);
    if (IS_ERR(rt2)) {
        *err = PTR_ERR(rt2);
        return rt2;
    }
    // As if the packet had come in the other way: borrow its place for the route.
    const std::uintptr_t orefdst = std::exchange(skb_in->_skb_refdst, 0);
    *err = ip_route_input(skb_in, fl4_dec->daddr, fl4_dec->saddr, fl4_dec->flowi4_tos, rt2->dst.dev);
    dst_release(&rt2->dst);
    rt2 = skb_rtable(skb_in);
    skb_in->_skb_refdst = orefdst;
    if (*err == 0 && rt2 && (rt2->rt_type == RTN_LOCAL || rt2->rt_type == RTN_UNREACHABLE)) {
        dst_release(&rt2->dst);
        *err = -EINVAL;
    }
    return rt2;
}

// Linux 6.1: net/ipv4/icmp.c
rtable *icmp_route_lookup(net *ns, flowi4 *fl4, sk_buff *skb_in, const iphdr *iph, be32 saddr, u8 tos, u32 mark,
                          int type, int code, const icmp_bxm *param) {
    TRACE_FN(skb_in);
    *fl4 = flowi4{};
    fl4->daddr = param->replyopts.opt.opt.srr != 0 ? param->replyopts.opt.opt.faddr : iph->saddr;
    fl4->saddr = saddr;
    fl4->flowi4_mark = mark;
    fl4->flowi4_tos = tos;
    fl4->flowi4_proto = IPPROTO_ICMP;
    fl4->fl4_icmp_type = static_cast<u8>(type);
    fl4->fl4_icmp_code = static_cast<u8>(code);
    net_device *dev = icmp_get_route_lookup_dev(skb_in);
    fl4->flowi4_oif = l3mdev_master_ifindex(dev);
    rtable *rt = ip_route_output_key_hash(ns, fl4, skb_in);
    if (IS_ERR(rt)) return rt;

    rtable *plain = rt;
    rt = dst_rtable(xfrm_lookup(ns, &rt->dst, flowi4_to_flowi(fl4), nullptr, 0));
    if (!IS_ERR(rt)) {
        if (rt != plain) return rt;
        if (inet_addr_type_dev_table(ns, dev, fl4->daddr) == RTN_LOCAL) return rt;
    } else if (PTR_ERR(rt) == -EPERM) {
        rt = nullptr;
    } else {
        return rt;
    }

    flowi4 fl4_dec;
    int err = 0;
    rtable *rt2 = icmp_reverse_route(ns, skb_in, dev, &fl4_dec, &err);
    if (err == 0) {
        rt2 = dst_rtable(xfrm_lookup(ns, &rt2->dst, flowi4_to_flowi(&fl4_dec), nullptr, XFRM_LOOKUP_ICMP));
        if (!IS_ERR(rt2)) {
            dst_release(rt ? &rt->dst : nullptr);
            *fl4 = fl4_dec;
            return rt2;
        }
        err = PTR_ERR(rt2);
        if (err == -EPERM) {
            if (rt) dst_release(&rt->dst);
            return rt2;
        }
    }
    if (rt) return rt;
    return ERR_PTR(err);
}

// RFC 1122, 3.2.2: what must not be answered by an error.
bool icmp_may_send(sk_buff *skb_in, const rtable *rt, int type) {
    const iphdr *iph = ip_hdr(skb_in);
    if (skb_in->network_header + sizeof(*iph) > skb_in->tail) return false;
    if (skb_in->pkt_type != PACKET_HOST) return false;                         // link broadcast or multicast
    if ((rt->rt_flags & (RTCF_BROADCAST | RTCF_MULTICAST)) != 0) return false; // IP broadcast or multicast
    if ((iph->frag_off & cpu_to_be16(IP_OFFSET)) != be16{}) return false;      // not the first fragment
    if (!icmp_type_is_error(type) || iph->protocol != IPPROTO_ICMP) return true;
    u8 inner_type = 0; // an error about an error would never end
    const auto *itp = static_cast<const u8 *>(
        skb_header_pointer(skb_in, skb_network_offset(skb_in) + iph->ihl * 4, sizeof(inner_type), &inner_type));
    return itp && !icmp_type_is_error(*itp);
}

// From which of our addresses: the one the packet was for, if it is ours.
be32 icmp_source(net *ns, const sk_buff *skb_in, const rtable *rt) {
    const iphdr *iph = ip_hdr(skb_in);
    if ((rt->rt_flags & RTCF_LOCAL) != 0) return iph->daddr;
    if (!rt_is_input_route(rt) || ns->ipv4.sysctl_icmp_errors_use_inbound_ifaddr == 0) return be32{};
    const net_device *dev = dev_get_by_index_rcu(ns, inet_iif(skb_in));
    return dev ? inet_select_addr(dev, iph->saddr, RT_SCOPE_LINK) : be32{};
}

// As much of the failed packet as 576 bytes hold; 0: not even its header.
int icmp_room(const rtable *rt, const icmp_bxm *icmp_param) {
    const int room = std::min(static_cast<int>(dst_mtu(&rt->dst)), 576) - static_cast<int>(sizeof(iphdr)) -
                     icmp_param->replyopts.opt.opt.optlen - static_cast<int>(sizeof(icmphdr));
    return room <= static_cast<int>(sizeof(iphdr)) ? 0 : room;
}

// The socket is locked, softirqs are off.
void icmp_send_locked(net *ns, sock *sk, sk_buff *skb_in, const rtable *rt_in, int type, int code, be32 info,
                      const ip_options *opt, bool apply_ratelimit) {
    const iphdr *iph = ip_hdr(skb_in);
    const be32 saddr = icmp_source(ns, skb_in, rt_in);
    const u8 tos = icmp_type_is_error(type) ? static_cast<u8>(RT_TOS(iph->tos) | IPTOS_PREC_INTERNETCONTROL) : iph->tos;
    const u32 mark = IP4_REPLY_MARK(ns, skb_in->mark);
    icmp_bxm icmp_param;
    if (__ip_options_echo(ns, &icmp_param.replyopts.opt.opt, skb_in, opt) != 0) return;
    icmp_param.data.icmph.type = static_cast<u8>(type);
    icmp_param.data.icmph.code = static_cast<u8>(code);
    icmp_param.data.icmph.un.gateway = info;
    icmp_param.skb = skb_in;
    icmp_param.offset = skb_network_offset(skb_in);
    inet_sk(sk)->tos = tos;
    ipcm_cookie ipc;
    ipcm_init(&ipc);
    ipc.addr = iph->saddr;
    ipc.opt = &icmp_param.replyopts.opt;
    ipc.sockc.mark = mark;
    flowi4 fl4;
    rtable *rt = icmp_route_lookup(ns, &fl4, skb_in, iph, saddr, tos, mark, type, code, &icmp_param);
    if (IS_ERR(rt)) return;
    if (icmpv4_xrlim_allow(ns, rt, &fl4, apply_ratelimit)) {
        const int room = icmp_room(rt, &icmp_param);
        if (room != 0) {
            icmp_param.data_len = std::min(static_cast<int>(skb_in->len) - icmp_param.offset, room);
            icmp_param.head_len = sizeof(icmphdr);
            if (!fl4.saddr) fl4.saddr = INADDR_DUMMY;
            icmp_push_reply(sk, &icmp_param, &fl4, &ipc, &rt);
        }
    }
    ip_rt_put(rt);
}

} // namespace

// Linux 6.1: net/ipv4/icmp.c
void __icmp_send(sk_buff *skb_in, int type, int code, be32 info, const ip_options *opt) {
    TRACE_FN(skb_in);
    const rtable *rt = skb_rtable(skb_in);
    if (!rt) return;
    const net_device *dev = rt->dst.dev ? rt->dst.dev : skb_in->dev;
    if (!dev || !icmp_may_send(skb_in, rt, type)) return;
    net *ns = dev_net(dev);
    bool apply_ratelimit = false;
    local_bh_disable();
    const bool from_loopback = skb_in->dev && (skb_in->dev->flags & IFF_LOOPBACK) != 0;
    if (from_loopback || icmpv4_global_allow(ns, type, code, &apply_ratelimit)) {
        if (sock *sk = icmp_xmit_lock(ns)) {
            icmp_send_locked(ns, sk, skb_in, rt, type, code, info, opt, apply_ratelimit);
            icmp_xmit_unlock(sk);
        }
    }
    local_bh_enable();
}

} // namespace skbscope::stack
