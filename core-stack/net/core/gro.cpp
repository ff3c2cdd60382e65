// SPDX-License-Identifier: GPL-2.0-or-later
// GRO, the part that knows no protocol: which held packets could be of the same flow, who is asked, and what becomes of
// the packet: held, merged into one that is, or passed on in a batch. Merging stands in gro_merge.cpp, checksums in
// gro_csum.cpp, packets that come as pages in gro_frags.cpp. Linux 6.1: net/core/gro.c
#include "net/gro.h"

#include "linux/rcupdate.h"
#include "net/busy_poll.h"
#include "net/core/dev_internal.h"
#include "net/core/gro_internal.h"

#include <bit>
#include <cstring>

namespace skbscope::stack {

namespace {

machine_global<list_head> offload_base;

// Null: none takes part.
packet_offload *receives(be16 type) {
    for (packet_offload *ptype : list_entries(&*offload_base, &packet_offload::list))
        if (ptype->type == type && ptype->gro_receive) return ptype;
    return nullptr;
}
packet_offload *completes(be16 type) {
    for (packet_offload *ptype : list_entries(&*offload_base, &packet_offload::list))
        if (ptype->type == type && ptype->gro_complete) return ptype;
    return nullptr;
}

// What is out of the ordinary and must be the same, too: owner, connection.
bool differs_slowly(const sk_buff *p, const sk_buff *skb) {
    return p->sk != skb->sk || p->_nfct != skb->_nfct;
}

bool is_another_flow(sk_buff *p, sk_buff *skb) {
    if (p->dev != skb->dev || p->vlan_present != skb->vlan_present) return true;
    if (p->vlan_present && p->vlan_tci != skb->vlan_tci) return true;
    if (std::memcmp(skb_mac_header(p), skb_mac_header(skb), skb->dev->hard_header_len) != 0) return true;
    return (skb->slow_gro || p->slow_gro) && differs_slowly(p, skb);
}

// Marks the held packets that may be followed by this one: what can be said without knowing the protocol.
// Linux 6.1: net/core/gro.c
void gro_list_prepare(list_head *head, sk_buff *skb) {
    TRACE_FN(skb);
    for (sk_buff *p : gro_packets(head)) {
        NAPI_GRO_CB(p)->flush = 0;
        NAPI_GRO_CB(p)->same_flow = skb->hash == p->hash && !is_another_flow(p, skb);
    }
}

// A merged packet, or one that found no companion, goes to the stack. Linux 6.1: net/core/gro.c
void napi_gro_complete(napi_struct *napi, sk_buff *skb) {
    TRACE_FN(skb);
    if (NAPI_GRO_CB(skb)->count == 1) {
        skb_shinfo(skb)->gso_size = 0;
        return gro_normal_one(napi, skb, 1);
    }
    rcu_read_lock();
    packet_offload *ptype = completes(skb->protocol);
    const int err = ptype ? ptype->gro_complete(skb, 0) : -ENOENT;
    rcu_read_unlock();
    if (err != 0) return kfree_skb(skb);
    gro_normal_one(napi, skb, NAPI_GRO_CB(skb)->count);
}

// Oldest first. Linux 6.1: net/core/gro.c
void __napi_gro_flush_chain(napi_struct *napi, unsigned index, bool flush_old) {
    TRACE_FN();
    gro_list *bucket = &napi->gro_hash[index];
    while (!list_empty(&bucket->list)) {
        sk_buff *skb = skb_of_list(bucket->list.prev);
        if (flush_old && NAPI_GRO_CB(skb)->age == jiffies_now()) return;
        list_del(skb_list(skb));
        napi_gro_complete(napi, skb);
        --bucket->count;
    }
    napi->gro_bitmask &= ~(1UL << index);
}

// Makes room in a full bucket; its count stays, for the one that comes instead. Linux 6.1: net/core/gro.c
void gro_flush_oldest(napi_struct *napi, list_head *head) {
    TRACE_FN();
    sk_buff *oldest = skb_of_list(head->prev);
    list_del(skb_list(oldest));
    napi_gro_complete(napi, oldest);
}

// The start of every packet's way through the protocols.
void gro_begin(sk_buff *skb) {
    skb_set_network_header(skb, static_cast<int>(skb_gro_offset(skb)));
    skb_reset_mac_len(skb);
    napi_gro_cb *cb = NAPI_GRO_CB(skb);
    cb->gro_remcsum_start = 0;
    cb->same_flow = cb->encap_mark = cb->csum_valid = 0;
    cb->csum_cnt = cb->free = cb->is_ipv6 = cb->is_fou = 0;
    cb->recursion_counter = cb->is_flist = 0;
    cb->flush = skb_has_frag_list(skb);
    cb->is_atomic = 1;
    cb->count = 1;
    if (skb_is_gso(skb)) { // the device or a sender merged it: only TCP's can be joined further
        cb->count = skb_shinfo(skb)->gso_segs;
        if (!skb_is_gso_tcp(skb) || (skb_shinfo(skb)->gso_type & SKB_GSO_DODGY) != 0) cb->flush = 1;
    }
    if (skb->ip_summed == CHECKSUM_COMPLETE) {
        cb->csum = skb->csum;
        cb->csum_valid = 1;
    } else if (skb->ip_summed == CHECKSUM_UNNECESSARY) {
        cb->csum_cnt = static_cast<u8>(skb->csum_level + 1) & 7;
    }
}

// It stays, as the youngest of its bucket.
void gro_hold(napi_struct *napi, gro_list *bucket, sk_buff *skb) {
    if (bucket->count >= MAX_GRO_SKBS)
        gro_flush_oldest(napi, &bucket->list);
    else
        ++bucket->count;
    NAPI_GRO_CB(skb)->age = jiffies_now();
    NAPI_GRO_CB(skb)->last = skb;
    if (!skb_is_gso(skb)) skb_shinfo(skb)->gso_size = static_cast<u16>(skb_gro_len(skb));
    list_add(skb_list(skb), &bucket->list);
}

// Headers that were parsed in a page must be linear when the packet goes on. (gro_try_pull_from_frag0() of later ones)
void pull_parsed_headers(sk_buff *skb) {
    const int grow = static_cast<int>(skb_gro_offset(skb)) - static_cast<int>(skb_headlen(skb));
    if (grow > 0) gro_pull_from_frag0(skb, grow);
}

void mark_bucket(napi_struct *napi, unsigned index) {
    if (napi->gro_hash[index].count != 0)
        napi->gro_bitmask |= 1UL << index;
    else
        napi->gro_bitmask &= ~(1UL << index);
}

// Linux 6.1: net/core/gro.c
gro_result_t napi_skb_finish(napi_struct *napi, sk_buff *skb, gro_result_t ret) {
    TRACE_FN(skb);
    if (ret == GRO_NORMAL) gro_normal_one(napi, skb, 1);
    if (ret != GRO_MERGED_FREE) return TRACE_RET(ret);
    if (NAPI_GRO_CB(skb)->free == NAPI_GRO_FREE_STOLEN_HEAD)
        napi_skb_free_stolen_head(skb);
    else if (skb->fclone != SKB_FCLONE_UNAVAILABLE)
        __kfree_skb(skb);
    else
        __kfree_skb_defer(skb);
    return TRACE_RET(ret);
}

} // namespace

// Linux 6.1: net/core/gro.c
gro_result_t dev_gro_receive(napi_struct *napi, sk_buff *skb) {
    TRACE_FN(skb);
    const unsigned index = skb->hash & (GRO_HASH_BUCKETS - 1);
    gro_list *bucket = &napi->gro_hash[index];
    const bool elide = (skb->dev->features & NETIF_F_GRO) == 0;
    if (!elide) gro_list_prepare(&bucket->list, skb);
    packet_offload *ptype = elide ? nullptr : receives(skb->protocol);
    if (!ptype) {
        pull_parsed_headers(skb);
        mark_bucket(napi, index);
        return TRACE_RET(GRO_NORMAL);
    }
    gro_begin(skb);
    sk_buff *pp = ptype->gro_receive(&bucket->list, skb);

    const bool same_flow = NAPI_GRO_CB(skb)->same_flow != 0;
    gro_result_t ret = NAPI_GRO_CB(skb)->free ? GRO_MERGED_FREE : GRO_MERGED;
    if (pp) { // complete now: it grew enough, or its flow went on otherwise
        list_del(skb_list(pp));
        napi_gro_complete(napi, pp);
        --bucket->count;
    }
    if (!same_flow) {
        ret = GRO_NORMAL;
        if (!NAPI_GRO_CB(skb)->flush) {
            gro_hold(napi, bucket, skb);
            ret = GRO_HELD;
        }
        pull_parsed_headers(skb);
    }
    mark_bucket(napi, index);
    return TRACE_RET(ret);
}

// For protocols that carry others. Linux 6.1: net/core/gro.c
packet_offload *gro_find_receive_by_type(be16 type) {
    TRACE_FN();
    return receives(type);
}

// Linux 6.1: net/core/gro.c
packet_offload *gro_find_complete_by_type(be16 type) {
    TRACE_FN();
    return completes(type);
}

packet_offload *gso_find_segment_by_type(be16 type) {
    for (packet_offload *ptype : list_entries(&*offload_base, &packet_offload::list))
        if (ptype->type == type && ptype->gso_segment) return ptype;
    return nullptr;
}

void dev_add_offload(packet_offload *po) {
    for (packet_offload *elem : list_entries(&*offload_base, &packet_offload::list))
        if (po->priority < elem->priority) return list_add_tail(&po->list, &elem->list);
    list_add_tail(&po->list, &*offload_base);
}

void init_gro_hash(napi_struct *napi) {
    for (gro_list &l : napi->gro_hash) {
        INIT_LIST_HEAD(&l.list);
        l.count = 0;
    }
    napi->gro_bitmask = 0;
}

// Linux 6.1: net/core/dev.c
void flush_gro_hash(napi_struct *napi) {
    TRACE_FN();
    for (gro_list &bucket : napi->gro_hash) {
        while (!list_empty(&bucket.list)) {
            sk_buff *skb = skb_of_list(bucket.list.next);
            list_del(skb_list(skb));
            kfree_skb(skb);
        }
        bucket.count = 0;
    }
    napi->gro_bitmask = 0;
}

// Linux 6.1: include/linux/skbuff.h, include/net/dst.h
void skb_prepare_for_gro(sk_buff *skb) {
    TRACE_FN(skb);
    if (skb->destructor) skb->slow_gro = 1; // the owner must not be forgotten when the packet is merged
}

void gro_normal_list(napi_struct *napi) {
    TRACE_FN();
    if (!napi->rx_count) return;
    netif_receive_skb_list_internal(&napi->rx_list);
    INIT_LIST_HEAD(&napi->rx_list);
    napi->rx_count = 0;
}

void gro_normal_one(napi_struct *napi, sk_buff *skb, int segs) {
    TRACE_FN(skb);
    list_add_tail(skb_list(skb), &napi->rx_list);
    napi->rx_count += segs;
    if (napi->rx_count >= dev_global->config.gro_normal_batch) gro_normal_list(napi);
}

// Linux 6.1: net/core/gro.c
void napi_gro_flush(napi_struct *napi, bool flush_old) {
    TRACE_FN();
    for (unsigned long bitmask = napi->gro_bitmask; bitmask != 0; bitmask &= bitmask - 1)
        __napi_gro_flush_chain(napi, static_cast<unsigned>(std::countr_zero(bitmask)), flush_old);
}

// Linux 6.1: net/core/gro.c
gro_result_t napi_gro_receive(napi_struct *napi, sk_buff *skb) {
    TRACE_FN(skb);
    skb_mark_napi_id(skb, napi);
    skb_gro_reset_offset(skb, 0);
    return TRACE_RET(napi_skb_finish(napi, skb, dev_gro_receive(napi, skb)));
}

} // namespace skbscope::stack
