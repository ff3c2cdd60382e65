// SPDX-License-Identifier: GPL-2.0-or-later
// VLAN devices: packets through them, what they take over from the real device, and what they do when something
// happens to it. Linux 6.1: net/8021q
#include "vlan_hosts.h"

#include "net/8021q/vlan.h"
#include "net/core/dev_internal.h"

#include <gmock/gmock.h>

namespace skbscope::stack {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;

class VlanDevice : public VlanHosts {};

TEST_F(VlanDevice, TakesOverFromTheRealOne) {
    EXPECT_TRUE(is_vlan_dev(va5));
    EXPECT_EQ(vlan_dev_real_dev(va5), va);
    EXPECT_EQ(vlan_dev_vlan_id(va5), 5);
    EXPECT_EQ(va5->mtu, va->mtu);
    EXPECT_EQ(va5->hard_header_len, va->hard_header_len);
    EXPECT_EQ(va5->needed_headroom, va->needed_headroom + 4);
    EXPECT_EQ(va5->addr_assign_type, NET_ADDR_STOLEN);
    EXPECT_TRUE(ether_addr_equal(va5->dev_addr, va->dev_addr));
    EXPECT_TRUE(is_broadcast_ether_addr(va5->broadcast));
    EXPECT_EQ(dev_get_iflink(va5), va->ifindex);
    EXPECT_TRUE(netdev_has_upper_dev(va, va5));
    EXPECT_TRUE(va5->features & NETIF_F_HW_CSUM);
    EXPECT_TRUE(netif_carrier_ok(va5));
}

TEST_F(VlanDevice, WhatCannotBe) {
    EXPECT_EQ(link_add_vlan(a, "va", "again", 5), -EEXIST);
    EXPECT_EQ(link_add_vlan(a, "va", "va.5", 6), -EEXIST) << "the name is taken";
    EXPECT_EQ(vlan_find_dev(va, cpu_to_be16(ETH_P_8021Q), 6), nullptr) << "nothing is left behind";
    EXPECT_EQ(link_add_vlan(a, "va", "va.4095", 4095), -ERANGE);
    EXPECT_EQ(link_add_vlan(a, "lo", "lo.5", 5), -EOPNOTSUPP);
    EXPECT_EQ(link_add_vlan(a, "nosuch", "x.5", 5), -ENODEV);
    EXPECT_EQ(link_add_vlan(a, "va", "a_name_that_is_too_long", 6), -EINVAL);
    EXPECT_EQ(link_add_vlan(a, "va", "va.0", 0), 0);
    EXPECT_EQ(link_add_vlan(a, "va", "va.4094", 4094), 0);
}

// Two devices on the way out, two rounds on the way in. The veth pair carries the tag beside the packet.
TEST_F(VlanDevice, ADatagramCrosses) {
    const Received got = through();
    EXPECT_EQ(got.result, 12);
    EXPECT_EQ(got.from.sin_addr, vlan_a);
    expect_order({"udp_sendmsg", "ip_finish_output2", "neigh_connected_output", "vlan_dev_hard_header", "eth_header",
                  "__dev_queue_xmit", "vlan_dev_hard_start_xmit", "__dev_queue_xmit", "validate_xmit_skb", "veth_xmit",
                  "__netif_receive_skb_core", "vlan_do_receive", "ip_rcv", "udp_rcv"});
    const auto all = calls();
    EXPECT_EQ(std::count(all.begin(), all.end(), "__netif_receive_skb_core"), 1);
    EXPECT_EQ(std::count(all.begin(), all.end(), "__vlan_hwaccel_push_inside"), 0);
    EXPECT_EQ(std::count(all.begin(), all.end(), "skb_vlan_untag"), 0);
    const net_device_stats out = dev_get_stats(va5), in = dev_get_stats(vb5);
    EXPECT_EQ(out.tx_packets, 1u);
    EXPECT_EQ(out.tx_bytes, 54u);
    EXPECT_EQ(in.rx_packets, 1u);
    EXPECT_EQ(in.rx_bytes, 40u);
    EXPECT_EQ(dev_get_stats(vb).rx_packets, 1u);
}

// `ethtool -K va txvlan off`: the tag goes into the packet, and comes out at the other end.
TEST_F(VlanDevice, WithoutTheDevicesHelpTheTagIsInThePacket) {
    EXPECT_EQ(device_feature(a, "va", "txvlan", false), 0);
    EXPECT_EQ(through().result, 12);
    expect_order({"vlan_dev_hard_start_xmit", "validate_xmit_vlan", "__vlan_hwaccel_push_inside", "vlan_insert_tag",
                  "veth_xmit", "__netif_receive_skb_core", "skb_vlan_untag", "vlan_do_receive", "udp_rcv"});
}

// REORDER_HDR off: the user wants to see the tag. It stands in the header from the start.
TEST_F(VlanDevice, TheTagMayStayInThePacket) {
    static std::vector<u8> seen;
    seen.clear();
    EXPECT_EQ(vlan_dev_change_flags(va5, 0, VLAN_FLAG_REORDER_HDR), 0);
    EXPECT_EQ(vlan_dev_change_flags(vb5, 0, VLAN_FLAG_REORDER_HDR), 0);
    EXPECT_EQ(vlan_dev_change_flags(vb5, 0, 0x100), -EINVAL);
    packet_type tap;
    tap.type = cpu_to_be16(ETH_P_ALL);
    tap.dev = vb5;
    tap.func = [](sk_buff *skb, net_device *, packet_type *, net_device *) {
        seen.assign(skb_mac_header(skb), skb->data + 20);
        kfree_skb(skb);
        return NET_RX_SUCCESS;
    };
    dev_add_pack(&tap);
    EXPECT_EQ(through().result, 12);
    dev_remove_pack(&tap);
    expect_order({"vlan_dev_hard_header", "vlan_dev_hard_start_xmit", "__skb_vlan_pop", "veth_xmit", "vlan_do_receive",
                  "vlan_insert_inner_tag", "udp_rcv"});
    const std::vector<u8> start = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x81, 0x00, 0x00, 0x05, 0x08, 0x00, 0x45};
    ASSERT_EQ(seen.size(), 38u);
    EXPECT_THAT(std::vector<u8>(seen.begin(), seen.begin() + 19), ElementsAreArray(start));
}

