// SPDX-License-Identifier: GPL-2.0-or-later
// NAPI: a source of packets that is polled instead of interrupting for each. Who polls: NET_RX_SOFTIRQ, a kernel
// thread, or a process that waits for a packet (busy polling). Linux 6.1: include/linux/netdevice.h
#pragma once

#include "linux/list.h"
#include "linux/skbuff.h"
#include "linux/timer.h"

namespace skbscope::stack {

struct net_device;
struct task_struct;

inline constexpr unsigned GRO_HASH_BUCKETS = 8;
inline constexpr int MAX_GRO_SKBS = 8;
inline constexpr int NAPI_POLL_WEIGHT = 64;
enum napi_state_bit : unsigned {
    NAPI_STATE_SCHED,
    NAPI_STATE_MISSED,
    NAPI_STATE_DISABLE,
    NAPI_STATE_NPSVC,
    NAPI_STATE_LISTED,
    NAPI_STATE_NO_BUSY_POLL,
    NAPI_STATE_IN_BUSY_POLL,
    NAPI_STATE_PREFER_BUSY_POLL,
    NAPI_STATE_THREADED,
    NAPI_STATE_SCHED_THREADED,
};
enum gro_result_t : int { GRO_MERGED, GRO_MERGED_FREE, GRO_HELD, GRO_NORMAL, GRO_CONSUMED };

struct gro_list {
    list_head list; // of packets (skb_list), oldest last
    int count = 0;
};
// One source of packets that is polled instead of interrupting for each.
struct napi_struct {
    list_head poll_list; // of the CPU's softnet_data while scheduled
    unsigned long state = 0;
    int weight = 0;
    int defer_hard_irqs_count = 0;
    unsigned long gro_bitmask = 0;
    int (*poll)(napi_struct *napi, int budget) = nullptr;
    net_device *dev = nullptr;
    gro_list gro_hash[GRO_HASH_BUCKETS];
    sk_buff *skb = nullptr; // for napi_get_frags
    list_head rx_list;      // packets for the stack, handed up in batches
    int rx_count = 0;
    list_head dev_list;            // of net_device::napi_list
    hlist_node napi_hash_node;     // of those that can be found by their id
    unsigned napi_id = 0;          // from MIN_NAPI_ID on; smaller ones stand for CPUs
    hrtimer timer;                 // polls it again while its interrupt is deferred
    task_struct *thread = nullptr; // polls it instead of NET_RX_SOFTIRQ, with NAPI_STATE_THREADED
    // The kernel's backlog has no device: what the model calls it in a message.
    const char *name = nullptr;
};

gro_result_t napi_gro_receive(napi_struct *napi, sk_buff *skb);
// The packet is napi_get_frags()'s, with everything, the link header first, in its fragments.
gro_result_t napi_gro_frags(napi_struct *napi);
[[nodiscard]] sk_buff *napi_get_frags(napi_struct *napi);
void napi_free_frags(napi_struct *napi);                // the packet that was got and not handed on
void napi_gro_flush(napi_struct *napi, bool flush_old); // flush_old: leave those that came in this jiffy
void netif_napi_add_weight(net_device *dev, napi_struct *napi, int (*poll)(napi_struct *, int), int weight);
inline void netif_napi_add(net_device *dev, napi_struct *napi, int (*poll)(napi_struct *, int)) {
    netif_napi_add_weight(dev, napi, poll, NAPI_POLL_WEIGHT);
}
void __netif_napi_del(napi_struct *napi);
int dev_set_threaded(net_device *dev, bool threaded); // /sys/class/net/DEV/threaded; 0 or a negative errno
void napi_enable(napi_struct *n);
void napi_disable(napi_struct *n);
[[nodiscard]] bool napi_schedule_prep(napi_struct *n);
void __napi_schedule(napi_struct *n);
void __napi_schedule_irqoff(napi_struct *n);
bool napi_schedule(napi_struct *n);
bool napi_complete_done(napi_struct *n, int work_done);
inline bool napi_complete(napi_struct *n) {
    return napi_complete_done(n, 0);
}

} // namespace skbscope::stack
