// SPDX-License-Identifier: GPL-2.0-or-later
// CoDel: drop when packets have stood in the queue for longer than `target` throughout an `interval`, then ever faster
// (interval / sqrt(count)) until they no longer do. Times are in units of 1024 ns. Linux 6.1: include/net/codel.h
#pragma once

#include "linux/types.h"

namespace skbscope::stack {

struct sk_buff;
using codel_time_t = u32;
inline constexpr unsigned CODEL_SHIFT = 10;
[[nodiscard]] constexpr codel_time_t codel_ms(u64 ms) {
    return static_cast<codel_time_t>((ms * 1'000'000) >> CODEL_SHIFT);
}
[[nodiscard]] codel_time_t codel_get_time();
[[nodiscard]] constexpr bool codel_time_before(codel_time_t a, codel_time_t b) {
    return static_cast<s32>(a - b) < 0;
}

struct codel_params {
    codel_time_t target = codel_ms(5);
    codel_time_t interval = codel_ms(100);
    u32 mtu = 0; // a backlog of one packet is never too much
};
struct codel_vars { // of one queue
    u32 count = 0, lastcount = 0;
    bool dropping = false;
    u16 rec_inv_sqrt = 0; // 1 / sqrt(count), upper 16 bits of a Q0.32
    codel_time_t first_above_time = 0, drop_next = 0, ldelay = 0;
};
struct codel_stats {
    u32 maxpacket = 0, drop_count = 0, drop_len = 0;
};

// The queue CoDel works on.
struct codel_queue {
    void *context;
    sk_buff *(*dequeue)(codel_vars *vars, void *context);
    void (*drop)(sk_buff *skb, void *context);
    u32 (*length)(const sk_buff *skb);
    codel_time_t (*enqueue_time)(const sk_buff *skb);
    const u32 *backlog; // bytes
};
[[nodiscard]] sk_buff *codel_dequeue(const codel_queue &queue, const codel_params &params, codel_vars *vars,
                                     codel_stats *stats);

} // namespace skbscope::stack
