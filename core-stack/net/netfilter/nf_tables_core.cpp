// SPDX-License-Identifier: GPL-2.0-or-later
// A chain's walk over its rules. Linux 6.1: net/netfilter/nf_tables_core.c
#include "net/netfilter/nf_tables.h"

#include "linux/errno.h"
#include "linux/skbuff.h"
#include "linux/trace_fn.h"
#include "net/dropreason.h"

#include <cstring>

namespace skbscope::stack {

namespace {

// Whether `len` bytes at `ptr` lie in the linear part: else nft_payload_eval() has to fetch them.
bool nft_payload_fast_eval(const nft_expr *expr, nft_regs *regs, const nft_pktinfo *pkt) {
    const sk_buff *skb = pkt->skb;
    const u8 *ptr = nullptr;
    if (expr->base == nft_payload_bases::NFT_PAYLOAD_NETWORK_HEADER) {
        ptr = skb_network_header(skb);
    } else {
        if (!(pkt->flags & NFT_PKTINFO_L4PROTO)) return false;
        ptr = skb->data + pkt->thoff;
    }
    ptr += expr->offset;
    if (ptr + expr->len > skb_tail_pointer(skb)) return false;
    regs->data = 0;
    std::memcpy(&regs->data, ptr, expr->len);
    return true;
}

void nft_cmp_fast_eval(const nft_expr *expr, nft_regs *regs) {
    if ((regs->data & expr->mask) != expr->data) regs->verdict = NFT_BREAK;
}

// The kernel calls through expr->ops, or by name where a call through a pointer is dear (retpolines).
void eval(const nft_expr *expr, nft_regs *regs, const nft_pktinfo *pkt) {
    switch (expr->type) {
    case nft_expr_type::cmp:
        return nft_cmp_fast_eval(expr, regs);
    case nft_expr_type::payload:
        if (!nft_payload_fast_eval(expr, regs, pkt)) nft_payload_eval(expr, regs, pkt);
        return;
    case nft_expr_type::meta_l4proto:
        return nft_meta_get_eval(expr, regs, pkt);
    case nft_expr_type::immediate:
        return nft_immediate_eval(expr, regs, pkt);
    }
}

int nft_run_rule(const nft_rule &rule, nft_regs *regs, const nft_pktinfo *pkt) {
    for (const nft_expr &expr : rule.expressions) {
        eval(&expr, regs, pkt);
        if (regs->verdict != NFT_CONTINUE) break;
    }
    return regs->verdict;
}

// The dropper frees the packet where it decides, so that the reason's place is the rule's; the walk over the hooks then
// sees a stolen packet with an error in its upper half.
unsigned NF_DROP_REASON(sk_buff *skb, skb_drop_reason reason, unsigned err) {
    kfree_skb_reason(skb, reason);
    return err << NF_VERDICT_QBITS | NF_STOLEN;
}

} // namespace

unsigned nft_do_chain(nft_pktinfo *pkt, void *priv) {
    TRACE_FN(pkt->skb);
    const auto *chain = static_cast<const nft_chain *>(priv);
    nft_regs regs;
    for (const nft_rule &rule : chain->rules) {
        regs.verdict = NFT_CONTINUE;
        const int verdict = nft_run_rule(rule, &regs, pkt);
        if (verdict == NFT_BREAK || verdict == NFT_CONTINUE) continue;
        if (verdict == static_cast<int>(NF_DROP))
            return TRACE_RET(NF_DROP_REASON(pkt->skb, SKB_DROP_REASON_NETFILTER_DROP, EPERM));
        return TRACE_RET(static_cast<unsigned>(verdict));
    }
    return TRACE_RET(NF_ACCEPT); // the policy
}

} // namespace skbscope::stack
