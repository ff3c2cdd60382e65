// SPDX-License-Identifier: GPL-2.0-or-later
// Queueing disciplines on a device that can be busy.
#include "../sim/entered.h"
#include "slow_device.h"

#include "linux/bottom_half.h"
#include "linux/interrupt.h"

#include <array>

namespace skbscope::stack {
namespace {

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

// From the stack to the driver, past a queue that holds something already.
TEST_F(Qdiscs, ThePathOut) {
    EXPECT_EQ(qdisc_set(ns, "slow", "pfifo limit 10"), 0);
    traced([&] {
        local_bh_disable();
        slow_driver::busy = true;
        send(1);
        slow_driver::busy = false;
        send(2);
        local_bh_enable();
    });
    EXPECT_EQ(slow_driver::sent, (std::vector<u8>{1, 2}));
    expect_in_order(calls(), {"dev_queue_xmit",     "__dev_queue_xmit",     "netdev_core_pick_tx",
                              "__dev_xmit_skb",     "sch_direct_xmit",      "validate_xmit_skb_list",
                              "validate_xmit_skb",  "dev_hard_start_xmit",  "netdev_start_xmit",
                              "dev_requeue_skb",    "__netif_schedule", // the first: busy
                              "dev_queue_xmit",     "pfifo_enqueue",        "qdisc_run",
                              "__qdisc_run",        "qdisc_restart",        "dequeue_skb",
                              "sch_direct_xmit",    "netdev_start_xmit", // it again, and then the second
                              "qdisc_dequeue_head", "try_bulk_dequeue_skb", "sch_direct_xmit",
                              "netdev_start_xmit",  "net_tx_action"});
}

// Each discipline takes what is sent, and gives it when it may.
TEST_F(Qdiscs, EachIsAskedToTakeAndToGive) {
    const std::array<std::array<const char *, 3>, 6> kinds{{
        {"pfifo_fast", "pfifo_fast_enqueue", "pfifo_fast_dequeue"},
        {"fq_codel", "fq_codel_enqueue", "fq_codel_dequeue"},
        {"tbf rate 8mbit burst 1600 limit 10000", "tbf_enqueue", "tbf_dequeue"},
        {"prio", "prio_enqueue", "prio_dequeue"},
        {"netem delay 1ms", "netem_enqueue", "netem_dequeue"},
        {"pfifo limit 10", "pfifo_enqueue", "qdisc_dequeue_head"},
    }};
    for (const auto &[words, enqueue, dequeue] : kinds) {
        ASSERT_EQ(qdisc_set(ns, "slow", words), 0) << words;
        slow_driver::sent.clear();
        recorder.set_on(true);
        m.run_process("p", [&] {
            local_bh_disable();
            slow_driver::busy = true;
            send(1); // an empty one may be passed by
            send(2);
            slow_driver::busy = false;
            local_bh_enable();
        });
        wait_ms(10);
        recorder.set_on(false);
        EXPECT_EQ(slow_driver::sent, (std::vector<u8>{1, 2})) << words;
        expect_in_order(calls(), {enqueue, dequeue});
    }
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
