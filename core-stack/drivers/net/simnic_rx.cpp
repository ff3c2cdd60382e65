// SPDX-License-Identifier: GPL-2.0-or-later
// The card's packets on their way in: each descriptor's buffer becomes an sk_buff without a copy, and is replaced by a
// new one. With NAPI this happens in the poll, at most `budget` packets a time; before NAPI, in the interrupt.
#include "drivers/net/simnic.h"
#include "linux/etherdevice.h"
#include "linux/trace_fn.h"
#include "net/core/skbuff_internal.h"
#include "sim/work_clock.h"

#include <utility>

namespace skbscope::stack {

namespace {

void post_buffer(simnic_rx_desc &desc) {
    desc.buffer = page_frag_alloc(SIMNIC_RX_TRUESIZE) + NET_SKB_PAD;
    desc.done = false;
    desc.hw_owned = true;
}

// What the card found out about the frame.
void simnic_process_skb_fields(simnic_q_vector *q, const simnic_rx_desc &desc, sk_buff *skb) {
    TRACE_FN(skb);
    net_device *dev = q->adapter->netdev;
    skb_record_rx_queue(skb, static_cast<u16>(q->index));
    if ((dev->features & NETIF_F_RXHASH) != 0 && desc.rss_hash != 0) {
        skb->hash = desc.rss_hash;
        skb->l4_hash = desc.l4_checked; // ports counted
    }
    // A wrong one is the stack's to count, so it is not told as checked.
    if ((dev->features & NETIF_F_RXCSUM) != 0 && desc.l4_checked && desc.l4_good) skb->ip_summed = CHECKSUM_UNNECESSARY;
    skb->protocol = eth_type_trans(skb, dev);
}

// The next frame as an sk_buff, its descriptor ready again; null: there is none.
sk_buff *simnic_fetch_rx(simnic_q_vector *q, bool in_poll) {
    auto &ring = q->adapter->hw.queues[q->index].rx;
    simnic_rx_desc &desc = ring[q->rx_next];
    if (!desc.done) return nullptr;
    work_done(in_poll ? work::poll_packet : work::isr_packet);
    u8 *buffer = desc.buffer - NET_SKB_PAD;
    sk_buff *skb = in_poll ? napi_build_skb(buffer, SIMNIC_RX_TRUESIZE) : build_skb(buffer, SIMNIC_RX_TRUESIZE);
    skb_reserve(skb, NET_SKB_PAD);
    skb_put(skb, desc.len);
    const simnic_rx_desc about = desc;
    post_buffer(desc);
    q->rx_next = (q->rx_next + 1) & (static_cast<unsigned>(ring.size()) - 1);
    net_device *dev = q->adapter->netdev;
    ++dev->stats.rx_packets;
    dev->stats.rx_bytes += about.len;
    skb->dev = dev;
    simnic_process_skb_fields(q, about, skb);
    return skb;
}

int simnic_clean_rx_irq(simnic_q_vector *q, int budget) {
    TRACE_FN();
    int done = 0;
    while (done < budget) {
        sk_buff *skb = simnic_fetch_rx(q, true);
        if (!skb) break;
        ++done;
        napi_gro_receive(&q->napi, skb);
    }
    return TRACE_RET(done);
}

} // namespace

void simnic_post_buffers(simnic_adapter *adapter, unsigned queue) {
    simnic_hw_queue &hwq = adapter->hw.queues[queue];
    for (simnic_rx_desc &desc : hwq.rx)
        post_buffer(desc);
    hwq.rx_head = 0;
    adapter->vectors[queue]->rx_next = 0;
}

void simnic_free_buffers(simnic_adapter *adapter, unsigned queue) {
    for (simnic_rx_desc &desc : adapter->hw.queues[queue].rx) {
        if (desc.buffer) skb_free_frag(desc.buffer - NET_SKB_PAD);
        desc = {};
    }
}

int simnic_poll(napi_struct *napi, int budget) {
    TRACE_FN();
    auto *q = container_of(napi, &simnic_q_vector::napi);
    simnic_clean_tx(q, budget);
    const int done = simnic_clean_rx_irq(q, budget);
    if (done == budget) return TRACE_RET(budget); // there may be more: polled again
    if (napi_complete_done(napi, done)) simnic_hw_unmask(q->adapter->hw, q->index, q->rx_next);
    return TRACE_RET(done);
}

bool simnic_rx_one_irq(simnic_q_vector *q) {
    TRACE_FN();
    sk_buff *skb = simnic_fetch_rx(q, false);
    if (!skb) return TRACE_RET(false);
    netif_rx(skb);
    return TRACE_RET(true);
}

} // namespace skbscope::stack
