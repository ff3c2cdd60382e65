// SPDX-License-Identifier: GPL-2.0-or-later
// The past of every packet of a side, with checkpoints: the state after any event costs a binary search and the replay
// of a bounded number of records. Internal to trace/.
#pragma once

#include "trace/state.h"

#include <unordered_map>

namespace skbscope::trace {

class PacketHistory {
public:
    explicit PacketHistory(const Side &side);

    [[nodiscard]] PacketState at(PacketId id, std::uint32_t event) const;
    [[nodiscard]] std::span<const std::uint32_t> changes(PacketId id) const;

private:
    struct Checkpoint {
        std::size_t touches; // how many records it has seen
        PacketState state;
    };
    struct Past {
        std::vector<std::uint32_t> touches; // events that say something about the packet
        std::vector<std::uint32_t> changes; // those that changed it
        std::vector<Checkpoint> checkpoints;
        PacketId original = no_packet;    // whose buffer it shares as a clone,
        std::uint32_t inherits_at = npos; // known from this event on
        unsigned generation = 0;          // clone of a clone of ...
        // only while building
        std::uint64_t head = 0;
        std::uint16_t device = 0;
        std::uint8_t host = 0;
        bool built = false;
    };

    void collect(const Side &side);
    void build(Past &past);
    void link_clone(Past &past, PacketId id, const Event &e, std::uint32_t event, std::uint8_t base_kind);
    void replay(const Past &past, PacketState &state, std::size_t from, std::uint32_t until) const;
    bool step(const Past &past, PacketState &state, std::uint32_t event) const;

    const Side &side_;
    std::unordered_map<PacketId, Past> pasts_;
    std::vector<PacketId> order_; // of first sight
};

} // namespace skbscope::trace
