// SPDX-License-Identifier: GPL-2.0-or-later
// Which of a timeline's tags may be shown at all.
#pragma once

#include "ui/models/timeline_model.h"

#include <functional>
#include <vector>

namespace skbscope::ui {

// How much a tag is in the way: the most telling one least.
[[nodiscard]] double tagWeight(const TimelineTag &tag);

// Indices, ascending. Of more than a window has room for, a few pixels have one: the most telling, and always `strong`
// (-1: none). `x`: where a row stands, in design pixels.
[[nodiscard]] std::vector<int> tellingTags(const std::vector<TimelineTag> &tags, int strong,
                                           const std::function<qreal(quint32)> &x);

} // namespace skbscope::ui
