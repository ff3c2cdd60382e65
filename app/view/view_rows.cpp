// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/view/view_rows.h"

#include "app/terminal/text.h"
#include "app/view/step_marks.h"
#include "app/view/summary.h"
#include "trace/loss.h"

#include <algorithm>
#include <fnmatch.h>

namespace skbscope::app {

namespace {

using trace::npos;
using trace::RowMark;

std::vector<trace::Row> rowsOfOneSide(const trace::CallTree &tree, bool left) {
    std::vector<trace::Row> rows(tree.calls.size());
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
        (left ? rows[i].left : rows[i].right) = i;
        rows[i].depth = tree.calls[i].depth;
        rows[i].parent = tree.calls[i].parent;
    }
    return rows;
}

class Builder {
public:
    Builder(const ViewInput &input, const ViewOptions &options) : in_(input), options_(options) {
        if (in_.left) leftSteps_.emplace(in_.left->side());
        if (in_.right) rightSteps_.emplace(in_.right->side());
        if (!in_.comparison) rows_ = rowsOfOneSide((in_.left ? in_.left : in_.right)->tree(), in_.left != nullptr);
        if (in_.left && options_.packet != trace::no_packet) packets_ = trace::build_packet_table(in_.left->side());
        if (!in_.left && options_.packet != trace::no_packet) packets_ = trace::build_packet_table(in_.right->side());
    }

    std::vector<ViewRow> build() {
        measureContexts();
        hideAndFold();
        for (std::uint32_t i = 0; i < rows().size(); ++i) {
            announceLosses(i);
            if (shown_[i]) add(i);
        }
        announceStepsUpTo(lastTracedStep());
        announceLosses(npos);
        return std::move(out_);
    }

private:
    [[nodiscard]] const std::vector<trace::Row> &rows() const { return in_.comparison ? in_.comparison->rows : rows_; }
    // The side that speaks for a row: the left one where it has the call.
    [[nodiscard]] const SideNotes &notesOf(const trace::Row &row) const {
        return row.left != npos ? *in_.left : *in_.right;
    }
    [[nodiscard]] static std::uint32_t callOf(const trace::Row &row) { return row.left != npos ? row.left : row.right; }
    [[nodiscard]] const trace::Event &enterOf(const trace::Row &row) const { return notesOf(row).enter(callOf(row)); }
    // In the same context of the same task, as one side sees both; tasks of two sides cannot be told apart.
    [[nodiscard]] bool sameRun(const trace::Row &a, const trace::Row &b) const;
    [[nodiscard]] bool sameTask(const trace::Row &a, const trace::Row &b) const;
    [[nodiscard]] trace::TaskId taskOf(const trace::Row &row) const {
        return notesOf(row).tree().calls[callOf(row)].task;
    }

    void measureContexts();
    void hideAndFold();
    [[nodiscard]] bool picked(const trace::Row &row) const;
    [[nodiscard]] bool nameMatches(std::string_view name) const;

    void add(std::uint32_t index);
    void announceStep(const trace::Row &row);
    void announceStepsUpTo(std::uint32_t step);
    void announceHandOver(std::uint32_t index);
    void announceLosses(std::uint32_t index);
    void announceArrival(const trace::Row &row);
    void addFields(const trace::Row &row, std::uint32_t indent);
    [[nodiscard]] std::string handOverText(const trace::Row &from, std::uint32_t to) const;
    [[nodiscard]] trace::Layer layerOf(std::uint32_t index) const;
    [[nodiscard]] std::string rootName(std::uint32_t index) const;
    [[nodiscard]] Cell cell(const SideNotes *notes, std::uint32_t call, const trace::Row &row) const;
    [[nodiscard]] std::optional<std::uint32_t> stepOf(const trace::Row &row) const;
    [[nodiscard]] std::uint32_t lastTracedStep() const;
    void bar(RowKind kind, std::string text, trace::Context context = trace::Context::process);

