// SPDX-License-Identifier: GPL-2.0-or-later
// The window driven by keys alone, as a person does: palette, find, breakpoints, who changed this, marks, looking
// around.
#include "tests/ui/complaints.h"
#include "tests/ui/contents.h"
#include "tests/ui/fixture.h"
#include "ui/theme/fonts.h"
#include "ui/views/window_setup.h"

#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTest>
#include <gtest/gtest.h>
#include <memory>

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using test::complaints;

WindowOptions options() {
    WindowOptions o;
    o.allowRoot = true;
    o.theme = "light";
    o.reducedMotion = true;
    o.sourceDirectory = SKBSCOPE_SOURCE_DIR;
    o.run = [](const std::string &) -> tl::expected<trace::Trace, std::string> { return ui::test::udpVeth(); };
    return o;
}

class Keys : public testing::Test {
protected:
    static void SetUpTestSuite() {
        static int one = 1;
        static char name[] = "keys";
        static char *argv[] = {name, nullptr};
        qputenv("QT_QPA_PLATFORM", "offscreen");
        qInstallMessageHandler(test::listen);
        prepareWindow();
        app = std::make_unique<QGuiApplication>(one, argv);
        loadFonts();
    }
    static void TearDownTestSuite() { app.reset(); }
    static inline std::unique_ptr<QGuiApplication> app;
    Keys() : controller(options()) {
        EXPECT_TRUE(controller.openFirst());
        window = openWindow(engine, controller, 1600, 1000);
        window->requestActivate();
        EXPECT_TRUE(QTest::qWaitForWindowActive(window));
    }
    ~Keys() override { EXPECT_TRUE(complaints().isEmpty()) << complaints().join(QLatin1Char('\n')).toStdString(); }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(window, key, modifiers);
    }
    void type(const char *text) {
        for (const char *c = text; *c; ++c)
            QTest::keyClick(window, *c);
    }
    Session &s() { return controller.session(); }
    std::string here() {
        const TraceDocument &d = *s().selection.document();
        return d.rows()[d.steps()[s().selection.step()].row].name.toStdString();
    }
    void at(const char *name) {
        const auto &rows = s().selection.document()->rows();
        for (quint32 i = 0; i < rows.size(); ++i)
            if (rows[i].name == QLatin1String(name)) return s().selection.setRow(i);
        FAIL() << name;
    }
    SceneView *view(const char *type) {
        for (auto *v : window->findChildren<SceneView *>())
            if (QString::fromLatin1(v->metaObject()->className()).endsWith(QLatin1String(type))) return v;
        return nullptr;
    }
    void shoot(const char *name) {
        QTest::qWait(30);
        window->grabWindow().save(QStringLiteral(SKBSCOPE_BINARY_DIR) +
                                  QStringLiteral("/keys-%1.png").arg(QLatin1String(name)));
    }
    std::string notice() { return s().replay.notice().toStdString(); }

    WindowController controller;
    QQmlApplicationEngine engine;
    QQuickWindow *window = nullptr;
};

TEST_F(Keys, ThePaletteRunsACommandByItsName) {
    press(Qt::Key_K, Qt::ControlModifier);
    type("next dif");
    shoot("palette");
    EXPECT_EQ(s().selection.step(), 0U); // letters are the field's, not commands
    press(Qt::Key_Return);
    EXPECT_EQ(here(), "udp_send_skb");
    press(Qt::Key_Right); // the keys are the window's again
    EXPECT_NE(here(), "udp_send_skb");
    press(Qt::Key_K, Qt::ControlModifier);
    press(Qt::Key_Down);
    press(Qt::Key_Escape);
    EXPECT_EQ(controller.property("modal").toBool(), false);
}

