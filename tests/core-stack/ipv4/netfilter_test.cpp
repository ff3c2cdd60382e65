// SPDX-License-Identifier: GPL-2.0-or-later
// Hooks: where packets meet them, in which order, and what their verdicts do.
#include "wire.h"

#include "linux/netfilter_ipv4.h"
#include "sim/netconfig.h"

#include <arpa/inet.h>

namespace skbscope::stack {
namespace {

// A hook that remembers being asked and answers as it was told.
struct Spy {
    std::vector<int> *seen;
    int name;
    unsigned verdict = NF_ACCEPT;
    nf_hook_ops ops{};
    net *where = nullptr;

    void add(net *ns, unsigned point, int priority = 0) {
        ops = {.hook = ask, .priv = this, .pf = NFPROTO_IPV4, .hooknum = point, .priority = priority};
        EXPECT_EQ(nf_register_net_hook(ns, &ops), 0);
        where = ns;
    }
    void remove() {
        if (where) nf_unregister_net_hook(where, &ops);
        where = nullptr;
    }
    ~Spy() { remove(); }
    static unsigned ask(void *self, sk_buff *skb, const nf_hook_state *) {
        auto *spy = static_cast<Spy *>(self);
        spy->seen->push_back(spy->name);
        if (spy->verdict == NF_STOLEN) kfree_skb(skb);
        return spy->verdict;
    }
};

class Netfilter : public Routed {
protected:
    std::vector<int> seen;
};

TEST_F(Netfilter, AForwardedPacketMeetsFivePoints) {
    std::array<Spy, 6> spies{{{&seen, 1}, {&seen, 2}, {&seen, 3}, {&seen, 4}, {&seen, 5}, {&seen, 6}}};
    spies[0].add(a, NF_INET_LOCAL_OUT);
    spies[1].add(a, NF_INET_POST_ROUTING);
    spies[2].add(r, NF_INET_PRE_ROUTING);
    spies[3].add(r, NF_INET_FORWARD);
    spies[4].add(r, NF_INET_POST_ROUTING);
    spies[5].add(c, NF_INET_LOCAL_IN);
    run([&] {
        const int receiver = udp_bound(c, host_c, 7000);
        EXPECT_EQ(send_to(udp_in(a), host_c, 7000, 12), 12);
        EXPECT_EQ(receive(receiver).data, letters(12));
        EXPECT_EQ(seen, (std::vector{1, 2, 3, 4, 5, 6}));
    });
}

TEST_F(Netfilter, ALowerPriorityIsAskedFirst) {
    Spy late{&seen, 3}, early{&seen, 1}, middle{&seen, 2};
    late.add(a, NF_INET_LOCAL_OUT, NF_IP_PRI_LAST);
    early.add(a, NF_INET_LOCAL_OUT, NF_IP_PRI_FIRST);
    middle.add(a, NF_INET_LOCAL_OUT, NF_IP_PRI_FILTER);
    run([&] {
        EXPECT_EQ(send_to(udp_in(a), host_b, 7000, 12), 12);
        EXPECT_EQ(seen, (std::vector{1, 2, 3}));
        middle.remove();
        EXPECT_EQ(send_to(udp_in(a), host_b, 7000, 12), 12);
        EXPECT_EQ(seen, (std::vector{1, 2, 3, 1, 3}));
    });
}

TEST_F(Netfilter, ADropEndsItAndTheSenderSeesTheError) {
    Spy first{&seen, 1, NF_DROP}, second{&seen, 2};
    first.add(a, NF_INET_LOCAL_OUT, 1);
    second.add(a, NF_INET_LOCAL_OUT, 2);
    run([&] {
        const Wire wire(b, "vb");
        EXPECT_EQ(send_to(udp_in(a), host_b, 7000, 12), -EPERM);
        EXPECT_EQ(seen, std::vector{1});
        EXPECT_TRUE(wire.packets().empty());
        first.verdict = NF_DROP | EHOSTUNREACH << NF_VERDICT_QBITS;
        EXPECT_EQ(send_to(udp_in(a), host_b, 7000, 12), -EHOSTUNREACH);
    });
}

TEST_F(Netfilter, AStolenPacketIsNoErrorOfTheSender) {
    Spy thief{&seen, 1, NF_STOLEN};
    thief.add(a, NF_INET_POST_ROUTING);
    run([&] {
        const Wire wire(b, "vb");
        EXPECT_EQ(send_to(udp_in(a), host_b, 7000, 12), 12);
        EXPECT_TRUE(wire.packets().empty());
    });
}

TEST_F(Netfilter, NamespacesHaveTheirOwnHooks) {
    Spy spy{&seen, 1};
    spy.add(c, NF_INET_LOCAL_OUT);
    run([&] {
        EXPECT_EQ(send_to(udp_in(a), host_b, 7000, 12), 12);
        EXPECT_TRUE(seen.empty());
    });
}

class Rules : public Routed {
protected:
    int add(net *ns, std::string_view words) { return nft_rule_change(ns, words, false); }
    // Whether a datagram from host a to that port of host c arrives.
    bool arrives(int receiver, u16 port) {
        EXPECT_EQ(send_to(udp_in(a), host_c, port, 12), 12);
        return receive(receiver).data == letters(12);
    }
};

TEST_F(Rules, MatchProtocolPortAndAddresses) {
    EXPECT_EQ(add(c, "input udp dport 7000 drop"), 0);
    EXPECT_EQ(add(c, "input tcp dport 7001 drop"), 0);
    EXPECT_EQ(add(c, "input saddr 10.1.1.1 dport 7001 drop"), 0);
    EXPECT_EQ(add(c, "input daddr 10.1.1.1 drop"), 0);
    run([&] {
        const int first = udp_bound(c, host_c, 7000), second = udp_bound(c, host_c, 7001);
        EXPECT_FALSE(arrives(first, 7000));
        EXPECT_TRUE(arrives(second, 7001));
        const in_addr source{host_a.raw};
        char text[INET_ADDRSTRLEN];
        EXPECT_EQ(add(c, std::string("input saddr ") + inet_ntop(AF_INET, &source, text, sizeof text) + " drop"), 0);
        EXPECT_FALSE(arrives(second, 7001));
    });
}

TEST_F(Rules, TheFirstVerdictOfAChainCounts) {
    EXPECT_EQ(add(r, "forward udp dport 7000 accept"), 0);
    EXPECT_EQ(add(r, "forward udp drop"), 0);
    run([&] {
        const int first = udp_bound(c, host_c, 7000), second = udp_bound(c, host_c, 7001);
        EXPECT_TRUE(arrives(first, 7000));
        EXPECT_FALSE(arrives(second, 7001));
        EXPECT_EQ(nft_rule_change(r, "forward udp drop", true), 0);
        EXPECT_EQ(nft_rule_change(r, "forward udp drop", true), -ENOENT);
        EXPECT_TRUE(arrives(second, 7001));
    });
}

TEST_F(Rules, ADropOnTheWayOutIsTheSendersError) {
    EXPECT_EQ(add(a, "output udp drop"), 0);
    run([&] { EXPECT_EQ(send_to(udp_in(a), host_c, 7000, 12), -EPERM); });
}

// Ports of a header that the packet does not have: the rule does not match.
TEST_F(Rules, ATooShortPacketDoesNotMatch) {
    EXPECT_EQ(add(a, "postrouting icmp dport 7000 drop"), 0);
    run([&] { EXPECT_EQ(send_to(udp_in(a), host_c, 7000, 0), 0); });
}

TEST_F(Rules, WordsItDoesNotKnow) {
    for (const char *words : {"", "input", "ingress drop", "input sctp drop", "input udp", "input dport 70000 drop",
                              "input saddr 10.9 drop", "input drop udp", "input udp dport"})
        EXPECT_EQ(add(a, words), -EINVAL) << words;
}

} // namespace
} // namespace skbscope::stack
