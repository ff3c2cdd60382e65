// SPDX-License-Identifier: GPL-2.0-or-later
// Bands in order of importance: a band is served when those before it are empty. A packet's priority says which, by a
// map; what classifies packets (tc filter) is not modelled. Linux 6.1: net/sched/sch_prio.c
#include "linux/trace_fn.h"
#include "net/sch_generic.h"
#include "net/sched/qdisc_words.h"
#include "sim/packet_census.h"

#include <array>

namespace skbscope::stack {

namespace {

constexpr unsigned TCQ_PRIO_BANDS = 16, TCQ_MIN_PRIO_BANDS = 2;
constexpr int TC_ACT_UNSPEC = -1;

struct prio_sched_data {
    unsigned bands = 3;
    std::array<u8, TC_PRIO_MAX + 1> prio2band{};
    std::array<Qdisc *, TCQ_PRIO_BANDS> queues{};
};

// There is no filter. Linux 6.1: net/sched/cls_api.c
int tcf_classify(const sk_buff *skb) {
    TRACE_FN(skb);
    return TRACE_RET(TC_ACT_UNSPEC);
}

constexpr u32 TC_H_MAJ(u32 handle) {
    return handle & 0xffff0000U;
}
constexpr u32 TC_H_MIN(u32 handle) {
    return handle & 0x0000ffffU;
}

// A priority may also name a band of this very qdisc: handle:band. Linux 6.1: net/sched/sch_prio.c
Qdisc *prio_classify(const sk_buff *skb, const Qdisc *sch) {
    TRACE_FN(skb);
    const auto *q = qdisc_priv<prio_sched_data>(sch);
    u32 band = skb->priority;
    if (TC_H_MAJ(band) != sch->handle) {
        (void)tcf_classify(skb);
        if (TC_H_MAJ(band) != 0) band = 0;
        return q->queues[q->prio2band[band & TC_PRIO_MAX]];
    }
    band = TC_H_MIN(band) - 1;
    return q->queues[band < q->bands ? band : q->prio2band[0]];
}

// Linux 6.1: net/sched/sch_prio.c
int prio_enqueue(sk_buff *skb, Qdisc *sch, sk_buff **to_free) {
    TRACE_FN(skb);
    const u32 len = qdisc_pkt_len(skb);
    const int ret = qdisc_enqueue(skb, prio_classify(skb, sch), to_free);
    if (ret == NET_XMIT_SUCCESS) {
        sch->qstats.backlog += len;
        sch->q.qlen++;
    } else if (net_xmit_drop_count(ret)) {
        sch->qstats.drops++;
    }
    return TRACE_RET(ret);
}

// Linux 6.1: net/sched/sch_prio.c
sk_buff *prio_peek(Qdisc *sch) {
    TRACE_FN();
    const auto *q = qdisc_priv<prio_sched_data>(sch);
    for (unsigned prio = 0; prio < q->bands; ++prio)
        if (sk_buff *skb = q->queues[prio]->ops->peek(q->queues[prio])) return skb;
    return nullptr;
}

// Linux 6.1: net/sched/sch_prio.c
sk_buff *prio_dequeue(Qdisc *sch) {
    TRACE_FN();
    const auto *q = qdisc_priv<prio_sched_data>(sch);
    for (unsigned prio = 0; prio < q->bands; ++prio) {
        sk_buff *skb = qdisc_dequeue_peeked(q->queues[prio]);
        if (!skb) continue;
        qdisc_bstats_update(sch, skb);
        sch->qstats.backlog -= qdisc_pkt_len(skb);
        sch->q.qlen--;
        return skb;
    }
    return nullptr;
}

// Linux 6.1: net/sched/sch_prio.c
void prio_reset(Qdisc *sch) {
    TRACE_FN();
    const auto *q = qdisc_priv<prio_sched_data>(sch);
    for (unsigned prio = 0; prio < q->bands; ++prio)
        qdisc_reset(q->queues[prio]);
}

// Linux 6.1: net/sched/sch_prio.c
void prio_destroy(Qdisc *sch) {
    TRACE_FN();
    for (Qdisc *band : qdisc_priv<prio_sched_data>(sch)->queues)
        if (band) qdisc_put(band);
}

// "" or "bands N". The map is tc's default one.
int prio_tune(Qdisc *sch, std::string_view options) {
    TRACE_FN();
    auto *q = qdisc_priv<prio_sched_data>(sch);
    qdisc_words words(options);
    if (const auto bands = tc_number(words.take("bands"))) q->bands = static_cast<unsigned>(*bands);
    if (!words.all_taken() || q->bands > TCQ_PRIO_BANDS || q->bands < TCQ_MIN_PRIO_BANDS) return TRACE_RET(-EINVAL);
    q->prio2band = default_prio2band;
    for (const u8 band : q->prio2band)
        if (band >= q->bands) return TRACE_RET(-EINVAL);
    int err = 0;
    for (unsigned i = 0; i < q->bands && err == 0; ++i)
        q->queues[i] = qdisc_create_dflt(sch->dev_queue, &pfifo_qdisc_ops, "", &err);
    return TRACE_RET(err);
}

// Linux 6.1: net/sched/sch_prio.c
int prio_init(Qdisc *sch, std::string_view options) {
    TRACE_FN();
    sch->priv = std::make_shared<prio_sched_data>();
    return TRACE_RET(prio_tune(sch, options));
}

} // namespace

void visit_prio(const Qdisc *sch, packet_visitor &v) {
    const auto *q = qdisc_priv<prio_sched_data>(sch);
    for (unsigned band = 0; band < q->bands; ++band)
        if (q->queues[band]) visit_qdisc(q->queues[band], v);
}

const Qdisc_ops prio_qdisc_ops = {.id = "prio",
                                  .enqueue = prio_enqueue,
                                  .dequeue = prio_dequeue,
                                  .peek = prio_peek,
                                  .init = prio_init,
                                  .reset = prio_reset,
                                  .destroy = prio_destroy};

} // namespace skbscope::stack
