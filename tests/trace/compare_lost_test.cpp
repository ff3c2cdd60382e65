// SPDX-License-Identifier: GPL-2.0-or-later
// A comparison across a gap says that it does not know: never "not called", never a bug.
#include "side_builder.h"
#include "trace/compare.h"
#include "trace/tree_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace skbscope::trace {
namespace {

using test::SideBuilder;
using testing::StartsWith;

Side datagram(SideKind kind) {
    auto side = read_tree_text(test::data_file("udp-veth.tree"), "test");
    EXPECT_TRUE(side);
    side->info.kind = kind;
    return std::move(*side);
}

// What a full ring leaves: records [begin, end) are gone, and where `told`, one says so.
Side with_gap(Side side, std::size_t begin, std::size_t end, bool told) {
    Event loss = side.events[begin];
    loss.kind = SKBSCOPE_EV_LOSS;
    loss.fn = no_function;
    loss.seq = side.events[end - 1].seq;
    loss.loss = {end - begin, SKBSCOPE_LOSS_RING_FULL, {}};
    const auto at = side.events.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto after = side.events.erase(at, at + static_cast<std::ptrdiff_t>(end - begin));
    if (told) side.events.insert(after, loss);
    return side;
}

Comparison compare_sides(const Side &left, const Side &right) {
    return compare(left, build_call_tree(left), right, build_call_tree(right));
}

// Gaps of many lengths at many places: each leaves enters without leaves, leaves without enters, and orphans.
TEST(CompareLost, AGapInTheMidstIsUnknownAndNothingElse) {
    const Side model = datagram(SideKind::model), kernel = datagram(SideKind::kernel);
    unsigned lost = 0, strange_callers = 0;
    for (const std::size_t length : {1U, 2U, 7U, 40U, 90U})
        for (std::size_t begin = 3; begin + length + 3 < kernel.events.size(); begin += 11)
            for (const bool told : {true, false}) {
                const Comparison c = compare_sides(model, with_gap(kernel, begin, begin + length, told));
                EXPECT_EQ(c.unexplained, 0U) << length << " records from " << begin;
                for (const Row &row : c.rows) {
                    EXPECT_NE(row.mark, RowMark::model_only);
                    EXPECT_NE(row.mark, RowMark::kernel_only);
                    lost += row.mark == RowMark::lost ? 1U : 0U;
                    if (row.mark == RowMark::lost) {
                        EXPECT_THAT(row.reason().text, StartsWith("unknown (lost): "));
                    }
                    strange_callers += row.fields().empty() ? 0U : 1U;
                }
            }
    EXPECT_GT(lost, 100U);
    EXPECT_GT(strange_callers, 100U); // the tests above mean something
}

// The gap excuses what may stand in it, not what is missing elsewhere.
TEST(CompareLost, ABugBesideTheGapIsStillOne) {
    const Side model = datagram(SideKind::model);
    Side kernel = datagram(SideKind::kernel);
    std::erase_if(kernel.events, [&](const Event &e) { return kernel.function_name(e.fn) == "udp_send_skb"; });
    for (std::uint32_t i = 0; i < kernel.events.size(); ++i)
        kernel.events[i].seq = i;
    const std::size_t late = kernel.events.size() - 60;
    EXPECT_EQ(compare_sides(model, with_gap(kernel, late, late + 20, true)).unexplained, 1U);
}

TEST(CompareLost, ALossOnAnotherCpuExcusesNothing) {
    SideBuilder model(SideKind::model), kernel(SideKind::kernel);
    for (SideBuilder *b : {&model, &kernel}) {
        b->call("ip_rcv");
        if (b == &model) b->call("udp_rcv");
        if (b == &kernel) {
            b->cpu(1).add(SKBSCOPE_EV_LOSS).loss = {5, SKBSCOPE_LOSS_RING_FULL, {}};
            b->cpu(0);
        }
        b->call("ip_local_deliver");
    }
    EXPECT_EQ(compare_sides(model.side, kernel.side).rows.at(1).mark, RowMark::unexplained);
    for (Event &e : kernel.side.events)
        if (e.kind == SKBSCOPE_EV_LOSS) e.loss.reason = SKBSCOPE_LOSS_STREAM_CUT; // that takes all CPUs
    EXPECT_EQ(compare_sides(model.side, kernel.side).rows.at(1).mark, RowMark::lost);
}

// Another task's calls between two of this one do not narrow the time in which it may have lost some.
TEST(CompareLost, NeighboursAreThoseOfTheSameTask) {
    SideBuilder model(SideKind::model), kernel(SideKind::kernel);
    for (SideBuilder *b : {&model, &kernel}) {
        b->task(1).call("udp_sendmsg");
        if (b == &kernel) b->lose(4);
        b->task(2).call("udp_recvmsg");
        if (b == &model) b->task(1).call("ip_send_skb");
        b->task(1).call("udp_destroy_sock");
    }
    EXPECT_EQ(compare_sides(model.side, kernel.side).rows.at(2).mark, RowMark::lost);
}

} // namespace
} // namespace skbscope::trace
