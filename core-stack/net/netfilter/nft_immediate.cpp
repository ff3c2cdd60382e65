// SPDX-License-Identifier: GPL-2.0-or-later
// A value that is part of the rule: its verdict. Linux 6.1: net/netfilter/nft_immediate.c
#include "linux/trace_fn.h"
#include "net/netfilter/nf_tables.h"

namespace skbscope::stack {

void nft_immediate_eval(const nft_expr *expr, nft_regs *regs, const nft_pktinfo *pkt) {
    TRACE_FN(pkt->skb);
    regs->verdict = expr->verdict;
}

} // namespace skbscope::stack
