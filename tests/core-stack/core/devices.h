// SPDX-License-Identifier: GPL-2.0-or-later
// Two hosts with a veth pair that is up, frames from one end to the other, and receivers for them.
#pragma once

#include "../sim/machine_fixture.h"

#include "linux/etherdevice.h"
#include "linux/netdevice.h"
#include "net/net_namespace.h"
#include "sim/netconfig.h"

#include <cstring>
#include <string>
#include <vector>

namespace skbscope::stack {

class Devices : public machine_fixture {
protected:
    Devices() : Devices(1) {}
    explicit Devices(unsigned cpus) : machine_fixture(cpus), a(netns_add("a")), b(netns_add("b")) {
        EXPECT_EQ(link_add_veth(a, "va", b, "vb"), 0);
        EXPECT_EQ(link_set_up(a, "va", true), 0);
        EXPECT_EQ(link_set_up(b, "vb", true), 0);
        va = __dev_get_by_name(a, "va");
        vb = __dev_get_by_name(b, "vb");
    }
    // A frame of an EtherType nobody knows, from va to vb.
    sk_buff *frame(u16 type = 0x88b5, unsigned payload = 46) const {
        sk_buff *skb = alloc_skb(payload + 64, GFP_KERNEL);
        skb_reserve(skb, 64);
        std::memset(skb_put(skb, payload), 'p', payload);
        skb->dev = va;
        skb->protocol = cpu_to_be16(type);
        eth_header(skb, va, type, vb->dev_addr, nullptr, payload);
        return skb;
    }
    net *a, *b;
    net_device *va = nullptr, *vb = nullptr;
};

struct receiver : packet_type {
    using function = int (*)(sk_buff *, net_device *, packet_type *, net_device *);
    receiver(u16 ethertype, net_device *device, function f) {
        type = cpu_to_be16(ethertype);
        dev = device;
        func = f;
        dev_add_pack(this);
    }
    ~receiver() { dev_remove_pack(this); }
    receiver(const receiver &) = delete;
    receiver &operator=(const receiver &) = delete;
};

struct tap_log {
    static inline std::vector<std::string> seen;
    static int receive(sk_buff *skb, net_device *dev, packet_type *, net_device *) {
        seen.push_back(std::string(dev->name) + ":" + std::to_string(skb->len) + ":" + std::to_string(skb->pkt_type));
        kfree_skb(skb);
        return NET_RX_SUCCESS;
    }
    tap_log() { seen.clear(); }
};

} // namespace skbscope::stack
