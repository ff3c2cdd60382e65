// SPDX-License-Identifier: GPL-2.0-or-later
// What a set of network namespaces looked like at one moment, as the agent read it and the app makes a scenario of it.
// On the stream (stream.h: SNAPSHOT) it is JSON, one namespace a frame, with the members' own names as keys:
//   {"name": "a", "inode": 4026532201, "links": [{"index": 2, "name": "va", "kind": "veth", ...}], "addresses": [...],
//   ...}
// A key that is absent means its default. Numbers are host order; addresses are text ("10.9.0.1", "fe80::1").
// "Default" means: as it is in a namespace that the same kernel made a moment ago, with a veth pair in it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace skbscope::bpf {

struct snapshot_feature {
    std::string name;        // as `ethtool -k` has it: "tx-generic-segmentation"
    bool on = false;         // what was asked for: a feature may be off for the lack of another
    bool by_default = false; // what it is on a new device of this kind
};

struct snapshot_link {
    std::uint32_t index = 0;
    std::string name;
    std::string kind; // "veth", "loopback", "tun", "bridge", ...; empty: none is told, as for hardware
    std::string mac;  // "02:00:00:00:00:01"; empty: none
    std::uint32_t mtu = 0;
    std::uint32_t flags = 0; // IFF_*
    std::uint32_t peer_index = 0;
    std::string peer_namespace; // the name of the peer's, where that is in the snapshot
    std::string master;         // the bridge or bond it is a port of
    // of a "vlan"
    std::uint32_t vlan_id = 0, vlan_protocol = 0; // 0x8100 or 0x88a8
    std::uint32_t below = 0;                      // index of the device it stands on
    bool below_elsewhere = false;                 // that one is in another namespace
    std::string vlan_more;                        // what else was asked of it: "gvrp on", "ingress map"; empty: nothing
    bool xdp = false;
    std::vector<std::string> rps; // CPU mask of each receive queue, in hex, as sysfs shows it; empty: all are 0
    bool features_known = false;  // false: no default to compare with, or not told
    std::vector<snapshot_feature> features; // those that are not as by default
};

struct snapshot_address {
    std::string device, family; // "inet", "inet6"
    std::string address;
    std::uint32_t prefix = 0;
    std::string peer;        // of a point-to-point address, where it is another one
    std::uint32_t scope = 0; // RT_SCOPE_*
};

struct snapshot_neighbour {
    std::string device, family, ip;
    std::string mac;         // empty: not known
    std::uint32_t state = 0; // NUD_*
    std::uint32_t flags = 0; // NTF_*
};

struct snapshot_route {
    std::string family;
    std::uint32_t table = 0;
    std::uint32_t type = 0; // RTN_*
    std::string to;         // prefix; empty for the default route
    std::uint32_t prefix = 0;
    std::string via, device, source;
    std::uint32_t metric = 0, protocol = 0, scope = 0, tos = 0; // RTPROT_*, RT_SCOPE_*
    std::vector<std::string> more;                              // what else it has: "multipath", "encap", "metrics"
};

struct snapshot_rule { // of policy routing; the three that each namespace has are left out
    std::string family;
    std::uint32_t priority = 0, table = 0;
};

struct snapshot_qdisc {
    std::string device, kind;
    std::uint32_t handle = 0, parent = 0; // TC_H_*
    std::string words;                    // as tc takes them: "pfifo limit 100"
    std::string unsaid;                   // what `words` leaves out: "its parameters"; empty: nothing
};

struct snapshot_sysctl { // those of net.* that are not as by default
    std::string name, value;
    std::string by_default; // empty: there is none
};

struct snapshot_owner {
    std::uint32_t pid = 0, fd = 0;
    std::string comm;
};

struct snapshot_socket {
    std::string protocol;      // "udp", "tcp", "raw", "ping", "packet", "unix" is left out
    std::string family;        // "inet", "inet6", "packet"
    std::string local, remote; // addresses; "0.0.0.0" = any
    std::uint32_t local_port = 0, remote_port = 0;
    std::uint32_t state = 0; // TCP_*, which the other protocols use as well
    std::uint64_t inode = 0;
    std::string device; // packet: bound to
    std::vector<snapshot_owner> owners;
};

struct snapshot_namespace {
    std::string name; // "a": as in /run/netns; "pid1234"; "host": the agent's own
    std::uint64_t inode = 0;
    std::vector<snapshot_link> links;
    std::vector<snapshot_address> addresses;
    std::vector<snapshot_neighbour> neighbours;
    std::vector<snapshot_route> routes;
    std::vector<snapshot_rule> rules;
    std::vector<snapshot_qdisc> qdiscs;
    std::vector<snapshot_sysctl> sysctls;
    std::vector<snapshot_socket> sockets;
    std::vector<std::string> netfilter; // tables: "nft ip filter", "iptables filter"
    std::vector<std::string> problems;  // what could not be read, and why
};

[[nodiscard]] std::string to_json(const snapshot_namespace &ns);
// Any bytes are safe input; the error says what is wrong. Text is free of control characters afterwards.
[[nodiscard]] tl::expected<snapshot_namespace, std::string> parse_snapshot(std::string_view json);

} // namespace skbscope::bpf
