// SPDX-License-Identifier: GPL-2.0-or-later
// Datagrams that a receiver with GRO polls for: nobody asked for them to be merged, so they pass; their checksums are
// looked at on the way. And such that the device merged all the same.
#include "../socket/hosts.h"

#include "frame.h"
#include "linux/bottom_half.h"
#include "linux/etherdevice.h"
#include "linux/netdevice.h"
#include "linux/skbuff.h"
#include "net/core/dev_internal.h"
#include "trace/catalogue.h"

#include <algorithm>
#include <string_view>

namespace skbscope::stack {
namespace {

class UdpGro : public Hosts {
protected:
    UdpGro() { expect(device_feature(b, "vb", "gro", true)); }

    // Frames of a packet socket come with no checksum help: somebody must look.
    void send(const std::vector<Frame> &frames) {
        const int wire = sys_packet_socket("va");
        for (const Frame &f : frames)
            EXPECT_EQ(sys_sendto(wire, f.bytes(), 0, nullptr), f.size());
    }
};

TEST_F(UdpGro, ADatagramPassesAndIsWhole) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000);
        EXPECT_EQ(sys_setns(a), 0);
        send({Frame(12), Frame(30)});
        EXPECT_EQ(receive(r).data, letters(12));
        EXPECT_EQ(receive(r).data, letters(30));
    });
}

TEST_F(UdpGro, AWrongChecksumIsLeftToTheReceiver) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000);
        EXPECT_EQ(sys_setns(a), 0);
        Frame wrong(12), none(9);
        wrong.flip_checksum();
        none.clear_checksum();
        send({wrong, none});
        EXPECT_EQ(receive(r).data, letters(9)); // the first was dropped, by udp_rcv() or whoever read it
        EXPECT_EQ(receive(r, 100, MSG_DONTWAIT).result, -EAGAIN);
    });
}

// --- merged on the device's word, for a socket that did not ask -----------------------------------------------------

class UdpGroNotAsked : public Hosts {
protected:
    UdpGroNotAsked() : dev(__dev_get_by_name(b, "vb")) {
        netif_napi_add(dev, &napi, [](napi_struct *, int) { return 0; });
    }
    ~UdpGroNotAsked() override { __netif_napi_del(&napi); }

    // They arrive together: GRO sees them all before the stack sees one.
    void arrive(const std::vector<Frame> &frames) {
        local_bh_disable();
        for (const Frame &f : frames) {
            sk_buff *skb = napi_alloc_skb(&napi, 1500);
            skb_put_data(skb, f.bytes().data(), static_cast<unsigned>(f.bytes().size()));
            skb->protocol = eth_type_trans(skb, dev);
            skb->hash = 5;
            napi_gro_receive(&napi, skb);
        }
        napi_gro_flush(&napi, false);
        gro_normal_list(&napi);
        local_bh_enable();
    }
    void expect_one_by_one(const char *feature, bool forwarded_whole) {
        expect(device_feature(b, "vb", "gro", true));
        expect(device_feature(b, "vb", feature, true));
        run([&] {
            const int r = udp_bound(b, host_b, 7000);
            const u64 before = udp_count(b, UDP_MIB_INDATAGRAMS);
            recorder.set_on(true);
            std::vector<Frame> frames{Frame(40), Frame(40), Frame(13)};
            for (u16 i = 0; i < 3; ++i)
                frames[i].set_id(i); // one after another, or they are no flow
            arrive(frames);
            recorder.set_on(false);
            EXPECT_EQ(segmented(), 1) << "merged, and cut again";
            for (const std::size_t n : {40U, 40U, 13U})
                EXPECT_EQ(receive(r, 100, MSG_DONTWAIT).data, letters(n));
            EXPECT_EQ(receive(r, 100, MSG_DONTWAIT).result, -EAGAIN);
            EXPECT_EQ(udp_count(b, UDP_MIB_INDATAGRAMS), before + 3);
            EXPECT_EQ(udp_count(b, UDP_MIB_INERRORS), 0U);
            EXPECT_EQ(sk_rmem_alloc_get(sk_of(r)), 0);
            EXPECT_EQ(list_segments(), forwarded_whole ? 1 : 0);
        });
    }
    [[nodiscard]] long calls_of(std::string_view name) const {
        const auto &catalogue = trace::Catalogue::builtin();
        const auto all = recorder.merged();
        return std::count_if(all.begin(), all.end(), [&](const trace::Event &e) {
            return e.kind == SKBSCOPE_EV_ENTER && e.fn < catalogue.size() && catalogue.at(e.fn).name == name;
        });
    }
    [[nodiscard]] long segmented() const { return calls_of("__skb_gso_segment"); }
    [[nodiscard]] long list_segments() const { return calls_of("skb_segment_list"); }

    net_device *dev;
    napi_struct napi;
};

TEST_F(UdpGroNotAsked, GetsThemOneByOneFromOneBuffer) {
    expect_one_by_one("rx-udp-gro-forwarding", false);
}

TEST_F(UdpGroNotAsked, GetsThemOneByOneFromAList) {
    expect_one_by_one("rx-gro-list", true);
}

// It cannot be cut: all its datagrams are lost, and counted.
TEST_F(UdpGroNotAsked, WhatCannotBeCutIsCounted) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000);
        local_bh_disable();
        const Frame f(80);
        sk_buff *skb = napi_alloc_skb(&napi, 1500);
        skb_put_data(skb, f.bytes().data(), static_cast<unsigned>(f.bytes().size()));
        skb->protocol = eth_type_trans(skb, dev);
        skb->ip_summed = CHECKSUM_UNNECESSARY; // but no sum to be completed: not what GRO makes
        skb_shinfo(skb)->gso_size = 20;
        skb_shinfo(skb)->gso_segs = 4;
        skb_shinfo(skb)->gso_type = SKB_GSO_UDP_L4;
        netif_receive_skb(skb);
        local_bh_enable();
        EXPECT_EQ(receive(r, 100, MSG_DONTWAIT).result, -EAGAIN);
        EXPECT_EQ(udp_count(b, UDP_MIB_INERRORS), 4U);
        EXPECT_EQ(atomic_read(&sk_of(r)->sk_drops), 4);
    });
}

} // namespace
} // namespace skbscope::stack
