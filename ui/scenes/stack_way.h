// SPDX-License-Identifier: GPL-2.0-or-later
// The way along the stations, wherever they are drawn: down the sender's rail, across the wire, up the receiver's.
#pragma once

#include "ui/models/stack_map_model.h"

#include <QPointF>
#include <functional>
#include <vector>

namespace skbscope::ui {

[[nodiscard]] int slotOf(Station station); // from the top: socket 0 ... device 5, on either side

// Two stations share a place where ARP and IP receive: of both the one where the packet is shows, else IP.
[[nodiscard]] bool isCovered(const StackMap &map, const MapBox &box);

using StationPoint = std::function<QPointF(Station)>;
[[nodiscard]] std::vector<QPointF> stationWay(Station from, Station to, const StationPoint &onRail);
// A point a share of the way along a polyline.
[[nodiscard]] QPointF along(const std::vector<QPointF> &points, qreal share);

struct TrailLeg {
    Station from, to;
    qreal alpha; // the older, the fainter
};
[[nodiscard]] std::vector<TrailLeg> trailLegs(const StackMap &map);
// The farthest station still to come; none where there is none, or it was walked already.
[[nodiscard]] Station lastAhead(const StackMap &map);

} // namespace skbscope::ui
