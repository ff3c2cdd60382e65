// SPDX-License-Identifier: GPL-2.0-or-later
// The VLAN devices of one real device, and what their files share. Linux 6.1: net/8021q/vlan.h
#pragma once

#include "linux/if_vlan.h"
#include "linux/rcupdate.h"

#include <array>
#include <memory>
#include <vector>

namespace skbscope::stack {

inline constexpr unsigned VLAN_GROUP_ARRAY_SPLIT_PARTS = 8;
inline constexpr unsigned VLAN_GROUP_ARRAY_PART_LEN = VLAN_N_VID / VLAN_GROUP_ARRAY_SPLIT_PARTS;

enum vlan_protos : u8 { VLAN_PROTO_8021Q = 0, VLAN_PROTO_8021AD, VLAN_PROTO_NUM };

// Devices by protocol and id, in parts that are made when one of their ids is used.
struct vlan_group {
    using part = std::array<net_device *, VLAN_GROUP_ARRAY_PART_LEN>;
    unsigned nr_vlan_devs = 0;
    std::array<std::array<std::unique_ptr<part>, VLAN_GROUP_ARRAY_SPLIT_PARTS>, VLAN_PROTO_NUM> vlan_devices_arrays;
};
struct vlan_vid_info {
    be16 proto;
    u16 vid;
    int refcount;
};
struct vlan_info {
    net_device *real_dev = nullptr;
    vlan_group grp;
    std::vector<vlan_vid_info> vid_list; // ids in use
    rcu_head rcu;
};

[[nodiscard]] inline unsigned vlan_proto_idx(be16 proto) {
    return proto == cpu_to_be16(ETH_P_8021AD) ? VLAN_PROTO_8021AD : VLAN_PROTO_8021Q;
}
// vlan_core.cpp. Null: no such VLAN device.
[[nodiscard]] net_device *vlan_group_get_device(const vlan_group *vg, be16 vlan_proto, u16 vlan_id);
void vlan_group_prealloc_vid(vlan_group *vg, be16 vlan_proto, u16 vlan_id);
void vlan_group_set_device(vlan_group *vg, be16 vlan_proto, u16 vlan_id, net_device *dev);
[[nodiscard]] net_device *vlan_find_dev(const net_device *real_dev, be16 vlan_proto, u16 vlan_id);
// All of them, by protocol and id: vlan_group_for_each_dev(). They may go while the list is walked.
[[nodiscard]] std::vector<net_device *> vlan_group_devices(const vlan_group *vg);

// vlan_dev.cpp
void vlan_setup(net_device *dev);
int vlan_dev_change_flags(const net_device *dev, u32 flags, u32 mask);
void vlan_dev_set_ingress_priority(const net_device *dev, u32 skb_prio, u16 vlan_prio);
int vlan_dev_set_egress_priority(const net_device *dev, u32 skb_prio, u16 vlan_prio);
void vlan_dev_free_egress_priority(const net_device *dev);
// Follows the real device's address, if it has none of its own.
bool vlan_dev_inherit_address(net_device *dev, net_device *real_dev);
[[nodiscard]] inline u32 vlan_get_ingress_priority(const net_device *dev, u16 vlan_tci) {
    return vlan_dev_priv_of(dev)->ingress_priority_map[vlan_tci >> VLAN_PRIO_SHIFT];
}
// vlan_header.cpp
extern const header_ops vlan_header_ops;
netdev_tx_t vlan_dev_hard_start_xmit(sk_buff *skb, net_device *dev);
[[nodiscard]] inline netdev_features_t vlan_tnl_features(const net_device *real_dev) {
    const netdev_features_t ret =
        real_dev->hw_enc_features & (NETIF_F_CSUM_MASK | NETIF_F_GSO_SOFTWARE | NETIF_F_GSO_ENCAP_ALL);
    if ((ret & NETIF_F_GSO_ENCAP_ALL) == 0 || (ret & NETIF_F_CSUM_MASK) == 0) return 0;
    return (ret & ~NETIF_F_CSUM_MASK) | NETIF_F_HW_CSUM;
}
// vlan.cpp
int vlan_check_real_dev(net_device *real_dev, be16 protocol, u16 vlan_id);
int register_vlan_dev(net_device *dev);
void unregister_vlan_dev(net_device *dev, list_head *head);
// vlan_netlink.cpp
extern const rtnl_link_ops vlan_link_ops;

} // namespace skbscope::stack
