// SPDX-License-Identifier: GPL-2.0-or-later
// The bytes of every data buffer over time. A buffer belongs to no single sk_buff: clones share it, and what is
// recorded of it under one of them is true for all. Internal to trace/.
#pragma once

#include "trace/trace.h"

#include <vector>

namespace skbscope::trace {

using BufferId = std::uint32_t; // index; in order of first sight
inline constexpr BufferId no_buffer = 0xffffffff;

struct BufferBytes {
    std::vector<std::uint8_t> bytes, known; // from head; known[i] is 1 where bytes[i] was recorded
};

class BufferHistory {
public:
    // `records`: how many there are of the packets whose buffers these are.
    BufferHistory(const Side &side, std::size_t records) : side_(side), merge_budget_(16 * records) {}

    // Making it, in the order of events:
    [[nodiscard]] BufferId create();
    // The content of `from` as of `event`, `shift` bytes further from the head: pskb_expand_head().
    [[nodiscard]] BufferId create_moved(BufferId from, std::uint32_t event, std::int64_t shift);
    void add_record(BufferId buffer, std::uint32_t event); // an EXT_BYTES record
    // `other` turns out to be the same buffer: its records become those of `buffer`. False: not done. An honest trace
    // says so within a record or two; one that never does would cost too much.
    [[nodiscard]] bool merge(BufferId buffer, BufferId other);
    void build(); // when all records are in

    [[nodiscard]] BufferBytes at(BufferId buffer, std::uint32_t event) const;
    // Records that changed something, ascending.
    [[nodiscard]] const std::vector<std::uint32_t> &changes(BufferId buffer) const { return buffers_[buffer].changes; }

private:
    struct Checkpoint {
        std::size_t records; // how many it has seen
        BufferBytes content;
    };
    struct Buffer {
        std::vector<std::uint32_t> records, changes;
        std::vector<Checkpoint> checkpoints;
        BufferId from = no_buffer; // what it was copied from,
        std::uint32_t moved_at = 0;
        std::int64_t shift = 0;
        unsigned generation = 0; // how often it was moved before
    };
    [[nodiscard]] BufferBytes initial(const Buffer &buffer) const;

    const Side &side_;
    std::size_t merge_budget_; // records that may still be moved
    std::vector<Buffer> buffers_;
};

} // namespace skbscope::trace
