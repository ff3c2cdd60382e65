// SPDX-License-Identifier: GPL-2.0-or-later
// Freeing a packet in an interrupt: its destructors must not run there, so NET_TX_SOFTIRQ does it.
// Linux 6.1: net/core/dev.c
#include "linux/bug.h"
#include "linux/interrupt.h"
#include "linux/netdevice.h"
#include "net/core/dev_internal.h"

namespace skbscope::stack {

// Linux 6.1: net/core/dev.c
void __dev_kfree_skb_irq(sk_buff *skb, skb_free_reason reason) {
    TRACE_FN(skb);
    if (!skb || !refcount_dec_and_test(&skb->users)) return;
    SKB_CB<dev_kfree_skb_cb>(skb)->reason = reason;
    softnet_data *sd = this_cpu_softnet();
    skb->next = sd->completion_queue;
    sd->completion_queue = skb;
    raise_softirq_irqoff(NET_TX_SOFTIRQ);
}

// Linux 6.1: net/core/dev.c
void __dev_kfree_skb_any(sk_buff *skb, skb_free_reason reason) {
    TRACE_FN(skb);
    if (in_hardirq())
        __dev_kfree_skb_irq(skb, reason);
    else if (reason == SKB_REASON_DROPPED)
        kfree_skb(skb);
    else
        consume_skb(skb);
}

// Linux 6.1: include/linux/netdevice.h
void dev_kfree_skb_irq(sk_buff *skb) {
    TRACE_FN(skb);
    __dev_kfree_skb_irq(skb, SKB_REASON_DROPPED);
}
// Linux 6.1: include/linux/netdevice.h
void dev_consume_skb_irq(sk_buff *skb) {
    TRACE_FN(skb);
    __dev_kfree_skb_irq(skb, SKB_REASON_CONSUMED);
}
// Linux 6.1: include/linux/netdevice.h
void dev_kfree_skb_any(sk_buff *skb) {
    TRACE_FN(skb);
    __dev_kfree_skb_any(skb, SKB_REASON_DROPPED);
}
// Linux 6.1: include/linux/netdevice.h
void dev_consume_skb_any(sk_buff *skb) {
    TRACE_FN(skb);
    __dev_kfree_skb_any(skb, SKB_REASON_CONSUMED);
}

} // namespace skbscope::stack
