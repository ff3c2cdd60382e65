// SPDX-License-Identifier: GPL-2.0-or-later
#include "frame.h"
#include "trace/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace skbscope::trace {
namespace {

using namespace test;
using testing::HasSubstr;

TEST(CompareFields, OfEqualSnapshotsAreNone) {
    EXPECT_EQ(compare_frames(Frame().bytes(), Frame().bytes()).mark, RowMark::match);
}

TEST(CompareFields, NameEveryFieldThatDiffers) {
    SideBuilder model(SideKind::model), kernel(SideKind::kernel);
    Snapshot s = snapshot_of(16, 40);
    model.packet(1).snapshot(SKBSCOPE_EV_ENTER, "ip_rcv", s);
    s.truesize = 896;
    s.protocol = 8;
    s.gso_size = 1448;
    s.dataref = 2;
    kernel.packet(1).snapshot(SKBSCOPE_EV_ENTER, "ip_rcv", s);
    const Comparison c = compare_sides(model.side, kernel.side);
    ASSERT_EQ(c.rows.size(), 1U);
    std::string fields;
    for (const FieldDifference &d : c.rows[0].fields())
        fields += d.field + " " + d.left + "|" + d.right + "; ";
    EXPECT_EQ(fields, "protocol 0x0|0x8; truesize 768|896; gso_size 0|1448; dataref 1|2; ");
    EXPECT_EQ(c.rows[0].mark, RowMark::unexplained);
    EXPECT_EQ(c.unexplained, 4U);
}

TEST(CompareFields, AreNotComparedWhereOneSideHasNone) {
    SideBuilder model(SideKind::model), kernel(SideKind::kernel);
    model.packet(1).snapshot(SKBSCOPE_EV_ENTER, "ip_rcv", snapshot_of(16, 40));
    kernel.packet(1).enter("ip_rcv");
    EXPECT_EQ(compare_sides(model.side, kernel.side).rows.at(0).mark, RowMark::match);
}

TEST(CompareFields, ThatAProbeCouldNotReadAreExcused) {
    SideBuilder model(SideKind::model), kernel(SideKind::kernel);
    model.packet(1).snapshot(SKBSCOPE_EV_ENTER, "ip_rcv", snapshot_of(16, 40));
    Snapshot s = snapshot_of(16, 40);
    s.dataref = 0;
    s.users = 2; // read, and different
    kernel.packet(1).snapshot(SKBSCOPE_EV_ENTER, "ip_rcv", s).state |= SKBSCOPE_STATE_PARTIAL;
    const Comparison c = compare_sides(model.side, kernel.side);
    ASSERT_EQ(c.rows.at(0).fields().size(), 2U);
    EXPECT_EQ(c.rows[0].fields()[0].field, "users");
    EXPECT_EQ(c.rows[0].fields()[0].reason.code, ReasonCode::none);
    EXPECT_EQ(c.rows[0].fields()[1].field, "dataref");
    EXPECT_EQ(c.rows[0].fields()[1].reason.code, ReasonCode::not_traceable);
    EXPECT_EQ(c.unexplained, 1U);
}

TEST(CompareFields, SeeWhichBufferItIs) {
    SideBuilder model(SideKind::model), kernel(SideKind::kernel);
    for (SideBuilder *b : {&model, &kernel}) {
        b->packet(1).snapshot(SKBSCOPE_EV_ENTER, "ip_rcv", snapshot_of(16, 40));
        b->identity(0x100, 0x2000);
        b->packet(b == &model ? 1 : 2).snapshot(SKBSCOPE_EV_ENTER, "ip_rcv_core", snapshot_of(16, 40));
        if (b == &kernel) b->identity(0x200, 0x3000);
    }
    const Comparison c = compare_sides(model.side, kernel.side);
    ASSERT_EQ(c.rows.at(1).fields().size(), 1U);
    EXPECT_EQ(c.rows[1].fields()[0].field, "same");
}

// "ip_rcv<TAB>len=40<TAB>..." as one call with that snapshot each.
Side side_from_states(const std::string &text, SideKind kind) {
    SideBuilder b(kind);
    std::string_view rest = text;
    PacketId packet = 1;
    while (!rest.empty()) {
        std::string_view line = take_line(rest);
        const std::string function(take_until(line, '\t'));
        std::map<std::string, std::uint32_t> v;
        while (!line.empty()) {
            std::string_view field = take_until(line, '\t');
            const std::string key(take_until(field, '='));
            v[key] = static_cast<std::uint32_t>(std::stoul(std::string(field), nullptr, 0));
        }
        Snapshot s{};
        s.len = v["len"];
        s.headroom = static_cast<std::uint16_t>(v["headroom"]);
        s.data_len = s.headroom + s.len - v["tail"]; // so that tail comes out as the line has it
        const bool consistent = s.data_len == v["data_len"];
        s.end = v["end"];
        s.mac = static_cast<std::uint16_t>(v["mac"]);
        s.network = static_cast<std::uint16_t>(v["network"]);
        s.transport = static_cast<std::uint16_t>(v["transport"]);
        s.protocol = static_cast<std::uint16_t>(v["protocol"]);
        s.truesize = v["truesize"];
        s.users = static_cast<std::uint16_t>(v["users"]);
        s.flags = static_cast<std::uint8_t>(v["cloned"] | v["ip_summed"] << SKBSCOPE_SKB_IP_SUMMED_SHIFT |
                                            v["pkt_type"] << SKBSCOPE_SKB_PKT_TYPE_SHIFT);
        EXPECT_TRUE(consistent) << function << ": a snapshot cannot say that";
        packet += v["same"] == 0 ? 1U : 0U;
        b.packet(packet).snapshot(SKBSCOPE_EV_ENTER, function, s);
        b.identity(packet, packet);
        b.leave(function);
    }
    return b.side;
}

TEST(StateFidelity, IsThatOfTheOracle) {
    const Side kernel = side_from_states(test::data_file("udp-veth.state"), SideKind::kernel);
    const Side model = side_from_states(test::data_file("udp-veth-random.state"), SideKind::model);
    StateFidelity f = compare_sides(model, kernel).states;
    EXPECT_EQ(f.fields, 930U);
    EXPECT_EQ(f.agree, 844U);
    EXPECT_EQ(f.changed_fields, 24U);
    EXPECT_EQ(f.changed_agree, 18U);
    f = compare_sides(kernel, model).states; // the other way round
    EXPECT_EQ(f.fields, 900U);
    EXPECT_EQ(f.agree, 844U);
    EXPECT_EQ(f.changed_fields, 98U);
    EXPECT_EQ(f.changed_agree, 57U);
    f = compare_sides(kernel, kernel).states;
    EXPECT_EQ(f.agreement(), 1.0);
    EXPECT_EQ(f.changed(), 1.0);
}

} // namespace
} // namespace skbscope::trace
