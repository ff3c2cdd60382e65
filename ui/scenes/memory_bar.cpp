// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/memory_painter.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"

#include <algorithm>

namespace skbscope::ui {

using namespace memory;

namespace {
// Where a shortened stretch is cut: words keep to the left of it.
constexpr qreal roomCut = 0.58, bodyCut = 0.84, wordsEnd = 0.74;
} // namespace

void MemoryPainter::segment(const MemorySegment &s, const QRectF &rect, bool shortened) {
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
    const QRectF room(rect.topLeft(), QSizeF(rect.width() * (shortened ? wordsEnd : 1), rect.height()));
    const qreal x = room.center().x();
    const Label name{{x, rect.top() + 25}, size, {{s.name, ink.text, 650}}, Anchor::middle, 0, false, halo};
    QString words = QStringLiteral("%1 B").arg(grouped(s.length()));
    const QString more = s.state == MemorySegment::passed      ? phrase("MemoryBar", ", passed")
                         : s.state == MemorySegment::unwritten ? phrase("MemoryBar", ", not written")
                                                               : QString();
    if (runWidth({words + more}, size - 1) <= room.width() - 4) words += more;
    const Label count{{x, rect.top() + 40.5}, size - 1, {{words, ink.text}}, Anchor::middle, 0, false, halo};
    if (labelWidth(name) <= room.width() - 2) list_.add(name);
    if (labelWidth(count) <= room.width() - 2) list_.add(count);
}

void MemoryPainter::segments() {
    for (std::size_t i = 0; i < map_.segments.size(); ++i) {
        const auto &piece = layout_.pieces()[i];
        const QRectF rect(piece.left, barTop, piece.right - piece.left, barHeight);
        segment(map_.segments[i], rect, piece.shortened);
        list_.region(rect, QStringLiteral("segment:%1").arg(piece.from));
    }
}

// Two slanted lines: the drawing is shortened here.
void MemoryPainter::breaks() {
    for (std::size_t i = 0; i < map_.segments.size(); ++i) {
        const auto &piece = layout_.pieces()[i];
        if (!piece.shortened || piece.right - piece.left < 30) continue;
        const bool free = map_.segments[i].state == MemorySegment::freeRoom;
        const qreal x = piece.left + (piece.right - piece.left) * (free ? roomCut : bodyCut);
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
    // What the block holds besides: segments to make or made, how many structs look at the buffer, what it points at.
    QString first = QStringLiteral("skb_shared"), second = phrase("MemoryBar", "_info, %1 B").arg(map_.sharedInfo);
    if (map_.skb.gso_size > 0) {
        first = QStringLiteral("gso_size %1").arg(grouped(map_.skb.gso_size));
        second = QStringLiteral("gso_segs %1").arg(map_.skb.gso_segs);
        if (map_.merged > 0 && map_.skb.gso_segs == 0) { // GRO counts them only when it is done
            first = phrase("MemoryBar", "%1 segments").arg(map_.merged + 1);
            second = phrase("MemoryBar", "of %1").arg(grouped(map_.skb.gso_size));
        }
    } else if (map_.skb.dataref > 1) {
        second = QStringLiteral("dataref %1").arg(map_.skb.dataref);
    }
    const bool strong = map_.skb.gso_size > 0 || map_.skb.dataref > 1;
    list_.text({x, barTop + 20.5}, 12.5, first, strong ? Ink::ink : Ink::ink2, strong ? 600 : 400, Anchor::middle);
    list_.text({x, barTop + 36}, strong ? 12.5 : 11.5, second, strong ? Ink::ink : Ink::ink3, strong ? 600 : 400,
               Anchor::middle);
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
        // A clone's arrow ends there, and its card says where.
        const bool taken = hasCompanions() && std::any_of(map_.sharers.begin(), map_.sharers.end(),
                                                          [&o](const MemorySharer &s) { return s.data == o.byte; });
        if (!set || taken) continue;
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
    dimension(left + 2, data - 2, phrase("MemoryBar", "headroom %1").arg(grouped(trace::data_of(map_.skb))), false);
    dimension(data + 2, tail - 2, QStringLiteral("len %1").arg(grouped(map_.skb.len)), true);
    const int tailroom = map_.skb.data_len > 0 ? 0 : int(map_.skb.end) - int(trace::tail_of(map_.skb));
    const QString text = phrase("MemoryBar", "tailroom %1").arg(grouped(std::max(0, tailroom)));
    const qreal width = runWidth({text}, 12.5);
    if (endX_ - tail > width - 10) // clear of the mark of the length, under the shared block if need be
        list_.text({std::max((tail + endX_) / 2, tail + 8 + width / 2), barBottom + 30.5}, 12.5, text, Ink::ink2, 400,
                   Anchor::middle);
}

void MemoryPainter::toScale() {
    const qreal y = barBottom + 39, perByte = (right_ - left) / std::max(1.0, qreal(map_.skb.end) + map_.sharedInfo);
    list_.text({left - 6, y + 9}, 12, phrase("MemoryBar", "to scale"), Ink::ink3, 400, Anchor::end);
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

} // namespace skbscope::ui
