// SPDX-License-Identifier: GPL-2.0-or-later
// Where a packet that arrived is to go: up to us, on to another host, or nowhere; and whether its source is one that
// may come in here at all. Linux 6.1: net/ipv4/route.c
#include "linux/if_ether.h"
#include "linux/igmp.h"
#include "linux/inetdevice.h"
#include "net/ip.h"
#include "net/ip_fib.h"
#include "net/ipv4/route_internal.h"

namespace skbscope::stack {

int ip_mc_validate_source(sk_buff *skb, be32 daddr, be32 saddr, u8 tos, net_device *dev, in_device *in_dev, u32 *itag) {
    TRACE_FN(skb);
    if (!in_dev) return TRACE_RET(-EINVAL);
    if (ipv4_is_multicast(saddr) || ipv4_is_lbcast(saddr) || skb->protocol != cpu_to_be16(ETH_P_IP))
        return TRACE_RET(-EINVAL);
    if (ipv4_is_loopback(saddr) && !IN_DEV_ROUTE_LOCALNET(in_dev)) return TRACE_RET(-EINVAL);
    if (ipv4_is_zeronet(saddr)) {
        const bool may = ipv4_is_local_multicast(daddr) || ip_hdr(skb)->protocol == IPPROTO_IGMP;
        return TRACE_RET(may ? 0 : -EINVAL);
    }
    const int err = fib_validate_source(skb, saddr, be32{}, tos, 0, dev, in_dev, itag);
    return TRACE_RET(err < 0 ? err : 0);
}

namespace {

int ip_route_input_mc(sk_buff *skb, be32 daddr, be32 saddr, u8 tos, net_device *dev, bool our) {
    TRACE_FN(skb);
    in_device *in_dev = __in_dev_get_rcu(dev);
    u32 itag = 0;
    if (const int err = ip_mc_validate_source(skb, daddr, saddr, tos, dev, in_dev, &itag)) return TRACE_RET(err);
    if (in_dev_orconf(in_dev, IPV4_DEVCONF_NOPOLICY)) IPCB(skb)->flags |= IPSKB_NOPOLICY;
    rtable *rth =
        rt_dst_alloc(dev_net(dev)->loopback_dev, RTCF_MULTICAST | (our ? RTCF_LOCAL : 0), RTN_MULTICAST, false);
    if (!rth) return TRACE_RET(-ENOBUFS);
    rth->dst.output = ip_rt_bug;
    rth->rt_is_input = 1;
    skb_dst_drop(skb);
    skb_dst_set(skb, &rth->dst);
    return TRACE_RET(0);
}

// A source that cannot be true. The kernel logs it where log_martians says so.
void ip_handle_martian_source(net_device *, in_device *, sk_buff *skb, be32, be32) {
    TRACE_FN(skb);
}

// A route through us.
int __mkroute_input(sk_buff *skb, const fib_result *res, in_device *in_dev, be32 daddr, be32 saddr, u8 tos) {
    TRACE_FN(skb);
    fib_nh_common *nhc = FIB_RES_NHC(*res);
    in_device *out_dev = __in_dev_get_rcu(nhc->nhc_dev);
    if (!out_dev) return TRACE_RET(-EINVAL);
    u32 itag = 0;
    const int on_link = fib_validate_source(skb, saddr, daddr, tos, FIB_RES_OIF(*res), in_dev->dev, in_dev, &itag);
    if (on_link < 0) {
        ip_handle_martian_source(in_dev->dev, in_dev, skb, daddr, saddr);
        return TRACE_RET(on_link);
    }
    const bool do_cache = res->fi && !itag;
    const bool is_ip = skb->protocol == cpu_to_be16(ETH_P_IP);
    if (out_dev == in_dev && on_link && IN_DEV_TX_REDIRECTS(out_dev) && is_ip) {
        const be32 gw = nhc->nhc_gw_family ? nhc->nhc_gw4 : be32{};
        if (IN_DEV_SHARED_MEDIA(out_dev) || inet_addr_onlink(out_dev, saddr, gw)) IPCB(skb)->flags |= IPSKB_DOREDIRECT;
    }
    // ARP asks too: no route back to where it came from.
    if (!is_ip && out_dev == in_dev && !IN_DEV_PROXY_ARP_PVLAN(in_dev)) return TRACE_RET(-EINVAL);
    if (in_dev_orconf(in_dev, IPV4_DEVCONF_NOPOLICY)) IPCB(skb)->flags |= IPSKB_NOPOLICY;

    fib_nh_exception *fnhe = find_exception(nhc, daddr);
    if (do_cache) {
        rtable *cached = fnhe ? fnhe->fnhe_rth_input : nhc->nhc_rth_input;
        if (rt_cache_valid(cached)) {
            skb_dst_set_noref(skb, &cached->dst);
            return TRACE_RET(0);
        }
    }
    rtable *rth = rt_dst_alloc(out_dev->dev, 0, res->type, in_dev_orconf(out_dev, IPV4_DEVCONF_NOXFRM));
    if (!rth) return TRACE_RET(-ENOBUFS);
    rth->rt_is_input = 1;
    rth->dst.input = ip_forward;
    rt_set_nexthop(rth, daddr, res, fnhe, res->fi, do_cache);
    skb_dst_set(skb, &rth->dst);
    return TRACE_RET(0);
}

int ip_mkroute_input(sk_buff *skb, fib_result *res, in_device *in_dev, be32 daddr, be32 saddr, u8 tos) {
    TRACE_FN(skb);
    if (res->fi && fib_info_num_path(res->fi) > 1) {
        flowi4 fl4;
        fl4.saddr = ip_hdr(skb)->saddr;
        fl4.daddr = ip_hdr(skb)->daddr;
        fib_select_multipath(res, fib_multipath_hash(res->fi->fib_net, &fl4, skb));
        IPCB(skb)->flags |= IPSKB_MULTIPATH;
    }
    return TRACE_RET(__mkroute_input(skb, res, in_dev, daddr, saddr, tos));
}

// For us, for everybody, or (res->type is RTN_UNREACHABLE) for nobody: err says why.
int input_local(sk_buff *skb, fib_result *res, in_device *in_dev, u32 flags, bool do_cache, int err) {
    net *ns = dev_net(in_dev->dev);
    if (in_dev_orconf(in_dev, IPV4_DEVCONF_NOPOLICY)) IPCB(skb)->flags |= IPSKB_NOPOLICY;
    do_cache = do_cache && res->fi;
    if (do_cache && rt_cache_valid(res->nhc->nhc_rth_input)) {
        skb_dst_set_noref(skb, &res->nhc->nhc_rth_input->dst);
        return 0;
    }
    rtable *rth = rt_dst_alloc(ns->loopback_dev, flags | RTCF_LOCAL, res->type, false);
    if (!rth) return -ENOBUFS;
    rth->dst.output = ip_rt_bug;
    rth->rt_is_input = 1;
    if (res->type == RTN_UNREACHABLE) {
        rth->dst.input = ip_error;
        rth->dst.error = static_cast<short>(-err);
        rth->rt_flags &= ~RTCF_LOCAL;
    }
    if (do_cache && !rt_cache_route(res->nhc, rth)) rt_add_uncached_list(rth);
    skb_dst_set(skb, &rth->dst);
    return 0;
}

int input_no_route(sk_buff *skb, fib_result *res, in_device *in_dev, int err) {
    res->type = RTN_UNREACHABLE;
    res->fi = nullptr;
    res->table = nullptr;
    return input_local(skb, res, in_dev, 0, true, err);
}

struct input_query {
    be32 daddr, saddr;
    u8 tos;
    net_device *dev;
    in_device *in_dev;
};

int input_martian_source(sk_buff *skb, const input_query &q, int err) {
    ip_handle_martian_source(q.dev, q.in_dev, skb, q.daddr, q.saddr);
    return err;
}

int input_broadcast(sk_buff *skb, fib_result *res, const input_query &q, bool do_cache) {
    if (skb->protocol != cpu_to_be16(ETH_P_IP)) return -EINVAL;
    u32 itag = 0;
    if (!ipv4_is_zeronet(q.saddr)) {
        const int err = fib_validate_source(skb, q.saddr, be32{}, q.tos, 0, q.dev, q.in_dev, &itag);
        if (err < 0) return input_martian_source(skb, q, err);
    }
    res->type = RTN_BROADCAST;
    return input_local(skb, res, q.in_dev, RTCF_BROADCAST, do_cache && !itag, 0);
}

// Loopback addresses have no business on a wire.
bool martian_loopback(const input_query &q, be32 addr) {
    return ipv4_is_loopback(addr) && !IN_DEV_NET_ROUTE_LOCALNET(q.in_dev, dev_net(q.dev));
}

int ip_route_input_slow(sk_buff *skb, be32 daddr, be32 saddr, u8 tos, net_device *dev, fib_result *res) {
    TRACE_FN(skb);
    in_device *in_dev = __in_dev_get_rcu(dev);
    if (!in_dev) return TRACE_RET(-EINVAL);
    net *ns = dev_net(dev);
    const input_query q{daddr, saddr, tos, dev, in_dev};
    skb_dst_drop(skb);
    if (ipv4_is_multicast(saddr) || ipv4_is_lbcast(saddr)) return TRACE_RET(input_martian_source(skb, q, -EINVAL));
    res->fi = nullptr;
    res->table = nullptr;
    if (ipv4_is_lbcast(daddr) || (!saddr && !daddr)) return TRACE_RET(input_broadcast(skb, res, q, true));
    if (ipv4_is_zeronet(saddr)) return TRACE_RET(input_martian_source(skb, q, -EINVAL));
    if (ipv4_is_zeronet(daddr) || martian_loopback(q, daddr)) return TRACE_RET(-EINVAL); // a martian destination
    if (!ipv4_is_loopback(daddr) && martian_loopback(q, saddr)) return TRACE_RET(input_martian_source(skb, q, -EINVAL));

    flowi4 fl4;
    fl4.flowi4_iif = dev->ifindex;
    fl4.flowi4_mark = skb->mark;
    fl4.flowi4_tos = tos;
    fl4.daddr = daddr;
    fl4.saddr = saddr;
    int err = fib_lookup(ns, &fl4, res, 0);
    if (err) return TRACE_RET(input_no_route(skb, res, in_dev, IN_DEV_FORWARD(in_dev) ? err : -EHOSTUNREACH));

    if (res->type == RTN_BROADCAST) {
        if (IN_DEV_BFORWARD(in_dev)) return TRACE_RET(ip_mkroute_input(skb, res, in_dev, daddr, saddr, tos));
        const bool do_cache = ns->ipv4.devconf_all->get(IPV4_DEVCONF_BC_FORWARDING) == 0;
        return TRACE_RET(input_broadcast(skb, res, q, do_cache));
    }
    if (res->type == RTN_LOCAL) {
        u32 itag = 0;
        err = fib_validate_source(skb, saddr, daddr, tos, 0, dev, in_dev, &itag);
        if (err < 0) return TRACE_RET(input_martian_source(skb, q, err));
        return TRACE_RET(input_local(skb, res, in_dev, 0, !itag, err));
    }
    if (!IN_DEV_FORWARD(in_dev)) return TRACE_RET(input_no_route(skb, res, in_dev, -EHOSTUNREACH));
    if (res->type != RTN_UNICAST) return TRACE_RET(-EINVAL);
    return TRACE_RET(ip_mkroute_input(skb, res, in_dev, daddr, saddr, tos));
}

int ip_route_input_rcu(sk_buff *skb, be32 daddr, be32 saddr, u8 tos, net_device *dev, fib_result *res) {
    TRACE_FN(skb);
    if (!ipv4_is_multicast(daddr)) return TRACE_RET(ip_route_input_slow(skb, daddr, saddr, tos, dev, res));
    in_device *in_dev = __in_dev_get_rcu(dev);
    if (!in_dev) return TRACE_RET(-EINVAL);
    const bool our = ip_check_mc_rcu(in_dev, daddr, saddr, ip_hdr(skb)->protocol) != 0;
    return TRACE_RET(our ? ip_route_input_mc(skb, daddr, saddr, tos, dev, our) : -EINVAL);
}

} // namespace

int ip_route_use_hint(sk_buff *skb, be32 daddr, be32 saddr, u8 tos, net_device *dev, const sk_buff *hint) {
    TRACE_FN(skb);
    in_device *in_dev = __in_dev_get_rcu(dev);
    if (!in_dev) return TRACE_RET(-EINVAL);
    const input_query q{daddr, saddr, tos, dev, in_dev};
    if (ipv4_is_multicast(saddr) || ipv4_is_lbcast(saddr) || ipv4_is_zeronet(saddr) || martian_loopback(q, saddr))
        return TRACE_RET(input_martian_source(skb, q, -EINVAL));
    if (skb_rtable(hint)->rt_type == RTN_LOCAL) {
        u32 tag = 0;
        const int err = fib_validate_source(skb, saddr, daddr, tos & IPTOS_RT_MASK, 0, dev, in_dev, &tag);
        if (err < 0) return TRACE_RET(input_martian_source(skb, q, err));
    }
    skb_dst_copy(skb, hint);
    return TRACE_RET(0);
}

int ip_route_input_noref(sk_buff *skb, be32 daddr, be32 saddr, u8 tos, net_device *dev) {
    TRACE_FN(skb);
    fib_result res;
    rcu_read_lock();
    const int err = ip_route_input_rcu(skb, daddr, saddr, tos & IPTOS_RT_MASK, dev, &res);
    rcu_read_unlock();
    return TRACE_RET(err);
}

int ip_route_input(sk_buff *skb, be32 dst, be32 src, u8 tos, net_device *devin) {
    rcu_read_lock();
    int err = ip_route_input_noref(skb, dst, src, tos, devin);
    if (!err && !skb_dst_force(skb)) err = -EINVAL;
    rcu_read_unlock();
    return err;
}

} // namespace skbscope::stack
