// SPDX-License-Identifier: GPL-2.0-or-later
// The past of a few packets that may share buffers (a family: what was cloned from each other), with checkpoints: the
// state after any event costs a binary search and the replay of a bounded number of records. Internal to trace/.
#pragma once

#include "trace/buffer_history.h"
#include "trace/state.h"

#include <unordered_map>

namespace skbscope::trace {

// A record of a family, and the kind of the record it extends (its own, where it extends none).
struct FamilyRecord {
    std::uint32_t event;
    std::uint8_t base_kind;
};

// A record that tells that its packet is a clone.
[[nodiscard]] constexpr bool is_clone_record(const Event &e, std::uint8_t base_kind) {
    return e.kind == SKBSCOPE_EV_CLONE_OF || (e.kind == SKBSCOPE_EV_EXT_LINEAGE && base_kind == SKBSCOPE_EV_CLONE);
}

class FamilyHistory {
public:
    // All records of the family's packets, ascending. `side` must outlive this.
    FamilyHistory(const Side &side, std::span<const FamilyRecord> records);

    [[nodiscard]] std::size_t records() const { return records_; }
    [[nodiscard]] PacketState at(PacketId id, std::uint32_t event) const;
    [[nodiscard]] std::span<const std::uint32_t> changes(PacketId id) const;
    [[nodiscard]] std::vector<PacketId> sharing(PacketId id, std::uint32_t event) const;

private:
    struct Checkpoint { // every so many touches
        PacketState state;
    };
    // From `event` on the packet's data is in this buffer.
    struct Attachment {
        std::uint32_t event;
        BufferId buffer;
    };
    struct Past {
        std::vector<std::uint32_t> touches; // events that say something about the packet itself
        std::vector<std::uint32_t> changes; // those that changed it or its bytes
        std::vector<Checkpoint> checkpoints;
        std::vector<Attachment> buffers;
        std::uint32_t freed = npos; // event
        // while collecting
        PacketId original = no_packet; // it is a clone of this one
        bool linked = false;           // and shares its buffer
        std::uint64_t head = 0;        // 0: not known (any more)
        std::uint32_t headroom = 0;    // of the last snapshot
        bool has_snapshot = false;
        std::uint16_t device = 0;
        std::uint8_t host = 0;
    };

    void collect(std::span<const FamilyRecord> records);
    void note_sharers();
    [[nodiscard]] static BufferId buffer_at(const Past &past, std::uint32_t event);
    void follow_buffer(Past &past, const Event &e, std::uint32_t event, std::uint8_t base_kind);
    void link_clone(Past &past);
    void identify(Past &past, std::uint64_t head, std::uint32_t event);
    [[nodiscard]] bool matters(const Past &past, const Event &e) const;
    void build(Past &past);
    void add_shared_changes(Past &past);

    const Side &side_;
    std::size_t records_; // how many
    BufferHistory buffers_;
    std::unordered_map<PacketId, Past> pasts_;
    std::vector<PacketId> order_; // of first sight
    std::size_t shared_changes_ = 0;
    std::unordered_map<BufferId, std::vector<PacketId>> sharers_; // of buffers that more than one packet ever had
};

} // namespace skbscope::trace
