// SPDX-License-Identifier: GPL-2.0-or-later
// The lanes of the CPUs below the hosts. Internal to ui/scenes/.
#pragma once

#include "ui/scenes/overview_scene.h"

namespace skbscope::ui {

inline constexpr qreal cpuLaneHigh = 21;

// The first `count` CPUs from `y` down: contexts and queues, a lane each, and under them the hand-overs.
void drawLanes(DisplayList &list, const Overview &overview, int count, qreal y);

// Where there is no room for all queues, those that hold something are seen.
[[nodiscard]] inline bool fullerFirst(const OverviewQueue *a, const OverviewQueue *b) {
    return std::pair(a->current, a->length) > std::pair(b->current, b->length);
}

} // namespace skbscope::ui
