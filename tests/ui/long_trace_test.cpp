// SPDX-License-Identifier: GPL-2.0-or-later
// What keeps a trace of millions of calls quick must show the same as what walks all of it.
#include "tests/ui/long_document.h"
#include "ui/models/visible_rows.h"

#include <gtest/gtest.h>

namespace skbscope::ui {
namespace {
using test::bundled;
using test::longDocument;
using test::repeated;

std::vector<quint32> enteredByWalking(const TraceDocument &d, quint32 step) {
    std::vector<quint32> out;
    std::vector<bool> hidden(d.rows().size());
    for (quint32 row = 0; row < hidden.size(); ++row) {
        const quint32 parent = d.parentOf(row);
        hidden[row] = parent != npos && (hidden[parent] || d.firstStepOf(parent) > step);
        if (!hidden[row]) out.push_back(row);
    }
    return out;
}

TEST(VisibleRows, AreThoseThatAWalkFindsForwardsAndBackwards) {
    for (const test::BundledTrace &t : test::bundledTraces()) {
        const TraceDocument &d = *t.document;
        const quint32 steps = quint32(d.steps().size()), stride = 1 + steps / 400;
        if (steps == 0) continue;
        VisibleRows rows = VisibleRows::entered(d, 0);
        const auto check = [&](quint32 step) {
            if (!rows.follow(d, step)) rows = VisibleRows::entered(d, step);
            const std::vector<quint32> wanted = enteredByWalking(d, step);
            ASSERT_EQ(rows.list(), wanted) << t.name << " step " << step;
            for (quint32 row = 0; row < d.rows().size(); row += 7)
                ASSERT_EQ(rows.placeOf(row),
                          std::size_t(std::lower_bound(wanted.begin(), wanted.end(), row) - wanted.begin()))
                    << t.name << " row " << row;
        };
        for (quint32 step = 0; step < steps; step += stride)
            check(step);
        for (quint32 step = steps; step > stride; step -= stride)
            check(step - 1);
    }
}

TEST(VisibleRows, TellWhatTwoHaveInCommon) {
    const TraceDocument &d = bundled("udp-veth.skbt");
    const quint32 steps = quint32(d.steps().size());
    for (quint32 a = 0; a < steps; a += 17)
        for (quint32 b = 0; b < steps; b += 23) {
            const VisibleRows one = VisibleRows::entered(d, a), other(VisibleRows::entered(d, b).list());
            const auto [head, tail] = one.common(other);
            const std::vector<quint32> x = one.list(), y = other.list();
            ASSERT_LE(head + tail, std::min(x.size(), y.size()));
            ASSERT_TRUE(std::equal(x.begin(), x.begin() + qsizetype(head), y.begin()));
            ASSERT_TRUE(std::equal(x.end() - qsizetype(tail), x.end(), y.end() - qsizetype(tail)));
            std::vector<quint32> ends(x.begin(), x.begin() + qsizetype(head));
            ends.insert(ends.end(), x.end() - qsizetype(tail), x.end());
            ASSERT_EQ(other.ends(head, tail).list(), ends);
        }
}

TEST(LongTrace, StepsAndRowsAreThoseOfItsParts) {
    const auto whole = longDocument();
    const auto part = TraceDocument::build(repeated(bundled("udp-veth.skbt").trace(), 1));
    const quint32 rows = quint32(part->rows().size()), steps = quint32(part->steps().size());
    ASSERT_EQ(whole->rows().size(), std::size_t(rows) * 300);
    ASSERT_EQ(whole->steps().size(), std::size_t(steps) * 300);
    for (quint32 n : {0U, 1U, 150U, 299U}) {
        for (quint32 r = 0; r < rows; ++r) {
            const DocumentRow a = part->rows()[r], b = whole->rows()[n * rows + r];
            EXPECT_EQ(a.name, b.name);
            EXPECT_EQ(a.inside, b.inside);
            EXPECT_EQ(a.layer, b.layer);
            EXPECT_EQ(a.vector, b.vector);
            EXPECT_EQ(a.firstStep + n * steps, b.firstStep);
        }
        for (quint32 i = 0; i < steps; ++i) {
            EXPECT_EQ(part->steps()[i].late, whole->steps()[n * steps + i].late);
            EXPECT_EQ(part->rowAtStep(i) + n * rows, whole->rowAtStep(n * steps + i));
            EXPECT_EQ(whole->rowAtStep(n * steps + i), whole->steps()[n * steps + i].row);
        }
    }
}

TEST(LongTrace, APacketsRecordsAreAllOfThem) {
    for (const test::BundledTrace &t : test::bundledTraces())
        for (const SideKind kind : bothSides) {
            const DocumentSide *s = t.document->side(kind);
            if (!s) continue;
            std::map<trace::PacketId, std::vector<quint32>> all;
            for (quint32 i = 0; i < s->side->events.size(); ++i)
                if (s->event(i).packet != trace::no_packet) all[s->event(i).packet].push_back(i);
            for (const auto &[packet, events] : all)
                ASSERT_EQ(s->states.records(packet), events) << t.name << " packet " << packet;
            EXPECT_TRUE(s->states.records(0xfffffff0).empty());
        }
}

// The pasts of more packets than are kept at once: the first one is made again, and is the same.
TEST(LongTrace, APastThatWasGivenUpIsMadeAgain) {
    const auto d = TraceDocument::build(repeated(bundled("udp-veth.skbt").trace(), 600));
    const DocumentSide &s = *d->side(d->firstSide());
    std::size_t records = 0;
    for (const trace::Packet &p : s.packets.packets)
        records += s.states.records(p.id).size();
    ASSERT_GT(records, 100'000U); // that many are kept
    const trace::Packet &first = s.packets.packets.front();
    const trace::PacketState before = s.states.packet_at(first.id, first.last);
    const auto changes = s.states.changes(first.id);
    for (int round = 0; round < 2; ++round)
        for (const trace::Packet &p : s.packets.packets)
            EXPECT_TRUE(s.states.packet_at(p.id, p.last).seen);
    const trace::PacketState after = s.states.packet_at(first.id, first.last);
    EXPECT_EQ(before.bytes, after.bytes);
    EXPECT_EQ(before.snapshot_event, after.snapshot_event);
    const auto again = s.states.changes(first.id);
    EXPECT_TRUE(std::equal(changes.begin(), changes.end(), again.begin(), again.end()));
    EXPECT_FALSE(changes.empty());
}
} // namespace
} // namespace skbscope::ui
