// SPDX-License-Identifier: GPL-2.0-or-later
// Who is who among the sk_buffs of a run, and what the trace has already said of each: its bytes, its fragments, its
// socket. An id is given at first sight and never again; it ends when the struct is given back.
#pragma once

#include "trace/event.h"

#include "bpf/probes/probe_abi.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace skbscope::bpf {

struct packet_entry {
    trace::PacketId id = trace::no_packet;
    std::uint64_t head = 0;
    std::uint64_t sk = 0;
    bool announced = false;       // EXT_IDENTITY is out
    std::uint64_t freed_head = 0; // a buffer that was given back: what the probes read there since is anyone's
    std::uint32_t drop_reason = 0;
    std::vector<std::uint8_t> bytes; // from head, as the trace knows them
    std::vector<bool> known;
    std::vector<std::uint32_t> frags;
    std::uint16_t device = 0; // where it was seen last, for lineage across devices
    std::uint8_t host = 0;
    std::uint32_t queue = 0; // that it is in, as far as is known; 0 = none
};

// A stretch of bytes that the trace does not know yet, or no longer.
struct byte_run {
    std::uint16_t offset; // from head
    std::vector<std::uint8_t> data;
};

class packet_book {
public:
    // The packet at this address, a new one where none lives there.
    packet_entry &at(std::uint64_t skb);
    [[nodiscard]] packet_entry *find(std::uint64_t skb);
    // A struct begins its life here, whatever the book thought of its address.
    packet_entry &born(std::uint64_t skb);
    void end(std::uint64_t skb) { live_.erase(skb); }

    // What of the record's bytes is news; from then on it is known. A buffer that moved is all news.
    [[nodiscard]] static std::vector<byte_run> changed_bytes(packet_entry &packet, const skbscope_raw_skb &raw);

private:
    std::unordered_map<std::uint64_t, packet_entry> live_;
    trace::PacketId next_ = 1;
};

} // namespace skbscope::bpf
