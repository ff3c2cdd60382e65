// SPDX-License-Identifier: GPL-2.0-or-later
// Packets that a driver hands over as pages: GRO parses the headers where they lie (frag0), and copies them into the
// linear part only when the packet is not merged. Linux 6.1: net/core/gro.c
#include "linux/etherdevice.h"
#include "linux/if_vlan.h"
#include "net/busy_poll.h"
#include "net/core/gro_internal.h"
#include "sim/trace_emit.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace skbscope::stack {

namespace {

constexpr unsigned GRO_MAX_HEAD = MAX_HEADER + 128;

// The sk_buff's fragments went into another packet, or it was no use: it serves for the next.
// Linux 6.1: net/core/gro.c
void napi_reuse_skb(napi_struct *napi, sk_buff *skb) {
    TRACE_FN(skb);
    if (skb->pfmemalloc) return consume_skb(skb);
    __skb_pull(skb, skb_headlen(skb));
    skb_reserve(skb, static_cast<int>(NET_SKB_PAD + NET_IP_ALIGN) - static_cast<int>(skb_headroom(skb)));
    __vlan_hwaccel_clear_tag(skb);
    skb->dev = napi->dev;
    skb->skb_iif = 0;
    skb->pkt_type = PACKET_HOST; // eth_type_trans() sets it only for others
    skb->encapsulation = 0;
    skb->ip_summed = CHECKSUM_NONE;
    skb_shinfo(skb)->gso_type = 0;
    skb_shinfo(skb)->gso_size = 0;
    if (skb->slow_gro) {
        skb_orphan(skb);
        skb_ext_reset(skb);
        nf_reset_ct(skb);
        skb->slow_gro = 0;
    }
    napi->skb = skb;
}

// Linux 6.1: net/core/gro.c
gro_result_t napi_frags_finish(napi_struct *napi, sk_buff *skb, gro_result_t ret) {
    TRACE_FN(skb);
    switch (ret) {
    case GRO_NORMAL:
    case GRO_HELD:
        __skb_push(skb, ETH_HLEN);
        skb->protocol = eth_type_trans(skb, skb->dev);
        if (ret == GRO_NORMAL) gro_normal_one(napi, skb, 1);
        break;
    case GRO_MERGED_FREE:
        if (NAPI_GRO_CB(skb)->free == NAPI_GRO_FREE_STOLEN_HEAD)
            napi_skb_free_stolen_head(skb);
        else
            napi_reuse_skb(napi, skb);
        break;
    case GRO_MERGED:
    case GRO_CONSUMED:
        break;
    }
    return TRACE_RET(ret);
}

// The link header goes into the linear part: from there on all packets look alike. Null: there is none.
// Linux 6.1: net/core/gro.c
sk_buff *napi_frags_skb(napi_struct *napi) {
    TRACE_FN(napi->skb);
    constexpr unsigned hlen = sizeof(ethhdr);
    sk_buff *skb = std::exchange(napi->skb, nullptr);
    skb_reset_mac_header(skb);
    skb_gro_reset_offset(skb, hlen);
    if (skb_gro_header_hard(skb, hlen)) {
        if (!skb_gro_header_slow(skb, hlen, 0)) {
            napi_reuse_skb(napi, skb);
            return nullptr;
        }
    } else {
        gro_pull_from_frag0(skb, hlen);
        NAPI_GRO_CB(skb)->frag0 += hlen;
        NAPI_GRO_CB(skb)->frag0_len -= hlen;
    }
    skb->protocol = reinterpret_cast<const ethhdr *>(skb->data)->h_proto; // napi_frags_finish() looks closer
    __skb_pull(skb, hlen);
    return skb;
}

} // namespace

void skb_gro_reset_offset(sk_buff *skb, u32 nhoff) {
    const skb_shared_info *pinfo = skb_shinfo(skb);
    napi_gro_cb *cb = NAPI_GRO_CB(skb);
    cb->data_offset = 0;
    skb_gro_frag0_invalidate(skb);
    if (skb_headlen(skb) != 0 || pinfo->nr_frags == 0) return;
    const skb_frag_t *frag0 = &pinfo->frags[0];
    if (NET_IP_ALIGN != 0 && ((skb_frag_off(frag0) + nhoff) & 3) != 0) return;
    cb->frag0 = skb_frag_address(frag0);
    cb->frag0_len = std::min(skb_frag_size(frag0), skb->end - skb->tail);
}

// Linux 6.1: net/core/gro.c
void gro_pull_from_frag0(sk_buff *skb, int grow) {
    TRACE_FN(skb);
    const auto bytes = static_cast<u32>(grow);
    skb_shared_info *pinfo = skb_shinfo(skb);
    std::memcpy(skb_tail_pointer(skb), NAPI_GRO_CB(skb)->frag0, bytes);
    skb->data_len -= bytes;
    skb->tail += bytes;
    skb_frag_off_add(&pinfo->frags[0], bytes);
    skb_frag_size_sub(&pinfo->frags[0], bytes);
    if (skb_frag_size(&pinfo->frags[0]) == 0) {
        skb_frag_unref(skb, 0);
        --pinfo->nr_frags;
        std::copy_n(pinfo->frags + 1, pinfo->nr_frags, pinfo->frags);
    }
    trace_buffer_op(SKBSCOPE_EV_PUT, skb, grow);
}

// Linux 6.1: net/core/gro.c
sk_buff *napi_get_frags(napi_struct *napi) {
    TRACE_FN();
    if (!napi->skb) {
        napi->skb = napi_alloc_skb(napi, GRO_MAX_HEAD);
        skb_mark_napi_id(napi->skb, napi);
    }
    return napi->skb;
}

// Linux 6.1: include/linux/netdevice.h
void napi_free_frags(napi_struct *napi) {
    kfree_skb(std::exchange(napi->skb, nullptr));
}

// Linux 6.1: net/core/gro.c
gro_result_t napi_gro_frags(napi_struct *napi) {
    TRACE_FN(napi->skb);
    sk_buff *skb = napi_frags_skb(napi);
    if (!skb) return TRACE_RET(GRO_CONSUMED);
    return TRACE_RET(napi_frags_finish(napi, skb, dev_gro_receive(napi, skb)));
}

} // namespace skbscope::stack
