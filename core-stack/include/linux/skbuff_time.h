// SPDX-License-Identifier: GPL-2.0-or-later
// The flow's hash, and when the packet came or leaves. Linux 6.1: include/linux/skbuff.h
#pragma once

#include "linux/skbuff_struct.h"

namespace skbscope::stack {

[[nodiscard]] u32 skb_get_hash(sk_buff *skb);
inline void skb_clear_delivery_time(sk_buff *skb) {
    if (skb->mono_delivery_time) {
        skb->mono_delivery_time = 0;
        skb->tstamp = 0;
    }
}
inline void skb_clear_tstamp(sk_buff *skb) {
    if (skb->mono_delivery_time) return;
    skb->tstamp = 0;
}
[[nodiscard]] inline ktime_t skb_tstamp(const sk_buff *skb) {
    return skb->mono_delivery_time ? 0 : skb->tstamp;
}
inline void __net_timestamp(sk_buff *skb) {
    skb->tstamp = ktime_get_real();
    skb->mono_delivery_time = 0;
}
void skb_clone_tx_timestamp(sk_buff *skb);
[[nodiscard]] bool skb_defer_rx_timestamp(sk_buff *skb);
void skb_tx_timestamp(sk_buff *skb); // by drivers, just before the packet leaves

} // namespace skbscope::stack
