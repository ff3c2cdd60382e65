// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/stack_map_scene.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/scenes/parts.h"
#include "ui/scenes/stack_way.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace skbscope::ui {

namespace {
constexpr qreal top = 22, bandWidth = 17, boxGap = 4.6;
constexpr int places = 6, queuePlaces = 7;

class StackPainter {
public:
    StackPainter(const StackMap &map, const StackSceneOptions &options) : map_(map), o_(options) {
        list_.size = o_.size;
        boxWidth_ = (o_.size.width() - 196) / 2;
        leftX_ = 28, rightX_ = o_.size.width() - 28 - boxWidth_;
        leftRail_ = leftX_ + boxWidth_ + 16, rightRail_ = rightX_ - 34;
        pitch_ = (o_.size.height() - top - 3 + boxGap) / places;
        boxHeight_ = pitch_ - boxGap;
        flat_ = boxHeight_ < 33;
    }
    DisplayList run();

private:
    [[nodiscard]] qreal middle(Station s) const { return top + pitch_ * slotOf(s) + boxHeight_ / 2; }
    [[nodiscard]] QPointF onRail(Station s) const { return {isSender(s) ? leftRail_ : rightRail_, middle(s)}; }
    [[nodiscard]] QRectF boxRect(Station s) const {
        return {isSender(s) ? leftX_ : rightX_, top + pitch_ * slotOf(s), boxWidth_, boxHeight_};
    }
    [[nodiscard]] std::vector<QPointF> way(Station from, Station to) const {
        return stationWay(from, to, [this](Station s) { return onRail(s); });
    }
    [[nodiscard]] QRectF slotsRect(const QRectF &box) const {
        if (flat_) return {box.center().x() - 12, box.center().y() - 9, 12.0 * slotCount() + 4, 18};
        return {box.left() + 31, box.top() + box.height() * 0.55 - 3, 12.0 * queuePlaces + 4, 18};
    }
    [[nodiscard]] int slotCount() const { return flat_ ? 4 : queuePlaces; }
    [[nodiscard]] static qreal baseline(const QRectF &box) { return box.center().y() + 4.5; } // of the one line
    void hosts();
    void bands();
    void band(bool sender, qreal from, qreal to, const MapBox &box);
    void trail();
    void ahead();
    void box(const MapBox &b);
    void words(const MapBox &b, const QRectF &rect);
    void queue(const MapBox &b, const QRectF &rect);
    void frame(const LinkFacets &link, bool pinned);
    void rails();
    void lengths();
    void handOver();
    void token();

    const StackMap &map_;
    StackSceneOptions o_;
    DisplayList list_;
    qreal boxWidth_, leftX_, rightX_, leftRail_, rightRail_, pitch_, boxHeight_;
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
    title(leftX_, map_.leftHost, map_.leftText, rightX_ - leftX_ - 10);
    title(rightX_, map_.rightHost, map_.rightText, o_.size.width() - rightX_ - 4);
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
    for (const QString &text : {words.join(QStringLiteral(" · ")), cpu + QStringLiteral(" · ") + context, context,
                                context.section(QLatin1Char(' '), 0, 0)}) {
        if (runWidth({text, ink, 600}, 12) > to - from - 6) continue;
        list_.add(Label{{strip.rect.center().x() + 4.3, strip.rect.center().y()},
                        12,
                        {{text, ink, 600}},
                        Anchor::middle,
                        0,
                        true,
                        halo});
        return;
    }
}

// One band for each stretch of stations that ran alike; stations that are not on this way take their neighbour's.
void StackPainter::bands() {
    for (const bool sender : {true, false}) {
        std::vector<const MapBox *> column(places, nullptr);
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
            band(sender, top + pitch_ * qreal(first), top + pitch_ * qreal(last) + boxHeight_, *column[first]);
            first = last + 1;
        }
    }
}

