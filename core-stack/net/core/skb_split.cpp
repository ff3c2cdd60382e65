// SPDX-License-Identifier: GPL-2.0-or-later
// One packet becomes two: the first len bytes stay, the others go to a second sk_buff. Pages are not copied: the one at
// the cut is shared. Linux 6.1: net/core/skbuff.c
#include "linux/skbuff_gso.h"

#include <cstring>

namespace skbscope::stack {

namespace {

// The cut is in the linear part: what is behind it is copied, all fragments move.
void skb_split_inside_header(sk_buff *skb, sk_buff *skb1, u32 len, unsigned pos) {
    TRACE_FN(skb);
    skb_shared_info *info = skb_shinfo(skb), *info1 = skb_shinfo(skb1);
    std::memcpy(skb_put(skb1, pos - len), skb->data + len, pos - len);
    for (int i = 0; i < info->nr_frags; ++i)
        info1->frags[i] = info->frags[i];
    info1->nr_frags = info->nr_frags;
    info->nr_frags = 0;
    skb1->data_len = skb->data_len;
    skb1->len += skb1->data_len;
    skb->data_len = 0;
    __skb_set_length(skb, len);
}

// The cut is in, or between, fragments.
void skb_split_no_header(sk_buff *skb, sk_buff *skb1, u32 len, unsigned pos) {
    TRACE_FN(skb);
    skb_shared_info *info = skb_shinfo(skb), *info1 = skb_shinfo(skb1);
    const int nfrags = info->nr_frags;
    int kept = 0, moved = 0;
    skb1->len = skb1->data_len = skb->len - len;
    skb->len = len;
    skb->data_len = len - pos;
    for (int i = 0; i < nfrags; ++i) {
        const unsigned size = skb_frag_size(&info->frags[i]);
        if (pos + size <= len) {
            ++kept;
        } else {
            skb_frag_t *frag = &info1->frags[moved++];
            *frag = info->frags[i];
            if (pos < len) { // a part of it stays
                skb_frag_ref(skb, i);
                skb_frag_off_add(frag, len - pos);
                skb_frag_size_sub(frag, len - pos);
                skb_frag_size_set(&info->frags[i], len - pos);
                ++kept;
            }
        }
        pos += size;
    }
    info->nr_frags = static_cast<u8>(kept);
    info1->nr_frags = static_cast<u8>(moved);
}

} // namespace

// Linux 6.1: net/core/skbuff.c
void skb_split(sk_buff *skb, sk_buff *skb1, u32 len) {
    TRACE_FN(skb);
    const unsigned pos = skb_headlen(skb);
    skb_shared_info *info1 = skb_shinfo(skb1);
    info1->flags = static_cast<u8>(info1->flags | (skb_shinfo(skb)->flags & (SKBFL_SHARED_FRAG | SKBFL_PURE_ZEROCOPY)));
    if (skb_zerocopy_clone(skb1, skb, 0) != 0) return;
    if (len < pos)
        skb_split_inside_header(skb, skb1, len, pos);
    else
        skb_split_no_header(skb, skb1, len, pos);
}

} // namespace skbscope::stack
