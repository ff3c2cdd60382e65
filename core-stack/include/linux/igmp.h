// SPDX-License-Identifier: GPL-2.0-or-later
// Multicast groups: which a socket has joined, and which a device listens to.
// Linux 6.1: include/linux/igmp.h
#pragma once

#include "linux/in.h"
#include "linux/spinlock.h"
#include "linux/types.h"

namespace skbscope::stack {

struct in_device;
struct sk_buff;
struct sock;

// A group a device takes packets for, once for all sockets that joined.
struct ip_mc_list {
    in_device *interface = nullptr;
    be32 multiaddr;
    unsigned users = 0;
    spinlock_t lock;
    ip_mc_list *next_rcu = nullptr;
};

// A group a socket joined.
struct ip_mc_socklist {
    ip_mc_socklist *next_rcu = nullptr;
    ip_mreqn multi;
};

int igmp_rcv(sk_buff *skb);
int ip_mc_join_group(sock *sk, ip_mreqn *imr);
int ip_mc_leave_group(sock *sk, ip_mreqn *imr);
void ip_mc_drop_socket(sock *sk);
// May this socket have a packet of that group from that sender on that device?
[[nodiscard]] int ip_mc_sf_allow(const sock *sk, be32 loc_addr, be32 rmt_addr, int dif, int sdif);
// Does the device listen to the group? Unicast addresses are no group: 0.
[[nodiscard]] int ip_check_mc_rcu(in_device *in_dev, be32 mc_addr, be32 src_addr, u8 proto);
void ip_mc_inc_group(in_device *in_dev, be32 addr);
void ip_mc_dec_group(in_device *in_dev, be32 addr);
void ip_mc_up(in_device *in_dev);
void ip_mc_down(in_device *in_dev);
void ip_mc_init_dev(in_device *in_dev);
void ip_mc_destroy_dev(in_device *in_dev);

} // namespace skbscope::stack
