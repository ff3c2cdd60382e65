// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/trace_document.h"

#include "ui/models/app_words.h"
#include "ui/models/document_stops.h"
#include "ui/models/phrase.h"

#include <algorithm>

namespace skbscope::ui {

QString DocumentRow::reasonWords() const {
    if (!reason.text.empty()) return appWords(reason.text);
    QStringList out;
    for (const trace::FieldDifference &f : fields)
        if (const QString words = appWords(f.reason.text); !words.isEmpty() && !out.contains(words)) out << words;
    return out.join(QStringLiteral("; "));
}

// Two of a kind are compared as they stand; side_words.h says how they are called.
void TraceDocument::placeSides() {
    const bool alike = trace_.sides.size() == 2 && trace_.sides[0].info.kind == trace_.sides[1].info.kind;
    for (const SideKind kind : bothSides)
        if (const trace::Side *side = alike ? &trace_.sides[sideIndex(kind)] : trace_.side(kind))
            sides_[sideIndex(kind)] = std::make_unique<DocumentSide>(*side);
    if (!hasBoth()) only_ = side(firstSide());
}

TraceDocument::TraceDocument(trace::Trace trace) : trace_(std::move(trace)) {
    placeSides();
    if (hasBoth()) comparison_ = trace::compare(*sides_[0]->side, sides_[0]->tree, *sides_[1]->side, sides_[1]->tree);
    buildRows();
    buildSteps();
}

std::shared_ptr<const TraceDocument> TraceDocument::build(trace::Trace trace) {
    return std::shared_ptr<const TraceDocument>(new TraceDocument(std::move(trace)));
}

void TraceDocument::buildRows() {
    std::size_t rows = 0;
    if (comparison_) {
        rows = pairs().size();
        for (const SideKind kind : bothSides) {
            DocumentSide &s = *sides_[sideIndex(kind)];
            s.rowOfCall_.assign(s.tree.calls.size(), npos);
            for (quint32 r = 0; r < rows; ++r)
                if (const quint32 call = callOf(r, kind); call != npos) s.rowOfCall_[call] = r;
        }
    } else if (only_) {
        rows = calls().size();
    }
    firstStep_.resize(rows);
    summariseRows();
}

// The comparison names them "byte 18", "bytes 18-19".
static bool ofBytes(const trace::FieldDifference &f) {
    return f.field.starts_with("byte");
}

// A parent stands before its children, so one walk from the end carries sums and worst marks up.
void TraceDocument::summariseRows() {
    const quint32 rows = quint32(firstStep_.size());
    if (!comparison_ && !(only_ && only_->tree.interleaved)) return;
    inside_.resize(rows);
    for (quint32 r = 0; comparison_ && r < rows; ++r) {
        worst_.push_back({r, pairs()[r].mark});
        if (pairs()[r].mark == trace::RowMark::match) continue;
        unlike_.push_back(r);
        if (std::ranges::any_of(pairs()[r].fields(), ofBytes)) unlikeInBytes_.push_back(r);
    }
    for (quint32 r = rows; r-- > 0;) {
        const quint32 parent = parentOf(r);
        if (parent == npos) continue;
        inside_[parent] += inside_[r] + 1;
        if (comparison_ && trace::mark_severity(worst_[r].mark) > trace::mark_severity(worst_[parent].mark))
            worst_[parent] = worst_[r];
    }
}

// Each row has the stops of its calls: where both sides have one, they are one step.
void TraceDocument::buildSteps() {
    std::array<StopsBySlot, 2> ofCall;
    for (const SideKind kind : bothSides)
        if (const DocumentSide *s = side(kind)) {
            SideStops all = stopsOf(*s);
            if (only_ && all.inOrderOfSlots()) return takePlainStops(kind, std::move(all.begin), all.slot);
            ofCall[sideIndex(kind)] = bySlot(all, s->tree.calls.size());
            stops_[sideIndex(kind)].begin = std::move(all.begin);
            stops_[sideIndex(kind)].step.resize(stops_[sideIndex(kind)].begin.size());
        }
    std::array<quint32, 2> last{noStop, noStop};
    for (quint32 r = 0; r < firstStep_.size(); ++r) {
        firstStep_[r] = quint32(stepRow_.size());
        const auto count = [&](SideKind kind) {
            const quint32 call = callOf(r, kind);
            return call == npos ? 0U : ofCall[sideIndex(kind)].count(call);
        };
        const std::array<quint32, 2> counts{count(SideKind::model), count(SideKind::kernel)};
        for (quint32 n = 0; n < std::max({counts[0], counts[1], 1U}); ++n) {
            for (const SideKind kind : bothSides) {
                const std::size_t i = sideIndex(kind);
                if (!sides_[i]) continue;
                const bool own = n < counts[i];
                if (own) last[i] = ofCall[i].order[ofCall[i].begin[callOf(r, kind)] + n];
                if (own) stops_[i].step[last[i]] = quint32(stepRow_.size());
                stops_[i].ofStep.push_back(last[i] | (own ? ownStop : 0));
            }
            stepRow_.push_back(r);
        }
    }
    stepRow_.shrink_to_fit();
    for (Stops &stops : stops_)
        stops.ofStep.shrink_to_fit();
}

// One side, and a step a stop in the same order.
void TraceDocument::takePlainStops(SideKind kind, std::vector<quint32> begin, std::vector<quint32> slot) {
    for (quint32 step = quint32(slot.size()); step-- > 0;)
        firstStep_[slot[step]] = step;
    stops_[sideIndex(kind)].begin = std::move(begin);
    stepRow_ = std::move(slot);
    stepRow_.shrink_to_fit();
}

StepSide TraceDocument::sideAt(quint32 step, SideKind kind) const {
    const Stops &stops = stops_[sideIndex(kind)];
    if (!side(kind)) return {};
    const quint32 stop = stops.isPlain() ? step | ownStop : stops.ofStep[step];
    const quint32 at = stop & ~ownStop;
    if (at == noStop) return {};
    // up to the next stop of the side, over all tasks
    const quint32 end = at + 1 < stops.begin.size() ? stops.begin[at + 1] : quint32(side(kind)->side->events.size());
    return {stops.begin[at], end - 1, (stop & ownStop) != 0};
}

quint32 TraceDocument::rowAtStep(quint32 step) const {
    quint32 row = stepRow_[step];
    if (step == firstStep_[row]) return row;
    for (const SideKind kind : bothSides)
        if (const StepSide s = sideAt(step, kind); s.own)
            if (const quint32 late = side(kind)->rowOf(side(kind)->tree.call_at[s.begin]); late != npos) row = late;
    return row;
}

Step TraceDocument::step(quint32 step) const {
    const quint32 slot = stepRow_[step];
    return {rowAtStep(step),
            slot + 1,
            step != firstStep_[slot],
            {sideAt(step, SideKind::model), sideAt(step, SideKind::kernel)}};
}

quint32 TraceDocument::callOf(quint32 row, SideKind kind) const {
    if (comparison_) return kind == SideKind::model ? pairs()[row].left : pairs()[row].right;
    return side(kind) == only_ ? row : npos;
}

SideKind TraceDocument::sideOf(quint32 row) const {
    if (!comparison_) return firstSide();
    return pairs()[row].left != npos ? SideKind::model : SideKind::kernel;
}

const trace::Call &TraceDocument::firstCallOf(quint32 row) const {
    const SideKind kind = sideOf(row);
    return side(kind)->tree.calls[callOf(row, kind)];
}

quint32 TraceDocument::insideOf(quint32 row) const {
    return inside_.empty() ? calls()[row].end - row - 1 : inside_[row];
}

std::optional<trace::RowMark> TraceDocument::markOf(quint32 row) const {
    return comparison_ ? std::optional(pairs()[row].mark) : std::nullopt;
}

// The sk_buff's own functions work for whoever calls them.
trace::Layer TraceDocument::layerOf(quint32 row) const {
    for (quint32 up = row; up != npos; up = parentOf(up)) {
        const trace::Function f = side(sideOf(up))->function(firstCallOf(up).fn);
        const bool ofBuffer = f.file == "net/core/skbuff.c" || f.file == "include/linux/skbuff.h";
        if (f.layer != trace::Layer::none || !ofBuffer) return f.layer;
    }
    return trace::Layer::none;
}

DocumentRow TraceDocument::row(quint32 row) const {
    static const trace::Reason noReason;
    static const std::vector<trace::FieldDifference> noFields;
    const DocumentSide &s = *side(sideOf(row));
    const trace::Call &call = firstCallOf(row);
    const trace::Event &enter = s.event(call.enter);
    return {.index = row,
            .call = {callOf(row, SideKind::model), callOf(row, SideKind::kernel)},
            .parent = parentOf(row),
            .depth = depthOf(row),
            .inside = insideOf(row),
            .mark = markOf(row),
            .worst = comparison_ ? std::optional(worst_[row].mark) : std::nullopt,
            .worstRow = comparison_ ? worst_[row].row : row,
            .reason = comparison_ ? pairs()[row].reason() : noReason,
            .fields = comparison_ ? pairs()[row].fields() : noFields,
            .firstStep = firstStep_[row],
            .name = s.functionName(call.fn),
            .layer = layerOf(row),
            .context = trace::context_of(enter),
            .vector = s.softirqAt(call.enter),
            .cpu = enter.cpu,
            .host = enter.host,
            .task = call.task};
}

bool TraceDocument::isInside(quint32 row, quint32 ancestor) const {
    if (row == npos || ancestor == npos || row < ancestor) return false;
    if (inside_.empty()) return row <= ancestor + insideOf(ancestor);
    while (row != npos && row > ancestor) // a caller stands before what it calls
        row = parentOf(row);
    return row == ancestor;
}

std::vector<quint32> TraceDocument::ancestors(quint32 row) const {
    std::vector<quint32> out;
    for (quint32 up = parentOf(row); up != npos; up = parentOf(up))
        out.push_back(up);
    std::reverse(out.begin(), out.end());
    return out;
}

// Tasks take turns, so the steps of one side do not begin in the order in which they stand.
quint32 TraceDocument::stepAt(SideKind kind, quint32 event) const {
    const Stops &stops = stops_[sideIndex(kind)];
    const auto next = std::upper_bound(stops.begin.begin(), stops.begin.end(), event);
    if (next == stops.begin.begin()) return 0;
    const auto stop = quint32(next - stops.begin.begin()) - 1;
    return stops.isPlain() ? stop : stops.step[stop];
}

std::vector<quint32> TraceDocument::effects(quint32 step, SideKind kind) const {
    std::vector<quint32> out;
    const StepSide s = sideAt(step, kind);
    if (!s.own) return out;
    for (quint32 i = s.begin; i <= s.event; ++i)
        if (isEffect(sides_[sideIndex(kind)]->event(i))) out.push_back(i);
    return out;
}

QStringList TraceDocument::functionNames() const {
    QStringList out;
    for (const SideKind kind : bothSides) {
        const DocumentSide *s = side(kind);
        std::vector<bool> met(trace::no_function + 1);
        for (quint32 call = 0; s && call < s->tree.calls.size(); ++call)
            if (const trace::FunctionId fn = s->tree.calls[call].fn; !met[fn])
                met[fn] = true, out << s->functionName(fn);
    }
    out.removeDuplicates();
    return out;
}

quint64 TraceDocument::lost() const {
    quint64 sum = 0;
    for (const SideKind kind : bothSides)
        if (const DocumentSide *s = side(kind))
            for (const quint32 event : s->tree.losses)
                if (s->event(event).kind == SKBSCOPE_EV_LOSS) sum += s->event(event).loss.lost;
    return sum;
}

} // namespace skbscope::ui
