// SPDX-License-Identifier: GPL-2.0-or-later
// The steps of bringing the window up, one by one, for runWindow() and for tests that drive a window in their process.
#pragma once

#include "ui/views/pane_views.h"
#include "ui/views/window_controller.h"

class QQmlApplicationEngine;
class QQuickWindow;

namespace skbscope::ui {

// Before the application object: renderer and scale.
void prepareWindow();
// Null when QML failed (it has said why on stderr). `controller` must outlive `engine`. A width or height of 0: where
// and as large as the controller's settings say.
[[nodiscard]] QQuickWindow *openWindow(QQmlApplicationEngine &engine, WindowController &controller, int width,
                                       int height);

} // namespace skbscope::ui
