// SPDX-License-Identifier: GPL-2.0-or-later
// Which part of a picture is another one now: a step moves a frame and a number, and all else need not be painted
// again.
#pragma once

#include "ui/display/display_list.h"

namespace skbscope::ui {

// Where an item may paint, in design pixels; rather too large than too small.
[[nodiscard]] QRectF boundsOf(const Item &item);

// Covers all that differs between the pictures of two lists. What both hold in the same order is the same picture; an
// item that changed its place in the order counts as changed, since it may lie on another one now.
[[nodiscard]] QRectF changedBetween(const DisplayList &before, const DisplayList &now);

} // namespace skbscope::ui
