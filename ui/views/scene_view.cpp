// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/views/scene_view.h"

#include "ui/display/changed.h"
#include "ui/display/painter.h"
#include "ui/views/window_controller.h"

#include <QHoverEvent>
#include <QPainter>
#include <QQuickWindow>

#include <algorithm>
#include <cmath>

namespace skbscope::ui {

SceneView::SceneView(QQuickItem *parent) : QQuickPaintedItem(parent) {
    setAcceptHoverEvents(true);
    setAcceptedMouseButtons(Qt::LeftButton);
}

void SceneView::setController(WindowController *controller) {
    if (controller_ || !controller) return;
    controller_ = controller;
    connect(&controller->theme(), &Theme::changed, this, &SceneView::repaint);
    connect(controller, &WindowController::unitChanged, this, &SceneView::repaint);
    attach();
    invalidate();
    emit controllerChanged();
}

qreal SceneView::unit() const {
    return controller_->unit();
}

void SceneView::invalidate() {
    polish();
}

void SceneView::repaint() {
    whole_ = true;
    polish();
}

// Only what changed is painted again: a step moves little of what there is.
void SceneView::updatePolish() {
    if (!controller_ || width() <= 0 || height() <= 0) return;
    DisplayList now = build(size() / unit());
    const QRectF all = boundingRect(), changed = changedBetween(list_, now);
    const QRect pixels = whole_ ? all.toAlignedRect()
                         : changed.isNull()
                             ? QRect()
                             : QRectF(changed.topLeft() * unit(), changed.size() * unit()).toAlignedRect();
    list_ = std::move(now);
    whole_ = false;
    if (const QRect seen = pixels & all.toAlignedRect(); !seen.isEmpty()) update(seen);
}

// The scene graph may have let go of the picture.
void SceneView::itemChange(ItemChange change, const ItemChangeData &value) {
    QQuickPaintedItem::itemChange(change, value);
    if (change == ItemSceneChange && value.window)
        connect(value.window, &QQuickWindow::sceneGraphInitialized, this, &SceneView::repaint);
    if (change == ItemSceneChange || change == ItemVisibleHasChanged || change == ItemDevicePixelRatioHasChanged)
        repaint();
}

void SceneView::paint(QPainter *painter) {
    if (!controller_) return;
    painter->scale(unit(), unit());
    paintDisplayList(*painter, list_, controller_->theme().palette());
}

void SceneView::geometryChange(const QRectF &now, const QRectF &before) {
    QQuickPaintedItem::geometryChange(now, before);
    if (now.size() != before.size()) repaint();
}

QPointF SceneView::toDesign(QPointF at) const {
    return controller_ ? at / unit() : at;
}

void SceneView::meet(QPointF at) {
    meet(list_.hit(toDesign(at)), at);
}

void SceneView::meet(const Region *region, QPointF at) {
    const QString id = region ? region->id : QString(), tip = region ? region->tip : QString();
    if (id != over_) {
        over_ = id;
        point(id);
    }
    if (tip == tip_) return;
    tip_ = tip;
    if (region && controller_) tipAt_ = QPointF(at.x(), region->rect.bottom() * unit());
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
    event->modifiers().testFlag(Qt::ControlModifier) ? pin(id) : activate(id);
    event->accept();
}

// The nearest one in that direction; what lies aside counts three times as far. Nothing there: the pane scrolls.
void SceneView::look(int right, int down) {
    const auto here = std::find_if(list_.regions.begin(), list_.regions.end(),
                                   [this](const Region &r) { return !over_.isEmpty() && r.id == over_; });
    const Region *best = nullptr;
    qreal least = 1e9;
    const QPointF from = here == list_.regions.end() ? QPointF() : here->rect.center();
    for (const Region &r : list_.regions) {
        if (!isReachable(r.id) || r.id == over_) continue;
        const QPointF way = r.rect.center() - from;
        const qreal along = way.x() * right + way.y() * down,
                    aside = std::abs(way.x() * down) + std::abs(way.y() * right);
        if (along < 1) continue;
        if (const qreal cost = along + 3 * aside; cost < least) least = cost, best = &r;
    }
    if (!best) {
        scroll(from, down);
        return;
    }
    // What has a tip in one of its parts (a call's mark) shows it to the keys as well.
    if (best->tip.isEmpty())
        for (const Region &r : list_.regions)
            if (r.id == best->id && !r.tip.isEmpty()) best = &r;
    const Region found = *best; // telling the models may build the list anew
    meet(&found, QPointF(found.rect.left(), found.rect.bottom()) * unit());
    emit looked();
}

void SceneView::press(bool pinning) {
    if (over_.isEmpty()) return;
    const QString id = over_;
    pinning ? pin(id) : activate(id);
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
