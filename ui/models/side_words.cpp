// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/side_words.h"

#include "ui/models/names.h"

namespace skbscope::ui {

bool areAlike(const TraceDocument &document) {
    return document.hasBoth() &&
           document.side(SideKind::model)->side->info.kind == document.side(SideKind::kernel)->side->info.kind;
}

QString sideWord(const TraceDocument &document, SideKind side) {
    if (areAlike(document)) return side == SideKind::model ? QStringLiteral("A") : QStringLiteral("B");
    return QLatin1String(trace::side_name(side));
}

QString sideName(const TraceDocument &document, SideKind side) {
    const QString word = sideWord(document, side);
    return areAlike(document) ? word : QStringLiteral("the ") + word;
}

QString sideHead(const TraceDocument &document, SideKind side) {
    const DocumentSide *s = document.side(side);
    const QString release = s ? qs(s->side->info.release) : QString();
    if (!areAlike(document))
        return side == SideKind::model ? QStringLiteral("Model, C++")
               : s                     ? QStringLiteral("Kernel %1, traced").arg(release.section(u'.', 0, 1))
                                       : QStringLiteral("Kernel");
    QString out = sideWord(document, side) + QStringLiteral(": ") +
                  QLatin1String(trace::side_name(s->side->info.kind)) + u' ' + release;
    if (const QString date = qs(s->side->info.date).left(10); !date.isEmpty()) out += QStringLiteral(", ") + date;
    return out.trimmed();
}

QString markWords(const TraceDocument &document, trace::RowMark mark) {
    if (areAlike(document) && (mark == trace::RowMark::model_only || mark == trace::RowMark::kernel_only))
        return mark == trace::RowMark::model_only ? QStringLiteral("A only") : QStringLiteral("B only");
    return markWords(mark);
}

} // namespace skbscope::ui
