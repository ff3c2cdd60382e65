// SPDX-License-Identifier: GPL-2.0-or-later
// What `ip addr`, `ip neigh` and `ip route` do, with the flags that iproute2 sets. Mirrors the kernel's handlers of
// those requests: inet_rtm_newaddr, neigh_add, inet_rtm_newroute and their opposites.
#include "linux/err.h"
#include "linux/inetdevice.h"
#include "linux/neighbour.h"
#include "linux/socket.h"
#include "net/arp.h"
#include "net/core/neighbour_internal.h"
#include "net/ip_fib.h"
#include "sim/netconfig.h"
#include "sim/netconfig_scope.h"

namespace skbscope::stack {

namespace {

u8 nud_of(neigh_request_state state) {
    switch (state) {
    case neigh_request_state::permanent:
        return NUD_PERMANENT;
    case neigh_request_state::reachable:
        return NUD_REACHABLE;
    case neigh_request_state::stale:
        return NUD_STALE;
    case neigh_request_state::noarp:
        return NUD_NOARP;
    case neigh_request_state::failed:
        return NUD_FAILED;
    case neigh_request_state::none:
        break;
    }
    return NUD_NONE;
}

u8 rtn_of(route_kind kind) {
    switch (kind) {
    case route_kind::unicast:
        return RTN_UNICAST;
    case route_kind::local:
        return RTN_LOCAL;
    case route_kind::blackhole:
        return RTN_BLACKHOLE;
    case route_kind::unreachable:
        return RTN_UNREACHABLE;
    case route_kind::prohibit:
        return RTN_PROHIBIT;
    case route_kind::throw_:
        break;
    }
    return RTN_THROW;
}

// How far a route reaches, as iproute2 guesses it.
u8 scope_of(const route_request &route) {
    if (route.kind == route_kind::local) return RT_SCOPE_HOST;
    return route.kind == route_kind::unicast && !route.gateway ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
}

// 0 or a negative errno.
int make_config(net *ns, const route_request &route, fib_config *cfg) {
    if (!route.device.empty()) {
        const net_device *dev = __dev_get_by_name(ns, route.device);
        if (!dev) return -ENODEV;
        cfg->fc_oif = dev->ifindex;
    }
    cfg->fc_dst = route.dst;
    cfg->fc_dst_len = route.dst_len;
    cfg->fc_gw4 = route.gateway;
    cfg->fc_gw_family = route.gateway ? u8{AF_INET} : u8{AF_UNSPEC};
    cfg->fc_priority = route.metric;
    cfg->fc_prefsrc = route.prefsrc;
    cfg->fc_table = route.kind == route_kind::local ? RT_TABLE_LOCAL : RT_TABLE_MAIN;
    return 0;
}

} // namespace

int addr_add(net *ns, std::string_view dev, be32 address, u8 prefix_len) {
    const netconfig_scope quiet;
    net_device *d = __dev_get_by_name(ns, dev);
    return d ? inet_addr_add(d, address, prefix_len) : -ENODEV;
}

int addr_del(net *ns, std::string_view dev, be32 address, u8 prefix_len) {
    const netconfig_scope quiet;
    net_device *d = __dev_get_by_name(ns, dev);
    return d ? inet_addr_del(d, address, prefix_len) : -ENODEV;
}

int neigh_replace(net *ns, std::string_view dev, be32 ip, const mac_address &mac, neigh_request_state state) {
    const netconfig_scope quiet;
    net_device *d = __dev_get_by_name(ns, dev);
    if (!d) return -ENODEV;
    const u8 nud = nud_of(state);
    neigh_table *tbl = &arp_tbl();
    neighbour *n = neigh_lookup(tbl, &ip, d);
    if (!n) n = nud & NUD_PERMANENT ? neigh_create_exempt(tbl, &ip, d) : neigh_create(tbl, &ip, d);
    if (IS_ERR(n)) return PTR_ERR(n);
    const int err = neigh_update(n, mac.data(), nud,
                                 NEIGH_UPDATE_F_OVERRIDE | NEIGH_UPDATE_F_OVERRIDE_ISROUTER | NEIGH_UPDATE_F_ADMIN, 0);
    neigh_release(n);
    return err;
}

int neigh_del(net *ns, std::string_view dev, be32 ip) {
    const netconfig_scope quiet;
    net_device *d = __dev_get_by_name(ns, dev);
    if (!d) return -ENODEV;
    neigh_table *tbl = &arp_tbl();
    neighbour *n = neigh_lookup(tbl, &ip, d);
    if (!n) return -ENOENT;
    const int err = neigh_update(n, nullptr, NUD_FAILED, NEIGH_UPDATE_F_OVERRIDE | NEIGH_UPDATE_F_ADMIN, 0);
    write_lock_bh(&tbl->lock);
    neigh_release(n);
    neigh_remove_one(n, tbl);
    write_unlock_bh(&tbl->lock);
    return err;
}

int route_add(net *ns, const route_request &route) {
    const netconfig_scope quiet;
    fib_config cfg;
    if (const int err = make_config(ns, route, &cfg)) return err;
    cfg.fc_protocol = RTPROT_BOOT;
    cfg.fc_type = rtn_of(route.kind);
    cfg.fc_scope = scope_of(route);
    cfg.fc_nlflags = NLM_F_CREATE | NLM_F_EXCL;
    return ip_fib_route(ns, true, &cfg);
}

int route_del(net *ns, const route_request &route) {
    const netconfig_scope quiet;
    fib_config cfg;
    if (const int err = make_config(ns, route, &cfg)) return err;
    cfg.fc_type = route.kind == route_kind::unicast ? RTN_UNSPEC : rtn_of(route.kind); // not said: any
    cfg.fc_scope = RT_SCOPE_NOWHERE;
    return ip_fib_route(ns, false, &cfg);
}

} // namespace skbscope::stack
