// SPDX-License-Identifier: GPL-2.0-or-later
// The event: the one contract between the two kernels and everything that shows, stores or compares them.
// The layout itself lives in event_abi.h, which the CO-RE programs share.
#pragma once

#include <linux/types.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>

// Fields are unaligned only where packing demands it: 8-byte values sit on 4-byte boundaries.
#include "trace/event_abi.h"

namespace skbscope::trace {

using Event = skbscope_event;
using Snapshot = skbscope_snapshot;
using FunctionId = std::uint16_t;
using PacketId = std::uint32_t;
using TaskId = std::uint32_t;

inline constexpr FunctionId no_function = SKBSCOPE_NO_FUNCTION;
inline constexpr PacketId no_packet = 0;

static_assert(sizeof(Event) == SKBSCOPE_EVENT_SIZE);
static_assert(offsetof(Event, payload) == 28);
static_assert(sizeof(skbscope_snapshot) == 36);
static_assert(std::is_trivially_copyable_v<Event>);

enum class Context : std::uint8_t { process, softirq, hardirq, idle };
enum class Provenance : std::uint8_t { model, kernel, inferred };

[[nodiscard]] constexpr bool is_extension(const Event &e) {
    return e.kind >= SKBSCOPE_EV_EXT_FIRST;
}
[[nodiscard]] constexpr bool is_enter(const Event &e) {
    return e.kind == SKBSCOPE_EV_ENTER;
}
[[nodiscard]] constexpr bool is_leave(const Event &e) {
    return e.kind == SKBSCOPE_EV_LEAVE;
}
[[nodiscard]] constexpr bool is_buffer_op(const Event &e) {
    return e.kind >= SKBSCOPE_EV_ALLOC && e.kind <= SKBSCOPE_EV_HEAD_FREE;
}
// True when the payload is a snapshot that was read from a real sk_buff.
[[nodiscard]] constexpr bool has_snapshot(const Event &e) {
    return (e.state & SKBSCOPE_STATE_HAS_SKB) != 0 && (is_enter(e) || (is_buffer_op(e) && e.kind < SKBSCOPE_EV_FREE));
}
[[nodiscard]] constexpr Context context_of(const Event &e) {
    return static_cast<Context>(e.state & SKBSCOPE_STATE_CTX_MASK);
}
[[nodiscard]] constexpr Provenance provenance_of(const Event &e) {
    return static_cast<Provenance>((e.state & SKBSCOPE_STATE_PROV_MASK) >> SKBSCOPE_STATE_PROV_SHIFT);
}

// Views of a snapshot's derived values. Offsets count bytes from head.
[[nodiscard]] constexpr std::uint32_t data_of(const Snapshot &s) {
    return s.headroom;
}
[[nodiscard]] constexpr std::uint32_t tail_of(const Snapshot &s) {
    return s.headroom + s.len - s.data_len;
}
[[nodiscard]] constexpr bool cloned_of(const Snapshot &s) {
    return (s.flags & SKBSCOPE_SKB_CLONED) != 0;
}
[[nodiscard]] constexpr unsigned ip_summed_of(const Snapshot &s) {
    return (s.flags >> SKBSCOPE_SKB_IP_SUMMED_SHIFT) & 3U;
}
[[nodiscard]] constexpr unsigned pkt_type_of(const Snapshot &s) {
    return (s.flags >> SKBSCOPE_SKB_PKT_TYPE_SHIFT) & 7U;
}

// "enter", "put", "ext-bytes", ...; "?" for a number this version does not know.
[[nodiscard]] const char *kind_name(unsigned kind);
// "process", "softirq", "hardirq", "idle".
[[nodiscard]] const char *context_name(Context context);

} // namespace skbscope::trace
