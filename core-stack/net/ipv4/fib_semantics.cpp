// SPDX-License-Identifier: GPL-2.0-or-later
// fib_info: what a route means. Made once and shared by all prefixes that mean the same; checked against the device or
// the gateway it names; brought down and up with devices and addresses. Choosing among nexthops is in fib_select.cpp.
// Linux 6.1: net/ipv4/fib_semantics.c
#include "linux/err.h"
#include "linux/inetdevice.h"
#include "linux/socket.h"
#include "linux/spinlock.h"
#include "linux/trace_fn.h"
#include "net/ip_fib.h"
#include "net/ipv4/route_internal.h"
#include "net/route.h"
#include "sim/machine_state.h"

#include <algorithm>

namespace skbscope::stack {

const fib_prop fib_props[RTN_MAX + 1] = {
    {0, RT_SCOPE_NOWHERE},              // RTN_UNSPEC
    {0, RT_SCOPE_UNIVERSE},             // RTN_UNICAST
    {0, RT_SCOPE_HOST},                 // RTN_LOCAL
    {0, RT_SCOPE_LINK},                 // RTN_BROADCAST
    {0, RT_SCOPE_LINK},                 // RTN_ANYCAST
    {0, RT_SCOPE_UNIVERSE},             // RTN_MULTICAST
    {-EINVAL, RT_SCOPE_UNIVERSE},       // RTN_BLACKHOLE
    {-EHOSTUNREACH, RT_SCOPE_UNIVERSE}, // RTN_UNREACHABLE
    {-EACCES, RT_SCOPE_UNIVERSE},       // RTN_PROHIBIT
    {-EAGAIN, RT_SCOPE_UNIVERSE},       // RTN_THROW
    {-EINVAL, RT_SCOPE_NOWHERE},        // RTN_NAT
    {-EINVAL, RT_SCOPE_NOWHERE},        // RTN_XRESOLVE
};

namespace {

constexpr u32 RTNH_COMPARE_MASK = RTNH_F_DEAD | RTNH_F_LINKDOWN;

struct fib_infos {
    spinlock_t lock;
    std::vector<fib_info *> list; // every one that a table points to; a hash in the kernel
};
machine_global<fib_infos> fib_infos_;

void rt_fibinfo_free(rtable *rt) {
    if (!rt) return;
    dst_dev_put(&rt->dst);
    dst_release_immediate(&rt->dst);
}

void fib_nh_common_release(fib_nh_common *nhc) {
    TRACE_FN();
    dev_put(nhc->nhc_dev);
    for (rtable *rt : nhc->nhc_pcpu_rth_output)
        rt_fibinfo_free(rt);
    rt_fibinfo_free(nhc->nhc_rth_input);
    free_nh_exceptions(nhc);
}

void free_fib_info_rcu(rcu_head *head) {
    TRACE_FN();
    fib_info *fi = container_of(head, &fib_info::rcu);
    for (struct fib_nh &nh : fi->fib_nh)
        fib_nh_common_release(&nh.nh_common);
    delete fi;
}

} // namespace

void rt_fibinfo_free_exception_route(rtable *rt) {
    rt_fibinfo_free(rt);
}

void free_fib_info(fib_info *fi) {
    TRACE_FN();
    BUG_ON(!fi->fib_dead);
    call_rcu(&fi->rcu, free_fib_info_rcu);
}

void fib_release_info(fib_info *fi) {
    TRACE_FN();
    spin_lock_bh(&fib_infos_->lock);
    if (fi && refcount_dec_and_test(&fi->fib_treeref)) {
        std::erase(fib_infos_->list, fi);
        fi->fib_dead = true;
        fib_info_put(fi);
    }
    spin_unlock_bh(&fib_infos_->lock);
}

namespace {

bool nh_same(const fib_info *fi, const fib_info *ofi) {
    for (size_t i = 0; i < fi->fib_nh.size(); ++i) {
        const fib_nh_common &a = fi->fib_nh[i].nh_common, &b = ofi->fib_nh[i].nh_common;
        if (a.nhc_oif != b.nhc_oif || a.nhc_gw_family != b.nhc_gw_family || a.nhc_scope != b.nhc_scope ||
            a.nhc_weight != b.nhc_weight || ((a.nhc_flags ^ b.nhc_flags) & ~RTNH_COMPARE_MASK) ||
            a.nhc_gw4 != b.nhc_gw4)
            return false;
    }
    return true;
}

fib_info *fib_find_info(const fib_info *nfi) {
    for (fib_info *fi : fib_infos_->list) {
        if (net_eq(fi->fib_net, nfi->fib_net) && fi->fib_nhs == nfi->fib_nhs && nfi->fib_protocol == fi->fib_protocol &&
            nfi->fib_scope == fi->fib_scope && nfi->fib_prefsrc == fi->fib_prefsrc &&
            nfi->fib_priority == fi->fib_priority && nfi->fib_type == fi->fib_type && nfi->fib_tb_id == fi->fib_tb_id &&
            !((nfi->fib_flags ^ fi->fib_flags) & ~RTNH_COMPARE_MASK) && nh_same(fi, nfi))
            return fi;
    }
    return nullptr;
}

void fib_nh_init(struct fib_nh *nh, fib_info *fi, const fib_config::hop &hop, u32 flags) {
    nh->nh_parent = fi;
    fib_nh_common &nhc = nh->nh_common;
    nhc.nhc_family = AF_INET;
    nhc.nhc_pcpu_rth_output.resize(this_machine().config.cpus);
    nhc.nhc_oif = hop.oif;
    nhc.nhc_gw_family = hop.gateway ? u8{AF_INET} : u8{AF_UNSPEC};
    nhc.nhc_gw4 = hop.gateway;
    nhc.nhc_flags = static_cast<u8>(flags);
    nhc.nhc_weight = hop.weight;
}

// Which part of the hash range each of several nexthops takes, by weight.
void fib_rebalance(fib_info *fi) {
    TRACE_FN();
    if (fib_info_num_path(fi) < 2) return;
    const auto usable = [](const fib_nh_common &nhc) {
        return !(nhc.nhc_flags & RTNH_F_DEAD) &&
               !((nhc.nhc_flags & RTNH_F_LINKDOWN) && ip_ignore_linkdown(nhc.nhc_dev));
    };
    int total = 0;
    for (const struct fib_nh &nh : fi->fib_nh)
        if (usable(nh.nh_common)) total += nh.nh_common.nhc_weight;
    int w = 0;
    for (struct fib_nh &nh : fi->fib_nh) {
        fib_nh_common &nhc = nh.nh_common;
        nhc.nhc_upper_bound = -1;
        if (total == 0 || !usable(nhc)) continue;
        w += nhc.nhc_weight;
        const u64 scaled = static_cast<u64>(w) << 31, divisor = static_cast<u64>(total);
        nhc.nhc_upper_bound = static_cast<int>((scaled + divisor / 2) / divisor - 1);
    }
}

// Takes the device. The gateway must be on a link of ours: reached without another gateway.
int fib_check_nh_onlink(net *ns, fib_nh_common *nhc, u8 scope) {
    if (scope >= RT_SCOPE_LINK) return -EINVAL;
    net_device *dev = __dev_get_by_index(ns, nhc->nhc_oif);
    if (!dev) return -ENODEV;
    if (!(dev->flags & IFF_UP)) return -ENETDOWN;
    if (inet_addr_type_dev_table(ns, dev, nhc->nhc_gw4) != RTN_UNICAST) return -EINVAL;
    if (!netif_carrier_ok(dev)) nhc->nhc_flags |= RTNH_F_LINKDOWN;
    nhc->nhc_dev = dev;
    dev_hold(dev);
    nhc->nhc_scope = RT_SCOPE_LINK;
    return 0;
}

int fib_check_nh_v4_gw(net *ns, struct fib_nh *nh, u32 table, u8 scope) {
    TRACE_FN();
    fib_nh_common *nhc = &nh->nh_common;
    if (nhc->nhc_flags & RTNH_F_ONLINK) return TRACE_RET(fib_check_nh_onlink(ns, nhc, scope));
    flowi4 fl4;
    fl4.daddr = nhc->nhc_gw4;
    fl4.flowi4_scope = std::max<u8>(static_cast<u8>(scope + 1), RT_SCOPE_LINK);
    fl4.flowi4_oif = nhc->nhc_oif;
    fl4.flowi4_iif = LOOPBACK_IFINDEX;
    fib_result res;
    fib_table *tbl = table && table != RT_TABLE_MAIN ? fib_get_table(ns, table) : nullptr;
    int err = tbl ? fib_table_lookup(tbl, &fl4, &res, FIB_LOOKUP_IGNORE_LINKSTATE | FIB_LOOKUP_NOREF) : -EAGAIN;
    if (err) err = fib_lookup(ns, &fl4, &res, FIB_LOOKUP_IGNORE_LINKSTATE);
    if (err) return TRACE_RET(err);
    if (res.type != RTN_UNICAST && res.type != RTN_LOCAL) return TRACE_RET(-EINVAL);
    nhc->nhc_scope = res.scope;
    nhc->nhc_oif = FIB_RES_OIF(res);
    nhc->nhc_dev = FIB_RES_DEV(res);
    if (!nhc->nhc_dev) return TRACE_RET(-EINVAL);
    dev_hold(nhc->nhc_dev);
    if (!netif_carrier_ok(nhc->nhc_dev)) nhc->nhc_flags |= RTNH_F_LINKDOWN;
    return TRACE_RET(nhc->nhc_dev->flags & IFF_UP ? 0 : -ENETDOWN);
}

int fib_check_nh_nongw(net *ns, struct fib_nh *nh) {
    TRACE_FN();
    fib_nh_common *nhc = &nh->nh_common;
    if (nhc->nhc_flags & (RTNH_F_PERVASIVE | RTNH_F_ONLINK)) return TRACE_RET(-EINVAL);
    const in_device *in_dev = inetdev_by_index(ns, nhc->nhc_oif);
    if (!in_dev) return TRACE_RET(-ENODEV);
    if (!(in_dev->dev->flags & IFF_UP)) return TRACE_RET(-ENETDOWN);
    nhc->nhc_dev = in_dev->dev;
    dev_hold(nhc->nhc_dev);
    nhc->nhc_scope = RT_SCOPE_HOST;
    if (!netif_carrier_ok(nhc->nhc_dev)) nhc->nhc_flags |= RTNH_F_LINKDOWN;
    return TRACE_RET(0);
}

bool fib_valid_prefsrc(net *ns, const fib_config *cfg) {
    if (cfg->fc_type == RTN_LOCAL && cfg->fc_dst && cfg->fc_prefsrc == cfg->fc_dst) return true;
    const u32 tb_id = cfg->fc_table == RT_TABLE_MAIN ? RT_TABLE_LOCAL : cfg->fc_table;
    unsigned rc = inet_addr_type_table(ns, cfg->fc_prefsrc, tb_id);
    if (rc != RTN_LOCAL && tb_id != RT_TABLE_LOCAL) rc = inet_addr_type_table(ns, cfg->fc_prefsrc, RT_TABLE_LOCAL);
    return rc == RTN_LOCAL;
}

// A local address: its nexthop is the device it belongs to.
int fib_init_host_nh(net *ns, fib_info *fi) {
    fib_nh_common *nhc = fib_info_nhc(fi, 0);
    if (fi->fib_nhs != 1 || nhc->nhc_gw_family) return -EINVAL;
    nhc->nhc_scope = RT_SCOPE_NOWHERE;
    nhc->nhc_dev = dev_get_by_index(ns, nhc->nhc_oif);
    return nhc->nhc_dev ? 0 : -ENODEV;
}

int fib_check_nexthops(net *ns, fib_info *fi, const fib_config *cfg) {
    int linkdown = 0;
    for (struct fib_nh &nh : fi->fib_nh) {
        const int err = fib_check_nh(ns, &nh, cfg->fc_table, cfg->fc_scope);
        if (err) return err;
        if (nh.nh_common.nhc_flags & RTNH_F_LINKDOWN) ++linkdown;
    }
    if (linkdown == fi->fib_nhs) fi->fib_flags |= RTNH_F_LINKDOWN;
    return 0;
}

// Routes that refuse need no nexthop, the others one that works. 0 or a negative errno.
int fib_check_info(net *ns, fib_info *fi, const fib_config *cfg) {
    if (fib_props[cfg->fc_type].error) return cfg->fc_gw_family || cfg->fc_oif || !cfg->fc_mp.empty() ? -EINVAL : 0;
    if (cfg->fc_type == RTN_UNSPEC || cfg->fc_type > RTN_MULTICAST || cfg->fc_scope > RT_SCOPE_HOST) return -EINVAL;
    const int err = cfg->fc_scope == RT_SCOPE_HOST ? fib_init_host_nh(ns, fi) : fib_check_nexthops(ns, fi, cfg);
    if (err) return err;
    if (fi->fib_prefsrc && !fib_valid_prefsrc(ns, cfg)) return -EINVAL;
    for (struct fib_nh &nh : fi->fib_nh)
        fib_info_update_nhc_saddr(ns, &nh.nh_common, fi->fib_scope);
    fib_rebalance(fi);
    return 0;
}

fib_info *fib_alloc_info(net *ns, const fib_config *cfg) {
    auto *fi = new fib_info;
    fi->fib_net = ns;
    fi->fib_protocol = cfg->fc_protocol;
    fi->fib_scope = cfg->fc_scope;
    fi->fib_flags = cfg->fc_flags;
    fi->fib_priority = cfg->fc_priority;
    fi->fib_prefsrc = cfg->fc_prefsrc;
    fi->fib_type = cfg->fc_type;
    fi->fib_tb_id = cfg->fc_table;
    std::vector<fib_config::hop> hops = cfg->fc_mp;
    if (hops.empty()) hops.push_back({cfg->fc_gw_family ? cfg->fc_gw4 : be32{}, cfg->fc_oif, 1});
    fi->fib_nhs = static_cast<int>(hops.size());
    fi->fib_nh = std::vector<struct fib_nh>(hops.size());
    for (size_t i = 0; i < hops.size(); ++i)
        fib_nh_init(&fi->fib_nh[i], fi, hops[i], cfg->fc_flags);
    return fi;
}

} // namespace

int fib_check_nh(net *ns, struct fib_nh *nh, u32 table, u8 scope) {
    TRACE_FN();
    return TRACE_RET(nh->nh_common.nhc_gw_family == AF_INET ? fib_check_nh_v4_gw(ns, nh, table, scope)
                                                            : fib_check_nh_nongw(ns, nh));
}

fib_info *fib_create_info(net *ns, fib_config *cfg) {
    TRACE_FN();
    if (cfg->fc_type > RTN_MAX || fib_props[cfg->fc_type].scope > cfg->fc_scope ||
        (cfg->fc_flags & (RTNH_F_DEAD | RTNH_F_LINKDOWN)))
        return ERR_PTR(-EINVAL);
    fib_info *fi = fib_alloc_info(ns, cfg);
    if (const int err = fib_check_info(ns, fi, cfg)) {
        fi->fib_dead = true;
        free_fib_info(fi);
        return ERR_PTR(err);
    }
    if (fib_info *ofi = fib_find_info(fi)) {
        fi->fib_dead = true;
        free_fib_info(fi);
        refcount_inc(&ofi->fib_treeref);
        return TRACE_RET(ofi);
    }
    refcount_set(&fi->fib_treeref, 1);
    refcount_set(&fi->fib_clntref, 1);
    spin_lock_bh(&fib_infos_->lock);
    fib_infos_->list.push_back(fi);
    spin_unlock_bh(&fib_infos_->lock);
    return TRACE_RET(fi);
}

// 0: the request means these nexthops (or does not say).
int fib_nh_match(net *, fib_config *cfg, fib_info *fi) {
    TRACE_FN();
    if (cfg->fc_priority && cfg->fc_priority != fi->fib_priority) return TRACE_RET(1);
    const fib_nh_common *nhc = fib_info_nhc(fi, 0);
    if (cfg->fc_oif || cfg->fc_gw_family) {
        if ((cfg->fc_oif && cfg->fc_oif != nhc->nhc_oif) ||
            (cfg->fc_gw_family && (cfg->fc_gw_family != nhc->nhc_gw_family || cfg->fc_gw4 != nhc->nhc_gw4)))
            return TRACE_RET(1);
        return TRACE_RET(0);
    }
    for (size_t i = 0; i < cfg->fc_mp.size(); ++i) {
        if (i >= fi->fib_nh.size()) return TRACE_RET(1);
        const fib_nh_common &own = fi->fib_nh[i].nh_common;
        if ((cfg->fc_mp[i].oif && cfg->fc_mp[i].oif != own.nhc_oif) || cfg->fc_mp[i].gateway != own.nhc_gw4)
            return TRACE_RET(1);
    }
    return TRACE_RET(0);
}

// --- devices and addresses come and go
// --------------------------------------------------------------------------------

// A local address is gone: routes that prefer it as their source die. How many.
int fib_sync_down_addr(net_device *dev, be32 local) {
    TRACE_FN();
    int ret = 0;
    if (!local) return TRACE_RET(0);
    for (fib_info *fi : fib_infos_->list) {
        if (!net_eq(fi->fib_net, dev_net(dev)) || fi->fib_tb_id != RT_TABLE_MAIN || fi->fib_prefsrc != local) continue;
        fi->fib_flags |= RTNH_F_DEAD;
        fi->pfsrc_removed = true;
        ++ret;
    }
    return TRACE_RET(ret);
}

void fib_sync_mtu(net_device *dev, u32 orig_mtu) {
    TRACE_FN();
    for (fib_info *fi : fib_infos_->list)
        for (struct fib_nh &nh : fi->fib_nh)
            if (nh.nh_common.nhc_dev == dev) fib_nhc_update_mtu(&nh.nh_common, dev->mtu, orig_mtu);
}

namespace {

bool fib_info_uses(const fib_info *fi, const net_device *dev) {
    return std::any_of(fi->fib_nh.begin(), fi->fib_nh.end(),
                       [&](const struct fib_nh &nh) { return nh.nh_common.nhc_dev == dev; });
}

u32 flags_of_event(unsigned long event) {
    return event == NETDEV_CHANGE ? RTNH_F_LINKDOWN : RTNH_F_LINKDOWN | RTNH_F_DEAD;
}

} // namespace

// How many routes lost their last nexthop. force: also local addresses (the last address went, or the device).
int fib_sync_down_dev(net_device *dev, unsigned long event, bool force) {
    TRACE_FN();
    const int spared_scope = force ? -1 : RT_SCOPE_NOWHERE;
    int ret = 0;
    for (fib_info *fi : fib_infos_->list) {
        if (!fib_info_uses(fi, dev)) continue;
        int dead = 0;
        for (struct fib_nh &nh : fi->fib_nh) {
            fib_nh_common &nhc = nh.nh_common;
            if (nhc.nhc_flags & RTNH_F_DEAD) {
                ++dead;
            } else if (nhc.nhc_dev == dev && nhc.nhc_scope != spared_scope) {
                nhc.nhc_flags = static_cast<u8>(nhc.nhc_flags | flags_of_event(event));
                ++dead;
            }
            if (event == NETDEV_UNREGISTER && nhc.nhc_dev == dev) {
                dead = fi->fib_nhs;
                break;
            }
        }
        if (dead == fi->fib_nhs) {
            fi->fib_flags |= flags_of_event(event);
            ++ret;
        }
        fib_rebalance(fi);
    }
    return TRACE_RET(ret);
}

// How many routes have a nexthop again.
int fib_sync_up(net_device *dev, u8 nh_flags) {
    TRACE_FN();
    if (!(dev->flags & IFF_UP)) return TRACE_RET(0);
    if ((nh_flags & RTNH_F_DEAD) && (dev_get_flags(dev) & (IFF_RUNNING | IFF_LOWER_UP))) nh_flags |= RTNH_F_LINKDOWN;
    int ret = 0;
    for (fib_info *fi : fib_infos_->list) {
        if (!fib_info_uses(fi, dev)) continue;
        int alive = 0;
        for (struct fib_nh &nh : fi->fib_nh) {
            fib_nh_common &nhc = nh.nh_common;
            if (!(nhc.nhc_flags & nh_flags)) {
                ++alive;
                continue;
            }
            if (nhc.nhc_dev != dev || !__in_dev_get_rtnl(dev)) continue;
            ++alive;
            nhc.nhc_flags = static_cast<u8>(nhc.nhc_flags & ~nh_flags);
        }
        if (alive > 0) {
            fi->fib_flags &= ~u32{nh_flags};
            ++ret;
        }
        fib_rebalance(fi);
    }
    return TRACE_RET(ret);
}

int ip_fib_check_default(be32 gw, net_device *dev) {
    TRACE_FN();
    for (const fib_info *fi : fib_infos_->list)
        for (const struct fib_nh &nh : fi->fib_nh)
            if (nh.nh_common.nhc_dev == dev && nh.nh_common.nhc_gw4 == gw && nh.nh_common.nhc_gw_family == AF_INET &&
                !(nh.nh_common.nhc_flags & RTNH_F_DEAD))
                return TRACE_RET(0);
    return TRACE_RET(-1);
}

} // namespace skbscope::stack
