// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/stack_map_model.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/stack_map_builder.h"

#include <algorithm>

namespace skbscope::ui {

const MapBox *StackMap::box(Station station) const {
    for (const MapBox &b : boxes)
        if (b.station == station) return &b;
    return nullptr;
}

StackMap stackMapAt(const TraceDocument &document, quint32 step, const Moment &moment, const Journey &journey) {
    return StackMapBuilder(document, step, moment, journey).run();
}

StackMapModel::StackMapModel(Selection *selection, QObject *parent) : PaneModel(parent), selection_(selection) {
    connect(selection, &Selection::documentChanged, this, &StackMapModel::forget);
    connect(selection, &Selection::stepChanged, this, &StackMapModel::update);
    connect(selection, &Selection::documentGrew, this, &StackMapModel::forget);
    connect(selection, &Selection::documentGrew, this, &StackMapModel::update);
    connect(selection, &Selection::sideChanged, this, &StackMapModel::update);

    update();
}

// What works on the way into a queue stands at the queue; whether the packet joins it is still open then.
static bool isQueued(const Moment &m, const Journey &way) {
    const int now = m.event == npos ? -1 : way.at(m.event);
    if (now < 0) return true;
    const quint32 since = way.visits[std::size_t(now)].event;
    return std::ranges::any_of(m.side->states.records(m.packet), [&](quint32 event) {
        return event >= since && event <= m.event && m.side->event(event).kind == SKBSCOPE_EV_ENQUEUE;
    });
}

// A question is open: the way still to go, and what runs there, is not told.
static void drawCurtain(StackMap &map, bool queued) {
    map.ahead.clear();
    const MapBox *at = map.box(map.token);
    if (at && at->queue && !queued && map.trail.size() > 1) { // where it came from is no answer
        map.trail.pop_back();
        for (MapBox &box : map.boxes)
            if (box.station == map.token) box.here = box.reached = false;
        map.token = map.trail.back();
    }
    for (MapBox &box : map.boxes)
        if (!box.reached && !box.here) box.function.clear(), box.note.clear();
}

void StackMapModel::setCurtain(bool drawn) {
    if (drawn == curtain_) return;
    curtain_ = drawn;
    update();
}

void StackMapModel::forget() {
    journeys_.clear();
}

const Journey &StackMapModel::journey(const Moment &m) {
    const quint64 key = quint64(sideIndex(m.kind)) << 32 | m.packet;
    if (journeys_.size() > 256) journeys_.clear();
    auto it = journeys_.find(key);
    if (it == journeys_.end()) it = journeys_.emplace(key, journeyOf(*m.side, m.packet)).first;
    return it->second;
}

void StackMapModel::update() {
    before_ = std::exchange(map_, {});
    std::vector<PaneRow> rows;
    if (!selection_->isEmpty()) {
        const Moment m = momentAt(*selection_->document(), selection_->step(), selection_->side());
        static const Journey nowhere;
        const Journey &way = m.side && m.packet != trace::no_packet ? journey(m) : nowhere;
        map_ = stackMapAt(*selection_->document(), selection_->step(), m, way);
        if (curtain_) drawCurtain(map_, isQueued(m, way));
    }
    for (const MapBox &b : map_.boxes) {
        QStringList words{(isSender(b.station) ? map_.leftHost : map_.rightHost) + QLatin1Char(' ') + b.title};
        if (!b.function.isEmpty()) words << b.function;
        if (!b.note.isEmpty()) words << b.note;
        if (b.queue && b.queue->known)
            words << phrase("StackMapModel", "length %1 %2").arg(b.queue->length).arg(b.queue->capacity);
        if (b.station == map_.token)
            words << phrase("StackMapModel", "the packet is here, %1 bytes").arg(map_.tokenLength);
        if (b.station == map_.token && map_.dropped)
            words << phrase("StackMapModel", "dropped here");
        else if (b.station != map_.token && !b.reached)
            words << phrase("StackMapModel", "not reached yet");
        words << contextWords(b.context, b.vector) + phrase("StackMapModel", " on CPU %1").arg(b.cpu);
        rows.push_back({QStringLiteral("station:%1").arg(int(b.station)), words.join(QStringLiteral(", "))});
    }
    setRows(std::move(rows));
}

} // namespace skbscope::ui
