// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/packet_lives.h"

#include "side_builder.h"

#include <gtest/gtest.h>

namespace skbscope::trace {
namespace {

// UDP has the first packet in its second call, and never has the other.
TEST(PacketLives, BeginAtTheFirstRecordAndKnowTheFirstCallOfUdp) {
    test::SideBuilder b(SideKind::kernel);
    b.packet(7).call("ip_rcv");
    b.packet(9).call("ip_rcv");
    const auto udp = static_cast<std::uint32_t>(b.side.events.size());
    b.packet(7).call("udp_rcv");
    b.packet(7).call("__udp_enqueue_schedule_skb");
    const PacketLives lives(b.side);
    EXPECT_EQ(lives.of(7).first, 0U);
    EXPECT_EQ(lives.of(7).udp, udp);
    EXPECT_EQ(b.side.events[lives.of(9).first].packet, 9U);
    EXPECT_EQ(lives.of(9).udp, npos);
    EXPECT_EQ(lives.of(11).first, npos);
}

} // namespace
} // namespace skbscope::trace
