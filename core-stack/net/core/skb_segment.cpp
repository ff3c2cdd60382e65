// SPDX-License-Identifier: GPL-2.0-or-later
// One packet becomes many: each gets a copy of the headers and the next mss bytes of payload. Where the device gathers,
// the payload is not copied: the segments share the pages. Linux 6.1: net/core/skbuff.c
//
//     head_skb: | headers | linear | frags[0] .. frags[n-1] |  then the frag_list: | linear | frags .. | , | .. |
//                ^mac      ^data     the payload is read in this order, once, from left to right
#include "net/core/skb_segment.h"
#include "linux/mm.h"
#include "net/core/skbuff_internal.h"
#include "net/sock.h"
#include "sim/trace_emit.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace skbscope::stack {

namespace {

skb_frag_t skb_head_frag_to_page_desc(const sk_buff *frag_skb) {
    page *p = virt_to_head_page(frag_skb->head);
    return {p, skb_headlen(frag_skb), static_cast<u32>(frag_skb->data - page_address(p))};
}

void copy_linear(const sk_buff *from, int offset, u8 *to, unsigned len) {
    std::memcpy(to, from->data + offset, len);
}

void read_frags_of(segmenter *s, sk_buff *skb) {
    s->frag_skb = skb;
    s->i = 0;
    s->nfrags = skb_shinfo(skb)->nr_frags;
}

// The next segment is just the next member of the frag_list: a clone of it, with the headers put in front.
sk_buff *clone_member(segmenter *s, unsigned len) {
    sk_buff *member = s->list_skb;
    BUG_ON(skb_headlen(member) > len);
    sk_buff *nskb = skb_clone(member, GFP_ATOMIC);
    if (!nskb) return nullptr;
    read_frags_of(s, member);
    s->pos += skb_headlen(member);
    while (s->pos < s->offset + len) {
        BUG_ON(s->i >= s->nfrags);
        const unsigned size = skb_frag_size(&skb_shinfo(member)->frags[s->i]);
        if (s->pos + size > s->offset + len) break;
        ++s->i;
        s->pos += size;
    }
    s->list_skb = member->next;
    const u32 end = skb_end_offset(nskb);
    if (pskb_trim(nskb, len) != 0 || skb_cow_head(nskb, s->doffset + s->headroom) != 0) {
        kfree_skb(nskb);
        return nullptr;
    }
    nskb->truesize += skb_end_offset(nskb) - end;
    skb_release_head_state(nskb);
    __skb_push(nskb, s->doffset);
    return nskb;
}

// hsize: bytes of payload that will lie in the head.
sk_buff *new_segment(const segmenter *s, unsigned hsize) {
    const int flags = skb_pfmemalloc(s->head_skb) ? SKB_ALLOC_RX : 0;
    sk_buff *nskb = __alloc_skb(hsize + s->doffset + s->headroom, GFP_ATOMIC, flags, NUMA_NO_NODE);
    if (!nskb) return nullptr;
    skb_reserve(nskb, static_cast<int>(s->headroom));
    __skb_put(nskb, s->doffset);
    return nskb;
}

void append_segment(segmenter *s, sk_buff *nskb) {
    (s->segs ? s->tail->next : s->segs) = nskb;
    s->tail = nskb;
    trace_lineage(SKBSCOPE_EV_SEGMENT_OF, nskb, s->head_skb, s->count++);
}

// What the packet knew, and its headers, as they are: each layer mends its own.
void copy_headers(const segmenter *s, sk_buff *nskb) {
    __copy_skb_header(nskb, s->head_skb);
    skb_headers_offset_update(nskb, static_cast<int>(skb_headroom(nskb)) - static_cast<int>(s->headroom));
    skb_reset_mac_len(nskb);
    copy_linear(s->head_skb, -s->tnl_hlen, nskb->data - s->tnl_hlen, s->doffset + static_cast<unsigned>(s->tnl_hlen));
}

// Nobody will sum it later: the header's layer makes the checksum from this.
void keep_sum(const segmenter *s, sk_buff *nskb, wsum sum) {
    if (!nskb->remcsum_offload) nskb->ip_summed = CHECKSUM_NONE;
    SKB_GSO_CB(nskb)->csum = sum;
    SKB_GSO_CB(nskb)->csum_start = static_cast<u16>(skb_headroom(nskb) + s->doffset);
}

// The device does not gather: everything is copied, and summed on the way where it must be.
int copy_payload(const segmenter *s, sk_buff *nskb, unsigned len) {
    auto *to = static_cast<u8 *>(skb_put(nskb, len));
    if (s->csum)
        return skb_copy_bits(s->head_skb, static_cast<int>(s->offset), to, static_cast<int>(len)) != 0 ? -ENOMEM : 0;
    keep_sum(s, nskb, skb_copy_and_csum_bits(s->head_skb, static_cast<int>(s->offset), to, static_cast<int>(len)));
    return 0;
}

// Others may write to pages that are shared with nskb now.
void share_flags(sk_buff *nskb, const sk_buff *from) {
    skb_shared_info *shinfo = skb_shinfo(nskb);
    shinfo->flags = static_cast<u8>(shinfo->flags | (skb_shinfo(from)->flags & SKBFL_SHARED_FRAG));
}

// The frags of one are used up: those of the next member follow. Its head, when it has data, lies in a page, too.
int next_member(segmenter *s, sk_buff *nskb) {
    sk_buff *member = s->list_skb;
    if (skb_orphan_frags(member, GFP_ATOMIC) != 0 || skb_zerocopy_clone(nskb, member, GFP_ATOMIC) != 0) return -ENOMEM;
    read_frags_of(s, member);
    share_flags(nskb, member);
    if (skb_headlen(member) == 0) {
        BUG_ON(s->nfrags == 0);
    } else {
        BUG_ON(!member->head_frag);
        --s->i;
    }
    s->list_skb = member->next;
    return 0;
}

// Shares the pages that hold [offset, offset + len) of the packet, as far as it is not linear.
int share_frags(segmenter *s, sk_buff *nskb, unsigned len) {
    skb_shared_info *shinfo = skb_shinfo(nskb);
    const unsigned end = s->offset + len;
    while (s->pos < end) {
        if (s->i >= s->nfrags)
            if (const int err = next_member(s, nskb)) return err;
        if (shinfo->nr_frags >= MAX_SKB_FRAGS) return -EINVAL; // too many
        skb_frag_t *frag = &shinfo->frags[shinfo->nr_frags];
        *frag = s->i < 0 ? skb_head_frag_to_page_desc(s->frag_skb) : skb_shinfo(s->frag_skb)->frags[s->i];
        get_page(frag->bv_page);
        const unsigned size = skb_frag_size(frag);
        if (s->pos < s->offset) { // its start is the segment's before
            skb_frag_off_add(frag, s->offset - s->pos);
            skb_frag_size_sub(frag, s->offset - s->pos);
        }
        ++shinfo->nr_frags;
        if (s->pos + size > end) { // its end is the next segment's
            skb_frag_size_sub(frag, s->pos + size - end);
            break;
        }
        ++s->i;
        s->pos += size;
    }
    return 0;
}

// Linear payload is copied (hsize bytes), what lies in pages is shared.
int gather_payload(segmenter *s, sk_buff *nskb, unsigned len, unsigned hsize) {
    copy_linear(s->head_skb, static_cast<int>(s->offset), static_cast<u8 *>(skb_put(nskb, hsize)), hsize);
    share_flags(nskb, s->head_skb);
    share_flags(nskb, s->frag_skb);
    if (skb_zerocopy_clone(nskb, s->frag_skb, GFP_ATOMIC) != 0) return -ENOMEM;
    if (const int err = share_frags(s, nskb, len)) return err;
    nskb->data_len = len - hsize;
    nskb->len += nskb->data_len;
    nskb->truesize += nskb->data_len;
    return 0;
}

int sum_segment(const segmenter *s, sk_buff *nskb) {
    if (s->csum) return 0;
    if (skb_has_shared_frag(nskb) && __skb_linearize(nskb) != 0) return -ENOMEM;
    keep_sum(s, nskb, skb_checksum(nskb, static_cast<int>(s->doffset), static_cast<int>(nskb->len - s->doffset), 0));
    return 0;
}

int fill_segment(segmenter *s, sk_buff *nskb, unsigned len, unsigned hsize) {
    append_segment(s, nskb);
    copy_headers(s, nskb);
    if (nskb->len != len + s->doffset) {
        if (!s->sg) return copy_payload(s, nskb, len);
        if (const int err = gather_payload(s, nskb, len, hsize)) return err;
    }
    return sum_segment(s, nskb);
}

// 0 or a negative errno.
int next_segment(segmenter *s) {
    const unsigned len = s->mss == GSO_BY_FRAGS ? s->list_skb->len : std::min(s->head_skb->len - s->offset, s->mss);
    const int left = static_cast<int>(skb_headlen(s->head_skb)) - static_cast<int>(s->offset); // of the linear part
    sk_buff *nskb = nullptr;
    unsigned hsize = left > 0 ? static_cast<unsigned>(left) : 0;
    if (left <= 0 && s->i >= s->nfrags && skb_headlen(s->list_skb) != 0 && (skb_headlen(s->list_skb) == len || s->sg)) {
        nskb = clone_member(s, len);
    } else {
        if (hsize > len || !s->sg) hsize = len;
        nskb = new_segment(s, hsize);
    }
    if (!nskb) return -ENOMEM;
    const int err = fill_segment(s, nskb, len, hsize);
    s->offset += len;
    return err;
}

// The sender waits for the last one: it takes over the packet's owner, and what that was charged.
void hand_over_owner(const segmenter *s) {
    if (s->head_skb->destructor != sock_wfree) return;
    std::swap(s->tail->truesize, s->head_skb->truesize);
    std::swap(s->tail->destructor, s->head_skb->destructor);
    std::swap(s->tail->sk, s->head_skb->sk);
}

} // namespace

