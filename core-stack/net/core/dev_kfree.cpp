// SPDX-License-Identifier: GPL-2.0-or-later
// Freeing a packet in an interrupt: its destructors must not run there, so NET_TX_SOFTIRQ does it.
// Linux 6.1: net/core/dev.c
#include "linux/interrupt.h"
#include "linux/netdevice.h"

namespace skbscope::stack {

namespace {

// Linux 6.1: net/core/dev.c
void __dev_kfree_skb_irq(sk_buff *skb) {
    TRACE_FN(skb);
    if (!refcount_dec_and_test(&skb->users)) return;
    softnet_data *sd = this_cpu_softnet();
    skb->next = sd->completion_queue;
    sd->completion_queue = skb;
    raise_softirq_irqoff(NET_TX_SOFTIRQ);
}

} // namespace

void dev_consume_skb_irq(sk_buff *skb) {
    TRACE_FN(skb);
    __dev_kfree_skb_irq(skb);
}

} // namespace skbscope::stack
