// SPDX-License-Identifier: GPL-2.0-or-later
// How a link layer makes and reads its headers, and the room they need. Linux 6.1: include/linux/netdevice.h
#pragma once

#include "linux/spinlock.h"
#include "linux/types.h"

namespace skbscope::stack {

struct neighbour;
struct net_device;
struct sk_buff;

inline constexpr unsigned LL_MAX_HEADER = 128; // CONFIG_WLAN with mesh: Debian's kernel
inline constexpr unsigned MAX_HEADER = LL_MAX_HEADER + 48;
inline constexpr unsigned HH_DATA_MOD = 16;
[[nodiscard]] constexpr unsigned HH_DATA_ALIGN(unsigned len) {
    return (len + HH_DATA_MOD - 1) & ~(HH_DATA_MOD - 1);
}
[[nodiscard]] constexpr unsigned HH_DATA_OFF(unsigned len) {
    return HH_DATA_MOD - (((len - 1) & (HH_DATA_MOD - 1)) + 1);
}

// A link header kept ready for one neighbour.
struct hh_cache {
    unsigned hh_len = 0; // 0: not filled yet
    seqlock_t hh_lock;
    alignas(8) u8 hh_data[HH_DATA_ALIGN(LL_MAX_HEADER)] = {};
};

// How a device's link layer builds and reads its headers.
struct header_ops {
    int (*create)(sk_buff *skb, net_device *dev, u16 type, const void *daddr, const void *saddr,
                  unsigned len) = nullptr;
    int (*parse)(const sk_buff *skb, u8 *haddr) = nullptr;
    int (*cache)(const neighbour *neigh, hh_cache *hh, be16 type) = nullptr;
    void (*cache_update)(hh_cache *hh, const net_device *dev, const u8 *haddr) = nullptr;
    bool (*validate)(const char *ll_header, unsigned len) = nullptr;
    be16 (*parse_protocol)(const sk_buff *skb) = nullptr;
};

} // namespace skbscope::stack
