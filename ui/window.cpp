// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/window.h"

#include "ui/theme/fonts.h"
#include "ui/views/window_setup.h"

#include <QGuiApplication>
#include <QImage>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QTimer>

#include <cstdio>
#include <unistd.h>

namespace skbscope::ui {

namespace {
// Qt ends the process when it finds no display: look first, to say so in one line.
bool hasDisplay() {
    const QByteArray platform = qgetenv("QT_QPA_PLATFORM");
    if (!platform.isEmpty()) return true;
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
}

void takeScreenshot(QQuickWindow *window, const QString &path) {
    const QImage image = window->grabWindow();
    const bool saved = image.save(path);
    if (!saved) std::fprintf(stderr, "skbscope: cannot write %s\n", qPrintable(path));
    QCoreApplication::exit(saved ? 0 : 2);
}
} // namespace

bool refusesRoot(const WindowOptions &options) {
    return ::geteuid() == 0 && !options.allowRoot;
}

std::string rootRefusal() {
    return "skbscope: the window does not run as root: it needs no privilege. Start it as yourself, or give "
           "--allow-root.";
}

int runWindow(int argc, char **argv, const WindowOptions &options) {
    if (refusesRoot(options)) {
        std::fprintf(stderr, "%s\n", rootRefusal().c_str());
        return 3;
    }
    if (!hasDisplay()) {
        std::fprintf(
            stderr,
            "skbscope: no display: neither DISPLAY nor WAYLAND_DISPLAY is set. `skbscope run` works in a terminal.\n");
        return 3;
    }
    prepareWindow();
    QGuiApplication app(argc, argv);
    QGuiApplication::setApplicationDisplayName(QStringLiteral("skbscope"));
    loadFonts(options.assetDirectory.empty() ? QString()
                                             : QString::fromStdString((options.assetDirectory / "fonts").string()));
    QGuiApplication::setFont(sansFont(13));

    WindowController controller(options);
    if (const auto opened = controller.openFirst(); !opened) {
        std::fprintf(stderr, "skbscope: %s\n", opened.error().c_str());
        return 2;
    }
    QQmlApplicationEngine engine;
    QQuickWindow *window = openWindow(engine, controller, options.width, options.height);
    if (!window) return 3;
    QObject::connect(&controller, &WindowController::quitRequested, &app, &QGuiApplication::quit);
    if (!options.screenshot.empty()) {
        const QString path = QString::fromStdString(options.screenshot.string());
        const auto shoot = [window, path] {
            QTimer::singleShot(0, window, [window, path] { takeScreenshot(window, path); });
        };
        // A lesson's trace may still be on its way; a picture is made once it is there.
        const auto ready = [window, shoot, &controller] {
            if (!controller.lessons().isWaiting()) return shoot();
            QObject::connect(&controller.lessons(), &LessonModel::updated, window, [window, shoot, &controller] {
                if (!controller.lessons().isWaiting()) QTimer::singleShot(100, window, shoot);
            });
        };
        QObject::connect(window, &QQuickWindow::frameSwapped, window, ready, Qt::SingleShotConnection);
    }
    return QGuiApplication::exec();
}

} // namespace skbscope::ui
