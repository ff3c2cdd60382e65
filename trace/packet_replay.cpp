// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/packet_replay.h"

#include "trace/seen.h"

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

// Sizes are recorded at first sight. One fragment more, and data_len longer by so much: that is its size.
void follow_frags(PacketState &state, const Snapshot &now) {
    if (now.nr_frags < state.frags.size()) state.frags.resize(now.nr_frags);
    if (now.nr_frags == 0) state.frags_inferred = false;
    const bool one_more = state.snapshot_event != npos && now.nr_frags == state.skb.nr_frags + 1 &&
                          state.frags.size() == state.skb.nr_frags && now.data_len > state.skb.data_len;
    if (!one_more) return;
    state.frags.push_back(now.data_len - state.skb.data_len);
    state.frags_inferred = true;
}

bool apply_snapshot(PacketState &state, const Event &e, std::uint32_t event) {
    const bool first = state.snapshot_event == npos;
    const bool changed = first || !same_snapshot(state.skb, e.skb);
    if (!first && moved(state.skb, e.skb)) {
        state.last_op = event;
        state.before_op = state.skb;
    }
    follow_frags(state, e.skb);
    state.skb = e.skb;
    state.snapshot_event = event;
    return changed;
}

bool apply_frags(PacketState &state, const skbscope_frags &f) {
    const std::size_t count = std::min<std::size_t>(f.count, std::size(f.size));
    const std::vector<std::uint32_t> before = state.frags;
    state.frags.resize(std::max<std::size_t>(state.frags.size(), f.first + count));
    for (std::size_t i = 0; i < count; ++i)
        state.frags[f.first + i] = f.size[i];
    if (f.first == 0 && state.frags.size() == count) state.frags_inferred = false;
    return state.frags != before;
}
} // namespace

bool apply_to_packet(PacketState &state, const Event &e, std::uint32_t event) {
    state.id = e.packet;
    state.seen = true;
    if (places_packet(e)) {
        if (e.device != 0) state.device = e.device;
        if (e.host != 0) state.host = e.host;
    }
    if (shows_packet(e)) return apply_snapshot(state, e, event);
    if (e.kind == SKBSCOPE_EV_FREE) return !std::exchange(state.freed, true);
    return e.kind == SKBSCOPE_EV_EXT_FRAGS && apply_frags(state, e.frags);
}

} // namespace skbscope::trace
