// SPDX-License-Identifier: GPL-2.0-or-later
// The map from afar and from near: all hosts, packets, queues and CPUs; one layer with its calls and queues. Regions:
// "packet:N", "waiting:PLACE", "cpu:N", "row:N".
#pragma once

#include "ui/display/display_list.h"
#include "ui/models/layer_zoom.h"

namespace skbscope::ui {

[[nodiscard]] DisplayList overviewScene(const Overview &overview, const QSizeF &size);
[[nodiscard]] DisplayList layerScene(const LayerZoom &layer, const QSizeF &size);

// A queue as an object: its name, slots with what is in them, length and limit. Drawn into `rect`, at least 18 high.
void drawWaiting(DisplayList &list, const OverviewQueue &queue, const QRectF &rect);

} // namespace skbscope::ui
