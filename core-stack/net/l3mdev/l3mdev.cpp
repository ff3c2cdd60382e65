// SPDX-License-Identifier: GPL-2.0-or-later
// Linux 6.1: net/l3mdev/l3mdev.c, include/net/l3mdev.h. No device of the model is a VRF or belongs to one: the answers
// are those of the kernel for plain devices.
#include "net/l3mdev.h"

#include "linux/netdevice.h"
#include "linux/rcupdate.h"
#include "linux/skbuff.h"
#include "linux/trace_fn.h"

namespace skbscope::stack {

int l3mdev_master_ifindex_rcu(const net_device *dev) {
    TRACE_FN();
    return TRACE_RET(dev && netif_is_l3_master(dev) ? dev->ifindex : 0);
}

u32 l3mdev_fib_table_rcu(const net_device *) {
    TRACE_FN();
    return TRACE_RET(0U);
}

u32 l3mdev_fib_table_by_index(net *ns, int ifindex) {
    TRACE_FN();
    if (ifindex == 0) return TRACE_RET(0U);
    rcu_read_lock();
    const net_device *dev = dev_get_by_index_rcu(ns, ifindex);
    const u32 tb_id = dev ? l3mdev_fib_table_rcu(dev) : 0;
    rcu_read_unlock();
    return TRACE_RET(tb_id);
}

int l3mdev_master_upper_ifindex_by_index_rcu(net *ns, int ifindex) {
    TRACE_FN();
    const net_device *dev = dev_get_by_index_rcu(ns, ifindex);
    return TRACE_RET(dev && netif_is_l3_master(dev) ? dev->ifindex : 0);
}

void l3mdev_update_flow(net *ns, flowi *fl) {
    TRACE_FN();
    rcu_read_lock();
    for (int ifindex : {fl->flowi4_oif, fl->flowi4_iif != LOOPBACK_IFINDEX ? fl->flowi4_iif : 0}) {
        if (ifindex == 0 || fl->flowi4_l3mdev != 0) continue;
        const net_device *dev = dev_get_by_index_rcu(ns, ifindex);
        if (dev) fl->flowi4_l3mdev = l3mdev_master_ifindex_rcu(dev);
    }
    rcu_read_unlock();
}

int l3mdev_master_ifindex(net_device *dev) {
    rcu_read_lock();
    const int ifindex = l3mdev_master_ifindex_rcu(dev);
    rcu_read_unlock();
    return ifindex;
}

int l3mdev_master_ifindex_by_index(net *ns, int ifindex) {
    rcu_read_lock();
    net_device *dev = dev_get_by_index_rcu(ns, ifindex);
    const int rc = dev ? l3mdev_master_ifindex_rcu(dev) : 0;
    rcu_read_unlock();
    return rc;
}

sk_buff *l3mdev_ip_rcv(sk_buff *skb) {
    return skb; // a VRF device would look at it
}

sk_buff *l3mdev_ip_out(sock *, sk_buff *skb) {
    return skb;
}

} // namespace skbscope::stack
