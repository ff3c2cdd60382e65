// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/calls_scene.h"

#include "ui/scenes/calls_painter.h"

#include <algorithm>

namespace skbscope::ui {

namespace calls {
void CallsPainter::context(const CallLine &line, qreal y, qreal height) {
    Box strip{QRectF(0, y, contextWidth, height)};
    switch (line.context) {
    case trace::Context::process:
        strip.fill = Ink::proc;
        break;
    case trace::Context::softirq:
        strip.fill = Ink::soft;
        break;
    case trace::Context::hardirq:
        strip.texture = Texture::hardirq;
        break;
    case trace::Context::idle:
        strip.stroke = Stroke{Ink::line};
        break;
    }
    list_.add(strip);
}

// On this row, or on one it hides: on, off, or none.
std::optional<bool> CallsPainter::dotIn(quint32 row, bool folded) const {
    if (!o_.breakpoints) return {};
    const auto &dots = o_.breakpoints->dots();
    const quint32 last = folded ? row + model_.document()->rows()[row].inside : row;
    std::optional<bool> found;
    for (auto it = std::lower_bound(dots.begin(), dots.end(), row,
                                    [](const BreakpointsModel::Dot &dot, quint32 r) { return dot.row < r; });
         it != dots.end() && it->row <= last; ++it)
        found = found.value_or(false) || it->enabled;
    return found;
}

// The row itself, or the folded one that hides it.
bool CallsPainter::isLinked(quint32 linked, quint32 row) const {
    return linked != npos && linked < model_.document()->rows().size() && model_.visible()[model_.place(linked)] == row;
}

// A linked call that has returned, or that called the ones shown, stands behind its summary.
bool CallsPainter::isSummedUp(quint32 linked, const CallLine &line) const {
    if (linked == npos || linked >= firstRow_ || firstRow_ == npos) return false;
    return model_.document()->isInside(firstRow_, linked) == (line.kind == CallLine::callers);
}

void CallsPainter::marks(const CallLine &line, const CallCells &c, const QRectF &rect) {
    if (const auto dot = dotIn(line.row_, c.folded)) drawDot(list_, {contextWidth / 2, rect.center().y()}, *dot, 3.4);
    const QRectF inside = rect.adjusted(1, 1, -1, -1);
    if (isLinked(o_.frames.preview.row, line.row_)) drawFrame(list_, inside, false);
    if (isLinked(o_.frames.pinned.row, line.row_)) drawFrame(list_, inside, true);
}

void CallsPainter::row(const CallLine &line, qreal y) {
    const CallCells c = model_.cells(line.row_);
    const QRectF rect(0, y, o_.size.width(), o_.rowHeight);
    if (c.here) {
        Box now{rect.adjusted(0.8, 0.8, -0.8, -0.8)};
        now.fill = Ink::nowRow;
        list_.add(now);
    } else if (!single_) {
        Box gutter{QRectF(markX_, y, markWidth, o_.rowHeight)};
        gutter.fill = Ink::panel2;
        list_.add(gutter);
    }
    context(line, y, o_.rowHeight);
    drawBadge(list_, QRectF(contextWidth + 2.5, y + (o_.rowHeight - 16) / 2, 16, 16), c.layer, c.later);
    if (merged_)
        mergedCell(line, c, y);
    else
        modelCell(line, c, y);
    if (c.mark) list_.add(Mark{*c.mark, QRectF(markX_ + 6, y + (o_.rowHeight - 16) / 2, 16, 16)});
    if (!merged_) kernelCell(line, c, y);
    if (c.here) {
        Box frame{rect.adjusted(0.8, 0.8, -0.8, -0.8)};
        frame.stroke = Stroke{Ink::nowMark, 1.6};
        list_.add(frame);
    }
    marks(line, c, rect);
    list_.region(rect, QStringLiteral("row:%1").arg(line.row_));
    if (!single_)
        list_.region(QRectF(markX_, y, markWidth, o_.rowHeight), QStringLiteral("row:%1").arg(line.row_), c.tip);
    if (c.foldable) {
        const qreal x = indentOf(line);
        list_.region(QRectF(modelX_ + x - 3, y, twistyWidth + 3, o_.rowHeight),
                     QStringLiteral("fold:%1").arg(line.row_));
        list_.region(QRectF(kernelX_ + x - 3, y, twistyWidth + 3, o_.rowHeight),
                     QStringLiteral("fold:%1").arg(line.row_));
    }
}

} // namespace calls

DisplayList callsScene(const CallRowsModel &model, const CallsSceneOptions &options) {
    return calls::CallsPainter(model, options).run();
}

} // namespace skbscope::ui
