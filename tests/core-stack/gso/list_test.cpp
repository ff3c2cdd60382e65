// SPDX-License-Identifier: GPL-2.0-or-later
// What GRO merged whole (rx-gro-list) comes apart as it came; what was changed on the way is changed in all.
#include "super_packet.h"

#include "net/ip.h"

namespace skbscope::stack {
namespace {

class Unmerge : public Supers {
protected:
    Unmerge() { dev->features = (dev->features & ~NETIF_F_GRO_UDP_FWD) | NETIF_F_GRO_FRAGLIST; }
    // Three datagrams, merged; data at the link header, as a device would be given it.
    sk_buff *merged() {
        for (u16 i = 0; i < 3; ++i)
            give(packet(one(i)));
        flush();
        EXPECT_EQ(out.size(), 1U);
        sk_buff *skb = out.back();
        out.pop_back();
        EXPECT_EQ(skb_shinfo(skb)->gso_type, SKB_GSO_FRAGLIST | SKB_GSO_UDP_L4);
        skb_push(skb, ETH_HLEN);
        return skb;
    }
    static Spec one(u16 i) { return {.payload = i < 2 ? 100U : 60U, .id = static_cast<u16>(3 + i)}; }
};

TEST_F(Unmerge, ThePacketsAreWhatTheyWere) {
    recorder.set_on(true);
    sk_buff *skb = merged();
    sk_buff *segs = skb_gso_segment(skb, NETIF_F_SG | NETIF_F_HW_CSUM);
    recorder.set_on(false);
    ASSERT_EQ(segs, skb) << "the whole is the first of them";
    kfree_skb(skb); // the caller's reference
    const auto all = list(segs);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(segs->prev, all[2]);
    for (u16 i = 0; i < 3; ++i) {
        EXPECT_EQ(content(all[i]), bytes(one(i))) << i;
        EXPECT_FALSE(skb_is_gso(all[i]));
        EXPECT_EQ(skb_network_offset(all[i]), 14);
        EXPECT_EQ(skb_transport_offset(all[i]), 34);
    }
    EXPECT_EQ(events(SKBSCOPE_EV_SEGMENT_OF).size(), 2U);
    kfree_skb_list(segs);
}

// A router rewrote address and port of the packet it saw: the others follow, checksums and all.
TEST_F(Unmerge, WhatNatChangedIsChangedInAll) {
    sk_buff *skb = merged();
    Spec nat = one(0);
    nat.saddr = 0x0a0900fe;
    nat.sport = 61000;
    const Bytes want = bytes(nat);
    std::memcpy(skb->data, want.data(), 42);
    sk_buff *segs = skb_gso_segment(skb, NETIF_F_SG);
    ASSERT_FALSE(IS_ERR_OR_NULL(segs));
    kfree_skb(skb);
    const auto all = list(segs);
    ASSERT_EQ(all.size(), 3U);
    for (u16 i = 0; i < 3; ++i) {
        Spec s = one(i);
        s.saddr = nat.saddr;
        s.sport = nat.sport;
        EXPECT_EQ(content(all[i]), bytes(s)) << i;
    }
    kfree_skb_list(segs);
}

// Its first part is no longer one segment: it is put into one buffer and cut like any other.
TEST_F(Unmerge, AChangedGeometryIsCutAnew) {
    sk_buff *skb = merged();
    ASSERT_NE(__pskb_pull_tail(skb, 30), nullptr); // takes bytes from the second
    sk_buff *segs = skb_gso_segment(skb, NETIF_F_SG);
    ASSERT_FALSE(IS_ERR_OR_NULL(segs));
    EXPECT_NE(segs, skb);
    kfree_skb(skb);
    const auto all = list(segs);
    ASSERT_EQ(all.size(), 3U);
    for (u16 i = 0; i < 3; ++i)
        EXPECT_EQ(on_the_wire(all[i]), bytes(one(i))) << i;
    kfree_skb_list(segs);
}

// Somebody else holds the members, too: they are copied, the others' stay as they are.
TEST_F(Unmerge, SharedMembersAreCopied) {
    sk_buff *skb = merged();
    sk_buff *clone = skb_clone(skb, GFP_ATOMIC);
    sk_buff *segs = skb_gso_segment(skb, NETIF_F_SG);
    ASSERT_FALSE(IS_ERR_OR_NULL(segs));
    kfree_skb(skb);
    const auto all = list(segs);
    ASSERT_EQ(all.size(), 3U);
    for (u16 i = 0; i < 3; ++i)
        EXPECT_EQ(content(all[i]), bytes(one(i))) << i;
    kfree_skb_list(segs);
    EXPECT_EQ(clone->len, 14U + 28 + 260);
    EXPECT_EQ(content(clone).size(), clone->len);
    kfree_skb(clone);
}

} // namespace
} // namespace skbscope::stack
