// SPDX-License-Identifier: GPL-2.0-or-later
// What becomes of a packet nobody wants, and who is told.
#include "../socket/hosts.h"

#include "linux/icmp.h"

namespace skbscope::stack {
namespace {

class IcmpError : public Hosts {
protected:
    static u64 sent(const net *ns, u8 type) { return ns->mib.icmpmsg_statistics.mibs[256U + type]; }
    static u64 received(const net *ns, u8 type) { return ns->mib.icmpmsg_statistics.mibs[type]; }
};

TEST_F(IcmpError, NoSocketRefusesAConnectedSender) {
    run([&] {
        const int s = udp_in(a);
        EXPECT_EQ(sys_connect(s, address(host_b, 9)), 0);
        EXPECT_EQ(send(s, 12), 12);
        EXPECT_EQ(udp_count(b, UDP_MIB_NOPORTS), 1U);
        EXPECT_EQ(sent(b, ICMP_DEST_UNREACH), 1U);
        EXPECT_EQ(received(a, ICMP_DEST_UNREACH), 1U);
        EXPECT_EQ(send(s, 12), -ECONNREFUSED); // told once
        EXPECT_EQ(receive(s, 10, MSG_DONTWAIT).result, -EAGAIN);
    });
}

TEST_F(IcmpError, AnUnconnectedSenderIsNotTold) {
    run([&] {
        const int s = udp_in(a);
        EXPECT_EQ(send_to(s, host_b, 9, 12), 12);
        EXPECT_EQ(received(a, ICMP_DEST_UNREACH), 1U);
        EXPECT_EQ(receive(s, 10, MSG_DONTWAIT).result, -EAGAIN);
    });
}

TEST_F(IcmpError, UnlessItAskedForErrors) {
    run([&] {
        const int s = udp_in(a);
        EXPECT_EQ(set(s, SOL_IP, IP_RECVERR, 1), 0);
        EXPECT_EQ(send_to(s, host_b, 9, 12), 12);
        EXPECT_EQ(send_to(s, host_b, 9, 12), -ECONNREFUSED);
        EXPECT_EQ(skb_peek(&sk_of(s)->sk_error_queue)->pkt_type, PACKET_OUTGOING);
        const Received failed = receive(s, 100, MSG_ERRQUEUE);
        EXPECT_EQ(failed.data, letters(12)); // what was sent
        EXPECT_EQ(failed.from.sin_addr, host_b);
        EXPECT_EQ(failed.from.sin_port, cpu_to_be16(9));
        EXPECT_EQ(receive(s, 100, MSG_ERRQUEUE).result, -EAGAIN);
    });
}

TEST_F(IcmpError, ASilentNeighbourIsAnUnreachableHost) {
    run([&] {
        const int s = udp_in(a);
        EXPECT_EQ(set(s, SOL_IP, IP_RECVERR, 1), 0);
        EXPECT_EQ(sys_connect(s, address(ipv4(10, 9, 0, 77), 7000)), 0);
        EXPECT_EQ(send(s, 12), 12);
        EXPECT_EQ(sys_nanosleep(4'000'000'000), 0);
        EXPECT_EQ(receive(s, 10, MSG_DONTWAIT).result, -EHOSTUNREACH);
    });
}

TEST_F(IcmpError, TheNamespaceSendsABurstAndNoMore) {
    run([&] {
        const int s = udp_in(a);
        for (int i = 0; i < 300; ++i)
            EXPECT_EQ(send_to(s, host_b, 9, 1), 1);
        // Each takes 0 to 2 of 50 tokens; the peer's own bucket holds 6 a second, burst 6.
        EXPECT_EQ(udp_count(b, UDP_MIB_NOPORTS), 300U);
        EXPECT_GE(sent(b, ICMP_DEST_UNREACH), 1U);
        EXPECT_LE(sent(b, ICMP_DEST_UNREACH), 6U);
        EXPECT_GT(b->mib.icmp_statistics.mibs[ICMP_MIB_RATELIMITHOST], 200U);
    });
}

TEST_F(IcmpError, NoErrorAboutABroadcast) {
    run([&] {
        const int s = udp_in(a);
        EXPECT_EQ(set(s, SOL_SOCKET, SO_BROADCAST, 1), 0);
        EXPECT_EQ(send_to(s, ipv4(10, 9, 0, 255), 9, 1), 1);
        EXPECT_EQ(udp_count(b, UDP_MIB_IGNOREDMULTI), 1U);
        EXPECT_EQ(sent(b, ICMP_DEST_UNREACH), 0U);
    });
}

} // namespace
} // namespace skbscope::stack
