// SPDX-License-Identifier: GPL-2.0-or-later
// net.ipv4.conf.{all,default,<device>}.* and net.ipv4.neigh.<device>.*. "all" is combined with the device's own value
// when it is read (linux/inetdevice.h says how); "default" is what new devices start with.
// Linux 6.1: net/ipv4/devinet.c, net/core/neighbour.c
#include "linux/errno.h"
#include "linux/slab.h"
#include "net/arp.h"
#include "net/ipv4/devinet_internal.h"
#include "net/ipv4/sysctl_value.h"
#include "net/route.h"

#include <array>

namespace skbscope::stack {

namespace {

struct conf_name {
    const char *name;
    ipv4_devconf_index index;
    bool flush; // cached routes depend on it
};
constexpr std::array conf_names = {
    conf_name{"forwarding", IPV4_DEVCONF_FORWARDING, true},
    conf_name{"accept_redirects", IPV4_DEVCONF_ACCEPT_REDIRECTS, false},
    conf_name{"secure_redirects", IPV4_DEVCONF_SECURE_REDIRECTS, false},
    conf_name{"shared_media", IPV4_DEVCONF_SHARED_MEDIA, false},
    conf_name{"rp_filter", IPV4_DEVCONF_RP_FILTER, false},
    conf_name{"send_redirects", IPV4_DEVCONF_SEND_REDIRECTS, false},
    conf_name{"accept_source_route", IPV4_DEVCONF_ACCEPT_SOURCE_ROUTE, false},
    conf_name{"accept_local", IPV4_DEVCONF_ACCEPT_LOCAL, true},
    conf_name{"src_valid_mark", IPV4_DEVCONF_SRC_VMARK, false},
    conf_name{"proxy_arp", IPV4_DEVCONF_PROXY_ARP, false},
    conf_name{"medium_id", IPV4_DEVCONF_MEDIUM_ID, false},
    conf_name{"bootp_relay", IPV4_DEVCONF_BOOTP_RELAY, false},
    conf_name{"log_martians", IPV4_DEVCONF_LOG_MARTIANS, false},
    conf_name{"tag", IPV4_DEVCONF_TAG, false},
    conf_name{"arp_filter", IPV4_DEVCONF_ARPFILTER, false},
    conf_name{"arp_announce", IPV4_DEVCONF_ARP_ANNOUNCE, false},
    conf_name{"arp_ignore", IPV4_DEVCONF_ARP_IGNORE, false},
    conf_name{"arp_accept", IPV4_DEVCONF_ARP_ACCEPT, false},
    conf_name{"arp_notify", IPV4_DEVCONF_ARP_NOTIFY, false},
    conf_name{"arp_evict_nocarrier", IPV4_DEVCONF_ARP_EVICT_NOCARRIER, false},
    conf_name{"proxy_arp_pvlan", IPV4_DEVCONF_PROXY_ARP_PVLAN, false},
    conf_name{"drop_gratuitous_arp", IPV4_DEVCONF_DROP_GRATUITOUS_ARP, false},
    conf_name{"ignore_routes_with_linkdown", IPV4_DEVCONF_IGNORE_ROUTES_WITH_LINKDOWN, false},
    conf_name{"bc_forwarding", IPV4_DEVCONF_BC_FORWARDING, true},
    conf_name{"disable_xfrm", IPV4_DEVCONF_NOXFRM, true},
    conf_name{"disable_policy", IPV4_DEVCONF_NOPOLICY, true},
    conf_name{"promote_secondaries", IPV4_DEVCONF_PROMOTE_SECONDARIES, true},
    conf_name{"route_localnet", IPV4_DEVCONF_ROUTE_LOCALNET, true},
    conf_name{"drop_unicast_in_l2_multicast", IPV4_DEVCONF_DROP_UNICAST_IN_L2_MULTICAST, true},
};

// Devices that were not set by hand follow "default".
void devinet_copy_dflt_conf(net *ns, ipv4_devconf_index i) {
    for (net_device *dev : list_entries(&ns->dev_base_head, &net_device::dev_list)) {
        in_device *in_dev = __in_dev_get_rcu(dev);
        if (in_dev && !in_dev->cnf.state.test(i - 1U)) in_dev->cnf.data[i - 1U] = ns->ipv4.devconf_dflt->get(i);
    }
}

// Turning "all" on or off turns every device, and a router does not follow redirects.
void inet_forward_change(net *ns) {
    const int on = ns->ipv4.devconf_all->get(IPV4_DEVCONF_FORWARDING);
    ns->ipv4.devconf_all->data[IPV4_DEVCONF_ACCEPT_REDIRECTS - 1] = !on;
    ns->ipv4.devconf_dflt->data[IPV4_DEVCONF_FORWARDING - 1] = on;
    for (net_device *dev : list_entries(&ns->dev_base_head, &net_device::dev_list))
        if (in_device *in_dev = __in_dev_get_rtnl(dev)) in_dev->cnf.set(IPV4_DEVCONF_FORWARDING, on);
}

void devinet_changed(net *ns, const ipv4_devconf *cnf, const conf_name &what) {
    if (cnf == ns->ipv4.devconf_dflt) {
        if (what.index != IPV4_DEVCONF_FORWARDING) devinet_copy_dflt_conf(ns, what.index);
        return;
    }
    if (what.index == IPV4_DEVCONF_FORWARDING && cnf == ns->ipv4.devconf_all) inet_forward_change(ns);
    if (what.flush) rt_cache_flush(ns);
}

ctl_entry conf_entry(net *ns, ipv4_devconf *cnf, const conf_name &what) {
    return {[cnf, what] { return std::to_string(cnf->get(what.index)); },
            [ns, cnf, what](std::string_view text) {
                int value = 0;
                if (!sysctl_parse(text, &value)) return -EINVAL;
                const int old = cnf->get(what.index);
                cnf->set(what.index, value);
                if (old != value) devinet_changed(ns, cnf, what);
                return 0;
            }};
}

void register_conf(net *ns, const std::string &name, ipv4_devconf *cnf) {
    for (const conf_name &what : conf_names)
        register_net_sysctl(ns, "net.ipv4.conf." + name + "." + what.name, conf_entry(ns, cnf, what));
}

struct neigh_name {
    const char *name;
    neigh_var var;
    int jiffies_per_unit; // 0: a plain number
    int units_per_second; // of the text
};
constexpr std::array neigh_names = {
    neigh_name{"mcast_solicit", NEIGH_VAR_MCAST_PROBES, 0, 0},
    neigh_name{"ucast_solicit", NEIGH_VAR_UCAST_PROBES, 0, 0},
    neigh_name{"app_solicit", NEIGH_VAR_APP_PROBES, 0, 0},
    neigh_name{"mcast_resolicit", NEIGH_VAR_MCAST_REPROBES, 0, 0},
    neigh_name{"retrans_time_ms", NEIGH_VAR_RETRANS_TIME, 1, 1000},
    neigh_name{"base_reachable_time", NEIGH_VAR_BASE_REACHABLE_TIME, 1, 1},
    neigh_name{"base_reachable_time_ms", NEIGH_VAR_BASE_REACHABLE_TIME, 1, 1000},
    neigh_name{"delay_first_probe_time", NEIGH_VAR_DELAY_PROBE_TIME, 1, 1},
    neigh_name{"gc_stale_time", NEIGH_VAR_GC_STALETIME, 1, 1},
    neigh_name{"unres_qlen_bytes", NEIGH_VAR_QUEUE_LEN_BYTES, 0, 0},
    neigh_name{"proxy_qlen", NEIGH_VAR_PROXY_QLEN, 0, 0},
    neigh_name{"anycast_delay", NEIGH_VAR_ANYCAST_DELAY, 1, 100},
    neigh_name{"proxy_delay", NEIGH_VAR_PROXY_DELAY, 1, 100},
    neigh_name{"locktime", NEIGH_VAR_LOCKTIME, 1, 100},
};

ctl_entry neigh_entry(neigh_parms *parms, const neigh_name &what) {
    static constexpr int hz = HZ;
    return {[parms, what] {
                const int v = NEIGH_VAR(parms, what.var);
                return std::to_string(what.jiffies_per_unit == 0 ? v : v * what.units_per_second / hz);
            },
            [parms, what](std::string_view text) {
                int value = 0;
                if (!sysctl_parse(text, &value) || value < 0) return -EINVAL;
                if (what.jiffies_per_unit != 0)
                    value = static_cast<int>(static_cast<long>(value) * hz / what.units_per_second);
                parms->data[what.var] = value;
                if (what.var == NEIGH_VAR_BASE_REACHABLE_TIME)
                    parms->reachable_time = static_cast<int>(neigh_rand_reach_time(static_cast<unsigned long>(value)));
                return 0;
            }};
}

} // namespace

void devinet_sysctl_register(in_device *idev) {
    net *ns = dev_net(idev->dev);
    register_conf(ns, idev->dev->name, &idev->cnf);
    for (const neigh_name &what : neigh_names)
        register_net_sysctl(ns, std::string("net.ipv4.neigh.") + idev->dev->name + "." + what.name,
                            neigh_entry(idev->arp_parms, what));
}

void devinet_sysctl_unregister(in_device *idev) {
    net *ns = dev_net(idev->dev);
    for (const conf_name &what : conf_names)
        unregister_net_sysctl(ns, std::string("net.ipv4.conf.") + idev->dev->name + "." + what.name);
    for (const neigh_name &what : neigh_names)
        unregister_net_sysctl(ns, std::string("net.ipv4.neigh.") + idev->dev->name + "." + what.name);
}

int devinet_init_net(net *ns) {
    auto *all = knew<ipv4_devconf>(), *dflt = knew<ipv4_devconf>();
    for (ipv4_devconf *c : {all, dflt}) {
        c->data[IPV4_DEVCONF_ACCEPT_REDIRECTS - 1] = 1;
        c->data[IPV4_DEVCONF_SEND_REDIRECTS - 1] = 1;
        c->data[IPV4_DEVCONF_SECURE_REDIRECTS - 1] = 1;
        c->data[IPV4_DEVCONF_SHARED_MEDIA - 1] = 1;
        c->data[IPV4_DEVCONF_IGMPV2_UNSOLICITED_REPORT_INTERVAL - 1] = 10000; // ms
        c->data[IPV4_DEVCONF_IGMPV3_UNSOLICITED_REPORT_INTERVAL - 1] = 1000;  // ms
        c->data[IPV4_DEVCONF_ARP_EVICT_NOCARRIER - 1] = 1;
    }
    dflt->data[IPV4_DEVCONF_ACCEPT_SOURCE_ROUTE - 1] = 1;
    ns->ipv4.devconf_all = all;
    ns->ipv4.devconf_dflt = dflt;
    register_conf(ns, "all", all);
    register_conf(ns, "default", dflt);
    register_net_sysctl(ns, "net.ipv4.ip_forward", conf_entry(ns, all, conf_names[0]));
    return 0;
}

void devinet_exit_net(net *ns) {
    kdelete(ns->ipv4.devconf_all);
    kdelete(ns->ipv4.devconf_dflt);
    ns->ipv4.devconf_all = ns->ipv4.devconf_dflt = nullptr;
}

} // namespace skbscope::stack
