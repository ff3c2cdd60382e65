// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/scenes/big_memory_painter.h"

#include <algorithm>

namespace skbscope::ui {

namespace {
constexpr qreal roomCut = 0.5, bodyCut = 0.86, wordsEnd = 0.76;

// The largest size at which the words fit; 0 where they do not fit at all.
qreal fittingSize(const Run &run, qreal most, qreal width) {
    const qreal wanted = runWidth(run, most);
    const qreal size = wanted <= width ? most : most * width / wanted;
    return size >= leastBigText ? size : 0;
}
} // namespace

void BigMemoryPainter::segment(const MemorySegment &s, const QRectF &rect, bool cut, bool now) {
    if (s.state == MemorySegment::freeRoom) {
        list_.add(Box{rect, 0, {}, Texture::freeRoom, Stroke{Ink::lineS, 1.2}});
        return;
    }
    const LayerInk ink = layerInk(s.layer);
    const bool inside = s.state == MemorySegment::inPacket, passed = s.state == MemorySegment::passed;
    Box body{rect};
    if (passed)
        body.texture = Texture::freeRoom;
    else
        body.fill = inside ? ink.tint : Ink::panel;
    list_.add(body);
    if (s.state != MemorySegment::unwritten)
        list_.add(Box{QRectF(rect.topLeft(), QSizeF(rect.width(), 14)), 0, {}, ink.strip});
    Box edge{rect};
    edge.stroke = Stroke{ink.mark, 2.2, inside ? QVector<qreal>{} : QVector<qreal>{7, 5}};
    list_.add(edge);
    const qreal room = rect.width() * (cut ? wordsEnd : 1) - 8, middle = rect.left() + (room + 8) / 2;
    const std::optional<Ink> halo = passed ? std::optional(Ink::panel) : std::nullopt;
    const qreal most = now ? 27 : 24;
    const Run name{s.name, ink.text, 650};
    const qreal size = fittingSize(name, most, room);
    if (size == 0) return;
    list_.add(Label{{middle, rect.center().y() + 6}, size, {name}, Anchor::middle, 0, false, halo});
    const QString bytes = QStringLiteral("%1 B").arg(grouped(s.length()));
    const QString more = passed   ? phrase("BigMemoryBar", ", passed")
                         : inside ? QString()
                                  : phrase("BigMemoryBar", ", not written");
    for (const QString &text : {bytes + more, bytes}) {
        const qreal fits = fittingSize({text, ink.text}, most - 2, room);
        if (fits == 0) continue;
        list_.add(Label{{middle, rect.center().y() + 36}, fits, {{text, ink.text}}, Anchor::middle, 0, false, halo});
        return;
    }
}

// Two slanted lines: the drawing is shortened here.
void BigMemoryPainter::gap(qreal x, const Bar &b) {
    const qreal above = b.top - 5, below = b.top + b.height + 5;
    QPainterPath path(QPointF(x - 15, below));
    path.lineTo(x - 1, above);
    path.lineTo(x + 14, above);
    path.lineTo(x, below);
    list_.add(Path{path, Ink::panel});
    list_.line({x - 15, below}, {x - 1, above}, {Ink::lineS, 2});
    list_.line({x, below}, {x + 14, above}, {Ink::lineS, 2});
}

void BigMemoryPainter::sharedInfo(const Bar &b) {
    const QRectF rect(endX_, b.top, list_.size.width() - 24 - endX_, b.height);
    list_.add(Box{rect, 0, Ink::qTint, Texture::none, Stroke{Ink::lineS, 1.2}});
    QString first = QStringLiteral("shared"), second = QStringLiteral("info");
    const bool strong = b.now && (map_.skb.gso_size > 0 || map_.skb.dataref > 1);
    if (b.now && map_.skb.gso_size > 0)
        first = QStringLiteral("gso_size"), second = grouped(map_.skb.gso_size);
    else if (strong)
        first = QStringLiteral("dataref"), second = grouped(map_.skb.dataref);
    const auto text = [&](qreal y, const QString &words, Ink ink) {
        Label label = fitted({rect.center().x(), y}, {{words, ink, strong ? 650 : 400}}, 21, rect.width() - 6);
        label.anchor = Anchor::middle;
        list_.add(label);
    };
    text(rect.center().y() - 4, first, strong ? Ink::ink : Ink::ink2);
    text(rect.center().y() + 23, second, strong ? Ink::ink : Ink::ink3);
}

void BigMemoryPainter::bar(const Bar &b) {
    for (const MemorySegment &s : *b.segments) {
        const QRectF rect(x(s.from), b.top, x(s.to) - x(s.from), b.height);
        if (rect.width() <= 0) continue;
        const bool cut = std::ranges::any_of(
            layout_.pieces(), [&](const auto &p) { return p.shortened && p.from >= s.from && p.to <= s.to; });
        segment(s, rect, cut && s.state != MemorySegment::freeRoom, b.now);
        if (b.now) list_.region(rect, QStringLiteral("segment:%1").arg(s.from));
    }
    sharedInfo(b);
    for (std::size_t i = 0; i < layout_.pieces().size(); ++i) {
        const auto &piece = layout_.pieces()[i];
        if (!piece.shortened || piece.right - piece.left < 44) continue;
        const bool room = map_.segments[i].state == MemorySegment::freeRoom;
        gap(piece.left + (piece.right - piece.left) * (room ? roomCut : bodyCut), b);
    }
    if (!b.name.isEmpty())
        list_.text({80, b.top + b.height / 2 + 4}, b.now ? 24 : 22, b.name, b.now ? Ink::ink : Ink::ink2,
                   b.now ? 650 : 400, Anchor::end);
}

std::vector<BigMemoryPainter::Pointer> BigMemoryPainter::pointersOf(const trace::Snapshot &skb, qreal size,
                                                                    bool now) const {
    const auto data = trace::data_of(skb), tail = trace::tail_of(skb);
    const bool moves = now && showsMove(), dataMoved = moves && map_.move->movesData(),
               tailMoved = moves && map_.move->movesTail();
    std::vector<Pointer> out;
    if (data == tail) {
        out.push_back({QStringLiteral("data, tail %1").arg(data), qreal(data), 0, 0, dataMoved || tailMoved});
    } else {
        out.push_back({QStringLiteral("data %1").arg(data), qreal(data), 0, 0, dataMoved});
        out.push_back({QStringLiteral("tail %1").arg(tail), qreal(tail), 0, 0, tailMoved});
    }
    for (Pointer &p : out) {
        p.width = runWidth({p.text, Ink::ink, 650}, p.moved ? 27 : size) + (p.moved ? 28 : 0);
        p.labelX = std::max(x(p.byte), p.width / 2 + 8);
    }
    // The later one makes room to the right, then both move back inside.
    if (out.size() == 2)
        out[1].labelX = std::max(out[1].labelX, out[0].labelX + out[0].width / 2 + out[1].width / 2 + 14);
    qreal limit = list_.size.width() - 8;
    for (std::size_t i = out.size(); i-- > 0;) {
        out[i].labelX = std::min(out[i].labelX, limit - out[i].width / 2);
        limit = out[i].labelX - out[i].width / 2 - 14;
    }
    return out;
}

void BigMemoryPainter::oldPointers(const Bar &b) {
    for (const Pointer &p : pointersOf(map_.move->before, 23, false)) {
        list_.line({x(p.byte), b.top - 14}, {x(p.byte), b.top + b.height}, {Ink::ghost, 2, {5, 5}});
        list_.text({p.labelX, b.top - 22}, 23, p.text, Ink::ink2, 400, Anchor::middle);
    }
}

// From where it was, down to the height of the pill, and over to it.
void BigMemoryPainter::arrow(const Pointer &p, const Bar &before) {
    const bool isTail = p.text.startsWith(QLatin1String("tail"));
    const qreal from = x(isTail ? trace::tail_of(map_.move->before) : trace::data_of(map_.move->before));
    const qreal y = 264 + down_, sign = p.labelX >= from ? 1 : -1;
    const qreal tip = p.labelX - sign * (p.width / 2 + 1);
    list_.line({from, before.top + before.height}, {from, y}, {Ink::ink3, 2.4, {6, 5}});
    if ((tip - from) * sign < 26) return;
    list_.line({from, y}, {tip - sign * 18, y}, {Ink::ink, 5});
    list_.add(Path{arrowHead({tip, y}, sign > 0 ? 'r' : 'l', 22, 26), Ink::ink});
}

void BigMemoryPainter::newPointers(const Bar &b, const Bar *before) {
    std::vector<Pointer> all = pointersOf(map_.skb, 24, true);
    const bool sliding = map_.moveIsNow && o_.progress < 1;
    for (Pointer &p : all) {
        if (!p.moved || !before) continue;
        if (sliding) {
            const bool isTail = p.text.startsWith(QLatin1String("tail"));
            const qreal from = x(isTail ? trace::tail_of(map_.move->before) : trace::data_of(map_.move->before));
            p.labelX = from + (p.labelX - from) * o_.progress;
        }
        arrow(p, *before);
    }
    for (const Pointer &p : all) {
        const qreal at = sliding && p.moved ? p.labelX : x(p.byte);
        const qreal from = p.moved ? b.top - 36 : b.top - 14;
        list_.line({at, from}, {at, b.top + b.height}, {Ink::ink, p.moved ? 4.0 : 3.0});
        const QString field = p.text.section(QLatin1Char(','), 0, 0).section(QLatin1Char(' '), 0, 0);
        const QRectF place(p.labelX - p.width / 2, b.top - (p.moved ? 80 : 46), p.width, p.moved ? 44 : 32);
        list_.region(place, QStringLiteral("skb:") + field);
        if (p.moved) {
            list_.add(Box{place, 11, Ink::now, Texture::none, Stroke{Ink::nowInk, 2.5}});
        }
        list_.text({p.labelX, p.moved ? b.top - 49 : b.top - 22}, p.moved ? 27 : 24, p.text,
                   p.moved ? Ink::nowInk : Ink::ink, 650, Anchor::middle);
    }
    caption(all);
}

} // namespace skbscope::ui
