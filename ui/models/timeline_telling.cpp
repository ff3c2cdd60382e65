// SPDX-License-Identifier: GPL-2.0-or-later
// What belongs to the stretch that the timeline shows: its tags and phases.
#include "ui/models/timeline_model.h"

#include "ui/models/effects.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/side_words.h"

#include <algorithm>
#include <set>

namespace skbscope::ui {

// "A bug in one of us" is the last that may be missing.
double tagWeight(const TimelineTag &tag) {
    if (tag.again) return 2; // where it began tells more
    switch (tag.kind) {
    case TimelineTag::difference:
        switch (tag.mark) {
        case trace::RowMark::unexplained:
            return 0.1;
        case trace::RowMark::lost:
            return 0.15;
        case trace::RowMark::differs:
        case trace::RowMark::order:
            return 0.4;
        default:
            return 1.2; // a call that one side alone has, and it is known why
        }
    case TimelineTag::drop:
        return 0.2;
    case TimelineTag::buffer:
        return 0.6;
    case TimelineTag::queue:
        return 1;
    }
    return 1;
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

void TimelineModel::addEffect(const DocumentSide &s, quint32 row, quint32 event) {
    const QString text = effectTag(s, event);
    if (text.isEmpty()) return;
    TimelineTag tag;
    tag.row = row;
    tag.text = text;
    tag.kind = isQueueEvent(s.event(event))              ? TimelineTag::queue
               : s.event(event).kind == SKBSCOPE_EV_DROP ? TimelineTag::drop
                                                         : TimelineTag::buffer;
    tag.packet = s.event(event).packet;
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
    const bool alike = areAlike(d); // then what is unexplained is no bug, and much of it
    std::set<std::pair<trace::RowMark, QString>> met;
    for (auto at = std::lower_bound(unlike.begin(), unlike.end(), first); at != unlike.end() && *at < end; ++at) {
        const std::optional<trace::RowMark> mark = d.markOf(*at);
        if (!isDifference(mark)) continue;
        const DocumentRow row = d.rows()[*at];
        const QString reason = row.reasonWords();
        const bool follows = *mark == trace::RowMark::differs || (alike && *mark == trace::RowMark::unexplained);
        const bool again = follows && !met.emplace(*mark, reason).second;
        allTags_.push_back({*at,
                            TimelineTag::difference,
                            {},
                            *mark,
                            row.name + QStringLiteral(": ") + markWords(d, *mark) +
                                (reason.isEmpty() ? QString() : QStringLiteral(", ") + reason),
                            trace::no_packet,
                            again});
    }
}

// More than could be drawn: of a crowd the most telling one, and of such the first.
void TimelineModel::thin() {
    constexpr quint32 most = 500;
    const quint32 crowd = std::max<quint32>(1, (to_ - from_) / most);
    std::vector<TimelineTag> out;
    for (TimelineTag &tag : allTags_) {
        const bool same = !out.empty() && placeOf(out.back().row) / crowd == placeOf(tag.row) / crowd;
        if (!same)
            out.push_back(std::move(tag));
        else if (tagWeight(tag) < tagWeight(out.back()))
            out.back() = std::move(tag);
    }
    allTags_ = std::move(out);
}

// Those that its calls name, in order: "a: ". A few calls for another host do not count: the far end of a pair is
// filled by the sender.
QString TimelineModel::hostOf(const TraceDocument &d, const TimelinePhase &phase) const {
    constexpr quint32 few = 8; // less than one in as many calls
    struct Seen {
        SideKind side;
        quint8 host;
        quint32 calls;
    };
    std::vector<Seen> seen; // names are made of those few, not of every call
    for (quint32 r = phase.from; r <= phase.to; ++r) {
        const SideKind side = d.sideOf(r);
        const DocumentSide &s = *d.side(side);
        const quint8 host = s.event(d.firstCallOf(r).enter).host;
        if (host == 0 || host >= s.side->hosts.size()) continue;
        const auto at =
            std::ranges::find_if(seen, [&](const Seen &one) { return one.side == side && one.host == host; });
        at == seen.end() ? void(seen.push_back({side, host, 1})) : void(++at->calls);
    }
    std::vector<std::pair<QString, quint32>> byName;
    for (const Seen &one : seen) {
        const QString name = qs(d.side(one.side)->side->hosts[one.host]);
        const auto at = std::ranges::find(byName, name, &std::pair<QString, quint32>::first);
        at == byName.end() ? void(byName.emplace_back(name, one.calls)) : void(at->second += one.calls);
    }
    const quint32 calls = phase.to - phase.from + 1;
    QStringList names;
    for (const auto &[name, count] : byName)
        if (count * few >= calls) names << name;
    return names.isEmpty() ? QString() : names.join(QStringLiteral(", ")) + QStringLiteral(": ");
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
        const QString ran = contextWords(context, d.rows()[r].vector);
        // what is interrupted is not what runs: no softirq is called by the system call's name
        const QString brief = context == trace::Context::process ? call : ran.section(QLatin1Char(' '), 0, 0);
        TimelinePhase phase{r, r, {}, brief, context};
        if (context == trace::Context::process)
            phase.text =
                call.isEmpty() ? phrase("TimelineModel", "process") : call + phrase("TimelineModel", ", process");
        else
            phase.text = ran + (call.isEmpty() ? QString() : phrase("TimelineModel", ", still inside ") + call);
        phases_.push_back(phase);
    }
    for (TimelinePhase &phase : phases_)
        phase.text = hostOf(d, phase) + phase.text;
}

} // namespace skbscope::ui
