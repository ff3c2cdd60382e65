// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/stack_parts.h"

#include "ui/models/names.h"
#include "ui/scenes/stack_way.h"

#include <algorithm>

namespace skbscope::ui {

qreal StackPlaces::middle(Station s) const {
    return top + pitch * slotOf(s) + boxHeight / 2;
}

QPointF StackPlaces::onRail(Station s) const {
    return {isSender(s) ? leftRail : rightRail, middle(s)};
}

QRectF StackPlaces::boxRect(Station s) const {
    return {isSender(s) ? leftX : rightX, top + pitch * slotOf(s), boxWidth, boxHeight};
}

std::vector<QPointF> StackPlaces::way(Station from, Station to) const {
    return stationWay(from, to, [this](Station s) { return onRail(s); });
}

QPointF StackPlaces::tokenAt(const StackMap &map, const StackSceneOptions &options) const {
    const bool moves = options.progress < 1 && options.from != Station::none && options.from != map.token;
    return moves ? along(way(options.from, map.token), options.progress) : onRail(map.token);
}

void drawTrail(DisplayList &list, const StackPlaces &places, const StackMap &map, qreal width) {
    for (const TrailLeg &leg : trailLegs(map))
        list.line(places.onRail(leg.from), places.onRail(leg.to), {Ink::ink, width, {}, true, leg.alpha});
}

void drawAhead(DisplayList &list, const StackPlaces &places, const StackMap &map, const Stroke &stroke, bool toBox) {
    const Station last = lastAhead(map);
    if (last == Station::none) return;
    const std::vector<QPointF> points = places.way(map.token, last);
    QPainterPath path(points.front());
    for (const QPointF &p : points)
        path.lineTo(p);
    if (toBox) path.lineTo(isSender(last) ? places.leftX + places.boxWidth : places.rightX, points.back().y());
    list.add(Path{path, {}, Texture::none, stroke});
}

void drawStation(DisplayList &list, const QRectF &rect, const MapBox &b, const StationLook &look) {
    const char letter = stationLetter(b.station);
    const LayerInk ink = layerInk(letter);
    Box frame{rect, look.radius, b.here ? Ink::nowRow : Ink::panel};
    frame.stroke = Stroke{b.here      ? Ink::nowMark
                          : b.reached ? ink.mark
                                      : Ink::lineS,
                          b.here ? look.strokeHere : look.stroke};
    if (b.bypassed) frame.stroke->dash = look.bypassedDash;
    list.add(frame);
    const QRectF tile(rect.left() + look.tileX, rect.center().y() - look.tile / 2, look.tile, look.tile);
    list.add(Box{tile, look.tileRadius, ink.tint});
    list.text(tile.center() + QPointF(0, 0.362 * look.letter), look.letter, QString(QLatin1Char(letter)), ink.text, 700,
              Anchor::middle);
}

void drawDots(DisplayList &list, const StackPlaces &places, const StackMap &map, const DotLook &look) {
    for (const MapBox &b : map.boxes) {
        if (!b.reached || b.station == map.token || isCovered(map, b)) continue;
        QPainterPath dot;
        dot.addEllipse(places.onRail(b.station), look.radius, look.radius);
        list.add(Path{dot, Ink::panel, Texture::none, Stroke{Ink::ink, look.stroke}});
    }
}

namespace {
// A long payload would leave nothing of the headers.
int shownLength(const Header &h) {
    return h.name == QLatin1String("payload") ? std::min(h.length, 20) : h.length;
}
} // namespace

void drawToken(DisplayList &list, const QRectF &rect, const StackMap &map, const TokenLook &look) {
    list.add(Box{rect, look.radius, Ink::now, Texture::none,
                 Stroke{map.dropped ? Ink::diffMark : Ink::nowInk, look.stroke}});
    int total = 0;
    for (const Header &h : map.tokenHeaders)
        total += shownLength(h);
    if (map.dropped) { // a cross in its corner
        constexpr qreal arm = 3.2, disc = 7;
        const QPointF at = rect.topLeft();
        QPainterPath round;
        round.addEllipse(at, disc, disc);
        list.add(Path{round, Ink::panel, Texture::none, Stroke{Ink::diffMark, 2}});
        list.line(at - QPointF(arm, arm), at + QPointF(arm, arm), {Ink::diffMark, 2.2});
        list.line(at + QPointF(-arm, arm), at + QPointF(arm, -arm), {Ink::diffMark, 2.2});
    }
    qreal x = rect.left() + look.margin;
    for (const Header &h : map.tokenHeaders) {
        const qreal width = (rect.width() - 2 * look.margin) * shownLength(h) / std::max(1, total);
        const QRectF strip(x, rect.top() + look.stripTop, std::max(1.0, width - 1), look.stripHeight);
        list.add(Box{strip, 0, {}, layerInk(h.layer).strip});
        x += width;
    }
    const Run length{QStringLiteral("%1 B").arg(grouped(map.tokenLength)), Ink::nowInk, 700};
    const qreal room = rect.width() - 2 * look.stroke - 4, wide = runWidth(length, look.letters);
    const qreal size = std::max(look.least, look.letters * std::min(1.0, room / wide));
    list.add(Label{{rect.center().x(), rect.top() + look.baseline}, size, {length}, Anchor::middle, room});
}

} // namespace skbscope::ui
