// SPDX-License-Identifier: GPL-2.0-or-later
// Packets to try things on: linear or in pages, with bytes that count up from 0.
#pragma once

#include "../sim/machine_fixture.h"

#include "linux/skbuff.h"

#include <memory>
#include <numeric>
#include <vector>

namespace skbscope::stack {

using Skb = machine_fixture;

struct skb_free {
    void operator()(sk_buff *skb) const { kfree_skb(skb); }
};
using skb_ptr = std::unique_ptr<sk_buff, skb_free>;

inline skb_ptr filled(unsigned headroom, unsigned len, unsigned room = 512) {
    skb_ptr skb(alloc_skb(headroom + room, GFP_KERNEL));
    skb_reserve(skb.get(), static_cast<int>(headroom));
    auto *p = static_cast<u8 *>(skb_put(skb.get(), len));
    std::iota(p, p + len, u8{0});
    return skb;
}

inline std::vector<u8> content(const sk_buff *skb) {
    std::vector<u8> bytes(skb->len);
    EXPECT_EQ(skb_copy_bits(skb, 0, bytes.data(), static_cast<int>(skb->len)), 0);
    return bytes;
}

// Linear part, then `frags` pages of `size` bytes each, bytes counting up all the way.
inline skb_ptr fragmented(unsigned linear, unsigned frags, unsigned size) {
    skb_ptr skb = filled(16, linear, 256);
    u8 next = static_cast<u8>(linear);
    for (unsigned i = 0; i < frags; ++i) {
        page *p = alloc_pages(0);
        std::iota(page_address(p) + 100, page_address(p) + 100 + size, next);
        next = static_cast<u8>(next + size);
        skb_add_rx_frag(skb.get(), static_cast<int>(i), p, 100, static_cast<int>(size), PAGE_SIZE);
    }
    return skb;
}

inline std::vector<u8> counting(std::size_t n, u8 from = 0) {
    std::vector<u8> v(n);
    std::iota(v.begin(), v.end(), from);
    return v;
}

} // namespace skbscope::stack
