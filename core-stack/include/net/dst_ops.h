// SPDX-License-Identifier: GPL-2.0-or-later
// What a family of destinations can do. Linux 6.1: include/net/dst_ops.h
#pragma once

#include "linux/types.h"

namespace skbscope::stack {

struct dst_entry;
struct neighbour;
struct net;
struct net_device;
struct sk_buff;
struct sock;

struct dst_ops {
    u16 family = 0; // AF_...
    unsigned gc_thresh = 0;
    int entries = 0; // counted ones alive (a per-CPU counter in the kernel)

    // What the kernel's slab cache does: make and free an object that starts with a dst_entry.
    dst_entry *(*alloc)() = nullptr;
    void (*free)(dst_entry *dst) = nullptr;

    // Is a cached entry still good? Itself, or null: look it up again.
    dst_entry *(*check)(dst_entry *dst, u32 cookie) = nullptr;
    unsigned (*default_advmss)(const dst_entry *dst) = nullptr;
    unsigned (*mtu)(const dst_entry *dst) = nullptr;
    void (*destroy)(dst_entry *dst) = nullptr;
    void (*negative_advice)(sock *sk, dst_entry *dst) = nullptr;
    void (*link_failure)(sk_buff *skb) = nullptr;
    void (*update_pmtu)(dst_entry *dst, sock *sk, sk_buff *skb, u32 mtu, bool confirm_neigh) = nullptr;
    void (*redirect)(dst_entry *dst, sock *sk, sk_buff *skb) = nullptr;
    int (*local_out)(net *ns, sock *sk, sk_buff *skb) = nullptr;
    // Takes a reference. daddr: 4 bytes in network order, or null: then from skb.
    neighbour *(*neigh_lookup)(const dst_entry *dst, sk_buff *skb, const void *daddr) = nullptr;
    void (*confirm_neigh)(const dst_entry *dst, const void *daddr) = nullptr;
};

} // namespace skbscope::stack
