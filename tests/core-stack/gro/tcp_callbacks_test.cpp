// SPDX-License-Identifier: GPL-2.0-or-later
// TCP's part of GRO for IPv4, called as inet_gro_receive() calls it: the list of held packets, and one that is parsed
// up to its TCP header. Linux 6.1: net/ipv4/tcp_offload.c
#include "gro_frames.h"

#include "net/core/gro_internal.h"
#include "net/ip.h"

namespace skbscope::stack {
namespace {

constexpr u8 ack = 0x10, psh = 0x08;

class TcpCallbacks : public GroFrames {
protected:
    TcpCallbacks() : GroFrames(0) {}
    ~TcpCallbacks() override {
        while (!list_empty(&held_list))
            list_del(held_list.next);
        for (sk_buff *skb : mine)
            kfree_skb(skb);
    }
    static Spec segment(u32 seq, u8 flags = ack, std::size_t payload = 1000) {
        return {.payload = payload, .protocol = IPPROTO_TCP, .seq = seq, .flags = flags};
    }
    // As dev_gro_receive() and inet_gro_receive() leave it.
    sk_buff *parsed(const Spec &s) {
        sk_buff *skb = packet(s);
        std::memset(skb->cb, 0, sizeof(skb->cb));
        skb_set_network_header(skb, 0);
        skb_set_transport_header(skb, 20);
        NAPI_GRO_CB(skb)->data_offset = 20;
        NAPI_GRO_CB(skb)->count = 1;
        mine.push_back(skb);
        return skb;
    }
    // ... and dev_gro_receive() does with the first one of a flow.
    void hold(sk_buff *skb) {
        NAPI_GRO_CB(skb)->last = skb;
        NAPI_GRO_CB(skb)->same_flow = 1;
        skb_shinfo(skb)->gso_size = static_cast<u16>(skb_gro_len(skb));
        list_add(skb_list(skb), &held_list);
    }
    sk_buff *held_first() {
        sk_buff *skb = parsed(segment(1000));
        EXPECT_EQ(tcp4_gro_receive(&held_list, skb), nullptr);
        EXPECT_EQ(NAPI_GRO_CB(skb)->flush, 0);
        EXPECT_EQ(skb_gro_offset(skb), 40u) << "parsed up to the payload";
        hold(skb);
        return skb;
    }
    // As napi_skb_finish(): a merged packet's head is its companion's now, only the struct goes.
    void give_up_head(sk_buff *skb) {
        ASSERT_EQ(NAPI_GRO_CB(skb)->free, NAPI_GRO_FREE_STOLEN_HEAD);
        std::erase(mine, skb);
        napi_skb_free_stolen_head(skb);
    }
    list_head held_list;
    std::vector<sk_buff *> mine;
};

TEST_F(TcpCallbacks, AWrongChecksumIsNeverMerged) {
    sk_buff *p = held_first();
    Spec wrong = segment(2000);
    wrong.wrong_sum = true;
    sk_buff *skb = parsed(wrong);
    EXPECT_EQ(tcp4_gro_receive(&held_list, skb), nullptr);
    EXPECT_EQ(NAPI_GRO_CB(skb)->flush, 1);
    EXPECT_EQ(NAPI_GRO_CB(skb)->same_flow, 0);
    EXPECT_EQ(NAPI_GRO_CB(p)->count, 1);
    EXPECT_EQ(skb_gro_offset(skb), 20u) << "not even parsed";
}

// What cannot be merged anyway is not summed: the receiver will.
TEST_F(TcpCallbacks, WhatIsFlushedAnywayIsNotSummed) {
    Spec wrong = segment(1000);
    wrong.wrong_sum = true;
    sk_buff *skb = parsed(wrong);
    NAPI_GRO_CB(skb)->flush = 1;
    EXPECT_EQ(tcp4_gro_receive(&held_list, skb), nullptr);
    EXPECT_EQ(skb_gro_offset(skb), 40u);
    EXPECT_EQ(skb->ip_summed, CHECKSUM_NONE);
}

// tcp_gro_receive() is for both families: whether the sum is right was seen to.
TEST_F(TcpCallbacks, TheCommonPartDoesNotSum) {
    sk_buff *p = held_first();
    Spec wrong = segment(2000);
    wrong.wrong_sum = true;
    sk_buff *skb = parsed(wrong);
    EXPECT_EQ(tcp_gro_receive(&held_list, skb), nullptr);
    EXPECT_EQ(NAPI_GRO_CB(p)->count, 2);
    give_up_head(skb);
    sk_buff *broken = parsed(segment(3000));
    reinterpret_cast<tcphdr *>(broken->data + 20)->doff = 4;
    EXPECT_EQ(tcp_gro_receive(&held_list, broken), nullptr);
    EXPECT_EQ(NAPI_GRO_CB(broken)->flush, 1);
}

TEST_F(TcpCallbacks, TheNextSegmentIsAppended) {
    sk_buff *p = held_first(), *skb = parsed(segment(2000));
    EXPECT_EQ(tcp4_gro_receive(&held_list, skb), nullptr) << "it may go on growing";
    EXPECT_EQ(NAPI_GRO_CB(skb)->same_flow, 1);
    EXPECT_EQ(NAPI_GRO_CB(p)->count, 2);
    EXPECT_EQ(p->len, 40u + 2000);
    EXPECT_EQ(skb_shinfo(p)->nr_frags, 1) << "the second one's head became a page of the first";
    give_up_head(skb);
}

TEST_F(TcpCallbacks, APushIsAppendedAndEndsIt) {
    sk_buff *p = held_first(), *skb = parsed(segment(2000, ack | psh));
    EXPECT_EQ(tcp4_gro_receive(&held_list, skb), p) << "which must go on now";
    EXPECT_EQ(tcp_hdr(p)->psh, 1);
    EXPECT_EQ(NAPI_GRO_CB(p)->count, 2);
    give_up_head(skb);
}

TEST_F(TcpCallbacks, AGapEndsIt) {
    sk_buff *p = held_first(), *skb = parsed(segment(3000));
    EXPECT_EQ(tcp4_gro_receive(&held_list, skb), p);
    EXPECT_EQ(NAPI_GRO_CB(skb)->same_flow, 0) << "and the other is the first of the next";
    EXPECT_EQ(NAPI_GRO_CB(skb)->flush, 0);
    EXPECT_EQ(NAPI_GRO_CB(p)->count, 1);
}

// The merged packet looks as if a sender had left the cutting to the device.
TEST_F(TcpCallbacks, CompletingMakesItASuperPacket) {
    sk_buff *p = held_first(), *skb = parsed(segment(2000));
    ASSERT_EQ(tcp4_gro_receive(&held_list, skb), nullptr);
    give_up_head(skb);
    list_del(skb_list(p));
    EXPECT_EQ(tcp4_gro_complete(p, 20), 0);
    EXPECT_EQ(skb_shinfo(p)->gso_segs, 2);
    EXPECT_EQ(skb_shinfo(p)->gso_size, 1000);
    EXPECT_EQ(skb_shinfo(p)->gso_type, SKB_GSO_TCPV4);
    EXPECT_EQ(p->ip_summed, CHECKSUM_PARTIAL);
    EXPECT_EQ(p->csum_start, p->transport_header);
    EXPECT_EQ(p->csum_offset, offsetof(tcphdr, check));
    const auto pseudo = static_cast<sum16>(
        ~csum_tcpudp_magic(cpu_to_be32(0x0a090001), cpu_to_be32(0x0a090002), 20 + 2000, IPPROTO_TCP, 0));
    EXPECT_EQ(tcp_hdr(p)->check, pseudo) << "the pseudo header's, of the whole";
}

TEST_F(TcpCallbacks, CompletingKeepsWhatASegmenterMustKnow) {
    sk_buff *p = held_first();
    tcp_hdr(p)->cwr = 1;
    NAPI_GRO_CB(p)->is_atomic = 1;
    list_del(skb_list(p));
    EXPECT_EQ(tcp4_gro_complete(p, 20), 0);
    EXPECT_EQ(skb_shinfo(p)->gso_type, SKB_GSO_TCPV4 | SKB_GSO_TCP_FIXEDID | SKB_GSO_TCP_ECN);
}

} // namespace
} // namespace skbscope::stack
