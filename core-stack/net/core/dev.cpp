// SPDX-License-Identifier: GPL-2.0-or-later
// Network devices: finding them, hearing of them, and the start of it all. Made and gone: dev_register.cpp; up and
// down: dev_open.cpp; settings: dev_settings.cpp; what stands on top of them: dev_upper.cpp; the way in: dev_rx.cpp,
// dev_backlog.cpp, dev_napi.cpp; the way out: dev_xmit.cpp. Linux 6.1: net/core/dev.c
#include "linux/netdevice.h"
#include "net/core/dev_internal.h"

#include "linux/bottom_half.h"
#include "linux/interrupt.h"
#include "linux/rcupdate.h"
#include "linux/rtnetlink.h"
#include "net/net_namespace.h"

namespace skbscope::stack {

machine_global<dev_globals> dev_global;

net_core_config &net_core_sysctl() {
    return dev_global->config;
}

hlist_head *dev_index_hash(net *ns, int ifindex) {
    return &ns->dev_index_head[static_cast<unsigned>(ifindex) & (NETDEV_HASHENTRIES - 1)];
}

// --- look-up --------------------------------------------------------------------------------------------------------

net_device *__dev_get_by_index(net *ns, int ifindex) {
    for (net_device *dev : hlist_entries(dev_index_hash(ns, ifindex), &net_device::index_hlist))
        if (dev->ifindex == ifindex) return dev;
    return nullptr;
}
// Linux 6.1: net/core/dev.c
net_device *dev_get_by_index_rcu(net *ns, int ifindex) {
    TRACE_FN();
    return __dev_get_by_index(ns, ifindex);
}
// Linux 6.1: net/core/dev.c
net_device *dev_get_by_index(net *ns, int ifindex) {
    TRACE_FN();
    rcu_read_lock();
    net_device *dev = dev_get_by_index_rcu(ns, ifindex);
    dev_hold(dev);
    rcu_read_unlock();
    return dev;
}
net_device *__dev_get_by_name(net *ns, std::string_view name) {
    for (net_device *dev : list_entries(&ns->dev_base_head, &net_device::dev_list))
        if (name == dev->name) return dev;
    return nullptr;
}
// Linux 6.1: net/core/dev.c
net_device *dev_get_by_name_rcu(net *ns, std::string_view name) {
    TRACE_FN();
    return __dev_get_by_name(ns, name);
}
int dev_get_iflink(const net_device *dev) {
    return dev->netdev_ops->ndo_get_iflink ? dev->netdev_ops->ndo_get_iflink(dev) : dev->ifindex;
}

// Whoever configures something while others wait for it is in a hurry.
void synchronize_net() {
    TRACE_FN();
    if (rtnl_is_locked())
        synchronize_rcu_expedited();
    else
        synchronize_rcu();
}

// --- notifiers ------------------------------------------------------------------------------------------------------

// The namespace's listeners first; one that vetoes ends it. Linux 6.1: net/core/dev.c
int call_netdevice_notifiers_info(unsigned long val, netdev_notifier_info *info) {
    TRACE_FN();
    const int ret = raw_notifier_call_chain(&dev_net(info->dev)->netdev_chain, val, info);
    if (ret & NOTIFY_STOP_MASK) return TRACE_RET(ret);
    return TRACE_RET(raw_notifier_call_chain(&dev_global->netdev_chain, val, info));
}
// Linux 6.1: net/core/dev.c
int call_netdevice_notifiers(unsigned long val, net_device *dev) {
    TRACE_FN();
    netdev_notifier_info info{.dev = dev};
    return TRACE_RET(call_netdevice_notifiers_info(val, &info));
}

// A newcomer hears of the devices there are as if they had just come.
int register_netdevice_notifier(notifier_block *nb) {
    const int err = raw_notifier_chain_register(&dev_global->netdev_chain, nb);
    if (err) return err;
    for (net *ns : list_entries(net_namespace_list(), &net::list))
        for (net_device *dev : list_entries(&ns->dev_base_head, &net_device::dev_list)) {
            netdev_notifier_info info{.dev = dev};
            nb->notifier_call(nb, NETDEV_REGISTER, &info);
            if (dev->flags & IFF_UP) nb->notifier_call(nb, NETDEV_UP, &info);
        }
    return 0;
}
int unregister_netdevice_notifier(notifier_block *nb) {
    return raw_notifier_chain_unregister(&dev_global->netdev_chain, nb);
}

// Linux 6.1: net/core/dev.c
int net_dev_init() {
    for (unsigned cpu = 0; cpu < nr_cpu_ids(); ++cpu) {
        softnet_data *sd = per_cpu_softnet(cpu);
        sd->cpu = cpu;
        sd->csd.func = rps_trigger_softirq;
        sd->csd.info = sd;
        sd->defer_csd.func = trigger_rx_softirq;
        sd->defer_csd.info = sd;
        init_gro_hash(&sd->backlog);
        sd->backlog.name = "backlog";
        sd->backlog.poll = process_backlog;
        sd->backlog.weight = dev_global->config.dev_rx_weight;
    }
    sysctl_core_init();
    linkwatch_init();
    open_softirq(NET_TX_SOFTIRQ, net_tx_action);
    open_softirq(NET_RX_SOFTIRQ, net_rx_action);
    init_bh(NET_BH, net_bh);
    return 0;
}

} // namespace skbscope::stack
