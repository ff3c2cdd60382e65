// SPDX-License-Identifier: GPL-2.0-or-later
// The simulated card from the wire to the socket and back: rings, interrupt lines, the ways of receiving, in the order
// of their calls.
#include "../sim/entered.h"
#include "../udp/frame.h"
#include "drivers/net/simnic.h"
#include "linux/irq.h"
#include "linux/netdevice.h"
#include "net/core/dev_internal.h"

#include <algorithm>
#include <string>

namespace skbscope::stack {
namespace {

// Host b with a card; a frame of Frame goes to it.
class SimNic : public testing::Test {
protected:
    void plug(simnic_config config) {
        b = netns_add("b");
        int err = 0;
        config.name = "eth0";
        dev = simnic_probe(b, config, &err);
        ASSERT_NE(dev, nullptr) << err;
        const mac_address mac{2, 0, 0, 0, 0, 2}, peer{2, 0, 0, 0, 0, 1};
        ASSERT_EQ(link_set_address(b, "eth0", mac), 0);
        ASSERT_EQ(addr_add(b, "eth0", host_b, 24), 0);
        ASSERT_EQ(link_set_up(b, "eth0", true), 0);
        ASSERT_EQ(neigh_replace(b, "eth0", host_a, peer, neigh_request_state::permanent), 0);
    }
    int bound() {
        EXPECT_EQ(sys_setns(b), 0);
        const int fd = sys_socket(AF_INET, SOCK_DGRAM, 0);
        EXPECT_EQ(sys_bind(fd, address(host_b, 7000)), 0);
        return fd;
    }
    void run(const std::function<void()> &body) { ASSERT_EQ(m.run_process("test", body), 0); }
    // Names of functions in the order they were entered.
    [[nodiscard]] std::vector<std::string> calls() const { return entered(recorder); }
    void expect_order(const std::vector<std::string> &wanted) const { expect_in_order(calls(), wanted); }
    [[nodiscard]] long count(const std::string &name) const {
        const auto all = calls();
        return std::count(all.begin(), all.end(), name);
    }
    // `frames` arrive while nothing runs, and are read.
    void arrive_and_read(int frames) {
        run([&] {
            const int r = bound();
            recorder.set_on(true);
            for (int i = 0; i < frames; ++i)
                EXPECT_TRUE(simnic_receive(dev, Frame(12).bytes()));
            sys_nanosleep(1'000'000);
            recorder.set_on(false);
            std::vector<u8> room(100);
            for (int i = 0; i < frames; ++i)
                EXPECT_EQ(sys_recvfrom(r, room, MSG_DONTWAIT, nullptr), 12) << i;
        });
    }

