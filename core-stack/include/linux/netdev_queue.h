// SPDX-License-Identifier: GPL-2.0-or-later
// The queues of a device. Linux 6.1: include/linux/netdevice.h
#pragma once

#include "linux/dynamic_queue_limits.h"
#include "linux/netdev_rps.h"
#include "linux/spinlock.h"

#include <memory>

namespace skbscope::stack {

struct net_device;
struct Qdisc;

inline constexpr unsigned __QUEUE_STATE_DRV_XOFF = 0, __QUEUE_STATE_STACK_XOFF = 1, __QUEUE_STATE_FROZEN = 2;
inline constexpr unsigned long QUEUE_STATE_ANY_XOFF = 3, QUEUE_STATE_ANY_XOFF_OR_FROZEN = 7,
                               QUEUE_STATE_DRV_XOFF_OR_FROZEN = 5;

struct netdev_queue {
    net_device *dev = nullptr;
    Qdisc *qdisc = nullptr;
    Qdisc *qdisc_sleeping = nullptr; // what it gets when the device comes up
    net_device *sb_dev = nullptr;
    spinlock_t _xmit_lock;
    int xmit_lock_owner = -1; // CPU
    unsigned long trans_start = 0;
    unsigned long state = 0;
    struct dql dql; // bytes that the device may hold: linux/netdev_bql.h
};
struct netdev_rx_queue {
    std::unique_ptr<rps_map> rps_map_;                  // rps_map in the kernel; null: no RPS
    std::unique_ptr<rps_dev_flow_table> rps_flow_table; // null: no RFS
    net_device *dev = nullptr;
};

} // namespace skbscope::stack
