// SPDX-License-Identifier: GPL-2.0-or-later
// What a route is looked up by. Linux 6.1: include/net/flow.h
#pragma once

#include "linux/types.h"

namespace skbscope::stack {

inline constexpr int LOOPBACK_IFINDEX = 1; // always the first device of a namespace

inline constexpr u8 FLOWI_FLAG_ANYSRC = 0x01, FLOWI_FLAG_KNOWN_NH = 0x02;

// The kernel's names for its fields (there macros into flowi_common) are the members themselves here.
struct flowi4 {
    int flowi4_oif = 0;
    int flowi4_iif = 0;
    int flowi4_l3mdev = 0;
    u32 flowi4_mark = 0;
    u8 flowi4_tos = 0;
    u8 flowi4_scope = 0; // RT_SCOPE_...
    u8 flowi4_proto = 0; // IPPROTO_...
    u8 flowi4_flags = 0; // FLOWI_FLAG_...
    u32 flowi4_secid = 0;
    u32 flowi4_uid = 0;
    u32 flowi4_multipath_hash = 0;
    be32 saddr;
    be32 daddr;
    be16 fl4_dport;
    be16 fl4_sport;
    u8 fl4_icmp_type = 0;
    u8 fl4_icmp_code = 0;
};

// The kernel's struct flowi joins IPv4 and IPv6; the model has the first only.
using flowi = flowi4;
inline flowi *flowi4_to_flowi(flowi4 *fl4) {
    return fl4;
}
inline const flowi *flowi4_to_flowi(const flowi4 *fl4) {
    return fl4;
}
inline flowi *flowi4_to_flowi_common(flowi4 *fl4) {
    return fl4;
}

inline void flowi4_init_output(flowi4 *fl4, int oif, u32 mark, u8 tos, u8 scope, u8 proto, u8 flags, be32 daddr,
                               be32 saddr, be16 dport, be16 sport, u32 uid) {
    *fl4 = flowi4{};
    fl4->flowi4_oif = oif;
    fl4->flowi4_iif = LOOPBACK_IFINDEX;
    fl4->flowi4_mark = mark;
    fl4->flowi4_tos = tos;
    fl4->flowi4_scope = scope;
    fl4->flowi4_proto = proto;
    fl4->flowi4_flags = flags;
    fl4->flowi4_uid = uid;
    fl4->daddr = daddr;
    fl4->saddr = saddr;
    fl4->fl4_dport = dport;
    fl4->fl4_sport = sport;
}
inline void flowi4_update_output(flowi4 *fl4, int oif, be32 daddr, be32 saddr) {
    fl4->flowi4_oif = oif;
    fl4->daddr = daddr;
    fl4->saddr = saddr;
}

} // namespace skbscope::stack