TEST_F(Keys, BreakpointsAreSetRunToSwitchedOffAndRemoved) {
    at("ip_rcv_core");
    press(Qt::Key_B);
    press(Qt::Key_Home);
    press(Qt::Key_F5);
    EXPECT_EQ(here(), "ip_rcv_core");
    EXPECT_EQ(notice(), "Stopped at `ip_rcv_core`.");
    press(Qt::Key_B, Qt::ShiftModifier);
    type("len >> 50");
    press(Qt::Key_Return);
    EXPECT_EQ(s().breakpoints.count(), 1);
    EXPECT_TRUE(s().breakpoints.error().startsWith(QStringLiteral("At character 5: `>>` compares nothing")));
    shoot("breakpoint-error");
    for (int i = 0; i < 20; ++i)
        press(Qt::Key_Delete), press(Qt::Key_Backspace);
    type("len > 50");
    press(Qt::Key_Return);
    EXPECT_EQ(s().breakpoints.error().toStdString(), "");
    ASSERT_EQ(s().breakpoints.count(), 2);
    type("watch users");
    press(Qt::Key_Return);
    shoot("breakpoints");
    press(Qt::Key_Down); // into the list
    press(Qt::Key_Space);
    EXPECT_FALSE(s().breakpoints.isEnabled(0));
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    press(Qt::Key_Delete);
    EXPECT_EQ(s().breakpoints.count(), 2);
    press(Qt::Key_Escape);
    press(Qt::Key_F5, Qt::ControlModifier);
    EXPECT_EQ(here(), "skb_push"); // len > 50
}

TEST_F(Keys, FindWalksThroughTheMatches) {
    press(Qt::Key_F, Qt::ControlModifier);
    type("ip_rcv");
    EXPECT_GT(s().find.count(), 2);
    press(Qt::Key_Return);
    EXPECT_EQ(here(), "ip_rcv");
    press(Qt::Key_Return);
    const std::string second = here();
    EXPECT_NE(second, "ip_rcv");
    shoot("find");
    press(Qt::Key_Return, Qt::ShiftModifier);
    EXPECT_EQ(here(), "ip_rcv");
    press(Qt::Key_Escape);
    press(Qt::Key_F3);
    EXPECT_EQ(here(), second);
    press(Qt::Key_F3, Qt::ShiftModifier);
    EXPECT_EQ(here(), "ip_rcv");
}

TEST_F(Keys, WhoChangedThisLastIsAskedAndAnswered) {
    at("ip_rcv_core");
    press(Qt::Key_R);
    type("len");
    press(Qt::Key_Return);
    EXPECT_EQ(here(), "skb_pull_inline");
    EXPECT_NE(notice().find("**len** 54 → **40**"), std::string::npos) << notice();
    shoot("last-change");
    press(Qt::Key_R); // len is pinned now: the change before
    EXPECT_EQ(here(), "skb_push");
    press(Qt::Key_Escape);
    EXPECT_TRUE(s().selection.pinned().isNothing());
    EXPECT_EQ(notice(), "");
    press(Qt::Key_W);
    type("users");
    press(Qt::Key_Return);
    ASSERT_EQ(s().breakpoints.count(), 1);
    EXPECT_EQ(s().breakpoints.at(0).text().toStdString(), "watch users");
}

TEST_F(Keys, RunsGoBothWaysAndSayWhenThereIsNothing) {
    press(Qt::Key_U);
    EXPECT_EQ(here(), "enqueue_to_backlog");
    press(Qt::Key_U, Qt::ShiftModifier);
    EXPECT_EQ(notice(), "There is no queue operation before this.");
    press(Qt::Key_X);
    EXPECT_EQ(notice(), "There is no drop ahead.");
    press(Qt::Key_F5);
    EXPECT_EQ(notice(), "There is no breakpoint: B sets one on this function, Shift+B lists them.");
    shoot("notice");
    press(Qt::Key_G);
    type("udp_rcv");
    press(Qt::Key_Return);
    EXPECT_EQ(here(), "udp_rcv");
    press(Qt::Key_D, Qt::ShiftModifier);
    EXPECT_TRUE(isDifference(s().selection.document()->rows()[s().calls.currentRow()]));
    press(Qt::Key_Home);
    press(Qt::Key_Left);
    EXPECT_EQ(notice(), "This is the first step: nothing comes before.");
}

