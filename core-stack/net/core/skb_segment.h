// SPDX-License-Identifier: GPL-2.0-or-later
// What the parts of skb_segment() share. Linux 6.1: net/core/skbuff.c
#pragma once

#include "linux/skbuff_gso.h"

namespace skbscope::stack {

// One call of skb_segment(): what it was given, and how far it is. Offsets count from head_skb's mac header.
struct segmenter {
    sk_buff *head_skb;
    netdev_features_t features;
    unsigned mss, len; // payload of a segment; what of head_skb is no member's (for partial_segs alone)
    unsigned doffset;  // bytes of headers
    unsigned offset;   // of the next segment's payload
    int tnl_hlen;
    unsigned headroom = 0;
    unsigned partial_segs = 0; // each segment stays a super-packet of so many
    bool sg = false, csum = false;
    sk_buff *list_skb;           // the member of the frag_list that comes next
    sk_buff *frag_skb = nullptr; // whose frags are being read
    int i = 0, nfrags = 0;       // its next one; -1: its head, which lies in a page
    unsigned pos = 0;            // where that frag starts
    sk_buff *segs = nullptr, *tail = nullptr;
    u32 count = 0;
};

// skb_segment_partial.cpp
// A gso_size from outside, and members of which some have their data in a head that cannot be shared: they may not end
// where segments do, so that everything must be copied.
[[nodiscard]] bool segment_geometry_untrusted(const segmenter &s);
// Sets partial_segs, and mss to so many, when each segment may stay several.
void segment_choose_partial(segmenter *s);
void segment_mark_partial(const segmenter *s); // partial_segs is not 0

} // namespace skbscope::stack
