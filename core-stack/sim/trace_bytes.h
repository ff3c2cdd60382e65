// SPDX-License-Identifier: GPL-2.0-or-later
// Which bytes of a packet's buffer the trace knows. The shadow of the buffer (sim/arena.h) holds them as they were
// recorded last; the shadow of its skb_shared_info holds which stretch of it that is.
#pragma once

#include "linux/skbuff.h"
#include "sim/arena.h"
#include "trace/event.h"

#include <algorithm>
#include <cstring>

namespace skbscope::stack {

// [lo, hi): what is known, counted from head.
struct known_bytes {
    u32 lo, hi;
};

[[nodiscard]] inline known_bytes &known_of(const u8 *head, u32 end) {
    return *reinterpret_cast<known_bytes *>(arena::shadow_of(head + end));
}

// The rest of trace_bytes(), when there is something to record.
void trace_changed_bytes(const sk_buff *skb, const trace::Event &extends, u32 budget);

// At most `budget` bytes are compared; then records follow for what differs.
inline void trace_bytes(const sk_buff *skb, const trace::Event &extends, u32 budget) {
    if (!skb->head || skb->head_released || skb->end > 0xffff) return; // offsets have 16 bits
    const known_bytes known = known_of(skb->head, skb->end);
    const u32 tail = std::min(skb->tail, skb->end);
    if (known.lo != known.hi && known.lo <= skb_headroom(skb) && tail <= known.hi) [[likely]] { // none is new
        const u32 to = std::min(tail, known.lo + std::min(budget, known.hi - known.lo));
        const u8 *from = skb->head + known.lo;
        if (to <= known.lo || std::memcmp(from, arena::shadow_of(from), to - known.lo) == 0) return;
    }
    trace_changed_bytes(skb, extends, budget);
}
void trace_bytes_forget(const u8 *head, u32 end);
// The buffer's content was copied `shift` bytes further from the head of another one.
void trace_bytes_moved(const u8 *old_head, u32 old_end, const u8 *head, u32 end, int shift);

} // namespace skbscope::stack
