// SPDX-License-Identifier: GPL-2.0-or-later
// What the two sides of a document are called. Mostly the model and a kernel; where both are the model, run twice with
// one setting changed, never that: the first run and the changed one.
#pragma once

#include "trace/what_if.h"
#include "ui/models/trace_document.h"

namespace skbscope::ui {

// What was changed between the sides; none where they are not two runs of the model. `document` may be null.
[[nodiscard]] std::optional<trace::WhatIf> whatIfOf(const TraceDocument *document);
[[nodiscard]] QString sideWord(const TraceDocument *document, SideKind side);        // "model", "first run"
[[nodiscard]] QString sideHead(const TraceDocument *document, SideKind side);        // "Model, C++", "Changed: ..."
[[nodiscard]] QString markWords(const TraceDocument *document, trace::RowMark mark); // "kernel only"
[[nodiscard]] QString bothSidesWords(const TraceDocument *document, const QString &verb); // "model and kernel agree"

} // namespace skbscope::ui
