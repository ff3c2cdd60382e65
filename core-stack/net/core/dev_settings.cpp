// SPDX-License-Identifier: GPL-2.0-or-later
// A device's settings: MTU, address, features, limits of segmentation. Linux 6.1: net/core/dev.c
#include "linux/errno.h"
#include "linux/netdevice.h"
#include "net/core/dev_internal.h"

#include <algorithm>
#include <cstring>

namespace skbscope::stack {

namespace {

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

int notify_mtu(net_device *dev, unsigned old_mtu) {
    netdev_notifier_info_ext info{{.dev = dev}, old_mtu};
    return notifier_to_errno(call_netdevice_notifiers_info(NETDEV_CHANGEMTU, &info));
}

// Linux 6.1: net/core/dev.c
int __dev_set_mtu(net_device *dev, unsigned new_mtu) {
    TRACE_FN();
    if (dev->netdev_ops->ndo_change_mtu)
        return TRACE_RET(dev->netdev_ops->ndo_change_mtu(dev, static_cast<int>(new_mtu)));
    dev->mtu = new_mtu;
    return TRACE_RET(0);
}

} // namespace

// Linux 6.1: net/core/dev.c (dev_set_mtu_ext())
int dev_set_mtu(net_device *dev, int new_mtu) {
    TRACE_FN();
    const auto mtu = static_cast<unsigned>(new_mtu);
    if (mtu == dev->mtu) return TRACE_RET(0);
    if (new_mtu < 0 || mtu < dev->min_mtu || (dev->max_mtu > 0 && mtu > dev->max_mtu)) return TRACE_RET(-EINVAL);
    if (!netif_device_present(dev)) return TRACE_RET(-ENODEV);
    int err = notifier_to_errno(call_netdevice_notifiers(NETDEV_PRECHANGEMTU, dev));
    if (err) return TRACE_RET(err);
    const unsigned orig_mtu = dev->mtu;
    err = __dev_set_mtu(dev, mtu);
    if (err) return TRACE_RET(err);
    err = notify_mtu(dev, orig_mtu);
    if (err) { // somebody cannot have it: back, and all hear of it again
        __dev_set_mtu(dev, orig_mtu);
        notify_mtu(dev, mtu);
    }
    return TRACE_RET(err);
}

void dev_addr_set(net_device *dev, const u8 *addr) {
    std::memcpy(dev->dev_addr, addr, dev->addr_len);
}

// Who cannot have the address says so before the driver has it. Linux 6.1: net/core/dev.c
int dev_pre_changeaddr_notify(net_device *dev, const u8 *addr) {
    TRACE_FN();
    netdev_notifier_pre_changeaddr_info info{{.dev = dev}, addr};
    return TRACE_RET(notifier_to_errno(call_netdevice_notifiers_info(NETDEV_PRE_CHANGEADDR, &info)));
}

// Linux 6.1: net/core/dev.c
int dev_set_mac_address(net_device *dev, const u8 *addr) {
    TRACE_FN();
    const net_device_ops *ops = dev->netdev_ops;
    if (!ops->ndo_set_mac_address) return TRACE_RET(-EOPNOTSUPP);
    if (!netif_device_present(dev)) return TRACE_RET(-ENODEV);
    int err = dev_pre_changeaddr_notify(dev, addr);
    if (!err) err = ops->ndo_set_mac_address(dev, addr);
    if (err) return TRACE_RET(err);
    dev->addr_assign_type = NET_ADDR_SET;
    call_netdevice_notifiers(NETDEV_CHANGEADDR, dev);
    return TRACE_RET(0);
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

void netif_set_tso_max_segs(net_device *dev, unsigned segs) {
    dev->tso_max_segs = static_cast<u16>(segs);
    dev->gso_max_segs = std::min(dev->gso_max_segs, dev->tso_max_segs);
}
void netif_inherit_tso_max(net_device *to, const net_device *from) {
    netif_set_tso_max_size(to, from->tso_max_size);
    netif_set_tso_max_segs(to, from->tso_max_segs);
}

} // namespace skbscope::stack
