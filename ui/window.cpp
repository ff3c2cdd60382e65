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
#include <optional>
#include <unistd.h>
#include <utility>

namespace skbscope::ui {

namespace {
// Qt ends the process when it finds no display: look first, to say so in one line.
bool hasDisplay() {
    const QByteArray platform = qgetenv("QT_QPA_PLATFORM");
    if (!platform.isEmpty()) return true;
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
}

// A display that is named but cannot be reached makes Qt abort (a core file, and advice to reinstall the program). What
// it says while it starts is held: one line takes its place if it fails, else it is printed as it would have been.
class StartWatch {
public:
    StartWatch() { before_ = qInstallMessageHandler(&StartWatch::hear); }
    ~StartWatch() {
        qInstallMessageHandler(before_);
        for (const Said &s : std::exchange(said(), {}))
            if (before_) before_(s.type, {}, s.text);
    }
    StartWatch(const StartWatch &) = delete;
    StartWatch &operator=(const StartWatch &) = delete;

private:
    struct Said {
        QtMsgType type;
        QString text;
    };
    static QList<Said> &said() {
        static QList<Said> list;
        return list;
    }
    static void hear(QtMsgType type, const QMessageLogContext &, const QString &text) {
        if (type != QtFatalMsg) return said().append({type, text});
        QString why = said().isEmpty() ? text : said().last().text;
        for (const Said &s : said())
            if (s.text.contains(QLatin1String("could not connect"))) why = s.text;
        std::fprintf(stderr,
                     "skbscope: the window cannot be shown: %s. Check DISPLAY, and that you may use that display; "
                     "`skbscope run` works in a terminal.\n",
                     qPrintable(why.simplified()));
        ::_exit(3);
    }
    QtMessageHandler before_ = nullptr;
};

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
    return "the window does not run as root: it needs no privilege. Start it as yourself, or give "
           "--allow-root.";
}

int runWindow(int argc, char **argv, const WindowOptions &options) {
    if (refusesRoot(options)) {
        std::fprintf(stderr, "skbscope: %s\n", rootRefusal().c_str());
        return 3;
    }
    if (!hasDisplay()) {
        std::fprintf(
            stderr,
            "skbscope: no display: neither DISPLAY nor WAYLAND_DISPLAY is set. `skbscope run` works in a terminal.\n");
        return 3;
    }
    prepareWindow();
    std::optional<StartWatch> watch(std::in_place);
    QGuiApplication app(argc, argv);
    watch.reset();
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
