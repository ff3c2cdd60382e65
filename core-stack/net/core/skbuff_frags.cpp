// SPDX-License-Identifier: GPL-2.0-or-later
// Packets in pieces: pages (frags) and further sk_buffs (frag_list) behind the linear part. Protocol headers are read
// from the linear part only; pulling copies what is missing there. Linux 6.1: net/core/skbuff.c
#include "net/core/skbuff_internal.h"
#include "sim/trace_emit.h"

#include <cstring>

namespace skbscope::stack {

void skb_fill_page_desc(sk_buff *skb, int i, page *page, int off, int size) {
    TRACE_FN(skb);
    skb_shinfo(skb)->frags[i] = {page, static_cast<u32>(size), static_cast<u32>(off)};
    skb_shinfo(skb)->nr_frags = static_cast<u8>(i + 1);
}

// Linux 6.1: net/core/skbuff.c
void skb_add_rx_frag(sk_buff *skb, int i, page *page, int off, int size, unsigned truesize) {
    TRACE_FN(skb);
    skb_fill_page_desc(skb, i, page, off, size);
    skb->len += static_cast<u32>(size);
    skb->data_len += static_cast<u32>(size);
    skb->truesize += truesize;
}

bool skb_can_coalesce(const sk_buff *skb, int i, const page *page, int off) {
    if (!i) return false;
    const skb_frag_t *frag = &skb_shinfo(skb)->frags[i - 1];
    return page == skb_frag_page(frag) && static_cast<u32>(off) == skb_frag_off(frag) + skb_frag_size(frag);
}

// Linux 6.1: net/core/skbuff.c
int skb_append_pagefrags(sk_buff *skb, page *page, int offset, std::size_t size) {
    TRACE_FN(skb);
    const int i = skb_shinfo(skb)->nr_frags;
    if (skb_can_coalesce(skb, i, page, offset)) {
        skb_frag_size_add(&skb_shinfo(skb)->frags[i - 1], static_cast<u32>(size));
    } else if (i < static_cast<int>(MAX_SKB_FRAGS)) {
        get_page(page);
        skb_fill_page_desc(skb, i, page, offset, static_cast<int>(size));
    } else {
        return TRACE_RET(-EMSGSIZE);
    }
    return TRACE_RET(0);
}

unsigned __skb_pagelen(const sk_buff *skb) {
    unsigned len = 0;
    for (int i = skb_shinfo(skb)->nr_frags - 1; i >= 0; --i)
        len += skb_frag_size(&skb_shinfo(skb)->frags[i]);
    return len;
}

// Takes `eat` bytes off the front of the frag_list. False: out of memory, or shorter than that.
static bool eat_frag_list(sk_buff *skb, u32 eat) {
    sk_buff *list = skb_shinfo(skb)->frag_list;
    sk_buff *clone = nullptr;
    sk_buff *keep = nullptr; // the first one that stays as it is
    while (eat) {
        if (list->len <= eat) {
            eat -= list->len;
            keep = list = list->next;
            continue;
        }
        if (skb_is_gso(skb) && !list->head_frag && skb_headlen(list)) skb_shinfo(skb)->gso_type |= SKB_GSO_DODGY;
        keep = list;
        if (skb_shared(list)) {
            clone = skb_clone(list, GFP_ATOMIC);
            keep = list->next;
            list = clone;
        }
        if (!pskb_pull(list, eat)) {
            if (clone) kfree_skb(clone);
            return false;
        }
        break;
    }
    while ((list = skb_shinfo(skb)->frag_list) != keep) {
        skb_shinfo(skb)->frag_list = list->next;
        consume_skb(list);
    }
    if (clone) {
        clone->next = list;
        skb_shinfo(skb)->frag_list = clone;
    }
    return true;
}

static void eat_frags(sk_buff *skb, u32 eat) {
    skb_shared_info *shinfo = skb_shinfo(skb);
    unsigned kept = 0;
    for (unsigned i = 0; i < shinfo->nr_frags; ++i) {
        const u32 size = skb_frag_size(&shinfo->frags[i]);
        if (size <= eat) {
            skb_frag_unref(skb, static_cast<int>(i));
            eat -= size;
            continue;
        }
        skb_frag_t *frag = &shinfo->frags[kept++];
        *frag = shinfo->frags[i];
        skb_frag_off_add(frag, eat);
        skb_frag_size_sub(frag, eat);
        eat = 0;
    }
    shinfo->nr_frags = static_cast<u8>(kept);
}

// Makes `delta` more bytes linear: copies them behind the tail and takes them off the fragments.
// Linux 6.1: net/core/skbuff.c
void *__pskb_pull_tail(sk_buff *skb, int delta) {
    TRACE_FN(skb);
    const int lacking = static_cast<int>(skb->tail) + delta - static_cast<int>(skb->end);
    if (lacking > 0 || skb_cloned(skb))
        if (pskb_expand_head(skb, 0, lacking > 0 ? lacking + 128 : 0, GFP_ATOMIC)) return nullptr;
    BUG_ON(skb_copy_bits(skb, static_cast<int>(skb_headlen(skb)), skb_tail_pointer(skb), delta));
    const auto moved = static_cast<u32>(delta);
    if (const u32 in_frags = __skb_pagelen(skb); skb_has_frag_list(skb) && moved > in_frags)
        if (!eat_frag_list(skb, moved - in_frags)) return nullptr;
    eat_frags(skb, moved);
    skb->tail += moved;
    skb->data_len -= moved;
    trace_buffer_op(SKBSCOPE_EV_PUT, skb, delta);
    return skb_tail_pointer(skb);
}

int __skb_linearize(sk_buff *skb) {
    TRACE_FN(skb);
    return TRACE_RET(__pskb_pull_tail(skb, static_cast<int>(skb->data_len)) ? 0 : -ENOMEM);
}

// What fits behind the tail need not stay in a page; then truesize can be told exactly.
// Linux 6.1: net/core/skbuff.c
void skb_condense(sk_buff *skb) {
    TRACE_FN(skb);
    if (skb->data_len) {
        if (skb->data_len > skb->end - skb->tail || skb_cloned(skb)) return;
        __pskb_pull_tail(skb, static_cast<int>(skb->data_len));
    }
    skb->truesize = SKB_TRUESIZE(skb_end_offset(skb));
}

static bool skb_head_is_locked(const sk_buff *skb) {
    return !skb->head_frag || skb_cloned(skb);
}

// Appends `from` to `to` without copying more than fits. True: `from` is used up (but for its struct, when its head was
// stolen, too). Linux 6.1: net/core/skbuff.c
bool skb_try_coalesce(sk_buff *to, sk_buff *from, bool *fragstolen, int *delta_truesize) {
    TRACE_FN(to);
    const u32 len = from->len;
    *fragstolen = false;
    if (skb_cloned(to)) return TRACE_RET(false);
    if (static_cast<int>(len) <= skb_tailroom(to)) {
        if (len) BUG_ON(skb_copy_bits(from, 0, skb_put(to, len), static_cast<int>(len)));
        *delta_truesize = 0;
        return TRACE_RET(true);
    }
    skb_shared_info *to_shinfo = skb_shinfo(to);
    skb_shared_info *from_shinfo = skb_shinfo(from);
    if (to_shinfo->frag_list || from_shinfo->frag_list) return TRACE_RET(false);
    u32 delta = 0;
    if (skb_headlen(from) != 0) {
        if (unsigned{to_shinfo->nr_frags} + from_shinfo->nr_frags >= MAX_SKB_FRAGS) return TRACE_RET(false);
        if (skb_head_is_locked(from)) return TRACE_RET(false);
        delta = from->truesize - SKB_DATA_ALIGN(SKB_STRUCT_SIZE);
        page *p = page_of_frag(from->head);
        skb_fill_page_desc(to, to_shinfo->nr_frags, p, static_cast<int>(from->data - page_address(p)),
                           static_cast<int>(skb_headlen(from)));
        *fragstolen = true;
    } else {
        if (unsigned{to_shinfo->nr_frags} + from_shinfo->nr_frags > MAX_SKB_FRAGS) return TRACE_RET(false);
        delta = from->truesize - SKB_TRUESIZE(skb_end_offset(from));
    }
    for (unsigned i = 0; i < from_shinfo->nr_frags; ++i)
        to_shinfo->frags[to_shinfo->nr_frags++] = from_shinfo->frags[i];
    if (skb_cloned(from))
        for (int i = 0; i < from_shinfo->nr_frags; ++i)
            skb_frag_ref(from, i);
    else
        from_shinfo->nr_frags = 0;
    to->truesize += delta;
    to->len += len;
    to->data_len += len;
    *delta_truesize = static_cast<int>(delta);
    return TRACE_RET(true);
}

} // namespace skbscope::stack