    trace::Recorder recorder{1};
    machine m{{.cpus = 1, .seed = 7}, &recorder};
    machine::use current{m};
    net *b = nullptr;
    net_device *dev = nullptr;
};

TEST_F(SimNic, BadConfigsAreRefused) {
    int err = 0;
    for (const simnic_config &bad :
         {simnic_config{.queues = 0}, simnic_config{.queues = 65}, simnic_config{.rx_ring = 100},
          simnic_config{.rx_ring = 8192}, simnic_config{.tx_ring = 4},
          simnic_config{.queues = 2, .vectors = simnic_vectors::legacy}}) {
        EXPECT_EQ(simnic_probe(init_net(), bad, &err), nullptr);
        EXPECT_EQ(err, -EINVAL);
    }
}

TEST_F(SimNic, WithNapiTheHandlerMasksAndThePollUnmasks) {
    plug({});
    arrive_and_read(3);
    expect_order({"napi_schedule_prep", "__napi_schedule", "net_rx_action", "__napi_poll", "napi_gro_receive",
                  "napi_gro_receive", "napi_gro_receive", "napi_complete_done", "udp_rcv"});
    EXPECT_EQ(simnic_stats(dev).interrupts, 1U) << "three frames, one interrupt";
    EXPECT_EQ(irq_to_desc(simnic_irq(dev, 0))->tot_count, 1U);
    EXPECT_FALSE(netdev_priv<simnic_adapter>(dev)->hw.queues[0].masked) << "on again";
}

// One interrupt for each frame, the backlog in between, no poll of the card.
TEST_F(SimNic, WithoutNapiEveryFrameInterrupts) {
    plug({.mode = simnic_mode::per_packet});
    arrive_and_read(3);
    expect_order({"netif_rx", "enqueue_to_backlog", "net_rx_action", "process_backlog", "udp_rcv", "netif_rx"});
    EXPECT_EQ(count("netif_rx"), 3);
    EXPECT_EQ(irq_to_desc(simnic_irq(dev, 0))->tot_count, 3U);
    EXPECT_EQ(count("napi_gro_receive"), 0);
}

TEST_F(SimNic, AFullRingLosesFrames) {
    plug({.rx_ring = 8});
    run([&] {
        const int r = bound();
        for (int i = 0; i < 12; ++i)
            EXPECT_EQ(simnic_receive(dev, Frame(12).bytes()), i < 8) << i;
        sys_nanosleep(1'000'000);
        EXPECT_TRUE(simnic_receive(dev, Frame(12).bytes())) << "the descriptors are free again";
        sys_nanosleep(1'000'000);
        sys_close(r);
    });
    EXPECT_EQ(simnic_stats(dev).rx_missed, 4U);
    EXPECT_EQ(simnic_stats(dev).rx_frames, 9U);
    EXPECT_EQ(dev_get_stats(dev).rx_packets, 9UL);
}

TEST_F(SimNic, FramesOfABadSizeAreNotTaken) {
    plug({});
    EXPECT_FALSE(simnic_receive(dev, std::vector<u8>(13)));
    EXPECT_FALSE(simnic_receive(dev, std::vector<u8>(1537)));
    EXPECT_EQ(simnic_stats(dev).rx_crc, 2U);
}

// Microsoft's test vectors for the default key: 66.9.149.187:2794 -> 161.142.100.80:1766.
TEST_F(SimNic, TheHashIsToeplitz) {
    plug({});
    std::vector<u8> f = Frame(12).bytes();
    const u8 addresses[8] = {66, 9, 149, 187, 161, 142, 100, 80};
    std::copy(std::begin(addresses), std::end(addresses), f.begin() + 26);
    f[34] = 2794 >> 8;
    f[35] = 2794 & 0xff;
    f[36] = 1766 >> 8;
    f[37] = 1766 & 0xff;
    EXPECT_EQ(simnic_rss_hash(dev, f), 0x51ccc178U);
    f[20] = 0x20; // a fragment: addresses alone
    EXPECT_EQ(simnic_rss_hash(dev, f), 0x323e8fc2U);
    f[12] = 0x86;
    EXPECT_EQ(simnic_rss_hash(dev, f), 0U);
}

TEST_F(SimNic, TheTableChoosesTheQueue) {
    plug({.queues = 4});
    const auto queue_of_frame = [&] {
        EXPECT_TRUE(simnic_receive(dev, Frame(12).bytes()));
        const auto &queues = netdev_priv<simnic_adapter>(dev)->hw.queues;
        for (unsigned i = 0; i < 4; ++i)
            if (queues[i].rx[netdev_priv<simnic_adapter>(dev)->vectors[i]->rx_next].done) return static_cast<int>(i);
        return -1;
    };
    const u8 third[] = {2};
    simnic_set_indirection(dev, third);
    EXPECT_EQ(queue_of_frame(), 2);
    m.run_idle_until(m.now_ns() + 1'000'000);
    const u32 hash = simnic_rss_hash(dev, Frame(12).bytes());
    const u8 round[] = {0, 1, 2, 3};
    simnic_set_indirection(dev, round);
    EXPECT_EQ(queue_of_frame(), static_cast<int>((hash & 127) % 4));
}

// The three things a handler is given.
TEST_F(SimNic, DevIdIsTheDeviceTheVectorOrTheAdapter) {
    plug({.queues = 2});
    auto *adapter = netdev_priv<simnic_adapter>(dev);
    EXPECT_EQ(irq_to_desc(simnic_irq(dev, 0))->action->dev_id, adapter->vectors[0].get());
    EXPECT_EQ(irq_to_desc(simnic_irq(dev, 1))->action->dev_id, adapter->vectors[1].get());
    EXPECT_EQ(irq_to_desc(adapter->hw.other_irq)->action->dev_id, adapter);
    EXPECT_EQ(irq_to_desc(simnic_irq(dev, 1))->action->name, "eth0-TxRx-1");
    simnic_link(dev, false);
    m.run_idle_until(m.now_ns() + 1'000'000);
    EXPECT_FALSE(netif_carrier_ok(dev));
    simnic_link(dev, true);
    m.run_idle_until(m.now_ns() + 1'000'000);
    EXPECT_TRUE(netif_carrier_ok(dev));
}

TEST_F(SimNic, OneLineForEverythingGetsTheDevice) {
    plug({.vectors = simnic_vectors::legacy});
    EXPECT_EQ(irq_to_desc(simnic_irq(dev, 0))->action->dev_id, dev);
    EXPECT_EQ(irq_to_desc(simnic_irq(dev, 0))->action->flags, IRQF_SHARED);
    arrive_and_read(2);
    EXPECT_EQ(irq_to_desc(simnic_irq(dev, 0))->unhandled, 0UL);
    raise_irq(simnic_irq(dev, 0)); // another device's
    m.run_idle_until(m.now_ns() + 1'000'000);
    EXPECT_EQ(irq_to_desc(simnic_irq(dev, 0))->unhandled, 1UL);
}

// Budget: a poll takes 64 and stays on the list; the rest comes in the next one, with no interrupt between.
TEST_F(SimNic, APollTakesItsWeightAndIsPolledAgain) {
    plug({});
    arrive_and_read(70);
    EXPECT_EQ(count("__napi_poll"), 2);
    EXPECT_EQ(count("napi_complete_done"), 1);
    EXPECT_EQ(simnic_stats(dev).interrupts, 1U);
}

// net.core.netdev_budget: after so many packets NET_RX_SOFTIRQ gives way, and comes back.
TEST_F(SimNic, TheBudgetEndsARoundOfTheSoftirq) {
    plug({});
    net_core_sysctl().netdev_budget = 64;
    arrive_and_read(80);
    EXPECT_EQ(count("net_rx_action"), 2);
    EXPECT_EQ(this_cpu_softnet()->time_squeeze, 1U);
}

TEST_F(SimNic, WhatIsSentArrivesAtThePeerWithItsChecksum) {
    plug({.tx_ring = 8});
    std::vector<std::vector<u8>> sent;
    simnic_connect(dev, [&](std::span<const u8> frame) { sent.emplace_back(frame.begin(), frame.end()); });
    run([&] {
        const int s = bound();
        const sockaddr_in to = address(host_a, 5000);
        for (int i = 0; i < 20; ++i) {
            EXPECT_EQ(sys_sendto(s, letters(12), 0, &to), 12);
            sys_nanosleep(1'000'000);
        }
    });
    ASSERT_EQ(sent.size(), 20U) << "a ring of 8 is cleaned in time";
    const std::vector<u8> &f = sent[0];
    ASSERT_EQ(f.size(), 54U);
    const wsum sum = csum_partial(&f[34], 20, 0);
    EXPECT_EQ(csum_tcpudp_magic(host_b, host_a, 20, 17, sum), 0);
    EXPECT_EQ(netdev_priv<simnic_adapter>(dev)->vectors[0]->tx_done, 0U);
}

TEST_F(SimNic, GoesDownAndAway) {
    plug({.queues = 2});
    EXPECT_TRUE(simnic_receive(dev, Frame(12).bytes()));
    EXPECT_EQ(link_set_up(b, "eth0", false), 0);
    EXPECT_FALSE(simnic_receive(dev, Frame(12).bytes()));
    m.run_idle_until(m.now_ns() + 1'000'000);
    EXPECT_EQ(link_set_up(b, "eth0", true), 0);
    arrive_and_read(1);
    EXPECT_EQ(link_del(b, "eth0"), 0);
    EXPECT_EQ(__dev_get_by_name(b, "eth0"), nullptr);
}

// UDP_GRO: datagrams of one flow reach their reader in one read; another socket's do not.
TEST_F(SimNic, DatagramsAreMergedForASocketThatAsks) {
    plug({});
    std::vector<u8> frame = Frame(12).bytes();
    frame[20] = 0x40; // DF: or the ids would have to count up
    frame[24] = frame[25] = 0;
    const sum16 sum = ip_fast_csum(&frame[14], 5);
    std::memcpy(&frame[24], &sum, sizeof(sum));
    for (const bool asks : {true, false})
        run([&] {
            const int r = bound();
            const int on = asks;
            EXPECT_EQ(sys_setsockopt(r, SOL_UDP, UDP_GRO, {reinterpret_cast<const u8 *>(&on), sizeof(on)}), 0);
            for (int i = 0; i < 5; ++i)
                EXPECT_TRUE(simnic_receive(dev, frame));
            sys_nanosleep(1'000'000);
            std::vector<u8> room(200);
            EXPECT_EQ(sys_recvfrom(r, room, MSG_DONTWAIT, nullptr), asks ? 60 : 12);
            EXPECT_EQ(room[59], asks ? 'l' : 0);
            sys_close(r);
        });
}

} // namespace
} // namespace skbscope::stack
