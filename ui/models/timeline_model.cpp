// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/timeline_model.h"

#include "trace/duration.h"
#include "ui/models/call_number.h"
#include "ui/models/effects.h"
#include "ui/models/moment.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/side_words.h"

#include <algorithm>

namespace skbscope::ui {

TimelineModel::TimelineModel(Selection *selection, FilterModel *filter, QObject *parent)
    : PaneModel(parent), selection_(selection), filter_(filter) {
    connect(selection, &Selection::documentChanged, this, [this] {
        all_ = true;
        asked_ = false;
        rebuild();
    });
    connect(selection, &Selection::documentGrew, this, &TimelineModel::rebuild);
    connect(selection, &Selection::stepChanged, this, &TimelineModel::follow);
    connect(selection, &Selection::sideChanged, this, &TimelineModel::rebuild); // calls are numbered by the side
    if (filter)
        connect(filter, &FilterModel::changed, this, [this] {
            all_ = true;
            chooseView();
            retell();
        });
    rebuild();
}

quint32 TimelineModel::places() const {
    return isFiltered() ? quint32(filter_->visible().size()) : rows_;
}

quint32 TimelineModel::current() const {
    if (selection_->isEmpty()) return 0;
    if (isFiltered()) return selection_->document()->steps()[selection_->step()].row;
    return selection_->document()->steps()[selection_->step()].number - 1;
}

// With its number: "96  ip_rcv_core".
QString TimelineModel::currentName() const {
    if (selection_->isEmpty()) return {};
    const TraceDocument &d = *selection_->document();
    const quint32 row = d.steps()[selection_->step()].row;
    return QStringLiteral("%1  %2").arg(grouped(callNumber(d, row, selection_->side()).number), d.rows()[row].name);
}

QString TimelineModel::laneName(SideKind side) const {
    if (whatIfOf(selection_->document())) return sideWord(selection_->document(), side);
    const DocumentSide *kernel = selection_->document() ? selection_->document()->side(side) : nullptr;
    if (kernel && areAlike(*selection_->document()))
        return sideWord(*selection_->document(), side) + u' ' + qs(kernel->side->info.release).section(u'.', 0, 1);
    if (side == SideKind::model) return phrase("TimelineModel", "model");
    if (!kernel) return phrase("TimelineModel", "kernel");
    const QString release = QString::fromStdString(kernel->side->info.release);
    return (phrase("TimelineModel", "kernel ") + release.section(QLatin1Char('.'), 0, 1)).trimmed();
}

QString TimelineModel::cpu(SideKind side) const {
    const DocumentSide *s = selection_->document() ? selection_->document()->side(side) : nullptr;
    if (!s || s->side->events.empty()) return {};
    const auto count = s->cpus().count();
    return count == 1 ? QStringLiteral("CPU %1").arg(s->side->events.front().cpu)
                      : phrase("TimelineModel", "%1 CPUs").arg(count);
}

bool TimelineModel::hasSide(SideKind side) const {
    return rows_ > 0 && selection_->document()->side(side);
}

// Where the side has no call, its lane goes on as it was.
TimelineBin TimelineModel::binAt(SideKind side, quint32 place) const {
    const TraceDocument &d = *selection_->document();
    TimelineBin bin;
    bin.row = rowAt(place);
    bin.present = d.callOf(bin.row, side) != npos;
    quint32 shown = bin.row;
    for (quint32 back = 0; back < block && shown > 0 && d.callOf(shown, side) == npos; ++back)
        --shown;
    if (d.callOf(shown, side) == npos) return bin;
    bin.depth = d.depthOf(shown);
    bin.context = trace::context_of(d.side(side)->enterOf(d.callOf(shown, side)));
    return bin;
}

// By blocks where there are many; of those that a filter left, not more than a block is looked at.
void TimelineModel::deepen(TimelineBin &bin, SideKind side, quint32 from, quint32 to) const {
    const TraceDocument &d = *selection_->document();
    const auto look = [&](quint32 row) {
        if (d.callOf(row, side) == npos) return;
        bin.depth = std::max(bin.depth, d.depthOf(row));
        bin.present = true;
    };
    if (isFiltered()) {
        for (quint32 place = from; place < to; place += std::max<quint32>(1, (to - from) / block))
            look(rowAt(place));
        return;
    }
    quint32 row = from;
    while (row < to && row % block != 0)
        look(row++);
    for (; row + block <= to; row += block) {
        const Block &b = blocks_[sideIndex(side)][row / block];
        bin.depth = std::max<quint32>(bin.depth, b.deepest);
        bin.present = bin.present || b.present;
    }
    while (row < to)
        look(row++);
}

std::vector<TimelineBin> TimelineModel::lane(SideKind side, quint32 bins) const {
    std::vector<TimelineBin> out;
    const quint64 calls = hasSide(side) ? to_ - from_ : 0;
    const quint64 wanted = bins == 0 || (calls <= bins && !isFiltered()) ? calls : std::min<quint64>(bins, calls);
    for (quint64 b = 0; b < wanted; ++b) {
        const quint32 from = from_ + quint32(calls * b / wanted), to = from_ + quint32(calls * (b + 1) / wanted);
        TimelineBin bin = binAt(side, from);
        if (to > from + 1) deepen(bin, side, from, to);
        out.push_back(bin);
    }
    return out;
}

QString TimelineModel::timeAt(quint32 row) const {
    const TraceDocument *d = selection_->document();
    if (!d || row >= d->rows().size()) return {};
    const SideKind kind = d->side(SideKind::kernel) ? SideKind::kernel : SideKind::model;
    const DocumentSide &s = *d->side(kind);
    const quint32 call = d->rows()[row].call[sideIndex(kind)];
    if (call == npos || s.tree.calls.empty()) return {};
    const quint64 ns = s.event(s.tree.calls[call].enter).time - s.event(s.tree.calls.front().enter).time;
    const std::optional<std::uint64_t> units = trace::clock_units(s.side->info, ns);
    if (!units) return {}; // virtual time tells order, not time
    const bool instructions = s.side->info.clock == trace::Clock::instructions;
    return grouped(qint64(*units / 1000)) + (instructions ? QStringLiteral(" k") : QStringLiteral(" µs"));
}

QString TimelineModel::timeUnit() const {
    const TraceDocument *d = selection_->document();
    const DocumentSide *s = d ? d->side(d->side(SideKind::kernel) ? SideKind::kernel : SideKind::model) : nullptr;
    if (!s || s->side->info.clock != trace::Clock::instructions) return {};
    return (areAlike(*d) ? sideWord(*d, SideKind::kernel) + QStringLiteral(": ") : QString()) +
           phrase("TimelineModel", "instructions");
}

int TimelineModel::lastMove() const {
    if (selection_->isEmpty()) return -1;
    const TraceDocument &d = *selection_->document();
    const trace::PacketId packet = momentAt(d, selection_->step(), d.firstSide()).packet; // whose ids tags have
    for (int i = int(tags_.size()) - 1; i >= 0; --i) {
        const TimelineTag &tag = tags_[std::size_t(i)];
        if (tag.kind == TimelineTag::buffer && tag.packet == packet && tag.row <= current()) return i;
    }
    return -1;
}

// A call that the filter leaves out has a place while it is the current one.
void TimelineModel::follow() {
    if (isFiltered() && filter_->guest() != guest_) return tellTags();
    if (keepInView()) return retell();
    emit updated();
}

void TimelineModel::rebuild() {
    rows_ = deepest_ = 0;
    blocks_ = {};
    if (const TraceDocument *d = selection_->document()) {
        rows_ = quint32(d->rows().size());
        buildBlocks(*d);
    }
    chooseView();
    retell();
}

void TimelineModel::setCurtain(bool drawn) {
    if (drawn == curtain_) return;
    curtain_ = drawn;
    showTags();
}

// Those that have a place; the others are folded away with their calls, which the lanes count.
void TimelineModel::tellTags() {
    chooseView();
    retell();
}

void TimelineModel::showTags() {
    tags_.clear();
    std::copy_if(allTags_.begin(), allTags_.end(), std::back_inserter(tags_),
                 [this](const TimelineTag &tag) { return hasPlace(tag.row); });
    std::vector<PaneRow> rows;
    for (const TimelineTag &tag : tags_)
        if (!curtain() || tag.row <= current())
            rows.push_back({QStringLiteral("tag:%1").arg(tag.row),
                            phrase("TimelineModel", "call %1: %2")
                                .arg(callNumber(*selection_->document(), tag.row, selection_->side()).number)
                                .arg(tag.tip)});
    setRows(std::move(rows));
}

void TimelineModel::buildBlocks(const TraceDocument &d) {
    for (const SideKind kind : bothSides) {
        if (!d.side(kind)) continue;
        std::vector<Block> &blocks = blocks_[sideIndex(kind)];
        blocks.resize(rows_ / block + 1);
        for (quint32 r = 0; r < rows_; ++r) {
            const quint32 depth = d.depthOf(r);
            deepest_ = std::max(deepest_, depth);
            if (d.callOf(r, kind) == npos) continue;
            Block &b = blocks[r / block];
            b.deepest = std::max(b.deepest, quint16(std::min<quint32>(depth, 0xffff)));
            b.present = true;
        }
    }
}

} // namespace skbscope::ui
