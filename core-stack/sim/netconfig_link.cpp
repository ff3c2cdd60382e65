// SPDX-License-Identifier: GPL-2.0-or-later
// What `ip netns`, `ip link`, `ethtool -K`, `tc qdisc`, `sysctl` and writing an RPS mask do.
#include "drivers/net/veth.h"
#include "linux/errno.h"
#include "linux/if_vlan.h"
#include "linux/netdevice.h"
#include "linux/rcupdate.h"
#include "linux/sched.h"
#include "net/core/dev_internal.h"
#include "net/net_namespace.h"
#include "net/sch_generic.h"
#include "sim/netconfig.h"
#include "sim/netconfig_scope.h"

#include <bit>
#include <memory>

namespace skbscope::stack {

net *netns_add(std::string_view name) {
    const netconfig_scope scope;
    if (name.empty() || netns_find(name)) return nullptr;
    net *ns = copy_net_ns(CLONE_NEWNET, init_net());
    if (!ns) return nullptr;
    ns->name = name;
    dev_change_flags(ns->loopback_dev, ns->loopback_dev->flags | IFF_UP);
    return ns;
}

net *netns_find(std::string_view name) {
    for (net *ns : list_entries(net_namespace_list(), &net::list))
        if (!ns->name.empty() && ns->name == name) return ns;
    return nullptr;
}

int netns_del(net *ns) {
    const netconfig_scope scope;
    ns->name.clear(); // the name is gone at once, the namespace with its last user
    put_net(ns);
    return 0;
}

int link_add_veth(net *ns_a, std::string_view a, net *ns_b, std::string_view b, int index_a, int index_b) {
    const netconfig_scope scope;
    return veth_newlink({ns_a, a, index_a}, {ns_b, b, index_b});
}

int link_del(net *ns, std::string_view name) {
    const netconfig_scope scope;
    net_device *dev = __dev_get_by_name(ns, name);
    if (!dev) return -ENODEV;
    if (!dev->rtnl_link_ops || !dev->rtnl_link_ops->dellink) return -EOPNOTSUPP;
    dev->rtnl_link_ops->dellink(dev);
    return 0;
}

int link_set_address(net *ns, std::string_view name, const mac_address &mac) {
    const netconfig_scope scope;
    net_device *dev = __dev_get_by_name(ns, name);
    return dev ? dev_set_mac_address(dev, mac.data()) : -ENODEV;
}

int link_set_up(net *ns, std::string_view name, bool up) {
    const netconfig_scope scope;
    net_device *dev = __dev_get_by_name(ns, name);
    if (!dev) return -ENODEV;
    return dev_change_flags(dev, up ? dev->flags | IFF_UP : dev->flags & ~IFF_UP);
}

int link_set_mtu(net *ns, std::string_view name, u32 mtu) {
    const netconfig_scope scope;
    net_device *dev = __dev_get_by_name(ns, name);
    return dev ? dev_set_mtu(dev, static_cast<int>(mtu)) : -ENODEV;
}

// Linux 6.1: net/core/rtnetlink.c (rtnl_fill_link_ifmap())
int link_get_map(net *ns, std::string_view name, link_map *map) {
    const netconfig_scope scope;
    const net_device *dev = __dev_get_by_name(ns, name);
    if (!dev) return -ENODEV;
    *map = {dev->mem_start, dev->mem_end, dev->base_addr, dev->irq};
    return 0;
}

// Linux 6.1: net/ethtool/features.c
int device_feature(net *ns, std::string_view name, std::string_view feature, bool on) {
    const netconfig_scope scope;
    net_device *dev = __dev_get_by_name(ns, name);
    if (!dev) return -ENODEV;
    const auto named = netdev_feature_by_name(feature);
    if (!named || (*named & NETIF_F_NEVER_CHANGE)) return -EINVAL;
    const netdev_features_t bits = *named & dev->hw_features;
    if (!bits) return -EOPNOTSUPP; // fixed: this device cannot do it, or always does
    dev->wanted_features = on ? dev->wanted_features | bits : dev->wanted_features & ~bits;
    netdev_update_features(dev);
    return 0;
}

int sysctl_set(net *ns, std::string_view name, std::string_view value) {
    const netconfig_scope scope;
    const auto it = ns->sysctls.find(name);
    return it == ns->sysctls.end() ? -ENOENT : it->second.set(value);
}

// Linux 6.1: net/core/net-sysfs.c (store_rps_map())
int rps_cpus(net *ns, std::string_view name, unsigned queue, u32 mask) {
    const netconfig_scope scope;
    net_device *dev = __dev_get_by_name(ns, name);
    if (!dev) return -ENODEV;
    if (queue >= dev->num_rx_queues) return -EINVAL;
    auto map = std::make_unique<rps_map>();
    for (unsigned cpu = 0; cpu < nr_cpu_ids() && cpu < 32; ++cpu)
        if (mask & (1U << cpu)) map->cpus.push_back(static_cast<u16>(cpu));
    auto &place = dev->_rx[queue].rps_map_;
    if (place) --net_core_sysctl().rps_needed;
    place = map->cpus.empty() ? nullptr : std::move(map);
    if (place) ++net_core_sysctl().rps_needed;
    return 0;
}

// Linux 6.1: net/core/net-sysfs.c (store_rps_dev_flow_table_cnt())
int rps_flow_cnt(net *ns, std::string_view name, unsigned queue, u32 count) {
    const netconfig_scope scope;
    net_device *dev = __dev_get_by_name(ns, name);
    if (!dev) return -ENODEV;
    if (queue >= dev->num_rx_queues) return -EINVAL;
    if (count > 1U << 29) return -ENOMEM; // more than the machine has room for
    std::unique_ptr<rps_dev_flow_table> table;
    if (count != 0) {
        table = std::make_unique<rps_dev_flow_table>();
        table->mask = std::bit_ceil(count) - 1;
        table->flows.resize(std::size_t{table->mask} + 1);
    }
    dev->_rx[queue].rps_flow_table = std::move(table);
    return 0;
}

int rps_sock_flow_entries(u32 entries) {
    const netconfig_scope scope;
    return rps_sock_flow_sysctl(entries);
}

int link_add_vlan(net *ns, std::string_view lower, std::string_view name, u16 id, int index, u16 protocol) {
    const netconfig_scope scope;
    net_device *real_dev = __dev_get_by_name(ns, lower);
    return real_dev ? vlan_newlink(real_dev, {.name = name, .proto = cpu_to_be16(protocol), .id = id, .ifindex = index})
                    : -ENODEV;
}

int qdisc_set(net *ns, std::string_view name, std::string_view words) {
    const netconfig_scope scope;
    net_device *dev = __dev_get_by_name(ns, name);
    if (!dev) return -ENODEV;
    const auto space = words.find(' ');
    const std::string_view options = space == std::string_view::npos ? "" : words.substr(space + 1);
    return dev_replace_qdisc(dev, words.substr(0, space), options);
}

int qdisc_del(net *ns, std::string_view name) {
    const netconfig_scope scope;
    net_device *dev = __dev_get_by_name(ns, name);
    return dev ? dev_delete_qdisc(dev) : -ENODEV;
}

} // namespace skbscope::stack
