// SPDX-License-Identifier: GPL-2.0-or-later
// A window that shows a watch while it runs: offscreen, the events come from the test.
#include "tests/ui/contents.h"
#include "tests/ui/growing_source.h"
#include "tests/ui/window_fixture.h"

#include <QElapsedTimer>
#include <ctime>
#include <iostream>

namespace {
using namespace skbscope;
using namespace skbscope::ui;

class LiveWindow : public test::Windows {
protected:
    explicit LiveWindow(bool packets = false) {
        source.packetsOnly = packets;
        WindowOptions o;
        o.allowRoot = true;
        o.theme = "light";
        o.scenarios = {{"udp-veth", "One UDP datagram across a veth pair"}};
        o.run = [](const std::string &) -> tl::expected<trace::Trace, std::string> { return ui::test::udpVeth(); };
        o.live = &source;
        controller = std::make_unique<WindowController>(o);
        engine = std::make_unique<QQmlApplicationEngine>();
        EXPECT_TRUE(controller->openFirst());
        window = openWindow(*engine, *controller, 1600, 1000);
    }
    ~LiveWindow() override {
        controller->session().player.pause();
        controller->motion().finish();
        QTest::qWait(30); // Qt warns when a window goes while something moves
        engine.reset();
    }
    Selection &selection() { return controller->session().selection; }
    [[nodiscard]] std::size_t shownEvents() {
        const DocumentSide *s = selection().document()->side(SideKind::kernel);
        return s ? s->side->events.size() : 0;
    }
    [[nodiscard]] bool showsAll(int ms = 30000) {
        return QTest::qWaitFor([this] { return shownEvents() == source.events(); }, ms);
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(window, key, modifiers);
        controller->motion().finish();
    }

    ui::test::GrowingSource source;
    std::unique_ptr<WindowController> controller;
    std::unique_ptr<QQmlApplicationEngine> engine;
    QQuickWindow *window = nullptr;
};

struct LiveWindowOfTheModel : LiveWindow {
    LiveWindowOfTheModel() : LiveWindow(true) {}
};

TEST_F(LiveWindow, OpensEmptyAndGrowsWithTheWatch) {
    ASSERT_TRUE(window);
    EXPECT_TRUE(selection().isEmpty());
    QTest::qWait(50);
    EXPECT_FALSE(window->grabWindow().isNull());
    EXPECT_TRUE(controller->live().isRunning());
    source.grow();
    ASSERT_TRUE(showsAll());
    const int rows = controller->session().calls.rowCount(), marks = controller->session().timeline.rowCount();
    const std::size_t calls = selection().document()->rows().size();
    EXPECT_GT(rows, 0);
    source.grow(3);
    ASSERT_TRUE(showsAll());
    EXPECT_EQ(selection().document()->rows().size(), 4 * calls);
    EXPECT_GT(controller->session().calls.rowCount(), rows);
    EXPECT_GE(controller->session().timeline.rowCount(), marks);
    EXPECT_EQ(controller->live().counts().toStdString(),
              std::to_string(source.state().packets) + " packets, " +
                  QLocale(QLocale::English).toString(qulonglong(source.events())).toStdString() + " events, 0 lost");
}

TEST_F(LiveWindow, TheSelectionStaysWhereTheUserPutIt) {
    source.grow(2);
    ASSERT_TRUE(showsAll());
    selection().setStep(98);
    controller->session().calls.setFolded(3, true);
    controller->session().calls.setFolded(0, false);
    selection().pin(Linked::ofBytes({20, 2, {}}));
    selection().setStep(99);
    controller->motion().finish();
    const auto shown = [this] {
        Session &s = controller->session();
        return s.banner.sentence() + s.function.name() + QString::number(selection().pinned().range.offset) +
               s.memory.data(s.memory.index(0)).toString();
    };
    const QString before = shown();
    const std::string name = selection().document()->rows()[selection().document()->steps()[99].row].name.toStdString();
    const bool folded = controller->session().calls.isFolded(3);
    for (int i = 0; i < 4; ++i) {
        source.grow();
        ASSERT_TRUE(showsAll());
        EXPECT_EQ(selection().step(), 99U);
        EXPECT_EQ(shown(), before);
        EXPECT_EQ(controller->session().calls.isFolded(3), folded);
        EXPECT_FALSE(controller->motion().running()) << "growth is no step: nothing moves";
    }
    source.addLate(); // the same call has another number now
    ASSERT_TRUE(showsAll());
    EXPECT_EQ(selection().step(), 100U);
    EXPECT_EQ(
        selection().document()->rows()[selection().document()->steps()[selection().step()].row].name.toStdString(),
        name);
}

TEST_F(LiveWindow, FollowsTheNewestCallUntilTheUserGoesElsewhere) {
    source.grow();
    ASSERT_TRUE(showsAll());
    press(Qt::Key_L);
    EXPECT_TRUE(controller->isFollowing());
    source.grow();
    ASSERT_TRUE(showsAll());
    EXPECT_EQ(int(selection().step()) + 1, selection().stepCount());
    press(Qt::Key_Left);
    EXPECT_FALSE(controller->isFollowing());
    const quint32 at = selection().step();
    source.grow();
    ASSERT_TRUE(showsAll());
    EXPECT_EQ(selection().step(), at);
}

// The model on a device has ticks as well, all the time: it is packets that one wants to see.
TEST_F(LiveWindowOfTheModel, StartsAtTheNewestPacketAndFollowsIt) {
    EXPECT_TRUE(controller->isFollowing());
    const auto packet = [this] {
        const TraceDocument *d = selection().document();
        return d->side(SideKind::kernel)->event(d->steps()[selection().step()].sides[1].event).packet;
    };
    source.addLate(); // a call without a packet
    ASSERT_TRUE(showsAll());
    EXPECT_EQ(selection().step(), 0U);
    trace::PacketId last = trace::no_packet;
    for (int i = 0; i < 3; ++i) {
        source.grow();
        source.addTick();
        ASSERT_TRUE(showsAll());
        EXPECT_LT(int(selection().step()) + 1, selection().stepCount()) << "the tick is newer";
        EXPECT_GT(packet(), last);
        last = packet();
        EXPECT_TRUE(controller->isFollowing());
    }
    press(Qt::Key_Left);
    EXPECT_FALSE(controller->isFollowing());
    press(Qt::Key_L);
    EXPECT_EQ(packet(), last);
}

TEST_F(LiveWindow, PlayGoesOnWhileItGrows) {
    source.grow();
    ASSERT_TRUE(showsAll());
    controller->session().player.setSpeed(10);
    press(Qt::Key_Space);
    const quint32 from = selection().step();
    for (int i = 0; i < 3; ++i) {
        source.grow();
        ASSERT_TRUE(showsAll());
        QTest::qWait(150);
        EXPECT_TRUE(controller->session().player.isPlaying());
    }
    EXPECT_GT(selection().step(), from);
}

TEST_F(LiveWindow, AtMostTenDocumentsASecond) {
    QElapsedTimer clock;
    clock.start();
    // A busy machine needs longer for the second one.
    for (int i = 0; i < 60 || (controller->live().documents() < 2 && clock.elapsed() < 30000); ++i) {
        source.grow();
        QTest::qWait(20);
    }
    EXPECT_LE(controller->live().documents(), quint64(clock.elapsed() / LiveView::interval) + 1);
    EXPECT_GE(controller->live().documents(), 2U);
    ASSERT_TRUE(showsAll());
}

TEST_F(LiveWindow, StopEndsTheWatchAndShowsAllOfIt) {
    source.grow(2);
    press(Qt::Key_E, Qt::ControlModifier);
    EXPECT_EQ(source.stops, 1);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !controller->live().isRunning(); }, 30000));
    EXPECT_EQ(shownEvents(), source.events());
    EXPECT_EQ(controller->live().phase().toStdString(), "ended");
    EXPECT_EQ(controller->problem().toStdString(), "");
    EXPECT_FALSE(controller->commands().isEnabled(QStringLiteral("live.stop")));
    press(Qt::Key_E, Qt::ControlModifier);
    EXPECT_EQ(source.stops, 1);
    controller->choose(QStringLiteral("udp-veth")); // a scenario takes its place
    ASSERT_TRUE(QTest::qWaitFor([this] { return controller->scenarioName() == QLatin1String("udp-veth"); }, 30000));
    EXPECT_TRUE(controller->session().hasModel());
}

