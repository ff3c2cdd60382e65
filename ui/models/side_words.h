// SPDX-License-Identifier: GPL-2.0-or-later
// What the two sides of a document are called. Mostly they are a model and a kernel. Where the model ran twice with one
// setting changed they are the first run and the changed one; where two kernels, or two models, are compared they are A
// and B. SideKind::model then means the left one, SideKind::kernel the right one.
#pragma once

#include "trace/what_if.h"
#include "ui/models/trace_document.h"

namespace skbscope::ui {

// Fact of a side that is compared with another of its kind: the name of the trace it is from.
inline constexpr std::string_view comparedFact = "compared trace";
[[nodiscard]] bool areAlike(const TraceDocument &document); // both sides are of one kind
// What was changed between the sides; none where they are not such runs of the model. `document` may be null.
[[nodiscard]] std::optional<trace::WhatIf> whatIfOf(const TraceDocument *document);
[[nodiscard]] QString sideWord(const TraceDocument &document, SideKind side); // "model", "kernel", "A", "first run"
[[nodiscard]] QString sideName(const TraceDocument &document, SideKind side); // "the model", "A", "the first run"
// "Model, C++", "Kernel 6.1, traced"; "A: udp-veth, kernel 6.1.0-51, 2026-01-31"; "Model, as it was"
[[nodiscard]] QString sideHead(const TraceDocument &document, SideKind side);
// As in names.h, with the sides' own names: "model only", "B only", "first run only".
[[nodiscard]] QString markWords(const TraceDocument &document, trace::RowMark mark);
// The same where there may be no document: null is one of a model and a kernel.
[[nodiscard]] QString sideWord(const TraceDocument *document, SideKind side);
[[nodiscard]] QString sideHead(const TraceDocument *document, SideKind side);
[[nodiscard]] QString markWords(const TraceDocument *document, trace::RowMark mark);
[[nodiscard]] QString agreeWords(const TraceDocument *document); // "model and kernel agree"
[[nodiscard]] QString kindWord(SideKind kind);                   // "model", "kernel", whatever the sides are called
[[nodiscard]] QString onlyWords(const QString &side);            // "model only"

} // namespace skbscope::ui
