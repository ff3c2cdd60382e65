// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/lesson_place.h"

#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"

namespace skbscope::ui {

namespace {
bool holds(const TraceDocument &d, const DocumentRow &row, const LessonAddress &a) {
    for (const SideKind kind : bothSides) {
        const quint32 call = row.call[sideIndex(kind)];
        if (call == npos || (a.side && *a.side != kind)) continue;
        if (a.packet == 0 || d.side(kind)->event(d.side(kind)->tree.calls[call].enter).packet == a.packet) return true;
    }
    return false;
}

bool does(const TraceDocument &d, const Step &step, const LessonAddress &a) {
    for (const SideKind kind : bothSides) {
        const StepSide &here = step.sides[sideIndex(kind)];
        if (!here.own || !d.side(kind) || (a.side && *a.side != kind)) continue;
        for (quint32 i = here.begin; i <= here.event; ++i)
            if (a.then == trace::kind_name(d.side(kind)->event(i).kind)) return true;
    }
    return false;
}
} // namespace

tl::expected<quint32, QString> lessonStep(const TraceDocument &d, const LessonAddress &a) {
    const QString name = qs(a.call);
    unsigned found = 0;
    quint32 row = 0;
    for (; row < d.rows().size(); ++row)
        if (d.rows()[row].name == name && holds(d, d.rows()[row], a) && ++found == a.nth) break;
    if (row == d.rows().size()) {
        const QString what =
            a.packet ? phrase("LessonPlace", "This trace has no call %1 of %2 with packet %4: there are %3.")
                     : phrase("LessonPlace", "This trace has no call %1 of %2: there are %3.");
        const QString said = what.arg(a.nth).arg(code(name)).arg(found);
        return tl::unexpected(a.packet ? said.arg(a.packet) : said);
    }
    const quint32 first = d.rows()[row].firstStep;
    if (a.then.empty()) return first;
    for (quint32 step = first; step < d.steps().size(); ++step)
        if (d.isInside(d.steps()[step].row, row) && does(d, d.steps()[step], a)) return step;
    return tl::unexpected(
        phrase("LessonPlace", "In call %1 of %2 there is no event %3.").arg(a.nth).arg(code(name), code(qs(a.then))));
}

} // namespace skbscope::ui
