// SPDX-License-Identifier: GPL-2.0-or-later
// The window itself: offscreen in this process, and as a process of its own under Xvfb where that is installed.
#include "tests/ui/window_fixture.h"
#include "ui/models/names.h"

#include <QAccessible>
#include <QDir>
#include <QGuiApplication>
#include <QImage>
#include <QProcess>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <gtest/gtest.h>
#include <memory>

namespace {
using namespace skbscope;
using namespace skbscope::ui;

WindowOptions options() {
    WindowOptions o;
    o.allowRoot = true;
    o.theme = "light";
    o.sourceDirectory = SKBSCOPE_SOURCE_DIR;
    o.scenarios = {{"udp-veth", "One UDP datagram across a veth pair"}, {"broken", "Cannot be run"}};
    o.run = [](const std::string &name) -> tl::expected<trace::Trace, std::string> {
        if (name == "broken") return tl::unexpected(std::string("broken.yaml:3: no such key"));
        return ui::test::udpVeth();
    };
    return o;
}

class Window : public test::Windows {
protected:
    Window() : controller(options()) {
        EXPECT_TRUE(controller.openFirst());
        window = openWindow(engine, controller, 1600, 1000);
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(window, key, modifiers);
        controller.motion().finish();
    }
    QImage shot() {
        QTest::qWait(20);
        return window->grabWindow();
    }
    // The same picture, but for the outline around letters on a texture: its edge varies by a shade or two.
    static void expectSame(const QImage &now, const QImage &then) {
        ASSERT_EQ(now.size(), then.size());
        int worst = 0;
        for (int y = 0; y < then.height(); ++y)
            for (int x = 0; x < then.width(); ++x) {
                const QColor a = now.pixelColor(x, y), b = then.pixelColor(x, y);
                worst = std::max({worst, std::abs(a.red() - b.red()), std::abs(a.green() - b.green()),
                                  std::abs(a.blue() - b.blue())});
            }
        EXPECT_LE(worst, 4);
    }
    QList<SceneView *> views() {
        const QList<SceneView *> all = window->findChildren<SceneView *>();
        EXPECT_EQ(all.size(), 5);
        return all;
    }
    Selection &selection() { return controller.session().selection; }

