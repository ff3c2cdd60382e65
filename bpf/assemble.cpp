// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/assemble.h"

#include "bpf/packet_book.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace skbscope::bpf {

using trace::Event;

std::int64_t shaped(std::uint64_t raw, value_shape shape) {
    if (shape.size == 0) return 0;
    if (shape.size >= 8) return static_cast<std::int64_t>(raw);
    const unsigned unused = 64U - shape.size * 8U;
    const std::uint64_t top = raw << unused;
    return shape.is_signed ? static_cast<std::int64_t>(top) >> unused : static_cast<std::int64_t>(top >> unused);
}

std::uint8_t run_names::add_host(std::string name, std::uint32_t net) {
    if (hosts.size() > 0xff) return 0;
    hosts.push_back(std::move(name));
    return host_of_net[net] = static_cast<std::uint8_t>(hosts.size() - 1);
}

std::uint16_t run_names::add_device(std::string name, std::uint32_t net, std::uint32_t ifindex) {
    const auto known = device_of_ifindex.find({net, ifindex});
    if (known != device_of_ifindex.end()) return known->second;
    devices.push_back(std::move(name));
    return device_of_ifindex[{net, ifindex}] = static_cast<std::uint16_t>(devices.size() - 1);
}

std::uint32_t run_names::queue(const std::string &name) {
    const auto found = std::ranges::find(queues, name);
    if (found == queues.end()) queues.push_back(name);
    return static_cast<std::uint32_t>(std::ranges::find(queues, name) - queues.begin());
}

bool assembler::add(std::span<const std::byte> bytes) {
    skbscope_raw_skb r{};
    const bool whole = bytes.size() >= sizeof r.raw;
    if (whole) std::memcpy(&r.raw, bytes.data(), sizeof r.raw);
    const bool call = whole && r.raw.what == SKBSCOPE_RAW_CALL;
    const bool skb = whole && r.raw.what == SKBSCOPE_RAW_SKB && bytes.size() >= sizeof r;
    if (!call && !skb) {
        ++refused_;
        return false;
    }
    if (skb) std::memcpy(&r, bytes.data(), sizeof r);
    merge_.push(r);
    return true;
}

struct assembler::open_call {
    std::uint16_t probe; // index
    trace::PacketId packet;
    std::uint64_t skb; // address
    std::uint64_t arg0;
    std::uint8_t host;
    std::uint16_t device;
    trace::Snapshot before; // zero where the call has no packet
    std::uint64_t lost;     // records lost until it began
};

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

// Goes through the records in order, and writes events.
struct assembler::builder {
    const std::vector<probe_info> &probes;
    run_names &names;
    assembled out;
    packet_book packets;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<open_call>> stacks; // by (task, CPU if it is idle)
    std::map<std::uint64_t, skbscope_socket> sockets;                                 // what was said of each
    std::map<std::uint64_t, std::uint32_t> socket_queues;                             // socket -> queue id
    std::map<std::uint8_t, std::uint32_t> next_seq;                                   // of our own events, by CPU
    std::uint64_t newest = 0;                                                         // time of the newest record
    std::uint64_t lost = 0;                                                           // records, until now

    // -- records out
    Event &emit(const Event &like, unsigned kind);
    Event &extend(const Event &e, unsigned kind);
    void lose(const Event &before, std::uint32_t count);
    void tell_loss(const Event &before, std::uint64_t count, unsigned reason);
    [[nodiscard]] Event nowhere(std::uint8_t cpu) const;

    // -- records in
    void take(const skbscope_raw_skb &r, std::uint32_t gap);
    void enter(const skbscope_raw_skb &r);
    void leave(const skbscope_raw_skb &r);
    void operation(const skbscope_raw_skb &r);

