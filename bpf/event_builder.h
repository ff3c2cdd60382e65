// SPDX-License-Identifier: GPL-2.0-or-later
// What assembler does with records once they are in order. Internal to bpf/; split by subject: calls and packets in
// event_builder.cpp, who descends from whom in event_lineage.cpp, queues in event_queues.cpp.
#pragma once

#include "bpf/assemble.h"
#include "bpf/packet_book.h"

#include <array>
#include <map>
#include <unordered_map>
#include <vector>

namespace skbscope::bpf {

struct open_call {
    std::uint16_t probe; // index
    trace::PacketId packet;
    std::uint64_t skb; // address
    std::array<std::uint64_t, 4> arg;
    std::uint8_t host;
    std::uint16_t device;
    trace::Snapshot before; // zero where the call has no packet
    std::uint64_t lost;     // records lost until it began
    unsigned context;
    trace::PacketId works_for = trace::no_packet; // has no packet of its own: the one its caller has
    trace::PacketId met = trace::no_packet;       // has none, and nor has its caller: the first one below it
    bool met_others = false;
    std::uint32_t pieces = 0; // ip_do_fragment: told of so far
    bool queued = false;      // that it put its packet in a queue is told already
};

struct event_builder {
    using Event = trace::Event;

    const std::vector<probe_info> &probes;
    run_names &names;
    assembled out;
    packet_book packets;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<open_call>> stacks;    // by (task, CPU if it is idle)
    std::map<std::uint64_t, skbscope_socket> sockets;                                    // what was said of each
    std::unordered_map<std::uint64_t, std::uint8_t> host_of_socket;                      // by address
    std::unordered_map<std::uint64_t, std::pair<std::uint16_t, std::uint8_t>> device_at; // address -> device, host
    std::map<std::uint64_t, std::uint32_t> queue_at;                                     // address of its owner -> id
    std::map<std::uint32_t, std::uint32_t> queue_length;                                 // by id: as it was last
    std::map<std::uint64_t, std::vector<trace::PacketId>> gathered;                      // inet_frag_queue -> fragments
    std::map<std::uint8_t, std::uint32_t> next_seq;                                      // of our own events, by CPU
    std::uint64_t newest = 0;                                                            // time of the newest record
    std::uint64_t lost = 0;                                                              // records, until now

    event_builder(const std::vector<probe_info> &all, run_names &run) : probes(all), names(run) {}

    // -- records in
    void take(const skbscope_raw_skb &r, std::uint32_t gap);
    void enter(const skbscope_raw_skb &r);
    void leave(const skbscope_raw_skb &r);
    void operation(const skbscope_raw_skb &r);

    // -- records out
    Event &emit(const Event &like, unsigned kind);
    Event &extend(const Event &e, unsigned kind) { return emit(e, kind); }
    void lose(const Event &before, std::uint32_t count);
    void tell_loss(const Event &before, std::uint64_t count, unsigned reason);
    [[nodiscard]] Event nowhere(std::uint8_t cpu) const;

    // -- what follows from a record
    void place(Event &e, const skbscope_raw_skb &r, const probe_info *probe, bool has_skb);
    [[nodiscard]] packet_entry *packet_of(const skbscope_raw_skb &r, const probe_info &probe);
    [[nodiscard]] packet_entry &becomes_clone(const skbscope_raw_skb &r);
    void tell_packet(packet_entry &p, const skbscope_raw_skb &r, const Event &e);
    void tell_socket(const skbscope_raw &r, const Event &e);
    void tell_args(const probe_info &probe, const skbscope_raw &r, const Event &e);
    void tell_end(const probe_info &probe, packet_entry &p, const skbscope_raw_skb &r, const Event &entered);
    void ended(const Event &e, std::uint64_t skb);
    void given_up(const skbscope_raw_skb &r, Event like);
    void end_on_leave(const probe_info &probe, const open_call &call, const Event &e);

    // -- lineage
    void tie(open_call &call, const Event &entered);
    void tie_on_leave(const open_call &call, const Event &left);
    void meet(const Event &e);
    void kin(const Event &like, unsigned kind, trace::PacketId packet, trace::PacketId other, std::uint32_t index = 0);
    void cross(const skbscope_raw_skb &r, const Event &e);
    void lineage_on_enter(const probe_info &probe, const skbscope_raw_skb &r, const Event &e);
    void lineage_on_leave(const probe_info &probe, const open_call &call, const skbscope_raw &r, const Event &e);
    void segments(const skbscope_raw_skb &r);

    // -- queues
    void queue(unsigned kind, const Event &like, packet_entry &p, std::uint32_t id, const skbscope_queue &now);
    void put_in(const Event &e, packet_entry &p, std::uint32_t id, const skbscope_raw &r);
    void take_out(const Event &like, packet_entry &p, std::uint32_t id, const skbscope_raw &r);
    void queued_before(const Event &like);
    void gone_from_queue(const Event &like, packet_entry &p);
    std::uint32_t queue_of(std::uint64_t owner, const std::string &name);
    void queues_on_enter(const probe_info &probe, const skbscope_raw_skb &r, const Event &e);
    void queues_on_leave(const probe_info &probe, const open_call &call, const skbscope_raw &r, const Event &e);

    std::vector<open_call> &stack(const Event &e) { return stacks[{e.task, e.task == 0 ? e.cpu : 0U}]; }
    // The call that this one is made by: the innermost open one, if it runs in the same context.
    [[nodiscard]] open_call *caller(const Event &e);
    [[nodiscard]] const probe_info *probe(std::uint16_t fn) const { return fn < probes.size() ? &probes[fn] : nullptr; }
    [[nodiscard]] probe_role role_of(const open_call *call) const {
        return call ? probes[call->probe].role : probe_role::none;
    }
};

} // namespace skbscope::bpf
