// SPDX-License-Identifier: GPL-2.0-or-later
// Hooks: where packets meet them, in which order, and what their verdicts do.
#include "wire.h"

#include "linux/netfilter_ipv4.h"

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

} // namespace
} // namespace skbscope::stack
