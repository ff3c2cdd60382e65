// SPDX-License-Identifier: GPL-2.0-or-later
// Which of a timeline's tags may be shown at all.
#pragma once

#include "ui/models/timeline_model.h"

#include <functional>
#include <vector>

namespace skbscope::ui {

// How tags would stand side by side.
struct TagCrowd {
    std::vector<qreal> drift;           // of each one, how far from its call, in design pixels
    bool full = false;                  // they are wider than the timeline, or than a side of now
    static constexpr qreal keeps = -60; // a drift: this one is not in the way of any while it is full
};

// Indices, ascending. Of more than a window has room for, a few pixels have one: the most telling, and always `strong`
// (-1: none). `x`: where a row stands, in design pixels.
[[nodiscard]] std::vector<int> tellingTags(const std::vector<TimelineTag> &tags, int strong,
                                           const std::function<qreal(quint32)> &x);

// Those of `shown` (ascending) that can stand near enough to their calls: where a crowd would drift too far, the least
// telling ones are left out, never `strong`.
[[nodiscard]] std::vector<int> fittingTags(const std::vector<TimelineTag> &tags, std::vector<int> shown, int strong,
                                           const std::function<TagCrowd(const std::vector<int> &)> &crowded);

} // namespace skbscope::ui
