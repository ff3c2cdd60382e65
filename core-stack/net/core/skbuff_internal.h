// SPDX-License-Identifier: GPL-2.0-or-later
// What the parts of skbuff.cpp share. Linux 6.1: net/core/skbuff.c
#pragma once

#include "linux/netdevice.h"
#include "linux/skbuff.h"
#include "linux/slab.h"
#include "sim/machine_state.h"

#include <array>

namespace skbscope::stack {

// An sk_buff with room for its first clone right beside it: TCP clones every segment it sends.
struct sk_buff_fclones {
    sk_buff skb1;
    sk_buff skb2;
    refcount_t fclone_ref;
};

struct skb_caches {
    kmem_cache *head = nullptr;
    kmem_cache *fclone = nullptr;
};
extern machine_global<skb_caches> skbuff_cache;

[[nodiscard]] u8 *kmalloc_reserve(unsigned *size, gfp_t flags, int node, bool *pfmemalloc);
void __build_skb_around(sk_buff *skb, u8 *data, unsigned frag_size);
void skb_release_data(sk_buff *skb);
void skb_free_head(sk_buff *skb);
void kfree_skbmem(sk_buff *skb);
void __copy_skb_header(sk_buff *to, const sk_buff *old);
void skb_clone_fraglist(sk_buff *skb);
void skb_drop_list(sk_buff **listp);
[[nodiscard]] sk_buff *napi_skb_cache_get();
void napi_skb_cache_put(sk_buff *skb);
// Parts of pages as packet buffers.
[[nodiscard]] u8 *page_frag_alloc(unsigned size);
void skb_free_frag(u8 *head);
[[nodiscard]] page *page_of_frag(const u8 *head); // null: not from page_frag_alloc()

} // namespace skbscope::stack
