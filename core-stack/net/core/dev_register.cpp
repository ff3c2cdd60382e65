// SPDX-License-Identifier: GPL-2.0-or-later
// Devices made, registered in a namespace, and gone. Who keeps something for a device (addresses, routes, neighbours)
// hears of each step through the notifier chain. A device that is unregistered is freed later, when nobody holds the
// RTNL lock and nobody refers to it any more (netdev_run_todo()). Linux 6.1: net/core/dev.c
#include "linux/bug.h"
#include "linux/errno.h"
#include "linux/netdevice.h"
#include "linux/rcupdate.h"
#include "linux/rtnetlink.h"
#include "net/core/dev_internal.h"
#include "net/net_namespace.h"
#include "net/sch_generic.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace skbscope::stack {

namespace {

int dev_new_index(net *ns) {
    do
        ++ns->ifindex;
    while (ns->ifindex <= 0 || __dev_get_by_index(ns, ns->ifindex));
    return ns->ifindex;
}

bool dev_valid_name(std::string_view name) {
    return !name.empty() && name.size() < IFNAMSIZ && name != "." && name != ".." &&
           std::ranges::none_of(name, [](char c) { return c == '/' || c == ':' || c <= ' '; });
}

void list_netdevice(net_device *dev) {
    net *ns = dev_net(dev);
    list_add_tail_rcu(&dev->dev_list, &ns->dev_base_head);
    hlist_add_head_rcu(&dev->index_hlist,
                       &ns->dev_index_head[static_cast<unsigned>(dev->ifindex) & (NETDEV_HASHENTRIES - 1)]);
    ++ns->dev_base_seq;
}

void unlist_netdevice(net_device *dev) {
    list_del_init(&dev->dev_list);
    hlist_del_init(&dev->index_hlist);
    ++dev_net(dev)->dev_base_seq;
}

// "tap%d" gets the lowest number that is free. Linux 6.1: net/core/dev.c (dev_alloc_name())
void dev_alloc_name(net_device *dev) {
    const std::string_view name = dev->name;
    const auto at = name.find("%d");
    if (at == std::string_view::npos) return;
    const std::string before(name.substr(0, at)), after(name.substr(at + 2));
    for (int i = 0;; ++i) {
        const std::string candidate = before + std::to_string(i) + after;
        if (__dev_get_by_name(dev_net(dev), candidate)) continue;
        candidate.copy(dev->name, IFNAMSIZ - 1);
        dev->name[std::min<std::size_t>(candidate.size(), IFNAMSIZ - 1)] = 0;
        return;
    }
}

void fill_in_features(net_device *dev) {
    dev->hw_features |= NETIF_F_SOFT_FEATURES | NETIF_F_SOFT_FEATURES_OFF;
    dev->features |= NETIF_F_SOFT_FEATURES;
    dev->wanted_features = dev->features & dev->hw_features;
    if (!(dev->flags & IFF_LOOPBACK)) dev->hw_features |= NETIF_F_NOCACHE_COPY;
    for (netdev_features_t *f : {&dev->hw_features, &dev->vlan_features, &dev->mpls_features, &dev->hw_enc_features})
        if (*f & NETIF_F_TSO) *f |= NETIF_F_TSO_MANGLEID;
    dev->vlan_features |= NETIF_F_HIGHDMA;
    dev->hw_enc_features |= NETIF_F_SG | NETIF_F_GSO_PARTIAL;
    dev->mpls_features |= NETIF_F_SG;
}

int register_failed(net_device *dev, int err) {
    if (dev->netdev_ops->ndo_uninit) dev->netdev_ops->ndo_uninit(dev);
    if (dev->priv_destructor) dev->priv_destructor(dev);
    return err;
}

// Everybody lets go of it.
void unregister_one(net_device *dev) {
    dev_shutdown(dev);
    call_netdevice_notifiers(NETDEV_UNREGISTER, dev);
    dev_uc_flush(dev);
    dev_mc_flush(dev);
    if (dev->netdev_ops->ndo_uninit) dev->netdev_ops->ndo_uninit(dev);
    BUG_ON(!dev->upper.empty() || !dev->lower.empty()); // the notifiers took the devices on top away
}

// The kernel waits and reminds those who hold it; the model's references are gone by now, or never will be.
void wait_allrefs(const net_device *dev) {
    if (refcount_read(&dev->dev_refcnt) == 1) return;
    panic(std::string("unregister_netdevice: waiting for ") + dev->name +
          " to become free. Usage count = " + std::to_string(refcount_read(&dev->dev_refcnt)));
}

} // namespace

// Linux 6.1: net/core/dev.c
net_device *alloc_netdev_mqs(std::shared_ptr<void> priv, std::string_view name, void (*setup)(net_device *),
                             unsigned txqs, unsigned rxqs) {
    if (!dev_valid_name(name) || txqs < 1 || rxqs < 1) return nullptr;
    auto *dev = new net_device;
    dev->priv = priv.get();
    dev->priv_storage = std::move(priv);
    std::memcpy(dev->name, name.data(), name.size());
    refcount_set(&dev->dev_refcnt, 1);
    dev->nd_net = init_net();
    dev->priv_flags = IFF_XMIT_DST_RELEASE | IFF_XMIT_DST_RELEASE_PERM;
    setup(dev);
    if (!dev->tx_queue_len) {
        dev->priv_flags |= IFF_NO_QUEUE;
        dev->tx_queue_len = 1000; // DEFAULT_TX_QUEUE_LEN
    }
    dev->num_tx_queues = dev->real_num_tx_queues = txqs;
    dev->num_rx_queues = dev->real_num_rx_queues = rxqs;
    dev->_tx = std::make_unique<netdev_queue[]>(txqs);
    for (unsigned i = 0; i < txqs; ++i) {
        dev->_tx[i].dev = dev;
        dql_init(&dev->_tx[i].dql, HZ);
    }
    dev->_rx = std::make_unique<netdev_rx_queue[]>(rxqs);
    for (unsigned i = 0; i < rxqs; ++i)
        dev->_rx[i].dev = dev;
    return dev;
}

