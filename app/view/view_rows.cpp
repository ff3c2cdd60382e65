// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/view/view_rows.h"

#include "app/terminal/text.h"
#include "app/view/view_builder.h"

#include <algorithm>
#include <fnmatch.h>

namespace skbscope::app {

using trace::npos;
using trace::RowMark;

namespace {
std::vector<trace::Row> rowsOfOneSide(const trace::CallTree &tree, bool left) {
    std::vector<trace::Row> rows(tree.calls.size());
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
        (left ? rows[i].left : rows[i].right) = i;
        rows[i].depth = tree.calls[i].depth;
        rows[i].parent = tree.calls[i].parent;
    }
    return rows;
}
} // namespace

ViewBuilder::ViewBuilder(const ViewInput &input, const ViewOptions &options) : in_(input), options_(options) {
    if (in_.left) leftSteps_.emplace(in_.left->side());
    if (in_.right) rightSteps_.emplace(in_.right->side());
    if (!in_.comparison) rows_ = rowsOfOneSide((in_.left ? in_.left : in_.right)->tree(), in_.left != nullptr);
    if (in_.left && options_.packet != trace::no_packet) packets_ = trace::build_packet_table(in_.left->side());
    if (!in_.left && options_.packet != trace::no_packet) packets_ = trace::build_packet_table(in_.right->side());
}

std::vector<ViewRow> ViewBuilder::build() {
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

// Indentation counts callers in the same context and task: a softirq starts at the margin again, under its bar.
void ViewBuilder::measureContexts() {
    indent_.assign(rows().size(), 0);
    for (std::uint32_t i = 0; i < rows().size(); ++i) {
        const trace::Row &row = rows()[i];
        if (row.parent == npos) continue;
        indent_[i] = sameRun(row, rows()[row.parent]) ? indent_[row.parent] + 1 : 0;
    }
}

bool ViewBuilder::nameMatches(std::string_view name) const {
    return std::any_of(options_.only.begin(), options_.only.end(), [&](const std::string &pattern) {
        return fnmatch(pattern.c_str(), std::string(name).c_str(), 0) == 0;
    });
}

bool ViewBuilder::picked(const trace::Row &row) const {
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
void ViewBuilder::hideAndFold() {
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

Cell ViewBuilder::cell(const SideNotes *notes, std::uint32_t call, const trace::Row &row) const {
    if (notes == nullptr) return {};
    if (call != npos)
        return {(notes->inferred(call) ? "~" : "") + printable(notes->name(call)), false, notes->at(call).chips};
    const bool none = row.reason().code == trace::ReasonCode::none;
    return {none ? "no reason known: a bug in one of us" : printable(row.reason().text), true, {}};
}

// A helper without a layer of its own belongs to its caller's.
trace::Layer ViewBuilder::layerOf(std::uint32_t index) const {
    for (; index != npos; index = rows()[index].parent) {
        const trace::Row &row = rows()[index];
        const trace::Layer layer = notesOf(row).side().function(notesOf(row).tree().calls[callOf(row)].fn).layer;
        if (layer != trace::Layer::none) return layer;
    }
    return trace::Layer::none;
}

void ViewBuilder::add(std::uint32_t index) {
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

void ViewBuilder::addFields(const trace::Row &row, std::uint32_t indent) {
    for (const trace::FieldDifference &f : row.fields()) {
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

std::vector<ViewRow> viewRows(const ViewInput &input, const ViewOptions &options) {
    return ViewBuilder(input, options).build();
}

} // namespace skbscope::app
