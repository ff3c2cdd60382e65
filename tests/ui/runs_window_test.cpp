// SPDX-License-Identifier: GPL-2.0-or-later
// Runs, watches and attachments started from the window, by keys alone; what runs is the test's.
#include "tests/ui/fake_runner.h"
#include "tests/ui/window_fixture.h"

#include <QAccessible>

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using test::FakeRunner;

class Runs : public test::Windows {
protected:
    Runs() {
        WindowOptions o;
        o.allowRoot = true;
        o.theme = "light";
        o.reducedMotion = true;
        o.scenarios = {{"icmp-echo", "A ping"},
                       {"udp-loopback", "To oneself"},
                       {"udp-veth", "One UDP datagram across a veth pair"}};
        o.run = [](const std::string &) -> tl::expected<trace::Trace, std::string> { return ui::test::udpVeth(); };
        o.runner = &runner;
        controller = std::make_unique<WindowController>(o);
        engine = std::make_unique<QQmlApplicationEngine>();
        EXPECT_TRUE(controller->openFirst());
        window = openWindow(*engine, *controller, 1280, 800);
        window->requestActivate();
        EXPECT_TRUE(QTest::qWaitForWindowActive(window));
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(window, key, modifiers);
    }
    void type(const char *text) {
        for (const char *c = text; *c; ++c)
            QTest::keyClick(window, *c);
    }
    [[nodiscard]] static bool waitFor(const std::function<bool()> &what) { return QTest::qWaitFor(what, 10000); }
    [[nodiscard]] bool isOpen() const { return controller->property("modal").toBool(); }
    RunModel &run() { return controller->run(); }
    // The form is there and knows what is possible.
    void openRun() {
        press(Qt::Key_F9);
        ASSERT_TRUE(isOpen());
        ASSERT_TRUE(waitFor([this] { return run().refusal().isEmpty(); })) << run().refusal().toStdString();
    }
    [[nodiscard]] bool isShown(const QString &text) const { return shows(window->contentItem(), text); }
    static bool shows(QQuickItem *in, const QString &text) {
        if (!in->isVisible()) return false;
        if (in->property("text").toString().contains(text)) return true;
        return std::ranges::any_of(in->childItems(), [&](QQuickItem *i) { return shows(i, text); });
    }
    void shoot(const char *name) {
        QTest::qWait(30);
        window->grabWindow().save(QStringLiteral(SKBSCOPE_BINARY_DIR) +
                                  QStringLiteral("/runs-%1.png").arg(QLatin1String(name)));
    }

    FakeRunner runner;
    std::unique_ptr<WindowController> controller;
    std::unique_ptr<QQmlApplicationEngine> engine;
    QQuickWindow *window = nullptr;
};

TEST_F(Runs, AreChosenStartedFollowedAndShown) {
    openRun();
    press(Qt::Key_Up); // the bundled one above
    EXPECT_EQ(run().scenario().toStdString(), "udp-loopback");
    press(Qt::Key_Tab);
    press(Qt::Key_Right);
    press(Qt::Key_Right); // kernel alone
    press(Qt::Key_Tab);
    press(Qt::Key_Down); // this host: not possible
    ASSERT_TRUE(waitFor([this] { return run().refusal().contains(QLatin1String("CAP_BPF")); }));
    EXPECT_TRUE(isShown(QStringLiteral("Not possible: skbscope-agent: lacks CAP_BPF")));
    shoot("form");
    press(Qt::Key_Return);
    EXPECT_TRUE(isOpen()) << "started what is not possible";
    press(Qt::Key_Up);
    ASSERT_TRUE(waitFor([this] { return run().refusal().isEmpty(); }));
    press(Qt::Key_Return);
    EXPECT_FALSE(isOpen());
    ASSERT_EQ(runner.requests.size(), 1U);
    EXPECT_EQ(runner.requests[0], (RunRequest{"udp-loopback", RunSides::kernel, "lab", ""}));

    runner.script->say("attaching probes", 96, 137);
    ASSERT_TRUE(waitFor([this] { return isShown(QStringLiteral("attaching probes 96 of 137")); }));
    shoot("running");
    const quint32 before = controller->session().selection.step();
    press(Qt::Key_Right); // the old trace is usable meanwhile
    EXPECT_EQ(controller->session().selection.step(), before + 1);
    EXPECT_FALSE(controller->isUnsaved());
    press(Qt::Key_F9);
    EXPECT_FALSE(isOpen()) << "a second run beside the first";

    trace::Trace trace = ui::test::udpVeth();
    trace.scenario_name = "udp-loopback";
    runner.script->end({std::move(trace), "", false});
    ASSERT_TRUE(waitFor([this] { return !run().isRunning(); }));
    EXPECT_EQ(controller->scenarioName().toStdString(), "udp-loopback");
    EXPECT_EQ(controller->session().selection.step(), 0U);
    EXPECT_TRUE(controller->isUnsaved());
    EXPECT_EQ(window->title().toStdString(), "skbscope: udp-loopback (not saved)");
    press(Qt::Key_F9, Qt::ShiftModifier);
    EXPECT_EQ(runner.requests.size(), 2U);
}

TEST_F(Runs, CanBeCancelledByAKey) {
    openRun();
    press(Qt::Key_Return);
    ASSERT_TRUE(run().isRunning());
    press(Qt::Key_F9, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([this] { return !run().isRunning(); }));
    EXPECT_EQ(runner.script->cancels, 1);
    EXPECT_EQ(controller->scenarioName().toStdString(), "udp-veth");
    EXPECT_FALSE(controller->isUnsaved());
    EXPECT_FALSE(isOpen());
}

