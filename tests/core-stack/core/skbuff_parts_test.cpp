// SPDX-License-Identifier: GPL-2.0-or-later
// Who owns which part of a packet: pages and their references, copies of the headers alone, packets that are unshared,
// and what trimming gives back. Linux 6.1: net/core/skbuff.c, include/linux/skbuff.h
#include "packets.h"

#include "linux/bug.h"
#include "linux/skbuff_gso.h"
#include "linux/slab.h"
#include "net/sock.h"

#include <gmock/gmock.h>

namespace skbscope::stack {
namespace {

using testing::ElementsAre;

class Parts : public machine_fixture {
protected:
    // References to the pages of a packet, one a fragment.
    static std::vector<unsigned> page_refs(const sk_buff *skb) {
        std::vector<unsigned> refs;
        for (int i = 0; i < skb_shinfo(skb)->nr_frags; ++i)
            refs.push_back(static_cast<unsigned>(refcount_read(&skb_frag_page(&skb_shinfo(skb)->frags[i])->count)));
        return refs;
    }
};

TEST_F(Parts, AFragmentIsAPageAnOffsetAndALength) {
    page *p = alloc_pages(0);
    skb_frag_t frag{p, 100, 40};
    EXPECT_EQ(skb_frag_page(&frag), p);
    EXPECT_EQ(skb_frag_address(&frag), page_address(p) + 40);
    skb_frag_off_add(&frag, 8);
    skb_frag_size_sub(&frag, 8);
    EXPECT_EQ(skb_frag_off(&frag), 48u);
    EXPECT_EQ(skb_frag_size(&frag), 92u);
    skb_frag_size_add(&frag, 10);
    EXPECT_EQ(skb_frag_size(&frag), 102u);
    skb_frag_size_set(&frag, 1);
    EXPECT_EQ(skb_frag_size(&frag), 1u);
    EXPECT_EQ(sizeof(skb_frag_t), 16u) << "as in the kernel: it decides how large skb_shared_info is";
    put_page(p);
}

// A page is free when its last user lets go of it, not before.
TEST_F(Parts, FragmentsHoldTheirPages) {
    skb_ptr skb = fragmented(10, 2, 100);
    EXPECT_THAT(page_refs(skb.get()), ElementsAre(1, 1));
    skb_frag_ref(skb.get(), 1);
    EXPECT_THAT(page_refs(skb.get()), ElementsAre(1, 2));
    skb_frag_unref(skb.get(), 1);
    EXPECT_THAT(page_refs(skb.get()), ElementsAre(1, 1));
    page *kept = skb_frag_page(&skb_shinfo(skb.get())->frags[0]);
    skb_frag_ref(skb.get(), 0);
    skb.reset();
    EXPECT_EQ(refcount_read(&kept->count), 1);
    EXPECT_EQ(page_address(kept)[100], 10) << "the first byte behind the linear part";
    const u8 *address = page_address(kept);
    put_page(kept);
    page *next = alloc_pages(0); // last in, first out: that very page was given back
    EXPECT_EQ(page_address(next), address);
    put_page(next);
}

// pskb_copy(): headers of one's own, the payload is shared.
TEST_F(Parts, APartialCopyHasItsOwnHeadersAndSharesThePages) {
    const skb_ptr skb = fragmented(40, 2, 300);
    skb_reset_network_header(skb.get());
    skb_shinfo(skb.get())->gso_size = 100;
    skb_shinfo(skb.get())->flags = SKBFL_SHARED_FRAG;
    const skb_ptr copy(pskb_copy(skb.get(), GFP_ATOMIC));
    EXPECT_NE(copy->head, skb->head);
    EXPECT_EQ(skb_headroom(copy.get()), skb_headroom(skb.get()));
    EXPECT_EQ(copy->network_header, skb->network_header);
    EXPECT_EQ(copy->len, 640u);
    EXPECT_EQ(copy->data_len, 600u);
    EXPECT_EQ(copy->truesize, SKB_TRUESIZE(copy->end) + 600) << "pages count by what is used of them";
    EXPECT_EQ(skb_shinfo(copy.get())->gso_size, 100);
    EXPECT_EQ(skb_shinfo(copy.get())->flags, SKBFL_SHARED_FRAG);
    EXPECT_FALSE(skb_cloned(copy.get()));
    EXPECT_THAT(page_refs(skb.get()), ElementsAre(2, 2));
    copy->data[0] = 99;
    EXPECT_EQ(content(skb.get()), counting(640));
    skb_frag_address(&skb_shinfo(skb.get())->frags[0])[0] = 77;
    EXPECT_EQ(content(copy.get())[40], 77) << "the same page";
}

TEST_F(Parts, APartialCopyHoldsTheFragListToo) {
    const skb_ptr skb = filled(16, 40);
    sk_buff *member = filled(0, 100).release();
    skb_shinfo(skb.get())->frag_list = member;
    skb->len += 100;
    skb->data_len += 100;
    skb_ptr copy(pskb_copy(skb.get(), GFP_ATOMIC));
    EXPECT_EQ(skb_shinfo(copy.get())->frag_list, member);
    EXPECT_EQ(refcount_read(&member->users), 2);
    EXPECT_EQ(content(copy.get()), content(skb.get()));
    copy.reset();
    EXPECT_EQ(refcount_read(&member->users), 1);
}

TEST_F(Parts, UnsharingCopiesOnlyWhatIsCloned) {
    sk_buff *skb = filled(16, 40).release();
    EXPECT_EQ(skb_unshare(skb, GFP_ATOMIC), skb) << "its own already";
    const skb_ptr other(skb_clone(skb, GFP_ATOMIC));
    recorder.set_on(true);
    const skb_ptr mine(skb_unshare(skb, GFP_ATOMIC));
    recorder.set_on(false);
    EXPECT_NE(mine->head, other->head);
    EXPECT_FALSE(skb_cloned(mine.get()));
    EXPECT_FALSE(skb_cloned(other.get())) << "the clone is gone: the other has the buffer for itself";
    EXPECT_EQ(atomic_read(&skb_shinfo(other.get())->dataref), 1);
    EXPECT_EQ(content(mine.get()), counting(40));
    EXPECT_EQ(count_calls("skb_copy"), 1u);
    EXPECT_EQ(count_calls("consume_skb"), 1u) << "used, not dropped";
    EXPECT_TRUE(events(SKBSCOPE_EV_DROP).empty());
}

// __pskb_trim() looks only at where the bytes are: the caller knows that the packet is longer.
TEST_F(Parts, TrimmingALinearPacketMovesTheTailOnly) {
    const skb_ptr skb = filled(16, 40);
    const skb_ptr clone(skb_clone(skb.get(), GFP_ATOMIC));
    const u32 truesize = skb->truesize;
    EXPECT_EQ(__pskb_trim(skb.get(), 10), 0);
    EXPECT_EQ(skb->len, 10u);
    EXPECT_EQ(skb->tail, 26u);
    EXPECT_EQ(skb->truesize, truesize);
    EXPECT_EQ(skb->head, clone->head) << "nothing is written: the buffer may stay shared";
    EXPECT_EQ(content(clone.get()), counting(40));
}

TEST_F(Parts, TrimmingGivesPagesBack) {
    const skb_ptr skb = fragmented(40, 3, 900); // more than would fit into the head: skb_condense() leaves it there
    const skb_ptr clone(skb_clone(skb.get(), GFP_ATOMIC));
    EXPECT_EQ(__pskb_trim(skb.get(), 1000), 0);
    EXPECT_NE(skb->head, clone->head) << "the list of fragments was shared: it got one of its own first";
    EXPECT_EQ(skb_shinfo(skb.get())->nr_frags, 2);
    EXPECT_EQ(skb->data_len, 960u);
    EXPECT_EQ(skb_frag_size(&skb_shinfo(skb.get())->frags[1]), 60u);
    EXPECT_THAT(page_refs(clone.get()), ElementsAre(2, 2, 1)) << "the third is the clone's alone";
    EXPECT_EQ(content(clone.get()), counting(2740));
    EXPECT_EQ(__pskb_trim(skb.get(), 40), 0);
    EXPECT_THAT(page_refs(clone.get()), ElementsAre(1, 1, 1));
    EXPECT_EQ(skb->truesize, SKB_TRUESIZE(skb->end)) << "all of it is known now (skb_condense())";
}

TEST_F(Parts, TrimmingChargesTheOwnerAsBefore) {
    const skb_ptr skb = fragmented(40, 3, 500);
    sock owner;
    skb->sk = &owner;
    const u32 truesize = skb->truesize;
    EXPECT_EQ(__pskb_trim(skb.get(), 40), 0);
    EXPECT_EQ(skb->truesize, truesize) << "it was charged for the whole";
    skb->sk = nullptr;
}

TEST_F(Parts, AnOrphanIsNobodysAndTheOwnerHears) {
    static int heard;
    heard = 0;
    const skb_ptr skb = filled(16, 40);
    sock owner;
    skb->sk = &owner;
    skb->destructor = [](sk_buff *s) {
        EXPECT_NE(s->sk, nullptr) << "whose it was can still be seen";
        ++heard;
    };
    skb_orphan(skb.get());
    skb_orphan(skb.get());
    EXPECT_EQ(heard, 1);
    EXPECT_EQ(skb->sk, nullptr);
    EXPECT_EQ(skb->destructor, nullptr);
}

TEST_F(Parts, ABufferBecomesAPacket) {
    const skb_ptr whole(build_skb(kmalloc(1024), 0));
    EXPECT_EQ(whole->end, 1024 - SKB_SHINFO_SIZE) << "of kmalloc()'s size, whatever was asked for";
    EXPECT_FALSE(whole->head_frag);
    EXPECT_EQ(whole->truesize, SKB_TRUESIZE(whole->end));
    EXPECT_EQ(skb_headroom(whole.get()), 0u);
    EXPECT_EQ(whole->len, 0u);
    page *p = alloc_pages(0);
    get_page(p);
    skb_ptr part(build_skb(page_address(p) + 1024, 2048));
    EXPECT_TRUE(part->head_frag) << "a part of a page";
    EXPECT_EQ(part->end, 2048 - SKB_SHINFO_SIZE);
    part.reset();
    EXPECT_EQ(refcount_read(&p->count), 1) << "it held the page";
    put_page(p);
    const skb_ptr rx(netdev_alloc_skb(nullptr, 100));
    EXPECT_EQ(skb_headroom(rx.get()), NET_SKB_PAD);
    EXPECT_GE(skb_tailroom(rx.get()), 100);
}

// skb_segment(): the payload behind data, with what is before it in front of each piece.
TEST_F(Parts, APacketIsCutBehindItsHeaders) {
    for (const netdev_features_t features : {netdev_features_t{0}, NETIF_F_SG}) {
        const skb_ptr skb = fragmented(54, 2, 100);
        skb_reset_mac_header(skb.get());
        skb_set_network_header(skb.get(), 14);
        skb_set_transport_header(skb.get(), 34);
        skb->protocol = cpu_to_be16(ETH_P_IP);
        SKB_GSO_CB(skb.get())->mac_offset = skb->mac_header;
        skb_shinfo(skb.get())->gso_size = 90;
        skb_pull(skb.get(), 34);
        sk_buff *segs = skb_segment(skb.get(), features);
        ASSERT_FALSE(IS_ERR(segs));
        unsigned at = 34;
        for (const sk_buff *seg = segs; seg; seg = seg->next) {
            auto want = counting(34);
            for (unsigned i = 0; i < 90 && at < 254; ++i, ++at)
                want.push_back(static_cast<u8>(at));
            EXPECT_EQ(content(seg), want);
            EXPECT_EQ(skb_is_nonlinear(seg), features != 0) << "pages are shared where the device gathers";
        }
        EXPECT_EQ(at, 254u);
        kfree_skb_list(segs);
    }
}

// skb_split(): every place where a packet can be cut.
TEST_F(Parts, OnePacketBecomesTwo) {
    for (u32 at = 0; at <= 340; at += 10) {
        const skb_ptr skb = fragmented(40, 3, 100);
        const skb_ptr rest(alloc_skb(skb_headlen(skb.get()), GFP_ATOMIC));
        skb_split(skb.get(), rest.get(), at);
        EXPECT_EQ(content(skb.get()), counting(at)) << at;
        EXPECT_EQ(content(rest.get()), counting(340 - at, static_cast<u8>(at))) << at;
        const bool inside = at > 40 && (at - 40) % 100 != 0; // a page, that both have
        EXPECT_EQ(skb_shinfo(skb.get())->nr_frags + skb_shinfo(rest.get())->nr_frags, inside ? 4 : 3) << at;
        EXPECT_EQ(skb_headlen(rest.get()), at < 40 ? 40 - at : 0) << at;
        EXPECT_TRUE(!inside || page_refs(rest.get()).front() == 2) << at;
    }
}

} // namespace
} // namespace skbscope::stack
