// SPDX-License-Identifier: GPL-2.0-or-later
// What flow a packet belongs to: protocol, addresses, ports. Queues, RPS and fq_codel pick by its hash.
// Linux 6.1: include/net/flow_dissector.h
#pragma once

#include "linux/skbuff.h"
#include "linux/types.h"

namespace skbscope::stack {

struct net;

inline constexpr u32 FLOW_DIS_IS_FRAGMENT = 1, FLOW_DIS_FIRST_FRAG = 2;
inline constexpr unsigned FLOW_DISSECTOR_F_PARSE_1ST_FRAG = 1, FLOW_DISSECTOR_F_STOP_AT_FLOW_LABEL = 2;
inline constexpr u16 FLOW_DISSECTOR_KEY_IPV4_ADDRS = 2; // flow_keys::addr_type

struct flow_keys {
    u16 thoff = 0; // where the transport header starts, from data
    u16 addr_type = 0;
    u32 flags = 0; // FLOW_DIS_*
    be16 n_proto;
    be16 vlan_tpid[2]; // of the two outermost VLAN tags; 0: there is none
    u16 vlan_tci[2] = {};
    u8 ip_proto = 0;
    be16 sport, dport; // of ICMP: type and code, id
    be32 saddr, daddr;
};

// Which keys a caller asks for: all that make a flow, or protocols and where the headers are.
enum class flow_dissector { keys, keys_basic };

// Headers that are read where they lie, before there is a packet, or beside its own offsets.
struct flow_data {
    const void *data = nullptr;
    be16 proto;    // of the header at nhoff
    int nhoff = 0; // from data
    int hlen = 0;  // bytes that may be read
};

// False: a header is cut short or broken. keys hold what was found before. With `raw`, skb may be null.
bool __skb_flow_dissect(const net *ns, const sk_buff *skb, flow_dissector wanted, flow_keys *keys, unsigned flags,
                        const flow_data *raw = nullptr);
// Where the payload starts, from data, by what a dissector found out; `hlen` bytes of `data` may be read.
[[nodiscard]] u32 __skb_get_poff(const sk_buff *skb, const void *data, const flow_keys *keys, int hlen);
void __skb_get_hash_net(const net *ns, sk_buff *skb);   // ns may be null: the packet knows
[[nodiscard]] u32 flow_hash_from_keys(flow_keys *keys); // never 0; both directions of a flow give the same

} // namespace skbscope::stack
