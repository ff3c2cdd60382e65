// SPDX-License-Identifier: GPL-2.0-or-later
// Many frames, valid and broken: each packet is consumed, dropped with a reason, or stands in a queue, and the queues
// are walked to find it.
#include "app/attach/attachment.h"
#include "flood_frames.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace skbscope::app {
namespace {

AttachOptions options() {
    AttachOptions o;
    o.address = inet_addr("10.9.0.2");
    o.services = {{ServiceKind::echo, 7}, {ServiceKind::discard, 9}, {ServiceKind::chargen, 19}};
    return o;
}

struct Flood : testing::TestWithParam<AttachOptions> {};

TEST_P(Flood, EveryPacketIsConsumedDroppedOrQueued) {
    constexpr unsigned frames = 20'000;
    test::MemoryWire wire;
    Attachment model(GetParam(), wire, nullptr);
    ASSERT_TRUE(model.begin());
    const AttachPackets before = model.packets();
    EXPECT_TRUE(before.addUp());
    const auto &m = model.mac();
    test::FloodFrames flood({m.begin(), m.end()}, 7);
    for (unsigned i = 0; i < frames; ++i)
        wire.arrive(flood.next());
    unsigned looks = 0;
    ASSERT_TRUE(model.run(wire.descriptor(), [&looks] { return ++looks > frames / 64 + 20; }));

    const AttachCounters c = model.counters();
    EXPECT_EQ(c.framesIn, frames);
    const AttachPackets after = model.packets();
    EXPECT_TRUE(after.addUp()) << "made " << after.made << ", consumed " << after.consumed << ", dropped "
                               << after.dropped << testing::PrintToString(after.standing)
                               << testing::PrintToString(after.wrong);
    EXPECT_GE(after.made - before.made, frames - c.missed);
    // What waits at the end waits for something.
    EXPECT_GT(after.standing.at("fragment queue"), 0U);
    EXPECT_GT(after.standing.at("neighbour queue"), 0U);
    EXPECT_GT(after.byReason.at("SKB_DROP_REASON_IP_CSUM"), 0U);
    EXPECT_GT(after.byReason.at("SKB_DROP_REASON_UNHANDLED_PROTO"), 0U);
}

AttachOptions without(bool napi, bool gro, unsigned cpus) {
    AttachOptions o = options();
    o.napi = napi;
    o.gro = gro;
    o.cpus = o.queues = cpus;
    return o;
}
INSTANTIATE_TEST_SUITE_P(Modes, Flood,
                         testing::Values(without(true, true, 1), without(true, false, 1), without(false, false, 1),
                                         without(true, true, 2)));

} // namespace
} // namespace skbscope::app
