// SPDX-License-Identifier: GPL-2.0-or-later
// "Call 96 of 145": a call's number among those of its own side. The union of both sides has none to show.
#pragma once

#include "ui/models/trace_document.h"

namespace skbscope::ui {

struct CallNumber {
    SideKind side = SideKind::model;
    quint32 number = 0, of = 0; // from 1; 0 of 0 without a call
};

// Counted on `preferred`, or on the other side where that has no such call.
[[nodiscard]] CallNumber callNumber(const TraceDocument &document, quint32 row, SideKind preferred);

} // namespace skbscope::ui
