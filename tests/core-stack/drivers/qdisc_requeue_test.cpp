// SPDX-License-Identifier: GPL-2.0-or-later
// What a driver answers NETDEV_TX_BUSY to: it goes back, first in line, and counts as part of the queue; how many bytes
// may leave in one bulk; and devices that have no queue to put anything back into. Linux 6.1: net/sched/sch_generic.c
#include "slow_device.h"

#include "linux/bottom_half.h"
#include "linux/interrupt.h"
#include "linux/netdev_bql.h"

#include <gmock/gmock.h>

namespace skbscope::stack {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
constexpr unsigned frame = ETH_HLEN + 100;

class Requeue : public Qdiscs {
protected:
    Requeue() {
        EXPECT_EQ(qdisc_set(ns, "slow", "pfifo limit 10"), 0);
        room = 0;
        dev->netdev_ops = &ops;
    }
    ~Requeue() override { dev->netdev_ops = &slow_ops; }
    [[nodiscard]] Qdisc *qdisc() const { return netdev_get_tx_queue(dev, 0)->qdisc; }
    // First payload byte of each packet that was put back, in order.
    [[nodiscard]] std::vector<u8> put_back() const {
        std::vector<u8> v;
        for (sk_buff *skb = skb_peek(&qdisc()->gso_skb); skb; skb = skb_peek_next(skb, &qdisc()->gso_skb))
            v.push_back(skb->data[ETH_HLEN]);
        return v;
    }
    // A driver that takes so many and is busy then.
    static netdev_tx_t xmit(sk_buff *skb, net_device *d) {
        if (room <= 0) return NETDEV_TX_BUSY;
        --room;
        return slow_driver::xmit(skb, d);
    }
    void run_qdisc() const {
        spin_lock(qdisc_lock(qdisc()));
        qdisc_run(qdisc());
        spin_unlock(qdisc_lock(qdisc()));
    }
    static inline int room;
    static constexpr net_device_ops ops = {.ndo_start_xmit = xmit};
};

TEST_F(Requeue, ThePacketIsFirstOutAgainAndCounted) {
    traced([&] {
        local_bh_disable(); // NET_TX_SOFTIRQ waits until we have looked
        EXPECT_EQ(send(1), NET_XMIT_SUCCESS) << "it is kept: the sender is not told";
        EXPECT_THAT(put_back(), ElementsAre(1));
        EXPECT_EQ(qdisc()->qstats.requeues, 1u);
        EXPECT_EQ(qdisc()->q.qlen, 1u) << "still part of the queue";
        EXPECT_EQ(qdisc()->qstats.backlog, frame);
        EXPECT_TRUE(test_bit(__QDISC_STATE_SCHED, &qdisc()->state)) << "NET_TX_SOFTIRQ tries again";
        EXPECT_TRUE(local_softirq_pending() & (1U << NET_TX_SOFTIRQ));
        EXPECT_EQ(send(2), NET_XMIT_SUCCESS); // enqueued; the run that follows offers the first one again
        EXPECT_THAT(put_back(), ElementsAre(1));
        EXPECT_EQ(qdisc()->qstats.requeues, 2u);
        EXPECT_EQ(qdisc()->q.qlen, 2u);
        EXPECT_EQ(qdisc()->qstats.backlog, 2 * frame);
        room = 10;
        local_bh_enable();
    });
    EXPECT_THAT(slow_driver::sent, ElementsAre(1, 2));
    EXPECT_EQ(count_calls("dev_requeue_skb"), 2u);
    EXPECT_EQ(count_calls("pfifo_enqueue"), 1u) << "the other was never in the fifo";
    EXPECT_EQ(qdisc()->q.qlen, 0u);
    EXPECT_EQ(qdisc()->qstats.backlog, 0u);
    EXPECT_EQ(qdisc()->packets, 2u) << "each counts once, however often it was offered";
    EXPECT_FALSE(test_bit(__QDISC_STATE_SCHED, &qdisc()->state));
}

// A bulk that the driver takes only half of: the others keep their order, before all that still waits.
TEST_F(Requeue, TheRestOfABulkGoesBackInOrder) {
    netdev_queue *txq = netdev_get_tx_queue(dev, 0);
    m.run_process("p", [&] {
        local_bh_disable();
        for (u8 i = 1; i <= 5; ++i)
            send(i);
        const u32 before = qdisc()->qstats.requeues;
        EXPECT_EQ(before, 5u) << "the first one, each time";
        txq->dql.adj_limit = 4 * frame; // room for a bulk of four
        room = 3;
        run_qdisc();
        EXPECT_THAT(slow_driver::sent, ElementsAre(1, 2, 3));
        EXPECT_THAT(put_back(), ElementsAre(4, 5));
        EXPECT_EQ(qdisc()->qstats.requeues, before + 2);
        EXPECT_EQ(qdisc()->q.qlen, 2u);
        EXPECT_EQ(qdisc()->qstats.backlog, 2 * frame);
        room = 10;
        send(6);
        local_bh_enable();
    });
    EXPECT_THAT(slow_driver::sent, ElementsAre(1, 2, 3, 4, 5, 6));
    EXPECT_EQ(qdisc()->q.qlen, 0u);
}

// A driver that is busy should stop its queue. One that does not is offered the first of them again, which then goes
// behind the others: that is so in 6.1, too.
TEST_F(Requeue, TwoThatArePutBackChangePlacesWhenTheQueueIsNotStopped) {
    netdev_queue *txq = netdev_get_tx_queue(dev, 0);
    m.run_process("p", [&] {
        local_bh_disable();
        for (u8 i = 1; i <= 3; ++i)
            send(i);
        txq->dql.adj_limit = 3 * frame;
        room = 1;
        run_qdisc();
        EXPECT_THAT(put_back(), ElementsAre(2, 3));
        run_qdisc();
        EXPECT_THAT(put_back(), ElementsAre(3, 2));
        netif_tx_stop_queue(txq);
        run_qdisc();
        EXPECT_THAT(put_back(), ElementsAre(3, 2)) << "not even offered";
        netif_tx_start_queue(txq);
        room = 10;
        local_bh_enable();
    });
    EXPECT_THAT(slow_driver::sent, ElementsAre(1, 3, 2));
}

TEST_F(Requeue, WhatIsPutBackGoesWithTheQdisc) {
    m.run_process("p", [&] {
        local_bh_disable();
        send(1);
        send(2);
        qdisc_reset(qdisc());
        EXPECT_THAT(put_back(), IsEmpty());
        EXPECT_EQ(qdisc()->q.qlen, 0u);
        EXPECT_EQ(qdisc()->qstats.backlog, 0u);
        room = 10;
        local_bh_enable();
    });
    EXPECT_THAT(slow_driver::sent, IsEmpty());
}

// A qdisc without a lock leaves a word instead of scheduling itself.
TEST_F(Requeue, WithoutALockWhoRunsItIsTold) {
    EXPECT_EQ(qdisc_set(ns, "slow", "pfifo_fast"), 0);
    ASSERT_TRUE(qdisc()->flags & TCQ_F_NOLOCK);
    traced([&] {
        local_bh_disable();
        send(1);
        EXPECT_THAT(put_back(), ElementsAre(1));
        EXPECT_EQ(qdisc()->qstats.requeues, 1u);
        room = 10;
        local_bh_enable();
    });
    EXPECT_GE(count_calls("dev_requeue_skb"), 1u);
    EXPECT_THAT(slow_driver::sent, ElementsAre(1));
}

// --- qdisc_avail_bulklimit, netdev_tx_reset_queue -------------------------------------------------------------------

TEST_F(Requeue, ABulkMayHaveWhatTheDeviceHasRoomFor) {
    netdev_queue *txq = netdev_get_tx_queue(dev, 0);
    EXPECT_EQ(qdisc_avail_bulklimit(txq), 0) << "a driver that reports nothing gets one at a time";
    txq->dql.limit = txq->dql.min_limit = txq->dql.adj_limit = 1000;
    EXPECT_EQ(qdisc_avail_bulklimit(txq), 1000);
    netdev_tx_sent_queue(txq, 600);
    EXPECT_EQ(qdisc_avail_bulklimit(txq), 400);
    EXPECT_FALSE(netif_xmit_stopped(txq));
    netdev_tx_sent_queue(txq, 600);
    EXPECT_EQ(qdisc_avail_bulklimit(txq), -200);
    EXPECT_TRUE(netif_xmit_stopped(txq)) << "by the stack: more than the limit is under way";
    netdev_tx_completed_queue(txq, 1, 600);
    EXPECT_GT(qdisc_avail_bulklimit(txq), 0);
    EXPECT_FALSE(netif_xmit_stopped(txq));
}

TEST_F(Requeue, AResetForgetsWhatWasUnderWayAndLetsTheQueueGo) {
    netdev_queue *txq = netdev_get_tx_queue(dev, 0);
    netif_tx_stop_queue(txq); // the driver's own stop is not its business
    netdev_tx_sent_queue(txq, 5000);
    EXPECT_EQ(txq->state, 1UL << __QUEUE_STATE_DRV_XOFF | 1UL << __QUEUE_STATE_STACK_XOFF);
    EXPECT_LT(dql_avail(&txq->dql), 0);
    netdev_tx_reset_queue(txq);
    EXPECT_EQ(txq->state, 1UL << __QUEUE_STATE_DRV_XOFF);
    EXPECT_EQ(txq->dql.num_queued, 0u);
    EXPECT_EQ(txq->dql.num_completed, 0u);
    EXPECT_EQ(dql_avail(&txq->dql), 0);
    netdev_tx_sent_queue(txq, 100); // and the next is counted from the start
    EXPECT_EQ(txq->dql.num_queued, 100u);
    netif_tx_start_queue(txq);
}

// --- noqueue_init ---------------------------------------------------------------------------------------------------

TEST_F(Requeue, NoQueueIsAQdiscWithoutEnqueue) {
    int err = -1;
    recorder.set_on(true);
    Qdisc *sch = qdisc_create_dflt(netdev_get_tx_queue(dev, 0), &noqueue_qdisc_ops, "", &err);
    recorder.set_on(false);
    ASSERT_NE(sch, nullptr);
    EXPECT_EQ(err, 0);
    EXPECT_EQ(count_calls("noqueue_init"), 1u);
    EXPECT_EQ(sch->enqueue, nullptr) << "how __dev_queue_xmit() tells it";
    EXPECT_NE(noqueue_qdisc_ops.enqueue, nullptr) << "registered with one, all the same";
    qdisc_put(sch);
}

// Nowhere to put it back: a busy driver loses it, and the sender hears.
TEST_F(Requeue, WithoutAQueueABusyDriverLosesThePacket) {
    EXPECT_EQ(qdisc_set(ns, "slow", "noqueue"), 0);
    EXPECT_EQ(qdisc()->enqueue, nullptr);
    room = 1;
    traced([&] {
        EXPECT_EQ(send(1), NETDEV_TX_OK);
        EXPECT_EQ(send(2), -ENETDOWN);
    });
    EXPECT_THAT(slow_driver::sent, ElementsAre(1));
    EXPECT_EQ(dev_get_stats(dev).tx_dropped, 1u);
    EXPECT_EQ(count_calls("dev_requeue_skb"), 0u);
    EXPECT_EQ(count_calls("sch_direct_xmit"), 0u);
}

} // namespace
} // namespace skbscope::stack
