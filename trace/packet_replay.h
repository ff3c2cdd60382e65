// SPDX-License-Identifier: GPL-2.0-or-later
// What one record does to the state of its packet, but for the bytes, which belong to the buffer (buffer_history.h).
// The packets' history replays with it from a checkpoint; nothing else changes a PacketState. Internal to trace/.
#pragma once

#include "trace/state.h"

namespace skbscope::trace {

// Applies a record of this packet; true when its snapshot, frags or life changed.
bool apply_to_packet(PacketState &state, const Event &e, std::uint32_t event);

} // namespace skbscope::trace
