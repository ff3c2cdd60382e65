// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/memory_map_scene.h"

#include "ui/scenes/memory_layout.h"
#include "ui/scenes/parts.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace skbscope::ui {

namespace {
constexpr qreal left = 54, barTop = 48, barHeight = 46, barBottom = barTop + barHeight;
constexpr qreal infoWidth = 94, marginRight = 10, pixels = 6.4;
constexpr qreal arrowY = 32, pillTop = 23, pillHeight = 18, labelBase = 36.5;

struct Pointer {
    QString name;
    qreal byte = 0, x = 0, labelX = 0, width = 0;
    bool moved = false;
};

class MemoryPainter {
public:
    MemoryPainter(const MemoryMap &map, const MemorySceneOptions &options)
        : map_(map), o_(options), right_(o_.size.width() - marginRight), endX_(right_ - infoWidth),
          layout_(map.segments, left, endX_, pixels) {
        list_.size = o_.size;
    }
    DisplayList run();

private:
    void segments();
    void segment(const MemorySegment &s, const QRectF &rect);
    void breaks();
    void sharedInfo();
    void bytesFrame(const ByteRange &range, bool pinned);
    void fieldFrame(const QString &field, bool pinned);
    void pointerRegion(const Pointer &p);
    void pointers();
    void clearTheWay(std::vector<Pointer> &all) const;
    void drawPointer(const Pointer &p);
    void arrow(const Pointer &moved);
    [[nodiscard]] std::vector<Pointer> placePointers() const;
    void offsets();
    void lengths();
    void dimension(qreal from, qreal to, const QString &text, bool strong);
    void toScale();
    void fields();
    [[nodiscard]] bool sliding() const { return map_.moveIsNow && o_.progress < 1; }

