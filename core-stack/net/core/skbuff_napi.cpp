// SPDX-License-Identifier: GPL-2.0-or-later
// Shortcuts for drivers in their poll function: sk_buffs kept at hand by the CPU, and buffers cut from pages.
// Linux 6.1: net/core/skbuff.c, mm/page_alloc.c (page_frag_alloc_align)
#include "net/core/skbuff_internal.h"

#include "linux/mm.h"
#include "net/core/gro_internal.h"
#include "net/dst.h"
#include "sim/packet_census.h"
#include "sim/trace_emit.h"

#include <cstring>
#include <utility>
#include <vector>

namespace skbscope::stack {

namespace {

constexpr std::size_t NAPI_SKB_CACHE_SIZE = 64, NAPI_SKB_CACHE_BULK = 16;

machine_per_cpu<std::vector<sk_buff *>> napi_alloc_cache;

struct page_frag_cache {
    page *current = nullptr;
    unsigned offset = 0; // taken from the end towards the start
};
machine_per_cpu<page_frag_cache> frag_cache;
constexpr unsigned frag_cache_order = 3; // 32 KiB

} // namespace

// Linux 6.1: net/core/skbuff.c
sk_buff *napi_skb_cache_get() {
    TRACE_FN();
    auto &cache = napi_alloc_cache.here();
    if (cache.empty())
        for (std::size_t i = 0; i < NAPI_SKB_CACHE_BULK; ++i)
            cache.push_back(static_cast<sk_buff *>(kmem_cache_alloc(skbuff_cache->head)));
    sk_buff *skb = cache.back();
    cache.pop_back();
    std::memset(static_cast<void *>(skb), 0, sizeof(sk_buff));
    return skb;
}

// Linux 6.1: net/core/skbuff.c
void napi_skb_cache_put(sk_buff *skb) {
    TRACE_FN(skb);
    trace_free(skb);
    auto &cache = napi_alloc_cache.here();
    cache.push_back(skb);
    if (cache.size() < NAPI_SKB_CACHE_SIZE) return;
    while (cache.size() > NAPI_SKB_CACHE_SIZE / 2) {
        kmem_cache_free(skbuff_cache->head, cache.back());
        cache.pop_back();
    }
}

std::set<const sk_buff *> spare_packets() {
    std::set<const sk_buff *> all;
    for (unsigned cpu = 0; cpu < nr_cpu_ids(); ++cpu)
        all.insert(napi_alloc_cache.on(cpu).begin(), napi_alloc_cache.on(cpu).end());
    return all;
}

// Linux 6.1: net/core/skbuff.c
void __kfree_skb_defer(sk_buff *skb) {
    TRACE_FN(skb);
    skb_release_head_state(skb);
    if (skb->head) skb_release_data(skb);
    napi_skb_cache_put(skb);
}

// Linux 6.1: net/core/skbuff.c
void napi_skb_free_stolen_head(sk_buff *skb) {
    TRACE_FN(skb);
    if (skb->slow_gro) {
        nf_reset_ct(skb);
        skb_dst_drop(skb);
        skb_ext_reset(skb);
        skb_orphan(skb);
        skb->slow_gro = 0;
    }
    napi_skb_cache_put(skb);
}

// Linux 6.1: net/core/skbuff.c
void napi_consume_skb(sk_buff *skb, int budget) {
    TRACE_FN(skb);
    if (!budget) return consume_skb(skb);
    BUG_ON(!in_softirq());
    if (!skb_unref(skb)) return;
    if (skb->fclone != SKB_FCLONE_UNAVAILABLE) return __kfree_skb(skb);
    __kfree_skb_defer(skb);
}

u8 *page_frag_alloc(unsigned size) {
    page_frag_cache &nc = frag_cache.here();
    if (!nc.current || nc.offset < size) {
        if (nc.current) put_page(std::exchange(nc.current, nullptr));
        nc.current = alloc_pages(frag_cache_order);
        nc.offset = PAGE_SIZE << frag_cache_order;
    }
    nc.offset -= size;
    get_page(nc.current);
    return nc.current->virt + nc.offset;
}

namespace {

// A quarter of a page each: the small buffers of drivers.
constexpr unsigned small_frag = 1024;

struct page_frag_1k {
    page *current = nullptr;
    unsigned offset = 0;
};
machine_per_cpu<page_frag_1k> small_frag_cache;

// Linux 6.1: net/core/skbuff.c
u8 *page_frag_alloc_1k() {
    TRACE_FN();
    page_frag_1k &nc = small_frag_cache.here();
    if (!nc.current || nc.offset < small_frag) {
        if (nc.current) put_page(nc.current);
        nc.current = alloc_pages(0);
        nc.offset = PAGE_SIZE;
    }
    nc.offset -= small_frag;
    get_page(nc.current);
    return nc.current->virt + nc.offset;
}

// Linux 6.1: net/core/skbuff.c
sk_buff *__napi_build_skb(u8 *data, unsigned frag_size) {
    TRACE_FN();
    sk_buff *skb = napi_skb_cache_get();
    __build_skb_around(skb, data, frag_size);
    return skb;
}

} // namespace

// Linux 6.1: net/core/skbuff.c
sk_buff *__napi_alloc_skb(napi_struct *napi, unsigned len, gfp_t gfp_mask) {
    TRACE_FN();
    len += NET_SKB_PAD + NET_IP_ALIGN;
    sk_buff *skb = nullptr;
    if (len > SKB_WITH_OVERHEAD(PAGE_SIZE)) {
        skb = __alloc_skb(len, gfp_mask, SKB_ALLOC_RX | SKB_ALLOC_NAPI, NUMA_NO_NODE);
    } else if (len <= SKB_WITH_OVERHEAD(small_frag)) {
        skb = __napi_build_skb(page_frag_alloc_1k(), small_frag);
        skb->head_frag = 1;
        trace_alloc(skb, len);
    } else {
        const unsigned size = SKB_DATA_ALIGN(len) + SKB_SHINFO_SIZE;
        skb = __napi_build_skb(page_frag_alloc(size), size);
        skb->head_frag = 1;
        trace_alloc(skb, len);
    }
    skb_reserve(skb, NET_SKB_PAD + NET_IP_ALIGN);
    skb->dev = napi->dev;
    return skb;
}

// Linux 6.1: net/core/skbuff.c
sk_buff *napi_build_skb(void *data, unsigned frag_size) {
    TRACE_FN();
    sk_buff *skb = __napi_build_skb(static_cast<u8 *>(data), frag_size);
    if (frag_size) skb->head_frag = 1;
    trace_alloc(skb, frag_size);
    return skb;
}

page *page_of_frag(const u8 *head) {
    return virt_to_head_page(head);
}

void skb_free_frag(u8 *head) {
    page *p = page_of_frag(head);
    BUG_ON(!p);
    put_page(p);
}

} // namespace skbscope::stack
