// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/views/announcer.h"

#include "ui/views/scene_view.h"

#include <QAccessible>
#include <QTimer>

namespace skbscope::ui {

Announcer::Announcer(WindowController &controller, QObject *parent) : QObject(parent), controller_(controller) {
    connect(&controller.session().banner, &BannerModel::updated, this, &Announcer::wait);
    connect(&controller.session().player, &Player::changed, this, &Announcer::wait);
}

void Announcer::follow(QQuickWindow *window) {
    window_ = window;
    banner_ = window->findChild<QQuickItem *>(QStringLiteral("banner"));
    connect(window, &QQuickWindow::activeFocusItemChanged, this, &Announcer::fallSilent);
    for (SceneView *view : window->findChildren<SceneView *>())
        connect(view, &SceneView::looked, this, [this, view] { met(view); });
    for (QQuickItem *list : window->findChildren<QQuickItem *>())
        if (list->inherits("QQuickListView")) connect(list, SIGNAL(currentItemChanged()), this, SLOT(entryReached()));
}

bool Announcer::isHeard() const {
    return controller_.readers() || QAccessible::isActive();
}

void Announcer::wait() {
    if (waiting_ || !isHeard()) return;
    waiting_ = true;
    QTimer::singleShot(0, this, &Announcer::sayStep);
}

// While a list or a form is open the focus is in there, and stays.
void Announcer::sayStep() {
    waiting_ = false;
    if (!banner_ || !banner_->isVisible() || isModal() || controller_.session().player.isPlaying()) return;
    fallSilent();
    banner_->setProperty("heard", true);
    hear(banner_);
}

void Announcer::hear(QQuickItem *item) {
    QAccessibleInterface *at = item && isHeard() ? QAccessible::queryAccessibleInterface(item) : nullptr;
    if (!at) return;
    QAccessibleEvent event(item, QAccessible::Focus);
    QAccessible::updateAccessibility(&event);
    if (at->state().focused) emit told(at->text(QAccessible::Name)); // else readers do not believe it
}

void Announcer::entryReached() {
    const auto *list = qobject_cast<QQuickItem *>(sender());
    if (list && list->isVisible() && isModal()) hear(list->property("currentItem").value<QQuickItem *>());
}

void Announcer::met(SceneView *view) {
    if (!window_ || !isHeard()) return;
    for (RowList *list : window_->findChildren<RowList *>())
        if (list->view() == view && list->isVisible()) {
            fallSilent();
            if (list->announce(view->over())) return emit told(list->text(list->announced()));
        }
}

void Announcer::fallSilent() {
    if (banner_) banner_->setProperty("heard", false);
    if (!window_) return;
    for (RowList *list : window_->findChildren<RowList *>())
        list->announce({});
}

} // namespace skbscope::ui
