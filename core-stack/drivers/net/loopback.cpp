// SPDX-License-Identifier: GPL-2.0-or-later
// lo: what is sent comes straight back, through the backlog of this CPU. No qdisc, no neighbour that must be asked, and
// checksums that nobody computes. Linux 6.1: drivers/net/loopback.c
#include "linux/etherdevice.h"

#include "linux/trace_fn.h"
#include "net/dst.h"
#include "net/net_namespace.h"
#include "sim/machine_state.h"

namespace skbscope::stack {

namespace {

constexpr unsigned LOOPBACK_MTU = 64 * 1024;
constexpr int LOOPBACK_IFINDEX = 1;
constexpr unsigned LOOPBACK_TSO_MAX = 8 * 65535; // GSO_MAX_SIZE

struct loopback_priv {};

// Linux 6.1: drivers/net/loopback.c
netdev_tx_t loopback_xmit(sk_buff *skb, net_device *dev) {
    TRACE_FN(skb);
    skb_tx_timestamp(skb);
    skb_clear_tstamp(skb);
    skb_orphan(skb);
    // The route must survive the backlog: a reference of the skb's own, not one borrowed from RCU.
    skb_dst_force(skb);
    skb->protocol = eth_type_trans(skb, dev);
    const unsigned len = skb->len;
    if (__netif_rx(skb) == NET_RX_SUCCESS) {
        ++dev->stats.rx_packets;
        ++dev->stats.tx_packets;
        dev->stats.rx_bytes += len;
        dev->stats.tx_bytes += len;
    }
    return TRACE_RET(NETDEV_TX_OK);
}

void loopback_dev_free(net_device *dev) {
    dev_net(dev)->loopback_dev = nullptr;
}

constexpr net_device_ops loopback_ops = {
    .ndo_start_xmit = loopback_xmit,
    .ndo_set_mac_address = eth_mac_addr,
};

// Linux 6.1: drivers/net/loopback.c
void loopback_setup(net_device *dev) {
    TRACE_FN();
    dev->mtu = LOOPBACK_MTU;
    dev->hard_header_len = ETH_HLEN;
    dev->min_header_len = ETH_HLEN;
    dev->addr_len = ETH_ALEN;
    dev->type = ARPHRD_LOOPBACK;
    dev->flags = IFF_LOOPBACK;
    dev->priv_flags |= IFF_LIVE_ADDR_CHANGE | IFF_NO_QUEUE;
    netif_keep_dst(dev);
    dev->hw_features = NETIF_F_GSO_SOFTWARE;
    dev->features = NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_GSO_SOFTWARE | NETIF_F_HW_CSUM | NETIF_F_RXCSUM |
                    NETIF_F_SCTP_CRC | NETIF_F_HIGHDMA | NETIF_F_LLTX | NETIF_F_NETNS_LOCAL | NETIF_F_VLAN_CHALLENGED |
                    NETIF_F_LOOPBACK;
    dev->header_ops = &eth_header_ops;
    dev->netdev_ops = &loopback_ops;
    dev->needs_free_netdev = true;
    dev->priv_destructor = loopback_dev_free;
    netif_set_tso_max_size(dev, LOOPBACK_TSO_MAX);
}

// Each namespace gets its own, before any other device: ifindex 1. Linux 6.1: drivers/net/loopback.c
int loopback_net_init(net *ns) {
    TRACE_FN();
    net_device *dev = alloc_netdev<loopback_priv>("lo", loopback_setup);
    if (!dev) return TRACE_RET(-ENOMEM);
    dev_net_set(dev, ns);
    const int err = register_netdev(dev);
    if (err != 0) {
        free_netdev(dev);
        return TRACE_RET(err);
    }
    BUG_ON(dev->ifindex != LOOPBACK_IFINDEX);
    ns->loopback_dev = dev;
    return TRACE_RET(0);
}

struct loopback_registration {
    pernet_operations ops;
    loopback_registration() { ops.init = loopback_net_init; }
};
machine_global<loopback_registration> loopback_net_ops;

} // namespace

int loopback_init() {
    return register_pernet_device(&loopback_net_ops->ops);
}

} // namespace skbscope::stack
