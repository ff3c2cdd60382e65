// SPDX-License-Identifier: GPL-2.0-or-later
// What a call did to a buffer or a queue, as the little sign at its row's end.
#pragma once

#include "ui/models/trace_document.h"

namespace skbscope::ui {

// "data += 14", "input_pkt_queue 0→1"; empty: nothing. The model's word goes before the kernel's, and what a call
// inside did is told there alone.
[[nodiscard]] QString chipOf(const TraceDocument &document, const DocumentRow &row);

} // namespace skbscope::ui
