// SPDX-License-Identifier: GPL-2.0-or-later
// Moving data and tail. Each emits its own buffer operation. Beyond the buffer's bounds the kernel panics: kernel_panic
// is thrown. Linux 6.1: include/linux/skbuff.h
#pragma once

#include "linux/skbuff_room.h"
#include "net/dropreason.h"

namespace skbscope::stack {

// Each emits its own buffer operation. Beyond the buffer's bounds the kernel panics: kernel_panic is thrown.
void *skb_put(sk_buff *skb, unsigned len);
void *__skb_put(sk_buff *skb, unsigned len);
void *skb_put_zero(sk_buff *skb, unsigned len);
void *skb_put_data(sk_buff *skb, const void *data, unsigned len);
void *skb_push(sk_buff *skb, unsigned len);
void *__skb_push(sk_buff *skb, unsigned len);
void *skb_pull(sk_buff *skb, unsigned len); // null: not enough data
void *__skb_pull(sk_buff *skb, unsigned len);
void *skb_pull_inline(sk_buff *skb, unsigned len);
void *skb_pull_data(sk_buff *skb, std::size_t len);
void *skb_pull_rcsum(sk_buff *skb, unsigned len);
void *skb_push_rcsum(sk_buff *skb, unsigned len);
void skb_reserve(sk_buff *skb, int len);
void skb_trim(sk_buff *skb, unsigned len);
void __skb_trim(sk_buff *skb, unsigned len);
int ___pskb_trim(sk_buff *skb, unsigned len);
int __pskb_trim(sk_buff *skb, unsigned len);
int pskb_trim(sk_buff *skb, unsigned len);
int pskb_trim_rcsum(sk_buff *skb, unsigned len);
int pskb_trim_rcsum_slow(sk_buff *skb, unsigned len);
void pskb_trim_unique(sk_buff *skb, unsigned len);
void *__pskb_pull_tail(sk_buff *skb, int delta);
bool pskb_may_pull(sk_buff *skb, unsigned len); // makes the first len bytes linear; false: the packet is shorter
skb_drop_reason pskb_may_pull_reason(sk_buff *skb, unsigned len);
bool pskb_network_may_pull(sk_buff *skb, unsigned len);
void *pskb_pull(sk_buff *skb, unsigned len);
void skb_condense(sk_buff *skb);
[[nodiscard]] int __skb_linearize(sk_buff *skb);
[[nodiscard]] inline int skb_linearize(sk_buff *skb) {
    return skb_is_nonlinear(skb) ? __skb_linearize(skb) : 0;
}
inline void __skb_set_length(sk_buff *skb, unsigned len) {
    skb->len = len;
    skb->tail = skb_headroom(skb) + len;
}
int skb_pad(sk_buff *skb, int pad);
int skb_put_padto(sk_buff *skb, unsigned len);

} // namespace skbscope::stack
