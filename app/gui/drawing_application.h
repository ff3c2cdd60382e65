// SPDX-License-Identifier: GPL-2.0-or-later
// Fonts need an application; it need not have a display. Makes one unless there is one.
#pragma once

#include <QGuiApplication>
#include <optional>

namespace skbscope::app {

class DrawingApplication {
public:
    DrawingApplication() {
        if (QCoreApplication::instance()) return;
        if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
        app_.emplace(argc_, argv_);
    }

private:
    int argc_ = 1;
    char name_[9] = "skbscope";
    char *argv_[2] = {name_, nullptr};
    std::optional<QGuiApplication> app_;
};

} // namespace skbscope::app
