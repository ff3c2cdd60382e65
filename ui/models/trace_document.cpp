// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/trace_document.h"

#include "ui/models/app_words.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"

#include <QStringList>
#include <algorithm>
#include <map>

namespace skbscope::ui {

namespace {
// The softirq number in force at each event, per CPU: set by softirq-enter, cleared by softirq-exit.
std::vector<quint8> softirqVectors(const std::vector<trace::Event> &events) {
    std::vector<quint8> out(events.size(), 0xff);
    std::map<quint8, quint8> current;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const trace::Event &e = events[i];
        if (e.kind == SKBSCOPE_EV_SOFTIRQ_ENTER) current[e.cpu] = static_cast<quint8>(e.context.vector);
        const auto it = current.find(e.cpu);
        out[i] = it == current.end() ? quint8(0xff) : it->second;
        if (e.kind == SKBSCOPE_EV_SOFTIRQ_EXIT) current.erase(e.cpu);
    }
    return out;
}

std::vector<std::vector<quint32>> effectsByCall(const trace::Side &side, const trace::CallTree &tree) {
    std::vector<std::vector<quint32>> out(tree.calls.size());
    for (quint32 i = 0; i < side.events.size(); ++i)
        if (isEffect(side.events[i]) && tree.call_at[i] != npos) out[tree.call_at[i]].push_back(i);
    return out;
}
} // namespace

bool isEffect(const trace::Event &e) {
    if (trace::is_buffer_op(e)) return true;
    switch (e.kind) {
    case SKBSCOPE_EV_ENQUEUE:
    case SKBSCOPE_EV_DEQUEUE:
    case SKBSCOPE_EV_SOFTIRQ_RAISE:
    case SKBSCOPE_EV_SCHED_SLEEP:
    case SKBSCOPE_EV_SCHED_SWITCH:
    case SKBSCOPE_EV_SCHED_WAKE:
    case SKBSCOPE_EV_IPI:
    case SKBSCOPE_EV_DROP:
        return true;
    default:
        return e.kind >= SKBSCOPE_EV_CLONE_OF && e.kind <= SKBSCOPE_EV_COPY_OF;
    }
}

bool movesPointers(const trace::Event &e) {
    return e.kind >= SKBSCOPE_EV_RESERVE && e.kind <= SKBSCOPE_EV_TRIM;
}

QString DocumentRow::reasonWords() const {
    if (!reason.text.empty()) return appWords(reason.text);
    QStringList out;
    for (const trace::FieldDifference &f : fields)
        if (const QString words = appWords(f.reason.text); !words.isEmpty() && !out.contains(words)) out << words;
    return out.join(QStringLiteral("; "));
}

DocumentSide::DocumentSide(const trace::Side &s)
    : side(&s), tree(trace::build_call_tree(s)), packets(trace::build_packet_table(s)), states(s, tree),
      rowOfCall(tree.calls.size(), npos), vectorAt(softirqVectors(s.events)), effectsOfCall(effectsByCall(s, tree)) {}

const PacketLog &DocumentSide::log() const {
    std::call_once(logOnce_, [this] { log_ = std::make_unique<const PacketLog>(*this); });
    return *log_;
}

QString DocumentSide::functionName(trace::FunctionId fn) const {
    return fn == trace::no_function ? QString() : qs(side->function_name(fn));
}

const trace::Event *DocumentSide::extension(quint32 index, unsigned kind) const {
    for (quint32 i = index + 1; i < side->events.size() && trace::is_extension(side->events[i]); ++i)
        if (side->events[i].kind == kind) return &side->events[i];
    return nullptr;
}

// Two of a kind are compared as they stand; side_words.h says how they are called.
void TraceDocument::placeSides() {
    const bool alike = trace_.sides.size() == 2 && trace_.sides[0].info.kind == trace_.sides[1].info.kind;
    for (const SideKind kind : bothSides)
        if (const trace::Side *side = alike ? &trace_.sides[sideIndex(kind)] : trace_.side(kind))
            sides_[sideIndex(kind)] = std::make_unique<DocumentSide>(*side);
}

TraceDocument::TraceDocument(trace::Trace trace) : trace_(std::move(trace)) {
    placeSides();
    if (hasBoth()) comparison_ = trace::compare(*sides_[0]->side, sides_[0]->tree, *sides_[1]->side, sides_[1]->tree);
    buildRows();
    summariseRows();
    buildSteps();
    indexSteps();
}

