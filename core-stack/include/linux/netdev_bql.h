// SPDX-License-Identifier: GPL-2.0-or-later
// Byte queue limits: a driver reports what it took and what has left; between the two the stack stops the queue
// (__QUEUE_STATE_STACK_XOFF) when more bytes are under way than the device needs. Both reports must add up: the same
// bytes for the same packet. Linux 6.1: include/linux/netdevice.h
#pragma once

#include "linux/netdevice.h"
#include "linux/trace_fn.h"

namespace skbscope::stack {

// From ndo_start_xmit, once a packet.
inline void netdev_tx_sent_queue(netdev_queue *dev_queue, unsigned bytes) {
    TRACE_FN();
    dql_queued(&dev_queue->dql, bytes);
    if (dql_avail(&dev_queue->dql) >= 0) return;
    dev_queue->trans_start = jiffies_now();
    set_bit(__QUEUE_STATE_STACK_XOFF, &dev_queue->state);
    // The kernel looks a second time: another CPU may have completed something meanwhile.
    if (dql_avail(&dev_queue->dql) >= 0) clear_bit(__QUEUE_STATE_STACK_XOFF, &dev_queue->state);
}

// The same for a driver that is told when more is to come at once. True: tell the device now.
[[nodiscard]] inline bool __netdev_tx_sent_queue(netdev_queue *dev_queue, unsigned bytes, bool xmit_more) {
    TRACE_FN();
    if (xmit_more) {
        dql_queued(&dev_queue->dql, bytes);
        return TRACE_RET(netif_tx_queue_stopped(dev_queue));
    }
    netdev_tx_sent_queue(dev_queue, bytes);
    return TRACE_RET(true);
}

// Once a round of completions, not once a packet: the limit is reckoned from what completes together.
inline void netdev_tx_completed_queue(netdev_queue *dev_queue, unsigned, unsigned bytes) {
    TRACE_FN();
    if (bytes == 0) return;
    dql_completed(&dev_queue->dql, bytes);
    if (dql_avail(&dev_queue->dql) < 0) return;
    if (test_and_clear_bit(__QUEUE_STATE_STACK_XOFF, &dev_queue->state)) netif_schedule_queue(dev_queue);
}

// Everything under way is gone: the device was reset.
inline void netdev_tx_reset_queue(netdev_queue *q) {
    TRACE_FN();
    clear_bit(__QUEUE_STATE_STACK_XOFF, &q->state);
    dql_reset(&q->dql);
}

// Of a device with one queue.
inline void netdev_sent_queue(net_device *dev, unsigned bytes) {
    netdev_tx_sent_queue(netdev_get_tx_queue(dev, 0), bytes);
}
[[nodiscard]] inline bool __netdev_sent_queue(net_device *dev, unsigned bytes, bool xmit_more) {
    return __netdev_tx_sent_queue(netdev_get_tx_queue(dev, 0), bytes, xmit_more);
}
inline void netdev_completed_queue(net_device *dev, unsigned pkts, unsigned bytes) {
    netdev_tx_completed_queue(netdev_get_tx_queue(dev, 0), pkts, bytes);
}
inline void netdev_reset_queue(net_device *dev) {
    netdev_tx_reset_queue(netdev_get_tx_queue(dev, 0));
}

} // namespace skbscope::stack
