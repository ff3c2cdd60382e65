// SPDX-License-Identifier: GPL-2.0-or-later
// The sk_buff memory map. Regions: "segment:N" (its first byte), "skb:FIELD" (one
// field may stand in several places).
#pragma once

#include "ui/display/display_list.h"
#include "ui/models/link.h"
#include "ui/models/memory_map_model.h"

namespace skbscope::ui {

struct MemorySceneOptions {
    QSizeF size{604, 200};
    qreal progress = 1; // of the pointer's way in the step that moves it; 1: it is there
    LinkFrames frames = {};
};
[[nodiscard]] DisplayList memoryMapScene(const MemoryMap &map, const MemorySceneOptions &options);

} // namespace skbscope::ui