    WindowController controller;
    QQmlApplicationEngine engine;
    QQuickWindow *window = nullptr;
};

TEST_F(Window, KeysStepForwardAndBackToTheSameState) {
    ASSERT_TRUE(window);
    const std::string home = ui::test::contents(controller.session());
    const QImage before = shot();
    for (int i = 0; i < 60; ++i)
        press(Qt::Key_Right);
    EXPECT_EQ(selection().step(), 60U);
    EXPECT_NE(shot(), before);
    for (int i = 0; i < 60; ++i)
        press(i % 2 ? Qt::Key_Left : Qt::Key_F11, i % 2 ? Qt::NoModifier : Qt::ControlModifier);
    EXPECT_EQ(selection().step(), 0U);
    EXPECT_EQ(ui::test::contents(controller.session()), home);
    expectSame(shot(), before);
}

TEST_F(Window, EveryStepIsDrawnWithoutComplaint) {
    for (quint32 i = 0; i < selection().document()->steps().size(); i += 7) {
        selection().setStep(i);
        QTest::qWait(1);
    }
    press(Qt::Key_End);
    EXPECT_EQ(int(selection().step()) + 1, selection().stepCount());
    press(Qt::Key_Home);
    EXPECT_EQ(selection().step(), 0U);
}

TEST_F(Window, ThemeSidesAndFoldsChangeThePicture) {
    selection().setStep(98);
    controller.motion().finish();
    const QImage light = shot();
    press(Qt::Key_T, Qt::ControlModifier);
    EXPECT_NE(shot(), light);
    EXPECT_TRUE(controller.theme().isDark());
    shot().save(QStringLiteral(SKBSCOPE_BINARY_DIR) + QStringLiteral("/window-dark.png"));
    press(Qt::Key_T, Qt::ControlModifier);
    expectSame(shot(), light);
    light.save(QStringLiteral(SKBSCOPE_BINARY_DIR) + QStringLiteral("/window-light.png"));
    press(Qt::Key_F);
    EXPECT_NE(shot(), light);
    press(Qt::Key_F);
    expectSame(shot(), light);
    press(Qt::Key_M);
    EXPECT_EQ(selection().side(), SideKind::kernel);
    EXPECT_NE(shot(), light);
}

TEST_F(Window, AnotherStepEndsTheAnimation) {
    selection().setStep(82);
    controller.motion().finish();
    ASSERT_TRUE(controller.trigger(QStringLiteral("step.into")));
    EXPECT_TRUE(controller.motion().running());
    EXPECT_EQ(controller.motion().progress(), 0.0);
    ASSERT_TRUE(QTest::qWaitFor([this] { return controller.motion().progress() > 0; }, 5000));
    ASSERT_TRUE(controller.trigger(QStringLiteral("step.into")));
    EXPECT_EQ(controller.motion().progress(), 0.0);
    EXPECT_TRUE(QTest::qWaitFor([this] { return !controller.motion().running(); }, 5000));
    EXPECT_EQ(controller.motion().progress(), 1.0);
    controller.theme().setReducedMotion(true);
    controller.trigger(QStringLiteral("step.into"));
    EXPECT_FALSE(controller.motion().running());
    EXPECT_EQ(controller.motion().progress(), 1.0);
    controller.theme().setReducedMotion(false);
}

TEST_F(Window, PlayPausesAtAnyStepAndAtTheEnd) {
    controller.session().player.setSpeed(10);
    press(Qt::Key_Space);
    EXPECT_TRUE(controller.session().player.isPlaying());
    QTest::qWait(450);
    EXPECT_GE(selection().step(), 2U);
    press(Qt::Key_Left);
    EXPECT_FALSE(controller.session().player.isPlaying());
    selection().setStep(quint32(selection().stepCount()) - 2);
    press(Qt::Key_Space);
    QTest::qWait(450);
    EXPECT_FALSE(controller.session().player.isPlaying());
}

TEST_F(Window, ABrokenScenarioLeavesTheWindowAsItIs) {
    selection().setStep(40);
    QSignalSpy problem(&controller, &WindowController::problemChanged);
    controller.choose(QStringLiteral("broken"));
    ASSERT_TRUE(problem.wait(5000));
    EXPECT_EQ(controller.problem().toStdString(), "broken.yaml:3: no such key");
    EXPECT_EQ(selection().step(), 40U);
    controller.choose(QStringLiteral("udp-veth"));
    QSignalSpy opened(&controller, &WindowController::scenarioChanged);
    ASSERT_TRUE(opened.wait(5000));
    EXPECT_EQ(selection().step(), 0U);
    EXPECT_EQ(controller.problem().toStdString(), "");
}

TEST_F(Window, TheChooserTakesItsKeysAndGivesThemBack) {
    press(Qt::Key_O, Qt::ControlModifier);
    press(Qt::Key_Down);
    EXPECT_EQ(selection().step(), 0U);
    press(Qt::Key_Escape);
    press(Qt::Key_Down);
    EXPECT_GT(selection().step(), 0U);
    press(Qt::Key_Question, Qt::ShiftModifier);
    press(Qt::Key_Right); // closes the list of keys
    const quint32 at = selection().step();
    press(Qt::Key_Right);
    EXPECT_EQ(selection().step(), at + 1);
}

TEST_F(Window, ClicksSelectRowsBytesAndStations) {
    selection().setStep(98);
    controller.motion().finish();
    shot();
    const auto click = [this](const char *type, const QString &id) {
        for (auto *view : views())
            if (QString::fromLatin1(view->metaObject()->className()).endsWith(QLatin1String(type)))
                for (const Region &r : view->list().regions)
                    if (r.id == id) {
                        const QPointF at = view->mapToScene(r.rect.center() * controller.unit());
                        QTest::mouseClick(window, Qt::LeftButton, Qt::NoModifier, at.toPoint());
                        return true;
                    }
        return false;
    };
    ASSERT_TRUE(click("BytesView", QStringLiteral("byte:26")));
    EXPECT_EQ(selection().pinned().range.field.toStdString(), "IPv4.checksum");
    ASSERT_TRUE(click("MemoryView", QStringLiteral("segment:36")));
    EXPECT_EQ(selection().pinned().range.field.toStdString(), "UDP");
    ASSERT_TRUE(click("CallsView", QStringLiteral("row:%1").arg(controller.session().calls.currentRow() + 1)));
    EXPECT_EQ(selection().step(), 99U);
    shot();
    ASSERT_TRUE(click("StackView", QStringLiteral("station:%1").arg(int(Station::txDevice))));
    EXPECT_LT(selection().step(), 90U);
}

TEST_F(Window, SmallWindowsShowTabsAndBreakNothing) {
    for (const QSize &size :
         {QSize(1280, 800), QSize(1000, 700), QSize(1366, 768), QSize(1920, 1080), QSize(1600, 1000)}) {
        window->resize(size);
        QTest::qWait(30);
        for (auto *view : views()) {
            if (!view->isVisible()) continue;
            const QRectF rect = view->mapRectToScene(QRectF(0, 0, view->width(), view->height()));
            EXPECT_TRUE(QRectF(-1, -1, size.width() + 2, size.height() + 2).contains(rect))
                << view->metaObject()->className() << " at " << size.width();
            EXPECT_GT(view->width(), 100) << view->metaObject()->className();
        }
        shot().save(QStringLiteral(SKBSCOPE_BINARY_DIR) + QStringLiteral("/window-%1.png").arg(size.width()));
    }
}

TEST_F(Window, ReadersFindNamesAndRows) {
    QAccessible::setActive(true);
    controller.setReaders(true);
    selection().setStep(98);
    QTest::qWait(60);
    QStringList names;
    const std::function<void(QAccessibleInterface *)> walk = [&](QAccessibleInterface *i) {
        if (!i) return;
        names << i->text(QAccessible::Name);
        for (int c = 0; c < i->childCount(); ++c)
            walk(i->child(c));
    };
    walk(QAccessible::queryAccessibleInterface(window));
    for (const char *wanted : {"Calls", "Stack", "sk_buff", "Timeline", "Step into", "Source of the model"})
        EXPECT_TRUE(names.contains(QLatin1String(wanted))) << wanted;
    EXPECT_TRUE(names.filter(QStringLiteral("ip_rcv_core")).size() > 1); // the banner's sentence and the tree's row
    controller.setReaders(false);
    QAccessible::setActive(false);
}

TEST(Root, IsRefusedUnlessAllowed) {
    WindowOptions o;
    o.allowRoot = true;
    EXPECT_FALSE(refusesRoot(o));
    o.allowRoot = false;
    EXPECT_EQ(refusesRoot(o), ::geteuid() == 0);
    EXPECT_NE(rootRefusal().find("--allow-root"), std::string::npos);
}

// A window on a real X server, as a user starts it.
TEST(Xvfb, TheWindowComesUpAndIsDrawn) {
    const QString xvfb = QStandardPaths::findExecutable(QStringLiteral("Xvfb"));
    if (xvfb.isEmpty()) GTEST_SKIP() << "Xvfb is not installed";
    QProcess server;
    server.start(xvfb,
                 {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"), QStringLiteral("0"),
                  QStringLiteral("1600x1000x24"), QStringLiteral("-nolisten"), QStringLiteral("tcp")});
    ASSERT_TRUE(server.waitForReadyRead(10000)) << "Xvfb does not start";
    const QString display = QStringLiteral(":") + QString::fromLatin1(server.readAllStandardOutput()).trimmed();
    QProcess program;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DISPLAY"), display);
    environment.remove(QStringLiteral("QT_QPA_PLATFORM"));
    program.setProcessEnvironment(environment);
    const QString picture = QStringLiteral(SKBSCOPE_BINARY_DIR) + QStringLiteral("/window-xvfb.png");
    QFile::remove(picture);
    program.start(QStringLiteral(SHOW_WINDOW),
                  {QStringLiteral("--screenshot"), picture, QStringLiteral("--step"), QStringLiteral("98")});
    EXPECT_TRUE(program.waitForFinished(30000));
    EXPECT_EQ(program.exitCode(), 0) << program.readAllStandardError().toStdString();
    const QImage image(picture);
    EXPECT_EQ(image.size(), QSize(1600, 1000));
    EXPECT_EQ(image.pixelColor(10, 90), Palette::light()[Ink::now]); // the banner's bar
    server.kill();                                                   // by its own handle
    server.waitForFinished();
}
} // namespace
