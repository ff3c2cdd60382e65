// SPDX-License-Identifier: GPL-2.0-or-later
// Finding the way out: complete the flow (source, device), look the destination up, and hand out the route that the
// nexthop keeps, or a new one. Linux 6.1: net/ipv4/route.c, include/net/route.h
#include "linux/igmp.h"
#include "linux/inetdevice.h"
#include "linux/socket.h"
#include "net/ip.h"
#include "net/ip_fib.h"
#include "net/ipv4/route_internal.h"
#include "net/xfrm.h"
#include "sim/machine_state.h"

namespace skbscope::stack {

void ip_rt_fix_tos(flowi4 *fl4) {
    const u8 tos = fl4->flowi4_tos;
    fl4->flowi4_tos = tos & IPTOS_RT_MASK;
    if (tos & RTO_ONLINK) fl4->flowi4_scope = RT_SCOPE_LINK;
}

namespace {

// Where the nexthop keeps its output route, or null: this one must not be kept.
rtable **output_cache(fib_nh_common *nhc, fib_nh_exception *fnhe, const flowi4 *fl4) {
    if (fnhe) return &fnhe->fnhe_rth_output;
    const bool via_gateway = nhc->nhc_gw_family && nhc->nhc_scope == RT_SCOPE_LINK;
    if ((fl4->flowi4_flags & FLOWI_FLAG_KNOWN_NH) && !via_gateway) return nullptr;
    return &nhc->nhc_pcpu_rth_output[this_machine().cpu];
}

rtable *__mkroute_output(const fib_result *res, const flowi4 *fl4, int orig_oif, net_device *dev_out, u32 flags) {
    TRACE_FN();
    fib_info *fi = res->fi;
    u16 type = res->type;
    in_device *in_dev = __in_dev_get_rcu(dev_out);
    if (!in_dev) return ERR_PTR(-EINVAL);
    const bool loopback = (dev_out->flags & IFF_LOOPBACK) != 0;
    if (!IN_DEV_ROUTE_LOCALNET(in_dev) && ipv4_is_loopback(fl4->saddr) && !loopback && !netif_is_l3_master(dev_out))
        return ERR_PTR(-EINVAL);
    if (ipv4_is_lbcast(fl4->daddr)) {
        type = RTN_BROADCAST;
        fi = nullptr; // no gateway for this one
    } else if (ipv4_is_multicast(fl4->daddr)) {
        type = RTN_MULTICAST;
    } else if (ipv4_is_zeronet(fl4->daddr)) {
        return ERR_PTR(-EINVAL);
    }
    if (loopback) flags |= RTCF_LOCAL;

    bool do_cache = true;
    if (type == RTN_BROADCAST) {
        flags |= RTCF_BROADCAST | RTCF_LOCAL;
    } else if (type == RTN_MULTICAST) {
        flags |= RTCF_MULTICAST | RTCF_LOCAL;
        if (!ip_check_mc_rcu(in_dev, fl4->daddr, fl4->saddr, fl4->flowi4_proto))
            flags &= ~RTCF_LOCAL;
        else
            do_cache = false;
        if (fi && res->prefixlen < 4) fi = nullptr; // a default route is no route for groups
    } else if (type == RTN_LOCAL && orig_oif != 0 && orig_oif != dev_out->ifindex) {
        do_cache = false; // the receiver must see the device that was asked for
    }

    fib_nh_exception *fnhe = nullptr;
    do_cache = do_cache && fi;
    if (fi) {
        fib_nh_common *nhc = FIB_RES_NHC(*res);
        fnhe = find_exception(nhc, fl4->daddr);
        if (do_cache) {
            rtable **prth = output_cache(nhc, fnhe, fl4);
            do_cache = prth != nullptr;
            if (prth && rt_cache_valid(*prth) && dst_hold_safe(&(*prth)->dst)) return TRACE_RET(*prth);
        }
    }
    rtable *rth = rt_dst_alloc(dev_out, flags, type, in_dev_orconf(in_dev, IPV4_DEVCONF_NOXFRM));
    if (!rth) return ERR_PTR(-ENOBUFS);
    rth->rt_iif = orig_oif;
    if ((flags & (RTCF_BROADCAST | RTCF_MULTICAST)) && (flags & RTCF_LOCAL) && !loopback)
        rth->dst.output = ip_mc_output;
    rt_set_nexthop(rth, fl4->daddr, res, fnhe, fi, do_cache);
    return TRACE_RET(rth);
}

// What the caller fixed about the source. 0: look on; 1: *dev_out is decided already; < 0: impossible.
int output_check_saddr(net *ns, flowi4 *fl4, net_device **dev_out) {
    if (!fl4->saddr) return 0;
    if (ipv4_is_multicast(fl4->saddr) || ipv4_is_lbcast(fl4->saddr) || ipv4_is_zeronet(fl4->saddr)) return -EINVAL;
    if (fl4->flowi4_oif == 0 && (ipv4_is_multicast(fl4->daddr) || ipv4_is_lbcast(fl4->daddr))) {
        // A group or everybody: through the device the source belongs to.
        *dev_out = __ip_dev_find(ns, fl4->saddr, false);
        if (!*dev_out) return -ENETUNREACH;
        fl4->flowi4_oif = (*dev_out)->ifindex;
        return 1;
    }
    if (!(fl4->flowi4_flags & FLOWI_FLAG_ANYSRC) && !__ip_dev_find(ns, fl4->saddr, false)) return -ENETUNREACH;
    return 0;
}

// What the caller fixed about the device: the same answers.
int output_check_oif(net *ns, flowi4 *fl4, net_device **dev_out) {
    if (fl4->flowi4_oif == 0) return 0;
    net_device *dev = *dev_out = dev_get_by_index_rcu(ns, fl4->flowi4_oif);
    if (!dev) return -ENODEV;
    if (!(dev->flags & IFF_UP) || !__in_dev_get_rcu(dev)) return -ENETUNREACH;
    if (ipv4_is_local_multicast(fl4->daddr) || ipv4_is_lbcast(fl4->daddr) || fl4->flowi4_proto == IPPROTO_IGMP) {
        if (!fl4->saddr) fl4->saddr = inet_select_addr(dev, be32{}, RT_SCOPE_LINK);
        return 1;
    }
    if (!fl4->saddr) {
        if (ipv4_is_multicast(fl4->daddr))
            fl4->saddr = inet_select_addr(dev, be32{}, fl4->flowi4_scope);
        else if (!fl4->daddr)
            fl4->saddr = inet_select_addr(dev, be32{}, RT_SCOPE_HOST);
    }
    return 0;
}

} // namespace

rtable *ip_route_output_key_hash_rcu(net *ns, flowi4 *fl4, fib_result *res, const sk_buff *skb) {
    TRACE_FN();
    net_device *dev_out = nullptr;
    int orig_oif = fl4->flowi4_oif;
    u32 flags = 0;
    int err = output_check_saddr(ns, fl4, &dev_out);
    if (err == 0) err = output_check_oif(ns, fl4, &dev_out);
    if (err < 0) return ERR_PTR(err);
    if (err > 0) return TRACE_RET(__mkroute_output(res, fl4, orig_oif, dev_out, flags));

    if (!fl4->daddr) { // to nobody in particular: to ourselves
        fl4->daddr = fl4->saddr;
        if (!fl4->daddr) fl4->daddr = fl4->saddr = INADDR_LOOPBACK;
        fl4->flowi4_oif = LOOPBACK_IFINDEX;
        res->type = RTN_LOCAL;
        return TRACE_RET(__mkroute_output(res, fl4, orig_oif, ns->loopback_dev, RTCF_LOCAL));
    }
    err = fib_lookup(ns, fl4, res, 0);
    if (err) {
        res->fi = nullptr;
        res->table = nullptr;
        // No route, but the device is given: then it is on that link.
        if (fl4->flowi4_oif == 0 || (!ipv4_is_multicast(fl4->daddr) && fl4->flowi4_l3mdev)) return ERR_PTR(err);
        if (!fl4->saddr) fl4->saddr = inet_select_addr(dev_out, be32{}, RT_SCOPE_LINK);
        res->type = RTN_UNICAST;
        return TRACE_RET(__mkroute_output(res, fl4, orig_oif, dev_out, flags));
    }
    if (res->type == RTN_LOCAL) {
        if (!fl4->saddr) fl4->saddr = res->fi->fib_prefsrc ? res->fi->fib_prefsrc : fl4->daddr;
        dev_out = ns->loopback_dev;
        orig_oif = FIB_RES_OIF(*res); // as if it had come in where the address lives
        fl4->flowi4_oif = dev_out->ifindex;
        flags |= RTCF_LOCAL;
    } else {
        fib_select_path(ns, res, fl4, skb);
        dev_out = FIB_RES_DEV(*res);
    }
    return TRACE_RET(__mkroute_output(res, fl4, orig_oif, dev_out, flags));
}

rtable *ip_route_output_key_hash(net *ns, flowi4 *fl4, const sk_buff *skb) {
    TRACE_FN();
    fib_result res;
    fl4->flowi4_iif = LOOPBACK_IFINDEX;
    ip_rt_fix_tos(fl4);
    rcu_read_lock();
    rtable *rth = ip_route_output_key_hash_rcu(ns, fl4, &res, skb);
    rcu_read_unlock();
    return TRACE_RET(rth);
}

rtable *ip_route_output_flow(net *ns, flowi4 *flp4, const sock *sk) {
    TRACE_FN();
    rtable *rt = __ip_route_output_key(ns, flp4);
    if (IS_ERR(rt)) return rt;
    if (flp4->flowi4_proto) {
        flp4->flowi4_oif = rt->dst.dev->ifindex;
        rt = dst_rtable(xfrm_lookup_route(ns, &rt->dst, flowi4_to_flowi(flp4), sk, 0));
    }
    return TRACE_RET(rt);
}

rtable *ip_route_output_ports(net *ns, flowi4 *fl4, const sock *sk, be32 daddr, be32 saddr, be16 dport, be16 sport,
                              u8 proto, u8 tos, int oif) {
    flowi4_init_output(fl4, oif, sk ? sk->sk_mark : 0, tos, RT_SCOPE_UNIVERSE, proto,
                       sk ? inet_sk_flowi_flags(sk) : u8{0}, daddr, saddr, dport, sport, sk ? sk->sk_uid : 0);
    return ip_route_output_flow(ns, fl4, sk);
}

void ip_route_connect_init(flowi4 *fl4, be32 dst, be32 src, int oif, u8 protocol, be16 sport, be16 dport,
                           const sock *sk) {
    const u8 flow_flags = inet_sk(sk)->transparent ? FLOWI_FLAG_ANYSRC : u8{0};
    flowi4_init_output(fl4, oif, sk->sk_mark, ip_sock_rt_tos(sk), ip_sock_rt_scope(sk), protocol, flow_flags, dst, src,
                       dport, sport, sk->sk_uid);
}

rtable *ip_route_connect(flowi4 *fl4, be32 dst, be32 src, int oif, u8 protocol, be16 sport, be16 dport,
                         const sock *sk) {
    TRACE_FN();
    net *ns = sock_net(sk);
    ip_route_connect_init(fl4, dst, src, oif, protocol, sport, dport, sk);
    if (!dst || !src) { // the addresses first; a port may depend on them
        rtable *rt = __ip_route_output_key(ns, fl4);
        if (IS_ERR(rt)) return rt;
        ip_rt_put(rt);
        flowi4_update_output(fl4, oif, fl4->daddr, fl4->saddr);
    }
    return TRACE_RET(ip_route_output_flow(ns, fl4, sk));
}

} // namespace skbscope::stack
