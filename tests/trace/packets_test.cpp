// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/packets.h"

#include "side_builder.h"

#include <gtest/gtest.h>

namespace skbscope::trace {
namespace {

using test::SideBuilder;

TEST(Packets, KeepTheirFirstIdentity) {
    SideBuilder b;
    b.call("ip_rcv");
    b.packet(4).enter("__alloc_skb");
    b.identity(0x1000, 0x2000);
    b.identity(0x1000, 0x3000); // re-keyed: the buffer moved
    b.packet(4).leave("__alloc_skb");
    const PacketTable table = build_packet_table(b.side);
    ASSERT_EQ(table.packets.size(), 1U);
    const Packet &p = table.packets[0];
    EXPECT_EQ(p.id, 4U);
    EXPECT_EQ(p.skb, 0x1000U);
    EXPECT_EQ(p.head, 0x2000U);
    EXPECT_EQ(p.first, 2U);
    EXPECT_EQ(p.last, 5U);
    EXPECT_FALSE(p.freed);
}

TEST(Packets, EndWithTheirFree) {
    SideBuilder b;
    b.packet(1).enter("kfree_skb_reason");
    b.add(SKBSCOPE_EV_FREE).drop.reason = 5;
    b.leave("kfree_skb_reason");
    const PacketTable table = build_packet_table(b.side);
    EXPECT_TRUE(table.packets[0].freed);
    EXPECT_EQ(table.packets[0].last, 1U);
    EXPECT_EQ(table.packets[0].drop_reason, 5U);
}

TEST(Packets, AreFoundByIdInAnyOrder) {
    SideBuilder b;
    for (const PacketId id : {9U, 3U, 7U, 1U})
        b.packet(id).call("ip_rcv");
    const PacketTable table = build_packet_table(b.side);
    ASSERT_EQ(table.packets.size(), 4U);
    EXPECT_EQ(table.packets[0].id, 9U);
    for (const PacketId id : {9U, 3U, 7U, 1U})
        EXPECT_EQ(table.find(id)->id, id);
    EXPECT_EQ(table.find(2), nullptr);
    EXPECT_EQ(table.find(no_packet), nullptr);
}

TEST(Packets, OfOneDatagramAreAFamily) {
    SideBuilder b;
    b.packet(1).call("ip_do_fragment");
    for (const PacketId fragment : {2U, 3U}) {
        Event &e = b.packet(fragment).add(SKBSCOPE_EV_FRAGMENT_OF);
        e.lineage.other_packet = 1;
        e.lineage.index = fragment - 2;
    }
    b.packet(4).add(SKBSCOPE_EV_CLONE, "skb_clone");
    b.add(SKBSCOPE_EV_EXT_LINEAGE).lineage.other_packet = 3;
    b.packet(5).call("arp_rcv");
    const PacketTable table = build_packet_table(b.side);
    EXPECT_EQ(table.find(4)->lineage_kind, SKBSCOPE_EV_CLONE_OF);
    EXPECT_EQ(table.find(4)->origin, 3U);
    EXPECT_EQ(table.find(2)->lineage_kind, SKBSCOPE_EV_FRAGMENT_OF);
    for (const PacketId id : {1U, 2U, 3U, 4U})
        EXPECT_EQ(table.family(id), 1U);
    EXPECT_EQ(table.family(5), 5U);
    EXPECT_EQ(table.family(77), 77U);
}

TEST(Packets, ThatCrossADeviceHaveNoAncestor) {
    SideBuilder b;
    b.packet(1).add(SKBSCOPE_EV_CROSSED).lineage.other_packet = 1;
    EXPECT_EQ(build_packet_table(b.side).packets[0].origin, no_packet);
}

TEST(Packets, OfADamagedTraceMayDescendInACircle) {
    SideBuilder b;
    b.packet(1).add(SKBSCOPE_EV_CLONE_OF).lineage.other_packet = 2;
    b.packet(2).add(SKBSCOPE_EV_CLONE_OF).lineage.other_packet = 1;
    const PacketTable table = build_packet_table(b.side);
    EXPECT_NE(table.family(1), no_packet); // an answer, and an end
}

} // namespace
} // namespace skbscope::trace