TEST_F(Runs, ThatFailTellWhyInTheForm) {
    openRun();
    press(Qt::Key_Return);
    ASSERT_TRUE(run().isRunning());
    runner.script->end({{}, "lab: takes too long; its last words: panic", false});
    ASSERT_TRUE(waitFor([this] { return isOpen(); }));
    ASSERT_TRUE(waitFor([this] { return isShown(QStringLiteral("its last words: panic")); }));
    shoot("failed");
    press(Qt::Key_Escape);
    EXPECT_FALSE(isOpen());
}

TEST_F(Runs, AFilesErrorIsToldWithItsPlace) {
    openRun();
    type("/tmp/wrong.yaml");
    ASSERT_TRUE(waitFor([this] { return isShown(QStringLiteral("/tmp/wrong.yaml:3:5: hots: no such key")); }));
    shoot("wrong");
    press(Qt::Key_Return);
    EXPECT_TRUE(runner.requests.empty());
    press(Qt::Key_Backspace); // nothing of it is lost
    EXPECT_EQ(run().scenario().toStdString(), "/tmp/wrong.yam");
}

TEST_F(Runs, TheFocusStaysInsideTheForm) {
    openRun();
    for (int i = 0; i < 12; ++i) {
        press(Qt::Key_Tab);
        bool inside = false;
        for (QQuickItem *item = window->activeFocusItem(); item; item = item->parentItem())
            inside = inside || item->property("title").toString() == QLatin1String("Run a scenario");
        EXPECT_TRUE(inside) << i;
    }
    press(Qt::Key_Escape);
    EXPECT_FALSE(isOpen());
    const quint32 before = controller->session().selection.step();
    press(Qt::Key_Right);
    EXPECT_EQ(controller->session().selection.step(), before + 1);
}

TEST_F(Runs, EndWithTheWindow) {
    openRun();
    press(Qt::Key_Return);
    ASSERT_TRUE(run().isRunning());
    const auto script = runner.script;
    engine.reset();
    controller.reset();
    EXPECT_TRUE(script->gone);
}

TEST_F(Runs, ADeviceIsChosenAttachedFollowedAndLeft) {
    press(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_TRUE(isOpen());
    ASSERT_TRUE(waitFor([this] { return isShown(QStringLiteral("tap7")); }));
    press(Qt::Key_Return); // nothing is filled in
    ASSERT_TRUE(waitFor([this] { return isShown(QStringLiteral("the prefix's length is missing")); }));
    press(Qt::Key_Down); // the first of the list
    press(Qt::Key_Tab);
    type("10.9.0.2/24");
    press(Qt::Key_Tab);
    press(Qt::Key_Left); // NAPI without GRO
    shoot("attach");
    press(Qt::Key_Return);
    ASSERT_TRUE(waitFor([this] { return !isOpen(); }));
    ASSERT_EQ(runner.attached.size(), 1U);
    EXPECT_EQ(runner.attached[0].device, "tap7");
    EXPECT_EQ(runner.attached[0].address, "10.9.0.2/24");
    EXPECT_EQ(runner.attached[0].mode, "napi");
    ASSERT_TRUE(controller->live().isRunning());
    runner.source->grow();
    ASSERT_TRUE(waitFor([this] { return !controller->session().selection.isEmpty(); }));
    press(Qt::Key_F9);
    EXPECT_FALSE(isOpen()) << "a run beside a watch";
    press(Qt::Key_E, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([this] { return !controller->live().isRunning(); }));
    EXPECT_EQ(runner.source->stops, 1);
    EXPECT_TRUE(controller->isUnsaved());
}

TEST_F(Runs, WatchesFollowEachOther) {
    for (int round = 0; round < 2; ++round) {
        press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        ASSERT_TRUE(isOpen());
        if (round == 0) {
            type("udq");
            ASSERT_TRUE(waitFor([this] { return isShown(QStringLiteral("syntax error")); }));
            shoot("watch");
            press(Qt::Key_Return);
            QTest::qWait(100);
            EXPECT_TRUE(runner.watched.empty());
            press(Qt::Key_A, Qt::ControlModifier);
            type("udp");
        }
        press(Qt::Key_Return);
        ASSERT_TRUE(waitFor([this] { return !isOpen(); }));
        ASSERT_EQ(runner.watched.size(), std::size_t(round) + 1);
        EXPECT_EQ(runner.watched[std::size_t(round)].filter, "udp");
        runner.source->grow(unsigned(round) + 1);
        const auto shownEvents = [this] {
            const DocumentSide *s = controller->session().selection.document()->side(SideKind::kernel);
            return s ? s->side->events.size() : 0;
        };
        ASSERT_TRUE(waitFor([&] { return shownEvents() == runner.source->events(); }));
        press(Qt::Key_E, Qt::ControlModifier);
        ASSERT_TRUE(waitFor([this] { return !controller->live().isRunning(); }));
    }
}

TEST_F(Runs, AWatchThatIsRefusedTellsWhyAndTheTraceStays) {
    runner.refusal = "skbscope-agent: lacks CAP_BPF (load programs); run skbscope as root (sudo)";
    press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    press(Qt::Key_Return);
    ASSERT_TRUE(waitFor([this] { return isShown(QString::fromStdString(runner.refusal)); }));
    EXPECT_TRUE(isOpen());
    press(Qt::Key_Escape);
    EXPECT_FALSE(controller->live().isShown());
    EXPECT_EQ(controller->scenarioName().toStdString(), "udp-veth");
}
} // namespace
