// SPDX-License-Identifier: GPL-2.0-or-later
// By keys alone: palette, find, breakpoints, who changed this, marks.
#include "tests/ui/keys_fixture.h"

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using test::Keys;

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
    EXPECT_EQ(notice(), "There is no breakpoint: Shift+B lists them, and takes a new one.");
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
} // namespace
