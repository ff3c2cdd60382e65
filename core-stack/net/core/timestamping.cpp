// SPDX-License-Identifier: GPL-2.0-or-later
// Time stamps by PHY chips. No model device has one, so nothing is stamped; the calls are made as the kernel makes
// them. Linux 6.1: net/core/timestamping.c
#include "linux/skbuff.h"

namespace skbscope::stack {

// Linux 6.1: net/core/timestamping.c
void skb_clone_tx_timestamp(sk_buff *skb) {
    TRACE_FN(skb);
}

// Linux 6.1: net/core/timestamping.c
bool skb_defer_rx_timestamp(sk_buff *skb) {
    TRACE_FN(skb);
    return TRACE_RET(false);
}

// Linux 6.1: include/linux/skbuff.h
void skb_tx_timestamp(sk_buff *skb) {
    TRACE_FN(skb);
    skb_clone_tx_timestamp(skb);
    // SKBTX_SW_TSTAMP would be set by SO_TIMESTAMPING, which the model does not have.
}

} // namespace skbscope::stack
