// SPDX-License-Identifier: GPL-2.0-or-later
// Devices as objects: made, registered in a namespace, configured, stacked, and gone.
// Linux 6.1: include/linux/netdevice.h
#pragma once

#include "linux/netdevice.h"

namespace skbscope::stack {

struct rtnl_link_ops {
    const char *kind = nullptr;
    void (*setup)(net_device *dev) = nullptr;
    void (*dellink)(net_device *dev) = nullptr;
};
// The device belongs to itself until it is registered (then to its namespace); sizeof_priv becomes netdev_priv().
template <class Priv>
[[nodiscard]] net_device *alloc_netdev(std::string_view name, void (*setup)(net_device *), unsigned txqs = 1,
                                       unsigned rxqs = 1);
[[nodiscard]] net_device *alloc_netdev_mqs(std::shared_ptr<void> priv, std::string_view name,
                                           void (*setup)(net_device *), unsigned txqs, unsigned rxqs);
void free_netdev(net_device *dev);
int register_netdevice(net_device *dev);
int register_netdev(net_device *dev); // the same, taking the RTNL lock itself
// The device goes; it is freed when the RTNL lock is given back. With `head`: only put on a list for
// unregister_netdevice_many().
void unregister_netdevice_queue(net_device *dev, list_head *head);
void unregister_netdevice_many(list_head *head);
void unregister_netdev(net_device *dev);
inline void unregister_netdevice(net_device *dev) {
    unregister_netdevice_queue(dev, nullptr);
}
void netdev_run_todo(); // rtnl_unlock() calls it
int dev_open(net_device *dev);
void dev_close(net_device *dev);
void dev_close_many(list_head *head, bool unlink); // by close_list; `unlink`: leaves them on no list
int dev_change_flags(net_device *dev, unsigned flags);
int dev_set_mtu(net_device *dev, int mtu);
// addr_len bytes, of the device's own kind. 0, -EOPNOTSUPP, -ENODEV, or what a notifier or the driver said.
int dev_set_mac_address(net_device *dev, const u8 *addr);
int dev_pre_changeaddr_notify(net_device *dev, const u8 *addr);
void dev_addr_set(net_device *dev, const u8 *addr);
int dev_set_promiscuity(net_device *dev, int inc); // counts; 0 or -EOVERFLOW
int dev_set_allmulti(net_device *dev, int inc);
void dev_set_rx_mode(net_device *dev);
void __dev_set_rx_mode(net_device *dev);
// `upper` stands on `dev`. 0, -EBUSY (they are each other's ground), -EEXIST, or what a notifier said.
int netdev_upper_dev_link(net_device *dev, net_device *upper);
void netdev_upper_dev_unlink(net_device *dev, net_device *upper);
[[nodiscard]] bool netdev_has_upper_dev(net_device *dev, net_device *upper);
[[nodiscard]] bool netdev_has_any_upper_dev(net_device *dev);
// Who gets each packet of the device before the protocols. 0, -EBUSY (there is one), -EINVAL (not on this device).
[[nodiscard]] bool netdev_is_rx_handler_busy(const net_device *dev);
int netdev_rx_handler_register(net_device *dev, rx_handler_func_t rx_handler, void *rx_handler_data);
void netdev_rx_handler_unregister(net_device *dev);
void netdev_update_features(net_device *dev);
int __netdev_update_features(net_device *dev); // > 0: something changed
[[nodiscard]] net_device *__dev_get_by_index(net *ns, int ifindex);
[[nodiscard]] net_device *dev_get_by_index_rcu(net *ns, int ifindex);
[[nodiscard]] net_device *dev_get_by_index(net *ns, int ifindex); // takes a reference
[[nodiscard]] net_device *__dev_get_by_name(net *ns, std::string_view name);
[[nodiscard]] net_device *dev_get_by_name_rcu(net *ns, std::string_view name);
[[nodiscard]] int dev_get_iflink(const net_device *dev);
inline void dev_hold(net_device *dev) {
    if (dev) refcount_inc(&dev->dev_refcnt);
}
inline void dev_put(net_device *dev) {
    if (dev) refcount_dec(&dev->dev_refcnt);
}
inline void netdev_hold(net_device *dev) {
    dev_hold(dev);
}
inline void netdev_put(net_device *dev) {
    dev_put(dev);
}

template <class Priv>
net_device *alloc_netdev(std::string_view name, void (*setup)(net_device *), unsigned txqs, unsigned rxqs) {
    return alloc_netdev_mqs(std::make_shared<Priv>(), name, setup, txqs, rxqs);
}

} // namespace skbscope::stack
