// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/stack_map_scene.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/scenes/parts.h"
#include "ui/scenes/stack_parts.h"
#include "ui/scenes/stack_way.h"

#include <algorithm>

namespace skbscope::ui {

namespace {
constexpr qreal top = 22, bandWidth = 17, boxGap = 4.6;
constexpr int queuePlaces = 7;

class StackPainter {
public:
    StackPainter(const StackMap &map, const StackSceneOptions &options) : map_(map), o_(options) {
        list_.size = o_.size;
        const qreal width = (o_.size.width() - 196) / 2, rightX = o_.size.width() - 28 - width;
        const qreal pitch = (o_.size.height() - top - 3 + boxGap) / StackPlaces::count;
        at_ = {top, pitch, width, pitch - boxGap, 28, rightX, 28 + width + 16, rightX - 34};
        flat_ = at_.boxHeight < 33;
    }
    DisplayList run();

private:
    [[nodiscard]] QRectF slotsRect(const QRectF &box) const {
        if (flat_) return {flatSlotsX(box), box.center().y() - 9, 12.0 * slotCount() + 4, 18};
        return {box.left() + 31, box.top() + box.height() * 0.55 - 3, 12.0 * queuePlaces + 4, 18};
    }
    // After the title; a narrow pane has fewer words instead of a shorter title.
    [[nodiscard]] static qreal flatSlotsX(const QRectF &box) {
        return std::max(box.center().x() - 12, box.left() + 138);
    }
    [[nodiscard]] std::vector<Run> queueWords(const MapBox &b, qreal room) const;
    [[nodiscard]] int slotCount() const { return flat_ ? 4 : queuePlaces; }
    [[nodiscard]] static qreal baseline(const QRectF &box) { return box.center().y() + 4.5; } // of the one line
    void hosts();
    void bands();
    void band(bool sender, qreal from, qreal to, const MapBox &box);
    void box(const MapBox &b);
    void words(const MapBox &b, const QRectF &rect);
    void queue(const MapBox &b, const QRectF &rect);
    void frame(const LinkFacets &link, bool pinned);
    void rails();
    void lengths();
    void handOver();
    void token();
    [[nodiscard]] QRectF tokenRect() const;
    [[nodiscard]] Run titleBeside(const MapBox &b, Run title, const Run &function, qreal room) const;

