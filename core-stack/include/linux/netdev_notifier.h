// SPDX-License-Identifier: GPL-2.0-or-later
// What happens to devices, told to whoever keeps something for them. Linux 6.1: include/linux/netdevice.h
#pragma once

#include "linux/notifier.h"
#include "linux/types.h"

namespace skbscope::stack {

struct net_device;

enum netdev_cmd : unsigned long {
    NETDEV_UP = 1,
    NETDEV_DOWN,
    NETDEV_REBOOT,
    NETDEV_CHANGE,
    NETDEV_REGISTER,
    NETDEV_UNREGISTER,
    NETDEV_CHANGEMTU,
    NETDEV_CHANGEADDR,
    NETDEV_PRE_CHANGEADDR,
    NETDEV_GOING_DOWN,
    NETDEV_CHANGENAME,
    NETDEV_FEAT_CHANGE,
    NETDEV_BONDING_FAILOVER,
    NETDEV_PRE_UP,
    NETDEV_PRE_TYPE_CHANGE,
    NETDEV_POST_TYPE_CHANGE,
    NETDEV_POST_INIT,
    NETDEV_RELEASE,
    NETDEV_NOTIFY_PEERS,
    NETDEV_JOIN,
    NETDEV_CHANGEUPPER,
    NETDEV_RESEND_IGMP,
    NETDEV_PRECHANGEMTU,
    NETDEV_CHANGEINFODATA,
    NETDEV_BONDING_INFO,
    NETDEV_PRECHANGEUPPER,
    NETDEV_CHANGELOWERSTATE,
};

struct netdev_notifier_info {
    net_device *dev = nullptr;
};
struct netdev_notifier_change_info : netdev_notifier_info {
    unsigned flags_changed = 0;
};
struct netdev_notifier_changeupper_info : netdev_notifier_info {
    net_device *upper_dev = nullptr;
    bool master = false;
    bool linking = false;
};
struct netdev_notifier_info_ext : netdev_notifier_info {
    u32 mtu = 0; // the old one
};
struct netdev_notifier_pre_changeaddr_info : netdev_notifier_info {
    const u8 *dev_addr = nullptr; // the new one
};
[[nodiscard]] inline net_device *netdev_notifier_info_to_dev(const void *info) {
    return static_cast<const netdev_notifier_info *>(info)->dev;
}
// The block lives as long as the machine; a new one is told of all devices there are.
int register_netdevice_notifier(notifier_block *nb);
int unregister_netdevice_notifier(notifier_block *nb);
int call_netdevice_notifiers(unsigned long val, net_device *dev);
int call_netdevice_notifiers_info(unsigned long val, netdev_notifier_info *info);

} // namespace skbscope::stack
