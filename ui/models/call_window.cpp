// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/call_window.h"

#include "ui/models/losses.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/side_words.h"

#include <algorithm>
#include <set>
#include <span>

namespace skbscope::ui {

namespace {
QString taskComm(const TraceDocument &d, const DocumentRow &row) {
    const auto &tasks = d.side(row.firstSide())->side->tasks;
    const auto it = tasks.find(row.task);
    return it == tasks.end() ? phrase("CallWindow", "task %1").arg(row.task) : QString::fromStdString(it->second);
}

// "the sender is still inside sendto()": whose stack a softirq borrowed.
QString borrowedStack(const TraceDocument &d, quint32 row) {
    const std::vector<quint32> up = d.ancestors(row);
    if (up.empty()) return {};
    const QString call = systemCall(d.rows()[up.front()].name.toStdString());
    if (call.isEmpty()) return {};
    const QString who = call.startsWith(QLatin1String("send")) ? phrase("CallWindow", "the sender is")
                                                               : phrase("CallWindow", "its task is");
    return phrase("CallWindow", "%1 still inside %2").arg(who, call);
}

bool interrupts(trace::Context context) {
    return context == trace::Context::softirq || context == trace::Context::hardirq;
}
} // namespace

std::optional<CallLine> handOverBefore(const TraceDocument &d, quint32 row, quint32 previous) {
    if (previous == npos) return {};
    const DocumentRow &now = d.rows()[row], &before = d.rows()[previous];
    CallLine line;
    line.kind = CallLine::handOver;
    line.row_ = row;
    line.context = now.context;
    const QString from = contextWords(before.context, before.vector), to = contextWords(now.context, now.vector);
    const QString cpu = now.cpu == before.cpu ? phrase("CallWindow", "same CPU")
                                              : QStringLiteral("CPU %1 → CPU %2").arg(before.cpu).arg(now.cpu);
    if (now.task != before.task && now.depth == 0) {
        line.text = phrase("CallWindow", "hand-over: %1 → %2").arg(taskComm(d, before), taskComm(d, now));
        line.right = cpu;
        return line;
    }
    if (now.context == before.context || !interrupts(now.context)) return {};
    line.text = phrase("CallWindow", "hand-over: %1 → %2").arg(from, to);
    const QString stack = borrowedStack(d, row);
    line.right = stack.isEmpty() ? cpu : cpu + QStringLiteral(", ") + stack;
    return line;
}

namespace {
class Builder {
public:
    Builder(const CallRowsModel &model, const CallWindowMetrics &metrics)
        : model_(model), d_(*model.document()), losses_(lossNotes(d_)), m_(metrics) {}
    CallWindow run();

private:
    [[nodiscard]] qreal heightOf(std::size_t place) const {
        const int bars = (handOverAt(place) ? 1 : 0) + (model_.hiddenBefore(place) > 0 ? 1 : 0) +
                         (isLast(place) && model_.hiddenBefore(place + 1) > 0 ? 1 : 0);
        return m_.rowHeight + (bars + qreal(lossesAt(place).size())) * m_.barHeight;
    }
    [[nodiscard]] bool isLast(std::size_t place) const { return place + 1 == model_.visible().size(); }
    // Behind what the filter folded away, the row before is the one that is shown.
    [[nodiscard]] std::optional<CallLine> handOverAt(std::size_t place) const {
        const quint32 row = model_.visible()[place];
        const quint32 before = !model_.isFiltered() ? row - 1 : place == 0 ? npos : model_.visible()[place - 1];
        return handOverBefore(d_, row, before);
    }
    void addHidden(std::size_t place);
    void filteredSummary(std::size_t first);
    [[nodiscard]] std::span<const LossNote> lossesAt(std::size_t place) const;
    void addLoss(const LossNote &loss);
    [[nodiscard]] std::size_t firstPlace() const;
    [[nodiscard]] std::size_t fittingFrom(std::size_t first, qreal height) const; // one past the last
    [[nodiscard]] std::size_t lastPlace(std::size_t first) const;                 // one past it
    [[nodiscard]] quint32 baseDepth(std::size_t first, std::size_t end) const;
    [[nodiscard]] quint32 callsBefore(quint32 row) const;
    void summaries(std::size_t first);
    void rows(std::size_t first, std::size_t end, quint32 base);

