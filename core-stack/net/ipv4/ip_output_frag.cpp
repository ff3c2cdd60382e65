// SPDX-License-Identifier: GPL-2.0-or-later
// Cutting a datagram into fragments. A datagram of ours already lies in pieces of the right size (ip_append.cpp): each
// gets a header and goes (fast). Anything else is copied piece by piece into new buffers (slow).
// Linux 6.1: net/ipv4/ip_output.c
#include "net/icmp.h"
#include "net/ip.h"
#include "net/ipv4/ip_output_internal.h"
#include "sim/trace_emit.h"

#include <cstring>

namespace skbscope::stack {

int ip_fragment(net *ns, sock *sk, sk_buff *skb, unsigned mtu, int (*output)(net *, sock *, sk_buff *)) {
    TRACE_FN(skb);
    const bool df = (be16_to_cpu(ip_hdr(skb)->frag_off) & IP_DF) != 0;
    if (df && (!skb->ignore_df || (IPCB(skb)->frag_max_size && IPCB(skb)->frag_max_size > mtu))) {
        IP_INC_STATS(ns, IPSTATS_MIB_FRAGFAILS);
        icmp_send(skb, ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, cpu_to_be32(mtu));
        kfree_skb(skb);
        return TRACE_RET(-EMSGSIZE);
    }
    return TRACE_RET(ip_do_fragment(ns, sk, skb, output));
}

namespace {

void ip_copy_metadata(sk_buff *to, sk_buff *from) {
    TRACE_FN(to);
    to->pkt_type = from->pkt_type;
    to->priority = from->priority;
    to->protocol = from->protocol;
    to->skb_iif = from->skb_iif;
    skb_dst_drop(to);
    skb_dst_copy(to, from);
    to->dev = from->dev;
    to->mark = from->mark;
    to->hash = from->hash;
    to->sw_hash = from->sw_hash;
    to->l4_hash = from->l4_hash;
    to->tc_index = from->tc_index;
    to->_nfct = from->_nfct;
    to->secmark = from->secmark;
}

void skb_set_delivery_time(sk_buff *skb, ktime_t kt, bool mono) {
    skb->tstamp = kt;
    skb->mono_delivery_time = kt && mono;
}

} // namespace

// --- fast: the pieces exist
// -------------------------------------------------------------------------------------------

void ip_fraglist_init(sk_buff *skb, iphdr *iph, unsigned hlen, ip_fraglist_iter *iter) {
    TRACE_FN(skb);
    const unsigned first_len = skb_pagelen(skb);
    iter->frag = skb_shinfo(skb)->frag_list;
    skb_shinfo(skb)->frag_list = nullptr;
    u32 index = 0; // of the datagram's pieces: skb itself is the first
    for (sk_buff *frag = iter->frag; frag; frag = frag->next)
        trace_lineage(SKBSCOPE_EV_FRAGMENT_OF, frag, skb, ++index);
    iter->offset = 0;
    iter->iph = iph;
    iter->hlen = hlen;
    skb->data_len = first_len - skb_headlen(skb);
    skb->len = first_len;
    iph->tot_len = cpu_to_be16(static_cast<u16>(first_len));
    iph->frag_off = cpu_to_be16(IP_MF);
    ip_send_check(iph);
}

// Writes the header of the piece after skb.
void ip_fraglist_prepare(sk_buff *skb, ip_fraglist_iter *iter) {
    TRACE_FN(skb);
    const unsigned hlen = iter->hlen;
    sk_buff *frag = iter->frag;
    frag->ip_summed = CHECKSUM_NONE;
    skb_reset_transport_header(frag);
    __skb_push(frag, hlen);
    skb_reset_network_header(frag);
    std::memcpy(skb_network_header(frag), iter->iph, hlen);
    iphdr *iph = iter->iph = ip_hdr(frag);
    iph->tot_len = cpu_to_be16(static_cast<u16>(frag->len));
    ip_copy_metadata(frag, skb);
    iter->offset += static_cast<int>(skb->len - hlen);
    iph->frag_off = cpu_to_be16(static_cast<u16>((iter->offset >> 3) | (frag->next ? IP_MF : 0)));
    ip_send_check(iph);
}

sk_buff *ip_fraglist_next(ip_fraglist_iter *iter) {
    sk_buff *skb = iter->frag;
    iter->frag = skb->next;
    skb_mark_not_on_list(skb);
    return skb;
}

namespace {

struct frag_limits {
    unsigned mtu; // payload of a fragment
    unsigned hlen;
    unsigned ll_rs; // room the link header needs
};

bool piece_fits(const sk_buff *frag, const frag_limits &lim) {
    return frag->len <= lim.mtu && !((frag->len & 7) && frag->next) && skb_headroom(frag) >= lim.hlen + lim.ll_rs &&
           !skb_shared(frag);
}

// Are the pieces what we would cut ourselves? Then each answers for its own memory from now on.
bool fraglist_usable(sk_buff *skb, const iphdr *iph, const frag_limits &lim) {
    if (!skb_has_frag_list(skb)) return false;
    const unsigned first_data = skb_pagelen(skb) - lim.hlen;
    if (first_data > lim.mtu || (first_data & 7) || ip_is_fragment(iph) || skb_cloned(skb) ||
        skb_headroom(skb) < lim.ll_rs)
        return false;
    for (sk_buff *frag = skb_shinfo(skb)->frag_list; frag; frag = frag->next)
        if (!piece_fits(frag, lim)) return false;
    for (sk_buff *frag = skb_shinfo(skb)->frag_list; frag; frag = frag->next) {
        BUG_ON(frag->sk);
        if (skb->sk) {
            frag->sk = skb->sk;
            frag->destructor = sock_wfree;
        }
        skb->truesize -= frag->truesize;
    }
    return true;
}

int ip_fragment_fast(net *ns, sock *sk, sk_buff *skb, unsigned hlen, int (*output)(net *, sock *, sk_buff *)) {
    const ktime_t tstamp = skb->tstamp;
    const bool mono = skb->mono_delivery_time;
    ip_fraglist_iter iter;
    ip_fraglist_init(skb, ip_hdr(skb), hlen, &iter);
    int err;
    for (;;) {
        // The header of the next one is made from this one's, before this one is gone.
        if (iter.frag) {
            const bool first_frag = iter.offset == 0;
            IPCB(iter.frag)->flags = IPCB(skb)->flags;
            ip_fraglist_prepare(skb, &iter);
            if (first_frag && IPCB(skb)->opt.optlen) {
                IPCB(iter.frag)->opt.optlen = IPCB(skb)->opt.optlen;
                ip_options_fragment(iter.frag);
                ip_send_check(iter.iph);
            }
        }
        skb_set_delivery_time(skb, tstamp, mono);
        err = output(ns, sk, skb);
        if (!err) IP_INC_STATS(ns, IPSTATS_MIB_FRAGCREATES);
        if (err || !iter.frag) break;
        skb = ip_fraglist_next(&iter);
    }
    if (err == 0) {
        IP_INC_STATS(ns, IPSTATS_MIB_FRAGOKS);
        return 0;
    }
    kfree_skb_list(iter.frag);
    IP_INC_STATS(ns, IPSTATS_MIB_FRAGFAILS);
    return err;
}

} // namespace

// --- slow: copy
// -------------------------------------------------------------------------------------------------------

void ip_frag_init(sk_buff *skb, unsigned hlen, unsigned ll_rs, unsigned mtu, bool DF, ip_frag_state *state) {
    TRACE_FN(skb);
    const u16 frag_off = be16_to_cpu(ip_hdr(skb)->frag_off);
    state->DF = DF;
    state->hlen = hlen;
    state->ll_rs = ll_rs;
    state->mtu = mtu;
    state->left = skb->len - hlen;
    state->ptr = static_cast<int>(hlen);
    state->offset = (frag_off & IP_OFFSET) << 3; // it may be a fragment itself
    state->not_last_frag = cpu_to_be16(frag_off & IP_MF);
}

sk_buff *ip_frag_next(sk_buff *skb, ip_frag_state *state) {
    TRACE_FN(skb);
    unsigned len = std::min(state->left, state->mtu);
    if (len < state->left) len &= ~7U;
    sk_buff *skb2 = alloc_skb(len + state->hlen + state->ll_rs, GFP_ATOMIC);
    if (!skb2) return ERR_PTR(-ENOMEM);
    trace_lineage(SKBSCOPE_EV_FRAGMENT_OF, skb2, skb,
                  (static_cast<unsigned>(state->ptr) - state->hlen) / (state->mtu & ~7U));
    ip_copy_metadata(skb2, skb);
    skb_reserve(skb2, static_cast<int>(state->ll_rs));
    skb_put(skb2, len + state->hlen);
    skb_reset_network_header(skb2);
    skb2->transport_header = static_cast<u16>(skb2->network_header + state->hlen);
    if (skb->sk) skb_set_owner_w(skb2, skb->sk);
    std::memcpy(skb_network_header(skb2), skb->data, state->hlen);
    BUG_ON(skb_copy_bits(skb, state->ptr, skb_transport_header(skb2), static_cast<int>(len)));
    state->left -= len;

    iphdr *iph = ip_hdr(skb2);
    auto frag_off = static_cast<u16>(state->offset >> 3);
    if (state->DF) frag_off |= IP_DF;
    if (state->left > 0 || state->not_last_frag) frag_off |= IP_MF;
    iph->frag_off = cpu_to_be16(frag_off);
    state->ptr += static_cast<int>(len);
    state->offset += static_cast<int>(len);
    iph->tot_len = cpu_to_be16(static_cast<u16>(len + state->hlen));
    ip_send_check(iph);
    return TRACE_RET(skb2);
}

namespace {

int fragment_failed(net *ns, sk_buff *skb, int err) {
    kfree_skb(skb);
    IP_INC_STATS(ns, IPSTATS_MIB_FRAGFAILS);
    return err;
}

int ip_fragment_slow(net *ns, sock *sk, sk_buff *skb, const frag_limits &lim, int (*output)(net *, sock *, sk_buff *)) {
    const ktime_t tstamp = skb->tstamp;
    const bool mono = skb->mono_delivery_time;
    ip_frag_state state;
    ip_frag_init(skb, lim.hlen, lim.ll_rs, lim.mtu, (IPCB(skb)->flags & IPSKB_FRAG_PMTU) != 0, &state);
    int err = 0;
    while (state.left > 0) {
        const bool first_frag = state.offset == 0;
        sk_buff *skb2 = ip_frag_next(skb, &state);
        if (IS_ERR(skb2)) return fragment_failed(ns, skb, PTR_ERR(skb2));
        IPCB(skb2)->flags = IPCB(skb)->flags;
        if (first_frag) ip_options_fragment(skb); // those that need not be in every fragment go, for the next ones
        skb_set_delivery_time(skb2, tstamp, mono);
        err = output(ns, sk, skb2);
        if (err) return fragment_failed(ns, skb, err);
        IP_INC_STATS(ns, IPSTATS_MIB_FRAGCREATES);
    }
    consume_skb(skb);
    IP_INC_STATS(ns, IPSTATS_MIB_FRAGOKS);
    return err;
}

} // namespace

int ip_do_fragment(net *ns, sock *sk, sk_buff *skb, int (*output)(net *, sock *, sk_buff *)) {
    TRACE_FN(skb);
    if (skb->ip_summed == CHECKSUM_PARTIAL) { // no device can do it once it is cut
        int err = ip_check_csum_start(skb);
        if (!err) err = skb_checksum_help(skb);
        if (err) return TRACE_RET(fragment_failed(ns, skb, err));
    }
    unsigned mtu = ip_skb_dst_mtu(sk, skb);
    if (IPCB(skb)->frag_max_size && IPCB(skb)->frag_max_size < mtu) mtu = IPCB(skb)->frag_max_size;
    const iphdr *iph = ip_hdr(skb);
    const unsigned hlen = iph->ihl * 4U;
    if (mtu < hlen + 8) return TRACE_RET(fragment_failed(ns, skb, -EMSGSIZE));
    IPCB(skb)->flags |= IPSKB_FRAG_COMPLETE;
    const frag_limits lim{mtu - hlen, hlen, LL_RESERVED_SPACE(skb_dst(skb)->dev)};
    if (fraglist_usable(skb, iph, lim)) return TRACE_RET(ip_fragment_fast(ns, sk, skb, hlen, output));
    return TRACE_RET(ip_fragment_slow(ns, sk, skb, lim, output));
}

} // namespace skbscope::stack
