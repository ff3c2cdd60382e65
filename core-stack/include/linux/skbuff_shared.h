// SPDX-License-Identifier: GPL-2.0-or-later
// Behind a packet's linear data: the pages that hold the rest of it, and what all clones of one buffer share. How much
// all of it counts as (truesize). Linux 6.1: include/linux/skbuff.h
#pragma once

#include "linux/jiffies.h"
#include "linux/kernel.h"
#include "linux/refcount.h"
#include "linux/skbuff_flags.h"
#include "linux/types.h"

namespace skbscope::stack {

struct sk_buff;

// A page of memory that fragments point into. page_address() is where its bytes lie.
struct page {
    u8 *virt = nullptr;
    refcount_t count;
    unsigned order = 0; // 2^order * PAGE_SIZE bytes
};
[[nodiscard]] page *alloc_pages(unsigned order); // one reference
void get_page(page *p);
void put_page(page *p);
[[nodiscard]] inline u8 *page_address(const page *p) {
    return p->virt;
}

struct page_frag {
    struct page *page = nullptr;
    u32 offset = 0;
    u32 size = 0;
};

struct skb_frag_t {
    page *bv_page;
    u32 bv_len;
    u32 bv_offset;
};
[[nodiscard]] inline u32 skb_frag_size(const skb_frag_t *frag) {
    return frag->bv_len;
}
inline void skb_frag_size_set(skb_frag_t *frag, u32 size) {
    frag->bv_len = size;
}
inline void skb_frag_size_add(skb_frag_t *frag, u32 delta) {
    frag->bv_len += delta;
}
inline void skb_frag_size_sub(skb_frag_t *frag, u32 delta) {
    frag->bv_len -= delta;
}
[[nodiscard]] inline u32 skb_frag_off(const skb_frag_t *frag) {
    return frag->bv_offset;
}
inline void skb_frag_off_add(skb_frag_t *frag, u32 delta) {
    frag->bv_offset += delta;
}
[[nodiscard]] inline page *skb_frag_page(const skb_frag_t *frag) {
    return frag->bv_page;
}
[[nodiscard]] inline u8 *skb_frag_address(const skb_frag_t *frag) {
    return page_address(frag->bv_page) + frag->bv_offset;
}

struct skb_shared_hwtstamps {
    ktime_t hwtstamp;
};

// Behind `end`: what all clones of one buffer share.
struct skb_shared_info {
    u8 flags; // SKBFL_*
    u8 meta_len;
    u8 nr_frags;
    u8 tx_flags; // SKBTX_*
    u16 gso_size;
    u16 gso_segs;
    sk_buff *frag_list;
    skb_shared_hwtstamps hwtstamps;
    u32 gso_type; // SKB_GSO_*
    u32 tskey;
    atomic_t dataref; // low 16 bits: structs on this buffer; high 16: of those, payload only
    u32 xdp_frags_size;
    void *destructor_arg;
    skb_frag_t frags[MAX_SKB_FRAGS];
};
static_assert(sizeof(skb_shared_info) == 320, "decides truesize: must be the kernel's");
inline constexpr unsigned SKB_DATAREF_SHIFT = 16;
inline constexpr int SKB_DATAREF_MASK = (1 << SKB_DATAREF_SHIFT) - 1;

// What sizes count as. sizeof(struct sk_buff) is 232 in Debian's 6.1, 256 in its cache.
inline constexpr unsigned SKB_STRUCT_SIZE = 232;
template <class T> [[nodiscard]] constexpr T SKB_DATA_ALIGN(T x) {
    return ALIGN(x, SMP_CACHE_BYTES);
}
inline constexpr unsigned SKB_SHINFO_SIZE = SKB_DATA_ALIGN(unsigned{sizeof(skb_shared_info)});
template <class T> [[nodiscard]] constexpr T SKB_WITH_OVERHEAD(T x) {
    return static_cast<T>(x - SKB_SHINFO_SIZE);
}
template <class T> [[nodiscard]] constexpr T SKB_TRUESIZE(T x) {
    return static_cast<T>(x + SKB_DATA_ALIGN(SKB_STRUCT_SIZE) + SKB_SHINFO_SIZE);
}

} // namespace skbscope::stack
