// SPDX-License-Identifier: GPL-2.0-or-later
// A kind of record beside those of event_abi.h: a tracepoint inside of `fn` was passed, and this is how the sk_buff was
// then. It is observed where the calls around it are inferred; payload: snapshot. The number is part of the file
// format.
#pragma once

#include "trace/event.h"

namespace skbscope::trace {

inline constexpr std::uint8_t seen_kind = 3; // SKBSCOPE_EV_LEAVE + 1

// has_snapshot(), these records among them.
[[nodiscard]] constexpr bool shows_packet(const Event &e) {
    return has_snapshot(e) || (e.kind == seen_kind && (e.state & SKBSCOPE_STATE_HAS_SKB) != 0);
}

// Whether the record says where its packet is. A leave, and what belongs to it, says where the call was made.
[[nodiscard]] constexpr bool places_packet(const Event &e) {
    return e.kind != SKBSCOPE_EV_LEAVE && !is_extension(e);
}

} // namespace skbscope::trace
