// SPDX-License-Identifier: GPL-2.0-or-later
// A packet that GRO merged whole (rx-gro-list) comes apart again: the members of its frag_list are the packets that
// came, and only lack the headers in front. Linux 6.1: net/core/skbuff.c
#include "linux/skbuff_gso.h"
#include "net/core/skbuff_internal.h"
#include "sim/trace_emit.h"

#include <cstring>

namespace skbscope::stack {

namespace {

// A member that others hold, too, is replaced by a copy of its own. Null: out of memory.
sk_buff *own_member(sk_buff *member) {
    if (!skb_shared(member)) return member;
    sk_buff *clone = skb_clone(member, GFP_ATOMIC);
    if (!clone) return nullptr;
    consume_skb(member);
    if (!skb_unclone(clone, GFP_ATOMIC)) return clone;
    kfree_skb(clone);
    return nullptr;
}

// What skb knows, and its first `offset` bytes, for a member whose headers may be of another length.
bool give_headers(sk_buff *nskb, sk_buff *skb, unsigned offset, int tnl_hlen, netdev_features_t features) {
    skb_push(nskb, static_cast<unsigned>(-skb_network_offset(nskb)) + offset);
    skb_release_head_state(nskb);
    const int len_diff = static_cast<int>(skb_network_header_len(nskb)) - static_cast<int>(skb_network_header_len(skb));
    __copy_skb_header(nskb, skb);
    skb_headers_offset_update(nskb, static_cast<int>(skb_headroom(nskb)) - static_cast<int>(skb_headroom(skb)));
    nskb->transport_header = static_cast<u16>(nskb->transport_header + len_diff);
    std::memcpy(nskb->data - tnl_hlen, skb->data - tnl_hlen, offset + static_cast<unsigned>(tnl_hlen));
    return !skb_needs_linearize(nskb, features) || __skb_linearize(nskb) == 0;
}

err_ptr_value segment_list_failed(sk_buff *skb, sk_buff *rest) {
    kfree_skb_list(rest);
    kfree_skb_list(skb->next);
    skb->next = nullptr;
    return ERR_PTR(-ENOMEM);
}

} // namespace

// The kernel would take over what a zero-copy sender must be told; such sends are not modelled.
// Linux 6.1: net/core/skbuff.c
int skb_zerocopy_clone(sk_buff *nskb, sk_buff *orig, gfp_t) {
    TRACE_FN(nskb);
    BUG_ON(skb_zcopy(orig));
    return TRACE_RET(0);
}

// Linux 6.1: net/core/skbuff.c
sk_buff *skb_segment_list(sk_buff *skb, netdev_features_t features, unsigned offset) {
    TRACE_FN(skb);
    sk_buff *list_skb = skb_shinfo(skb)->frag_list;
    const int tnl_hlen = skb_tnl_header_len(skb);
    skb_push(skb, static_cast<unsigned>(-skb_network_offset(skb)) + offset);
    if (skb_unclone(skb, GFP_ATOMIC)) return segment_list_failed(skb, nullptr);
    skb_shinfo(skb)->frag_list = nullptr;
    sk_buff *tail = skb;
    unsigned delta_len = 0;
    u32 index = 0; // of the segments: skb itself is the first
    while (list_skb) {
        sk_buff *rest = list_skb->next;
        sk_buff *nskb = own_member(list_skb);
        if (!nskb) return segment_list_failed(skb, rest);
        tail->next = nskb;
        tail = nskb;
        nskb->next = nullptr;
        trace_lineage(SKBSCOPE_EV_SEGMENT_OF, nskb, skb, ++index);
        delta_len += nskb->len;
        list_skb = rest;
        if (!give_headers(nskb, skb, offset, tnl_hlen, features)) return segment_list_failed(skb, rest);
    }
    skb->data_len -= delta_len;
    skb->len -= delta_len;
    skb_gso_reset(skb);
    skb->prev = tail;
    if (skb_needs_linearize(skb, features) && __skb_linearize(skb) != 0) return segment_list_failed(skb, nullptr);
    return TRACE_RET(skb_get(skb)); // the caller gives back the whole: it is one of the segments
}

} // namespace skbscope::stack
