// SPDX-License-Identifier: GPL-2.0-or-later
// veth: sending on one end is receiving on the other, within the sender's own call. The sk_buff itself crosses: no
// copy. Linux 6.1: drivers/net/veth.c
//
// Not modelled: XDP programs, several queues. docs/not-modelled.md
#include "drivers/net/veth.h"

#include "linux/etherdevice.h"
#include "linux/trace_fn.h"
#include "net/net_namespace.h"
#include "net/sock.h"

#include <algorithm>

namespace skbscope::stack {

namespace {

constexpr netdev_features_t VETH_FEATURES = NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_HW_CSUM | NETIF_F_RXCSUM |
                                            NETIF_F_SCTP_CRC | NETIF_F_HIGHDMA | NETIF_F_GSO_SOFTWARE |
                                            NETIF_F_GSO_ENCAP_ALL | NETIF_F_HW_VLAN_CTAG_TX | NETIF_F_HW_VLAN_CTAG_RX |
                                            NETIF_F_HW_VLAN_STAG_TX | NETIF_F_HW_VLAN_STAG_RX;
constexpr unsigned VETH_TSO_MAX = 8 * 65535; // GSO_MAX_SIZE

// Linux 6.1: drivers/net/veth.c
int veth_forward_skb(net_device *dev, sk_buff *skb, veth_rq *rq, bool use_napi) {
    TRACE_FN(skb);
    const int err = __dev_forward_skb(dev, skb);
    if (err != 0) return TRACE_RET(err);
    return TRACE_RET(use_napi ? veth_xdp_rx(rq, skb) : __netif_rx(skb));
}

// Polling costs more than it brings unless packets can be merged: a sender with TSO hands over big ones anyway.
// Linux 6.1: drivers/net/veth.c
bool veth_skb_is_eligible_for_gro(const net_device *dev, const net_device *rcv, const sk_buff *skb) {
    TRACE_FN(skb);
    return (dev->features & NETIF_F_ALL_TSO) == 0 ||
           (skb->destructor == sock_wfree && (rcv->features & (NETIF_F_GRO_FRAGLIST | NETIF_F_GRO_UDP_FWD)) != 0);
}

netdev_tx_t veth_drop(veth_priv *priv) {
    ++priv->dropped;
    return netdev_tx_t{NET_XMIT_DROP};
}

// Linux 6.1: drivers/net/veth.c
netdev_tx_t veth_xmit(sk_buff *skb, net_device *dev) {
    TRACE_FN(skb);
    auto *priv = netdev_priv<veth_priv>(dev);
    const unsigned length = skb->len;
    rcu_read_lock();
    net_device *rcv = priv->peer;
    if (!rcv || !pskb_may_pull(skb, ETH_HLEN)) {
        kfree_skb(skb);
        rcu_read_unlock();
        return TRACE_RET(veth_drop(priv));
    }
    veth_rq *rq = nullptr;
    bool use_napi = false;
    if (skb_get_queue_mapping(skb) < rcv->real_num_rx_queues) {
        rq = &netdev_priv<veth_priv>(rcv)->rq;
        use_napi = rq->napi && veth_skb_is_eligible_for_gro(dev, rcv, skb);
    }
    skb_tx_timestamp(skb);
    netdev_tx_t ret = NETDEV_TX_OK;
    if (veth_forward_skb(rcv, skb, rq, use_napi) == NET_RX_SUCCESS) {
        ++dev->stats.tx_packets;
        dev->stats.tx_bytes += length;
        ++rcv->stats.rx_packets;
        rcv->stats.rx_bytes += length;
    } else {
        ret = veth_drop(priv);
    }
    if (use_napi) __veth_xdp_flush(rq);
    rcu_read_unlock();
    return TRACE_RET(ret);
}

// Linux 6.1: drivers/net/veth.c
int veth_open(net_device *dev) {
    TRACE_FN();
    net_device *peer = netdev_priv<veth_priv>(dev)->peer;
    if (!peer) return TRACE_RET(-ENOTCONN);
    if (veth_gro_requested(dev)) {
        const int err = veth_napi_enable(dev);
        if (err != 0) return TRACE_RET(err);
    }
    if ((peer->flags & IFF_UP) != 0) {
        netif_carrier_on(dev);
        netif_carrier_on(peer);
    }
    return TRACE_RET(0);
}

// Linux 6.1: drivers/net/veth.c
int veth_close(net_device *dev) {
    TRACE_FN();
    netif_carrier_off(dev);
    if (net_device *peer = netdev_priv<veth_priv>(dev)->peer) netif_carrier_off(peer);
    if (veth_gro_requested(dev)) veth_napi_del(dev);
    return TRACE_RET(0);
}

int veth_dev_init(net_device *dev) {
    netdev_priv<veth_priv>(dev)->rq.dev = dev;
    return 0;
}

int veth_get_iflink(const net_device *dev) {
    const net_device *peer = netdev_priv<veth_priv>(dev)->peer;
    return peer ? peer->ifindex : 0;
}

// GRO decides whether this end polls. Linux 6.1: drivers/net/veth.c
int veth_set_features(net_device *dev, netdev_features_t features) {
    TRACE_FN();
    const netdev_features_t changed = features ^ dev->features;
    if ((changed & NETIF_F_GRO) == 0 || (dev->flags & IFF_UP) == 0) return TRACE_RET(0);
    if ((features & NETIF_F_GRO) != 0) return TRACE_RET(veth_napi_enable(dev));
    veth_napi_del(dev);
    return TRACE_RET(0);
}

// Both ends reserve what the needier one wants. Linux 6.1: drivers/net/veth.c
void veth_set_rx_headroom(net_device *dev, int new_hr) {
    TRACE_FN();
    auto *priv = netdev_priv<veth_priv>(dev);
    if (!priv->peer) return;
    priv->requested_headroom = std::max(new_hr, 0);
    const int headroom = std::max(priv->requested_headroom, netdev_priv<veth_priv>(priv->peer)->requested_headroom);
    dev->needed_headroom = static_cast<u16>(headroom);
    priv->peer->needed_headroom = static_cast<u16>(headroom);
}

net_device *veth_peer_dev(net_device *dev) {
    return netdev_priv<veth_priv>(dev)->peer;
}

constexpr net_device_ops veth_netdev_ops = {
    .ndo_init = veth_dev_init,
    .ndo_open = veth_open,
    .ndo_stop = veth_close,
    .ndo_start_xmit = veth_xmit,
    .ndo_features_check = passthru_features_check,
    .ndo_set_mac_address = eth_mac_addr,
    .ndo_set_features = veth_set_features,
    .ndo_get_iflink = veth_get_iflink,
    .ndo_set_rx_headroom = veth_set_rx_headroom,
    .ndo_get_peer_dev = veth_peer_dev,
};

// One end goes, both go. Linux 6.1: drivers/net/veth.c
void veth_dellink(net_device *dev) {
    TRACE_FN();
    net_device *peer = netdev_priv<veth_priv>(dev)->peer;
    netdev_priv<veth_priv>(dev)->peer = nullptr;
    unregister_netdevice(dev);
    if (!peer) return;
    netdev_priv<veth_priv>(peer)->peer = nullptr;
    unregister_netdevice(peer);
}

constexpr rtnl_link_ops veth_link_ops = {.kind = "veth", .dellink = veth_dellink};

// Linux 6.1: drivers/net/veth.c
void veth_setup(net_device *dev) {
    TRACE_FN();
    ether_setup(dev);
    dev->priv_flags &= ~IFF_TX_SKB_SHARING;
    dev->priv_flags |= IFF_LIVE_ADDR_CHANGE | IFF_NO_QUEUE | IFF_PHONY_HEADROOM;
    dev->netdev_ops = &veth_netdev_ops;
    dev->features |= NETIF_F_LLTX | VETH_FEATURES;
    dev->vlan_features = dev->features & ~(NETIF_F_HW_VLAN_CTAG_TX | NETIF_F_HW_VLAN_STAG_TX | NETIF_F_HW_VLAN_CTAG_RX |
                                           NETIF_F_HW_VLAN_STAG_RX);
    dev->needs_free_netdev = true;
    dev->max_mtu = ETH_MAX_MTU;
    dev->hw_features = VETH_FEATURES;
    dev->hw_enc_features = VETH_FEATURES;
    dev->mpls_features = NETIF_F_HW_CSUM | NETIF_F_GSO_SOFTWARE;
    netif_set_tso_max_size(dev, VETH_TSO_MAX);
}

// An old habit that users rely on: GRO starts switched off. Linux 6.1: drivers/net/veth.c
void veth_disable_gro(net_device *dev) {
    TRACE_FN();
    dev->features &= ~NETIF_F_GRO;
    dev->wanted_features &= ~NETIF_F_GRO;
    netdev_update_features(dev);
}

// Null: *err says why.
net_device *veth_create_end(const veth_end &end, int ifindex, int *err) {
    net_device *dev = alloc_netdev<veth_priv>(end.name, veth_setup);
    if (!dev) {
        *err = -EINVAL; // no name for a device
        return nullptr;
    }
    dev_net_set(dev, end.ns);
    dev->ifindex = ifindex;
    dev->rtnl_link_ops = &veth_link_ops;
    eth_hw_addr_random(dev);
    *err = register_netdevice(dev);
    if (*err < 0) {
        free_netdev(dev);
        return nullptr;
    }
    netif_carrier_off(dev);
    return dev;
}

} // namespace

// Linux 6.1: drivers/net/veth.c
int veth_newlink(const veth_end &end, const veth_end &peer_end) {
    TRACE_FN();
    int err = 0;
    net_device *peer = veth_create_end(peer_end, end.ifindex ? peer_end.ifindex : 0, &err);
    if (!peer) return TRACE_RET(err);
    veth_disable_gro(peer);
    net_device *dev = veth_create_end(end, end.ifindex, &err);
    if (!dev) {
        unregister_netdevice(peer);
        return TRACE_RET(err);
    }
    netdev_priv<veth_priv>(dev)->peer = peer;
    netdev_priv<veth_priv>(peer)->peer = dev;
    veth_disable_gro(dev);
    return TRACE_RET(0);
}

} // namespace skbscope::stack
