// SPDX-License-Identifier: GPL-2.0-or-later
// One send, several datagrams (UDP_SEGMENT): cut by the sender's stack, by nobody, or by the receiver's; and what a
// socket may ask for.
#include "../ipv4/wire.h"

#include "linux/cmsg.h"
#include "linux/udp.h"
#include "net/checksum.h"
#include "net/sch_generic.h"

#include <algorithm>
#include <array>
#include <bit>

namespace skbscope::stack {
namespace {

class UdpSegment : public Routed {
protected:
    // The sender's device cannot take super-datagrams.
    void cut_at_sender(const std::vector<const char *> &off = {"tx-udp-segmentation"}) {
        for (const char *feature : off)
            expect(device_feature(a, "va", feature, false));
    }
    int sender(u16 segment) {
        const int s = udp_in(a);
        EXPECT_EQ(set(s, SOL_UDP, UDP_SEGMENT, int{segment}), 0);
        return s;
    }
    void expect_datagrams(int rx, const std::vector<std::size_t> &sizes) {
        const bytes all = letters(70000);
        std::size_t at = 0;
        for (const std::size_t n : sizes) {
            const auto from = all.begin() + static_cast<std::ptrdiff_t>(at);
            EXPECT_EQ(receive(rx).data, bytes(from, from + static_cast<std::ptrdiff_t>(n))) << "from byte " << at;
            at += n;
        }
        EXPECT_EQ(receive(rx, 100, MSG_DONTWAIT).result, -EAGAIN);
    }
    // Whole packets, with their checksums: as the wire would carry them.
    static void expect_good(const std::vector<bytes> &packets) {
        for (const bytes &p : packets) {
            const iphdr &ip = header_of(p);
            EXPECT_EQ(ip_fast_csum(&ip, 5), 0);
            EXPECT_EQ(be16_to_cpu(ip.tot_len), p.size());
            const auto len = static_cast<u32>(p.size() - 20);
            EXPECT_EQ(csum_tcpudp_magic(ip.saddr, ip.daddr, len, 17, csum_partial(&p[20], len, 0)), 0);
        }
    }
};

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

TEST_F(UdpSegment, TheOptionIsCheckedAndToldAgain) {
    run([&] {
        const int s = udp_in(a);
        EXPECT_EQ(set(s, SOL_UDP, UDP_SEGMENT, -1), -EINVAL);
        EXPECT_EQ(set(s, SOL_UDP, UDP_SEGMENT, 65536), -EINVAL);
        EXPECT_EQ(set(s, SOL_UDP, UDP_SEGMENT, u16{7}), -EINVAL) << "not an int";
        EXPECT_EQ(set(s, SOL_UDP, UDP_SEGMENT, 1200), 0);
        int val = 0;
        const std::span<u8> room(reinterpret_cast<u8 *>(&val), sizeof(val));
        EXPECT_EQ(sys_getsockopt(s, SOL_UDP, UDP_SEGMENT, room), 4);
        EXPECT_EQ(val, 1200);
        EXPECT_EQ(sys_getsockopt(s, SOL_UDP, UDP_GRO, room), 4);
        EXPECT_EQ(val, 0);
        EXPECT_EQ(sys_getsockopt(s, SOL_UDP, UDP_SEGMENT, room.first(2)), 2);
        EXPECT_EQ(sys_getsockopt(s, SOL_UDP, 99, room), -ENOPROTOOPT);
    });
}

TEST_F(UdpSegment, WhatCannotBeSentIsRefused) {
    run([&] {
        EXPECT_EQ(send_to(sender(1473), host_b, 7000, 3000), -EMSGSIZE) << "a segment larger than the MTU";
        EXPECT_EQ(send_to(sender(10), host_b, 7000, 1281), -EINVAL) << "more than 128";
        EXPECT_EQ(send_to(sender(10), host_b, 7000, 1280), 1280);
        const int s = sender(1000);
        EXPECT_EQ(set(s, SOL_SOCKET, SO_NO_CHECK, 1), 0);
        EXPECT_EQ(send_to(s, host_b, 7000, 3000), -EINVAL) << "every segment needs a checksum";
        expect(device_feature(a, "va", "tx-checksum-ip-generic", false));
        EXPECT_EQ(send_to(sender(1000), host_b, 7000, 3000), -EIO) << "and the device must compute it";
        EXPECT_EQ(sk_wmem_alloc_get(sk_of(s)), 0);
    });
}

// --- for one send ---------------------------------------------------------------------------------------------------

struct Control {
    alignas(8) std::array<u8, 64> room{};
    std::size_t size = 0;
    template <class T> void add(int level, int type, const T &value) {
        const cmsghdr header{.cmsg_len = CMSG_LEN(sizeof(T)), .cmsg_level = level, .cmsg_type = type};
        std::memcpy(&room[size], &header, sizeof(header));
        std::memcpy(&room[size + sizeof(header)], &value, sizeof(T));
        size += CMSG_SPACE(sizeof(T));
    }
};

int send_with(int fd, Control &control, std::size_t length) {
    std::vector<u8> data = letters(length);
    sockaddr_in to = address(host_b, 7000);
    iovec iov;
    msghdr msg;
    EXPECT_EQ(import_single_range(WRITE, data.data(), data.size(), &iov, &msg.msg_iter), 0);
    msg.msg_name = &to;
    msg.msg_namelen = sizeof(to);
    msg.msg_control = control.room.data();
    msg.msg_controllen = control.size;
    file *f = fget(fd);
    const int sent = sock_sendmsg(sock_from_file(f), &msg);
    fput(f);
    return sent;
}

TEST_F(UdpSegment, AControlMessageIsForOneSend) {
    run([&] {
        const int rx = udp_bound(b, host_b, 7000), s = sender(1000);
        Control of400;
        of400.add(SOL_UDP, UDP_SEGMENT, u16{400});
        EXPECT_EQ(send_with(s, of400, 1000), 1000);
        expect_datagrams(rx, {400, 400, 200});
        EXPECT_EQ(send_to(s, host_b, 7000, 2000), 2000);
        expect_datagrams(rx, {1000, 1000});
        Control none;
        none.add(SOL_UDP, UDP_SEGMENT, u16{0});
        EXPECT_EQ(send_with(s, none, 1400), 1400);
        expect_datagrams(rx, {1400});
    });
}

TEST_F(UdpSegment, WrongControlMessagesAreRefused) {
    run([&] {
        const int s = udp_in(a);
        Control wide, unknown, other, cut;
        wide.add(SOL_UDP, UDP_SEGMENT, int{400});
        EXPECT_EQ(send_with(s, wide, 1000), -EINVAL);
        unknown.add(SOL_UDP, 99, u16{400});
        EXPECT_EQ(send_with(s, unknown, 1000), -EINVAL);
        other.add(SOL_IP, IP_TTL, int{3}); // not modelled
        EXPECT_EQ(send_with(s, other, 1000), -EINVAL);
        cut.add(SOL_UDP, UDP_SEGMENT, u16{400});
        cut.size = CMSG_LEN(1);
        EXPECT_EQ(send_with(s, cut, 1000), -EINVAL);
        EXPECT_EQ(sk_wmem_alloc_get(sk_of(s)), 0);
    });
}

} // namespace
} // namespace skbscope::stack
