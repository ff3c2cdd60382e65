// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/views/gate_view.h"

#include "ui/scenes/gate_scene.h"

namespace skbscope::ui {

void GateView::attach() {
    connect(&controller()->session().gate, &GateModel::updated, this, &GateView::invalidate);
}

DisplayList GateView::build(const QSizeF &size) {
    const GateModel &gate = controller()->session().gate;
    GateSceneOptions options{size, gate.guessed(), {}};
    if (gate.isAnswered() && gate.gate()) options.truth = gate.gate()->truth();
    return gateScene(gate.map(), options);
}

void GateView::drag(QPointF at) {
    GateModel &gate = controller()->session().gate;
    gate.dragTo(gateByteAt(gate.map(), size() / controller()->unit(), at.x()));
}

} // namespace skbscope::ui
