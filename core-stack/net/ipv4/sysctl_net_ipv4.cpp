// SPDX-License-Identifier: GPL-2.0-or-later
// net.ipv4.* that are plain numbers of a namespace. Linux 6.1: net/ipv4/sysctl_net_ipv4.c, net/ipv4/route.c
#include "linux/errno.h"
#include "net/ipv4/sysctl_value.h"
#include "net/net_namespace.h"
#include "sim/machine_state.h"

#include <array>

namespace skbscope::stack {

namespace {

struct u8_sysctl {
    const char *name;
    u8 netns_ipv4::*field;
    u8 max;
};
constexpr std::array u8_sysctls = {
    u8_sysctl{"icmp_echo_ignore_all", &netns_ipv4::sysctl_icmp_echo_ignore_all, 1},
    u8_sysctl{"icmp_echo_enable_probe", &netns_ipv4::sysctl_icmp_echo_enable_probe, 1},
    u8_sysctl{"icmp_echo_ignore_broadcasts", &netns_ipv4::sysctl_icmp_echo_ignore_broadcasts, 1},
    u8_sysctl{"icmp_ignore_bogus_error_responses", &netns_ipv4::sysctl_icmp_ignore_bogus_error_responses, 1},
    u8_sysctl{"icmp_errors_use_inbound_ifaddr", &netns_ipv4::sysctl_icmp_errors_use_inbound_ifaddr, 1},
    u8_sysctl{"ip_no_pmtu_disc", &netns_ipv4::sysctl_ip_no_pmtu_disc, 3},
    u8_sysctl{"ip_forward_use_pmtu", &netns_ipv4::sysctl_ip_fwd_use_pmtu, 255},
    u8_sysctl{"ip_forward_update_priority", &netns_ipv4::sysctl_ip_fwd_update_priority, 1},
    u8_sysctl{"ip_nonlocal_bind", &netns_ipv4::sysctl_ip_nonlocal_bind, 255},
    u8_sysctl{"ip_autobind_reuse", &netns_ipv4::sysctl_ip_autobind_reuse, 1},
    u8_sysctl{"ip_dynaddr", &netns_ipv4::sysctl_ip_dynaddr, 255},
    u8_sysctl{"ip_early_demux", &netns_ipv4::sysctl_ip_early_demux, 255},
    u8_sysctl{"udp_early_demux", &netns_ipv4::sysctl_udp_early_demux, 255},
    u8_sysctl{"tcp_early_demux", &netns_ipv4::sysctl_tcp_early_demux, 255},
    u8_sysctl{"fwmark_reflect", &netns_ipv4::sysctl_fwmark_reflect, 255},
    u8_sysctl{"fib_multipath_use_neigh", &netns_ipv4::sysctl_fib_multipath_use_neigh, 1},
    u8_sysctl{"fib_multipath_hash_policy", &netns_ipv4::sysctl_fib_multipath_hash_policy, 1},
};

struct int_sysctl {
    const char *name;
    int netns_ipv4::*field;
    int min;
};
constexpr std::array int_sysctls = {
    int_sysctl{"icmp_ratemask", &netns_ipv4::sysctl_icmp_ratemask, 0},
    int_sysctl{"icmp_msgs_per_sec", &netns_ipv4::sysctl_icmp_msgs_per_sec, 0},
    int_sysctl{"icmp_msgs_burst", &netns_ipv4::sysctl_icmp_msgs_burst, 0},
    int_sysctl{"udp_rmem_min", &netns_ipv4::sysctl_udp_rmem_min, 1},
    int_sysctl{"udp_wmem_min", &netns_ipv4::sysctl_udp_wmem_min, 1},
    int_sysctl{"igmp_max_memberships", &netns_ipv4::sysctl_igmp_max_memberships, 0},
    int_sysctl{"ip_unprivileged_port_start", &netns_ipv4::sysctl_ip_prot_sock, 0},
    int_sysctl{"route.min_adv_mss", &netns_ipv4::ip_rt_min_advmss, 0},
};

// "32768 60999"
ctl_entry port_range_entry(net *ns) {
    local_ports *ports = &ns->ipv4.ip_local_ports;
    return {[ports] { return std::to_string(ports->range[0]) + "\t" + std::to_string(ports->range[1]); },
            [ports](std::string_view text) {
                const size_t gap = text.find_first_of(" \t");
                int low = 0, high = 0;
                if (gap == std::string_view::npos || !sysctl_parse(text.substr(0, gap), &low) ||
                    !sysctl_parse(text.substr(gap), &high) || low < 1 || high > 65535 || high < low)
                    return -EINVAL;
                ports->range[0] = low;
                ports->range[1] = high;
                return 0;
            }};
}

int ipv4_sysctl_init_net(net *ns) {
    constexpr int int_max = 0x7fffffff;
    for (const u8_sysctl &s : u8_sysctls)
        register_net_sysctl_u8(ns, std::string("net.ipv4.") + s.name, &(ns->ipv4.*s.field), 0, s.max);
    for (const int_sysctl &s : int_sysctls)
        register_net_sysctl_int(ns, std::string("net.ipv4.") + s.name, &(ns->ipv4.*s.field), s.min, int_max);
    register_net_sysctl_u8(ns, "net.ipv4.ip_default_ttl", &ns->ipv4.sysctl_ip_default_ttl, 1, 255);
    register_net_sysctl(ns, "net.ipv4.ip_local_port_range", port_range_entry(ns));
    register_net_sysctl(ns, "net.ipv4.icmp_ratelimit",
                        {[ns] { return std::to_string(ns->ipv4.sysctl_icmp_ratelimit * 4); }, // ms
                         [ns](std::string_view text) {
                             int ms = 0;
                             if (!sysctl_parse(text, &ms) || ms < 0) return -EINVAL;
                             ns->ipv4.sysctl_icmp_ratelimit = (ms + 3) / 4;
                             return 0;
                         }});
    return 0;
}

machine_global<pernet_operations> ipv4_sysctl_ops;

} // namespace

int sysctl_ipv4_init() {
    ipv4_sysctl_ops->init = ipv4_sysctl_init_net;
    return register_pernet_subsys(&ipv4_sysctl_ops.get());
}

} // namespace skbscope::stack
