// SPDX-License-Identifier: GPL-2.0-or-later
// Packet filter rules: chains hang at a hook point, a rule is a row of expressions that load a part of the packet into
// a register, compare it, and in the end set a verdict. The model has the family ip, base chains of type filter with
// priority 0 and policy accept, and the expressions below; no sets, maps, jumps, counters or connection tracking.
// Linux 6.1: include/net/netfilter/nf_tables.h, include/uapi/linux/netfilter/nf_tables.h
#pragma once

#include "linux/netfilter.h"

#include <string>
#include <string_view>
#include <vector>

namespace skbscope::stack {

struct net;

// What a register of verdicts holds beside NF_*: go on with the next expression; with the next rule.
inline constexpr int NFT_CONTINUE = -1, NFT_BREAK = -2;

inline constexpr u8 NFT_PKTINFO_L4PROTO = 1; // tprot and thoff are set

struct nft_pktinfo {
    sk_buff *skb;
    const nf_hook_state *state;
    u8 flags;
    u8 tprot;       // IPPROTO_*
    u16 fragoff;    // in units of 8 bytes
    unsigned thoff; // of the transport header, from skb->data
};

struct nft_regs {
    int verdict = NFT_CONTINUE;
    u32 data = 0; // the one register in use; bytes as they lie in the packet
};

enum class nft_payload_bases : u8 { NFT_PAYLOAD_NETWORK_HEADER = 1, NFT_PAYLOAD_TRANSPORT_HEADER = 2 };

enum class nft_expr_type : u8 { meta_l4proto, payload, cmp, immediate };

// One struct for all types; each uses its own fields.
struct nft_expr {
    nft_expr_type type;
    nft_payload_bases base = nft_payload_bases::NFT_PAYLOAD_NETWORK_HEADER;
    u8 offset = 0, len = 0;     // payload: from the base, 1, 2 or 4 bytes, a multiple of `len` away
    u32 mask = 0, data = 0;     // cmp, equal: as in nft_regs::data
    int verdict = NFT_CONTINUE; // immediate: NF_DROP, NF_ACCEPT
};

struct nft_rule {
    std::string userdata; // a comment; the model's callers know their rules by it
    std::vector<nft_expr> expressions;
};

struct nft_chain {
    nf_hook_ops ops;
    std::vector<nft_rule> rules;
};

unsigned nft_do_chain(nft_pktinfo *pkt, void *chain);
unsigned nft_do_chain_ipv4(void *chain, sk_buff *skb, const nf_hook_state *state); // the hook
void nft_meta_get_eval(const nft_expr *expr, nft_regs *regs, const nft_pktinfo *pkt);
void nft_payload_eval(const nft_expr *expr, nft_regs *regs, const nft_pktinfo *pkt);
void nft_immediate_eval(const nft_expr *expr, nft_regs *regs, const nft_pktinfo *pkt);

// Appends a rule to the namespace's chain at that hook point; the first one makes and registers the chain. 0 or a
// negative errno.
int nft_add_rule(net *ns, unsigned hooknum, nft_rule rule);
// Takes away the first rule with that comment; the chain stays. -ENOENT when there is none.
int nft_del_rule(net *ns, unsigned hooknum, std::string_view userdata);

} // namespace skbscope::stack
