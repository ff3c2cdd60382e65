// SPDX-License-Identifier: GPL-2.0-or-later
// What `ip`, `ethtool` and `sysctl` would do to the model's network.
#include "app/model/model_process.h"

#include "linux/simnic.h"

#include <algorithm>
#include <cerrno>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>

namespace skbscope::app {

namespace {

using stack::be32;

std::optional<stack::neigh_request_state> neighbourState(std::uint32_t nud) {
    using State = stack::neigh_request_state;
    switch (nud) {
    case NUD_PERMANENT:
        return State::permanent;
    case NUD_REACHABLE:
        return State::reachable;
    case NUD_STALE:
        return State::stale;
    case NUD_NOARP:
        return State::noarp;
    case NUD_FAILED:
        return State::failed;
    case NUD_NONE:
        return State::none;
    default:
        return {};
    }
}

std::optional<stack::route_kind> routeKind(std::uint32_t type) {
    using Kind = stack::route_kind;
    switch (type) {
    case RTN_UNICAST:
        return Kind::unicast;
    case RTN_LOCAL:
        return Kind::local;
    case RTN_BLACKHOLE:
        return Kind::blackhole;
    case RTN_UNREACHABLE:
        return Kind::unreachable;
    case RTN_PROHIBIT:
        return Kind::prohibit;
    case RTN_THROW:
        return Kind::throw_;
    default:
        return {};
    }
}

stack::mac_address macOf(std::string_view data) {
    stack::mac_address mac{};
    std::copy_n(data.begin(), std::min(data.size(), mac.size()), mac.begin());
    return mac;
}

} // namespace

std::int64_t ModelProcess::configureOne(const skbscope_op &op) {
    stack::net *ns = host(op.host);
    switch (op.kind) {
    case SKBSCOPE_OP_HOST:
        hosts_.push_back(stack::netns_add(op.name));
        return hosts_.back() ? stack::link_set_up(hosts_.back(), "lo", true) : -ENOMEM;
    case SKBSCOPE_OP_VETH:
        return stack::link_add_veth(ns, op.name, host(op.host2), op.name2, static_cast<int>(op.arg[0]),
                                    static_cast<int>(op.arg[1]));
    case SKBSCOPE_OP_MAC:
        return stack::link_set_address(ns, op.name, macOf(ops_.data(op)));
    case SKBSCOPE_OP_CARD:
        return configureCard(op);
    case SKBSCOPE_OP_CABLE:
        return stack::card_cable(ns, op.name, host(op.host2), op.name2);
    case SKBSCOPE_OP_UP: {
        const int r = stack::card_set_up(ns, op.name, op.arg[0] != 0);
        return r == -ENODEV ? stack::link_set_up(ns, op.name, op.arg[0] != 0) : r; // no card
    }
    case SKBSCOPE_OP_MTU:
        return stack::link_set_mtu(ns, op.name, op.arg[0]);
    case SKBSCOPE_OP_ADDRESS: {
        const auto change = op.arg[1] ? stack::addr_del : stack::addr_add;
        return change(ns, op.name, be32::from_raw(op.ip), static_cast<std::uint8_t>(op.arg[0]));
    }
    case SKBSCOPE_OP_NEIGHBOUR:
        return configureNeighbour(op);
    case SKBSCOPE_OP_ROUTE:
        return configureRoute(op);
    case SKBSCOPE_OP_FEATURE: {
        const int r = stack::device_feature(ns, op.name, ops_.data(op), op.arg[0] != 0);
        return r == -EINVAL ? notModelled(op, "such device feature") : r;
    }
    case SKBSCOPE_OP_QDISC: {
        const int r = op.arg[1] ? stack::qdisc_del(ns, op.name) : stack::qdisc_set(ns, op.name, ops_.data(op));
        return r == -ENOENT ? notModelled(op, "such qdisc") : r;
    }
    case SKBSCOPE_OP_SYSCTL:
        return configureSysctl(op);
    case SKBSCOPE_OP_NFT_DROP: {
        const int r = stack::nft_rule_change(ns, ops_.data(op), op.arg[1] != 0);
        return r == -EINVAL ? notModelled(op, "such netfilter rule") : r;
    }
    case SKBSCOPE_OP_RPS:
        return stack::rps_cpus(ns, op.name, op.arg[0], op.arg[1]);
    case SKBSCOPE_OP_VLAN:
        return stack::link_add_vlan(ns, op.name2, op.name, static_cast<std::uint16_t>(op.arg[0]),
                                    static_cast<int>(op.arg[1]), static_cast<std::uint16_t>(op.arg[2]));
    case SKBSCOPE_OP_RPS_FLOWS:
        return stack::rps_flow_cnt(ns, op.name, op.arg[0], op.arg[1]);
    case SKBSCOPE_OP_SOCK_FLOWS:
        return stack::rps_sock_flow_entries(op.arg[0]);
    default:
        return notModelled(op, opName(op.kind));
    }
}

std::int64_t ModelProcess::configureCard(const skbscope_op &op) {
    stack::simnic_config config;
    config.name = op.name;
    config.queues = op.arg[0];
    config.rx_ring = op.arg[1];
    config.tx_ring = op.arg[2];
    if (op.arg[3] & SKBSCOPE_CARD_PER_PACKET) config.mode = stack::simnic_mode::per_packet;
    if (op.arg[3] & SKBSCOPE_CARD_SHARED_LINE) config.vectors = stack::simnic_vectors::legacy;
    config.moderation_ns = op.arg[4];
    const int r = stack::link_add_card(host(op.host), config);
    const std::string_view table = ops_.data(op);
    if (r < 0 || table.empty()) return r;
    return stack::card_indirection(host(op.host), op.name,
                                   {reinterpret_cast<const std::uint8_t *>(table.data()), table.size()});
}

std::int64_t ModelProcess::configureNeighbour(const skbscope_op &op) {
    if (op.arg[1]) return stack::neigh_del(host(op.host), op.name, be32::from_raw(op.ip));
    const auto state = neighbourState(op.arg[0]);
    if (!state) return notModelled(op, "such neighbour state");
    return stack::neigh_replace(host(op.host), op.name, be32::from_raw(op.ip), macOf(ops_.data(op)), *state);
}

std::int64_t ModelProcess::configureRoute(const skbscope_op &op) {
    const auto kind = routeKind(op.arg[2]);
    if (!kind) return notModelled(op, "such route type");
    stack::route_request route;
    route.dst = be32::from_raw(op.ip);
    route.dst_len = static_cast<std::uint8_t>(op.arg[0]);
    route.kind = *kind;
    route.gateway = be32::from_raw(op.ip2);
    route.device = op.name;
    route.metric = op.arg[3];
    route.prefsrc = be32::from_raw(op.arg[4]);
    return op.arg[1] ? stack::route_del(host(op.host), route) : stack::route_add(host(op.host), route);
}

std::int64_t ModelProcess::configureSysctl(const skbscope_op &op) {
    const std::string_view setting = ops_.data(op);
    const std::size_t equals = setting.find('=');
    const int r = stack::sysctl_set(host(op.host), setting.substr(0, equals), setting.substr(equals + 1));
    return r == -ENOENT ? notModelled(op, "such sysctl") : r;
}

} // namespace skbscope::app
