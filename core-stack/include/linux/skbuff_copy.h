// SPDX-License-Identifier: GPL-2.0-or-later
// Reading and writing the bytes wherever they lie, and their checksum. Linux 6.1: include/linux/skbuff.h
#pragma once

#include "linux/skbuff_offsets.h"
#include "net/checksum.h"

namespace skbscope::stack {

int skb_copy_bits(const sk_buff *skb, int offset, void *to, int len); // 0 or -EFAULT; offset from data
int skb_store_bits(sk_buff *skb, int offset, const void *from, int len);
[[nodiscard]] void *skb_header_pointer(const sk_buff *skb, int offset, int len, void *buffer);
[[nodiscard]] wsum skb_checksum(const sk_buff *skb, int offset, int len, wsum csum);
wsum skb_copy_and_csum_bits(const sk_buff *skb, int offset, u8 *to, int len);
void skb_copy_and_csum_dev(const sk_buff *skb, u8 *to);
sum16 __skb_checksum_complete_head(sk_buff *skb, int len);
sum16 __skb_checksum_complete(sk_buff *skb);
[[nodiscard]] inline bool skb_csum_unnecessary(const sk_buff *skb) {
    return skb->ip_summed == CHECKSUM_UNNECESSARY || skb->csum_valid ||
           (skb->ip_summed == CHECKSUM_PARTIAL && skb_checksum_start_offset(skb) >= 0);
}
sum16 skb_checksum_complete(sk_buff *skb);
void skb_postpull_rcsum(sk_buff *skb, const void *start, unsigned len);
void skb_postpush_rcsum(sk_buff *skb, const void *start, unsigned len);
void __skb_incr_checksum_unnecessary(sk_buff *skb);
void __skb_decr_checksum_unnecessary(sk_buff *skb);
bool skb_partial_csum_set(sk_buff *skb, u16 start, u16 off);
int skb_checksum_help(sk_buff *skb);
inline void skb_forward_csum(sk_buff *skb) {
    if (skb->ip_summed == CHECKSUM_COMPLETE) skb->ip_summed = CHECKSUM_NONE;
}
inline void skb_checksum_none_assert(const sk_buff *) {}

} // namespace skbscope::stack
