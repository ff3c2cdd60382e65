// SPDX-License-Identifier: GPL-2.0-or-later
// Devices: making them, and what is set on them over rtnetlink.
#include "bpf/agent/network.h"

#include <arpa/inet.h>
#include <cerrno>
#include <linux/if_link.h>
#include <linux/veth.h>
#include <net/if.h>

namespace skbscope::bpf {

// Both ends are made where they belong: names may repeat from host to host.
int network::veth(const op &o) {
    netlink_request request(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
    const ifinfomsg one = link_body(static_cast<int>(o.arg[0])), other = link_body(static_cast<int>(o.arg[1]));
    const std::string peer(name_of(o.name2));
    const int peer_ns = hosts_.at(o.host2 - 1U).ns;
    request.body(one).put_text(IFLA_IFNAME, name_of(o.name)).nest(IFLA_LINKINFO, [&](netlink_request &info) {
        info.put_text(IFLA_INFO_KIND, "veth").nest(IFLA_INFO_DATA, [&](netlink_request &data) {
            const std::string_view prefix(reinterpret_cast<const char *>(&other), sizeof other);
            data.nest(
                VETH_INFO_PEER,
                [&](netlink_request &p) { p.put_text(IFLA_IFNAME, peer).put_value(IFLA_NET_NS_FD, peer_ns); }, prefix);
        });
    });
    return of(o).netlink.talk(request);
}

int network::vlan(const op &o) {
    op below = o;
    set_name(below.name, name_of(o.name2));
    const int lower = ifindex(below);
    if (lower == 0) return errno;
    netlink_request request(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
    request.body(link_body(static_cast<int>(o.arg[1])))
        .put_text(IFLA_IFNAME, name_of(o.name))
        .put_value(IFLA_LINK, lower)
        .nest(IFLA_LINKINFO, [&](netlink_request &info) {
            info.put_text(IFLA_INFO_KIND, "vlan").nest(IFLA_INFO_DATA, [&](netlink_request &data) {
                data.put_value(IFLA_VLAN_ID, static_cast<std::uint16_t>(o.arg[0]))
                    .put_value(IFLA_VLAN_PROTOCOL, htons(static_cast<std::uint16_t>(o.arg[2])));
            });
        });
    return of(o).netlink.talk(request);
}

int network::link(const op &o, std::string_view data) {
    const int index = ifindex(o);
    if (index == 0) return errno;
    ifinfomsg body = link_body(index);
    if (o.kind == SKBSCOPE_OP_UP) {
        body.ifi_change = IFF_UP;
        body.ifi_flags = o.arg[0] != 0 ? IFF_UP : 0;
    }
    netlink_request request(RTM_NEWLINK, 0);
    request.body(body);
    if (o.kind == SKBSCOPE_OP_MAC) request.put(IFLA_ADDRESS, data.data(), data.size());
    if (o.kind == SKBSCOPE_OP_MTU) request.put_value(IFLA_MTU, o.arg[0]);
    return of(o).netlink.talk(request);
}

} // namespace skbscope::bpf
