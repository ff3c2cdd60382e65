// SPDX-License-Identifier: GPL-2.0-or-later
// What the parts of net/core/neighbour.c share: static functions there.
#pragma once

#include "net/neighbour.h"

namespace skbscope::stack {

void pneigh_queue_purge(neigh_table *tbl, const net *ns);
void pneigh_ifdown(neigh_table *tbl, const net_device *dev, bool skip_perm);
void neigh_proxy_init(neigh_table *tbl);
int neigh_blackhole(neighbour *neigh, sk_buff *skb);
void neigh_cleanup_and_release(neighbour *neigh);
void neigh_mark_dead(neighbour *n);
void neigh_update_gc_list(neighbour *n);
void neigh_timer_handler(timer_list *t);
int neigh_del_timer(neighbour *n); // 1: one was pending
void __neigh_notify(neighbour *n, int type, int flags, u32 pid);
void neigh_update_notify(neighbour *neigh, u32 nlmsg_pid);
neighbour *neigh_create_exempt(neigh_table *tbl, const void *pkey,
                               net_device *dev); // permanent: the collector must not

} // namespace skbscope::stack