std::shared_ptr<const TraceDocument> TraceDocument::build(trace::Trace trace) {
    return std::shared_ptr<const TraceDocument>(new TraceDocument(std::move(trace)));
}

void TraceDocument::describeRow(DocumentRow &row) const {
    const DocumentSide &s = *sides_[sideIndex(row.firstSide())];
    const trace::Call &call = s.tree.calls[row.call[sideIndex(row.firstSide())]];
    const trace::Event &enter = s.event(call.enter);
    row.name = s.functionName(call.fn);
    const trace::Function function = s.side->function(call.fn);
    row.layer = function.layer;
    // The sk_buff's own functions work for whoever calls them.
    const bool ofBuffer = function.file == "net/core/skbuff.c" || function.file == "include/linux/skbuff.h";
    if (row.layer == trace::Layer::none && ofBuffer && row.parent != npos) row.layer = rows_[row.parent].layer;
    row.context = trace::context_of(enter);
    row.vector = s.vectorAt[call.enter];
    row.cpu = enter.cpu;
    row.host = enter.host;
    row.task = call.task;
}

void TraceDocument::buildRows() {
    if (comparison_) {
        for (const trace::Row &from : comparison_->rows) {
            DocumentRow row;
            row.call = {from.left, from.right};
            row.parent = from.parent;
            row.depth = from.depth;
            row.mark = from.mark;
            row.reason = from.reason;
            row.fields = from.fields;
            rows_.push_back(std::move(row));
        }
    } else if (const DocumentSide *only = side(firstSide())) {
        for (quint32 i = 0; i < only->tree.calls.size(); ++i) {
            DocumentRow row;
            row.call[sideIndex(firstSide())] = i;
            row.parent = only->tree.calls[i].parent; // one row a call: same index
            row.depth = only->tree.calls[i].depth;
            rows_.push_back(std::move(row));
        }
    }
    for (quint32 i = 0; i < rows_.size(); ++i) {
        describeRow(rows_[i]);
        for (const SideKind kind : bothSides)
            if (const quint32 call = rows_[i].call[sideIndex(kind)]; call != npos)
                sides_[sideIndex(kind)]->rowOfCall[call] = i;
    }
}

// A parent stands before its children, so one walk from the end carries sums and worst marks up.
void TraceDocument::summariseRows() {
    const auto worse = [](const DocumentRow &a, const DocumentRow &b) {
        return a.worst && (!b.worst || trace::mark_severity(*a.worst) > trace::mark_severity(*b.worst));
    };
    for (quint32 i = 0; i < rows_.size(); ++i)
        rows_[i].worst = rows_[i].mark, rows_[i].worstRow = i;
    for (quint32 i = quint32(rows_.size()); i-- > 0;) {
        DocumentRow &row = rows_[i];
        if (row.parent == npos) continue;
        DocumentRow &parent = rows_[row.parent];
        parent.inside += row.inside + 1;
        if (worse(row, parent)) parent.worst = row.worst, parent.worstRow = row.worstRow;
    }
}

namespace {
struct Stop {
    quint32 event; // where it begins
    quint32 call;
    bool late;
};

// The stops of one side, grouped by the call that was entered last. An effect belongs to the stop of that call while it
// is still the innermost one; after a return, or at a second move of pointers, it is a stop of its own.
std::vector<std::vector<Stop>> stopsOf(const DocumentSide &s) {
    std::vector<std::vector<Stop>> stops(s.tree.calls.size());
    std::map<trace::TaskId, quint32> entered; // last call entered, a task
    bool moved = false;
    for (quint32 i = 0; i < s.side->events.size(); ++i) {
        const trace::Event &e = s.event(i);
        const quint32 call = s.tree.call_at[i];
        if (trace::is_enter(e) && call != npos && s.tree.calls[call].enter == i) {
            stops[call].push_back({i, call, false});
            entered[e.task] = call;
            moved = false;
        } else if (isEffect(e) && call != npos && entered.contains(e.task)) {
            const quint32 slot = entered[e.task];
            const bool again = movesPointers(e) && moved;
            if (slot != stops[slot].back().call) moved = false;
            if (stops[slot].back().call != call || again) stops[slot].push_back({i, call, true});
            moved = moved || movesPointers(e);
        }
    }
    return stops;
}

// The last event before the next stop of the side, over all tasks.
std::vector<quint32> stopEnds(const std::vector<std::vector<Stop>> &stops, quint32 events) {
    std::vector<quint32> begins;
    for (const auto &list : stops)
        for (const Stop &stop : list)
            begins.push_back(stop.event);
    std::sort(begins.begin(), begins.end());
    std::vector<quint32> end(events, npos);
    for (std::size_t i = 0; i < begins.size(); ++i)
        end[begins[i]] = (i + 1 < begins.size() ? begins[i + 1] : events) - 1;
    return end;
}
} // namespace

