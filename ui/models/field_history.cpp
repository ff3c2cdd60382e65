// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/field_history.h"

#include "trace/seen.h"

#include <algorithm>
#include <cstring>

namespace skbscope::ui {

namespace {
bool sameView(const SkbView &a, const SkbView &b) {
    return a.device == b.device && std::memcmp(&a.skb, &b.skb, sizeof a.skb) == 0;
}
} // namespace

namespace {
// What has been seen of a packet so far.
struct Seen {
    SkbView view;
    bool known = false;
    // True where an sk_buff is seen or moves to a device.
    bool meet(const trace::Event &e) {
        const bool shows = trace::shows_packet(e);
        const bool moved = trace::places_packet(e) && e.device != 0 && e.device != view.device;
        if (moved) view.device = e.device;
        if (shows) view.skb = e.skb;
        known = known || shows;
        return known && (shows || moved);
    }
};
} // namespace

void forEachSight(const DocumentSide &side,
                  const std::function<void(quint32, trace::PacketId, const SkbView &)> &meet) {
    std::unordered_map<trace::PacketId, Seen> packets;
    for (quint32 i = 0; i < side.side->events.size(); ++i) {
        const trace::Event &e = side.event(i);
        if (e.packet == trace::no_packet) continue;
        Seen &seen = packets[e.packet];
        if (seen.meet(e)) meet(i, e.packet, seen.view);
    }
}

const std::vector<FieldHistory::Sight> &FieldHistory::sights(trace::PacketId packet) {
    const auto [at, isNew] = sights_.try_emplace(packet);
    std::vector<Sight> &all = at->second;
    if (!isNew) return all;
    Seen seen;
    for (const quint32 i : side_->states.records(packet))
        if (seen.meet(side_->event(i)) && (all.empty() || !sameView(all.back().view, seen.view)))
            all.push_back({i, seen.view});
    return all;
}

const std::vector<FieldChange> &FieldHistory::changes(trace::PacketId packet, SkbFieldId field) {
    if (changes_.size() > 16'384) sights_.clear(), changes_.clear();
    const auto [at, isNew] = changes_.try_emplace(quint64{packet} << 8 | field);
    if (!isNew) return at->second;
    for (const Sight &sight : sights(packet)) {
        const qint64 value = skbFieldValue(field, sight.view);
        std::vector<FieldChange> &all = at->second;
        if (all.empty())
            all.push_back({sight.event, value, value, true});
        else if (all.back().after != value)
            all.push_back({sight.event, all.back().after, value, false});
    }
    return at->second;
}

const FieldChange *FieldHistory::lastChange(trace::PacketId packet, SkbFieldId field, quint32 event) {
    const std::vector<FieldChange> &all = changes(packet, field);
    const auto next = std::upper_bound(all.begin(), all.end(), event,
                                       [](quint32 e, const FieldChange &change) { return e < change.event; });
    return next == all.begin() ? nullptr : &*std::prev(next);
}

std::vector<quint32> FieldHistory::events(const Condition &condition) const {
    struct Last {
        SkbView view;
        bool seen = false, held = false;
    };
    std::vector<quint32> out;
    std::unordered_map<trace::PacketId, Last> lasts;
    const bool atEach = condition.hasChanged();
    forEachSight(*side_, [&](quint32 event, trace::PacketId packet, const SkbView &view) {
        Last &last = lasts[packet];
        const SkbView *before = last.seen ? &last.view : nullptr;
        const bool now = std::all_of(condition.terms.begin(), condition.terms.end(), [&](const ConditionTerm &term) {
            return holds(term, before, view, *side_->side);
        });
        if (now && (atEach || !last.held)) out.push_back(event);
        last = {view, true, now};
    });
    return out;
}

} // namespace skbscope::ui
