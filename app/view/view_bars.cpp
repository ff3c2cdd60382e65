// SPDX-License-Identifier: GPL-2.0-or-later
// The bars between the calls: the scenario's steps, hand-overs, arrivals, losses.
#include "app/view/summary.h"
#include "app/view/view_builder.h"
#include "trace/loss.h"

namespace skbscope::app {

using trace::npos;
using trace::RowMark;

bool ViewBuilder::sameTask(const trace::Row &a, const trace::Row &b) const {
    if (a.left != npos && b.left != npos)
        return in_.left->tree().calls[a.left].task == in_.left->tree().calls[b.left].task;
    if (a.right != npos && b.right != npos)
        return in_.right->tree().calls[a.right].task == in_.right->tree().calls[b.right].task;
    return true;
}

bool ViewBuilder::sameRun(const trace::Row &a, const trace::Row &b) const {
    return trace::context_of(enterOf(a)) == trace::context_of(enterOf(b)) && sameTask(a, b);
}

std::optional<std::uint32_t> ViewBuilder::stepOf(const trace::Row &row) const {
    const std::uint32_t event = notesOf(row).tree().calls[callOf(row)].enter;
    return (row.left != npos ? *leftSteps_ : *rightSteps_).stepAt(event);
}

std::uint32_t ViewBuilder::lastTracedStep() const {
    const StepMarks &marks = leftSteps_ ? *leftSteps_ : *rightSteps_;
    return marks.empty() ? npos : marks.last();
}

void ViewBuilder::bar(RowKind kind, std::string text, trace::Context context) {
    ViewRow row;
    row.kind = kind;
    row.context = context;
    row.left.text = std::move(text);
    out_.push_back(std::move(row));
}

void ViewBuilder::announceStep(const trace::Row &row) {
    if (const std::optional<std::uint32_t> step = stepOf(row)) announceStepsUpTo(*step);
}

// Empty where the side did not record what the step returned.
static std::string resultOf(const StepMarks &marks, std::uint32_t step) {
    const std::optional<std::int64_t> result = marks.result(step);
    return result ? resultText(*result) : std::string();
}

// Every traced step gets its bar, those without a call too: a system call that did nothing visible did run.
void ViewBuilder::announceStepsUpTo(std::uint32_t step) {
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

std::string ViewBuilder::rootName(std::uint32_t index) const {
    while (rows()[index].parent != npos)
        index = rows()[index].parent;
    const trace::Row &root = rows()[index];
    return std::string(notesOf(root).name(callOf(root)));
}

std::string ViewBuilder::handOverText(const trace::Row &from, std::uint32_t to) const {
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

void ViewBuilder::announceHandOver(std::uint32_t index) {
    if (before_ == npos || sameRun(rows()[index], rows()[before_])) return;
    const trace::Row &row = rows()[index];
    // A step's bar says by itself that the process goes on with a new system call.
    const bool newStep = !out_.empty() && out_.back().kind == RowKind::step;
    if (newStep && row.parent == npos && trace::context_of(enterOf(row)) == trace::Context::process) return;
    bar(RowKind::handOver, handOverText(rows()[before_], index), trace::context_of(enterOf(row)));
}

// What a side lost before the call of this row (npos: until its end). No filter hides it.
void ViewBuilder::announceLosses(std::uint32_t index) {
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
void ViewBuilder::announceArrival(const trace::Row &row) {
    const trace::Event &e = enterOf(row);
    if (e.packet == trace::no_packet || e.host == 0) return;
    if (e.packet == packet_ && packetHost_ != 0 && packetHost_ != e.host)
        bar(RowKind::arrival, "packet " + std::to_string(e.packet) + " arrives at " + notesOf(row).hostDevice(e));
    packet_ = e.packet;
    packetHost_ = e.host;
}

} // namespace skbscope::app