TEST_F(Keys, MarksMeasure) {
    at("eth_type_trans");
    press(Qt::Key_BracketLeft);
    at("ip_rcv_core");
    press(Qt::Key_BracketRight);
    EXPECT_TRUE(s().measure.text().startsWith(QStringLiteral("A **eth_type_trans** to B **ip_rcv_core**: ")));
    shoot("marks");
}

TEST_F(Keys, PlayPausesAtABreakpoint) {
    const TraceDocument &d = *s().selection.document();
    ASSERT_TRUE(s().breakpoints.add(d.rows()[d.steps()[2].row].name));
    s().player.setSpeed(Player::fastest);
    press(Qt::Key_Space);
    EXPECT_TRUE(QTest::qWaitFor([this] { return !s().player.isPlaying(); }, 5000));
    EXPECT_EQ(s().selection.step(), 2U);
    EXPECT_EQ(notice().rfind("Stopped at ", 0), 0U);
}

// F6 goes through all panes, the timeline among them, and back.
TEST_F(Keys, F6ReachesEveryPane) {
    const auto focused = [this] {
        for (QQuickItem *i = window->activeFocusItem(); i; i = i->parentItem())
            if (const QVariant name = i->property("name"); !name.toString().isEmpty())
                return name.toString().toStdString();
        return std::string();
    };
    std::vector<std::string> order, back;
    for (int i = 0; i < 7; ++i) {
        press(Qt::Key_F6);
        order.push_back(focused());
    }
    EXPECT_EQ(order, (std::vector<std::string>{"calls", "stack", "memory", "bytes", "card", "source", "timeline"}));
    for (int i = 0; i < 6; ++i) {
        press(Qt::Key_F6, Qt::ShiftModifier);
        back.push_back(focused());
    }
    EXPECT_EQ(back, (std::vector<std::string>{"source", "card", "bytes", "memory", "stack", "calls"}));
}

// Alt+arrows look around without stepping; Ctrl+Enter pins, Enter goes or pins.
TEST_F(Keys, LookingAroundReachesWhatThePointerReaches) {
    at("ip_rcv_core");
    QTest::qWait(30);
    const quint32 step = s().selection.step();
    press(Qt::Key_F6); // calls
    for (int i = 0; i < 5; ++i)
        press(Qt::Key_Down, Qt::AltModifier);
    EXPECT_EQ(s().selection.hovered().kind, Linked::call);
    EXPECT_EQ(s().selection.step(), step);
    const Linked pointed = s().selection.hovered();
    press(Qt::Key_Return, Qt::ControlModifier);
    EXPECT_EQ(s().selection.pinned(), pointed);
    EXPECT_EQ(s().selection.step(), step);
    press(Qt::Key_Return);
    EXPECT_EQ(s().calls.currentRow(), pointed.row);
    at("ip_rcv_core");
    press(Qt::Key_F6), press(Qt::Key_F6); // sk_buff
    QTest::qWait(30);
    for (int i = 0; i < 12 && s().selection.hovered().kind != Linked::field; ++i)
        press(Qt::Key_Down, Qt::AltModifier);
    ASSERT_EQ(s().selection.hovered().kind, Linked::field);
    const QString field = s().selection.hovered().name;
    press(Qt::Key_W); // about what is pointed at: nothing is asked
    ASSERT_EQ(s().breakpoints.count(), 1);
    EXPECT_EQ(s().breakpoints.at(0).text(), QStringLiteral("watch ") + field);
    press(Qt::Key_F6); // bytes
    QTest::qWait(30);
    press(Qt::Key_Down, Qt::AltModifier);
    press(Qt::Key_Right, Qt::AltModifier);
    ASSERT_EQ(s().selection.hovered().kind, Linked::bytes);
    press(Qt::Key_Return);
    EXPECT_EQ(s().selection.pinned().kind, Linked::bytes);
    shoot("look");
}

