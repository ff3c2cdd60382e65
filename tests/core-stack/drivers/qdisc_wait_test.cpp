// SPDX-License-Identifier: GPL-2.0-or-later
// Queueing disciplines that make packets wait, lose them, or let others pass.
#include "slow_device.h"

#include "net/sched/qdisc_words.h"

namespace skbscope::stack {
namespace {

using Sent = std::vector<u8>;
constexpr unsigned frame = 1000, payload = frame - ETH_HLEN;

TEST_F(Qdiscs, TbfSendsWhatItHasTokensForAndTheRestWhenTheyCome) {
    ASSERT_EQ(qdisc_set(ns, "slow", "tbf rate 1mbit burst 1600 limit 10000"), 0);
    EXPECT_EQ(kind(), "tbf");
    send_all({1, 2, 3}, payload); // 1,000 bytes take 8 ms; there are tokens for 1,600
    EXPECT_EQ(slow_driver::sent, Sent{1});
    wait_ms(3);
    EXPECT_EQ(slow_driver::sent, Sent{1}); // 400 bytes are missing: 3.2 ms
    wait_ms(1);
    EXPECT_EQ(slow_driver::sent, (Sent{1, 2}));
    wait_ms(7);
    EXPECT_EQ(slow_driver::sent, (Sent{1, 2}));
    wait_ms(2);
    EXPECT_EQ(slow_driver::sent, (Sent{1, 2, 3}));
    EXPECT_GE(netdev_get_tx_queue(dev, 0)->qdisc->qstats.overlimits, 2U);
}

TEST_F(Qdiscs, TbfDropsWhatDoesNotFit) {
    ASSERT_EQ(qdisc_set(ns, "slow", "tbf rate 1mbit burst 1600 limit 2000"), 0);
    send_all({1, 2, 3, 4}, payload);
    EXPECT_EQ(results, (std::vector<int>{NET_XMIT_SUCCESS, NET_XMIT_SUCCESS, NET_XMIT_SUCCESS, NET_XMIT_DROP}));
    wait_ms(50);
    EXPECT_EQ(slow_driver::sent, (Sent{1, 2, 3}));
    send_all({5}, 1700); // larger than the burst: never
    EXPECT_EQ(results.back(), NET_XMIT_DROP);
}

TEST_F(Qdiscs, TbfGoesWithWhatItHolds) {
    ASSERT_EQ(qdisc_set(ns, "slow", "tbf rate 1mbit burst 1600 limit 10000"), 0);
    send_all({1, 2, 3}, payload);
    ASSERT_EQ(qdisc_del(ns, "slow"), 0);
    wait_ms(100);
    EXPECT_EQ(slow_driver::sent, Sent{1});
    EXPECT_EQ(kind(), "fq_codel");
}

TEST_F(Qdiscs, PrioServesTheFirstBandFirst) {
    ASSERT_EQ(qdisc_set(ns, "slow", "prio"), 0);
    m.run_process("p", [&] {
        slow_driver::busy = true;
        send(9); // put back: it is out of the bands already
        send(1, 100, 2);
        send(2, 100, 0);
        send(3, 100, 6);
        send(4, 100, 2);
        send(5, 100, 7);
        slow_driver::busy = false;
        __netif_schedule(netdev_get_tx_queue(dev, 0)->qdisc);
    });
    wait_ms(1);
    EXPECT_EQ(slow_driver::sent, (Sent{9, 3, 5, 2, 1, 4}));
}

TEST_F(Qdiscs, PfifoFastToo) {
    ASSERT_EQ(qdisc_set(ns, "slow", "pfifo_fast"), 0);
    m.run_process("p", [&] {
        slow_driver::busy = true;
        send(9);
        send(1, 100, 2);
        send(2, 100, 0);
        send(3, 100, 6);
        slow_driver::busy = false;
        __netif_schedule(netdev_get_tx_queue(dev, 0)->qdisc);
    });
    wait_ms(1);
    EXPECT_EQ(slow_driver::sent, (Sent{9, 3, 2, 1}));
}

TEST_F(Qdiscs, PfifoFastIsBypassedAndTakesNoLock) {
    ASSERT_EQ(qdisc_set(ns, "slow", "pfifo_fast"), 0);
    traced([&] { EXPECT_EQ(send(1), NET_XMIT_SUCCESS); });
    EXPECT_EQ(slow_driver::sent, Sent{1});
    EXPECT_EQ(count_calls("sch_direct_xmit"), 1U);
    EXPECT_EQ(count_calls("pfifo_fast_enqueue"), 0U);
}

TEST_F(Qdiscs, NetemKeepsPacketsForItsTime) {
    ASSERT_EQ(qdisc_set(ns, "slow", "netem delay 10ms"), 0);
    send_all({1});
    wait_ms(4);
    send_all({2});
    EXPECT_TRUE(slow_driver::sent.empty());
    wait_ms(7);
    EXPECT_EQ(slow_driver::sent, Sent{1});
    wait_ms(4);
    EXPECT_EQ(slow_driver::sent, (Sent{1, 2}));
}

TEST_F(Qdiscs, NetemLosesAsOftenAsItIsTold) {
    ASSERT_EQ(qdisc_set(ns, "slow", "netem loss 100%"), 0);
    send_all({1, 2, 3});
    wait_ms(1);
    EXPECT_TRUE(slow_driver::sent.empty());
    EXPECT_EQ(results, std::vector<int>(3, NET_XMIT_SUCCESS)); // its sender does not learn of it
    ASSERT_EQ(qdisc_set(ns, "slow", "netem loss 25%"), 0);
    for (int i = 0; i < 100; ++i)
        send_all({1, 2, 3, 4});
    wait_ms(1);
    EXPECT_GT(slow_driver::sent.size(), 250U); // of 400; deterministic, by the machine's seed
    EXPECT_LT(slow_driver::sent.size(), 350U);
}

TEST_F(Qdiscs, NetemHasALimit) {
    ASSERT_EQ(qdisc_set(ns, "slow", "netem delay 10ms limit 2"), 0);
    send_all({1, 2, 3});
    EXPECT_EQ(results.back(), NET_XMIT_DROP);
    wait_ms(20);
    EXPECT_EQ(slow_driver::sent, (Sent{1, 2}));
}

TEST_F(Qdiscs, RefuseWordsTheyDoNotKnow) {
    for (const char *words :
         {"tbf", "tbf rate 1mbit", "tbf rate fast burst 1600 limit 10", "tbf rate 1mbit burst 0 limit 9",
          "tbf rate 1mbit burst 1600 limit 10 colour red", "prio bands 1", "prio bands 99", "netem delay soon",
          "netem loss 101%", "netem loss 5", "netem corrupt 101%", "pfifo_fast 3"})
        EXPECT_EQ(qdisc_set(ns, "slow", words), -EINVAL) << words;
    EXPECT_EQ(kind(), "fq_codel");
}

TEST(QdiscWords, AreReadAsTcWritesThem) {
    EXPECT_EQ(tc_rate("1mbit"), 125'000U);
    EXPECT_EQ(tc_rate("100bps"), 100U);
    EXPECT_EQ(tc_rate("100"), std::nullopt);
    EXPECT_EQ(tc_size("10kb"), 10'240U);
    EXPECT_EQ(tc_size("1600"), 1'600U);
    EXPECT_EQ(tc_time("10ms"), 10'000'000U);
    EXPECT_EQ(tc_time("5"), 5'000U);
    EXPECT_EQ(tc_time("-5ms"), std::nullopt);
    EXPECT_EQ(tc_percent("100%"), 0xffffffffU);
    EXPECT_EQ(tc_percent("0%"), 0U);
    qdisc_words words("  limit 10  rate 5mbit ");
    EXPECT_EQ(words.take("rate"), "5mbit");
    EXPECT_FALSE(words.all_taken());
    EXPECT_EQ(words.take("burst"), "");
    EXPECT_EQ(words.take("limit"), "10");
    EXPECT_TRUE(words.all_taken());
}

} // namespace
} // namespace skbscope::stack
