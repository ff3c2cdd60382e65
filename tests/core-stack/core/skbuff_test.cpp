// SPDX-License-Identifier: GPL-2.0-or-later
#include "packets.h"

#include "linux/bug.h"
#include "linux/slab.h"

#include <cstring>
#include <gmock/gmock.h>
#include <random>

namespace skbscope::stack {
namespace {

TEST_F(Skb, StartsEmptyWithAllRoomBehind) {
    const skb_ptr skb(alloc_skb(100, GFP_KERNEL));
    EXPECT_EQ(skb->len, 0u);
    EXPECT_EQ(skb_headroom(skb.get()), 0u);
    EXPECT_EQ(skb_tailroom(skb.get()), 192);
    EXPECT_FALSE(skb_mac_header_was_set(skb.get()));
    EXPECT_FALSE(skb_transport_header_was_set(skb.get()));
    EXPECT_FALSE(skb_cloned(skb.get()));
    EXPECT_FALSE(skb_shared(skb.get()));
}

TEST_F(Skb, OverAndUnderrunsAreCaught) {
    const skb_ptr skb = filled(16, 20, 100);
    const auto tailroom = static_cast<unsigned>(skb_tailroom(skb.get()));
    using testing::HasSubstr, testing::ThrowsMessage;
    EXPECT_THAT([&] { skb_put(skb.get(), tailroom + 1); }, ThrowsMessage<kernel_panic>(HasSubstr("skb_over_panic")));
    EXPECT_THAT([&] { skb_push(skb.get(), 17); }, ThrowsMessage<kernel_panic>(HasSubstr("skb_under_panic")));
    EXPECT_EQ(skb_pull(skb.get(), 21), nullptr);
    EXPECT_NE(skb_push(skb.get(), 16), nullptr);
    EXPECT_EQ(skb->len, 36u);
    EXPECT_NE(skb_put(skb.get(), tailroom), nullptr);
    EXPECT_EQ(skb_tailroom(skb.get()), 0);
}

// Any sequence of operations moves data and tail as a plain array says; each done forward and back is nothing done.
TEST_F(Skb, MovesDataAndTailLikeAPlainArray) {
    std::mt19937 random(1);
    for (int round = 0; round < 200; ++round) {
        const skb_ptr owner = filled(64, 40, 200);
        sk_buff *skb = owner.get();
        std::size_t begin = 64, end = 104; // of the model's array
        std::vector<u8> array(skb->end);
        std::memcpy(array.data(), skb->head, skb->end);
        for (int step = 0; step < 50; ++step) {
            const auto n = static_cast<unsigned>(random() % 40);
            switch (random() % 5) {
            case 0:
                if (end + n > array.size()) break;
                skb_put(skb, n);
                end += n;
                break;
            case 1:
                if (n > begin) break;
                skb_push(skb, n);
                begin -= n;
                break;
            case 2:
                if (n > end - begin) break;
                ASSERT_NE(skb_pull(skb, n), nullptr);
                begin += n;
                break;
            case 3:
                skb_trim(skb, n);
                if (n < end - begin) end = begin + n;
                break;
            default: {
                const u8 *data = skb->data;
                const u32 len = skb->len;
                if (n <= begin) {
                    skb_push(skb, n);
                    skb_pull(skb, n);
                }
                ASSERT_EQ(skb->data, data);
                ASSERT_EQ(skb->len, len);
            }
            }
            ASSERT_EQ(skb_headroom(skb), begin);
            ASSERT_EQ(skb->tail, end);
            ASSERT_EQ(skb->len, end - begin);
            ASSERT_EQ(std::memcmp(skb->head, array.data(), array.size()), 0);
        }
    }
}

TEST_F(Skb, HeaderOffsetsCountFromHead) {
    const skb_ptr skb = filled(30, 60);
    skb_reset_mac_header(skb.get());
    skb_set_network_header(skb.get(), 14);
    skb_set_transport_header(skb.get(), 34);
    EXPECT_EQ(skb->mac_header, 30);
    EXPECT_EQ(skb->network_header, 44);
    EXPECT_EQ(skb_network_header_len(skb.get()), 20u);
    skb_pull(skb.get(), 14);
    EXPECT_EQ(skb_mac_offset(skb.get()), -14);
    EXPECT_EQ(skb_network_offset(skb.get()), 0);
    skb_reset_mac_len(skb.get());
    EXPECT_EQ(skb->mac_len, 14);
}

TEST_F(Skb, ACloneSharesTheBufferACopyDoesNot) {
    const skb_ptr skb = filled(16, 40);
    skb->protocol = cpu_to_be16(0x0800);
    const skb_ptr clone(skb_clone(skb.get(), GFP_KERNEL));
    EXPECT_EQ(clone->head, skb->head);
    EXPECT_TRUE(skb_cloned(skb.get()));
    EXPECT_TRUE(skb_cloned(clone.get()));
    EXPECT_EQ(atomic_read(&skb_shinfo(skb.get())->dataref), 2);
    EXPECT_EQ(clone->truesize, skb->truesize);
    const skb_ptr copy(skb_copy(skb.get(), GFP_KERNEL));
    EXPECT_NE(copy->head, skb->head);
    EXPECT_FALSE(skb_cloned(copy.get()));
    EXPECT_EQ(content(copy.get()), content(skb.get()));
    EXPECT_EQ(copy->protocol, cpu_to_be16(0x0800));
}

TEST_F(Skb, TheBufferDiesWithItsLastClone) {
    sk_buff *skb = filled(16, 40).release();
    u8 *head = skb->head;
    sk_buff *clone = skb_clone(skb, GFP_KERNEL);
    kfree_skb(skb);
    EXPECT_EQ(content(clone), counting(40));
    EXPECT_FALSE(skb_cloned(clone));
    kfree_skb(clone);
    // last in, first out: the next buffer of the size is the same one
    const skb_ptr next = filled(16, 40);
    EXPECT_EQ(next->head, head);
}

TEST_F(Skb, AFastCloneStandsBesideItsOriginal) {
    sk_buff *skb = alloc_skb_fclone(100, GFP_KERNEL);
    sk_buff *clone = skb_clone(skb, GFP_KERNEL);
    EXPECT_EQ(clone, skb + 1);
    sk_buff *second = skb_clone(skb, GFP_KERNEL); // the place is taken
    EXPECT_NE(second, skb + 1);
    kfree_skb(skb);
    kfree_skb(clone);
    kfree_skb(second);
    EXPECT_EQ(alloc_skb_fclone(100, GFP_KERNEL), skb);
    kfree_skb(skb);
}

TEST_F(Skb, ReferencesAreCounted) {
    sk_buff *skb = filled(0, 10).release();
    (void)skb_get(skb);
    EXPECT_TRUE(skb_shared(skb));
    kfree_skb(skb);
    EXPECT_FALSE(skb_shared(skb));
    sk_buff *mine = skb_share_check(skb_get(skb), GFP_KERNEL);
    EXPECT_NE(mine, skb); // a shared one is cloned
    kfree_skb(mine);
    mine = skb_share_check(skb, GFP_KERNEL);
    EXPECT_EQ(mine, skb);
    kfree_skb(skb);
}

TEST_F(Skb, ExpandingTheHeadKeepsContentAndOffsets) {
    const skb_ptr skb = filled(16, 40, 100);
    skb_reset_network_header(skb.get());
    skb_set_transport_header(skb.get(), 20);
    const u32 end = skb->end, truesize = skb->truesize;
    ASSERT_EQ(pskb_expand_head(skb.get(), 200, 300, GFP_KERNEL), 0);
    EXPECT_EQ(skb_headroom(skb.get()), 216u);
    EXPECT_EQ(skb->network_header, 216);
    EXPECT_EQ(skb->transport_header, 236);
    EXPECT_GE(skb->end, end + 500);
    EXPECT_EQ(skb->truesize, truesize + skb->end - end);
    EXPECT_EQ(content(skb.get()), counting(40));
}

TEST_F(Skb, ExpandingACloneLeavesTheOthersAlone) {
    const skb_ptr skb = fragmented(40, 2, 300);
    const skb_ptr clone(skb_clone(skb.get(), GFP_KERNEL));
    ASSERT_FALSE(skb_unclone(clone.get(), GFP_KERNEL));
    EXPECT_NE(clone->head, skb->head);
    EXPECT_FALSE(skb_cloned(skb.get()));
    clone->data[0] = 99;
    EXPECT_EQ(content(skb.get()), counting(640));
    EXPECT_EQ(clone->len, 640u);
}

TEST_F(Skb, CowMakesRoomOnlyWhenThereIsNone) {
    const skb_ptr skb = filled(16, 40);
    u8 *head = skb->head;
    EXPECT_EQ(skb_cow(skb.get(), 16), 0);
    EXPECT_EQ(skb->head, head);
    EXPECT_EQ(skb_cow_head(skb.get(), 17), 0);
    EXPECT_NE(skb->head, head);
    EXPECT_GE(skb_headroom(skb.get()), 17u);
    EXPECT_EQ(content(skb.get()), counting(40));
}

TEST_F(Skb, FragmentsCountInLenNotInTheLinearPart) {
    const skb_ptr skb = fragmented(40, 3, 500);
    EXPECT_EQ(skb->len, 1540u);
    EXPECT_EQ(skb->data_len, 1500u);
    EXPECT_EQ(skb_headlen(skb.get()), 40u);
    EXPECT_EQ(skb_tailroom(skb.get()), 0);
    EXPECT_THROW(skb_put(skb.get(), 1), kernel_panic);
    EXPECT_EQ(content(skb.get()), counting(1540));
    u8 buffer[8];
    EXPECT_EQ(skb_header_pointer(skb.get(), 10, 8, buffer), skb->data + 10);
    EXPECT_EQ(skb_header_pointer(skb.get(), 36, 8, buffer), buffer);
    EXPECT_EQ(buffer[7], 43);
    EXPECT_EQ(skb_header_pointer(skb.get(), 1536, 8, buffer), nullptr);
    EXPECT_EQ(skb_copy_bits(skb.get(), 1540, buffer, 1), -EFAULT);
}

TEST_F(Skb, PullingTheTailMakesItLinear) {
    for (const unsigned want : {41U, 540U, 541U, 1039U, 1540U}) {
        const skb_ptr skb = fragmented(40, 3, 500);
        ASSERT_TRUE(pskb_may_pull(skb.get(), want));
        EXPECT_GE(skb_headlen(skb.get()), want);
        EXPECT_EQ(content(skb.get()), counting(1540)) << want;
        EXPECT_FALSE(pskb_may_pull(skb.get(), 1541));
    }
    const skb_ptr skb = fragmented(40, 3, 500);
    ASSERT_EQ(skb_linearize(skb.get()), 0);
    EXPECT_FALSE(skb_is_nonlinear(skb.get()));
    EXPECT_EQ(skb_shinfo(skb.get())->nr_frags, 0);
}

TEST_F(Skb, AFragListIsReadAndPulledLikeTheRest) {
    const auto build = [] {
        skb_ptr skb = filled(16, 40);
        for (int i = 0; i < 3; ++i) {
            sk_buff *frag = filled(0, 0).release();
            auto *p = static_cast<u8 *>(skb_put(frag, 100));
            std::iota(p, p + 100, static_cast<u8>(40 + 100 * i));
            sk_buff **at = &skb_shinfo(skb.get())->frag_list;
            while (*at)
                at = &(*at)->next;
            *at = frag;
            skb->len += 100;
            skb->data_len += 100;
        }
        return skb;
    };
    EXPECT_EQ(content(build().get()), counting(340));
    for (const unsigned want : {41U, 140U, 141U, 299U, 340U}) {
        const skb_ptr skb = build();
        ASSERT_TRUE(pskb_may_pull(skb.get(), want)) << want;
        EXPECT_EQ(content(skb.get()), counting(340)) << want;
    }
}

TEST_F(Skb, TrimmingReachesIntoTheFragments) {
    for (const unsigned len : {1540U, 1200U, 1040U, 600U, 540U, 41U, 40U, 20U, 0U}) {
        const skb_ptr skb = fragmented(40, 3, 500);
        ASSERT_EQ(pskb_trim(skb.get(), len), 0);
        EXPECT_EQ(skb->len, len);
        EXPECT_EQ(content(skb.get()), counting(len)) << len;
    }
}

TEST_F(Skb, StoringBitsReachesEverywhere) {
    const skb_ptr skb = fragmented(40, 2, 100);
    const std::vector<u8> ones(120, 1);
    ASSERT_EQ(skb_store_bits(skb.get(), 30, ones.data(), 120), 0);
    auto expected = counting(240);
    std::fill_n(expected.begin() + 30, 120, u8{1});
    EXPECT_EQ(content(skb.get()), expected);
    EXPECT_EQ(skb_store_bits(skb.get(), 200, ones.data(), 41), -EFAULT);
}

TEST_F(Skb, PutPadFillsUpWithZeros) {
    const skb_ptr skb = filled(16, 40);
    ASSERT_EQ(skb_put_padto(skb.get(), 60), 0);
    auto expected = counting(40);
    expected.resize(60);
    EXPECT_EQ(content(skb.get()), expected);
    ASSERT_EQ(skb_put_padto(skb.get(), 50), 0);
    EXPECT_EQ(skb->len, 60u);
}

TEST_F(Skb, CoalescingAppendsWithoutLosingAByte) {
    const skb_ptr to = filled(0, 10, 100);
    sk_buff *from = filled(0, 5).release();
    bool stolen = true;
    int delta = -1;
    ASSERT_TRUE(skb_try_coalesce(to.get(), from, &stolen, &delta));
    EXPECT_FALSE(stolen);
    EXPECT_EQ(delta, 0);
    EXPECT_EQ(to->len, 15u);
    kfree_skb_partial(from, stolen);
    const skb_ptr big = fragmented(10, 1, 100);
    sk_buff *pages = fragmented(0, 2, 100).release();
    ASSERT_TRUE(skb_try_coalesce(big.get(), pages, &stolen, &delta));
    kfree_skb_partial(pages, stolen);
    EXPECT_EQ(big->len, 310u);
    EXPECT_EQ(skb_shinfo(big.get())->nr_frags, 3);
}

TEST_F(Skb, ScrubbingForgetsWhatMustNotCross) {
    const skb_ptr skb = filled(0, 10);
    skb->pkt_type = PACKET_OTHERHOST;
    skb->mark = 7;
    skb->skb_iif = 3;
    skb->tstamp = 5;
    skb_scrub_packet(skb.get(), false);
    EXPECT_EQ(skb->pkt_type, PACKET_HOST);
    EXPECT_EQ(skb->skb_iif, 0);
    EXPECT_EQ(skb->mark, 7u); // the same namespace may keep it
    skb_scrub_packet(skb.get(), true);
    EXPECT_EQ(skb->mark, 0u);
    EXPECT_EQ(skb->tstamp, 0);
}

TEST_F(Skb, WithFragsAllocatesPagesForTheRest) {
    int err = 0;
    const skb_ptr skb(alloc_skb_with_frags(100, 10000, 0, &err, GFP_KERNEL));
    ASSERT_TRUE(skb);
    EXPECT_EQ(skb_shinfo(skb.get())->nr_frags, 3);
    EXPECT_EQ(skb_frag_size(&skb_shinfo(skb.get())->frags[2]), 10000u - 8192);
    EXPECT_EQ(skb->truesize, SKB_TRUESIZE(192u) + 3 * PAGE_SIZE);
    EXPECT_EQ(alloc_skb_with_frags(100, 18 * PAGE_SIZE, 0, &err, GFP_KERNEL), nullptr);
    EXPECT_EQ(err, -EMSGSIZE);
}

TEST_F(Skb, NetdevBuffersOfMediumSizeComeFromAPage) {
    const skb_ptr small(__netdev_alloc_skb(nullptr, 100, GFP_ATOMIC));
    EXPECT_FALSE(small->head_frag);
    EXPECT_EQ(skb_headroom(small.get()), NET_SKB_PAD);
    std::vector<skb_ptr> many;
    for (int i = 0; i < 40; ++i) { // more than one page's worth
        many.emplace_back(__netdev_alloc_skb(nullptr, 1500, GFP_ATOMIC));
        EXPECT_TRUE(many.back()->head_frag);
        std::memset(skb_put(many.back().get(), 1500), i, 1500);
    }
    for (int i = 0; i < 40; ++i)
        EXPECT_EQ(many[static_cast<std::size_t>(i)]->data[1499], i);
}

} // namespace
} // namespace skbscope::stack
