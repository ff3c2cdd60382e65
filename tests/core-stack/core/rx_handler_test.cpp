// SPDX-License-Identifier: GPL-2.0-or-later
// Who may take a packet between the device and the protocols: the handler on top of the device, with each of its four
// results, and netfilter's hooks at the device. And the rule of references: all but the last receiver get one.
#include "devices.h"

#include "linux/netfilter.h"
#include "net/core/dev_internal.h"

#include <gmock/gmock.h>

namespace skbscope::stack {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class RxHandler : public Devices {
protected:
    static inline rx_handler_result_t result;
    static inline net_device *give_to;
    static inline unsigned users; // that the handler saw
    static rx_handler_result_t handle(sk_buff **pskb) {
        users = refcount_read(&(*pskb)->users);
        if (result == RX_HANDLER_CONSUMED) {
            consume_skb(*pskb);
            *pskb = nullptr;
        }
        if (result == RX_HANDLER_ANOTHER) (*pskb)->dev = give_to;
        return result;
    }
    void on_top_of_vb(rx_handler_result_t r) {
        result = r;
        give_to = nullptr;
        users = 0;
        ASSERT_EQ(netdev_rx_handler_register(vb, handle, this), 0);
    }
    void send() {
        traced([&] { EXPECT_EQ(dev_queue_xmit(frame()), NET_XMIT_SUCCESS); });
    }
    ~RxHandler() override {
        if (vb->rx_handler) netdev_rx_handler_unregister(vb);
    }
};

TEST_F(RxHandler, ThereIsOneADevice) {
    EXPECT_FALSE(netdev_is_rx_handler_busy(vb));
    on_top_of_vb(RX_HANDLER_PASS);
    EXPECT_TRUE(netdev_is_rx_handler_busy(vb));
    EXPECT_EQ(vb->rx_handler_data, this);
    EXPECT_EQ(netdev_rx_handler_register(vb, handle, nullptr), -EBUSY);
    EXPECT_EQ(vb->rx_handler_data, this);
    netdev_rx_handler_unregister(vb);
    EXPECT_FALSE(netdev_is_rx_handler_busy(vb));
    EXPECT_EQ(vb->rx_handler_data, nullptr);
    va->priv_flags |= IFF_NO_RX_HANDLER;
    EXPECT_EQ(netdev_rx_handler_register(va, handle, nullptr), -EINVAL);
}

TEST_F(RxHandler, ConsumedIsTheEndOfIt) {
    const tap_log log;
    const receiver pt(0x88b5, nullptr, tap_log::receive);
    on_top_of_vb(RX_HANDLER_CONSUMED);
    send();
    EXPECT_THAT(tap_log::seen, IsEmpty());
    EXPECT_EQ(count_calls("deliver_ptype_list_skb"), 0u);
    EXPECT_THAT(events(SKBSCOPE_EV_DROP), IsEmpty()); // used, not dropped
    EXPECT_EQ(dev_get_stats(vb).rx_dropped, 0u);
}

TEST_F(RxHandler, AnotherDeviceBeginsAnotherRound) {
    static std::vector<std::string> origins;
    origins.clear();
    const tap_log log;
    ASSERT_EQ(link_add_veth(b, "other", a, "unused"), 0);
    ASSERT_EQ(link_set_up(b, "other", true), 0);
    const receiver pt(0x88b5, nullptr, [](sk_buff *skb, net_device *dev, packet_type *, net_device *orig_dev) {
        origins.push_back(std::string(dev->name) + " from " + orig_dev->name);
        EXPECT_EQ(skb->skb_iif, dev->ifindex);
        kfree_skb(skb);
        return NET_RX_SUCCESS;
    });
    net_device *other = __dev_get_by_name(b, "other");
    const receiver tap_below(ETH_P_ALL, vb, tap_log::receive);
    const receiver tap_above(ETH_P_ALL, other, tap_log::receive);
    on_top_of_vb(RX_HANDLER_ANOTHER);
    give_to = other;
    const unsigned before = per_cpu_softnet(0)->processed;
    send();
    EXPECT_THAT(tap_log::seen, ElementsAre("vb:46:0", "other:46:0"));
    EXPECT_THAT(origins, ElementsAre("other from vb"));
    EXPECT_EQ(per_cpu_softnet(0)->processed - before, 2u);
    EXPECT_EQ(count_calls("__netif_receive_skb_core"), 1u);
    EXPECT_EQ(count_calls("deliver_ptype_list_skb"), 3u); // all; those of vb; those of the device it has now
}

TEST_F(RxHandler, ExactIsForThoseWhoWantThisVeryDevice) {
    const tap_log log;
    const receiver any(0x88b5, nullptr, [](sk_buff *skb, net_device *, packet_type *, net_device *) {
        ADD_FAILURE() << "not bound to vb";
        kfree_skb(skb);
        return NET_RX_SUCCESS;
    });
    on_top_of_vb(RX_HANDLER_EXACT);
    send();
    EXPECT_EQ(dev_get_stats(vb).rx_nohandler, 1u) << "nobody was";
    EXPECT_EQ(dev_get_stats(vb).rx_dropped, 0u);
    const receiver bound(0x88b5, vb, tap_log::receive);
    send();
    EXPECT_THAT(tap_log::seen, ElementsAre("vb:46:0"));
}

TEST_F(RxHandler, PassChangesNothing) {
    const tap_log log;
    const receiver pt(0x88b5, nullptr, tap_log::receive);
    on_top_of_vb(RX_HANDLER_PASS);
    send();
    EXPECT_THAT(tap_log::seen, ElementsAre("vb:46:0"));
    EXPECT_EQ(users, 1u);
}

// The tap is the last receiver known when the handler is asked: it gets a reference first.
TEST_F(RxHandler, ATapIsServedBeforeIt) {
    const tap_log log;
    const receiver tap(ETH_P_ALL, vb, [](sk_buff *skb, net_device *dev, packet_type *pt, net_device *orig) {
        EXPECT_EQ(refcount_read(&skb->users), 2u);
        return tap_log::receive(skb, dev, pt, orig);
    });
    on_top_of_vb(RX_HANDLER_CONSUMED);
    send();
    EXPECT_THAT(tap_log::seen, ElementsAre("vb:46:0"));
    EXPECT_EQ(users, 1u);
    EXPECT_EQ(count_calls("deliver_skb"), 1u);
}

// All but the last one get a reference: that one is called by __netif_receive_skb_one_core().
TEST_F(RxHandler, TheLastReceiverGetsThePacketItself) {
    static std::vector<unsigned> seen;
    seen.clear();
    const auto count = [](sk_buff *skb, net_device *, packet_type *, net_device *) {
        seen.push_back(refcount_read(&skb->users));
        kfree_skb(skb);
        return NET_RX_SUCCESS;
    };
    const receiver all(ETH_P_ALL, nullptr, count), one(ETH_P_ALL, vb, count), pt(0x88b5, nullptr, count);
    traced([&] { dev_queue_xmit(frame()); });
    // On the way out the tap of all devices had a clone of its own.
    EXPECT_THAT(seen, ElementsAre(1u, 2u, 2u, 1u));
    EXPECT_EQ(count_calls("deliver_skb"), 2u);
}

class Ingress : public Devices {
protected:
    static inline unsigned verdict;
    static unsigned hook(void *, sk_buff *skb, const nf_hook_state *state) {
        EXPECT_EQ(state->in, skb->dev);
        EXPECT_EQ(state->pf, NFPROTO_NETDEV);
        if (verdict == NF_STOLEN) consume_skb(skb);
        return verdict;
    }
    // Traced: a frame, with a hook at b's device `dev` that answers `v`.
    void send_past(net_device *dev, unsigned v) {
        verdict = v;
        nf_hook_ops ops;
        ops.hook = hook;
        ops.dev = dev;
        ops.pf = NFPROTO_NETDEV;
        ops.hooknum = NF_NETDEV_INGRESS;
        ASSERT_EQ(nf_register_net_hook(dev_net(dev), &ops), 0);
        EXPECT_EQ(dev_global->config.ingress_needed, 1);
        traced([&] { dev_queue_xmit(frame()); });
        nf_unregister_net_hook(dev_net(dev), &ops);
        EXPECT_EQ(dev_global->config.ingress_needed, 0);
        EXPECT_EQ(dev->nf_hooks_ingress, nullptr);
    }
};

TEST_F(Ingress, WhatItAcceptsGoesOn) {
    const tap_log log;
    const receiver tap(ETH_P_ALL, vb, tap_log::receive), pt(0x88b5, nullptr, tap_log::receive);
    send_past(vb, NF_ACCEPT);
    EXPECT_EQ(tap_log::seen.size(), 2u);
    const auto c = calls();
    const auto at = [&](const char *name) { return std::find(c.begin(), c.end(), name) - c.begin(); };
    EXPECT_LT(at("sch_handle_ingress"), at("nf_ingress"));
    EXPECT_LT(at("nf_ingress"), at("deliver_skb")) << "the tap waits to be served until somebody might take the packet";
    EXPECT_LT(at("deliver_skb"), at("nf_hook_slow"));
    EXPECT_LT(at("nf_hook_slow"), at("deliver_ptype_list_skb"));
}

TEST_F(Ingress, WhatItDropsOnlyTheTapsSaw) {
    const tap_log log;
    const receiver tap(ETH_P_ALL, vb, tap_log::receive), pt(0x88b5, nullptr, tap_log::receive);
    send_past(vb, NF_DROP);
    EXPECT_THAT(tap_log::seen, ElementsAre("vb:46:0"));
    const auto drops = events(SKBSCOPE_EV_DROP);
    ASSERT_EQ(drops.size(), 1u);
    EXPECT_EQ(drops[0].drop.reason, u32{SKB_DROP_REASON_NETFILTER_DROP});
    EXPECT_EQ(count_calls("deliver_ptype_list_skb"), 0u);
}

TEST_F(Ingress, WhatItTakesIsGone) {
    const tap_log log;
    const receiver pt(0x88b5, nullptr, tap_log::receive);
    send_past(vb, NF_STOLEN);
    EXPECT_THAT(tap_log::seen, IsEmpty());
    EXPECT_THAT(events(SKBSCOPE_EV_DROP), IsEmpty());
}

// nf_hook_ingress() itself: 1 goes on, less than 0 is gone; a hook that went meanwhile says nothing.
TEST_F(Ingress, TheVerdictIsAReturnCode) {
    nf_hook_ops ops;
    ops.hook = hook;
    ops.dev = vb;
    ops.pf = NFPROTO_NETDEV;
    ops.hooknum = NF_NETDEV_INGRESS;
    const auto ask = [this](unsigned v) {
        verdict = v;
        sk_buff *skb = frame();
        skb->dev = vb;
        const int ret = nf_hook_ingress(skb);
        if (ret >= 0) kfree_skb(skb);
        return ret;
    };
    EXPECT_EQ(ask(NF_DROP), 0) << "nobody is there to be asked";
    ASSERT_EQ(nf_register_net_hook(b, &ops), 0);
    EXPECT_EQ(ask(NF_ACCEPT), 1);
    EXPECT_EQ(ask(NF_DROP), -EPERM);
    EXPECT_EQ(ask(NF_DROP | unsigned{EHOSTUNREACH} << 16), -EHOSTUNREACH) << "an error that the hook chose";
    EXPECT_EQ(ask(NF_STOLEN), -1) << "for the caller it is gone";
    nf_unregister_net_hook(b, &ops);
}

TEST_F(Ingress, OtherDevicesAreNotAsked) {
    const tap_log log;
    const receiver pt(0x88b5, nullptr, tap_log::receive);
    send_past(va, NF_DROP);
    EXPECT_THAT(tap_log::seen, ElementsAre("vb:46:0"));
    EXPECT_EQ(count_calls("nf_ingress"), 1u);
    EXPECT_EQ(count_calls("nf_hook_slow"), 0u);
}

TEST_F(Ingress, CostsNothingUntilSomebodyAsks) {
    traced([&] { dev_queue_xmit(frame()); });
    EXPECT_EQ(count_calls("nf_ingress"), 0u);
    EXPECT_EQ(count_calls("sch_handle_ingress"), 0u);
    nf_hook_ops ops;
    ops.hook = hook;
    ops.pf = NFPROTO_NETDEV;
    ops.hooknum = NF_NETDEV_INGRESS;
    EXPECT_EQ(nf_register_net_hook(b, &ops), -EINVAL) << "of no device";
    ops.dev = va;
    EXPECT_EQ(nf_register_net_hook(b, &ops), -EINVAL) << "of another namespace's";
}

} // namespace
} // namespace skbscope::stack
