// SPDX-License-Identifier: GPL-2.0-or-later
// TCP's own part of cutting, called as inet_gso_segment() calls it: with data at the TCP header. The IP header is
// copied into each segment as it is: mending it is IP's. Linux 6.1: net/ipv4/tcp_offload.c
#include "../sim/entered.h"
#include "super_packet.h"

#include "net/ip.h"

namespace skbscope::stack {
namespace {

class TcpSegments : public Supers {
protected:
    static constexpr u8 ack = 0x10, psh = 0x08, fin = 0x01, cwr = 0x80;
    static Super stream(u8 flags = ack) { return {.protocol = IPPROTO_TCP, .flags = flags}; }
    // Data at the TCP header, as the layers above leave it.
    sk_buff *at_tcp(const Super &s, Layout layout = Layout::linear) {
        sk_buff *skb = make(s, layout);
        SKB_GSO_CB(skb)->mac_offset = static_cast<int>(skb_headroom(skb));
        SKB_GSO_CB(skb)->encap_level = 0;
        __skb_pull(skb, 34);
        return skb;
    }
    // The segments' bytes from the TCP header on are those of packets built by themselves.
    void expect_segments(const Super &s, sk_buff *segs) {
        ASSERT_FALSE(IS_ERR_OR_NULL(segs));
        const std::vector<Bytes> frames = wanted(s);
        std::size_t i = 0;
        for (sk_buff *seg : list(segs)) {
            ASSERT_LT(i, frames.size());
            const Bytes got = on_the_wire(seg);
            EXPECT_EQ(Bytes(got.begin() + 34, got.end()), Bytes(frames[i].begin() + 34, frames[i].end())) << i;
            ++i;
        }
        EXPECT_EQ(i, frames.size());
        kfree_skb_list(segs);
    }
};

TEST_F(TcpSegments, SequenceNumbersCountOnAndFlagsStayWhereTheyBelong) {
    for (const Layout layout : {Layout::linear, Layout::paged, Layout::list_of_heads})
        for (const netdev_features_t features : {netdev_features_t{0}, NETIF_F_SG | NETIF_F_HW_CSUM}) {
            const Super s = stream(ack | psh | fin | cwr);
            sk_buff *skb = at_tcp(s, layout);
            sk_buff *segs = tcp4_gso_segment(skb, features);
            ASSERT_FALSE(IS_ERR_OR_NULL(segs));
            const auto all = list(segs);
            ASSERT_EQ(all.size(), 3u);
            EXPECT_EQ(segs->prev, all.back());
            for (std::size_t i = 0; i < 3; ++i) {
                const tcphdr *th = tcp_hdr(all[i]);
                EXPECT_EQ(be32_to_cpu(th->seq), 1000 + 100 * i);
                EXPECT_EQ(th->cwr, i == 0);
                EXPECT_EQ(th->psh, i == 2);
                EXPECT_EQ(th->fin, i == 2);
                EXPECT_EQ(th->ack, 1);
                EXPECT_EQ(all[i]->ip_summed, features ? CHECKSUM_PARTIAL : CHECKSUM_NONE);
            }
            EXPECT_EQ(all[2]->len, 54u + 50);
            expect_segments(s, segs);
            kfree_skb(skb);
        }
}

// tcp4_gso_segment() is for IPv4: it sees to the pseudo header, then asks tcp_gso_segment().
TEST_F(TcpSegments, AChecksumThatWasComputedIsMadePartialAgain) {
    const Super s = stream();
    sk_buff *skb = at_tcp(s);
    skb->ip_summed = CHECKSUM_NONE;
    tcp_hdr(skb)->check = 0x1234; // of no use
    expect_segments(s, tcp4_gso_segment(skb, 0));
    EXPECT_EQ(skb->ip_summed, CHECKSUM_PARTIAL);
    kfree_skb(skb);
}

TEST_F(TcpSegments, TheInnerOneTakesThePseudoHeaderAsGiven) {
    const Super s = stream();
    sk_buff *skb = at_tcp(s);
    expect_segments(s, tcp_gso_segment(skb, NETIF_F_SG));
    kfree_skb(skb);
}

TEST_F(TcpSegments, WhatIsNotTcpIsRefused) {
    const auto refused = [this](const Super &s, const std::function<void(sk_buff *)> &spoil,
                                sk_buff *(*cut)(sk_buff *, netdev_features_t)) {
        sk_buff *skb = at_tcp(s);
        spoil(skb);
        const sk_buff *segs = cut(skb, 0);
        EXPECT_TRUE(IS_ERR(segs));
        EXPECT_EQ(PTR_ERR(segs), -EINVAL);
        kfree_skb(skb);
    };
    refused(
        stream(), [](sk_buff *skb) { skb_shinfo(skb)->gso_type = SKB_GSO_UDP_L4; }, tcp4_gso_segment);
    refused(
        stream(), [](sk_buff *skb) { skb_trim(skb, 19); }, tcp4_gso_segment);
    for (const auto cut : {tcp4_gso_segment, tcp_gso_segment}) {
        refused(
            stream(), [](sk_buff *skb) { tcp_hdr(skb)->doff = 4; }, cut);
        refused(
            stream(), [](sk_buff *skb) { skb_trim(skb, 59), tcp_hdr(skb)->doff = 15; }, cut);
        refused(
            stream(), [](sk_buff *skb) { skb_shinfo(skb)->gso_size = 250; }, cut); // one segment is none
    }
    refused(
        stream(), [](sk_buff *skb) { ++skb->csum_start; }, tcp_gso_segment);
}

// The device takes the whole after all: only the count is made right.
TEST_F(TcpSegments, APacketFromOutsideMayStayWhole) {
    Super s = stream();
    s.more_type = SKB_GSO_DODGY;
    sk_buff *skb = at_tcp(s);
    skb_shinfo(skb)->gso_segs = 77;
    EXPECT_EQ(tcp4_gso_segment(skb, NETIF_F_SG | NETIF_F_HW_CSUM | NETIF_F_TSO), nullptr);
    EXPECT_EQ(skb_shinfo(skb)->gso_segs, 3);
    EXPECT_EQ(skb->len, 250u) << "its header is pulled: the caller puts it back";
    kfree_skb(skb);
}

// --- all layers ----------------------------------------------------------------------------------------------------

// Every layer cuts by way of the next one.
TEST_F(TcpSegments, EachLayerAsksTheNext) {
    const auto cut = [this](const Super &s) {
        sk_buff *skb = make(s, Layout::linear);
        recorder.set_on(true);
        sk_buff *segs = skb_gso_segment(skb, 0);
        recorder.set_on(false);
        std::vector<Bytes> frames;
        for (sk_buff *seg : list(segs))
            frames.push_back(on_the_wire(seg));
        EXPECT_EQ(frames, wanted(s));
        kfree_skb_list(segs);
        kfree_skb(skb);
    };
    cut({});
    expect_in_order(calls(), {"__skb_gso_segment", "skb_mac_gso_segment", "inet_gso_segment", "udp4_ufo_fragment",
                              "__udp_gso_segment", "skb_segment"});
    EXPECT_EQ(count_calls("tcp4_gso_segment"), 0u);
    cut(stream());
    expect_in_order(calls(), {"skb_segment", "__skb_gso_segment", "skb_mac_gso_segment", "inet_gso_segment",
                              "tcp4_gso_segment", "tcp_gso_segment", "skb_segment"});
}

// gso_features_check(): what a device takes in general, it may not take in this size.
TEST_F(TcpSegments, SomeSuperPacketsAreTooMuchForTheDevice) {
    dev->features |= NETIF_F_SG | NETIF_F_HW_CSUM | NETIF_F_TSO;
    const auto features_of = [this](const std::function<void(sk_buff *)> &change) {
        sk_buff *skb = make(stream(), Layout::linear);
        change(skb);
        recorder.set_on(true);
        const netdev_features_t f = netif_skb_features(skb);
        recorder.set_on(false);
        kfree_skb(skb);
        return f;
    };
    EXPECT_TRUE(features_of([](sk_buff *) {}) & NETIF_F_TSO);
    EXPECT_FALSE(features_of([this](sk_buff *skb) {
                     skb_shinfo(skb)->gso_segs = static_cast<u16>(dev->gso_max_segs);
                     dev->gso_max_segs = 2;
                 }) &
                 NETIF_F_TSO)
        << "too many segments";
    dev->gso_max_segs = 65535;
    EXPECT_FALSE(features_of([](sk_buff *skb) { skb_shinfo(skb)->gso_type = 0; }) & NETIF_F_TSO) << "of no known kind";
    features_of([](sk_buff *skb) { skb_gso_reset(skb); });
    EXPECT_EQ(count_calls("gso_features_check"), 3u) << "only of super-packets";
}

} // namespace
} // namespace skbscope::stack
