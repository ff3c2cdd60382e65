// SPDX-License-Identifier: GPL-2.0-or-later
// Byte queue limits on the simulated card: when the stack stops its queue, how it goes on, and that packets which wait
// together leave together.
#include "../sim/machine_fixture.h"

#include "drivers/net/simnic.h"
#include "linux/bottom_half.h"
#include "linux/etherdevice.h"
#include "linux/netdev_bql.h"
#include "net/net_namespace.h"
#include "net/sch_generic.h"
#include "sim/netconfig.h"

#include <cstring>
#include <numeric>

namespace skbscope::stack {
namespace {

constexpr unsigned frame_size = ETH_HLEN + 100;

class Bql : public machine_fixture {
protected:
    void plug(unsigned ring = 256) {
        ns = netns_add("a");
        int err = 0;
        dev = simnic_probe(ns, {.name = "eth0", .tx_ring = ring}, &err);
        ASSERT_NE(dev, nullptr) << err;
        ASSERT_EQ(link_set_up(ns, "eth0", true), 0);
        ASSERT_EQ(qdisc_set(ns, "eth0", "pfifo limit 100"), 0);
        txq = netdev_get_tx_queue(dev, 0);
        simnic_connect(dev, [this](std::span<const u8> f) {
            wire.push_back(f[ETH_HLEN]);
            queued.push_back(txq->dql.num_queued / frame_size);
        });
    }
    void send(u8 first) {
        sk_buff *skb = alloc_skb(200, GFP_KERNEL);
        skb_reserve(skb, 64);
        std::memset(skb_put(skb, 100), first, 100);
        skb->dev = dev;
        skb->protocol = cpu_to_be16(0x88b5);
        eth_header(skb, dev, 0x88b5, dev->broadcast, nullptr, 100);
        skb_set_network_header(skb, ETH_HLEN);
        dev_queue_xmit(skb);
    }
    // In a process; softirqs, and with them the card's completions, run when it is done.
    void burst(u8 n) {
        m.run_process("p", [&] {
            local_bh_disable();
            for (u8 i = 1; i <= n; ++i)
                send(i);
            waiting = txq->qdisc->q.qlen;
            stopped = txq->state;
            local_bh_enable();
        });
        m.run_idle_until(m.now_ns() + 1'000'000);
    }
    void allow(unsigned bytes) {
        txq->dql.limit = txq->dql.min_limit = bytes;
        txq->dql.adj_limit = txq->dql.num_completed + bytes;
    }
    [[nodiscard]] static std::vector<u8> up_to(u8 n) {
        std::vector<u8> v(n);
        std::iota(v.begin(), v.end(), u8{1});
        return v;
    }
    net *ns = nullptr;
    net_device *dev = nullptr;
    netdev_queue *txq = nullptr;
    std::vector<u8> wire; // first payload byte of each frame
    // How many had been put into the ring when it left: those of one bulk all say the same.
    std::vector<unsigned> queued;
    u32 waiting = 0;
    unsigned long stopped = 0;
};

TEST_F(Bql, TheFirstPacketStopsTheQueueUntilItCompletes) {
    plug();
    burst(3);
    EXPECT_EQ(waiting, 2U);
    EXPECT_EQ(stopped, 1UL << __QUEUE_STATE_STACK_XOFF);
    EXPECT_EQ(wire, up_to(3));
    EXPECT_EQ(txq->state, 0UL);
    EXPECT_EQ(txq->dql.num_queued, 3 * frame_size);
    EXPECT_EQ(txq->dql.num_completed, 3 * frame_size);
    // One over a limit of 0, and dry: a limit of one. Then one within it and one over it, and both complete together:
    // two more.
    EXPECT_EQ(txq->dql.limit, 3 * frame_size);
    EXPECT_EQ(queued, (std::vector<unsigned>{1, 2, 3}));
}

TEST_F(Bql, WithinTheLimitNothingIsStopped) {
    plug();
    allow(10 * frame_size);
    burst(3);
    EXPECT_EQ(waiting, 0U);
    EXPECT_EQ(stopped, 0UL);
    EXPECT_EQ(txq->dql.limit, 10 * frame_size);
    EXPECT_EQ(wire, up_to(3));
}

TEST_F(Bql, WhatWaitsTogetherLeavesTogether) {
    plug();
    allow(100 * frame_size);
    netif_tx_stop_queue(txq);
    burst(6);
    EXPECT_EQ(waiting, 6U);
    EXPECT_TRUE(wire.empty());
    m.run_process("p", [&] { netif_tx_wake_queue(txq); });
    m.run_idle_until(m.now_ns() + 1'000'000);
    EXPECT_EQ(wire, up_to(6));
    // The first was refused once and goes alone; the others with xmit_more for all but the last.
    EXPECT_EQ(queued, (std::vector<unsigned>{1, 6, 6, 6, 6, 6}));
    EXPECT_EQ(txq->dql.num_completed, 6 * frame_size);
}

// The bulk ends where the limit does.
TEST_F(Bql, ABulkIsAsLargeAsTheLimitAllows) {
    plug();
    allow(3 * frame_size);
    netif_tx_stop_queue(txq);
    burst(7);
    m.run_process("p", [&] { netif_tx_wake_queue(txq); });
    m.run_idle_until(m.now_ns() + 1'000'000);
    EXPECT_EQ(wire, up_to(7));
    // The one that was refused once, and two more fill the limit; another goes over it, and the queue stops. All four
    // complete together: the limit grows by four.
    EXPECT_EQ(queued, (std::vector<unsigned>{1, 3, 3, 4, 7, 7, 7}));
    EXPECT_EQ(txq->dql.limit, 7 * frame_size);
}

// A ring that fills up in the middle of a bulk: the card is told, the rest waits its turn and keeps its order.
TEST_F(Bql, ABulkLargerThanTheRingIsPutBack) {
    plug(8);
    allow(100 * frame_size);
    netif_tx_stop_queue(txq);
    burst(20);
    m.run_process("p", [&] { netif_tx_wake_queue(txq); });
    m.run_idle_until(m.now_ns() + 1'000'000);
    EXPECT_EQ(wire, up_to(20));
    EXPECT_GT(txq->qdisc->qstats.requeues, 0U);
    EXPECT_EQ(txq->qdisc->q.qlen, 0U);
    EXPECT_EQ(txq->qdisc->qstats.backlog, 0U);
    EXPECT_EQ(txq->dql.num_completed, 20 * frame_size);
    EXPECT_EQ(simnic_stats(dev).tx_frames, 20U);
}

TEST_F(Bql, TheDeviceGoingDownForgetsWhatWasUnderWay) {
    plug();
    m.run_process("p", [&] {
        local_bh_disable();
        send(1);
        EXPECT_NE(txq->state & 1UL << __QUEUE_STATE_STACK_XOFF, 0UL);
        local_bh_enable();
    });
    txq->dql.limit = 999;
    EXPECT_EQ(link_set_up(ns, "eth0", false), 0);
    EXPECT_EQ(txq->dql.num_queued, 0U);
    EXPECT_EQ(txq->dql.limit, 0U);
    EXPECT_EQ(link_set_up(ns, "eth0", true), 0);
    EXPECT_EQ(txq->state, 0UL);
    wire.clear();
    burst(4);
    EXPECT_EQ(wire, up_to(4));
}

TEST_F(Bql, ABusyCardKeepsARunningFlowGoing) {
    plug();
    for (int round = 0; round < 50; ++round)
        burst(10);
    EXPECT_EQ(wire.size(), 500U);
    EXPECT_EQ(txq->dql.num_queued, txq->dql.num_completed);
    EXPECT_EQ(txq->state, 0UL);
}

} // namespace
} // namespace skbscope::stack
