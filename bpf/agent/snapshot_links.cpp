// SPDX-License-Identifier: GPL-2.0-or-later
// Links: what `ip -details link` shows.
#include "bpf/agent/agent_error.h"
#include "bpf/agent/snapshot_parts.h"

#include <arpa/inet.h>
#include <cstdio>
#include <cstring>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/if_vlan.h>
#include <linux/net_namespace.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <netlink/errno.h>
#include <netlink/msg.h>
#include <optional>

namespace skbscope::bpf {

namespace {

std::string mac_text(const nlattr *a) {
    if (!a || nla_len(a) != 6) return {};
    const auto *m = static_cast<const unsigned char *>(nla_data(a));
    char text[18];
    std::snprintf(text, sizeof text, "%02x:%02x:%02x:%02x:%02x:%02x", m[0], m[1], m[2], m[3], m[4], m[5]);
    return text;
}

std::string text_of(const nlattr *a) {
    return a ? std::string(static_cast<const char *>(nla_data(a)),
                           strnlen(static_cast<const char *>(nla_data(a)), static_cast<std::size_t>(nla_len(a))))
             : std::string();
}

nlattr *inside(nlattr *nest, int type) {
    return nest ? nla_find(static_cast<nlattr *>(nla_data(nest)), nla_len(nest), type) : nullptr;
}

std::string kind_of(const ifinfomsg &body, nlattr *info) {
    if ((body.ifi_flags & IFF_LOOPBACK) != 0) return "loopback";
    return text_of(inside(info, IFLA_INFO_KIND));
}

// reorder_hdr is on unless it was switched off, the others are off.
std::string vlan_more_of(nlattr *data) {
    std::string more;
    const auto say = [&more](const char *what) { more += (more.empty() ? "" : ", ") + std::string(what); };
    ifla_vlan_flags flags{VLAN_FLAG_REORDER_HDR, 0};
    if (const nlattr *a = inside(data, IFLA_VLAN_FLAGS); a && nla_len(a) >= int(sizeof flags))
        std::memcpy(&flags, nla_data(a), sizeof flags);
    if ((flags.flags & VLAN_FLAG_REORDER_HDR) == 0) say("reorder_hdr off");
    if ((flags.flags & VLAN_FLAG_GVRP) != 0) say("gvrp on");
    if ((flags.flags & VLAN_FLAG_MVRP) != 0) say("mvrp on");
    if ((flags.flags & VLAN_FLAG_LOOSE_BINDING) != 0) say("loose_binding on");
    if (inside(data, IFLA_VLAN_INGRESS_QOS)) say("an ingress map");
    if (inside(data, IFLA_VLAN_EGRESS_QOS)) say("an egress map");
    return more;
}

void read_vlan(snapshot_link &l, nlattr *const *at) {
    nlattr *data = inside(at[IFLA_LINKINFO], IFLA_INFO_DATA);
    if (const nlattr *id = inside(data, IFLA_VLAN_ID)) l.vlan_id = nla_get_u16(id);
    const nlattr *protocol = inside(data, IFLA_VLAN_PROTOCOL);
    l.vlan_protocol = protocol ? ntohs(nla_get_u16(protocol)) : ETH_P_8021Q;
    l.below = at[IFLA_LINK] ? nla_get_u32(at[IFLA_LINK]) : 0;
    l.below_elsewhere = at[IFLA_LINK_NETNSID] != nullptr;
    l.vlan_more = vlan_more_of(data);
}

// What this namespace calls another one; nullopt: nothing yet.
std::optional<std::int32_t> number_of(netlink_dump &netlink, const named_namespace &other) {
    struct {
        rtgenmsg head{AF_UNSPEC};
        char pad[3]{};
        nlattr attr{sizeof(nlattr) + sizeof(std::uint32_t), NETNSA_FD};
        std::uint32_t fd = 0;
    } body;
    body.fd = static_cast<std::uint32_t>(other.fd);
    std::optional<std::int32_t> number;
    (void)netlink.request(RTM_GETNSID, 0, std::as_bytes(std::span(&body, 1)), [&number](const nlmsghdr &m) {
        nlattr *a = nlmsg_find_attr(const_cast<nlmsghdr *>(&m), sizeof(rtgenmsg), NETNSA_NSID);
        if (a && static_cast<std::int32_t>(nla_get_u32(a)) >= 0) number = static_cast<std::int32_t>(nla_get_u32(a));
    });
    return number;
}

struct link_reader {
    snapshot_namespace &ns;
    std::map<std::uint32_t, std::int32_t> peer; // by link index: what this namespace calls the peer's

    void take(const nlmsghdr &m) {
        auto *h = const_cast<nlmsghdr *>(&m);
        nlattr *at[IFLA_MAX + 1];
        if (m.nlmsg_type != RTM_NEWLINK || nlmsg_parse(h, sizeof(ifinfomsg), at, IFLA_MAX, nullptr) < 0) return;
        const auto &body = *static_cast<const ifinfomsg *>(nlmsg_data(h));
        snapshot_link l;
        l.index = static_cast<std::uint32_t>(body.ifi_index);
        l.name = text_of(at[IFLA_IFNAME]);
        l.kind = kind_of(body, at[IFLA_LINKINFO]);
        l.mac = mac_text(at[IFLA_ADDRESS]);
        l.mtu = at[IFLA_MTU] ? nla_get_u32(at[IFLA_MTU]) : 0;
        l.flags = body.ifi_flags;
        if (at[IFLA_MASTER]) l.master = "#" + std::to_string(nla_get_u32(at[IFLA_MASTER]));
        if (nlattr *xdp = inside(at[IFLA_XDP], IFLA_XDP_ATTACHED)) l.xdp = nla_get_u8(xdp) != 0;
        if (l.kind == "vlan") read_vlan(l, at);
        if (at[IFLA_LINK] && l.kind == "veth") {
            l.peer_index = nla_get_u32(at[IFLA_LINK]);
            const nlattr *there = at[IFLA_LINK_NETNSID];
            if (there)
                peer[l.index] = static_cast<std::int32_t>(nla_get_u32(there));
            else
                l.peer_namespace = ns.name;
        }
        ns.links.push_back(std::move(l));
    }
};

} // namespace

void read_links(snapshot_namespace &ns, const std::vector<named_namespace> &others) {
    netlink_dump netlink(NETLINK_ROUTE);
    link_reader reader{ns, {}};
    const ifinfomsg body{};
    const int r =
        netlink.dump(RTM_GETLINK, std::as_bytes(std::span(&body, 1)), [&reader](const nlmsghdr &m) { reader.take(m); });
    if (r < 0) ns.problems.push_back(std::string("links: ") + nl_geterror(r));
    // Only now: it is the dump that gives numbers to those that had none.
    std::map<std::int32_t, std::string> names;
    for (const named_namespace &other : others)
        if (const auto number = number_of(netlink, other)) names.emplace(*number, other.name);
    for (snapshot_link &l : ns.links) {
        const auto peer = reader.peer.find(l.index);
        if (peer != reader.peer.end() && names.contains(peer->second)) l.peer_namespace = names[peer->second];
        if (l.master.starts_with('#'))
            l.master = device_of(ns, static_cast<std::uint32_t>(std::stoul(l.master.substr(1))));
    }
}

} // namespace skbscope::bpf
