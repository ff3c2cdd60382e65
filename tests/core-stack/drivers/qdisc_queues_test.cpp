// SPDX-License-Identifier: GPL-2.0-or-later
// One qdisc in front of several tx queues: what is taken out at once must be for one of them.
#include "slow_device.h"

#include "linux/sched.h"

#include <algorithm>

namespace skbscope::stack {
namespace {

struct two_queues {
    static inline std::vector<std::pair<u16, u8>> sent; // tx queue, first payload byte
    static netdev_tx_t xmit(sk_buff *skb, net_device *) {
        sent.emplace_back(skb_get_queue_mapping(skb), skb->data[ETH_HLEN]);
        consume_skb(skb);
        return NETDEV_TX_OK;
    }
    static u16 select(net_device *, sk_buff *skb, net_device *) { return skb->data[ETH_HLEN] & 1; }
};
constexpr net_device_ops two_ops = {.ndo_start_xmit = two_queues::xmit, .ndo_select_queue = two_queues::select};

class TwoQueues : public Qdiscs {
protected:
    TwoQueues() {
        two_queues::sent.clear();
        dev = alloc_netdev<int>(
            "two",
            [](net_device *d) {
                ether_setup(d);
                d->netdev_ops = &two_ops;
                d->needs_free_netdev = true;
            },
            2);
        dev_net_set(dev, ns);
        EXPECT_EQ(register_netdevice(dev), 0);
        EXPECT_EQ(link_set_up(ns, "two", true), 0);
        EXPECT_EQ(qdisc_set(ns, "two", "pfifo limit 50"), 0);
    }
    // All wait; then the queues go on.
    void pile_up(std::initializer_list<u8> first) {
        for (unsigned i = 0; i < 2; ++i)
            netif_tx_stop_queue(netdev_get_tx_queue(dev, i));
        send_all(first);
        EXPECT_TRUE(two_queues::sent.empty());
    }
    void wake(unsigned queue) {
        m.run_process("w", [&] { netif_tx_wake_queue(netdev_get_tx_queue(dev, queue)); });
        wait_ms(1);
    }
    [[nodiscard]] Qdisc *qdisc() const { return netdev_get_tx_queue(dev, 0)->qdisc; }
    [[nodiscard]] static std::vector<u8> of_queue(u16 queue) {
        std::vector<u8> v;
        for (const auto &[q, first] : two_queues::sent)
            if (q == queue) v.push_back(first);
        return v;
    }
};

TEST_F(TwoQueues, ShareOneQdiscThatIsReplacedForBoth) {
    EXPECT_EQ(qdisc(), netdev_get_tx_queue(dev, 1)->qdisc);
    EXPECT_FALSE(qdisc_may_bulk(qdisc()));
    EXPECT_EQ(qdisc_del(ns, "two"), 0);
    EXPECT_NE(qdisc(), netdev_get_tx_queue(dev, 1)->qdisc) << "the default is one each";
    EXPECT_TRUE(qdisc_may_bulk(qdisc()));
}

TEST_F(TwoQueues, EachPacketLeavesByItsOwnInOrder) {
    pile_up({2, 4, 1, 3, 6, 5, 8});
    EXPECT_EQ(qdisc()->q.qlen, 7U);
    netif_tx_start_queue(netdev_get_tx_queue(dev, 1));
    wake(0);
    EXPECT_EQ(of_queue(0), (std::vector<u8>{2, 4, 6, 8}));
    EXPECT_EQ(of_queue(1), (std::vector<u8>{1, 3, 5}));
    EXPECT_EQ(qdisc()->q.qlen, 0U);
    EXPECT_EQ(qdisc()->qstats.backlog, 0U);
}

// Queue 1 stays stopped: its packet was taken out already, and nothing may overtake it.
TEST_F(TwoQueues, AStoppedOneHoldsUpTheOthers) {
    pile_up({2, 4, 1, 6});
    wake(0);
    EXPECT_EQ(of_queue(0), (std::vector<u8>{2, 4}));
    EXPECT_EQ(qdisc()->q.qlen, 2U);
    EXPECT_EQ(skb_queue_len(&qdisc()->skb_bad_txq), 1U);
    wake(1);
    EXPECT_EQ(two_queues::sent.size(), 4U);
    EXPECT_EQ(of_queue(1), (std::vector<u8>{1}));
    EXPECT_EQ(qdisc()->q.qlen, 0U);
}

} // namespace
} // namespace skbscope::stack
