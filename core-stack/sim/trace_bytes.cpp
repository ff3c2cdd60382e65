// SPDX-License-Identifier: GPL-2.0-or-later
#include "sim/trace_bytes.h"

#include "sim/trace_record.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace skbscope::stack {

using trace::Event;

namespace {

struct differ {
    const u8 *head;
    u8 *shadow;
    const Event *extends;

    void emit(u32 from, u32 to) const {
        while (from < to) {
            const u32 n = std::min<u32>(to - from, SKBSCOPE_BYTES_MAX);
            Event &e = record_extension(SKBSCOPE_EV_EXT_BYTES, *extends);
            e.bytes.offset = static_cast<u16>(from);
            e.bytes.count = static_cast<u8>(n);
            std::memcpy(e.bytes.data, head + from, n);
            std::memcpy(shadow + from, head + from, n);
            from += n;
        }
    }
    [[nodiscard]] u32 first_change(u32 from, u32 to) const {
        for (; from + sizeof(u64) <= to; from += sizeof(u64)) {
            u64 now = 0, before = 0;
            std::memcpy(&now, head + from, sizeof now);
            std::memcpy(&before, shadow + from, sizeof before);
            if (now != before) return from + static_cast<u32>(std::countr_zero(now ^ before)) / 8; // little endian
        }
        while (from < to && head[from] == shadow[from])
            ++from;
        return from;
    }
    // One record for each stretch that changed; gaps of a few bytes are not worth another.
    void changed(u32 from, u32 to) const {
        constexpr u32 gap = 8;
        while ((from = first_change(from, to)) < to) {
            u32 last = from;
            for (u32 i = from; i < to && i - last <= gap; ++i)
                if (head[i] != shadow[i]) last = i;
            emit(from, last + 1);
            from = last + 1;
        }
    }
};

} // namespace

void trace_changed_bytes(const sk_buff *skb, const Event &extends, u32 budget) {
    known_bytes &known = known_of(skb->head, skb->end);
    const differ d{skb->head, arena::shadow_of(skb->head), &extends};
    const u32 data = skb_headroom(skb);
    const u32 tail = std::min(skb->tail, skb->end);
    if (known.lo == known.hi) { // never seen
        const u32 from = std::min({data, tail, skb_mac_header_was_set(skb) ? u32{skb->mac_header} : data});
        known = {from, tail};
        return d.emit(from, tail);
    }
    const u32 compare_to = std::min(tail, known.lo + std::min(budget, known.hi - known.lo));
    if (known.lo < compare_to) d.changed(known.lo, compare_to);
    if (data < known.lo) {
        d.emit(data, known.lo);
        known.lo = data;
    }
    if (tail > known.hi) {
        d.emit(known.hi, tail);
        known.hi = tail;
    }
}

void trace_bytes_forget(const u8 *head, u32 end) {
    known_of(head, end) = {};
}

void trace_bytes_moved(const u8 *old_head, u32 old_end, const u8 *head, u32 end, int shift) {
    const known_bytes old = known_of(old_head, old_end);
    known_bytes &now = known_of(head, end);
    now = {};
    if (old.lo == old.hi || static_cast<int>(old.lo) + shift < 0) return;
    now.lo = static_cast<u32>(static_cast<int>(old.lo) + shift);
    now.hi = std::min(static_cast<u32>(static_cast<int>(old.hi) + shift), end);
    std::memcpy(arena::shadow_of(head + now.lo), arena::shadow_of(old_head + old.lo), now.hi - now.lo);
}

} // namespace skbscope::stack
