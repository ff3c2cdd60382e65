// SPDX-License-Identifier: GPL-2.0-or-later
// Data in pages (frags) and in further packets (frag_list); packets larger than the wire takes (GSO). Linux 6.1:
// include/linux/skbuff.h
#pragma once

#include "linux/skbuff_room.h"

namespace skbscope::stack {

[[nodiscard]] inline bool skb_has_frag_list(const sk_buff *skb) {
    return skb_shinfo(skb)->frag_list != nullptr;
}
[[nodiscard]] inline bool skb_is_gso(const sk_buff *skb) {
    return skb_shinfo(skb)->gso_size != 0;
}
[[nodiscard]] inline bool skb_is_gso_tcp(const sk_buff *skb) {
    return (skb_shinfo(skb)->gso_type & (SKB_GSO_TCPV4 | SKB_GSO_TCPV6)) != 0;
}
inline void skb_gso_reset(sk_buff *skb) {
    skb_shinfo(skb)->gso_size = 0;
    skb_shinfo(skb)->gso_segs = 0;
    skb_shinfo(skb)->gso_type = 0;
}

void skb_fill_page_desc(sk_buff *skb, int i, page *page, int off, int size);
void skb_add_rx_frag(sk_buff *skb, int i, page *page, int off, int size, unsigned truesize);
[[nodiscard]] bool skb_can_coalesce(const sk_buff *skb, int i, const page *page, int off);
int skb_append_pagefrags(sk_buff *skb, page *page, int offset, std::size_t size);
[[nodiscard]] bool skb_try_coalesce(sk_buff *to, sk_buff *from, bool *fragstolen, int *delta_truesize);
inline void skb_frag_ref(sk_buff *skb, int f) {
    get_page(skb_shinfo(skb)->frags[f].bv_page);
}
inline void skb_frag_unref(sk_buff *skb, int f) {
    put_page(skb_shinfo(skb)->frags[f].bv_page);
}
inline void skb_len_add(sk_buff *skb, int delta) {
    skb->len += static_cast<u32>(delta);
    skb->data_len += static_cast<u32>(delta);
    skb->truesize += static_cast<u32>(delta);
}

} // namespace skbscope::stack
