// SPDX-License-Identifier: GPL-2.0-or-later
// Receive flow steering: a flow's packets go where its reader calls from, but never overtake each other.
// Linux 6.1: net/core/dev.c
#include "../udp/frame.h"
#include "linux/etherdevice.h"
#include "linux/interrupt.h"
#include "linux/simnic.h"
#include "net/core/dev_internal.h"
#include "sim/cpu.h"
#include "sim/machine_state.h"

#include <gmock/gmock.h>

namespace skbscope::stack {
namespace {

using testing::Each;
using testing::ElementsAre;

// Host b, two CPUs, a card whose interrupts go to CPU 0.
class Rfs : public testing::Test {
protected:
    Rfs() {
        b = netns_add("b");
        int err = 0;
        dev = simnic_probe(b, {.name = "eth0"}, &err);
        EXPECT_EQ(link_set_address(b, "eth0", {2, 0, 0, 0, 0, 2}), 0);
        EXPECT_EQ(addr_add(b, "eth0", host_b, 24), 0);
        EXPECT_EQ(link_set_up(b, "eth0", true), 0);
        EXPECT_EQ(neigh_replace(b, "eth0", host_a, {2, 0, 0, 0, 0, 1}, neigh_request_state::permanent), 0);
        cpus.clear();
        tap.type = cpu_to_be16(ETH_P_ALL);
        tap.dev = dev;
        tap.ignore_outgoing = true; // answers: port unreachable
        tap.func = [](sk_buff *skb, net_device *, packet_type *, net_device *) {
            cpus.push_back(smp_processor_id());
            kfree_skb(skb);
            return NET_RX_SUCCESS;
        };
        dev_add_pack(&tap);
    }
    ~Rfs() override { dev_remove_pack(&tap); }
    void switch_on() {
        EXPECT_EQ(sysctl_set(init_net(), "net.core.rps_sock_flow_entries", "100"), 0);
        EXPECT_EQ(rps_flow_cnt(b, "eth0", 0, 32), 0);
    }
    // The flow's frame as a driver hands it up, with the hash that the card gave it.
    [[nodiscard]] sk_buff *packet() const {
        const Frame frame(12);
        sk_buff *skb = alloc_skb(100, GFP_ATOMIC);
        skb_put_data(skb, frame.bytes().data(), static_cast<unsigned>(frame.bytes().size()));
        skb->hash = hash();
        skb->l4_hash = 1;
        skb->protocol = eth_type_trans(skb, dev);
        return skb;
    }
    [[nodiscard]] u32 hash() const { return simnic_rss_hash(dev, Frame(12).bytes()); }
    [[nodiscard]] rps_dev_flow &flow() const {
        return dev->_rx[0].rps_flow_table->flows[hash() & dev->_rx[0].rps_flow_table->mask];
    }
    // What a recvmsg() of the flow's socket on that CPU writes down.
    static void reader_on(unsigned cpu, u32 hash) {
        const unsigned here = std::exchange(this_machine().cpu, cpu);
        sock_rps_record_flow_hash(hash);
        this_machine().cpu = here;
    }
    void run(const std::function<void()> &body) { ASSERT_EQ(m.run_process("test", body), 0); }
    static inline std::vector<unsigned> cpus; // where the tap saw packets
    trace::Recorder recorder{2};
    machine m{{.cpus = 2, .seed = 7}, &recorder};
    machine::use current{m};
    net *b = nullptr;
    net_device *dev = nullptr;
    packet_type tap;
};

TEST_F(Rfs, TablesAreMadeAndGo) {
    net_core_config &c = net_core_sysctl();
    EXPECT_EQ(sysctl_set(b, "net.core.rps_sock_flow_entries", "32"), -ENOENT) << "the machine's, not a namespace's";
    EXPECT_EQ(sysctl_set(init_net(), "net.core.rps_sock_flow_entries", "100"), 0);
    EXPECT_EQ(init_net()->sysctls.at("net.core.rps_sock_flow_entries").get(), "128");
    EXPECT_EQ(c.rps_sock_flow_table_->ents.size(), 128u);
    EXPECT_EQ(c.rps_cpu_mask, 1u);
    EXPECT_EQ(c.rps_needed, 1);
    EXPECT_EQ(c.rfs_needed, 1);
    EXPECT_EQ(sysctl_set(init_net(), "net.core.rps_sock_flow_entries", "536870913"), -EINVAL);
    EXPECT_EQ(sysctl_set(init_net(), "net.core.rps_sock_flow_entries", "0"), 0);
    EXPECT_EQ(c.rps_sock_flow_table_, nullptr);
    EXPECT_EQ(c.rps_needed, 0);
    EXPECT_EQ(c.rfs_needed, 0);
    EXPECT_EQ(rps_flow_cnt(b, "eth0", 0, 5), 0);
    EXPECT_EQ(dev->_rx[0].rps_flow_table->mask, 7u);
    EXPECT_EQ(dev->_rx[0].rps_flow_table->flows[0].cpu, RPS_NO_CPU);
    EXPECT_EQ(rps_flow_cnt(b, "eth0", 0, 0), 0);
    EXPECT_EQ(dev->_rx[0].rps_flow_table, nullptr);
    EXPECT_EQ(rps_flow_cnt(b, "eth0", 1, 4), -EINVAL);
    EXPECT_EQ(rps_flow_cnt(b, "nosuch", 0, 4), -ENODEV);
}

// Through real sockets: a connected one learns its flow's hash from its packets, and its readers write down where they
// are. The second reader runs on CPU 1: the next packet is handled there.
TEST_F(Rfs, AFlowFollowsItsReader) {
    switch_on();
    int fd = -1;
    std::shared_ptr<files_struct> files;
    std::vector<u8> room(100);
    const auto receive = [&] { EXPECT_EQ(sys_recvfrom(fd, room, 0, nullptr), 12); };
    const auto arrive = [&] {
        EXPECT_TRUE(simnic_receive(dev, Frame(12).bytes()));
        m.run_idle_until(m.now_ns() + 1'000'000);
    };
    run([&] {
        EXPECT_EQ(sys_setns(b), 0);
        fd = sys_socket(AF_INET, SOCK_DGRAM, 0);
        EXPECT_EQ(sys_bind(fd, address(host_b, 7000)), 0);
        EXPECT_EQ(sys_connect(fd, address(host_a, 5000)), 0);
        files = get_current()->files;
    });
    const auto read_on = [&](unsigned cpu) {
        task_struct *reader = create_process_on("reader", cpu, receive);
        reader->files = files;
        m.run_idle_until(m.now_ns() + 1'000'000);
    };
    arrive(); // nobody has read: here
    read_on(0);
    arrive();
    read_on(1); // from now on there
    EXPECT_EQ(flow().cpu, 0);
    arrive();
    EXPECT_EQ(flow().cpu, 1);
    read_on(1);
    arrive();
    EXPECT_THAT(cpus, ElementsAre(0, 0, 1, 1));
    EXPECT_EQ(per_cpu_softnet(1)->received_rps, 2u) << "by IPI";
}

// The reader moves while a packet of the flow still waits on the old CPU's backlog: the next one queues up behind it.
TEST_F(Rfs, AFlowMovesOnlyWhenTheOldQueueIsEmpty) {
    switch_on();
    run([&] {
        reader_on(0, hash());
        local_bh_disable(); // CPU 0's backlog is not emptied meanwhile
        netif_receive_skb(packet());
        EXPECT_EQ(flow().cpu, 0);
        EXPECT_EQ(flow().last_qtail, per_cpu_softnet(0)->input_queue_tail);
        reader_on(1, hash());
        netif_receive_skb(packet());
        EXPECT_EQ(flow().cpu, 0) << "head " << per_cpu_softnet(0)->input_queue_head << ", tail " << flow().last_qtail;
        EXPECT_EQ(skb_queue_len(&per_cpu_softnet(0)->input_pkt_queue), 2u);
        EXPECT_EQ(skb_queue_len(&per_cpu_softnet(1)->input_pkt_queue), 0u);
        local_bh_enable();
        EXPECT_THAT(cpus, ElementsAre(0, 0));
        netif_receive_skb(packet());
        EXPECT_EQ(flow().cpu, 1);
    });
    m.run_idle_until(m.now_ns() + 1'000'000);
    EXPECT_THAT(cpus, ElementsAre(0, 0, 1));
}

TEST_F(Rfs, AnEntryOfAnotherFlowIsNotFollowed) {
    switch_on();
    EXPECT_EQ(rps_cpus(b, "eth0", 0, 1), 0); // RPS would say CPU 0
    run([&] {
        reader_on(1, hash() ^ 0x10000); // same place in the table, another flow
        netif_receive_skb(packet());
    });
    m.run_idle_until(m.now_ns() + 1'000'000);
    EXPECT_THAT(cpus, ElementsAre(0));
    EXPECT_EQ(flow().cpu, RPS_NO_CPU);
}

TEST_F(Rfs, ANewTableForgetsTheReaders) {
    switch_on();
    run([&] {
        reader_on(1, hash());
        EXPECT_EQ(sysctl_set(init_net(), "net.core.rps_sock_flow_entries", "100"), 0);
        netif_receive_skb(packet());
    });
    m.run_idle_until(m.now_ns() + 1'000'000);
    EXPECT_THAT(cpus, ElementsAre(0));
}

TEST_F(Rfs, SocketsThatAreNotConnectedTellNothing) {
    switch_on();
    run([&] {
        EXPECT_EQ(sys_setns(b), 0);
        const int fd = sys_socket(AF_INET, SOCK_DGRAM, 0);
        EXPECT_EQ(sys_bind(fd, address(host_b, 7000)), 0);
        EXPECT_TRUE(simnic_receive(dev, Frame(12).bytes()));
        std::vector<u8> room(100);
        EXPECT_EQ(sys_recvfrom(fd, room, 0, nullptr), 12);
        EXPECT_EQ(sys_recvfrom(fd, room, MSG_DONTWAIT, nullptr), -EAGAIN);
        sys_close(fd);
    });
    EXPECT_THAT(net_core_sysctl().rps_sock_flow_table_->ents, Each(u32{RPS_NO_CPU}));
}

} // namespace
} // namespace skbscope::stack
