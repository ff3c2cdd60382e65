// SPDX-License-Identifier: GPL-2.0-or-later
// Cutting super-packets: every layout, every kind of device, bytes and memory.
#include "super_packet.h"

#include "net/sock.h"

#include <random>
#include <string>

namespace skbscope::stack {
namespace {

using Segments = Supers;

// Devices by what they can do: gather or not, checksum or not.
constexpr netdev_features_t devices[] = {0, NETIF_F_SG, NETIF_F_HW_CSUM, NETIF_F_SG | NETIF_F_HW_CSUM,
                                         NETIF_F_SG | NETIF_F_IP_CSUM};

std::vector<u8> from_hex(const std::string &hex) {
    std::vector<u8> b;
    for (std::size_t i = 0; i < hex.size(); i += 2)
        b.push_back(static_cast<u8>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    return b;
}

// The headers were computed outside of this project (Python's struct), for a payload of a to z repeated.
void expect_headers(const std::vector<std::vector<u8>> &frames, const std::vector<std::string> &golden) {
    ASSERT_EQ(frames.size(), golden.size());
    for (std::size_t i = 0; i < golden.size(); ++i) {
        const std::vector<u8> want = from_hex(golden[i]);
        EXPECT_EQ(std::vector<u8>(frames[i].begin(), frames[i].begin() + static_cast<std::ptrdiff_t>(want.size())),
                  want)
            << "segment " << i;
    }
}

class Golden : public Supers {
protected:
    // Linear, payload as GroFrames has it: letters.
    std::vector<Bytes> cut_letters(const Super &s) {
        sk_buff *skb = make(s, Layout::linear);
        for (std::size_t i = 0; i < s.payload; ++i)
            skb->data[headers(s) + i] = static_cast<u8>('a' + i % 26);
        std::vector<Bytes> frames;
        sk_buff *segs = skb_gso_segment(skb, 0);
        EXPECT_FALSE(IS_ERR_OR_NULL(segs));
        for (sk_buff *seg : list(segs))
            frames.push_back(on_the_wire(seg));
        kfree_skb_list(segs);
        kfree_skb(skb);
        return frames;
    }
};

TEST_F(Golden, ThreeDatagrams) {
    expect_headers(cut_letters({}),
                   {"02000000000202000000000108004500008000074000401126520a0900010a09000213881b58006c72a6",
                    "02000000000202000000000108004500008000084000401126510a0900010a09000213881b58006c6a9e",
                    "02000000000202000000000108004500004e00094000401126820a0900010a09000213881b58003a10c1"});
}

TEST_F(Golden, ThreeSegmentsOfTcp) {
    expect_headers(cut_letters({.protocol = IPPROTO_TCP, .flags = 0x99}), // CWR, ACK, PSH, FIN
                   {"02000000000202000000000108004500008c00074000400626510a0900010a09000213881b58"
                    "000003e800000001509001f41ca40000",
                    "02000000000202000000000108004500008c00084000400626500a0900010a09000213881b58"
                    "0000044c00000001501001f414b80000",
                    "02000000000202000000000108004500005a00094000400626810a0900010a09000213881b58"
                    "000004b000000001501901f4ba3b0000"});
}

// Whatever the packet's layout and the device, the same frames leave.
TEST_F(Segments, AreTheSameForEveryLayoutAndDevice) {
    std::mt19937 random(3);
    for (const u8 protocol : {u8{IPPROTO_UDP}, u8{IPPROTO_TCP}})
        for (const Layout layout : all_layouts)
            for (const netdev_features_t features : devices)
                for (int round = 0; round < 6; ++round) {
                    const Super s{.protocol = protocol,
                                  .mss = static_cast<u16>(70 + random() % 300),
                                  .payload = 371 + random() % 1200,
                                  .flags = 0x99};
                    sk_buff *skb = make(s, layout);
                    sk_buff *segs = skb_gso_segment(skb, features);
                    SCOPED_TRACE(testing::Message()
                                 << "protocol " << +protocol << " layout " << static_cast<int>(layout) << " features "
                                 << features << " mss " << s.mss << " payload " << s.payload);
                    ASSERT_FALSE(IS_ERR_OR_NULL(segs));
                    EXPECT_EQ(list(segs).back(), segs->prev);
                    std::vector<Bytes> frames;
                    for (sk_buff *seg : list(segs))
                        frames.push_back(on_the_wire(seg));
                    ASSERT_EQ(frames, wanted(s));
                    kfree_skb_list(segs);
                    kfree_skb(skb);
                }
}

TEST_F(Segments, LeaveTheChecksumToADeviceThatComputesIt) {
    for (const netdev_features_t features : {NETIF_F_SG, NETIF_F_SG | NETIF_F_HW_CSUM}) {
        sk_buff *skb = make({}, Layout::paged);
        sk_buff *segs = skb_gso_segment(skb, features);
        for (const sk_buff *seg : list(segs)) {
            const bool device = (features & NETIF_F_HW_CSUM) != 0;
            EXPECT_EQ(+seg->ip_summed, device ? +CHECKSUM_PARTIAL : +CHECKSUM_NONE);
            EXPECT_EQ(skb_checksum_start_offset(seg), 34) << "moved along with the headroom";
            EXPECT_EQ(seg->csum_offset, 6);
        }
        kfree_skb_list(segs);
        kfree_skb(skb);
    }
}

TEST_F(Segments, KnowWhereTheirHeadersAre) {
    sk_buff *skb = make({.protocol = IPPROTO_TCP}, Layout::paged);
    skb->mark = 17;
    sk_buff *segs = skb_gso_segment(skb, NETIF_F_SG);
    for (const sk_buff *seg : list(segs)) {
        EXPECT_EQ(skb_headroom(seg), 64U);
        EXPECT_EQ(skb_mac_offset(seg), 0);
        EXPECT_EQ(skb_network_offset(seg), 14);
        EXPECT_EQ(skb_transport_offset(seg), 34);
        EXPECT_EQ(+seg->mac_len, 14);
        EXPECT_EQ(seg->mark, 17U);
        EXPECT_EQ(seg->dev, dev);
        EXPECT_EQ(skb_shinfo(seg)->gso_size, 0) << "cut once and for all";
    }
    EXPECT_EQ(skb->data - skb->head, 64) << "the whole is as it was";
    kfree_skb_list(segs);
    kfree_skb(skb);
}

// A device that gathers gets the pages themselves; one that does not gets copies.
TEST_F(Segments, SharePagesWhereTheDeviceGathers) {
    sk_buff *skb = make({.mss = 400, .payload = 1000}, Layout::paged); // 10 linear, pages of 300, 300, 300, 90
    page *second = skb_frag_page(&skb_shinfo(skb)->frags[1]);
    sk_buff *segs = skb_gso_segment(skb, NETIF_F_SG | NETIF_F_HW_CSUM);
    const auto all = list(segs);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(skb_headlen(all[0]), 52U);
    EXPECT_EQ(+skb_shinfo(all[0])->nr_frags, 2); // 300 and 90
    EXPECT_EQ(skb_frag_size(&skb_shinfo(all[0])->frags[1]), 90U);
    EXPECT_EQ(+skb_shinfo(all[1])->nr_frags, 2); // 210 and 190
    EXPECT_EQ(skb_frag_off(&skb_shinfo(all[1])->frags[0]), 50U + 90);
    EXPECT_EQ(skb_frag_page(&skb_shinfo(all[1])->frags[0]), second);
    EXPECT_EQ(refcount_read(&second->count), 3U);
    EXPECT_EQ(all[0]->truesize, SKB_TRUESIZE(skb_end_offset(all[0])) + 390);
    kfree_skb(skb);
    EXPECT_EQ(refcount_read(&second->count), 2U);
    kfree_skb_list(segs);

    skb = make({.mss = 400, .payload = 1000}, Layout::paged);
    segs = skb_gso_segment(skb, NETIF_F_HW_CSUM);
    for (const sk_buff *seg : list(segs))
        EXPECT_FALSE(skb_is_nonlinear(seg));
    kfree_skb_list(segs);
    kfree_skb(skb);
}

TEST_F(Segments, CountUpTheIpIdUnlessItIsFixed) {
    sk_buff *skb = make({.protocol = IPPROTO_TCP, .id = 0xffff, .more_type = SKB_GSO_TCP_FIXEDID}, Layout::linear);
    sk_buff *segs = skb_gso_segment(skb, 0);
    for (const sk_buff *seg : list(segs))
        EXPECT_EQ(be16_to_cpu(ip_hdr(seg)->id), 0xffff);
    kfree_skb_list(segs);
    kfree_skb(skb);
    skb = make({.id = 0xffff}, Layout::linear);
    segs = skb_gso_segment(skb, 0);
    EXPECT_EQ(be16_to_cpu(ip_hdr(list(segs)[1])->id), 0) << "it wraps around";
    kfree_skb_list(segs);
    kfree_skb(skb);
}

TEST_F(Segments, WhatCannotBeCutIsAnError) {
    const auto error = [&](const Super &s, auto spoil) {
        sk_buff *skb = make(s, Layout::linear);
        spoil(skb);
        const sk_buff *segs = skb_gso_segment(skb, 0);
        const int err = IS_ERR(segs) ? static_cast<int>(PTR_ERR(segs)) : 0;
        kfree_skb(skb);
        return err;
    };
    const auto nothing = [](sk_buff *) {};
    EXPECT_EQ(error({.mss = 100, .payload = 100}, nothing), -EINVAL) << "not more than one";
    EXPECT_EQ(error({.protocol = IPPROTO_TCP, .mss = 100, .payload = 100}, nothing), -EINVAL);
    EXPECT_EQ(error({}, [](sk_buff *skb) { skb->csum_start = static_cast<u16>(skb->csum_start + 2); }), -EINVAL);
    EXPECT_EQ(error({}, [](sk_buff *skb) { ip_hdr(skb)->protocol = 99; }), -EPROTONOSUPPORT);
    EXPECT_EQ(error({}, [](sk_buff *skb) { ip_hdr(skb)->ihl = 4; }), -EINVAL);
    EXPECT_EQ(error({}, [](sk_buff *skb) { skb->protocol = cpu_to_be16(0x88b5); }), -EPROTONOSUPPORT);
    EXPECT_EQ(error({.protocol = IPPROTO_TCP}, [](sk_buff *skb) { tcp_hdr(skb)->doff = 4; }), -EINVAL);
    EXPECT_EQ(error({}, [](sk_buff *skb) { skb_shinfo(skb)->gso_type = SKB_GSO_TCPV4; }), -EINVAL);
    EXPECT_EQ(error({.protocol = IPPROTO_TCP, .more_type = SKB_GSO_TCP_FIXEDID, .frag = 0}, nothing), -EPROTONOSUPPORT);
}

// The device cuts it itself: nothing is done but the count from outside corrected.
TEST_F(Segments, MayStayWhole) {
    sk_buff *skb = make({.more_type = SKB_GSO_DODGY}, Layout::linear);
    skb_shinfo(skb)->gso_segs = 60;
    EXPECT_EQ(skb_gso_segment(skb, NETIF_F_GSO_UDP_L4 | NETIF_F_GSO | NETIF_F_HW_CSUM), nullptr);
    EXPECT_EQ(skb_shinfo(skb)->gso_segs, 3);
    EXPECT_EQ(skb_network_offset(skb), 14);
    kfree_skb(skb);
}

// Of a device that takes super-packets but no frag_list: the members become super-packets.
TEST_F(Segments, MayBeSuperPacketsThemselves) {
    // 100 bytes linear, members of 100: two segments of 50 each
    sk_buff *skb = make({.protocol = IPPROTO_TCP, .mss = 100, .payload = 300}, Layout::list_of_heads);
    skb_shinfo(skb)->gso_size = 50;
    sk_buff *segs = skb_gso_segment(skb, NETIF_F_SG | NETIF_F_HW_CSUM | NETIF_F_TSO | NETIF_F_GSO);
    ASSERT_FALSE(IS_ERR_OR_NULL(segs));
    const auto all = list(segs);
    ASSERT_EQ(all.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(skb_shinfo(all[i])->gso_size, 50);
        EXPECT_EQ(skb_shinfo(all[i])->gso_segs, 2);
        EXPECT_EQ(skb_shinfo(all[i])->gso_type, u32{SKB_GSO_TCPV4});
        EXPECT_FALSE(skb_has_frag_list(all[i]));
        EXPECT_EQ(be16_to_cpu(ip_hdr(all[i])->id), 7 + 2 * i) << "room for the ids of its segments";
        EXPECT_EQ(be16_to_cpu(ip_hdr(all[i])->tot_len), 140);
        EXPECT_EQ(be32_to_cpu(tcp_hdr(all[i])->seq), 1000 + 100 * i);
    }
    kfree_skb_list(segs);
    kfree_skb(skb);
}

// A datagram larger than the device takes, from outside (UFO): fragments of one datagram, its checksum in the first.
TEST_F(Segments, MayBeFragments) {
    sk_buff *skb = make({.mss = 104, .payload = 300}, Layout::linear);
    skb_shinfo(skb)->gso_type = SKB_GSO_UDP;
    skb_shinfo(skb)->gso_size = 104;
    const Bytes whole = frame({.payload = 300}, payload(300));
    sk_buff *segs = skb_gso_segment(skb, 0);
    ASSERT_FALSE(IS_ERR_OR_NULL(segs));
    Bytes datagram;
    u32 offset = 0;
    for (const sk_buff *seg : list(segs)) {
        const Bytes f = content(seg);
        const u32 word = offset / 8 | (seg->next ? 0x2000U : 0U);
        EXPECT_EQ(be16_to_cpu(ip_hdr(seg)->frag_off), word);
        EXPECT_EQ(be16_to_cpu(ip_hdr(seg)->id), 7);
        EXPECT_EQ(ip_fast_csum(ip_hdr(seg), 5), 0);
        datagram.insert(datagram.end(), f.begin() + 34, f.end());
        offset += static_cast<u32>(f.size() - 34);
    }
    EXPECT_EQ(datagram, Bytes(whole.begin() + 34, whole.end()));
    kfree_skb_list(segs);
    kfree_skb(skb);
}

// Every sk_buff and every buffer that was made is gone again, whatever the layout and the device.
TEST_F(Segments, LeaveNothingBehind) {
    recorder.set_on(true);
    for (const Layout layout : all_layouts)
        for (const netdev_features_t features : devices) {
            sk_buff *skb = make({.mss = 100, .payload = 730}, layout);
            sk_buff *segs = skb_gso_segment(skb, features);
            kfree_skb(skb);
            kfree_skb_list(segs);
        }
    recorder.set_on(false);
    const auto made = events(SKBSCOPE_EV_ALLOC).size(), clones = events(SKBSCOPE_EV_CLONE).size();
    EXPECT_GT(clones, 0U);
    EXPECT_EQ(events(SKBSCOPE_EV_FREE).size(), made + clones);
    EXPECT_EQ(events(SKBSCOPE_EV_HEAD_FREE).size(), made + events(SKBSCOPE_EV_EXPAND).size());
}

// Each is a descendant of the whole, in order.
TEST_F(Segments, SayWhereTheyCameFrom) {
    recorder.set_on(true);
    sk_buff *skb = make({.payload = 350}, Layout::list_of_heads);
    sk_buff *segs = skb_gso_segment(skb, NETIF_F_SG);
    recorder.set_on(false);
    const auto lineage = events(SKBSCOPE_EV_SEGMENT_OF);
    ASSERT_EQ(lineage.size(), 4U);
    const auto all = list(segs);
    for (u32 i = 0; i < 4; ++i) {
        EXPECT_EQ(+lineage[i].lineage.index, i);
        EXPECT_EQ(+lineage[i].lineage.other_packet, skb->trace_packet);
        EXPECT_EQ(lineage[i].packet, all[i]->trace_packet);
    }
    kfree_skb_list(segs);
    kfree_skb(skb);
}

} // namespace
} // namespace skbscope::stack
