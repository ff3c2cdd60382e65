// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/event_builder.h"

#include <algorithm>
#include <cstring>
#include <tuple>

namespace skbscope::bpf {

using trace::Event;

namespace {

// How far the operation moved what it moves, from the snapshots around it.
std::int64_t moved(const trace::Snapshot &before, const trace::Snapshot &after, unsigned kind) {
    switch (kind) {
    case SKBSCOPE_EV_PUT:
    case SKBSCOPE_EV_TRIM:
        return std::abs(std::int64_t{after.len} - std::int64_t{before.len});
    default:
        return std::abs(std::int64_t{after.headroom} - std::int64_t{before.headroom});
    }
}

bool has_amount(unsigned kind) {
    return (kind >= SKBSCOPE_EV_PUT && kind <= SKBSCOPE_EV_TRIM) || kind == SKBSCOPE_EV_EXPAND;
}

// skb_shared_info lies in the buffer: with the buffer it is gone, though the struct lives on.
void forget_buffer(Event &e) {
    e.skb.nr_frags = 0;
    e.skb.gso_size = e.skb.gso_segs = 0;
    e.skb.dataref = 0;
    e.state |= SKBSCOPE_STATE_PARTIAL;
}

} // namespace

// A copy of `like`'s common part, with an empty payload and the CPU's next seq.
Event &event_builder::emit(const Event &like, unsigned kind) {
    Event e = like;
    e.kind = static_cast<std::uint8_t>(kind);
    e.state &= SKBSCOPE_STATE_CTX_MASK | SKBSCOPE_STATE_PROV_MASK;
    e.seq = next_seq[like.cpu]++;
    std::memset(e.payload, 0, sizeof e.payload);
    return out.events.emplace_back(e);
}

void event_builder::tell_loss(const Event &before, std::uint64_t count, unsigned reason) {
    Event like = before;
    like.packet = trace::no_packet;
    like.fn = trace::no_function;
    Event &e = emit(like, SKBSCOPE_EV_LOSS);
    e.loss.lost = count;
    e.loss.reason = reason;
}

// Numbers that no record has: the hole stays visible in ours.
void event_builder::lose(const Event &before, std::uint32_t count) {
    next_seq[before.cpu] += count;
    tell_loss(before, count, SKBSCOPE_LOSS_RING_FULL);
    out.lost += count;
    lost += count;
}

// For what has no record of its own: the trace's last instant.
Event event_builder::nowhere(std::uint8_t cpu) const {
    Event like{};
    like.time = newest;
    like.cpu = cpu;
    like.state = SKBSCOPE_PROV_KERNEL << SKBSCOPE_STATE_PROV_SHIFT;
    return like;
}

void event_builder::take(const skbscope_raw_skb &r, std::uint32_t gap) {
    const Event &e = r.raw.event;
    newest = std::max(newest, std::uint64_t{e.time});
    if (gap != 0) lose(e, gap);
    switch (e.kind) {
    case SKBSCOPE_EV_ENTER:
        return enter(r);
    case SKBSCOPE_EV_LEAVE:
        return leave(r);
    default:
        return operation(r);
    }
}

namespace {
unsigned context_bits(const Event &e) {
    return e.state & unsigned{SKBSCOPE_STATE_CTX_MASK};
}
} // namespace

open_call *event_builder::caller(const Event &e) {
    std::vector<open_call> &calls = stack(e);
    if (calls.empty() || calls.back().context != context_bits(e)) return nullptr;
    return &calls.back();
}

// Where it happens: at the packet's device, else the device it is called for, else in the socket's namespace, else
// where its caller was, else in the task's namespace.
void event_builder::place(Event &e, const skbscope_raw_skb &r, const probe_info *probe, bool has_skb) {
    const auto host = [this](std::uint32_t net) -> std::uint8_t {
        const auto found = names.host_of_net.find(net);
        return found == names.host_of_net.end() ? 0 : found->second;
    };
    const auto at = [&e](std::pair<std::uint16_t, std::uint8_t> where) { std::tie(e.device, e.host) = where; };
    e.device = 0;
    if (r.raw.sk_net != 0) host_of_socket[r.raw.socket.sk] = host(r.raw.sk_net);
    if (has_skb) {
        const auto device = names.device_of_ifindex.find({r.dev_net, r.ifindex});
        if (device != names.device_of_ifindex.end()) return at(device_at[r.dev] = {device->second, host(r.dev_net)});
    } else if (probe && probe->dev_arg >= 0) {
        const auto device = device_at.find(r.raw.arg[static_cast<std::uint8_t>(probe->dev_arg)]);
        if (device != device_at.end()) return at(device->second);
    }
    const auto socket = has_skb && r.sk != 0 ? host_of_socket.find(r.sk) : host_of_socket.end();
    const open_call *by = caller(e);
    if (r.raw.sk_net != 0) {
        e.host = host(r.raw.sk_net);
    } else if (socket != host_of_socket.end()) {
        e.host = socket->second;
    } else if (by) {
        e.host = by->host;
        if (!has_skb) e.device = by->device;
    } else {
        e.host = host(r.raw.task_net);
    }
}

void event_builder::tell_packet(packet_entry &p, const skbscope_raw_skb &r, const Event &e) {
    const Event like = e; // emit() moves the vector
    if (!p.announced && r.head != 0) {
        p.announced = true;
        Event &x = extend(like, SKBSCOPE_EV_EXT_IDENTITY);
        x.identity.skb = r.skb;
        x.identity.head = r.head;
    }
    const std::size_t frags = std::min<std::size_t>(like.skb.nr_frags, SKBSCOPE_PROBE_FRAGS);
    std::vector<std::uint32_t> sizes(r.frag_size, r.frag_size + frags);
    if (!sizes.empty() && sizes != p.frags) {
        Event &x = extend(like, SKBSCOPE_EV_EXT_FRAGS);
        std::copy(sizes.begin(), sizes.end(), x.frags.size);
        x.frags.offset = r.frag_offset;
        x.frags.count = static_cast<std::uint8_t>(frags);
    }
    p.frags = std::move(sizes);
    for (const byte_run &run : packet_book::changed_bytes(p, r)) {
        Event &x = extend(like, SKBSCOPE_EV_EXT_BYTES);
        x.bytes.offset = run.offset;
        x.bytes.count = static_cast<std::uint8_t>(run.data.size());
        std::copy(run.data.begin(), run.data.end(), x.bytes.data);
    }
    p.device = like.device;
    p.host = like.host;
}

void event_builder::tell_socket(const skbscope_raw &r, const Event &e) {
    if (r.socket.sk == 0) return;
    skbscope_socket now = r.socket;
    now.wmem -= now.wmem != 0 ? 1 : 0; // the one that the socket itself holds
    skbscope_socket &said = sockets[now.sk];
    if (std::memcmp(&said, &now, sizeof now) == 0) return;
    said = now;
    const Event like = e;
    extend(like, SKBSCOPE_EV_EXT_SOCKET).socket = now;
}

void event_builder::tell_args(const probe_info &probe, const skbscope_raw &r, const Event &e) {
    if (probe.args == 0) return;
    const Event like = e;
    Event &x = extend(like, SKBSCOPE_EV_EXT_ARGS);
    x.args.count = std::min<std::uint8_t>(probe.args, 4);
    for (unsigned i = 0; i < x.args.count; ++i)
        x.args.value[i] = static_cast<std::uint64_t>(shaped(r.arg[i], probe.arg[i]));
}

// The packet that the record is about. A register whose meaning nobody vouches for counts only when it names a packet
// that is alive.
packet_entry *event_builder::packet_of(const skbscope_raw_skb &r, const probe_info &probe) {
    if (r.raw.what != SKBSCOPE_RAW_SKB || (!probe.trust_skb && !packets.find(r.skb))) return nullptr;
    if (probe.role == probe_role::clones_into) return &becomes_clone(r);
    return probe.role == probe_role::made_arg ? &packets.born(r.skb) : &packets.at(r.skb);
}

// __skb_clone(n, skb). Where nobody made n for this (skb_morph()), it was a packet, which is over though no function
// says so, and shows that one's fields until the call is done.
packet_entry &event_builder::becomes_clone(const skbscope_raw_skb &r) {
    const open_call *by = caller(r.raw.event);
    const packet_entry *was = role_of(by) == probe_role::clones ? nullptr : packets.find(r.skb);
    if (was) {
        Event like = r.raw.event;
        if (by) like.fn = by->probe;
        like.packet = was->id;
        like.device = was->device;
        like.host = was->host;
        ended(like, r.skb);
    }
    packet_entry &p = packets.born(r.skb);
    if (was) p.freed_head = r.head;
    return p;
}

void event_builder::enter(const skbscope_raw_skb &r) {
    const probe_info *info = probe(r.raw.event.fn);
    if (!info) return;
    Event like = r.raw.event;
    packet_entry *p = packet_of(r, *info);
    place(like, r, info, p != nullptr);
    like.packet = p ? p->id : trace::no_packet;
    if (!p) std::memset(like.payload, 0, sizeof like.payload);
    const bool gone = p && p->freed_head != 0 && p->freed_head == r.head;
    if (gone) forget_buffer(like);
    queues_on_enter(*info, r, like);
    if (p) {
        cross(r, like);
        meet(like);
    }
    Event &e = emit(like, SKBSCOPE_EV_ENTER);
    if (p) {
        e.state = like.state;
        e.skb = like.skb;
    }
    const Event entered = e;
    open_call call{like.fn,     like.packet, p ? r.skb : 0,     {}, like.host, like.device,
                   entered.skb, lost,        context_bits(like)};
    std::copy(std::begin(r.raw.arg), std::end(r.raw.arg), call.arg.begin());
    if (p && !gone && (like.state & SKBSCOPE_STATE_HAS_SKB)) tell_packet(*p, r, entered);
    tell_args(*info, r.raw, entered);
    tell_socket(r.raw, entered);
    if (!p) tie(call, entered);
    lineage_on_enter(*info, r, entered);
    stack(like).push_back(call);
    if (p) tell_end(*info, *p, r, entered);
}

// What the call that begins here does to its packet's life.
void event_builder::tell_end(const probe_info &probe, packet_entry &p, const skbscope_raw_skb &r,
                             const Event &entered) {
    switch (probe.role) {
    case probe_role::drops:
        if (entered.skb.users > 1) return; // others hold it still
        p.drop_reason = static_cast<std::uint32_t>(r.raw.arg[1]);
        emit(entered, SKBSCOPE_EV_DROP).drop.reason = p.drop_reason;
        return;
    case probe_role::frees_head:
        p.freed_head = r.head;
        emit(entered, SKBSCOPE_EV_HEAD_FREE);
        return;
    case probe_role::frees:
        return ended(entered, r.skb);
    default:
        return;
    }
}

void event_builder::ended(const Event &e, std::uint64_t skb) {
    const packet_entry *p = packets.find(skb);
    if (!p || p->id != e.packet) return;
    const Event like = e;
    emit(like, SKBSCOPE_EV_FREE).drop.reason = p->drop_reason;
    packets.end(skb);
}

// These give the struct back as the last thing they do, and look into it until then.
void event_builder::end_on_leave(const probe_info &probe, const open_call &call, const Event &e) {
    const bool ends = probe.role == probe_role::frees_leaving ||
                      (probe.role == probe_role::frees_partial && (call.arg[1] & 0xff) != 0) ||
                      (probe.role == probe_role::frees_to_cache && call.before.users == 1 &&
                       static_cast<std::uint32_t>(call.arg[1]) != 0);
    if (ends && call.skb != 0) ended(e, call.skb);
}

void event_builder::leave(const skbscope_raw_skb &r) {
    const probe_info *info = probe(r.raw.event.fn);
    if (!info) return;
    Event like = r.raw.event;
    std::vector<open_call> &calls = stack(like);
    const auto mine =
        std::find_if(calls.rbegin(), calls.rend(), [&like](const open_call &c) { return c.probe == like.fn; });
    // A leave whose enter is not here: it began before the trace, or its enter was lost. Not a call we can show.
    if (mine == calls.rend()) return;
    const open_call call = *mine;
    // Calls above it never returned: their return was missed, unless it is among what is known to be lost.
    const auto unpaired = std::count_if(calls.rbegin(), mine, [this](const open_call &c) { return c.lost == lost; });
    calls.erase(std::prev(mine.base()), calls.end());
    if (unpaired != 0) {
        tell_loss(like, static_cast<std::uint64_t>(unpaired), SKBSCOPE_LOSS_UNPAIRED);
        out.unpaired += static_cast<std::uint64_t>(unpaired);
    }
    like.packet = call.packet;
    like.host = call.host;
    like.device = call.device;
    Event &e = emit(like, SKBSCOPE_EV_LEAVE);
    const bool told = (r.raw.event.state & SKBSCOPE_STATE_HAS_RET) != 0; // by the record, not by the function's type
    if (told || (info->ret_known && info->ret.size != 0)) {
        e.state |= SKBSCOPE_STATE_HAS_RET;
        e.leave.ret = shaped(static_cast<std::uint64_t>(r.raw.event.leave.ret), info->ret);
    }
    const Event left = e;
    tie_on_leave(call, left);
    tell_socket(r.raw, left);
    lineage_on_leave(*info, call, r.raw, left);
    queues_on_leave(*info, call, r.raw, left);
    end_on_leave(*info, call, left);
}

// A buffer operation (from a function's return), or a mark of the run.
void event_builder::operation(const skbscope_raw_skb &r) {
    if (r.raw.what == SKBSCOPE_RAW_LIST) return segments(r);
    Event like = r.raw.event;
    place(like, r, nullptr, r.raw.what == SKBSCOPE_RAW_SKB);
    if (r.raw.what != SKBSCOPE_RAW_SKB) {
        Event &e = emit(like, like.kind);
        std::memcpy(e.payload, like.payload, sizeof e.payload);
        return;
    }
    if (like.kind == SKBSCOPE_EV_DROP || like.kind == SKBSCOPE_EV_FREE) return given_up(r, like);
    const std::vector<open_call> &calls = stack(like);
    const open_call *call = calls.empty() ? nullptr : &calls.back();
    packet_entry &p = packets.at(r.skb);
    like.packet = p.id;
    Event &e = emit(like, like.kind);
    e.state = like.state;
    e.skb = like.skb;
    const Event done = e;
    tell_packet(p, r, done);
    if (!call) return;
    if (done.kind == SKBSCOPE_EV_ALLOC)
        extend(done, SKBSCOPE_EV_EXT_AMOUNT).amount.bytes = static_cast<__s64>(call->arg[0]);
    if (has_amount(done.kind) && call->packet == p.id)
        extend(done, SKBSCOPE_EV_EXT_AMOUNT).amount.bytes = moved(call->before, done.skb, done.kind);
    const bool descends = done.kind == SKBSCOPE_EV_CLONE || done.kind == SKBSCOPE_EV_COPY;
    if (descends && call->packet != trace::no_packet && call->packet != p.id)
        extend(done, SKBSCOPE_EV_EXT_LINEAGE).lineage.other_packet = call->packet;
}

// A tracepoint tells that a packet was dropped, or that what was a packet is free memory.
void event_builder::given_up(const skbscope_raw_skb &r, Event like) {
    packet_entry *p = packets.find(r.skb);
    if (!p) return;
    like.packet = p->id;
    if (like.kind == SKBSCOPE_EV_FREE) return ended(like, r.skb);
    p->drop_reason = static_cast<std::uint32_t>(r.raw.arg[1]);
    emit(like, SKBSCOPE_EV_DROP).drop.reason = p->drop_reason;
}

} // namespace skbscope::bpf
