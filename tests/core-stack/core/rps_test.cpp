// SPDX-License-Identifier: GPL-2.0-or-later
// Receive flow steering: a flow's packets go where its reader calls from, but never overtake each other.
// Linux 6.1: net/core/dev.c
#include "../sim/entered.h"
#include "../udp/card_host.h"
#include "linux/etherdevice.h"
#include "linux/interrupt.h"
#include "net/core/dev_internal.h"
#include "net/flow_dissector.h"
#include "sim/cpu.h"
#include "sim/machine_state.h"

#include <gmock/gmock.h>

namespace skbscope::stack {
namespace {

using testing::Each;
using testing::ElementsAre;

class Rfs : public CardHost {
protected:
    Rfs() {
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
    static inline std::vector<unsigned> cpus; // where the tap saw packets
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
        idle();
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
        idle();
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
    idle();
    EXPECT_THAT(cpus, ElementsAre(0, 0, 1));
}

TEST_F(Rfs, AnEntryOfAnotherFlowIsNotFollowed) {
    switch_on();
    EXPECT_EQ(rps_cpus(b, "eth0", 0, 1), 0); // RPS would say CPU 0
    run([&] {
        reader_on(1, hash() ^ 0x10000); // same place in the table, another flow
        netif_receive_skb(packet());
    });
    idle();
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
    idle();
    EXPECT_THAT(cpus, ElementsAre(0));
}

// The entry: the hash's upper bits, and the CPU in those below.
TEST_F(Rfs, AReadersPlaceIsWrittenDown) {
    switch_on();
    rps_sock_flow_table *table = net_core_sysctl().rps_sock_flow_table_.get();
    ASSERT_EQ(net_core_sysctl().rps_cpu_mask, 1u);
    const auto record_on = [table](unsigned cpu, u32 hash) {
        const unsigned here = std::exchange(this_machine().cpu, cpu);
        rps_record_sock_flow(table, hash);
        this_machine().cpu = here;
    };
    record_on(0, 0x12345685);
    EXPECT_EQ(table->ents[0x05], 0x12345684u);
    record_on(1, 0x12345685);
    EXPECT_EQ(table->ents[0x05], 0x12345685u);
    rps_record_sock_flow(table, 0); // no hash: no flow
    EXPECT_EQ(table->ents[0], u32{RPS_NO_CPU});
    rps_record_sock_flow(nullptr, 5);
}

TEST_F(Rfs, ASocketWritesItsFlowDownWhenItIsConnectedAndRfsIsOn) {
    run([&] {
        EXPECT_EQ(sys_setns(b), 0);
        const int fd = sys_socket(AF_INET, SOCK_DGRAM, 0);
        file *f = fget(fd);
        sock *sk = sock_from_file(f)->sk;
        sk->sk_rxhash = 0x12345685;
        sock_rps_record_flow(sk); // no table: nothing happens
        switch_on();
        const std::vector<u32> &ents = net_core_sysctl().rps_sock_flow_table_->ents;
        sock_rps_record_flow(sk);
        EXPECT_THAT(ents, Each(u32{RPS_NO_CPU})) << "packets of anybody: no flow";
        EXPECT_EQ(sys_connect(fd, address(host_a, 5000)), 0);
        sk->sk_rxhash = 0x12345685;
        sock_rps_record_flow(sk);
        EXPECT_EQ(ents[0x05], 0x12345684u | smp_processor_id());
        fput(f);
        sys_close(fd);
    });
}

TEST_F(Rfs, TheCpuIsTheTablesOrNone) {
    rps_dev_flow *rflow = nullptr;
    sk_buff *skb = packet();
    EXPECT_EQ(get_rps_cpu(dev, skb, &rflow), -1) << "neither RPS nor RFS";
    switch_on();
    EXPECT_EQ(get_rps_cpu(dev, skb, &rflow), -1) << "nobody reads the flow";
    EXPECT_EQ(rflow, nullptr);
    reader_on(1, hash());
    EXPECT_EQ(get_rps_cpu(dev, skb, &rflow), 1);
    EXPECT_EQ(rflow, &flow());
    skb->queue_mapping = 77; // a receive queue that is not there
    EXPECT_EQ(get_rps_cpu(dev, skb, &rflow), -1);
    kfree_skb(skb);
}

// Without a hash from the card the packet's addresses and ports are dissected: the same for every packet of the flow.
TEST_F(Rfs, AFlowHasOneHash) {
    const auto hash_of = [this](const std::function<void(sk_buff *)> &change) {
        sk_buff *skb = packet();
        skb_clear_hash(skb);
        skb_reset_network_header(skb);
        change(skb);
        __skb_get_hash_net(nullptr, skb);
        EXPECT_TRUE(skb->sw_hash);
        EXPECT_TRUE(skb->l4_hash) << "ports counted";
        const u32 h = skb->hash;
        kfree_skb(skb);
        return h;
    };
    const u32 one = hash_of([](sk_buff *) {});
    EXPECT_NE(one, 0u);
    EXPECT_EQ(hash_of([](sk_buff *skb) { skb->data[4] = 99; }), one) << "another IP id";
    EXPECT_NE(hash_of([](sk_buff *skb) { ++skb->data[21]; }), one) << "another port";
}

// Another CPU's backlog was empty: it is told by an interrupt, which this CPU sends when its own polling is done.
TEST_F(Rfs, TheOtherCpuIsToldByAnInterrupt) {
    switch_on();
    reader_on(1, hash());
    recorder.set_on(true);
    EXPECT_TRUE(simnic_receive(dev, Frame(12).bytes()));
    EXPECT_TRUE(simnic_receive(dev, Frame(12).bytes()));
    idle();
    recorder.set_on(false);
    EXPECT_THAT(cpus, ElementsAre(1, 1));
    EXPECT_EQ(per_cpu_softnet(1)->received_rps, 1u) << "one for both";
    expect_in_order(calls(),
                    {"net_rx_action", "get_rps_cpu", "enqueue_to_backlog", "napi_schedule_rps",
                     "net_rps_action_and_irq_enable", "rps_trigger_softirq", "____napi_schedule", "process_backlog"});
    EXPECT_EQ(count_calls("rps_trigger_softirq"), 1u);
    EXPECT_EQ(count_calls("napi_schedule_rps"), 1u) << "the second found it scheduled";
}

// From where the CPU's backlog is now: what the flow has on the old one counts no more.
TEST_F(Rfs, AFlowThatMovesStartsAtTheHeadOfTheNewQueue) {
    rps_dev_flow old{.cpu = 0, .filter = RPS_NO_FILTER, .last_qtail = 7};
    per_cpu_softnet(1)->input_queue_head = 42;
    EXPECT_EQ(set_rps_cpu(dev, nullptr, &old, 1), &old);
    EXPECT_EQ(old.cpu, 1);
    EXPECT_EQ(old.last_qtail, 42u);
    EXPECT_EQ(set_rps_cpu(dev, nullptr, &old, RPS_NO_CPU), &old) << "nowhere: it has no queue";
    EXPECT_EQ(old.cpu, RPS_NO_CPU);
    EXPECT_EQ(old.last_qtail, 42u);
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
