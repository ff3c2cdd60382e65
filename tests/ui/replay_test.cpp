// SPDX-License-Identifier: GPL-2.0-or-later
// Runs, breakpoints, watches, marks, find and links, without a window.
#include "tests/ui/contents.h"
#include "tests/ui/fixture.h"
#include "ui/commands/replay_commands.h"
#include "ui/commands/session_commands.h"

#include <gtest/gtest.h>

namespace {
using namespace skbscope;
using namespace skbscope::ui;

class Replaying : public testing::Test {
protected:
    Replaying() {
        addSessionCommands(commands, s);
        addReplayCommands(commands, s, [this](PickerRequest request) { picker.open(std::move(request)); });
        s.open(TraceDocument::build(ui::test::udpVeth()));
    }
    const TraceDocument &d() const { return *s.selection.document(); }
    std::string here() const { return d().rows()[d().steps()[s.selection.step()].row].name.toStdString(); }
    std::string notice() const { return s.replay.notice().toStdString(); }
    bool run(const char *id) { return commands.trigger(QLatin1String(id)); }
    quint32 row(const char *name) {
        for (quint32 i = 0; i < d().rows().size(); ++i)
            if (d().rows()[i].name == QLatin1String(name)) return i;
        ADD_FAILURE() << "no row " << name;
        return 0;
    }
    void at(const char *name) { s.selection.setRow(row(name)); }
    void choose(const char *query) {
        picker.setQuery(QLatin1String(query));
        ASSERT_GT(picker.count(), 0) << query;
        picker.choose(0);
    }
    Session s{QStringLiteral(SKBSCOPE_SOURCE_DIR)};
    CommandRegistry commands;
    PickerModel picker;
};

TEST_F(Replaying, BreakpointsAreRunToBothWays) {
    ASSERT_TRUE(s.breakpoints.add(QStringLiteral("ip_rcv")));
    ASSERT_TRUE(s.breakpoints.add(QStringLiteral("data changed")));
    std::vector<quint32> forward, back;
    while (run("run.next"))
        forward.push_back(s.selection.step());
    ASSERT_GT(forward.size(), 3U);
    EXPECT_EQ(notice(), "There is no stop ahead.");
    s.selection.setStepInt(s.selection.stepCount() - 1);
    while (run("run.back"))
        back.push_back(s.selection.step());
    std::reverse(back.begin(), back.end());
    EXPECT_EQ(back, forward);
    for (const quint32 step : forward)
        EXPECT_TRUE(s.breakpoints.stopsAt(step));
}

TEST_F(Replaying, WhatIsSwitchedOffDoesNotStop) {
    at("ip_rcv");
    ASSERT_TRUE(run("break.function"));
    EXPECT_NE(notice().find("Breakpoint on `ip_rcv`"), std::string::npos);
    const BreakpointsModel::Dot *dot = s.breakpoints.dotAt(row("ip_rcv"));
    ASSERT_TRUE(dot);
    EXPECT_TRUE(dot->enabled);
    s.selection.setStep(0);
    s.breakpoints.setEnabled(0, false);
    EXPECT_FALSE(s.breakpoints.dotAt(row("ip_rcv"))->enabled);
    EXPECT_FALSE(run("run.next"));
    EXPECT_EQ(notice(), "All breakpoints are switched off: Shift+B lists them.");
    EXPECT_EQ(s.selection.step(), 0U);
    s.breakpoints.setEnabled(0, true);
    EXPECT_TRUE(run("run.next"));
    EXPECT_EQ(here(), "ip_rcv");
    EXPECT_EQ(notice(), "Stopped at `ip_rcv`.");
    ASSERT_TRUE(run("break.function")); // the same again takes it away
    EXPECT_EQ(s.breakpoints.count(), 0);
    EXPECT_EQ(s.breakpoints.dotAt(row("ip_rcv")), nullptr);
}

TEST_F(Replaying, BreakpointsOutliveTheTrace) {
    ASSERT_TRUE(s.breakpoints.add(QStringLiteral("len > 50")));
    s.open(TraceDocument::build({}));
    EXPECT_EQ(s.breakpoints.count(), 1);
    EXPECT_TRUE(s.breakpoints.dots().empty());
    s.open(TraceDocument::build(ui::test::udpVethModelOnly()));
    EXPECT_EQ(s.breakpoints.dots().size(), 1U);
}

TEST_F(Replaying, RunsGoToDropsQueuesAndFunctions) {
    ASSERT_TRUE(run("run.queue"));
    EXPECT_EQ(here(), "enqueue_to_backlog");
    ASSERT_TRUE(run("run.queue"));
    EXPECT_EQ(here(), "process_backlog");
    ASSERT_TRUE(run("run.back.queue"));
    EXPECT_EQ(here(), "enqueue_to_backlog");
    EXPECT_FALSE(run("run.back.queue"));
    EXPECT_EQ(notice(), "There is no queue operation before this.");
    EXPECT_FALSE(run("run.drop")); // nothing dies in this trace
    EXPECT_EQ(notice(), "There is no drop ahead.");
    ASSERT_TRUE(run("run.function"));
    choose("udp_queue_rcv_one");
    EXPECT_EQ(here(), "udp_queue_rcv_one_skb");
    ASSERT_TRUE(run("run.back.function"));
    choose("ip_rcv_core");
    EXPECT_EQ(here(), "ip_rcv_core");
    ASSERT_TRUE(run("run.function")); // not called again: listed, and it says why
    picker.setQuery(QStringLiteral("udp_send_skb"));
    EXPECT_FALSE(picker.isChoosable(0));
    EXPECT_EQ(picker.data(picker.index(0), PickerModel::WhyRole).toString().toStdString(), "not called after this");
}

TEST_F(Replaying, LastChangeLeadsToWhoMadeIt) {
    at("ip_rcv_core");
    s.selection.pin(Linked::ofField(QStringLiteral("data")));
    ASSERT_TRUE(run("change.last"));
    EXPECT_EQ(here(), "skb_pull_inline");
    EXPECT_EQ(notice(),
              "**data** 2 → **16**, changed last by `skb_pull_inline` (pull 14) in `eth_type_trans`, 15 calls before.");
    ASSERT_TRUE(run("change.last")); // and from there to the change before
    EXPECT_EQ(here(), "skb_push");
    EXPECT_NE(notice().find("16 → **2**, changed last by `skb_push` (push 14)"), std::string::npos);
    at("ip_rcv_core"); // going elsewhere takes the sentence along
    EXPECT_EQ(notice(), "");
}

// Where no operation was recorded it is not made up: the entry at which it is first seen is named.
TEST_F(Replaying, LastChangeOfAnInlinedMoveNamesTheEntryThatShowsIt) {
    s.selection.setSide(SideKind::kernel);
    at("ip_rcv_core");
    s.selection.pin(Linked::ofField(QStringLiteral("data")));
    ASSERT_TRUE(run("change.last"));
    EXPECT_NE(notice().find("changed last before `"), std::string::npos) << notice();
    EXPECT_NE(notice().find("was entered, where it is first seen"), std::string::npos);
}

TEST_F(Replaying, LastChangeOfBytesAndQueues) {
    at("ip_rcv_core");
    const ByteRange type = s.bytes.rangeOf(QStringLiteral("Ethernet.type"));
    ASSERT_GT(type.length, 0);
    s.selection.pin(Linked::ofBytes(type));
    ASSERT_TRUE(run("change.last"));
    EXPECT_LT(d().steps()[s.selection.step()].row, row("ip_rcv_core"));
    EXPECT_NE(notice().find("Ethernet.type"), std::string::npos);
    // bytes are read at an entry: whoever wrote them did so before
    EXPECT_EQ(notice().find("changed last by"), std::string::npos) << notice();
    at("ip_rcv_core");
    s.selection.pin(Linked::ofQueue(int(Station::rxBacklog)));
    ASSERT_TRUE(run("change.last"));
    EXPECT_EQ(here(), "process_backlog");
    EXPECT_NE(notice().find("1 → **0**"), std::string::npos) << notice();
}

TEST_F(Replaying, LastChangeAsksForAFieldWhereNothingIsPointedAt) {
    at("ip_rcv_core");
    ASSERT_TRUE(run("change.last"));
    EXPECT_EQ(picker.title().toStdString(), "Who changed this last?");
    choose("len");
    EXPECT_EQ(here(), "skb_pull_inline");
    s.selection.letGo();
    s.selection.setStep(0);
    s.selection.pin(Linked::ofField(QStringLiteral("len")));
    run("change.last");
    EXPECT_EQ(notice(), "There is no sk_buff here yet, so nobody has changed len.");
}

TEST_F(Replaying, AWatchTellsTheValueAndStopsAtChanges) {
    at("ip_rcv_core");
    s.selection.pin(Linked::ofField(QStringLiteral("len")));
    ASSERT_TRUE(run("watch.field"));
    ASSERT_EQ(s.breakpoints.count(), 1);
    const auto detail = [this] {
        return s.breakpoints.data(s.breakpoints.index(0), BreakpointsModel::DetailRole).toString().toStdString();
    };
    EXPECT_EQ(detail().rfind("= 40 since call ", 0), 0U) << detail();
    EXPECT_NE(detail().find("skb_pull_inline"), std::string::npos) << detail();
    ASSERT_TRUE(run("run.back"));
    EXPECT_EQ(here(), "skb_pull_inline");
    s.selection.setStep(0);
    EXPECT_EQ(detail().rfind("no sk_buff here", 0), 0U) << detail();
    ASSERT_TRUE(run("watch.field"));
    EXPECT_EQ(s.breakpoints.count(), 0);
}

TEST_F(Replaying, MarksMeasureCallsAndTheKernelsTime) {
    EXPECT_EQ(s.measure.text(), QString());
    at("eth_type_trans");
    ASSERT_TRUE(run("mark.a"));
    EXPECT_EQ(s.measure.text().toStdString(), "A **eth_type_trans**");
    at("ip_rcv_core");
    ASSERT_TRUE(run("mark.b"));
    const std::string text = s.measure.text().toStdString();
    EXPECT_EQ(text.rfind("A **eth_type_trans** to B **ip_rcv_core**: 16 calls, ", 0), 0U) << text;
    EXPECT_NE(text.find(" in the kernel"), std::string::npos) << text;
    ASSERT_TRUE(run("mark.go.a"));
    EXPECT_EQ(here(), "eth_type_trans");
    at("skb_pull_inline"); // the kernel has no such call, and so no time
    ASSERT_TRUE(run("mark.b"));
    EXPECT_NE(s.measure.text().toStdString().find("no kernel time"), std::string::npos);
    ASSERT_TRUE(run("mark.clear"));
    EXPECT_FALSE(run("mark.go.b"));
    EXPECT_EQ(notice(), "This mark is not set: [ sets A, ] sets B.");
    s.open(TraceDocument::build(ui::test::udpVethModelOnly()));
    run("mark.a"), run("step.into"), run("mark.b");
    EXPECT_EQ(s.measure.text().toStdString().find("kernel"), std::string::npos); // the model has no time
}

TEST_F(Replaying, FindTakesFunctionPacketFlowAndText) {
    const auto found = [this](const char *query) {
        s.find.setQuery(QString::fromUtf8(query));
        return s.find.count();
    };
    EXPECT_GT(found("ip_rcv"), 3);
    EXPECT_TRUE(s.find.matches(row("ip_rcv_core")));
    EXPECT_FALSE(s.find.matches(row("udp_sendmsg")));
    const int packet = found("#1");
    EXPECT_GT(packet, 20);
    EXPECT_EQ(found("packet 1"), packet);
    EXPECT_EQ(found("#77"), 0);
    EXPECT_EQ(s.find.words().toStdString(), "nothing here: no function, packet, flow or text like this");
    EXPECT_EQ(found("10.9.0.2:7000"), packet);
    EXPECT_EQ(found(":7000"), packet);
    EXPECT_EQ(found("10.9.0"), packet);
    EXPECT_EQ(found("10.9.0.1 > 10.9.0.2"), packet);
    EXPECT_EQ(found("10.9.0.2 > 10.9.0.1"), 0);
    EXPECT_EQ(found("10.9.0.20"), 0);
    EXPECT_GT(found("the Ethernet header has been read"), 0);
    found("ip_rcv_core");
    EXPECT_EQ(s.find.words().toStdString(), "1 call");
    ASSERT_TRUE(run("find.next"));
    EXPECT_EQ(here(), "ip_rcv_core");
    EXPECT_EQ(s.find.words().toStdString(), "1 of 1 call");
    ASSERT_TRUE(run("find.next"));
    EXPECT_EQ(s.find.words().toStdString(), "1 of 1 call, from the other end");
    found("");
    EXPECT_FALSE(run("find.next"));
}

TEST_F(Replaying, ThePaletteFindsByFewLettersAndSaysWhatCannotBe) {
    ASSERT_TRUE(run("palette.open"));
    EXPECT_GT(picker.count(), int(commands.commands().size())); // what happened and who ran are in it, too
    picker.setQuery(QStringLiteral("pushes 14"));
    ASSERT_GT(picker.count(), 0);
    picker.choose(0);
    EXPECT_TRUE(s.banner.sentence().contains(QStringLiteral("pushes **14 bytes")));
    ASSERT_TRUE(run("palette.open"));
    picker.setQuery(QStringLiteral("ip_rcv_core"));
    ASSERT_GT(picker.count(), 0);
    picker.choose(0);
    EXPECT_EQ(here(), "ip_rcv_core");
    s.selection.setStep(0);
    ASSERT_TRUE(run("palette.open"));
    picker.setQuery(QStringLiteral("sbo"));
    ASSERT_GT(picker.count(), 0);
    EXPECT_EQ(picker.data(picker.index(0)).toString().toStdString(), "Step back over");
    EXPECT_EQ(picker.data(picker.index(0), PickerModel::KeysRole).toString().toStdString(), "Up, Ctrl+F10");
    EXPECT_FALSE(picker.isChoosable(0)); // at the first step
    EXPECT_FALSE(picker.data(picker.index(0), PickerModel::WhyRole).toString().isEmpty());
    picker.setQuery(QStringLiteral("last step"));
    picker.choose(0);
    EXPECT_EQ(int(s.selection.step()) + 1, s.selection.stepCount());
}

TEST_F(Replaying, NoCommandFailsSilently) {
    s.open(TraceDocument::build({}));
    for (const Command &c : commands.commands()) {
        s.replay.say({});
        if (commands.trigger(c.id)) continue;
        EXPECT_FALSE(s.replay.notice().isEmpty()) << c.id.toStdString();
        EXPECT_FALSE(s.replay.notice().contains(QStringLiteral("not possible here"))) << c.id.toStdString();
    }
}

// The sentence and the dots cost a look-up: the same answer however one came here.
TEST_F(Replaying, AnswersDoNotDependOnTheWayHere) {
    QString why;
    at("ip_rcv_core");
    const auto direct = s.link.lastChange(Linked::ofField(QStringLiteral("len")), &why);
    s.selection.setStepInt(s.selection.stepCount() - 1);
    while (s.selection.step() > d().rows()[row("ip_rcv_core")].firstStep)
        run("step.back.into");
    const auto walked = s.link.lastChange(Linked::ofField(QStringLiteral("len")), &why);
    ASSERT_TRUE(direct && walked);
    EXPECT_EQ(direct->step, walked->step);
    EXPECT_EQ(direct->sentence, walked->sentence);
}
} // namespace
