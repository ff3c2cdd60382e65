// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/map_model.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"

namespace skbscope::ui {

namespace {
QString queueWords(const OverviewQueue &q) {
    const QString unit = q.instances ? phrase("MapModel", " NAPI instances") : phrase("MapModel", " packets");
    QString out = q.name + QStringLiteral(": ") + grouped(q.length) + unit;
    if (q.limit) out += phrase("MapModel", " of ") + grouped(q.limit);
    if (q.inferred) out += phrase("MapModel", ", inferred");
    return out;
}

QString laneWords(const CpuLane &lane) {
    QStringList out{QStringLiteral("CPU %1").arg(lane.cpu)};
    if (!lane.process.isEmpty()) out << phrase("MapModel", "process ") + lane.process;
    if (!lane.softirq.isEmpty()) out << phrase("MapModel", "softirq ") + lane.softirq;
    if (!lane.hardirq.isEmpty()) out << phrase("MapModel", "hardirq ") + lane.hardirq;
    if (!lane.pending.isEmpty()) out << lane.pending + phrase("MapModel", " pending");
    if (out.size() == 1) out << (lane.known ? phrase("MapModel", "idle") : phrase("MapModel", "nothing recorded yet"));
    return out.join(QStringLiteral(", "));
}

QString gatheringWords(const DocumentSide &side) {
    return phrase("MapModel", "looking through %1 events for hosts, packets and CPUs")
        .arg(grouped(qint64(side.side->events.size())));
}
} // namespace

MapModel::MapModel(Selection *selection, QObject *parent) : PaneModel(parent), selection_(selection) {
    connect(selection, &Selection::documentChanged, this, &MapModel::forget);
    connect(selection, &Selection::documentGrew, this, &MapModel::forget);
    connect(selection, &Selection::documentGrew, this, &MapModel::update);
    connect(selection, &Selection::stepChanged, this, &MapModel::update);
    connect(selection, &Selection::sideChanged, this, &MapModel::update);
}

void MapModel::setZoom(Zoom zoom) {
    if (zoom == zoom_) return;
    zoom_ = zoom;
    update();
    emit zoomChanged();
}

void MapModel::forget() {
    for (auto &index : indices_)
        index.reset();
    gathering_.reset();
    notGathered_.clear();
    gathered_.forget();
}

const OverviewIndex *MapModel::index(const Moment &m) {
    constexpr std::size_t atOnce = 50'000; // events: some milliseconds
    auto &index = indices_[sideIndex(m.kind)];
    if (!index && m.side->side->events.size() <= atOnce) index = std::make_shared<const OverviewIndex>(*m.side);
    if (!index && gathering_ != m.kind) gather(m.kind);
    return index.get();
}

void MapModel::gather(SideKind kind) {
    gathering_ = kind;
    notGathered_.clear();
    const auto gathered = [this, kind, document = selection_->sharedDocument()]() -> Background::Answer {
        auto made = std::make_shared<const OverviewIndex>(*document->side(kind));
        return [this, kind, document, made = std::move(made)] {
            gathering_.reset();
            indices_[sideIndex(kind)] = made;
            update();
        };
    };
    gathered_.ask(gathered, [this](const QString &why) { // gathering_ stays: it would only fail again
        notGathered_ = phrase("MapModel", "the map cannot be gathered: %1").arg(why);
        update();
    });
}

void MapModel::update() {
    overview_ = {};
    layer_ = {};
    if (zoom_ != wayZoom && !selection_->isEmpty()) {
        const TraceDocument &document = *selection_->document();
        const Moment m = momentAt(document, selection_->step(), selection_->side());
        const OverviewIndex *all = m.side ? index(m) : nullptr;
        if (m.side && !all)
            overview_.gathering = layer_.gathering = notGathered_.isEmpty() ? gatheringWords(*m.side) : notGathered_;
        if (all && zoom_ == overviewZoom) overview_ = all->at(document, selection_->step(), m);
        if (all && zoom_ == layerZoom) layer_ = layerAt(document, selection_->step(), m, *all);
    }
    say();
}

void MapModel::say() {
    std::vector<PaneRow> rows;
    if (!overview_.gathering.isEmpty()) rows.push_back({QStringLiteral("gathering"), overview_.gathering});
    for (const OverviewHost &h : overview_.hosts) {
        rows.push_back({QStringLiteral("host:%1").arg(h.host),
                        phrase("MapModel", "host %1, %2").arg(h.name, h.devices.join(QStringLiteral(", ")))});
        for (const OverviewQueue &q : h.queues)
            rows.push_back({QStringLiteral("waiting:%1").arg(q.place), queueWords(q)});
    }
    for (const OverviewToken &t : overview_.tokens) {
        QString words = phrase("MapModel", "packet %1, %2 bytes, at %3 of host %4, on its way %5")
                            .arg(t.packet)
                            .arg(t.length)
                            .arg(mapRowName(t.row), overview_.hosts[t.host].name,
                                 t.down ? phrase("MapModel", "down") : phrase("MapModel", "up"));
        if (t.relative != trace::no_packet)
            words += phrase("MapModel", ", %1 packet %2").arg(t.relation).arg(t.relative);
        rows.push_back({QStringLiteral("packet:%1").arg(t.packet), words});
    }
    for (const OverviewCpu &cpu : overview_.cpus) {
        rows.push_back({QStringLiteral("cpu:%1").arg(cpu.lane.cpu), laneWords(cpu.lane)});
        for (const OverviewQueue &q : cpu.queues)
            rows.push_back({QStringLiteral("waiting:%1").arg(q.place), queueWords(q)});
    }
    for (const HandOver &h : overview_.hands)
        rows.push_back({QStringLiteral("hand:%1").arg(h.event), h.words});
    for (const LayerCall &c : layer_.calls)
        rows.push_back({QStringLiteral("row:%1").arg(c.row), c.now ? c.name + phrase("MapModel", ", now") : c.name});
    for (const OverviewQueue &q : layer_.queues)
        rows.push_back({QStringLiteral("waiting:%1").arg(q.place), queueWords(q)});
    setRows(std::move(rows));
}

} // namespace skbscope::ui
