// SPDX-License-Identifier: GPL-2.0-or-later
// ARP on the wire: the bytes that are sent, and who answers what.
#include "../sim/entered.h"
#include "arp_hosts.h"

namespace skbscope::stack {
namespace {

using Arp = Strangers;
constexpr mac_address everybody{255, 255, 255, 255, 255, 255}, unknown{};

TEST_F(Arp, RequestGolden) {
    run([&] {
        const Wire wire(b, "vb");
        EXPECT_EQ(send_to(udp_in(a), host_b, 7000, 12), 12);
        ASSERT_EQ(wire.of_type(ETH_P_ARP).size(), 1U);
        EXPECT_EQ(wire.of_type(ETH_P_ARP)[0],
                  (bytes{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02, 0x00, 0x00, 0x00, 0x00, 0x01, 0x08, 0x06, // frame
                         0x00, 0x01, 0x08, 0x00, 0x06, 0x04, 0x00, 0x01,             // Ethernet, IPv4, request
                         0x02, 0x00, 0x00, 0x00, 0x00, 0x01, 0x0a, 0x09, 0x00, 0x01, // who asks
                         0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x0a, 0x09, 0x00, 0x02}));
    });
}

TEST_F(Arp, ReplyGolden) {
    run([&] {
        const Wire wire(a, "va");
        EXPECT_EQ(send_to(udp_in(a), host_b, 7000, 12), 12);
        ASSERT_GE(wire.of_type(ETH_P_ARP).size(), 1U);
        EXPECT_EQ(wire.of_type(ETH_P_ARP)[0], arp(ARPOP_REPLY, link_b, host_b, link_a, host_a, link_a));
    });
}

TEST_F(Arp, ThePathOfAQuestion) {
    run([&] {
        recorder.set_on(true);
        EXPECT_EQ(send_to(udp_in(a), host_b, 7000, 12), 12);
        recorder.set_on(false);
    });
    expect_in_order(entered(recorder), {"neigh_resolve_output", "arp_solicit", "arp_rcv", "arp_process", "arp_send_dst",
                                        "arp_rcv", "arp_process", "neigh_update", "eth_header_cache", "udp_rcv"});
}

TEST_F(Arp, TheDatagramWaitsForTheAnswer) {
    run([&] {
        const int receiver = udp_bound(b, host_b, 7000);
        EXPECT_EQ(send_to(udp_in(a), host_b, 7000, 12), 12);
        EXPECT_EQ(receive(receiver).data, letters(12));
        ASSERT_EQ(state_at_a(), NUD_REACHABLE);
        EXPECT_EQ(link_of(entry(a, "va", host_b)), link_b);
        const neighbour *asked = entry(b, "vb", host_a); // b learned who asked
        ASSERT_NE(asked, nullptr);
        EXPECT_EQ(asked->nud_state, NUD_STALE);
        EXPECT_EQ(link_of(asked), link_a);
    });
}

class ArpAnswers : public Strangers {
protected:
    // How many answers a request for an address of b's brings.
    std::size_t answers(be32 target, be32 asker = host_a) {
        const Wire into(b, "vb"), back(a, "va");
        into.receive(arp(ARPOP_REQUEST, link_a, asker, unknown, target, everybody));
        sys_nanosleep(1'000'000);
        return back.of_type(ETH_P_ARP).size();
    }
};

TEST_F(ArpAnswers, OnlyForItsOwnAddresses) {
    run([&] {
        EXPECT_EQ(answers(host_b), 1U);
        EXPECT_EQ(answers(nobody), 0U);
        EXPECT_EQ(answers(ipv4(127, 0, 0, 1)), 0U);
        EXPECT_EQ(answers(ipv4(224, 0, 0, 1)), 0U);
        EXPECT_EQ(answers(host_b, host_b), 0U); // somebody probes whether the address is taken: see below
    });
}

TEST_F(ArpAnswers, AProbeForItsOwnAddressIsAnswered) {
    run([&] { EXPECT_EQ(answers(host_b, be32{}), 1U); }); // duplicate address detection asks from 0.0.0.0
}

TEST_F(ArpAnswers, ArpIgnoreDecides) {
    expect(link_add_veth(b, "other", a, "peer"));
    expect(addr_add(b, "other", ipv4(172, 16, 0, 2), 24));
    expect(link_set_up(b, "other", true));
    run([&] {
        const be32 on_other = ipv4(172, 16, 0, 2);
        const auto with = [&](const char *ignore, be32 target, be32 asker) {
            expect(sysctl_set(b, "net.ipv4.conf.vb.arp_ignore", ignore));
            return answers(target, asker);
        };
        EXPECT_EQ(with("0", on_other, host_a), 1U);
        EXPECT_EQ(with("1", on_other, host_a), 0U); // not an address of this device
        EXPECT_EQ(with("1", host_b, host_a), 1U);
        expect(sysctl_set(b, "net.ipv4.conf.vb.rp_filter", "0"));
        expect(
            route_add(b, {.dst = ipv4(192, 168, 0, 0), .dst_len = 16, .gateway = {}, .device = "vb", .prefsrc = {}}));
        EXPECT_EQ(with("1", host_b, ipv4(192, 168, 0, 1)), 1U);
        EXPECT_EQ(with("2", host_b, ipv4(192, 168, 0, 1)), 0U); // the asker is not of the same subnet
        EXPECT_EQ(with("8", host_b, host_a), 0U);               // nobody at all
    });
}

TEST_F(Arp, AnUnaskedReplyTeachesNothingButUpdates) {
    run([&] {
        const Wire into(a, "va");
        const mac_address other{2, 0, 0, 0, 0, 0x22};
        into.receive(arp(ARPOP_REPLY, link_b, host_b, link_a, host_a, link_a));
        EXPECT_EQ(entry(a, "va", host_b), nullptr); // arp_accept is 0
        EXPECT_EQ(send_to(udp_in(a), host_b, 7000, 12), 12);
        sys_nanosleep(10'000'000);
        ASSERT_EQ(link_of(entry(a, "va", host_b)), link_b);
        into.receive(arp(ARPOP_REPLY, other, host_b, link_a, host_a, link_a));
        EXPECT_EQ(link_of(entry(a, "va", host_b)), link_b); // within locktime, the first one stands
        seconds(2);
        into.receive(arp(ARPOP_REPLY, other, host_b, link_a, host_a, link_a));
        EXPECT_EQ(link_of(entry(a, "va", host_b)), other);
    });
}

TEST_F(Arp, AcceptTeachesFromUnaskedReplies) {
    expect(sysctl_set(a, "net.ipv4.conf.va.arp_accept", "1"));
    run([&] {
        const Wire into(a, "va");
        into.receive(arp(ARPOP_REPLY, link_b, host_b, everybody, host_b, everybody)); // gratuitous
        ASSERT_NE(entry(a, "va", host_b), nullptr);
        EXPECT_EQ(link_of(entry(a, "va", host_b)), link_b);
    });
}

TEST_F(Arp, DamagedPacketsAreIgnored) {
    run([&] {
        const Wire into(b, "vb"), back(a, "va");
        const bytes good = arp(ARPOP_REQUEST, link_a, host_a, unknown, host_b, everybody);
        for (const auto &[at, value] : {std::pair{15, 9}, {16, 9}, {18, 5}, {19, 5}, {21, 7}}) {
            bytes bad = good;
            bad[static_cast<std::size_t>(at)] = static_cast<u8>(value);
            into.receive(bad);
        }
        bytes shorter = good;
        shorter.resize(38);
        into.receive(shorter);
        EXPECT_TRUE(back.of_type(ETH_P_ARP).empty());
        EXPECT_EQ(entry(b, "vb", host_a), nullptr);
        into.receive(good);
        sys_nanosleep(1'000'000);
        EXPECT_EQ(back.of_type(ETH_P_ARP).size(), 1U);
    });
}

class ArpProxy : public Routed {
protected:
    // a asks on its own link for c, which is behind the router. What it hears at once, and in the second after.
    std::pair<std::size_t, std::size_t> answers(const mac_address &frame_to = everybody) {
        const Wire into(r, "vb"), back(a, "va");
        into.receive(arp(ARPOP_REQUEST, link_a, host_a, unknown, host_c, frame_to));
        sys_nanosleep(1'000'000);
        const std::size_t at_once = back.of_type(ETH_P_ARP).size();
        sys_nanosleep(1'000'000'000);
        for (const bytes &answer : back.of_type(ETH_P_ARP))
            EXPECT_EQ(answer, arp(ARPOP_REPLY, link_b, host_c, link_a, host_a, link_a));
        return {at_once, back.of_type(ETH_P_ARP).size() - at_once};
    }
    using Heard = std::pair<std::size_t, std::size_t>;
};

TEST_F(ArpProxy, OnlyWhenAsked) {
    run([&] { EXPECT_EQ(answers(), (Heard{0, 0})); });
}

TEST_F(ArpProxy, AnswersAfterAWhileForWhatIsBehindIt) {
    expect(sysctl_set(r, "net.ipv4.conf.vb.proxy_arp", "1"));
    run([&] { EXPECT_EQ(answers(), (Heard{0, 1})); });
}

TEST_F(ArpProxy, AnswersAtOnceWhenAskedDirectlyOrToldTo) {
    expect(sysctl_set(r, "net.ipv4.conf.vb.proxy_arp", "1"));
    run([&] {
        EXPECT_EQ(answers(link_b), (Heard{1, 0}));
        expect(sysctl_set(r, "net.ipv4.neigh.vb.proxy_delay", "0"));
        EXPECT_EQ(answers(), (Heard{1, 0}));
    });
}

TEST_F(ArpProxy, AnEntryOfOneAddressIsEnough) {
    pneigh_lookup(&arp_tbl(), r, &host_c, __dev_get_by_name(r, "vb"), true);
    run([&] { EXPECT_EQ(answers(), (Heard{0, 1})); });
}

TEST_F(ArpProxy, ARequestMayStillWaitWhenTheDeviceGoes) {
    expect(sysctl_set(r, "net.ipv4.conf.vb.proxy_arp", "1"));
    run([&] {
        const Wire into(r, "vb"), back(a, "va");
        into.receive(arp(ARPOP_REQUEST, link_a, host_a, unknown, host_c, everybody));
        EXPECT_EQ(arp_tbl().proxy_queue.qlen, 1U);
        expect(link_set_up(r, "vb", false));
        EXPECT_EQ(arp_tbl().proxy_queue.qlen, 0U);
        sys_nanosleep(1'000'000'000);
        EXPECT_TRUE(back.of_type(ETH_P_ARP).empty());
    });
}

} // namespace
} // namespace skbscope::stack
