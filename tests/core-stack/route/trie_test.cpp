// SPDX-License-Identifier: GPL-2.0-or-later
// The routing table against the plainest one there is: a list of prefixes, searched from end to end.
#include "../ipv4/wire.h"

#include "net/ip_fib.h"

#include <map>
#include <random>

namespace skbscope::stack {
namespace {

struct Prefix {
    u32 key; // host order
    unsigned length;
    auto operator<=>(const Prefix &) const = default;
};

// std::mt19937's numbers come in a wider type.
struct Random {
    explicit Random(u32 seed) : engine(seed) {}
    u32 operator()() { return static_cast<u32>(engine()); }
    std::mt19937 engine;
};

u32 mask_of(unsigned length) {
    return length == 0 ? 0 : ~0U << (32 - length);
}

class Trie : public Hosts {
protected:
    // Every route carries its own metric, so that an answer shows which route it came from.
    fib_config config(Prefix p, u32 metric) const {
        fib_config cfg;
        cfg.fc_dst = cpu_to_be32(p.key);
        cfg.fc_dst_len = static_cast<u8>(p.length);
        cfg.fc_oif = lo_->ifindex;
        cfg.fc_scope = RT_SCOPE_LINK;
        cfg.fc_protocol = RTPROT_BOOT;
        cfg.fc_priority = metric;
        cfg.fc_nlflags = NLM_F_CREATE | NLM_F_EXCL;
        return cfg;
    }
    void insert(Prefix p, u32 metric) {
        fib_config cfg = config(p, metric);
        const int expected = routes_.contains(p) ? -EEXIST : 0; // the same prefix and another metric is fine
        if (expected) cfg.fc_priority = routes_[p];
        ASSERT_EQ(ip_fib_route(ns_, true, &cfg), expected);
        routes_.emplace(p, metric);
    }
    void remove(Prefix p) {
        fib_config cfg = config(p, 0);
        cfg.fc_type = RTN_UNSPEC;
        cfg.fc_scope = RT_SCOPE_NOWHERE;
        ASSERT_EQ(ip_fib_route(ns_, false, &cfg), routes_.erase(p) ? 0 : -ESRCH);
    }
    // The metric of the longest prefix that contains the address, or -1.
    s64 brute(u32 address) const {
        s64 metric = -1;
        unsigned best = 0;
        for (const auto &[p, its_metric] : routes_) {
            if (((address ^ p.key) & mask_of(p.length)) != 0 || (metric >= 0 && p.length < best)) continue;
            best = p.length;
            metric = its_metric;
        }
        return metric;
    }
    s64 looked_up(u32 address) const {
        flowi4 fl{};
        fl.daddr = cpu_to_be32(address);
        fib_result res;
        const int err = fib_lookup(ns_, &fl, &res, FIB_LOOKUP_NOREF);
        EXPECT_TRUE(err == 0 || err == -ENETUNREACH) << err;
        return err ? -1 : s64{res.fi->fib_priority};
    }
    static Prefix random_prefix(Random &random) {
        const unsigned length = random() % 33;
        // few different bits, so that prefixes lie in each other
        const u32 key = (random() & 0x3) << 30 | (random() & 0x3) << 22 | (random() & 0x5) << 12 | (random() & 0x7);
        return {key & mask_of(length), length};
    }

    void SetUp() override {
        ns_ = netns_add("routes"); // no addresses: no routes but ours
        lo_ = __dev_get_by_name(ns_, "lo");
        expect(link_set_up(ns_, "lo", true));
        // the addresses of lo brought routes of their own: a table without them
        expect(addr_del(ns_, "lo", ipv4(127, 0, 0, 1), 8));
    }

    net *ns_ = nullptr;
    net_device *lo_ = nullptr;
    std::map<Prefix, u32> routes_;
};

TEST_F(Trie, FindsTheLongestPrefixAsBruteForceDoes) {
    Random random(3);
    for (u32 step = 1; step <= 3000; ++step) {
        const Prefix p = random_prefix(random);
        if (random() % 5 < 3)
            insert(p, step);
        else
            remove(p);
        for (int i = 0; i < 8; ++i) {
            const u32 address = i < 4 ? random_prefix(random).key ^ (random() & 3) : random();
            ASSERT_EQ(looked_up(address), brute(address)) << std::hex << address << " at step " << std::dec << step;
        }
    }
    EXPECT_GT(routes_.size(), 50U);
    while (!routes_.empty())
        remove(routes_.begin()->first);
    for (const u32 address : {0U, 0x0a090002U, 0x80000000U, ~0U})
        EXPECT_EQ(looked_up(address), -1);
}

TEST_F(Trie, TheLowestMetricOfAPrefixWins) {
    for (const u32 metric : {20U, 5U, 10U}) {
        fib_config cfg = config({0x0a000000, 8}, metric);
        ASSERT_EQ(ip_fib_route(ns_, true, &cfg), 0);
    }
    EXPECT_EQ(looked_up(0x0a000001), 5);
    fib_config cfg = config({0x0a000000, 8}, 5);
    ASSERT_EQ(ip_fib_route(ns_, false, &cfg), 0);
    EXPECT_EQ(looked_up(0x0a000001), 10);
}

TEST_F(Trie, TheSameRouteTwiceIsRefused) {
    fib_config cfg = config({0x0a000000, 8}, 1);
    EXPECT_EQ(ip_fib_route(ns_, true, &cfg), 0);
    EXPECT_EQ(ip_fib_route(ns_, true, &cfg), -EEXIST);
    EXPECT_EQ(ip_fib_route(ns_, false, &cfg), 0);
    EXPECT_EQ(ip_fib_route(ns_, false, &cfg), -ESRCH);
}

TEST_F(Trie, BitsBeyondThePrefixAreRefused) {
    fib_config cfg = config({0x0a000001, 8}, 1);
    EXPECT_EQ(ip_fib_route(ns_, true, &cfg), -EINVAL);
}

} // namespace
} // namespace skbscope::stack
