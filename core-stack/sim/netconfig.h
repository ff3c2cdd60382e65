// SPDX-License-Identifier: GPL-2.0-or-later
// Setting the model network up: what `ip`, `ethtool` and `sysctl` do over netlink on a real machine. Each does the
// kernel's work on the kernel's own structures; nothing here emits events (another process would do it). All return 0
// or a negative errno as the kernel would answer the same request. Call them while a machine is in use (machine::use).
#pragma once

#include "linux/types.h"

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace skbscope::stack {

struct net;
struct net_device;
struct simnic_config;
using mac_address = std::array<u8, 6>;

enum class neigh_request_state : u8 { permanent, reachable, stale, noarp, failed, none };
enum class route_kind : u8 { unicast, local, blackhole, unreachable, prohibit, throw_ };

struct route_request {
    be32 dst;       // prefix
    u8 dst_len = 0; // 0 .. 32
    route_kind kind = route_kind::unicast;
    be32 gateway;       // 0 = none
    std::string device; // empty = from the gateway
    u32 metric = 0;
    be32 prefsrc; // 0 = none
};

net *netns_add(std::string_view name);
[[nodiscard]] net *netns_find(std::string_view name);
int netns_del(net *ns);
// An index of 0: the next that is free. `index_b` counts only beside an `index_a`.
int link_add_veth(net *ns_a, std::string_view a, net *ns_b, std::string_view b, int index_a = 0, int index_b = 0);
// A simulated card (linux/simnic.h), named by its config, down and with no cable; its moderation counts virtual time.
int link_add_card(net *ns, const simnic_config &config);
// RSS: see simnic_set_indirection().
int card_indirection(net *ns, std::string_view dev, std::span<const u8> table);
// Two cards' ends of one cable: what one sends, the other receives at that instant.
int card_cable(net *ns_a, std::string_view a, net *ns_b, std::string_view b);
// As link_set_up(), but the trace shows it: a card's driver takes its interrupt lines then.
int card_set_up(net *ns, std::string_view dev, bool up);
int link_del(net *ns, std::string_view dev);
int link_set_address(net *ns, std::string_view dev, const mac_address &mac);
int link_set_up(net *ns, std::string_view dev, bool up);
int link_set_mtu(net *ns, std::string_view dev, u32 mtu);
int addr_add(net *ns, std::string_view dev, be32 address, u8 prefix_len);
int addr_del(net *ns, std::string_view dev, be32 address, u8 prefix_len);
int neigh_replace(net *ns, std::string_view dev, be32 ip, const mac_address &mac, neigh_request_state state);
int neigh_del(net *ns, std::string_view dev, be32 ip);
int route_add(net *ns, const route_request &route);
int route_del(net *ns, const route_request &route);
// ethtool -K: "tso", "gso", "gro", "tx", "rx", "sg", "tx-checksum-ip-generic", ...; -EINVAL for an unknown name.
int device_feature(net *ns, std::string_view dev, std::string_view feature, bool on);
// "net.ipv4.ip_forward", "net.ipv4.conf.va.rp_filter", ...; -ENOENT for one the model does not have.
int sysctl_set(net *ns, std::string_view name, std::string_view value);
// `tc qdisc replace dev DEV root WORDS`, as in "pfifo limit 100"; -ENOENT for a kind the model does not have.
int qdisc_set(net *ns, std::string_view dev, std::string_view words);
int qdisc_del(net *ns, std::string_view dev); // back to the default one
// `nft add rule`: a hook (prerouting, input, forward, output, postrouting), then what must match (saddr ADDRESS, daddr
// ADDRESS, udp, tcp, icmp, dport NUMBER), then drop or accept: "input udp dport 7000 drop". Rules of a hook are asked
// in the order they came. `remove`: the first rule of the same words. -EINVAL for words the model does not know.
int nft_rule_change(net *ns, std::string_view words, bool remove);
// What `ip -d link` and ifconfig show of a card: where its memory and registers are, and its interrupt line.
struct link_map {
    unsigned long mem_start = 0, mem_end = 0, base_addr = 0; // 0: it has none
    int irq = 0;
};
int link_get_map(net *ns, std::string_view dev, link_map *map);
// RPS mask of receive queue `queue`.
int rps_cpus(net *ns, std::string_view dev, unsigned queue, u32 mask);
// RFS: flows that receive queue `queue` keeps apart (rounded up to a power of two; 0: none). Also needs
// net.core.rps_sock_flow_entries.
int rps_flow_cnt(net *ns, std::string_view dev, unsigned queue, u32 count);
// net.core.rps_sock_flow_entries, which no namespace but the machine's first has.
int rps_sock_flow_entries(u32 entries);
// `ip link add link LOWER name NAME type vlan [protocol PROTOCOL] id ID`: IDs 0 to 4094, `protocol` the ethertype of
// the tag: 0x8100 (802.1Q) or 0x88a8 (802.1ad). -EEXIST: LOWER has that VLAN, or the
// namespace the name; -EOPNOTSUPP: not on such a device.
int link_add_vlan(net *ns, std::string_view lower, std::string_view name, u16 id, int index = 0, u16 protocol = 0x8100);

} // namespace skbscope::stack
