// SPDX-License-Identifier: GPL-2.0-or-later
// The stack map for a projector: a box a station, the packet between them, no function names. In pixels of a screen of
// 1600 x 1000, of which no letter is smaller than 20. Regions as those of stackMapScene.
#pragma once

#include "ui/scenes/stack_map_scene.h"

namespace skbscope::ui {

[[nodiscard]] DisplayList bigStackScene(const StackMap &map, const StackSceneOptions &options);

} // namespace skbscope::ui
