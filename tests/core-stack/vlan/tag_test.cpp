// SPDX-License-Identifier: GPL-2.0-or-later
// VLAN tags: into the packet, out of it, byte by byte. Linux 6.1: net/core/skbuff.c, include/linux/if_vlan.h
#include "../sim/machine_fixture.h"

#include "linux/errno.h"
#include "linux/if_vlan.h"

#include <gmock/gmock.h>

namespace skbscope::stack {
namespace {

using testing::ElementsAreArray;
using bytes = std::vector<u8>;

const bytes addresses = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1};
const be16 q = cpu_to_be16(ETH_P_8021Q), ad = cpu_to_be16(ETH_P_8021AD), ip = cpu_to_be16(ETH_P_IP);

bytes frame_of(std::initializer_list<u8> behind_addresses) {
    bytes f = addresses;
    f.insert(f.end(), behind_addresses);
    return f;
}

class VlanTag : public machine_fixture {
protected:
    // data at the link header, whose end is the network header.
    static sk_buff *packet(const bytes &frame, be16 protocol, int mac_len = ETH_HLEN) {
        sk_buff *skb = alloc_skb(200, GFP_KERNEL);
        skb_reserve(skb, 32);
        skb_put_data(skb, frame.data(), static_cast<unsigned>(frame.size()));
        skb_reset_mac_header(skb);
        skb_set_network_header(skb, mac_len);
        skb_reset_mac_len(skb);
        skb->protocol = protocol;
        return skb;
    }
    // As eth_type_trans() leaves it.
    static sk_buff *received(const bytes &frame) {
        sk_buff *skb = packet(frame, be16{});
        skb->protocol = eth_hdr(skb)->h_proto;
        skb_pull(skb, ETH_HLEN);
        skb_reset_network_header(skb);
        return skb;
    }
    static bytes from_mac(const sk_buff *skb) { return {skb_mac_header(skb), skb_tail_pointer(skb)}; }
};

TEST_F(VlanTag, PushedBesideThenIn) {
    sk_buff *skb = packet(frame_of({0x08, 0x00, 'a', 'b'}), ip);
    EXPECT_EQ(skb_vlan_push(skb, q, 0x6005), 0); // priority 3, id 5
    EXPECT_TRUE(skb_vlan_tag_present(skb));
    EXPECT_EQ(skb_vlan_tag_get_id(skb), 5);
    EXPECT_THAT(from_mac(skb), ElementsAreArray(frame_of({0x08, 0x00, 'a', 'b'})));
    EXPECT_EQ(skb_vlan_push(skb, ad, 7), 0); // the first one goes into the packet
    EXPECT_THAT(from_mac(skb), ElementsAreArray(frame_of({0x81, 0x00, 0x60, 0x05, 0x08, 0x00, 'a', 'b'})));
    EXPECT_EQ(skb->protocol, q);
    EXPECT_EQ(skb->mac_len, 18);
    EXPECT_EQ(skb->vlan_proto, ad);
    EXPECT_EQ(skb->data, skb_mac_header(skb));
    EXPECT_EQ(skb_vlan_pop(skb), 0); // and comes out again
    EXPECT_THAT(from_mac(skb), ElementsAreArray(frame_of({0x08, 0x00, 'a', 'b'})));
    EXPECT_EQ(skb->vlan_proto, q);
    EXPECT_EQ(skb->vlan_tci, 0x6005);
    EXPECT_EQ(skb->protocol, ip);
    EXPECT_EQ(skb_vlan_pop(skb), 0);
    EXPECT_FALSE(skb_vlan_tag_present(skb));
    EXPECT_EQ(skb_vlan_pop(skb), 0) << "there is none: nothing to do";
    kfree_skb(skb);
}

TEST_F(VlanTag, WhereDataMustBe) {
    sk_buff *skb = packet(frame_of({0x08, 0x00, 'a', 'b'}), ip);
    EXPECT_EQ(skb_vlan_push(skb, q, 5), 0);
    skb_pull(skb, ETH_HLEN);
    EXPECT_EQ(skb_vlan_push(skb, q, 6), -EINVAL);
    u16 tci = 0;
    EXPECT_EQ(__skb_vlan_pop(skb, &tci), -EINVAL);
    kfree_skb(skb);
}

// The way in: the tag moves beside the packet, and the link header closes up.
TEST_F(VlanTag, TakenOutOfAReceivedPacket) {
    sk_buff *skb = received(frame_of({0x81, 0x00, 0x20, 0x05, 0x08, 0x00, 0x45, 0}));
    const u8 *network = skb->data + VLAN_HLEN;
    skb = skb_vlan_untag(skb);
    ASSERT_NE(skb, nullptr);
    EXPECT_EQ(skb->vlan_tci, 0x2005);
    EXPECT_EQ(skb->vlan_proto, q);
    EXPECT_EQ(skb->protocol, ip);
    EXPECT_EQ(skb->data, network);
    EXPECT_EQ(skb_network_header(skb), network);
    EXPECT_EQ(skb->mac_len, ETH_HLEN);
    EXPECT_THAT(from_mac(skb), ElementsAreArray(frame_of({0x08, 0x00, 0x45, 0})));
    EXPECT_EQ(skb_vlan_untag(skb), skb) << "one at a time";
    kfree_skb(skb);
}

TEST_F(VlanTag, NotOfAnotherHoldersPacket) {
    sk_buff *skb = received(frame_of({0x81, 0x00, 0x20, 0x05, 0x08, 0x00, 0x45, 0}));
    sk_buff *clone = skb_clone(skb, GFP_KERNEL);
    skb = skb_vlan_untag(skb);
    ASSERT_NE(skb, nullptr);
    EXPECT_THAT(from_mac(clone), ElementsAreArray(frame_of({0x81, 0x00, 0x20, 0x05, 0x08, 0x00, 0x45, 0})));
    EXPECT_NE(skb->head, clone->head) << "a buffer of its own";
    kfree_skb(skb);
    kfree_skb(clone);
}

// The sum over the packet no longer counts the tag.
TEST_F(VlanTag, ACompleteChecksumFollows) {
    sk_buff *skb = received(frame_of({0x81, 0x00, 0x20, 0x05, 0x08, 0x00, 0x45, 0, 1, 2}));
    skb->ip_summed = CHECKSUM_COMPLETE;
    skb->csum = csum_partial(skb->data, skb->len, 0);
    skb = skb_vlan_untag(skb);
    ASSERT_NE(skb, nullptr);
    EXPECT_EQ(csum_fold(skb->csum), csum_fold(csum_partial(skb->data, skb->len, 0)));
    kfree_skb(skb);
}

TEST_F(VlanTag, CutShortItIsGone) {
    traced([] { EXPECT_EQ(skb_vlan_untag(received(frame_of({0x81, 0x00, 0x20, 0x05}))), nullptr); });
    EXPECT_EQ(events(SKBSCOPE_EV_DROP).size(), 1u);
}

TEST_F(VlanTag, ALengthBehindItMeans802_3) {
    sk_buff *skb = received(frame_of({0x81, 0x00, 0x00, 0x05, 0x00, 0x04, 0xaa, 0xaa, 3, 0}));
    skb = skb_vlan_untag(skb);
    EXPECT_EQ(skb->protocol, cpu_to_be16(ETH_P_802_2));
    kfree_skb(skb);
    skb = skb_vlan_untag(received(frame_of({0x81, 0x00, 0x00, 0x05, 0x00, 0x04, 0xff, 0xff, 3, 0})));
    EXPECT_EQ(skb->protocol, cpu_to_be16(ETH_P_802_3)) << "raw IPX";
    kfree_skb(skb);
}

// For a device that cannot: the tag goes in before the packet is sent.
TEST_F(VlanTag, PushedInsideForTheWire) {
    sk_buff *skb = packet(frame_of({0x08, 0x00, 'a', 'b'}), ip);
    __vlan_hwaccel_put_tag(skb, q, 0xe00a);
    skb = __vlan_hwaccel_push_inside(skb);
    ASSERT_NE(skb, nullptr);
    EXPECT_THAT(from_mac(skb), ElementsAreArray(frame_of({0x81, 0x00, 0xe0, 0x0a, 0x08, 0x00, 'a', 'b'})));
    EXPECT_FALSE(skb_vlan_tag_present(skb));
    EXPECT_EQ(skb->protocol, q);
    kfree_skb(skb);
}

TEST_F(VlanTag, TheProtocolBehindThemAll) {
    int depth = 0;
    sk_buff *skb = packet(frame_of({0x88, 0xa8, 0, 7, 0x81, 0x00, 0, 5, 0x08, 0x00, 'a', 'b'}), ad, 22);
    skb->mac_len = 18; // behind the first tag
    EXPECT_EQ(__vlan_get_protocol(skb, skb->protocol, &depth), ip);
    EXPECT_EQ(depth, 22);
    EXPECT_TRUE(skb_vlan_tagged_multi(skb));
    EXPECT_EQ(vlan_features_check(skb, NETIF_F_TSO | NETIF_F_SG), NETIF_F_SG);
    kfree_skb(skb);
    skb = packet(frame_of({0x81, 0x00, 0}), q, 18);
    EXPECT_EQ(vlan_get_protocol(skb), be16{}) << "it ends before";
    EXPECT_FALSE(skb_vlan_tagged_multi(skb));
    kfree_skb(skb);
}

} // namespace
} // namespace skbscope::stack
