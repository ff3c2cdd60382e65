// SPDX-License-Identifier: GPL-2.0-or-later
// Addresses, neighbours, routes and rules: what `ip address`, `ip neighbour`, `ip route` and `ip rule` show.
#include "bpf/agent/snapshot_parts.h"

#include <algorithm>
#include <array>
#include <linux/fib_rules.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <netlink/errno.h>
#include <netlink/msg.h>
#include <sys/socket.h>

namespace skbscope::bpf {

namespace {

constexpr std::size_t entries_max = 2000; // of one kind and namespace: a scenario has no use for more

std::string family_name(unsigned family) {
    return family == AF_INET ? "inet" : family == AF_INET6 ? "inet6" : "family " + std::to_string(family);
}

// An address attribute as text, if it is as long as its family's addresses are.
std::string address_of(const nlattr *a, unsigned family) {
    const int size = family == AF_INET ? 4 : family == AF_INET6 ? 16 : -1;
    return a && nla_len(a) == size ? address_text(static_cast<int>(family), nla_data(a)) : std::string();
}

std::uint32_t number_of(const nlattr *a) {
    return a && nla_len(a) >= 4 ? nla_get_u32(a) : 0;
}

// One dump: each message of type `type`, its body and its attributes, until `list` is full.
template <class Body, std::size_t attributes, class Entry>
void read(snapshot_namespace &ns, const char *what, int request, int type, std::vector<Entry> &list,
          const std::function<void(const Body &, const std::array<nlattr *, attributes + 1> &)> &take) {
    netlink_dump netlink(NETLINK_ROUTE);
    const Body none{};
    bool full = false;
    const int r = netlink.dump(request, std::as_bytes(std::span(&none, 1)), [&](const nlmsghdr &m) {
        auto *h = const_cast<nlmsghdr *>(&m);
        std::array<nlattr *, attributes + 1> at{};
        if (m.nlmsg_type != type || nlmsg_parse(h, sizeof(Body), at.data(), static_cast<int>(attributes), nullptr) < 0)
            return;
        full = full || list.size() >= entries_max;
        if (!full) take(*static_cast<const Body *>(nlmsg_data(h)), at);
    });
    if (r < 0) ns.problems.push_back(std::string(what) + ": " + nl_geterror(r));
    if (full)
        ns.problems.push_back(std::string(what) + ": more than " + std::to_string(entries_max) +
                              ", the rest is left out");
}

std::string mac_of(const nlattr *a) {
    if (!a || nla_len(a) != 6) return {};
    const auto *m = static_cast<const unsigned char *>(nla_data(a));
    char text[18];
    std::snprintf(text, sizeof text, "%02x:%02x:%02x:%02x:%02x:%02x", m[0], m[1], m[2], m[3], m[4], m[5]);
    return text;
}

using route_attributes = std::array<nlattr *, RTA_MAX + 1>;

std::vector<std::string> unusual(const route_attributes &at) {
    const std::pair<int, const char *> known[] = {
        {RTA_MULTIPATH, "multipath"},  {RTA_METRICS, "metrics"},        {RTA_ENCAP, "encap"},
        {RTA_NH_ID, "nexthop object"}, {RTA_VIA, "via another family"}, {RTA_IIF, "input device"}};
    std::vector<std::string> out;
    for (const auto &[type, name] : known)
        if (at[static_cast<std::size_t>(type)]) out.emplace_back(name);
    return out;
}

snapshot_route route_of(const snapshot_namespace &ns, const rtmsg &r, const route_attributes &at) {
    snapshot_route out;
    out.family = family_name(r.rtm_family);
    out.table = at[RTA_TABLE] ? number_of(at[RTA_TABLE]) : r.rtm_table;
    out.type = r.rtm_type;
    out.to = address_of(at[RTA_DST], r.rtm_family);
    out.prefix = r.rtm_dst_len;
    out.via = address_of(at[RTA_GATEWAY], r.rtm_family);
    out.device = device_of(ns, number_of(at[RTA_OIF]));
    out.source = address_of(at[RTA_PREFSRC], r.rtm_family);
    out.metric = number_of(at[RTA_PRIORITY]);
    out.protocol = r.rtm_protocol;
    out.scope = r.rtm_scope;
    out.tos = r.rtm_tos;
    out.more = unusual(at);
    return out;
}

// Each namespace has local, main and default at these places.
bool usual(const snapshot_rule &r) {
    if (r.family != "inet" && r.family != "inet6") return true; // multicast routing's own
    return (r.priority == 0 && r.table == RT_TABLE_LOCAL) || (r.priority == 32766 && r.table == RT_TABLE_MAIN) ||
           (r.priority == 32767 && r.table == RT_TABLE_DEFAULT);
}

} // namespace

void read_addresses(snapshot_namespace &ns) {
    read<ifaddrmsg, IFA_MAX>(ns, "addresses", RTM_GETADDR, RTM_NEWADDR, ns.addresses,
                             [&ns](const auto &b, const auto &at) {
                                 snapshot_address a;
                                 a.device = device_of(ns, b.ifa_index);
                                 a.family = family_name(b.ifa_family);
                                 const std::string local = address_of(at[IFA_LOCAL], b.ifa_family);
                                 const std::string other = address_of(at[IFA_ADDRESS], b.ifa_family);
                                 a.address = local.empty() ? other : local;
                                 if (!local.empty() && other != local) a.peer = other;
                                 a.prefix = b.ifa_prefixlen;
                                 a.scope = b.ifa_scope;
                                 ns.addresses.push_back(std::move(a));
                             });
}

void read_neighbours(snapshot_namespace &ns) {
    read<ndmsg, NDA_MAX>(ns, "neighbours", RTM_GETNEIGH, RTM_NEWNEIGH, ns.neighbours,
                         [&ns](const auto &b, const auto &at) {
                             if (b.ndm_family != AF_INET && b.ndm_family != AF_INET6)
                                 return; // a bridge's table is not ours
                             snapshot_neighbour n;
                             n.device = device_of(ns, static_cast<std::uint32_t>(b.ndm_ifindex));
                             n.family = family_name(b.ndm_family);
                             n.ip = address_of(at[NDA_DST], b.ndm_family);
                             n.mac = mac_of(at[NDA_LLADDR]);
                             n.state = b.ndm_state;
                             n.flags = b.ndm_flags;
                             ns.neighbours.push_back(std::move(n));
                         });
}

void read_routes(snapshot_namespace &ns) {
    read<rtmsg, RTA_MAX>(ns, "routes", RTM_GETROUTE, RTM_NEWROUTE, ns.routes, [&ns](const auto &b, const auto &at) {
        if ((b.rtm_flags & RTM_F_CLONED) == 0) ns.routes.push_back(route_of(ns, b, at));
    });
    read<fib_rule_hdr, FRA_MAX>(ns, "rules", RTM_GETRULE, RTM_NEWRULE, ns.rules, [&ns](const auto &b, const auto &at) {
        snapshot_rule r;
        r.family = family_name(b.family);
        r.priority = number_of(at[FRA_PRIORITY]);
        r.table = at[FRA_TABLE] ? number_of(at[FRA_TABLE]) : b.table;
        if (!usual(r)) ns.rules.push_back(std::move(r));
    });
}

} // namespace skbscope::bpf
