// SPDX-License-Identifier: GPL-2.0-or-later
// The card's packets on their way out: a descriptor each, free again when the card says that the frame has left. A full
// ring stops the queue; cleaning it wakes it. More bytes under way than the card needs to stay busy stop it, too (BQL).
// When the stack says that more is to come at once, the card is told of all of them together.
#include "drivers/net/simnic.h"
#include "linux/interrupt.h"
#include "linux/netdev_bql.h"
#include "linux/trace_fn.h"
#include "net/checksum.h"

#include <cstring>
#include <utility>

namespace skbscope::stack {

namespace {

// The card reads the packet out of memory, fragments and all, and fills in the checksum that was left to it.
void simnic_send_frame(simnic_adapter *adapter, const sk_buff *skb) {
    adapter->wire.resize(skb->len);
    skb_copy_bits(skb, 0, adapter->wire.data(), static_cast<int>(skb->len));
    if (skb->ip_summed == CHECKSUM_PARTIAL) {
        const auto start = static_cast<std::size_t>(skb_checksum_start_offset(skb));
        sum16 sum = csum_fold(csum_partial(&adapter->wire[start], skb->len - start, 0));
        if (sum == 0 && skb->csum_offset == 6) sum = CSUM_MANGLED_0; // UDP's place
        std::memcpy(&adapter->wire[start + skb->csum_offset], &sum, sizeof(sum));
    }
    if (adapter->peer) adapter->peer(adapter->wire);
}

unsigned next_slot(const simnic_q_vector *q, unsigned slot) {
    return (slot + 1) & (static_cast<unsigned>(q->tx.size()) - 1);
}

// The card looks at the descriptors that it has not been told of yet, and sends.
void simnic_ring_doorbell(simnic_q_vector *q) {
    TRACE_FN();
    const unsigned mask = static_cast<unsigned>(q->tx.size()) - 1;
    const unsigned frames = q->tx_held;
    for (; q->tx_held > 0; --q->tx_held) {
        simnic_send_frame(q->adapter, q->tx[(q->tx_next - q->tx_held) & mask]);
        ++q->tx_done;
    }
    if (frames == 0) return;
    // A queue that is stopped, by the ring or by BQL, goes on only when the card tells.
    const bool wanted = netif_xmit_stopped(netdev_get_tx_queue(q->adapter->netdev, q->index));
    simnic_hw_sent(q->adapter->hw, q->index, frames, wanted);
}

bool ring_full(const simnic_q_vector *q) {
    return q->tx[q->tx_next] != nullptr;
}

} // namespace

netdev_tx_t simnic_xmit(sk_buff *skb, net_device *dev) {
    TRACE_FN(skb);
    auto *adapter = netdev_priv<simnic_adapter>(dev);
    simnic_q_vector *q = adapter->vectors[skb_get_queue_mapping(skb) % adapter->vectors.size()].get();
    netdev_queue *txq = netdev_get_tx_queue(dev, q->index);
    if (ring_full(q)) {
        simnic_ring_doorbell(q);
        netif_tx_stop_queue(txq);
        return TRACE_RET(NETDEV_TX_BUSY); // should not be: the queue was to be stopped before
    }
    skb_tx_timestamp(skb);
    q->tx[q->tx_next] = skb;
    q->tx_next = next_slot(q, q->tx_next);
    ++q->tx_held;
    if (ring_full(q)) netif_tx_stop_queue(txq);
    ++dev->stats.tx_packets;
    dev->stats.tx_bytes += skb->len;
    if (__netdev_tx_sent_queue(txq, skb->len, netdev_xmit_more())) simnic_ring_doorbell(q);
    return TRACE_RET(NETDEV_TX_OK);
}

void simnic_clean_tx(simnic_q_vector *q, int budget) {
    TRACE_FN();
    simnic_hw_looked(q->adapter->hw, q->index);
    const unsigned cleaned = q->tx_done;
    unsigned bytes = 0;
    for (; q->tx_done > 0; --q->tx_done) {
        sk_buff *skb = std::exchange(q->tx[q->tx_clean], nullptr);
        q->tx_clean = next_slot(q, q->tx_clean);
        bytes += skb->len;
        if (budget != 0)
            napi_consume_skb(skb, budget);
        else
            dev_consume_skb_irq(skb); // the interrupt must not run destructors
    }
    if (cleaned == 0) return;
    netdev_queue *txq = netdev_get_tx_queue(q->adapter->netdev, q->index);
    netdev_tx_completed_queue(txq, cleaned, bytes);
    if (netif_tx_queue_stopped(txq)) netif_tx_wake_queue(txq);
}

void simnic_drop_tx(simnic_q_vector *q) {
    for (sk_buff *&skb : q->tx)
        if (skb) kfree_skb(std::exchange(skb, nullptr));
    q->tx_next = q->tx_clean = q->tx_held = q->tx_done = 0;
    simnic_hw_looked(q->adapter->hw, q->index);
    const net_device *dev = q->adapter->netdev;
    if (q->index < dev->num_tx_queues) netdev_tx_reset_queue(netdev_get_tx_queue(dev, q->index));
}

} // namespace skbscope::stack
