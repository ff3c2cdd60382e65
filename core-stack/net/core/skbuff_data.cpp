// SPDX-License-Identifier: GPL-2.0-or-later
// Moving data and tail: every layer on the way down makes room and pushes its header in front, every layer on the way
// up pulls its own off. Nothing is copied. Each function records what it moved. Linux 6.1: net/core/skbuff.c,
// include/linux/skbuff.h
#include "linux/netdevice.h"
#include "net/core/skbuff_internal.h"
#include "net/sock.h"
#include "sim/trace_emit.h"

#include <cstring>
#include <string>

namespace skbscope::stack {

namespace {

[[noreturn]] void skb_panic(const sk_buff *skb, unsigned sz, const char *what) {
    panic(std::string(what) + ": len " + std::to_string(skb->len) + " by " + std::to_string(sz) + " headroom " +
          std::to_string(skb_headroom(skb)) + " tail " + std::to_string(skb->tail) + " end " +
          std::to_string(skb->end) + " dev " + (skb->dev ? skb->dev->name : "<NULL>"));
}

[[noreturn]] void skb_over_panic(const sk_buff *skb, unsigned sz) {
    skb_panic(skb, sz, "skb_over_panic");
}
[[noreturn]] void skb_under_panic(const sk_buff *skb, unsigned sz) {
    skb_panic(skb, sz, "skb_under_panic");
}

void *advance_tail(sk_buff *skb, unsigned len) {
    BUG_ON(skb_is_nonlinear(skb));
    u8 *tmp = skb_tail_pointer(skb);
    if (len > skb->end - skb->tail) skb_over_panic(skb, len);
    skb->tail += len;
    skb->len += len;
    trace_buffer_op(SKBSCOPE_EV_PUT, skb, len);
    return tmp;
}

void *retreat_data(sk_buff *skb, unsigned len) {
    if (len > skb_headroom(skb)) skb_under_panic(skb, len);
    skb->data -= len;
    skb->len += len;
    trace_buffer_op(SKBSCOPE_EV_PUSH, skb, len);
    return skb->data;
}

} // namespace

// Room in front of a buffer that is still empty.
// Linux 6.1: include/linux/skbuff.h
void skb_reserve(sk_buff *skb, int len) {
    TRACE_FN(skb);
    skb->data += len;
    skb->tail += static_cast<u32>(len);
    if (skb_headroom(skb) > skb->end) skb_over_panic(skb, static_cast<unsigned>(len));
    trace_buffer_op(SKBSCOPE_EV_RESERVE, skb, len);
}

// Linux 6.1: net/core/skbuff.c
void *skb_put(sk_buff *skb, unsigned len) {
    TRACE_FN(skb);
    return advance_tail(skb, len);
}
void *__skb_put(sk_buff *skb, unsigned len) {
    TRACE_FN(skb);
    return advance_tail(skb, len);
}
void *skb_put_zero(sk_buff *skb, unsigned len) {
    TRACE_FN(skb);
    return std::memset(skb_put(skb, len), 0, len);
}
void *skb_put_data(sk_buff *skb, const void *data, unsigned len) {
    TRACE_FN(skb);
    return std::memcpy(skb_put(skb, len), data, len);
}

// Linux 6.1: net/core/skbuff.c
void *skb_push(sk_buff *skb, unsigned len) {
    TRACE_FN(skb);
    return retreat_data(skb, len);
}
void *__skb_push(sk_buff *skb, unsigned len) {
    TRACE_FN(skb);
    return retreat_data(skb, len);
}

void *__skb_pull(sk_buff *skb, unsigned len) {
    TRACE_FN(skb);
    skb->len -= len;
    if (skb->len < skb->data_len) skb_panic(skb, len, "__skb_pull into the fragments");
    skb->data += len;
    trace_buffer_op(SKBSCOPE_EV_PULL, skb, len);
    return skb->data;
}
void *skb_pull_inline(sk_buff *skb, unsigned len) {
    TRACE_FN(skb);
    return len > skb->len ? nullptr : __skb_pull(skb, len);
}
// Linux 6.1: net/core/skbuff.c
void *skb_pull(sk_buff *skb, unsigned len) {
    TRACE_FN(skb);
    return skb_pull_inline(skb, len);
}
// Linux 6.1: net/core/skbuff.c
void *skb_pull_data(sk_buff *skb, std::size_t len) {
    TRACE_FN(skb);
    void *data = skb->data;
    if (skb->len < len) return nullptr;
    skb_pull(skb, static_cast<unsigned>(len));
    return data;
}

// A checksum over the whole packet, or one still to be stored, follows the data that is left.
// Linux 6.1: include/linux/skbuff.h
void skb_postpull_rcsum(sk_buff *skb, const void *start, unsigned len) {
    TRACE_FN(skb);
    if (skb->ip_summed == CHECKSUM_COMPLETE)
        skb->csum = ~csum_partial(start, len, ~skb->csum);
    else if (skb->ip_summed == CHECKSUM_PARTIAL && skb_checksum_start_offset(skb) < 0)
        skb->ip_summed = CHECKSUM_NONE;
}
void skb_postpush_rcsum(sk_buff *skb, const void *start, unsigned len) {
    if (skb->ip_summed == CHECKSUM_COMPLETE) skb->csum = csum_partial(start, len, skb->csum);
}
// Linux 6.1: net/core/skbuff.c
void *skb_pull_rcsum(sk_buff *skb, unsigned len) {
    TRACE_FN(skb);
    const u8 *data = skb->data;
    BUG_ON(len > skb->len);
    __skb_pull(skb, len);
    skb_postpull_rcsum(skb, data, len);
    return skb->data;
}
void *skb_push_rcsum(sk_buff *skb, unsigned len) {
    TRACE_FN(skb);
    skb_push(skb, len);
    skb_postpush_rcsum(skb, skb->data, len);
    return skb->data;
}

void __skb_trim(sk_buff *skb, unsigned len) {
    TRACE_FN(skb);
    BUG_ON(skb_is_nonlinear(skb));
    const u32 before = skb->len;
    __skb_set_length(skb, len);
    trace_buffer_op(SKBSCOPE_EV_TRIM, skb, s64{before} - len);
}
// Linux 6.1: net/core/skbuff.c
void skb_trim(sk_buff *skb, unsigned len) {
    TRACE_FN(skb);
    if (skb->len > len) __skb_trim(skb, len);
}

// Cuts the packets of a frag_list: whole ones go, the one on the edge gets shorter.
static int trim_frag_list(sk_buff *skb, u32 offset, unsigned len) {
    sk_buff *frag = nullptr;
    for (sk_buff **fragp = &skb_shinfo(skb)->frag_list; (frag = *fragp); fragp = &frag->next) {
        const u32 end = offset + frag->len;
        if (skb_shared(frag)) {
            sk_buff *nfrag = skb_clone(frag, GFP_ATOMIC);
            nfrag->next = frag->next;
            consume_skb(frag);
            frag = *fragp = nfrag;
        }
        if (end < len) {
            offset = end;
            continue;
        }
        if (end > len)
            if (const int err = pskb_trim(frag, len - offset)) return err;
        if (frag->next) skb_drop_list(&frag->next);
        break;
    }
    return 0;
}

// Linux 6.1: net/core/skbuff.c
int ___pskb_trim(sk_buff *skb, unsigned len) {
    TRACE_FN(skb);
    if (skb_cloned(skb))
        if (const int err = pskb_expand_head(skb, 0, 0, GFP_ATOMIC)) return TRACE_RET(err);
    const u32 before = skb->len;
    skb_shared_info *shinfo = skb_shinfo(skb);
    const int nfrags = shinfo->nr_frags;
    u32 offset = skb_headlen(skb);
    int keep = 0;
    while (offset < len && keep < nfrags) {
        const u32 end = offset + skb_frag_size(&shinfo->frags[keep]);
        if (end >= len) skb_frag_size_set(&shinfo->frags[keep], len - offset);
        offset = std::min(end, len);
        ++keep;
    }
    if (offset >= len) { // the rest is of no use
        for (int i = keep; i < nfrags; ++i)
            skb_frag_unref(skb, i);
        shinfo->nr_frags = static_cast<u8>(keep);
        if (skb_has_frag_list(skb)) skb_drop_list(&shinfo->frag_list);
    } else if (const int err = trim_frag_list(skb, offset, len)) {
        return TRACE_RET(err);
    }
    if (len > skb_headlen(skb)) {
        skb->data_len -= skb->len - len;
        skb->len = len;
    } else {
        skb->data_len = 0;
        __skb_set_length(skb, len);
    }
    trace_buffer_op(SKBSCOPE_EV_TRIM, skb, s64{before} - len);
    if (!skb->sk) skb_condense(skb);
    return TRACE_RET(0);
}
int __pskb_trim(sk_buff *skb, unsigned len) {
    if (skb->data_len) return ___pskb_trim(skb, len);
    __skb_trim(skb, len);
    return 0;
}
int pskb_trim(sk_buff *skb, unsigned len) {
    return len < skb->len ? __pskb_trim(skb, len) : 0;
}
void pskb_trim_unique(sk_buff *skb, unsigned len) {
    BUG_ON(pskb_trim(skb, len));
}
int pskb_trim_rcsum(sk_buff *skb, unsigned len) {
    TRACE_FN(skb);
    return len >= skb->len ? 0 : pskb_trim_rcsum_slow(skb, len);
}
// Linux 6.1: net/core/skbuff.c
int pskb_trim_rcsum_slow(sk_buff *skb, unsigned len) {
    TRACE_FN(skb);
    if (skb->ip_summed == CHECKSUM_COMPLETE) {
        const int delta = static_cast<int>(skb->len - len);
        skb->csum = csum_block_sub(skb->csum, skb_checksum(skb, static_cast<int>(len), delta, 0), len);
    } else if (skb->ip_summed == CHECKSUM_PARTIAL) {
        const u32 hdlen = std::min(len, skb_headlen(skb));
        const int offset = skb_checksum_start_offset(skb) + skb->csum_offset;
        if (offset + static_cast<int>(sizeof(sum16)) > static_cast<int>(hdlen)) return TRACE_RET(-EINVAL);
    }
    return TRACE_RET(__pskb_trim(skb, len));
}

// Linux 6.1: include/linux/skbuff.h
skb_drop_reason pskb_may_pull_reason(sk_buff *skb, unsigned len) {
    TRACE_FN(skb);
    if (len <= skb_headlen(skb)) return SKB_NOT_DROPPED_YET;
    if (len > skb->len) return SKB_DROP_REASON_PKT_TOO_SMALL;
    return __pskb_pull_tail(skb, static_cast<int>(len - skb_headlen(skb))) ? SKB_NOT_DROPPED_YET
                                                                           : SKB_DROP_REASON_NOMEM;
}
bool pskb_may_pull(sk_buff *skb, unsigned len) {
    return pskb_may_pull_reason(skb, len) == SKB_NOT_DROPPED_YET;
}
bool pskb_network_may_pull(sk_buff *skb, unsigned len) {
    return pskb_may_pull(skb, static_cast<unsigned>(skb_network_offset(skb)) + len);
}
void *pskb_pull(sk_buff *skb, unsigned len) {
    TRACE_FN(skb);
    return pskb_may_pull(skb, len) ? __skb_pull(skb, len) : nullptr;
}

// Linux 6.1: net/core/skbuff.c (__skb_pad())
int skb_pad(sk_buff *skb, int pad) {
    TRACE_FN(skb);
    if (skb_cloned(skb) || skb_tailroom(skb) < pad) {
        const int ntail = static_cast<int>(skb->data_len) + pad - static_cast<int>(skb->end - skb->tail);
        int err = 0;
        if (skb_cloned(skb) || ntail > 0) err = pskb_expand_head(skb, 0, std::max(ntail, 0), GFP_ATOMIC);
        if (!err) err = skb_linearize(skb);
        if (err) {
            kfree_skb(skb);
            return TRACE_RET(err);
        }
    }
    std::memset(skb->data + skb->len, 0, static_cast<std::size_t>(pad));
    return TRACE_RET(0);
}
int skb_put_padto(sk_buff *skb, unsigned len) {
    const unsigned size = skb->len;
    if (size >= len) return 0;
    if (const int err = skb_pad(skb, static_cast<int>(len - size))) return err;
    __skb_put(skb, len - size);
    return 0;
}

} // namespace skbscope::stack
