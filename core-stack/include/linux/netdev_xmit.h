// SPDX-License-Identifier: GPL-2.0-or-later
// A device's way out: link headers, the transmit queues' states, and the calls from __dev_queue_xmit() to the driver.
// Linux 6.1: include/linux/netdevice.h
#pragma once

#include "linux/netdevice.h"

namespace skbscope::stack {

inline int dev_hard_header(sk_buff *skb, net_device *dev, u16 type, const void *daddr, const void *saddr,
                           unsigned len) {
    if (!dev->header_ops || !dev->header_ops->create) return 0;
    return dev->header_ops->create(skb, dev, type, daddr, saddr, len);
}
inline int dev_parse_header(const sk_buff *skb, u8 *haddr) {
    const net_device *dev = skb->dev;
    if (!dev->header_ops || !dev->header_ops->parse) return 0;
    return dev->header_ops->parse(skb, haddr);
}
[[nodiscard]] inline bool dev_validate_header(const net_device *dev, const u8 *, int len) {
    return len >= dev->hard_header_len || (len >= dev->min_header_len && dev->header_ops && !dev->header_ops->validate);
}
[[nodiscard]] inline bool dev_has_header(const net_device *dev) {
    return dev->header_ops && dev->header_ops->create;
}

int __dev_queue_xmit(sk_buff *skb, net_device *sb_dev);
int dev_queue_xmit(sk_buff *skb); // consumes skb; > 0: NET_XMIT_*, < 0: errno
int dev_direct_xmit(sk_buff *skb, u16 queue_id);
int dev_loopback_xmit(net *ns, sock *sk, sk_buff *skb);
[[nodiscard]] netdev_queue *netdev_core_pick_tx(net_device *dev, sk_buff *skb, net_device *sb_dev);
[[nodiscard]] netdev_features_t netif_skb_features(sk_buff *skb);
[[nodiscard]] netdev_features_t passthru_features_check(sk_buff *skb, net_device *dev, netdev_features_t features);
[[nodiscard]] sk_buff *validate_xmit_skb_list(sk_buff *skb, net_device *dev, bool *again);
[[nodiscard]] sk_buff *dev_hard_start_xmit(sk_buff *first, net_device *dev, netdev_queue *txq, int *ret);
int skb_csum_hwoffload_help(sk_buff *skb, netdev_features_t features);
[[nodiscard]] be16 skb_network_protocol(sk_buff *skb, int *depth);
[[nodiscard]] inline bool netdev_xmit_more();
[[nodiscard]] bool dev_nit_active(net_device *dev);
void dev_queue_xmit_nit(sk_buff *skb, net_device *dev);
[[nodiscard]] bool is_skb_forwardable(const net_device *dev, const sk_buff *skb);
[[nodiscard]] bool __is_skb_forwardable(const net_device *dev, const sk_buff *skb, bool check_mtu);
[[nodiscard]] int __dev_forward_skb(net_device *dev, sk_buff *skb);
[[nodiscard]] int __dev_forward_skb2(net_device *dev, sk_buff *skb, bool check_mtu);
int dev_forward_skb(net_device *dev, sk_buff *skb);
[[nodiscard]] inline bool skb_warn_if_lro(const sk_buff *) {
    return false;
}
[[nodiscard]] bool skb_gso_ok(const sk_buff *skb, netdev_features_t features);
[[nodiscard]] inline bool net_gso_ok(netdev_features_t features, unsigned gso_type) {
    return (features & (netdev_features_t{gso_type} << NETIF_F_GSO_SHIFT)) ==
           (netdev_features_t{gso_type} << NETIF_F_GSO_SHIFT);
}

[[nodiscard]] inline netdev_queue *netdev_get_tx_queue(const net_device *dev, unsigned index) {
    return &dev->_tx[index];
}
[[nodiscard]] inline netdev_queue *skb_get_tx_queue(const net_device *dev, const sk_buff *skb) {
    return netdev_get_tx_queue(dev, skb_get_queue_mapping(skb));
}
[[nodiscard]] inline bool netif_xmit_stopped(const netdev_queue *q) {
    return (q->state & QUEUE_STATE_ANY_XOFF) != 0;
}
[[nodiscard]] inline bool netif_xmit_frozen_or_stopped(const netdev_queue *q) {
    return (q->state & QUEUE_STATE_ANY_XOFF_OR_FROZEN) != 0;
}
[[nodiscard]] inline bool netif_tx_queue_stopped(const netdev_queue *q) {
    return test_bit(__QUEUE_STATE_DRV_XOFF, &q->state);
}
inline void netif_tx_start_queue(netdev_queue *q) {
    clear_bit(__QUEUE_STATE_DRV_XOFF, &q->state);
}
inline void netif_tx_stop_queue(netdev_queue *q) {
    set_bit(__QUEUE_STATE_DRV_XOFF, &q->state);
}
void netif_tx_wake_queue(netdev_queue *q);
void netif_tx_start_all_queues(net_device *dev);
void netif_tx_stop_all_queues(net_device *dev);
inline void netif_start_queue(net_device *dev) {
    netif_tx_start_queue(netdev_get_tx_queue(dev, 0));
}
inline void netif_stop_queue(net_device *dev) {
    netif_tx_stop_queue(netdev_get_tx_queue(dev, 0));
}
void __netif_schedule(Qdisc *q);
void netif_schedule_queue(netdev_queue *txq); // unless it is stopped

} // namespace skbscope::stack