// Whatever is selected in a pane, one turn of the event loop later every pane shows what a window that was opened there
// shows.
TEST_F(Keys, SelectingInAnyPaneUpdatesAllOthersAtOnce) {
    at("ip_rcv_core");
    QTest::qWait(50);
    int tried = 0;
    for (const char *type : {"CallsView", "StackView", "MemoryView", "BytesView", "TimelineView"}) {
        const std::vector<Region> regions = view(type)->list().regions; // as they are before anything is clicked
        for (std::size_t i = 0; i < regions.size(); i += 1 + regions.size() / 12) {
            const QPointF at = view(type)->mapToScene(regions[i].rect.center() * controller.unit());
            QTest::mouseClick(window, Qt::LeftButton, Qt::NoModifier, at.toPoint());
            QCoreApplication::processEvents(); // one turn
            Session fresh{QStringLiteral(SKBSCOPE_SOURCE_DIR)};
            fresh.open(TraceDocument::build(ui::test::udpVeth()));
            fresh.selection.setSide(s().selection.side());
            fresh.selection.setStep(s().selection.step());
            fresh.selection.pin(s().selection.pinned());
            fresh.selection.hover(s().selection.hovered());
            fresh.calls.unfoldAll(), s().calls.unfoldAll(); // folds are the user's, not the selection's
            ASSERT_EQ(ui::test::contents(s()), ui::test::contents(fresh)) << type << ' ' << regions[i].id.toStdString();
            ++tried;
            this->at("ip_rcv_core");
            s().selection.letGo();
            QTest::qWait(5);
        }
    }
    EXPECT_GT(tried, 40);
}

// Looked at by hand; what the machine can see is that nothing complains and the lists stay in the window.
TEST_F(Keys, ListsFitASmallDarkWindow) {
    window->resize(1280, 800);
    press(Qt::Key_T, Qt::ControlModifier);
    at("eth_type_trans");
    press(Qt::Key_BracketLeft);
    at("ip_rcv_core");
    press(Qt::Key_BracketRight);
    s().breakpoints.add(QStringLiteral("data changed"));
    s().selection.pin(Linked::ofBytes(s().bytes.rangeOf(QStringLiteral("IPv4.checksum"))));
    shoot("small-dark");
    const auto fits = [this](const char *key) {
        const QRectF room(0, 0, window->width(), window->height());
        for (QQuickItem *i : window->contentItem()->findChildren<QQuickItem *>())
            if (i->isVisible() && i->property("radius").isValid() && i->width() > 200) {
                EXPECT_TRUE(room.contains(i->mapRectToScene(i->boundingRect()))) << key << ": " << i->width();
            }
    };
    press(Qt::Key_B, Qt::ShiftModifier);
    type("len =< 3");
    press(Qt::Key_Return);
    shoot("small-dark-breakpoints");
    fits("Shift+B");
    press(Qt::Key_Escape);
    press(Qt::Key_K, Qt::ControlModifier);
    shoot("small-dark-palette");
    fits("Ctrl+K");
    press(Qt::Key_Escape);
    press(Qt::Key_R);
    shoot("small-dark-last-change");
    EXPECT_NE(notice().find("IPv4.checksum"), std::string::npos);
    press(Qt::Key_T, Qt::ControlModifier);
}

TEST_F(Keys, EveryCommandsKeysAreItsOwn) {
    QHash<QString, QString> owner;
    for (const Command &c : controller.commands().commands())
        for (const QKeySequence &key : c.keys) {
            EXPECT_FALSE(owner.contains(key.toString())) << key.toString().toStdString() << ": " << c.id.toStdString()
                                                         << ", " << owner[key.toString()].toStdString();
            owner.insert(key.toString(), c.id);
        }
    press(Qt::Key_Question, Qt::ShiftModifier);
    shoot("help");
    press(Qt::Key_Escape);
    window->resize(1280, 800);
    press(Qt::Key_Question, Qt::ShiftModifier);
    shoot("help-1280");
    press(Qt::Key_Escape);
}
} // namespace
