// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/bytes_scene.h"

#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/scenes/parts.h"

#include <algorithm>

namespace skbscope::ui {

namespace {
constexpr qreal offsetWidth = 38, cellWidth = 21.6, cellHeight = 20, rowGap = 5, padding = 9;
constexpr qreal gridWidth = padding + offsetWidth + 16 * cellWidth + 8, lineHeight = 16.6, leastHeaders = 170;
constexpr int mostRowsAbove = 6;

class BytesPainter {
public:
    BytesPainter(const HeadersModel &model, const BytesSceneOptions &options)
        : model_(model), view_(model.bytes().view()), o_(options) {
        list_.size = o_.size;
        if (o_.size.width() - gridWidth >= leastHeaders) return;
        const int rows = std::min(mostRowsAbove, int(view_.cells.size()) / 16);
        headX_ = padding, headTop_ = 22 + rows * (cellHeight + rowGap);
    }
    DisplayList run() {
        if (!view_.present) {
            list_.text({o_.size.width() / 2, o_.size.height() / 2}, 14, phrase("BytesScene", "no bytes yet"), Ink::ink3,
                       400, Anchor::middle);
            return std::move(list_);
        }
        grid();
        if (headTop_ > 4)
            list_.line({0, headTop_ - 5}, {o_.size.width(), headTop_ - 5}, {Ink::line});
        else
            list_.line({gridWidth + 0.5, 0}, {gridWidth + 0.5, o_.size.height()}, {Ink::line});
        headers();
        return std::move(list_);
    }

private:
    void grid();
    void cell(int at, const QRectF &rect);
    void rule(char layer, const QRectF &rect);
    void frame(const ByteRange &range, bool pinned, int at, const QRectF &rect);
    void frameLine(const QRectF &rect, const ByteRange &range, const QString &field);
    [[nodiscard]] bool isLinked(int byte) const {
        return o_.frames.pinned.range.contains(byte) || o_.frames.preview.range.contains(byte);
    }
    void headers();
    [[nodiscard]] std::vector<HeaderLine> fittingLines(int *wanted) const;
    void headerTitle(const Header &h, QPointF at);
    void fieldLine(const Header &h, const HeaderLine &line, QPointF at);

