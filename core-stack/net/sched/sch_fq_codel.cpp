// SPDX-License-Identifier: GPL-2.0-or-later
// fq_codel: 1024 queues by flow hash, served in turn by deficit round robin (new flows first), CoDel on each. The
// default qdisc of Debian's kernel. Linux 6.1: net/sched/sch_fq_codel.c
//
// Not modelled: its options (tc's words after "fq_codel"), external classifiers.
#include "net/codel.h"
#include "net/sch_generic.h"
#include "sim/packet_census.h"

#include "linux/trace_fn.h"

#include <vector>

namespace skbscope::stack {

namespace {

struct fq_codel_flow {
    sk_buff *head = nullptr, *tail = nullptr;
    list_head flowchain; // in new_flows or old_flows while it has something to send
    int deficit = 0;     // bytes it may send in this round
    codel_vars cvars;
    u32 backlog = 0; // bytes
};

struct fq_codel_sched_data {
    std::vector<fq_codel_flow> flows = std::vector<fq_codel_flow>(1024);
    u32 quantum = 0; // bytes a round: a full frame
    u32 drop_batch_size = 64;
    u32 memory_limit = 32U << 20;
    codel_params cparams;
    codel_stats cstats;
    u32 memory_usage = 0;
    u32 new_flow_count = 0;
    list_head new_flows, old_flows;
};

struct fq_codel_skb_cb {
    codel_time_t enqueue_time;
    u32 mem_usage;
};
fq_codel_skb_cb *get_codel_cb(const sk_buff *skb) {
    return reinterpret_cast<fq_codel_skb_cb *>(qdisc_skb_cb_of(const_cast<sk_buff *>(skb))->data);
}

// Linux 6.1: net/sched/sch_fq_codel.c
u32 fq_codel_classify(sk_buff *skb, const fq_codel_sched_data *q) {
    TRACE_FN(skb);
    return static_cast<u32>((u64{skb_get_hash(skb)} * q->flows.size()) >> 32);
}

sk_buff *dequeue_head(fq_codel_flow *flow) {
    sk_buff *skb = flow->head;
    flow->head = skb->next;
    skb_mark_not_on_list(skb);
    return skb;
}

void flow_queue_add(fq_codel_flow *flow, sk_buff *skb) {
    if (flow->head)
        flow->tail->next = skb;
    else
        flow->head = skb;
    flow->tail = skb;
    skb->next = nullptr;
}

fq_codel_flow *fattest(fq_codel_sched_data *q) {
    fq_codel_flow *fat = &q->flows[0];
    for (fq_codel_flow &flow : q->flows)
        if (flow.backlog > fat->backlog) fat = &flow;
    return fat;
}

// Too much in all: half of the fattest flow's backlog goes, 64 packets at most. Linux 6.1: net/sched/sch_fq_codel.c
fq_codel_flow *fq_codel_drop(Qdisc *sch, sk_buff **to_free) {
    TRACE_FN();
    auto *q = qdisc_priv<fq_codel_sched_data>(sch);
    fq_codel_flow *flow = fattest(q);
    const u32 threshold = flow->backlog >> 1;
    u32 len = 0, dropped = 0;
    do {
        sk_buff *skb = dequeue_head(flow);
        len += qdisc_pkt_len(skb);
        q->memory_usage -= get_codel_cb(skb)->mem_usage;
        __qdisc_drop(skb, to_free);
    } while (++dropped < q->drop_batch_size && len < threshold);
    flow->cvars.count += dropped;
    flow->backlog -= len;
    sch->qstats.drops += dropped;
    sch->qstats.backlog -= len;
    sch->q.qlen -= dropped;
    return flow;
}

// Linux 6.1: net/sched/sch_fq_codel.c
int fq_codel_enqueue(sk_buff *skb, Qdisc *sch, sk_buff **to_free) {
    TRACE_FN(skb);
    auto *q = qdisc_priv<fq_codel_sched_data>(sch);
    fq_codel_flow *flow = &q->flows[fq_codel_classify(skb, q)];
    get_codel_cb(skb)->enqueue_time = codel_get_time();
    get_codel_cb(skb)->mem_usage = skb->truesize;
    flow_queue_add(flow, skb);
    flow->backlog += qdisc_pkt_len(skb);
    sch->qstats.backlog += qdisc_pkt_len(skb);
    if (list_empty(&flow->flowchain)) {
        list_add_tail(&flow->flowchain, &q->new_flows);
        q->new_flow_count++;
        flow->deficit = static_cast<int>(q->quantum);
    }
    q->memory_usage += skb->truesize;
    if (++sch->q.qlen <= sch->limit && q->memory_usage <= q->memory_limit) return TRACE_RET(NET_XMIT_SUCCESS);
    return TRACE_RET(fq_codel_drop(sch, to_free) == flow ? NET_XMIT_CN : NET_XMIT_SUCCESS);
}

// Linux 6.1: net/sched/sch_fq_codel.c
sk_buff *dequeue_func(codel_vars *vars, void *context) {
    TRACE_FN();
    auto *sch = static_cast<Qdisc *>(context);
    auto *q = qdisc_priv<fq_codel_sched_data>(sch);
    auto *flow = container_of(vars, &fq_codel_flow::cvars);
    if (!flow->head) return nullptr;
    sk_buff *skb = dequeue_head(flow);
    flow->backlog -= qdisc_pkt_len(skb);
    q->memory_usage -= get_codel_cb(skb)->mem_usage;
    sch->q.qlen--;
    sch->qstats.backlog -= qdisc_pkt_len(skb);
    return skb;
}

// Linux 6.1: net/sched/sch_fq_codel.c
void drop_func(sk_buff *skb, void *context) {
    TRACE_FN(skb);
    kfree_skb(skb);
    static_cast<Qdisc *>(context)->qstats.drops++;
}

codel_time_t codel_get_enqueue_time(const sk_buff *skb) {
    return get_codel_cb(skb)->enqueue_time;
}

// Linux 6.1: net/sched/sch_fq_codel.c
sk_buff *__fq_codel_dequeue(Qdisc *sch) {
    TRACE_FN();
    auto *q = qdisc_priv<fq_codel_sched_data>(sch);
    const codel_queue queue{sch, dequeue_func, drop_func, qdisc_pkt_len, codel_get_enqueue_time, &sch->qstats.backlog};
    while (true) {
        const bool is_new = !list_empty(&q->new_flows);
        list_head *head = is_new ? &q->new_flows : &q->old_flows;
        if (list_empty(head)) return nullptr;
        fq_codel_flow *flow = container_of(head->next, &fq_codel_flow::flowchain);
        if (flow->deficit <= 0) {
            flow->deficit += static_cast<int>(q->quantum);
            list_move_tail(&flow->flowchain, &q->old_flows);
            continue;
        }
        if (sk_buff *skb = codel_dequeue(queue, q->cparams, &flow->cvars, &q->cstats)) {
            qdisc_bstats_update(sch, skb);
            flow->deficit -= static_cast<int>(qdisc_pkt_len(skb));
            return skb;
        }
        // Empty. A new flow passes once through the old ones, or they would starve.
        if (is_new && !list_empty(&q->old_flows))
            list_move_tail(&flow->flowchain, &q->old_flows);
        else
            list_del_init(&flow->flowchain);
    }
}

// Linux 6.1: net/sched/sch_fq_codel.c
sk_buff *fq_codel_dequeue(Qdisc *sch) {
    TRACE_FN();
    sk_buff *skb = __fq_codel_dequeue(sch);
    auto *q = qdisc_priv<fq_codel_sched_data>(sch);
    q->cstats.drop_count = q->cstats.drop_len = 0; // a parent would have been told: there is none
    return skb;
}

// Linux 6.1: net/sched/sch_fq_codel.c
int fq_codel_init(Qdisc *sch, std::string_view options) {
    TRACE_FN();
    if (!options.empty()) return TRACE_RET(-EOPNOTSUPP);
    auto q = std::make_shared<fq_codel_sched_data>();
    const net_device *dev = qdisc_dev(sch);
    sch->limit = 10 * 1024;
    q->quantum = dev->mtu + dev->hard_header_len;
    q->cparams.mtu = q->quantum;
    INIT_LIST_HEAD(&q->new_flows);
    INIT_LIST_HEAD(&q->old_flows);
    for (fq_codel_flow &flow : q->flows)
        INIT_LIST_HEAD(&flow.flowchain);
    sch->priv = std::move(q);
    sch->flags |= TCQ_F_CAN_BYPASS;
    return TRACE_RET(0);
}

void fq_codel_reset(Qdisc *sch) {
    auto *q = qdisc_priv<fq_codel_sched_data>(sch);
    INIT_LIST_HEAD(&q->new_flows);
    INIT_LIST_HEAD(&q->old_flows);
    for (fq_codel_flow &flow : q->flows) {
        while (flow.head)
            kfree_skb(dequeue_head(&flow));
        INIT_LIST_HEAD(&flow.flowchain);
        flow.cvars = {};
        flow.backlog = 0;
    }
    q->memory_usage = 0;
}

} // namespace

void visit_fq_codel(const Qdisc *sch, packet_visitor &v) {
    for (const fq_codel_flow &flow : qdisc_priv<fq_codel_sched_data>(sch)->flows)
        v.stand_in_chain("qdisc", flow.head);
}

const Qdisc_ops fq_codel_qdisc_ops = {.id = "fq_codel",
                                      .enqueue = fq_codel_enqueue,
                                      .dequeue = fq_codel_dequeue,
                                      .peek = qdisc_peek_dequeued,
                                      .init = fq_codel_init,
                                      .reset = fq_codel_reset};

} // namespace skbscope::stack
