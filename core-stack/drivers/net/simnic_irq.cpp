// SPDX-License-Identifier: GPL-2.0-or-later
// The card's interrupts, and the three things that a driver hands over as dev_id: the device, when one line serves all
// of it; a queue's vector, when each queue has a line; the adapter, for what belongs to no queue.
#include "drivers/net/simnic.h"
#include "linux/irq.h"
#include "linux/trace_fn.h"
#include "sim/machine_state.h"

namespace skbscope::stack {

namespace {

// With NAPI: no further interrupt until the poll found the ring empty.
void simnic_schedule(simnic_q_vector *q) {
    TRACE_FN();
    simnic_hw_mask(q->adapter->hw, q->index);
    napi_schedule(&q->napi);
}

// Before NAPI: the handler itself takes the packet, and the next one interrupts again.
void simnic_take_one(simnic_q_vector *q) {
    TRACE_FN();
    simnic_hw_mask(q->adapter->hw, q->index);
    simnic_rx_one_irq(q);
    simnic_clean_tx(q, 0);
    simnic_hw_unmask(q->adapter->hw, q->index, q->rx_next);
}

void simnic_service(simnic_q_vector *q) {
    if (q->adapter->config.mode == simnic_mode::napi)
        simnic_schedule(q);
    else
        simnic_take_one(q);
}

bool has_event(const simnic_q_vector *q) {
    const simnic_hw_queue &hwq = q->adapter->hw.queues[q->index];
    return !hwq.masked && (hwq.tx_event || hwq.rx[q->rx_next].done);
}

// One line for the whole device: it must ask which of its queues is meant, and whether it is meant at all.
irqreturn_t simnic_intr(int, void *dev_id) {
    TRACE_FN();
    auto *adapter = netdev_priv<simnic_adapter>(static_cast<net_device *>(dev_id));
    irqreturn_t ret = IRQ_NONE;
    for (auto &q : adapter->vectors)
        if (has_event(q.get())) {
            simnic_service(q.get());
            ret = IRQ_HANDLED;
        }
    return TRACE_RET(ret);
}

// A line of its own: nothing to ask.
irqreturn_t simnic_msix_ring(int, void *dev_id) {
    TRACE_FN();
    simnic_service(static_cast<simnic_q_vector *>(dev_id));
    return TRACE_RET(IRQ_HANDLED);
}

irqreturn_t simnic_msix_other(int, void *dev_id) {
    TRACE_FN();
    auto *adapter = static_cast<simnic_adapter *>(dev_id);
    if (adapter->hw.link)
        netif_carrier_on(adapter->netdev);
    else
        netif_carrier_off(adapter->netdev);
    return TRACE_RET(IRQ_HANDLED);
}

int request_legacy(simnic_adapter *adapter) {
    net_device *dev = adapter->netdev;
    const int err = request_irq(adapter->hw.other_irq, simnic_intr, IRQF_SHARED, dev->name, dev);
    for (auto &q : adapter->vectors)
        adapter->hw.queues[q->index].irq = adapter->hw.other_irq;
    return err;
}

} // namespace

int simnic_request_irqs(simnic_adapter *adapter) {
    TRACE_FN();
    if (adapter->config.vectors == simnic_vectors::legacy) return TRACE_RET(request_legacy(adapter));
    for (auto &q : adapter->vectors) {
        adapter->hw.queues[q->index].irq = q->irq;
        if (const int err = request_irq(q->irq, simnic_msix_ring, 0, q->name, q.get())) return TRACE_RET(err);
    }
    return TRACE_RET(request_irq(adapter->hw.other_irq, simnic_msix_other, 0, adapter->netdev->name, adapter));
}

void simnic_free_irqs(simnic_adapter *adapter) {
    TRACE_FN();
    if (adapter->config.vectors == simnic_vectors::legacy) {
        free_irq(adapter->hw.other_irq, adapter->netdev);
        return;
    }
    free_irq(adapter->hw.other_irq, adapter);
    for (auto &q : adapter->vectors)
        free_irq(q->irq, q.get());
}

} // namespace skbscope::stack
