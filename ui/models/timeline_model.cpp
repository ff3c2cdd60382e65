// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/timeline_model.h"

#include "trace/duration.h"
#include "ui/models/call_number.h"
#include "ui/models/effects.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/side_words.h"

#include <algorithm>
#include <map>

namespace skbscope::ui {

TimelineModel::TimelineModel(Selection *selection, FilterModel *filter, QObject *parent)
    : PaneModel(parent), selection_(selection), filter_(filter) {
    connect(selection, &Selection::documentChanged, this, &TimelineModel::rebuild);
    connect(selection, &Selection::documentGrew, this, &TimelineModel::rebuild);
    connect(selection, &Selection::stepChanged, this, &TimelineModel::follow);
    connect(selection, &Selection::sideChanged, this, &TimelineModel::rebuild); // calls are numbered by the side
    if (filter) connect(filter, &FilterModel::changed, this, &TimelineModel::tellTags);
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
    return QStringLiteral("%1  %2").arg(callNumber(d, row, selection_->side()).number).arg(d.rows()[row].name);
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
    const quint8 first = s->side->events.front().cpu;
    std::array<bool, 256> seen{};
    for (const trace::Event &e : s->side->events)
        seen[e.cpu] = true;
    const auto count = std::count(seen.begin(), seen.end(), true);
    return count == 1 ? QStringLiteral("CPU %1").arg(first) : phrase("TimelineModel", "%1 CPUs").arg(count);
}

std::vector<TimelineBin> TimelineModel::lane(SideKind side, quint32 bins) const {
    const std::vector<TimelineBin> &all = lanes_[sideIndex(side)];
    const std::size_t calls = all.empty() ? 0 : places();
    if (bins == 0 || (calls <= bins && !isFiltered())) return all;
    const std::size_t wanted = std::min<std::size_t>(bins, calls);
    std::vector<TimelineBin> out;
    for (std::size_t b = 0; b < wanted; ++b) {
        const std::size_t from = calls * b / wanted, to = calls * (b + 1) / wanted;
        TimelineBin bin = all[rowAt(quint32(from))];
        for (std::size_t i = from; i < to; ++i) {
            const TimelineBin &one = all[rowAt(quint32(i))];
            bin.depth = std::max(bin.depth, one.depth);
            bin.present = bin.present || one.present;
        }
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

int TimelineModel::lastMove() const {
    int last = -1;
    for (int i = 0; i < int(tags_.size()); ++i)
        if (tags_[std::size_t(i)].kind == TimelineTag::buffer && tags_[std::size_t(i)].row <= current()) last = i;
    return last;
}

// A call that the filter leaves out has a place while it is the current one.
void TimelineModel::follow() {
    if (isFiltered() && filter_->guest() != guest_) return tellTags();
    emit updated();
}

void TimelineModel::rebuild() {
    rows_ = deepest_ = 0;
    lanes_ = {};
    allTags_.clear();
    phases_.clear();
    if (const TraceDocument *d = selection_->document()) {
        rows_ = quint32(d->rows().size());
        buildLanes(*d);
        buildTags(*d);
        buildPhases(*d);
    }
    tellTags();
}

void TimelineModel::setCurtain(bool drawn) {
    if (drawn == curtain_) return;
    curtain_ = drawn;
    tellTags();
}

// Those that have a place; the others are folded away with their calls, which the lanes count.
void TimelineModel::tellTags() {
    guest_ = filter_ ? filter_->guest() : npos;
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

void TimelineModel::buildLanes(const TraceDocument &d) {
    for (const SideKind kind : bothSides) {
        if (!d.side(kind)) continue;
        TimelineBin bin;
        for (quint32 r = 0; r < rows_; ++r) {
            const DocumentRow &row = d.rows()[r];
            bin.row = r;
            bin.present = row.call[sideIndex(kind)] != npos;
            if (bin.present) bin.depth = row.depth, bin.context = row.context;
            deepest_ = std::max(deepest_, row.depth);
            lanes_[sideIndex(kind)].push_back(bin);
        }
    }
}

// Operations are the model's where there is one: the kernel's compiler hides many of them.
void TimelineModel::buildTags(const TraceDocument &d) {
    const SideKind kind = d.firstSide();
    if (const DocumentSide *s = d.side(kind))
        for (const Step &step : d.steps()) {
            const StepSide &part = step.sides[sideIndex(kind)];
            for (quint32 e = part.begin; part.own && e <= part.event; ++e) {
                const QString text = isEffect(s->event(e)) ? effectTag(*s, e) : QString();
                if (text.isEmpty()) continue;
                TimelineTag tag;
                tag.row = step.number - 1;
                tag.text = text;
                tag.kind = isQueueEvent(s->event(e))              ? TimelineTag::queue
                           : s->event(e).kind == SKBSCOPE_EV_DROP ? TimelineTag::drop
                                                                  : TimelineTag::buffer;
                tag.tip = s->functionName(s->event(e).fn) + QStringLiteral(": ") + effectChip(*s, e);
                allTags_.push_back(tag);
            }
        }
    for (quint32 r = 0; r < rows_; ++r) {
        const DocumentRow &row = d.rows()[r];
        if (!row.mark || *row.mark == trace::RowMark::match || *row.mark == trace::RowMark::inlined) continue;
        allTags_.push_back({r,
                            TimelineTag::difference,
                            {},
                            *row.mark,
                            row.name + QStringLiteral(": ") + markWords(d, *row.mark) +
                                (row.reasonWords().isEmpty() ? QString() : QStringLiteral(", ") + row.reasonWords())});
    }
    std::stable_sort(allTags_.begin(), allTags_.end(),
                     [](const TimelineTag &a, const TimelineTag &b) { return a.row < b.row; });
}

// A phase is a stretch of one system call in one context; its host is the one most of its events name.
void TimelineModel::buildPhases(const TraceDocument &d) {
    quint32 root = npos;
    const auto hostOf = [&d](const TimelinePhase &phase) {
        std::map<QString, int> seen;
        for (quint32 r = phase.from; r <= phase.to; ++r) {
            const auto &hosts = d.side(d.rows()[r].firstSide())->side->hosts;
            if (d.rows()[r].host > 0 && d.rows()[r].host < hosts.size()) ++seen[qs(hosts[d.rows()[r].host])];
        }
        const auto most = std::max_element(seen.begin(), seen.end(),
                                           [](const auto &a, const auto &b) { return a.second < b.second; });
        return most == seen.end() ? QString() : most->first + QStringLiteral(": ");
    };
    for (quint32 r = 0; r < rows_; ++r) {
        const DocumentRow &row = d.rows()[r];
        if (row.parent == npos) root = r;
        quint32 top = r;
        while (d.rows()[top].parent != npos)
            top = d.rows()[top].parent;
        const bool same = !phases_.empty() && phases_.back().context == row.context && root == top &&
                          phases_.back().to + 1 == r && row.parent != npos;
        if (same) {
            phases_.back().to = r;
            continue;
        }
        const QString call = systemCall(d.rows()[top].name.toStdString());
        TimelinePhase phase{r, r, {}, row.context};
        const bool inProcess = row.context == trace::Context::process;
        if (inProcess)
            phase.text =
                call.isEmpty() ? phrase("TimelineModel", "process") : call + phrase("TimelineModel", ", process");
        else
            phase.text = contextWords(row.context, row.vector) +
                         (call.isEmpty() ? QString() : phrase("TimelineModel", ", still inside ") + call);
        phases_.push_back(phase);
    }
    for (TimelinePhase &phase : phases_)
        phase.text = hostOf(phase) + phase.text;
}

} // namespace skbscope::ui
