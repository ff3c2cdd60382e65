// SPDX-License-Identifier: GPL-2.0-or-later
// Bytes of the packet that do not lie in its linear part. Linux 6.1: net/netfilter/nft_payload.c
#include "linux/skbuff.h"
#include "linux/trace_fn.h"
#include "net/netfilter/nf_tables.h"

namespace skbscope::stack {

void nft_payload_eval(const nft_expr *expr, nft_regs *regs, const nft_pktinfo *pkt) {
    TRACE_FN(pkt->skb);
    int offset = skb_network_offset(pkt->skb);
    if (expr->base == nft_payload_bases::NFT_PAYLOAD_TRANSPORT_HEADER) {
        if (!(pkt->flags & NFT_PKTINFO_L4PROTO) || pkt->fragoff != 0) {
            regs->verdict = NFT_BREAK;
            return;
        }
        offset = static_cast<int>(pkt->thoff);
    }
    regs->data = 0;
    if (skb_copy_bits(pkt->skb, offset + expr->offset, &regs->data, expr->len) < 0) regs->verdict = NFT_BREAK;
}

} // namespace skbscope::stack
