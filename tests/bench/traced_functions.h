// SPDX-License-Identifier: GPL-2.0-or-later
// Functions to measure. In a file of their own, so that none is inlined into the loop that calls it.
#pragma once

#include "linux/skbuff.h"

namespace skbscope::stack {

int plain_function(sk_buff *skb, int x);      // the same work without a trace line
int traced_function(sk_buff *skb, int x);     // TRACE_FN();
int traced_skb_function(sk_buff *skb, int x); // TRACE_FN(skb);

} // namespace skbscope::stack
