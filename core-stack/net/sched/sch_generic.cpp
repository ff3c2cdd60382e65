// SPDX-License-Identifier: GPL-2.0-or-later
// Running a qdisc: giving its packets to the driver, and keeping those that it could not take. What is taken out of it
// at once stands in sch_dequeue.cpp. Linux 6.1: net/sched/sch_generic.c
#include "net/sch_generic.h"

#include "linux/sched.h"
#include "linux/trace_fn.h"

namespace skbscope::stack {

namespace {

// The driver was busy: the packet is first in line for the next run. Linux 6.1: net/sched/sch_generic.c
void dev_requeue_skb(sk_buff *skb, Qdisc *q) {
    TRACE_FN(skb);
    while (skb) {
        sk_buff *next = skb->next;
        __skb_queue_tail(&q->gso_skb, skb);
        q->qstats.requeues++;
        q->qstats.backlog += qdisc_pkt_len(skb);
        q->q.qlen++;
        skb = next;
    }
    if ((q->flags & TCQ_F_NOLOCK) != 0)
        set_bit(__QDISC_STATE_MISSED, &q->state); // whoever runs it now goes on, or schedules it
    else
        __netif_schedule(q);
}

// Linux 6.1: net/sched/sch_generic.c
bool qdisc_restart(Qdisc *q, int *packets, int budget) {
    TRACE_FN();
    bool validate = false;
    sk_buff *skb = dequeue_skb(q, &validate, packets, budget);
    if (!skb) return TRACE_RET(false);
    net_device *dev = qdisc_dev(q);
    spinlock_t *root_lock = (q->flags & TCQ_F_NOLOCK) != 0 ? nullptr : qdisc_lock(q);
    return TRACE_RET(sch_direct_xmit(skb, q, dev, skb_get_tx_queue(dev, skb), root_lock, validate));
}

void hard_tx_lock(const net_device *dev, netdev_queue *txq) {
    if ((dev->features & NETIF_F_LLTX) != 0) return;
    spin_lock(&txq->_xmit_lock);
    txq->xmit_lock_owner = static_cast<int>(smp_processor_id());
}

void hard_tx_unlock(const net_device *dev, netdev_queue *txq) {
    if ((dev->features & NETIF_F_LLTX) != 0) return;
    txq->xmit_lock_owner = -1;
    spin_unlock(&txq->_xmit_lock);
}

} // namespace

// Gives the qdisc's lock back while the driver works. False: the driver was busy, or there is nothing to go on with.
// Linux 6.1: net/sched/sch_generic.c
bool sch_direct_xmit(sk_buff *skb, Qdisc *q, net_device *dev, netdev_queue *txq, spinlock_t *root_lock, bool validate) {
    TRACE_FN(skb);
    int ret = NETDEV_TX_BUSY;
    bool again = false;
    if (root_lock) spin_unlock(root_lock);
    if (validate) skb = validate_xmit_skb_list(skb, dev, &again);
    if (!skb) {
        if (root_lock) spin_lock(root_lock);
        return TRACE_RET(true);
    }
    hard_tx_lock(dev, txq);
    if (!netif_xmit_frozen_or_stopped(txq))
        skb = dev_hard_start_xmit(skb, dev, txq, &ret);
    else
        qdisc_maybe_clear_missed(q, txq);
    hard_tx_unlock(dev, txq);
    if (root_lock) spin_lock(root_lock);
    if (!dev_xmit_complete(ret)) {
        dev_requeue_skb(skb, q);
        return TRACE_RET(false);
    }
    return TRACE_RET(true);
}

// Linux 6.1: net/sched/sch_generic.c
void __qdisc_run(Qdisc *q) {
    TRACE_FN();
    int quota = net_core_sysctl().dev_tx_weight;
    int packets = 0;
    while (qdisc_restart(q, &packets, quota)) {
        quota -= packets;
        if (quota > 0) continue;
        if ((q->flags & TCQ_F_NOLOCK) != 0)
            set_bit(__QDISC_STATE_MISSED, &q->state);
        else
            __netif_schedule(q); // others want the CPU too
        break;
    }
}

// Linux 6.1: include/net/pkt_sched.h
void qdisc_run(Qdisc *q) {
    TRACE_FN();
    if (!qdisc_run_begin(q)) return;
    const bool taken_off = (q->flags & TCQ_F_NOLOCK) != 0 && test_bit(__QDISC_STATE_DEACTIVATED, &q->state);
    if (!taken_off) __qdisc_run(q);
    qdisc_run_end(q);
}

// Linux 6.1: include/net/sch_generic.h
int qdisc_enqueue_tail(sk_buff *skb, Qdisc *sch) {
    TRACE_FN(skb);
    skb->next = nullptr;
    if (sch->q.tail)
        sch->q.tail->next = skb;
    else
        sch->q.head = skb;
    sch->q.tail = skb;
    sch->q.qlen++;
    sch->qstats.backlog += qdisc_pkt_len(skb);
    return TRACE_RET(NET_XMIT_SUCCESS);
}

// Linux 6.1: include/net/sch_generic.h
sk_buff *qdisc_dequeue_head(Qdisc *sch) {
    TRACE_FN();
    sk_buff *skb = sch->q.head;
    if (!skb) return nullptr;
    sch->q.head = skb->next;
    if (!sch->q.head) sch->q.tail = nullptr;
    skb->next = nullptr;
    sch->q.qlen--;
    sch->qstats.backlog -= qdisc_pkt_len(skb);
    qdisc_bstats_update(sch, skb);
    return skb;
}

// Linux 6.1: include/net/sch_generic.h
sk_buff *qdisc_peek_head(Qdisc *sch) {
    TRACE_FN();
    return sch->q.head;
}

// Linux 6.1: include/net/sch_generic.h
sk_buff *qdisc_peek_dequeued(Qdisc *sch) {
    TRACE_FN();
    if (sk_buff *skb = skb_peek(&sch->gso_skb)) return skb;
    sk_buff *skb = sch->dequeue(sch);
    if (!skb) return nullptr;
    __skb_queue_head(&sch->gso_skb, skb);
    sch->qstats.backlog += qdisc_pkt_len(skb); // it is still part of the queue
    sch->q.qlen++;
    return skb;
}

// Linux 6.1: include/net/sch_generic.h
sk_buff *qdisc_dequeue_peeked(Qdisc *sch) {
    TRACE_FN();
    if (skb_queue_empty(&sch->gso_skb)) return sch->dequeue(sch);
    sk_buff *skb = __skb_dequeue(&sch->gso_skb);
    sch->qstats.backlog -= qdisc_pkt_len(skb);
    sch->q.qlen--;
    return skb;
}

void __qdisc_drop(sk_buff *skb, sk_buff **to_free) {
    skb->next = *to_free;
    *to_free = skb;
}

// Linux 6.1: include/net/sch_generic.h
int qdisc_drop_all(sk_buff *skb, Qdisc *sch, sk_buff **to_free) {
    TRACE_FN(skb);
    (skb->prev ? skb->prev : skb)->next = *to_free;
    *to_free = skb;
    sch->qstats.drops++;
    return TRACE_RET(NET_XMIT_DROP);
}

// Linux 6.1: include/net/sch_generic.h
int qdisc_drop(sk_buff *skb, Qdisc *sch, sk_buff **to_free) {
    TRACE_FN(skb);
    __qdisc_drop(skb, to_free);
    sch->qstats.drops++;
    return TRACE_RET(NET_XMIT_DROP);
}

} // namespace skbscope::stack
