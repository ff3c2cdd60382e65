// SPDX-License-Identifier: GPL-2.0-or-later
// The bytes of matched calls' packets, compared when they changed since they were last compared. Internal to trace/.
#pragma once

#include "trace/compared.h"
#include "trace/packet_words.h"

#include <set>

namespace skbscope::trace {

// What one side saw of its packets' bytes, over time.
class ByteHistory {
public:
    explicit ByteHistory(const Side &side);
    // What becomes of byte `at` of the packet, as of `event`.
    struct Fate {
        bool first = false;    // it still has the value it was first seen with
        bool replaced = false; // another value comes later
        unsigned last = 0;     // the value it has in the end
    };
    [[nodiscard]] Fate fate(PacketId id, std::uint32_t at, std::uint32_t event) const;

private:
    struct Change {
        std::uint32_t event;
        std::uint8_t value;
    };
    using Past = std::unordered_map<std::uint32_t, std::vector<Change>>; // by offset; the first is the first sight
    void add(std::uint32_t event, const Event &e);
    std::unordered_map<PacketId, Past> pasts_;
};

class ByteComparer {
public:
    ByteComparer(const Compared &left, const Compared &right);
    // What is new at these two matched calls.
    [[nodiscard]] std::vector<FieldDifference> compare(std::uint32_t left_call, std::uint32_t right_call);
    // By how much the bytes that are random by design change a ones' complement sum over the packets of two matched
    // calls, right minus left: 16-bit words as the machine adds them (little endian), folded. Nothing where no byte
    // differs, or one for another reason, or a call has no packet.
    struct RandomSum {
        std::uint32_t change = 0; // modulo 0xffff
        std::string bytes;        // "18-19, 26-27"
    };
    [[nodiscard]] std::optional<RandomSum> random_sum(std::uint32_t left_call, std::uint32_t right_call);

private:
    struct Seen {
        std::size_t left = 0, right = 0;                            // changes compared so far
        std::uint32_t left_event = 0, right_event = 0;              // when that was
        std::set<std::pair<std::uint32_t, std::uint32_t>> reported; // offset, left value << 8 | right value
    };
    struct Pair {
        PacketState left, right;
        ByteReasons reasons;
        std::size_t end = 0; // of what both have
    };
    [[nodiscard]] Pair pair_at(PacketId l, PacketId r, std::uint32_t le, std::uint32_t re);
    [[nodiscard]] Reason lost_since(const Seen &seen, std::uint32_t left_event, std::uint32_t right_event) const;
    [[nodiscard]] Reason unwritten(PacketId l, PacketId r, std::uint32_t at, std::uint32_t le, std::uint32_t re) const;

    const Compared &left_, &right_;
    StateIndex left_states_, right_states_;
    ByteHistory left_bytes_, right_bytes_;
    PortPairs ports_;
    SequencePairs sequences_;
    IdPairs ids_;
    std::map<std::pair<PacketId, PacketId>, Seen> seen_;
};

} // namespace skbscope::trace
