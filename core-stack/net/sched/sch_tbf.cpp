// SPDX-License-Identifier: GPL-2.0-or-later
// Token bucket filter: packets wait until there are tokens for all their bytes; tokens come at the rate, up to the
// burst. In front of the bucket stands a queue of its own (bfifo). Linux 6.1: net/sched/sch_tbf.c
//
// Not modelled: a peak rate, offload to hardware, ATM's link layer.
#include "linux/skbuff_gso.h"
#include "linux/trace_fn.h"
#include "net/sch_watchdog.h"
#include "net/sched/qdisc_words.h"
#include "sim/packet_census.h"

#include <algorithm>
#include <string>

namespace skbscope::stack {

namespace {

struct tbf_sched_data {
    u32 limit = 0;    // bytes that wait at most
    u64 max_size = 0; // bytes of the largest packet: the burst
    s64 buffer = 0;   // ns that the burst takes at the rate
    psched_ratecfg rate;
    s64 tokens = 0; // ns
    s64 t_c = 0;    // ns: when tokens were reckoned last
    Qdisc *qdisc = nullptr;
    qdisc_watchdog watchdog;
};

// Larger than the burst, it would never leave; its segments may. Linux 6.1: net/sched/sch_tbf.c
int tbf_segment(sk_buff *skb, Qdisc *sch, sk_buff **to_free) {
    TRACE_FN(skb);
    auto *q = qdisc_priv<tbf_sched_data>(sch);
    const u32 prev_len = qdisc_pkt_len(skb);
    sk_buff *segs = skb_gso_segment(skb, netif_skb_features(skb) & ~NETIF_F_GSO_MASK);
    if (IS_ERR_OR_NULL(segs)) return TRACE_RET(qdisc_drop(skb, sch, to_free));
    u32 nb = 0, len = 0;
    sk_buff *next = nullptr;
    for (sk_buff *seg = segs; seg; seg = next) {
        next = seg->next;
        skb_mark_not_on_list(seg);
        const u32 seg_len = seg->len;
        qdisc_skb_cb_of(seg)->pkt_len = seg_len;
        if (const int ret = qdisc_enqueue(seg, q->qdisc, to_free); ret == NET_XMIT_SUCCESS) {
            ++nb;
            len += seg_len;
        } else if (net_xmit_drop_count(ret)) {
            sch->qstats.drops++;
        }
    }
    sch->q.qlen += nb;
    sch->qstats.backlog += len;
    if (nb == 0) {
        kfree_skb(skb);
        return TRACE_RET(NET_XMIT_DROP);
    }
    qdisc_tree_reduce_backlog(sch, 1 - static_cast<int>(nb), static_cast<int>(prev_len - len));
    consume_skb(skb);
    return TRACE_RET(NET_XMIT_SUCCESS);
}

// Linux 6.1: net/sched/sch_tbf.c
int tbf_enqueue(sk_buff *skb, Qdisc *sch, sk_buff **to_free) {
    TRACE_FN(skb);
    auto *q = qdisc_priv<tbf_sched_data>(sch);
    const u32 len = qdisc_pkt_len(skb);
    if (len > q->max_size) {
        if (skb_is_gso(skb) && skb_gso_validate_mac_len(skb, static_cast<unsigned>(q->max_size)))
            return TRACE_RET(tbf_segment(skb, sch, to_free));
        return TRACE_RET(qdisc_drop(skb, sch, to_free));
    }
    const int ret = qdisc_enqueue(skb, q->qdisc, to_free);
    if (ret != NET_XMIT_SUCCESS) {
        if (net_xmit_drop_count(ret)) sch->qstats.drops++;
        return TRACE_RET(ret);
    }
    sch->qstats.backlog += len;
    sch->q.qlen++;
    return TRACE_RET(NET_XMIT_SUCCESS);
}

// A shorter packet further behind may fit, but must not overtake. Linux 6.1: net/sched/sch_tbf.c
sk_buff *tbf_dequeue(Qdisc *sch) {
    TRACE_FN();
    auto *q = qdisc_priv<tbf_sched_data>(sch);
    sk_buff *skb = q->qdisc->ops->peek(q->qdisc);
    if (!skb) return nullptr;
    const s64 now = ktime_get();
    s64 tokens = std::min(now - q->t_c, q->buffer) + q->tokens;
    tokens = std::min(tokens, q->buffer) - static_cast<s64>(psched_l2t_ns(q->rate, qdisc_pkt_len(skb)));
    if (tokens < 0) {
        qdisc_watchdog_schedule_ns(&q->watchdog, static_cast<u64>(now - tokens));
        sch->qstats.overlimits++;
        return nullptr;
    }
    skb = qdisc_dequeue_peeked(q->qdisc);
    if (!skb) return nullptr;
    q->t_c = now;
    q->tokens = tokens;
    sch->qstats.backlog -= qdisc_pkt_len(skb);
    sch->q.qlen--;
    qdisc_bstats_update(sch, skb);
    return skb;
}

// Linux 6.1: net/sched/sch_tbf.c
void tbf_reset(Qdisc *sch) {
    TRACE_FN();
    auto *q = qdisc_priv<tbf_sched_data>(sch);
    qdisc_reset(q->qdisc);
    q->t_c = ktime_get();
    q->tokens = q->buffer;
    qdisc_watchdog_cancel(&q->watchdog);
}

// "rate 1mbit burst 10kb limit 100kb", or "latency 50ms" in place of a limit
int tbf_change(Qdisc *sch, std::string_view options) {
    TRACE_FN();
    auto *q = qdisc_priv<tbf_sched_data>(sch);
    qdisc_words words(options);
    const auto rate = tc_rate(words.take("rate"));
    const auto burst = tc_size(words.take("burst"));
    auto limit = tc_size(words.take("limit"));
    if (!rate || !burst || *burst == 0) return TRACE_RET(-EINVAL);
    psched_ratecfg_precompute(&q->rate, *rate);
    if (const auto latency = tc_time(words.take("latency")); latency && !limit)
        limit = *rate * *latency / 1'000'000'000 + *burst; // what tc makes of it
    if (!limit || !words.all_taken()) return TRACE_RET(-EINVAL);
    q->max_size = *burst;
    q->buffer = static_cast<s64>(psched_l2t_ns(q->rate, static_cast<u32>(*burst)));
    q->limit = static_cast<u32>(*limit);
    q->tokens = q->buffer;
    int err = 0;
    q->qdisc = qdisc_create_dflt(sch->dev_queue, &bfifo_qdisc_ops, "limit " + std::to_string(q->limit), &err);
    return TRACE_RET(q->qdisc ? 0 : err);
}

// Linux 6.1: net/sched/sch_tbf.c
int tbf_init(Qdisc *sch, std::string_view options) {
    TRACE_FN();
    auto q = std::make_shared<tbf_sched_data>();
    qdisc_watchdog_init(&q->watchdog, sch);
    q->t_c = ktime_get();
    sch->priv = std::move(q);
    return TRACE_RET(tbf_change(sch, options));
}

// Linux 6.1: net/sched/sch_tbf.c
void tbf_destroy(Qdisc *sch) {
    TRACE_FN();
    auto *q = qdisc_priv<tbf_sched_data>(sch);
    qdisc_watchdog_cancel(&q->watchdog);
    qdisc_put(q->qdisc);
}

} // namespace

void visit_tbf(const Qdisc *sch, packet_visitor &v) {
    if (const Qdisc *child = qdisc_priv<tbf_sched_data>(sch)->qdisc) visit_qdisc(child, v);
}

const Qdisc_ops tbf_qdisc_ops = {.id = "tbf",
                                 .enqueue = tbf_enqueue,
                                 .dequeue = tbf_dequeue,
                                 .peek = qdisc_peek_dequeued,
                                 .init = tbf_init,
                                 .reset = tbf_reset,
                                 .destroy = tbf_destroy};

} // namespace skbscope::stack
