// SPDX-License-Identifier: GPL-2.0-or-later
// Choosing and confirming addresses. Linux 6.1: net/ipv4/devinet.c
#include "linux/inetdevice.h"
#include "linux/rtnetlink.h"
#include "linux/trace_fn.h"
#include "net/l3mdev.h"

#include <algorithm>

namespace skbscope::stack {

int inet_addr_onlink(in_device *in_dev, be32 a, be32 b) {
    TRACE_FN();
    for (const in_ifaddr *ifa = in_dev->ifa_list; ifa; ifa = ifa->ifa_next)
        if (inet_ifa_match(a, ifa) && (!b || inet_ifa_match(b, ifa))) return TRACE_RET(1);
    return TRACE_RET(0);
}

in_device *inetdev_by_index(net *ns, int ifindex) {
    TRACE_FN();
    rcu_read_lock();
    const net_device *dev = dev_get_by_index_rcu(ns, ifindex);
    in_device *in_dev = dev ? dev->ip_ptr : nullptr;
    rcu_read_unlock();
    return TRACE_RET(in_dev);
}

in_ifaddr *inet_ifa_byprefix(in_device *in_dev, be32 prefix, be32 mask) {
    TRACE_FN();
    for (in_ifaddr *ifa = in_dev->ifa_list; ifa; ifa = ifa->ifa_next)
        if (ifa->ifa_mask == mask && inet_ifa_match(prefix, ifa)) return TRACE_RET(ifa);
    return nullptr;
}

namespace {

// With route_localnet, addresses of host scope are worth as much as those of the link.
int localnet_scope(const in_device *in_dev) {
    return IN_DEV_ROUTE_LOCALNET(in_dev) ? RT_SCOPE_LINK : RT_SCOPE_HOST;
}

be32 in_dev_select_addr(const in_device *in_dev, int scope) {
    for (const in_ifaddr *ifa = in_dev->ifa_list; ifa; ifa = ifa->ifa_next) {
        if (ifa->ifa_flags & IFA_F_SECONDARY) continue;
        if (ifa->ifa_scope != RT_SCOPE_LINK && ifa->ifa_scope <= scope) return ifa->ifa_local;
    }
    return {};
}

// The first primary that reaches far enough, one of dst's subnet first.
be32 select_on_device(const in_device *in_dev, be32 dst, int scope) {
    be32 addr;
    for (const in_ifaddr *ifa = in_dev->ifa_list; ifa; ifa = ifa->ifa_next) {
        if (ifa->ifa_flags & IFA_F_SECONDARY) continue;
        if (std::min<int>(ifa->ifa_scope, localnet_scope(in_dev)) > scope) continue;
        if (!dst || inet_ifa_match(dst, ifa)) return ifa->ifa_local;
        if (!addr) addr = ifa->ifa_local;
    }
    return addr;
}

} // namespace

be32 inet_select_addr(const net_device *dev, be32 dst, int scope) {
    TRACE_FN();
    rcu_read_lock();
    net *ns = dev_net(dev);
    be32 addr;
    if (const in_device *in_dev = __in_dev_get_rcu(dev)) addr = select_on_device(in_dev, dst, scope);
    if (!addr) { // an address of another device will do; lo comes first
        const int master_idx = l3mdev_master_ifindex_rcu(dev);
        for (net_device *other : list_entries(&ns->dev_base_head, &net_device::dev_list)) {
            if (l3mdev_master_ifindex_rcu(other) != master_idx) continue;
            if (const in_device *in_dev = __in_dev_get_rcu(other)) addr = in_dev_select_addr(in_dev, scope);
            if (addr) break;
        }
    }
    rcu_read_unlock();
    return be32::from_raw(TRACE_RET(addr.raw));
}

namespace {

be32 confirm_addr_indev(in_device *in_dev, be32 dst, be32 local, int scope) {
    TRACE_FN();
    be32 addr;
    bool same = false;
    for (const in_ifaddr *ifa = in_dev->ifa_list; ifa; ifa = ifa->ifa_next) {
        const int min_scope = std::min<int>(ifa->ifa_scope, localnet_scope(in_dev));
        if (!addr && (local == ifa->ifa_local || !local) && min_scope <= scope) {
            addr = ifa->ifa_local;
            if (same) break;
        }
        if (same) continue;
        same = (!local || inet_ifa_match(local, ifa)) && (!dst || inet_ifa_match(dst, ifa));
        if (!same || !addr) continue;
        if (local || !dst || inet_ifa_match(addr, ifa)) break;
        if (min_scope <= scope) { // the address found is of another subnet, this one is of dst's
            addr = ifa->ifa_local;
            break;
        }
        same = false;
    }
    return be32::from_raw(TRACE_RET((same ? addr : be32{}).raw));
}

} // namespace

be32 inet_confirm_addr(net *ns, in_device *in_dev, be32 dst, be32 local, int scope) {
    TRACE_FN();
    if (in_dev) return be32::from_raw(TRACE_RET(confirm_addr_indev(in_dev, dst, local, scope).raw));
    be32 addr;
    rcu_read_lock();
    for (net_device *dev : list_entries(&ns->dev_base_head, &net_device::dev_list)) {
        if (__in_dev_get_rcu(dev)) addr = confirm_addr_indev(__in_dev_get_rcu(dev), dst, local, scope);
        if (addr) break;
    }
    rcu_read_unlock();
    return be32::from_raw(TRACE_RET(addr.raw));
}

} // namespace skbscope::stack
