// SPDX-License-Identifier: GPL-2.0-or-later
// What the stack looks like at either size, desk and projector: where its boxes and rails are, a box, the way, the
// packet.
#pragma once

#include "ui/display/display_list.h"
#include "ui/scenes/stack_map_scene.h"

#include <vector>

namespace skbscope::ui {

// Two columns of boxes, the sender's on the left, with a rail beside each. All in design pixels.
struct StackPlaces {
    static constexpr int count = 6; // boxes a column
    qreal top, pitch, boxWidth, boxHeight, leftX, rightX, leftRail, rightRail;

    [[nodiscard]] qreal middle(Station s) const;
    [[nodiscard]] QPointF onRail(Station s) const;
    [[nodiscard]] QRectF boxRect(Station s) const;
    [[nodiscard]] std::vector<QPointF> way(Station from, Station to) const;
    // On its rail, or on the way there while it moves.
    [[nodiscard]] QPointF tokenAt(const StackMap &map, const StackSceneOptions &options) const;
};

// The older a leg, the fainter.
void drawTrail(DisplayList &list, const StackPlaces &places, const StackMap &map, qreal width);
// Dotted, to the farthest station that is still to come; `toBox`: up to the box, not only its place on the rail.
void drawAhead(DisplayList &list, const StackPlaces &places, const StackMap &map, const Stroke &stroke, bool toBox);

struct StationLook {
    qreal radius, stroke, strokeHere;
    QVector<qreal> bypassedDash;
    qreal tile, tileX, tileRadius, letter; // the tile's side, its distance from the box's left edge; letter height
};
// The frame with its layer's letter; its words are its caller's affair.
void drawStation(DisplayList &list, const QRectF &rect, const MapBox &box, const StationLook &look);

struct DotLook {
    qreal radius, stroke;
};
// On the rails, where the packet has been.
void drawDots(DisplayList &list, const StackPlaces &places, const StackMap &map, const DotLook &look);

struct TokenLook {
    qreal radius, stroke, margin, stripTop, stripHeight, baseline; // from its edges
    qreal letters, least;                                          // their height, and where there is no room
};
// The packet: its headers as strips, and how long it is.
void drawToken(DisplayList &list, const QRectF &rect, const StackMap &map, const TokenLook &look);

} // namespace skbscope::ui