void TraceDocument::buildSteps() {
    std::array<std::vector<std::vector<Stop>>, 2> stops;
    std::array<std::vector<quint32>, 2> ends;
    for (const SideKind kind : bothSides)
        if (const DocumentSide *s = side(kind)) {
            stops[sideIndex(kind)] = stopsOf(*s);
            ends[sideIndex(kind)] = stopEnds(stops[sideIndex(kind)], quint32(s->side->events.size()));
        }
    std::array<StepSide, 2> last;
    for (quint32 r = 0; r < rows_.size(); ++r) {
        rows_[r].firstStep = quint32(steps_.size());
        const auto count = [&](std::size_t side) {
            const quint32 call = rows_[r].call[side];
            return call == npos ? std::size_t(0) : stops[side][call].size();
        };
        const std::size_t wanted = std::max({count(0), count(1), std::size_t(1)});
        for (std::size_t n = 0; n < wanted; ++n) {
            Step step{r, r + 1, n > 0, last};
            for (std::size_t side = 0; side < 2; ++side) {
                step.sides[side].own = false;
                if (n >= count(side)) continue;
                const Stop &stop = stops[side][rows_[r].call[side]][n];
                step.sides[side] = {stop.event, ends[side][stop.event], true};
                if (const quint32 row = sides_[side]->rowOfCall[stop.call]; stop.late && row != npos) step.row = row;
            }
            last = step.sides;
            steps_.push_back(step);
        }
    }
}

bool TraceDocument::isInside(quint32 row, quint32 ancestor) const {
    while (row != npos && row != ancestor)
        row = rows_[row].parent;
    return row == ancestor && row != npos;
}

std::vector<quint32> TraceDocument::ancestors(quint32 row) const {
    std::vector<quint32> out;
    for (quint32 up = rows_[row].parent; up != npos; up = rows_[up].parent)
        out.push_back(up);
    std::reverse(out.begin(), out.end());
    return out;
}

// Tasks take turns, so the steps of one side do not begin in the order in which they stand.
void TraceDocument::indexSteps() {
    for (const SideKind kind : bothSides) {
        auto &index = stepOfBegin_[sideIndex(kind)];
        for (quint32 i = 0; i < steps_.size(); ++i)
            if (const StepSide &s = steps_[i].sides[sideIndex(kind)]; s.own) index.emplace_back(s.begin, i);
        std::sort(index.begin(), index.end());
    }
}

quint32 TraceDocument::stepAt(SideKind kind, quint32 event) const {
    const auto &index = stepOfBegin_[sideIndex(kind)];
    const auto next = std::upper_bound(index.begin(), index.end(), event,
                                       [](quint32 e, const auto &entry) { return e < entry.first; });
    return next == index.begin() ? 0 : std::prev(next)->second;
}

std::vector<quint32> TraceDocument::effects(quint32 step, SideKind kind) const {
    std::vector<quint32> out;
    const StepSide &s = steps_[step].sides[sideIndex(kind)];
    if (!s.own) return out;
    for (quint32 i = s.begin; i <= s.event; ++i)
        if (isEffect(sides_[sideIndex(kind)]->event(i))) out.push_back(i);
    return out;
}

quint64 TraceDocument::lost() const {
    quint64 sum = 0;
    for (const SideKind kind : bothSides)
        if (const DocumentSide *s = side(kind))
            for (const trace::Event &e : s->side->events)
                if (e.kind == SKBSCOPE_EV_LOSS) sum += e.loss.lost;
    return sum;
}

} // namespace skbscope::ui
