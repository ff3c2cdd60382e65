// SPDX-License-Identifier: GPL-2.0-or-later
// The stack map. Regions: "station:N" (its number in the enum), "queue:N" (that of the station).
#pragma once

#include "ui/display/display_list.h"
#include "ui/models/link.h"
#include "ui/models/stack_map_model.h"

namespace skbscope::ui {

struct StackSceneOptions {
    QSizeF size{604, 264};
    // Where the token comes from, and how far it is: 1 is there. `from` == none or the same station: no way to draw.
    Station from = Station::none;
    qreal progress = 1;
    LinkFrames frames = {};
};
[[nodiscard]] DisplayList stackMapScene(const StackMap &map, const StackSceneOptions &options);

} // namespace skbscope::ui
