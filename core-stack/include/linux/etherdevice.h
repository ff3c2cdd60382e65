// SPDX-License-Identifier: GPL-2.0-or-later
// Ethernet devices: their header, their addresses. Linux 6.1: include/linux/etherdevice.h, net/ethernet/eth.c
#pragma once

#include "linux/if_ether.h"
#include "linux/netdevice.h"
#include "linux/random.h"

#include <cstring>

namespace skbscope::stack {

[[nodiscard]] inline ethhdr *eth_hdr(const sk_buff *skb) {
    return reinterpret_cast<ethhdr *>(skb_mac_header(skb));
}

// Finds the protocol and whom it is for; pulls the Ethernet header. Returns what belongs into skb->protocol.
[[nodiscard]] be16 eth_type_trans(sk_buff *skb, net_device *dev);
int eth_header(sk_buff *skb, net_device *dev, u16 type, const void *daddr, const void *saddr, unsigned len);
int eth_header_parse(const sk_buff *skb, u8 *haddr);
int eth_header_cache(const neighbour *neigh, hh_cache *hh, be16 type);
void eth_header_cache_update(hh_cache *hh, const net_device *dev, const u8 *haddr);
[[nodiscard]] be16 eth_header_parse_protocol(const sk_buff *skb);
[[nodiscard]] u32 eth_get_headlen(const net_device *dev, const void *data, u32 len);
int eth_mac_addr(net_device *dev, const void *addr);
int eth_validate_addr(net_device *dev);
void ether_setup(net_device *dev);
extern const header_ops eth_header_ops;

template <class Priv> [[nodiscard]] net_device *alloc_etherdev(std::string_view name = "eth%d") {
    return alloc_netdev<Priv>(name, ether_setup);
}

[[nodiscard]] inline bool ether_addr_equal(const u8 *a, const u8 *b) {
    return std::memcmp(a, b, ETH_ALEN) == 0;
}
[[nodiscard]] inline bool ether_addr_equal_64bits(const u8 *a, const u8 *b) {
    return ether_addr_equal(a, b);
}
inline void ether_addr_copy(u8 *dst, const u8 *src) {
    std::memcpy(dst, src, ETH_ALEN);
}
[[nodiscard]] inline bool is_multicast_ether_addr(const u8 *addr) {
    return (addr[0] & 1) != 0;
}
[[nodiscard]] inline bool is_broadcast_ether_addr(const u8 *addr) {
    return (addr[0] & addr[1] & addr[2] & addr[3] & addr[4] & addr[5]) == 0xff;
}
[[nodiscard]] inline bool is_zero_ether_addr(const u8 *addr) {
    return (addr[0] | addr[1] | addr[2] | addr[3] | addr[4] | addr[5]) == 0;
}
[[nodiscard]] inline bool is_valid_ether_addr(const u8 *addr) {
    return !is_multicast_ether_addr(addr) && !is_zero_ether_addr(addr);
}
inline void eth_broadcast_addr(u8 *addr) {
    std::memset(addr, 0xff, ETH_ALEN);
}
inline void eth_random_addr(u8 *addr) {
    get_random_bytes(addr, ETH_ALEN);
    addr[0] = static_cast<u8>((addr[0] & 0xfe) | 0x02); // unicast, locally administered
}
inline void eth_hw_addr_random(net_device *dev) {
    eth_random_addr(dev->dev_addr);
    dev->addr_assign_type = NET_ADDR_RANDOM;
}
inline void eth_zero_addr(u8 *addr) {
    std::memset(addr, 0, ETH_ALEN);
}
[[nodiscard]] inline bool eth_proto_is_802_3(be16 proto) {
    return be16_to_cpu(proto) >= ETH_P_802_3_MIN;
}

} // namespace skbscope::stack
