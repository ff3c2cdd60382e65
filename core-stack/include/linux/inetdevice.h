// SPDX-License-Identifier: GPL-2.0-or-later
// A device as IPv4 sees it: its addresses and its settings.
// Linux 6.1: include/linux/inetdevice.h, include/uapi/linux/ip.h (devconf)
#pragma once

#include "linux/if_ether.h"
#include "linux/in.h"
#include "linux/netdevice.h"
#include "linux/rcupdate.h"
#include "linux/refcount.h"
#include "linux/types.h"
#include "net/net_namespace.h"

#include <array>
#include <bitset>
#include <string>

namespace skbscope::stack {

struct neigh_parms;
struct in_device;
struct in_ifaddr;
struct ip_mc_list;

// net.ipv4.conf.<device>.*; numbered from 1 as in the kernel.
enum ipv4_devconf_index : unsigned {
    IPV4_DEVCONF_FORWARDING = 1,
    IPV4_DEVCONF_MC_FORWARDING,
    IPV4_DEVCONF_PROXY_ARP,
    IPV4_DEVCONF_ACCEPT_REDIRECTS,
    IPV4_DEVCONF_SECURE_REDIRECTS,
    IPV4_DEVCONF_SEND_REDIRECTS,
    IPV4_DEVCONF_SHARED_MEDIA,
    IPV4_DEVCONF_RP_FILTER,
    IPV4_DEVCONF_ACCEPT_SOURCE_ROUTE,
    IPV4_DEVCONF_BOOTP_RELAY,
    IPV4_DEVCONF_LOG_MARTIANS,
    IPV4_DEVCONF_TAG,
    IPV4_DEVCONF_ARPFILTER,
    IPV4_DEVCONF_MEDIUM_ID,
    IPV4_DEVCONF_NOXFRM,
    IPV4_DEVCONF_NOPOLICY,
    IPV4_DEVCONF_FORCE_IGMP_VERSION,
    IPV4_DEVCONF_ARP_ANNOUNCE,
    IPV4_DEVCONF_ARP_IGNORE,
    IPV4_DEVCONF_PROMOTE_SECONDARIES,
    IPV4_DEVCONF_ARP_ACCEPT,
    IPV4_DEVCONF_ARP_NOTIFY,
    IPV4_DEVCONF_ACCEPT_LOCAL,
    IPV4_DEVCONF_SRC_VMARK,
    IPV4_DEVCONF_PROXY_ARP_PVLAN,
    IPV4_DEVCONF_ROUTE_LOCALNET,
    IPV4_DEVCONF_IGMPV2_UNSOLICITED_REPORT_INTERVAL,
    IPV4_DEVCONF_IGMPV3_UNSOLICITED_REPORT_INTERVAL,
    IPV4_DEVCONF_IGNORE_ROUTES_WITH_LINKDOWN,
    IPV4_DEVCONF_DROP_UNICAST_IN_L2_MULTICAST,
    IPV4_DEVCONF_DROP_GRATUITOUS_ARP,
    IPV4_DEVCONF_BC_FORWARDING,
    IPV4_DEVCONF_ARP_EVICT_NOCARRIER,
    IPV4_DEVCONF_MAX = IPV4_DEVCONF_ARP_EVICT_NOCARRIER
};

struct ipv4_devconf {
    std::array<int, IPV4_DEVCONF_MAX> data{};
    std::bitset<IPV4_DEVCONF_MAX> state; // set by hand: a change of "default" does not overwrite it