    const StackMap &map_;
    StackSceneOptions o_;
    DisplayList list_;
    StackPlaces at_;
    bool flat_ = false; // a low pane: one line a box
};

void StackPainter::hosts() {
    const auto title = [this](qreal x, const QString &host, const QString &text, qreal room) {
        if (host.isEmpty()) return;
        Label label{{x, 14},
                    13,
                    {{phrase("StackMapScene", "host ") + host + QLatin1Char(' '), Ink::ink, 650}, {text, Ink::ink3}}};
        label.maxWidth = room;
        list_.add(label);
    };
    title(at_.leftX, map_.leftHost, map_.leftText, at_.rightX - at_.leftX - 10);
    qreal y = 14;
    for (const QString &line : map_.origin) {
        Label label{{at_.leftX, y}, 13, runsOf(line)};
        label.maxWidth = at_.rightX - at_.leftX - 90; // the token's place
        list_.add(label);
        y += 19;
    }
    title(at_.rightX, map_.rightHost, map_.rightText, o_.size.width() - at_.rightX - 4);
}

void StackPainter::band(bool sender, qreal from, qreal to, const MapBox &b) {
    Box strip{QRectF(sender ? 4 : o_.size.width() - 21, from, bandWidth, to - from), 4};
    Ink ink = Ink::procText;
    std::optional<Ink> halo;
    switch (b.context) {
    case trace::Context::process:
        strip.fill = Ink::proc;
        break;
    case trace::Context::softirq:
        strip.texture = Texture::softirq, ink = Ink::softText, halo = Ink::soft;
        break;
    case trace::Context::hardirq:
        strip.texture = Texture::hardirq, ink = Ink::hardText, halo = Ink::hard;
        break;
    case trace::Context::idle:
        strip.stroke = Stroke{Ink::lineS};
        break;
    }
    list_.add(strip);
    const QString context = contextWords(b.context, b.vector), cpu = QStringLiteral("CPU %1").arg(b.cpu);
    QStringList words{cpu, context};
    if (b.context == trace::Context::process && !b.stack.isEmpty()) words << phrase("StackMapScene", "in ") + b.stack;
    const QString word = context.section(QLatin1Char(' '), 0, 0);
    // a strip of one station has room for a letter alone
    const QString inside = words.size() > 2 ? context + QStringLiteral(" · ") + words.back() : context;
    for (const QString &text : {words.join(QStringLiteral(" · ")), inside, cpu + QStringLiteral(" · ") + context,
                                context, word, word.left(1).toUpper()}) {
        if (text.size() > 1 && runWidth({text, ink, 600}, 12) > to - from - 6) continue;
        const bool upward = text.size() > 1;
        list_.add(Label{strip.rect.center() + (upward ? QPointF(3.3, 0) : QPointF(0, 4)),
                        12,
                        {{text, ink, 600}},
                        Anchor::middle,
                        0,
                        upward,
                        halo});
        return;
    }
}

// One band for each stretch of stations that ran alike; stations that are not on this way take their neighbour's.
void StackPainter::bands() {
    for (const bool sender : {true, false}) {
        std::vector<const MapBox *> column(StackPlaces::count, nullptr);
        for (const MapBox &b : map_.boxes)
            if (isSender(b.station) == sender) column[std::size_t(slotOf(b.station))] = &b;
        std::size_t first = 0;
        while (first < column.size()) {
            if (!column[first]) {
                ++first;
                continue;
            }
            std::size_t last = first;
            for (std::size_t i = first + 1; i < column.size(); ++i) {
                if (!column[i]) continue;
                if (column[i]->context != column[first]->context || column[i]->cpu != column[first]->cpu) break;
                last = i;
            }
            band(sender, top + at_.pitch * qreal(first), top + at_.pitch * qreal(last) + at_.boxHeight, *column[first]);
            first = last + 1;
        }
    }
}

// "length 2, 0 of 208 KiB", or as much of it as there is room for: how many wait is the last to go.
std::vector<Run> StackPainter::queueWords(const MapBox &b, qreal room) const {
    const MapQueue &q = *b.queue;
    const Ink ink = b.reached ? Ink::ink2 : Ink::ink3;
    const Run word{phrase("StackMapScene", "length "), ink},
        count{q.known ? QString::number(q.length) : QStringLiteral("–"), ink, 650},
        capacity{QStringLiteral(", ") + q.capacity, Ink::ink3};
    std::vector<std::vector<Run>> ways{{word, count}, {count}};
    if (flat_ && !q.capacity.isEmpty()) ways.insert(ways.begin(), {word, count, capacity});
    for (const std::vector<Run> &way : ways)
        if (labelWidth(Label{{}, 12, way}) <= room) return way;
    return ways.back();
}

void StackPainter::queue(const MapBox &b, const QRectF &rect) {
    const MapQueue &q = *b.queue;
    const QRectF slots_ = slotsRect(rect);
    const QString count = q.known ? QString::number(q.length) : QStringLiteral("–");
    const qreal room = rect.right() - 8 - (flat_ ? slots_.right() : rect.left() + 34 + runWidth({b.title}, 13));
    list_.add(Label{{rect.right() - 5, flat_ ? baseline(rect) : rect.top() + rect.height() * 0.43},
                    12,
                    queueWords(b, room),
                    Anchor::end});
    if (!flat_ && !q.capacity.isEmpty())
        list_.text({rect.right() - 5, rect.top() + rect.height() * 0.84}, 12, q.capacity, Ink::ink3, 400, Anchor::end);
    drawSlots(list_, {slots_.topLeft() + QPointF(3, 3), {10, 12}, 12, slotCount(), q.length, q.justLeft});
    list_.region(slots_, QStringLiteral("queue:%1").arg(int(b.station)),
                 q.known ? phrase("StackMapScene", "a queue of %1: R tells who changed it last").arg(count)
                         : phrase("StackMapScene", "the trace does not tell how long this queue is"));
}

void StackPainter::frame(const LinkFacets &link, bool pinned) {
    const MapBox *b = link.station == Station::none ? nullptr : map_.box(link.station);
    if (!b || isCovered(map_, *b)) return;
    const QRectF rect = at_.boxRect(link.station);
    if (link.queue && b->queue)
        drawFrame(list_, slotsRect(rect), pinned);
    else
        drawFrame(list_, rect.adjusted(-2, -2, 2, 2), pinned, 7);
}

void StackPainter::box(const MapBox &b) {
    const QRectF rect = at_.boxRect(b.station);
    drawStation(list_, rect, b, {6, 1.6, 2.4, {5, 4}, 20, 7, 4, 13});
    words(b, rect);
    list_.region(rect, QStringLiteral("station:%1").arg(int(b.station)),
                 contextWords(b.context, b.vector) + phrase("StackMapScene", " on CPU %1").arg(b.cpu));
    if (b.queue) queue(b, rect);
}

// Where a box has one line, its title gives way to the function that runs now.
Run StackPainter::titleBeside(const MapBox &b, Run title, const Run &function, qreal room) const {
    if (!flat_ || !b.here || function.text.isEmpty()) return title;
    const auto fits = [&] { return runWidth(title, 13) + 9 + runWidth(function, 12) <= room; };
    if (!fits()) title.text = title.text.section(QLatin1Char(' '), 0, 0);
    if (!fits()) title.text.clear();
    return title;
}

// What the box is, and who works there: below it, or beside it where a box has one line.
void StackPainter::words(const MapBox &b, const QRectF &rect) {
    const Ink first = b.reached ? Ink::ink : Ink::ink3, second = b.reached ? Ink::ink2 : Ink::ink3;
    const qreal x = rect.left() + 34, room = (flat_ && b.queue ? slotsRect(rect).left() : rect.right() - 6) - x;
    const Run below = b.note.isEmpty() ? Run{b.function, second, b.here ? 700 : 400, true} : Run{b.note, second};
    const Run title = titleBeside(b, {b.title, first, 650}, b.queue ? Run{} : below, room);
    if (!title.text.isEmpty())
        list_.add(
            Label{{x, flat_ ? baseline(rect) : rect.top() + rect.height() * 0.43}, 13, {title}, Anchor::start, room});
    if (b.queue) return;
    const qreal beside = flat_ && !title.text.isEmpty() ? runWidth(title, 13) + 9 : 0;
    if (room - beside < 24) return;
    // what runs now is read in full
    qreal size = 12;
    while (b.here && size > 9 && runWidth(below, size) > room - beside)
        size -= 0.5;
    list_.add(Label{{x + beside, flat_ ? baseline(rect) : rect.top() + rect.height() * 0.84},
                    size,
                    {below},
                    Anchor::start,
                    room - beside});
}

void StackPainter::rails() {
    for (const MapBox &b : map_.boxes) {
        if (!b.reached || b.station == map_.token || isCovered(map_, b)) continue;
        const QPointF at = at_.onRail(b.station);
        list_.line({isSender(b.station) ? at_.leftX + at_.boxWidth : at_.rightX, at.y()}, at, {Ink::ink3, 1.4});
    }
    drawDots(list_, at_, map_, {3.4, 2});
}

void StackPainter::lengths() {
    const auto beside = [this](Station s, quint32 bytes) {
        const QString text = QStringLiteral("%1 B").arg(grouped(bytes));
        const QRectF room(at_.onRail(s) + QPointF(10, -8), QSizeF(runWidth({text}, 12) + 6, 16));
        if (bytes && (map_.token == Station::none || !room.intersects(tokenRect())))
            list_.text(at_.onRail(s) + QPointF(10, 4.3), 12, text, Ink::ink2);
    };
    const MapBox *network = map_.box(Station::txNetwork);
    if (map_.box(Station::txSocket)) beside(Station::txSocket, map_.payloadLength);
    if (network && network->reached) beside(Station::txNetwork, map_.networkLength);
    const qreal y = at_.middle(Station::txDevice), x = (at_.leftRail + at_.rightRail) / 2;
    const bool crossed = map_.box(Station::rxDevice) && map_.box(Station::rxDevice)->reached;
    // Beside the wire; above the packet while it is there.
    const bool onWire = map_.token == Station::txDevice || map_.token == Station::rxDevice;
    const qreal above = y - (onWire ? 35 : 7), below = onWire ? y - 21 : std::min(y + 16, o_.size.height() - 4);
    if (map_.wireLength && crossed)
        list_.text({x, above}, 12, QStringLiteral("%1 B").arg(grouped(map_.wireLength)), Ink::ink2, 400,
                   Anchor::middle);
    if (!map_.link.isEmpty()) list_.text({x, below}, 12, map_.link, Ink::ink3, 400, Anchor::middle);
}

void StackPainter::handOver() {
    if (!map_.handOver) return;
    const qreal x = at_.rightRail - 9, y = at_.middle(Station::rxSoftirq) + (map_.token == Station::rxSoftirq ? 29 : 2);
    const QStringList lines = map_.handOverText.split(QLatin1Char('|'));
    list_.text({x, y}, 12, phrase("StackMapScene", "hand-over"), Ink::ink, 650, Anchor::end);
    const qreal last = at_.middle(Station::txDevice) - 19; // the length on the wire stands below
    for (int i = 0; i < lines.size() && (y + 14 * (i + 1) <= last || !map_.wireLength); ++i)
        list_.text({x, y + 14 * (i + 1)}, 12, lines[i], Ink::ink2, 400, Anchor::end);
}

// Beside the boxes, never on them: right of the left rail, left of the right one.
QRectF StackPainter::tokenRect() const {
    const QPointF at = at_.tokenAt(map_, o_);
    const qreal share = std::clamp((at.x() - at_.leftRail) / (at_.rightRail - at_.leftRail), 0.0, 1.0);
    return {at.x() - 15 - 18 * share, at.y() - 16, 66, 32};
}

void StackPainter::token() {
    if (map_.token == Station::none) return;
    drawToken(list_, tokenRect(), map_, {7, 2, 7, 5, 6, 25.5, 13, 11});
}

DisplayList StackPainter::run() {
    if (map_.boxes.empty()) {
        list_.text({o_.size.width() / 2, o_.size.height() / 2}, 14,
                   phrase("StackMapScene", "no packet is involved here"), Ink::ink3, 400, Anchor::middle);
        return std::move(list_);
    }
    hosts();
    bands();
    drawTrail(list_, at_, map_, 4);
    drawAhead(list_, at_, map_, {Ink::ghost, 2, {0.1, 5}, true}, true);
    for (const MapBox &b : map_.boxes)
        if (!isCovered(map_, b)) box(b);
    rails();
    lengths();
    handOver();
    token();
    frame(o_.frames.preview, false);
    frame(o_.frames.pinned, true);
    return std::move(list_);
}
} // namespace

DisplayList stackMapScene(const StackMap &map, const StackSceneOptions &options) {
    return StackPainter(map, options).run();
}

} // namespace skbscope::ui
