// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/packet_history.h"

#include <algorithm>
#include <numeric>

namespace skbscope::trace {

namespace {
// Records whose families are kept, in all: a few MB. One that is larger alone is kept while it is the last one.
constexpr std::size_t kept_records_max = 100'000;

class Union {
public:
    explicit Union(std::size_t count) : up_(count) { std::iota(up_.begin(), up_.end(), 0U); }
    [[nodiscard]] std::uint32_t root(std::uint32_t i) {
        while (up_[i] != i)
            i = up_[i] = up_[up_[i]];
        return i;
    }
    // The older one of two roots stays one: roots come in order of first sight.
    void join(std::uint32_t a, std::uint32_t b) {
        a = root(a);
        b = root(b);
        up_[std::max(a, b)] = std::min(a, b);
    }

private:
    std::vector<std::uint32_t> up_;
};

// Puts `items` (key, value) in order of their keys, 0 to keys - 1; of one key in the order they come.
void sort_by_key(const std::vector<std::pair<std::uint32_t, std::uint32_t>> &items, std::size_t keys,
                 std::vector<std::uint32_t> &begin, std::vector<std::uint32_t> &values) {
    begin.assign(keys + 1, 0);
    for (const auto &[key, value] : items)
        ++begin[key + 1];
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    values.resize(items.size());
    std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
    for (const auto &[key, value] : items)
        values[next[key]++] = value;
}
} // namespace

PacketHistory::PacketHistory(const Side &side) : side_(side) {
    collect();
}

void PacketHistory::collect() {
    std::vector<std::pair<Slot, std::uint32_t>> met; // packet and block, once each
    std::vector<std::uint32_t> last_block;           // by slot
    std::vector<std::pair<Slot, PacketId>> clones;
    std::uint8_t base_kind = 0;
    PacketId last_id = no_packet;
    Slot slot = no_slot;
    for (std::uint32_t i = 0; i < side_.events.size(); ++i) {
        const Event &e = side_.events[i];
        if (i % block == 0) base_kinds_.push_back(base_kind);
        if (!is_extension(e)) base_kind = e.kind;
        if (e.packet == no_packet) continue;
        if (e.packet != last_id) {
            const auto [at, is_new] = slots_.try_emplace(e.packet, static_cast<Slot>(ids_.size()));
            if (is_new) ids_.push_back(e.packet), last_block.push_back(npos);
            slot = at->second;
            last_id = e.packet;
        }
        if (last_block[slot] != i / block) {
            last_block[slot] = i / block;
            met.emplace_back(slot, i / block);
        }
        if (is_clone_record(e, base_kind) && e.lineage.other_packet != e.packet)
            clones.emplace_back(slot, e.lineage.other_packet);
    }
    sort_by_key(met, ids_.size(), begin_, blocks_);
    gather_families(clones);
}

void PacketHistory::gather_families(const std::vector<std::pair<Slot, PacketId>> &clones) {
    Union all(ids_.size());
    for (const auto &[slot, original] : clones)
        if (const Slot other = slot_of(original); other != no_slot) all.join(slot, other);
    family_.resize(ids_.size());
    std::uint32_t families = 0;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> members;
    members.reserve(ids_.size());
    for (Slot s = 0; s < ids_.size(); ++s) {
        const std::uint32_t root = all.root(s);
        family_[s] = root == s ? families++ : family_[root];
        members.emplace_back(family_[s], s);
    }
    sort_by_key(members, families, family_begin_, members_);
}

PacketHistory::Slot PacketHistory::slot_of(PacketId id) const {
    const auto found = slots_.find(id);
    return found == slots_.end() ? no_slot : found->second;
}

std::vector<std::uint32_t> PacketHistory::blocks_of(std::span<const Slot> members) const {
    std::vector<std::uint32_t> out;
    for (const Slot s : members)
        out.insert(out.end(), blocks_.begin() + begin_[s], blocks_.begin() + begin_[s + 1]);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::vector<FamilyRecord> PacketHistory::records_of(std::span<const Slot> members) const {
    std::vector<PacketId> ids;
    for (const Slot s : members)
        ids.push_back(ids_[s]);
    std::sort(ids.begin(), ids.end());
    std::vector<FamilyRecord> out;
    for (const std::uint32_t b : blocks_of(members)) {
        std::uint8_t base_kind = base_kinds_[b];
        const std::uint32_t end =
            std::min<std::uint32_t>((b + 1) * block, static_cast<std::uint32_t>(side_.events.size()));
        for (std::uint32_t i = b * block; i < end; ++i) {
            const Event &e = side_.events[i];
            if (!is_extension(e)) base_kind = e.kind;
            if (e.packet != no_packet && std::binary_search(ids.begin(), ids.end(), e.packet))
                out.push_back({i, base_kind});
        }
    }
    return out;
}

std::shared_ptr<const FamilyHistory> PacketHistory::family(PacketId id) const {
    const Slot slot = slot_of(id);
    if (slot == no_slot) return nullptr;
    const std::uint32_t f = family_[slot];
    {
        const std::lock_guard hold(lock_);
        if (const auto found = places_.find(f); found != places_.end()) {
            kept_.splice(kept_.begin(), kept_, found->second);
            return found->second->history;
        }
    }
    const std::span<const Slot> members(members_.begin() + family_begin_[f], members_.begin() + family_begin_[f + 1]);
    auto made = std::make_shared<const FamilyHistory>(side_, records_of(members));
    keep(f, made);
    return made;
}

void PacketHistory::keep(std::uint32_t f, std::shared_ptr<const FamilyHistory> made) const {
    const std::lock_guard hold(lock_);
    if (places_.contains(f)) return; // another thread made it meanwhile
    kept_records_ += made->records();
    kept_.push_front({f, std::move(made)});
    places_[f] = kept_.begin();
    while (kept_records_ > kept_records_max && kept_.size() > 1) {
        kept_records_ -= kept_.back().history->records();
        places_.erase(kept_.back().family);
        kept_.pop_back();
    }
}

PacketState PacketHistory::at(PacketId id, std::uint32_t event) const {
    if (const auto f = family(id)) return f->at(id, event);
    PacketState none;
    none.id = id;
    return none;
}

ChangeList PacketHistory::changes(PacketId id) const {
    const auto f = family(id);
    return f ? ChangeList(f, f->changes(id)) : ChangeList();
}

std::vector<std::uint32_t> PacketHistory::records(PacketId id) const {
    std::vector<std::uint32_t> out;
    const Slot slot = slot_of(id);
    if (slot == no_slot) return out;
    for (std::uint32_t at = begin_[slot]; at < begin_[slot + 1]; ++at) {
        const std::uint32_t end =
            std::min<std::uint32_t>((blocks_[at] + 1) * block, static_cast<std::uint32_t>(side_.events.size()));
        for (std::uint32_t i = blocks_[at] * block; i < end; ++i)
            if (side_.events[i].packet == id) out.push_back(i);
    }
    return out;
}

std::vector<PacketId> PacketHistory::sharing(PacketId id, std::uint32_t event) const {
    const auto f = family(id);
    return f ? f->sharing(id, event) : std::vector<PacketId>();
}

} // namespace skbscope::trace
