// SPDX-License-Identifier: GPL-2.0-or-later
// Receive packet steering: which CPU takes a packet up the stack. RPS alone spreads flows by their hash. RFS follows
// the readers: a socket's calls write down where they run (rps_sock_flow_table), and a flow whose reader moved goes
// after it, but not before what it has on the old CPU's backlog was taken from there: or packets would overtake each
// other. Linux 6.1: net/core/dev.c, include/linux/netdevice.h, net/core/sysctl_net_core.c
//
// Not modelled: cards that steer flows to other queues (NETIF_F_NTUPLE, ndo_rx_flow_steer).
#include "linux/errno.h"
#include "linux/netdevice.h"
#include "linux/rcupdate.h"
#include "linux/sched.h"
#include "net/core/dev_internal.h"

#include <bit>

namespace skbscope::stack {

// From the next packet on, the flow goes to next_cpu. Linux 6.1: net/core/dev.c
rps_dev_flow *set_rps_cpu(net_device *, sk_buff *skb, rps_dev_flow *rflow, u16 next_cpu) {
    TRACE_FN(skb);
    if (next_cpu < nr_cpu_ids()) rflow->last_qtail = per_cpu_softnet(next_cpu)->input_queue_head;
    rflow->cpu = next_cpu;
    return rflow;
}

namespace {

// Everything that the flow put on its CPU's backlog is gone from there: heads count up as packets leave, and the flow
// remembers the tail that its last packet made.
bool flow_left(const rps_dev_flow *rflow) {
    return static_cast<int>(per_cpu_softnet(rflow->cpu)->input_queue_head - rflow->last_qtail) >= 0;
}

// The CPU that RFS wants for a flow of this hash; -1: its reader is not known.
int rfs_cpu(net_device *dev, sk_buff *skb, u32 hash, rps_dev_flow_table *flow_table, rps_dev_flow **rflowp) {
    const net_core_config &config = dev_global->config;
    const rps_sock_flow_table *sock_flow_table = config.rps_sock_flow_table_.get();
    if (!flow_table || !sock_flow_table) return -1;
    const u32 ident = sock_flow_table->ents[hash & sock_flow_table->mask];
    if (((ident ^ hash) & ~config.rps_cpu_mask) != 0) return -1; // another flow's entry, or nobody's
    const auto next_cpu = static_cast<u16>(ident & config.rps_cpu_mask);
    rps_dev_flow *rflow = &flow_table->flows[hash & flow_table->mask];
    if (rflow->cpu != next_cpu && (rflow->cpu >= nr_cpu_ids() || flow_left(rflow)))
        rflow = set_rps_cpu(dev, skb, rflow, next_cpu);
    if (rflow->cpu >= nr_cpu_ids()) return -1;
    *rflowp = rflow;
    return rflow->cpu;
}

} // namespace

// Linux 6.1: net/core/dev.c
int get_rps_cpu(net_device *dev, sk_buff *skb, rps_dev_flow **rflowp) {
    TRACE_FN(skb);
    netdev_rx_queue *rxqueue = &dev->_rx[0];
    if (skb_rx_queue_recorded(skb)) {
        const u16 index = skb_get_rx_queue(skb);
        if (index >= dev->real_num_rx_queues) return TRACE_RET(-1);
        rxqueue += index;
    }
    rps_dev_flow_table *flow_table = rxqueue->rps_flow_table.get();
    const rps_map *map = rxqueue->rps_map_.get();
    if (!flow_table && !map) return TRACE_RET(-1);
    skb_reset_network_header(skb);
    const u32 hash = skb_get_hash(skb);
    if (!hash) return TRACE_RET(-1);
    const int wanted = rfs_cpu(dev, skb, hash, flow_table, rflowp);
    if (wanted >= 0 || !map) return TRACE_RET(wanted);
    const unsigned tcpu = map->cpus[(u64{hash} * map->cpus.size()) >> 32];
    return TRACE_RET(tcpu < nr_cpu_ids() ? static_cast<int>(tcpu) : -1);
}

// Linux 6.1: include/linux/netdevice.h
void rps_record_sock_flow(rps_sock_flow_table *table, u32 hash) {
    TRACE_FN();
    if (!table || hash == 0) return;
    const u32 mask = dev_global->config.rps_cpu_mask;
    table->ents[hash & table->mask] = (hash & ~mask) | smp_processor_id();
}

// Linux 6.1: include/net/sock.h
void sock_rps_record_flow_hash(u32 hash) {
    TRACE_FN();
    rcu_read_lock();
    rps_record_sock_flow(dev_global->config.rps_sock_flow_table_.get(), hash);
    rcu_read_unlock();
}

int rps_sock_flow_sysctl(unsigned size) {
    constexpr unsigned most = 1U << 29;
    net_core_config &config = dev_global->config;
    auto &table = config.rps_sock_flow_table_;
    if (size > most) return -EINVAL;
    if (size == 0) {
        if (!table) return 0;
        table.reset();
        --config.rps_needed;
        --config.rfs_needed;
        return 0;
    }
    if (!table) {
        table = std::make_unique<rps_sock_flow_table>();
        ++config.rps_needed;
        ++config.rfs_needed;
    }
    config.rps_cpu_mask = std::bit_ceil(nr_cpu_ids()) - 1;
    table->mask = std::bit_ceil(size) - 1;
    table->ents.assign(std::size_t{table->mask} + 1, RPS_NO_CPU); // a new start, whatever the size was
    return 0;
}

} // namespace skbscope::stack
