// SPDX-License-Identifier: GPL-2.0-or-later
#include "../sim/entered.h"
#include "../socket/hosts.h"

#include "linux/icmp.h"
#include "net/checksum.h"

#include <cstring>

namespace skbscope::stack {
namespace {

class Echo : public Hosts {
protected:
    static std::vector<u8> request(u8 type = ICMP_ECHO, std::size_t payload = 56) {
        std::vector<u8> p(8);
        p[0] = type;
        p[5] = 1; // identifier
        p[7] = 1; // sequence
        const std::vector<u8> data = letters(payload);
        p.insert(p.end(), data.begin(), data.end());
        const sum16 sum = csum_fold(csum_partial(p.data(), p.size(), 0));
        std::memcpy(&p[2], &sum, 2);
        return p;
    }
    static ssize_t send_raw(int fd, be32 to, const std::vector<u8> &packet) {
        const sockaddr_in addr = address(to, 0);
        return sys_sendto(fd, packet, 0, &addr);
    }
    static bool is_reply_to(const std::vector<u8> &icmp, const std::vector<u8> &sent) {
        return icmp.size() == sent.size() && icmp[0] == ICMP_ECHOREPLY && icmp[1] == 0 &&
               std::equal(icmp.begin() + 4, icmp.end(), sent.begin() + 4) &&
               csum_fold(csum_partial(icmp.data(), icmp.size(), 0)) == 0;
    }
};

TEST_F(Echo, ThePathOfAnAnswer) {
    recorder.set_on(true);
    run([&] { EXPECT_EQ(send_raw(socket_in(a, SOCK_RAW, IPPROTO_ICMP), host_b, request()), 64); });
    recorder.set_on(false);
    expect_in_order(entered(recorder),
                    {"ip_rcv", "icmp_rcv", "icmp_echo", "icmp_reply", "icmpv4_global_allow", "icmpv4_mask_allow",
                     "icmpv4_xrlim_allow", "icmp_push_reply", "ip_rcv", "icmp_rcv", "ping_rcv"});
}

TEST_F(Echo, IsAnsweredAndARawSocketSeesIt) {
    run([&] {
        const int raw = socket_in(a, SOCK_RAW, IPPROTO_ICMP);
        const std::vector<u8> sent = request();
        EXPECT_EQ(send_raw(raw, host_b, sent), 64);
        const Received got = receive(raw);
        ASSERT_EQ(got.result, 84); // the IP header too
        EXPECT_EQ(got.from.sin_addr, host_b);
        EXPECT_TRUE(is_reply_to({got.data.begin() + 20, got.data.end()}, sent));
    });
}

TEST_F(Echo, OfManyFragmentsIsAnsweredWhole) {
    run([&] {
        const int raw = socket_in(a, SOCK_RAW, IPPROTO_ICMP);
        const std::vector<u8> sent = request(ICMP_ECHO, 4000);
        EXPECT_EQ(send_raw(raw, host_b, sent), 4008);
        const Received got = receive(raw);
        ASSERT_EQ(got.result, 4028);
        EXPECT_TRUE(is_reply_to({got.data.begin() + 20, got.data.end()}, sent));
    });
}

TEST_F(Echo, CanBeSwitchedOff) {
    EXPECT_EQ(sysctl_set(b, "net.ipv4.icmp_echo_ignore_all", "1"), 0);
    run([&] {
        const int raw = socket_in(a, SOCK_RAW, IPPROTO_ICMP);
        EXPECT_EQ(send_raw(raw, host_b, request()), 64);
        EXPECT_EQ(receive(raw, 100, MSG_DONTWAIT).result, -EAGAIN);
    });
}

TEST_F(Echo, WithAWrongChecksumIsNotAnswered) {
    run([&] {
        const int raw = socket_in(a, SOCK_RAW, IPPROTO_ICMP);
        std::vector<u8> broken = request();
        broken[2] ^= 1;
        EXPECT_EQ(send_raw(raw, host_b, broken), 64);
        EXPECT_EQ(receive(raw, 100, MSG_DONTWAIT).result, -EAGAIN);
        EXPECT_EQ(b->mib.icmp_statistics.mibs[ICMP_MIB_CSUMERRORS], 1U);
    });
}

TEST_F(Echo, AFilterKeepsTypesFromARawSocket) {
    run([&] {
        const int raw = socket_in(a, SOCK_RAW, IPPROTO_ICMP);
        EXPECT_EQ(set(raw, SOL_RAW, ICMP_FILTER, u32{1} << ICMP_ECHOREPLY), 0);
        EXPECT_EQ(send_raw(raw, host_b, request()), 64);
        EXPECT_EQ(receive(raw, 100, MSG_DONTWAIT).result, -EAGAIN);
    });
}

TEST_F(Echo, TimeStampsAreAnswered) {
    run([&] {
        const int raw = socket_in(a, SOCK_RAW, IPPROTO_ICMP);
        EXPECT_EQ(send_raw(raw, host_b, request(ICMP_TIMESTAMP, 12)), 20);
        const Received got = receive(raw);
        ASSERT_EQ(got.result, 40);
        EXPECT_EQ(got.data[20], ICMP_TIMESTAMPREPLY);
        EXPECT_EQ(csum_fold(csum_partial(&got.data[20], 20, 0)), 0);
    });
}

TEST_F(Echo, APingSocketNeedsItsGroup) {
    run([&] {
        EXPECT_EQ(sys_setns(a), 0);
        EXPECT_EQ(sys_socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP), -EACCES);
    });
    EXPECT_EQ(sysctl_set(a, "net.ipv4.ping_group_range", "0 100"), 0);
    run([&] {
        const int ping = socket_in(a, SOCK_DGRAM, IPPROTO_ICMP);
        const std::vector<u8> sent = request();
        EXPECT_EQ(send_raw(ping, host_b, sent), 64);
        const Received got = receive(ping);
        ASSERT_EQ(got.result, 64); // no IP header
        EXPECT_EQ(got.data[0], ICMP_ECHOREPLY);
        EXPECT_EQ(got.data[4] << 8 | got.data[5], sk_of(ping)->inet_num); // the kernel's identifier, not ours
        EXPECT_EQ(got.data[7], 1);
        EXPECT_EQ(send_raw(ping, host_b, request(ICMP_TIMESTAMP)), -EINVAL);
    });
}

TEST_F(Echo, AHeaderOfOnesOwn) {
    run([&] {
        const int raw = socket_in(a, SOCK_RAW, IPPROTO_ICMP);
        EXPECT_EQ(set(raw, SOL_IP, IP_HDRINCL, 1), 0);
        std::vector<u8> packet(20);
        packet[0] = 0x45;
        packet[8] = 9; // ttl
        packet[9] = IPPROTO_ICMP;
        std::memcpy(&packet[16], &host_b.raw, 4);
        const std::vector<u8> icmp = request();
        packet.insert(packet.end(), icmp.begin(), icmp.end());
        EXPECT_EQ(send_raw(raw, host_b, packet), 84);
        const Received got = receive(raw);
        ASSERT_EQ(got.result, 84);
        EXPECT_TRUE(is_reply_to({got.data.begin() + 20, got.data.end()}, icmp));
        packet[0] = 0x44; // a header of 16 bytes
        EXPECT_EQ(send_raw(raw, host_b, packet), -EINVAL);
    });
}

} // namespace
} // namespace skbscope::stack
