// SPDX-License-Identifier: GPL-2.0-or-later
// What is true at an instant: the sk_buff, its bytes, the queues and the contexts after the first n events. A look-up,
// never a replay from the start: checkpoints every few hundred events make stepping back as cheap as stepping forward.
#pragma once

#include "trace/call_tree.h"
#include "trace/packets.h"

#include <memory>
#include <span>
#include <vector>

namespace skbscope::trace {

struct PacketState {
    PacketId id = no_packet;
    bool seen = false, freed = false;
    Snapshot skb{};
    std::uint32_t snapshot_event = npos; // where skb was read
    // From head; valid where known[i] is 1. What is recorded of a buffer under one of the structs that share it
    // (clones) is known of it for all; a buffer that pskb_expand_head() moved keeps its bytes at their new place.
    std::vector<std::uint8_t> bytes;
    std::vector<std::uint8_t> known;
    std::uint32_t last_op = npos;     // event index of the last buffer operation that moved data or tail
    Snapshot before_op{};             // the snapshot before that operation: what the ghost is drawn from
    std::vector<std::uint32_t> frags; // sizes
    // A size in `frags` was not recorded: nr_frags grew by one and data_len by so much.
    bool frags_inferred = false;
    std::uint16_t device = 0;
    std::uint8_t host = 0;
};

struct QueueState {
    std::uint32_t queue = 0; // id
    std::uint32_t length = 0, limit = 0, bytes = 0;
    std::uint32_t last_event = npos;
};

struct Instant {
    std::uint32_t event = npos;     // the last event that counts
    std::uint32_t call = npos;      // innermost call running
    PacketId packet = no_packet;    // the packet the event is about, else the last one that was
    std::vector<QueueState> queues; // by queue id order
};

// Ascending event indices. Holds what they are kept in: valid as long as it lives.
class ChangeList {
public:
    ChangeList() = default;
    ChangeList(std::shared_ptr<const void> keeper, std::span<const std::uint32_t> events)
        : keeper_(std::move(keeper)), events_(events) {}
    [[nodiscard]] auto begin() const { return events_.begin(); }
    [[nodiscard]] auto end() const { return events_.end(); }
    [[nodiscard]] bool empty() const { return events_.empty(); }
    [[nodiscard]] std::size_t size() const { return events_.size(); }
    [[nodiscard]] std::uint32_t operator[](std::size_t i) const { return events_[i]; }
    [[nodiscard]] std::uint32_t back() const { return events_.back(); }

private:
    std::shared_ptr<const void> keeper_;
    std::span<const std::uint32_t> events_;
};

// Of a long trace it keeps only where each packet's records are; a packet's past is worked out when somebody asks about
// it, and kept while others are not asked about instead. May be asked by several threads.
class StateIndex {
public:
    // `side` and `tree` must outlive it, unchanged. Event indices past the end mean the last event.
    StateIndex(const Side &side, const CallTree &tree);
    ~StateIndex();
    StateIndex(StateIndex &&) noexcept;
    [[nodiscard]] Instant at(std::uint32_t event) const;
    [[nodiscard]] PacketState packet_at(PacketId id, std::uint32_t event) const;
    // The other sk_buffs that look into the same data buffer at that moment and are not freed: clones and what they
    // were cloned from, in order of first sight. At most 1,024.
    [[nodiscard]] std::vector<PacketId> sharing(PacketId id, std::uint32_t event) const;
    // Event indices at which `packet`'s snapshot or bytes changed, ascending: "who changed this last?"
    [[nodiscard]] ChangeList changes(PacketId id) const;
    // All records of `packet`, ascending.
    [[nodiscard]] std::vector<std::uint32_t> records(PacketId id) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// One entered function that holds an sk_buff a line: name, then field=value columns, as compare_state.py of the
// reference kernel's oracle reads. Only functions that the stock kernel can show with their sk_buff argument.
[[nodiscard]] std::string to_state_text(const Side &side, const CallTree &tree);

} // namespace skbscope::trace
