// SPDX-License-Identifier: GPL-2.0-or-later
// Network devices as objects: made, registered in a namespace, brought up and down, changed, and gone. Who keeps
// something for a device (addresses, routes, neighbours) hears of each step through the notifier chain.
// Linux 6.1: net/core/dev.c (the way out: dev_xmit.cpp; the way in: dev_rx.cpp, dev_backlog.cpp, dev_napi.cpp)
#include "linux/netdevice.h"
#include "net/core/dev_internal.h"

#include "linux/bottom_half.h"
#include "linux/etherdevice.h"
#include "linux/interrupt.h"
#include "linux/rcupdate.h"
#include "linux/rtnetlink.h"
#include "net/net_namespace.h"
#include "net/sch_generic.h"

#include <algorithm>
#include <cstring>

namespace skbscope::stack {

machine_global<dev_globals> dev_global;

namespace {

hlist_head *dev_index_hash(net *ns, int ifindex) {
    return &ns->dev_index_head[static_cast<unsigned>(ifindex) & (NETDEV_HASHENTRIES - 1)];
}

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
    hlist_add_head_rcu(&dev->index_hlist, dev_index_hash(ns, dev->ifindex));
    ++ns->dev_base_seq;
}

void unlist_netdevice(net_device *dev) {
    list_del_init(&dev->dev_list);
    hlist_del_init(&dev->index_hlist);
    ++dev_net(dev)->dev_base_seq;
}

// What goes together and what does not.
// Linux 6.1: net/core/dev.c
netdev_features_t netdev_fix_features(const net_device *dev, netdev_features_t features) {
    if ((features & NETIF_F_HW_CSUM) && (features & (NETIF_F_IP_CSUM | NETIF_F_IPV6_CSUM)))
        features &= ~(NETIF_F_IP_CSUM | NETIF_F_IPV6_CSUM);
    if (!(features & NETIF_F_SG)) features &= ~NETIF_F_ALL_TSO;
    if ((features & NETIF_F_TSO) && !(features & NETIF_F_HW_CSUM) && !(features & NETIF_F_IP_CSUM))
        features &= ~(NETIF_F_TSO | NETIF_F_TSO_ECN);
    if ((features & NETIF_F_TSO6) && !(features & NETIF_F_HW_CSUM) && !(features & NETIF_F_IPV6_CSUM))
        features &= ~NETIF_F_TSO6;
    if ((features & NETIF_F_TSO_MANGLEID) && !(features & NETIF_F_TSO)) features &= ~NETIF_F_TSO_MANGLEID;
    if ((features & NETIF_F_ALL_TSO) == NETIF_F_TSO_ECN) features &= ~NETIF_F_TSO_ECN;
    if ((features & NETIF_F_GSO) && !(features & NETIF_F_SG)) features &= ~NETIF_F_GSO;
    if ((features & NETIF_F_GSO_PARTIAL) == 0) features &= ~dev->gso_partial_features;
    if ((features & NETIF_F_GRO_HW) && !(features & NETIF_F_RXCSUM)) features &= ~NETIF_F_GRO_HW;
    if (!(features & NETIF_F_RXCSUM)) features &= ~NETIF_F_GRO_HW;
    return features;
}

void dev_set_rx_mode(net_device *dev) {
    if (!(dev->flags & IFF_UP) || !netif_device_present(dev)) return;
    if (dev->netdev_ops->ndo_set_rx_mode) dev->netdev_ops->ndo_set_rx_mode(dev);
}

} // namespace

net_core_config &net_core_sysctl() {
    return dev_global->config;
}

// --- objects --------------------------------------------------------------------------------------------------------

