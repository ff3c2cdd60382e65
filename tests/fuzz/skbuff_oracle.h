// SPDX-License-Identifier: GPL-2.0-or-later
// Packets of the model, each beside the plain bytes that it must hold; and what must be true of every packet at any
// time, however its bytes lie (linear part, pages, further packets) and whoever else uses them.
#pragma once

#include "linux/skbuff.h"
#include "sim/arena.h"
#include "sim/machine_state.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace skbscope::fuzz {

using namespace stack; // NOLINT(google-build-using-namespace): a fuzz target's own header
using Bytes = std::vector<u8>;

inline void require(bool holds, const char *what) {
    if (holds) return;
    std::fprintf(stderr, "skbuff: %s\n", what);
    std::abort();
}

struct Packet {
    sk_buff *skb = nullptr;
    Bytes bytes;
};

inline Bytes content(const sk_buff *skb) {
    Bytes b(skb->len);
    require(skb_copy_bits(skb, 0, b.data(), static_cast<int>(skb->len)) == 0, "a packet is shorter than it says");
    return b;
}

inline void check_lengths(const sk_buff *skb) {
    require(skb->data >= skb->head && skb->data_len <= skb->len, "lengths or data are out of bounds");
    require(skb->tail == skb_headroom(skb) + skb_headlen(skb), "the tail is not where the linear part ends");
    require(skb->tail <= skb->end, "the tail is behind the end");
    const skb_shared_info *info = skb_shinfo(skb);
    require(info->nr_frags <= MAX_SKB_FRAGS, "too many fragments");
    u32 behind = 0;
    for (int i = 0; i < info->nr_frags; ++i) {
        const skb_frag_t *frag = &info->frags[i];
        require(refcount_read(&frag->bv_page->count) > 0, "a fragment's page is free");
        require(frag->bv_offset + frag->bv_len <= PAGE_SIZE << frag->bv_page->order, "a fragment leaves its page");
        behind += skb_frag_size(frag);
    }
    for (const sk_buff *member = info->frag_list; member; member = member->next) {
        require(refcount_read(&member->users) > 0, "a member of the frag_list is free");
        check_lengths(member);
        behind += member->len;
    }
    require(behind == skb->data_len, "data_len is not what lies in fragments");
}

inline void check(const Packet &p) {
    require(refcount_read(&p.skb->users) == 1, "somebody else holds the packet");
    require(atomic_read(&skb_shinfo(p.skb)->dataref) > 0, "nobody uses the buffer");
    require(p.skb->cloned || atomic_read(&skb_shinfo(p.skb)->dataref) == 1, "a shared buffer that says it is not");
    check_lengths(p.skb);
    require(p.skb->len == p.bytes.size(), "the packet's length is not the oracle's");
    require(content(p.skb) == p.bytes, "the packet's bytes are not the oracle's");
}

// What of the machine's memory is taken: the same before and after, when nothing was lost.
struct Memory {
    std::size_t used = 0, large = 0;
    std::vector<std::size_t> free;
    static Memory now() {
        const arena &a = *this_machine().memory;
        Memory m{a.used, a.large.size(), {}};
        for (const auto &cache : a.caches)
            m.free.push_back(cache->freelist[0].size());
        return m;
    }
    bool operator==(const Memory &) const = default;
};

} // namespace skbscope::fuzz
