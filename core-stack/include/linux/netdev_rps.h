// SPDX-License-Identifier: GPL-2.0-or-later
// Which CPU takes a packet up the stack. RPS: a hash of its flow picks one of a receive queue's CPUs. RFS: the CPU
// where the flow's reader last called, as its socket wrote down; the flow moves there when nothing of it waits on the
// old one. Linux 6.1: include/linux/netdevice.h
#pragma once

#include "linux/types.h"

#include <vector>

namespace skbscope::stack {

struct rps_map { // CPUs that may take packets of a receive queue
    std::vector<u16> cpus;
};

inline constexpr u16 RPS_NO_CPU = 0xffff, RPS_NO_FILTER = 0xffff;

// Where packets of a flow go now.
struct rps_dev_flow {
    u16 cpu = RPS_NO_CPU;
    u16 filter = RPS_NO_FILTER;
    unsigned last_qtail = 0; // of that CPU's backlog, when the last one was put there
};
// One a receive queue. Flows whose hashes agree in the masked bits share an entry.
struct rps_dev_flow_table {
    u32 mask = 0;
    std::vector<rps_dev_flow> flows; // mask + 1
};
// Where the readers are: one for the machine. An entry: the hash's upper bits and the CPU.
struct rps_sock_flow_table {
    u32 mask = 0;
    std::vector<u32> ents; // mask + 1
};

// A reader of a flow with this hash is on the running CPU.
void rps_record_sock_flow(rps_sock_flow_table *table, u32 hash);
void sock_rps_record_flow_hash(u32 hash);
// net.core.rps_sock_flow_entries: a power of two from this on, 0 switches RFS off. 0 or -EINVAL.
// Linux 6.1: net/core/sysctl_net_core.c
int rps_sock_flow_sysctl(unsigned size);

} // namespace skbscope::stack
