// SPDX-License-Identifier: GPL-2.0-or-later
// Packets are found where they stand; one that is nowhere is told.
#include "sim/packet_census.h"

#include "linux/skbuff.h"
#include "linux/softnet.h"
#include "machine_fixture.h"

#include <gmock/gmock.h>

namespace skbscope::stack {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct PacketCensus : machine_fixture {};

TEST_F(PacketCensus, APacketInNoQueueIsTold) {
    EXPECT_THAT(count_packets().wrong, IsEmpty());
    const u64 made = packet_counters().made;
    sk_buff *skb = alloc_skb(100, GFP_KERNEL);
    skb_put(skb, 60);
    const packet_census lost = count_packets();
    EXPECT_EQ(lost.alive, 1U);
    EXPECT_EQ(lost.in_queues(), 0U);
    EXPECT_THAT(lost.wrong, ElementsAre(HasSubstr("in no queue: 60 bytes")));
    kfree_skb(skb);
    EXPECT_THAT(count_packets().wrong, IsEmpty());
    EXPECT_EQ(count_packets().alive, 0U);
    EXPECT_EQ(packet_counters().made, made + 1);
    EXPECT_EQ(packet_counters().by_reason[SKB_DROP_REASON_NOT_SPECIFIED], 1U);
}

TEST_F(PacketCensus, AQueueIsWalkedWithWhatHangsOnItsPackets) {
    sk_buff_head &backlog = per_cpu_softnet(0)->input_pkt_queue;
    sk_buff *first = alloc_skb(100, GFP_KERNEL), *part = alloc_skb(100, GFP_KERNEL);
    skb_shinfo(first)->frag_list = part;
    __skb_queue_tail(&backlog, first);
    packet_census census = count_packets();
    EXPECT_EQ(census.standing.at("backlog"), 2U);
    EXPECT_THAT(census.wrong, IsEmpty());
    __skb_unlink(first, &backlog);
    EXPECT_EQ(count_packets().wrong.size(), 2U);
    kfree_skb(first);
    EXPECT_EQ(count_packets().alive, 0U);
}

TEST_F(PacketCensus, APacketThatBecomesAnotherIsStillOne) {
    const packet_counts before = packet_counters();
    sk_buff *skb = alloc_skb(100, GFP_KERNEL), *other = alloc_skb(200, GFP_KERNEL);
    skb_morph(other, skb);
    EXPECT_EQ(count_packets().alive, 2U);
    EXPECT_EQ(packet_counters().made - packet_counters().freed, before.made - before.freed + 2);
    kfree_skb(skb);
    kfree_skb(other);
    EXPECT_EQ(packet_counters().made - packet_counters().freed, before.made - before.freed);
}

TEST_F(PacketCensus, AFcloneIsOneOrTwoPackets) {
    sk_buff_head &backlog = per_cpu_softnet(0)->input_pkt_queue;
    sk_buff *skb = alloc_skb_fclone(100, GFP_KERNEL), *clone = skb_clone(skb, GFP_KERNEL);
    EXPECT_EQ(count_packets().alive, 2U);
    __skb_queue_tail(&backlog, clone);
    EXPECT_EQ(count_packets().wrong.size(), 1U);
    kfree_skb(skb);
    EXPECT_THAT(count_packets().wrong, IsEmpty());
    EXPECT_EQ(count_packets().alive, 1U);
    __skb_unlink(clone, &backlog);
    kfree_skb(clone);
    EXPECT_EQ(count_packets().alive, 0U);
}

TEST_F(PacketCensus, APacketInTwoPlacesIsTold) {
    sk_buff_head &backlog = per_cpu_softnet(0)->input_pkt_queue;
    sk_buff *skb = alloc_skb(100, GFP_KERNEL);
    __skb_queue_tail(&backlog, skb);
    per_cpu_softnet(0)->backlog.skb = skb;
    EXPECT_THAT(count_packets().wrong, ElementsAre(HasSubstr("it stands in a backlog, too")));
    per_cpu_softnet(0)->backlog.skb = nullptr;
    __skb_unlink(skb, &backlog);
    kfree_skb(skb);
}

} // namespace
} // namespace skbscope::stack
