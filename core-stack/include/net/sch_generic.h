// SPDX-License-Identifier: GPL-2.0-or-later
// Queueing disciplines: what stands between __dev_queue_xmit() and a driver that may be busy. A root qdisc is run by
// one CPU at a time; whoever comes meanwhile only enqueues. Linux 6.1: include/net/sch_generic.h
//
//     __dev_xmit_skb(): empty and allowed to bypass -> sch_direct_xmit() at once, else enqueue() and __qdisc_run()
//     __qdisc_run():    qdisc_restart() -> dequeue_skb() -> sch_direct_xmit() until empty, or the quota is used up
#pragma once

#include "linux/netdevice.h"
#include "linux/rcupdate.h"

#include <array>
#include <memory>
#include <string_view>

namespace skbscope::stack {

enum qdisc_state_bit : unsigned {
    __QDISC_STATE_SCHED,
    __QDISC_STATE_DEACTIVATED,
    __QDISC_STATE_MISSED,
    __QDISC_STATE_DRAINING,
};
inline constexpr unsigned __QDISC_STATE2_RUNNING = 0;
inline constexpr unsigned TCQ_F_BUILTIN = 1, TCQ_F_CAN_BYPASS = 4, TCQ_F_ONETXQUEUE = 0x10, TCQ_F_CPUSTATS = 0x20,
                          TCQ_F_NOPARENT = 0x40, TCQ_F_NOLOCK = 0x100;

struct Qdisc;
struct Qdisc_ops {
    const char *id = "";
    int (*enqueue)(sk_buff *skb, Qdisc *sch, sk_buff **to_free) = nullptr; // NET_XMIT_*
    sk_buff *(*dequeue)(Qdisc *sch) = nullptr;
    sk_buff *(*peek)(Qdisc *sch) = nullptr;                      // what dequeue() would give; it stays
    int (*init)(Qdisc *sch, std::string_view options) = nullptr; // tc's words after the kind: 0 or a negative errno
    void (*reset)(Qdisc *sch) = nullptr;
    void (*destroy)(Qdisc *sch) = nullptr; // after a reset; also what an init() that failed left
};
extern const Qdisc_ops noop_qdisc_ops, noqueue_qdisc_ops, pfifo_qdisc_ops, bfifo_qdisc_ops, pfifo_fast_qdisc_ops,
    fq_codel_qdisc_ops, tbf_qdisc_ops, prio_qdisc_ops, netem_qdisc_ops;

// Which of three bands a priority belongs to (pfifo_fast's map, and prio's unless told otherwise).
inline constexpr unsigned TC_PRIO_MAX = 15;
inline constexpr std::array<u8, TC_PRIO_MAX + 1> default_prio2band{1, 2, 2, 2, 1, 2, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1};

// A plain list of packets, chained by next alone.
struct qdisc_skb_head {
    sk_buff *head = nullptr;
    sk_buff *tail = nullptr;
    u32 qlen = 0;
    spinlock_t lock;
};
struct gnet_stats_queue {
    u32 backlog = 0; // bytes
    u32 drops = 0, requeues = 0, overlimits = 0;
};

struct Qdisc {
    int (*enqueue)(sk_buff *skb, Qdisc *sch, sk_buff **to_free) = nullptr; // null: noqueue
    sk_buff *(*dequeue)(Qdisc *sch) = nullptr;
    unsigned flags = 0;
    u32 limit = 0;
    const Qdisc_ops *ops = nullptr;
    u32 handle = 0;
    netdev_queue *dev_queue = nullptr;
    refcount_t refcnt{1};
    qdisc_skb_head q;
    sk_buff_head gso_skb;     // taken out, but the driver was busy
    sk_buff_head skb_bad_txq; // taken out, but for another tx queue
    u64 bytes = 0, packets = 0;
    gnet_stats_queue qstats;
    unsigned long state = 0, state2 = 0;
    bool seqlock_held = false; // of one without a lock: somebody runs it
    Qdisc *next_sched = nullptr;
    rcu_head rcu;
    std::shared_ptr<void> priv; // qdisc_priv()
};
template <class T> [[nodiscard]] inline T *qdisc_priv(const Qdisc *sch) {
    return static_cast<T *>(sch->priv.get());
}
[[nodiscard]] inline net_device *qdisc_dev(const Qdisc *sch) {
    return sch->dev_queue->dev;
}
[[nodiscard]] inline spinlock_t *qdisc_lock(Qdisc *sch) {
    return &sch->q.lock;
}
[[nodiscard]] inline Qdisc *qdisc_root(const Qdisc *sch) {
    return sch->dev_queue->qdisc;
}
[[nodiscard]] inline Qdisc *qdisc_root_sleeping(const Qdisc *sch) {
    return sch->dev_queue->qdisc_sleeping;
}
[[nodiscard]] inline bool qdisc_is_empty(const Qdisc *sch) {
    return sch->q.qlen == 0;
}
[[nodiscard]] inline bool qdisc_is_running(const Qdisc *sch) {
    return test_bit(__QDISC_STATE2_RUNNING, &sch->state2);
}
// Of a qdisc without a lock: nobody left it with packets inside.
[[nodiscard]] inline bool nolock_qdisc_is_empty(const Qdisc *sch) {
    return !test_bit(__QDISC_STATE_MISSED, &sch->state) && !test_bit(__QDISC_STATE_DRAINING, &sch->state);
}
// False: another context runs it already; of one without a lock, that one is told. Else hold qdisc_lock().
inline bool qdisc_run_begin(Qdisc *sch) {
    if ((sch->flags & TCQ_F_NOLOCK) == 0) return !test_and_set_bit(__QDISC_STATE2_RUNNING, &sch->state2);
    if (sch->seqlock_held) {
        set_bit(__QDISC_STATE_MISSED, &sch->state);
        return false;
    }
    return sch->seqlock_held = true;
}
inline void qdisc_run_end(Qdisc *sch) {
    if ((sch->flags & TCQ_F_NOLOCK) == 0) return clear_bit(__QDISC_STATE2_RUNNING, &sch->state2);
    sch->seqlock_held = false;
    if (test_bit(__QDISC_STATE_MISSED, &sch->state)) __netif_schedule(sch);
}
[[nodiscard]] inline bool qdisc_may_bulk(const Qdisc *sch) {
    return (sch->flags & TCQ_F_ONETXQUEUE) != 0;
}

// skb->cb while a qdisc holds the packet; its own part follows.
struct qdisc_skb_cb {
    u32 pkt_len;
    u16 slave_dev_queue_mapping;
    u16 tc_classid;
    alignas(8) u8 data[20];
};
[[nodiscard]] inline qdisc_skb_cb *qdisc_skb_cb_of(sk_buff *skb) {
    return SKB_CB<qdisc_skb_cb>(skb);
}
[[nodiscard]] inline u32 qdisc_pkt_len(const sk_buff *skb) {
    return SKB_CB<qdisc_skb_cb>(skb)->pkt_len;
}
inline void qdisc_bstats_update(Qdisc *sch, const sk_buff *skb) {
    sch->bytes += qdisc_pkt_len(skb);
    sch->packets += skb_is_gso(skb) ? u64{skb_shinfo(skb)->gso_segs} : u64{1};
}
int qdisc_enqueue_tail(sk_buff *skb, Qdisc *sch);
[[nodiscard]] sk_buff *qdisc_dequeue_head(Qdisc *sch);
[[nodiscard]] sk_buff *qdisc_peek_head(Qdisc *sch);
// For a qdisc inside another, whose dequeue() changes more than its list: what was looked at is kept aside.
[[nodiscard]] sk_buff *qdisc_peek_dequeued(Qdisc *sch);
[[nodiscard]] sk_buff *qdisc_dequeue_peeked(Qdisc *sch);
inline int qdisc_enqueue(sk_buff *skb, Qdisc *sch, sk_buff **to_free) {
    return sch->enqueue(skb, sch, to_free);
}
// A parent counts what its child dropped, unless it was told otherwise.
[[nodiscard]] inline bool net_xmit_drop_count(int ret) {
    return (ret & __NET_XMIT_STOLEN) == 0;
}
// Chains the packet to those that are freed once the lock is given back.
void __qdisc_drop(sk_buff *skb, sk_buff **to_free);
// A list of segments, as skb_segment() leaves it: the first one's prev is the last. NET_XMIT_DROP
int qdisc_drop_all(sk_buff *skb, Qdisc *sch, sk_buff **to_free);
int qdisc_drop(sk_buff *skb, Qdisc *sch, sk_buff **to_free); // NET_XMIT_DROP

// n packets and len bytes (negative: more) are gone from a child's queue: its parents count them no longer.
void qdisc_tree_reduce_backlog(Qdisc *sch, int n, int len);
// What may be given to the driver now: *packets of them, chained by next. *validate: not yet checked by
// validate_xmit_skb_list(). (net/sched/sch_dequeue.cpp)
[[nodiscard]] sk_buff *dequeue_skb(Qdisc *q, bool *validate, int *packets, int budget);
void qdisc_maybe_clear_missed(Qdisc *q, const netdev_queue *txq);
[[nodiscard]] int qdisc_avail_bulklimit(const netdev_queue *txq); // bytes; <= 0: one packet at a time

bool sch_direct_xmit(sk_buff *skb, Qdisc *q, net_device *dev, netdev_queue *txq, spinlock_t *root_lock, bool validate);
void __qdisc_run(Qdisc *q);
void qdisc_run(Qdisc *q);

// The life of a qdisc on a device.
[[nodiscard]] Qdisc *noop_qdisc(); // what a device has that is not up
[[nodiscard]] Qdisc *qdisc_create_dflt(netdev_queue *dev_queue, const Qdisc_ops *ops, std::string_view options,
                                       int *err);
void qdisc_reset(Qdisc *sch);
void qdisc_put(Qdisc *sch);
void dev_init_scheduler(net_device *dev); // at registration: everything on noop
void dev_activate(net_device *dev);       // up with carrier: the sleeping qdisc takes over
void dev_deactivate(net_device *dev);
void dev_deactivate_many(list_head *head); // by close_list
void dev_shutdown(net_device *dev);        // at unregistration
// `tc qdisc replace dev DEV root KIND OPTIONS`; -ENOENT for a kind the model does not have.
int dev_replace_qdisc(net_device *dev, std::string_view kind, std::string_view options);
int dev_delete_qdisc(net_device *dev); // back to the default one

} // namespace skbscope::stack
