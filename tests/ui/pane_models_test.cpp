// SPDX-License-Identifier: GPL-2.0-or-later
// What the panes show of a call and of its packet.
#include "tests/ui/models_fixture.h"
#include "ui/models/call_number.h"
#include "ui/models/call_window.h"
#include "ui/models/markup.h"

#include <gtest/gtest.h>

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using ui::test::Models;

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

// A softirq that interrupts a system call is not called by the call's name, however little room there is.
TEST_F(Models, ASoftirqIsNotNamedAfterWhatItInterrupts) {
    int softirqs = 0;
    for (const TimelinePhase &p : s.timeline.phases()) {
        EXPECT_EQ(p.brief.startsWith(QStringLiteral("softirq")), p.context == trace::Context::softirq)
            << p.text.toStdString();
        softirqs += p.context == trace::Context::softirq;
    }
    EXPECT_GT(softirqs, 0);
}

// Summed up as the banner numbers: call 96 has 95 before it, on whichever side one looks.
TEST_F(Models, WhatIsSummedUpIsTheSidesOwn) {
    for (const SideKind side : bothSides) {
        s.selection.setSide(side);
        for (const char *name : {"ip_rcv_core", "udp_rcv", "eth_type_trans"}) {
            at(name);
            const TraceDocument &d = *s.selection.document();
            quint32 before = 0;
            for (const CallLine &line : callWindow(s.calls, {600, 18.9, 21, 0}).lines) {
                if (line.kind == CallLine::returned || line.kind == CallLine::callers) before += line.count;
                if (line.kind != CallLine::row) continue;
                if (line.row_ == s.calls.currentRow()) break;
                before += d.rows()[line.row_].call[sideIndex(side)] != npos;
            }
            const CallNumber number = callNumber(d, s.calls.currentRow(), side);
            EXPECT_EQ(before + 1, number.number) << name << " on side " << int(side);
        }
    }
}
} // namespace
