// SPDX-License-Identifier: GPL-2.0-or-later
// The way out: which queue, the qdisc or none, then the driver. What the device cannot do for itself is done in
// dev_validate.cpp. Linux 6.1: net/core/dev.c
//
//     __dev_queue_xmit() -> netdev_core_pick_tx() -> a qdisc? __dev_xmit_skb() : validate_xmit_skb()
//                                                            \-> sch_direct_xmit() ... -> dev_hard_start_xmit() ->
//                                                            driver
//
// Not modelled: tc's egress hook and classifiers, XPS.
#include "linux/netdevice.h"

#include "linux/if_vlan.h"
#include "linux/sched.h"
#include "linux/tcp.h"
#include "linux/trace_fn.h"
#include "net/busy_poll.h"
#include "net/core/dev_internal.h"
#include "net/dst.h"
#include "net/sch_generic.h"

namespace skbscope::stack {

namespace {

constexpr u16 XMIT_RECURSION_LIMIT = 8;

// Linux 6.1: include/linux/netdevice.h
netdev_tx_t netdev_start_xmit(sk_buff *skb, net_device *dev, bool more) {
    TRACE_FN(skb);
    this_cpu_softnet()->xmit.more = more ? 1 : 0;
    return TRACE_RET(dev->netdev_ops->ndo_start_xmit(skb, dev));
}

// Linux 6.1: net/core/dev.c
int xmit_one(sk_buff *skb, net_device *dev, bool more) {
    TRACE_FN(skb);
    if (dev_nit_active(dev)) dev_queue_xmit_nit(skb, dev);
    return TRACE_RET(int{netdev_start_xmit(skb, dev, more)});
}

// Bytes of the transport header, where the packet has it whole; else 0.
unsigned transport_header_len(const sk_buff *skb) {
    tcphdr buffer;
    const u32 type = skb_shinfo(skb)->gso_type;
    const int offset = skb_transport_offset(skb);
    if ((type & (SKB_GSO_TCPV4 | SKB_GSO_TCPV6)) != 0) {
        const auto *th = static_cast<const tcphdr *>(skb_header_pointer(skb, offset, int{sizeof(buffer)}, &buffer));
        return th ? th->doff * 4U : 0;
    }
    constexpr unsigned udp_header = 8;
    if ((type & SKB_GSO_UDP_L4) == 0) return 0;
    return skb_header_pointer(skb, offset, int{udp_header}, &buffer) ? udp_header : 0;
}

// Every segment of a big packet will have headers of its own: they count. Linux 6.1: net/core/dev.c
void qdisc_pkt_len_init(sk_buff *skb) {
    TRACE_FN(skb);
    const skb_shared_info *shinfo = skb_shinfo(skb);
    qdisc_skb_cb_of(skb)->pkt_len = skb->len;
    if (shinfo->gso_size == 0 || !skb_transport_header_was_set(skb)) return;
    const auto hdr_len =
        static_cast<unsigned>(skb_transport_header(skb) - skb_mac_header(skb)) + transport_header_len(skb);
    unsigned segs = shinfo->gso_segs;
    if ((shinfo->gso_type & SKB_GSO_DODGY) != 0) { // from outside: its count is not to be trusted
        if (skb->len <= hdr_len) return;
        segs = (skb->len - hdr_len + shinfo->gso_size - 1) / shinfo->gso_size;
    }
    qdisc_skb_cb_of(skb)->pkt_len += (segs - 1U) * hdr_len;
}

// Linux 6.1: net/core/dev.c
int dev_qdisc_enqueue(sk_buff *skb, Qdisc *q, sk_buff **to_free) {
    TRACE_FN(skb);
    return TRACE_RET(q->enqueue(skb, q, to_free) & NET_XMIT_MASK);
}

// A qdisc without a lock: the same, but who comes while another runs it only leaves the packet and a word.
int xmit_skb_nolock(sk_buff *skb, Qdisc *q, net_device *dev, netdev_queue *txq) {
    sk_buff *to_free = nullptr;
    if ((q->flags & TCQ_F_CAN_BYPASS) != 0 && nolock_qdisc_is_empty(q) && qdisc_run_begin(q)) {
        qdisc_bstats_update(q, skb);
        if (sch_direct_xmit(skb, q, dev, txq, nullptr, true) && !nolock_qdisc_is_empty(q)) __qdisc_run(q);
        qdisc_run_end(q);
        return NET_XMIT_SUCCESS;
    }
    const int rc = dev_qdisc_enqueue(skb, q, &to_free);
    qdisc_run(q);
    if (to_free) kfree_skb_list_reason(to_free, SKB_DROP_REASON_QDISC_DROP);
    return rc;
}

// An empty qdisc that allows it is bypassed: the packet goes straight to the driver. Linux 6.1: net/core/dev.c
int __dev_xmit_skb(sk_buff *skb, Qdisc *q, net_device *dev, netdev_queue *txq) {
    TRACE_FN(skb);
    if ((q->flags & TCQ_F_NOLOCK) != 0) return TRACE_RET(xmit_skb_nolock(skb, q, dev, txq));
    spinlock_t *root_lock = qdisc_lock(q);
    sk_buff *to_free = nullptr;
    int rc = NET_XMIT_SUCCESS;
    spin_lock(root_lock);
    if (test_bit(__QDISC_STATE_DEACTIVATED, &q->state)) {
        __qdisc_drop(skb, &to_free);
        rc = NET_XMIT_DROP;
    } else if ((q->flags & TCQ_F_CAN_BYPASS) != 0 && qdisc_is_empty(q) && qdisc_run_begin(q)) {
        qdisc_bstats_update(q, skb);
        if (sch_direct_xmit(skb, q, dev, txq, root_lock, true)) __qdisc_run(q);
        qdisc_run_end(q);
    } else {
        rc = dev_qdisc_enqueue(skb, q, &to_free);
        qdisc_run(q);
    }
    spin_unlock(root_lock);
    if (to_free) kfree_skb_list_reason(to_free, SKB_DROP_REASON_QDISC_DROP);
    return TRACE_RET(rc);
}

void hard_tx_lock(const net_device *dev, netdev_queue *txq) {
    if ((dev->features & NETIF_F_LLTX) != 0) return;
    spin_lock(&txq->_xmit_lock);
    txq->xmit_lock_owner = static_cast<int>(smp_processor_id());
}

void hard_tx_unlock(const net_device *dev, netdev_queue *txq) {
    if ((dev->features & NETIF_F_LLTX) != 0) return;
    txq->xmit_lock_owner = -1;
    spin_unlock(&txq->_xmit_lock);
}

int drop_list(sk_buff *skb, net_device *dev, int rc) {
    dev_core_stats_tx_dropped_inc(dev);
    kfree_skb_list(skb);
    return rc;
}

// A device without a queue: now or never. A device that sends through itself is stopped after eight rounds.
int xmit_without_queue(sk_buff *skb, net_device *dev, netdev_queue *txq) {
    if ((dev->flags & IFF_UP) == 0) return drop_list(skb, dev, -ENETDOWN);
    if (txq->xmit_lock_owner == static_cast<int>(smp_processor_id())) return drop_list(skb, dev, -ENETDOWN);
    u16 &recursion = this_cpu_softnet()->xmit.recursion;
    if (recursion > XMIT_RECURSION_LIMIT) return drop_list(skb, dev, -ENETDOWN);
    bool again = false;
    skb = validate_xmit_skb(skb, dev, &again);
    if (!skb) return -ENOMEM;
    int rc = -ENOMEM;
    hard_tx_lock(dev, txq);
    if (!netif_xmit_stopped(txq)) {
        ++recursion;
        skb = dev_hard_start_xmit(skb, dev, txq, &rc);
        --recursion;
        if (dev_xmit_complete(rc)) {
            hard_tx_unlock(dev, txq);
            return rc;
        }
    }
    hard_tx_unlock(dev, txq);
    return drop_list(skb, dev, -ENETDOWN);
}

} // namespace

// The packets that the driver did not take come back. Linux 6.1: net/core/dev.c
sk_buff *dev_hard_start_xmit(sk_buff *first, net_device *dev, netdev_queue *txq, int *ret) {
    TRACE_FN(first);
    sk_buff *skb = first;
    int rc = NETDEV_TX_OK;
    while (skb) {
        sk_buff *next = skb->next;
        skb_mark_not_on_list(skb);
        rc = xmit_one(skb, dev, next != nullptr);
        if (!dev_xmit_complete(rc)) {
            skb->next = next;
            break;
        }
        skb = next;
        if (skb && netif_tx_queue_stopped(txq)) {
            rc = NETDEV_TX_BUSY;
            break;
        }
    }
    *ret = rc;
    return skb;
}

// Linux 6.1: net/core/dev.c
netdev_queue *netdev_core_pick_tx(net_device *dev, sk_buff *skb, net_device *sb_dev) {
    TRACE_FN(skb);
    u16 queue_index = 0;
    if (skb->napi_id - 1 >= NR_CPUS) skb->napi_id = smp_processor_id() + 1; // sender_cpu, where the other was
    if (dev->real_num_tx_queues != 1) {
        if (dev->netdev_ops->ndo_select_queue)
            queue_index = dev->netdev_ops->ndo_select_queue(dev, skb, sb_dev);
        else
            queue_index = static_cast<u16>((u64{skb_get_hash(skb)} * dev->real_num_tx_queues) >> 32);
        if (queue_index >= dev->real_num_tx_queues) queue_index = 0;
    }
    skb_set_queue_mapping(skb, queue_index);
    return netdev_get_tx_queue(dev, queue_index);
}

// Linux 6.1: net/core/dev.c
int __dev_queue_xmit(sk_buff *skb, net_device *sb_dev) {
    TRACE_FN(skb);
    net_device *dev = skb->dev;
    skb_reset_mac_header(skb);
    rcu_read_lock_bh();
    qdisc_pkt_len_init(skb);
    skb->tc_at_ingress = 0;
    // A device that does not look at the route lets it go now, while it is warm in the cache.
    if ((dev->priv_flags & IFF_XMIT_DST_RELEASE) != 0)
        skb_dst_drop(skb);
    else
        skb_dst_force(skb);
    netdev_queue *txq = netdev_core_pick_tx(dev, skb, sb_dev);
    Qdisc *q = txq->qdisc;
    const int rc = q->enqueue ? __dev_xmit_skb(skb, q, dev, txq) : xmit_without_queue(skb, dev, txq);
    rcu_read_unlock_bh();
    return TRACE_RET(rc);
}

// Linux 6.1: include/linux/netdevice.h
int dev_queue_xmit(sk_buff *skb) {
    TRACE_FN(skb);
    return TRACE_RET(__dev_queue_xmit(skb, nullptr));
}

// Past the qdisc, for those that must not wait. Linux 6.1: net/core/dev.c
int dev_direct_xmit(sk_buff *skb, u16 queue_id) {
    TRACE_FN(skb);
    net_device *dev = skb->dev;
    const sk_buff *orig_skb = skb;
    bool again = false;
    if (!netif_running(dev) || !netif_carrier_ok(dev)) return TRACE_RET(drop_list(skb, dev, NET_XMIT_DROP));
    skb = validate_xmit_skb_list(skb, dev, &again);
    if (skb != orig_skb) return TRACE_RET(drop_list(skb, dev, NET_XMIT_DROP)); // segments would need a queue
    skb_set_queue_mapping(skb, queue_id);
    netdev_queue *txq = skb_get_tx_queue(dev, skb);
    int ret = NETDEV_TX_BUSY;
    local_bh_disable();
    hard_tx_lock(dev, txq);
    if (!netif_xmit_frozen_or_stopped(txq)) ret = netdev_start_xmit(skb, dev, false);
    hard_tx_unlock(dev, txq);
    local_bh_enable();
    if (!dev_xmit_complete(ret)) ret = drop_list(skb, dev, NET_XMIT_DROP);
    return TRACE_RET(ret);
}

// A copy for ourselves of what we send to a group. Linux 6.1: net/core/dev.c
int dev_loopback_xmit(net *, sock *, sk_buff *skb) {
    TRACE_FN(skb);
    skb_reset_mac_header(skb);
    __skb_pull(skb, static_cast<unsigned>(skb_network_offset(skb)));
    skb->pkt_type = PACKET_LOOPBACK;
    if (skb->ip_summed == CHECKSUM_NONE) skb->ip_summed = CHECKSUM_UNNECESSARY;
    skb_dst_force(skb);
    netif_rx(skb);
    return TRACE_RET(0);
}

} // namespace skbscope::stack
