// SPDX-License-Identifier: GPL-2.0-or-later
// A router in the middle: what it passes on, what it refuses and whom it tells.
#include "wire.h"

namespace skbscope::stack {
namespace {

class Forward : public Routed {
protected:
    // The ICMP messages that reached a: type, code, and the second half of the rest of header.
    static std::vector<std::array<int, 3>> told(const Wire &back) {
        std::vector<std::array<int, 3>> v;
        for (const bytes &packet : back.packets())
            if (header_of(packet).protocol == IPPROTO_ICMP)
                v.push_back({packet[20], packet[21], packet[26] << 8 | packet[27]});
        return v;
    }
    bytes to_c(u8 ttl = 64, u16 frag = 0, std::size_t length = 12) const {
        return ip_packet(host_a, host_c, IPPROTO_UDP, udp_datagram(5000, 7000, letters(length)), 1, frag, ttl);
    }
};
using Told = std::vector<std::array<int, 3>>;

TEST_F(Forward, PassesOnWithOneLessToLive) {
    run([&] {
        const int receiver = udp_bound(c, host_c, 7000), sender = udp_in(a);
        const Wire wire(c, "vc");
        EXPECT_EQ(send_to(sender, host_c, 7000, 12), 12);
        const Received got = receive(receiver);
        EXPECT_EQ(got.data, letters(12));
        EXPECT_EQ(got.from.sin_addr, host_a);
        ASSERT_EQ(wire.packets().size(), 1U);
        const bytes packet = wire.packets()[0];
        EXPECT_EQ(header_of(packet).ttl, 63);
        EXPECT_EQ(ip_fast_csum(packet.data(), 5), sum16{});
        EXPECT_EQ(ip_count(r, IPSTATS_MIB_OUTFORWDATAGRAMS), 1U);
        EXPECT_EQ(ip_count(r, IPSTATS_MIB_INDELIVERS), 0U);
    });
}

TEST_F(Forward, TellsTheSenderWhoseTimeToLiveRanOut) {
    run([&] {
        udp_bound(c, host_c, 7000);
        const Wire into(r, "vb"), back(a, "va"), wire(c, "vc");
        into.receive_ip(to_c(2));
        EXPECT_EQ(told(back), Told{});
        EXPECT_EQ(wire.packets().size(), 1U);
        into.receive_ip(to_c(1));
        EXPECT_EQ(told(back), (Told{{11, 0, 0}}));
        EXPECT_EQ(wire.packets().size(), 1U);
        EXPECT_EQ(ip_count(r, IPSTATS_MIB_INHDRERRORS), 1U);
    });
}

TEST_F(Forward, TellsTheMtuWhenItMustNotCut) {
    expect(link_set_mtu(r, "vr", 600));
    run([&] {
        udp_bound(c, host_c, 7000);
        const Wire into(r, "vb"), back(a, "va"), wire(c, "vc");
        into.receive_ip(to_c(64, IP_DF, 572)); // just fits
        EXPECT_EQ(told(back), Told{});
        into.receive_ip(to_c(64, IP_DF, 573));
        EXPECT_EQ(told(back), (Told{{3, 4, 600}}));
        EXPECT_EQ(wire.packets().size(), 1U);
        EXPECT_EQ(ip_count(r, IPSTATS_MIB_FRAGFAILS), 1U);
    });
}

TEST_F(Forward, TheSenderLearnsThePathMtuAndCutsItself) {
    expect(link_set_mtu(r, "vr", 600));
    const Wire wire(c, "vc"), into(r, "vb");
    run([&] {
        const int receiver = udp_bound(c, host_c, 7000), sender = udp_in(a);
        EXPECT_EQ(send_to(sender, host_c, 7000, 1000), 1000); // with "don't cut": the router refuses it
        EXPECT_EQ(send_to(sender, host_c, 7000, 1000), 1000);
        EXPECT_EQ(receive(receiver).data, letters(1000));
        EXPECT_EQ(wire.packets().size(), 2U);
        EXPECT_EQ(into.packets().size(), 3U);
    });
    let_pass(m, 601); // ten minutes later it is forgotten
    run([&] {
        EXPECT_EQ(send_to(udp_in(a), host_c, 7000, 1000), 1000);
        EXPECT_EQ(wire.packets().size(), 2U);
        EXPECT_EQ(into.packets().size(), 4U);
    });
}

TEST_F(Forward, TellsWhyThereIsNoWay) {
    const auto route = [&](u8 net_number, route_kind kind) {
        expect(route_add(r, {.dst = ipv4(10, net_number, 0, 0),
                             .dst_len = 24,
                             .kind = kind,
                             .gateway = {},
                             .device = "",
                             .prefsrc = {}}));
    };
    route(1, route_kind::unreachable);
    route(2, route_kind::prohibit);
    route(3, route_kind::blackhole);
    run([&] {
        const Wire into(r, "vb"), back(a, "va");
        const auto send_to_net = [&](u8 net_number) {
            into.receive_ip(ip_packet(host_a, ipv4(10, net_number, 0, 5), IPPROTO_UDP, udp_datagram(1, 2, letters(4))));
            sys_nanosleep(1'000'000'000); // or the limit of one a second holds the next one back
        };
        send_to_net(1);
        EXPECT_EQ(told(back), (Told{{3, 1, 0}})); // host unreachable
        send_to_net(2);
        EXPECT_EQ(told(back).back(), (std::array{3, 13, 0})); // administratively prohibited
        send_to_net(3);
        EXPECT_EQ(told(back).size(), 2U); // a black hole says nothing
        send_to_net(4);
        EXPECT_EQ(told(back).back(), (std::array{3, 0, 0})); // network unreachable
        EXPECT_EQ(ip_count(r, IPSTATS_MIB_INNOROUTES), 1U);
    });
}

TEST_F(Forward, TellsThatNobodyAnswered) {
    run([&] {
        const Wire into(r, "vb"), back(a, "va"), wire(c, "vc");
        into.receive_ip(ip_packet(host_a, ipv4(10, 8, 0, 99), IPPROTO_UDP, udp_datagram(1, 2, letters(4))));
        sys_nanosleep(3'500'000'000);
        EXPECT_EQ(told(back), (Told{{3, 1, 0}}));
        EXPECT_EQ(wire.of_type(ETH_P_ARP).size(), 3U);
    });
}

TEST_F(Forward, StopsWhenSwitchedOff) {
    expect(sysctl_set(r, "net.ipv4.ip_forward", "0"));
    run([&] {
        const Wire into(r, "vb"), wire(c, "vc");
        into.receive_ip(to_c());
        EXPECT_TRUE(wire.packets().empty());
    });
}

TEST_F(Forward, SendsARedirectWhenThereIsAShorterWay) {
    // The router would send it back to where it came from: a's own link has the next hop.
    expect(route_add(
        r, {.dst = ipv4(10, 7, 0, 0), .dst_len = 24, .gateway = ipv4(10, 9, 0, 9), .device = "", .prefsrc = {}}));
    expect(neigh_replace(r, "vb", ipv4(10, 9, 0, 9), {2, 0, 0, 0, 0, 9}, neigh_request_state::permanent));
    run([&] {
        const Wire into(r, "vb"), back(a, "va");
        into.receive_ip(ip_packet(host_a, ipv4(10, 7, 0, 5), IPPROTO_UDP, udp_datagram(1, 2, letters(4))));
        ASSERT_GE(told(back).size(), 1U);
        EXPECT_EQ(told(back)[0], (std::array{5, 1, 9})); // redirect for the host, to 10.9.0.9
    });
}

} // namespace
} // namespace skbscope::stack
