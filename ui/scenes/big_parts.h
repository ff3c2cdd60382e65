// SPDX-License-Identifier: GPL-2.0-or-later
// What the scenes for a projector share.
#pragma once

#include "ui/display/display_list.h"

namespace skbscope::ui {

inline constexpr qreal leastBigText = 20; // px of 1000: the last row still reads it

// At `size`, or as much smaller as it must be to fit; never below the least: then it is cut with an ellipsis.
[[nodiscard]] Label fitted(QPointF at, std::vector<Run> runs, qreal size, qreal width);

} // namespace skbscope::ui
