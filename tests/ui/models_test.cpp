// SPDX-License-Identifier: GPL-2.0-or-later
// Every model behind the window, without a window.
#include "tests/ui/contents.h"
#include "tests/ui/fixture.h"
#include "ui/commands/session_commands.h"
#include "ui/models/call_number.h"
#include "ui/models/call_window.h"
#include "ui/models/losses.h"
#include "ui/models/markup.h"

#include <gtest/gtest.h>

namespace {
using namespace skbscope;
using namespace skbscope::ui;

class Models : public testing::Test {
protected:
    Models() { s.open(TraceDocument::build(ui::test::udpVeth())); }
    void at(const char *name) {
        const auto &rows = s.selection.document()->rows();
        for (quint32 i = 0; i < rows.size(); ++i)
            if (rows[i].name == QLatin1String(name)) return s.selection.setRow(i);
        FAIL() << "no row " << name;
    }
    Session s{QStringLiteral(SKBSCOPE_SOURCE_DIR)};
};

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

namespace {
QString cardRow(const FunctionModel &card, const char *heading) {
    for (int i = 0; i < card.rowCount(); ++i)
        if (card.data(card.index(i), PaneModel::IdRole) == QLatin1String(heading))
            return card.data(card.index(i)).toString();
    return {};
}
} // namespace

// The kernel's time is in the unit of its clock and apart from the model's cost, which is none, and an inferred call
// has neither time nor state.
TEST(FunctionCard, SaysWhatACallReturnedAndTook) {
    trace::Trace t = ui::test::udpVeth();
    trace::Side &kernel = *t.side(SideKind::kernel);
    const trace::CallTree tree = trace::build_call_tree(kernel);
    const auto call = [&](const char *name) {
        return std::find_if(tree.calls.begin(), tree.calls.end(),
                            [&](const trace::Call &c) { return kernel.function_name(c.fn) == name; });
    };
    kernel.events[call("ip_rcv")->leave].leave.ret = -22;
    trace::Event &inferred = kernel.events[call("ip_rcv_core")->enter];
    inferred.state = static_cast<std::uint8_t>((inferred.state & ~SKBSCOPE_STATE_PROV_MASK) |
                                               SKBSCOPE_PROV_INFERRED << SKBSCOPE_STATE_PROV_SHIFT);
    for (const trace::Clock clock : {trace::Clock::real_ns, trace::Clock::instructions}) {
        kernel.info.clock = clock;
        Session s;
        s.open(TraceDocument::build(t));
        const auto at = [&](const char *name) {
            const auto &rows = s.selection.document()->rows();
            const auto row =
                std::find_if(rows.begin(), rows.end(), [&](const DocumentRow &r) { return r.name == name; });
            s.selection.setStep((*row).firstStep);
            return quint32(row - rows.begin());
        };
        const bool instructions = clock == trace::Clock::instructions;
        const quint32 rcv = at("ip_rcv");
        EXPECT_EQ(cardRow(s.function, "Returns").toStdString(), "`0` (model), `-EINVAL` (kernel)");
        EXPECT_TRUE(s.function.kernelTime().endsWith(instructions ? " instructions, tracing included"
                                                                  : " ns, tracing included"));
        EXPECT_EQ(s.function.modelCost().toStdString(), "no cost: the model's clock stands still");
        EXPECT_EQ(s.calls.timeUnit().toStdString(), instructions ? "k instr." : "µs");
        EXPECT_FALSE(s.calls.cells(rcv).time.isEmpty());
        EXPECT_EQ(*s.calls.cells(rcv).mark, trace::RowMark::unexplained);
        const quint32 core = at("ip_rcv_core");
        EXPECT_TRUE(s.calls.cells(core).inferred);
        EXPECT_TRUE(s.calls.cells(core).tip.contains("inferred from a stack"));
        EXPECT_EQ(s.calls.cells(core).time, QString());
        EXPECT_EQ(s.function.kernelTime().toStdString(), "not measured");
        EXPECT_TRUE(cardRow(s.function, "Known from").contains("inferred"));
        at("skb_pull_inline"); // the model's alone
        EXPECT_EQ(s.function.kernelTime().toStdString(), "the kernel shows no such call");
    }
}

// Missing events are a line of their own, folded or not, and no side is said to have called less.
TEST(Losses, StandInTheListWhereTheyHappened) {
    trace::Trace t = ui::test::udpVeth();
    trace::Side &kernel = *t.side(SideKind::kernel);
    const auto at = kernel.events.begin() + std::ptrdiff_t(kernel.events.size() / 2);
    trace::Event loss = *at;
    loss.kind = SKBSCOPE_EV_LOSS;
    loss.fn = trace::no_function;
    loss.loss = {40, SKBSCOPE_LOSS_RING_FULL, {}};
    kernel.events.insert(kernel.events.erase(at, at + 40), loss);
    Session s;
    s.open(TraceDocument::build(t));
    const TraceDocument &d = *s.selection.document();
    const std::vector<LossNote> losses = lossNotes(d);
    ASSERT_FALSE(losses.empty());
    EXPECT_EQ(lostText(d).toStdString(), "40 or more"); // and a hole besides
    EXPECT_TRUE(std::any_of(losses.begin(), losses.end(), [](const LossNote &note) {
        return note.text == QLatin1String("40 events lost here: ring full");
    }));
    EXPECT_EQ(s.unexplained(), 0);
    s.selection.setStep(d.rows()[std::min<quint32>(losses[0].row, quint32(d.rows().size()) - 1)].firstStep);
    for (const bool folded : {false, true}) {
        folded ? s.calls.foldAll() : s.calls.unfoldAll();
        const CallWindow window = callWindow(s.calls, {4000, 18.9, 21, 0});
        const auto lines = std::count_if(window.lines.begin(), window.lines.end(),
                                         [](const CallLine &line) { return line.kind == CallLine::loss; });
        EXPECT_EQ(lines, qsizetype(losses.size())) << (folded ? "folded" : "unfolded");
    }
}

// What this kernel compiled away, the model tells, whichever side is looked at.
TEST_F(Models, TheSideThatKnowsTells) {
    s.selection.setSide(SideKind::kernel);
    at("skb_pull_inline");
    EXPECT_TRUE(s.banner.plain().startsWith(QStringLiteral("eth_type_trans pulls 14 bytes")));
    EXPECT_EQ(s.memory.agreement().toStdString(), "inlined in this kernel");
}

TEST_F(Models, TheMemoryMapHasNoHoles) {
    for (const SideKind side : bothSides) {
        s.selection.setSide(side);
        for (quint32 i = 0; i < s.selection.document()->steps().size(); ++i) {
            s.selection.setStep(i);
            const MemoryMap &map = s.memory.map();
            if (!map.present) continue;
            int reached = 0;
            for (const MemorySegment &segment : map.segments) {
                ASSERT_EQ(segment.from, reached) << "step " << i;
                ASSERT_GT(segment.length(), 0);
                reached = segment.to;
            }
            ASSERT_EQ(reached, int(map.skb.end)) << "step " << i;
        }
    }
}

TEST_F(Models, TheMemoryMapShowsThePassedHeader) {
    at("ip_rcv_core");
    const MemoryMap &map = s.memory.map();
    ASSERT_EQ(map.segments.size(), 6U);
    EXPECT_EQ(map.segments[1].name, QStringLiteral("Ethernet"));
    EXPECT_EQ(map.segments[1].state, MemorySegment::passed);
    EXPECT_EQ(map.segments[2].name, QStringLiteral("IPv4"));
    EXPECT_EQ(map.segments[2].state, MemorySegment::inPacket);
    EXPECT_EQ(plainText(moveSentence(map)).toStdString(),
              "pull 14: data 2 → 16, by skb_pull_inline() in eth_type_trans, 15 calls ago");
    EXPECT_FALSE(map.moveIsNow);
    at("skb_pull_inline");
    EXPECT_TRUE(s.memory.map().moveIsNow);
    EXPECT_EQ(s.memory.map().fields[0].before, QStringLiteral("54")); // len, a step ago
}

// The kernel's side recorded no operation: two snapshots tell, and the sentence says no more than that.
TEST_F(Models, AMoveSeenOnlyInSnapshotsSaysSo) {
    s.selection.setSide(SideKind::kernel);
    at("__netif_rx");
    EXPECT_EQ(plainText(moveSentence(s.memory.map())).toStdString(),
              "moved: data 2 → 16, seen at the entry of __netif_rx");
}

TEST_F(Models, RoomTakenIsNotYetWritten) {
    at("skb_put");
    EXPECT_EQ(s.memory.map().segments[1].state, MemorySegment::unwritten);
    EXPECT_EQ(s.memory.map().segments[1].length(), 40);
}

TEST_F(Models, BytesAndFieldsPointAtEachOther) {
    at("ip_rcv_core");
    const ByteRange checksum = s.bytes.rangeAt(26);
    EXPECT_EQ(checksum, (ByteRange{26, 2, QStringLiteral("IPv4.checksum")}));
    EXPECT_EQ(s.bytes.rangeAt(27), checksum);
    EXPECT_EQ(s.bytes.rangeOf(QStringLiteral("IPv4.checksum")), checksum);
    EXPECT_EQ(s.bytes.rangeAt(0), (ByteRange{0, 1, {}})); // headroom means nothing
    for (const Header &h : s.bytes.view().headers)
        for (const HeaderField &f : h.fields) {
            EXPECT_GE(f.offset, h.offset);
            EXPECT_LE(f.offset + f.length, h.offset + h.length) << f.id.toStdString();
        }
}

TEST_F(Models, DifferingBytesAreExplained) {
    at("ip_rcv_core");
    EXPECT_EQ(s.bytes.view().differing, 6);
    EXPECT_EQ(s.bytes.view().unexplained, 0);
    EXPECT_TRUE(s.bytes.view().cells[20].differs);  // IP id
    EXPECT_FALSE(s.bytes.view().cells[16].differs); // version
}

TEST_F(Models, FoldingHidesAndShowsTheWorst) {
    s.selection.setStep(quint32(s.selection.document()->steps().size()) - 1); // everything is open
    EXPECT_EQ(s.calls.rowCount(), 150);
    const quint32 send = 0;
    s.calls.setFolded(send, true);
    EXPECT_EQ(s.calls.rowCount(), 16); // sendto alone, recvfrom and its calls
    EXPECT_EQ(s.calls.cells(send).mark, trace::RowMark::differs);
    EXPECT_EQ(s.calls.cells(send).chip.toStdString(), "134 calls");
    s.calls.toggle(send);
    EXPECT_EQ(s.calls.rowCount(), 150);
    EXPECT_EQ(s.calls.cells(send).mark, trace::RowMark::match);
}

// Its cell has the room of one reason: its own. Whose mark it shows stands in the tip.
TEST_F(Models, AFoldedRowTellsNoCallsReasonAsItsOwn) {
    s.selection.setStep(quint32(s.selection.document()->steps().size()) - 1);
    const TraceDocument &d = *s.selection.document();
    int others = 0;
    for (quint32 row = 0; row < d.rows().size(); ++row) {
        const DocumentRow r = d.rows()[row];
        if (r.inside == 0) continue;
        s.calls.setFolded(row, true);
        const CallCells c = s.calls.cells(row);
        EXPECT_EQ(c.reason, r.reasonWords()) << row;
        if (r.worstRow != npos && r.worstRow != row && !d.rows()[r.worstRow].reasonWords().isEmpty()) {
            EXPECT_TRUE(c.tip.contains(d.rows()[r.worstRow].name + QStringLiteral(": "))) << c.tip.toStdString();
            ++others;
        }
        s.calls.setFolded(row, false);
    }
    EXPECT_GT(others, 5);
}

TEST_F(Models, TheCurrentRowIsNeverHidden) {
    for (quint32 i = 0; i < s.selection.document()->steps().size(); ++i) {
        s.calls.foldAll();
        s.selection.setStep(i);
        const quint32 row = s.calls.currentRow();
        ASSERT_EQ(s.calls.visible()[s.calls.place(row)], row) << "step " << i;
        const CallWindow window = callWindow(s.calls, {});
        const bool shown = std::any_of(window.lines.begin(), window.lines.end(), [row](const CallLine &line) {
            return line.kind == CallLine::row && line.row_ == row;
        });
        ASSERT_TRUE(shown) << "step " << i;
    }
}

TEST_F(Models, TheCallWindowFitsAndSumsUp) {
    at("ip_rcv_core");
    const CallWindowMetrics metrics;
    const CallWindow window = callWindow(s.calls, metrics);
    qreal height = 0;
    quint32 rows = 0;
    for (const CallLine &line : window.lines) {
        height += line.kind == CallLine::row ? metrics.rowHeight : metrics.barHeight;
        rows += line.kind == CallLine::row;
    }
    EXPECT_LE(height, metrics.height + 0.01);
    ASSERT_EQ(window.lines[0].kind, CallLine::returned);
    ASSERT_EQ(window.lines[1].kind, CallLine::callers);
    EXPECT_EQ(window.lines[0].count + window.lines[1].count, window.lines[2].row_); // nothing is left out
    const auto bar = std::find_if(window.lines.begin(), window.lines.end(),
                                  [](const CallLine &l) { return l.kind == CallLine::handOver; });
    ASSERT_NE(bar, window.lines.end());
    EXPECT_EQ(bar->text.toStdString(), "hand-over: process → softirq NET_RX");
    EXPECT_EQ(bar->right.toStdString(), "same CPU, the sender is still inside sendto()");
}

TEST_F(Models, TheStackMapSaysWhomAPacketIsFor) {
    at("ip_rcv_core");
    EXPECT_EQ(s.stack.map().rightText.toStdString(), "to 10.9.0.2:7000");
}

TEST_F(Models, CallsAgoAreTheSidesOwn) {
    const TraceDocument &d = *s.selection.document();
    int apart = 0;
    for (const SideKind side : bothSides)
        for (quint32 step = 0; step < d.steps().size(); ++step) {
            const MemoryMap map = memoryMapAt(d, step, side);
            if (!map.move || map.move->row == npos) continue;
            const CallNumber now = callNumber(d, d.steps()[step].row, side), then = callNumber(d, map.move->row, side);
            if (now.side != side || then.side != side || now.number < then.number) continue;
            EXPECT_EQ(map.moveCallsAgo, now.number - then.number) << step;
            apart += map.moveCallsAgo != d.steps()[step].number - map.move->row - 1;
        }
    EXPECT_GT(apart, 0); // the other side's calls lie between
}

TEST_F(Models, TheStrongTagIsOfTheCurrentPacket) {
    const TraceDocument &d = *s.selection.document();
    int strong = 0;
    for (quint32 step = 0; step < d.steps().size(); ++step) {
        s.selection.setStep(step);
        if (const int at = s.timeline.lastMove(); at >= 0) {
            EXPECT_EQ(s.timeline.tags()[std::size_t(at)].packet, momentAt(d, step, d.firstSide()).packet);
            ++strong;
        }
    }
    EXPECT_GT(strong, 0);
}

TEST_F(Models, TheStackMapFollowsThePacket) {
    at("ip_rcv_core");
    const StackMap &map = s.stack.map();
    EXPECT_EQ(map.token, Station::rxNetwork);
    EXPECT_EQ(map.tokenLength, 40U);
    EXPECT_EQ(map.leftHost, QStringLiteral("a"));
    EXPECT_EQ(map.rightHost, QStringLiteral("b"));
    EXPECT_EQ(map.leftText.toStdString(), "sends 12 bytes from 10.9.0.1:54003");
    ASSERT_TRUE(map.box(Station::txQueue));
    EXPECT_TRUE(map.box(Station::txQueue)->bypassed);
    ASSERT_TRUE(map.box(Station::rxBacklog) && map.box(Station::rxBacklog)->queue);
    EXPECT_EQ(map.box(Station::rxBacklog)->queue->length, 0U);
    EXPECT_TRUE(map.box(Station::rxBacklog)->queue->justLeft);
    EXPECT_EQ(map.box(Station::rxSoftirq)->context, trace::Context::softirq);
    EXPECT_FALSE(map.box(Station::rxTransport)->reached);
    EXPECT_EQ(map.box(Station::txDevice)->title, QStringLiteral("veth va"));
}

// From the wire on the packet moves one way.
TEST_F(Models, ThePacketNeverGoesBackOnTheMap) {
    Station last = Station::txSocket;
    for (quint32 i = 0; i < s.selection.document()->steps().size(); ++i) {
        s.selection.setStep(i);
        const Station now = s.stack.map().token;
        if (now == Station::none) continue;
        EXPECT_TRUE(last < Station::txLink || now >= last) << "step " << i;
        last = now;
    }
    EXPECT_EQ(last, Station::rxSocket);
}

TEST_F(Models, TheTimelineBinsWithoutLosingDepth) {
    const auto all = s.timeline.lane(SideKind::model, 10000), few = s.timeline.lane(SideKind::model, 10);
    EXPECT_EQ(all.size(), 150U);
    ASSERT_EQ(few.size(), 10U);
    const auto deepest = [](const auto &bins) {
        quint32 d = 0;
        for (const TimelineBin &b : bins)
            d = std::max(d, b.depth);
        return d;
    };
    EXPECT_EQ(deepest(all), deepest(few));
    ASSERT_EQ(s.timeline.phases().size(), 4U); // down, up, back in sendto, recvfrom
    EXPECT_EQ(s.timeline.phases()[1].text.toStdString(), "b: softirq NET_RX, still inside sendto()");
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