// Linux 6.1: net/core/skbuff.c
sk_buff *skb_segment(sk_buff *head_skb, netdev_features_t features) {
    TRACE_FN(head_skb);
    const auto doffset = static_cast<unsigned>(-skb_mac_offset(head_skb));
    segmenter s{.head_skb = head_skb,
                .features = features,
                .mss = skb_shinfo(head_skb)->gso_size,
                .len = head_skb->len,
                .doffset = doffset,
                .offset = doffset,
                .tnl_hlen = skb_tnl_header_len(head_skb),
                .list_skb = skb_shinfo(head_skb)->frag_list};
    if (segment_geometry_untrusted(s)) s.features &= ~NETIF_F_SG;
    __skb_push(head_skb, doffset);
    const be16 proto = skb_network_protocol(head_skb, nullptr);
    if (!proto) return ERR_PTR(-EINVAL);
    s.sg = (s.features & NETIF_F_SG) != 0;
    s.csum = can_checksum_protocol(s.features, proto);
    segment_choose_partial(&s);
    s.headroom = skb_headroom(head_skb);
    s.pos = skb_headlen(head_skb);
    if (skb_orphan_frags(head_skb, GFP_ATOMIC) != 0) return ERR_PTR(-ENOMEM);
    read_frags_of(&s, head_skb);
    do {
        if (const int err = next_segment(&s)) {
            kfree_skb_list(s.segs);
            return ERR_PTR(err);
        }
    } while (s.offset < head_skb->len);
    s.segs->prev = s.tail;
    if (s.partial_segs != 0) segment_mark_partial(&s);
    hand_over_owner(&s);
    return TRACE_RET(s.segs);
}

} // namespace skbscope::stack
