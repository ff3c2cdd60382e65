// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/big_stack_scene.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/scenes/big_parts.h"
#include "ui/scenes/parts.h"
#include "ui/scenes/stack_way.h"

#include <algorithm>

namespace skbscope::ui {

namespace {
constexpr qreal top = 44, pad = 26, between = 116, boxGap = 22;
constexpr qreal tokenWidth = 104, tokenHeight = 52, titleX = 58;
constexpr int places = 6, slotCount = 4;

// As the pane has no room for the long one.
QString shortTitle(const MapBox &b) {
    switch (b.station) {
    case Station::rxBacklog:
        return QStringLiteral("backlog");
    case Station::rxSoftirq:
        return QStringLiteral("softirq");
    case Station::rxSocket:
        return phrase("BigStackScene", "queue");
    default:
        return b.title;
    }
}

class BigStackPainter {
public:
    BigStackPainter(const StackMap &map, const StackSceneOptions &options) : map_(map), o_(options) {
        list_.size = o_.size;
        boxWidth_ = (o_.size.width() - 2 * pad - between) / 2;
        leftX_ = pad, rightX_ = o_.size.width() - pad - boxWidth_;
        pitch_ = (o_.size.height() - top - 8) / places;
        boxHeight_ = pitch_ - boxGap;
    }
    DisplayList run();

private:
    [[nodiscard]] qreal middle(Station s) const { return top + pitch_ * slotOf(s) + boxHeight_ / 2; }
    [[nodiscard]] QPointF onRail(Station s) const {
        return {isSender(s) ? leftX_ + boxWidth_ + 20 : rightX_ - 20, middle(s)};
    }
    [[nodiscard]] QRectF boxRect(Station s) const {
        return {isSender(s) ? leftX_ : rightX_, top + pitch_ * slotOf(s), boxWidth_, boxHeight_};
    }
    [[nodiscard]] std::vector<QPointF> way(Station from, Station to) const {
        return stationWay(from, to, [this](Station s) { return onRail(s); });
    }
    void hosts();
    void ways();
    void box(const MapBox &b);
    void queue(const MapBox &b, const QRectF &rect);
    void dots();
    void token();

