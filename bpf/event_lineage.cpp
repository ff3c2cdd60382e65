// SPDX-License-Identifier: GPL-2.0-or-later
// Which packet descends from which, which calls work for which: from what the functions that do it were given and gave
// back. Function names below are Linux 6.1's.
#include "bpf/event_builder.h"

#include <algorithm>
#include <cstring>

namespace skbscope::bpf {

using trace::Event;
using trace::PacketId;

void event_builder::kin(const Event &like, unsigned kind, PacketId packet, PacketId other, std::uint32_t index) {
    if (packet == trace::no_packet || other == trace::no_packet || packet == other) return;
    Event from = like;
    from.packet = packet;
    Event &e = emit(from, kind);
    e.lineage.other_packet = other;
    e.lineage.index = index;
}

namespace {
// The packet was not read from the kernel but follows from where the call stands, and the record says so.
void infer(Event &x, PacketId packet) {
    x.state = static_cast<std::uint8_t>((x.state & ~SKBSCOPE_STATE_PROV_MASK) | SKBSCOPE_PROV_INFERRED
                                                                                    << SKBSCOPE_STATE_PROV_SHIFT);
    x.lineage.other_packet = packet;
}
} // namespace

// A call without a packet works for the packet of its caller, as long as it runs in its context: an interrupt does not.
void event_builder::tie(open_call &call, const Event &entered) {
    const open_call *by = caller(entered);
    if (!by || call.packet != trace::no_packet) return;
    call.works_for = by->packet != trace::no_packet ? by->packet : by->works_for;
    if (call.works_for == trace::no_packet) return;
    const Event like = entered;
    infer(extend(like, SKBSCOPE_EV_EXT_LINEAGE), call.works_for);
}

// net_rx_action() and its like begin before there is a packet. Where there was but one, it is known when they end.
void event_builder::tie_on_leave(const open_call &call, const Event &left) {
    if (call.packet != trace::no_packet || call.works_for != trace::no_packet) return;
    if (call.met == trace::no_packet || call.met_others) return;
    const Event like = left;
    infer(extend(like, SKBSCOPE_EV_EXT_LINEAGE), call.met);
}

void event_builder::meet(const Event &e) {
    std::vector<open_call> &calls = stack(e);
    const unsigned context = e.state & SKBSCOPE_STATE_CTX_MASK;
    for (auto call = calls.rbegin(); call != calls.rend(); ++call) {
        if (call->packet != trace::no_packet || call->context != context) return;
        if (call->met == trace::no_packet) call->met = e.packet;
        call->met_others = call->met_others || call->met != e.packet;
    }
}

// The sk_buff now belongs to another device, of another host or handed over by this one's. A packet that is forwarded
// changes its device too, but crosses nothing.
void event_builder::cross(const skbscope_raw_skb &r, const Event &e) {
    const packet_entry *p = packets.find(r.skb);
    if (!p || !p->announced || p->device == 0 || e.device == 0 || p->device == e.device) return;
    const std::vector<open_call> &calls = stack(e);
    const bool handed = std::ranges::any_of(
        calls, [&](const open_call &c) { return c.packet == e.packet && role_of(&c) == probe_role::crosses; });
    if (p->host == e.host && !handed) return;
    const open_call *by = caller(e);
    Event from = e;
    if (by) from.fn = by->probe;
    Event &x = emit(from, SKBSCOPE_EV_CROSSED);
    x.lineage.other_packet = e.packet;
    x.lineage.from_device = p->device;
    x.lineage.from_host = p->host;
    x.lineage.to_device = e.device;
    x.lineage.to_host = e.host;
}

void event_builder::lineage_on_enter(const probe_info &probe, const skbscope_raw_skb &r, const Event &e) {
    if (e.packet == trace::no_packet) return;
    std::vector<open_call> &calls = stack(e);
    switch (probe.role) {
    case probe_role::sends_piece: {
        // ip_do_fragment() hands out each piece: its own packet first, those of the frag_list then, or copies.
        const auto cutting = std::find_if(calls.rbegin(), calls.rend(), [this](const open_call &c) {
            return probes[c.probe].role == probe_role::fragments;
        });
        if (cutting == calls.rend()) return;
        const std::uint32_t index = cutting->pieces++;
        Event like = e;
        like.fn = cutting->probe;
        kin(like, SKBSCOPE_EV_FRAGMENT_OF, e.packet, cutting->packet, index);
        return;
    }
    case probe_role::reassembles: {
        // inet_frag_reasm_finish(q, head, ...): head takes in all that q has gathered.
        const auto found = gathered.find(r.raw.arg[0]);
        if (found == gathered.end()) return;
        for (std::size_t i = 0; i < found->second.size(); ++i)
            kin(e, SKBSCOPE_EV_REASSEMBLED_FROM, e.packet, found->second[i], static_cast<std::uint32_t>(i));
        gathered.erase(found);
        return;
    }
    default:
        return;
    }
}

void event_builder::lineage_on_leave(const probe_info &probe, const open_call &call, const skbscope_raw &r,
                                     const Event &e) {
    const auto id_at = [this](std::uint64_t skb) {
        const packet_entry *p = skb != 0 ? packets.find(skb) : nullptr;
        return p ? p->id : trace::no_packet;
    };
    const std::int64_t ret = e.leave.ret;
    switch (probe.role) {
    case probe_role::clones_into: // __skb_clone(n, skb), where no skb_clone() tells of it: skb_morph()
        if (role_of(caller(e)) == probe_role::clones) return;
        kin(e, SKBSCOPE_EV_CLONE_OF, call.packet, id_at(call.arg[1]));
        if (packet_entry *p = packets.find(call.skb)) p->freed_head = 0; // it has the other's buffer now
        return;
    case probe_role::merges_second: // skb_gro_receive(p, skb): 0 = skb is now part of p
        if (ret == 0) kin(e, SKBSCOPE_EV_MERGED_INTO, id_at(call.arg[1]), call.packet);
        return;
    case probe_role::coalesces: // skb_try_coalesce(to, from, ...): true = from's data is now part of to
        if (ret != 0) kin(e, SKBSCOPE_EV_MERGED_INTO, id_at(call.arg[1]), call.packet);
        return;
    case probe_role::gathers: // inet_frag_queue_insert(q, skb, ...): 0 = kept
        if (ret == 0) gathered[call.arg[0]].push_back(call.packet);
        return;
    case probe_role::makes_fragment: // ip_frag_next(): a copy of a part, sent later by ip_do_fragment()
        return;
    default:
        (void)r;
        return;
    }
}

// The list that skb_segment() returns, some at a time.
void event_builder::segments(const skbscope_raw_skb &r) {
    Event like = r.raw.event;
    const std::vector<open_call> &calls = stack(like);
    if (calls.empty() || calls.back().probe != like.fn) return;
    const open_call &call = calls.back();
    like.host = call.host;
    like.device = call.device;
    for (std::size_t i = 0; i < r.bytes_count / sizeof(std::uint64_t) && i < SKBSCOPE_PROBE_BYTES / 8; ++i) {
        std::uint64_t skb = 0;
        std::memcpy(&skb, r.bytes + i * sizeof skb, sizeof skb);
        const auto index = static_cast<std::uint32_t>(r.bytes_from + i);
        kin(like, SKBSCOPE_EV_SEGMENT_OF, packets.at(skb).id, call.packet, index);
    }
}

} // namespace skbscope::bpf
