// SPDX-License-Identifier: GPL-2.0-or-later
// The memory map of a question about pointers: the guess above the bar, dashed; the trace's move below, solid.
#pragma once

#include "ui/display/display_list.h"
#include "ui/models/gate.h"
#include "ui/models/memory_map_model.h"

namespace skbscope::ui {

struct GateSceneOptions {
    QSizeF size{1120, 262};
    std::optional<GateAnswer> guess = {}, truth = {};
};
[[nodiscard]] DisplayList gateScene(const MemoryMap &map, const GateSceneOptions &options);
// The byte under a point of that drawing.
[[nodiscard]] int gateByteAt(const MemoryMap &map, const QSizeF &size, qreal x);

} // namespace skbscope::ui
