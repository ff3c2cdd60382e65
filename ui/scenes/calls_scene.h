// SPDX-License-Identifier: GPL-2.0-or-later
// The aligned call trees. Regions: "row:N" selects, "fold:N" folds, "gap:N" shows what is folded away
// before row N, "earlier" and "later" scroll.
#pragma once

#include "ui/display/display_list.h"
#include "ui/models/breakpoints_model.h"
#include "ui/models/call_window.h"
#include "ui/models/find_model.h"
#include "ui/models/phrase.h"

namespace skbscope::ui {

struct CallsSceneOptions {
    QSizeF size{638, 600};
    qreal rowHeight = 18.9;
    int scroll = 0;
    QString kernelHead;                 // "Kernel 6.1, traced"
    QString lost = QStringLiteral("0"); // as lostText() says it
    int unexplained = 0;
    LinkFrames frames = {};
    const BreakpointsModel *breakpoints = nullptr; // null: no dots
    const FindModel *find = nullptr;               // null: no matches
    QString modelHead = phrase("CallsScene", "Model, C++");
    QString leftOnly = phrase("CallsScene", "model only"),
            rightOnly = phrase("CallsScene", "kernel only"); // in the legend
};
[[nodiscard]] DisplayList callsScene(const CallRowsModel &model, const CallsSceneOptions &options);

} // namespace skbscope::ui