TEST_F(VlanDevice, PrioritiesAreMapped) {
    static u32 priority;
    vlan_dev_set_ingress_priority(vb5, 40, 3);
    EXPECT_EQ(vlan_dev_set_egress_priority(va5, 0, 3), 0);
    packet_type tap;
    tap.type = cpu_to_be16(ETH_P_IP);
    tap.dev = vb5;
    tap.func = [](sk_buff *skb, net_device *, packet_type *, net_device *) {
        priority = skb->priority;
        kfree_skb(skb);
        return NET_RX_SUCCESS;
    };
    dev_add_pack(&tap);
    EXPECT_EQ(through().result, 12);
    dev_remove_pack(&tap);
    EXPECT_EQ(priority, 40u);
    EXPECT_EQ(vlan_dev_priv_of(vb5)->nr_ingress_mappings, 1u);
    EXPECT_EQ(vlan_dev_priv_of(va5)->nr_egress_mappings, 1u);
}

TEST_F(VlanDevice, AnUnknownIdIsNobodys) {
    expect(link_add_vlan(b, "vb", "vb.6", 6));
    expect(link_set_up(b, "vb.6", true));
    EXPECT_EQ(vlan_dev_priv_of(va5)->vlan_id, 5);
    vlan_dev_priv_of(va5)->vlan_id = 7; // a tag that b knows nothing of
    EXPECT_EQ(through().result, -EAGAIN);
    vlan_dev_priv_of(va5)->vlan_id = 5;
    EXPECT_EQ(dev_get_stats(__dev_get_by_name(b, "vb.6")).rx_packets, 0u);
    EXPECT_EQ(dev_get_stats(vb5).rx_packets, 0u);
    EXPECT_EQ(dev_get_stats(vb).rx_packets, 1u);
}