    [[nodiscard]] int get(ipv4_devconf_index i) const { return data[i - 1U]; }
    void set(ipv4_devconf_index i, int val) {
        data[i - 1U] = val;
        state.set(i - 1U);
    }
};

struct in_ifaddr {
    in_ifaddr *ifa_next = nullptr; // of the device
    hlist_node hash;               // among all addresses of the machine (devinet.cpp)
    in_device *ifa_dev = nullptr;
    be32 ifa_local;
    be32 ifa_address; // the peer's on a point-to-point link, else ifa_local
    be32 ifa_mask;
    u32 ifa_rt_priority = 0;
    be32 ifa_broadcast;
    u8 ifa_scope = 0; // RT_SCOPE_...
    u8 ifa_prefixlen = 0;
    u32 ifa_flags = 0; // IFA_F_...
    std::string ifa_label;
    struct rcu_head rcu_head;
};
inline constexpr u32 IFA_F_SECONDARY = 0x01, IFA_F_PERMANENT = 0x80, IFA_F_NOPREFIXROUTE = 0x200;

struct in_device {
    net_device *dev = nullptr;
    refcount_t refcnt;
    bool dead = false;
    struct rcu_head rcu_head;
    in_ifaddr *ifa_list = nullptr; // primaries before secondaries
    ip_mc_list *mc_list = nullptr; // groups joined (igmp.cpp)
    int mc_count = 0;
    neigh_parms *arp_parms = nullptr;
    ipv4_devconf cnf;
};

inline in_device *__in_dev_get_rcu(const net_device *dev) {
    return dev->ip_ptr;
}
inline in_device *__in_dev_get_rtnl(const net_device *dev) {
    return dev->ip_ptr;
}
in_device *in_dev_get(const net_device *dev); // takes a reference
void in_dev_put(in_device *idev);
void in_dev_finish_destroy(in_device *idev);

// Reading a setting: the device's own, or combined with "all" as ip-sysctl.rst says of each.
inline int in_dev_conf_get(const in_device *in_dev, ipv4_devconf_index i) {
    return in_dev->cnf.get(i);
}
int in_dev_conf_all(const in_device *in_dev, ipv4_devconf_index i);
inline bool in_dev_andconf(const in_device *d, ipv4_devconf_index i) {
    return in_dev_conf_all(d, i) != 0 && in_dev_conf_get(d, i) != 0;
}
inline bool in_dev_orconf(const in_device *d, ipv4_devconf_index i) {
    return in_dev_conf_all(d, i) != 0 || in_dev_conf_get(d, i) != 0;
}
inline int in_dev_maxconf(const in_device *d, ipv4_devconf_index i) {
    int all = in_dev_conf_all(d, i), own = in_dev_conf_get(d, i);
    return all > own ? all : own;
}
inline bool IN_DEV_FORWARD(const in_device *d) {
    return in_dev_conf_get(d, IPV4_DEVCONF_FORWARDING) != 0;
}
inline bool IN_DEV_BFORWARD(const in_device *d) {
    return in_dev_andconf(d, IPV4_DEVCONF_BC_FORWARDING);
}
inline int IN_DEV_RPFILTER(const in_device *d) {
    return in_dev_maxconf(d, IPV4_DEVCONF_RP_FILTER);
}
inline bool IN_DEV_SRC_VMARK(const in_device *d) {
    return in_dev_orconf(d, IPV4_DEVCONF_SRC_VMARK);
}
inline bool IN_DEV_SOURCE_ROUTE(const in_device *d) {
    return in_dev_andconf(d, IPV4_DEVCONF_ACCEPT_SOURCE_ROUTE);
}
inline bool IN_DEV_ACCEPT_LOCAL(const in_device *d) {
    return in_dev_orconf(d, IPV4_DEVCONF_ACCEPT_LOCAL);
}
inline bool IN_DEV_LOG_MARTIANS(const in_device *d) {
    return in_dev_orconf(d, IPV4_DEVCONF_LOG_MARTIANS);
}
inline bool IN_DEV_PROXY_ARP(const in_device *d) {
    return in_dev_orconf(d, IPV4_DEVCONF_PROXY_ARP);
}
inline bool IN_DEV_PROXY_ARP_PVLAN(const in_device *d) {
    return in_dev_orconf(d, IPV4_DEVCONF_PROXY_ARP_PVLAN);
}
inline bool IN_DEV_SHARED_MEDIA(const in_device *d) {
    return in_dev_orconf(d, IPV4_DEVCONF_SHARED_MEDIA);
}
inline bool IN_DEV_TX_REDIRECTS(const in_device *d) {
    return in_dev_orconf(d, IPV4_DEVCONF_SEND_REDIRECTS);
}
inline bool IN_DEV_PROMOTE_SECONDARIES(const in_device *d) {
    return in_dev_orconf(d, IPV4_DEVCONF_PROMOTE_SECONDARIES);
}
inline bool IN_DEV_ROUTE_LOCALNET(const in_device *d) {
    return in_dev_orconf(d, IPV4_DEVCONF_ROUTE_LOCALNET);
}
bool IN_DEV_NET_ROUTE_LOCALNET(const in_device *d, const net *ns);
inline bool IN_DEV_IGNORE_ROUTES_WITH_LINKDOWN(const in_device *d) {
    return in_dev_orconf(d, IPV4_DEVCONF_IGNORE_ROUTES_WITH_LINKDOWN);
}
inline bool IN_DEV_ARPFILTER(const in_device *d) {
    return in_dev_orconf(d, IPV4_DEVCONF_ARPFILTER);
}
inline int IN_DEV_ARP_ACCEPT(const in_device *d) {
    return in_dev_maxconf(d, IPV4_DEVCONF_ARP_ACCEPT);
}
inline int IN_DEV_ARP_ANNOUNCE(const in_device *d) {
    return in_dev_maxconf(d, IPV4_DEVCONF_ARP_ANNOUNCE);
}
inline int IN_DEV_ARP_IGNORE(const in_device *d) {
    return in_dev_maxconf(d, IPV4_DEVCONF_ARP_IGNORE);
}
inline int IN_DEV_ARP_NOTIFY(const in_device *d) {
    return in_dev_maxconf(d, IPV4_DEVCONF_ARP_NOTIFY);
}

// 0: told of addresses that come (NETDEV_UP) and go (NETDEV_DOWN); the data is the in_ifaddr.
int register_inetaddr_notifier(notifier_block *nb);

void devinet_init();
in_device *inetdev_by_index(net *ns, int ifindex);
net_device *__ip_dev_find(net *ns, be32 addr, bool devref);
inline net_device *ip_dev_find(net *ns, be32 addr) {
    return __ip_dev_find(ns, addr, true);
}
int inet_addr_onlink(in_device *in_dev, be32 a, be32 b);
be32 inet_select_addr(const net_device *dev, be32 dst, int scope);
be32 inet_confirm_addr(net *ns, in_device *in_dev, be32 dst, be32 local, int scope);
in_ifaddr *inet_ifa_byprefix(in_device *in_dev, be32 prefix, be32 mask);
in_ifaddr *inet_lookup_ifaddr_rcu(net *ns, be32 addr);
inline bool inet_ifa_match(be32 addr, const in_ifaddr *ifa) {
    return !((addr ^ ifa->ifa_address) & ifa->ifa_mask);
}
bool ip_ignore_linkdown(const net_device *dev);

// What rtnetlink's RTM_NEWADDR and RTM_DELADDR do. 0 or a negative errno; prefix_len 0 .. 32.
int inet_addr_add(net_device *dev, be32 local, u8 prefix_len);
int inet_addr_del(net_device *dev, be32 local, u8 prefix_len);

constexpr be32 inet_make_mask(int logmask) {
    return logmask != 0 ? cpu_to_be32(~((1U << (32 - logmask)) - 1)) : be32{};
}
constexpr int inet_mask_len(be32 mask) {
    return std::popcount(mask.raw);
}

} // namespace skbscope::stack
