// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/stack_way.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace skbscope::ui {

int slotOf(Station s) {
    constexpr std::array<int, stationCount> at = {0, 1, 2, 3, 4, 5, 5, 4, 3, 2, 2, 1, 0};
    return s == Station::none ? 0 : at[static_cast<std::size_t>(s)];
}

bool isCovered(const StackMap &map, const MapBox &box) {
    return std::ranges::any_of(map.boxes, [&box](const MapBox &o) {
        const bool samePlace = o.station != box.station && isSender(o.station) == isSender(box.station) &&
                               slotOf(o.station) == slotOf(box.station);
        return samePlace && (o.here || (!box.here && o.station == Station::rxNetwork));
    });
}

std::vector<QPointF> stationWay(Station from, Station to, const StationPoint &onRail) {
    std::vector<QPointF> out{onRail(from)};
    if (isSender(from) != isSender(to)) {
        out.push_back({onRail(from).x(), onRail(Station::txDevice).y()});
        out.push_back({onRail(to).x(), onRail(Station::rxDevice).y()});
    }
    out.push_back(onRail(to));
    return out;
}

QPointF along(const std::vector<QPointF> &points, qreal share) {
    qreal total = 0;
    for (std::size_t i = 1; i < points.size(); ++i)
        total += std::hypot(points[i].x() - points[i - 1].x(), points[i].y() - points[i - 1].y());
    qreal left = total * share;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const qreal length = std::hypot(points[i].x() - points[i - 1].x(), points[i].y() - points[i - 1].y());
        if (length > 0 && left <= length) return points[i - 1] + (points[i] - points[i - 1]) * (left / length);
        left -= length;
    }
    return points.back();
}

std::vector<TrailLeg> trailLegs(const StackMap &map) {
    if (map.trail.empty()) return {};
    std::vector<TrailLeg> legs;
    const Station first = map.trail.front(), last = map.trail.back();
    const auto add = [&legs](Station from, Station to) { legs.push_back({from, to, 1}); };
    if (isSender(first)) {
        const Station lowest = isSender(last) ? last : Station::txDevice;
        const Station turn = first < Station::txNetwork && lowest > Station::txNetwork ? Station::txNetwork : first;
        if (turn != first) add(first, turn);
        if (lowest != turn) add(turn, lowest);
        if (!isSender(last)) add(Station::txDevice, Station::rxDevice);
    }
    if (!isSender(last) && last != Station::rxDevice) add(isSender(first) ? Station::rxDevice : first, last);
    constexpr std::array ages = {1.0, 0.8, 0.45, 0.22};
    for (std::size_t i = 0; i < legs.size(); ++i)
        legs[i].alpha = ages[std::min(legs.size() - 1 - i, ages.size() - 1)];
    return legs;
}

// A way that goes down and up again to the same station has been walked already.
Station lastAhead(const StackMap &map) {
    if (map.ahead.empty() || map.token == Station::none) return Station::none;
    const Station last = *std::max_element(map.ahead.begin(), map.ahead.end());
    return last <= map.token ? Station::none : last;
}

} // namespace skbscope::ui