TEST_F(VlanDevice, OneThatIsDownReceivesNothing) {
    vb5->flags &= ~IFF_UP; // its routes stay: the packet itself is refused
    EXPECT_EQ(through().result, -EAGAIN);
    EXPECT_EQ(dev_get_stats(vb5).rx_packets, 0u);
    vb5->flags |= IFF_UP;
}

TEST_F(VlanDevice, GoesUpAndDownWithTheRealOne) {
    EXPECT_EQ(link_set_up(a, "va", false), 0);
    EXPECT_FALSE(va5->flags & IFF_UP);
    EXPECT_FALSE(netif_carrier_ok(va5));
    EXPECT_EQ(link_set_up(a, "va.5", true), -ENETDOWN);
    EXPECT_EQ(link_set_up(a, "va", true), 0);
    EXPECT_TRUE(va5->flags & IFF_UP);
    EXPECT_TRUE(netif_carrier_ok(va5));
    EXPECT_EQ(link_set_up(b, "vb", false), 0); // the carrier goes, the device stays up
    m.run_idle_until(m.now_ns() + 2'000'000'000);
    EXPECT_TRUE(va5->flags & IFF_UP);
    EXPECT_FALSE(netif_carrier_ok(va5));
}

TEST_F(VlanDevice, LooselyBoundItStaysUp) {
    EXPECT_EQ(vlan_dev_change_flags(va5, VLAN_FLAG_LOOSE_BINDING, VLAN_FLAG_LOOSE_BINDING), 0);
    EXPECT_EQ(link_set_up(a, "va", false), 0);
    EXPECT_TRUE(va5->flags & IFF_UP);
}

TEST_F(VlanDevice, TheMtuIsAtMostTheRealOnes) {
    EXPECT_EQ(link_set_mtu(a, "va.5", 1501), -ERANGE);
    EXPECT_EQ(link_set_mtu(a, "va.5", 1400), 0);
    EXPECT_EQ(link_set_mtu(a, "va", 1450), 0);
    EXPECT_EQ(va5->mtu, 1400u);
    EXPECT_EQ(link_set_mtu(a, "va", 1300), 0);
    EXPECT_EQ(va5->mtu, 1300u);
    EXPECT_EQ(link_set_mtu(a, "va", 1500), 0);
    EXPECT_EQ(va5->mtu, 1300u) << "it does not come back by itself";
}

TEST_F(VlanDevice, AnAddressItTookFollows) {
    EXPECT_EQ(link_set_address(a, "va", {2, 0, 0, 0, 0, 0x11}), 0);
    EXPECT_EQ(va5->dev_addr[5], 0x11);
    EXPECT_EQ(va->uc.count, 0);
}

// One of its own: the real device must listen to it.
TEST_F(VlanDevice, AnAddressOfItsOwnIsHandedDown) {
    EXPECT_EQ(link_set_address(a, "va.5", {2, 0, 0, 0, 0, 0x22}), 0);
    ASSERT_EQ(va->uc.count, 1);
    EXPECT_EQ(list_entry(va->uc.list.next, &netdev_hw_addr::list)->addr[5], 0x22);
    EXPECT_TRUE(va->flags & IFF_PROMISC) << "veth cannot filter";
    EXPECT_EQ(link_set_address(a, "va", {2, 0, 0, 0, 0, 0x11}), 0);
    EXPECT_EQ(va5->dev_addr[5], 0x22);
    EXPECT_EQ(link_set_address(a, "va", {2, 0, 0, 0, 0, 0x22}), 0); // now it is the real one's
    EXPECT_EQ(va->uc.count, 0);
    EXPECT_EQ(link_set_address(a, "va", {2, 0, 0, 0, 0, 0x11}), 0);
    EXPECT_EQ(va->uc.count, 1);
    EXPECT_EQ(link_set_up(a, "va.5", false), 0);
    EXPECT_EQ(va->uc.count, 0);
    EXPECT_FALSE(va->flags & IFF_PROMISC);
}

TEST_F(VlanDevice, GroupsAndPromiscuityAreHandedDown) {
    const u8 group[6] = {1, 0, 0x5e, 1, 2, 3};
    const int before = va->mc.count;
    EXPECT_EQ(dev_mc_add(va5, group), 0);
    EXPECT_EQ(va->mc.count, before + 1);
    EXPECT_EQ(dev_mc_del(va5, group), 0);
    EXPECT_EQ(va->mc.count, before);
    EXPECT_EQ(dev_set_promiscuity(va5, 1), 0);
    EXPECT_TRUE(va->flags & IFF_PROMISC);
    EXPECT_EQ(dev_set_promiscuity(va5, -1), 0);
    EXPECT_FALSE(va->flags & IFF_PROMISC);
}

TEST_F(VlanDevice, FeaturesFollow) {
    EXPECT_TRUE(va5->features & NETIF_F_SG);
    EXPECT_EQ(device_feature(a, "va", "tx", false), 0);
    EXPECT_FALSE(va5->features & NETIF_F_HW_CSUM);
    EXPECT_EQ(through().result, 12) << "the checksum is computed before the tag is put on";
    EXPECT_EQ(device_feature(a, "va", "tx", true), 0);
    EXPECT_TRUE(va5->features & NETIF_F_HW_CSUM);
}

TEST_F(VlanDevice, GoesWithTheRealOne) {
    EXPECT_EQ(link_add_vlan(a, "va", "va.6", 6), 0);
    EXPECT_EQ(link_del(a, "va"), 0);
    EXPECT_EQ(__dev_get_by_name(a, "va.5"), nullptr);
    EXPECT_EQ(__dev_get_by_name(a, "va.6"), nullptr);
    EXPECT_EQ(__dev_get_by_name(b, "vb.5"), nullptr) << "the peer's as well";
}

TEST_F(VlanDevice, GoesAlone) {
    EXPECT_EQ(link_add_vlan(a, "va", "va.6", 6), 0);
    EXPECT_EQ(link_del(a, "va.5"), 0);
    EXPECT_TRUE(vlan_uses_dev(va));
    EXPECT_EQ(link_del(a, "va.6"), 0);
    EXPECT_FALSE(vlan_uses_dev(va));
    EXPECT_EQ(va->vlan_info_, nullptr);
    EXPECT_FALSE(netdev_has_any_upper_dev(va));
    EXPECT_EQ(link_add_vlan(a, "va", "va.5", 5), 0) << "the id is free again";
}

// A VLAN in a VLAN: the inner tag in the packet, the outer one beside it.
TEST_F(VlanDevice, OnTopOfAnother) {
    expect(link_add_vlan(a, "va.5", "va.5.7", 7));
    expect(link_add_vlan(b, "vb.5", "vb.5.7", 7));
    const be32 in_a = ipv4(10, 7, 0, 1), in_b = ipv4(10, 7, 0, 2);
    expect(addr_add(a, "va.5.7", in_a, 24));
    expect(addr_add(b, "vb.5.7", in_b, 24));
    expect(link_set_up(a, "va.5.7", true));
    expect(link_set_up(b, "vb.5.7", true));
    expect(neigh_replace(a, "va.5.7", in_b, {2, 0, 0, 0, 0, 2}, neigh_request_state::permanent));
    EXPECT_EQ(vlan_dev_real_dev(__dev_get_by_name(a, "va.5.7")), va);
    run([&] {
        const int r = udp_bound(b, in_b, 7000);
        const int s = udp_in(a);
        recorder.set_on(true);
        EXPECT_EQ(send_to(s, in_b, 7000, 12), 12);
        recorder.set_on(false);
        EXPECT_EQ(receive(r, 100, MSG_DONTWAIT).result, 12);
    });
    expect_order({"vlan_dev_hard_start_xmit", "__vlan_hwaccel_push_inside", "vlan_dev_hard_start_xmit", "veth_xmit",
                  "vlan_do_receive", "skb_vlan_untag", "vlan_do_receive", "udp_rcv"});
}

} // namespace
} // namespace skbscope::stack
