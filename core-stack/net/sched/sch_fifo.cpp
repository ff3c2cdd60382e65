// SPDX-License-Identifier: GPL-2.0-or-later
// pfifo and bfifo: first in, first out, up to a limit in packets or bytes. Linux 6.1: net/sched/sch_fifo.c
#include "net/sch_generic.h"

#include "linux/trace_fn.h"

#include <charconv>

namespace skbscope::stack {

namespace {

// Linux 6.1: net/sched/sch_fifo.c
int bfifo_enqueue(sk_buff *skb, Qdisc *sch, sk_buff **to_free) {
    TRACE_FN(skb);
    if (u64{sch->qstats.backlog} + qdisc_pkt_len(skb) <= sch->limit) return TRACE_RET(qdisc_enqueue_tail(skb, sch));
    return TRACE_RET(qdisc_drop(skb, sch, to_free));
}

// Linux 6.1: net/sched/sch_fifo.c
int pfifo_enqueue(sk_buff *skb, Qdisc *sch, sk_buff **to_free) {
    TRACE_FN(skb);
    if (sch->q.qlen < sch->limit) return TRACE_RET(qdisc_enqueue_tail(skb, sch));
    return TRACE_RET(qdisc_drop(skb, sch, to_free));
}

// "" or "limit N"
bool parse_limit(std::string_view options, u32 *limit) {
    constexpr std::string_view key = "limit ";
    if (options.empty()) return true;
    if (!options.starts_with(key)) return false;
    options.remove_prefix(key.size());
    const auto [end, error] = std::from_chars(options.data(), options.data() + options.size(), *limit);
    return error == std::errc() && end == options.data() + options.size();
}

// Linux 6.1: net/sched/sch_fifo.c
int fifo_init(Qdisc *sch, std::string_view options) {
    TRACE_FN();
    const net_device *dev = qdisc_dev(sch);
    const bool bytes = sch->ops == &bfifo_qdisc_ops;
    const u32 frame = dev->mtu + dev->hard_header_len;
    sch->limit = dev->tx_queue_len * (bytes ? frame : 1);
    if (!parse_limit(options, &sch->limit)) return TRACE_RET(-EINVAL);
    if (sch->limit >= (bytes ? frame : 1)) sch->flags |= TCQ_F_CAN_BYPASS;
    return TRACE_RET(0);
}

} // namespace

const Qdisc_ops pfifo_qdisc_ops = {
    .id = "pfifo", .enqueue = pfifo_enqueue, .dequeue = qdisc_dequeue_head, .peek = qdisc_peek_head, .init = fifo_init};
const Qdisc_ops bfifo_qdisc_ops = {
    .id = "bfifo", .enqueue = bfifo_enqueue, .dequeue = qdisc_dequeue_head, .peek = qdisc_peek_head, .init = fifo_init};

} // namespace skbscope::stack
