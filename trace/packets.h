// SPDX-License-Identifier: GPL-2.0-or-later
// Who is who among the packets of one side: identity (first seen, original head, with the struct's address beside it)
// and lineage (clone of, segment of, merged into, fragment of, reassembled from, crossed a device).
#pragma once

#include "trace/trace.h"

#include <optional>
#include <vector>

namespace skbscope::trace {

struct Packet {
    PacketId id = no_packet;
    std::uint64_t skb = 0;            // address of the struct
    std::uint64_t head = 0;           // address of the buffer when first seen
    std::uint32_t first = 0xffffffff; // event index of its first record
    std::uint32_t last = 0xffffffff;  // event index of its last record (its free, where it was seen)
    bool freed = false;
    PacketId origin = no_packet;   // lineage: what it came from
    std::uint8_t lineage_kind = 0; // SKBSCOPE_EV_CLONE_OF ...; 0 = none
    std::uint32_t drop_reason = 0; // 0 = consumed or still alive
};

struct PacketTable {
    std::vector<Packet> packets;      // ordered by first
    std::vector<std::uint32_t> by_id; // indices into packets, by ascending id
    [[nodiscard]] const Packet *find(PacketId id) const;
    // The oldest ancestor: every clone, fragment and segment of one datagram gives the same one.
    [[nodiscard]] PacketId family(PacketId id) const;
};

[[nodiscard]] PacketTable build_packet_table(const Side &side);

} // namespace skbscope::trace
