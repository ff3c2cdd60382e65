// SPDX-License-Identifier: GPL-2.0-or-later
// The models behind the window, without a window: states, commands, the banner.
#include "tests/ui/contents.h"
#include "tests/ui/models_fixture.h"
#include "ui/commands/session_commands.h"

#include <gtest/gtest.h>

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using ui::test::Models;

// The program that reads lives on host a, its socket on host b: so does the packet.
TEST_F(Models, ThePacketsHostIsThatOfItsDevice) {
    s.selection.setStepInt(s.selection.stepCount() - 1);
    EXPECT_EQ(s.banner.place().toStdString(), "b, vb");
}

TEST_F(Models, StepsForwardAndBackGiveTheSameStates) {
    const quint32 steps = quint32(s.selection.document()->steps().size());
    std::vector<std::string> seen;
    for (quint32 i = 0; i < steps; ++i) {
        s.selection.setStep(i);
        seen.push_back(ui::test::contentsAtAllDistances(s));
    }
    for (quint32 i = steps; i-- > 0;) {
        s.selection.setStep(i);
        ASSERT_EQ(ui::test::contentsAtAllDistances(s), seen[i]) << "at step " << i;
    }
    EXPECT_NE(seen[98], seen[97]); // the comparison above can fail
}

TEST_F(Models, CommandsWalkOutAndHome) {
    CommandRegistry commands;
    addSessionCommands(commands, s);
    const std::string home = ui::test::contents(s);
    EXPECT_FALSE(commands.trigger(QStringLiteral("step.back.into"))); // there is nothing before the first step
    for (int i = 0; i < 40; ++i)
        ASSERT_TRUE(commands.trigger(QStringLiteral("step.into")));
    for (int i = 0; i < 40; ++i)
        ASSERT_TRUE(commands.trigger(QStringLiteral("step.back.into")));
    EXPECT_EQ(ui::test::contents(s), home);
    EXPECT_EQ(commands.commandFor(QKeySequence(QStringLiteral("Shift+F11"))), QStringLiteral("step.out"));
    EXPECT_FALSE(commands.trigger(QStringLiteral("no.such.command")));
}

TEST_F(Models, EveryCommandHasItsOwnIdAndKeys) {
    CommandRegistry commands;
    addSessionCommands(commands, s);
    QStringList ids;
    QList<QKeySequence> keys;
    for (const Command &c : commands.commands()) {
        EXPECT_FALSE(ids.contains(c.id)) << c.id.toStdString();
        ids << c.id;
        for (const QKeySequence &key : c.keys) {
            EXPECT_FALSE(key.isEmpty()) << c.id.toStdString();
            EXPECT_FALSE(keys.contains(key)) << key.toString().toStdString();
            keys << key;
        }
    }
}

TEST_F(Models, TheBannerSaysWhatMoved) {
    at("skb_pull_inline");
    EXPECT_EQ(
        s.banner.plain().toStdString(),
        "eth_type_trans pulls 14 bytes: data 2 → 16, len 54 → 40 (skb_pull_inline); the Ethernet header has been read, "
        "the packet now starts at IPv4.");
    at("skb_push");
    EXPECT_EQ(s.banner.plain().toStdString(), "eth_header pushes 14 bytes: data 16 → 2, len 40 → 54 (skb_push); room "
                                              "for the Ethernet header in front of the packet.");
    at("enqueue_to_backlog");
    EXPECT_EQ(
        s.banner.plain().toStdString(),
        "enqueue_to_backlog puts packet 1 on b backlog: length 0 → 1 of 1,000, 768 bytes in it, and raises softirq "
        "NET_RX on CPU 0: it runs later, when nothing forbids it.");
    at("ip_rcv_core");
    EXPECT_TRUE(
        s.banner.sentence().contains(QStringLiteral("**Nothing moves**; the last move was in `eth_type_trans`")));
    EXPECT_EQ(s.banner.call().toStdString(), "98 of 150");
    EXPECT_EQ(s.banner.place().toStdString(), "b, vb");
    EXPECT_EQ(s.banner.context().toStdString(), "softirq NET_RX");
    EXPECT_EQ(s.banner.crumbs().front().toStdString(), "sendto()");
    EXPECT_EQ(s.banner.crumbs().back().toStdString(), "ip_rcv_core");
}

// A side's calls are counted on that side: what the other one shows besides does not count.
TEST_F(Models, CallsAreNumberedByTheirSide) {
    s.selection.setSide(SideKind::kernel);
    at("ip_rcv_core");
    EXPECT_EQ(s.banner.call().toStdString(), "96 of 145");
    EXPECT_EQ(s.timeline.currentName().toStdString(), "96  ip_rcv_core");
    s.selection.setSide(SideKind::model);
    EXPECT_EQ(s.banner.call().toStdString(), "98 of 150");
    EXPECT_EQ(s.timeline.currentName().toStdString(), "98  ip_rcv_core");
    s.selection.setSide(SideKind::kernel);
    at("skb_pull_inline"); // the kernel has none to count
    EXPECT_TRUE(s.banner.call().endsWith(QStringLiteral(" of 150, model")));
}

// What this kernel compiled away, the model tells, whichever side is looked at.
TEST_F(Models, TheSideThatKnowsTells) {
    s.selection.setSide(SideKind::kernel);
    at("skb_pull_inline");
    EXPECT_TRUE(s.banner.plain().startsWith(QStringLiteral("eth_type_trans pulls 14 bytes")));
    EXPECT_EQ(s.memory.agreement().toStdString(), "inlined in this kernel");
}

TEST_F(Models, SourceIsReadFromTheTreeOrSaidToBeMissing) {
    at("ip_rcv_core");
    if (s.source.rowCount() == 0) GTEST_SKIP() << "core-stack has no ip_rcv_core yet";
    EXPECT_EQ(s.source.file().toStdString(), "core-stack/net/ipv4/ip_input.cpp");
    const QModelIndex line = s.source.index(s.source.currentLine());
    EXPECT_TRUE(s.source.data(line).toString().contains(QStringLiteral("TRACE_FN(skb)")));
    Session without{QStringLiteral("/nonexistent")};
    without.open(TraceDocument::build(ui::test::udpVeth()));
    EXPECT_EQ(without.source.rowCount(), 0);
    EXPECT_FALSE(without.source.message().isEmpty());
}

TEST_F(Models, TheFunctionCardNamesPlaceAndCaller) {
    at("ip_rcv_core");
    EXPECT_EQ(s.function.place().toStdString(), "net/ipv4/ip_input.c:456");
    EXPECT_EQ(s.function.calledBy().toStdString(), "ip_rcv");
    EXPECT_EQ(s.function.layer().toStdString(), "N");
}

TEST_F(Models, OneSideAloneSaysSo) {
    s.open(TraceDocument::build(ui::test::udpVethModelOnly()));
    EXPECT_FALSE(s.hasKernel());
    EXPECT_EQ(s.warning().toStdString(), "Only the model's side is here: there is nothing to compare with.");
    s.selection.setSide(SideKind::kernel);
    EXPECT_EQ(s.selection.side(), SideKind::model);
    EXPECT_EQ(s.calls.timeUnit().toStdString(), "");
    EXPECT_EQ(s.calls.cells(5).kernel.toStdString(), "");
}
} // namespace
