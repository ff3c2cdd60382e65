// SPDX-License-Identifier: GPL-2.0-or-later
// A device whose driver can be busy, and packets for it that are told apart by their first byte.
#pragma once

#include "../sim/machine_fixture.h"

#include "linux/etherdevice.h"
#include "linux/netdevice.h"
#include "net/net_namespace.h"
#include "net/sch_generic.h"
#include "sim/netconfig.h"

#include <cstring>

namespace skbscope::stack {

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
inline constexpr net_device_ops slow_ops = {.ndo_start_xmit = slow_driver::xmit};

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
    int send(u8 first, unsigned payload = 100, u32 priority = 0) {
        sk_buff *skb = alloc_skb(payload + 64, GFP_KERNEL);
        skb_reserve(skb, 64);
        std::memset(skb_put(skb, payload), first, payload);
        skb->dev = dev;
        skb->priority = priority;
        skb->protocol = cpu_to_be16(0x88b5);
        eth_header(skb, dev, 0x88b5, dev->broadcast, nullptr, payload);
        skb_set_network_header(skb, ETH_HLEN);
        return dev_queue_xmit(skb);
    }
    // Sends them one after another, in a process.
    void send_all(std::initializer_list<u8> first, unsigned payload = 100) {
        m.run_process("p", [&] {
            for (const u8 f : first)
                results.push_back(send(f, payload));
        });
    }
    void wait_ms(u64 ms) { m.run_idle_until(m.now_ns() + ms * 1'000'000); }
    [[nodiscard]] std::string kind() const { return netdev_get_tx_queue(dev, 0)->qdisc->ops->id; }
    net *ns;
    std::vector<int> results; // of send_all()
    net_device *dev = nullptr;
};

} // namespace skbscope::stack
