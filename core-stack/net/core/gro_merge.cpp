// SPDX-License-Identifier: GPL-2.0-or-later
// Two packets become one. The payload is not copied: its pages, or the whole buffer it lies in, become fragments of the
// held packet; when neither can be had, the packet itself hangs on its frag_list. Linux 6.1: net/core/gro.c
#include "linux/mm.h"
#include "net/core/gro_internal.h"
#include "net/core/skbuff_internal.h"
#include "sim/trace_emit.h"
#include "sim/work_clock.h"

#include <algorithm>

namespace skbscope::stack {

namespace {

constexpr unsigned GRO_LEGACY_MAX_SIZE = 65536; // the last length that IPv4's header can tell

// The payload starts in a fragment: the fragments move over. Returns what truesize they bring.
unsigned take_frags(skb_shared_info *pinfo, sk_buff *skb, unsigned skip) {
    skb_shared_info *from = skb_shinfo(skb);
    skb_frag_t *first = pinfo->frags + pinfo->nr_frags;
    std::copy_n(from->frags, from->nr_frags, first);
    pinfo->nr_frags = static_cast<u8>(pinfo->nr_frags + from->nr_frags);
    from->nr_frags = 0;
    skb_frag_off_add(first, skip);
    skb_frag_size_sub(first, skip);
    const unsigned own = SKB_TRUESIZE(skb_end_offset(skb));
    const unsigned delta = skb->truesize - own;
    skb->truesize = own;
    skb->len -= skb->data_len;
    skb->data_len = 0;
    NAPI_GRO_CB(skb)->free = NAPI_GRO_FREE;
    return delta;
}

// The payload starts in the head, which lies in a page: that page becomes a fragment, the packet's own ones follow.
unsigned take_head(skb_shared_info *pinfo, sk_buff *skb, unsigned offset) {
    const skb_shared_info *from = skb_shinfo(skb);
    page *pg = virt_to_head_page(skb->head);
    skb_frag_t *first = pinfo->frags + pinfo->nr_frags;
    *first = {pg, skb_headlen(skb) - offset, static_cast<u32>(skb->data - page_address(pg)) + offset};
    std::copy_n(from->frags, from->nr_frags, first + 1);
    pinfo->nr_frags = static_cast<u8>(pinfo->nr_frags + 1 + from->nr_frags);
    const unsigned own = SKB_DATA_ALIGN(SKB_STRUCT_SIZE);
    const unsigned delta = skb->truesize - own;
    skb->truesize = own;
    NAPI_GRO_CB(skb)->free = NAPI_GRO_FREE_STOLEN_HEAD;
    return delta;
}

void append_to_frag_list(sk_buff *p, sk_buff *skb) {
    sk_buff *last = NAPI_GRO_CB(p)->last;
    if (last == p)
        skb_shinfo(p)->frag_list = skb;
    else
        last->next = skb;
    NAPI_GRO_CB(p)->last = skb;
}

// The packet, without its headers, hangs on the frag_list.
unsigned take_whole(sk_buff *p, sk_buff *skb, unsigned offset) {
    skb->destructor = nullptr;
    skb->sk = nullptr;
    const unsigned delta = skb->truesize;
    if (const unsigned headlen = skb_headlen(skb); offset > headlen) {
        const unsigned eat = offset - headlen;
        skb_frag_off_add(&skb_shinfo(skb)->frags[0], eat);
        skb_frag_size_sub(&skb_shinfo(skb)->frags[0], eat);
        skb->data_len -= eat;
        skb->len -= eat;
        offset = headlen;
    }
    __skb_pull(skb, offset);
    append_to_frag_list(p, skb);
    skb->nohdr = 1; // __skb_header_release(): whoever clones it may write the headers
    atomic_set(&skb_shinfo(skb)->dataref, 1 + (1 << SKB_DATAREF_SHIFT));
    return delta;
}

void grow(sk_buff *skb, unsigned len, unsigned truesize, u8 flags) {
    skb->data_len += len;
    skb->truesize += truesize;
    skb->len += len;
    skb_shinfo(skb)->flags |= flags & SKBFL_SHARED_FRAG;
}

bool too_long(sk_buff *p, unsigned len) {
    return p->len + len >= p->dev->gro_max_size || p->len + len >= GRO_LEGACY_MAX_SIZE;
}

} // namespace

// Linux 6.1: net/core/gro.c (without jumbograms of IPv6)
int skb_gro_receive(sk_buff *p, sk_buff *skb) {
    TRACE_FN(p);
    const unsigned offset = skb_gro_offset(skb);
    const unsigned len = skb_gro_len(skb);
    if (p->pp_recycle != skb->pp_recycle || skb_zcopy(p) || skb_zcopy(skb)) return TRACE_RET(-ETOOMANYREFS);
    if (too_long(p, len) || NAPI_GRO_CB(skb)->flush != 0) return TRACE_RET(-E2BIG);
    work_done(work::gro_merge);

    sk_buff *lp = NAPI_GRO_CB(p)->last;
    skb_shared_info *pinfo = skb_shinfo(lp);
    const unsigned nr_frags = unsigned{pinfo->nr_frags} + skb_shinfo(skb)->nr_frags;
    const unsigned headlen = skb_headlen(skb);
    const u8 flags = skb_shinfo(skb)->flags;
    unsigned truesize = 0;
    if (headlen <= offset && nr_frags <= MAX_SKB_FRAGS) {
        truesize = take_frags(pinfo, skb, offset - headlen);
    } else if (headlen > offset && skb->head_frag && nr_frags + 1 <= MAX_SKB_FRAGS) {
        truesize = take_head(pinfo, skb, offset);
    } else {
        truesize = take_whole(p, skb, offset);
        lp = p;
    }
    NAPI_GRO_CB(p)->count = static_cast<u16>(NAPI_GRO_CB(p)->count + NAPI_GRO_CB(skb)->count);
    grow(p, len, truesize, flags);
    if (lp != p) grow(lp, len, truesize, flags);
    NAPI_GRO_CB(skb)->same_flow = 1;
    trace_lineage(SKBSCOPE_EV_MERGED_INTO, skb, p, NAPI_GRO_CB(p)->count - 1U);
    return TRACE_RET(0);
}

// Linux 6.1: net/core/gro.c
int skb_gro_receive_list(sk_buff *p, sk_buff *skb) {
    TRACE_FN(p);
    if (p->len + skb->len >= GRO_LEGACY_MAX_SIZE || NAPI_GRO_CB(skb)->flush != 0) return TRACE_RET(-E2BIG);
    work_done(work::gro_merge);
    append_to_frag_list(p, skb);
    skb_pull(skb, skb_gro_offset(skb));
    ++NAPI_GRO_CB(p)->count;
    skb->destructor = nullptr;
    skb->sk = nullptr;
    grow(p, skb->len, skb->truesize, skb_shinfo(skb)->flags);
    NAPI_GRO_CB(skb)->same_flow = 1;
    trace_lineage(SKBSCOPE_EV_MERGED_INTO, skb, p, NAPI_GRO_CB(p)->count - 1U);
    return TRACE_RET(0);
}

} // namespace skbscope::stack
