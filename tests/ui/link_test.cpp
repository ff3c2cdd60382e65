// SPDX-License-Identifier: GPL-2.0-or-later
// One selection: what is pointed at in one pane is found in all others, at once.
#include "tests/ui/fixture.h"
#include "tests/ui/offscreen.h"
#include "ui/models/session.h"
#include "ui/scenes/bytes_scene.h"
#include "ui/scenes/calls_scene.h"
#include "ui/scenes/memory_map_scene.h"
#include "ui/scenes/stack_map_scene.h"
#include "ui/scenes/timeline_scene.h"

#include <gtest/gtest.h>

namespace {
using namespace skbscope;
using namespace skbscope::ui;

class Links : public test::Offscreen {
protected:
    Links() {
        s.open(TraceDocument::build(ui::test::udpVeth()));
        at("ip_rcv_core");
    }
    quint32 row(const char *name) {
        const auto &rows = s.selection.document()->rows();
        for (quint32 i = 0; i < rows.size(); ++i)
            if (rows[i].name == QLatin1String(name)) return i;
        ADD_FAILURE() << "no row " << name;
        return 0;
    }
    void at(const char *name) { s.selection.setRow(row(name)); }
    const LinkFacets &pinned() { return s.link.frames().pinned; }
    enum Pane { calls, stack, memory, bytes, timeline };
    DisplayList scene(Pane pane) {
        const LinkFrames &f = s.link.frames();
        switch (pane) {
        case calls:
            return callsScene(
                s.calls, {{638, 570}, 18.9, 0, s.kernelHead(), QStringLiteral("0"), 0, f, &s.breakpoints, &s.find});
        case stack:
            return stackMapScene(s.stack.map(), {{604, 264}, Station::none, 1, f});
        case memory:
            return memoryMapScene(s.memory.map(), {{604, 200}, 1, f});
        case bytes:
            return bytesScene(s.headers, {{604, 124}, 0, -1, f});
        case timeline:
            return timelineScene(s.timeline, {{1586, 132}, f, &s.breakpoints, &s.measure, &s.find});
        }
        return {};
    }
    // Boxes of 2 px ink that are not filled: the frames of what is pinned. Bytes are framed by lines.
    int frames(Pane pane) {
        int count = 0;
        for (const Item &item : scene(pane).items) {
            if (const auto *box = std::get_if<Box>(&item))
                count += box->stroke && box->stroke->ink == Ink::ink && box->stroke->width == 2 && !box->fill ? 1 : 0;
            if (const auto *path = std::get_if<Path>(&item); path && pane == bytes)
                count += path->stroke && path->stroke->ink == Ink::ink && path->stroke->width == 2 ? 1 : 0;
        }
        return count;
    }
    Session s{QStringLiteral(SKBSCOPE_SOURCE_DIR)};
};

TEST_F(Links, AFieldIsFramedInEveryPaneThatKnowsIt) {
    std::array<int, 5> before{};
    for (const Pane pane : {calls, stack, memory, bytes, timeline})
        before[pane] = frames(pane);
    s.selection.pin(Linked::ofBytes(s.bytes.rangeOf(QStringLiteral("IPv4.checksum"))));
    for (const Pane pane : {calls, stack, memory, bytes, timeline})
        EXPECT_GT(frames(pane), before[pane]) << int(pane);
    EXPECT_EQ(pinned().station, Station::rxNetwork);
    ASSERT_NE(pinned().row, npos); // who wrote it
    EXPECT_LT(pinned().row, row("ip_rcv_core"));
    s.selection.pin(s.selection.pinned()); // again: let go
    for (const Pane pane : {calls, stack, memory, bytes, timeline})
        EXPECT_EQ(frames(pane), before[pane]) << int(pane);
}

TEST_F(Links, ACallLeadsToItsStationBytesAndField) {
    s.selection.pin(Linked::ofCall(row("skb_pull_inline")));
    EXPECT_EQ(pinned().row, row("skb_pull_inline"));
    EXPECT_EQ(pinned().range.offset, 2); // the Ethernet header it pulled
    EXPECT_EQ(pinned().range.length, 14);
    EXPECT_EQ(pinned().field.toStdString(), "data");
    EXPECT_NE(pinned().station, Station::none);
    for (const Pane pane : {stack, memory, bytes, timeline})
        EXPECT_GT(frames(pane), 0) << int(pane);
}

TEST_F(Links, AFieldOfTheStructLeadsToWhoChangedIt) {
    s.selection.pin(Linked::ofField(QStringLiteral("len")));
    EXPECT_EQ(pinned().row, row("skb_pull_inline"));
    EXPECT_EQ(pinned().range.offset, 16);
    EXPECT_EQ(pinned().range.length, 40);
    EXPECT_EQ(pinned().station, Station::none); // bytes of several layers
    s.selection.pin(Linked::ofField(QStringLiteral("network_header")));
    EXPECT_EQ(pinned().range.field.toStdString(), "IPv4");
    EXPECT_EQ(pinned().station, Station::rxNetwork);
}

TEST_F(Links, AQueueLeadsToItsLastOperation) {
    s.selection.pin(Linked::ofQueue(int(Station::rxBacklog)));
    EXPECT_EQ(pinned().row, row("process_backlog"));
    EXPECT_EQ(pinned().station, Station::rxBacklog);
    EXPECT_TRUE(pinned().queue);
    EXPECT_GT(frames(stack), 0);
}

TEST_F(Links, TheSourceFramesTheLineThatCalls) {
    if (s.source.rowCount() == 0) GTEST_SKIP() << "core-stack has no ip_rcv_core yet";
    const quint32 callee = row("skb_orphan");
    s.selection.pin(Linked::ofCall(callee));
    const int line = s.source.framedLine();
    ASSERT_GE(line, 0);
    EXPECT_TRUE(s.source.data(s.source.index(line)).toString().contains(QStringLiteral("skb_orphan")));
    EXPECT_EQ(s.source.callAt(line), int(callee));
    EXPECT_EQ(s.source.data(s.source.index(line), SourceModel::FrameRole).toInt(), int(SourceModel::pinned));
    EXPECT_EQ(s.function.frame(), 0);
    s.selection.pin(Linked::ofCall(row("ip_rcv_core")));
    EXPECT_EQ(s.source.framedLine(), s.source.currentLine());
    EXPECT_EQ(s.function.frame(), 2);
}

TEST_F(Links, HoverPreviewsAndAPinStays) {
    s.selection.pin(Linked::ofField(QStringLiteral("len")));
    const LinkFacets pin = pinned();
    s.selection.hover(Linked::ofStation(int(Station::rxNetwork)));
    EXPECT_EQ(s.link.frames().preview.station, Station::rxNetwork);
    EXPECT_EQ(pinned(), pin);
    s.selection.hover({});
    EXPECT_FALSE(s.link.frames().preview.any());
    EXPECT_EQ(pinned(), pin);
    s.selection.letGo();
    EXPECT_FALSE(pinned().any());
}

TEST_F(Links, AFoldedRowStandsForWhatItHides) {
    s.calls.setFolded(row("ip_rcv"), true); // hides nothing that is current
    at("__netif_receive_skb");
    s.calls.setFolded(row("ip_rcv"), true);
    const int before = frames(calls);
    s.selection.pin(Linked::ofCall(row("sock_wfree")));
    EXPECT_EQ(frames(calls), before + 1);
}

TEST_F(Links, BreakpointsMarksAndMatchesAreDrawn) {
    const std::size_t tree = scene(calls).items.size(), line = scene(timeline).items.size();
    s.breakpoints.add(QStringLiteral("ip_rcv"));
    EXPECT_EQ(scene(calls).items.size(), tree + 2); // a ring and a dot
    EXPECT_EQ(scene(timeline).items.size(), line + 2);
    s.measure.set(Measure::a);
    s.measure.set(Measure::b);
    EXPECT_EQ(scene(timeline).items.size(), line + 2 + 6); // line, badge, letter, twice
    s.find.setQuery(QStringLiteral("ip_rcv_core"));
    EXPECT_EQ(scene(timeline).items.size(), line + 2 + 6 + 1);
    EXPECT_EQ(scene(calls).items.size(), tree + 2 + 2); // underlined on both sides
}
} // namespace
