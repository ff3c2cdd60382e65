// SPDX-License-Identifier: GPL-2.0-or-later
// The window as the program opens it, offscreen, with what really runs behind it; driven by keys.
#pragma once

#include "app/gui/window_runner.h"
#include "tests/ui/complaints.h"
#include "ui/theme/fonts.h"
#include "ui/views/window_setup.h"

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QTest>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>

namespace skbscope::app {

class RealWindow : public testing::Test {
protected:
    static void SetUpTestSuite() {
        static int one = 1;
        static char name[] = "window";
        static char *argv[] = {name, nullptr};
        qputenv("QT_QPA_PLATFORM", "offscreen");
        qputenv("SKBSCOPE_ASSETS", SKBSCOPE_BINARY_DIR "/share/skbscope");
        qInstallMessageHandler(ui::test::listen);
        ui::prepareWindow();
        app = std::make_unique<QGuiApplication>(one, argv);
        ui::loadFonts();
    }
    static void TearDownTestSuite() { app.reset(); }
    static inline std::unique_ptr<QGuiApplication> app;

    RealWindow() {
        ui::WindowOptions o;
        o.allowRoot = true;
        o.theme = "light";
        o.reducedMotion = true;
        o.assetDirectory = SKBSCOPE_BINARY_DIR "/share/skbscope";
        o.scenarios = {{"udp-veth", "One UDP datagram across a veth pair"}};
        o.runner = &runner;
        controller = std::make_unique<ui::WindowController>(o);
        engine = std::make_unique<QQmlApplicationEngine>();
        EXPECT_TRUE(controller->openFirst());
        window = ui::openWindow(*engine, *controller, 1280, 800);
        window->requestActivate();
        EXPECT_TRUE(QTest::qWaitForWindowActive(window));
    }
    ~RealWindow() override {
        engine.reset();
        EXPECT_TRUE(ui::test::complaints().isEmpty()) << ui::test::complaints().join(QLatin1Char('\n')).toStdString();
        ui::test::complaints().clear();
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(window, key, modifiers);
    }
    void type(const std::string &text) {
        for (const char c : text)
            QTest::keyClick(window, c);
    }
    [[nodiscard]] static bool waitFor(const std::function<bool()> &what, int seconds = 30) {
        return QTest::qWaitFor(what, seconds * 1000);
    }
    [[nodiscard]] bool isOpen() const { return controller->property("modal").toBool(); }
    ui::RunModel &run() { return controller->run(); }
    // The form, filled in by keys: the scenario, so often Right on the sides, so often Down on the kernels.
    void fillIn(const std::string &scenario, int sides, int kernel) {
        press(Qt::Key_F9);
        ASSERT_TRUE(isOpen());
        ASSERT_TRUE(waitFor([this] { return run().kernels().size() == 4; }));
        type(scenario);
        press(Qt::Key_Tab);
        for (int i = run().sides(); i < sides; ++i)
            press(Qt::Key_Right);
        if (sides != 1) press(Qt::Key_Tab); // the model alone needs no kernel
        while (run().kernel() < kernel)
            press(Qt::Key_Down);
        ASSERT_TRUE(waitFor([this] {
            const QString text = run().refusal();
            return !text.contains(QLatin1String("being read")) && !text.startsWith(QLatin1String("Looking"));
        }));
    }
    const trace::Trace &shown() { return controller->session().selection.document()->trace(); }
    void shoot(const char *name) {
        QTest::qWait(30);
        window->grabWindow().save(QStringLiteral(SKBSCOPE_BINARY_DIR) +
                                  QStringLiteral("/real-%1.png").arg(QLatin1String(name)));
    }

    WindowRunner runner;
    std::unique_ptr<ui::WindowController> controller;
    std::unique_ptr<QQmlApplicationEngine> engine;
    QQuickWindow *window = nullptr;
};

} // namespace skbscope::app
