// SPDX-License-Identifier: GPL-2.0-or-later
// The hook function of base chains in the family ip. Linux 6.1: net/netfilter/nft_chain_filter.c,
// include/net/netfilter/nf_tables_ipv4.h
#include "linux/ip.h"
#include "linux/skbuff.h"
#include "linux/trace_fn.h"
#include "net/ip.h"
#include "net/netfilter/nf_tables.h"

namespace skbscope::stack {

unsigned nft_do_chain_ipv4(void *chain, sk_buff *skb, const nf_hook_state *state) {
    TRACE_FN(skb);
    const iphdr *ip = ip_hdr(skb);
    nft_pktinfo pkt{.skb = skb,
                    .state = state,
                    .flags = NFT_PKTINFO_L4PROTO,
                    .tprot = ip->protocol,
                    .fragoff = static_cast<u16>(be16_to_cpu(ip->frag_off) & IP_OFFSET),
                    .thoff = ip_hdrlen(skb)};
    return TRACE_RET(nft_do_chain(&pkt, chain));
}

} // namespace skbscope::stack
