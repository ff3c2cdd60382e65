// SPDX-License-Identifier: GPL-2.0-or-later
// VLAN tags (802.1Q, 802.1ad): four bytes behind the link addresses, an EtherType of their own and then the tag control
// information: 3 bits priority, 1 bit CFI, 12 bits VLAN id. In the stack the outermost one does not stand in the packet
// but beside it (vlan_present, vlan_proto, vlan_tci), as a card that strips or inserts tags would have it.
// Linux 6.1: include/linux/if_vlan.h
#pragma once

#include "linux/etherdevice.h"
#include "linux/netdevice.h"
#include "linux/skbuff.h"

#include <array>
#include <vector>

namespace skbscope::stack {

inline constexpr int VLAN_HLEN = 4, VLAN_ETH_HLEN = 18, VLAN_ETH_ZLEN = 64;
inline constexpr u16 VLAN_PRIO_MASK = 0xe000, VLAN_PRIO_SHIFT = 13, VLAN_CFI_MASK = 0x1000, VLAN_VID_MASK = 0x0fff;
inline constexpr unsigned VLAN_N_VID = 4096;
inline constexpr unsigned VLAN_MAX_DEPTH = 8; // tags that are looked behind

inline constexpr u16 VLAN_FLAG_REORDER_HDR = 0x1, VLAN_FLAG_GVRP = 0x2, VLAN_FLAG_LOOSE_BINDING = 0x4,
                     VLAN_FLAG_MVRP = 0x8, VLAN_FLAG_BRIDGE_BINDING = 0x10;

struct vlan_hdr {
    be16 h_vlan_TCI;
    be16 h_vlan_encapsulated_proto;
};
struct vlan_ethhdr {
    u8 h_dest[ETH_ALEN];
    u8 h_source[ETH_ALEN];
    be16 h_vlan_proto;
    be16 h_vlan_TCI;
    be16 h_vlan_encapsulated_proto;
};
static_assert(sizeof(vlan_hdr) == VLAN_HLEN && sizeof(vlan_ethhdr) == VLAN_ETH_HLEN);

struct vlan_pcpu_stats {
    u64 rx_packets = 0, rx_bytes = 0, rx_multicast = 0, tx_packets = 0, tx_bytes = 0;
    u32 rx_errors = 0, tx_dropped = 0;
};
struct vlan_priority_tci_mapping {
    u32 priority;
    u16 vlan_qos; // where it stands in the TCI
};
// netdev_priv() of a VLAN device.
struct vlan_dev_priv {
    unsigned nr_ingress_mappings = 0;
    std::array<u32, 8> ingress_priority_map{};
    unsigned nr_egress_mappings = 0;
    std::array<std::vector<vlan_priority_tci_mapping>, 16> egress_priority_map; // youngest first
    be16 vlan_proto;
    u16 vlan_id = 0;
    u16 flags = 0; // VLAN_FLAG_*
    net_device *real_dev = nullptr;
    u8 real_dev_addr[ETH_ALEN] = {};
    std::vector<vlan_pcpu_stats> vlan_pcpu_stats_; // a CPU each
};
[[nodiscard]] inline vlan_dev_priv *vlan_dev_priv_of(const net_device *dev) { // vlan_dev_priv() in the kernel
    return netdev_priv<vlan_dev_priv>(dev);
}
[[nodiscard]] inline bool is_vlan_dev(const net_device *dev) {
    return (dev->priv_flags & IFF_802_1Q_VLAN) != 0;
}

// --- the tag beside the packet
[[nodiscard]] inline u16 skb_vlan_tag_get(const sk_buff *skb) {
    return skb->vlan_tci;
}
[[nodiscard]] inline u16 skb_vlan_tag_get_id(const sk_buff *skb) {
    return skb->vlan_tci & VLAN_VID_MASK;
}
inline void __vlan_hwaccel_clear_tag(sk_buff *skb) {
    skb->vlan_present = 0;
}
inline void __vlan_hwaccel_put_tag(sk_buff *skb, be16 vlan_proto, u16 vlan_tci) {
    skb->vlan_proto = vlan_proto;
    skb->vlan_tci = vlan_tci;
    skb->vlan_present = 1;
}
[[nodiscard]] inline bool eth_type_vlan(be16 ethertype) {
    return ethertype == cpu_to_be16(ETH_P_8021Q) || ethertype == cpu_to_be16(ETH_P_8021AD);
}
[[nodiscard]] inline bool vlan_hw_offload_capable(netdev_features_t features, be16 proto) {
    return (proto == cpu_to_be16(ETH_P_8021Q) && (features & NETIF_F_HW_VLAN_CTAG_TX) != 0) ||
           (proto == cpu_to_be16(ETH_P_8021AD) && (features & NETIF_F_HW_VLAN_STAG_TX) != 0);
}
[[nodiscard]] inline bool skb_vlan_tagged(const sk_buff *skb) {
    return skb_vlan_tag_present(skb) || eth_type_vlan(skb->protocol);
}
[[nodiscard]] bool skb_vlan_tagged_multi(sk_buff *skb);
[[nodiscard]] netdev_features_t vlan_features_check(sk_buff *skb, netdev_features_t features);
// The protocol behind all tags of the packet; *depth (may be null): bytes before it, from the link header on. 0: the
// packet ends before, or has too many tags.
[[nodiscard]] be16 __vlan_get_protocol(const sk_buff *skb, be16 type, int *depth);
[[nodiscard]] be16 vlan_get_protocol(const sk_buff *skb);
[[nodiscard]] be16 vlan_get_protocol_and_depth(sk_buff *skb, be16 type, int *depth); // makes those bytes linear

// --- the tag in the packet (net/core/skbuff_vlan.cpp)
// From the packet to beside it, where packets come in: data is behind the link header. Null: it was cut short, and is
// gone.
[[nodiscard]] sk_buff *skb_vlan_untag(sk_buff *skb);
// data is at the link header. 0 or a negative errno.
int __skb_vlan_pop(sk_buff *skb, u16 *vlan_tci);
int skb_vlan_pop(sk_buff *skb);
int skb_vlan_push(sk_buff *skb, be16 vlan_proto, u16 vlan_tci);
int skb_ensure_writable(sk_buff *skb, unsigned write_len);
// Puts a tag in behind `mac_len` bytes, less the EtherType. skb->protocol stays.
int __vlan_insert_inner_tag(sk_buff *skb, be16 vlan_proto, u16 vlan_tci, unsigned mac_len);
int __vlan_insert_tag(sk_buff *skb, be16 vlan_proto, u16 vlan_tci);
// The same; null: it failed, and the packet is gone.
[[nodiscard]] sk_buff *vlan_insert_inner_tag(sk_buff *skb, be16 vlan_proto, u16 vlan_tci, unsigned mac_len);
[[nodiscard]] sk_buff *vlan_insert_tag_set_proto(sk_buff *skb, be16 vlan_proto, u16 vlan_tci);
[[nodiscard]] sk_buff *__vlan_hwaccel_push_inside(sk_buff *skb);
void vlan_set_encap_proto(sk_buff *skb, const vlan_hdr *vhdr);

// --- VLAN devices (net/8021q)
// True: *skbp now belongs to the VLAN device of its tag. False: there is none; *skbp null: and the packet is gone.
[[nodiscard]] bool vlan_do_receive(sk_buff **skbp);
[[nodiscard]] net_device *vlan_dev_real_dev(const net_device *dev);
[[nodiscard]] u16 vlan_dev_vlan_id(const net_device *dev);
int vlan_vid_add(net_device *dev, be16 proto, u16 vid);
void vlan_vid_del(net_device *dev, be16 proto, u16 vid);
[[nodiscard]] bool vlan_uses_dev(const net_device *dev);
// `ip link add ... type vlan`: 0 or a negative errno.
struct vlan_request {
    std::string_view name;
    be16 proto = cpu_to_be16(ETH_P_8021Q);
    u16 id = 0;
    u16 flags = VLAN_FLAG_REORDER_HDR;
    int ifindex = 0; // 0: the next that is free
};
int vlan_newlink(net_device *real_dev, const vlan_request &request);
void vlan_offload_init();
int vlan_proto_init();

} // namespace skbscope::stack
