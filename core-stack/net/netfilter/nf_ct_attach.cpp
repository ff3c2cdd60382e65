// SPDX-License-Identifier: GPL-2.0-or-later
// Where connection tracking would join an answer to the connection of the packet it answers.
#include "linux/netfilter.h"

#include "linux/skbuff.h"
#include "linux/trace_fn.h"

namespace skbscope::stack {

// Linux 6.1: net/netfilter/core.c. No packet of the model is tracked (nf_conntrack is not loaded).
void nf_ct_attach(sk_buff *answer, const sk_buff *skb) {
    TRACE_FN(answer);
    BUG_ON(skb->_nfct != 0);
}

} // namespace skbscope::stack
