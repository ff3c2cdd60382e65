// SPDX-License-Identifier: GPL-2.0-or-later
// Writing single records: for sim/trace_*.cpp only.
#pragma once

#include "linux/netdevice.h"
#include "linux/preempt.h"
#include "linux/skbuff.h"
#include "linux/trace_fn.h"
#include "net/net_namespace.h"
#include "net/sock.h"
#include "sim/cpu.h"
#include "sim/machine_state.h"
#include "trace/event.h"

namespace skbscope::stack {

u16 name_trace_device(const net_device *dev);
u8 name_trace_host(const net *ns);

[[nodiscard]] inline u16 trace_device_id(const net_device *dev) {
    return dev->trace_device ? dev->trace_device : name_trace_device(dev);
}
[[nodiscard]] inline u8 trace_host_id(const net *ns) {
    return ns && ns->trace_host ? ns->trace_host : name_trace_host(ns);
}
[[nodiscard]] inline u8 trace_context(const cpu_state &cpu) {
    if (cpu.preempt_count & HARDIRQ_MASK) return SKBSCOPE_CTX_HARDIRQ;
    if (cpu.preempt_count & SOFTIRQ_OFFSET) return SKBSCOPE_CTX_SOFTIRQ;
    return cpu.curr->pid == 0 ? SKBSCOPE_CTX_IDLE : SKBSCOPE_CTX_PROCESS;
}

// Common part filled in, as of `where`. Inline, as are the other parts of a call's record: there are hundreds a packet.
[[nodiscard]] inline trace::Event &record_at(unsigned kind, const trace_place &where) {
    const machine_state &m = this_machine();
    const cpu_state &cpu = *m.here;
    trace::Event &e = trace_recorder->append(m.cpu, m.now_ns);
    e.kind = static_cast<u8>(kind);
    e.task = cpu.curr->pid;
    e.state = trace_context(cpu);
    e.fn = where.fn;
    e.device = where.device;
    e.host = where.host;
    return e;
}
[[nodiscard]] inline trace::Event &record(unsigned kind) { // as of the innermost function
    return record_at(kind, this_machine().where);
}
// Where the packet is: its device, else its owner's namespace, else where the caller was.
inline void place_record(trace::Event &e, const sk_buff *skb) {
    if (const net_device *dev = skb->dev) {
        e.device = trace_device_id(dev);
        e.host = trace_host_id(dev_net(dev));
        return;
    }
    e.device = 0;
    if (skb->sk) e.host = trace_host_id(skb->sk->sk_net);
}
// Also the packet, its device and host.
[[nodiscard]] inline trace::Event &record_for(unsigned kind, const sk_buff *skb) {
    trace::Event &e = record(kind);
    if (!skb) return e;
    place_record(e, skb);
    e.packet = skb->trace_packet;
    return e;
}
// An extension of the record written last.
[[nodiscard]] trace::Event &record_extension(unsigned kind, const trace::Event &extends);
void fill_snapshot(trace::Event &e, const sk_buff *skb);
// Gives the packet its id at first sight; true: it is new and its addresses are not recorded yet.
[[nodiscard]] u32 next_trace_packet();
inline bool see_packet(sk_buff *skb) {
    if (skb->trace_packet) return false;
    skb->trace_packet = next_trace_packet();
    return true;
}
void record_identity(const sk_buff *skb, const trace::Event &extends);
void record_new_owner(sk_buff *skb, const trace::Event &extends);
inline void record_owner(sk_buff *skb, const trace::Event &extends) { // when it changed since the last record
    if (skb->sk != skb->trace_sk) record_new_owner(skb, extends);
}
void record_frags(const sk_buff *skb, const trace::Event &extends);

} // namespace skbscope::stack