    const CallRowsModel &model_;
    const TraceDocument &d_;
    std::vector<LossNote> losses_;
    CallWindowMetrics m_;
    CallWindow out_;
};

// Those before the row at `place` and after the visible row before it: folded rows do not hide a loss. Behind the last
// visible row stand those at its end.
std::span<const LossNote> Builder::lossesAt(std::size_t place) const {
    const VisibleRows &visible = model_.visible();
    const std::vector<LossNote> &all = losses_;
    const auto from = [&all](quint32 row) {
        const auto at =
            std::lower_bound(all.begin(), all.end(), row, [](const LossNote &loss, quint32 r) { return loss.row < r; });
        return std::size_t(at - all.begin());
    };
    const std::size_t first = place == 0 ? 0 : from(visible[place - 1] + 1);
    const std::size_t end = place < visible.size() ? from(visible[place] + 1) : all.size();
    return std::span(all).subspan(first, end - first);
}

void Builder::addLoss(const LossNote &loss) {
    CallLine line;
    line.kind = CallLine::loss;
    line.row_ = loss.row;
    line.text = loss.text;
    line.right = phrase("CallWindow", "%1, CPU %2").arg(sideWord(d_, loss.side)).arg(loss.cpu);
    line.mark = trace::RowMark::lost;
    out_.lines.push_back(line);
}

std::size_t Builder::fittingFrom(std::size_t first, qreal height) const {
    std::size_t end = first;
    while (end < model_.visible().size() && height >= heightOf(end))
        height -= heightOf(end++);
    return end;
}

// The current row sits at four fifths of the pane: what led to it matters more than what comes; near the end there is
// less to come, so it sinks.
std::size_t Builder::firstPlace() const {
    const qreal room = m_.height - 2 * m_.barHeight;
    const std::size_t now = model_.place(model_.currentRow());
    if (fittingFrom(0, m_.height) >= model_.visible().size() && m_.scroll == 0) return 0;
    std::size_t first = now;
    qreal above = room * 0.8 - heightOf(now);
    while (first > 0 && above >= heightOf(first - 1))
        above -= heightOf(--first);
    const std::size_t all = lastPlace(first);
    qreal spare = room;
    for (std::size_t i = first; i < all && spare >= 0; ++i)
        spare -= heightOf(i);
    while (first > 0 && spare >= heightOf(first - 1))
        spare -= heightOf(--first);
    const qsizetype scrolled = qsizetype(first) + m_.scroll;
    const std::size_t moved = std::size_t(std::clamp<qsizetype>(scrolled, 0, qsizetype(model_.visible().size()) - 1));
    // A summary of one or two lines saves nothing, unless hand-overs among them push the current row out.
    const bool saves = moved > 2 || (m_.scroll == 0 && fittingFrom(0, m_.height) <= now);
    return saves ? moved : 0;
}

// While it follows the current row the pane ends where the callers shown above return: what comes then is another
// story, and would need the room of all their levels.
std::size_t Builder::lastPlace(std::size_t first) const {
    const std::size_t all = model_.visible().size(), now = model_.place(model_.currentRow());
    if (m_.scroll != 0 || model_.isFiltered()) return all;
    const quint32 base = baseDepth(first, now + 1);
    const std::size_t fits = now + 1 + std::size_t(m_.height / m_.rowHeight) + 1; // no need to look further
    for (std::size_t i = now + 1; i < std::min(all, fits); ++i)
        if (d_.depthOf(model_.visible()[i]) < base) return i;
    return all;
}

quint32 Builder::baseDepth(std::size_t first, std::size_t end) const {
    quint32 base = npos;
    for (std::size_t i = first; i < end; ++i)
        base = std::min(base, d_.depthOf(model_.visible()[i]));
    return base == npos ? 0 : base;
}

// Calls are counted as the banner numbers them: those of the side that is looked at. What only the other one has makes
// a row, and no call more.
quint32 Builder::callsBefore(quint32 row) const {
    const SideKind kind = model_.side();
    if (const quint32 call = d_.rows()[row].call[sideIndex(kind)]; call != npos) return call;
    const quint32 event = d_.steps()[d_.firstStepOf(row)].sides[sideIndex(kind)].event; // its last one by then
    if (event == npos || !d_.side(kind)) return 0;
    const auto &calls = d_.side(kind)->tree.calls; // in the order in which they were entered
    return quint32(std::ranges::upper_bound(calls, event, {}, &trace::Call::enter) - calls.begin());
}

// What came before the first row: those that returned, and those that called it and still run.
void Builder::summaries(std::size_t first) {
    if (first == 0) return;
    if (model_.isFiltered()) return filteredSummary(first);
    const quint32 row = model_.visible()[first];
    std::vector<quint32> callers = d_.ancestors(row);
    const std::size_t outer = callers.size();
    const auto isCounted = [this](quint32 r) { return d_.rows()[r].call[sideIndex(model_.side())] != npos; };
    const auto counted = quint32(std::ranges::count_if(callers, isCounted));
    CallLine returned;
    returned.kind = CallLine::returned;
    returned.row_ = 0;
    const quint32 before = callsBefore(row);
    returned.count = before - std::min(before, counted);
    QStringList reasons;
    std::set<std::string_view> met;
    if (d_.hasBoth()) returned.mark = trace::RowMark::match;
    for (const quint32 r : d_.unlike()) {
        if (r >= row) break;
        if (std::binary_search(callers.begin(), callers.end(), r)) continue;
        const trace::RowMark mark = *d_.markOf(r);
        if (trace::mark_severity(mark) > trace::mark_severity(*returned.mark)) {
            returned.mark = mark;
            reasons.clear();
            met.clear();
        }
        if (returned.mark != mark) continue;
        // Hundreds of thousands may say the same: it is put into words once.
        const trace::Row &unlike = d_.comparison()->rows[r];
        if (const std::string &why = unlike.reason().text;
            why.empty() ? unlike.fields().empty() : !met.insert(why).second)
            continue;
        if (const QString text = d_.rows()[r].reasonWords(); !text.isEmpty() && !reasons.contains(text))
            reasons << text;
    }
    returned.text =
        plural(returned.count, phrase("CallWindow", "call, returned"), phrase("CallWindow", "calls, returned"));
    returned.right = reasons.join(QStringLiteral("; "));
    if (returned.count > 0) out_.lines.push_back(returned);
    if (outer == 0) return;
    CallLine chain;
    chain.kind = CallLine::callers;
    chain.row_ = callers.front();
    chain.count = counted;
    chain.text = plural(qint64(counted), phrase("CallWindow", "caller: "), phrase("CallWindow", "callers: ")) +
                 d_.rows()[callers.front()].name;
    if (outer > 1) chain.text += QStringLiteral(" …");
    QStringList last;
    for (std::size_t i = std::max<std::size_t>(1, outer < 2 ? 1 : outer - 2); i < outer; ++i)
        last << d_.rows()[callers[i]].name;
    if (!last.isEmpty()) chain.right = QStringLiteral("… ") + last.join(QStringLiteral(", "));
    for (std::size_t i = 0; i < outer; ++i)
        if (const auto mark = d_.rows()[callers[i]].mark;
            mark && (!chain.mark || trace::mark_severity(*mark) > trace::mark_severity(*chain.mark)))
            chain.mark = mark;
    out_.lines.push_back(chain);
}

void Builder::addHidden(std::size_t place) {
    CallLine line;
    line.kind = CallLine::hidden;
    line.count = model_.hiddenBefore(place);
    if (line.count == 0) return;
    line.row_ = place < model_.visible().size() ? model_.visible()[place] : quint32(d_.rows().size());
    line.text = plural(line.count, phrase("CallWindow", "call not shown"), phrase("CallWindow", "calls not shown"));
    out_.lines.push_back(line);
}

// How many of the calls before stand above, and how many the filter folded away.
void Builder::filteredSummary(std::size_t first) {
    CallLine line;
    line.kind = CallLine::returned;
    line.row_ = 0;
    line.count = quint32(first);
    line.text = plural(line.count, phrase("CallWindow", "call above"), phrase("CallWindow", "calls above"));
    line.right =
        plural(model_.visible()[first] - line.count - model_.hiddenBefore(first),
               phrase("CallWindow", "call among them not shown"), phrase("CallWindow", "calls among them not shown"));
    out_.lines.push_back(line);
}

void Builder::rows(std::size_t first, std::size_t end, quint32 base) {
    for (std::size_t i = first; i < end; ++i) {
        const quint32 row = model_.visible()[i];
        for (const LossNote &loss : lossesAt(i))
            addLoss(loss);
        addHidden(i);
        if (auto bar = handOverAt(i)) out_.lines.push_back(*bar);
        CallLine line;
        line.row_ = row;
        line.depth = d_.rows()[row].depth - base;
        line.context = d_.rows()[row].context;
        out_.deepest = std::max(out_.deepest, line.depth);
        out_.lines.push_back(line);
    }
    if (end < model_.visible().size()) return;
    addHidden(end);
    for (const LossNote &loss : lossesAt(end))
        addLoss(loss);
}

CallWindow Builder::run() {
    if (model_.visible().empty()) return {};
    const std::size_t first = firstPlace();
    const std::size_t fitting = fittingFrom(first, m_.height - (first > 0 ? 2 * m_.barHeight : 0));
    const std::size_t end =
        first > 0 ? std::min(fitting, std::max(lastPlace(first), model_.place(model_.currentRow()) + 1)) : fitting;
    const quint32 base = first > 0 || model_.isFiltered() ? baseDepth(first, end) : 0;
    summaries(first);
    rows(first, end, base);
    out_.earlier = first > 0;
    out_.later = end < model_.visible().size();
    return std::move(out_);
}
} // namespace

CallWindow callWindow(const CallRowsModel &model, const CallWindowMetrics &metrics) {
    if (!model.document()) return {};
    return Builder(model, metrics).run();
}

} // namespace skbscope::ui
