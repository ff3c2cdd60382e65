// SPDX-License-Identifier: GPL-2.0-or-later
// What is missing in a document: never drawn as "not called".
#pragma once

#include "ui/models/trace_document.h"

namespace skbscope::ui {

// Events of one side that are missing: before `row`, or at the end (rows().size()).
struct LossNote {
    quint32 row = 0;
    SideKind side = SideKind::kernel;
    quint8 cpu = 0;
    QString text; // "40 events lost here: ring full"
};

// Of both sides, ascending by row.
[[nodiscard]] std::vector<LossNote> lossNotes(const TraceDocument &document);

// How many events are missing: "0", "40", "40 or more", "some". Not every gap knows its size.
[[nodiscard]] QString lostText(const TraceDocument &document);

} // namespace skbscope::ui