TEST_F(LiveWindow, AScenarioWaitsForTheEndOfTheWatch) {
    controller->choose(QStringLiteral("udp-veth"));
    EXPECT_FALSE(controller->busy());
    EXPECT_EQ(controller->scenarioName().toStdString(), "live");
}

TEST_F(LiveWindow, WhatDiedIsNamedAndWhatCameStays) {
    source.grow(2);
    ASSERT_TRUE(showsAll());
    selection().setStep(50);
    source.lose(40);
    source.end("host: the agent ended before the run was done: signal 9 (Killed)");
    ASSERT_TRUE(QTest::qWaitFor([this] { return !controller->live().isRunning(); }, 30000));
    EXPECT_NE(controller->problem().indexOf(QStringLiteral("signal 9 (Killed)")), -1);
    EXPECT_EQ(controller->live().phase().toStdString(), "broke off");
    EXPECT_NE(controller->live().counts().indexOf(QStringLiteral("40 lost")), -1);
    EXPECT_EQ(shownEvents(), source.events());
    EXPECT_EQ(selection().step(), 50U);
    QTest::qWait(50);
    EXPECT_FALSE(window->grabWindow().isNull());
}

// The window's thread alone: other programs of the machine do not count.
double busyMilliseconds() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return double(t.tv_sec) * 1000 + double(t.tv_nsec) / 1e6;
}

// How long the window is busy at a stretch with 100,000 events behind it, more coming, and a user who steps: measured,
// and printed.
TEST_F(LiveWindow, StaysQuickWithAHundredThousandEvents) {
    source.grow();
    const auto part = unsigned(source.events());
    source.grow(100'000 / part);
    ASSERT_TRUE(showsAll(120'000));
    double worst = 0;
    qint64 worstWall = 0;
    QElapsedTimer all, one;
    all.start();
    const quint64 before = controller->live().documents();
    while (all.elapsed() < 4000) {
        source.grow();
        one.start();
        const double from = busyMilliseconds();
        QTest::keyClick(window, Qt::Key_Right);
        QCoreApplication::processEvents(QEventLoop::AllEvents, 50);
        worst = std::max(worst, busyMilliseconds() - from);
        worstWall = std::max(worstWall, one.elapsed());
    }
    std::cout << shownEvents() << " events: " << controller->live().documents() - before
              << " documents in 4 s, the window was busy for " << worst << " ms at a stretch at most (" << worstWall
              << " ms by the clock)\n";
#ifdef NDEBUG
    EXPECT_LT(worst, 400);
#else
    EXPECT_LT(worst, 4000); // with sanitizers
#endif
}
} // namespace
