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

int TimelineModel::lastMove() const {
    int last = -1;
    for (int i = 0; i < int(tags_.size()); ++i)
        if (tags_[std::size_t(i)].kind == TimelineTag::buffer && tags_[std::size_t(i)].row <= current()) last = i;
    return last;
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

// All there is, while that can be told; else where the current call is, unless one zoomed.
void TimelineModel::chooseView() {
    guest_ = filter_ ? filter_->guest() : npos;
    if (all_ && !asked_ && places() > mostTold) {
        all_ = false;
        setView(qint64(placeOf(current())) - shownAtFirst / 4, shownAtFirst);
    }
    if (all_) setView(0, places());
    setView(from_, qint64(to_) - from_);
    keepInView();
}

void TimelineModel::setView(qint64 from, qint64 count) {
    const qint64 all = places();
    count = std::clamp<qint64>(count, std::min<qint64>(all, fewestShown), all);
    from = std::clamp<qint64>(from, 0, all - count);
    from_ = quint32(from);
    to_ = quint32(from + count);
}

void TimelineModel::zoom(double factor, quint32 around) {
    const double count = double(to_ - from_), part = (double(around) - from_) / std::max(1.0, count);
    const qint64 wanted = std::clamp<qint64>(qint64(count * factor), fewestShown, places());
    setView(qint64(double(around) - part * double(wanted)), wanted);
    all_ = asked_ = showsAll();
    retell();
}

void TimelineModel::pan(qint64 by) {
    setView(qint64(from_) + by, qint64(to_) - from_);
    retell();
}

void TimelineModel::showAll() {
    setView(0, places());
    all_ = asked_ = true;
    retell();
}

// Turned like a page, so that what is shown stays where it is for most steps.
bool TimelineModel::keepInView() {
    const qint64 now = placeOf(current()), count = qint64(to_) - from_;
    if (places() == 0 || isInView(quint32(now))) return false;
    setView(now < from_ ? now - count * 3 / 4 : now - count / 4, count);
    return true;
}

std::pair<quint32, quint32> TimelineModel::rowsInView() const {
    return to_ > from_ ? std::pair{rowAt(from_), rowAt(to_ - 1) + 1} : std::pair{0U, 0U};
}

// Tags and phases of what is shown.
void TimelineModel::retell() {
    allTags_.clear();
    phases_.clear();
    if (const TraceDocument *d = selection_->document(); d && to_ > from_) {
        const auto [first, end] = rowsInView();
        if (end - first <= mostTold) buildPhases(*d, first, end);
        addEffects(*d, first, end);
        addDifferences(*d, first, end);
        std::stable_sort(allTags_.begin(), allTags_.end(),
                         [](const TimelineTag &a, const TimelineTag &b) { return a.row < b.row; });
        if (!tellsAll()) thin();
    }
    showTags();
    emit viewChanged();
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

void TimelineModel::addEffect(const DocumentSide &s, quint32 row, quint32 event) {
    const QString text = effectTag(s, event);
    if (text.isEmpty()) return;
    TimelineTag tag;
    tag.row = row;
    tag.text = text;
    tag.kind = isQueueEvent(s.event(event))              ? TimelineTag::queue
               : s.event(event).kind == SKBSCOPE_EV_DROP ? TimelineTag::drop
                                                         : TimelineTag::buffer;
    tag.tip = s.functionName(s.event(event).fn) + QStringLiteral(": ") + effectChip(s, event);
    allTags_.push_back(tag);
}

// Operations are the model's where there is one: the kernel's compiler hides many of them.
void TimelineModel::addEffects(const TraceDocument &d, quint32 first, quint32 end) {
    const SideKind kind = d.firstSide();
    const DocumentSide *s = d.side(kind);
    if (!s) return;
    if (!tellsAll()) {
        for (const quint32 event : s->effects())
            if (s->event(event).kind == SKBSCOPE_EV_DROP)
                if (const quint32 row = d.enteredAt(d.stepAt(kind, event)) - 1; row >= first && row < end)
                    addEffect(*s, row, event);
        return;
    }
    for (quint32 place = from_; place < to_; ++place) {
        const quint32 row = rowAt(place);
        const quint32 next = row + 1 < rows_ ? d.firstStepOf(row + 1) : quint32(d.steps().size());
        for (quint32 step = d.firstStepOf(row); step < next; ++step)
            for (const quint32 event : d.effects(step, kind))
                addEffect(*s, row, event);
    }
}

void TimelineModel::addDifferences(const TraceDocument &d, quint32 first, quint32 end) {
    const auto &unlike = d.unlike();
    for (auto at = std::lower_bound(unlike.begin(), unlike.end(), first); at != unlike.end() && *at < end; ++at) {
        const std::optional<trace::RowMark> mark = d.markOf(*at);
        if (!isDifference(mark)) continue;
        const DocumentRow row = d.rows()[*at];
        const QString reason = row.reasonWords();
        allTags_.push_back({*at,
                            TimelineTag::difference,
                            {},
                            *mark,
                            row.name + QStringLiteral(": ") + markWords(d, *mark) +
                                (reason.isEmpty() ? QString() : QStringLiteral(", ") + reason)});
    }
}

// More than could be drawn: of a crowd the first one, a drop before a difference.
void TimelineModel::thin() {
    constexpr quint32 most = 500;
    const quint32 crowd = std::max<quint32>(1, (to_ - from_) / most);
    std::vector<TimelineTag> out;
    for (TimelineTag &tag : allTags_) {
        const bool same = !out.empty() && placeOf(out.back().row) / crowd == placeOf(tag.row) / crowd;
        if (!same)
            out.push_back(std::move(tag));
        else if (tag.kind == TimelineTag::drop && out.back().kind != TimelineTag::drop)
            out.back() = std::move(tag);
    }
    allTags_ = std::move(out);
}

// The one that most of its calls name: "a: ".
QString TimelineModel::hostOf(const TraceDocument &d, const TimelinePhase &phase) const {
    std::map<QString, int> seen;
    for (quint32 r = phase.from; r <= phase.to; ++r) {
        const DocumentSide &s = *d.side(d.sideOf(r));
        const quint8 host = s.event(d.firstCallOf(r).enter).host;
        if (host > 0 && host < s.side->hosts.size()) ++seen[qs(s.side->hosts[host])];
    }
    const auto most =
        std::max_element(seen.begin(), seen.end(), [](const auto &a, const auto &b) { return a.second < b.second; });
    return most == seen.end() ? QString() : most->first + QStringLiteral(": ");
}

// A phase is a stretch of one system call in one context.
void TimelineModel::buildPhases(const TraceDocument &d, quint32 first, quint32 end) {
    quint32 root = npos;
    for (quint32 r = first; r < end; ++r) {
        const trace::Event &enter = d.side(d.sideOf(r))->event(d.firstCallOf(r).enter);
        const trace::Context context = trace::context_of(enter);
        quint32 top = r;
        while (d.parentOf(top) != npos)
            top = d.parentOf(top);
        if (r == top || root == npos) root = top;
        const bool same = !phases_.empty() && phases_.back().context == context && root == top && r != top;
        if (same) {
            phases_.back().to = r;
            continue;
        }
        const QString call = systemCall(d.rows()[top].name.toStdString());
        TimelinePhase phase{r, r, {}, context};
        if (context == trace::Context::process)
            phase.text =
                call.isEmpty() ? phrase("TimelineModel", "process") : call + phrase("TimelineModel", ", process");
        else
            phase.text = contextWords(context, d.rows()[r].vector) +
                         (call.isEmpty() ? QString() : phrase("TimelineModel", ", still inside ") + call);
        phases_.push_back(phase);
    }
    for (TimelinePhase &phase : phases_)
        phase.text = hostOf(d, phase) + phase.text;
}

} // namespace skbscope::ui
