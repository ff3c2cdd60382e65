// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/side_words.h"

#include "ui/models/app_words.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"

namespace skbscope::ui {

namespace {
// "kernel 6.1.0-51-cloud-amd64, 2026-11-26"
QString recordedWords(const trace::SideInfo &info) {
    QString out = kindWord(info.kind) + u' ' + qs(info.release);
    if (const QString date = qs(info.date).left(10); !date.isEmpty()) out += QStringLiteral(", ") + date;
    return out.trimmed();
}

QString traceName(const trace::SideInfo &info) {
    const auto at = info.facts.find(std::string(comparedFact));
    return at == info.facts.end() ? QString() : qs(at->second);
}

// The trace's name tells the two apart; of where they come from only what differs does.
QString alikeHead(const TraceDocument &document, SideKind side) {
    const auto info = [&document](SideKind kind) -> const trace::SideInfo & { return document.side(kind)->side->info; };
    QStringList parts;
    if (const QString name = traceName(info(side)); !name.isEmpty()) parts << name;
    if (parts.empty() || recordedWords(info(SideKind::model)) != recordedWords(info(SideKind::kernel)))
        parts << recordedWords(info(side));
    return sideWord(document, side) + QStringLiteral(": ") + parts.join(QStringLiteral(", "));
}
} // namespace

QString kindWord(SideKind kind) {
    return phrase("Sides", trace::side_name(kind));
}

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
    if (whatIfOf(&document)) return left ? phrase("Sides", "first run") : phrase("Sides", "changed run");
    if (areAlike(document)) return left ? QStringLiteral("A") : QStringLiteral("B");
    return kindWord(side);
}

QString sideName(const TraceDocument &document, SideKind side) {
    const bool left = side == SideKind::model;
    if (whatIfOf(&document)) return left ? phrase("Sides", "the first run") : phrase("Sides", "the changed run");
    if (areAlike(document)) return sideWord(document, side);
    return left ? phrase("Sides", "the model") : phrase("Sides", "the kernel");
}

QString sideHead(const TraceDocument &document, SideKind side) {
    if (const auto change = whatIfOf(&document))
        return side == SideKind::model
                   ? phrase("Sides", "Model, as it was")
                   : phrase("Sides", "Model, with %1 %2").arg(appWords(change->setting), appWords(change->after));
    if (areAlike(document)) return alikeHead(document, side);
    if (side == SideKind::model) return phrase("Sides", "Model, C++");
    const DocumentSide *s = document.side(side);
    if (!s) return phrase("Sides", "Kernel");
    const QString release = qs(s->side->info.release).section(u'.', 0, 1);
    return phrase("Sides", "Kernel %1, traced")
        .arg(release)
        .simplified()
        .replace(QStringLiteral(" ,"), QStringLiteral(","));
}

QString markWords(const TraceDocument &document, trace::RowMark mark) {
    if (areAlike(document) && mark == trace::RowMark::model_only) return onlyWords(sideWord(document, SideKind::model));
    if (areAlike(document) && mark == trace::RowMark::kernel_only)
        return onlyWords(sideWord(document, SideKind::kernel));
    return markWords(mark);
}

QString onlyWords(const QString &side) {
    return phrase("Sides", "%1 only").arg(side);
}

QString sideWord(const TraceDocument *d, SideKind side) {
    return d ? sideWord(*d, side) : kindWord(side);
}

QString sideHead(const TraceDocument *d, SideKind side) {
    if (d) return sideHead(*d, side);
    return side == SideKind::model ? phrase("Sides", "Model, C++") : phrase("Sides", "Kernel");
}

QString markWords(const TraceDocument *d, trace::RowMark mark) {
    return d ? markWords(*d, mark) : markWords(mark);
}

QString agreeWords(const TraceDocument *d) {
    if (d && areAlike(*d)) return whatIfOf(d) ? phrase("Sides", "both runs agree") : phrase("Sides", "A and B agree");
    return phrase("Sides", "model and kernel agree");
}

} // namespace skbscope::ui
