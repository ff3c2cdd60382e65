// SPDX-License-Identifier: GPL-2.0-or-later
// What IPv4 keeps for each network namespace. Linux 6.1: include/net/netns/ipv4.h; values as its init functions set
// them.
#pragma once

#include "linux/types.h"

#include <array>
#include <vector>

namespace skbscope::stack {

struct ipv4_devconf;
struct fib_rules_ops;
struct fib_table;
struct fqdir;
struct inet_peer_base;

struct local_ports {
    int range[2] = {32768, 60999};
    bool warned = false;
};

struct netns_ipv4 {
    // addresses and routes
    ipv4_devconf *devconf_all = nullptr;
    ipv4_devconf *devconf_dflt = nullptr;
    fib_rules_ops *rules_ops = nullptr;
    // The tables by id; local and main share one trie until a rule asks for them apart (fib_trie.cpp).
    std::vector<fib_table *> fib_tables;
    fib_table *fib_main = nullptr;
    fib_table *fib_default = nullptr;
    bool fib_has_custom_rules = false;
    bool fib_has_custom_local_routes = false;
    unsigned fib_seq = 0;
    int rt_genid = 0;       // bumped to make every cached route ask dst_ops::check
    int dev_addr_genid = 0; // bumped when an address comes or goes: nexthops recompute their source

    inet_peer_base *peers = nullptr;
    struct fqdir *fqdir = nullptr; // reassembly queues

    // icmp
    u8 sysctl_icmp_echo_ignore_all = 0;
    u8 sysctl_icmp_echo_ignore_broadcasts = 1;
    u8 sysctl_icmp_echo_enable_probe = 0;
    u8 sysctl_icmp_ignore_bogus_error_responses = 1;
    u8 sysctl_icmp_errors_use_inbound_ifaddr = 0;
    int sysctl_icmp_ratelimit = 250; // jiffies: one second
    int sysctl_icmp_ratemask = 0x1818;
    int sysctl_icmp_msgs_per_sec = 1000;
    int sysctl_icmp_msgs_burst = 50;
    u32 ping_group_range[2] = {1, 0}; // groups whose processes may ping; first above last: none
    int icmp_global_credit = 0;
    u32 icmp_global_stamp = 0;

    // routing
    u32 ip_rt_min_pmtu = 512 + 20 + 20;
    int ip_rt_mtu_expires = 10 * 60 * 250; // jiffies: ten minutes
    int ip_rt_min_advmss = 256;
    u8 sysctl_fib_multipath_use_neigh = 0;
    u8 sysctl_fib_multipath_hash_policy = 0;

    local_ports ip_local_ports;
    std::vector<bool> sysctl_local_reserved_ports; // empty: none
    int sysctl_ip_prot_sock = 1024;                // ports below it need CAP_NET_BIND_SERVICE

    // ip
    u8 sysctl_ip_default_ttl = 64;
    u8 sysctl_ip_no_pmtu_disc = 0;
    u8 sysctl_ip_fwd_use_pmtu = 0;
    u8 sysctl_ip_fwd_update_priority = 1;
    u8 sysctl_ip_nonlocal_bind = 0;
    u8 sysctl_ip_autobind_reuse = 0;
    u8 sysctl_ip_dynaddr = 0;
    u8 sysctl_ip_early_demux = 1;
    u8 sysctl_tcp_early_demux = 1;
    u8 sysctl_udp_early_demux = 1;
    u8 sysctl_fwmark_reflect = 0;
    u8 sysctl_raw_l3mdev_accept = 1;
    u8 sysctl_udp_l3mdev_accept = 0;

    // udp, bytes
    int sysctl_udp_wmem_min = 4096;
    int sysctl_udp_rmem_min = 4096;

    // igmp
    u8 sysctl_igmp_llm_reports = 1;
    int sysctl_igmp_max_memberships = 20;
    int sysctl_igmp_max_msf = 10;
    int sysctl_igmp_qrv = 2;

    std::array<u64, 2> ip_id_key{}; // siphash key of IP ids, drawn at first use
};

} // namespace skbscope::stack
