// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/views/announcer.h"

#include "ui/views/scene_view.h"

#include <QAccessible>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTimer>

namespace skbscope::ui {

Announcer::Announcer(WindowController &controller, QQuickWindow *window)
    : QObject(window), controller_(controller), window_(window),
      banner_(window->findChild<QQuickItem *>(QStringLiteral("banner"))) {
    connect(&controller.session().banner, &BannerModel::updated, this, &Announcer::wait);
    connect(&controller.session().player, &Player::stopped, this, &Announcer::wait);
    connect(window, &QQuickWindow::activeFocusItemChanged, this, &Announcer::fallSilent);
    for (SceneView *view : window->findChildren<SceneView *>())
        connect(view, &SceneView::looked, this, [this, view] { met(view); });
}

void Announcer::wait() {
    if (waiting_ || !QAccessible::isActive()) return;
    waiting_ = true;
    QTimer::singleShot(0, this, &Announcer::sayStep);
}

// While a list or a form is open the focus is in there, and stays.
void Announcer::sayStep() {
    waiting_ = false;
    const bool modal = controller_.property("modal").toBool();
    if (!banner_ || !banner_->isVisible() || modal || controller_.session().player.isPlaying()) return;
    fallSilent();
    banner_->setProperty("heard", true);
    QAccessibleEvent event(banner_, QAccessible::Focus);
    QAccessible::updateAccessibility(&event);
}

void Announcer::met(SceneView *view) {
    if (!QAccessible::isActive()) return;
    for (RowList *list : window_->findChildren<RowList *>())
        if (list->view() == view && list->isVisible()) {
            fallSilent();
            if (list->announce(view->over())) return;
        }
}

void Announcer::fallSilent() {
    if (banner_) banner_->setProperty("heard", false);
    for (RowList *list : window_->findChildren<RowList *>())
        list->announce({});
}

} // namespace skbscope::ui
