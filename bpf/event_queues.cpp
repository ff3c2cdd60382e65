// SPDX-License-Identifier: GPL-2.0-or-later
// Packets into queues and out of them. How long a queue is, is read in the kernel where a function's return tells it; a
// packet that is seen to leave a queue otherwise makes it one shorter, and the record says that this was inferred.
#include "bpf/event_builder.h"

#include <algorithm>

namespace skbscope::bpf {

using trace::Event;

namespace {

constexpr std::int64_t gro_held = 2; // enum gro_result, include/linux/netdevice.h

// "fq_codel_enqueue" -> "fq_codel"
std::string discipline(const std::string &function) {
    return function.substr(0, function.rfind('_'));
}

skbscope_queue read(const skbscope_raw &r) {
    skbscope_queue now{};
    now.length = static_cast<__u32>(r.arg[SKBSCOPE_RAW_QUEUE_LENGTH]);
    now.limit = static_cast<__u32>(r.arg[SKBSCOPE_RAW_QUEUE_LIMIT]);
    now.bytes = static_cast<__u32>(r.arg[SKBSCOPE_RAW_QUEUE_BYTES]);
    return now;
}

skbscope_queue of_length(std::uint32_t length) {
    skbscope_queue now{};
    now.length = length;
    return now;
}

bool gives_back(probe_role role) {
    return role == probe_role::drops || role == probe_role::frees || role == probe_role::frees_leaving ||
           role == probe_role::frees_partial || role == probe_role::frees_to_cache || role == probe_role::gives_back;
}

} // namespace

std::uint32_t event_builder::queue_of(std::uint64_t owner, const std::string &name) {
    const auto [at, is_new] = queue_at.try_emplace(owner, 0);
    if (!is_new) return at->second;
    std::string unique = name;
    for (unsigned n = 2; std::ranges::find(names.queues, unique) != names.queues.end(); ++n)
        unique = name + " " + std::to_string(n);
    return at->second = names.queue(unique);
}

void event_builder::queue(unsigned kind, const Event &like, packet_entry &p, std::uint32_t id,
                          const skbscope_queue &now) {
    Event from = like;
    from.packet = p.id;
    Event &e = emit(from, kind);
    e.queue = now;
    e.queue.queue = id;
    queue_length[id] = now.length;
    p.queue = kind == SKBSCOPE_EV_ENQUEUE ? id : 0;
}

void event_builder::put_in(const Event &e, packet_entry &p, std::uint32_t id, const skbscope_raw &r) {
    const bool known = r.arg[SKBSCOPE_RAW_QUEUE_KNOWN] != 0;
    Event like = e;
    if (!known)
        like.state = static_cast<std::uint8_t>((like.state & ~SKBSCOPE_STATE_PROV_MASK) |
                                               SKBSCOPE_PROV_INFERRED << SKBSCOPE_STATE_PROV_SHIFT);
    queue(SKBSCOPE_EV_ENQUEUE, like, p, id, known ? read(r) : of_length(queue_length[id] + 1));
}

void event_builder::take_out(const Event &like, packet_entry &p, std::uint32_t id, const skbscope_raw &r) {
    if (r.arg[SKBSCOPE_RAW_QUEUE_KNOWN] == 0) return gone_from_queue(like, p);
    queue(SKBSCOPE_EV_DEQUEUE, like, p, id, read(r));
}

// __neigh_event_send() puts the packet in the neighbour's queue, and then has the address asked for. The answer may
// come, and the packet go, before it returns: so the question is where the record belongs.
void event_builder::queued_before(const Event &like) {
    for (open_call &call : stack(like)) {
        if (role_of(&call) != probe_role::neighbour_in || call.queued) continue;
        packet_entry *p = call.packet != trace::no_packet ? packets.find(call.skb) : nullptr;
        if (!p || p->id != call.packet) continue;
        call.queued = true;
        Event from = like;
        from.fn = call.probe;
        from.host = call.host;
        from.device = call.device;
        put_in(from, *p, queue_of(call.arg[0], "arp_queue"), skbscope_raw{});
    }
}

// Inline code of the caller took it out of the queue that it was in.
void event_builder::gone_from_queue(const Event &like, packet_entry &p) {
    if (p.queue == 0) return;
    Event from = like;
    from.state = static_cast<std::uint8_t>((from.state & ~SKBSCOPE_STATE_PROV_MASK) | SKBSCOPE_PROV_INFERRED
                                                                                          << SKBSCOPE_STATE_PROV_SHIFT);
    const std::uint32_t before = queue_length[p.queue];
    queue(SKBSCOPE_EV_DEQUEUE, from, p, p.queue, of_length(before > 0 ? before - 1 : 0));
}

void event_builder::queues_on_enter(const probe_info &probe, const skbscope_raw_skb &r, const Event &like) {
    if (probe.role == probe_role::solicits) queued_before(like);
    packet_entry *p = like.packet != trace::no_packet ? packets.find(r.skb) : nullptr;
    if (!p) return;
    const open_call *by = caller(like);
    Event from = like;
    if (by) from.fn = by->probe;
    if (role_of(by) == probe_role::backlog_out) {
        queue(SKBSCOPE_EV_DEQUEUE, from, *p, names.queue("input_pkt_queue"), of_length(r.raw.backlog + r.raw.process));
        return;
    }
    const bool let_go = gives_back(probe.role) && like.skb.users <= 1;
    if (probe.role == probe_role::neighbour_out || probe.role == probe_role::gro_out || let_go)
        gone_from_queue(from, *p);
}

void event_builder::queues_on_leave(const probe_info &probe, const open_call &call, const skbscope_raw &r,
                                    const Event &e) {
    const auto made = static_cast<std::uint64_t>(r.event.leave.ret);
    packet_entry *p = call.packet != trace::no_packet ? packets.find(call.skb) : nullptr;
    if (p && p->id != call.packet) p = nullptr; // it was given back, and its address taken again
    packet_entry *out_of = made != 0 && made < ~0xfffULL ? packets.find(made) : nullptr;
    const std::int64_t ret = e.leave.ret;
    switch (probe.role) {
    case probe_role::backlog_in:
        if (ret == 0 && p) queue(SKBSCOPE_EV_ENQUEUE, e, *p, names.queue("input_pkt_queue"), of_length(r.backlog));
        break;
    case probe_role::socket_in: // tcp_queue_rcv() too: 0 = not merged into the last one
        if (ret == 0 && p)
            queue(SKBSCOPE_EV_ENQUEUE, e, *p, queue_of(call.arg[0], "sk_receive_queue"), of_length(r.sk_queue));
        break;
    case probe_role::socket_out:
        if (out_of)
            queue(SKBSCOPE_EV_DEQUEUE, e, *out_of, queue_of(call.arg[0], "sk_receive_queue"), of_length(r.sk_queue));
        break;
    case probe_role::qdisc_in:
        if (ret == 0 && p) {
            const std::string device = call.device < names.devices.size() ? " " + names.devices[call.device] : "";
            put_in(e, *p, queue_of(call.arg[1], discipline(probe.name) + device), r);
        }
        break;
    case probe_role::qdisc_out:
        if (out_of) take_out(e, *out_of, queue_of(call.arg[0], discipline(probe.name)), r);
        break;
    case probe_role::neighbour_in: // __neigh_event_send(): 1 = it waits, or was dropped
        if (ret == 1 && p && !call.queued) put_in(e, *p, queue_of(call.arg[0], "arp_queue"), r);
        break;
    case probe_role::gro_in:
        if (ret == gro_held && p) put_in(e, *p, queue_of(call.arg[0], "gro_hash"), r);
        break;
    default:
        break;
    }
}

} // namespace skbscope::bpf