    const MemoryMap &map_;
    MemorySceneOptions o_;
    DisplayList list_;
    qreal right_, endX_;
    MemoryLayout layout_;
};

void MemoryPainter::segment(const MemorySegment &s, const QRectF &rect) {
    if (s.state == MemorySegment::freeRoom) {
        Box room{rect, 0, {}, Texture::freeRoom, Stroke{Ink::lineS, 1.2}};
        list_.add(room);
        return;
    }
    const LayerInk ink = layerInk(s.layer);
    Box body{rect};
    if (s.state == MemorySegment::inPacket)
        body.fill = ink.tint;
    else if (s.state == MemorySegment::passed)
        body.texture = Texture::freeRoom;
    else
        body.fill = Ink::panel;
    list_.add(body);
    if (s.state != MemorySegment::unwritten)
        list_.add(Box{QRectF(rect.topLeft(), QSizeF(rect.width(), 8)), 0, {}, ink.strip});
    Box edge{rect};
    edge.stroke = Stroke{ink.mark, 1.8, s.state == MemorySegment::inPacket ? QVector<qreal>{} : QVector<qreal>{4, 3}};
    list_.add(edge);
    const qreal size = s.state == MemorySegment::passed ? 13.5 : 14.5;
    const std::optional<Ink> halo = s.state == MemorySegment::passed ? std::optional(Ink::panel) : std::nullopt;
    const Label name{
        {rect.center().x(), rect.top() + 25}, size, {{s.name, ink.text, 650}}, Anchor::middle, 0, false, halo};
    QString words = QStringLiteral("%1 B").arg(s.length());
    const QString more = s.state == MemorySegment::passed      ? QStringLiteral(", passed")
                         : s.state == MemorySegment::unwritten ? QStringLiteral(", not written")
                                                               : QString();
    if (runWidth({words + more}, size - 1) <= rect.width() - 4) words += more;
    const Label count{
        {rect.center().x(), rect.top() + 40.5}, size - 1, {{words, ink.text}}, Anchor::middle, 0, false, halo};
    if (labelWidth(name) <= rect.width() - 2) list_.add(name);
    if (labelWidth(count) <= rect.width() - 2) list_.add(count);
}

void MemoryPainter::segments() {
    for (std::size_t i = 0; i < map_.segments.size(); ++i) {
        const auto &piece = layout_.pieces()[i];
        const QRectF rect(piece.left, barTop, piece.right - piece.left, barHeight);
        segment(map_.segments[i], rect);
        list_.region(rect, QStringLiteral("segment:%1").arg(piece.from));
    }
}

// Two slanted lines: the drawing is shortened here.
void MemoryPainter::breaks() {
    for (const auto &piece : layout_.pieces()) {
        if (!piece.shortened || piece.right - piece.left < 30) continue;
        const qreal x = piece.left + (piece.right - piece.left) * 0.58;
        QPainterPath gap(QPointF(x - 9, barBottom + 4));
        gap.lineTo(x - 1, barTop - 4);
        gap.lineTo(x + 8, barTop - 4);
        gap.lineTo(x, barBottom + 4);
        list_.add(Path{gap, Ink::panel});
        list_.line({x - 9, barBottom + 4}, {x - 1, barTop - 4}, {Ink::lineS, 1.4});
        list_.line({x, barBottom + 4}, {x + 8, barTop - 4}, {Ink::lineS, 1.4});
    }
}

void MemoryPainter::sharedInfo() {
    const QRectF rect(endX_, barTop, infoWidth, barHeight);
    list_.add(Box{rect, 0, Ink::qTint, Texture::none, Stroke{Ink::lineS, 1.2}});
    const qreal x = rect.center().x();
    QString second = QStringLiteral("_info, %1 B").arg(map_.sharedInfo);
    if (map_.skb.dataref > 1) second = QStringLiteral("_info, dataref %1").arg(map_.skb.dataref);
    if (map_.skb.nr_frags > 0) second = QStringLiteral("_info, %1 frags").arg(map_.skb.nr_frags);
    list_.text({x, barTop + 20.5}, 12.5, QStringLiteral("skb_shared"), Ink::ink2, 400, Anchor::middle);
    list_.text({x, barTop + 36}, 11.5, second, Ink::ink3, 400, Anchor::middle);
}

// The linked bytes, so that a field can be found in memory.
void MemoryPainter::bytesFrame(const ByteRange &range, bool pinned) {
    if (range.length <= 0 || range.offset + range.length > int(map_.skb.end)) return;
    const qreal from = layout_.x(range.offset), to = layout_.x(range.offset + range.length);
    drawFrame(list_, QRectF(from, barTop - 1, std::max(3.0, to - from), barHeight + 2), pinned, 2);
}

// A field wherever it stands: as a pointer, as a number.
void MemoryPainter::fieldFrame(const QString &field, bool pinned) {
    if (field.isEmpty()) return;
    const QString id = QStringLiteral("skb:") + field;
    for (const Region &region : list_.regions)
        if (region.id == id) drawFrame(list_, region.rect, pinned);
}

void MemoryPainter::pointerRegion(const Pointer &p) {
    const QString name = p.name.section(QLatin1Char(','), 0, 0).section(QLatin1Char(' '), 0, 0);
    list_.region(QRectF(p.labelX - p.width / 2 - 3, pillTop, p.width + 6, pillHeight), QStringLiteral("skb:") + name);
}

std::vector<Pointer> MemoryPainter::placePointers() const {
    const int data = int(trace::data_of(map_.skb)), tail = int(trace::tail_of(map_.skb));
    std::vector<Pointer> out;
    const bool dataMoved = map_.move && map_.move->movesData(), tailMoved = map_.move && map_.move->movesTail();
    const auto text = [](const char *name, int byte) {
        return QStringLiteral("%1 %2").arg(QLatin1String(name)).arg(byte);
    };
    if (data == tail) {
        out.push_back({text("data, tail", data), qreal(data), 0, 0, 0, dataMoved || tailMoved});
    } else {
        out.push_back({text("data", data), qreal(data), 0, 0, 0, dataMoved});
        out.push_back({text("tail", tail), qreal(tail), 0, 0, 0, tailMoved});
    }
    out.push_back({text("end", int(map_.skb.end)), qreal(map_.skb.end)});
    for (Pointer &p : out) {
        p.x = p.byte >= map_.skb.end ? endX_ : layout_.x(p.byte);
        p.width = runWidth({p.name, Ink::ink, 650}, 13) + (p.moved ? 14 : 0);
        p.labelX = p.x;
    }
    // Labels keep a gap; the later one makes room to the right, then all move back inside.
    for (std::size_t i = 1; i < out.size(); ++i)
        out[i].labelX = std::max(out[i].labelX, out[i - 1].labelX + out[i - 1].width / 2 + out[i].width / 2 + 6);
    qreal limit = o_.size.width() - 4;
    for (std::size_t i = out.size(); i-- > 0;) {
        out[i].labelX = std::min(out[i].labelX, limit - out[i].width / 2);
        limit = out[i].labelX - out[i].width / 2 - 6;
    }
    out.front().labelX = std::max(out.front().labelX, out.front().width / 2 + 2);
    return out;
}

// The arrow runs at the labels' height: a label in its way moves to the near side of its own pointer.
void MemoryPainter::clearTheWay(std::vector<Pointer> &all) const {
    const auto moved = std::find_if(all.begin(), all.end(), [](const Pointer &p) { return p.moved; });
    if (moved == all.end() || !map_.move) return;
    const bool isTail = moved->name.startsWith(QLatin1String("tail"));
    const qreal from = layout_.x(isTail ? trace::tail_of(map_.move->before) : trace::data_of(map_.move->before));
    const qreal lo = std::min(from, moved->labelX), hi = std::max(from, moved->labelX);
    for (Pointer &p : all) {
        if (p.moved || p.labelX + p.width / 2 < lo || p.labelX - p.width / 2 > hi) continue;
        const bool leftOf = p.x <= (lo + hi) / 2;
        p.labelX = leftOf ? lo - p.width / 2 - 5 : hi + p.width / 2 + moved->width / 2 + 5;
    }
}

void MemoryPainter::drawPointer(const Pointer &p) {
    list_.line({p.x, p.moved ? pillTop + pillHeight : labelBase + 3.5}, {p.x, barBottom}, {Ink::ink, 2});
    if (p.moved) {
        Box pill{QRectF(p.labelX - p.width / 2, pillTop, p.width, pillHeight), 5};
        pill.fill = Ink::now;
        pill.stroke = Stroke{Ink::nowInk, 1.4};
        list_.add(pill);
    }
    list_.text({p.labelX, labelBase}, 13, p.name, p.moved ? Ink::nowInk : Ink::ink, 650, Anchor::middle);
}

void MemoryPainter::arrow(const Pointer &moved) {
    const bool isTail = moved.name.startsWith(QLatin1String("tail"));
    const quint32 old = isTail ? trace::tail_of(map_.move->before) : trace::data_of(map_.move->before);
    if (map_.move->before.end != map_.skb.end && map_.move->before.end != 0)
        return; // another buffer: no way between them
    const qreal from = layout_.x(old);
    list_.line({from, arrowY}, {from, barTop}, {Ink::ghost, 2, {3, 3}});
    const qreal sign = moved.labelX >= from ? 1 : -1;
    const qreal tip = moved.labelX - sign * (moved.width / 2 + 1);
    if ((tip - from) * sign < 12) return;
    list_.line({from, arrowY}, {tip - sign * 6, arrowY}, {Ink::ink, 2});
    list_.add(Path{arrowHead({tip, arrowY}, sign > 0 ? 'r' : 'l', 9, 10), Ink::ink});
}

void MemoryPainter::pointers() {
    list_.text({left - 6, barTop + 20}, 13, QStringLiteral("head"), Ink::ink, 650, Anchor::end);
    list_.text({left - 6, barTop + 36}, 13, QStringLiteral("0"), Ink::ink2, 400, Anchor::end);
    std::vector<Pointer> all = placePointers();
    clearTheWay(all);
    for (Pointer &p : all) {
        if (p.moved && sliding()) {
            const bool isTail = p.name.startsWith(QLatin1String("tail"));
            const qreal from =
                layout_.x(isTail ? trace::tail_of(map_.move->before) : trace::data_of(map_.move->before));
            p.labelX = from + (p.labelX - from) * o_.progress;
            p.x = from + (p.x - from) * o_.progress;
        }
        if (p.moved) arrow(p);
    }
    for (const Pointer &p : all)
        if (!p.moved) drawPointer(p);
    for (const Pointer &p : all)
        if (p.moved) drawPointer(p);
    for (const Pointer &p : all)
        pointerRegion(p);
}

void MemoryPainter::offsets() {
    struct Offset {
        const char *name;
        int byte;
    };
    qreal freeFrom = 0;
    const Offset offsets[] = {{"mac", map_.skb.mac}, {"network", map_.skb.network}, {"transport", map_.skb.transport}};
    for (int i = 0; i < 3; ++i) {
        const Offset &o = offsets[i];
        const bool set = o.byte != SKBSCOPE_OFFSET_UNSET && (o.byte > 0 || i == 0) && o.byte <= int(map_.skb.end) &&
                         map_.skb.len > 0;
        if (!set) continue;
        const qreal x = layout_.x(o.byte);
        list_.add(Path{arrowHead({x, barBottom + 2}, 'u', 8, 10), Ink::ink2});
        const QString text = QStringLiteral("%1 %2").arg(QLatin1String(o.name)).arg(o.byte);
        const qreal width = runWidth({text}, 12.5);
        if (x + 8 < freeFrom) continue; // no room: the number is in the accessible list
        list_.text({x + 8, barBottom + 12}, 12.5, text, Ink::ink2);
        list_.region(QRectF(x - 5, barBottom + 1, width + 16, 14),
                     QStringLiteral("skb:%1_header").arg(QLatin1String(o.name)));
        freeFrom = x + 8 + width + 2;
    }
}

void MemoryPainter::dimension(qreal from, qreal to, const QString &text, bool strong) {
    if (to - from < 3) return;
    const qreal y = barBottom + 26;
    const Label label{
        {(from + to) / 2, y + 4.5}, 12.5, {{text, strong ? Ink::ink : Ink::ink2, strong ? 650 : 400}}, Anchor::middle};
    const qreal width = labelWidth(label) + 10;
    const Stroke thin{Ink::ink3, 1.2};
    if (to - from > width + 2) {
        list_.line({from, y - 5}, {from, y + 5}, thin);
        list_.line({to, y - 5}, {to, y + 5}, thin);
        list_.line({from, y}, {(from + to - width) / 2, y}, thin);
        list_.line({(from + to + width) / 2, y}, {to, y}, thin);
        list_.add(label);
    } else if (to - from > width - 8) {
        list_.add(label);
    }
}

void MemoryPainter::lengths() {
    const qreal data = layout_.x(trace::data_of(map_.skb)), tail = layout_.x(trace::tail_of(map_.skb));
    dimension(left + 2, data - 2, QStringLiteral("headroom %1").arg(trace::data_of(map_.skb)), false);
    dimension(data + 2, tail - 2, QStringLiteral("len %1").arg(map_.skb.len), true);
    const int tailroom = map_.skb.data_len > 0 ? 0 : int(map_.skb.end) - int(trace::tail_of(map_.skb));
    const QString text = QStringLiteral("tailroom %1").arg(std::max(0, tailroom));
    if (endX_ - tail > runWidth({text}, 12.5) - 10)
        list_.text({(tail + endX_) / 2, barBottom + 30.5}, 12.5, text, Ink::ink2, 400, Anchor::middle);
}

void MemoryPainter::toScale() {
    const qreal y = barBottom + 39, perByte = (right_ - left) / std::max(1.0, qreal(map_.skb.end) + map_.sharedInfo);
    list_.text({left - 6, y + 9}, 12, QStringLiteral("to scale"), Ink::ink3, 400, Anchor::end);
    for (const MemorySegment &s : map_.segments) {
        Box box{QRectF(left + s.from * perByte, y, s.length() * perByte, 10)};
        box.texture = s.state == MemorySegment::inPacket || s.state == MemorySegment::unwritten
                          ? layerInk(s.layer).strip
                          : Texture::freeRoom;
        box.stroke = Stroke{Ink::lineS, 0.8};
        list_.add(box);
    }
    list_.add(Box{QRectF(left + map_.skb.end * perByte, y, map_.sharedInfo * perByte, 10), 0, Ink::qTint, Texture::none,
                  Stroke{Ink::lineS, 0.8}});
}

void MemoryPainter::fields() {
    const qreal top = barBottom + 58;
    list_.line({8, top}, {o_.size.width() - 8, top}, {Ink::line});
    constexpr int columns = 6;
    // Columns are as wide as their words, what is left is shared out.
    std::array<qreal, columns> width{};
    for (int i = 0; i < int(map_.fields.size()); ++i) {
        const MemoryField &f = map_.fields[std::size_t(i)];
        const qreal needs = runWidth({f.name}, 12.3) + 5 + runWidth({f.value, Ink::ink, 600, true}, 12);
        width[std::size_t(i % columns)] = std::max(width[std::size_t(i % columns)], needs);
    }
    const qreal spare = (o_.size.width() - 20 - std::accumulate(width.begin(), width.end(), 0.0)) / (columns - 1);
    std::array<qreal, columns> column{};
    for (std::size_t i = 0; i < columns; ++i)
        column[i] = i == 0 ? 10 : column[i - 1] + width[i - 1] + spare;
    for (int i = 0; i < int(map_.fields.size()); ++i) {
        const MemoryField &f = map_.fields[std::size_t(i)];
        const QPointF at(column[std::size_t(i % columns)], top + 19 + 19 * (i / columns));
        const qreal room = width[std::size_t(i % columns)] + spare - 6;
        list_.text(at, 12.3, f.name, Ink::ink3);
        qreal x = at.x() + runWidth({f.name}, 12.3) + 5;
        const Run now{f.value, Ink::ink, 600, true};
        if (!f.before.isEmpty()) {
            const Run old{f.before, Ink::ink3, 400, true};
            const qreal oldWidth = runWidth(old, 12);
            if (x + oldWidth + 5 + runWidth(now, 12) <= at.x() + room + 6) {
                list_.add(Label{{x, at.y()}, 12, {old}});
                list_.line({x - 1, at.y() - 4}, {x + oldWidth + 1, at.y() - 4}, {Ink::ink3, 1.3});
                x += oldWidth + 5;
            }
            const qreal nowWidth = runWidth(now, 12);
            list_.add(Box{QRectF(x - 3, at.y() - 12, nowWidth + 6, 16), 3, Ink::nowRow});
        }
        list_.add(Label{{x, at.y()}, 12, {now}});
        list_.region(QRectF(at.x() - 2, at.y() - 14, room, 19), QStringLiteral("skb:") + f.name);
    }
}

DisplayList MemoryPainter::run() {
    if (!map_.present) {
        list_.text({o_.size.width() / 2, o_.size.height() / 2 - 10}, 14, map_.absence, Ink::ink3, 400, Anchor::middle);
        return std::move(list_);
    }
    Label sentence{{left + 12, 15}, 13, runsOf(moveSentence(map_))};
    sentence.maxWidth = o_.size.width() - left - 20;
    if (map_.freed)
        sentence.runs = {{QStringLiteral("freed"), Ink::ink, 650},
                         {QStringLiteral(": what the memory held last"), Ink::ink2}};
    list_.add(sentence);
    segments();
    sharedInfo();
    breaks();
    bytesFrame(o_.frames.preview.range, false);
    bytesFrame(o_.frames.pinned.range, true);
    pointers();
    offsets();
    lengths();
    toScale();
    fields();
    fieldFrame(o_.frames.preview.field, false);
    fieldFrame(o_.frames.pinned.field, true);
    return std::move(list_);
}
} // namespace

DisplayList memoryMapScene(const MemoryMap &map, const MemorySceneOptions &options) {
    return MemoryPainter(map, options).run();
}

} // namespace skbscope::ui
