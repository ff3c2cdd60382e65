// SPDX-License-Identifier: GPL-2.0-or-later
// Queueing disciplines on a device that can be busy.
#include "../sim/machine_fixture.h"

#include "linux/etherdevice.h"
#include "linux/netdevice.h"
#include "net/net_namespace.h"
#include "net/sch_generic.h"
#include "sim/netconfig.h"

#include <cstring>

namespace skbscope::stack {
namespace {

// A driver that counts, and is busy when told to.
struct slow_driver {
    static inline bool busy = false;
    static inline std::vector<u8> sent; // first payload byte of each frame
    static netdev_tx_t xmit(sk_buff *skb, net_device *) {
        if (busy) return NETDEV_TX_BUSY;
        sent.push_back(skb->data[ETH_HLEN]);
        consume_skb(skb);
        return NETDEV_TX_OK;
    }
};
constexpr net_device_ops slow_ops = {.ndo_start_xmit = slow_driver::xmit};

class Qdiscs : public machine_fixture {
protected:
    Qdiscs() : ns(netns_add("a")) {
        slow_driver::busy = false;
        slow_driver::sent.clear();
        dev = alloc_netdev<int>("slow", [](net_device *d) {
            ether_setup(d);
            d->netdev_ops = &slow_ops;
            d->needs_free_netdev = true;
        });
        dev_net_set(dev, ns);
        EXPECT_EQ(register_netdevice(dev), 0);
        EXPECT_EQ(link_set_up(ns, "slow", true), 0);
    }
    int send(u8 first, unsigned payload = 100) {
        sk_buff *skb = alloc_skb(payload + 64, GFP_KERNEL);
        skb_reserve(skb, 64);
        std::memset(skb_put(skb, payload), first, payload);
        skb->dev = dev;
        skb->protocol = cpu_to_be16(0x88b5);
        eth_header(skb, dev, 0x88b5, dev->broadcast, nullptr, payload);
        skb_set_network_header(skb, ETH_HLEN);
        return dev_queue_xmit(skb);
    }
    [[nodiscard]] std::string kind() const { return netdev_get_tx_queue(dev, 0)->qdisc->ops->id; }
    net *ns;
    net_device *dev = nullptr;
};

TEST_F(Qdiscs, ADeviceGetsFqCodelAVethNone) {
    EXPECT_EQ(kind(), "fq_codel");
    EXPECT_EQ(link_add_veth(ns, "va", ns, "vb"), 0);
    EXPECT_EQ(link_set_up(ns, "va", true), 0);
    EXPECT_EQ(link_set_up(ns, "vb", true), 0);
    EXPECT_EQ(netdev_get_tx_queue(__dev_get_by_name(ns, "va"), 0)->qdisc->enqueue, nullptr);
    EXPECT_EQ(link_set_up(ns, "slow", false), 0);
    EXPECT_EQ(kind(), "noop");
    EXPECT_EQ(link_set_up(ns, "slow", true), 0);
    EXPECT_EQ(kind(), "fq_codel");
}

TEST_F(Qdiscs, AnEmptyOneIsBypassed) {
    traced([&] { EXPECT_EQ(send(1), NET_XMIT_SUCCESS); });
    EXPECT_EQ(slow_driver::sent, (std::vector<u8>{1}));
    EXPECT_EQ(count_calls("sch_direct_xmit"), 1u);
    EXPECT_EQ(count_calls("fq_codel_enqueue"), 0u);
}

TEST_F(Qdiscs, WhatABusyDriverRefusesGoesFirstNextTime) {
    EXPECT_EQ(qdisc_set(ns, "slow", "pfifo limit 3"), 0);
    EXPECT_EQ(kind(), "pfifo");
    std::vector<int> results;
    m.run_process("p", [&] {
        slow_driver::busy = true;
        for (u8 i = 1; i <= 6; ++i)
            results.push_back(send(i));
        EXPECT_TRUE(slow_driver::sent.empty());
        slow_driver::busy = false;
        __netif_schedule(netdev_get_tx_queue(dev, 0)->qdisc);
    });
    m.run_idle_until(m.now_ns() + 1'000'000);
    // One is put back, three fit (the one put back counts), the rest is dropped at the tail.
    ASSERT_FALSE(slow_driver::sent.empty());
    EXPECT_EQ(slow_driver::sent.front(), 1);
    EXPECT_TRUE(std::is_sorted(slow_driver::sent.begin(), slow_driver::sent.end()));
    const auto dropped = std::count(results.begin(), results.end(), NET_XMIT_DROP);
    EXPECT_GT(dropped, 0);
    EXPECT_EQ(slow_driver::sent.size() + static_cast<std::size_t>(dropped), 6u);
}

TEST_F(Qdiscs, AreReplacedAndDeleted) {
    EXPECT_EQ(qdisc_set(ns, "slow", "nosuch"), -ENOENT);
    EXPECT_LT(qdisc_set(ns, "slow", "pfifo limit many"), 0);
    EXPECT_EQ(kind(), "fq_codel");
    EXPECT_EQ(qdisc_set(ns, "slow", "bfifo limit 3000"), 0);
    EXPECT_EQ(kind(), "bfifo");
    EXPECT_EQ(qdisc_del(ns, "slow"), 0);
    EXPECT_EQ(kind(), "fq_codel");
    EXPECT_EQ(qdisc_set(ns, "gone", "pfifo"), -ENODEV);
}

TEST_F(Qdiscs, FqCodelKeepsTheOrderWithinAFlow) {
    m.run_process("p", [&] {
        slow_driver::busy = true;
        for (u8 i = 1; i <= 20; ++i)
            EXPECT_EQ(send(i), NET_XMIT_SUCCESS);
        slow_driver::busy = false;
        __netif_schedule(netdev_get_tx_queue(dev, 0)->qdisc);
    });
    m.run_idle_until(m.now_ns() + 1'000'000);
    ASSERT_EQ(slow_driver::sent.size(), 20u);
    EXPECT_TRUE(std::is_sorted(slow_driver::sent.begin(), slow_driver::sent.end()));
}

} // namespace
} // namespace skbscope::stack
