// SPDX-License-Identifier: GPL-2.0-or-later
// Link addresses that a device listens to beside its own. Several users may want the same one, and a device on top of
// another one (a VLAN) hands its list down. Linux 6.1: include/linux/netdevice.h, net/core/dev_addr_lists.c
#pragma once

#include "linux/if.h"
#include "linux/list.h"
#include "linux/types.h"

#include <array>

namespace skbscope::stack {

struct net_device;

inline constexpr u8 NETDEV_HW_ADDR_T_LAN = 1, NETDEV_HW_ADDR_T_UNICAST = 4, NETDEV_HW_ADDR_T_MULTICAST = 5;
inline constexpr u8 NET_ADDR_PERM = 0, NET_ADDR_RANDOM = 1, NET_ADDR_STOLEN = 2, NET_ADDR_SET = 3;

struct netdev_hw_addr {
    list_head list;
    std::array<u8, MAX_ADDR_LEN> addr{};
    u8 type = 0;
    bool global_use = false; // somebody asked for it by hand
    int sync_cnt = 0;        // how many lower devices have it from here
    int refcount = 1;
    int synced = 0; // how often an upper device handed it down
};
// The kernel looks them up in a tree as well; the order of the list is the same.
struct netdev_hw_addr_list {
    list_head list;
    int count = 0;
    netdev_hw_addr_list() = default;
    ~netdev_hw_addr_list();
    netdev_hw_addr_list(const netdev_hw_addr_list &) = delete;
    netdev_hw_addr_list &operator=(const netdev_hw_addr_list &) = delete;
};

// Unicast and multicast addresses. 0 or a negative errno: -EEXIST (_excl, _global: it is there), -ENOENT.
int dev_uc_add(net_device *dev, const u8 *addr);
int dev_uc_add_excl(net_device *dev, const u8 *addr);
int dev_uc_del(net_device *dev, const u8 *addr);
int dev_mc_add(net_device *dev, const u8 *addr);
int dev_mc_add_excl(net_device *dev, const u8 *addr);
int dev_mc_add_global(net_device *dev, const u8 *addr);
int dev_mc_del(net_device *dev, const u8 *addr);
int dev_mc_del_global(net_device *dev, const u8 *addr);
// `to` gets what is new in `from`'s list, and loses what is gone from it.
int dev_uc_sync(net_device *to, net_device *from);
int dev_mc_sync(net_device *to, net_device *from);
void dev_uc_unsync(net_device *to, net_device *from);
void dev_mc_unsync(net_device *to, net_device *from);
void dev_uc_flush(net_device *dev);
void dev_mc_flush(net_device *dev);

} // namespace skbscope::stack
