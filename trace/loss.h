// SPDX-License-Identifier: GPL-2.0-or-later
// What a loss is called. Where a side's losses are: CallTree::losses.
#pragma once

#include "trace/trace.h"

#include <string>

namespace skbscope::trace {

// enum skbscope_loss_reason: "ring full", "a probe ran already on this CPU", ...; "reason 9" for one not known here.
[[nodiscard]] std::string loss_reason_name(std::uint32_t reason);

// Of an event of CallTree::losses: "40 events lost here: ring full", "events are missing here: hole in the sequence".
[[nodiscard]] std::string loss_text(const Event &event);

} // namespace skbscope::trace