    // -- what follows from a record
    void place(Event &e, const skbscope_raw_skb &r) const;
    void tell_packet(packet_entry &p, const skbscope_raw_skb &r, const Event &e);
    void tell_socket(const skbscope_raw &r, const Event &e);
    void tell_args(const probe_info &probe, const skbscope_raw &r, const Event &e);
    void on_enter(const probe_info &probe, const skbscope_raw_skb &r, const Event &e);
    void on_leave(const probe_info &probe, const open_call &call, const skbscope_raw &r, const Event &e);
    void queue(unsigned kind, const Event &like, trace::PacketId packet, std::uint32_t queue_id, std::uint32_t length);
    std::uint32_t socket_queue(std::uint64_t sk);

    std::vector<open_call> &stack(const Event &e) { return stacks[{e.task, e.task == 0 ? e.cpu : 0U}]; }
    const probe_info *probe(std::uint16_t fn) const { return fn < probes.size() ? &probes[fn] : nullptr; }
};

// A copy of `like`'s common part, with an empty payload and the CPU's next seq.
Event &assembler::builder::emit(const Event &like, unsigned kind) {
    Event e = like;
    e.kind = static_cast<std::uint8_t>(kind);
    e.state &= SKBSCOPE_STATE_CTX_MASK | SKBSCOPE_STATE_PROV_MASK;
    e.seq = next_seq[like.cpu]++;
    std::memset(e.payload, 0, sizeof e.payload);
    return out.events.emplace_back(e);
}

Event &assembler::builder::extend(const Event &e, unsigned kind) {
    return emit(e, kind);
}

void assembler::builder::tell_loss(const Event &before, std::uint64_t count, unsigned reason) {
    Event like = before;
    like.packet = trace::no_packet;
    like.fn = trace::no_function;
    Event &e = emit(like, SKBSCOPE_EV_LOSS);
    e.loss.lost = count;
    e.loss.reason = reason;
}

// Numbers that no record has: the hole stays visible in ours.
void assembler::builder::lose(const Event &before, std::uint32_t count) {
    next_seq[before.cpu] += count;
    tell_loss(before, count, SKBSCOPE_LOSS_RING_FULL);
    out.lost += count;
    lost += count;
}

// For what has no record of its own: the trace's last instant.
Event assembler::builder::nowhere(std::uint8_t cpu) const {
    Event like{};
    like.time = newest;
    like.cpu = cpu;
    like.state = SKBSCOPE_PROV_KERNEL << SKBSCOPE_STATE_PROV_SHIFT;
    return like;
}

