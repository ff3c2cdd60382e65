// SPDX-License-Identifier: GPL-2.0-or-later
// Where a CPU keeps packets between driver and stack, and the settings that all of them share.
// Linux 6.1: include/linux/netdevice.h
#pragma once

#include "linux/netdev_napi.h"
#include "linux/netdev_rps.h"
#include "linux/smp.h"

#include <memory>

namespace skbscope::stack {

struct Qdisc;

// Where a CPU keeps packets between driver and stack.
struct softnet_data {
    list_head poll_list; // NAPI sources that want polling
    sk_buff_head process_queue{"process_queue"};
    unsigned processed = 0, time_squeeze = 0, received_rps = 0;
    softnet_data *rps_ipi_list = nullptr;
    Qdisc *output_queue = nullptr;
    Qdisc **output_queue_tailp = &output_queue;
    sk_buff *completion_queue = nullptr;
    struct {
        u16 recursion = 0;
        u8 more = 0;
        u8 skip_txqueue = 0;
    } xmit;
    unsigned input_queue_head = 0;
    call_single_data csd;
    softnet_data *rps_ipi_next = nullptr;
    unsigned cpu = 0;
    unsigned input_queue_tail = 0;
    unsigned dropped = 0;
    sk_buff_head input_pkt_queue{"input_pkt_queue"};
    napi_struct backlog;
    spinlock_t defer_lock;
    int defer_count = 0;
    int defer_ipi_scheduled = 0;
    sk_buff *defer_list = nullptr;
    call_single_data defer_csd;
};
[[nodiscard]] softnet_data *per_cpu_softnet(unsigned cpu);
[[nodiscard]] softnet_data *this_cpu_softnet();
inline bool netdev_xmit_more() {
    return this_cpu_softnet()->xmit.more != 0;
}

// Machine-wide settings (net.core.*).
struct net_core_config {
    int netdev_max_backlog = 1000;
    int netdev_budget = 300;
    unsigned netdev_budget_usecs = 8000; // 2 jiffies
    int dev_weight = 64;
    int dev_rx_weight = 64;
    int dev_tx_weight = 64;
    bool netdev_tstamp_prequeue = true;
    int gro_normal_batch = 8;
    // Static keys: how many want it.
    int rps_needed = 0;     // receive queues with CPUs of their own, and the table of flows
    int rfs_needed = 0;     // the table of flows
    int ingress_needed = 0; // hooks where packets come in
    u32 rps_cpu_mask = 0;   // bits of a flow table's entry that are the CPU
    std::unique_ptr<rps_sock_flow_table> rps_sock_flow_table_; // rps_sock_flow_table in the kernel; null: no RFS
    unsigned sysctl_net_busy_read = 0;                         // us that a new socket polls before it sleeps
    unsigned sysctl_net_busy_poll = 0;                         // the same for poll() and select()
    bool bottom_half = false;                                  // netif_rx() as before softirqs: linux/bottom_half.h
};
[[nodiscard]] net_core_config &net_core_sysctl();

int net_dev_init();

} // namespace skbscope::stack
