// SPDX-License-Identifier: GPL-2.0-or-later
// Routes that follow addresses and devices: each address brings a local route, its prefix and a broadcast route; a
// device that goes takes its routes along. And the routes that users add. Linux 6.1: net/ipv4/fib_frontend.c
#include "linux/inetdevice.h"
#include "linux/socket.h"
#include "linux/trace_fn.h"
#include "net/arp.h"
#include "net/ip_fib.h"
#include "net/l3mdev.h"
#include "net/route.h"
#include "sim/machine_state.h"

namespace skbscope::stack {

namespace {

enum class fib_cmd { add, del };

void fib_magic(fib_cmd cmd, u8 type, be32 dst, u8 dst_len, in_ifaddr *ifa, u32 rt_priority) {
    TRACE_FN();
    net_device *dev = ifa->ifa_dev->dev;
    net *ns = dev_net(dev);
    u32 tb_id = l3mdev_fib_table_rcu(dev);
    if (!tb_id) tb_id = type == RTN_UNICAST ? RT_TABLE_MAIN : RT_TABLE_LOCAL;
    fib_table *tb = fib_new_table(ns, tb_id);
    fib_config cfg;
    cfg.fc_protocol = RTPROT_KERNEL;
    cfg.fc_type = type;
    cfg.fc_dst = dst;
    cfg.fc_dst_len = dst_len;
    cfg.fc_priority = rt_priority;
    cfg.fc_prefsrc = ifa->ifa_local;
    cfg.fc_oif = dev->ifindex;
    cfg.fc_nlflags = NLM_F_CREATE | NLM_F_APPEND;
    cfg.fc_table = tb->tb_id;
    cfg.fc_scope = type != RTN_LOCAL ? RT_SCOPE_LINK : RT_SCOPE_HOST;
    if (cmd == fib_cmd::add)
        fib_table_insert(ns, tb, &cfg);
    else
        fib_table_delete(ns, tb, &cfg);
}

u8 prefix_type(const net_device *dev) {
    return dev->flags & IFF_LOOPBACK ? RTN_LOCAL : RTN_UNICAST;
}

} // namespace

void fib_add_ifaddr(in_ifaddr *ifa) {
    TRACE_FN();
    in_device *in_dev = ifa->ifa_dev;
    net_device *dev = in_dev->dev;
    const be32 mask = ifa->ifa_mask, addr = ifa->ifa_local, prefix = ifa->ifa_address & mask;
    in_ifaddr *prim = ifa->ifa_flags & IFA_F_SECONDARY ? inet_ifa_byprefix(in_dev, prefix, mask) : ifa;
    BUG_ON(!prim);

    fib_magic(fib_cmd::add, RTN_LOCAL, addr, 32, prim, 0);
    if (!(dev->flags & IFF_UP)) return;
    if (ifa->ifa_broadcast && ifa->ifa_broadcast != INADDR_BROADCAST) {
        fib_magic(fib_cmd::add, RTN_BROADCAST, ifa->ifa_broadcast, 32, prim, 0);
        arp_invalidate(dev, ifa->ifa_broadcast, false);
    }
    if (ipv4_is_zeronet(prefix) || (ifa->ifa_flags & IFA_F_SECONDARY) || (prefix == addr && ifa->ifa_prefixlen == 32))
        return;
    if (!(ifa->ifa_flags & IFA_F_NOPREFIXROUTE))
        fib_magic(fib_cmd::add, prefix_type(dev), prefix, ifa->ifa_prefixlen, prim, ifa->ifa_rt_priority);
    if (ifa->ifa_prefixlen < 31) {
        fib_magic(fib_cmd::add, RTN_BROADCAST, prefix | ~mask, 32, prim, 0);
        arp_invalidate(dev, prefix | ~mask, false);
    }
}

namespace {

// Which of a dying address's routes another address of the device still needs.
struct still_needed {
    bool local = false, brd = false, brd0 = false, brd1 = false;
    bool gone = true; // the address itself is no longer on the device
};

still_needed fib_scan_addresses(const in_ifaddr *ifa, const in_ifaddr *iprim, in_ifaddr *prim) {
    still_needed ok;
    in_device *in_dev = ifa->ifa_dev;
    const be32 brd = ifa->ifa_address | ~ifa->ifa_mask, any = ifa->ifa_address & ifa->ifa_mask;
    const auto same_subnet = [](const in_ifaddr *a, const in_ifaddr *b) {
        return a->ifa_mask == b->ifa_mask && inet_ifa_match(a->ifa_address, b);
    };
    in_ifaddr *prim1 = nullptr; // the primary that ifa1's routes name as their source
    bool same_prefsrc = false;
    for (in_ifaddr *ifa1 = in_dev->ifa_list; ifa1; ifa1 = ifa1->ifa_next) {
        if (ifa1 == ifa) {
            ok.gone = false;
            continue;
        }
        if (iprim && same_subnet(ifa1, iprim)) continue;
        if (ifa1->ifa_flags & IFA_F_SECONDARY) {
            if (same_subnet(ifa1, prim)) {
                prim1 = prim;
            } else {
                if (!same_prefsrc) continue;
                if (!prim1 || !same_subnet(ifa1, prim1))
                    prim1 = inet_ifa_byprefix(in_dev, ifa1->ifa_address, ifa1->ifa_mask);
                if (!prim1 || prim1->ifa_local != prim->ifa_local) continue;
            }
        } else {
            if (prim->ifa_local != ifa1->ifa_local) continue;
            prim1 = ifa1;
            if (prim != prim1) same_prefsrc = true;
        }
        ok.local |= ifa->ifa_local == ifa1->ifa_local;
        ok.brd |= ifa->ifa_broadcast == ifa1->ifa_broadcast;
        ok.brd1 |= brd == ifa1->ifa_broadcast;
        ok.brd0 |= any == ifa1->ifa_broadcast;
        if (prim1 != ifa1 || ifa1->ifa_prefixlen >= 31) continue;
        const be32 any1 = ifa1->ifa_address & ifa1->ifa_mask, brd1 = ifa1->ifa_address | ~ifa1->ifa_mask;
        if (ipv4_is_zeronet(any1)) continue;
        ok.brd |= ifa->ifa_broadcast == brd1 || ifa->ifa_broadcast == any1;
        ok.brd1 |= brd == brd1 || brd == any1;
        ok.brd0 |= any == brd1 || any == any1;
    }
    return ok;
}

} // namespace

// iprim: the primary that goes and takes ifa, its secondary, along; else null.
void fib_del_ifaddr(in_ifaddr *ifa, in_ifaddr *iprim) {
    TRACE_FN();
    in_device *in_dev = ifa->ifa_dev;
    net_device *dev = in_dev->dev;
    const be32 brd = ifa->ifa_address | ~ifa->ifa_mask, any = ifa->ifa_address & ifa->ifa_mask;
    in_ifaddr *prim = ifa;
    bool subnet = false;
    if (ifa->ifa_flags & IFA_F_SECONDARY) {
        prim = inet_ifa_byprefix(in_dev, any, ifa->ifa_mask);
        if (!prim || (iprim && iprim != prim)) return;
    } else if (!ipv4_is_zeronet(any) && (any != ifa->ifa_local || ifa->ifa_prefixlen < 32)) {
        if (!(ifa->ifa_flags & IFA_F_NOPREFIXROUTE))
            fib_magic(fib_cmd::del, prefix_type(dev), any, ifa->ifa_prefixlen, prim, 0);
        subnet = true;
    }
    const still_needed ok = in_dev->dead ? still_needed{} : fib_scan_addresses(ifa, iprim, prim);
    if (!ok.brd) fib_magic(fib_cmd::del, RTN_BROADCAST, ifa->ifa_broadcast, 32, prim, 0);
    if (subnet && ifa->ifa_prefixlen < 31) {
        if (!ok.brd1) fib_magic(fib_cmd::del, RTN_BROADCAST, brd, 32, prim, 0);
        if (!ok.brd0) fib_magic(fib_cmd::del, RTN_BROADCAST, any, 32, prim, 0);
    }
    if (ok.local) return;
    fib_magic(fib_cmd::del, RTN_LOCAL, ifa->ifa_local, 32, prim, 0);
    // Really gone, and not an address of another device: routes with it as their source go too.
    if (ok.gone && inet_addr_type_dev_table(dev_net(dev), dev, ifa->ifa_local) != RTN_LOCAL &&
        fib_sync_down_addr(dev, ifa->ifa_local))
        fib_flush(dev_net(dev));
}

namespace {

void fib_disable_ip(net_device *dev, unsigned long event, bool force) {
    TRACE_FN();
    if (fib_sync_down_dev(dev, event, force))
        fib_flush(dev_net(dev));
    else
        rt_cache_flush(dev_net(dev));
    arp_ifdown(dev);
}

int fib_inetaddr_event(notifier_block *, unsigned long event, void *ptr) {
    TRACE_FN();
    auto *ifa = static_cast<in_ifaddr *>(ptr);
    net_device *dev = ifa->ifa_dev->dev;
    net *ns = dev_net(dev);
    if (event == NETDEV_UP) {
        fib_add_ifaddr(ifa);
        fib_sync_up(dev, RTNH_F_DEAD);
        ++ns->ipv4.dev_addr_genid;
        rt_cache_flush(ns);
    } else if (event == NETDEV_DOWN) {
        fib_del_ifaddr(ifa, nullptr);
        ++ns->ipv4.dev_addr_genid;
        if (!ifa->ifa_dev->ifa_list)
            fib_disable_ip(dev, event, true); // that was the last one
        else
            rt_cache_flush(ns);
    }
    return TRACE_RET(NOTIFY_DONE);
}

int fib_netdev_event(notifier_block *, unsigned long event, void *ptr) {
    TRACE_FN();
    net_device *dev = netdev_notifier_info_to_dev(ptr);
    net *ns = dev_net(dev);
    if (event == NETDEV_UNREGISTER) {
        fib_disable_ip(dev, event, true);
        rt_flush_dev(dev);
        return TRACE_RET(NOTIFY_DONE);
    }
    const in_device *in_dev = __in_dev_get_rtnl(dev);
    if (!in_dev) return TRACE_RET(NOTIFY_DONE);
    switch (event) {
    case NETDEV_UP:
        for (in_ifaddr *ifa = in_dev->ifa_list; ifa; ifa = ifa->ifa_next)
            fib_add_ifaddr(ifa);
        fib_sync_up(dev, RTNH_F_DEAD);
        ++ns->ipv4.dev_addr_genid;
        rt_cache_flush(ns);
        break;
    case NETDEV_DOWN:
        fib_disable_ip(dev, event, false);
        break;
    case NETDEV_CHANGE:
        if (dev_get_flags(dev) & (IFF_RUNNING | IFF_LOWER_UP))
            fib_sync_up(dev, RTNH_F_LINKDOWN);
        else
            fib_sync_down_dev(dev, event, false);
        rt_cache_flush(ns);
        break;
    case NETDEV_CHANGEMTU:
        fib_sync_mtu(dev, static_cast<const netdev_notifier_info_ext *>(ptr)->mtu);
        rt_cache_flush(ns);
        break;
    default:
        break;
    }
    return TRACE_RET(NOTIFY_DONE);
}

int fib_net_init(net *ns) {
    ns->ipv4.rules_ops = knew<fib_rules_ops>();
    ns->ipv4.rules_ops->rules_list = {{0, RT_TABLE_LOCAL}, {0x7ffe, RT_TABLE_MAIN}, {0x7fff, RT_TABLE_DEFAULT}};
    return 0;
}

void fib_net_exit(net *ns) {
    ns->ipv4.fib_main = ns->ipv4.fib_default = nullptr;
    while (!ns->ipv4.fib_tables.empty()) {
        fib_table *tb = ns->ipv4.fib_tables.back();
        ns->ipv4.fib_tables.pop_back();
        fib_table_flush(ns, tb, true);
        fib_free_table(tb);
    }
    kdelete(ns->ipv4.rules_ops);
    ns->ipv4.rules_ops = nullptr;
}

machine_global<notifier_block> fib_inetaddr_notifier, fib_netdev_notifier;
machine_global<pernet_operations> fib_net_ops;

} // namespace

// Linux 6.1: inet_rtm_newroute(), inet_rtm_delroute()
int ip_fib_route(net *ns, bool add, fib_config *cfg) {
    if (cfg->fc_dst_len > 32 || (cfg->fc_dst & ~inet_make_mask(cfg->fc_dst_len))) return -EINVAL;
    if (cfg->fc_table == 0) cfg->fc_table = RT_TABLE_MAIN;
    if (!add) {
        fib_table *tb = fib_get_table(ns, cfg->fc_table);
        return tb ? fib_table_delete(ns, tb, cfg) : -ESRCH;
    }
    fib_table *tb = fib_new_table(ns, cfg->fc_table);
    const int err = fib_table_insert(ns, tb, cfg);
    if (!err && cfg->fc_type == RTN_LOCAL) ns->ipv4.fib_has_custom_local_routes = true;
    return err;
}

void ip_fib_init() {
    TRACE_FN();
    fib_net_ops->init = fib_net_init;
    fib_net_ops->exit = fib_net_exit;
    register_pernet_subsys(&fib_net_ops.get());
    fib_netdev_notifier->notifier_call = fib_netdev_event;
    register_netdevice_notifier(&fib_netdev_notifier.get());
    fib_inetaddr_notifier->notifier_call = fib_inetaddr_event;
    register_inetaddr_notifier(&fib_inetaddr_notifier.get());
}

} // namespace skbscope::stack
