// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/packet_history.h"

#include "trace/packet_replay.h"

#include <algorithm>

namespace skbscope::trace {

namespace {
// A checkpoint every so many records. A packet with many bytes gets fewer, so that checkpoints never take much more
// room than the records themselves, whatever a hostile trace asks for.
std::size_t checkpoint_distance(const PacketState &state) {
    return std::max<std::size_t>(32, state.bytes.size() / 64);
}

// Clones of clones are followed this far.
constexpr unsigned deepest_generation = 16;

bool always_matters(const Event &e) {
    return has_snapshot(e) || e.kind == SKBSCOPE_EV_FREE || e.kind == SKBSCOPE_EV_EXT_BYTES ||
           e.kind == SKBSCOPE_EV_EXT_FRAGS;
}

bool moves(const Event &e, std::uint16_t device, std::uint8_t host) {
    return (e.device != 0 && e.device != device) || (e.host != 0 && e.host != host);
}
} // namespace

PacketHistory::PacketHistory(const Side &side) : side_(side) {
    collect(side);
    for (const PacketId id : order_)
        build(pasts_[id]);
}

void PacketHistory::collect(const Side &side) {
    std::uint8_t base_kind = 0;
    for (std::uint32_t i = 0; i < side.events.size(); ++i) {
        const Event &e = side.events[i];
        if (!is_extension(e)) base_kind = e.kind;
        if (e.packet == no_packet) continue;
        const auto [at, is_new] = pasts_.try_emplace(e.packet);
        Past &past = at->second;
        if (is_new) order_.push_back(e.packet);
        link_clone(past, e.packet, e, i, base_kind);
        if (!is_new && !always_matters(e) && past.inherits_at != i && !moves(e, past.device, past.host)) continue;
        if (e.device != 0) past.device = e.device;
        if (e.host != 0) past.host = e.host;
        past.touches.push_back(i);
    }
}

// A clone shares its original's buffer when both structs point to the same head. Which of the two records, lineage or
// identity, comes first does not matter.
void PacketHistory::link_clone(Past &past, PacketId id, const Event &e, std::uint32_t event, std::uint8_t base_kind) {
    const bool clone =
        e.kind == SKBSCOPE_EV_CLONE_OF || (e.kind == SKBSCOPE_EV_EXT_LINEAGE && base_kind == SKBSCOPE_EV_CLONE);
    const bool identity = e.kind == SKBSCOPE_EV_EXT_IDENTITY;
    if (identity) past.head = e.identity.head;
    if (clone && past.original == no_packet && e.lineage.other_packet != id) past.original = e.lineage.other_packet;
    if ((!clone && !identity) || past.original == no_packet || past.inherits_at != npos || past.head == 0) return;
    const auto original = pasts_.find(past.original);
    if (original == pasts_.end() || original->second.head != past.head) return;
    if (original->second.generation >= deepest_generation) return;
    past.generation = original->second.generation + 1;
    past.inherits_at = event;
}

void PacketHistory::build(Past &past) {
    PacketState state;
    std::size_t since = 0;
    for (std::size_t i = 0; i < past.touches.size(); ++i) {
        if (step(past, state, past.touches[i])) past.changes.push_back(past.touches[i]);
        if (++since < checkpoint_distance(state)) continue;
        past.checkpoints.push_back({i + 1, state});
        since = 0;
    }
    past.built = true;
}

bool PacketHistory::step(const Past &past, PacketState &state, std::uint32_t event) const {
    bool changed = apply_to_packet(state, side_.events[event], event);
    if (event != past.inherits_at) return changed;
    // An original is seen before its clones; were it not, looking it up could cost a whole replay each time.
    const auto original = pasts_.find(past.original);
    if (original == pasts_.end() || !original->second.built) return changed;
    inherit_bytes(state, at(past.original, event));
    return true;
}

void PacketHistory::replay(const Past &past, PacketState &state, std::size_t from, std::uint32_t until) const {
    for (std::size_t i = from; i < past.touches.size() && past.touches[i] <= until; ++i)
        step(past, state, past.touches[i]);
}

PacketState PacketHistory::at(PacketId id, std::uint32_t event) const {
    PacketState state;
    state.id = id;
    const auto found = pasts_.find(id);
    if (found == pasts_.end()) return state;
    const Past &past = found->second;
    const auto seen = static_cast<std::size_t>(std::upper_bound(past.touches.begin(), past.touches.end(), event) -
                                               past.touches.begin());
    const auto later = [](std::size_t touches, const Checkpoint &c) { return touches < c.touches; };
    const auto next = std::upper_bound(past.checkpoints.begin(), past.checkpoints.end(), seen, later);
    if (next == past.checkpoints.begin()) {
        replay(past, state, 0, event);
        return state;
    }
    state = std::prev(next)->state;
    replay(past, state, std::prev(next)->touches, event);
    return state;
}

std::span<const std::uint32_t> PacketHistory::changes(PacketId id) const {
    const auto found = pasts_.find(id);
    return found == pasts_.end() ? std::span<const std::uint32_t>{} : found->second.changes;
}

} // namespace skbscope::trace
