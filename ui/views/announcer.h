// SPDX-License-Identifier: GPL-2.0-or-later
// What a screen reader says of itself: after a step the banner's sentence, and what Alt+arrows meet in a drawn pane.
// Neither takes the keyboard's focus, so the reader is told that its own has moved there; it goes back with the next
// change of the real one. Nothing is told while it plays, but where it stops.
#pragma once

#include "ui/views/row_list.h"
#include "ui/views/window_controller.h"

#include <QPointer>

class QQuickItem;
class QQuickWindow;

namespace skbscope::ui {

class Announcer : public QObject {
public:
    // Both must outlive it; it belongs to the window.
    Announcer(WindowController &controller, QQuickWindow *window);

private:
    void wait(); // until the models have followed
    void sayStep();
    void met(SceneView *view); // by keys
    void fallSilent();

    WindowController &controller_;
    QQuickWindow *window_;
    QPointer<QQuickItem> banner_;
    bool waiting_ = false;
};

} // namespace skbscope::ui
