// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/side_words.h"

#include "ui/models/names.h"

namespace skbscope::ui {

namespace {
QString alikeHead(const TraceDocument &document, SideKind side) {
    const trace::SideInfo &info = document.side(side)->side->info;
    QString out = sideWord(document, side) + QStringLiteral(": ") + QLatin1String(trace::side_name(info.kind)) + u' ' +
                  qs(info.release);
    if (const QString date = qs(info.date).left(10); !date.isEmpty()) out += QStringLiteral(", ") + date;
    return out.trimmed();
}
} // namespace

bool areAlike(const TraceDocument &document) {
    return document.hasBoth() &&
           document.side(SideKind::model)->side->info.kind == document.side(SideKind::kernel)->side->info.kind;
}

std::optional<trace::WhatIf> whatIfOf(const TraceDocument *d) {
    if (!d || !d->isTwoRuns()) return {};
    return trace::what_if_of(d->side(SideKind::model)->side->info, d->side(SideKind::kernel)->side->info);
}

QString sideWord(const TraceDocument &document, SideKind side) {
    const bool left = side == SideKind::model;
    if (whatIfOf(&document)) return left ? QStringLiteral("first run") : QStringLiteral("changed run");
    if (areAlike(document)) return left ? QStringLiteral("A") : QStringLiteral("B");
    return QLatin1String(trace::side_name(side));
}

QString sideName(const TraceDocument &document, SideKind side) {
    const QString word = sideWord(document, side);
    return areAlike(document) && !whatIfOf(&document) ? word : QStringLiteral("the ") + word;
}

QString sideHead(const TraceDocument &document, SideKind side) {
    if (const auto change = whatIfOf(&document))
        return side == SideKind::model
                   ? QStringLiteral("Model, as it was")
                   : QStringLiteral("Model, with ") + qs(change->setting) + u' ' + qs(change->after);
    if (areAlike(document)) return alikeHead(document, side);
    if (side == SideKind::model) return QStringLiteral("Model, C++");
    const DocumentSide *s = document.side(side);
    if (!s) return QStringLiteral("Kernel");
    const QString release = qs(s->side->info.release).section(u'.', 0, 1);
    return (QStringLiteral("Kernel ") + release).trimmed() + QStringLiteral(", traced");
}

QString markWords(const TraceDocument &document, trace::RowMark mark) {
    if (areAlike(document) && mark == trace::RowMark::model_only)
        return sideWord(document, SideKind::model) + QStringLiteral(" only");
    if (areAlike(document) && mark == trace::RowMark::kernel_only)
        return sideWord(document, SideKind::kernel) + QStringLiteral(" only");
    return markWords(mark);
}

QString sideWord(const TraceDocument *d, SideKind side) {
    return d ? sideWord(*d, side) : QLatin1String(trace::side_name(side));
}

QString sideHead(const TraceDocument *d, SideKind side) {
    if (d) return sideHead(*d, side);
    return side == SideKind::model ? QStringLiteral("Model, C++") : QStringLiteral("Kernel");
}

QString markWords(const TraceDocument *d, trace::RowMark mark) {
    return d ? markWords(*d, mark) : markWords(mark);
}

QString bothSidesWords(const TraceDocument *d, const QString &verb) {
    if (d && areAlike(*d)) return (whatIfOf(d) ? QStringLiteral("both runs ") : QStringLiteral("A and B ")) + verb;
    return QStringLiteral("model and kernel ") + verb;
}

} // namespace skbscope::ui
