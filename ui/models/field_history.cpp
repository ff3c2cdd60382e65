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

void forEachSight(const DocumentSide &side,
                  const std::function<void(quint32, trace::PacketId, const SkbView &)> &meet) {
    std::unordered_map<trace::PacketId, SkbView> views;
    std::unordered_map<trace::PacketId, bool> seen;
    for (quint32 i = 0; i < side.side->events.size(); ++i) {
        const trace::Event &e = side.event(i);
        if (e.packet == trace::no_packet) continue;
        const bool shows = trace::shows_packet(e);
        SkbView &view = views[e.packet];
        const bool moved = trace::places_packet(e) && e.device != 0 && e.device != view.device;
        if (moved) view.device = e.device;
        if (shows) view.skb = e.skb;
        bool &known = seen[e.packet];
        known = known || shows;
        if (known && (shows || moved)) meet(i, e.packet, view);
    }
}

const std::vector<FieldHistory::Sight> &FieldHistory::sights(trace::PacketId packet) {
    if (!walked_)
        forEachSight(*side_, [this](quint32 event, trace::PacketId id, const SkbView &view) {
            std::vector<Sight> &all = sights_[id];
            if (all.empty() || !sameView(all.back().view, view)) all.push_back({event, view});
        });
    walked_ = true;
    return sights_[packet];
}

const std::vector<FieldChange> &FieldHistory::changes(trace::PacketId packet, SkbFieldId field) {
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
