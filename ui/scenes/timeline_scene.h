// SPDX-License-Identifier: GPL-2.0-or-later
// The timeline. Regions: "tag:ROW" for chips and marks; everywhere else x stands for a call (timelineRowAt).
#pragma once

#include "ui/display/display_list.h"
#include "ui/models/breakpoints_model.h"
#include "ui/models/find_model.h"
#include "ui/models/measure.h"
#include "ui/models/timeline_model.h"

namespace skbscope::ui {

struct TimelineSceneOptions {
    QSizeF size{1586, 132};
    LinkFrames frames = {};
    const BreakpointsModel *breakpoints = nullptr; // null: none of it
    const Measure *measure = nullptr;
    const FindModel *find = nullptr;
};
[[nodiscard]] DisplayList timelineScene(const TimelineModel &model, const TimelineSceneOptions &options);
// The call under a point; clamped to the first and last one.
[[nodiscard]] quint32 timelineRowAt(const TimelineModel &model, const QSizeF &size, qreal x);
// The place (TimelineModel) under a point; clamped to what is shown.
[[nodiscard]] quint32 timelinePlaceAt(const TimelineModel &model, const QSizeF &size, qreal x);
// Where a call begins.
[[nodiscard]] qreal timelineX(const TimelineModel &model, const QSizeF &size, quint32 row);

} // namespace skbscope::ui
