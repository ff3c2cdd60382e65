// SPDX-License-Identifier: GPL-2.0-or-later
// Life and death of an sk_buff. Two allocations: the struct, from a cache of equals, and the buffer, whose size kmalloc
// rounds up; truesize counts both, because that is what a socket is charged for. Dying goes the other way round: what
// is attached to it (route, owner), the buffer when no clone uses it any more, the struct. Linux 6.1: net/core/skbuff.c
// (clones and copies: skbuff_clone.cpp; moving data: skbuff_data.cpp; contents: skbuff_copy.cpp; queues:
// skbuff_queue.cpp; fragments: skbuff_frags.cpp)
#include "net/core/skbuff_internal.h"

#include "net/dst.h"
#include "sim/trace_bytes.h"
#include "sim/trace_emit.h"

#include <cstring>

namespace skbscope::stack {

machine_global<skb_caches> skbuff_cache;

void skb_init() {
    skbuff_cache->head = kmem_cache_create("skbuff_head_cache", SKB_STRUCT_SIZE, 256);
    skbuff_cache->fclone = kmem_cache_create("skbuff_fclone_cache", sizeof(sk_buff_fclones), SMP_CACHE_BYTES);
}

// Linux 6.1: net/core/skbuff.c
u8 *kmalloc_reserve(unsigned *size, gfp_t, int, bool *pfmemalloc) {
    TRACE_FN();
    const std::size_t obj_size = kmalloc_size_roundup(SKB_DATA_ALIGN(*size) + SKB_SHINFO_SIZE);
    *size = static_cast<unsigned>(obj_size);
    if (pfmemalloc) *pfmemalloc = false;
    return static_cast<u8 *>(kmalloc(obj_size));
}

// Linux 6.1: net/core/skbuff.c
void __build_skb_around(sk_buff *skb, u8 *data, unsigned frag_size) {
    TRACE_FN(skb);
    unsigned size = frag_size ? frag_size : static_cast<unsigned>(ksize(data));
    size -= SKB_SHINFO_SIZE;
    skb->truesize = SKB_TRUESIZE(size);
    refcount_set(&skb->users, 1);
    skb->head = skb->data = data;
    skb->tail = 0;
    skb->end = size;
    skb->mac_header = SKB_HEADER_UNSET;
    skb->transport_header = SKB_HEADER_UNSET;
    skb->alloc_cpu = static_cast<u16>(raw_smp_processor_id());
    skb->head_released = 0;
    skb_shared_info *shinfo = skb_shinfo(skb);
    std::memset(static_cast<void *>(shinfo), 0, offsetof(skb_shared_info, dataref));
    atomic_set(&shinfo->dataref, 1);
    trace_bytes_forget(data,
                       size); // what the tracer knows of this memory: a head in a page may have gone with its page
}

// Linux 6.1: net/core/skbuff.c
sk_buff *__alloc_skb(unsigned size, gfp_t gfp_mask, int flags, int node) {
    TRACE_FN();
    sk_buff *skb = nullptr;
    if (flags & SKB_ALLOC_FCLONE)
        skb = static_cast<sk_buff *>(kmem_cache_alloc(skbuff_cache->fclone));
    else if (flags & SKB_ALLOC_NAPI)
        skb = napi_skb_cache_get();
    else
        skb = static_cast<sk_buff *>(kmem_cache_alloc(skbuff_cache->head));
    const unsigned asked = size;
    bool pfmemalloc = false;
    u8 *data = kmalloc_reserve(&size, gfp_mask, node, &pfmemalloc);
    __build_skb_around(skb, data, size);
    skb->pfmemalloc = pfmemalloc;
    if (flags & SKB_ALLOC_FCLONE) {
        skb->fclone = SKB_FCLONE_ORIG;
        refcount_set(&container_of(skb, &sk_buff_fclones::skb1)->fclone_ref, 1);
    }
    trace_alloc(skb, asked);
    return skb;
}

sk_buff *alloc_skb(unsigned size, gfp_t priority) {
    TRACE_FN();
    return __alloc_skb(size, priority, 0, NUMA_NO_NODE);
}

sk_buff *alloc_skb_fclone(unsigned size, gfp_t priority) {
    TRACE_FN();
    return __alloc_skb(size, priority, SKB_ALLOC_FCLONE, NUMA_NO_NODE);
}

// Linux 6.1: net/core/skbuff.c
static sk_buff *__build_skb(void *data, unsigned frag_size) {
    TRACE_FN();
    auto *skb = static_cast<sk_buff *>(kmem_cache_alloc(skbuff_cache->head));
    __build_skb_around(skb, static_cast<u8 *>(data), frag_size);
    return skb;
}

// Linux 6.1: net/core/skbuff.c
sk_buff *build_skb(void *data, unsigned frag_size) {
    TRACE_FN();
    sk_buff *skb = __build_skb(data, frag_size);
    if (frag_size) skb->head_frag = 1;
    trace_alloc(skb, frag_size);
    return skb;
}

// Linux 6.1: net/core/skbuff.c
sk_buff *__netdev_alloc_skb(net_device *dev, unsigned len, gfp_t gfp_mask) {
    TRACE_FN();
    len += NET_SKB_PAD;
    sk_buff *skb = nullptr;
    // Too small or too big for a part of a page.
    if (len <= SKB_WITH_OVERHEAD(1024U) || len > SKB_WITH_OVERHEAD(PAGE_SIZE)) {
        skb = __alloc_skb(len, gfp_mask, SKB_ALLOC_RX, NUMA_NO_NODE);
    } else {
        len = SKB_DATA_ALIGN(len) + SKB_SHINFO_SIZE;
        if (in_hardirq()) {
            skb = build_skb(page_frag_alloc(len), len);
        } else {
            local_bh_disable();
            u8 *data = page_frag_alloc(len);
            local_bh_enable();
            skb = build_skb(data, len);
        }
    }
    skb_reserve(skb, NET_SKB_PAD);
    skb->dev = dev;
    return skb;
}

// Linux 6.1: net/core/skbuff.c
sk_buff *alloc_skb_with_frags(unsigned long header_len, unsigned long data_len, int max_page_order, int *errcode,
                              gfp_t gfp_mask) {
    TRACE_FN();
    auto npages = static_cast<long>((data_len + PAGE_SIZE - 1) / PAGE_SIZE);
    *errcode = -EMSGSIZE;
    if (npages > static_cast<long>(MAX_SKB_FRAGS)) return nullptr;
    *errcode = -ENOBUFS;
    sk_buff *skb = alloc_skb(static_cast<unsigned>(header_len), gfp_mask);
    skb->truesize += static_cast<u32>(npages) * PAGE_SIZE;
    for (int i = 0; npages > 0; ++i) {
        auto order = static_cast<unsigned>(max_page_order);
        while (order && npages < (1L << order))
            --order;
        const unsigned long chunk = std::min<unsigned long>(data_len, std::size_t{PAGE_SIZE} << order);
        skb_fill_page_desc(skb, i, alloc_pages(order), 0, static_cast<int>(chunk));
        data_len -= chunk;
        npages -= 1L << order;
    }
    return skb;
}

// Linux 6.1: net/core/skbuff.c
void skb_free_head(sk_buff *skb) {
    TRACE_FN(skb);
    trace_head_free(skb);
    skb->head_released = 1;
    if (skb->head_frag)
        skb_free_frag(skb->head);
    else
        kfree(skb->head);
}

// The buffer goes with its last user. nohdr: this one gave up the headers, and counts twice.
// Linux 6.1: net/core/skbuff.c
void skb_release_data(sk_buff *skb) {
    TRACE_FN(skb);
    skb_shared_info *shinfo = skb_shinfo(skb);
    if (skb->cloned && atomic_sub_return(skb->nohdr ? (1 << SKB_DATAREF_SHIFT) + 1 : 1, &shinfo->dataref)) {
        skb->head_released = 1;
        return;
    }
    for (int i = 0; i < shinfo->nr_frags; ++i)
        put_page(shinfo->frags[i].bv_page);
    if (shinfo->frag_list) kfree_skb_list(shinfo->frag_list);
    skb_free_head(skb);
}

// Linux 6.1: net/core/skbuff.c
void kfree_skbmem(sk_buff *skb) {
    TRACE_FN(skb);
    sk_buff_fclones *fclones = nullptr;
    trace_free(skb);
    switch (skb->fclone) {
    case SKB_FCLONE_UNAVAILABLE:
        return kmem_cache_free(skbuff_cache->head, skb);
    case SKB_FCLONE_ORIG:
        fclones = container_of(skb, &sk_buff_fclones::skb1);
        break;
    default:
        fclones = container_of(skb, &sk_buff_fclones::skb2);
        break;
    }
    if (refcount_dec_and_test(&fclones->fclone_ref)) kmem_cache_free(skbuff_cache->fclone, fclones);
}

// Linux 6.1: net/core/skbuff.c
void skb_release_head_state(sk_buff *skb) {
    TRACE_FN(skb);
    skb_dst_drop(skb);
    if (skb->destructor) {
        BUG_ON(in_hardirq());
        skb->destructor(skb);
    }
}

static void skb_release_all(sk_buff *skb) {
    TRACE_FN(skb);
    skb_release_head_state(skb);
    if (skb->head) skb_release_data(skb);
}

// Linux 6.1: net/core/skbuff.c
void __kfree_skb(sk_buff *skb) {
    TRACE_FN(skb);
    skb_release_all(skb);
    kfree_skbmem(skb);
}

// The last holder does not count down: nobody else can look.
bool skb_unref(sk_buff *skb) {
    if (!skb) return false;
    return refcount_read(&skb->users) == 1 || refcount_dec_and_test(&skb->users);
}

// Linux 6.1: net/core/skbuff.c
void kfree_skb_reason(sk_buff *skb, skb_drop_reason reason) {
    TRACE_FN(skb);
    if (!skb_unref(skb)) return;
    trace_drop(skb, reason);
    skb->trace_reason = static_cast<u16>(reason);
    __kfree_skb(skb);
}

// Linux 6.1: net/core/skbuff.c
void kfree_skb_list_reason(sk_buff *segs, skb_drop_reason reason) {
    TRACE_FN(segs);
    while (segs) {
        sk_buff *next = segs->next;
        kfree_skb_reason(segs, reason);
        segs = next;
    }
}

// Linux 6.1: net/core/skbuff.c
void consume_skb(sk_buff *skb) {
    TRACE_FN(skb);
    if (!skb_unref(skb)) return;
    __kfree_skb(skb);
}

// For one whose route and owner are gone already.
// Linux 6.1: net/core/skbuff.c
void __consume_stateless_skb(sk_buff *skb) {
    TRACE_FN(skb);
    skb_release_data(skb);
    kfree_skbmem(skb);
}

void skb_drop_list(sk_buff **listp) {
    kfree_skb_list(*listp);
    *listp = nullptr;
}

// Linux 6.1: net/core/skbuff.c
void skb_scrub_packet(sk_buff *skb, bool xnet) {
    TRACE_FN(skb);
    skb->pkt_type = PACKET_HOST;
    skb->skb_iif = 0;
    skb->ignore_df = 0;
    skb_dst_drop(skb);
    skb_ext_reset(skb);
    nf_reset_ct(skb);
    nf_reset_trace(skb);
    ipvs_reset(skb);
    if (!xnet) return;
    skb->mark = 0;
    skb_clear_tstamp(skb);
}

void skb_tx_error(sk_buff *skb) {
    TRACE_FN(skb);
} // zero-copy sends are not modelled: nobody to tell

// Linux 6.1: net/core/skbuff.c
void kfree_skb_partial(sk_buff *skb, bool head_stolen) {
    TRACE_FN(skb);
    if (head_stolen) {
        skb_release_head_state(skb);
        kfree_skbmem(skb);
    } else {
        __kfree_skb(skb);
    }
}

// The CPU that allocated it has the warm cache: let it do the freeing.
// Linux 6.1: net/core/skbuff.c
void skb_attempt_defer_free(sk_buff *skb) {
    TRACE_FN(skb);
    constexpr int defer_max = 64; // net.core.skb_defer_max
    const unsigned cpu = skb->alloc_cpu;
    if (cpu >= nr_cpu_ids() || cpu == raw_smp_processor_id()) return __kfree_skb(skb);
    softnet_data *sd = per_cpu_softnet(cpu);
    if (sd->defer_count >= defer_max) return __kfree_skb(skb);
    const bool kick = sd->defer_count == (defer_max >> 1);
    ++sd->defer_count;
    skb->next = sd->defer_list;
    sd->defer_list = skb;
    if (kick && !sd->defer_ipi_scheduled) {
        sd->defer_ipi_scheduled = 1;
        smp_call_function_single_async(cpu, &sd->defer_csd);
    }
}

} // namespace skbscope::stack
