// SPDX-License-Identifier: GPL-2.0-or-later
// The sk_buff for a projector: the buffer before and after the last move of a pointer, and below it the values that
// changed. In pixels of a screen of 1600 x 1000, of which no letter is smaller than 20. Regions as those of
// memoryMapScene.
#pragma once

#include "ui/scenes/memory_map_scene.h"

namespace skbscope::ui {

[[nodiscard]] DisplayList bigMemoryScene(const MemoryMap &map, const MemorySceneOptions &options);

} // namespace skbscope::ui
