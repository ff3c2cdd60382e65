// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/phrase.h"
#include "ui/scenes/calls_painter.h"

#include <algorithm>

namespace skbscope::ui::calls {

// What a call did, right of its name, shortened where there is no room for all of it. Returns what is left for the
// name.
qreal CallsPainter::chip(const CallCells &c, qreal from, qreal right, qreal middle) {
    const qreal room = right - from - 8;
    if (c.chip.isEmpty() || room < std::min(leastChip, chipWidth(c.chip))) return right;
    // Of "input_pkt_queue 1→0" the numbers stay.
    const qsizetype numbers = c.chip.contains(QChar(0x2192)) ? c.chip.lastIndexOf(QLatin1Char(' ')) : -1;
    const QString end = numbers > 0 ? c.chip.mid(numbers) : QString();
    QString text = c.chip;
    for (qsizetype n = c.chip.size() - end.size() - 1; n > 0 && chipWidth(text) > room; --n)
        text = c.chip.left(n) + QChar(0x2026) + end;
    return drawChip(list_, right, middle, text) - 4;
}

void CallsPainter::modelCell(const CallLine &line, const CallCells &c, qreal y) {
    const qreal left = modelX_ + indentOf(line), middle = y + o_.rowHeight / 2;
    const Ink ink = c.later ? Ink::ink3 : Ink::ink;
    if (c.foldable && !c.model.isEmpty()) drawTwisty(list_, {left + 5, middle}, !c.folded, Ink::ink3);
    qreal right = markX_ - 2;
    const qreal x = left + twistyWidth;
    right = chip(c, x + runWidth({c.model, ink, c.here ? 700 : 400, true}, 12), right, middle);
    Label name{{x, baseline(y, o_.rowHeight)}, 12, {}};
    if (!c.model.isEmpty())
        name.runs = {{c.model, ink, c.here ? 700 : 400, true}};
    else if (model_.document()->hasBoth()) // else there is no model at all, which the status line says
        name.runs = {{c.reason.isEmpty()
                          ? phrase("CallsScene", "not in %1").arg(sideName(*model_.document(), SideKind::model))
                          : c.reason,
                      Ink::ink3, 400, false, true}};
    name.maxWidth = right - x;
    list_.add(name);
    if (o_.find && !c.model.isEmpty() && o_.find->matches(c.row)) underline(name);
}

void CallsPainter::kernelCell(const CallLine &line, const CallCells &c, qreal y) {
    const qreal left = kernelX_ + indentOf(line), x = left + twistyWidth;
    if (c.foldable && !c.kernel.isEmpty()) drawTwisty(list_, {left + 5, y + o_.rowHeight / 2}, !c.folded, Ink::ink3);
    Label name{{x, baseline(y, o_.rowHeight)}, 12, {}};
    if (!c.kernel.isEmpty()) {
        name.runs = {{c.kernel, c.later ? Ink::ink3 : Ink::ink, c.here ? 700 : 400, true}};
        if (c.inferred) name.runs.push_back({QStringLiteral(" ?"), Ink::ink2, 600});
    } else if (c.mark) {
        name.runs = {{c.reason, Ink::ink3, 400, false, true}};
    }
    const qreal right = o_.size.width() - 8 - (c.time.isEmpty() ? 0 : runWidth({c.time}, 12) + 5);
    name.maxWidth = right - x;
    if (!name.runs.empty()) list_.add(name);
    if (o_.find && !c.kernel.isEmpty() && o_.find->matches(c.row)) underline(name);
    if (!c.time.isEmpty())
        list_.text({o_.size.width() - 8, baseline(y, o_.rowHeight)}, 12, c.time, c.here ? Ink::ink : Ink::ink3, 400,
                   Anchor::end);
}

// Name once; where a side has no such call, the reason stands behind the name in that side's place.
void CallsPainter::mergedCell(const CallLine &line, const CallCells &c, qreal y) {
    const qreal left = modelX_ + indentOf(line), middle = y + o_.rowHeight / 2, x = left + twistyWidth;
    if (c.foldable) drawTwisty(list_, {left + 5, middle}, !c.folded, Ink::ink3);
    const Ink ink = c.later ? Ink::ink3 : Ink::ink;
    Label name{{x, baseline(y, o_.rowHeight)}, 12, {}};
    name.runs = {{c.model.isEmpty() ? c.kernel : c.model, ink, c.here ? 700 : 400, true}};
    if (c.inferred) name.runs.push_back({QStringLiteral(" ?"), Ink::ink2, 600});
    const qreal end = x + labelWidth(name), right = chip(c, end, markX_ - 2, middle);
    name.maxWidth = right - x;
    list_.add(name);
    if (o_.find && o_.find->matches(c.row)) underline(name);
    const bool missing = model_.document()->hasBoth() && (c.model.isEmpty() || c.kernel.isEmpty());
    const QString reason = c.reason.isEmpty() && c.mark ? markWord(*c.mark) : c.reason;
    if (missing && right - end > leastChip)
        list_.add(Label{{end + 10, baseline(y, o_.rowHeight)},
                        12,
                        {{reason, Ink::ink3, 400, false, true}},
                        Anchor::start,
                        right - end - 12});
    if (!c.time.isEmpty())
        list_.text({o_.size.width() - 8, baseline(y, o_.rowHeight)}, 12, c.time, c.here ? Ink::ink : Ink::ink3, 400,
                   Anchor::end);
}

// What find found: the name is underlined, as it is.
void CallsPainter::underline(const Label &name) {
    const qreal width = std::min(labelWidth(name), name.maxWidth);
    list_.line(name.at + QPointF(0, 3), name.at + QPointF(width, 3), {Ink::ink, 2});
}

} // namespace skbscope::ui::calls
