// SPDX-License-Identifier: GPL-2.0-or-later
#include "../sim/machine_fixture.h"

#include "drivers/net/veth.h"
#include "linux/etherdevice.h"
#include "linux/interrupt.h"
#include "net/net_namespace.h"
#include "sim/netconfig.h"

#include <cstring>

namespace skbscope::stack {
namespace {

class Drivers : public machine_fixture {
protected:
    Drivers() : a(netns_add("a")), b(netns_add("b")) {
        EXPECT_EQ(link_add_veth(a, "va", b, "vb", 3, 2), 0);
        va = __dev_get_by_name(a, "va");
        vb = __dev_get_by_name(b, "vb");
        EXPECT_EQ(link_set_up(a, "va", true), 0);
        EXPECT_EQ(link_set_up(b, "vb", true), 0);
    }
    static sk_buff *frame(net_device *dev, const u8 *dest) {
        sk_buff *skb = alloc_skb(200, GFP_KERNEL);
        skb_reserve(skb, 64);
        skb_put_zero(skb, 46);
        skb->dev = dev;
        skb->protocol = cpu_to_be16(0x88b5);
        eth_header(skb, dev, 0x88b5, dest, nullptr, 46);
        return skb;
    }
    net *a, *b;
    net_device *va = nullptr, *vb = nullptr;
};

struct counter : packet_type {
    static inline std::vector<std::string> devices;
    counter() {
        devices.clear();
        type = cpu_to_be16(0x88b5);
        func = [](sk_buff *skb, net_device *on, packet_type *, net_device *) {
            devices.emplace_back(on->name);
            kfree_skb(skb);
            return NET_RX_SUCCESS;
        };
        dev_add_pack(this);
    }
    ~counter() { dev_remove_pack(this); }
    counter(const counter &) = delete;
    counter &operator=(const counter &) = delete;
};

TEST_F(Drivers, LoGivesBackWhatItGets) {
    const counter c;
    net_device *lo = a->loopback_dev;
    EXPECT_EQ(lo->mtu, 65536u);
    EXPECT_TRUE(lo->flags & IFF_UP);
    m.run_process("p", [&] { dev_queue_xmit(frame(lo, lo->dev_addr)); });
    EXPECT_EQ(counter::devices, (std::vector<std::string>{"lo"}));
    EXPECT_EQ(lo->stats.tx_packets, 1u);
}

TEST_F(Drivers, TheSenderOfALoPacketIsPaidBackAtOnce) {
    static int destroyed;
    destroyed = 0;
    const counter c;
    m.run_process("p", [&] {
        local_bh_disable();
        sk_buff *skb = frame(a->loopback_dev, a->loopback_dev->dev_addr);
        skb->destructor = [](sk_buff *) { ++destroyed; };
        dev_queue_xmit(skb);
        EXPECT_EQ(destroyed, 1);
        EXPECT_TRUE(counter::devices.empty()); // not received yet
        local_bh_enable();
    });
    EXPECT_EQ(counter::devices.size(), 1u);
    EXPECT_EQ(destroyed, 1);
}

TEST_F(Drivers, AVethCarriesItsOwnersPacketAcross) {
    static int destroyed;
    destroyed = 0;
    const counter c;
    m.run_process("p", [&] {
        local_bh_disable();
        sk_buff *skb = frame(va, vb->dev_addr);
        skb->destructor = [](sk_buff *) { ++destroyed; };
        dev_queue_xmit(skb);
        EXPECT_EQ(destroyed, 0); // still charged to the sender, in the other namespace
        local_bh_enable();
    });
    EXPECT_EQ(counter::devices, (std::vector<std::string>{"vb"}));
    EXPECT_EQ(destroyed, 1);
}

TEST_F(Drivers, AnEndWithGroPolls) {
    EXPECT_EQ(device_feature(b, "vb", "gro", true), 0);
    EXPECT_NE(netdev_priv<veth_priv>(vb)->rq.napi, nullptr);
    const counter c;
    // A sender with TSO is not worth polling for.
    traced([&] { dev_queue_xmit(frame(va, vb->dev_addr)); });
    EXPECT_EQ(count_calls("veth_poll"), 0u);
    EXPECT_EQ(device_feature(a, "va", "tso", false), 0);
    recorder.clear();
    traced([&] {
        local_bh_disable();
        for (int i = 0; i < 3; ++i)
            dev_queue_xmit(frame(va, vb->dev_addr));
        local_bh_enable();
    });
    EXPECT_EQ(count_calls("veth_poll"), 1u);
    EXPECT_EQ(count_calls("napi_gro_receive"), 3u);
    EXPECT_EQ(count_calls("process_backlog"), 0u);
    EXPECT_EQ(counter::devices.size(), 4u);
    EXPECT_EQ(device_feature(b, "vb", "gro", false), 0);
    EXPECT_EQ(netdev_priv<veth_priv>(vb)->rq.napi, nullptr);
}

TEST_F(Drivers, ALostCarrierIsActedOnAtOnce) {
    EXPECT_NE(va->ifindex, dev_get_iflink(va)); // else the kernel takes it for a device that stands on its own
    EXPECT_EQ(va->_tx[0].qdisc, va->_tx[0].qdisc_sleeping);
    m.run_process("p", [&] { EXPECT_EQ(link_set_up(b, "vb", false), 0); });
    EXPECT_FALSE(netif_carrier_ok(va));
    EXPECT_NE(va->_tx[0].qdisc, va->_tx[0].qdisc_sleeping); // noop: what is sent now is dropped there
    m.run_process("p", [&] { EXPECT_EQ(link_set_up(b, "vb", true), 0); });
    EXPECT_TRUE(netif_carrier_ok(va));
    EXPECT_EQ(va->_tx[0].qdisc, va->_tx[0].qdisc_sleeping);
}

TEST_F(Drivers, AVethEndTakesItsPeerWithIt) {
    EXPECT_EQ(link_del(a, "va"), 0);
    EXPECT_EQ(__dev_get_by_name(b, "vb"), nullptr);
    EXPECT_EQ(link_del(a, "lo"), -EOPNOTSUPP);
}

} // namespace
} // namespace skbscope::stack
