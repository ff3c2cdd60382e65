// SPDX-License-Identifier: GPL-2.0-or-later
// By keys and clicks: every pane is reached, and every pane follows.
#include "tests/ui/keys_fixture.h"

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using test::Keys;

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
