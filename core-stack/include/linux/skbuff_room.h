// SPDX-License-Identifier: GPL-2.0-or-later
// Where data, tail and end are, and how much room is left in front and behind. Linux 6.1: include/linux/skbuff.h
#pragma once

#include "linux/skbuff_struct.h"

namespace skbscope::stack {

[[nodiscard]] inline u8 *skb_end_pointer(const sk_buff *skb) {
    return skb->head + skb->end;
}
[[nodiscard]] inline u32 skb_end_offset(const sk_buff *skb) {
    return skb->end;
}
[[nodiscard]] inline u8 *skb_tail_pointer(const sk_buff *skb) {
    return skb->head + skb->tail;
}
[[nodiscard]] inline skb_shared_info *skb_shinfo(const sk_buff *skb) {
    return reinterpret_cast<skb_shared_info *>(skb_end_pointer(skb));
}
[[nodiscard]] inline unsigned skb_headroom(const sk_buff *skb) {
    return static_cast<unsigned>(skb->data - skb->head);
}
[[nodiscard]] inline bool skb_is_nonlinear(const sk_buff *skb) {
    return skb->data_len != 0;
}
[[nodiscard]] inline unsigned skb_headlen(const sk_buff *skb) {
    return skb->len - skb->data_len;
}
[[nodiscard]] inline int skb_tailroom(const sk_buff *skb) {
    return skb_is_nonlinear(skb) ? 0 : static_cast<int>(skb->end - skb->tail);
}
[[nodiscard]] inline int skb_availroom(const sk_buff *skb) {
    return skb_tailroom(skb);
}
[[nodiscard]] unsigned __skb_pagelen(const sk_buff *skb);
[[nodiscard]] inline unsigned skb_pagelen(const sk_buff *skb) {
    return skb_headlen(skb) + __skb_pagelen(skb);
}

} // namespace skbscope::stack
