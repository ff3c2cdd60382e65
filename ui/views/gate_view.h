// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "ui/views/scene_view.h"

namespace skbscope::ui {

// The memory map of a question; the pointer can be dragged on it.
class GateView : public SceneView {
    Q_OBJECT
protected:
    DisplayList build(const QSizeF &size) override;
    void attach() override;
    void drag(QPointF at) override;
};

} // namespace skbscope::ui
