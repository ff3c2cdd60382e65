// SPDX-License-Identifier: GPL-2.0-or-later
#include "traced_functions.h"

namespace skbscope::stack {

int plain_function(sk_buff *skb, int x) {
    return x + static_cast<int>(skb->len);
}

int traced_function(sk_buff *skb, int x) {
    TRACE_FN();
    return x + static_cast<int>(skb->len);
}

int traced_skb_function(sk_buff *skb, int x) {
    TRACE_FN(skb);
    return x + static_cast<int>(skb->len);
}

} // namespace skbscope::stack