void assembler::builder::take(const skbscope_raw_skb &r, std::uint32_t gap) {
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

void assembler::builder::place(Event &e, const skbscope_raw_skb &r) const {
    const auto host = [this](std::uint32_t net) -> std::uint8_t {
        const auto found = names.host_of_net.find(net);
        return found == names.host_of_net.end() ? 0 : found->second;
    };
    if (r.raw.what == SKBSCOPE_RAW_SKB) {
        const auto device = names.device_of_ifindex.find({r.dev_net, r.ifindex});
        if (device != names.device_of_ifindex.end()) {
            e.device = device->second;
            e.host = host(r.dev_net);
            return;
        }
    }
    e.host = host(r.raw.sk_net != 0 ? r.raw.sk_net : r.raw.task_net);
}

void assembler::builder::tell_packet(packet_entry &p, const skbscope_raw_skb &r, const Event &e) {
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

void assembler::builder::tell_socket(const skbscope_raw &r, const Event &e) {
    if (r.socket.sk == 0) return;
    skbscope_socket now = r.socket;
    now.wmem -= now.wmem != 0 ? 1 : 0; // the one that the socket itself holds
    skbscope_socket &said = sockets[now.sk];
    if (std::memcmp(&said, &now, sizeof now) == 0) return;
    said = now;
    const Event like = e;
    extend(like, SKBSCOPE_EV_EXT_SOCKET).socket = now;
}

void assembler::builder::tell_args(const probe_info &probe, const skbscope_raw &r, const Event &e) {
    if (probe.args == 0) return;
    const Event like = e;
    Event &x = extend(like, SKBSCOPE_EV_EXT_ARGS);
    x.args.count = std::min<std::uint8_t>(probe.args, 4);
    for (unsigned i = 0; i < x.args.count; ++i)
        x.args.value[i] = static_cast<std::uint64_t>(shaped(r.arg[i], probe.arg[i]));
}

void assembler::builder::queue(unsigned kind, const Event &like, trace::PacketId packet, std::uint32_t queue_id,
                               std::uint32_t length) {
    Event &e = emit(like, kind);
    e.packet = packet;
    e.queue.queue = queue_id;
    e.queue.length = length;
}

std::uint32_t assembler::builder::socket_queue(std::uint64_t sk) {
    const auto [at, is_new] = socket_queues.try_emplace(sk, 0);
    if (is_new) {
        const std::string nth = socket_queues.size() == 1 ? "" : " " + std::to_string(socket_queues.size());
        at->second = names.queue("sk_receive_queue" + nth);
    }
    return at->second;
}

void assembler::builder::enter(const skbscope_raw_skb &r) {
    const probe_info *info = probe(r.raw.event.fn);
    if (!info) return;
    Event like = r.raw.event;
    place(like, r);
    bool has_skb = r.raw.what == SKBSCOPE_RAW_SKB;
    // A register whose meaning nobody vouches for counts only when it names a packet that is alive.
    if (has_skb && !info->trust_skb && !packets.find(r.skb)) has_skb = false;
    packet_entry *p = nullptr;
    if (has_skb) p = info->role == probe_role::made_arg ? &packets.born(r.skb) : &packets.at(r.skb);
    if (p) {
        like.packet = p->id;
    } else {
        like.device = 0;
        std::memset(like.payload, 0, sizeof like.payload);
    }
    const bool gone = p && p->freed_head != 0 && p->freed_head == r.head;
    if (gone) forget_buffer(like);
    on_enter(*info, r, like);
    Event &e = emit(like, SKBSCOPE_EV_ENTER);
    if (p) {
        e.state = like.state;
        e.skb = like.skb;
    }
    const Event entered = e;
    stack(like).push_back(
        {like.fn, like.packet, has_skb ? r.skb : 0, r.raw.arg[0], like.host, like.device, entered.skb, lost});
    if (p && !gone) tell_packet(*p, r, entered);
    tell_args(*info, r.raw, entered);
    tell_socket(r.raw, entered);
    if (!p) return;
    if (info->role == probe_role::drops && like.skb.users <= 1) {
        p->drop_reason = static_cast<std::uint32_t>(r.raw.arg[1]);
        emit(entered, SKBSCOPE_EV_DROP).drop.reason = p->drop_reason;
    }
    if (info->role == probe_role::frees_head) {
        p->freed_head = r.head;
        emit(entered, SKBSCOPE_EV_HEAD_FREE);
    }
    if (info->role == probe_role::frees) {
        emit(entered, SKBSCOPE_EV_FREE).drop.reason = p->drop_reason;
        packets.end(r.skb);
    }
}

// What happened just before this call, where no probe stands: inline code of its caller.
void assembler::builder::on_enter(const probe_info &, const skbscope_raw_skb &r, const Event &like) {
    const std::vector<open_call> &calls = stack(like);
    if (calls.empty() || like.packet == trace::no_packet) return;
    const open_call &caller = calls.back();
    const packet_entry *p = packets.find(r.skb);
    if (probes[caller.probe].role == probe_role::backlog_out) {
        Event from = like;
        from.fn = caller.probe;
        queue(SKBSCOPE_EV_DEQUEUE, from, like.packet, names.queue("input_pkt_queue"), r.raw.backlog + r.raw.process);
    }
    if (p && p->device != 0 && like.device != 0 && p->device != like.device && p->announced) {
        Event from = like;
        from.fn = caller.probe;
        Event &e = emit(from, SKBSCOPE_EV_CROSSED);
        e.lineage.other_packet = like.packet;
        e.lineage.from_device = p->device;
        e.lineage.from_host = p->host;
        e.lineage.to_device = like.device;
        e.lineage.to_host = like.host;
    }
}

void assembler::builder::leave(const skbscope_raw_skb &r) {
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
    if (info->ret_known && info->ret.size != 0) {
        e.state |= SKBSCOPE_STATE_HAS_RET;
        e.leave.ret = shaped(static_cast<std::uint64_t>(r.raw.event.leave.ret), info->ret);
    }
    const Event left = e;
    tell_socket(r.raw, left);
    on_leave(*info, call, r.raw, left);
}

void assembler::builder::on_leave(const probe_info &probe, const open_call &call, const skbscope_raw &r,
                                  const Event &e) {
    const auto made = static_cast<std::uint64_t>(r.event.leave.ret);
    switch (probe.role) {
    case probe_role::backlog_in:
        if (e.leave.ret == 0) queue(SKBSCOPE_EV_ENQUEUE, e, call.packet, names.queue("input_pkt_queue"), r.backlog);
        break;
    case probe_role::socket_in:
        if (e.leave.ret == 0) queue(SKBSCOPE_EV_ENQUEUE, e, call.packet, socket_queue(call.arg0), r.sk_queue);
        break;
    case probe_role::socket_out:
        if (const packet_entry *p = made != 0 ? packets.find(made) : nullptr)
            queue(SKBSCOPE_EV_DEQUEUE, e, p->id, socket_queue(call.arg0), r.sk_queue);
        break;
    case probe_role::segments:
        if (packet_entry *p = made != 0 && made < ~0xfffULL ? packets.find(made) : nullptr) {
            Event like = e;
            like.packet = p->id;
            emit(like, SKBSCOPE_EV_SEGMENT_OF).lineage.other_packet = call.packet;
        }
        break;
    default:
        break;
    }
}

// A buffer operation (from a function's return), or a mark of the run.
void assembler::builder::operation(const skbscope_raw_skb &r) {
    Event like = r.raw.event;
    place(like, r);
    if (r.raw.what != SKBSCOPE_RAW_SKB) {
        Event &e = emit(like, like.kind);
        std::memcpy(e.payload, like.payload, sizeof e.payload);
        return;
    }
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
        extend(done, SKBSCOPE_EV_EXT_AMOUNT).amount.bytes = static_cast<__s64>(call->arg0);
    if (has_amount(done.kind) && call->packet == p.id)
        extend(done, SKBSCOPE_EV_EXT_AMOUNT).amount.bytes = moved(call->before, done.skb, done.kind);
    const bool descends = done.kind == SKBSCOPE_EV_CLONE || done.kind == SKBSCOPE_EV_COPY;
    if (descends && call->packet != trace::no_packet && call->packet != p.id)
        extend(done, SKBSCOPE_EV_EXT_LINEAGE).lineage.other_packet = call->packet;
}

assembler::assembler(const std::vector<probe_info> &probes, run_names &names)
    : builder_(new builder{probes, names, {}, {}, {}, {}, {}, {}, 0, 0}) {}
assembler::~assembler() = default;

assembled assembler::take(std::uint64_t until) {
    merge_.pop(until, [this](const skbscope_raw_skb &r, std::uint32_t lost) { builder_->take(r, lost); });
    return std::exchange(builder_->out, {});
}

void assembler::lose(std::uint64_t count, skbscope_loss_reason reason) {
    builder_->tell_loss(builder_->nowhere(0), count, reason);
}

assembled assembler::finish() {
    merge_.pop(record_merge::everything,
               [this](const skbscope_raw_skb &r, std::uint32_t lost) { builder_->take(r, lost); });
    for (const auto &[cpu, seq] : ends_) {
        if (const std::uint32_t lost = merge_.missing_before(cpu, seq); lost != 0)
            builder_->lose(builder_->nowhere(cpu), lost);
    }
    builder_->out.lost += std::exchange(refused_, 0);
    return std::exchange(builder_->out, {});
}

} // namespace skbscope::bpf
