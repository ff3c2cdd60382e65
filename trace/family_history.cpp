// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/family_history.h"

#include "trace/seen.h"

#include "trace/packet_replay.h"

#include <algorithm>

namespace skbscope::trace {

namespace {
constexpr std::size_t checkpoint_distance = 32;
constexpr std::size_t most_sharers = 1024;
} // namespace

FamilyHistory::FamilyHistory(const Side &side, std::span<const FamilyRecord> records)
    : side_(side), records_(records.size()), buffers_(side, records.size()) {
    collect(records);
    note_sharers();
    buffers_.build();
    for (const PacketId id : order_)
        build(pasts_[id]);
}

void FamilyHistory::collect(std::span<const FamilyRecord> records) {
    for (const auto &[i, base_kind] : records) {
        const Event &e = side_.events[i];
        const auto [at, is_new] = pasts_.try_emplace(e.packet);
        Past &past = at->second;
        if (is_new) {
            order_.push_back(e.packet);
            past.buffers.push_back({i, buffers_.create()});
        }
        follow_buffer(past, e, i, base_kind);
        if (e.kind == SKBSCOPE_EV_FREE && past.freed == npos) past.freed = i;
        if (is_new || matters(past, e)) past.touches.push_back(i);
        if (!places_packet(e)) continue;
        if (e.device != 0) past.device = e.device;
        if (e.host != 0) past.host = e.host;
    }
}

bool FamilyHistory::matters(const Past &past, const Event &e) const {
    return shows_packet(e) || e.kind == SKBSCOPE_EV_FREE || e.kind == SKBSCOPE_EV_EXT_FRAGS ||
           (places_packet(e) && ((e.device != 0 && e.device != past.device) || (e.host != 0 && e.host != past.host)));
}

void FamilyHistory::follow_buffer(Past &past, const Event &e, std::uint32_t event, std::uint8_t base_kind) {
    if (e.kind == SKBSCOPE_EV_EXT_BYTES) buffers_.add_record(past.buffers.back().buffer, event);
    if (e.kind == SKBSCOPE_EV_EXT_IDENTITY) identify(past, e.identity.head, event);
    if (is_clone_record(e, base_kind) && e.lineage.other_packet != e.packet && past.original == no_packet)
        past.original = e.lineage.other_packet;
    if (past.original != no_packet && !past.linked) link_clone(past);
    if (!shows_packet(e)) return;
    if (e.kind == SKBSCOPE_EV_EXPAND && past.has_snapshot) {
        const std::int64_t shift = static_cast<std::int64_t>(e.skb.headroom) - past.headroom;
        past.buffers.push_back({event, buffers_.create_moved(past.buffers.back().buffer, event, shift)});
        past.head = 0;
    }
    past.headroom = e.skb.headroom;
    past.has_snapshot = true;
}

void FamilyHistory::identify(Past &past, std::uint64_t head, std::uint32_t event) {
    // Another head than before, and no expand that told of it: of that buffer nothing is known.
    if (past.head != 0 && head != past.head) past.buffers.push_back({event, buffers_.create()});
    past.head = head;
}

// A clone looks into its original's buffer from its first record on, whichever of lineage and identity is told first.
void FamilyHistory::link_clone(Past &past) {
    const auto found = pasts_.find(past.original);
    if (found == pasts_.end() || past.buffers.size() != 1) return;
    Past &original = found->second;
    if (past.head == 0) return; // its identity is still to come
    past.linked = true;
    if (original.head != 0 && original.head != past.head) return; // it does not share after all
    const BufferId shared = original.buffers.back().buffer, own = past.buffers[0].buffer;
    if (shared == own || !buffers_.merge(shared, own)) return;
    past.buffers[0].buffer = shared;
    original.head = past.head;
}

void FamilyHistory::build(Past &past) {
    PacketState state;
    for (std::size_t i = 0; i < past.touches.size(); ++i) {
        const std::uint32_t event = past.touches[i];
        if (apply_to_packet(state, side_.events[event], event)) past.changes.push_back(event);
        if ((i + 1) % checkpoint_distance == 0) past.checkpoints.push_back({state});
    }
    add_shared_changes(past);
}

// Changes of the bytes, under whichever struct they were recorded. A trace of a thousand clones of one buffer gets no
// list a thousand times as long: past the bound a packet's own changes are listed alone.
void FamilyHistory::add_shared_changes(Past &past) {
    const std::size_t own = past.changes.size();
    for (std::size_t i = 0; i < past.buffers.size(); ++i) {
        const std::vector<std::uint32_t> &all = buffers_.changes(past.buffers[i].buffer);
        const std::uint32_t end = i + 1 < past.buffers.size() ? past.buffers[i + 1].event : npos;
        for (auto at = std::lower_bound(all.begin(), all.end(), past.buffers[i].event); at != all.end(); ++at) {
            if (*at >= end || *at > past.freed || ++shared_changes_ > records_ * 4) break;
            past.changes.push_back(*at);
        }
    }
    std::inplace_merge(past.changes.begin(), past.changes.begin() + static_cast<std::ptrdiff_t>(own),
                       past.changes.end());
}

// Merged buffers are known by one id once all is collected.
void FamilyHistory::note_sharers() {
    std::unordered_map<BufferId, PacketId> first;
    for (const PacketId id : order_)
        for (const Attachment &a : pasts_[id].buffers) {
            const auto [at, is_new] = first.emplace(a.buffer, id);
            if (is_new || at->second == id) continue;
            std::vector<PacketId> &all = sharers_[a.buffer];
            if (all.empty()) all.push_back(at->second);
            if (all.back() != id) all.push_back(id);
        }
}

BufferId FamilyHistory::buffer_at(const Past &past, std::uint32_t event) {
    const auto later = [](std::uint32_t e, const Attachment &a) { return e < a.event; };
    const auto next = std::upper_bound(past.buffers.begin(), past.buffers.end(), event, later);
    return next == past.buffers.begin() ? no_buffer : std::prev(next)->buffer;
}

std::vector<PacketId> FamilyHistory::sharing(PacketId id, std::uint32_t event) const {
    std::vector<PacketId> out;
    const auto own = pasts_.find(id);
    if (own == pasts_.end()) return out;
    const BufferId buffer = buffer_at(own->second, event);
    const auto all = sharers_.find(buffer);
    if (buffer == no_buffer || all == sharers_.end()) return out;
    for (const PacketId other : all->second) {
        const Past &past = pasts_.at(other);
        const bool alive = past.touches.front() <= event && past.freed > event;
        if (other != id && alive && buffer_at(past, event) == buffer) out.push_back(other);
        if (out.size() >= most_sharers) break;
    }
    return out;
}

PacketState FamilyHistory::at(PacketId id, std::uint32_t event) const {
    PacketState state;
    state.id = id;
    const auto found = pasts_.find(id);
    if (found == pasts_.end() || event < found->second.touches.front()) return state;
    const Past &past = found->second;
    const auto end = std::upper_bound(past.touches.begin(), past.touches.end(), event);
    const auto seen = static_cast<std::size_t>(end - past.touches.begin());
    const std::size_t checkpoint = std::min(seen / checkpoint_distance, past.checkpoints.size());
    if (checkpoint > 0) state = past.checkpoints[checkpoint - 1].state;
    for (std::size_t i = checkpoint * checkpoint_distance; i < seen; ++i)
        apply_to_packet(state, side_.events[past.touches[i]], past.touches[i]);
    const std::uint32_t alive = std::min(event, past.freed);
    BufferBytes content = buffers_.at(buffer_at(past, alive), alive);
    state.bytes = std::move(content.bytes);
    state.known = std::move(content.known);
    return state;
}

std::span<const std::uint32_t> FamilyHistory::changes(PacketId id) const {
    const auto found = pasts_.find(id);
    return found == pasts_.end() ? std::span<const std::uint32_t>{} : found->second.changes;
}

} // namespace skbscope::trace
