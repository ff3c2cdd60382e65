// SPDX-License-Identifier: GPL-2.0-or-later
// Where a socket's filter would look at a packet before it is queued. Linux 6.1: net/core/filter.c
//
// Left out: the BPF interpreter; no socket of the model has a filter, so every packet passes.
#include "linux/filter.h"

#include "linux/errno.h"
#include "linux/trace_fn.h"
#include "net/sock.h"

namespace skbscope::stack {

// Linux 6.1: net/core/filter.c
int sk_filter_trim_cap(sock *sk, sk_buff *skb, unsigned) {
    TRACE_FN(skb);
    // A packet from the emergency reserve is for sockets that help freeing memory only.
    if (skb_pfmemalloc(skb) && !sock_flag(sk, SOCK_MEMALLOC)) return TRACE_RET(-ENOMEM);
    return TRACE_RET(0);
}

int sk_filter(sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    return TRACE_RET(sk_filter_trim_cap(sk, skb, 1));
}

} // namespace skbscope::stack
