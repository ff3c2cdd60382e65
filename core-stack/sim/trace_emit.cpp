// SPDX-License-Identifier: GPL-2.0-or-later
#include "sim/trace_emit.h"

#include "linux/netdevice.h"
#include "linux/skbuff.h"
#include "sim/cpu.h"
#include "sim/packet_census.h"
#include "sim/trace_bytes.h"
#include "sim/trace_record.h"
#include "sim/trace_state.h"

#include <string>

namespace skbscope::stack {

using trace::Event;

namespace {

constexpr u32 header_budget = 256; // compared at every event; the whole packet when a function leaves

void record_amount(s64 bytes, const Event &extends) {
    record_extension(SKBSCOPE_EV_EXT_AMOUNT, extends).amount.bytes = bytes;
}

// A record for a packet, with its snapshot and what belongs to it.
Event &record_state(unsigned kind, const sk_buff *skb) {
    sk_buff *s = const_cast<sk_buff *>(skb); // the tracer's own fields
    const bool is_new = see_packet(s);
    Event &e = record_for(kind, skb);
    fill_snapshot(e, skb);
    if (is_new && skb->head) record_identity(skb, e);
    record_owner(s, e);
    return e;
}

} // namespace

void trace_buffer_op_on(unsigned kind, const sk_buff *skb, s64 bytes) {
    const Event &e = record_state(kind, skb);
    record_amount(bytes, e);
    trace_bytes(skb, e, header_budget);
}

void trace_alloc(sk_buff *skb, u32 size) {
    ++packet_counters().made;
    if (!trace_on()) return;
    see_packet(skb);
    Event &e = record_for(SKBSCOPE_EV_ALLOC, skb);
    fill_snapshot(e, skb);
    record_identity(skb, e);
    record_amount(size, e);
}

void trace_clone(sk_buff *clone, sk_buff *original) {
    ++packet_counters().made;
    if (!trace_on()) return;
    see_packet(original);
    see_packet(clone);
    Event &e = record_for(SKBSCOPE_EV_CLONE, clone);
    fill_snapshot(e, clone);
    record_identity(clone, e);
    record_extension(SKBSCOPE_EV_EXT_LINEAGE, e).lineage.other_packet = original->trace_packet;
}

void trace_copy(sk_buff *copy, const sk_buff *original) {
    if (!trace_on()) return;
    see_packet(const_cast<sk_buff *>(original));
    see_packet(copy);
    Event &e = record_for(SKBSCOPE_EV_COPY, copy);
    fill_snapshot(e, copy);
    record_identity(copy, e);
    record_extension(SKBSCOPE_EV_EXT_LINEAGE, e).lineage.other_packet = original->trace_packet;
    trace_bytes(copy, e, ~0U);
}

void trace_expand_begin(const sk_buff *skb, const u8 *head, u32 end, int nhead) {
    if (trace_on()) trace_bytes_moved(skb->head, skb->end, head, end, nhead);
}

void trace_expand(sk_buff *skb, int nhead) {
    if (!trace_on()) return;
    const Event &e = record_state(SKBSCOPE_EV_EXPAND, skb);
    record_amount(nhead, e);
    record_frags(skb, e);
}

void trace_drop(sk_buff *skb, u32 reason) {
    packet_counts &counts = packet_counters();
    ++counts.dropped;
    if (reason < counts.by_reason.size()) ++counts.by_reason[reason];
    if (!trace_on()) return;
    see_packet(skb);
    record_for(SKBSCOPE_EV_DROP, skb).drop.reason = reason;
}

void trace_free(sk_buff *skb) {
    ++packet_counters().freed;
    if (trace_on() && skb->trace_packet) record_for(SKBSCOPE_EV_FREE, skb).drop.reason = skb->trace_reason;
    skb->trace_packet = 0;
    skb->trace_sk = nullptr;
    skb->trace_reason = 0;
}

void trace_head_free(sk_buff *skb) {
    trace_bytes_forget(skb->head, skb->end);
    if (trace_on() && skb->trace_packet) (void)record_for(SKBSCOPE_EV_HEAD_FREE, skb);
}

void trace_lineage(unsigned kind, sk_buff *skb, sk_buff *from, u32 index) {
    if (!trace_on()) return;
    see_packet(skb);
    see_packet(from);
    Event &e = record_for(kind, skb);
    e.lineage.other_packet = from->trace_packet;
    e.lineage.index = index;
}

void trace_crossed(sk_buff *skb, const net_device *from) {
    if (!trace_on()) return;
    see_packet(skb);
    Event &e = record_for(SKBSCOPE_EV_CROSSED, skb);
    e.lineage.other_packet = skb->trace_packet;
    e.lineage.from_device = trace_device_id(from);
    e.lineage.from_host = trace_host_id(dev_net(from));
    e.lineage.to_device = e.device;
    e.lineage.to_host = e.host;
}

// Two queues never share an id: the second one of a name is "name 2".
void trace_queue_on(unsigned kind, sk_buff_head *list, const sk_buff *skb) {
    if (!list->name) return;
    if (!list->trace_queue) {
        const unsigned nth = ++this_machine().tracing->queue_names[list->name];
        list->trace_queue = trace_recorder->queue_id(nth == 1 ? list->name : list->name + (" " + std::to_string(nth)));
    }
    see_packet(const_cast<sk_buff *>(skb));
    Event &e = record_for(kind, skb);
    e.queue.queue = list->trace_queue;
    e.queue.length = list->qlen;
}

void trace_softirq_on(unsigned kind, unsigned vector) {
    // A softirq belongs to no one: it does not inherit where the interrupted code was.
    this_machine().where.device = 0;
    this_machine().where.host = 0;
    record(kind).context.vector = vector;
}

void trace_irq_on(unsigned kind, unsigned irq) {
    record(kind).context.vector = irq;
}

void trace_timer() {
    if (trace_on()) (void)record(SKBSCOPE_EV_TIMER);
}

void trace_ipi(unsigned cpu) {
    if (trace_on()) record(SKBSCOPE_EV_IPI).context.other_cpu = cpu;
}

void trace_sleep() {
    if (trace_on()) (void)record(SKBSCOPE_EV_SCHED_SLEEP);
}

void trace_wake_on(const task_struct *task) {
    Event &e = record(SKBSCOPE_EV_SCHED_WAKE);
    e.context.other_task = task->pid;
    e.context.other_cpu = task->cpu;
}

void trace_switch(const task_struct *to, u32 from_pid) {
    if (!trace_on()) return;
    Event &e = record(SKBSCOPE_EV_SCHED_SWITCH);
    e.task = to->pid;
    e.context.other_task = from_pid;
}

} // namespace skbscope::stack