    const ViewInput &in_;
    const ViewOptions &options_;
    std::vector<trace::Row> rows_; // where there is one side only
    trace::PacketTable packets_;
    std::optional<StepMarks> leftSteps_, rightSteps_;

    std::vector<std::uint32_t> indent_;
    std::vector<bool> shown_;
    std::vector<std::uint32_t> folded_;
    std::vector<RowMark> worst_;

    std::vector<ViewRow> out_;
    std::uint32_t announced_ = npos; // the last step that has its bar
    std::uint32_t before_ = npos;    // the row shown last
    std::size_t lossesTold_[2] = {}; // of the left and of the right side
    trace::PacketId packet_ = trace::no_packet;
    std::uint8_t packetHost_ = 0;
};

bool Builder::sameTask(const trace::Row &a, const trace::Row &b) const {
    if (a.left != npos && b.left != npos)
        return in_.left->tree().calls[a.left].task == in_.left->tree().calls[b.left].task;
    if (a.right != npos && b.right != npos)
        return in_.right->tree().calls[a.right].task == in_.right->tree().calls[b.right].task;
    return true;
}

bool Builder::sameRun(const trace::Row &a, const trace::Row &b) const {
    return trace::context_of(enterOf(a)) == trace::context_of(enterOf(b)) && sameTask(a, b);
}

// Indentation counts callers in the same context and task: a softirq starts at the margin again, under its bar.
void Builder::measureContexts() {
    indent_.assign(rows().size(), 0);
    for (std::uint32_t i = 0; i < rows().size(); ++i) {
        const trace::Row &row = rows()[i];
        if (row.parent == npos) continue;
        indent_[i] = sameRun(row, rows()[row.parent]) ? indent_[row.parent] + 1 : 0;
    }
}

bool Builder::nameMatches(std::string_view name) const {
    return std::any_of(options_.only.begin(), options_.only.end(), [&](const std::string &pattern) {
        return fnmatch(pattern.c_str(), std::string(name).c_str(), 0) == 0;
    });
}

bool Builder::picked(const trace::Row &row) const {
    if (!options_.only.empty()) {
        const bool left = row.left != npos && nameMatches(in_.left->name(row.left));
        const bool right = row.right != npos && nameMatches(in_.right->name(row.right));
        if (!left && !right) return false;
    }
    if (options_.packet == trace::no_packet) return true;
    const trace::PacketId packet = enterOf(row).packet;
    if (packet == trace::no_packet || (in_.left && row.left == npos)) return false;
    return packet == options_.packet || packets_.family(packet) == packets_.family(options_.packet);
}

// Folded calls leave their number and the worst mark with the caller that is shown.
void Builder::hideAndFold() {
    const std::size_t n = rows().size();
    shown_.assign(n, false);
    folded_.assign(n, 0);
    worst_.resize(n);
    for (std::uint32_t i = 0; i < n; ++i) {
        const trace::Row &row = rows()[i];
        worst_[i] = row.mark;
        shown_[i] = row.depth <= options_.depth && picked(row);
        if (row.depth <= options_.depth) continue;
        std::uint32_t up = row.parent;
        while (up != npos && rows()[up].depth > options_.depth)
            up = rows()[up].parent;
        if (up == npos) continue;
        ++folded_[up];
        if (trace::mark_severity(row.mark) > trace::mark_severity(worst_[up])) worst_[up] = row.mark;
    }
}

std::optional<std::uint32_t> Builder::stepOf(const trace::Row &row) const {
    const std::uint32_t event = notesOf(row).tree().calls[callOf(row)].enter;
    return (row.left != npos ? *leftSteps_ : *rightSteps_).stepAt(event);
}

std::uint32_t Builder::lastTracedStep() const {
    const StepMarks &marks = leftSteps_ ? *leftSteps_ : *rightSteps_;
    return marks.empty() ? npos : marks.last();
}

void Builder::bar(RowKind kind, std::string text, trace::Context context) {
    ViewRow row;
    row.kind = kind;
    row.context = context;
    row.left.text = std::move(text);
    out_.push_back(std::move(row));
}

void Builder::announceStep(const trace::Row &row) {
    if (const std::optional<std::uint32_t> step = stepOf(row)) announceStepsUpTo(*step);
}

// Empty where the side did not record what the step returned.
std::string resultOf(const StepMarks &marks, std::uint32_t step) {
    const std::optional<std::int64_t> result = marks.result(step);
    return result ? resultText(*result) : std::string();
}

// Every traced step gets its bar, those without a call too: a system call that did nothing visible did run.
void Builder::announceStepsUpTo(std::uint32_t step) {
    if (step == npos) return;
    for (std::uint32_t s = announced_ == npos ? 0 : announced_ + 1; s <= step; ++s) {
        const StepMarks &marks = leftSteps_ ? *leftSteps_ : *rightSteps_;
        if (!marks.traced(s)) continue;
        std::string text = in_.ops ? stepText(*in_.ops, s) : "";
        if (text.starts_with("trace off")) continue;
        if (text.empty()) text = "step " + std::to_string(s);
        if (marks.line(s) != 0) text += "   line " + std::to_string(marks.line(s));
        const std::string result = resultOf(leftSteps_ ? *leftSteps_ : *rightSteps_, s);
        const std::string other = leftSteps_ && rightSteps_ ? resultOf(*rightSteps_, s) : "";
        if (!result.empty()) text += "   → " + result;
        if (!other.empty() && other != result)
            text += ", " + sideNames(in_.left->side(), in_.right->side()).right + ": " + other;
        bar(RowKind::step, text);
    }
    if (announced_ == npos || step > announced_) announced_ = step;
}

std::string Builder::rootName(std::uint32_t index) const {
    while (rows()[index].parent != npos)
        index = rows()[index].parent;
    const trace::Row &root = rows()[index];
    return std::string(notesOf(root).name(callOf(root)));
}

std::string Builder::handOverText(const trace::Row &from, std::uint32_t to) const {
    const trace::Row &row = rows()[to];
    const SideNotes &notes = notesOf(row);
    const trace::Event &e = enterOf(row);
    const trace::Context now = trace::context_of(e), then = trace::context_of(enterOf(from));
    const std::string task = notes.taskName(taskOf(row)), cpu = "   CPU " + std::to_string(e.cpu);
    const std::string inside = row.parent == npos ? "" : ", inside " + rootName(to);
    if (!sameTask(row, from)) return "another task: " + task + cpu + inside;
    if (now == trace::Context::process) return "back in process context: " + task + cpu + inside;
    std::string text = std::string("hand-over: ") + trace::context_name(then) + " → " + trace::context_name(now);
    const std::string &vector = notes.softirqAt(notes.tree().calls[callOf(row)].enter);
    if (now == trace::Context::softirq && !vector.empty()) text += " " + vector;
    return text + cpu + (row.parent == npos ? "" : ", " + task + " is still" + inside.substr(1));
}

void Builder::announceHandOver(std::uint32_t index) {
    if (before_ == npos || sameRun(rows()[index], rows()[before_])) return;
    const trace::Row &row = rows()[index];
    // A step's bar says by itself that the process goes on with a new system call.
    const bool newStep = !out_.empty() && out_.back().kind == RowKind::step;
    if (newStep && row.parent == npos && trace::context_of(enterOf(row)) == trace::Context::process) return;
    bar(RowKind::handOver, handOverText(rows()[before_], index), trace::context_of(enterOf(row)));
}

// What a side lost before the call of this row (npos: until its end). No filter hides it.
void Builder::announceLosses(std::uint32_t index) {
    for (const bool left : {true, false}) {
        const SideNotes *notes = left ? in_.left : in_.right;
        if (notes == nullptr) continue;
        std::uint32_t until = npos;
        if (index != npos) {
            const std::uint32_t call = left ? rows()[index].left : rows()[index].right;
            if (call == npos) continue;
            until = notes->tree().calls[call].enter;
        }
        const std::vector<std::uint32_t> &losses = notes->tree().losses;
        for (std::size_t &told = lossesTold_[left ? 0 : 1]; told < losses.size() && losses[told] <= until; ++told) {
            const trace::Event &e = notes->side().events[losses[told]];
            bar(RowKind::loss, std::string(trace::mark_glyph(RowMark::lost)) + " " + trace::loss_text(e) + "   " +
                                   trace::side_name(notes->side().info.kind) + ", CPU " + std::to_string(e.cpu));
        }
    }
}

// The packet is on another host than before.
void Builder::announceArrival(const trace::Row &row) {
    const trace::Event &e = enterOf(row);
    if (e.packet == trace::no_packet || e.host == 0) return;
    if (e.packet == packet_ && packetHost_ != 0 && packetHost_ != e.host)
        bar(RowKind::arrival, "packet " + std::to_string(e.packet) + " arrives at " + notesOf(row).hostDevice(e));
    packet_ = e.packet;
    packetHost_ = e.host;
}

Cell Builder::cell(const SideNotes *notes, std::uint32_t call, const trace::Row &row) const {
    if (notes == nullptr) return {};
    if (call != npos)
        return {(notes->inferred(call) ? "~" : "") + printable(notes->name(call)), false, notes->at(call).chips};
    const bool none = row.reason.code == trace::ReasonCode::none;
    return {none ? "no reason known: a bug in one of us" : printable(row.reason.text), true, {}};
}

// A helper without a layer of its own belongs to its caller's.
trace::Layer Builder::layerOf(std::uint32_t index) const {
    for (; index != npos; index = rows()[index].parent) {
        const trace::Row &row = rows()[index];
        const trace::Layer layer = notesOf(row).side().function(notesOf(row).tree().calls[callOf(row)].fn).layer;
        if (layer != trace::Layer::none) return layer;
    }
    return trace::Layer::none;
}

void Builder::add(std::uint32_t index) {
    const trace::Row &row = rows()[index];
    announceStep(row);
    announceHandOver(index);
    announceArrival(row);
    before_ = index;
    ViewRow v;
    v.mark = worst_[index];
    v.folded = folded_[index];
    v.indent = indent_[index];
    v.layer = layerOf(index);
    v.context = trace::context_of(enterOf(row));
    v.left = cell(in_.left, row.left, row);
    v.right = cell(in_.right, row.right, row);
    if (row.right != npos) v.changes = in_.right->at(row.right).changes;
    // The right column has no room for operations: only what the left one does not say already.
    if (row.right != npos && row.left == npos && in_.left != nullptr)
        if (const std::string &error = in_.right->at(row.right).error; !error.empty())
            v.changes.insert(v.changes.begin(), error);
    if (in_.right == nullptr) v.changes = in_.left->at(row.left).changes;
    out_.push_back(std::move(v));
    addFields(row, indent_[index]);
}

void Builder::addFields(const trace::Row &row, std::uint32_t indent) {
    for (const trace::FieldDifference &f : row.fields) {
        ViewRow v;
        v.kind = RowKind::field;
        v.indent = indent + 1;
        v.context = trace::context_of(enterOf(row));
        const bool none = f.reason.code == trace::ReasonCode::none;
        v.mark = none ? RowMark::unexplained : RowMark::differs;
        v.left.text = printable(f.field) + ": " + printable(f.left);
        v.right.text =
            printable(f.right) + "   " + (none ? "no reason known: a bug in one of us" : printable(f.reason.text));
        out_.push_back(std::move(v));
    }
}

} // namespace

std::vector<ViewRow> viewRows(const ViewInput &input, const ViewOptions &options) {
    return Builder(input, options).build();
}

} // namespace skbscope::app
