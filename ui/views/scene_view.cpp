// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/views/scene_view.h"

#include "ui/display/painter.h"
#include "ui/views/window_controller.h"

#include <QHoverEvent>
#include <QPainter>

namespace skbscope::ui {

SceneView::SceneView(QQuickItem *parent) : QQuickPaintedItem(parent) {
    setAcceptHoverEvents(true);
    setAcceptedMouseButtons(Qt::LeftButton);
}

void SceneView::setController(WindowController *controller) {
    if (controller_ || !controller) return;
    controller_ = controller;
    connect(&controller->theme(), &Theme::changed, this, &SceneView::invalidate);
    connect(controller, &WindowController::unitChanged, this, &SceneView::invalidate);
    attach();
    invalidate();
    emit controllerChanged();
}

void SceneView::invalidate() {
    polish();
}

void SceneView::updatePolish() {
    if (!controller_ || width() <= 0 || height() <= 0) return;
    list_ = build(size() / controller_->unit());
    update();
}

void SceneView::paint(QPainter *painter) {
    if (!controller_) return;
    painter->scale(controller_->unit(), controller_->unit());
    paintDisplayList(*painter, list_, controller_->theme().palette());
}

void SceneView::geometryChange(const QRectF &now, const QRectF &before) {
    QQuickPaintedItem::geometryChange(now, before);
    if (now.size() != before.size()) invalidate();
}

QPointF SceneView::toDesign(QPointF at) const {
    return controller_ ? at / controller_->unit() : at;
}

void SceneView::meet(QPointF at) {
    const Region *region = list_.hit(toDesign(at));
    const QString id = region ? region->id : QString(), tip = region ? region->tip : QString();
    if (id != over_) {
        over_ = id;
        point(id);
    }
    if (tip == tip_) return;
    tip_ = tip;
    if (region && controller_) tipAt_ = QPointF(at.x(), region->rect.bottom() * controller_->unit());
    emit hovered();
}

void SceneView::hoverMoveEvent(QHoverEvent *event) {
    meet(event->position());
}
void SceneView::hoverLeaveEvent(QHoverEvent *) {
    meet({-1, -1});
}

void SceneView::mousePressEvent(QMouseEvent *event) {
    const QPointF at = toDesign(event->position());
    const Region *region = list_.hit(at);
    const QString id = region ? region->id : QString(); // activating may rebuild the list
    drag(at);
    activate(id);
    event->accept();
}

void SceneView::mouseMoveEvent(QMouseEvent *event) {
    drag(toDesign(event->position()));
}

void SceneView::wheelEvent(QWheelEvent *event) {
    constexpr int line = 40; // a notch is 120: three lines
    wheel_ += event->angleDelta().y();
    const int lines = wheel_ / line;
    wheel_ -= lines * line;
    event->setAccepted(scroll(toDesign(event->position()), -lines));
}

} // namespace skbscope::ui
