// SPDX-License-Identifier: GPL-2.0-or-later
// The one place where the model's events are written. TRACE_FN (linux/trace_fn.h) writes enter and leave; what is here
// writes everything else, for the few places that own the thing it is about: buffers (net/core/skbuff*.cpp), queues
// (skbuff_queue.cpp), softirqs and interrupts (kernel/softirq.cpp), the scheduler, timers, and lineage.
// All of it returns at once while the recorder is off; packets that are made and freed are counted even then
// (sim/packet_census.h).
#pragma once

#include "linux/trace_fn.h"
#include "linux/types.h"

#include <string>

namespace skbscope::stack {

struct sk_buff;
struct sk_buff_head;
struct skb_shared_info;
struct task_struct;

// --- buffers: `kind` is SKBSCOPE_EV_RESERVE, PUT, PUSH, PULL or TRIM; the state is as it is after the operation
void trace_buffer_op_on(unsigned kind, const sk_buff *skb, s64 bytes);
inline void trace_buffer_op(unsigned kind, const sk_buff *skb, s64 bytes) {
    if (trace_on()) [[unlikely]]
        trace_buffer_op_on(kind, skb, bytes);
}
void trace_alloc(sk_buff *skb, u32 size);
void trace_clone(sk_buff *clone, sk_buff *original);
void trace_copy(sk_buff *copy, const sk_buff *original);
// The content is about to move to a new buffer, nhead bytes further from its head; and has moved.
void trace_expand_begin(const sk_buff *skb, const u8 *head, u32 end, int nhead);
void trace_expand(sk_buff *skb, int nhead);
void trace_drop(sk_buff *skb, u32 reason);
void trace_free(sk_buff *skb);
void trace_head_free(sk_buff *skb);

// --- lineage: `skb` came from `from` (SKBSCOPE_EV_SEGMENT_OF, MERGED_INTO, FRAGMENT_OF, REASSEMBLED_FROM)
void trace_lineage(unsigned kind, sk_buff *skb, sk_buff *from, u32 index);
// The packet now belongs to `skb->dev`; before it was on `from`.
void trace_crossed(sk_buff *skb, const struct net_device *from);

// --- queues
void trace_queue_on(unsigned kind, sk_buff_head *list, const sk_buff *skb);
inline void trace_queue(unsigned kind, sk_buff_head *list, const sk_buff *skb) {
    if (trace_on()) [[unlikely]]
        trace_queue_on(kind, list, skb);
}

// --- contexts
void trace_softirq_on(unsigned kind, unsigned vector);
inline void trace_softirq(unsigned kind, unsigned vector) {
    if (trace_on()) [[unlikely]]
        trace_softirq_on(kind, vector);
}
void trace_irq_on(unsigned kind, unsigned irq);
inline void trace_irq(unsigned kind, unsigned irq) {
    if (trace_on()) [[unlikely]]
        trace_irq_on(kind, irq);
}
void trace_timer();
void trace_ipi(unsigned cpu);
void trace_sleep();
void trace_wake_on(const task_struct *task);
inline void trace_wake(const task_struct *task) {
    if (trace_on()) [[unlikely]]
        trace_wake_on(task);
}
void trace_switch(const task_struct *to, u32 from_pid);

} // namespace skbscope::stack
