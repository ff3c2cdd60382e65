// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/gate_scene.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/scenes/memory_layout.h"
#include "ui/scenes/parts.h"

#include <algorithm>
#include <cmath>

namespace skbscope::ui {

namespace {
constexpr qreal left = 64, barTop = 104, barHeight = 84, barBottom = barTop + barHeight, infoWidth = 170;
constexpr qreal perByte = 13.2, guessY = 58, truthY = 222, marginRight = 20;

class GatePainter {
public:
    GatePainter(const MemoryMap &map, const GateSceneOptions &o)
        : map_(map), o_(o), endX_(o.size.width() - marginRight - infoWidth),
          layout_(map.segments, left, endX_, perByte) {
        list_.size = o.size;
    }
    DisplayList run();
    [[nodiscard]] int byteAt(qreal x) const;

private:
    [[nodiscard]] qreal x(qint64 byte) const {
        return byte >= qint64(map_.skb.end) ? endX_ : layout_.x(qreal(std::max<qint64>(0, byte)));
    }
    [[nodiscard]] qint64 byteOf(SkbPointer pointer) const;
    void segment(const MemorySegment &s, const QRectF &rect);
    void breakAt(qreal x);
    void pointer(const QString &name, qint64 byte, qreal labelX);
    void pointers();
    void names();
    void guess(const GateAnswer &a);
    void truth(const GateAnswer &a);