// Linux 6.1: net/core/dev.c
net_device *alloc_netdev_mqs(std::shared_ptr<void> priv, std::string_view name, void (*setup)(net_device *),
                             unsigned txqs, unsigned rxqs) {
    if (!dev_valid_name(name)) return nullptr;
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

void free_netdev(net_device *dev) {
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
    if (const net_device_core_stats *core = dev->core_stats.get()) {
        sum.rx_dropped += core->rx_dropped;
        sum.tx_dropped += core->tx_dropped;
        sum.rx_nohandler += core->rx_nohandler;
    }
    return sum;
}

// "tap%d" gets the lowest number that is free. Linux 6.1: net/core/dev.c (dev_alloc_name())
static void dev_alloc_name(net_device *dev) {
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

// Linux 6.1: net/core/dev.c
int register_netdevice(net_device *dev) {
    net *ns = dev_net(dev);
    dev_alloc_name(dev);
    if (__dev_get_by_name(ns, dev->name)) return -EEXIST;
    if (dev->netdev_ops->ndo_init)
        if (const int err = dev->netdev_ops->ndo_init(dev)) return err;
    if (!dev->ifindex)
        dev->ifindex = dev_new_index(ns);
    else if (__dev_get_by_index(ns, dev->ifindex))
        return -EBUSY;

    dev->hw_features |= NETIF_F_SOFT_FEATURES | NETIF_F_SOFT_FEATURES_OFF;
    dev->features |= NETIF_F_SOFT_FEATURES;
    dev->wanted_features = dev->features & dev->hw_features;
    if (!(dev->flags & IFF_LOOPBACK)) dev->hw_features |= NETIF_F_NOCACHE_COPY;
    if (dev->hw_features & NETIF_F_TSO) dev->hw_features |= NETIF_F_TSO_MANGLEID;
    dev->vlan_features |= NETIF_F_HIGHDMA;
    dev->hw_enc_features |= NETIF_F_SG | NETIF_F_GSO_PARTIAL;
    dev->mpls_features |= NETIF_F_SG;

    int ret = notifier_to_errno(call_netdevice_notifiers(NETDEV_POST_INIT, dev));
    if (ret) return ret;
    dev->reg_state = NETREG_REGISTERED;
    __netdev_update_features(dev);
    set_bit(__LINK_STATE_PRESENT, &dev->state);
    dev_init_scheduler(dev);
    dev_hold(dev);
    list_netdevice(dev);
    std::memcpy(dev->perm_addr, dev->dev_addr, dev->addr_len);
    ret = notifier_to_errno(call_netdevice_notifiers(NETDEV_REGISTER, dev));
    if (ret) unregister_netdevice(dev);
    return ret;
}

// Everyone lets go of the device, which frees it in the end.
// Linux 6.1: net/core/dev.c (unregister_netdevice_many_notify(), netdev_run_todo())
void unregister_netdevice(net_device *dev) {
    dev_close(dev);
    unlist_netdevice(dev);
    dev->reg_state = NETREG_UNREGISTERING;
    flush_backlog_of(dev);
    synchronize_net();
    dev_shutdown(dev);
    call_netdevice_notifiers(NETDEV_UNREGISTER, dev);
    dev->mc.clear();
    if (dev->netdev_ops->ndo_uninit) dev->netdev_ops->ndo_uninit(dev);
    linkwatch_forget_dev(dev);
    synchronize_net();
    dev_put(dev);
    // What still waits for a grace period (routes, mostly) holds references.
    rcu_barrier();
    if (refcount_read(&dev->dev_refcnt) != 1)
        panic(std::string("unregister_netdevice: waiting for ") + dev->name +
              " to become free. Usage count = " + std::to_string(refcount_read(&dev->dev_refcnt)));
    dev->reg_state = NETREG_UNREGISTERED;
    if (dev->priv_destructor) dev->priv_destructor(dev);
    if (dev->needs_free_netdev) free_netdev(dev);
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

int call_netdevice_notifiers(unsigned long val, net_device *dev) {
    netdev_notifier_info info{.dev = dev};
    const int ret = raw_notifier_call_chain(&dev_net(dev)->netdev_chain, val, &info);
    if (ret & NOTIFY_STOP_MASK) return ret;
    return raw_notifier_call_chain(&dev_global->netdev_chain, val, &info);
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

// --- up and down ----------------------------------------------------------------------------------------------------

static int __dev_open(net_device *dev) {
    const net_device_ops *ops = dev->netdev_ops;
    if (!netif_device_present(dev)) return -ENODEV;
    int ret = notifier_to_errno(call_netdevice_notifiers(NETDEV_PRE_UP, dev));
    if (ret) return ret;
    set_bit(__LINK_STATE_START, &dev->state);
    if (ops->ndo_validate_addr) ret = ops->ndo_validate_addr(dev);
    if (!ret && ops->ndo_open) ret = ops->ndo_open(dev);
    if (ret) {
        clear_bit(__LINK_STATE_START, &dev->state);
        return ret;
    }
    dev->flags |= IFF_UP;
    dev_set_rx_mode(dev);
    dev_activate(dev);
    return 0;
}

static void __dev_close(net_device *dev) {
    call_netdevice_notifiers(NETDEV_GOING_DOWN, dev);
    clear_bit(__LINK_STATE_START, &dev->state);
    dev_deactivate(dev);
    if (dev->netdev_ops->ndo_stop) dev->netdev_ops->ndo_stop(dev);
    dev->flags &= ~IFF_UP;
}

// Linux 6.1: net/core/dev.c
int dev_open(net_device *dev) {
    if (dev->flags & IFF_UP) return 0;
    const int ret = __dev_open(dev);
    if (ret < 0) return ret;
    call_netdevice_notifiers(NETDEV_UP, dev);
    return ret;
}

// Linux 6.1: net/core/dev.c
void dev_close(net_device *dev) {
    if (!(dev->flags & IFF_UP)) return;
    __dev_close(dev);
    call_netdevice_notifiers(NETDEV_DOWN, dev);
}

// Linux 6.1: net/core/dev.c
int dev_change_flags(net_device *dev, unsigned flags) {
    const unsigned old_flags = dev->flags;
    constexpr unsigned settable =
        IFF_DEBUG | IFF_NOTRAILERS | IFF_NOARP | IFF_DYNAMIC | IFF_MULTICAST | IFF_PORTSEL | IFF_AUTOMEDIA;
    dev->flags = (flags & settable) | (dev->flags & ~settable);
    int ret = 0;
    if ((old_flags ^ flags) & IFF_UP) {
        if (old_flags & IFF_UP)
            __dev_close(dev);
        else
            ret = __dev_open(dev);
    }
    if (ret < 0) return ret;
    const unsigned changes = old_flags ^ dev->flags;
    if (changes & IFF_UP) call_netdevice_notifiers(dev->flags & IFF_UP ? NETDEV_UP : NETDEV_DOWN, dev);
    if ((dev->flags & IFF_UP) && (changes & ~(IFF_UP | IFF_PROMISC | IFF_ALLMULTI))) {
        netdev_notifier_change_info info{{.dev = dev}, changes};
        raw_notifier_call_chain(&dev_global->netdev_chain, NETDEV_CHANGE, &info);
    }
    return ret;
}

unsigned dev_get_flags(const net_device *dev) {
    unsigned flags = (dev->flags & ~(IFF_PROMISC | IFF_ALLMULTI | IFF_RUNNING | IFF_LOWER_UP | IFF_DORMANT)) |
                     (dev->gflags & (IFF_PROMISC | IFF_ALLMULTI));
    if (!netif_running(dev)) return flags;
    constexpr u8 IF_OPER_UP = 6, IF_OPER_UNKNOWN = 0;
    if (dev->operstate == IF_OPER_UP || dev->operstate == IF_OPER_UNKNOWN) flags |= IFF_RUNNING;
    if (netif_carrier_ok(dev)) flags |= IFF_LOWER_UP;
    return flags;
}

void netdev_state_change(net_device *dev) {
    if (!(dev->flags & IFF_UP)) return;
    netdev_notifier_change_info info{{.dev = dev}, 0};
    raw_notifier_call_chain(&dev_global->netdev_chain, NETDEV_CHANGE, &info);
}

void netif_carrier_on(net_device *dev) {
    if (!test_and_clear_bit(__LINK_STATE_NOCARRIER, &dev->state)) return;
    if (dev->reg_state == NETREG_REGISTERED) linkwatch_fire_event(dev);
}
void netif_carrier_off(net_device *dev) {
    if (test_and_set_bit(__LINK_STATE_NOCARRIER, &dev->state)) return;
    if (dev->reg_state == NETREG_REGISTERED) linkwatch_fire_event(dev);
}

// --- settings -------------------------------------------------------------------------------------------------------

// Linux 6.1: net/core/dev.c
int dev_set_mtu(net_device *dev, int new_mtu) {
    const auto mtu = static_cast<unsigned>(new_mtu);
    if (mtu == dev->mtu) return 0;
    if (new_mtu < 0 || mtu < dev->min_mtu) return -EINVAL;
    if (dev->max_mtu > 0 && mtu > dev->max_mtu) return -EINVAL;
    int err = notifier_to_errno(call_netdevice_notifiers(NETDEV_PRECHANGEMTU, dev));
    if (err) return err;
    netdev_notifier_info_ext info{{.dev = dev}, dev->mtu};
    if (dev->netdev_ops->ndo_change_mtu)
        err = dev->netdev_ops->ndo_change_mtu(dev, new_mtu);
    else
        dev->mtu = mtu;
    if (!err) raw_notifier_call_chain(&dev_global->netdev_chain, NETDEV_CHANGEMTU, &info);
    return err;
}

void dev_addr_set(net_device *dev, const u8 *addr) {
    std::memcpy(dev->dev_addr, addr, dev->addr_len);
}

// Linux 6.1: net/core/dev.c
int dev_set_mac_address(net_device *dev, const u8 *addr) {
    const net_device_ops *ops = dev->netdev_ops;
    if (!ops->ndo_set_mac_address) return -EOPNOTSUPP;
    int err = notifier_to_errno(call_netdevice_notifiers(NETDEV_PRE_CHANGEADDR, dev));
    if (err) return err;
    err = ops->ndo_set_mac_address(dev, addr);
    if (err) return err;
    call_netdevice_notifiers(NETDEV_CHANGEADDR, dev);
    return 0;
}

int dev_set_promiscuity(net_device *dev, int inc) {
    dev->promiscuity = static_cast<unsigned>(static_cast<int>(dev->promiscuity) + inc);
    if (dev->promiscuity)
        dev->flags |= IFF_PROMISC;
    else
        dev->flags &= ~IFF_PROMISC;
    dev_set_rx_mode(dev);
    return 0;
}

int dev_mc_add(net_device *dev, const u8 *addr) {
    std::array<u8, ETH_ALEN> a{};
    std::copy_n(addr, ETH_ALEN, a.begin());
    dev->mc.push_back(a); // one entry a user
    dev_set_rx_mode(dev);
    return 0;
}
int dev_mc_del(net_device *dev, const u8 *addr) {
    const auto it = std::ranges::find_if(dev->mc, [addr](const auto &a) { return ether_addr_equal(a.data(), addr); });
    if (it == dev->mc.end()) return -ENOENT;
    dev->mc.erase(it);
    dev_set_rx_mode(dev);
    return 0;
}

// Linux 6.1: net/core/dev.c
int __netdev_update_features(net_device *dev) {
    const net_device_ops *ops = dev->netdev_ops;
    netdev_features_t features = (dev->features & ~dev->hw_features) | dev->wanted_features;
    if (ops->ndo_fix_features) features = ops->ndo_fix_features(dev, features);
    features = netdev_fix_features(dev, features);
    if (dev->features == features) return 0;
    if (ops->ndo_set_features)
        if (const int err = ops->ndo_set_features(dev, features); err < 0) return -1;
    dev->features = features;
    return 1;
}
void netdev_update_features(net_device *dev) {
    if (__netdev_update_features(dev)) call_netdevice_notifiers(NETDEV_FEAT_CHANGE, dev);
}

void netif_set_tso_max_size(net_device *dev, unsigned size) {
    dev->tso_max_size = size;
    if (size < dev->gso_max_size) dev->gso_max_size = size;
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
    linkwatch_init();
    open_softirq(NET_TX_SOFTIRQ, net_tx_action);
    open_softirq(NET_RX_SOFTIRQ, net_rx_action);
    init_bh(NET_BH, net_bh);
    return 0;
}

} // namespace skbscope::stack
