// SPDX-License-Identifier: GPL-2.0-or-later
// Segments that stay super-packets: the device can cut these, but not the whole. Linux 6.1: net/core/skbuff.c
#include "net/core/skb_segment.h"

#include <algorithm>

namespace skbscope::stack {

bool segment_geometry_untrusted(const segmenter &s) {
    if ((skb_shinfo(s.head_skb)->gso_type & SKB_GSO_DODGY) == 0 || s.mss == GSO_BY_FRAGS ||
        s.mss == skb_headlen(s.head_skb))
        return false;
    for (const sk_buff *member = s.list_skb; member; member = member->next)
        if (skb_headlen(member) != 0 && !member->head_frag) return true;
    return false;
}

namespace {

// The device does all but frag_lists: can each member become a super-packet of its own? All must be of one length but
// the last, without a linear part that cannot be shared.
bool members_are_segments(segmenter *s) {
    if (!s->list_skb || !net_gso_ok(s->features, skb_shinfo(s->head_skb)->gso_type)) return false;
    const unsigned frag_len = s->list_skb->len;
    for (const sk_buff *member = s->list_skb; member; member = member->next) {
        if (frag_len != member->len && member->next) return false;
        if (skb_headlen(member) != 0 && !member->head_frag) return false;
        s->len -= member->len;
    }
    return s->len == frag_len;
}

} // namespace

void segment_choose_partial(segmenter *s) {
    if (!s->sg || !s->csum || s->mss == GSO_BY_FRAGS) return;
    if ((s->features & NETIF_F_GSO_PARTIAL) == 0 && !members_are_segments(s)) return;
    const unsigned several = std::min(s->len, GSO_BY_FRAGS - 1U) / s->mss;
    if (several <= 1) return;
    s->partial_segs = several;
    s->mss *= several;
}

// The segments are super-packets themselves, which the device will cut.
void segment_mark_partial(const segmenter *s) {
    const skb_shared_info *whole = skb_shinfo(s->head_skb);
    u32 type = whole->gso_type & ~u32{SKB_GSO_DODGY};
    if ((s->features & NETIF_F_GSO_PARTIAL) != 0) type |= SKB_GSO_PARTIAL;
    for (sk_buff *seg = s->segs; seg; seg = seg->next) {
        skb_shinfo(seg)->gso_size = whole->gso_size;
        skb_shinfo(seg)->gso_segs = static_cast<u16>(s->partial_segs);
        skb_shinfo(seg)->gso_type = type;
        SKB_GSO_CB(seg)->data_offset = static_cast<int>(skb_headroom(seg) + s->doffset);
    }
    const unsigned rest = s->tail->len - s->doffset;
    if (rest <= whole->gso_size)
        skb_shinfo(s->tail)->gso_size = 0;
    else if (s->tail != s->segs)
        skb_shinfo(s->tail)->gso_segs = static_cast<u16>((rest + whole->gso_size - 1) / whole->gso_size);
}

} // namespace skbscope::stack
