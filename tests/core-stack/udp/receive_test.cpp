// SPDX-License-Identifier: GPL-2.0-or-later
#include "../socket/hosts.h"

#include "frame.h"

namespace skbscope::stack {
namespace {

using UdpReceive = Hosts;

TEST_F(UdpReceive, SleepsUntilTheTimeOut) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000);
        const u64 before = m.now_ns();
        EXPECT_EQ(receive(r).result, -EAGAIN);
        const u64 slept = m.now_ns() - before;
        EXPECT_GE(slept, 1'000'000'000U);
        EXPECT_LE(slept, 1'036'000'000U); // the wheel rounds 250 jiffies up to its next level's 8
    });
}

TEST_F(UdpReceive, NonblockAnswersAtOnce) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000);
        const u64 before = m.now_ns();
        EXPECT_EQ(receive(r, 100, MSG_DONTWAIT).result, -EAGAIN);
        EXPECT_EQ(sys_set_nonblock(r, true), 0);
        EXPECT_EQ(receive(r).result, -EAGAIN);
        EXPECT_LT(m.now_ns() - before, 1'000'000U);
    });
}

TEST_F(UdpReceive, WithoutATimeOutWouldSleepForEver) {
    const int ended = m.run_process("test", [&] {
        EXPECT_EQ(sys_setns(b), 0);
        const int r = sys_socket(AF_INET, SOCK_DGRAM, 0);
        EXPECT_EQ(sys_bind(r, address(host_b, 7000)), 0);
        receive(r);
        ADD_FAILURE() << "nothing could have woken it";
    });
    EXPECT_EQ(ended, -EDEADLK);
}

TEST_F(UdpReceive, TooLittleRoomTruncates) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000), s = udp_in(a);
        for (int i = 0; i < 3; ++i)
            EXPECT_EQ(send_to(s, host_b, 7000, 12), 12);
        EXPECT_EQ(receive(r, 5).data, letters(5));
        EXPECT_EQ(receive(r, 5, MSG_TRUNC).result, 12); // the whole length
        EXPECT_EQ(receive(r, 0).result, 0);
        EXPECT_EQ(receive(r, 5, MSG_DONTWAIT).result, -EAGAIN); // the rest is lost
    });
}

TEST_F(UdpReceive, PeekLeavesItInTheQueue) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000), s = udp_in(a);
        EXPECT_EQ(send_to(s, host_b, 7000, 12), 12);
        EXPECT_EQ(receive(r, 100, MSG_PEEK).data, letters(12));
        EXPECT_EQ(receive(r, 100, MSG_PEEK).data, letters(12));
        EXPECT_EQ(receive(r).data, letters(12));
        EXPECT_EQ(receive(r, 100, MSG_PEEK | MSG_DONTWAIT).result, -EAGAIN);
    });
}

TEST_F(UdpReceive, AFullBufferDropsAndCounts) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000), s = udp_in(a);
        EXPECT_EQ(set(r, SOL_SOCKET, SO_RCVBUF, 1), 0); // 2304
        for (int i = 0; i < 6; ++i)
            EXPECT_EQ(send_to(s, host_b, 7000, 12), 12); // 768 each; the sender is never told
        const u64 dropped = udp_count(b, UDP_MIB_RCVBUFERRORS);
        EXPECT_EQ(dropped, 2U); // a fourth still goes in: full is what holds more than the limit
        EXPECT_EQ(atomic_read(&sk_of(r)->sk_drops), 2);
        for (int i = 0; i < 4; ++i)
            EXPECT_EQ(receive(r, 100, MSG_DONTWAIT).result, 12);
        EXPECT_EQ(receive(r, 100, MSG_DONTWAIT).result, -EAGAIN);
    });
}

TEST_F(UdpReceive, AWrongChecksumIsDroppedSilently) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000);
        EXPECT_EQ(sys_setns(a), 0);
        const int wire = sys_packet_socket("va");
        ASSERT_GE(wire, 0);
        Frame frame(12);
        EXPECT_EQ(sys_sendto(wire, frame.bytes(), 0, nullptr), frame.size());
        EXPECT_EQ(receive(r).data, letters(12));
        frame.flip_checksum();
        EXPECT_EQ(sys_sendto(wire, frame.bytes(), 0, nullptr), frame.size());
        EXPECT_EQ(receive(r, 100, MSG_DONTWAIT).result, -EAGAIN);
        EXPECT_EQ(udp_count(b, UDP_MIB_CSUMERRORS), 1U);
        EXPECT_EQ(udp_count(b, UDP_MIB_INERRORS), 1U);
    });
}

// Longer than 76 bytes it is summed only while it is copied out: the reader finds out.
TEST_F(UdpReceive, ALongDatagramIsCheckedWhileItIsRead) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000);
        EXPECT_EQ(sys_setns(a), 0);
        const int wire = sys_packet_socket("va");
        Frame frame(1000);
        frame.flip_checksum();
        EXPECT_EQ(sys_sendto(wire, frame.bytes(), 0, nullptr), frame.size());
        EXPECT_EQ(udp_count(b, UDP_MIB_CSUMERRORS), 0U);
        EXPECT_EQ(skb_queue_len(&sk_of(r)->sk_receive_queue), 1U);
        EXPECT_EQ(receive(r, 2000, MSG_DONTWAIT).result, -EAGAIN);
        EXPECT_EQ(udp_count(b, UDP_MIB_CSUMERRORS), 1U);
    });
}

TEST_F(UdpReceive, AZeroChecksumIsNotChecked) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000);
        EXPECT_EQ(sys_setns(a), 0);
        const int wire = sys_packet_socket("va");
        Frame frame(12);
        frame.clear_checksum();
        EXPECT_EQ(sys_sendto(wire, frame.bytes(), 0, nullptr), frame.size());
        EXPECT_EQ(receive(r).data, letters(12));
    });
}

TEST_F(UdpReceive, ALyingLengthIsDropped) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000);
        EXPECT_EQ(sys_setns(a), 0);
        const int wire = sys_packet_socket("va");
        for (const u16 lie : {u16{7}, u16{21}, u16{60000}}) { // shorter than a header; longer than the packet
            Frame frame(12);
            frame.set_length(lie);
            EXPECT_EQ(sys_sendto(wire, frame.bytes(), 0, nullptr), frame.size());
        }
        EXPECT_EQ(receive(r, 100, MSG_DONTWAIT).result, -EAGAIN);
        EXPECT_EQ(udp_count(b, UDP_MIB_INERRORS), 3U);
    });
}

// ARP's answer comes at once, but the neighbour must first be asked: the datagram is sent by the softirq that gets the
// answer, and the reader, who slept by then or not, gets it well before the time-out.
TEST_F(UdpReceive, APacketThatWaitedForItsNeighbourIsRead) {
    EXPECT_EQ(neigh_del(a, "va", host_b), 0);
    run([&] {
        const int r = udp_bound(b, host_b, 7000), s = udp_in(a);
        const u64 before = m.now_ns();
        EXPECT_EQ(send_to(s, host_b, 7000, 12), 12);
        EXPECT_EQ(receive(r).data, letters(12));
        EXPECT_LT(m.now_ns() - before, 100'000'000U);
    });
}

} // namespace
} // namespace skbscope::stack
