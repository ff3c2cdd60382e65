// SPDX-License-Identifier: GPL-2.0-or-later
#include "hosts.h"

namespace skbscope::stack {
namespace {

using Descriptor = Hosts;

TEST_F(Descriptor, IsTheLowestFreeOne) {
    run([&] {
        const int first = udp_in(a), second = udp_in(a);
        EXPECT_EQ(first, 3);
        EXPECT_EQ(second, 4);
        EXPECT_EQ(sys_close(first), 0);
        EXPECT_EQ(udp_in(a), first);
    });
}

TEST_F(Descriptor, IsRefusedAfterClose) {
    run([&] {
        const int fd = udp_in(a);
        EXPECT_EQ(sys_close(fd), 0);
        EXPECT_EQ(sys_close(fd), -EBADF);
        EXPECT_EQ(send_to(fd, host_b, 7000, 1), -EBADF);
        EXPECT_EQ(sys_bind(-1, address(host_a, 1)), -EBADF);
    });
}

TEST_F(Descriptor, OfATapIsNoSocket) {
    run([&] {
        ASSERT_EQ(sys_setns(a), 0);
        const int tap = sys_tap_open("tap0", tap_receive::at_once);
        ASSERT_GE(tap, 0);
        EXPECT_EQ(sys_bind(tap, address(host_a, 1)), -ENOTSOCK);
        EXPECT_EQ(sys_connect(tap, address(host_a, 1)), -ENOTSOCK);
    });
}

TEST_F(Descriptor, RunsOutAt1024) {
    run([&] {
        int last = 0;
        while (last >= 0 && last < 2000)
            last = sys_socket(AF_INET, SOCK_DGRAM, 0);
        EXPECT_EQ(last, -EMFILE);
        EXPECT_EQ(sys_close(1023), 0);
        EXPECT_EQ(sys_socket(AF_INET, SOCK_DGRAM, 0), 1023);
    });
}

TEST_F(Descriptor, UnknownFamiliesTypesAndProtocolsAreRefused) {
    run([&] {
        EXPECT_EQ(sys_socket(99, SOCK_DGRAM, 0), -EAFNOSUPPORT);
        EXPECT_EQ(sys_socket(AF_INET6, SOCK_DGRAM, 0), -EAFNOSUPPORT);
        EXPECT_EQ(sys_socket(AF_INET, 15, 0), -EINVAL);
        EXPECT_EQ(sys_socket(AF_INET, SOCK_SEQPACKET, 0), -ESOCKTNOSUPPORT);
        EXPECT_EQ(sys_socket(AF_INET, SOCK_DGRAM, IPPROTO_TCP), -EPROTONOSUPPORT);
        EXPECT_EQ(sys_socket(AF_INET, SOCK_RAW, 0), -EPROTONOSUPPORT);
        EXPECT_EQ(sys_socket(AF_INET, SOCK_DGRAM, 263), -EINVAL);
    });
}

TEST_F(Descriptor, OfAnEndedProcessIsClosed) {
    run([&] { udp_bound(b, host_b, 7000); });
    run([&] { udp_bound(b, host_b, 7000); }); // the port is free again
}

} // namespace
} // namespace skbscope::stack
