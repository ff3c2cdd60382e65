// SPDX-License-Identifier: GPL-2.0-or-later
// Devices, namespaces, and the way in.
#include "devices.h"

#include "linux/interrupt.h"

namespace skbscope::stack {
namespace {

TEST_F(Devices, HaveNamesAndNumbersOfTheirNamespace) {
    EXPECT_EQ(a->loopback_dev->ifindex, 1);
    EXPECT_EQ(va->ifindex, 2);
    EXPECT_EQ(vb->ifindex, 2);
    EXPECT_EQ(dev_get_by_index_rcu(a, 2), va);
    EXPECT_EQ(dev_get_by_index_rcu(a, 3), nullptr);
    EXPECT_EQ(__dev_get_by_name(a, "vb"), nullptr);
    EXPECT_EQ(link_add_veth(a, "va", b, "other"), -EEXIST);
    EXPECT_EQ(__dev_get_by_name(b, "other"), nullptr); // nothing is left behind
    EXPECT_EQ(link_add_veth(a, "a_name_that_is_too_long", b, "x"), -EINVAL);
    EXPECT_EQ(link_set_up(a, "nosuch", true), -ENODEV);
}

TEST_F(Devices, AreUpWithCarrierWhenBothEndsAre) {
    EXPECT_TRUE(netif_running(va));
    EXPECT_TRUE(netif_carrier_ok(va));
    EXPECT_EQ(dev_get_flags(va) & (IFF_UP | IFF_RUNNING | IFF_LOWER_UP), IFF_UP | IFF_RUNNING | IFF_LOWER_UP);
    EXPECT_EQ(link_set_up(b, "vb", false), 0);
    EXPECT_FALSE(netif_carrier_ok(va));
    EXPECT_FALSE(netif_running(vb));
    EXPECT_EQ(link_set_up(b, "vb", true), 0);
    EXPECT_TRUE(netif_carrier_ok(va));
}

TEST_F(Devices, TellWhoWantsToKnow) {
    static std::vector<unsigned long> heard;
    heard.clear();
    notifier_block nb;
    nb.notifier_call = [](notifier_block *, unsigned long action, void *info) {
        if (std::string_view(netdev_notifier_info_to_dev(info)->name) == "va") heard.push_back(action);
        return NOTIFY_DONE;
    };
    register_netdevice_notifier(&nb);
    EXPECT_EQ(heard, (std::vector<unsigned long>{NETDEV_REGISTER, NETDEV_UP})); // of what there is
    heard.clear();
    EXPECT_EQ(link_set_mtu(a, "va", 1400), 0);
    EXPECT_EQ(link_set_mtu(a, "va", 1400), 0);
    EXPECT_EQ(link_set_mtu(a, "va", 10), -EINVAL);
    EXPECT_EQ(link_set_address(a, "va", {2, 0, 0, 0, 0, 9}), 0);
    EXPECT_EQ(link_set_address(a, "va", {1, 0, 0, 0, 0, 9}), -EADDRNOTAVAIL);
    EXPECT_EQ(heard, (std::vector<unsigned long>{NETDEV_PRECHANGEMTU, NETDEV_CHANGEMTU, NETDEV_PRE_CHANGEADDR,
                                                 NETDEV_CHANGEADDR, NETDEV_PRE_CHANGEADDR}));
    unregister_netdevice_notifier(&nb);
    EXPECT_EQ(va->mtu, 1400u);
    EXPECT_EQ(va->dev_addr[5], 9);
}

TEST_F(Devices, FeaturesCanBeSwitchedWithinReason) {
    EXPECT_TRUE(va->features & NETIF_F_TSO);
    EXPECT_FALSE(va->features & NETIF_F_GRO);
    EXPECT_EQ(device_feature(a, "va", "tso", false), 0);
    EXPECT_FALSE(va->features & NETIF_F_TSO);
    EXPECT_EQ(device_feature(a, "va", "gro", true), 0);
    EXPECT_TRUE(va->features & NETIF_F_GRO);
    EXPECT_EQ(device_feature(a, "va", "tx", false), 0);
    EXPECT_FALSE(va->features & NETIF_F_HW_CSUM);
    EXPECT_FALSE(va->features & NETIF_F_ALL_TSO); // no segmentation without checksums
    EXPECT_EQ(device_feature(a, "va", "tx-checksum-ip-generic", true), 0);
    EXPECT_TRUE(va->features & NETIF_F_HW_CSUM);
    EXPECT_EQ(device_feature(a, "va", "no-such-feature", true), -EINVAL);
    EXPECT_EQ(device_feature(a, "va", "rx-all", true), -EOPNOTSUPP);
}

TEST_F(Devices, AFrameCrossesTheVeth) {
    const tap_log log;
    const receiver pt(0x88b5, nullptr, tap_log::receive);
    m.run_process("p", [&] { EXPECT_EQ(dev_queue_xmit(frame()), NET_XMIT_SUCCESS); });
    EXPECT_EQ(tap_log::seen, (std::vector<std::string>{"vb:46:0"}));
    EXPECT_EQ(va->stats.tx_packets, 1u);
    EXPECT_EQ(va->stats.tx_bytes, 60u);
    EXPECT_EQ(dev_get_stats(vb).rx_dropped, 0u);
}

TEST_F(Devices, ThePathOfTheFrameIsTheKernels) {
    const receiver pt(0x88b5, nullptr, tap_log::receive);
    traced([&] { dev_queue_xmit(frame()); });
    // Functions that the stock kernel can show, in order; what it inlines everywhere is left out.
    std::vector<std::string> shown;
    const auto &catalogue = trace::Catalogue::builtin();
    for (const trace::Event &e : events(SKBSCOPE_EV_ENTER))
        if (e.fn < catalogue.size() && catalogue.at(e.fn).traceable) shown.emplace_back(catalogue.at(e.fn).name);
    const std::vector<std::string> way{"__dev_queue_xmit",
                                       "netdev_core_pick_tx",
                                       "validate_xmit_skb",
                                       "netif_skb_features",
                                       "passthru_features_check",
                                       "skb_network_protocol",
                                       "validate_xmit_xfrm",
                                       "dev_hard_start_xmit",
                                       "veth_xmit",
                                       "skb_clone_tx_timestamp",
                                       "__dev_forward_skb",
                                       "__dev_forward_skb2",
                                       "skb_scrub_packet",
                                       "eth_type_trans",
                                       "__netif_rx",
                                       "netif_rx_internal",
                                       "enqueue_to_backlog",
                                       "__local_bh_enable_ip",
                                       "do_softirq",
                                       "__do_softirq",
                                       "handle_softirqs",
                                       "net_rx_action",
                                       "__napi_poll",
                                       "process_backlog",
                                       "__netif_receive_skb",
                                       "__netif_receive_skb_one_core",
                                       "__netif_receive_skb_core"};
    auto at = shown.begin();
    for (const std::string &name : way) {
        at = std::find(at, shown.end(), name);
        ASSERT_NE(at, shown.end()) << name;
    }
    const auto crossed = events(SKBSCOPE_EV_CROSSED);
    ASSERT_EQ(crossed.size(), 1u);
    EXPECT_EQ(recorder.devices().at(crossed[0].lineage.from_device), "va");
    EXPECT_EQ(recorder.devices().at(crossed[0].lineage.to_device), "vb");
    EXPECT_EQ(recorder.hosts().at(crossed[0].lineage.from_host), "a");
    EXPECT_EQ(recorder.hosts().at(crossed[0].lineage.to_host), "b");
}

TEST_F(Devices, WhatNobodyWantsIsDropped) {
    traced([&] { dev_queue_xmit(frame()); });
    ASSERT_EQ(events(SKBSCOPE_EV_DROP).size(), 1u);
    EXPECT_EQ(events(SKBSCOPE_EV_DROP)[0].drop.reason, u32{SKB_DROP_REASON_UNHANDLED_PROTO});
    EXPECT_EQ(dev_get_stats(vb).rx_dropped, 1u);
}

TEST_F(Devices, ATooLongFrameDoesNotCross) {
    EXPECT_EQ(link_set_mtu(b, "vb", 100), 0);
    traced([&] { EXPECT_EQ(dev_queue_xmit(frame(0x88b5, 200)), NET_XMIT_DROP); });
    EXPECT_EQ(events(SKBSCOPE_EV_DROP).size(), 1u);
    EXPECT_EQ(dev_get_stats(vb).rx_dropped, 1u);
}

TEST_F(Devices, ADeviceThatIsDownSendsNothing) {
    EXPECT_EQ(link_set_up(a, "va", false), 0);
    m.run_process("p", [&] { EXPECT_EQ(dev_queue_xmit(frame()), NET_XMIT_CN); });
    EXPECT_EQ(va->stats.tx_packets, 0u);
}

TEST_F(Devices, TapsSeeBothDirections) {
    const tap_log log;
    const receiver out(ETH_P_ALL, va, tap_log::receive);
    const receiver in(ETH_P_ALL, vb, tap_log::receive);
    m.run_process("p", [&] { dev_queue_xmit(frame()); });
    EXPECT_EQ(tap_log::seen, (std::vector<std::string>{"va:60:4", "vb:46:0"})); // PACKET_OUTGOING, PACKET_HOST
}

TEST_F(Devices, EthernetKnowsWhomAFrameIsFor) {
    const struct {
        u8 dest[6];
        unsigned type;
    } cases[] = {{{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, PACKET_BROADCAST},
                 {{0x01, 0x00, 0x5e, 0, 0, 1}, PACKET_MULTICAST},
                 {{0x02, 0x11, 0x11, 0x11, 0x11, 0x11}, PACKET_OTHERHOST}};
    for (const auto &c : cases) {
        sk_buff *skb = frame();
        std::memcpy(skb->data, c.dest, 6);
        EXPECT_EQ(eth_type_trans(skb, vb), cpu_to_be16(0x88b5));
        EXPECT_EQ(unsigned{skb->pkt_type}, c.type);
        EXPECT_EQ(skb->dev, vb);
        EXPECT_EQ(skb_mac_offset(skb), -14);
        kfree_skb(skb);
    }
    sk_buff *skb = frame(46); // a length: 802.3
    EXPECT_EQ(eth_type_trans(skb, vb), cpu_to_be16(ETH_P_802_2));
    kfree_skb(skb);
}

TEST_F(Devices, TheBacklogHasALimit) {
    net_core_sysctl().netdev_max_backlog = 5;
    const tap_log log;
    const receiver pt(0x88b5, nullptr, tap_log::receive);
    m.run_process("p", [&] {
        local_bh_disable(); // the softirq must not empty it meanwhile
        for (int i = 0; i < 10; ++i)
            dev_queue_xmit(frame());
        local_bh_enable();
    });
    EXPECT_EQ(tap_log::seen.size(), 6u); // full when it holds more than 5
    EXPECT_EQ(dev_get_stats(vb).rx_dropped, 4u);
    EXPECT_EQ(per_cpu_softnet(0)->dropped, 4u);
}

TEST_F(Devices, PollingHasABudget) {
    const tap_log log;
    const receiver pt(0x88b5, nullptr, tap_log::receive);
    traced([&] {
        local_bh_disable();
        for (int i = 0; i < 150; ++i)
            dev_queue_xmit(frame());
        recorder.clear();
        local_bh_enable();
    });
    EXPECT_EQ(tap_log::seen.size(), 150u);
    EXPECT_EQ(count_calls("process_backlog"), 3u); // 64 packets a poll
}

TEST_F(Devices, GoWithTheirNamespace) {
    netns_del(a);
    EXPECT_EQ(__dev_get_by_name(b, "vb"), nullptr); // a veth end takes its peer with it
    EXPECT_EQ(netns_find("a"), nullptr);
    EXPECT_NE(netns_find("b"), nullptr);
    EXPECT_EQ(netns_add("b"), nullptr); // the name is taken
}

TEST_F(Devices, APacketInTheBacklogDoesNotOutliveItsDevice) {
    m.run_process("p", [&] {
        local_bh_disable();
        dev_queue_xmit(frame());
        preempt_count_sub(SOFTIRQ_DISABLE_OFFSET); // enabled, but not run
        EXPECT_EQ(skb_queue_len(&this_cpu_softnet()->input_pkt_queue), 1u);
        EXPECT_EQ(link_del(b, "vb"), 0);
        EXPECT_EQ(skb_queue_len(&this_cpu_softnet()->input_pkt_queue), 0u);
    });
    EXPECT_EQ(__dev_get_by_name(a, "va"), nullptr);
}

TEST_F(Devices, SysctlsAreSetByName) {
    EXPECT_EQ(sysctl_set(a, "net.nothing", "1"), -ENOENT);
    int value = 3;
    register_net_sysctl_int(a, "net.test.value", &value, 0, 10);
    EXPECT_EQ(sysctl_set(a, "net.test.value", "7"), 0);
    EXPECT_EQ(value, 7);
    EXPECT_EQ(sysctl_set(a, "net.test.value", "11"), -EINVAL);
    EXPECT_EQ(sysctl_set(a, "net.test.value", "x"), -EINVAL);
    EXPECT_EQ(sysctl_set(a, "net.test.value", "7x"), -EINVAL);
    EXPECT_EQ(sysctl_set(b, "net.test.value", "7"), -ENOENT);
    EXPECT_EQ(value, 7);
}

TEST_F(Devices, EveryNamespaceIsInitialisedAndUndone) {
    static std::vector<std::string> log;
    log.clear();
    static unsigned id;
    pernet_operations ops;
    ops.init = [](net *ns) {
        *net_generic<int>(ns, id) = 5;
        log.push_back("init");
        return 0;
    };
    ops.exit = [](net *ns) { log.push_back("exit " + std::to_string(*net_generic<int>(ns, id))); };
    ops.id = &id;
    ops.size = sizeof(int);
    ASSERT_EQ(register_pernet_subsys(&ops), 0);
    EXPECT_EQ(log.size(), 3u); // init_net, a, b
    netns_add("c");
    EXPECT_EQ(log.size(), 4u);
    netns_del(netns_find("c"));
    EXPECT_EQ(log.back(), "exit 5");
    unregister_pernet_subsys(&ops);
    EXPECT_EQ(log.size(), 8u);
}

class TwoCpuDevices : public Devices {
protected:
    TwoCpuDevices() : Devices(2) {}
};

// IPv4 and UDP, so that there is a flow to hash.
TEST_F(TwoCpuDevices, RpsMovesPacketsToTheOtherCpu) {
    static std::vector<unsigned> cpus;
    cpus.clear();
    const receiver pt(ETH_P_ALL, vb, [](sk_buff *skb, net_device *, packet_type *, net_device *) {
        cpus.push_back(smp_processor_id());
        kfree_skb(skb);
        return NET_RX_SUCCESS;
    });
    const auto udp_frame = [&] {
        sk_buff *skb = frame(ETH_P_IP);
        const u8 headers[28] = {0x45, 0, 0, 46, 0,  1, 0, 0, 64,   17,   0,    0,
                                10,   9, 0, 1,  10, 9, 0, 2, 0x1b, 0x58, 0x1b, 0x59};
        std::memcpy(skb->data + 14, headers, sizeof headers);
        return skb;
    };
    m.run_process("p", [&] {
        dev_queue_xmit(udp_frame());
        EXPECT_EQ(rps_cpus(b, "vb", 0, 2), 0);
        dev_queue_xmit(udp_frame());
        exit_to_user_mode();
        EXPECT_EQ(rps_cpus(b, "vb", 0, 0), 0);
        dev_queue_xmit(udp_frame());
    });
    EXPECT_EQ(rps_cpus(b, "vb", 9, 1), -EINVAL);
    EXPECT_EQ(cpus, (std::vector<unsigned>{0, 1, 0}));
    EXPECT_EQ(per_cpu_softnet(1)->received_rps, 1u);
}

} // namespace
} // namespace skbscope::stack
