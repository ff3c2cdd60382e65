// SPDX-License-Identifier: GPL-2.0-or-later
// The way in, from the driver: this CPU's or another's, one packet or a list. What becomes of it then stands in
// dev_rx_core.cpp. And between two devices of one machine. Linux 6.1: net/core/dev.c
#include "linux/netdevice.h"
#include "net/core/dev_internal.h"

#include "linux/etherdevice.h"
#include "linux/if_vlan.h"
#include "linux/rcupdate.h"
#include "net/net_namespace.h"
#include "sim/trace_emit.h"

namespace skbscope::stack {

namespace {

// Linux 6.1: net/core/dev.c
int netif_receive_skb_internal(sk_buff *skb) {
    TRACE_FN(skb);
    net_timestamp_check(dev_global->config.netdev_tstamp_prequeue, skb);
    if (skb_defer_rx_timestamp(skb)) return TRACE_RET(NET_RX_SUCCESS);
    rcu_read_lock();
    int ret = NET_RX_SUCCESS;
    rps_dev_flow none;
    rps_dev_flow *rflow = &none;
    const int cpu = dev_global->config.rps_needed != 0 ? get_rps_cpu(skb->dev, skb, &rflow) : -1;
    if (cpu >= 0) {
        ret = enqueue_to_backlog(skb, static_cast<unsigned>(cpu), &rflow->last_qtail);
    } else {
        ret = __netif_receive_skb(skb);
    }
    rcu_read_unlock();
    return TRACE_RET(ret);
}

} // namespace

// Linux 6.1: net/core/dev.c
int netif_receive_skb(sk_buff *skb) {
    TRACE_FN(skb);
    return TRACE_RET(netif_receive_skb_internal(skb));
}

// Linux 6.1: net/core/dev.c
void netif_receive_skb_list_internal(list_head *head) {
    TRACE_FN();
    list_head sublist;
    while (!list_empty(head)) {
        sk_buff *skb = skb_of_list(head->next);
        net_timestamp_check(dev_global->config.netdev_tstamp_prequeue, skb);
        list_del(skb_list(skb));
        if (!skb_defer_rx_timestamp(skb)) list_add_tail(skb_list(skb), &sublist);
    }
    list_splice_init(&sublist, head);
    rcu_read_lock();
    if (dev_global->config.rps_needed != 0)
        for (list_head *l = head->next, *next = nullptr; l != head; l = next) {
            next = l->next;
            sk_buff *skb = skb_of_list(l);
            rps_dev_flow none;
            rps_dev_flow *rflow = &none;
            const int cpu = get_rps_cpu(skb->dev, skb, &rflow);
            if (cpu < 0) continue;
            list_del(l);
            enqueue_to_backlog(skb, static_cast<unsigned>(cpu), &rflow->last_qtail);
        }
    __netif_receive_skb_list(head);
    rcu_read_unlock();
}

// Linux 6.1: net/core/dev.c
void netif_receive_skb_list(list_head *head) {
    TRACE_FN();
    if (!list_empty(head)) netif_receive_skb_list_internal(head);
}

// Linux 6.1: net/core/dev.c
int netif_receive_skb_core(sk_buff *skb) {
    TRACE_FN(skb);
    rcu_read_lock();
    const int ret = __netif_receive_skb_one_core(skb, false);
    rcu_read_unlock();
    return TRACE_RET(ret);
}

// --- between two devices of one machine -----------------------------------------------------------------------------

bool __is_skb_forwardable(const net_device *dev, const sk_buff *skb, bool check_mtu) {
    if (!(dev->flags & IFF_UP)) return false;
    if (!check_mtu) return true;
    return skb->len <= dev->mtu + dev->hard_header_len + unsigned{VLAN_HLEN} || skb_is_gso(skb);
}

// Linux 6.1: net/core/dev.c
bool is_skb_forwardable(const net_device *dev, const sk_buff *skb) {
    TRACE_FN(skb);
    return TRACE_RET(__is_skb_forwardable(dev, skb, true));
}

static int ____dev_forward_skb(net_device *dev, sk_buff *skb, bool check_mtu) {
    TRACE_FN(skb);
    if (!__is_skb_forwardable(dev, skb, check_mtu)) {
        dev_core_stats_rx_dropped_inc(dev);
        kfree_skb(skb);
        return TRACE_RET(NET_RX_DROP);
    }
    skb_scrub_packet(skb, !net_eq(dev_net(dev), dev_net(skb->dev)));
    skb->priority = 0;
    return TRACE_RET(0);
}

// Linux 6.1: net/core/dev.c
int __dev_forward_skb2(net_device *dev, sk_buff *skb, bool check_mtu) {
    TRACE_FN(skb);
    const net_device *from = skb->dev;
    const int ret = ____dev_forward_skb(dev, skb, check_mtu);
    if (!ret) {
        skb->protocol = eth_type_trans(skb, dev);
        trace_crossed(skb, from);
        skb_postpull_rcsum(skb, eth_hdr(skb), ETH_HLEN);
    }
    return TRACE_RET(ret);
}

// Linux 6.1: net/core/dev.c
int __dev_forward_skb(net_device *dev, sk_buff *skb) {
    TRACE_FN(skb);
    return TRACE_RET(__dev_forward_skb2(dev, skb, true));
}

// Linux 6.1: net/core/dev.c
int dev_forward_skb(net_device *dev, sk_buff *skb) {
    TRACE_FN(skb);
    const int ret = __dev_forward_skb(dev, skb);
    return TRACE_RET(ret ? ret : netif_rx(skb));
}

} // namespace skbscope::stack
