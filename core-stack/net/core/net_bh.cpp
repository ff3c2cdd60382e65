// SPDX-License-Identifier: GPL-2.0-or-later
// Receiving with a bottom half: one backlog for the whole machine, emptied by one CPU at a time.
// Linux 2.2: net/core/dev.c
#include "linux/bottom_half.h"
#include "linux/jiffies.h"
#include "linux/netdevice.h"
#include "linux/rcupdate.h"
#include "net/core/dev_internal.h"
#include "sim/work_clock.h"

namespace skbscope::stack {

namespace {

constexpr u32 netdev_max_backlog_2_2 = 300;

struct net_bh_state {
    sk_buff_head backlog{"backlog"};
};
machine_global<net_bh_state> net_bh_global;

} // namespace

// For two jiffies at most; the rest waits for the next interrupt. Linux 2.2: net/core/dev.c
void net_bh() {
    TRACE_FN();
    work_done(work::softirq);
    const unsigned long start = jiffies_now();
    while (!skb_queue_empty(&net_bh_global->backlog)) {
        if (jiffies_now() - start > 1) return mark_bh(NET_BH);
        sk_buff *skb = __skb_dequeue(&net_bh_global->backlog);
        rcu_read_lock();
        __netif_receive_skb(skb);
        rcu_read_unlock();
    }
}

// netif_rx(), as it was. Linux 2.2: net/core/dev.c
int netif_rx_bh(sk_buff *skb) {
    work_done(work::backlog_packet);
    sk_buff_head *backlog = &net_bh_global->backlog;
    if (skb_queue_len(backlog) > netdev_max_backlog_2_2) {
        dev_core_stats_rx_dropped_inc(skb->dev);
        kfree_skb_reason(skb, SKB_DROP_REASON_CPU_BACKLOG);
        return NET_RX_DROP;
    }
    __skb_queue_tail(backlog, skb);
    mark_bh(NET_BH);
    return NET_RX_SUCCESS;
}

} // namespace skbscope::stack
