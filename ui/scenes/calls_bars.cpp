// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/phrase.h"
#include "ui/scenes/calls_painter.h"

#include <algorithm>
#include <vector>

namespace skbscope::ui::calls {

// A question is open: that something comes next, and not what.
void CallsPainter::dots(qreal y) {
    for (int i = 0; i < 3; ++i, y += o_.rowHeight)
        for (const qreal x : merged_ ? std::vector{modelX_} : std::vector{modelX_, kernelX_})
            list_.code({x + 40 + 6 * i, baseline(y, o_.rowHeight)}, 12, QStringLiteral(". . . . . . . ."), Ink::ink3);
}

void CallsPainter::summary(const CallLine &line, qreal y) {
    Box back{QRectF(0, y, o_.size.width(), barHeight)};
    back.fill = Ink::panel2;
    list_.add(back);
    context(line, y, barHeight);
    drawTwisty(list_, {modelX_ + 8, y + barHeight / 2}, line.kind == CallLine::callers, Ink::ink3);
    Label left{{modelX_ + 3 + twistyWidth, baseline(y, barHeight)}, 12, {{line.text, Ink::ink2, 400, true}}};
    left.maxWidth = (markX_ - left.at.x()) * (merged_ ? 0.6 : 1) - 4;
    list_.add(left);
    if (line.mark) list_.add(Mark{*line.mark, QRectF(markX_ + 6, y + (barHeight - 16) / 2, 16, 16)});
    const qreal beside =
        merged_ ? left.at.x() + std::min(labelWidth(left), left.maxWidth) + 14 : kernelX_ + 3 + twistyWidth;
    Label right{{beside, baseline(y, barHeight)}, 12, {{line.right, Ink::ink2}}};
    right.maxWidth = (merged_ ? markX_ - 4 : o_.size.width() - 8) - beside;
    if (!line.right.isEmpty()) list_.add(right);
    list_.line({0, y + barHeight - 0.5}, {o_.size.width(), y + barHeight - 0.5}, {Ink::line});
    if (isSummedUp(o_.frames.preview.row, line)) drawFrame(list_, back.rect.adjusted(1, 1, -1, -1), false);
    if (isSummedUp(o_.frames.pinned.row, line)) drawFrame(list_, back.rect.adjusted(1, 1, -1, -1), true);
    list_.region(back.rect,
                 line.kind == CallLine::returned ? QStringLiteral("earlier") : QStringLiteral("row:%1").arg(line.row_),
                 line.right);
}

// A bar of its own: what is missing is never drawn as "not called".
void CallsPainter::loss(const CallLine &line, qreal y) {
    Box bar{QRectF(0, y, o_.size.width(), barHeight)};
    bar.fill = Ink::panel2;
    bar.stroke = Stroke{Ink::diffMark, 1};
    list_.add(bar);
    list_.add(Mark{trace::RowMark::lost, QRectF(contextWidth + 2.5, y + (barHeight - 16) / 2, 16, 16)});
    Label label{{modelX_ + 5, baseline(y, barHeight)},
                12,
                {{line.text, Ink::diffText, 600}, {QStringLiteral("   ") + line.right, Ink::ink2}}};
    label.maxWidth = o_.size.width() - label.at.x() - 8;
    list_.add(label);
    list_.region(bar.rect, QStringLiteral("loss:%1").arg(line.row_), line.text);
}

// What the filter folded away, between two broken lines.
void CallsPainter::hidden(const CallLine &line, qreal y) {
    const QRectF bar(0, y, o_.size.width(), barHeight);
    drawTwisty(list_, {modelX_ + 8, bar.center().y()}, false, Ink::ink3);
    Label label{{modelX_ + 3 + twistyWidth, baseline(y, barHeight)}, 12, {{line.text, Ink::ink3, 400, false, true}}};
    const qreal right = label.at.x() + labelWidth(label) + 8;
    list_.add(label);
    list_.line({right, bar.center().y()}, {o_.size.width() - 8, bar.center().y()}, {Ink::lineS, 1, {1.5, 3}});
    list_.region(bar, QStringLiteral("gap:%1").arg(line.row_),
                 line.text + phrase("CallsScene", ": the filter leaves them out. A click shows them"));
}

void CallsPainter::handOver(const CallLine &line, qreal y) {
    Box bar{QRectF(0, y, o_.size.width(), barHeight)};
    const bool dark = line.context == trace::Context::softirq || line.context == trace::Context::hardirq;
    bar.fill = line.context == trace::Context::hardirq ? Ink::hard : dark ? Ink::soft : Ink::proc;
    const Ink ink = line.context == trace::Context::hardirq ? Ink::hardText : dark ? Ink::softText : Ink::procText;
    list_.add(bar);
    Label label{{20, baseline(y, barHeight)}, 12, {{line.text, ink, 600}, {QStringLiteral("   ") + line.right, ink}}};
    label.maxWidth = o_.size.width() - 28;
    list_.add(label);
}

} // namespace skbscope::ui::calls
