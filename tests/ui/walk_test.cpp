// SPDX-License-Identifier: GPL-2.0-or-later
// Someone who has never seen the program goes from its start to "I see why the kernel pushed 14 bytes", with mouse and
// keyboard of a real X server (Xvfb, xdotool), using only what is written on the screen. A picture of each stop is left
// in BUILD/walk/.
#include "app/model/model_run.h"
#include "app/scenario/loader.h"
#include "tests/ui/complaints.h"
#include "trace/trace_file.h"
#include "ui/theme/fonts.h"
#include "ui/views/window_setup.h"

#include <QAccessible>
#include <QDir>
#include <QGuiApplication>
#include <QProcess>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QScreen>
#include <QStandardPaths>
#include <QTest>
#include <gtest/gtest.h>
#include <memory>

namespace {
using namespace skbscope;
using namespace skbscope::ui;

// What the program shows at its start: the recorded kernel, and the model's own run beside it.
tl::expected<trace::Trace, std::string> bothSides(const std::string &name) {
    auto trace = trace::read_trace(std::string(SKBSCOPE_SOURCE_DIR) + "/assets/traces/" + name + ".skbt");
    if (!trace) return tl::unexpected(trace.error().message());
    const auto scenario = app::loadScenario(std::string(SKBSCOPE_SOURCE_DIR) + "/assets/scenarios/" + name + ".yaml");
    if (!scenario) return tl::unexpected(scenario.error().message());
    auto model = app::runModel(scenario->ops);
    if (model) trace->sides.push_back(std::move(*model));
    return std::move(*trace);
}

class Walk : public testing::Test {
protected:
    static void SetUpTestSuite() {
        for (const char *tool : {"Xvfb", "xdotool"})
            if (QStandardPaths::findExecutable(QLatin1String(tool)).isEmpty()) missing = tool;
        if (missing) return;
        server = std::make_unique<QProcess>();
        server->setProcessChannelMode(QProcess::SeparateChannels);
        server->start(QStringLiteral("Xvfb"),
                      {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"),
                       QStringLiteral("0"), QStringLiteral("1600x1000x24")});
        if (!server->waitForReadyRead(30'000)) {
            missing = "an X server that starts";
            return;
        }
        qputenv("DISPLAY", ":" + server->readLine().trimmed());
        qputenv("QT_QPA_PLATFORM", "xcb");
        static int one = 1;
        static char name[] = "walk";
        static char *argv[] = {name, nullptr};
        qInstallMessageHandler(test::listen);
        prepareWindow();
        app = std::make_unique<QGuiApplication>(one, argv);
        loadFonts();
    }
    static void TearDownTestSuite() {
        app.reset();
        if (!server) return;
        server->kill();
        server->waitForFinished();
        server.reset();
    }
    void SetUp() override {
        if (missing) GTEST_SKIP() << "not here: " << missing;
        WindowOptions o;
        o.allowRoot = true;
        o.theme = "light";
        o.sourceDirectory = SKBSCOPE_SOURCE_DIR;
        o.assetDirectory = SKBSCOPE_SOURCE_DIR "/assets";
        o.run = bothSides;
        controller = std::make_unique<WindowController>(o);
        ASSERT_TRUE(controller->openFirst());
        engine = std::make_unique<QQmlApplicationEngine>();
        window = openWindow(*engine, *controller, 1600, 1000);
        ASSERT_TRUE(window);
        ASSERT_TRUE(QTest::qWaitForWindowExposed(window));
        window->setPosition(0, 0);
        QTest::qWait(300);
    }
    void TearDown() override {
        engine.reset();
        controller.reset();
        EXPECT_TRUE(test::complaints().isEmpty()) << test::complaints().join(QLatin1Char('\n')).toStdString();
    }

    // The X server's own events, as from a hand; the window goes on meanwhile.
    static void hand(const QStringList &arguments) {
        QProcess tool;
        tool.start(QStringLiteral("xdotool"), arguments);
        ASSERT_TRUE(QTest::qWaitFor([&tool] { return tool.state() == QProcess::NotRunning; }, 20'000));
        ASSERT_EQ(tool.exitCode(), 0) << tool.readAllStandardError().toStdString();
        QTest::qWait(400); // longer than any animation
    }
    static void key(const char *name) { hand({QStringLiteral("key"), QLatin1String(name)}); }
    static void type(const char *text) {
        hand({QStringLiteral("type"), QStringLiteral("--delay"), QStringLiteral("30"), QLatin1String(text)});
    }
    // What can be read on the screen, found as a screen reader finds it.
    static QAccessibleInterface *named(QAccessibleInterface *in, const QString &text) {
        if (!in || in->state().invisible) return nullptr;
        if (in->text(QAccessible::Name).contains(text) && !in->rect().isEmpty()) return in;
        for (int i = 0; i < in->childCount(); ++i)
            if (QAccessibleInterface *found = named(in->child(i), text)) return found;
        return nullptr;
    }
    void click(const char *text) {
        QAccessibleInterface *found = named(QAccessible::queryAccessibleInterface(window), QLatin1String(text));
        ASSERT_TRUE(found) << "nothing on the screen says " << text;
        const QPoint at = found->rect().center();
        hand({QStringLiteral("mousemove"), QString::number(at.x()), QString::number(at.y()), QStringLiteral("click"),
              QStringLiteral("1")});
    }
    void shoot(const char *name) {
        const QString folder = QStringLiteral(SKBSCOPE_BINARY_DIR) + QStringLiteral("/walk");
        QDir().mkpath(folder);
        const QPixmap picture = window->screen()->grabWindow(0);
        ASSERT_FALSE(picture.isNull());
        EXPECT_TRUE(picture.save(folder + QLatin1Char('/') + QLatin1String(name) + QStringLiteral(".png")));
    }
    std::string banner() { return controller->session().banner.sentence().toStdString(); }
    std::string all(const QAbstractItemModel &model) {
        std::string out;
        for (int row = 0; row < model.rowCount(); ++row)
            for (const int role : model.roleNames().keys())
                out += model.data(model.index(row, 0), role).toString().toStdString() + '\n';
        return out;
    }

    static inline const char *missing = nullptr;
    static inline std::unique_ptr<QProcess> server;
    static inline std::unique_ptr<QGuiApplication> app;
    std::unique_ptr<WindowController> controller;
    std::unique_ptr<QQmlApplicationEngine> engine;
    QQuickWindow *window = nullptr;
};

TEST_F(Walk, FromTheStartToWhyTheKernelPushedFourteenBytes) {
    Session &s = controller->session();
    shoot("1-start"); // a trace is open, its first call is told
    ASSERT_FALSE(s.selection.isEmpty());
    EXPECT_TRUE(s.selection.document()->hasBoth());
    EXPECT_FALSE(banner().empty());

    click("Step into"); // the button that stands out
    click("Step into");
    shoot("2-two-steps");
    EXPECT_EQ(s.selection.step(), 2U);

    click("Find or run"); // the field with the magnifier: what happened to the bytes?
    type("pushes 14");
    shoot("3-asked");
    key("Return");
    shoot("4-the-push");
    EXPECT_NE(banner().find("pushes **14 bytes"), std::string::npos) << banner();
    EXPECT_NE(all(s.memory).find("14"), std::string::npos);
    // The picture says what moved, and the card why: the link's header goes in front.
    EXPECT_NE(all(s.bytes).find("02"), std::string::npos);
    const std::string card = all(s.function);
    EXPECT_NE(card.find("Ethernet"), std::string::npos) << card;

    // No pane claims a difference that the comparison does not know.
    EXPECT_EQ(s.unexplained(), 0);
    EXPECT_FALSE(s.bytes.note().contains(QStringLiteral("unexplained"))) << s.bytes.note().toStdString();

    key("Left"); // and once more: before it, and again
    const int before = s.selection.stepInt();
    shoot("5-before");
    key("Right");
    EXPECT_EQ(s.selection.stepInt(), before + 1);
    key("r"); // who changed this last? one is asked for
    type("data");
    shoot("6-who-changed");
    key("Escape");
    key("question");
    shoot("7-keys");
    key("Escape");
    EXPECT_NE(banner().find("14 bytes"), std::string::npos) << banner();
}

// At each step of the trace that is open at the start: what is not explained there, the comparison counts as well.
TEST_F(Walk, TheBytesAndTheComparisonAgreeOnWhatIsUnexplained) {
    Session &s = controller->session();
    ASSERT_EQ(s.unexplained(), 0);
    int explained = 0;
    for (int step = 0; step < s.selection.stepCount(); ++step) {
        s.selection.setStepInt(step);
        EXPECT_FALSE(s.bytes.note().contains(QStringLiteral("unexplained"))) << step << s.bytes.note().toStdString();
        explained += s.bytes.note().contains(QStringLiteral("differ"));
    }
    EXPECT_GT(explained, 20); // port, IP id and what follows from them
}
} // namespace
