// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/snapshot.h"

#include <nlohmann/json.hpp>

namespace skbscope::bpf {

using json = nlohmann::json;

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(snapshot_feature, name, on, by_default)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(snapshot_link, index, name, kind, mac, mtu, flags, peer_index,
                                                peer_namespace, master, vlan_id, vlan_protocol, below, below_elsewhere,
                                                vlan_more, xdp, rps, features_known, features)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(snapshot_address, device, family, address, prefix, peer, scope)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(snapshot_neighbour, device, family, ip, mac, state, flags)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(snapshot_route, family, table, type, to, prefix, via, device, source,
                                                metric, protocol, scope, tos, more)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(snapshot_rule, family, priority, table)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(snapshot_qdisc, device, kind, handle, parent, words, unsaid)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(snapshot_sysctl, name, value, by_default)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(snapshot_owner, pid, fd, comm)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(snapshot_socket, protocol, family, local, remote, local_port,
                                                remote_port, state, inode, device, owners)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(snapshot_namespace, name, inode, links, addresses, neighbours, routes,
                                                rules, qdiscs, sysctls, sockets, netfilter, problems)

namespace {
// It ends up on terminals and in a YAML file.
void clean(json &j) {
    if (j.is_structured()) {
        for (json &inner : j)
            clean(inner);
    } else if (j.is_string()) {
        for (char &c : j.get_ref<std::string &>())
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    }
}

// The format nests four deep; deeper input is not ours, and clean() recurses.
constexpr int deepest = 8;
} // namespace

std::string to_json(const snapshot_namespace &ns) {
    return json(ns).dump(-1, ' ', false, json::error_handler_t::replace);
}

tl::expected<snapshot_namespace, std::string> parse_snapshot(std::string_view text) {
    bool too_deep = false;
    const json::parser_callback_t depth = [&too_deep](int at, json::parse_event_t, json &) {
        too_deep |= at > deepest;
        return at <= deepest;
    };
    json j = json::parse(text, depth, false);
    if (!j.is_object() || too_deep) return tl::unexpected(std::string("a snapshot that is no JSON object of ours"));
    clean(j);
    try {
        return j.get<snapshot_namespace>();
    } catch (const json::exception &e) {
        return tl::unexpected(std::string("a snapshot with a wrong value: ") + e.what());
    }
}

} // namespace skbscope::bpf
