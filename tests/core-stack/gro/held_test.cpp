// SPDX-License-Identifier: GPL-2.0-or-later
// How long GRO holds packets, how many, and what the trace says. Linux 6.1: net/core/gro.c
#include "../sim/entered.h"
#include "gro_frames.h"

namespace skbscope::stack {
namespace {

class GroHeld : public GroFrames {};

// The ninth flow of a bucket pushes its oldest packet out.
TEST_F(GroHeld, EightPacketsABucket) {
    for (u16 i = 0; i < 8; ++i)
        EXPECT_EQ(give({.sport = static_cast<u16>(5000 + i)}), GRO_HELD);
    EXPECT_EQ(held(), 8);
    EXPECT_TRUE(out.empty());
    EXPECT_EQ(give({.sport = 5008}), GRO_HELD);
    EXPECT_EQ(held(), 8);
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(be16_to_cpu(reinterpret_cast<udphdr *>(out[0]->data + 20)->source), 5000);
    EXPECT_EQ(give({.hash = 0x11110004}), GRO_HELD);
    EXPECT_EQ(out.size(), 1U) << "another bucket has room";
    EXPECT_EQ(napi.gro_bitmask, 1UL << 3 | 1UL << 4);
}

// flush_old leaves what came in this jiffy.
TEST_F(GroHeld, AgesAreCountedInJiffies) {
    give({.sport = 1});
    m.run_idle_until(m.now_ns() + TICK_NSEC);
    give({.sport = 2});
    flush(true);
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(held(), 1);
    flush(true);
    EXPECT_EQ(held(), 1);
    m.run_idle_until(m.now_ns() + TICK_NSEC);
    flush(true);
    EXPECT_EQ(held(), 0);
    EXPECT_EQ(out.size(), 2U);
}

// A pair that merges, layer by layer, and its way up as one packet.
TEST_F(GroHeld, ThePathOfAPair) {
    recorder.set_on(true);
    give({.id = 1});
    give({.id = 2});
    flush();
    recorder.set_on(false);
    expect_in_order(calls(), {"napi_gro_receive",
                              "dev_gro_receive",
                              "inet_gro_receive",
                              "udp4_gro_receive",
                              "udp_gro_receive",
                              "napi_skb_finish", // held
                              "napi_gro_receive",
                              "dev_gro_receive",
                              "inet_gro_receive", //
                              "udp4_gro_receive",
                              "udp_gro_receive",
                              "skb_gro_receive", //
                              "napi_skb_finish", // merged
                              "napi_gro_flush",
                              "napi_gro_complete",
                              "inet_gro_complete", //
                              "udp4_gro_complete",
                              "gro_normal_one",
                              "gro_normal_list", //
                              "netif_receive_skb_list_internal",
                              "__netif_receive_skb_list_core"});
    ASSERT_EQ(out.size(), 1U);
}

TEST_F(GroHeld, MergingIsInTheTrace) {
    recorder.set_on(true);
    give({.id = 1});
    give({.id = 2});
    recorder.set_on(false);
    const auto merged = events(SKBSCOPE_EV_MERGED_INTO);
    ASSERT_EQ(merged.size(), 1U);
    EXPECT_NE(merged[0].packet, merged[0].lineage.other_packet);
    EXPECT_EQ(merged[0].lineage.index, 1U);
    EXPECT_EQ(count_calls("skb_gro_receive"), 1U);
    EXPECT_EQ(count_calls("napi_skb_free_stolen_head"), 1U);
}

TEST_F(GroHeld, DeletingTheSourceFreesWhatItHolds) {
    give({.sport = 1});
    give({.sport = 2});
    __netif_napi_del(&napi);
    EXPECT_EQ(held(), 0);
    EXPECT_EQ(napi.gro_bitmask, 0UL);
    EXPECT_TRUE(out.empty()) << "freed, not passed on";
}

// Batches: gro_normal_batch packets go up together; a merged one counts as many as it holds.
TEST_F(GroHeld, PassedOnInBatches) {
    net_core_sysctl().gro_normal_batch = 4;
    for (int i = 0; i < 3; ++i)
        give({.payload = 0});
    EXPECT_TRUE(out.empty());
    EXPECT_EQ(napi.rx_count, 3);
    give({.payload = 0});
    EXPECT_EQ(out.size(), 4U);
    EXPECT_EQ(napi.rx_count, 0);
    for (u16 i = 0; i < 4; ++i)
        give({.id = i});
    flush();
    EXPECT_EQ(out.size(), 5U) << "four datagrams in one packet fill the batch";
}

// A driver that hands over pages: headers are read in place, and copied only for the packet that stays.
TEST_F(GroHeld, PagesAreParsedInPlace) {
    local_bh_disable();
    for (u16 i = 1; i <= 3; ++i) {
        sk_buff *skb = napi_get_frags(&napi);
        page *p = alloc_pages(0);
        const std::vector<u8> f = bytes({.payload = 200, .id = i});
        std::memcpy(page_address(p), f.data(), f.size());
        skb_add_rx_frag(skb, 0, p, 0, static_cast<int>(f.size()), PAGE_SIZE);
        skb->hash = Spec{}.hash;
        EXPECT_EQ(napi_gro_frags(&napi), i == 1 ? GRO_HELD : GRO_MERGED_FREE);
    }
    EXPECT_NE(napi.skb, nullptr) << "the merged one's sk_buff serves again";
    napi_gro_flush(&napi, false);
    local_bh_enable();
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(skb_headlen(out[0]), 28U) << "headers linear, payload in pages";
    EXPECT_EQ(info(0)->nr_frags, 3);
    EXPECT_EQ(out[0]->len, 28U + 600);
}

} // namespace

namespace {

// rx-gro-list: every packet stays whole on the list, to be forwarded as it came.
class GroList : public GroFrames {
protected:
    GroList() : GroFrames(NETIF_F_GRO_FRAGLIST) {}
};

TEST_F(GroList, PacketsKeepTheirOwnHeaders) {
    EXPECT_EQ(give({.id = 1}), GRO_HELD);
    EXPECT_EQ(give({.id = 2}), GRO_MERGED);
    flush();
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(info(0)->gso_type, SKB_GSO_FRAGLIST | SKB_GSO_UDP_L4);
    EXPECT_EQ(info(0)->gso_segs, 2);
    sk_buff *second = info(0)->frag_list;
    ASSERT_NE(second, nullptr);
    EXPECT_EQ(second->len, 100U);
    EXPECT_EQ(be16_to_cpu(ip_hdr(second)->id), 2);
    EXPECT_EQ(out[0]->ip_summed, CHECKSUM_UNNECESSARY);
}

TEST_F(GroList, DifferentlyCheckedPacketsDoNotMix) {
    give({.id = 1});
    sk_buff *skb = packet({.id = 2});
    skb->ip_summed = CHECKSUM_UNNECESSARY;
    skb->csum_level = 1;
    EXPECT_EQ(give(skb), GRO_NORMAL);
}

} // namespace
} // namespace skbscope::stack
