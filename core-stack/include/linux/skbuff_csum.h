// SPDX-License-Identifier: GPL-2.0-or-later
// Is the checksum of a packet that arrived right? Answered as cheaply as what is known allows: the device vouches for
// it, or summed the whole packet, or a short packet is summed now; a long one later, while it is copied to the process.
// Linux 6.1: include/linux/skbuff.h
#pragma once

#include "linux/skbuff.h"

namespace skbscope::stack {

inline constexpr unsigned CHECKSUM_BREAK = 76; // bytes: up to here it is summed at once

inline wsum null_compute_pseudo(sk_buff *, int) {
    return 0;
}

// False: nothing left to check, and csum_valid says so.
inline bool __skb_checksum_validate_needed(sk_buff *skb, bool zero_okay, sum16 check) {
    TRACE_FN(skb);
    if (!skb_csum_unnecessary(skb) && !(zero_okay && check == 0)) return TRACE_RET(true);
    skb->csum_valid = 1;
    __skb_decr_checksum_unnecessary(skb);
    return TRACE_RET(false);
}

// 0: right, or to be finished later from skb->csum. Else: wrong.
inline sum16 __skb_checksum_validate_complete(sk_buff *skb, bool complete, wsum psum) {
    TRACE_FN(skb);
    if (skb->ip_summed == CHECKSUM_COMPLETE && csum_fold(csum_add(psum, skb->csum)) == 0) {
        skb->csum_valid = 1;
        return TRACE_RET(sum16{0});
    }
    skb->csum = psum;
    if (!complete && skb->len > CHECKSUM_BREAK) return TRACE_RET(sum16{0});
    const sum16 csum = __skb_checksum_complete(skb);
    skb->csum_valid = csum == 0;
    return TRACE_RET(csum);
}

// compute_pseudo: the pseudo header's part of the sum, for a protocol that has one.
inline sum16 __skb_checksum_validate(sk_buff *skb, int proto, bool complete, bool zero_okay, sum16 check,
                                     wsum (*compute_pseudo)(sk_buff *skb, int proto)) {
    skb->csum_valid = 0;
    if (!__skb_checksum_validate_needed(skb, zero_okay, check)) return 0;
    return __skb_checksum_validate_complete(skb, complete, compute_pseudo(skb, proto));
}
inline sum16 skb_checksum_init(sk_buff *skb, int proto, wsum (*compute_pseudo)(sk_buff *, int)) {
    return __skb_checksum_validate(skb, proto, false, false, 0, compute_pseudo);
}
// A check of 0 means that the sender computed none (UDP).
inline sum16 skb_checksum_init_zero_check(sk_buff *skb, int proto, sum16 check,
                                          wsum (*compute_pseudo)(sk_buff *, int)) {
    return __skb_checksum_validate(skb, proto, false, true, check, compute_pseudo);
}
inline sum16 skb_checksum_simple_validate(sk_buff *skb) {
    return __skb_checksum_validate(skb, 0, true, false, 0, null_compute_pseudo);
}

} // namespace skbscope::stack
