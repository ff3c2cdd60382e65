// SPDX-License-Identifier: GPL-2.0-or-later
// What the two sides of a document are called. Mostly they are a model and a kernel; where two kernels, or two models,
// are compared they are A and B, and SideKind::model means A, SideKind::kernel B.
#pragma once

#include "ui/models/trace_document.h"

namespace skbscope::ui {

[[nodiscard]] bool areAlike(const TraceDocument &document);                   // both sides are of one kind
[[nodiscard]] QString sideWord(const TraceDocument &document, SideKind side); // "model", "kernel", "A", "B"
[[nodiscard]] QString sideName(const TraceDocument &document, SideKind side); // "the model", "the kernel", "A", "B"
// "Model, C++", "Kernel 6.1, traced"; "A: kernel 6.1.0-51, 2026-01-31"
[[nodiscard]] QString sideHead(const TraceDocument &document, SideKind side);
// As in names.h, with the sides' own names: "model only", "B only".
[[nodiscard]] QString markWords(const TraceDocument &document, trace::RowMark mark);

} // namespace skbscope::ui
