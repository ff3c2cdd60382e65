// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/packets.h"

#include <algorithm>
#include <unordered_map>

namespace skbscope::trace {

namespace {
// Which kind of lineage an EXT_LINEAGE record means follows from the buffer operation it extends.
std::uint8_t lineage_of_operation(std::uint8_t kind) {
    switch (kind) {
    case SKBSCOPE_EV_CLONE:
        return SKBSCOPE_EV_CLONE_OF;
    case SKBSCOPE_EV_COPY:
        return SKBSCOPE_EV_COPY_OF;
    default:
        return 0;
    }
}

bool is_lineage(const Event &e) {
    return e.kind >= SKBSCOPE_EV_CLONE_OF && e.kind <= SKBSCOPE_EV_COPY_OF;
}

class Builder {
public:
    explicit Builder(const Side &side) : side_(side) {}

    PacketTable build() {
        std::uint8_t base_kind = 0;
        for (std::uint32_t i = 0; i < side_.events.size(); ++i) {
            const Event &e = side_.events[i];
            if (!is_extension(e)) base_kind = e.kind;
            if (e.packet != no_packet) see(i, e, base_kind);
        }
        sort_ids();
        return std::move(table_);
    }

private:
    Packet &packet(std::uint32_t event, PacketId id) {
        const auto [at, is_new] = index_.try_emplace(id, static_cast<std::uint32_t>(table_.packets.size()));
        if (is_new) {
            Packet p;
            p.id = id;
            p.first = event;
            table_.packets.push_back(p);
        }
        return table_.packets[at->second];
    }

    void see(std::uint32_t event, const Event &e, std::uint8_t base_kind) {
        Packet &p = packet(event, e.packet);
        if (!p.freed) p.last = event;
        if (e.kind == SKBSCOPE_EV_FREE) p.freed = true;
        if (e.kind == SKBSCOPE_EV_FREE || e.kind == SKBSCOPE_EV_DROP)
            if (p.drop_reason == 0) p.drop_reason = e.drop.reason;
        if (e.kind == SKBSCOPE_EV_EXT_IDENTITY && p.skb == 0) {
            p.skb = e.identity.skb;
            p.head = e.identity.head;
        }
        if (is_lineage(e)) descend(p, e.lineage.other_packet, e.kind);
        if (e.kind == SKBSCOPE_EV_EXT_LINEAGE) descend(p, e.lineage.other_packet, lineage_of_operation(base_kind));
    }

    // A packet that crosses to another device is still itself: no ancestor.
    static void descend(Packet &p, PacketId from, std::uint8_t kind) {
        if (from == no_packet || from == p.id || p.origin != no_packet) return;
        p.origin = from;
        p.lineage_kind = kind;
    }

    void sort_ids() {
        table_.by_id.resize(table_.packets.size());
        for (std::uint32_t i = 0; i < table_.by_id.size(); ++i)
            table_.by_id[i] = i;
        std::sort(table_.by_id.begin(), table_.by_id.end(),
                  [this](std::uint32_t a, std::uint32_t b) { return table_.packets[a].id < table_.packets[b].id; });
    }

    const Side &side_;
    PacketTable table_;
    std::unordered_map<PacketId, std::uint32_t> index_;
};
} // namespace

const Packet *PacketTable::find(PacketId id) const {
    const auto less = [this](std::uint32_t index, PacketId wanted) { return packets[index].id < wanted; };
    const auto at = std::lower_bound(by_id.begin(), by_id.end(), id, less);
    return at != by_id.end() && packets[*at].id == id ? &packets[*at] : nullptr;
}

PacketId PacketTable::family(PacketId id) const {
    // A damaged trace may hold a circle: never more steps than packets.
    for (std::size_t steps = 0; steps < packets.size(); ++steps) {
        const Packet *p = find(id);
        if (!p || p->origin == no_packet) return id;
        id = p->origin;
    }
    return id;
}

PacketTable build_packet_table(const Side &side) {
    return Builder(side).build();
}

} // namespace skbscope::trace
