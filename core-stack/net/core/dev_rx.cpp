// SPDX-License-Identifier: GPL-2.0-or-later
// The way in: from the driver's or the backlog's packet to the protocol that wants it. Taps (ETH_P_ALL) see it first;
// every receiver but the last one gets a reference, the last one gets the packet. Linux 6.1: net/core/dev.c
#include "linux/netdevice.h"
#include "net/core/dev_internal.h"

#include "linux/etherdevice.h"
#include "linux/rcupdate.h"
#include "net/net_namespace.h"
#include "net/sock.h"
#include "sim/trace_emit.h"
#include "sim/work_clock.h"

namespace skbscope::stack {

namespace {

list_head *ptype_head(const packet_type *pt) {
    if (pt->type == cpu_to_be16(ETH_P_ALL)) return pt->dev ? &pt->dev->ptype_all : &dev_global->ptype_all;
    return pt->dev ? &pt->dev->ptype_specific : &dev_global->ptype_base[be16_to_cpu(pt->type) & PTYPE_HASH_MASK];
}

void deliver_ptype_list_skb(sk_buff *skb, packet_type **pt, net_device *orig_dev, be16 type, list_head *ptype_list) {
    TRACE_FN(skb);
    packet_type *pt_prev = *pt;
    for (packet_type *ptype : list_entries(ptype_list, &packet_type::list)) {
        if (ptype->type != type) continue;
        if (pt_prev) deliver_skb(skb, pt_prev, orig_dev);
        pt_prev = ptype;
    }
    *pt = pt_prev;
}

void deliver_to_taps(sk_buff *skb, packet_type **pt_prev, net_device *orig_dev, list_head *taps) {
    for (packet_type *ptype : list_entries(taps, &packet_type::list)) {
        if (*pt_prev) deliver_skb(skb, *pt_prev, orig_dev);
        *pt_prev = ptype;
    }
}

// A bridge or bond on top of the device may take the packet. False: it did.
bool run_rx_handler(sk_buff **pskb, packet_type **pt_prev, net_device *orig_dev, bool *deliver_exact, bool *another) {
    sk_buff *skb = *pskb;
    if (!skb->dev->rx_handler) return true;
    if (*pt_prev) {
        deliver_skb(skb, *pt_prev, orig_dev);
        *pt_prev = nullptr;
    }
    switch (skb->dev->rx_handler(pskb)) {
    case RX_HANDLER_CONSUMED:
        return false;
    case RX_HANDLER_ANOTHER:
        *another = true;
        return true;
    case RX_HANDLER_EXACT:
        *deliver_exact = true;
        return true;
    default:
        return true;
    }
}

// Finds who gets the packet. *ppt_prev: the last one, who is not called yet.
// Linux 6.1: net/core/dev.c
int __netif_receive_skb_core(sk_buff **pskb, bool, packet_type **ppt_prev) {
    sk_buff *skb = *pskb;
    TRACE_FN(skb);
    work_done(work::stack_packet);
    net_timestamp_check(!dev_global->config.netdev_tstamp_prequeue, skb);
    net_device *orig_dev = skb->dev;
    skb_reset_network_header(skb);
    if (!skb_transport_header_was_set(skb)) skb_reset_transport_header(skb);
    skb_reset_mac_len(skb);

    packet_type *pt_prev = nullptr;
    bool deliver_exact = false;
    bool another = true;
    while (another) {
        another = false;
        skb->skb_iif = skb->dev->ifindex;
        ++this_cpu_softnet()->processed;
        deliver_to_taps(skb, &pt_prev, orig_dev, &dev_global->ptype_all);
        deliver_to_taps(skb, &pt_prev, orig_dev, &skb->dev->ptype_all);
        skb->redirected = 0;
        if (!run_rx_handler(&skb, &pt_prev, orig_dev, &deliver_exact, &another)) {
            *pskb = skb;
            return TRACE_RET(NET_RX_SUCCESS);
        }
    }
    const be16 type = skb->protocol;
    if (!deliver_exact)
        deliver_ptype_list_skb(skb, &pt_prev, orig_dev, type,
                               &dev_global->ptype_base[be16_to_cpu(type) & PTYPE_HASH_MASK]);
    deliver_ptype_list_skb(skb, &pt_prev, orig_dev, type, &orig_dev->ptype_specific);
    if (skb->dev != orig_dev) deliver_ptype_list_skb(skb, &pt_prev, orig_dev, type, &skb->dev->ptype_specific);

    *pskb = skb;
    if (pt_prev) {
        *ppt_prev = pt_prev;
        return TRACE_RET(NET_RX_DROP); // the verdict is the last receiver's
    }
    if (deliver_exact)
        dev_core_stats_rx_nohandler_inc(skb->dev);
    else
        dev_core_stats_rx_dropped_inc(skb->dev);
    kfree_skb_reason(skb, SKB_DROP_REASON_UNHANDLED_PROTO);
    return TRACE_RET(NET_RX_DROP);
}

// Linux 6.1: net/core/dev.c
int __netif_receive_skb_one_core(sk_buff *skb, bool pfmemalloc) {
    TRACE_FN(skb);
    net_device *orig_dev = skb->dev;
    packet_type *pt_prev = nullptr;
    int ret = __netif_receive_skb_core(&skb, pfmemalloc, &pt_prev);
    if (pt_prev) ret = pt_prev->func(skb, skb->dev, pt_prev, orig_dev);
    return TRACE_RET(ret);
}

// Linux 6.1: net/core/dev.c
int netif_receive_skb_internal(sk_buff *skb) {
    TRACE_FN(skb);
    net_timestamp_check(dev_global->config.netdev_tstamp_prequeue, skb);
    if (skb_defer_rx_timestamp(skb)) return TRACE_RET(NET_RX_SUCCESS);
    rcu_read_lock();
    int ret = NET_RX_SUCCESS;
    const int cpu = dev_global->config.rps_needed ? get_rps_cpu(skb->dev, skb) : -1;
    if (cpu >= 0) {
        unsigned qtail = 0;
        ret = enqueue_to_backlog(skb, static_cast<unsigned>(cpu), &qtail);
    } else {
        ret = __netif_receive_skb(skb);
    }
    rcu_read_unlock();
    return TRACE_RET(ret);
}

// Hands a batch of packets that go to the same receiver over in one call, when the receiver can take a list.
// Linux 6.1: net/core/dev.c
void __netif_receive_skb_list_ptype(list_head *head, packet_type *pt_prev, net_device *orig_dev) {
    TRACE_FN();
    if (!pt_prev || list_empty(head)) return;
    if (pt_prev->list_func) return pt_prev->list_func(head, pt_prev, orig_dev);
    while (!list_empty(head)) {
        sk_buff *skb = skb_of_list(head->next);
        list_del(skb_list(skb));
        pt_prev->func(skb, skb->dev, pt_prev, orig_dev);
    }
}

// Linux 6.1: net/core/dev.c
void __netif_receive_skb_list_core(list_head *head, bool pfmemalloc) {
    TRACE_FN();
    packet_type *pt_curr = nullptr; // of the batch so far
    net_device *od_curr = nullptr;
    list_head sublist;
    while (!list_empty(head)) {
        sk_buff *skb = skb_of_list(head->next);
        net_device *orig_dev = skb->dev;
        packet_type *pt_prev = nullptr;
        list_del(skb_list(skb));
        __netif_receive_skb_core(&skb, pfmemalloc, &pt_prev);
        if (!pt_prev) continue;
        if (pt_curr != pt_prev || od_curr != orig_dev) {
            __netif_receive_skb_list_ptype(&sublist, pt_curr, od_curr);
            INIT_LIST_HEAD(&sublist);
            pt_curr = pt_prev;
            od_curr = orig_dev;
        }
        list_add_tail(skb_list(skb), &sublist);
    }
    __netif_receive_skb_list_ptype(&sublist, pt_curr, od_curr);
}

// Linux 6.1: net/core/dev.c
void __netif_receive_skb_list(list_head *head) {
    TRACE_FN();
    if (!list_empty(head)) __netif_receive_skb_list_core(head, false);
}

bool skb_loop_sk(packet_type *ptype, sk_buff *skb) {
    if (!ptype->af_packet_priv || !skb->sk) return false;
    if (ptype->id_match) return ptype->id_match(ptype, skb->sk);
    return ptype->af_packet_priv == skb->sk;
}

} // namespace

int deliver_skb(sk_buff *skb, packet_type *pt_prev, net_device *orig_dev) {
    TRACE_FN(skb);
    refcount_inc(&skb->users);
    return TRACE_RET(pt_prev->func(skb, skb->dev, pt_prev, orig_dev));
}

// Linux 6.1: net/core/dev.c
int __netif_receive_skb(sk_buff *skb) {
    TRACE_FN(skb);
    return TRACE_RET(__netif_receive_skb_one_core(skb, false));
}

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
    if (dev_global->config.rps_needed)
        for (list_head *l = head->next, *next = nullptr; l != head; l = next) {
            next = l->next;
            sk_buff *skb = skb_of_list(l);
            const int cpu = get_rps_cpu(skb->dev, skb);
            if (cpu < 0) continue;
            list_del(l);
            unsigned qtail = 0;
            enqueue_to_backlog(skb, static_cast<unsigned>(cpu), &qtail);
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

void dev_add_pack(packet_type *pt) {
    TRACE_FN();
    list_add_rcu(&pt->list, ptype_head(pt));
}
void __dev_remove_pack(packet_type *pt) {
    TRACE_FN();
    list_del_init(&pt->list);
}
void dev_remove_pack(packet_type *pt) {
    __dev_remove_pack(pt);
    synchronize_net();
}

void net_enable_timestamp() {
    ++dev_global->netstamp_needed;
}
void net_disable_timestamp() {
    --dev_global->netstamp_needed;
}
void net_timestamp_check(bool condition, sk_buff *skb) {
    if (dev_global->netstamp_needed && condition && !skb->tstamp) __net_timestamp(skb);
}

bool dev_nit_active(net_device *dev) {
    return !list_empty(&dev_global->ptype_all) || !list_empty(&dev->ptype_all);
}

// A copy of what is sent for the taps.
// Linux 6.1: net/core/dev.c
void dev_queue_xmit_nit(sk_buff *skb, net_device *dev) {
    TRACE_FN(skb);
    sk_buff *skb2 = nullptr;
    packet_type *pt_prev = nullptr;
    for (list_head *ptype_list : {&dev_global->ptype_all, &dev->ptype_all})
        for (packet_type *ptype : list_entries(ptype_list, &packet_type::list)) {
            if (ptype->ignore_outgoing || skb_loop_sk(ptype, skb)) continue;
            if (pt_prev) {
                deliver_skb(skb2, pt_prev, skb->dev);
                pt_prev = ptype;
                continue;
            }
            skb2 = skb_clone(skb, GFP_ATOMIC);
            if (dev_global->netstamp_needed && !skb2->tstamp) __net_timestamp(skb2);
            skb_reset_mac_header(skb2);
            if (skb_network_header(skb2) < skb2->data || skb_network_header(skb2) > skb_tail_pointer(skb2))
                skb_reset_network_header(skb2);
            skb2->transport_header = skb2->network_header;
            skb2->pkt_type = PACKET_OUTGOING;
            pt_prev = ptype;
        }
    if (pt_prev) pt_prev->func(skb2, skb->dev, pt_prev, skb->dev);
}

// --- between two devices of one machine -----------------------------------------------------------------------------

bool __is_skb_forwardable(const net_device *dev, const sk_buff *skb, bool check_mtu) {
    constexpr unsigned vlan_hdr_len = 4;
    if (!(dev->flags & IFF_UP)) return false;
    if (!check_mtu) return true;
    return skb->len <= dev->mtu + dev->hard_header_len + vlan_hdr_len || skb_is_gso(skb);
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
