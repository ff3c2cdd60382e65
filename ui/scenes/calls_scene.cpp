// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/calls_scene.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/side_words.h"
#include "ui/scenes/parts.h"

#include <algorithm>

namespace skbscope::ui {

namespace {
constexpr qreal legendHeight = 25, headHeight = 22, barHeight = 21;
constexpr qreal contextWidth = 9, layerWidth = 21, markWidth = 28, timeWidth = 43;
constexpr qreal twistyWidth = 12, indentRoom = 110, leastName = 36;

class CallsPainter {
public:
    CallsPainter(const CallRowsModel &model, const CallsSceneOptions &options) : model_(model), o_(options) {
        list_.size = o_.size;
        const qreal names = o_.size.width() - contextWidth - layerWidth - markWidth - timeWidth;
        modelX_ = contextWidth + layerWidth;
        modelWidth_ = names * 0.5;
        markX_ = modelX_ + modelWidth_;
        kernelX_ = markX_ + markWidth;
    }

    DisplayList run() {
        legend();
        heads();
        const qreal top = legendHeight + headHeight;
        const CallWindow window = callWindow(model_, {o_.size.height() - top, o_.rowHeight, barHeight, o_.scroll});
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
    void legend();
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
    void kernelCell(const CallLine &line, const CallCells &cells, qreal y);
    [[nodiscard]] qreal indentOf(const CallLine &line) const { return 3 + line.depth * indent_; }
    [[nodiscard]] qreal baseline(qreal y, qreal height) const { return y + height / 2 + 4.2; }

    const CallRowsModel &model_;
    CallsSceneOptions o_;
    DisplayList list_;
    qreal modelX_, modelWidth_, markX_, kernelX_, indent_ = 6;
    quint32 firstRow_ = npos; // of those that are not summed up
};

void CallsPainter::legend() {
    using trace::RowMark;
    std::vector<std::pair<RowMark, QString>> entries = {
        {RowMark::match, phrase("CallsScene", "match")},
        {RowMark::inlined, phrase("CallsScene", "inlined here")},
        {RowMark::kernel_only, markWord(RowMark::kernel_only)},
        {RowMark::model_only, markWord(RowMark::model_only)},
        {RowMark::differs, phrase("CallsScene", "value differs")},
        {RowMark::lost, phrase("CallsScene", "lost: **%1**").arg(o_.lost)},
        {RowMark::unexplained, phrase("CallsScene", "unexplained: **%1**").arg(o_.unexplained)}};
    qreal total = 0;
    std::vector<Label> labels;
    const auto lay = [&] {
        labels.clear();
        total = 0;
        for (const auto &[mark, words] : entries) {
            labels.push_back({{}, 12, runsOf(words)});
            total += 18 + labelWidth(labels.back());
        }
    };
    lay();
    if (total + 4.0 * qreal(entries.size() - 1) > o_.size.width() - 20) { // shorter words before any is cut
        entries[1].second = phrase("CallsScene", "inlined");
        entries[4].second = phrase("CallsScene", "differs");
        lay();
    }
    while (total + 4.0 * qreal(entries.size() - 1) > o_.size.width() - 20 && entries.size() > 3) {
        entries.erase(entries.begin()); // a narrow pane: what needs no attention goes first
        lay();
    }
    const qreal gap = std::max(4.0, (o_.size.width() - 20 - total) / qreal(entries.size() - 1));
    qreal x = 10;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        list_.add(Mark{entries[i].first, QRectF(x, 5.5, 14, 14)});
        labels[i].at = {x + 18, 16.8};
        x += 18 + labelWidth(labels[i]) + gap;
        list_.add(labels[i]);
    }
    list_.line({0, legendHeight - 0.5}, {o_.size.width(), legendHeight - 0.5}, {Ink::line});
}

void CallsPainter::heads() {
    const qreal base = legendHeight + 15.2;
    const QString left =
        model_.document() ? sideHead(*model_.document(), SideKind::model) : phrase("CallsScene", "Model, C++");
    Label label{{modelX_ + 5, base}, 12, {{left, Ink::ink2, 600}}};
    label.maxWidth = markX_ - label.at.x() - 4;
    list_.add(label);
    const qreal right = o_.size.width() - kernelX_ - 16 - runWidth({model_.timeUnit(), Ink::ink3, 500}, 12);
    list_.add(Label{{kernelX_ + 4, base}, 12, {{o_.kernelHead, Ink::ink2, 600}}, Anchor::start, right});
    list_.text({o_.size.width() - 8, base}, 12, model_.timeUnit(), Ink::ink3, 500, Anchor::end);
    list_.line({0, legendHeight + headHeight - 0.5}, {o_.size.width(), legendHeight + headHeight - 0.5}, {Ink::line});
}

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

void CallsPainter::modelCell(const CallLine &line, const CallCells &c, qreal y) {
    const qreal left = modelX_ + indentOf(line), middle = y + o_.rowHeight / 2;
    const Ink ink = c.later ? Ink::ink3 : Ink::ink;
    if (c.foldable && !c.model.isEmpty()) drawTwisty(list_, {left + 5, middle}, !c.folded, Ink::ink3);
    qreal right = markX_ - 2;
    const qreal x = left + twistyWidth;
    if (!c.chip.isEmpty() && right - chipWidth(c.chip) - x > leastName) // a name comes before what it did
        right = drawChip(list_, right, middle, c.chip) - 4;
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

// What find found: the name is underlined, as it is.
void CallsPainter::underline(const Label &name) {
    const qreal width = std::min(labelWidth(name), name.maxWidth);
    list_.line(name.at + QPointF(0, 3), name.at + QPointF(width, 3), {Ink::ink, 2});
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
    } else {
        Box gutter{QRectF(markX_, y, markWidth, o_.rowHeight)};
        gutter.fill = Ink::panel2;
        list_.add(gutter);
    }
    context(line, y, o_.rowHeight);
    drawBadge(list_, QRectF(contextWidth + 2.5, y + (o_.rowHeight - 16) / 2, 16, 16), c.layer, c.later);
    modelCell(line, c, y);
    if (c.mark) list_.add(Mark{*c.mark, QRectF(markX_ + 6, y + (o_.rowHeight - 16) / 2, 16, 16)});
    kernelCell(line, c, y);
    if (c.here) {
        Box frame{rect.adjusted(0.8, 0.8, -0.8, -0.8)};
        frame.stroke = Stroke{Ink::nowMark, 1.6};
        list_.add(frame);
    }
    marks(line, c, rect);
    list_.region(rect, QStringLiteral("row:%1").arg(line.row_));
    list_.region(QRectF(markX_, y, markWidth, o_.rowHeight), QStringLiteral("row:%1").arg(line.row_), c.tip);
    if (c.foldable) {
        const qreal x = indentOf(line);
        list_.region(QRectF(modelX_ + x - 3, y, twistyWidth + 3, o_.rowHeight),
                     QStringLiteral("fold:%1").arg(line.row_));
        list_.region(QRectF(kernelX_ + x - 3, y, twistyWidth + 3, o_.rowHeight),
                     QStringLiteral("fold:%1").arg(line.row_));
    }
}

// A question is open: that something comes next, and not what.
void CallsPainter::dots(qreal y) {
    for (int i = 0; i < 3; ++i, y += o_.rowHeight)
        for (const qreal x : {modelX_, kernelX_})
            list_.code({x + 40 + 6 * i, baseline(y, o_.rowHeight)}, 12, QStringLiteral(". . . . . . . ."), Ink::ink3);
}

void CallsPainter::summary(const CallLine &line, qreal y) {
    Box back{QRectF(0, y, o_.size.width(), barHeight)};
    back.fill = Ink::panel2;
    list_.add(back);
    context(line, y, barHeight);
    drawTwisty(list_, {modelX_ + 8, y + barHeight / 2}, line.kind == CallLine::callers, Ink::ink3);
    Label left{{modelX_ + 3 + twistyWidth, baseline(y, barHeight)}, 12, {{line.text, Ink::ink2, 400, true}}};
    left.maxWidth = markX_ - left.at.x() - 4;
    list_.add(left);
    if (line.mark) list_.add(Mark{*line.mark, QRectF(markX_ + 6, y + (barHeight - 16) / 2, 16, 16)});
    Label right{{kernelX_ + 3 + twistyWidth, baseline(y, barHeight)}, 12, {{line.right, Ink::ink2}}};
    right.maxWidth = o_.size.width() - right.at.x() - 8;
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
} // namespace

DisplayList callsScene(const CallRowsModel &model, const CallsSceneOptions &options) {
    return CallsPainter(model, options).run();
}

} // namespace skbscope::ui
