// SPDX-License-Identifier: GPL-2.0-or-later
// A packet is made and given back. Dropped and used up are two ways to go: kfree_skb() tells why, consume_skb() does
// not. Linux 6.1: include/linux/skbuff.h
#pragma once

#include "linux/skbuff_struct.h"
#include "net/dropreason.h"

namespace skbscope::stack {

struct napi_struct;
struct net_device;

void skb_init();
inline constexpr int SKB_ALLOC_FCLONE = 0x01, SKB_ALLOC_RX = 0x02, SKB_ALLOC_NAPI = 0x04;
inline constexpr int NUMA_NO_NODE = -1;
[[nodiscard]] sk_buff *__alloc_skb(unsigned size, gfp_t priority, int flags, int node);
[[nodiscard]] sk_buff *alloc_skb(unsigned size, gfp_t priority);
[[nodiscard]] sk_buff *alloc_skb_fclone(unsigned size, gfp_t priority);
[[nodiscard]] sk_buff *alloc_skb_with_frags(unsigned long header_len, unsigned long data_len, int max_page_order,
                                            int *errcode, gfp_t gfp_mask);
[[nodiscard]] sk_buff *__netdev_alloc_skb(net_device *dev, unsigned length, gfp_t gfp_mask);
[[nodiscard]] inline sk_buff *netdev_alloc_skb(net_device *dev, unsigned length) {
    return __netdev_alloc_skb(dev, length, GFP_ATOMIC);
}
[[nodiscard]] sk_buff *build_skb(void *data, unsigned frag_size);
// The same from a poll function, with what its CPU keeps at hand.
[[nodiscard]] sk_buff *napi_build_skb(void *data, unsigned frag_size);
[[nodiscard]] sk_buff *__napi_alloc_skb(struct napi_struct *napi, unsigned len, gfp_t gfp_mask);
[[nodiscard]] inline sk_buff *napi_alloc_skb(struct napi_struct *napi, unsigned len) {
    return __napi_alloc_skb(napi, len, GFP_ATOMIC);
}
void kfree_skb_reason(sk_buff *skb, skb_drop_reason reason);
inline void kfree_skb(sk_buff *skb) {
    kfree_skb_reason(skb, SKB_DROP_REASON_NOT_SPECIFIED);
}
void kfree_skb_list_reason(sk_buff *segs, skb_drop_reason reason);
inline void kfree_skb_list(sk_buff *segs) {
    kfree_skb_list_reason(segs, SKB_DROP_REASON_NOT_SPECIFIED);
}
void consume_skb(sk_buff *skb); // freed after use, not dropped
void __consume_stateless_skb(sk_buff *skb);
void __kfree_skb(sk_buff *skb);
void napi_consume_skb(sk_buff *skb, int budget);
void __kfree_skb_defer(sk_buff *skb);
void skb_release_head_state(sk_buff *skb);
void kfree_skb_partial(sk_buff *skb, bool head_stolen);
void skb_tx_error(sk_buff *skb);
void skb_attempt_defer_free(sk_buff *skb);
bool skb_unref(sk_buff *skb); // true: the last reference is gone
[[nodiscard]] inline sk_buff *skb_get(sk_buff *skb) {
    refcount_inc(&skb->users);
    return skb;
}

} // namespace skbscope::stack
