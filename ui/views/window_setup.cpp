// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/views/window_setup.h"

#include "ui/views/announcer.h"
#include "ui/views/gate_view.h"
#include "ui/views/row_list.h"
#include "ui/views/small_views.h"

#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQmlContext>
#include <QQuickWindow>

static void initWindowResources() {
    Q_INIT_RESOURCE(qml);
}

namespace skbscope::ui {

namespace {
void registerTypes() {
    qmlRegisterType<CallsView>("Skbscope", 1, 0, "CallsView");
    qmlRegisterType<StackView>("Skbscope", 1, 0, "StackView");
    qmlRegisterType<MemoryView>("Skbscope", 1, 0, "MemoryView");
    qmlRegisterType<BigStackView>("Skbscope", 1, 0, "BigStackView");
    qmlRegisterType<BigMemoryView>("Skbscope", 1, 0, "BigMemoryView");
    qmlRegisterType<BytesView>("Skbscope", 1, 0, "BytesView");
    qmlRegisterType<GateView>("Skbscope", 1, 0, "GateView");
    qmlRegisterType<TimelineView>("Skbscope", 1, 0, "TimelineView");
    qmlRegisterType<MarkView>("Skbscope", 1, 0, "MarkView");
    qmlRegisterType<BadgeView>("Skbscope", 1, 0, "BadgeView");
    qmlRegisterType<DashView>("Skbscope", 1, 0, "DashView");
    qmlRegisterType<RowList>("Skbscope", 1, 0, "RowList");
    RowList::installReader();
    qmlRegisterType<IconView>("Skbscope", 1, 0, "IconView");
    qmlRegisterUncreatableType<WindowController>("Skbscope", 1, 0, "WindowController",
                                                 QStringLiteral("made by the program"));
    qmlRegisterUncreatableType<Theme>("Skbscope", 1, 0, "Theme", QStringLiteral("made by the program"));
}

} // namespace

// QPainter draws the panes, so a GPU would only carry pixels; without one there is nothing to go wrong.
void prepareWindow() {
    if (!qEnvironmentVariableIsSet("QT_QUICK_BACKEND") && !qEnvironmentVariableIsSet("QSG_RHI_BACKEND"))
        QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
    QQuickWindow::setTextRenderType(QQuickWindow::NativeTextRendering);
    QGuiApplication::setAttribute(Qt::AA_Use96Dpi);
}

QQuickWindow *openWindow(QQmlApplicationEngine &engine, WindowController &controller, int width, int height) {
    initWindowResources();
    registerTypes();
    engine.rootContext()->setContextProperty(QStringLiteral("app"), &controller);
    engine.rootContext()->setContextProperty(QStringLiteral("theme"), &controller.theme());
    auto *reader = new Announcer(controller, &engine);
    engine.rootContext()->setContextProperty(QStringLiteral("reader"), reader);
    QVariantMap first{{QStringLiteral("width"), width}, {QStringLiteral("height"), height}};
    if (width <= 0 || height <= 0) first = controller.firstPlace();
    engine.setInitialProperties(first);
    engine.load(QUrl(QStringLiteral("qrc:/skbscope/qml/Main.qml")));
    if (engine.rootObjects().isEmpty()) return nullptr;
    auto *window = qobject_cast<QQuickWindow *>(engine.rootObjects().constFirst());
    if (!window) return nullptr;
    QObject::connect(&controller, &WindowController::languageChanged, &engine, &QQmlEngine::retranslate);
    if (width <= 0 && controller.wasMaximised()) window->showMaximized();
    controller.attach(window);
    reader->follow(window);
    return window;
}

} // namespace skbscope::ui
