// SPDX-License-Identifier: GPL-2.0-or-later
// NET_TX_SOFTIRQ: frees what drivers are done with, and runs the qdiscs that wait for a driver or a time.
// Linux 6.1: net/core/dev.c
#include "linux/bug.h"
#include "linux/interrupt.h"
#include "linux/netdevice.h"
#include "linux/rcupdate.h"
#include "net/core/dev_internal.h"
#include "net/sch_generic.h"
#include "net/xfrm.h"
#include "sim/trace_emit.h"

#include <utility>

namespace skbscope::stack {

// Linux 6.1: net/core/dev.c
static void __netif_reschedule(Qdisc *q) {
    TRACE_FN();
    softnet_data *sd = this_cpu_softnet();
    q->next_sched = nullptr;
    *sd->output_queue_tailp = q;
    sd->output_queue_tailp = &q->next_sched;
    raise_softirq_irqoff(NET_TX_SOFTIRQ);
}

// Linux 6.1: net/core/dev.c
void __netif_schedule(Qdisc *q) {
    TRACE_FN();
    if (!test_and_set_bit(__QDISC_STATE_SCHED, &q->state)) __netif_reschedule(q);
}

// Linux 6.1: net/core/dev.c
void netif_tx_wake_queue(netdev_queue *dev_queue) {
    TRACE_FN();
    if (test_and_clear_bit(__QUEUE_STATE_DRV_XOFF, &dev_queue->state)) __netif_schedule(dev_queue->qdisc);
}

// Linux 6.1: net/core/dev.c
void netif_schedule_queue(netdev_queue *txq) {
    TRACE_FN();
    rcu_read_lock();
    if (!netif_xmit_stopped(txq)) __netif_schedule(txq->qdisc);
    rcu_read_unlock();
}

void netif_tx_start_all_queues(net_device *dev) {
    for (unsigned i = 0; i < dev->num_tx_queues; ++i)
        netif_tx_start_queue(netdev_get_tx_queue(dev, i));
}
void netif_tx_stop_all_queues(net_device *dev) {
    for (unsigned i = 0; i < dev->num_tx_queues; ++i)
        netif_tx_stop_queue(netdev_get_tx_queue(dev, i));
}

static void run_waiting(Qdisc *q) {
    clear_bit(__QDISC_STATE_SCHED, &q->state);
    if (test_bit(__QDISC_STATE_DEACTIVATED, &q->state)) return;
    spinlock_t *root_lock = (q->flags & TCQ_F_NOLOCK) != 0 ? nullptr : qdisc_lock(q);
    if (root_lock) spin_lock(root_lock);
    qdisc_run(q);
    if (root_lock) spin_unlock(root_lock);
}

static void dropped_in_interrupt(sk_buff *skb) {
    trace_drop(skb, SKB_DROP_REASON_NOT_SPECIFIED);
    skb->trace_reason = SKB_DROP_REASON_NOT_SPECIFIED;
}

// Linux 6.1: net/core/dev.c
void net_tx_action(softirq_action *) {
    TRACE_FN();
    softnet_data *sd = this_cpu_softnet();
    sk_buff *clist = std::exchange(sd->completion_queue, nullptr);
    while (clist) {
        sk_buff *skb = clist;
        clist = clist->next;
        BUG_ON(refcount_read(&skb->users) != 0);
        if (SKB_CB<dev_kfree_skb_cb>(skb)->reason == SKB_REASON_DROPPED) dropped_in_interrupt(skb);
        if (skb->fclone != SKB_FCLONE_UNAVAILABLE)
            __kfree_skb(skb);
        else
            __kfree_skb_defer(skb);
    }
    Qdisc *head = std::exchange(sd->output_queue, nullptr);
    sd->output_queue_tailp = &sd->output_queue;
    rcu_read_lock();
    while (head) {
        Qdisc *q = head;
        head = head->next_sched;
        run_waiting(q);
    }
    rcu_read_unlock();
    xfrm_dev_backlog(sd);
}

} // namespace skbscope::stack
