// SPDX-License-Identifier: GPL-2.0-or-later
// Where a step leads, forwards and backwards. Steps are looked up in the document, never replayed, so back costs what
// forward costs. nullopt: there is nothing further in that direction.
//
//   into      the next stop, whatever it is
//   over      past everything this call calls: its next sibling, or on in its caller
//   out       past everything its caller calls
//   back ...  the same, mirrored; back out is the caller's entry
#pragma once

#include "ui/models/trace_document.h"

namespace skbscope::ui {

enum class Stride : quint8 { into, over, out };
enum class Direction : quint8 { forward, back };

[[nodiscard]] std::optional<quint32> stepFrom(const TraceDocument &document, quint32 step, Stride stride,
                                              Direction direction);
// The next or previous row whose mark is a difference: anything but a match and a call inlined in this kernel.
[[nodiscard]] std::optional<quint32> differenceFrom(const TraceDocument &document, quint32 step, Direction direction);
[[nodiscard]] bool isDifference(const DocumentRow &row);
[[nodiscard]] bool isDifference(std::optional<trace::RowMark> mark);

} // namespace skbscope::ui
