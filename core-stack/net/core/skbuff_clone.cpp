// SPDX-License-Identifier: GPL-2.0-or-later
// A second sk_buff for the same packet. A clone shares the buffer: cheap, but neither may write to it any more. A copy
// has a buffer of its own. pskb_expand_head() gives one struct a new, bigger or unshared buffer in place.
// Linux 6.1: net/core/skbuff.c
#include "net/core/skbuff_internal.h"

#include "net/dst.h"
#include "net/sock.h"
#include "sim/trace_emit.h"

#include <cstring>

namespace skbscope::stack {

// Linux 6.1: net/core/skbuff.c
void __copy_skb_header(sk_buff *to, const sk_buff *old) {
    TRACE_FN(to);
    to->tstamp = old->tstamp;
    to->dev = old->dev;
    to->dev_scratch = old->dev_scratch;
    std::memcpy(to->cb, old->cb, sizeof to->cb);
    skb_dst_copy(to, old);
    to->active_extensions = old->active_extensions;
    to->_nfct = old->_nfct;
    to->queue_mapping = old->queue_mapping;
    static_cast<sk_buff_headers &>(*to) = *old;
}

namespace {

// Linux 6.1: net/core/skbuff.c
sk_buff *__skb_clone(sk_buff *n, sk_buff *skb) {
    TRACE_FN(n);
    n->next = n->prev = nullptr;
    n->sk = nullptr;
    __copy_skb_header(n, skb);
    n->len = skb->len;
    n->data_len = skb->data_len;
    n->mac_len = skb->mac_len;
    n->hdr_len = skb->nohdr ? static_cast<u16>(skb_headroom(skb)) : skb->hdr_len;
    n->cloned = 1;
    n->nohdr = 0;
    n->peeked = 0;
    n->pfmemalloc = skb->pfmemalloc;
    n->pp_recycle = skb->pp_recycle;
    n->destructor = nullptr;
    n->tail = skb->tail;
    n->end = skb->end;
    n->head = skb->head;
    n->head_frag = skb->head_frag;
    n->data = skb->data;
    n->truesize = skb->truesize;
    n->head_released = 0;
    refcount_set(&n->users, 1);
    atomic_inc(&skb_shinfo(skb)->dataref);
    skb->cloned = 1;
    trace_clone(n, skb);
    return n;
}

bool is_skb_wmem(const sk_buff *skb) {
    return skb->destructor == sock_wfree;
}

} // namespace

// Linux 6.1: net/core/skbuff.c
sk_buff *skb_clone(sk_buff *skb, gfp_t) {
    TRACE_FN(skb);
    sk_buff_fclones *fclones = container_of(skb, &sk_buff_fclones::skb1);
    if (skb->fclone == SKB_FCLONE_ORIG && refcount_read(&fclones->fclone_ref) == 1) {
        sk_buff *n = &fclones->skb2;
        refcount_set(&fclones->fclone_ref, 2);
        n->fclone = SKB_FCLONE_CLONE;
        return __skb_clone(n, skb);
    }
    auto *n = static_cast<sk_buff *>(kmem_cache_alloc(skbuff_cache->head));
    n->fclone = SKB_FCLONE_UNAVAILABLE;
    return __skb_clone(n, skb);
}

// dst gives up what it holds and becomes a clone of src. Linux 6.1: net/core/skbuff.c
sk_buff *skb_morph(sk_buff *dst, sk_buff *src) {
    TRACE_FN(dst);
    skb_release_head_state(dst);
    if (dst->head) skb_release_data(dst);
    trace_free(dst); // what it was; the struct is another packet from here on, with an id of its own
    return TRACE_RET(__skb_clone(dst, src));
}

void skb_clone_fraglist(sk_buff *skb) {
    for (sk_buff *list = skb_shinfo(skb)->frag_list; list; list = list->next)
        (void)skb_get(list);
}

// Linux 6.1: net/core/skbuff.c
void skb_headers_offset_update(sk_buff *skb, int off) {
    TRACE_FN(skb);
    const auto move = [off](u16 &offset) { offset = static_cast<u16>(offset + off); };
    if (skb->ip_summed == CHECKSUM_PARTIAL) move(skb->csum_start);
    move(skb->transport_header);
    move(skb->network_header);
    if (skb_mac_header_was_set(skb)) move(skb->mac_header);
    move(skb->inner_transport_header);
    move(skb->inner_network_header);
    move(skb->inner_mac_header);
}

// Linux 6.1: net/core/skbuff.c
void skb_copy_header(sk_buff *to, const sk_buff *old) {
    TRACE_FN(to);
    __copy_skb_header(to, old);
    skb_shinfo(to)->gso_size = skb_shinfo(old)->gso_size;
    skb_shinfo(to)->gso_segs = skb_shinfo(old)->gso_segs;
    skb_shinfo(to)->gso_type = skb_shinfo(old)->gso_type;
}

// Linux 6.1: net/core/skbuff.c
sk_buff *skb_copy(const sk_buff *skb, gfp_t gfp_mask) {
    TRACE_FN(skb);
    const int headerlen = static_cast<int>(skb_headroom(skb));
    sk_buff *n = __alloc_skb(skb->end + skb->data_len, gfp_mask, 0, NUMA_NO_NODE);
    skb_reserve(n, headerlen);
    skb_put(n, skb->len);
    BUG_ON(skb_copy_bits(skb, -headerlen, n->head, headerlen + static_cast<int>(skb->len)));
    skb_copy_header(n, skb);
    trace_copy(n, skb);
    return n;
}

// The linear part is copied, the fragments are shared.
// Linux 6.1: net/core/skbuff.c
sk_buff *__pskb_copy_fclone(sk_buff *skb, int headroom, gfp_t gfp_mask, bool fclone) {
    TRACE_FN(skb);
    sk_buff *n = __alloc_skb(skb_headlen(skb) + static_cast<unsigned>(headroom), gfp_mask,
                             fclone ? SKB_ALLOC_FCLONE : 0, NUMA_NO_NODE);
    skb_reserve(n, headroom);
    skb_put(n, skb_headlen(skb));
    std::memcpy(n->data, skb->data, n->len);
    n->truesize += skb->data_len;
    n->data_len = skb->data_len;
    n->len = skb->len;
    const skb_shared_info *from = skb_shinfo(skb);
    skb_shared_info *to = skb_shinfo(n);
    for (int i = 0; i < from->nr_frags; ++i) {
        to->frags[i] = from->frags[i];
        skb_frag_ref(skb, i);
    }
    to->nr_frags = from->nr_frags;
    to->flags = static_cast<u8>(to->flags | (from->flags & SKBFL_SHARED_FRAG));
    if (skb_has_frag_list(skb)) {
        to->frag_list = from->frag_list;
        skb_clone_fraglist(n);
    }
    skb_copy_header(n, skb);
    trace_copy(n, skb);
    return n;
}

// Linux 6.1: net/core/skbuff.c
int pskb_expand_head(sk_buff *skb, int nhead, int ntail, gfp_t gfp_mask) {
    TRACE_FN(skb);
    const unsigned osize = skb_end_offset(skb);
    unsigned size = osize + static_cast<unsigned>(nhead) + static_cast<unsigned>(ntail);
    BUG_ON(nhead < 0);
    BUG_ON(skb_shared(skb));

    u8 *data = kmalloc_reserve(&size, gfp_mask, NUMA_NO_NODE, nullptr);
    size = SKB_WITH_OVERHEAD(size);
    u8 *old_head = skb->head;
    std::memcpy(data + nhead, old_head, skb->tail);
    auto *shinfo = reinterpret_cast<skb_shared_info *>(data + size);
    *shinfo = *skb_shinfo(skb);
    trace_expand_begin(skb, data, size, nhead);
    if (skb_cloned(skb)) {
        // The others keep the old buffer; fragments now have one user more.
        for (int i = 0; i < shinfo->nr_frags; ++i)
            skb_frag_ref(skb, i);
        if (skb_has_frag_list(skb)) skb_clone_fraglist(skb);
        skb_release_data(skb);
    } else {
        skb_free_head(skb);
    }
    const auto headroom = static_cast<std::size_t>(skb->data - old_head);
    skb->head = data;
    skb->head_frag = 0;
    skb->head_released = 0;
    skb->data = data + nhead + headroom;
    skb->end = size;
    skb->tail += static_cast<u32>(nhead);
    skb_headers_offset_update(skb, nhead);
    skb->cloned = 0;
    skb->hdr_len = 0;
    skb->nohdr = 0;
    atomic_set(&skb_shinfo(skb)->dataref, 1);
    // A socket that was charged for the old size must not be paid back the new one. (The kernel makes an exception for
    // TCP's early demux, sock_edemux.)
    if (!skb->sk) skb->truesize += size - osize;
    trace_expand(skb, nhead);
    return TRACE_RET(0);
}

// Linux 6.1: net/core/skbuff.c
sk_buff *skb_realloc_headroom(sk_buff *skb, unsigned headroom) {
    TRACE_FN(skb);
    const int delta = static_cast<int>(headroom - skb_headroom(skb));
    if (delta <= 0) return pskb_copy(skb, GFP_ATOMIC);
    sk_buff *skb2 = skb_clone(skb, GFP_ATOMIC);
    if (skb2 && pskb_expand_head(skb2, SKB_DATA_ALIGN(delta), 0, GFP_ATOMIC)) {
        kfree_skb(skb2);
        skb2 = nullptr;
    }
    return skb2;
}

// Linux 6.1: net/core/skbuff.c
sk_buff *skb_expand_head(sk_buff *skb, unsigned headroom) {
    TRACE_FN(skb);
    const int delta = static_cast<int>(headroom - skb_headroom(skb));
    const u32 osize = skb_end_offset(skb);
    sock *sk = skb->sk;
    if (delta <= 0) return skb;
    if (skb_shared(skb) || !is_skb_wmem(skb)) {
        sk_buff *nskb = skb_clone(skb, GFP_ATOMIC);
        if (sk) skb_set_owner_w(nskb, sk);
        consume_skb(skb);
        skb = nskb;
    }
    if (pskb_expand_head(skb, SKB_DATA_ALIGN(delta), 0, GFP_ATOMIC)) {
        kfree_skb(skb);
        return nullptr;
    }
    if (sk && is_skb_wmem(skb)) {
        const u32 grown = skb_end_offset(skb) - osize;
        refcount_add(static_cast<int>(grown), &sk->sk_wmem_alloc);
        skb->truesize += grown;
    }
    return skb;
}

// Linux 6.1: net/core/skbuff.c
sk_buff *skb_copy_expand(const sk_buff *skb, int newheadroom, int newtailroom, gfp_t gfp_mask) {
    TRACE_FN(skb);
    const int oldheadroom = static_cast<int>(skb_headroom(skb));
    const int len = static_cast<int>(skb->len);
    sk_buff *n = __alloc_skb(static_cast<unsigned>(newheadroom + len + newtailroom), gfp_mask, 0, NUMA_NO_NODE);
    skb_reserve(n, newheadroom);
    skb_put(n, skb->len);
    const int copy_len = std::min(oldheadroom, newheadroom);
    BUG_ON(skb_copy_bits(skb, -copy_len, n->head + (newheadroom - copy_len), len + copy_len));
    skb_copy_header(n, skb);
    skb_headers_offset_update(n, newheadroom - oldheadroom);
    trace_copy(n, skb);
    return n;
}

// Linux 6.1: include/linux/skbuff.h
sk_buff *skb_share_check(sk_buff *skb, gfp_t pri) {
    TRACE_FN(skb);
    if (!skb_shared(skb)) return skb;
    sk_buff *nskb = skb_clone(skb, pri);
    consume_skb(skb);
    return nskb;
}

// Linux 6.1: include/linux/skbuff.h
sk_buff *skb_unshare(sk_buff *skb, gfp_t pri) {
    TRACE_FN(skb);
    if (!skb_cloned(skb)) return skb;
    sk_buff *nskb = skb_copy(skb, pri);
    consume_skb(skb);
    return nskb;
}

static int __skb_cow(sk_buff *skb, unsigned headroom, bool cloned) {
    TRACE_FN(skb);
    const unsigned have = skb_headroom(skb);
    const unsigned delta = headroom > have ? headroom - have : 0;
    if (!delta && !cloned) return 0;
    return pskb_expand_head(skb, static_cast<int>(ALIGN(delta, NET_SKB_PAD)), 0, GFP_ATOMIC);
}

int skb_cow(sk_buff *skb, unsigned headroom) {
    return __skb_cow(skb, headroom, skb_cloned(skb));
}
int skb_cow_head(sk_buff *skb, unsigned headroom) {
    return __skb_cow(skb, headroom, skb_header_cloned(skb));
}

} // namespace skbscope::stack
