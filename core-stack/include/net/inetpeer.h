// SPDX-License-Identifier: GPL-2.0-or-later
// What is remembered about a host we talked to: rate limits of ICMP and redirects, the fragment counter.
// Linux 6.1: include/net/inetpeer.h
#pragma once

#include "linux/rcupdate.h"
#include "linux/refcount.h"
#include "linux/spinlock.h"
#include "linux/types.h"

#include <compare>
#include <map>

namespace skbscope::stack {

struct inetpeer_addr {
    be32 addr;
    int vif = 0; // layer-3 master ifindex
    bool operator==(const inetpeer_addr &) const = default;
};

struct inet_peer {
    u64 hash = 0; // of daddr: what the tree is ordered by first
    inetpeer_addr daddr;
    u32 rate_tokens = 0; // jiffies of credit, for ICMP
    u32 n_redirects = 0;
    unsigned long rate_last = 0; // jiffies
    atomic_t rid;                // fragments received from it
    struct rcu_head rcu;
    unsigned long dtime = 0; // jiffies of the last use
    refcount_t refcnt;
};

// Order in the tree: a keyed hash first, so that nobody can choose addresses that share it.
struct inet_peer_key {
    u64 hash;
    u32 addr;
    int vif;
    auto operator<=>(const inet_peer_key &) const = default;
};

struct inet_peer_base {
    std::map<inet_peer_key, inet_peer *> rb_root; // a red-black tree, as in the kernel
    seqlock_t lock;
    int total = 0;
};

void inet_peer_base_init(inet_peer_base *base);
void inetpeer_invalidate_tree(inet_peer_base *base);
void inet_initpeers();
// Under rcu_read_lock(): no reference is taken.
inet_peer *inet_getpeer(inet_peer_base *base, const inetpeer_addr *daddr);
inet_peer *inet_getpeer_v4(inet_peer_base *base, be32 v4daddr, int vif);
void inet_putpeer(inet_peer *p);
bool inet_peer_xrlim_allow(inet_peer *peer, int timeout); // timeout: jiffies between two

} // namespace skbscope::stack
