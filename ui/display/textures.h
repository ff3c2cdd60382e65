// SPDX-License-Identifier: GPL-2.0-or-later
// The patterns that back up colour: hatch for free room, chevrons for softirq, one pattern a layer. Drawn as lines, not
// as bitmaps, so that they stay sharp at any scale.
#pragma once

#include "ui/display/display_list.h"

class QPainter;

namespace skbscope::ui {

void paintTexture(QPainter &painter, Texture texture, const QPainterPath &shape, const Palette &palette);

} // namespace skbscope::ui
