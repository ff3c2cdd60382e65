// SPDX-License-Identifier: GPL-2.0-or-later
#include "../socket/hosts.h"

namespace skbscope::stack {
namespace {

using UdpSend = Hosts;

TEST_F(UdpSend, ArrivesWithItsPayloadAndItsSendersAddress) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000), s = udp_in(a);
        EXPECT_EQ(send_to(s, host_b, 7000, 12), 12);
        const Received got = receive(r);
        EXPECT_EQ(got.result, 12);
        EXPECT_EQ(got.data, letters(12));
        EXPECT_EQ(got.from.sin_addr, host_a);
        EXPECT_EQ(be16_to_cpu(got.from.sin_port), sk_of(s)->inet_num);
    });
}

// Empty, one byte, the most that fits a frame, one more (two fragments), the most that UDP can say.
TEST_F(UdpSend, AnyLengthArrivesWhole) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000), s = udp_in(a);
        for (const std::size_t length : {0U, 1U, 1472U, 1473U, 2953U, 65507U}) {
            EXPECT_EQ(send_to(s, host_b, 7000, length), static_cast<ssize_t>(length));
            EXPECT_EQ(receive(r).data, letters(length)) << length;
        }
        EXPECT_EQ(udp_count(b, UDP_MIB_INDATAGRAMS), 6U);
        EXPECT_EQ(udp_count(a, UDP_MIB_OUTDATAGRAMS), 6U);
    });
}

TEST_F(UdpSend, MoreThanADatagramHoldsIsRefused) {
    run([&] {
        const int s = udp_in(a);
        EXPECT_EQ(send_to(s, host_b, 7000, 65508), -EMSGSIZE);
        EXPECT_EQ(send_to(s, host_b, 7000, 65536), -EMSGSIZE);
    });
}

TEST_F(UdpSend, NeedsAnAddressAPortAndNoOutOfBand) {
    run([&] {
        const int s = udp_in(a);
        EXPECT_EQ(send(s, 1), -EDESTADDRREQ);
        EXPECT_EQ(send_to(s, host_b, 0, 1), -EINVAL);
        EXPECT_EQ(send_to(s, host_b, 7000, 1, MSG_OOB), -EOPNOTSUPP);
        sockaddr_in other = address(host_b, 7000);
        other.sin_family = AF_INET6;
        EXPECT_EQ(sys_sendto(s, letters(1), 0, &other), -EAFNOSUPPORT);
    });
}

TEST_F(UdpSend, WithoutARouteIsUnreachable) {
    run([&] {
        const int s = udp_in(a);
        EXPECT_EQ(send_to(s, ipv4(10, 99, 0, 1), 7000, 1), -ENETUNREACH);
        EXPECT_EQ(sys_connect(s, address(ipv4(10, 99, 0, 1), 7000)), -ENETUNREACH);
        EXPECT_EQ(a->mib.ip_statistics.mibs[IPSTATS_MIB_OUTNOROUTES], 2U);
    });
}

TEST_F(UdpSend, AConnectedSocketNoticesThatItsRouteIsGone) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000), s = udp_in(a);
        EXPECT_EQ(sys_connect(s, address(host_b, 7000)), 0);
        EXPECT_EQ(send(s, 5), 5);
        EXPECT_EQ(receive(r).result, 5);
        EXPECT_EQ(route_del(a, {.dst = ipv4(10, 9, 0, 0), .dst_len = 24, .gateway = {}, .device = "va", .prefsrc = {}}),
                  0);
        EXPECT_EQ(send(s, 5), -ENETUNREACH);
    });
}

TEST_F(UdpSend, MoreCollectsOneDatagram) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000), s = udp_in(a);
        EXPECT_EQ(send_to(s, host_b, 7000, 10, MSG_MORE), 10);
        EXPECT_EQ(receive(r, 100, MSG_DONTWAIT).result, -EAGAIN);
        EXPECT_EQ(send_to(s, host_b, 7000, 20), 20);
        std::vector<u8> both = letters(10);
        const std::vector<u8> rest = letters(20);
        both.insert(both.end(), rest.begin(), rest.end());
        EXPECT_EQ(receive(r).data, both);
    });
}

TEST_F(UdpSend, CorkIsPushedWhenItIsTakenOff) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000), s = udp_in(a);
        EXPECT_EQ(sys_connect(s, address(host_b, 7000)), 0);
        EXPECT_EQ(set(s, SOL_UDP, UDP_CORK, 1), 0);
        EXPECT_EQ(send(s, 3), 3);
        EXPECT_EQ(send(s, 4), 4);
        EXPECT_EQ(receive(r, 100, MSG_DONTWAIT).result, -EAGAIN);
        EXPECT_EQ(set(s, SOL_UDP, UDP_CORK, 0), 0);
        EXPECT_EQ(receive(r).result, 7);
        EXPECT_EQ(sk_wmem_alloc_get(sk_of(s)), 0);
    });
}

TEST_F(UdpSend, ClosingACorkedSocketForgetsWhatItCollected) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000), s = udp_in(a);
        EXPECT_EQ(send_to(s, host_b, 7000, 10, MSG_MORE), 10);
        EXPECT_EQ(sys_close(s), 0);
        EXPECT_EQ(receive(r, 100, MSG_DONTWAIT).result, -EAGAIN);
    });
}

TEST_F(UdpSend, BroadcastWantsPermission) {
    run([&] {
        const int r = udp_bound(b, INADDR_ANY, 7000), s = udp_in(a);
        const be32 everybody = ipv4(10, 9, 0, 255);
        EXPECT_EQ(send_to(s, everybody, 7000, 1), -EACCES);
        EXPECT_EQ(sys_connect(s, address(everybody, 7000)), -EACCES);
        EXPECT_EQ(set(s, SOL_SOCKET, SO_BROADCAST, 1), 0);
        EXPECT_EQ(send_to(s, everybody, 7000, 3), 3);
        EXPECT_EQ(receive(r).result, 3);
    });
}

TEST_F(UdpSend, AfterShutdownIsABrokenPipe) {
    run([&] {
        const int s = udp_in(a);
        EXPECT_EQ(sys_connect(s, address(host_b, 7000)), 0);
        EXPECT_EQ(sys_shutdown(s, SHUT_WR), 0);
        EXPECT_EQ(send(s, 1), -EPIPE);
        EXPECT_EQ(sys_shutdown(s, 3), -EINVAL);
        EXPECT_EQ(sys_shutdown(udp_in(a), SHUT_RD), -ENOTCONN);
    });
}

TEST_F(UdpSend, ToItselfTakesTheLoopback) {
    run([&] {
        const int r = udp_bound(a, INADDR_ANY, 7000), s = udp_in(a);
        for (const be32 self : {host_a, INADDR_LOOPBACK}) {
            EXPECT_EQ(send_to(s, self, 7000, 9), 9);
            const Received got = receive(r);
            EXPECT_EQ(got.result, 9);
            EXPECT_EQ(got.from.sin_addr, self);
        }
    });
}

} // namespace
} // namespace skbscope::stack
