// SPDX-License-Identifier: GPL-2.0-or-later
// Ports: who may have which, and which of several sockets gets a packet.
#include "../socket/hosts.h"

#include "net/inet_globals.h"

#include <set>

namespace skbscope::stack {
namespace {

using UdpPorts = Hosts;

TEST_F(UdpPorts, OneSocketAPort) {
    run([&] {
        udp_bound(b, host_b, 7000);
        const int q = udp_in(b);
        EXPECT_EQ(sys_bind(q, address(host_b, 7000)), -EADDRINUSE);
        EXPECT_EQ(sys_bind(q, address(INADDR_ANY, 7000)), -EADDRINUSE); // every address includes that one
        EXPECT_EQ(sys_bind(q, address(INADDR_LOOPBACK, 7000)), 0);
        EXPECT_EQ(sys_bind(q, address(INADDR_LOOPBACK, 7001)), -EINVAL); // bound already
        udp_bound(a, host_a, 7000);                                      // another host
    });
}

TEST_F(UdpPorts, OnlyAddressesOfTheHostCanBeBound) {
    run([&] {
        const int q = udp_in(b);
        EXPECT_EQ(sys_bind(q, address(host_a, 7000)), -EADDRNOTAVAIL);
        EXPECT_EQ(set(q, SOL_IP, IP_FREEBIND, 1), 0);
        EXPECT_EQ(sys_bind(q, address(host_a, 7000)), 0);
        sockaddr_in strange = address(host_b, 7000);
        strange.sin_family = AF_INET6;
        EXPECT_EQ(sys_bind(udp_in(b), strange), -EAFNOSUPPORT);
    });
}

TEST_F(UdpPorts, ReuseNeedsBoth) {
    run([&] {
        const int first = udp_in(b), second = udp_in(b);
        EXPECT_EQ(set(first, SOL_SOCKET, SO_REUSEADDR, 1), 0);
        EXPECT_EQ(sys_bind(first, address(host_b, 7000)), 0);
        EXPECT_EQ(sys_bind(second, address(host_b, 7000)), -EADDRINUSE);
        EXPECT_EQ(set(second, SOL_SOCKET, SO_REUSEADDR, 1), 0);
        EXPECT_EQ(sys_bind(second, address(host_b, 7000)), 0);
    });
}

TEST_F(UdpPorts, ChosenOnesLieInTheRangeAndDiffer) {
    run([&] {
        std::set<u16> ports;
        for (int i = 0; i < 200; ++i) {
            const int s = udp_in(a);
            EXPECT_EQ(sys_bind(s, address(host_a, 0)), 0);
            const u16 port = sk_of(s)->inet_num;
            EXPECT_GE(port, 32768);
            EXPECT_LE(port, 60999);
            ports.insert(port);
        }
        EXPECT_EQ(ports.size(), 200U);
    });
}

TEST_F(UdpPorts, ASmallRangeRunsOut) {
    EXPECT_EQ(sysctl_set(a, "net.ipv4.ip_local_port_range", "40000 40009"), 0);
    run([&] {
        std::set<u16> ports;
        for (int i = 0; i < 10; ++i)
            ports.insert(sk_of(udp_bound(a, host_a, 0))->inet_num);
        EXPECT_EQ(*ports.begin(), 40000);
        EXPECT_EQ(*ports.rbegin(), 40009);
        EXPECT_EQ(sys_bind(udp_in(a), address(host_a, 0)), -EADDRINUSE);
        EXPECT_EQ(send_to(udp_in(a), host_b, 7000, 1), -EAGAIN);
    });
}

TEST_F(UdpPorts, AClosedSocketsPortIsFree) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000);
        EXPECT_EQ(sys_close(r), 0);
        udp_bound(b, host_b, 7000);
    });
}

