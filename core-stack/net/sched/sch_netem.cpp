// SPDX-License-Identifier: GPL-2.0-or-later
// A bad network, made on purpose: packets are lost or hit by chance, and wait before they go on. They leave in the
// order of their times. Linux 6.1: net/sched/sch_netem.c
//
// Not modelled: duplication, reordering, rate, slots, distributions from tables, other models of loss.
#include "linux/random.h"
#include "linux/skbuff_gso.h"
#include "linux/trace_fn.h"
#include "net/sch_watchdog.h"
#include "net/sched/qdisc_words.h"
#include "net/sock.h"
#include "sim/packet_census.h"

#include <map>

namespace skbscope::stack {

namespace {

struct netem_skb_cb {
    u64 time_to_send; // ns
};
[[nodiscard]] netem_skb_cb *netem_cb(sk_buff *skb) {
    return reinterpret_cast<netem_skb_cb *>(qdisc_skb_cb_of(skb)->data);
}

struct netem_sched_data {
    std::multimap<u64, sk_buff *> t; // by time to send: what the kernel keeps in a list and a tree
    qdisc_watchdog watchdog;
    s64 latency = 0, jitter = 0; // ns
    u32 loss = 0, corrupt = 0;   // share of 2^32 - 1
    u32 counter = 0;
};

// Linux 6.1: net/sched/sch_netem.c
u32 get_crandom() {
    TRACE_FN();
    return TRACE_RET(get_random_u32());
}

// Linux 6.1: net/sched/sch_netem.c
bool loss_event(const netem_sched_data *q) {
    TRACE_FN();
    return TRACE_RET(q->loss != 0 && q->loss >= get_crandom());
}

// Linux 6.1: net/sched/sch_netem.c
s64 tabledist(s64 mu, s64 sigma) {
    TRACE_FN();
    if (sigma == 0) return TRACE_RET(mu);
    return TRACE_RET(static_cast<s64>(get_crandom() % (2 * static_cast<u32>(sigma))) + mu - sigma);
}

// Linux 6.1: net/sched/sch_netem.c
void tfifo_enqueue(sk_buff *skb, Qdisc *sch) {
    TRACE_FN(skb);
    qdisc_priv<netem_sched_data>(sch)->t.emplace(netem_cb(skb)->time_to_send, skb);
    sch->q.qlen++;
}

// Null: it could not be cut, and is dropped. Linux 6.1: net/sched/sch_netem.c
sk_buff *netem_segment(sk_buff *skb, Qdisc *sch, sk_buff **to_free) {
    TRACE_FN(skb);
    sk_buff *segs = skb_gso_segment(skb, netif_skb_features(skb) & ~NETIF_F_GSO_MASK);
    if (IS_ERR_OR_NULL(segs)) {
        qdisc_drop(skb, sch, to_free);
        return nullptr;
    }
    consume_skb(skb);
    return TRACE_RET(segs);
}

// One bit of the linear part is flipped, after all checksums were made: of a super-packet, in its first segment; the
// others are *rest. Null: it was dropped.
sk_buff *hit(sk_buff *skb, Qdisc *sch, sk_buff **rest, sk_buff **to_free) {
    if (skb_is_gso(skb)) {
        skb = netem_segment(skb, sch, to_free);
        if (!skb) return nullptr;
        *rest = skb->next;
        skb_mark_not_on_list(skb);
        qdisc_skb_cb_of(skb)->pkt_len = skb->len;
    }
    sk_buff *last = skb->prev; // of the segments: a copy would not say (the kernel forgets it, and leaks them)
    skb = skb_unshare(skb, GFP_ATOMIC);
    skb->prev = last;
    if (skb->ip_summed == CHECKSUM_PARTIAL && skb_checksum_help(skb) != 0) {
        qdisc_drop(skb, sch, to_free);
        return nullptr;
    }
    const unsigned headlen = skb_headlen(skb);
    if (headlen == 0) return skb;
    u8 &byte = skb->data[prandom_u32_max(headlen)];
    byte = static_cast<u8>(byte ^ 1U << prandom_u32_max(8));
    return skb;
}

// Behind the first segment (dropped: null) come the others, each with a chance of its own.
int enqueue_rest(sk_buff *first, sk_buff *rest, Qdisc *sch, u32 prev_len, sk_buff **to_free) {
    u32 len = first ? first->len : 0;
    int nb = first ? 1 : 0;
    while (rest) {
        sk_buff *next = rest->next;
        skb_mark_not_on_list(rest);
        const u32 seg_len = rest->len;
        qdisc_skb_cb_of(rest)->pkt_len = seg_len;
        const int rc = qdisc_enqueue(rest, sch, to_free);
        if (rc == NET_XMIT_SUCCESS) {
            ++nb;
            len += seg_len;
        } else if (net_xmit_drop_count(rc)) {
            sch->qstats.drops++;
        }
        rest = next;
    }
    qdisc_tree_reduce_backlog(sch, -(nb - 1), -static_cast<int>(len - prev_len));
    return NET_XMIT_SUCCESS;
}

void wait_its_time(sk_buff *skb, Qdisc *sch) {
    auto *q = qdisc_priv<netem_sched_data>(sch);
    sch->qstats.backlog += qdisc_pkt_len(skb);
    const s64 delay = tabledist(q->latency, q->jitter);
    netem_cb(skb)->time_to_send = static_cast<u64>(ktime_get() + delay);
    ++q->counter;
    tfifo_enqueue(skb, sch);
}

// Linux 6.1: net/sched/sch_netem.c
int netem_enqueue(sk_buff *skb, Qdisc *sch, sk_buff **to_free) {
    TRACE_FN(skb);
    auto *q = qdisc_priv<netem_sched_data>(sch);
    const u32 prev_len = qdisc_pkt_len(skb);
    sk_buff *segs = nullptr;
    skb->prev = nullptr;
    if (loss_event(q)) {
        sch->qstats.drops++;
        __qdisc_drop(skb, to_free);
        return TRACE_RET(NET_XMIT_SUCCESS | __NET_XMIT_BYPASS);
    }
    // It leaves the sender's hands here: how long the wire is, is not its sender's matter.
    if (q->latency != 0 || q->jitter != 0) skb_orphan_partial(skb);
    if (q->corrupt != 0 && q->corrupt >= get_crandom()) skb = hit(skb, sch, &segs, to_free);
    if (skb && sch->q.qlen >= sch->limit) {
        skb->next = segs;
        return TRACE_RET(qdisc_drop_all(skb, sch, to_free));
    }
    if (skb) wait_its_time(skb, sch);
    if (segs) return TRACE_RET(enqueue_rest(skb, segs, sch, prev_len, to_free));
    return TRACE_RET(skb ? NET_XMIT_SUCCESS : NET_XMIT_DROP);
}

// Linux 6.1: net/sched/sch_netem.c
sk_buff *netem_dequeue(Qdisc *sch) {
    TRACE_FN();
    auto *q = qdisc_priv<netem_sched_data>(sch);
    if (q->t.empty()) return nullptr;
    const auto first = q->t.begin();
    if (first->first > static_cast<u64>(ktime_get())) {
        qdisc_watchdog_schedule_ns(&q->watchdog, first->first);
        return nullptr;
    }
    sk_buff *skb = first->second;
    q->t.erase(first);
    skb->next = skb->prev = nullptr;
    skb->dev = qdisc_dev(sch);
    sch->q.qlen--;
    sch->qstats.backlog -= qdisc_pkt_len(skb);
    qdisc_bstats_update(sch, skb);
    return skb;
}

// Linux 6.1: net/sched/sch_netem.c
void netem_reset(Qdisc *sch) {
    TRACE_FN();
    auto *q = qdisc_priv<netem_sched_data>(sch);
    for (const auto &[time, skb] : q->t)
        kfree_skb(skb);
    q->t.clear();
    qdisc_watchdog_cancel(&q->watchdog);
}

// "delay 10ms jitter 1ms loss 5% corrupt 1% limit 1000"
int netem_change(Qdisc *sch, std::string_view options) {
    TRACE_FN();
    constexpr u32 default_limit = 1000;
    auto *q = qdisc_priv<netem_sched_data>(sch);
    qdisc_words words(options);

    const std::string_view delay = words.take("delay"), jitter = words.take("jitter"), loss = words.take("loss"),
                           corrupt = words.take("corrupt"), limit = words.take("limit");
    const auto latency = tc_time(delay), spread = tc_time(jitter);
    const auto share = tc_percent(loss), hits = tc_percent(corrupt);
    const auto packets = tc_number(limit);
    if ((!delay.empty() && !latency) || (!jitter.empty() && !spread) || (!loss.empty() && !share) ||
        (!corrupt.empty() && !hits) || (!limit.empty() && !packets) || !words.all_taken())
        return TRACE_RET(-EINVAL);
    q->latency = static_cast<s64>(latency.value_or(0));
    q->jitter = static_cast<s64>(spread.value_or(0));
    q->loss = share.value_or(0);
    q->corrupt = hits.value_or(0);
    sch->limit = static_cast<u32>(packets.value_or(default_limit));
    return TRACE_RET(0);
}

// Linux 6.1: net/sched/sch_netem.c
int netem_init(Qdisc *sch, std::string_view options) {
    TRACE_FN();
    auto q = std::make_shared<netem_sched_data>();
    qdisc_watchdog_init(&q->watchdog, sch);
    sch->priv = std::move(q);
    return TRACE_RET(netem_change(sch, options));
}

// Linux 6.1: net/sched/sch_netem.c
void netem_destroy(Qdisc *sch) {
    TRACE_FN();
    qdisc_watchdog_cancel(&qdisc_priv<netem_sched_data>(sch)->watchdog);
}

} // namespace

void visit_netem(const Qdisc *sch, packet_visitor &v) {
    for (const auto &[time, skb] : qdisc_priv<netem_sched_data>(sch)->t)
        v.stands("qdisc", skb);
}

const Qdisc_ops netem_qdisc_ops = {.id = "netem",
                                   .enqueue = netem_enqueue,
                                   .dequeue = netem_dequeue,
                                   .peek = qdisc_peek_dequeued,
                                   .init = netem_init,
                                   .reset = netem_reset,
                                   .destroy = netem_destroy};

} // namespace skbscope::stack
