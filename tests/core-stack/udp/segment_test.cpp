// SPDX-License-Identifier: GPL-2.0-or-later
// One send, several datagrams (UDP_SEGMENT): cut by the sender's stack, by a router's, by nobody, or by the receiver's.
#include "segment_hosts.h"

#include "net/sch_generic.h"

#include <algorithm>
#include <bit>

namespace skbscope::stack {
namespace {

TEST_F(UdpSegment, AVethTakesItWholeTheReceiverCuts) {
    const Wire wire(b, "vb");
    run([&] {
        const int rx = udp_bound(b, host_b, 7000), s = sender(1000);
        EXPECT_EQ(send_to(s, host_b, 7000, 2500), 2500);
        ASSERT_EQ(wire.packets().size(), 1U);
        EXPECT_EQ(wire.packets()[0].size(), 2528U);
        expect_datagrams(rx, {1000, 1000, 500});
        EXPECT_EQ(sk_wmem_alloc_get(sk_of(s)), 0);
        EXPECT_EQ(sk_rmem_alloc_get(sk_of(rx)), 0);
    });
}

TEST_F(UdpSegment, AReceiverThatAsksGetsItWhole) {
    run([&] {
        const int rx = udp_bound(b, host_b, 7000), s = sender(1000);
        EXPECT_EQ(set(rx, SOL_UDP, UDP_GRO, 1), 0);
        EXPECT_EQ(send_to(s, host_b, 7000, 2500), 2500);
        expect_datagrams(rx, {2500});
    });
}

TEST_F(UdpSegment, IsCutForADeviceThatCannot) {
    cut_at_sender();
    const Wire wire(b, "vb");
    run([&] {
        const int rx = udp_bound(b, host_b, 7000), s = sender(1000);
        EXPECT_EQ(send_to(s, host_b, 7000, 2500), 2500);
        const auto packets = wire.packets();
        ASSERT_EQ(packets.size(), 3U);
        for (std::size_t i = 0; i < 3; ++i) {
            EXPECT_EQ(packets[i].size(), 28U + (i < 2 ? 1000 : 500));
            EXPECT_EQ(be16_to_cpu(header_of(packets[i]).id), be16_to_cpu(header_of(packets[0]).id) + i);
            EXPECT_EQ(ip_fast_csum(&header_of(packets[i]), 5), 0);
        }
        expect_datagrams(rx, {1000, 1000, 500});
        EXPECT_EQ(sk_wmem_alloc_get(sk_of(s)), 0);
    });
}

// Cut in the socket's host although its device computes checksums; the frames go on to one that does not.
TEST_F(UdpSegment, EverySegmentHasItsChecksum) {
    cut_at_sender();
    expect(device_feature(b, "vr", "tx-checksum-ip-generic", false));
    const Wire wire(c, "vc");
    run([&] {
        const int rx = udp_bound(c, host_c, 7000), s = sender(700);
        EXPECT_EQ(send_to(s, host_c, 7000, 3333), 3333);
        ASSERT_EQ(wire.packets().size(), 5U);
        expect_good(wire.packets());
        expect_datagrams(rx, {700, 700, 700, 700, 533});
    });
}

// A router's outgoing device cuts what came in whole.
TEST_F(UdpSegment, IsCutByARouterWhoseDeviceCannot) {
    expect(device_feature(b, "vr", "tx-udp-segmentation", false));
    expect(device_feature(b, "vr", "tx-checksum-ip-generic", false));
    const Wire in(b, "vb"), out(c, "vc");
    run([&] {
        const int rx = udp_bound(c, host_c, 7000), s = sender(1000);
        EXPECT_EQ(send_to(s, host_c, 7000, 2500), 2500);
        EXPECT_EQ(in.packets().size(), 1U);
        ASSERT_EQ(out.packets().size(), 3U);
        expect_good(out.packets());
        expect_datagrams(rx, {1000, 1000, 500});
    });
}

// The way out is narrower than the segments: cut, then each made fragments; with DF the sender is told.
TEST_F(UdpSegment, SegmentsTooLargeForTheWayOutBecomeFragments) {
    expect(link_set_mtu(b, "vr", 600));
    expect(link_set_mtu(c, "vc", 600));
    const Wire out(c, "vc");
    run([&] {
        const int rx = udp_bound(c, host_c, 7000), s = sender(1000);
        EXPECT_EQ(set(s, SOL_IP, IP_MTU_DISCOVER, int{IP_PMTUDISC_DONT}), 0);
        EXPECT_EQ(send_to(s, host_c, 7000, 2500), 2500);
        EXPECT_EQ(out.packets().size(), 5U) << "1008 and 1008 in two each, 508 in one";
        expect_datagrams(rx, {1000, 1000, 500});
        EXPECT_EQ(ip_count(b, IPSTATS_MIB_FRAGOKS), 3U) << "the one piece counts, too";
        EXPECT_EQ(set(s, SOL_IP, IP_MTU_DISCOVER, int{IP_PMTUDISC_DO}), 0);
        EXPECT_EQ(send_to(s, host_c, 7000, 2500), 2500);
        EXPECT_EQ(ip_count(b, IPSTATS_MIB_FRAGFAILS), 1U);
        EXPECT_EQ(out.packets().size(), 5U);
    });
}

// Payload that was collected first is cut like any other.
TEST_F(UdpSegment, ACorkedDatagramIsCutToo) {
    run([&] {
        const int rx = udp_bound(b, host_b, 7000), s = sender(500);
        EXPECT_EQ(sys_connect(s, address(host_b, 7000)), 0);
        EXPECT_EQ(set(s, SOL_UDP, UDP_CORK, 1), 0);
        EXPECT_EQ(send(s, 520), 520); // 20 alphabets: the letters go on
        EXPECT_EQ(send(s, 680), 680);
        EXPECT_EQ(receive(rx, 100, MSG_DONTWAIT).result, -EAGAIN);
        EXPECT_EQ(set(s, SOL_UDP, UDP_CORK, 0), 0);
        expect_datagrams(rx, {500, 500, 200});
        EXPECT_EQ(sk_wmem_alloc_get(sk_of(s)), 0);
    });
}

TEST_F(UdpSegment, ToOneselfItIsCutOnTheWayIn) {
    run([&] {
        const int rx = udp_bound(a, host_a, 7000), s = sender(1000);
        EXPECT_EQ(send_to(s, host_a, 7000, 2500), 2500);
        expect_datagrams(rx, {1000, 1000, 500});
        EXPECT_EQ(sk_wmem_alloc_get(sk_of(s)), 0);
    });
}

// What fits one segment is an ordinary datagram.
TEST_F(UdpSegment, OneSegmentIsNoSuperDatagram) {
    const Wire wire(b, "vb");
    run([&] {
        const int rx = udp_bound(b, host_b, 7000), s = sender(1000);
        EXPECT_EQ(send_to(s, host_b, 7000, 1000), 1000);
        EXPECT_EQ(wire.packets()[0].size(), 1028U);
        expect_datagrams(rx, {1000});
    });
}

// Pages, a linear head, checksums by hand: whatever the device lacks.
TEST_F(UdpSegment, ADeviceThatCanNothingStillSends) {
    const Wire wire(b, "vb");
    run([&] {
        const int rx = udp_bound(b, host_b, 7000), s = sender(1400);
        cut_at_sender({"tx-udp-segmentation", "sg"});
        EXPECT_EQ(send_to(s, host_b, 7000, 60000), 60000);
        EXPECT_EQ(wire.packets().size(), 43U);
        for (int i = 0; i < 43; ++i)
            EXPECT_EQ(receive(rx).result, i < 42 ? 1400 : 1200);
        EXPECT_EQ(sk_wmem_alloc_get(sk_of(s)), 0);
    });
}

// Larger than a token bucket's burst, it is cut in front of it; the segments leave at the rate.
TEST_F(UdpSegment, ATokenBucketCutsWhatIsLargerThanItsBurst) {
    expect(qdisc_set(a, "va", "tbf rate 8mbit burst 2000 limit 20000"));
    const Wire wire(b, "vb");
    run([&] {
        const int rx = udp_bound(b, host_b, 7000), s = sender(1000);
        EXPECT_EQ(send_to(s, host_b, 7000, 5000), 5000);
        EXPECT_EQ(wire.packets().size(), 1U) << "one is within the burst";
        const Qdisc *q = netdev_get_tx_queue(__dev_get_by_name(a, "va"), 0)->qdisc;
        EXPECT_EQ(q->q.qlen, 4U);
        EXPECT_EQ(q->qstats.backlog, 4 * 1042U);
        EXPECT_EQ(sys_nanosleep(10'000'000), 0);
        EXPECT_EQ(q->q.qlen, 0U);
        EXPECT_EQ(q->qstats.backlog, 0U);
        expect_datagrams(rx, {1000, 1000, 1000, 1000, 1000});
        EXPECT_EQ(sk_wmem_alloc_get(sk_of(s)), 0);
        EXPECT_EQ(send_to(sender(1400), host_b, 7000, 2600), 2600);
        EXPECT_EQ(sys_nanosleep(10'000'000), 0);
        expect_datagrams(rx, {1400, 1200});
    });
    expect(qdisc_set(a, "va", "tbf rate 8mbit burst 1000 limit 20000"));
    run([&] {
        const Qdisc *q = netdev_get_tx_queue(__dev_get_by_name(a, "va"), 0)->qdisc;
        EXPECT_EQ(send_to(sender(1000), host_b, 7000, 5000), 5000);
        EXPECT_EQ(q->qstats.drops, 1U) << "not even a segment would fit";
        EXPECT_EQ(q->q.qlen, 0U);
    });
}

int bits_that_differ(const bytes &x, const bytes &y) {
    EXPECT_EQ(x.size(), y.size());
    int n = 0;
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i)
        n += std::popcount(static_cast<unsigned>(x[i] ^ y[i]));
    return n;
}

// A bad network hits single packets: what is several is cut first, with checksums that then do not fit.
TEST_F(UdpSegment, NetemHitsOneBitOfASegment) {
    expect(device_feature(b, "vr", "tx-udp-segmentation", false));
    expect(device_feature(b, "vr", "tx-checksum-ip-generic", false));
    Wire wire(c, "vc");
    run([&] {
        const int s = sender(1000);
        EXPECT_EQ(set(s, SOL_IP, IP_MTU_DISCOVER, int{IP_PMTUDISC_DO}), 0); // ids start at 0
        EXPECT_EQ(send_to(s, host_c, 7000, 2500), 2500);
        const auto good = wire.frames();
        ASSERT_EQ(good.size(), 3U);
        wire.clear();
        expect(device_feature(b, "vr", "tx-udp-segmentation", true));
        expect(device_feature(b, "vr", "tx-checksum-ip-generic", true));
        expect(qdisc_set(b, "vr", "netem corrupt 100% delay 1ms"));
        const Qdisc *q = netdev_get_tx_queue(__dev_get_by_name(b, "vr"), 0)->qdisc;
        EXPECT_EQ(send_to(s, host_c, 7000, 2500), 2500);
        EXPECT_EQ(q->q.qlen, 3U);
        EXPECT_EQ(q->qstats.backlog, 2 * 1042U + 542);
        EXPECT_EQ(sys_nanosleep(5'000'000), 0);
        EXPECT_EQ(q->q.qlen, 0U);
        EXPECT_EQ(q->qstats.backlog, 0U);
        ASSERT_EQ(wire.frames().size(), 3U);
        for (std::size_t i = 0; i < 3; ++i)
            EXPECT_EQ(bits_that_differ(wire.frames()[i], good[i]), 1) << i;
        EXPECT_EQ(sk_wmem_alloc_get(sk_of(s)), 0);

        expect(qdisc_set(b, "vr", "netem corrupt 100% delay 1ms limit 0"));
        EXPECT_EQ(send_to(s, host_c, 7000, 2500), 2500);
        const Qdisc *full = netdev_get_tx_queue(__dev_get_by_name(b, "vr"), 0)->qdisc;
        EXPECT_EQ(full->q.qlen, 0U);
        EXPECT_EQ(full->qstats.drops, 1U) << "with all its segments";
        EXPECT_EQ(sk_wmem_alloc_get(sk_of(s)), 0);
    });
}

// The sender is charged until the last segment is gone.
TEST_F(UdpSegment, TheSenderIsChargedForEverySegment) {
    cut_at_sender();
    run([&] {
        const int s = sender(1000);
        const be32 nobody = ipv4(10, 9, 0, 77);
        EXPECT_EQ(send_to(s, nobody, 7000, 5000), 5000); // waits for ARP, whole
        EXPECT_GT(sk_wmem_alloc_get(sk_of(s)), 5000);
        EXPECT_EQ(sys_nanosleep(4'000'000'000), 0);
        EXPECT_EQ(sk_wmem_alloc_get(sk_of(s)), 0);
    });
}

} // namespace
} // namespace skbscope::stack
