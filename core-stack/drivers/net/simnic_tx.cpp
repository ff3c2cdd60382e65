// SPDX-License-Identifier: GPL-2.0-or-later
// The card's packets on their way out: a descriptor each, free again when the card says that the frame has left. A full
// ring stops the queue; cleaning it wakes it.
#include "drivers/net/simnic.h"
#include "linux/interrupt.h"
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
        netif_tx_stop_queue(txq);
        return TRACE_RET(NETDEV_TX_BUSY); // should not be: the queue was to be stopped before
    }
    skb_tx_timestamp(skb);
    q->tx[q->tx_next] = skb;
    q->tx_next = (q->tx_next + 1) & (static_cast<unsigned>(q->tx.size()) - 1);
    if (ring_full(q)) netif_tx_stop_queue(txq);
    ++dev->stats.tx_packets;
    dev->stats.tx_bytes += skb->len;
    simnic_send_frame(adapter, skb);
    ++q->tx_done;
    simnic_hw_sent(adapter->hw, q->index);
    return TRACE_RET(NETDEV_TX_OK);
}

void simnic_clean_tx(simnic_q_vector *q, int budget) {
    TRACE_FN();
    q->adapter->hw.queues[q->index].tx_event = false;
    const unsigned cleaned = q->tx_done;
    for (; q->tx_done > 0; --q->tx_done) {
        sk_buff *skb = std::exchange(q->tx[q->tx_clean], nullptr);
        q->tx_clean = (q->tx_clean + 1) & (static_cast<unsigned>(q->tx.size()) - 1);
        if (budget != 0)
            napi_consume_skb(skb, budget);
        else
            dev_consume_skb_irq(skb); // the interrupt must not run destructors
    }
    netdev_queue *txq = netdev_get_tx_queue(q->adapter->netdev, q->index);
    if (cleaned != 0 && netif_tx_queue_stopped(txq)) netif_tx_wake_queue(txq);
}

void simnic_drop_tx(simnic_q_vector *q) {
    for (sk_buff *&skb : q->tx)
        if (skb) kfree_skb(std::exchange(skb, nullptr));
    q->tx_next = q->tx_clean = q->tx_done = 0;
}

} // namespace skbscope::stack
