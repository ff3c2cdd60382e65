// SPDX-License-Identifier: GPL-2.0-or-later
// Draws the call trees: rows in calls_scene.cpp, what stands in them in calls_cells.cpp, legend and heads in
// calls_heads.cpp, summaries and bars in calls_bars.cpp. Only they include this.
#pragma once

#include "ui/models/names.h"
#include "ui/models/side_words.h"
#include "ui/scenes/calls_scene.h"
#include "ui/scenes/parts.h"

#include <functional>

namespace skbscope::ui::calls {

inline constexpr qreal legendHeight = 25, headHeight = 22, barHeight = 21;
inline constexpr qreal contextWidth = 9, layerWidth = 21, markWidth = 28, timeWidth = 43;
inline constexpr qreal twistyWidth = 12, indentRoom = 110, leastChip = 52;
// Narrower than this there is one tree of both sides; with one side alone there always is.
inline constexpr qreal mergedBelow = 600, mergedTimeWidth = 58;

class CallsPainter {
public:
    CallsPainter(const CallRowsModel &model, const CallsSceneOptions &options) : model_(model), o_(options) {
        list_.size = o_.size;
        single_ = model_.document() && !model_.document()->hasBoth();
        merged_ = o_.size.width() < mergedBelow || single_;
        const qreal names = o_.size.width() - contextWidth - layerWidth - markWidth - timeWidth;
        modelX_ = contextWidth + layerWidth;
        markX_ = single_   ? o_.size.width() - mergedTimeWidth // nothing is compared: no marks
                 : merged_ ? o_.size.width() - mergedTimeWidth - markWidth
                           : modelX_ + names * 0.5;
        kernelX_ = merged_ ? modelX_ : markX_ + markWidth;
    }

    DisplayList run() {
        const qreal top = legendHeight + headHeight;
        const CallWindow window = callWindow(model_, {o_.size.height() - top, o_.rowHeight, barHeight, o_.scroll});
        single_ ? layers() : legend(window);
        heads();
        indent_ = window.deepest == 0 ? 6 : std::min(6.0, indentRoom / window.deepest);
        for (const CallLine &line : window.lines)
            if (line.kind == CallLine::row) firstRow_ = std::min(firstRow_, line.row_);
        qreal y = top;
        for (const CallLine &line : window.lines) {
            if (model_.curtain() && isToCome(line)) return dots(y), std::move(list_);
            const qreal height = line.kind == CallLine::row ? o_.rowHeight : barHeight;
            if (line.kind == CallLine::row)
                row(line, y);
            else if (line.kind == CallLine::handOver)
                handOver(line, y);
            else if (line.kind == CallLine::loss)
                loss(line, y);
            else if (line.kind == CallLine::hidden)
                hidden(line, y);
            else
                summary(line, y);
            y += height;
        }
        return std::move(list_);
    }

private:
    void legend(const CallWindow &window); // of the marks
    void layers();                         // of the letters
    // Words with a sign before each, as wide as the pane.
    void spread(std::vector<Label> words, const std::function<void(std::size_t, const QRectF &)> &sign);
    [[nodiscard]] bool isInView(trace::RowMark mark, const CallWindow &window) const;
    [[nodiscard]] QString markWord(trace::RowMark mark) const {
        return model_.document() ? markWords(*model_.document(), mark) : markWords(mark);
    }
    void heads();
    void row(const CallLine &line, qreal y);
    void summary(const CallLine &line, qreal y);
    void dots(qreal y);
    [[nodiscard]] bool isToCome(const CallLine &line) const {
        if (line.kind == CallLine::callers || line.kind == CallLine::returned) return false;
        return line.row_ >= model_.document()->rows().size() || model_.cells(line.row_).later;
    }
    void handOver(const CallLine &line, qreal y);
    void loss(const CallLine &line, qreal y);
    void hidden(const CallLine &line, qreal y);
    void context(const CallLine &line, qreal y, qreal height);
    void marks(const CallLine &line, const CallCells &cells, const QRectF &rect);
    [[nodiscard]] std::optional<bool> dotIn(quint32 row, bool folded) const;
    [[nodiscard]] bool isLinked(quint32 linked, quint32 row) const;
    [[nodiscard]] bool isSummedUp(quint32 linked, const CallLine &line) const;
    void underline(const Label &name);
    void modelCell(const CallLine &line, const CallCells &cells, qreal y);
    void mergedCell(const CallLine &line, const CallCells &cells, qreal y);
    qreal chip(const CallCells &cells, qreal from, qreal right, qreal middle);
    void kernelCell(const CallLine &line, const CallCells &cells, qreal y);
    [[nodiscard]] qreal indentOf(const CallLine &line) const { return 3 + line.depth * indent_; }
    [[nodiscard]] qreal baseline(qreal y, qreal height) const { return y + height / 2 + 4.2; }

    const CallRowsModel &model_;
    CallsSceneOptions o_;
    DisplayList list_;
    qreal modelX_, markX_, kernelX_, indent_ = 6;
    bool single_ = false;     // one side alone: nothing is compared
    bool merged_ = false;     // a narrow pane, or one side alone: one tree
    quint32 firstRow_ = npos; // of those that are not summed up
};

} // namespace skbscope::ui::calls
