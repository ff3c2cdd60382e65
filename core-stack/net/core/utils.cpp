// SPDX-License-Identifier: GPL-2.0-or-later
// Checksums that follow a changed header. Linux 6.1: net/core/utils.c
#include "linux/skbuff_gso.h"

namespace skbscope::stack {

// An address of the packet changed (pseudohdr), or something of its payload. Linux 6.1: net/core/utils.c
void inet_proto_csum_replace4(sum16 *sum, sk_buff *skb, be32 from, be32 to, bool pseudohdr) {
    TRACE_FN(skb);
    if (skb->ip_summed != CHECKSUM_PARTIAL) {
        csum_replace4(sum, from, to);
        if (skb->ip_summed == CHECKSUM_COMPLETE && pseudohdr)
            skb->csum = ~csum_add(csum_sub(~skb->csum, from.raw), to.raw);
    } else if (pseudohdr) { // only the pseudo header's part is in it yet, not inverted
        *sum = static_cast<sum16>(~csum_fold(csum_add(csum_sub(csum_unfold(*sum), from.raw), to.raw)));
    }
}

} // namespace skbscope::stack
