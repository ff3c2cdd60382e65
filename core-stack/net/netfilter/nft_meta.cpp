// SPDX-License-Identifier: GPL-2.0-or-later
// What is known of a packet besides its bytes: the transport protocol. Linux 6.1: net/netfilter/nft_meta.c
#include "linux/trace_fn.h"
#include "net/netfilter/nf_tables.h"

namespace skbscope::stack {

void nft_meta_get_eval(const nft_expr *, nft_regs *regs, const nft_pktinfo *pkt) {
    TRACE_FN(pkt->skb);
    if (pkt->flags & NFT_PKTINFO_L4PROTO)
        regs->data = pkt->tprot;
    else
        regs->verdict = NFT_BREAK;
}

} // namespace skbscope::stack