// The older a leg, the fainter: down to the network layer, down to the device, the wire, up.
void StackPainter::trail() {
    for (const TrailLeg &leg : trailLegs(map_))
        list_.line(onRail(leg.from), onRail(leg.to), {Ink::ink, 4, {}, true, leg.alpha});
}

void StackPainter::ahead() {
    const Station last = lastAhead(map_);
    if (last == Station::none) return;
    QPainterPath path;
    const std::vector<QPointF> points = way(map_.token, last);
    path.moveTo(points.front());
    for (const QPointF &p : points)
        path.lineTo(p);
    path.lineTo(isSender(last) ? leftX_ + boxWidth_ : rightX_, points.back().y());
    list_.add(Path{path, {}, Texture::none, Stroke{Ink::ghost, 2, {0.1, 5}, true}});
}

void StackPainter::queue(const MapBox &b, const QRectF &rect) {
    const MapQueue &q = *b.queue;
    const Ink ink = b.reached ? Ink::ink2 : Ink::ink3;
    const QRectF slots_ = slotsRect(rect);
    const QString count = q.known ? QString::number(q.length) : QStringLiteral("–");
    std::vector<Run> length{{phrase("StackMapScene", "length "), ink}, {count, ink, 650}};
    if (flat_ && !q.capacity.isEmpty()) length.push_back({QLatin1Char(' ') + q.capacity, Ink::ink3});
    list_.add(Label{{rect.right() - 5, flat_ ? baseline(rect) : rect.top() + rect.height() * 0.43},
                    12,
                    std::move(length),
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
    const QRectF rect = boxRect(link.station);
    if (link.queue && b->queue)
        drawFrame(list_, slotsRect(rect), pinned);
    else
        drawFrame(list_, rect.adjusted(-2, -2, 2, 2), pinned, 7);
}

void StackPainter::box(const MapBox &b) {
    const QRectF rect = boxRect(b.station);
    const char letter = stationLetter(b.station);
    const LayerInk ink = layerInk(letter);
    Box frame{rect, 6, b.here ? Ink::nowRow : Ink::panel};
    frame.stroke = Stroke{b.here ? Ink::nowMark : b.reached ? ink.mark : Ink::lineS, b.here ? 2.4 : 1.6};
    if (b.bypassed) frame.stroke->dash = {5, 4};
    list_.add(frame);
    const QRectF tile(rect.left() + 7, rect.center().y() - 10, 20, 20);
    list_.add(Box{tile, 4, ink.tint});
    list_.text(tile.center() + QPointF(0, 4.7), 13, QString(QLatin1Char(letter)), ink.text, 700, Anchor::middle);
    words(b, rect);
    list_.region(rect, QStringLiteral("station:%1").arg(int(b.station)),
                 contextWords(b.context, b.vector) + phrase("StackMapScene", " on CPU %1").arg(b.cpu));
    if (b.queue) queue(b, rect);
}

// What the box is, and who works there: below it, or beside it where a box has one line.
void StackPainter::words(const MapBox &b, const QRectF &rect) {
    const Ink first = b.reached ? Ink::ink : Ink::ink3, second = b.reached ? Ink::ink2 : Ink::ink3;
    const Run title{b.title, first, 650};
    const qreal x = rect.left() + 34, room = (flat_ && b.queue ? slotsRect(rect).left() : rect.right() - 6) - x;
    list_.add(Label{{x, flat_ ? baseline(rect) : rect.top() + rect.height() * 0.43}, 13, {title}, Anchor::start, room});
    if (b.queue) return;
    const Run below = b.note.isEmpty() ? Run{b.function, second, b.here ? 700 : 400, true} : Run{b.note, second};
    const qreal beside = flat_ ? runWidth(title, 13) + 9 : 0;
    if (room - beside < 24) return;
    list_.add(Label{{x + beside, flat_ ? baseline(rect) : rect.top() + rect.height() * 0.84},
                    12,
                    {below},
                    Anchor::start,
                    room - beside});
}

void StackPainter::rails() {
    for (const MapBox &b : map_.boxes) {
        if (!b.reached || b.station == map_.token || isCovered(map_, b)) continue;
        const QPointF at = onRail(b.station);
        list_.line({isSender(b.station) ? leftX_ + boxWidth_ : rightX_, at.y()}, at, {Ink::ink3, 1.4});
        QPainterPath dot;
        dot.addEllipse(at, 3.4, 3.4);
        list_.add(Path{dot, Ink::panel, Texture::none, Stroke{Ink::ink, 2}});
    }
}

void StackPainter::lengths() {
    const auto beside = [this](Station s, quint32 bytes) {
        if (bytes && map_.token != s)
            list_.text(onRail(s) + QPointF(10, 4.3), 12, QStringLiteral("%1 B").arg(bytes), Ink::ink2);
    };
    const MapBox *network = map_.box(Station::txNetwork);
    if (map_.box(Station::txSocket)) beside(Station::txSocket, map_.payloadLength);
    if (network && network->reached) beside(Station::txNetwork, map_.networkLength);
    const qreal y = middle(Station::txDevice), x = (leftRail_ + rightRail_) / 2;
    const bool crossed = map_.box(Station::rxDevice) && map_.box(Station::rxDevice)->reached;
    if (map_.wireLength && crossed)
        list_.text({x, y - 7}, 12, QStringLiteral("%1 B").arg(map_.wireLength), Ink::ink2, 400, Anchor::middle);
    if (!map_.link.isEmpty())
        list_.text({x, std::min(y + 16, o_.size.height() - 4)}, 12, map_.link, Ink::ink3, 400, Anchor::middle);
}

void StackPainter::handOver() {
    if (!map_.handOver) return;
    const qreal x = rightRail_ - 9, y = middle(Station::rxSoftirq) + 2;
    const QStringList lines = map_.handOverText.split(QLatin1Char('|'));
    list_.text({x, y}, 12, phrase("StackMapScene", "hand-over"), Ink::ink, 650, Anchor::end);
    for (int i = 0; i < lines.size(); ++i)
        list_.text({x, y + 14 * (i + 1)}, 12, lines[i], Ink::ink2, 400, Anchor::end);
}

void StackPainter::token() {
    if (map_.token == Station::none) return;
    QPointF at = onRail(map_.token);
    if (o_.progress < 1 && o_.from != Station::none && o_.from != map_.token)
        at = along(way(o_.from, map_.token), o_.progress);
    // Beside the boxes, never on them: right of the left rail, left of the right one.
    const qreal share = std::clamp((at.x() - leftRail_) / (rightRail_ - leftRail_), 0.0, 1.0);
    const QRectF rect(at.x() - 15 - 18 * share, at.y() - 16, 66, 32);
    list_.add(Box{rect, 7, Ink::now, Texture::none, Stroke{Ink::nowInk, 2}});
    int total = 0;
    for (const Header &h : map_.tokenHeaders)
        total += h.name == QLatin1String("payload") ? std::min(h.length, 20) : h.length;
    qreal x = rect.left() + 7;
    for (const Header &h : map_.tokenHeaders) {
        const int shown = h.name == QLatin1String("payload") ? std::min(h.length, 20) : h.length;
        const qreal width = 52.0 * shown / std::max(1, total);
        list_.add(Box{QRectF(x, rect.top() + 5, std::max(1.0, width - 1), 6), 0, {}, layerInk(h.layer).strip});
        x += width;
    }
    list_.text({rect.center().x(), rect.top() + 25.5}, 13, QStringLiteral("%1 B").arg(map_.tokenLength), Ink::nowInk,
               700, Anchor::middle);
}

DisplayList StackPainter::run() {
    if (map_.boxes.empty()) {
        list_.text({o_.size.width() / 2, o_.size.height() / 2}, 14,
                   phrase("StackMapScene", "no packet is involved here"), Ink::ink3, 400, Anchor::middle);
        return std::move(list_);
    }
    hosts();
    bands();
    trail();
    ahead();
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
