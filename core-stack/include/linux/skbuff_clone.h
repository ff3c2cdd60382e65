// SPDX-License-Identifier: GPL-2.0-or-later
// Several structs on one buffer: clones share it, copies have their own, and who wants to write asks first whether the
// buffer is its alone. Linux 6.1: include/linux/skbuff.h
#pragma once

#include "linux/skbuff_room.h"

namespace skbscope::stack {

[[nodiscard]] sk_buff *skb_clone(sk_buff *skb, gfp_t gfp_mask);
sk_buff *skb_morph(sk_buff *dst, sk_buff *src);
[[nodiscard]] sk_buff *skb_copy(const sk_buff *skb, gfp_t gfp_mask);
[[nodiscard]] sk_buff *__pskb_copy_fclone(sk_buff *skb, int headroom, gfp_t gfp_mask, bool fclone);
[[nodiscard]] inline sk_buff *pskb_copy(sk_buff *skb, gfp_t gfp_mask) {
    return __pskb_copy_fclone(skb, static_cast<int>(skb_headroom(skb)), gfp_mask, false);
}
[[nodiscard]] sk_buff *skb_copy_expand(const sk_buff *skb, int newheadroom, int newtailroom, gfp_t gfp_mask);
[[nodiscard]] sk_buff *skb_realloc_headroom(sk_buff *skb, unsigned headroom);
[[nodiscard]] sk_buff *skb_expand_head(sk_buff *skb, unsigned headroom);
int pskb_expand_head(sk_buff *skb, int nhead, int ntail, gfp_t gfp_mask);
void skb_copy_header(sk_buff *dst, const sk_buff *src);
void skb_headers_offset_update(sk_buff *skb, int off);

[[nodiscard]] inline bool skb_cloned(const sk_buff *skb) {
    return skb->cloned && (atomic_read(&skb_shinfo(skb)->dataref) & SKB_DATAREF_MASK) != 1;
}
[[nodiscard]] inline bool skb_header_cloned(const sk_buff *skb) {
    if (!skb->cloned) return false;
    const int dataref = atomic_read(&skb_shinfo(skb)->dataref);
    return (dataref & SKB_DATAREF_MASK) - (dataref >> SKB_DATAREF_SHIFT) != 1;
}
[[nodiscard]] inline bool skb_shared(const sk_buff *skb) {
    return refcount_read(&skb->users) != 1;
}
[[nodiscard]] inline bool skb_clone_writable(const sk_buff *skb, unsigned len) {
    return !skb_header_cloned(skb) && skb_headroom(skb) + len <= skb->hdr_len;
}
[[nodiscard]] inline bool skb_unclone(sk_buff *skb, gfp_t pri) {
    return skb_cloned(skb) ? pskb_expand_head(skb, 0, 0, pri) != 0 : false;
}
[[nodiscard]] sk_buff *skb_share_check(sk_buff *skb, gfp_t pri); // consumes a shared one and gives a clone
[[nodiscard]] sk_buff *skb_unshare(sk_buff *skb, gfp_t pri);
int skb_cow(sk_buff *skb, unsigned headroom);      // headroom bytes before data, and the buffer is ours alone
int skb_cow_head(sk_buff *skb, unsigned headroom); // the same for the headers only

} // namespace skbscope::stack
