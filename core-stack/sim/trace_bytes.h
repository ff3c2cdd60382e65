// SPDX-License-Identifier: GPL-2.0-or-later
// Which bytes of a packet's buffer the trace knows. The shadow of the buffer (sim/arena.h) holds them as they were
// recorded last; the shadow of its skb_shared_info holds which stretch of it that is.
#pragma once

#include "linux/types.h"
#include "trace/event.h"

namespace skbscope::stack {

struct sk_buff;

// At most `budget` bytes are compared; then records follow for what differs.
void trace_bytes(const sk_buff *skb, const trace::Event &extends, u32 budget);
void trace_bytes_forget(const u8 *head, u32 end);
// The buffer's content was copied `shift` bytes further from the head of another one.
void trace_bytes_moved(const u8 *old_head, u32 old_end, const u8 *head, u32 end, int shift);

} // namespace skbscope::stack
