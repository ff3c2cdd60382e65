// SPDX-License-Identifier: GPL-2.0-or-later
// Which segments GRO merges, by the rules of Linux 6.1's tcp_gro_receive(). Nobody need ask for it.
#include "gro_frames.h"

namespace skbscope::stack {
namespace {

constexpr u8 ack = 0x10, psh = 0x08, fin = 0x01, syn = 0x02, cwr = 0x80, urg = 0x20;

Spec segment(u16 n, std::size_t payload = 1000) {
    return {
        .payload = payload, .id = n, .protocol = IPPROTO_TCP, .seq = static_cast<u32>(1000 + n * 1000), .flags = ack};
}

class TcpRules : public GroFrames {
protected:
    TcpRules() : GroFrames(0) {}
    // What becomes of a second segment that differs in one thing: true, it is merged.
    bool merges(const Spec &second) {
        flush();
        EXPECT_EQ(give(segment(0)), GRO_HELD);
        const gro_result_t r = give(second);
        return r == GRO_MERGED || r == GRO_MERGED_FREE;
    }
    const tcphdr *header(std::size_t i) const { return reinterpret_cast<const tcphdr *>(out[i]->data + 20); }
};

TEST_F(TcpRules, SegmentsWithoutAGapMerge) {
    for (u16 n = 0; n < 4; ++n)
        EXPECT_EQ(give(segment(n)), n == 0 ? GRO_HELD : GRO_MERGED_FREE);
    flush();
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(out[0]->len, 40U + 4000);
    EXPECT_EQ(info(0)->gso_type, SKB_GSO_TCPV4);
    EXPECT_EQ(info(0)->gso_segs, 4);
    EXPECT_EQ(info(0)->gso_size, 1000);
    EXPECT_EQ(be32_to_cpu(header(0)->seq), 1000U);
    EXPECT_EQ(out[0]->ip_summed, CHECKSUM_PARTIAL);
}

TEST_F(TcpRules, FixedIdsAreRemembered) {
    Spec second = segment(1);
    second.id = 0;
    give(segment(0));
    give(second);
    flush();
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(info(0)->gso_type, SKB_GSO_TCPV4 | SKB_GSO_TCP_FIXEDID);
}

TEST_F(TcpRules, WhatMustBeTheSame) {
    EXPECT_TRUE(merges(segment(1)));
    Spec s = segment(1);
    s.seq += 1;
    EXPECT_FALSE(merges(s)) << "a gap";
    s = segment(1);
    s.ack_seq = 2;
    EXPECT_FALSE(merges(s));
    s = segment(1);
    s.window = 501;
    EXPECT_FALSE(merges(s));
    s = segment(1);
    s.option = 1;
    EXPECT_FALSE(merges(s)) << "a longer header";
    s = segment(1);
    s.flags = ack | cwr;
    EXPECT_FALSE(merges(s));
    EXPECT_FALSE(merges(segment(1, 1001))) << "longer than the first";
    EXPECT_FALSE(merges(segment(1, 0))) << "a bare acknowledgement";
    s = segment(1);
    s.wrong_sum = true;
    EXPECT_FALSE(merges(s));
}

TEST_F(TcpRules, OptionsAreComparedByteByByte) {
    Spec first = segment(0), second = segment(1);
    first.option = second.option = 1;
    give(first);
    EXPECT_EQ(give(second), GRO_MERGED_FREE);
    Spec third = segment(2);
    third.option = 2;
    EXPECT_EQ(give(third), GRO_HELD);
}

// PSH and FIN are taken in and complete the packet; SYN and URG are never held.
TEST_F(TcpRules, FlagsThatWantAttention) {
    for (const u8 flag : {psh, fin}) {
        const std::size_t before = out.size();
        give(segment(0));
        Spec last = segment(1);
        last.flags = ack | flag;
        EXPECT_EQ(give(last), GRO_MERGED_FREE);
        ASSERT_EQ(out.size(), before + 1);
        EXPECT_EQ(info(before)->gso_segs, 2);
        EXPECT_EQ(header(before)->psh, flag == psh);
        EXPECT_EQ(header(before)->fin, flag == fin);
    }
    Spec s = segment(0);
    s.flags = syn;
    EXPECT_EQ(give(s), GRO_NORMAL);
    s.flags = ack | urg;
    EXPECT_EQ(give(s), GRO_NORMAL);
    EXPECT_EQ(held(), 0);
}

TEST_F(TcpRules, AShortSegmentIsTheLast) {
    give(segment(0));
    EXPECT_EQ(give(segment(1, 999)), GRO_MERGED_FREE);
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(out[0]->len, 40U + 1999);
}

} // namespace
} // namespace skbscope::stack
