// SPDX-License-Identifier: GPL-2.0-or-later
// Layer-3 master devices (VRF). The model has none, and asks at the kernel's places. Linux 6.1: include/net/l3mdev.h
#pragma once

#include "linux/types.h"
#include "net/flow.h"

namespace skbscope::stack {

struct net;
struct net_device;
struct sk_buff;
struct sock;

int l3mdev_master_ifindex_rcu(const net_device *dev); // 0: no master
u32 l3mdev_fib_table_rcu(const net_device *dev);      // 0: no table of its own
u32 l3mdev_fib_table_by_index(net *ns, int ifindex);
int l3mdev_master_upper_ifindex_by_index_rcu(net *ns, int ifindex);
void l3mdev_update_flow(net *ns, flowi *fl);
int l3mdev_master_ifindex(net_device *dev);
int l3mdev_master_ifindex_by_index(net *ns, int ifindex);
sk_buff *l3mdev_ip_rcv(sk_buff *skb);
sk_buff *l3mdev_ip_out(sock *sk, sk_buff *skb);

} // namespace skbscope::stack