    const HeadersModel &model_;
    const ByteTable &view_;
    BytesSceneOptions o_;
    DisplayList list_;
    qreal headX_ = gridWidth + 9, headTop_ = 4; // of the headers: beside the bytes, or below where there is no room
};

// The rule over a byte repeats its layer's pattern: dashed L, dotted N, double T, solid A.
void BytesPainter::rule(char layer, const QRectF &r) {
    const Ink ink = layerInk(layer).mark;
    const QPointF from(r.left(), r.top() + 1), to(r.right(), r.top() + 1);
    if (layer == 'L')
        list_.line(from, to, {ink, 2, {5, 3}});
    else if (layer == 'N')
        list_.line(from + QPointF(1, 0), to, {ink, 2, {0.1, 4}, true});
    else if (layer == 'T') {
        list_.line(from - QPointF(0, 0.5), to - QPointF(0, 0.5), {ink, 1});
        list_.line(from + QPointF(0, 1.5), to + QPointF(0, 1.5), {ink, 1});
    } else
        list_.line(from, to, {ink, 2});
}

void BytesPainter::cell(int at, const QRectF &rect) {
    const ByteCell &c = view_.cells[std::size_t(at)];
    const bool layered = c.layer != ' ';
    if (layered && c.inPacket && c.known) list_.add(Box{rect, 0, layerInk(c.layer).tint});
    if (layered && (c.known || c.inPacket)) rule(c.layer, rect);
    const bool chosen = isLinked(at);
    const Ink ink = !c.known ? Ink::ghost : layered && c.inPacket ? layerInk(c.layer).text : Ink::ink3;
    const QString text = c.known ? QStringLiteral("%1").arg(c.value, 2, 16, QLatin1Char('0')) : QStringLiteral("··");
    list_.code({rect.center().x(), rect.top() + 14.6}, 12.5, text, ink, chosen ? 700 : 500, Anchor::middle);
    if (c.differs) {
        const qreal y = rect.bottom() - 1;
        list_.line({rect.left(), y}, {rect.right(), y}, {Ink::diffMark, c.explained ? 2.0 : 4.0});
    }
    list_.region(rect, QStringLiteral("byte:%1").arg(at),
                 c.differs ? (c.explained ? phrase("BytesScene", "differs from the other side, as it should")
                                          : phrase("BytesScene", "differs from the other side, unexplained"))
                           : QString());
}

void BytesPainter::frame(const ByteRange &range, bool pinned, int at, const QRectF &r) {
    if (!range.contains(at)) return;
    const Stroke stroke = pinned ? Stroke{Ink::ink, 2} : Stroke{Ink::ink, 1.3, {4, 3}};
    list_.line({r.left(), r.top() + 1}, {r.right(), r.top() + 1}, stroke);
    list_.line({r.left(), r.bottom() + 1}, {r.right(), r.bottom() + 1}, stroke); // below what marks a difference
    if (at == range.offset || at % 16 == 0) list_.line({r.left() + 1, r.top()}, {r.left() + 1, r.bottom()}, stroke);
    if (at == range.offset + range.length - 1 || at % 16 == 15)
        list_.line({r.right() - 1, r.top()}, {r.right() - 1, r.bottom()}, stroke);
}

void BytesPainter::grid() {
    const int rows = int(view_.cells.size()) / 16, high = int((o_.size.height() - 8) / (cellHeight + rowGap)),
              shown = std::max(1, headTop_ > 4 ? std::min(mostRowsAbove, high) : high);
    const int wanted = o_.byteScroll < 0 ? packetRow(view_) : o_.byteScroll;
    const int first = std::clamp(wanted, 0, std::max(0, rows - shown));
    for (int pass = 0; pass < 2; ++pass) // frames lie over neighbours
        for (int row = first; row < std::min(rows, first + shown); ++row) {
            const qreal y = 11 + (row - first) * (cellHeight + rowGap);
            if (pass == 0)
                list_.code({padding, y + 14.6}, 12, QStringLiteral("%1").arg(row * 16, 3, 16, QLatin1Char('0')),
                           Ink::ink3);
            for (int i = 0; i < 16; ++i) {
                const QRectF rect(padding + offsetWidth + i * cellWidth, y, cellWidth, cellHeight);
                if (pass == 0) {
                    cell(row * 16 + i, rect);
                    continue;
                }
                frame(o_.frames.preview.range, false, row * 16 + i, rect);
                frame(o_.frames.pinned.range, true, row * 16 + i, rect);
            }
        }
}

// A header or a field of one: where the very field is linked, or bytes that are just its own.
void BytesPainter::frameLine(const QRectF &rect, const ByteRange &own, const QString &field) {
    const auto is = [&](const ByteRange &linked) {
        if (linked.length <= 0) return false;
        return linked.field.isEmpty() ? linked.offset == own.offset && linked.length == own.length
                                      : linked.field == field;
    };
    if (is(o_.frames.preview.range)) drawFrame(list_, rect, false);
    if (is(o_.frames.pinned.range)) drawFrame(list_, rect, true);
}

void BytesPainter::headerTitle(const Header &h, QPointF at) {
    drawBadge(list_, QRectF(at.x(), at.y() + 1, 15, 15), h.layer);
    QString text = QStringLiteral("%1, %2").arg(
        h.name, plural(h.length, phrase("BytesScene", "byte"), phrase("BytesScene", "bytes")));
    if (!h.written) text += phrase("BytesScene", ", not written");
    list_.add(Label{at + QPointF(20, 13), 12.3, {{text, Ink::ink, 650}}, Anchor::start, o_.size.width() - at.x() - 24});
    const QRectF rect(at, QSizeF(o_.size.width() - at.x() - 4, lineHeight));
    frameLine(rect.adjusted(-2, 0, 0, 0), {h.offset, h.length, h.name}, h.name);
    list_.region(rect, QStringLiteral("header:") + h.name);
}

void BytesPainter::fieldLine(const Header &h, const HeaderLine &line, QPointF at) {
    qreal x = at.x() + 16;
    for (std::size_t i = 0; i < line.fields.size(); ++i) {
        const HeaderField &f = h.fields[std::size_t(line.fields[i])];
        std::vector<Run> runs = runsOf(fieldWords(h, f));
        if (f.verdict == Verdict::wrong)
            for (Run &run : runs)
                run.ink = Ink::diffText;
        const Label label{{x, at.y() + 12.6}, 12.3, runs, Anchor::start, o_.size.width() - x - 6};
        const qreal width = std::min(labelWidth(label), o_.size.width() - x - 6);
        const QRectF rect(x - 4, at.y() + 0.5, width + 8, lineHeight - 1);
        list_.add(label);
        frameLine(rect, {f.offset, f.length, f.id}, f.id);
        list_.region(rect, QStringLiteral("field:") + f.id);
        x += width;
        if (i + 1 == line.fields.size()) break;
        const HeaderField &next = h.fields[std::size_t(line.fields[i + 1])];
        const QString gap = fieldWords(h, next).startsWith(QChar(0x2192)) ? QStringLiteral(" ") : QStringLiteral(", ");
        list_.text({x, at.y() + 12.6}, 12.3, gap, Ink::ink2);
        x += runWidth({gap}, 12.3);
    }
}

// The model's lines, those that are too long for the pane cut between two fields; `wanted` is a line before and after.
std::vector<HeaderLine> BytesPainter::fittingLines(int *wanted) const {
    std::vector<HeaderLine> out;
    const int asked = *wanted;
    for (int i = 0; i < int(model_.lines().size()); ++i) {
        const HeaderLine &line = model_.lines()[std::size_t(i)];
        if (i == asked) *wanted = int(out.size());
        out.push_back({line.header, {}});
        const Header &h = view_.headers[std::size_t(line.header)];
        qreal x = headX_ + 16;
        for (const int f : line.fields) {
            const Label label{{}, 12.3, runsOf(fieldWords(h, h.fields[std::size_t(f)]))};
            const qreal width = labelWidth(label);
            if (!out.back().fields.empty() && x + width > o_.size.width() - 6) {
                out.push_back({line.header, {}});
                x = headX_ + 16;
            }
            out.back().fields.push_back(f);
            x += width + runWidth({QStringLiteral(", ")}, 12.3);
        }
    }
    return out;
}

void BytesPainter::headers() {
    int wanted = o_.headerScroll >= 0 ? o_.headerScroll : model_.focusLine();
    const std::vector<HeaderLine> lines = fittingLines(&wanted);
    const int shown = std::max(1, int((o_.size.height() - headTop_ - 2) / lineHeight));
    int first = std::clamp(wanted, 0, std::max(0, int(lines.size()) - shown));
    if (o_.headerScroll < 0) { // nobody scrolled: no header begins in its middle
        const auto isTitle = [&lines](int i) { return lines[std::size_t(i)].fields.empty(); };
        int before = first;
        while (before > 0 && !isTitle(before))
            --before;
        int last = wanted; // the wanted header's
        while (last + 1 < int(lines.size()) && !isTitle(last + 1))
            ++last;
        if (last < before + shown) // it is in view below the one that was cut
            first = before;
        else // rather is there room below the last
            while (first < std::min(wanted, int(lines.size()) - 1) && !isTitle(first))
                ++first;
    }
    qreal y = headTop_;
    for (int i = first; i < std::min(int(lines.size()), first + shown); ++i, y += lineHeight) {
        const HeaderLine &line = lines[std::size_t(i)];
        const Header &h = view_.headers[std::size_t(line.header)];
        line.fields.empty() ? headerTitle(h, {headX_, y}) : fieldLine(h, line, {headX_, y});
    }
}
} // namespace

qreal bytesGridWidth() {
    return gridWidth;
}

DisplayList bytesScene(const HeadersModel &model, const BytesSceneOptions &options) {
    return BytesPainter(model, options).run();
}

} // namespace skbscope::ui