    const MemoryMap &map_;
    GateSceneOptions o_;
    DisplayList list_;
    std::vector<Label> names_; // of the pointers
    qreal endX_;
    MemoryLayout layout_;
};

qint64 GatePainter::byteOf(SkbPointer pointer) const {
    switch (pointer) {
    case SkbPointer::head:
    case SkbPointer::none:
        return 0;
    case SkbPointer::tail:
        return trace::tail_of(map_.skb);
    case SkbPointer::end:
        return map_.skb.end;
    case SkbPointer::data:
    case SkbPointer::dataAndTail:
        break;
    }
    return trace::data_of(map_.skb);
}

void GatePainter::segment(const MemorySegment &s, const QRectF &rect) {
    if (s.state == MemorySegment::freeRoom) {
        list_.add(Box{rect, 0, {}, Texture::freeRoom, Stroke{Ink::lineS, 1.6}});
        return;
    }
    const LayerInk ink = layerInk(s.layer);
    const bool in = s.state == MemorySegment::inPacket, passed = s.state == MemorySegment::passed;
    Box body{rect};
    if (passed)
        body.texture = Texture::freeRoom;
    else
        body.fill = in ? ink.tint : Ink::panel;
    list_.add(body);
    if (s.state != MemorySegment::unwritten)
        list_.add(Box{QRectF(rect.topLeft(), QSizeF(rect.width(), 12)), 0, {}, ink.strip});
    Box edge{rect};
    edge.stroke = Stroke{ink.mark, 1.8, in ? QVector<qreal>{} : QVector<qreal>{4, 3}};
    list_.add(edge);
    const std::optional<Ink> halo = passed ? std::optional(Ink::panel) : std::nullopt;
    const QString count =
        QStringLiteral("%1 B").arg(grouped(s.length())) + (passed ? phrase("GateScene", ", passed") : QString());
    const Label name{{rect.center().x(), barTop + 46}, 19, {{s.name, ink.text, 650}}, Anchor::middle, 0, false, halo};
    const Label size{{rect.center().x(), barTop + 69}, 17, {{count, ink.text}}, Anchor::middle, 0, false, halo};
    if (labelWidth(name) <= rect.width() - 4) list_.add(name);
    if (labelWidth(size) <= rect.width() - 4) list_.add(size);
}

void GatePainter::breakAt(qreal x) {
    QPainterPath gap(QPointF(x - 13, barBottom + 5));
    gap.lineTo(x + 1, barTop - 5);
    gap.lineTo(x + 14, barTop - 5);
    gap.lineTo(x, barBottom + 5);
    list_.add(Path{gap, Ink::panel});
    list_.line({x - 13, barBottom + 5}, {x + 1, barTop - 5}, {Ink::lineS, 1.8});
    list_.line({x, barBottom + 5}, {x + 14, barTop - 5}, {Ink::lineS, 1.8});
}

void GatePainter::pointer(const QString &name, qint64 byte, qreal labelX) {
    list_.line({x(byte), 90}, {x(byte), barBottom}, {Ink::ink, 2});
    names_.push_back(
        {{labelX, 83}, 17, {{QStringLiteral("%1 %2").arg(name).arg(byte), Ink::ink, 650}}, Anchor::middle});
}

// Labels keep apart: data stands left of its line, end right of the tail's label.
void GatePainter::pointers() {
    const qint64 data = byteOf(SkbPointer::data), tail = byteOf(SkbPointer::tail), end = byteOf(SkbPointer::end);
    const auto width = [](const QString &name, qint64 byte) {
        return runWidth({QStringLiteral("%1 %2").arg(name).arg(byte), Ink::ink, 650}, 17);
    };
    list_.text({left - 8, barTop + 38}, 17, QStringLiteral("head"), Ink::ink, 650, Anchor::end);
    list_.text({left - 8, barTop + 60}, 17, QStringLiteral("0"), Ink::ink2, 400, Anchor::end);
    const QString first = data == tail ? QStringLiteral("data, tail") : QStringLiteral("data");
    const qreal dataWidth = width(first, data), dataX = std::max(x(data) - dataWidth / 2 - 10, dataWidth / 2 + 2);
    pointer(first, data, dataX);
    qreal right = dataX + dataWidth / 2;
    if (tail != data) {
        const qreal tailWidth = width(QStringLiteral("tail"), tail);
        const qreal tailX = std::max(x(tail), right + 12 + tailWidth / 2);
        pointer(QStringLiteral("tail"), tail, tailX);
        right = tailX + tailWidth / 2;
    }
    pointer(QStringLiteral("end"), end, std::max(x(end), right + 12 + width(QStringLiteral("end"), end) / 2));
}

// After the guess, whose lines pass behind them.
void GatePainter::names() {
    for (const Label &name : names_) {
        const qreal width = labelWidth(name) + 6;
        list_.add(Box{QRectF(name.at.x() - width / 2, name.at.y() - 15, width, 20), 3, Ink::panel});
        list_.add(name);
    }
}

void GatePainter::guess(const GateAnswer &a) {
    if (a.pointer == SkbPointer::none) {
        const QRectF box(o_.size.width() / 2 - 110, 34, 220, 36);
        list_.add(Box{box, 9, Ink::panel, Texture::none, Stroke{Ink::ink2, 2, {6, 4}}});
        list_.text({box.center().x(), 58}, 18, phrase("GateScene", "you: nothing moves"), Ink::ink, 600,
                   Anchor::middle);
        return;
    }
    const qreal from = x(byteOf(a.pointer)), to = x(byteOf(a.pointer) + a.amount);
    const QString text = phrase("GateScene", "you: %1%2")
                             .arg(a.amount < 0 ? QStringLiteral("−") : QStringLiteral("+"))
                             .arg(std::abs(a.amount));
    const qreal half = runWidth({text, Ink::ink, 650}, 18) / 2 + 16;
    const qreal middle = std::clamp(to, half + 2, o_.size.width() - half - 2), sign = middle >= from ? 1 : -1;
    const QVector<qreal> dash{6, 4};
    list_.line({from, guessY - 4}, {from, barTop}, {Ink::ink2, 2, dash});
    list_.line({to, guessY + 18}, {to, barBottom}, {Ink::ink2, 2, dash});
    const qreal tip = middle - sign * (half + 1);
    if ((tip - from) * sign > 14) {
        list_.line({from, guessY}, {tip - sign * 8, guessY}, {Ink::ink2, 2, dash});
        list_.add(Path{arrowHead({tip, guessY}, sign > 0 ? 'r' : 'l', 11, 12), Ink::ink2});
    }
    const QRectF box(middle - half, guessY - 18, 2 * half, 36);
    list_.add(Box{box, 9, Ink::panel, Texture::none, Stroke{Ink::ink2, 2, dash}});
    list_.text({middle, guessY + 6}, 18, text, Ink::ink, 650, Anchor::middle);
}

void GatePainter::truth(const GateAnswer &a) {
    const bool none = a.pointer == SkbPointer::none;
    const qreal from = none ? o_.size.width() / 2 : x(byteOf(a.pointer)),
                to = none ? from : x(byteOf(a.pointer) + a.amount);
    QString words = a.text;
    const QString text = phrase("GateScene", "trace: ") + words.remove(QLatin1Char('`'));
    const qreal half = runWidth({text, Ink::ink, 650}, 20) / 2 + 14;
    const qreal middle = std::clamp(to, half + 2, o_.size.width() - half - 2), sign = middle >= from ? 1 : -1;
    if (!none) {
        list_.line({from, barBottom}, {from, truthY}, {Ink::ink, 2});
        list_.line({to, 90}, {to, truthY - 18}, {Ink::ink, 2});
        const qreal tip = middle - sign * (half + 1);
        if ((tip - from) * sign > 14) {
            list_.line({from, truthY}, {tip - sign * 9, truthY}, {Ink::ink, 3});
            list_.add(Path{arrowHead({tip, truthY}, sign > 0 ? 'r' : 'l', 13, 16), Ink::ink});
        }
    }
    const QRectF box(middle - half, truthY - 20, 2 * half, 40);
    list_.add(Box{box, 9, Ink::now, Texture::none, Stroke{Ink::nowInk, 1.6}});
    list_.text({middle, truthY + 7}, 20, text, Ink::nowInk, 650, Anchor::middle);
}

DisplayList GatePainter::run() {
    if (!map_.present) {
        list_.text({o_.size.width() / 2, barTop + 46}, 18, map_.absence, Ink::ink3, 400, Anchor::middle);
    } else {
        for (std::size_t i = 0; i < map_.segments.size(); ++i) {
            const auto &piece = layout_.pieces()[i];
            segment(map_.segments[i], QRectF(piece.left, barTop, piece.right - piece.left, barHeight));
        }
        const QRectF info(endX_, barTop, infoWidth, barHeight);
        list_.add(Box{info, 0, Ink::qTint, Texture::none, Stroke{Ink::lineS, 1.6}});
        list_.text({info.center().x(), barTop + 38}, 16, QStringLiteral("skb_shared_info"), Ink::ink2, 400,
                   Anchor::middle);
        list_.text({info.center().x(), barTop + 60}, 15, QStringLiteral("%1 B").arg(map_.sharedInfo), Ink::ink3, 400,
                   Anchor::middle);
        for (const auto &piece : layout_.pieces())
            if (piece.shortened && piece.right - piece.left > 50)
                breakAt(piece.left + (piece.right - piece.left) * 0.86);
        pointers();
    }
    if (o_.guess && map_.present) guess(*o_.guess);
    if (o_.truth && map_.present) truth(*o_.truth);
    names();
    list_.region(QRectF(0, 0, o_.size.width(), o_.size.height()), QStringLiteral("map"));
    return std::move(list_);
}

int GatePainter::byteAt(qreal at) const {
    for (const auto &p : layout_.pieces())
        if (at <= p.right && p.right > p.left)
            return int(std::lround(p.from + std::max(0.0, at - p.left) / (p.right - p.left) * (p.to - p.from)));
    return int(map_.skb.end);
}
} // namespace

DisplayList gateScene(const MemoryMap &map, const GateSceneOptions &options) {
    return GatePainter(map, options).run();
}

int gateByteAt(const MemoryMap &map, const QSizeF &size, qreal x) {
    return map.present ? GatePainter(map, {size}).byteAt(x) : 0;
}

} // namespace skbscope::ui
