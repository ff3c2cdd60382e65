// SPDX-License-Identifier: GPL-2.0-or-later
// The VLAN device as a device: it stands on a real one and does little by itself. Its way out: vlan_header.cpp.
// Linux 6.1: net/8021q/vlan_dev.c
//
// Not modelled: GVRP and MVRP, ethtool's questions, ioctls that go through to the real device, netpoll.
#include "linux/errno.h"
#include "linux/sched.h"
#include "net/8021q/vlan.h"

#include <algorithm>

namespace skbscope::stack {

namespace {

net_device *real_dev_of(const net_device *dev) {
    return vlan_dev_priv_of(dev)->real_dev;
}

// Linux 6.1: net/8021q/vlan_dev.c
int vlan_dev_change_mtu(net_device *dev, int new_mtu) {
    TRACE_FN();
    if (static_cast<int>(real_dev_of(dev)->mtu) < new_mtu) return TRACE_RET(-ERANGE);
    dev->mtu = static_cast<unsigned>(new_mtu);
    return TRACE_RET(0);
}

// Linux 6.1: net/8021q/vlan_dev.c
int vlan_dev_open(net_device *dev) {
    TRACE_FN();
    vlan_dev_priv *vlan = vlan_dev_priv_of(dev);
    net_device *real_dev = vlan->real_dev;
    if ((real_dev->flags & IFF_UP) == 0 && (vlan->flags & VLAN_FLAG_LOOSE_BINDING) == 0) return TRACE_RET(-ENETDOWN);
    if (!ether_addr_equal(dev->dev_addr, real_dev->dev_addr) && !vlan_dev_inherit_address(dev, real_dev))
        if (const int err = dev_uc_add(real_dev, dev->dev_addr); err < 0) {
            netif_carrier_off(dev);
            return TRACE_RET(err);
        }
    ether_addr_copy(vlan->real_dev_addr, real_dev->dev_addr);
    if (netif_carrier_ok(real_dev) && (vlan->flags & VLAN_FLAG_BRIDGE_BINDING) == 0) netif_carrier_on(dev);
    return TRACE_RET(0);
}

// Linux 6.1: net/8021q/vlan_dev.c
int vlan_dev_stop(net_device *dev) {
    TRACE_FN();
    const vlan_dev_priv *vlan = vlan_dev_priv_of(dev);
    net_device *real_dev = vlan->real_dev;
    dev_mc_unsync(real_dev, dev);
    dev_uc_unsync(real_dev, dev);
    if (!ether_addr_equal(dev->dev_addr, real_dev->dev_addr)) dev_uc_del(real_dev, dev->dev_addr);
    if ((vlan->flags & VLAN_FLAG_BRIDGE_BINDING) == 0) netif_carrier_off(dev);
    return TRACE_RET(0);
}

// Linux 6.1: net/8021q/vlan_dev.c
int vlan_dev_set_mac_address(net_device *dev, const void *p) {
    TRACE_FN();
    const auto *addr = static_cast<const u8 *>(p);
    net_device *real_dev = real_dev_of(dev);
    if (!is_valid_ether_addr(addr)) return TRACE_RET(-EADDRNOTAVAIL);
    if ((dev->flags & IFF_UP) != 0) {
        if (!ether_addr_equal(addr, real_dev->dev_addr))
            if (const int err = dev_uc_add(real_dev, addr); err < 0) return TRACE_RET(err);
        if (!ether_addr_equal(dev->dev_addr, real_dev->dev_addr)) dev_uc_del(real_dev, dev->dev_addr);
    }
    dev_addr_set(dev, addr);
    return TRACE_RET(0);
}

int vlan_dev_neigh_setup(net_device *dev, neigh_parms *pa) {
    TRACE_FN();
    net_device *real_dev = real_dev_of(dev);
    const net_device_ops *ops = real_dev->netdev_ops;
    return TRACE_RET(netif_device_present(real_dev) && ops->ndo_neigh_setup ? ops->ndo_neigh_setup(real_dev, pa) : 0);
}

// Linux 6.1: net/8021q/vlan_dev.c
void vlan_dev_change_rx_flags(net_device *dev, int change) {
    TRACE_FN();
    net_device *real_dev = real_dev_of(dev);
    const auto changed = static_cast<unsigned>(change);
    if (changed & IFF_ALLMULTI) dev_set_allmulti(real_dev, dev->flags & IFF_ALLMULTI ? 1 : -1);
    if (changed & IFF_PROMISC) dev_set_promiscuity(real_dev, dev->flags & IFF_PROMISC ? 1 : -1);
}

// Linux 6.1: net/8021q/vlan_dev.c
void vlan_dev_set_rx_mode(net_device *dev) {
    TRACE_FN();
    dev_mc_sync(real_dev_of(dev), dev);
    dev_uc_sync(real_dev_of(dev), dev);
}

netdev_features_t vlan_dev_fix_features(net_device *dev, netdev_features_t features) {
    TRACE_FN();
    const net_device *real_dev = real_dev_of(dev);
    netdev_features_t lower = netdev_intersect_features(real_dev->vlan_features | NETIF_F_RXCSUM, real_dev->features);
    if (lower & (NETIF_F_IP_CSUM | NETIF_F_IPV6_CSUM)) lower |= NETIF_F_HW_CSUM;
    const netdev_features_t old = features;
    features = netdev_intersect_features(features, lower);
    features |= old & (NETIF_F_SOFT_FEATURES | NETIF_F_GSO_SOFTWARE);
    return TRACE_RET(features | NETIF_F_LLTX);
}

void vlan_dev_get_stats64(const net_device *dev, net_device_stats *sum) {
    TRACE_FN();
    for (const vlan_pcpu_stats &p : vlan_dev_priv_of(dev)->vlan_pcpu_stats_) {
        sum->rx_packets += p.rx_packets;
        sum->rx_bytes += p.rx_bytes;
        sum->multicast += p.rx_multicast;
        sum->tx_packets += p.tx_packets;
        sum->tx_bytes += p.tx_bytes;
        sum->rx_errors += p.rx_errors;
        sum->tx_dropped += p.tx_dropped;
    }
}

int vlan_dev_get_iflink(const net_device *dev) {
    return real_dev_of(dev)->ifindex;
}

void take_features(net_device *dev, const net_device *real_dev) {
    dev->hw_features = NETIF_F_HW_CSUM | NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_GSO_SOFTWARE | NETIF_F_GSO_ENCAP_ALL |
                       NETIF_F_HIGHDMA | NETIF_F_SCTP_CRC | NETIF_F_ALL_FCOE;
    dev->features |= dev->hw_features | NETIF_F_LLTX;
    netif_inherit_tso_max(dev, real_dev);
    dev->vlan_features = real_dev->vlan_features & ~NETIF_F_ALL_FCOE;
    dev->hw_enc_features = vlan_tnl_features(real_dev);
    dev->mpls_features = real_dev->mpls_features;
}

// Linux 6.1: net/8021q/vlan_dev.c
int vlan_dev_init(net_device *dev) {
    TRACE_FN();
    vlan_dev_priv *vlan = vlan_dev_priv_of(dev);
    net_device *real_dev = vlan->real_dev;
    netif_carrier_off(dev);
    dev->flags = real_dev->flags & ~(IFF_UP | IFF_PROMISC | IFF_ALLMULTI | IFF_MASTER | IFF_SLAVE);
    dev->state =
        (real_dev->state & (1UL << __LINK_STATE_NOCARRIER | 1UL << __LINK_STATE_DORMANT)) | 1UL << __LINK_STATE_PRESENT;
    if ((vlan->flags & VLAN_FLAG_BRIDGE_BINDING) != 0) set_bit(__LINK_STATE_NOCARRIER, &dev->state);
    take_features(dev, real_dev);
    if (is_zero_ether_addr(dev->dev_addr)) {
        dev_addr_set(dev, real_dev->dev_addr);
        dev->addr_assign_type = NET_ADDR_STOLEN;
    }
    if (is_zero_ether_addr(dev->broadcast)) std::copy_n(real_dev->broadcast, dev->addr_len, dev->broadcast);
    dev->needed_headroom = static_cast<u16>(real_dev->needed_headroom + VLAN_HLEN);
    dev->needed_tailroom = real_dev->needed_tailroom;
    dev->header_ops = &vlan_header_ops;
    dev->hard_header_len = real_dev->hard_header_len;
    vlan->vlan_pcpu_stats_.resize(nr_cpu_ids());
    netdev_hold(real_dev);
    return TRACE_RET(0);
}

void vlan_dev_uninit(net_device *dev) {
    TRACE_FN();
    vlan_dev_free_egress_priority(dev);
}

void vlan_dev_free(net_device *dev) {
    TRACE_FN();
    netdev_put(real_dev_of(dev));
}

constexpr net_device_ops vlan_netdev_ops = {
    .ndo_init = vlan_dev_init,
    .ndo_uninit = vlan_dev_uninit,
    .ndo_open = vlan_dev_open,
    .ndo_stop = vlan_dev_stop,
    .ndo_start_xmit = vlan_dev_hard_start_xmit,
    .ndo_change_rx_flags = vlan_dev_change_rx_flags,
    .ndo_set_rx_mode = vlan_dev_set_rx_mode,
    .ndo_set_mac_address = vlan_dev_set_mac_address,
    .ndo_validate_addr = eth_validate_addr,
    .ndo_change_mtu = vlan_dev_change_mtu,
    .ndo_neigh_setup = vlan_dev_neigh_setup,
    .ndo_fix_features = vlan_dev_fix_features,
    .ndo_get_stats64 = vlan_dev_get_stats64,
    .ndo_get_iflink = vlan_dev_get_iflink,
};

} // namespace

// Linux 6.1: net/8021q/vlan_dev.c
void vlan_dev_set_ingress_priority(const net_device *dev, u32 skb_prio, u16 vlan_prio) {
    TRACE_FN();
    vlan_dev_priv *vlan = vlan_dev_priv_of(dev);
    u32 &mapped = vlan->ingress_priority_map[vlan_prio & 7];
    if (mapped != 0 && skb_prio == 0)
        --vlan->nr_ingress_mappings;
    else if (mapped == 0 && skb_prio != 0)
        ++vlan->nr_ingress_mappings;
    mapped = skb_prio;
}

// Linux 6.1: net/8021q/vlan_dev.c
int vlan_dev_set_egress_priority(const net_device *dev, u32 skb_prio, u16 vlan_prio) {
    TRACE_FN();
    vlan_dev_priv *vlan = vlan_dev_priv_of(dev);
    const auto vlan_qos = static_cast<u16>((vlan_prio << VLAN_PRIO_SHIFT) & VLAN_PRIO_MASK);
    auto &map = vlan->egress_priority_map[skb_prio & 0xf];
    auto at = std::ranges::find(map, skb_prio, &vlan_priority_tci_mapping::priority);
    if (at == map.end()) at = map.insert(map.begin(), {skb_prio, 0});
    if (at->vlan_qos != 0 && vlan_qos == 0) --vlan->nr_egress_mappings;
    if (at->vlan_qos == 0 && vlan_qos != 0) ++vlan->nr_egress_mappings;
    at->vlan_qos = vlan_qos;
    return TRACE_RET(0);
}

void vlan_dev_free_egress_priority(const net_device *dev) {
    TRACE_FN();
    for (auto &map : vlan_dev_priv_of(dev)->egress_priority_map)
        map.clear();
}

// Linux 6.1: net/8021q/vlan_dev.c
int vlan_dev_change_flags(const net_device *dev, u32 flags, u32 mask) {
    TRACE_FN();
    constexpr u32 known =
        VLAN_FLAG_REORDER_HDR | VLAN_FLAG_GVRP | VLAN_FLAG_LOOSE_BINDING | VLAN_FLAG_MVRP | VLAN_FLAG_BRIDGE_BINDING;
    if ((mask & ~known) != 0) return TRACE_RET(-EINVAL);
    vlan_dev_priv *vlan = vlan_dev_priv_of(dev);
    vlan->flags = static_cast<u16>((vlan->flags & ~mask) | (flags & mask));
    return TRACE_RET(0);
}

// Linux 6.1: net/8021q/vlan_dev.c
bool vlan_dev_inherit_address(net_device *dev, net_device *real_dev) {
    TRACE_FN();
    if (dev->addr_assign_type != NET_ADDR_STOLEN) return TRACE_RET(false);
    dev_addr_set(dev, real_dev->dev_addr);
    call_netdevice_notifiers(NETDEV_CHANGEADDR, dev);
    return TRACE_RET(true);
}

// Linux 6.1: net/8021q/vlan_dev.c
void vlan_setup(net_device *dev) {
    TRACE_FN();
    ether_setup(dev);
    dev->priv_flags |= IFF_802_1Q_VLAN | IFF_NO_QUEUE | IFF_UNICAST_FLT;
    dev->priv_flags &= ~IFF_TX_SKB_SHARING;
    netif_keep_dst(dev);
    dev->netdev_ops = &vlan_netdev_ops;
    dev->needs_free_netdev = true;
    dev->priv_destructor = vlan_dev_free;
    dev->min_mtu = 0;
    dev->max_mtu = ETH_MAX_MTU;
    eth_zero_addr(dev->broadcast);
}

} // namespace skbscope::stack
