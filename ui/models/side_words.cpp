// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/side_words.h"

#include "ui/models/names.h"

namespace skbscope::ui {

std::optional<trace::WhatIf> whatIfOf(const TraceDocument *d) {
    if (!d || !d->isTwoRuns()) return {};
    return trace::what_if_of(d->side(SideKind::model)->side->info, d->side(SideKind::kernel)->side->info);
}

QString sideWord(const TraceDocument *d, SideKind side) {
    if (!d || !d->isTwoRuns()) return QString::fromLatin1(trace::side_name(side));
    return side == SideKind::model ? QStringLiteral("first run") : QStringLiteral("changed run");
}

QString sideHead(const TraceDocument *d, SideKind side) {
    if (side == SideKind::model)
        return d && d->isTwoRuns() ? QStringLiteral("Model, as it was") : QStringLiteral("Model, C++");
    if (d && d->isTwoRuns()) {
        const std::optional<trace::WhatIf> change = whatIfOf(d);
        return change ? QStringLiteral("Model, with ") + qs(change->setting) + QLatin1Char(' ') + qs(change->after)
                      : QStringLiteral("Model, another run");
    }
    if (!d || !d->side(SideKind::kernel)) return QStringLiteral("Kernel");
    const QString release = qs(d->side(SideKind::kernel)->side->info.release);
    return (QStringLiteral("Kernel ") + release.section(QLatin1Char('.'), 0, 1)).trimmed() + QStringLiteral(", traced");
}

QString markWords(const TraceDocument *d, trace::RowMark mark) {
    if (d && d->isTwoRuns()) {
        if (mark == trace::RowMark::kernel_only) return QStringLiteral("changed run only");
        if (mark == trace::RowMark::model_only) return QStringLiteral("first run only");
    }
    return markWords(mark);
}

QString bothSidesWords(const TraceDocument *d, const QString &verb) {
    return (d && d->isTwoRuns() ? QStringLiteral("both runs ") : QStringLiteral("model and kernel ")) + verb;
}

} // namespace skbscope::ui
