// SPDX-License-Identifier: GPL-2.0-or-later
// What is learned about single destinations behind a nexthop: a smaller path MTU (ICMP says "fragmentation needed"), a
// better gateway (ICMP redirect). Kept on the nexthop, so that everyone who sends there knows.
// Linux 6.1: net/ipv4/route.c
#include "linux/icmp.h"
#include "linux/inetdevice.h"
#include "linux/random.h"
#include "linux/socket.h"
#include "net/ip.h"
#include "net/ipv4/route_internal.h"
#include "net/netevent.h"
#include "sim/machine_state.h"

#include <algorithm>

namespace skbscope::stack {

namespace {

constexpr unsigned long ip_rt_gc_timeout = 300 * HZ;

machine_global<spinlock_t> fnhe_lock;

size_t fnhe_hashfun(be32 daddr) {
    TRACE_FN();
    static machine_global<u64> key;
    if (*key == 0) *key = get_random_u64() | 1;
    return TRACE_RET(static_cast<size_t>(((daddr.raw ^ (*key >> 32)) * *key) >> (64 - FNHE_HASH_SHIFT)));
}

void drop_cached(rtable **slot) {
    rtable *rt = *slot;
    if (!rt) return;
    *slot = nullptr;
    dst_dev_put(&rt->dst);
    dst_release(&rt->dst);
}

void fnhe_flush_routes(fib_nh_exception *fnhe) {
    drop_cached(&fnhe->fnhe_rth_input);
    drop_cached(&fnhe->fnhe_rth_output);
}

void fnhe_free(fib_nh_exception *fnhe) {
    fnhe->fnhe_daddr = be32{}; // nobody binds to it any more
    fnhe_flush_routes(fnhe);
    call_rcu(&fnhe->rcu, [](rcu_head *head) { kdelete(container_of(head, &fib_nh_exception::rcu)); });
}

void fnhe_remove_oldest(fib_nh_exception **chain) {
    fib_nh_exception **oldest = chain;
    for (fib_nh_exception **p = chain; *p; p = &(*p)->fnhe_next)
        if (time_before((*p)->fnhe_stamp, (*oldest)->fnhe_stamp)) oldest = p;
    fib_nh_exception *gone = *oldest;
    *oldest = gone->fnhe_next;
    fnhe_free(gone);
}

void fill_route_from_fnhe(rtable *rt, const fib_nh_exception *fnhe) {
    rt->rt_pmtu = fnhe->fnhe_pmtu;
    rt->rt_mtu_locked = fnhe->fnhe_mtu_locked;
    rt->dst.expires = fnhe->fnhe_expires;
    if (!fnhe->fnhe_gw) return;
    rt->rt_flags |= RTCF_REDIRECTED;
    rt->rt_uses_gateway = 1;
    rt->rt_gw_family = AF_INET;
    rt->rt_gw4 = fnhe->fnhe_gw;
}

// gw or pmtu 0: says nothing about it.
struct fnhe_news {
    be32 gw;
    u32 pmtu = 0;
    bool lock = false;
    unsigned long expires = 0;
};

void fnhe_update(fib_nh_exception *fnhe, const fnhe_news &news, int genid) {
    fnhe->fnhe_genid = genid;
    if (news.gw) fnhe->fnhe_gw = news.gw;
    if (news.pmtu) {
        fnhe->fnhe_pmtu = news.pmtu;
        fnhe->fnhe_mtu_locked = news.lock;
    }
    fnhe->fnhe_expires = std::max(1UL, news.expires);
    for (rtable *rt : {fnhe->fnhe_rth_input, fnhe->fnhe_rth_output})
        if (rt) fill_route_from_fnhe(rt, fnhe);
}

fib_nh_exception *fnhe_create(fib_nh_common *nhc, fib_nh_exception **chain, be32 daddr, const fnhe_news &news,
                              int genid) {
    auto *fnhe = knew<fib_nh_exception>();
    fnhe->fnhe_next = *chain;
    fnhe->fnhe_genid = genid;
    fnhe->fnhe_daddr = daddr;
    fnhe->fnhe_gw = news.gw;
    fnhe->fnhe_pmtu = news.pmtu;
    fnhe->fnhe_mtu_locked = news.lock;
    fnhe->fnhe_expires = std::max(1UL, news.expires);
    *chain = fnhe;
    // Who holds a route of this nexthop must look again: the news may be about him.
    if (nhc->nhc_rth_input) nhc->nhc_rth_input->dst.obsolete = DST_OBSOLETE_KILL;
    for (rtable *rt : nhc->nhc_pcpu_rth_output)
        if (rt) rt->dst.obsolete = DST_OBSOLETE_KILL;
    return fnhe;
}

void update_or_create_fnhe(fib_nh_common *nhc, be32 daddr, const fnhe_news &news) {
    TRACE_FN();
    const int genid = atomic_read(&dev_net(nhc->nhc_dev)->fnhe_genid);
    spin_lock_bh(&fnhe_lock.get());
    if (!nhc->nhc_exceptions) nhc->nhc_exceptions = std::make_unique<std::vector<fib_nh_exception *>>(FNHE_HASH_SIZE);
    fib_nh_exception **chain = &(*nhc->nhc_exceptions)[fnhe_hashfun(daddr)];
    int depth = 0;
    fib_nh_exception *fnhe = *chain;
    for (; fnhe && fnhe->fnhe_daddr != daddr; fnhe = fnhe->fnhe_next)
        ++depth;
    if (fnhe) {
        fnhe_update(fnhe, news, genid);
    } else {
        const int max_depth = FNHE_RECLAIM_DEPTH + static_cast<int>(prandom_u32_max(FNHE_RECLAIM_DEPTH));
        for (; depth > max_depth; --depth)
            fnhe_remove_oldest(chain);
        fnhe = fnhe_create(nhc, chain, daddr, news, genid);
    }
    fnhe->fnhe_stamp = jiffies_now();
    spin_unlock_bh(&fnhe_lock.get());
}

void ip_del_fnhe(fib_nh_common *nhc, be32 daddr) {
    TRACE_FN();
    spin_lock_bh(&fnhe_lock.get());
    for (fib_nh_exception **p = &(*nhc->nhc_exceptions)[fnhe_hashfun(daddr)]; *p; p = &(*p)->fnhe_next) {
        if ((*p)->fnhe_daddr != daddr) continue;
        fib_nh_exception *gone = *p;
        *p = gone->fnhe_next;
        fnhe_free(gone);
        break;
    }
    spin_unlock_bh(&fnhe_lock.get());
}

} // namespace

fib_nh_exception *find_exception(fib_nh_common *nhc, be32 daddr) {
    TRACE_FN();
    if (!nhc->nhc_exceptions) return nullptr;
    for (fib_nh_exception *fnhe = (*nhc->nhc_exceptions)[fnhe_hashfun(daddr)]; fnhe; fnhe = fnhe->fnhe_next) {
        if (fnhe->fnhe_daddr != daddr) continue;
        if (!fnhe->fnhe_expires || !time_after(jiffies_now(), fnhe->fnhe_expires)) return TRACE_RET(fnhe);
        ip_del_fnhe(nhc, daddr);
        break;
    }
    return nullptr;
}

bool rt_bind_exception(rtable *rt, fib_nh_exception *fnhe, be32 daddr, bool do_cache) {
    TRACE_FN();
    bool cached = false;
    spin_lock_bh(&fnhe_lock.get());
    if (daddr == fnhe->fnhe_daddr) {
        rtable **porig = rt_is_input_route(rt) ? &fnhe->fnhe_rth_input : &fnhe->fnhe_rth_output;
        const int genid = atomic_read(&dev_net(rt->dst.dev)->fnhe_genid);
        if (fnhe->fnhe_genid != genid) { // what was learned is void
            fnhe->fnhe_genid = genid;
            fnhe->fnhe_gw = be32{};
            fnhe->fnhe_pmtu = 0;
            fnhe->fnhe_expires = 0;
            fnhe->fnhe_mtu_locked = false;
            fnhe_flush_routes(fnhe);
        }
        fill_route_from_fnhe(rt, fnhe);
        if (!rt->rt_gw4) {
            rt->rt_gw4 = daddr;
            rt->rt_gw_family = AF_INET;
        }
        if (do_cache) {
            rtable *orig = *porig;
            dst_hold(&rt->dst);
            *porig = rt;
            if (orig) drop_cached(&orig);
            cached = true;
        }
        fnhe->fnhe_stamp = jiffies_now();
    }
    spin_unlock_bh(&fnhe_lock.get());
    return TRACE_RET(cached);
}

void free_nh_exceptions(fib_nh_common *nhc) {
    if (!nhc->nhc_exceptions) return;
    for (fib_nh_exception *fnhe : *nhc->nhc_exceptions) {
        while (fnhe) {
            fib_nh_exception *next = fnhe->fnhe_next;
            rt_fibinfo_free_exception_route(fnhe->fnhe_rth_input);
            rt_fibinfo_free_exception_route(fnhe->fnhe_rth_output);
            kdelete(fnhe);
            fnhe = next;
        }
    }
    nhc->nhc_exceptions.reset();
}

// The MTU of the first hop changed: path MTUs above it, or that stood at the old one, follow.
void fib_nhc_update_mtu(fib_nh_common *nhc, u32 new_mtu, u32 orig) {
    TRACE_FN();
    if (!nhc->nhc_exceptions) return;
    for (fib_nh_exception *fnhe : *nhc->nhc_exceptions) {
        for (; fnhe; fnhe = fnhe->fnhe_next) {
            if (fnhe->fnhe_mtu_locked) {
                if (new_mtu > fnhe->fnhe_pmtu) continue;
                fnhe->fnhe_pmtu = new_mtu;
                fnhe->fnhe_mtu_locked = false;
            } else if (new_mtu < fnhe->fnhe_pmtu || orig == fnhe->fnhe_pmtu) {
                fnhe->fnhe_pmtu = new_mtu;
            }
        }
    }
}

u32 ip_mtu_from_fib_result(fib_result *res, be32 daddr) {
    TRACE_FN();
    fib_nh_common *nhc = res->nhc;
    const net_device *dev = nhc->nhc_dev;
    u32 mtu = 0;
    if (dev_net(dev)->ipv4.sysctl_ip_fwd_use_pmtu || (res->fi->fib_metrics->metrics[RTAX_LOCK - 1] & (1U << RTAX_MTU)))
        mtu = res->fi->fib_metrics->metrics[RTAX_MTU - 1];
    if (!mtu) {
        const fib_nh_exception *fnhe = find_exception(nhc, daddr);
        if (fnhe && !time_after_eq(jiffies_now(), fnhe->fnhe_expires)) mtu = fnhe->fnhe_pmtu;
    }
    if (!mtu) mtu = std::min(dev->mtu, IP_MAX_MTU);
    return TRACE_RET(mtu);
}

// --- path MTU -------------------------------------------------------------------------------------------------------

namespace {

void __build_flow_key(flowi4 *fl4, const sock *sk, const iphdr *iph, int oif, u8 tos, u8 prot, u32 mark) {
    TRACE_FN();
    u8 scope = RT_SCOPE_UNIVERSE;
    if (sk) {
        oif = sk->sk_bound_dev_if;
        mark = sk->sk_mark;
        tos = ip_sock_rt_tos(sk);
        scope = ip_sock_rt_scope(sk);
        prot = inet_sk(sk)->hdrincl ? IPPROTO_RAW : static_cast<u8>(sk->sk_protocol);
    }
    flowi4_init_output(fl4, oif, mark, tos & IPTOS_RT_MASK, scope, prot, 0, iph->daddr, iph->saddr, be16{}, be16{},
                       sk ? sk->sk_uid : 0);
}

// The header an ICMP error quotes: where skb->data stands then.
const iphdr *quoted_header(const sk_buff *skb) {
    return reinterpret_cast<const iphdr *>(skb->data);
}

void build_sk_flow_key(flowi4 *fl4, const sock *sk) {
    const inet_sock *inet = inet_sk(sk);
    const be32 daddr = inet->inet_opt && inet->inet_opt->opt.srr ? inet->inet_opt->opt.faddr : inet->inet_daddr;
    flowi4_init_output(fl4, sk->sk_bound_dev_if, sk->sk_mark, ip_sock_rt_tos(sk) & IPTOS_RT_MASK, ip_sock_rt_scope(sk),
                       inet->hdrincl ? IPPROTO_RAW : static_cast<u8>(sk->sk_protocol), inet_sk_flowi_flags(sk), daddr,
                       inet->inet_saddr, be16{}, be16{}, sk->sk_uid);
}

void __ip_rt_update_pmtu(rtable *rt, flowi4 *fl4, u32 mtu) {
    TRACE_FN();
    dst_entry *dst = &rt->dst;
    if (ip_mtu_locked(dst)) return;
    const u32 old_mtu = ipv4_mtu(dst);
    if (old_mtu < mtu) return;
    net *ns = dev_net(dst->dev);
    bool lock = false;
    if (mtu < ns->ipv4.ip_rt_min_pmtu) {
        lock = true;
        mtu = std::min(old_mtu, ns->ipv4.ip_rt_min_pmtu);
    }
    const auto lifetime = static_cast<unsigned long>(ns->ipv4.ip_rt_mtu_expires);
    if (rt->rt_pmtu == mtu && !lock && time_before(jiffies_now(), dst->expires - lifetime / 2)) return;
    fib_result res;
    if (fib_lookup(ns, fl4, &res, 0) != 0) return;
    fib_select_path(ns, &res, fl4, nullptr);
    const fnhe_news news{.gw = {}, .pmtu = mtu, .lock = lock, .expires = jiffies_now() + lifetime};
    if (fib_info_num_path(res.fi) == 1) return update_or_create_fnhe(FIB_RES_NHC(res), fl4->daddr, news);
    for (int i = 0; i < fib_info_num_path(res.fi); ++i)
        update_or_create_fnhe(fib_info_nhc(res.fi, i), fl4->daddr, news);
}

} // namespace

void ip_rt_update_pmtu(dst_entry *dst, sock *sk, sk_buff *skb, u32 mtu, bool) {
    TRACE_FN(skb);
    flowi4 fl4;
    if (skb) {
        const iphdr *iph = ip_hdr(skb);
        __build_flow_key(&fl4, sk, iph, skb->dev->ifindex, iph->tos, iph->protocol, skb->mark);
    } else {
        build_sk_flow_key(&fl4, sk);
    }
    __ip_rt_update_pmtu(dst_rtable(dst), &fl4, mtu);
}

void ipv4_update_pmtu(sk_buff *skb, net *ns, u32 mtu, int oif, u8 protocol) {
    TRACE_FN(skb);
    const iphdr *iph = quoted_header(skb);
    flowi4 fl4;
    __build_flow_key(&fl4, nullptr, iph, oif, iph->tos, protocol, IP4_REPLY_MARK(ns, skb->mark));
    rtable *rt = __ip_route_output_key(ns, &fl4);
    if (IS_ERR(rt)) return;
    __ip_rt_update_pmtu(rt, &fl4, mtu);
    ip_rt_put(rt);
}

namespace {

void __ipv4_sk_update_pmtu(sk_buff *skb, sock *sk, u32 mtu) {
    TRACE_FN(skb);
    flowi4 fl4;
    __build_flow_key(&fl4, sk, quoted_header(skb), 0, 0, 0, 0);
    if (!fl4.flowi4_mark) fl4.flowi4_mark = IP4_REPLY_MARK(sock_net(sk), skb->mark);
    rtable *rt = __ip_route_output_key(sock_net(sk), &fl4);
    if (IS_ERR(rt)) return;
    __ip_rt_update_pmtu(rt, &fl4, mtu);
    ip_rt_put(rt);
}

// The socket keeps a route: bring it up to date too.
void sk_update_cached_pmtu(sk_buff *skb, sock *sk, dst_entry *odst, u32 mtu) {
    net *ns = sock_net(sk);
    flowi4 fl4;
    __build_flow_key(&fl4, sk, quoted_header(skb), 0, 0, 0, 0);
    rtable *rt = dst_rtable(odst);
    bool fresh = false;
    if (odst->obsolete && !odst->ops->check(odst, 0)) {
        rt = ip_route_output_flow(ns, &fl4, sk);
        if (IS_ERR(rt)) return;
        fresh = true;
    }
    __ip_rt_update_pmtu(rt, &fl4, mtu);
    if (!dst_check(&rt->dst, 0)) {
        if (fresh) dst_release(&rt->dst);
        rt = ip_route_output_flow(ns, &fl4, sk);
        if (IS_ERR(rt)) return;
        fresh = true;
    }
    if (fresh) sk_dst_set(sk, &rt->dst);
}

} // namespace

void ipv4_sk_update_pmtu(sk_buff *skb, sock *sk, u32 mtu) {
    TRACE_FN(skb);
    dst_entry *odst = nullptr;
    bh_lock_sock(sk);
    if (ip_sk_accept_pmtu(sk)) {
        odst = sk_dst_get(sk);
        if (sock_owned_by_user(sk) || !odst)
            __ipv4_sk_update_pmtu(skb, sk, mtu);
        else
            sk_update_cached_pmtu(skb, sk, odst, mtu);
    }
    bh_unlock_sock(sk);
    dst_release(odst);
}

// --- redirects
// ----------------------------------------------------------------------------------------------------------

namespace {

bool redirect_acceptable(const in_device *in_dev, be32 new_gw, be32 old_gw) {
    if (new_gw == old_gw || ipv4_is_multicast(new_gw) || ipv4_is_lbcast(new_gw) || ipv4_is_zeronet(new_gw))
        return false;
    const bool takes = IN_DEV_FORWARD(in_dev) ? in_dev_andconf(in_dev, IPV4_DEVCONF_ACCEPT_REDIRECTS)
                                              : in_dev_orconf(in_dev, IPV4_DEVCONF_ACCEPT_REDIRECTS);
    if (!takes) return false;
    if (IN_DEV_SHARED_MEDIA(in_dev)) return inet_addr_type(dev_net(in_dev->dev), new_gw) == RTN_UNICAST;
    if (!inet_addr_onlink(const_cast<in_device *>(in_dev), new_gw, old_gw)) return false;
    return !in_dev_orconf(in_dev, IPV4_DEVCONF_SECURE_REDIRECTS) || !ip_fib_check_default(new_gw, in_dev->dev);
}

void __ip_do_redirect(rtable *rt, sk_buff *skb, flowi4 *fl4, bool kill_route) {
    TRACE_FN(skb);
    const be32 new_gw = icmp_hdr(skb)->un.gateway, old_gw = ip_hdr(skb)->saddr;
    if ((icmp_hdr(skb)->code & 7) > ICMP_REDIR_HOSTTOS) return;
    if (rt->rt_gw_family != AF_INET || rt->rt_gw4 != old_gw) return; // not from the gateway we use
    const in_device *in_dev = __in_dev_get_rcu(skb->dev);
    if (!in_dev || !redirect_acceptable(in_dev, new_gw, old_gw)) return;
    neighbour *n = __ipv4_neigh_lookup(rt->dst.dev, new_gw);
    if (!n) n = neigh_create(&arp_tbl(), &new_gw, rt->dst.dev);
    if (IS_ERR(n)) return;
    if (!(n->nud_state & NUD_VALID)) {
        neigh_event_send(n, nullptr); // find out first whether it is there
    } else {
        net *ns = dev_net(skb->dev);
        fib_result res;
        if (fib_lookup(ns, fl4, &res, 0) == 0) {
            fib_select_path(ns, &res, fl4, skb);
            update_or_create_fnhe(FIB_RES_NHC(res), fl4->daddr,
                                  {.gw = new_gw, .expires = jiffies_now() + ip_rt_gc_timeout});
        }
        if (kill_route) rt->dst.obsolete = DST_OBSOLETE_KILL;
        call_netevent_notifiers(NETEVENT_NEIGH_UPDATE, n);
    }
    neigh_release(n);
}

} // namespace

void ip_do_redirect(dst_entry *dst, sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    const iphdr *iph = quoted_header(skb);
    flowi4 fl4;
    __build_flow_key(&fl4, sk, iph, skb->dev->ifindex, iph->tos, iph->protocol, skb->mark);
    __ip_do_redirect(dst_rtable(dst), skb, &fl4, true);
}

void ipv4_redirect(sk_buff *skb, net *ns, int oif, u8 protocol) {
    TRACE_FN(skb);
    const iphdr *iph = quoted_header(skb);
    flowi4 fl4;
    __build_flow_key(&fl4, nullptr, iph, oif, iph->tos, protocol, 0);
    rtable *rt = __ip_route_output_key(ns, &fl4);
    if (IS_ERR(rt)) return;
    __ip_do_redirect(rt, skb, &fl4, false);
    ip_rt_put(rt);
}

void ipv4_sk_redirect(sk_buff *skb, sock *sk) {
    TRACE_FN(skb);
    flowi4 fl4;
    __build_flow_key(&fl4, sk, quoted_header(skb), 0, 0, 0, 0);
    rtable *rt = __ip_route_output_key(sock_net(sk), &fl4);
    if (IS_ERR(rt)) return;
    __ip_do_redirect(rt, skb, &fl4, false);
    ip_rt_put(rt);
}

} // namespace skbscope::stack
