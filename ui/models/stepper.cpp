// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/stepper.h"

namespace skbscope::ui {

namespace {
using Found = std::optional<quint32>;

// `wanted` is asked about the row of each step: there may be millions on the way.
template <class Wanted> Found firstAfter(const TraceDocument &d, quint32 step, const Wanted &wanted) {
    for (quint32 i = step + 1; i < d.steps().size(); ++i)
        if (wanted(d.rowAtStep(i), i)) return i;
    return {};
}

template <class Wanted> Found lastBefore(const TraceDocument &d, quint32 step, const Wanted &wanted) {
    for (quint32 i = step; i-- > 0;)
        if (wanted(d.rowAtStep(i), i)) return i;
    return {};
}

trace::TaskId taskOf(const TraceDocument &d, quint32 row) {
    return d.firstCallOf(row).task;
}

// The first stop outside `row`'s subtree: in the same task where there is one, as a call that sleeps is only over when
// it returns; else wherever the trace goes on.
Found leave(const TraceDocument &d, quint32 step, quint32 row) {
    const trace::TaskId task = taskOf(d, row);
    const Found same =
        firstAfter(d, step, [&](quint32 r, quint32) { return taskOf(d, r) == task && !d.isInside(r, row); });
    return same ? same : firstAfter(d, step, [&](quint32 r, quint32) { return !d.isInside(r, row); });
}

Found forward(const TraceDocument &d, quint32 step, Stride stride) {
    const quint32 row = d.rowAtStep(step), parent = d.parentOf(row);
    if (stride == Stride::into) return step + 1 < d.steps().size() ? Found(step + 1) : Found();
    if (stride == Stride::out) return parent == npos ? leave(d, step, row) : leave(d, step, parent);
    if (!d.steps()[step].late) return leave(d, step, row);
    // The function goes on: over leads to what it does next, not out of it.
    const trace::TaskId task = taskOf(d, row);
    const quint32 depth = d.depthOf(row) + 1;
    return firstAfter(d, step, [&](quint32 r, quint32) { return taskOf(d, r) == task && d.depthOf(r) <= depth; });
}

Found back(const TraceDocument &d, quint32 step, Stride stride) {
    const bool late = d.steps()[step].late;
    const quint32 row = d.rowAtStep(step), parent = d.parentOf(row);
    if (stride == Stride::into) return step > 0 ? Found(step - 1) : Found();
    if (stride == Stride::out) {
        if (late) return d.firstStepOf(row);
        if (parent != npos) return d.firstStepOf(parent);
        return lastBefore(d, step, [&](quint32 r, quint32 s) { return d.depthOf(r) == 0 && !d.steps()[s].late; });
    }
    const quint32 depth = d.depthOf(row) + (late ? 1 : 0);
    const trace::TaskId task = taskOf(d, row);
    const Found same =
        lastBefore(d, step, [&](quint32 r, quint32) { return taskOf(d, r) == task && d.depthOf(r) <= depth; });
    return same ? same : lastBefore(d, step, [&](quint32 r, quint32) { return d.depthOf(r) <= depth; });
}
} // namespace

Found stepFrom(const TraceDocument &document, quint32 step, Stride stride, Direction direction) {
    if (step >= document.steps().size()) return {};
    return direction == Direction::forward ? forward(document, step, stride) : back(document, step, stride);
}

bool isDifference(std::optional<trace::RowMark> mark) {
    return mark && *mark != trace::RowMark::match && *mark != trace::RowMark::inlined;
}

bool isDifference(const DocumentRow &row) {
    return isDifference(row.mark);
}

Found differenceFrom(const TraceDocument &document, quint32 step, Direction direction) {
    const auto differs = [&](quint32 row, quint32 s) {
        return isDifference(document.markOf(row)) && !document.steps()[s].late;
    };
    return direction == Direction::forward ? firstAfter(document, step, differs) : lastBefore(document, step, differs);
}

} // namespace skbscope::ui