// Linux 6.1: net/core/dev.c
void free_netdev(net_device *dev) {
    TRACE_FN();
    if (dev->reg_state == NETREG_UNREGISTERING) { // netdev_run_todo() has it, and will
        dev->needs_free_netdev = true;
        return;
    }
    dev_shutdown(dev);
    delete dev;
}

net_device_core_stats *netdev_core_stats_alloc(net_device *dev) {
    TRACE_FN();
    dev->core_stats = std::make_unique<net_device_core_stats>();
    return dev->core_stats.get();
}

net_device_stats dev_get_stats(const net_device *dev) {
    net_device_stats sum = dev->stats;
    if (dev->netdev_ops->ndo_get_stats64) dev->netdev_ops->ndo_get_stats64(dev, &sum);
    if (const net_device_core_stats *core = dev->core_stats.get()) {
        sum.rx_dropped += core->rx_dropped;
        sum.tx_dropped += core->tx_dropped;
        sum.rx_nohandler += core->rx_nohandler;
    }
    return sum;
}

// Linux 6.1: net/core/dev.c
int register_netdevice(net_device *dev) {
    TRACE_FN();
    BUG_ON(dev->reg_state != NETREG_UNINITIALIZED);
    net *ns = dev_net(dev);
    dev_alloc_name(dev);
    if (__dev_get_by_name(ns, dev->name)) return TRACE_RET(-EEXIST);
    if (dev->netdev_ops->ndo_init)
        if (const int err = dev->netdev_ops->ndo_init(dev)) return TRACE_RET(err);
    if (!dev->ifindex)
        dev->ifindex = dev_new_index(ns);
    else if (__dev_get_by_index(ns, dev->ifindex))
        return TRACE_RET(register_failed(dev, -EBUSY));
    fill_in_features(dev);

    int ret = notifier_to_errno(call_netdevice_notifiers(NETDEV_POST_INIT, dev));
    if (ret) return TRACE_RET(register_failed(dev, ret));
    dev->reg_state = NETREG_REGISTERED;
    __netdev_update_features(dev);
    set_bit(__LINK_STATE_PRESENT, &dev->state);
    dev_init_scheduler(dev);
    dev_hold(dev);
    list_netdevice(dev);
    if (dev->addr_assign_type == NET_ADDR_PERM) std::memcpy(dev->perm_addr, dev->dev_addr, dev->addr_len);
    ret = notifier_to_errno(call_netdevice_notifiers(NETDEV_REGISTER, dev));
    if (ret) {
        dev->needs_free_netdev = false; // the caller frees it
        unregister_netdevice(dev);
    }
    return TRACE_RET(ret);
}

// Linux 6.1: net/core/dev.c
int register_netdev(net_device *dev) {
    TRACE_FN();
    rtnl_lock();
    const int err = register_netdevice(dev);
    rtnl_unlock();
    return TRACE_RET(err);
}

// Linux 6.1: net/core/dev.c
void unregister_netdevice_queue(net_device *dev, list_head *head) {
    TRACE_FN();
    if (head) {
        list_move_tail(&dev->unreg_list, head);
        return;
    }
    list_head single;
    list_add(&dev->unreg_list, &single);
    unregister_netdevice_many(&single);
}

// Linux 6.1: net/core/dev.c
void unregister_netdevice_many(list_head *head) {
    TRACE_FN();
    if (list_empty(head)) return;
    list_head close_head;
    for (net_device *dev : list_entries(head, &net_device::unreg_list)) {
        BUG_ON(dev->reg_state != NETREG_REGISTERED);
        dev->dismantle = true;
        list_add_tail(&dev->close_list, &close_head);
    }
    dev_close_many(&close_head, true);
    for (net_device *dev : list_entries(head, &net_device::unreg_list)) {
        unlist_netdevice(dev);
        dev->reg_state = NETREG_UNREGISTERING;
    }
    for (const net_device *dev : list_entries(head, &net_device::unreg_list))
        flush_backlog_of(dev);
    synchronize_net();
    for (net_device *dev : list_entries(head, &net_device::unreg_list))
        unregister_one(dev);
    synchronize_net();
    for (net_device *dev : list_entries(head, &net_device::unreg_list)) {
        dev_put(dev);
        list_add_tail(&dev->todo_list, &dev_global->net_todo_list);
    }
    list_del(head);
}

// Linux 6.1: net/core/dev.c
void unregister_netdev(net_device *dev) {
    TRACE_FN();
    rtnl_lock();
    unregister_netdevice(dev);
    rtnl_unlock();
}

// In the order in which they were unregistered: a device on top of another one holds that one until it is freed.
// Linux 6.1: net/core/dev.c
void netdev_run_todo() {
    TRACE_FN();
    list_head list;
    list_splice_init(&dev_global->net_todo_list, &list);
    if (list_empty(&list)) return;
    rcu_barrier();
    for (net_device *dev : list_entries(&list, &net_device::todo_list)) {
        dev->reg_state = NETREG_UNREGISTERED;
        linkwatch_forget_dev(dev);
    }
    while (!list_empty(&list)) {
        net_device *dev = list_entry(list.next, &net_device::todo_list);
        list_del_init(&dev->todo_list);
        wait_allrefs(dev);
        if (dev->priv_destructor) dev->priv_destructor(dev);
        if (dev->needs_free_netdev) free_netdev(dev);
    }
}

} // namespace skbscope::stack
