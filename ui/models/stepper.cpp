// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/stepper.h"

#include <functional>

namespace skbscope::ui {

namespace {
using Found = std::optional<quint32>;

Found firstAfter(const TraceDocument &d, quint32 step, const std::function<bool(const Step &)> &wanted) {
    for (quint32 i = step + 1; i < d.steps().size(); ++i)
        if (wanted(d.steps()[i])) return i;
    return {};
}

Found lastBefore(const TraceDocument &d, quint32 step, const std::function<bool(const Step &)> &wanted) {
    for (quint32 i = step; i-- > 0;)
        if (wanted(d.steps()[i])) return i;
    return {};
}

// The first stop outside `row`'s subtree: in the same task where there is one, as a call that sleeps is only over when
// it returns; else wherever the trace goes on.
Found leave(const TraceDocument &d, quint32 step, quint32 row) {
    const DocumentRow &from = d.rows()[row];
    const Found same = firstAfter(
        d, step, [&](const Step &s) { return d.rows()[s.row].task == from.task && !d.isInside(s.row, row); });
    return same ? same : firstAfter(d, step, [&](const Step &s) { return !d.isInside(s.row, row); });
}

Found forward(const TraceDocument &d, quint32 step, Stride stride) {
    const Step &now = d.steps()[step];
    const quint32 parent = d.rows()[now.row].parent;
    if (stride == Stride::into) return step + 1 < d.steps().size() ? Found(step + 1) : Found();
    if (stride == Stride::out) return parent == npos ? leave(d, step, now.row) : leave(d, step, parent);
    if (!now.late) return leave(d, step, now.row);
    // The function goes on: over leads to what it does next, not out of it.
    const DocumentRow &row = d.rows()[now.row];
    return firstAfter(d, step, [&](const Step &s) {
        const DocumentRow &next = d.rows()[s.row];
        return next.task == row.task && next.depth <= row.depth + 1;
    });
}

Found back(const TraceDocument &d, quint32 step, Stride stride) {
    const Step &now = d.steps()[step];
    const DocumentRow &row = d.rows()[now.row];
    if (stride == Stride::into) return step > 0 ? Found(step - 1) : Found();
    if (stride == Stride::out) {
        if (now.late) return row.firstStep;
        if (row.parent != npos) return d.rows()[row.parent].firstStep;
        return lastBefore(d, step, [&](const Step &s) { return d.rows()[s.row].depth == 0 && !s.late; });
    }
    const quint32 depth = row.depth + (now.late ? 1 : 0);
    const Found same = lastBefore(
        d, step, [&](const Step &s) { return d.rows()[s.row].task == row.task && d.rows()[s.row].depth <= depth; });
    return same ? same : lastBefore(d, step, [&](const Step &s) { return d.rows()[s.row].depth <= depth; });
}
} // namespace

Found stepFrom(const TraceDocument &document, quint32 step, Stride stride, Direction direction) {
    if (step >= document.steps().size()) return {};
    return direction == Direction::forward ? forward(document, step, stride) : back(document, step, stride);
}

bool isDifference(const DocumentRow &row) {
    return row.mark && *row.mark != trace::RowMark::match && *row.mark != trace::RowMark::inlined;
}

Found differenceFrom(const TraceDocument &document, quint32 step, Direction direction) {
    const auto differs = [&](const Step &s) { return !s.late && isDifference(document.rows()[s.row]); };
    return direction == Direction::forward ? firstAfter(document, step, differs) : lastBefore(document, step, differs);
}

} // namespace skbscope::ui
