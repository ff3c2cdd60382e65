// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/packet_replay.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace skbscope::trace {

namespace {
bool same_snapshot(const Snapshot &a, const Snapshot &b) {
    return std::memcmp(&a, &b, sizeof a) == 0;
}

bool moved(const Snapshot &a, const Snapshot &b) {
    return data_of(a) != data_of(b) || tail_of(a) != tail_of(b);
}

// pskb_expand_head() copies the old buffer into a bigger one, `by` bytes further from its head (or nearer).
void shift_bytes(PacketState &state, std::int64_t by) {
    std::vector<std::uint8_t> bytes, known;
    for (std::size_t i = 0; i < state.bytes.size(); ++i) {
        const std::int64_t to = static_cast<std::int64_t>(i) + by;
        if (to < 0) continue;
        const auto at = static_cast<std::size_t>(to);
        if (bytes.size() <= at) {
            bytes.resize(at + 1);
            known.resize(at + 1);
        }
        bytes[at] = state.bytes[i];
        known[at] = state.known[i];
    }
    state.bytes = std::move(bytes);
    state.known = std::move(known);
}

bool apply_snapshot(PacketState &state, const Event &e, std::uint32_t event) {
    const bool first = state.snapshot_event == npos;
    const bool changed = first || !same_snapshot(state.skb, e.skb);
    if (!first && e.kind == SKBSCOPE_EV_EXPAND)
        shift_bytes(state, static_cast<std::int64_t>(e.skb.headroom) - state.skb.headroom);
    if (!first && moved(state.skb, e.skb)) {
        state.last_op = event;
        state.before_op = state.skb;
    }
    if (e.skb.nr_frags < state.frags.size()) state.frags.resize(e.skb.nr_frags);
    state.skb = e.skb;
    state.snapshot_event = event;
    return changed;
}

bool apply_bytes(PacketState &state, const skbscope_bytes &b) {
    const std::size_t count = std::min<std::size_t>(b.count, SKBSCOPE_BYTES_MAX);
    if (count == 0) return false;
    const std::size_t end = b.offset + count;
    bool changed = false;
    if (state.bytes.size() < end) {
        state.bytes.resize(end);
        state.known.resize(end);
    }
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = b.offset + i;
        changed = changed || !state.known[at] || state.bytes[at] != b.data[i];
        state.bytes[at] = b.data[i];
        state.known[at] = 1;
    }
    return changed;
}

bool apply_frags(PacketState &state, const skbscope_frags &f) {
    const std::size_t count = std::min<std::size_t>(f.count, std::size(f.size));
    const std::vector<std::uint32_t> before = state.frags;
    state.frags.resize(std::max<std::size_t>(state.frags.size(), f.first + count));
    for (std::size_t i = 0; i < count; ++i)
        state.frags[f.first + i] = f.size[i];
    return state.frags != before;
}
} // namespace

bool apply_to_packet(PacketState &state, const Event &e, std::uint32_t event) {
    state.id = e.packet;
    state.seen = true;
    if (e.device != 0) state.device = e.device;
    if (e.host != 0) state.host = e.host;
    if (has_snapshot(e)) return apply_snapshot(state, e, event);
    switch (e.kind) {
    case SKBSCOPE_EV_FREE:
        return !std::exchange(state.freed, true);
    case SKBSCOPE_EV_EXT_BYTES:
        return apply_bytes(state, e.bytes);
    case SKBSCOPE_EV_EXT_FRAGS:
        return apply_frags(state, e.frags);
    default:
        return false;
    }
}

void inherit_bytes(PacketState &clone, const PacketState &original) {
    if (!clone.bytes.empty()) return;
    clone.bytes = original.bytes;
    clone.known = original.known;
}

} // namespace skbscope::trace
