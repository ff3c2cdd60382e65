// SPDX-License-Identifier: GPL-2.0-or-later
// Which way a packet goes out: by kind of route, by address, and that the answer is kept for the next packet.
#include "../ipv4/wire.h"

#include "net/flow.h"
#include "net/ip_fib.h"
#include "net/route.h"

#include <map>

namespace skbscope::stack {
namespace {

class Output : public Routed {
protected:
    struct Way {
        int error = 0;
        std::string device;
        be32 gateway, source;
        unsigned type = 0;
        const rtable *route = nullptr; // only to be compared: its reference is given back
    };
    static Way way(net *ns, be32 to, be32 from = {}) {
        flowi4 fl{};
        fl.daddr = to;
        fl.saddr = from;
        rtable *rt = ip_route_output_key(ns, &fl);
        if (IS_ERR(rt)) return {.error = PTR_ERR(rt), .device = "", .gateway = {}, .source = {}};
        const Way found{.device = rt->dst.dev->name,
                        .gateway = rt->rt_gw_family ? rt->rt_gw4 : be32{},
                        .source = fl.saddr,
                        .type = rt->rt_type,
                        .route = rt};
        ip_rt_put(rt);
        return found;
    }
    static void route(net *ns, be32 to, u8 length, route_kind kind, be32 gateway = {}, u32 metric = 0) {
        expect(route_add(ns, {.dst = to,
                              .dst_len = length,
                              .kind = kind,
                              .gateway = gateway,
                              .device = "",
                              .metric = metric,
                              .prefsrc = {}}));
    }
};
constexpr be32 far_away = ipv4(192, 0, 2, 1);

TEST_F(Output, EveryKindHasItsAnswer) {
    const std::vector<std::pair<route_kind, int>> kinds{{route_kind::blackhole, -EINVAL},
                                                        {route_kind::unreachable, -EHOSTUNREACH},
                                                        {route_kind::prohibit, -EACCES},
                                                        {route_kind::throw_, -ENETUNREACH}};
    EXPECT_EQ(way(a, far_away).error, -ENETUNREACH);
    for (const auto &[kind, error] : kinds) {
        const route_request request{
            .dst = ipv4(192, 0, 2, 0), .dst_len = 24, .kind = kind, .gateway = {}, .device = "", .prefsrc = {}};
        expect(route_add(a, request));
        EXPECT_EQ(way(a, far_away).error, error);
        expect(route_del(a, request));
    }
    EXPECT_EQ(way(a, far_away).error, -ENETUNREACH);
}

TEST_F(Output, AnAddressBringsItsRoutes) {
    EXPECT_EQ(way(a, host_b).device, "va");
    EXPECT_EQ(way(a, host_b).source, host_a);
    EXPECT_EQ(way(a, host_a).device, "lo");
    EXPECT_EQ(way(a, host_a).type, RTN_LOCAL);
    EXPECT_EQ(way(a, ipv4(10, 9, 0, 255)).type, RTN_BROADCAST);
    EXPECT_EQ(way(a, ipv4(127, 1, 2, 3)).type, RTN_LOCAL);
    EXPECT_EQ(inet_addr_type(a, host_a), RTN_LOCAL);
    EXPECT_EQ(inet_addr_type(a, host_b), RTN_UNICAST);
    EXPECT_EQ(inet_addr_type(a, ipv4(10, 9, 0, 255)), RTN_BROADCAST);
    EXPECT_EQ(inet_addr_type(a, ipv4(255, 255, 255, 255)), RTN_BROADCAST);
    EXPECT_EQ(inet_addr_type(a, ipv4(224, 1, 1, 1)), RTN_MULTICAST);

    expect(addr_del(a, "va", host_a, 24));
    EXPECT_EQ(way(a, host_b).error, -ENETUNREACH);
    EXPECT_EQ(inet_addr_type(a, host_a), RTN_UNICAST);
    EXPECT_EQ(addr_del(a, "va", host_a, 24), -EADDRNOTAVAIL);
}

TEST_F(Output, TheGatewayIsTheNextHop) {
    EXPECT_EQ(way(a, host_c).gateway, host_b);
    EXPECT_EQ(way(a, host_c).device, "va");
    EXPECT_EQ(way(a, host_c).source, host_a);
}

TEST_F(Output, AGatewayMustBeReachable) {
    const route_request request{
        .dst = ipv4(192, 0, 2, 0), .dst_len = 24, .gateway = ipv4(172, 16, 0, 1), .device = "", .prefsrc = {}};
    EXPECT_EQ(route_add(a, request), -ENETUNREACH);
    const route_request by_everybody{
        .dst = ipv4(192, 0, 2, 0), .dst_len = 24, .gateway = ipv4(10, 9, 0, 255), .device = "", .prefsrc = {}};
    EXPECT_EQ(route_add(a, by_everybody), -EINVAL);
}

TEST_F(Output, ASecondAddressOfASubnetWaitsInLine) {
    expect(sysctl_set(a, "net.ipv4.conf.va.promote_secondaries", "1"));
    const be32 second = ipv4(10, 9, 0, 11);
    expect(addr_add(a, "va", second, 24));
    EXPECT_EQ(addr_add(a, "va", second, 24), -EEXIST);
    EXPECT_EQ(way(a, host_b).source, host_a);
    expect(addr_del(a, "va", host_a, 24));
    EXPECT_EQ(way(a, host_b).source, second); // promoted
    EXPECT_EQ(inet_addr_type(a, host_a), RTN_UNICAST);
    EXPECT_EQ(inet_addr_type(a, second), RTN_LOCAL);
}

TEST_F(Output, WithoutPromotionTheSecondGoesWithTheFirst) {
    expect(sysctl_set(a, "net.ipv4.conf.va.promote_secondaries", "0"));
    expect(sysctl_set(a, "net.ipv4.conf.all.promote_secondaries", "0"));
    expect(addr_add(a, "va", ipv4(10, 9, 0, 11), 24));
    expect(addr_del(a, "va", host_a, 24));
    EXPECT_EQ(way(a, host_b).error, -ENETUNREACH);
}

TEST_F(Output, ASourceMustBeOurs) {
    EXPECT_EQ(way(a, host_a, ipv4(127, 0, 0, 1)).source, ipv4(127, 0, 0, 1));
    EXPECT_EQ(way(a, host_b, ipv4(127, 0, 0, 1)).error, -EINVAL); // it must not leave the host
    EXPECT_EQ(way(a, host_b, far_away).error, -ENETUNREACH);
    EXPECT_EQ(way(a, host_b, ipv4(255, 255, 255, 255)).error, -EINVAL);
    EXPECT_EQ(way(a, host_b, ipv4(224, 0, 0, 1)).error, -EINVAL);
}

TEST_F(Output, TheRouteIsKeptUntilRoutesChange) {
    const rtable *first = way(a, host_b).route;
    EXPECT_EQ(way(a, host_b).route, first);
    EXPECT_EQ(way(a, ipv4(10, 9, 0, 50)).route, first); // it belongs to the next hop, not to the address
    EXPECT_NE(way(a, host_c).route, first);
    const int before = first->rt_genid;
    expect(addr_add(a, "va", ipv4(10, 44, 0, 1), 24));
    EXPECT_NE(way(a, host_b).route->rt_genid, before);
}

TEST_F(Output, TheKeptRouteServesArrivingPacketsToo) {
    run([&] {
        const int receiver = udp_bound(b, host_b, 7000), sender = udp_in(a);
        const auto cached = [&] {
            flowi4 fl{};
            fl.daddr = host_b;
            fib_result res;
            EXPECT_EQ(fib_lookup(b, &fl, &res, FIB_LOOKUP_NOREF), 0);
            return res.nhc->nhc_rth_input;
        };
        EXPECT_EQ(cached(), nullptr);
        EXPECT_EQ(send_to(sender, host_b, 7000, 12), 12);
        const rtable *first = cached();
        ASSERT_NE(first, nullptr);
        EXPECT_EQ(send_to(sender, host_b, 7000, 12), 12);
        EXPECT_EQ(cached(), first);
        EXPECT_EQ(receive(receiver).result, 12);
    });
}

TEST_F(Output, AConnectedSocketNoticesANewWay) {
    run([&] {
        const int receiver = udp_bound(c, host_c, 7000), sender = udp_in(a);
        EXPECT_EQ(sys_connect(sender, address(host_c, 7000)), 0);
        EXPECT_EQ(send(sender, 12), 12);
        EXPECT_EQ(receive(receiver).result, 12);
        route(a, host_c, 32, route_kind::unreachable);
        EXPECT_EQ(send(sender, 12), -EHOSTUNREACH);
    });
}

TEST_F(Output, PathsShareByWeight) {
    expect(neigh_replace(a, "va", ipv4(10, 9, 0, 8), {2, 0, 0, 0, 0, 8}, neigh_request_state::permanent));
    fib_config cfg;
    cfg.fc_dst = ipv4(192, 168, 0, 0);
    cfg.fc_dst_len = 16;
    cfg.fc_scope = RT_SCOPE_UNIVERSE;
    cfg.fc_protocol = RTPROT_BOOT;
    cfg.fc_nlflags = NLM_F_CREATE | NLM_F_EXCL;
    cfg.fc_mp = {{.gateway = host_b, .weight = 1}, {.gateway = ipv4(10, 9, 0, 8), .weight = 3}};
    ASSERT_EQ(ip_fib_route(a, true, &cfg), 0);
    std::map<u32, int> taken;
    for (u32 i = 0; i < 4000; ++i) {
        const be32 to = ipv4(192, 168, i / 256, i % 256);
        const Way one = way(a, to);
        EXPECT_EQ(way(a, to).gateway, one.gateway); // a flow keeps to its path
        ++taken[be32_to_cpu(one.gateway)];
    }
    ASSERT_EQ(taken.size(), 2U);
    EXPECT_NEAR(taken[be32_to_cpu(host_b)], 1000, 150);
}

TEST_F(Output, RoutesOfADeviceThatGoesDownGoWithIt) {
    expect(link_set_up(a, "va", false));
    EXPECT_EQ(way(a, host_b).error, -ENETUNREACH);
    EXPECT_EQ(way(a, host_c).error, -ENETUNREACH);
    expect(link_set_up(a, "va", true));
    EXPECT_EQ(way(a, host_b).device, "va");        // its own subnet is back
    EXPECT_EQ(way(a, host_c).error, -ENETUNREACH); // what was added by hand is not
}

TEST_F(Output, RemovingWhatIsNotThere) {
    const route_request request{
        .dst = ipv4(192, 0, 2, 0), .dst_len = 24, .gateway = host_b, .device = "", .prefsrc = {}};
    EXPECT_EQ(route_del(a, request), -ESRCH);
    EXPECT_EQ(route_add(a, request), 0);
    EXPECT_EQ(route_add(a, request), -EEXIST);
    EXPECT_EQ(route_del(a, request), 0);
    EXPECT_EQ(route_del(a, request), -ESRCH);
}

} // namespace
} // namespace skbscope::stack
