// SPDX-License-Identifier: GPL-2.0-or-later
// Which qdisc a device has: noop until it is up with carrier, then noqueue for devices that cannot be busy, fq_codel
// (net.core.default_qdisc of Debian's kernel) for the others. Linux 6.1: net/sched/sch_generic.c, sch_api.c
#include "net/sch_generic.h"

#include "linux/trace_fn.h"
#include "sim/machine_state.h"

#include <algorithm>

namespace skbscope::stack {

namespace {

// Linux 6.1: net/sched/sch_generic.c
int noop_enqueue(sk_buff *skb, Qdisc *, sk_buff **to_free) {
    TRACE_FN(skb);
    __qdisc_drop(skb, to_free);
    return TRACE_RET(NET_XMIT_CN);
}

// Linux 6.1: net/sched/sch_generic.c
sk_buff *noop_dequeue(Qdisc *) {
    TRACE_FN();
    return nullptr;
}

// Linux 6.1: net/sched/sch_generic.c
int noqueue_init(Qdisc *sch, std::string_view) {
    TRACE_FN();
    sch->enqueue = nullptr; // how __dev_queue_xmit() knows that there is no queue
    return TRACE_RET(0);
}

struct builtin_qdisc : Qdisc {
    netdev_queue queue;
    builtin_qdisc() {
        enqueue = noop_enqueue;
        dequeue = noop_dequeue;
        flags = TCQ_F_BUILTIN;
        ops = &noop_qdisc_ops;
        queue.qdisc = queue.qdisc_sleeping = this;
        dev_queue = &queue;
    }
};
machine_global<builtin_qdisc> the_noop_qdisc;
machine_global<u32> autohandle_; // the last one given out; 0: none

template <class Visit> void for_each_tx_queue(net_device *dev, Visit visit) {
    for (unsigned i = 0; i < dev->num_tx_queues; ++i)
        visit(netdev_get_tx_queue(dev, i));
}

// Linux 6.1: net/sched/sch_generic.c
void attach_default_qdiscs(net_device *dev) {
    TRACE_FN();
    const Qdisc_ops *ops = (dev->priv_flags & IFF_NO_QUEUE) != 0 ? &noqueue_qdisc_ops : &fq_codel_qdisc_ops;
    for_each_tx_queue(dev, [&](netdev_queue *txq) {
        int err = 0;
        Qdisc *qdisc = qdisc_create_dflt(txq, ops, "", &err);
        if (!qdisc) return;
        qdisc->flags |= TCQ_F_ONETXQUEUE | TCQ_F_NOPARENT; // one a queue: with several, what mq would do
        txq->qdisc_sleeping = qdisc;
    });
    dev->qdisc = netdev_get_tx_queue(dev, 0)->qdisc_sleeping;
    refcount_inc(&dev->qdisc->refcnt);
}

void free_chain(sk_buff *&head) {
    while (sk_buff *skb = head) {
        head = skb->next;
        skb->next = nullptr;
        kfree_skb(skb);
    }
}

void qdisc_free_cb(rcu_head *head) {
    delete container_of(head, &Qdisc::rcu);
}

// One for all tx queues of the device.
void replace_sleeping(net_device *dev, Qdisc *qdisc) {
    for_each_tx_queue(dev, [&](netdev_queue *txq) {
        Qdisc *old = txq->qdisc_sleeping;
        if (txq != qdisc->dev_queue) refcount_inc(&qdisc->refcnt);
        txq->qdisc_sleeping = qdisc;
        txq->qdisc = noop_qdisc();
        qdisc_put(old);
    });
    if (dev->qdisc != noop_qdisc()) qdisc_put(dev->qdisc);
    dev->qdisc = qdisc;
    refcount_inc(&qdisc->refcnt);
}

// Handles that the user did not choose count up from 8001: (major number alone). Linux 6.1: net/sched/sch_api.c
u32 qdisc_alloc_handle() {
    TRACE_FN();
    constexpr u32 first = 0x80000000, step = 0x00010000;
    u32 &handle = *autohandle_;
    if (handle == 0) handle = first;
    return TRACE_RET(handle += step);
}

const Qdisc_ops *qdisc_lookup_ops(std::string_view kind) {
    for (const Qdisc_ops *ops : {&noqueue_qdisc_ops, &pfifo_qdisc_ops, &bfifo_qdisc_ops, &pfifo_fast_qdisc_ops,
                                 &fq_codel_qdisc_ops, &tbf_qdisc_ops, &prio_qdisc_ops, &netem_qdisc_ops})
        if (kind == ops->id) return ops;
    return nullptr;
}

} // namespace

const Qdisc_ops noop_qdisc_ops = {.id = "noop", .enqueue = noop_enqueue, .dequeue = noop_dequeue, .peek = noop_dequeue};
const Qdisc_ops noqueue_qdisc_ops = {
    .id = "noqueue", .enqueue = noop_enqueue, .dequeue = noop_dequeue, .peek = noop_dequeue, .init = noqueue_init};

Qdisc *noop_qdisc() {
    return &the_noop_qdisc.get();
}

// Linux 6.1: net/sched/sch_generic.c
Qdisc *qdisc_create_dflt(netdev_queue *dev_queue, const Qdisc_ops *ops, std::string_view options, int *err) {
    TRACE_FN();
    auto *sch = new Qdisc();
    sch->ops = ops;
    sch->enqueue = ops->enqueue;
    sch->dequeue = ops->dequeue;
    sch->dev_queue = dev_queue;
    *err = ops->init ? ops->init(sch, options) : 0;
    if (*err == 0) return sch;
    if (ops->destroy) ops->destroy(sch);
    delete sch;
    return nullptr;
}

// Linux 6.1: net/sched/sch_generic.c
void qdisc_reset(Qdisc *sch) {
    TRACE_FN();
    if (sch->ops->reset) sch->ops->reset(sch);
    __skb_queue_purge(&sch->gso_skb);
    __skb_queue_purge(&sch->skb_bad_txq);
    free_chain(sch->q.head);
    sch->q.tail = nullptr;
    sch->q.qlen = 0;
    sch->qstats.backlog = 0;
}

// Linux 6.1: net/sched/sch_generic.c
void qdisc_put(Qdisc *sch) {
    TRACE_FN();
    if (!sch || (sch->flags & TCQ_F_BUILTIN) != 0 || !refcount_dec_and_test(&sch->refcnt)) return;
    qdisc_reset(sch);
    if (sch->ops->destroy) sch->ops->destroy(sch);
    call_rcu(&sch->rcu, qdisc_free_cb);
}

// Linux 6.1: net/sched/sch_generic.c
void dev_init_scheduler(net_device *dev) {
    TRACE_FN();
    dev->qdisc = noop_qdisc();
    for_each_tx_queue(dev, [](netdev_queue *txq) { txq->qdisc = txq->qdisc_sleeping = noop_qdisc(); });
}

// Linux 6.1: net/sched/sch_generic.c
void dev_activate(net_device *dev) {
    TRACE_FN();
    if (dev->qdisc == noop_qdisc()) attach_default_qdiscs(dev);
    if (!netif_carrier_ok(dev)) return; // the carrier's coming activates it
    for_each_tx_queue(dev, [](netdev_queue *txq) {
        Qdisc *qdisc = txq->qdisc_sleeping;
        if ((qdisc->flags & TCQ_F_BUILTIN) == 0) clear_bit(__QDISC_STATE_DEACTIVATED, &qdisc->state);
        txq->qdisc = qdisc;
    });
}

// No more packets into any of them; then, when nobody is in the middle of it, none left inside.
// Linux 6.1: net/sched/sch_generic.c
void dev_deactivate_many(list_head *head) {
    TRACE_FN();
    for (net_device *dev : list_entries(head, &net_device::close_list))
        for_each_tx_queue(dev, [](netdev_queue *txq) {
            if (!txq->qdisc) return;
            if ((txq->qdisc->flags & TCQ_F_BUILTIN) == 0) set_bit(__QDISC_STATE_DEACTIVATED, &txq->qdisc->state);
            txq->qdisc = noop_qdisc();
        });
    synchronize_net();
    for (net_device *dev : list_entries(head, &net_device::close_list))
        for_each_tx_queue(dev, [](netdev_queue *txq) {
            if (txq->qdisc_sleeping) qdisc_reset(txq->qdisc_sleeping);
        });
}

// Linux 6.1: net/sched/sch_generic.c
void dev_deactivate(net_device *dev) {
    TRACE_FN();
    list_head single;
    list_add(&dev->close_list, &single);
    dev_deactivate_many(&single);
    list_del(&single);
}

// Linux 6.1: net/sched/sch_generic.c
void dev_shutdown(net_device *dev) {
    TRACE_FN();
    for_each_tx_queue(dev, [](netdev_queue *txq) {
        Qdisc *qdisc = txq->qdisc_sleeping;
        txq->qdisc = txq->qdisc_sleeping = noop_qdisc();
        qdisc_put(qdisc);
    });
    if (dev->qdisc) qdisc_put(dev->qdisc);
    dev->qdisc = noop_qdisc();
}

// A root qdisc has no parent that counts its packets, too, and others are not in the model.
// Linux 6.1: net/sched/sch_api.c
void qdisc_tree_reduce_backlog(Qdisc *, int, int) {
    TRACE_FN();
    rcu_read_lock();
    rcu_read_unlock();
}

// Linux 6.1: net/sched/sch_api.c (qdisc_create, qdisc_graft)
int dev_replace_qdisc(net_device *dev, std::string_view kind, std::string_view options) {
    TRACE_FN();
    const Qdisc_ops *ops = qdisc_lookup_ops(kind);
    if (!ops) return TRACE_RET(-ENOENT);
    netdev_queue *txq = netdev_get_tx_queue(dev, 0);
    int err = 0;
    Qdisc *qdisc = qdisc_create_dflt(txq, ops, options, &err);
    if (!qdisc) return TRACE_RET(err);
    qdisc->handle = qdisc_alloc_handle();
    if (dev->num_tx_queues == 1) qdisc->flags |= TCQ_F_ONETXQUEUE | TCQ_F_NOPARENT;
    const bool up = (dev->flags & IFF_UP) != 0;
    if (up) dev_deactivate(dev);
    replace_sleeping(dev, qdisc);
    if (up) dev_activate(dev);
    return TRACE_RET(0);
}

// Linux 6.1: net/sched/sch_api.c
int dev_delete_qdisc(net_device *dev) {
    TRACE_FN();
    if (dev->qdisc == noop_qdisc() || (dev->qdisc->flags & TCQ_F_BUILTIN) != 0) return TRACE_RET(-ENOENT);
    const bool up = (dev->flags & IFF_UP) != 0;
    if (up) dev_deactivate(dev);
    dev_shutdown(dev);
    if (up) dev_activate(dev);
    return TRACE_RET(0);
}

} // namespace skbscope::stack