// A connected socket beats one bound to the address, which beats one bound to every address.
TEST_F(UdpPorts, TheBestMatchGetsThePacket) {
    run([&] {
        const int s = udp_bound(a, host_a, 5000);
        std::vector<int> readers;
        for (const be32 ip : {INADDR_ANY, host_b, host_b}) {
            const int r = udp_in(b);
            EXPECT_EQ(set(r, SOL_SOCKET, SO_REUSEADDR, 1), 0);
            EXPECT_EQ(sys_bind(r, address(ip, 7000)), 0);
            readers.push_back(r);
        }
        EXPECT_EQ(sys_connect(readers[2], address(host_a, 5000)), 0);
        for (int best = 2; best >= 0; --best) {
            EXPECT_EQ(send_to(s, host_b, 7000, 4), 4);
            for (int i = 0; i <= best; ++i) {
                const auto n = static_cast<std::size_t>(i);
                EXPECT_EQ(receive(readers[n], 10, MSG_DONTWAIT).result, i == best ? 4 : -EAGAIN) << best << " " << i;
            }
            EXPECT_EQ(sys_close(readers[static_cast<std::size_t>(best)]), 0);
        }
    });
}

TEST_F(UdpPorts, AConnectedSocketIsDeafToOthers) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000), s = udp_bound(a, host_a, 5000), other = udp_bound(a, host_a, 5001);
        EXPECT_EQ(sys_connect(r, address(host_a, 5000)), 0);
        EXPECT_EQ(send_to(other, host_b, 7000, 1), 1);
        EXPECT_EQ(receive(r, 10, MSG_DONTWAIT).result, -EAGAIN);
        EXPECT_EQ(send_to(s, host_b, 7000, 2), 2);
        EXPECT_EQ(receive(r, 10, MSG_DONTWAIT).result, 2);
    });
}

// The second packet finds the socket, and its route, before any route is looked up.
TEST_F(UdpPorts, EarlyDemuxRemembersTheRoute) {
    run([&] {
        const int r = udp_bound(b, host_b, 7000), s = udp_bound(a, host_a, 5000);
        EXPECT_EQ(sys_connect(r, address(host_a, 5000)), 0);
        EXPECT_EQ(sk_of(r)->sk_rx_dst, nullptr);
        EXPECT_EQ(send_to(s, host_b, 7000, 1), 1);
        EXPECT_NE(sk_of(r)->sk_rx_dst, nullptr);
        EXPECT_EQ(sk_of(r)->sk_incoming_cpu, 0);
        EXPECT_EQ(send_to(s, host_b, 7000, 2), 2);
        EXPECT_EQ(receive(r).result, 1);
        EXPECT_EQ(receive(r).result, 2);
    });
}

TEST_F(UdpPorts, DisconnectingForgetsThePeer) {
    run([&] {
        const int s = udp_in(a);
        EXPECT_EQ(sys_connect(s, address(host_b, 7000)), 0);
        EXPECT_EQ(sk_of(s)->sk_state, TCP_ESTABLISHED);
        sockaddr_in none;
        none.sin_family = AF_UNSPEC;
        EXPECT_EQ(sys_connect(s, none), 0);
        EXPECT_EQ(sk_of(s)->sk_state, TCP_CLOSE);
        EXPECT_EQ(sk_of(s)->inet_num, 0); // the port was chosen by connect()
        EXPECT_EQ(send(s, 1), -EDESTADDRREQ);
    });
}

TEST_F(UdpPorts, ReusePortSpreadsFlows) {
    run([&] {
        std::vector<int> readers;
        for (int i = 0; i < 4; ++i) {
            const int r = udp_in(b);
            EXPECT_EQ(set(r, SOL_SOCKET, SO_REUSEPORT, 1), 0);
            EXPECT_EQ(sys_bind(r, address(host_b, 7000)), 0);
            readers.push_back(r);
        }
        constexpr int flows = 64;
        for (int i = 0; i < flows; ++i)
            EXPECT_EQ(send_to(udp_in(a), host_b, 7000, 1), 1);
        int total = 0;
        for (const int r : readers) {
            int mine = 0;
            while (receive(r, 10, MSG_DONTWAIT).result == 1)
                ++mine;
            EXPECT_GT(mine, 0);
            EXPECT_LT(mine, flows);
            total += mine;
        }
        EXPECT_EQ(total, flows);
    });
}

TEST_F(UdpPorts, TheTablesAreEmptyAtTheEnd) {
    run([&] {
        udp_bound(b, host_b, 7000);
        EXPECT_EQ(send_to(udp_in(a), host_b, 7000, 1), 1);
    });
    const udp_table &table = inet_global().udp_table;
    for (const udp_hslot &slot : table.hash)
        EXPECT_EQ(slot.count, 0);
    for (const udp_hslot &slot : table.hash2)
        EXPECT_EQ(slot.count, 0);
}

} // namespace
} // namespace skbscope::stack