    const StackMap &map_;
    StackSceneOptions o_;
    DisplayList list_;
    qreal boxWidth_, leftX_, rightX_, pitch_, boxHeight_;
};

void BigStackPainter::hosts() {
    const auto name = [this](qreal x, const QString &host, Anchor anchor) {
        if (host.isEmpty()) return;
        Label label{{x, 28}, 22, {{phrase("BigStackScene", "host ") + host, Ink::ink2}}, anchor};
        label.maxWidth = boxWidth_;
        list_.add(label);
    };
    name(leftX_, map_.leftHost, Anchor::start);
    name(rightX_ + boxWidth_, map_.rightHost, Anchor::end);
}

void BigStackPainter::ways() {
    for (const TrailLeg &leg : trailLegs(map_))
        list_.line(onRail(leg.from), onRail(leg.to), {Ink::ink, 7, {}, true, leg.alpha});
    const Station last = lastAhead(map_);
    if (last == Station::none) return;
    QPainterPath path;
    for (const QPointF &p : way(map_.token, last))
        path.elementCount() == 0 ? path.moveTo(p) : path.lineTo(p);
    list_.add(Path{path, {}, Texture::none, Stroke{Ink::ghost, 3, {0.1, 9}, true}});
}

// A row of slots and how many wait; the trace does not always tell.
void BigStackPainter::queue(const MapBox &b, const QRectF &rect) {
    const MapQueue &q = *b.queue;
    const Ink ink = b.reached ? Ink::ink2 : Ink::ink3;
    const qreal x = rect.left() + titleX, y = rect.center().y() + 9;
    drawSlots(list_, {{x, y}, {15, 18}, 18, slotCount, q.length, q.justLeft, 2});
    const QString count = q.known ? grouped(q.length) : QStringLiteral("?");
    list_.add(
        fitted({x + 18 * slotCount + 6, y + 16}, {{count, ink, 650}}, 22, rect.right() - x - 18 * slotCount - 12));
    list_.region(rect, QStringLiteral("queue:%1").arg(int(b.station)));
}

void BigStackPainter::box(const MapBox &b) {
    const QRectF rect = boxRect(b.station);
    const char letter = stationLetter(b.station);
    const LayerInk ink = layerInk(letter);
    Box frame{rect, 11, b.here ? Ink::nowRow : Ink::panel};
    frame.stroke = Stroke{b.here ? Ink::nowMark : b.reached ? ink.mark : Ink::lineS, b.here ? 3.6 : 2.4};
    if (b.bypassed) frame.stroke->dash = {8, 6};
    list_.add(frame);
    const QRectF tile(rect.left() + 12, rect.center().y() - 17, 34, 34);
    list_.add(Box{tile, 7, ink.tint});
    list_.text(tile.center() + QPointF(0, 8), 22, QString(QLatin1Char(letter)), ink.text, 700, Anchor::middle);
    list_.region(rect, QStringLiteral("station:%1").arg(int(b.station)));
    const Ink words = b.reached ? Ink::ink : Ink::ink3;
    const qreal x = rect.left() + titleX, room = rect.width() - titleX - 8;
    const bool fits = runWidth({b.title, words, 650}, 25) <= room;
    const bool two = b.queue || b.bypassed;
    const qreal y = rect.center().y() + (two ? -5 : 9);
    list_.add(fitted({x, y}, {{fits ? b.title : shortTitle(b), words, 650}}, 25, room));
    if (b.queue) queue(b, rect);
    if (b.bypassed)
        list_.add(
            fitted({x, y + 30}, {{phrase("BigStackScene", "no queue"), b.reached ? Ink::ink2 : Ink::ink3}}, 21, room));
}

void BigStackPainter::dots() {
    for (const MapBox &b : map_.boxes) {
        if (!b.reached || b.station == map_.token) continue;
        QPainterPath dot;
        dot.addEllipse(onRail(b.station), 6, 6);
        list_.add(Path{dot, Ink::panel, Texture::none, Stroke{Ink::ink, 3}});
    }
}

void BigStackPainter::token() {
    if (map_.token == Station::none) return;
    QPointF at = onRail(map_.token);
    if (o_.progress < 1 && o_.from != Station::none && o_.from != map_.token)
        at = along(way(o_.from, map_.token), o_.progress);
    // In the gap between the boxes, nearer to the one it is at.
    const qreal from = leftX_ + boxWidth_, to = rightX_;
    const qreal share = std::clamp((at.x() - from) / (to - from), 0.0, 1.0);
    const qreal x = from + 4 + (between - tokenWidth - 8) * share;
    const QRectF rect(x, at.y() - tokenHeight / 2, tokenWidth, tokenHeight);
    list_.add(Box{rect, 11, Ink::now, Texture::none, Stroke{Ink::nowInk, 3}});
    const auto shown = [](const Header &h) {
        return h.name == QLatin1String("payload") ? std::min(h.length, 20) : h.length;
    };
    int total = 0;
    for (const Header &h : map_.tokenHeaders)
        total += shown(h);
    qreal at_ = rect.left() + 10;
    for (const Header &h : map_.tokenHeaders) {
        const qreal width = (tokenWidth - 20) * shown(h) / std::max(1, total);
        list_.add(Box{QRectF(at_, rect.top() + 8, std::max(2.0, width - 1), 10), 0, {}, layerInk(h.layer).strip});
        at_ += width;
    }
    Label length = fitted({rect.center().x(), rect.top() + 42},
                          {{QStringLiteral("%1 B").arg(map_.tokenLength), Ink::nowInk, 700}}, 22, tokenWidth - 8);
    length.anchor = Anchor::middle;
    list_.add(length);
}

DisplayList BigStackPainter::run() {
    if (map_.boxes.empty()) {
        list_.text({o_.size.width() / 2, o_.size.height() / 2}, 24,
                   phrase("BigStackScene", "no packet is involved here"), Ink::ink3, 400, Anchor::middle);
        return std::move(list_);
    }
    hosts();
    ways();
    for (const MapBox &b : map_.boxes)
        if (!isCovered(map_, b)) box(b);
    dots();
    token();
    for (const auto &[link, pinned] : {std::pair{&o_.frames.preview, false}, std::pair{&o_.frames.pinned, true}})
        if (link->station != Station::none && map_.box(link->station))
            drawFrame(list_, boxRect(link->station).adjusted(-4, -4, 4, 4), pinned, 13);
    return std::move(list_);
}
} // namespace

DisplayList bigStackScene(const StackMap &map, const StackSceneOptions &options) {
    return BigStackPainter(map, options).run();
}

} // namespace skbscope::ui
