// SPDX-License-Identifier: GPL-2.0-or-later
// Which datagrams GRO merges, by the rules of Linux 6.1's inet_gro_receive() and udp_gro_receive_segment(). The device
// asks for it (rx-udp-gro-forwarding), so no socket is needed.
#include "gro_frames.h"

namespace skbscope::stack {
namespace {

class UdpRules : public GroFrames {};

TEST_F(UdpRules, OneFlowMergesIntoOnePacket) {
    EXPECT_EQ(give({.id = 1}), GRO_HELD);
    EXPECT_EQ(give({.id = 2}), GRO_MERGED_FREE);
    EXPECT_EQ(give({.id = 3}), GRO_MERGED_FREE);
    EXPECT_TRUE(out.empty());
    flush();
    ASSERT_EQ(out.size(), 1U);
    sk_buff *skb = out[0];
    EXPECT_EQ(skb->len, 20U + 8 + 300);
    EXPECT_EQ(be16_to_cpu(ip_hdr(skb)->tot_len), 328);
    EXPECT_EQ(ip_fast_csum(ip_hdr(skb), 5), 0);
    EXPECT_EQ(be16_to_cpu(udp_hdr(skb)->len), 308);
    EXPECT_EQ(info(0)->gso_size, 100);
    EXPECT_EQ(info(0)->gso_segs, 3);
    EXPECT_EQ(info(0)->gso_type, SKB_GSO_UDP_L4);
    EXPECT_EQ(info(0)->nr_frags, 2);
    EXPECT_EQ(skb->ip_summed, CHECKSUM_PARTIAL);
    EXPECT_EQ(skb->csum_offset, 6);
    ASSERT_EQ(skb_linearize(skb), 0);
    const u8 *payload = skb->data + 28;
    for (std::size_t i = 0; i < 300; ++i)
        EXPECT_EQ(payload[i], 'a' + i % 100 % 26) << i;
}

// The bucket is the hash's; its other packets stay as they are.
TEST_F(UdpRules, AnotherFlowOfTheSameBucketDoesNotMerge) {
    EXPECT_EQ(give({.sport = 5000}), GRO_HELD);
    EXPECT_EQ(give({.sport = 5001, .id = 2}), GRO_HELD);
    EXPECT_EQ(give({.sport = 5002, .id = 2, .hash = 0x22220003}), GRO_HELD);
    EXPECT_EQ(held(), 3);
    EXPECT_EQ(give({.sport = 5001, .id = 3}), GRO_MERGED_FREE);
    EXPECT_EQ(held(), 3);
    EXPECT_EQ(napi.gro_bitmask, 1UL << 3);
    flush();
    ASSERT_EQ(out.size(), 3U);
    EXPECT_EQ(info(0)->gso_segs, 0); // oldest first
    EXPECT_EQ(info(1)->gso_segs, 2);
    EXPECT_EQ(info(2)->gso_segs, 0);
    EXPECT_EQ(info(0)->gso_size, 0); // of one packet: no GSO packet
    EXPECT_EQ(napi.gro_bitmask, 0UL);
}

// A difference that a merged packet could not tell of: the held one goes on, the new one starts afresh.
TEST_F(UdpRules, ADifferentTtlTosOrDfFlushes) {
    const Spec others[] = {{.ttl = 63, .id = 2}, {.tos = 4, .id = 2}, {.id = 2, .frag = 0}};
    for (const Spec &other : others) {
        give({.id = 1});
        const std::size_t before = out.size();
        EXPECT_EQ(give(other), GRO_HELD);
        ASSERT_EQ(out.size(), before + 1) << "the held one";
        EXPECT_EQ(held(), 1) << "the new one";
        flush();
    }
}

TEST_F(UdpRules, WhatNeedsCareIsNotHeld) {
    EXPECT_EQ(give({.options = true}), GRO_NORMAL);
    EXPECT_EQ(give({.frag = 0x2000}), GRO_NORMAL); // more fragments follow
    EXPECT_EQ(give({.frag = 0x00b9}), GRO_NORMAL); // the last of some
    EXPECT_EQ(give({.wrong_ip_sum = true}), GRO_NORMAL);
    EXPECT_EQ(give({.wrong_sum = true}), GRO_NORMAL);
    EXPECT_EQ(give({.sum = false}), GRO_NORMAL);
    EXPECT_EQ(give({.payload = 0}), GRO_NORMAL);
    EXPECT_EQ(give({.ip_len_off = static_cast<u16>(-4)}), GRO_NORMAL); // padded
    EXPECT_EQ(give({.udp_len_off = static_cast<u16>(-4)}), GRO_NORMAL);
    EXPECT_EQ(held(), 0);
    EXPECT_EQ(out.size(), 9U);
}

TEST_F(UdpRules, AnotherLinkHeaderIsAnotherFlow) {
    give({.id = 1});
    EXPECT_EQ(give({.id = 2, .mac_last = 9}), GRO_HELD);
    EXPECT_EQ(held(), 2);
}

// The last of what was sent at once is shorter: it is taken in, and the packet is complete.
TEST_F(UdpRules, AShorterDatagramIsTheLast) {
    give({.id = 1});
    give({.id = 2});
    EXPECT_EQ(give({.payload = 40, .id = 3}), GRO_MERGED_FREE);
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(info(0)->gso_segs, 3);
    EXPECT_EQ(out[0]->len, 28U + 240);
    EXPECT_EQ(held(), 0);
}

TEST_F(UdpRules, ALongerDatagramStartsAfresh) {
    give({.payload = 100, .id = 1});
    EXPECT_EQ(give({.payload = 101, .id = 2}), GRO_HELD);
    EXPECT_EQ(out.size(), 1U);
    EXPECT_EQ(held(), 1);
}

// With DF the ids may count up or stay; the second packet decides. Without DF they must count up.
TEST_F(UdpRules, IpIds) {
    give({.id = 7});
    EXPECT_EQ(give({.id = 7}), GRO_MERGED_FREE) << "DF, fixed";
    EXPECT_EQ(give({.id = 7}), GRO_MERGED_FREE);
    EXPECT_EQ(give({.id = 8}), GRO_HELD) << "was fixed";
    flush();
    give({.id = 7});
    EXPECT_EQ(give({.id = 8}), GRO_MERGED_FREE) << "DF, counting";
    EXPECT_EQ(give({.id = 9}), GRO_MERGED_FREE);
    EXPECT_EQ(give({.id = 9}), GRO_HELD) << "was counting";
    flush();
    give({.id = 7, .frag = 0});
    EXPECT_EQ(give({.id = 7, .frag = 0}), GRO_HELD) << "no DF, fixed";
    EXPECT_EQ(give({.id = 8, .frag = 0}), GRO_MERGED_FREE) << "no DF, counting";
}

TEST_F(UdpRules, SixtyFourDatagramsAreEnough) {
    for (u16 i = 0; i < 63; ++i)
        give({.payload = 10, .id = i});
    EXPECT_TRUE(out.empty());
    EXPECT_EQ(give({.payload = 10, .id = 63}), GRO_MERGED_FREE);
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(info(0)->gso_segs, 64);
}

// IPv4's header cannot tell of 65536 bytes: what would reach it is not taken in.
TEST_F(UdpRules, SixtyFourKibiBytesAreTooMuch) {
    for (u16 i = 0; i < 46; ++i)
        EXPECT_NE(give({.payload = 1400, .id = i}), GRO_NORMAL) << i;
    EXPECT_EQ(held(), 1);
    EXPECT_TRUE(out.empty());
    EXPECT_EQ(give({.payload = 1400, .id = 46}), GRO_HELD);
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(out[0]->len, 28U + 46 * 1400);
    EXPECT_EQ(info(0)->gso_segs, 46);
}

// MAX_FRAGS heads become fragments; from there on whole packets hang on the list.
TEST_F(UdpRules, FragmentsFirstThenTheList) {
    for (u16 i = 0; i < 20; ++i)
        give({.id = i});
    flush();
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(info(0)->nr_frags, MAX_SKB_FRAGS);
    ASSERT_NE(info(0)->frag_list, nullptr);
    EXPECT_EQ(out[0]->len, 28U + 20 * 100);
    EXPECT_EQ(skb_linearize(out[0]), 0);
    EXPECT_EQ(out[0]->data[28 + 19 * 100 + 3], 'd');
}

TEST_F(UdpRules, ABufferThatIsNoPageHangsOnTheListWhole) {
    EXPECT_EQ(give(packet_in_slab({.id = 1})), GRO_HELD);
    EXPECT_EQ(give(packet_in_slab({.id = 2})), GRO_MERGED);
    flush();
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(info(0)->nr_frags, 0);
    ASSERT_NE(info(0)->frag_list, nullptr);
    EXPECT_EQ(info(0)->frag_list->len, 100U);
}

TEST_F(UdpRules, TheDevicesWordForTheChecksumIsTaken) {
    sk_buff *skb = packet({.wrong_sum = true});
    skb->ip_summed = CHECKSUM_UNNECESSARY;
    EXPECT_EQ(give(skb), GRO_HELD);
}

TEST_F(UdpRules, WithoutGroNothingIsHeld) {
    dev->features &= ~NETIF_F_GRO;
    EXPECT_EQ(give(Spec{}), GRO_NORMAL);
    dev->features |= NETIF_F_GRO;
    dev->features &= ~NETIF_F_GRO_UDP_FWD;
    EXPECT_EQ(give(Spec{}), GRO_NORMAL) << "nobody asked for UDP";
}

} // namespace
} // namespace skbscope::stack
