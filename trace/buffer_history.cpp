// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/buffer_history.h"

#include <algorithm>

namespace skbscope::trace {

namespace {
// A buffer that was moved more often starts empty: a bound on what looking it up can cost.
constexpr unsigned most_moves = 16;

// A checkpoint every so many records. A large buffer gets fewer, so that checkpoints never take much more room than the
// records themselves, whatever a hostile trace asks for.
std::size_t checkpoint_distance(const BufferBytes &content) {
    return std::max<std::size_t>(32, content.bytes.size() / 64);
}

// True when something changed.
bool apply(BufferBytes &content, const skbscope_bytes &b) {
    const std::size_t count = std::min<std::size_t>(b.count, SKBSCOPE_BYTES_MAX);
    if (count == 0) return false;
    const std::size_t end = b.offset + count;
    if (content.bytes.size() < end) {
        content.bytes.resize(end);
        content.known.resize(end);
    }
    bool changed = false;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = b.offset + i;
        changed = changed || !content.known[at] || content.bytes[at] != b.data[i];
        content.bytes[at] = b.data[i];
        content.known[at] = 1;
    }
    return changed;
}

BufferBytes shifted(const BufferBytes &from, std::int64_t by) {
    BufferBytes to;
    const auto size = static_cast<std::int64_t>(from.bytes.size());
    if (size + by <= 0) return to;
    to.bytes.resize(static_cast<std::size_t>(size + by));
    to.known.resize(to.bytes.size());
    for (std::int64_t i = std::max<std::int64_t>(0, -by); i < size; ++i) {
        to.bytes[static_cast<std::size_t>(i + by)] = from.bytes[static_cast<std::size_t>(i)];
        to.known[static_cast<std::size_t>(i + by)] = from.known[static_cast<std::size_t>(i)];
    }
    return to;
}
} // namespace

BufferId BufferHistory::create() {
    buffers_.emplace_back();
    return static_cast<BufferId>(buffers_.size() - 1);
}

BufferId BufferHistory::create_moved(BufferId from, std::uint32_t event, std::int64_t shift) {
    const unsigned generation = buffers_[from].generation + 1;
    const BufferId id = create();
    if (generation > most_moves) return id;
    Buffer &b = buffers_[id];
    b.from = from;
    b.moved_at = event;
    b.shift = shift;
    b.generation = generation;
    return id;
}

void BufferHistory::add_record(BufferId buffer, std::uint32_t event) {
    buffers_[buffer].records.push_back(event);
}

bool BufferHistory::merge(BufferId buffer, BufferId other) {
    std::vector<std::uint32_t> &to = buffers_[buffer].records;
    std::vector<std::uint32_t> &from = buffers_[other].records;
    if (from.empty()) return true;
    const auto first = std::lower_bound(to.begin(), to.end(), from.front()) - to.begin();
    const std::size_t work = to.size() - static_cast<std::size_t>(first) + from.size();
    if (work > merge_budget_) return false;
    merge_budget_ -= work;
    const auto middle = static_cast<std::ptrdiff_t>(to.size());
    to.insert(to.end(), from.begin(), from.end());
    std::inplace_merge(to.begin() + first, to.begin() + middle, to.end());
    from.clear();
    return true;
}

void BufferHistory::build() {
    for (Buffer &b : buffers_) {
        BufferBytes content = initial(b);
        std::size_t since = 0;
        for (std::size_t i = 0; i < b.records.size(); ++i) {
            if (apply(content, side_.events[b.records[i]].bytes)) b.changes.push_back(b.records[i]);
            if (++since < checkpoint_distance(content)) continue;
            b.checkpoints.push_back({i + 1, content});
            since = 0;
        }
    }
}

// What a moved buffer was copied from stands before it, so it is built already.
BufferBytes BufferHistory::initial(const Buffer &buffer) const {
    return buffer.from == no_buffer ? BufferBytes{} : shifted(at(buffer.from, buffer.moved_at), buffer.shift);
}

BufferBytes BufferHistory::at(BufferId id, std::uint32_t event) const {
    const Buffer &b = buffers_[id];
    const auto end = std::upper_bound(b.records.begin(), b.records.end(), event);
    const auto seen = static_cast<std::size_t>(end - b.records.begin());
    const auto later = [](std::size_t records, const Checkpoint &c) { return records < c.records; };
    const auto next = std::upper_bound(b.checkpoints.begin(), b.checkpoints.end(), seen, later);
    const bool from_start = next == b.checkpoints.begin();
    BufferBytes content = from_start ? initial(b) : std::prev(next)->content;
    for (std::size_t i = from_start ? 0 : std::prev(next)->records; i < seen; ++i)
        apply(content, side_.events[b.records[i]].bytes);
    return content;
}

} // namespace skbscope::trace
