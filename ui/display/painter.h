// SPDX-License-Identifier: GPL-2.0-or-later
// Paints a display list with QPainter: into a pane, an image or an SVG.
#pragma once

#include "ui/display/display_list.h"

class QPainter;

namespace skbscope::ui {

// `painter` is set up so that one unit is one design pixel. What lies outside of its clip is left out.
void paintDisplayList(QPainter &painter, const DisplayList &list, const Palette &palette);
// One mark alone, scaled into `rect`: also used by the legend.
void paintMark(QPainter &painter, trace::RowMark mark, const QRectF &rect, const Palette &palette);

} // namespace skbscope::ui
