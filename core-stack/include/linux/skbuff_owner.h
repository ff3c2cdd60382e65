// SPDX-License-Identifier: GPL-2.0-or-later
// Whom a packet belongs to, its route, its queue, its marks. Linux 6.1: include/linux/skbuff.h
#pragma once

#include "linux/skbuff_room.h"

namespace skbscope::stack {

struct dst_entry;

[[nodiscard]] inline dst_entry *skb_dst(const sk_buff *skb) {
    return reinterpret_cast<dst_entry *>(skb->_skb_refdst & SKB_DST_PTRMASK);
}
inline void skb_dst_set(sk_buff *skb, dst_entry *dst) {
    if (dst) skb->slow_gro = 1;
    skb->_skb_refdst = reinterpret_cast<std::uintptr_t>(dst);
}
inline void skb_dst_set_noref(sk_buff *skb, dst_entry *dst) {
    if (dst) skb->slow_gro = 1;
    skb->_skb_refdst = reinterpret_cast<std::uintptr_t>(dst) | SKB_DST_NOREF;
}
[[nodiscard]] inline bool skb_dst_is_noref(const sk_buff *skb) {
    return (skb->_skb_refdst & SKB_DST_NOREF) != 0 && skb_dst(skb) != nullptr;
}
[[nodiscard]] inline bool skb_valid_dst_ptr(const sk_buff *skb) {
    return skb_dst(skb) != nullptr;
}
void skb_orphan(sk_buff *skb); // runs the destructor: the owner gets its memory back now
inline void skb_mark_not_on_list(sk_buff *skb) {
    skb->next = nullptr;
}
inline void nf_reset_ct(sk_buff *skb) {
    skb->_nfct = 0;
}
inline void nf_reset_trace(sk_buff *skb) {
    skb->nf_trace = 0;
}
inline void ipvs_reset(sk_buff *) {}
inline void skb_ext_reset(sk_buff *skb) {
    skb->active_extensions = 0;
}
inline void secpath_reset(sk_buff *) {}
void skb_scrub_packet(sk_buff *skb, bool xnet); // forgets what must not cross into another device or namespace
inline void skb_clear_hash(sk_buff *skb) {
    skb->hash = 0;
    skb->sw_hash = 0;
    skb->l4_hash = 0;
}
inline void skb_set_queue_mapping(sk_buff *skb, u16 queue) {
    skb->queue_mapping = queue;
}
[[nodiscard]] inline u16 skb_get_queue_mapping(const sk_buff *skb) {
    return skb->queue_mapping;
}
inline void skb_record_rx_queue(sk_buff *skb, u16 queue) {
    skb->queue_mapping = static_cast<u16>(queue + 1);
}
[[nodiscard]] inline u16 skb_get_rx_queue(const sk_buff *skb) {
    return static_cast<u16>(skb->queue_mapping - 1);
}
[[nodiscard]] inline bool skb_rx_queue_recorded(const sk_buff *skb) {
    return skb->queue_mapping != 0;
}
[[nodiscard]] inline bool skb_get_dst_pending_confirm(const sk_buff *skb) {
    return skb->dst_pending_confirm != 0;
}
inline void skb_set_dst_pending_confirm(sk_buff *skb, u32 val) {
    skb->dst_pending_confirm = val & 1;
}
[[nodiscard]] inline bool skb_vlan_tag_present(const sk_buff *skb) {
    return skb->vlan_present != 0;
}
[[nodiscard]] inline bool skb_zcopy(const sk_buff *skb) {
    return (skb_shinfo(skb)->flags & SKBFL_ZEROCOPY_ENABLE) != 0;
}
[[nodiscard]] inline int skb_orphan_frags(sk_buff *, gfp_t) {
    return 0;
} // zero-copy sends are not modelled
[[nodiscard]] inline int skb_orphan_frags_rx(sk_buff *, gfp_t) {
    return 0;
}
[[nodiscard]] inline bool skb_pfmemalloc(const sk_buff *skb) {
    return skb->pfmemalloc != 0;
}

} // namespace skbscope::stack
