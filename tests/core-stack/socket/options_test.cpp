// SPDX-License-Identifier: GPL-2.0-or-later
#include "hosts.h"

#include "linux/udp.h"

namespace skbscope::stack {
namespace {

class Options : public Hosts {
protected:
    // In a process: sets an int option and hands the struct sock to `check`.
    void with(int level, int option, int value, int expected, const std::function<void(inet_sock *)> &check = {}) {
        run([&] {
            const int fd = udp_in(a);
            EXPECT_EQ(set(fd, level, option, value), expected);
            if (check) check(inet_sk(sk_of(fd)));
        });
    }
};

TEST_F(Options, BuffersAreDoubledAndBounded) {
    with(SOL_SOCKET, SO_RCVBUF, 5000, 0, [](inet_sock *sk) { EXPECT_EQ(sk->sk_rcvbuf, 10000); });
    with(SOL_SOCKET, SO_RCVBUF, 1, 0, [](inet_sock *sk) { EXPECT_EQ(sk->sk_rcvbuf, 2304); });
    with(SOL_SOCKET, SO_RCVBUF, 1 << 30, 0, [](inet_sock *sk) { EXPECT_EQ(sk->sk_rcvbuf, 2 * 212992); });
    with(SOL_SOCKET, SO_RCVBUF, -1, 0, [](inet_sock *sk) { EXPECT_EQ(sk->sk_rcvbuf, 2 * 212992); });
    with(SOL_SOCKET, SO_SNDBUF, 1, 0, [](inet_sock *sk) { EXPECT_EQ(sk->sk_sndbuf, 4608); });
    with(SOL_SOCKET, SO_RCVBUFFORCE, 1 << 20, 0, [](inet_sock *sk) { EXPECT_EQ(sk->sk_rcvbuf, 2 << 20); });
}

TEST_F(Options, TimeOutsAreRoundedUpToJiffies) {
    run([&] {
        const int fd = udp_in(a);
        const auto timeo = [&](s64 sec, s64 usec) {
            EXPECT_EQ(set(fd, SOL_SOCKET, SO_RCVTIMEO_OLD, std::array{sec, usec}), 0);
            return sk_of(fd)->sk_rcvtimeo;
        };
        EXPECT_EQ(timeo(1, 0), 250);
        EXPECT_EQ(timeo(0, 1), 1);
        EXPECT_EQ(timeo(0, 4001), 2);
        EXPECT_EQ(timeo(0, 0), MAX_SCHEDULE_TIMEOUT);
        EXPECT_EQ(timeo(-1, 0), 0);
        EXPECT_EQ(set(fd, SOL_SOCKET, SO_RCVTIMEO_OLD, std::array<s64, 2>{0, 1'000'000}), -EDOM);
        EXPECT_EQ(set(fd, SOL_SOCKET, SO_RCVTIMEO_OLD, s64{1}), -EINVAL);
    });
}

TEST_F(Options, FlagsReachTheSocket) {
    with(SOL_SOCKET, SO_BROADCAST, 1, 0, [](inet_sock *sk) { EXPECT_TRUE(sock_flag(sk, SOCK_BROADCAST)); });
    with(SOL_SOCKET, SO_REUSEADDR, 1, 0, [](inet_sock *sk) { EXPECT_EQ(sk->sk_reuse, SK_CAN_REUSE); });
    with(SOL_SOCKET, SO_REUSEPORT, 1, 0, [](inet_sock *sk) { EXPECT_TRUE(sk->sk_reuseport); });
    with(SOL_SOCKET, SO_NO_CHECK, 1, 0, [](inet_sock *sk) { EXPECT_TRUE(sk->sk_no_check_tx); });
    with(SOL_IP, IP_TTL, 5, 0, [](inet_sock *sk) { EXPECT_EQ(sk->uc_ttl, 5); });
    with(SOL_IP, IP_TOS, 0x10, 0, [](inet_sock *sk) { EXPECT_EQ(sk->tos, 0x10); });
    with(SOL_IP, IP_RECVERR, 1, 0, [](inet_sock *sk) { EXPECT_TRUE(sk->recverr); });
    with(SOL_IP, IP_PKTINFO, 1, 0, [](inet_sock *sk) { EXPECT_EQ(sk->cmsg_flags, IP_CMSG_PKTINFO); });
    with(SOL_UDP, UDP_CORK, 1, 0, [](inet_sock *sk) { EXPECT_TRUE(udp_test_bit(UDP_FLAGS_CORK, sk)); });
}

TEST_F(Options, BadValuesAndUnknownOptionsAreRefused) {
    with(SOL_IP, IP_TTL, 0, -EINVAL);
    with(SOL_IP, IP_TTL, 256, -EINVAL);
    with(SOL_IP, IP_HDRINCL, 1, -ENOPROTOOPT);
    with(SOL_IP, IP_MTU_DISCOVER, 6, -EINVAL);
    with(SOL_IP, 99, 1, -ENOPROTOOPT);
    with(SOL_SOCKET, SO_TYPE, 1, -ENOPROTOOPT);
    with(SOL_UDP, UDP_SEGMENT, 65536, -EINVAL);
    with(SOL_UDP, 99, 1, -ENOPROTOOPT);
    run([&] { EXPECT_EQ(set(udp_in(a), SOL_SOCKET, SO_RCVBUF, u8{1}), -EINVAL); });
}

TEST_F(Options, BindToDeviceTakesANameOfTheNamespace) {
    run([&] {
        const int fd = udp_in(a);
        EXPECT_EQ(set(fd, SOL_SOCKET, SO_BINDTODEVICE, std::array<char, 3>{'v', 'a', 0}), 0);
        EXPECT_NE(sk_of(fd)->sk_bound_dev_if, 0);
        EXPECT_EQ(set(fd, SOL_SOCKET, SO_BINDTODEVICE, std::array<char, 3>{'v', 'b', 0}), -ENODEV);
        EXPECT_EQ(set(fd, SOL_SOCKET, SO_BINDTODEVICE, std::array<char, 1>{0}), 0);
        EXPECT_EQ(sk_of(fd)->sk_bound_dev_if, 0);
    });
}

} // namespace
} // namespace skbscope::stack
