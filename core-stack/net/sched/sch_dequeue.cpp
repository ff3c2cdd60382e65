// SPDX-License-Identifier: GPL-2.0-or-later
// What the driver is given at once: first what it could not take before; then what the qdisc gives, in bulk when the
// device's queue has room for it (BQL). Linux 6.1: net/sched/sch_generic.c
//
//     gso_skb: taken out, but the driver was busy       skb_bad_txq: taken out, but for another tx queue
#include "net/sch_generic.h"

#include "linux/trace_fn.h"

namespace skbscope::stack {

namespace {

// Linux 6.1: net/sched/sch_generic.c
void try_bulk_dequeue_skb(Qdisc *q, sk_buff *skb, const netdev_queue *txq, int *packets, int budget) {
    TRACE_FN(skb);
    int bytelimit = qdisc_avail_bulklimit(txq) - static_cast<int>(skb->len);
    int cnt = 0;
    while (bytelimit > 0) {
        sk_buff *nskb = q->dequeue(q);
        if (!nskb) break;
        bytelimit -= static_cast<int>(nskb->len);
        skb->next = nskb;
        skb = nskb;
        if (++cnt >= budget) break;
    }
    *packets += cnt;
    skb_mark_not_on_list(skb);
}

void still_queued(Qdisc *q, const sk_buff *skb) {
    q->qstats.backlog += qdisc_pkt_len(skb);
    q->q.qlen++;
}
void no_longer_queued(Qdisc *q, const sk_buff *skb) {
    q->qstats.backlog -= qdisc_pkt_len(skb);
    q->q.qlen--;
}

// The qdisc serves several tx queues: the bulk must be for one of them. Linux 6.1: net/sched/sch_generic.c
void try_bulk_dequeue_skb_slow(Qdisc *q, sk_buff *skb, int *packets) {
    TRACE_FN(skb);
    constexpr int at_most = 8;
    const u16 mapping = skb_get_queue_mapping(skb);
    int cnt = 0;
    do {
        sk_buff *nskb = q->dequeue(q);
        if (!nskb) break;
        if (skb_get_queue_mapping(nskb) != mapping) { // next time
            __skb_queue_tail(&q->skb_bad_txq, nskb);
            still_queued(q, nskb);
            break;
        }
        skb->next = nskb;
        skb = nskb;
    } while (++cnt < at_most);
    *packets += cnt;
    skb_mark_not_on_list(skb);
}

// From gso_skb or skb_bad_txq, which are not empty. Null: its tx queue is stopped; nothing may overtake.
sk_buff *dequeue_kept(Qdisc *q, sk_buff_head *kept) {
    const netdev_queue *txq = skb_get_tx_queue(q->dev_queue->dev, skb_peek(kept));
    if (netif_xmit_frozen_or_stopped(txq)) {
        qdisc_maybe_clear_missed(q, txq);
        return nullptr;
    }
    sk_buff *skb = __skb_dequeue(kept);
    no_longer_queued(q, skb);
    return skb;
}

} // namespace

// A stopped driver wakes the qdisc itself: until then nobody need be told, but it is not empty.
// Linux 6.1: net/sched/sch_generic.c
void qdisc_maybe_clear_missed(Qdisc *q, const netdev_queue *txq) {
    TRACE_FN();
    clear_bit(__QDISC_STATE_MISSED, &q->state);
    set_bit(netif_xmit_frozen_or_stopped(txq) ? __QDISC_STATE_DRAINING : __QDISC_STATE_MISSED, &q->state);
}

// 0 of a driver that does not report what it sent. Linux 6.1: include/net/sch_generic.h
int qdisc_avail_bulklimit(const netdev_queue *txq) {
    return dql_avail(&txq->dql);
}

// Linux 6.1: net/sched/sch_generic.c
sk_buff *dequeue_skb(Qdisc *q, bool *validate, int *packets, int budget) {
    TRACE_FN();
    const netdev_queue *txq = q->dev_queue;
    *packets = 1;
    if (!skb_queue_empty(&q->gso_skb)) {
        *validate = false; // it was, the first time
        return TRACE_RET(dequeue_kept(q, &q->gso_skb));
    }
    *validate = true;
    if ((q->flags & TCQ_F_ONETXQUEUE) != 0 && netif_xmit_frozen_or_stopped(txq)) {
        qdisc_maybe_clear_missed(q, txq);
        return nullptr;
    }
    sk_buff *skb = skb_queue_empty(&q->skb_bad_txq) ? q->dequeue(q) : dequeue_kept(q, &q->skb_bad_txq);
    if (!skb) return nullptr;
    if (qdisc_may_bulk(q))
        try_bulk_dequeue_skb(q, skb, txq, packets, budget);
    else
        try_bulk_dequeue_skb_slow(q, skb, packets);
    return TRACE_RET(skb);
}

} // namespace skbscope::stack
