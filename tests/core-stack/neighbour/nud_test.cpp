// SPDX-License-Identifier: GPL-2.0-or-later
// How sure a host is of a neighbour: the states of its entry as time and packets move them on.
#include "arp_hosts.h"

#include "linux/rtnetlink.h"

namespace skbscope::stack {
namespace {

class Nud : public Strangers {
protected:
    void say_something() { EXPECT_EQ(send_to(talker(), host_b, 7000, 12), 12); }
    int talker() {
        if (talker_ < 0) talker_ = udp_in(a);
        return talker_;
    }
    // Makes an entry in a state as `ip neigh` would.
    void put(neigh_request_state state) { expect(neigh_replace(a, "va", host_b, link_b, state)); }

private:
    int talker_ = -1;
};

TEST_F(Nud, ThreeQuestionsASecondApartThenItFailed) {
    run([&] {
        const Wire wire(b, "vb");
        const int s = udp_in(a);
        EXPECT_EQ(sys_connect(s, address(nobody, 7000)), 0);
        EXPECT_EQ(set(s, SOL_IP, IP_RECVERR, 1), 0); // or an error that may pass is none for UDP
        EXPECT_EQ(send(s, 12), 12);
        EXPECT_EQ(state_at_a(nobody), NUD_INCOMPLETE);
        for (const std::size_t asked : {1U, 2U, 3U}) {
            sys_nanosleep(100'000'000);
            EXPECT_EQ(wire.of_type(ETH_P_ARP).size(), asked);
            sys_nanosleep(800'000'000);
            EXPECT_EQ(wire.of_type(ETH_P_ARP).size(), asked);
            EXPECT_EQ(state_at_a(nobody), NUD_INCOMPLETE);
            sys_nanosleep(124'000'000); // jiffies of 4 ms: a second and up to three of them
        }
        sys_nanosleep(100'000'000);
        EXPECT_EQ(wire.of_type(ETH_P_ARP).size(), 3U);
        EXPECT_EQ(state_at_a(nobody), NUD_FAILED);
        EXPECT_EQ(send(s, 12), -EHOSTUNREACH); // what the ICMP message to ourselves left
        EXPECT_EQ(a->mib.icmp_statistics.mibs[ICMP_MIB_OUTMSGS], 1U);
    });
}

TEST_F(Nud, AFailedOneIsAskedAgain) {
    run([&] {
        const Wire wire(b, "vb");
        const int s = udp_in(a);
        EXPECT_EQ(send_to(s, nobody, 7000, 12), 12);
        seconds(4);
        ASSERT_EQ(state_at_a(nobody), NUD_FAILED);
        EXPECT_EQ(send_to(s, nobody, 7000, 12), 12);
        EXPECT_EQ(state_at_a(nobody), NUD_INCOMPLETE);
        EXPECT_EQ(wire.of_type(ETH_P_ARP).size(), 4U);
    });
}

TEST_F(Nud, ReachableGetsStaleIsDelayedProbedAndReachableAgain) {
    run([&] {
        udp_bound(b, host_b, 7000);
        say_something();
        sys_nanosleep(1'000'000);
        ASSERT_EQ(state_at_a(), NUD_REACHABLE);
        seconds(50); // at most one and a half times 30 s
        EXPECT_EQ(state_at_a(), NUD_STALE);
        const Wire wire(b, "vb");
        say_something();
        EXPECT_EQ(state_at_a(), NUD_DELAY);
        EXPECT_EQ(wire.packets().size(), 1U); // sent at once, to the address known
        seconds(4);
        EXPECT_EQ(state_at_a(), NUD_DELAY);
        EXPECT_TRUE(wire.of_type(ETH_P_ARP).empty());
        seconds(2);
        EXPECT_EQ(state_at_a(), NUD_REACHABLE);
        const bytes question = wire.of_type(ETH_P_ARP).at(0);
        EXPECT_EQ(question, arp(ARPOP_REQUEST, link_a, host_a, mac_address{}, host_b, link_b)); // asked directly
    });
}

TEST_F(Nud, SilenceAfterStaleEndsInFailure) {
    expect(neigh_replace(a, "va", nobody, link_b, neigh_request_state::stale));
    run([&] {
        const Wire wire(b, "vb");
        EXPECT_EQ(send_to(udp_in(a), nobody, 7000, 12), 12);
        seconds(6);
        EXPECT_EQ(state_at_a(nobody), NUD_PROBE);
        seconds(6);
        EXPECT_EQ(state_at_a(nobody), NUD_FAILED);
        const auto questions = wire.of_type(ETH_P_ARP);
        EXPECT_EQ(questions.size(), 3U); // to the address it had
        for (const bytes &question : questions)
            EXPECT_EQ(question[0], 2);
    });
}

TEST_F(Nud, PermanentStaysWhatItIs) {
    put(neigh_request_state::permanent);
    const Wire into(a, "va"), wire(b, "vb");
    run([&] {
        into.receive(arp(ARPOP_REPLY, {2, 0, 0, 0, 0, 0x22}, host_b, link_a, host_a, link_a));
        EXPECT_EQ(link_of(entry(a, "va", host_b)), link_b);
    });
    let_pass(m, 3600);
    run([&] {
        udp_bound(b, host_b, 7000); // or b would ask for a to tell it that nobody listens
        say_something();
        EXPECT_EQ(state_at_a(), NUD_PERMANENT);
        EXPECT_TRUE(wire.of_type(ETH_P_ARP).empty());
        EXPECT_EQ(wire.packets().size(), 1U);
    });
}

TEST_F(Nud, AReplyMakesAnyOfThemReachable) {
    for (const auto state : {neigh_request_state::stale, neigh_request_state::reachable, neigh_request_state::failed}) {
        put(state);
        run([&] {
            seconds(2); // past locktime
            const Wire into(a, "va");
            into.receive(arp(ARPOP_REPLY, link_b, host_b, link_a, host_a, link_a));
            EXPECT_EQ(state_at_a(), NUD_REACHABLE);
        });
    }
}

TEST_F(Nud, ABroadcastReplyIsWorthLess) {
    put(neigh_request_state::stale);
    run([&] {
        seconds(2);
        const Wire into(a, "va");
        into.receive(arp(ARPOP_REPLY, link_b, host_b, link_a, host_a, {255, 255, 255, 255, 255, 255}));
        EXPECT_EQ(state_at_a(), NUD_STALE);
    });
}

TEST_F(Nud, TheQueueKeepsTheYoungest) {
    run([&] {
        const int s = udp_in(a);
        EXPECT_EQ(set(s, SOL_SOCKET, SO_SNDBUF, 2000000), 0);
        expect(neigh_replace(a, "va", nobody, link_b, neigh_request_state::none));
        neighbour *n = nullptr;
        for (unsigned i = 0; i < 400; ++i) {
            EXPECT_EQ(send_to(s, nobody, 7000, 1000 + i), static_cast<ssize_t>(1000 + i));
            n = entry(a, "va", nobody);
            ASSERT_NE(n, nullptr);
            EXPECT_LE(n->arp_queue_len_bytes, 212992U);
        }
        EXPECT_EQ(skb_peek_tail(&n->arp_queue)->len, 1399U + 28U); // the last one sent
        EXPECT_GT(skb_peek(&n->arp_queue)->len, 1000U + 28U);      // the first ones had to go
        EXPECT_GT(n->tbl->stats.unres_discards, 0U);
    });
}

TEST_F(Nud, TheCachedHeaderFollowsTheAddress) {
    run([&] {
        say_something();
        sys_nanosleep(1'000'000);
        say_something();
        const neighbour *n = entry(a, "va", host_b);
        ASSERT_EQ(n->hh.hh_len, 14);
        const auto *header = reinterpret_cast<const u8 *>(n->hh.hh_data) + 2; // behind two bytes that align it
        EXPECT_EQ(bytes(header, header + 14), (bytes{2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0}));
        expect(neigh_replace(a, "va", host_b, {2, 0, 0, 0, 0, 0x22}, neigh_request_state::permanent));
        EXPECT_EQ(header[5], 0x22);
    });
}

TEST_F(Nud, ADeviceThatGoesDownForgets) {
    put(neigh_request_state::reachable);
    expect(link_set_up(a, "va", false));
    EXPECT_EQ(entry(a, "va", host_b), nullptr);
}

TEST_F(Nud, UnusedOnesAreCollected) {
    run([&] {
        const int s = udp_in(a);
        for (u32 i = 10; i < 250; ++i) // above gc_thresh1 (128), or nothing is collected
            EXPECT_EQ(send_to(s, ipv4(10, 9, 0, i), 7000, 1), 1);
    });
    EXPECT_GT(arp_tbl().entries, 128);
    for (int fifty = 0; fifty < 4; ++fifty)
        run([&] { // the collector does not wake an idle machine
            for (int i = 0; i < 50; ++i)
                seconds(1);
        });
    EXPECT_LT(arp_tbl().entries, 128);
}

} // namespace
} // namespace skbscope::stack
