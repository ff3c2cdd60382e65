// SPDX-License-Identifier: GPL-2.0-or-later
// Up and down, and what a device listens to. Linux 6.1: net/core/dev.c
#include "linux/errno.h"
#include "linux/netdevice.h"
#include "net/core/dev_internal.h"
#include "net/sch_generic.h"

namespace skbscope::stack {

namespace {

// What the user cannot set: what the device is, and what it is doing.
constexpr unsigned IFF_VOLATILE = IFF_LOOPBACK | IFF_POINTOPOINT | IFF_BROADCAST | IFF_ECHO | IFF_MASTER | IFF_SLAVE |
                                  IFF_RUNNING | IFF_LOWER_UP | IFF_DORMANT;

void dev_change_rx_flags(net_device *dev, unsigned flags) {
    if (dev->netdev_ops->ndo_change_rx_flags) dev->netdev_ops->ndo_change_rx_flags(dev, static_cast<int>(flags));
}

void notify_change(net_device *dev, unsigned changes) {
    netdev_notifier_change_info info{{.dev = dev}, changes};
    call_netdevice_notifiers_info(NETDEV_CHANGE, &info);
}

// Linux 6.1: net/core/dev.c
void __dev_notify_flags(net_device *dev, unsigned old_flags) {
    TRACE_FN();
    const unsigned changes = dev->flags ^ old_flags;
    if (changes & IFF_UP) call_netdevice_notifiers(dev->flags & IFF_UP ? NETDEV_UP : NETDEV_DOWN, dev);
    if ((dev->flags & IFF_UP) && (changes & ~(IFF_UP | IFF_PROMISC | IFF_ALLMULTI | IFF_VOLATILE)))
        notify_change(dev, changes);
}

// Counts who wants `bit` of the device. 0, or -EOVERFLOW: too many.
int count_flag(net_device *dev, unsigned bit, unsigned *users, int inc) {
    dev->flags |= bit;
    *users += static_cast<unsigned>(inc);
    if (*users != 0) return 0;
    if (inc < 0) {
        dev->flags &= ~bit;
        return 0;
    }
    *users -= static_cast<unsigned>(inc);
    return -EOVERFLOW;
}

// Linux 6.1: net/core/dev.c
int __dev_set_promiscuity(net_device *dev, int inc, bool notify) {
    TRACE_FN();
    const unsigned old_flags = dev->flags;
    if (const int err = count_flag(dev, IFF_PROMISC, &dev->promiscuity, inc); err != 0) return TRACE_RET(err);
    if (dev->flags != old_flags) dev_change_rx_flags(dev, IFF_PROMISC);
    if (notify) __dev_notify_flags(dev, old_flags);
    return TRACE_RET(0);
}

// Linux 6.1: net/core/dev.c
int __dev_set_allmulti(net_device *dev, int inc, bool notify) {
    TRACE_FN();
    const unsigned old_flags = dev->flags;
    if (const int err = count_flag(dev, IFF_ALLMULTI, &dev->allmulti, inc); err != 0) return TRACE_RET(err);
    if (dev->flags == old_flags) return TRACE_RET(0);
    dev_change_rx_flags(dev, IFF_ALLMULTI);
    dev_set_rx_mode(dev);
    if (notify) __dev_notify_flags(dev, old_flags);
    return TRACE_RET(0);
}

// Linux 6.1: net/core/dev.c
int __dev_open(net_device *dev) {
    TRACE_FN();
    const net_device_ops *ops = dev->netdev_ops;
    if (!netif_device_present(dev)) return TRACE_RET(-ENODEV);
    int ret = notifier_to_errno(call_netdevice_notifiers(NETDEV_PRE_UP, dev));
    if (ret) return TRACE_RET(ret);
    set_bit(__LINK_STATE_START, &dev->state);
    if (ops->ndo_validate_addr) ret = ops->ndo_validate_addr(dev);
    if (!ret && ops->ndo_open) ret = ops->ndo_open(dev);
    if (ret) {
        clear_bit(__LINK_STATE_START, &dev->state);
        return TRACE_RET(ret);
    }
    dev->flags |= IFF_UP;
    dev_set_rx_mode(dev);
    dev_activate(dev);
    return TRACE_RET(0);
}

// All hear that they will go, then all qdiscs stop, then each driver. Linux 6.1: net/core/dev.c
void __dev_close_many(list_head *head) {
    TRACE_FN();
    for (net_device *dev : list_entries(head, &net_device::close_list)) {
        call_netdevice_notifiers(NETDEV_GOING_DOWN, dev);
        clear_bit(__LINK_STATE_START, &dev->state);
    }
    dev_deactivate_many(head);
    for (net_device *dev : list_entries(head, &net_device::close_list)) {
        if (dev->netdev_ops->ndo_stop) dev->netdev_ops->ndo_stop(dev);
        dev->flags &= ~IFF_UP;
    }
}

} // namespace

// Linux 6.1: net/core/dev.c
void __dev_close(net_device *dev) {
    TRACE_FN();
    list_head single;
    list_add(&dev->close_list, &single);
    __dev_close_many(&single);
    list_del(&single);
}

namespace {

// The user's part of promiscuity and of all groups.
void change_listening(net_device *dev, unsigned flags) {
    if ((flags ^ dev->gflags) & IFF_PROMISC) {
        const unsigned old_flags = dev->flags;
        dev->gflags ^= IFF_PROMISC;
        if (__dev_set_promiscuity(dev, flags & IFF_PROMISC ? 1 : -1, false) >= 0 && dev->flags != old_flags)
            dev_set_rx_mode(dev);
    }
    if ((flags ^ dev->gflags) & IFF_ALLMULTI) {
        dev->gflags ^= IFF_ALLMULTI;
        __dev_set_allmulti(dev, flags & IFF_ALLMULTI ? 1 : -1, false);
    }
}

// Linux 6.1: net/core/dev.c
int __dev_change_flags(net_device *dev, unsigned flags) {
    TRACE_FN();
    constexpr unsigned settable =
        IFF_DEBUG | IFF_NOTRAILERS | IFF_NOARP | IFF_DYNAMIC | IFF_MULTICAST | IFF_PORTSEL | IFF_AUTOMEDIA;
    constexpr unsigned kept = IFF_UP | IFF_VOLATILE | IFF_PROMISC | IFF_ALLMULTI;
    const unsigned old_flags = dev->flags;
    dev->flags = (flags & settable) | (dev->flags & kept);
    if ((old_flags ^ flags) & IFF_MULTICAST) dev_change_rx_flags(dev, IFF_MULTICAST);
    dev_set_rx_mode(dev);
    int ret = 0;
    if ((old_flags ^ flags) & IFF_UP) {
        if (old_flags & IFF_UP)
            __dev_close(dev);
        else
            ret = __dev_open(dev);
    }
    change_listening(dev, flags);
    return TRACE_RET(ret);
}

} // namespace

// Linux 6.1: net/core/dev.c
int dev_open(net_device *dev) {
    TRACE_FN();
    if (dev->flags & IFF_UP) return TRACE_RET(0);
    const int ret = __dev_open(dev);
    if (ret < 0) return TRACE_RET(ret);
    call_netdevice_notifiers(NETDEV_UP, dev);
    return TRACE_RET(ret);
}

// Linux 6.1: net/core/dev.c
void dev_close_many(list_head *head, bool unlink) {
    TRACE_FN();
    for (net_device *dev : list_entries(head, &net_device::close_list))
        if (!(dev->flags & IFF_UP)) list_del_init(&dev->close_list);
    __dev_close_many(head);
    for (net_device *dev : list_entries(head, &net_device::close_list)) {
        call_netdevice_notifiers(NETDEV_DOWN, dev);
        if (unlink) list_del_init(&dev->close_list);
    }
}

// Linux 6.1: net/core/dev.c
void dev_close(net_device *dev) {
    TRACE_FN();
    if (!(dev->flags & IFF_UP)) return;
    list_head single;
    list_add(&dev->close_list, &single);
    dev_close_many(&single, true);
    list_del(&single);
}

// Linux 6.1: net/core/dev.c
int dev_change_flags(net_device *dev, unsigned flags) {
    TRACE_FN();
    const unsigned old_flags = dev->flags;
    const int ret = __dev_change_flags(dev, flags);
    if (ret < 0) return TRACE_RET(ret);
    __dev_notify_flags(dev, old_flags);
    return TRACE_RET(ret);
}

// A driver that cannot filter by further unicast addresses listens to everything while there are any.
// Linux 6.1: net/core/dev.c
void __dev_set_rx_mode(net_device *dev) {
    TRACE_FN();
    if (!(dev->flags & IFF_UP) || !netif_device_present(dev)) return;
    const bool further = dev->uc.count != 0;
    if (!(dev->priv_flags & IFF_UNICAST_FLT) && further != dev->uc_promisc) {
        __dev_set_promiscuity(dev, further ? 1 : -1, false);
        dev->uc_promisc = further;
    }
    if (dev->netdev_ops->ndo_set_rx_mode) dev->netdev_ops->ndo_set_rx_mode(dev);
}

// Linux 6.1: net/core/dev.c
void dev_set_rx_mode(net_device *dev) {
    TRACE_FN();
    __dev_set_rx_mode(dev);
}

// Linux 6.1: net/core/dev.c
int dev_set_promiscuity(net_device *dev, int inc) {
    TRACE_FN();
    const unsigned old_flags = dev->flags;
    const int err = __dev_set_promiscuity(dev, inc, true);
    if (err >= 0 && dev->flags != old_flags) dev_set_rx_mode(dev);
    return TRACE_RET(err);
}

// Linux 6.1: net/core/dev.c
int dev_set_allmulti(net_device *dev, int inc) {
    TRACE_FN();
    return TRACE_RET(__dev_set_allmulti(dev, inc, true));
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
    notify_change(dev, 0);
}

// Linux 6.1: net/sched/sch_generic.c
void netif_carrier_on(net_device *dev) {
    TRACE_FN();
    if (!test_and_clear_bit(__LINK_STATE_NOCARRIER, &dev->state)) return;
    if (dev->reg_state == NETREG_UNINITIALIZED) return;
    atomic_inc(&dev->carrier_up_count);
    linkwatch_fire_event(dev);
}
// Linux 6.1: net/sched/sch_generic.c
void netif_carrier_off(net_device *dev) {
    TRACE_FN();
    if (test_and_set_bit(__LINK_STATE_NOCARRIER, &dev->state)) return;
    if (dev->reg_state == NETREG_UNINITIALIZED) return;
    atomic_inc(&dev->carrier_down_count);
    linkwatch_fire_event(dev);
}

// Linux 6.1: net/core/dev.c
void netif_stacked_transfer_operstate(const net_device *rootdev, net_device *dev) {
    TRACE_FN();
    if (netif_carrier_ok(rootdev))
        netif_carrier_on(dev);
    else
        netif_carrier_off(dev);
}

} // namespace skbscope::stack
