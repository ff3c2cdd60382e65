// SPDX-License-Identifier: GPL-2.0-or-later
// What stands on top of a device: devices made of it (a VLAN, a bond, a bridge), and the handler that gets its packets.
// Linux 6.1: net/core/dev.c
//
// Not modelled: groups of devices that act as one (master devices), nesting levels for lockdep.
#include "linux/errno.h"
#include "linux/netdevice.h"
#include "linux/rcupdate.h"

#include <algorithm>

namespace skbscope::stack {

namespace {

int notify_upper(unsigned long event, net_device *dev, net_device *upper, bool linking) {
    netdev_notifier_changeupper_info info{{.dev = dev}, upper, false, linking};
    return notifier_to_errno(call_netdevice_notifiers_info(event, &info));
}

void unlink_pair(net_device *dev, net_device *upper) {
    std::erase(dev->upper, upper);
    std::erase(upper->lower, dev);
    dev_put(upper);
    dev_put(dev);
}

} // namespace

// Directly or with others in between. Linux 6.1: net/core/dev.c (__netdev_has_upper_dev())
bool netdev_has_upper_dev(net_device *dev, net_device *upper) {
    TRACE_FN();
    return TRACE_RET(std::ranges::any_of(
        dev->upper, [upper](net_device *above) { return above == upper || netdev_has_upper_dev(above, upper); }));
}

// Linux 6.1: net/core/dev.c
bool netdev_has_any_upper_dev(net_device *dev) {
    TRACE_FN();
    return TRACE_RET(!dev->upper.empty());
}

// Linux 6.1: net/core/dev.c
int netdev_upper_dev_link(net_device *dev, net_device *upper) {
    TRACE_FN();
    if (dev == upper || netdev_has_upper_dev(upper, dev)) return TRACE_RET(-EBUSY);
    if (netdev_has_upper_dev(dev, upper)) return TRACE_RET(-EEXIST);
    int ret = notify_upper(NETDEV_PRECHANGEUPPER, dev, upper, true);
    if (ret != 0) return TRACE_RET(ret);
    dev_hold(upper);
    dev_hold(dev);
    dev->upper.push_back(upper);
    upper->lower.push_back(dev);
    ret = notify_upper(NETDEV_CHANGEUPPER, dev, upper, true);
    if (ret != 0) unlink_pair(dev, upper);
    return TRACE_RET(ret);
}

// Linux 6.1: net/core/dev.c
void netdev_upper_dev_unlink(net_device *dev, net_device *upper) {
    TRACE_FN();
    notify_upper(NETDEV_PRECHANGEUPPER, dev, upper, false);
    unlink_pair(dev, upper);
    notify_upper(NETDEV_CHANGEUPPER, dev, upper, false);
}

// Linux 6.1: net/core/dev.c
bool netdev_is_rx_handler_busy(const net_device *dev) {
    TRACE_FN();
    return TRACE_RET(dev && dev->rx_handler);
}

// Linux 6.1: net/core/dev.c
int netdev_rx_handler_register(net_device *dev, rx_handler_func_t rx_handler, void *rx_handler_data) {
    TRACE_FN();
    if (netdev_is_rx_handler_busy(dev)) return TRACE_RET(-EBUSY);
    if ((dev->priv_flags & IFF_NO_RX_HANDLER) != 0) return TRACE_RET(-EINVAL);
    dev->rx_handler_data = rx_handler_data; // before the handler, which looks at it
    dev->rx_handler = rx_handler;
    return TRACE_RET(0);
}

// Linux 6.1: net/core/dev.c
void netdev_rx_handler_unregister(net_device *dev) {
    TRACE_FN();
    dev->rx_handler = nullptr;
    synchronize_net(); // whoever is in it needs its data
    dev->rx_handler_data = nullptr;
}

} // namespace skbscope::stack
