// SPDX-License-Identifier: GPL-2.0-or-later
// GRO, the part that knows no protocol: which held packets could be of the same flow, who is asked, and what becomes of
// the packet: held, or passed on in a batch. Merging itself (skb_gro_receive) belongs to protocols the model does not
// offload yet: every packet is passed on. Linux 6.1: net/core/gro.c
#include "net/gro.h"

#include "linux/ip.h"
#include "net/checksum.h"
#include "net/core/dev_internal.h"

namespace skbscope::stack {

namespace {

machine_global<list_head> offload_base;

packet_offload *gro_find_receive_by_type(be16 type) {
    for (packet_offload *ptype : list_entries(&*offload_base, &packet_offload::list))
        if (ptype->type == type && ptype->gro_receive) return ptype;
    return nullptr;
}

void skb_gro_reset_offset(sk_buff *skb) {
    napi_gro_cb *cb = NAPI_GRO_CB(skb);
    cb->data_offset = 0;
    cb->frag0 = nullptr;
    cb->frag0_len = 0;
}

// Linux 6.1: net/core/gro.c
gro_result_t dev_gro_receive(napi_struct *napi, sk_buff *skb) {
    TRACE_FN(skb);
    if (!(skb->dev->features & NETIF_F_GRO) || skb_is_gso(skb) || skb_has_frag_list(skb)) return TRACE_RET(GRO_NORMAL);
    packet_offload *ptype = gro_find_receive_by_type(skb->protocol);
    if (!ptype) return TRACE_RET(GRO_NORMAL);
    skb_set_network_header(skb, static_cast<int>(skb_gro_offset(skb)));
    skb_reset_mac_len(skb);
    napi_gro_cb *cb = NAPI_GRO_CB(skb);
    *cb = {};
    cb->count = 1;
    cb->flush = skb_has_frag_list(skb);
    cb->is_atomic = 1;
    if (skb->ip_summed == CHECKSUM_COMPLETE) {
        cb->csum = skb->csum;
        cb->csum_valid = 1;
    } else if (skb->ip_summed == CHECKSUM_UNNECESSARY)
        cb->csum_cnt = static_cast<u8>(skb->csum_level + 1) & 7;
    const unsigned bucket = skb->hash & (GRO_HASH_BUCKETS - 1);
    sk_buff *pp = ptype->gro_receive(&napi->gro_hash[bucket].list, skb);
    BUG_ON(pp); // nothing is ever held, so nothing can be flushed
    return TRACE_RET(GRO_NORMAL);
}

// Linux 6.1: net/core/gro.c
gro_result_t napi_skb_finish(napi_struct *napi, sk_buff *skb, gro_result_t ret) {
    TRACE_FN(skb);
    if (ret == GRO_NORMAL) gro_normal_one(napi, skb, 1);
    return TRACE_RET(ret);
}

} // namespace

sum16 __skb_gro_checksum_complete(sk_buff *skb) {
    TRACE_FN(skb);
    napi_gro_cb *cb = NAPI_GRO_CB(skb);
    const wsum all = skb_checksum(skb, static_cast<int>(skb_gro_offset(skb)), static_cast<int>(skb_gro_len(skb)), 0);
    const sum16 sum = csum_fold(csum_add(cb->csum, all)); // csum holds the pseudo header's
    cb->csum = all;
    cb->csum_valid = 1;
    return TRACE_RET(sum);
}

namespace {

wsum inet_gro_compute_pseudo(sk_buff *skb, u8 proto) {
    const auto *iph = reinterpret_cast<const iphdr *>(skb_gro_network_header(skb));
    return csum_tcpudp_nofold(iph->saddr, iph->daddr, skb_gro_len(skb), proto, 0);
}

// Not what this machine will still fill in, and not what hardware has checked.
bool gro_checksum_needed(sk_buff *skb, u16 check) {
    if (skb->ip_summed == CHECKSUM_PARTIAL && skb_checksum_start_offset(skb) >= static_cast<int>(skb_gro_offset(skb)))
        return false;
    return NAPI_GRO_CB(skb)->csum_cnt == 0 && check != 0;
}

sum16 gro_checksum_complete(sk_buff *skb, wsum pseudo) {
    napi_gro_cb *cb = NAPI_GRO_CB(skb);
    if (cb->csum_valid && csum_fold(csum_add(pseudo, cb->csum)) == 0) return 0;
    cb->csum = pseudo;
    return __skb_gro_checksum_complete(skb);
}

} // namespace

sum16 skb_gro_checksum_validate_zero_check(sk_buff *skb, u8 proto, u16 check) {
    if (gro_checksum_needed(skb, check)) {
        const sum16 wrong = gro_checksum_complete(skb, inet_gro_compute_pseudo(skb, proto));
        if (wrong != 0) return wrong;
    }
    napi_gro_cb *cb = NAPI_GRO_CB(skb);
    if (cb->csum_cnt > 0)
        cb->csum_cnt = static_cast<u8>(cb->csum_cnt - 1) & 7;
    else
        __skb_incr_checksum_unnecessary(skb);
    return 0;
}

void skb_gro_checksum_try_convert(sk_buff *skb, u8 proto) {
    napi_gro_cb *cb = NAPI_GRO_CB(skb);
    if (cb->csum_cnt != 0 || cb->csum_valid) return;
    cb->csum = ~inet_gro_compute_pseudo(skb, proto);
    cb->csum_valid = 1;
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
void napi_gro_flush(napi_struct *, bool) {
    TRACE_FN();
}

// Linux 6.1: net/core/gro.c
gro_result_t napi_gro_receive(napi_struct *napi, sk_buff *skb) {
    TRACE_FN(skb);
    skb->napi_id = napi->napi_id;
    skb_gro_reset_offset(skb);
    return TRACE_RET(napi_skb_finish(napi, skb, dev_gro_receive(napi, skb)));
}

} // namespace skbscope::stack
