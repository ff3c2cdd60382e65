// SPDX-License-Identifier: GPL-2.0-or-later
// The gutter marks as shapes: the painter and the writers of SVG draw the same.
#pragma once

#include "ui/display/display_list.h"

namespace skbscope::ui {

inline constexpr qreal markSize = 16;
inline constexpr std::size_t markCount = static_cast<std::size_t>(trace::RowMark::unexplained) + 1;
[[nodiscard]] const std::vector<Item> &markShape(trace::RowMark mark); // paths, markSize square

} // namespace skbscope::ui
