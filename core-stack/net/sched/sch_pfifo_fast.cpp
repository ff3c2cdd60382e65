// SPDX-License-Identifier: GPL-2.0-or-later
// Three bands, each first in, first out: what devices had by default before fq_codel. It needs no lock: each band is a
// ring that one may fill while another empties it, and who runs it holds the seqlock. Linux 6.1:
// net/sched/sch_generic.c
#include "linux/trace_fn.h"
#include "net/sch_generic.h"
#include "sim/packet_census.h"

#include <array>
#include <deque>

namespace skbscope::stack {

namespace {

struct pfifo_fast_priv {
    std::array<std::deque<sk_buff *>, 3> q; // skb_array: a ring, whose length never changes
    std::size_t ring = 0;
};

sk_buff *consume(pfifo_fast_priv *priv) {
    for (auto &band : priv->q) {
        if (band.empty()) continue;
        sk_buff *skb = band.front();
        band.pop_front();
        return skb;
    }
    return nullptr;
}

// Linux 6.1: net/sched/sch_generic.c
int pfifo_fast_enqueue(sk_buff *skb, Qdisc *qdisc, sk_buff **to_free) {
    TRACE_FN(skb);
    auto *priv = qdisc_priv<pfifo_fast_priv>(qdisc);
    auto &band = priv->q[default_prio2band[skb->priority & TC_PRIO_MAX]];
    if (band.size() >= priv->ring) return TRACE_RET(qdisc_drop(skb, qdisc, to_free));
    band.push_back(skb);
    qdisc->qstats.backlog += qdisc_pkt_len(skb);
    qdisc->q.qlen++;
    return TRACE_RET(NET_XMIT_SUCCESS);
}

// Empty: it says so only now, and then looks again, in case somebody came between. Linux 6.1: net/sched/sch_generic.c
sk_buff *pfifo_fast_dequeue(Qdisc *qdisc) {
    TRACE_FN();
    auto *priv = qdisc_priv<pfifo_fast_priv>(qdisc);
    sk_buff *skb = consume(priv);
    if (!skb && !nolock_qdisc_is_empty(qdisc)) {
        clear_bit(__QDISC_STATE_MISSED, &qdisc->state);
        clear_bit(__QDISC_STATE_DRAINING, &qdisc->state);
        skb = consume(priv);
    }
    if (!skb) return nullptr;
    qdisc->qstats.backlog -= qdisc_pkt_len(skb);
    qdisc->q.qlen--;
    qdisc_bstats_update(qdisc, skb);
    return skb;
}

// Linux 6.1: net/sched/sch_generic.c
sk_buff *pfifo_fast_peek(Qdisc *qdisc) {
    TRACE_FN();
    for (const auto &band : qdisc_priv<pfifo_fast_priv>(qdisc)->q)
        if (!band.empty()) return band.front();
    return nullptr;
}

// Linux 6.1: net/sched/sch_generic.c
void pfifo_fast_reset(Qdisc *qdisc) {
    TRACE_FN();
    auto *priv = qdisc_priv<pfifo_fast_priv>(qdisc);
    while (sk_buff *skb = consume(priv))
        kfree_skb(skb);
}

// Linux 6.1: net/sched/sch_generic.c
int pfifo_fast_init(Qdisc *qdisc, std::string_view options) {
    TRACE_FN();
    if (!options.empty() || qdisc_dev(qdisc)->tx_queue_len == 0) return TRACE_RET(-EINVAL);
    auto priv = std::make_shared<pfifo_fast_priv>();
    priv->ring = qdisc_dev(qdisc)->tx_queue_len;
    qdisc->priv = std::move(priv);
    qdisc->flags |= TCQ_F_CAN_BYPASS | TCQ_F_NOLOCK;
    return TRACE_RET(0);
}

} // namespace

void visit_pfifo_fast(const Qdisc *sch, packet_visitor &v) {
    for (const auto &band : qdisc_priv<pfifo_fast_priv>(sch)->q)
        for (const sk_buff *skb : band)
            v.stands("qdisc", skb);
}

const Qdisc_ops pfifo_fast_qdisc_ops = {.id = "pfifo_fast",
                                        .enqueue = pfifo_fast_enqueue,
                                        .dequeue = pfifo_fast_dequeue,
                                        .peek = pfifo_fast_peek,
                                        .init = pfifo_fast_init,
                                        .reset = pfifo_fast_reset};

} // namespace skbscope::stack
