// SPDX-License-Identifier: GPL-2.0-or-later
// What the socket layer, UDP, raw, ping and ICMP keep in global variables of the kernel. A process may run several
// model machines, so each machine has its own.
#pragma once

#include "linux/net.h"
#include "linux/slab.h"
#include "net/ping.h"
#include "net/protocol.h"
#include "net/raw.h"
#include "net/udp.h"

#include <array>
#include <map>
#include <vector>

namespace skbscope::stack {

struct ping_table {
    hlist_head hash[64];
    rwlock_t lock;
    u16 ping_port_rover = 0;
};

struct inet_globals {
    // net/socket.c
    std::array<const net_proto_family *, NPROTO> net_families{};
    kmem_cache *sock_inode_cachep = nullptr;

    // net/core/sock.c
    std::vector<const proto *> proto_list;
    std::map<const proto *, kmem_cache *> slab;
    int sysctl_wmem_max = 212992;
    int sysctl_rmem_max = 212992;
    int sysctl_wmem_default = 212992; // SK_WMEM_MAX: 256 packets of SKB_TRUESIZE(256)
    int sysctl_rmem_default = 212992;
    int sysctl_optmem_max = 20480;
    int sysctl_mem_pcpu_rsv = 1 << (20 - 12); // pages: 1 MB a CPU

    // net/ipv4
    std::array<std::vector<const inet_protosw *>, SOCK_MAX> inetsw;
    spinlock_t inetsw_lock;
    std::array<const net_protocol *, MAX_INET_PROTOS> inet_protos{};
    std::array<const net_offload *, MAX_INET_PROTOS> inet_offloads{};
    spinlock_t reuseport_lock;
    struct udp_table udp_table;
    proto_memory udp_memory;
    int udp_encap_needed = 0; // sockets that GRO must be asked about: UDP_GRO and tunnels (udp_encap_needed_key)
    u32 udp_ehash_secret = 0; // 0: not drawn yet
    raw_hashinfo raw_v4_hashinfo;
    struct ping_table ping_table;
    std::vector<sock *> ipv4_icmp_sk; // one a CPU: what ICMP sends through
};

// Of the machine in use.
[[nodiscard]] inet_globals &inet_global();

} // namespace skbscope::stack
