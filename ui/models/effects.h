// SPDX-License-Identifier: GPL-2.0-or-later
// What one event changed, in words: a chip in the tree, a chip on the timeline, a clause of the banner's sentence.
// Every number is the event's own.
#pragma once

#include "ui/models/trace_document.h"

namespace skbscope::ui {

[[nodiscard]] bool isQueueEvent(const trace::Event &event);
// Bytes a buffer operation moved, where the event says so.
[[nodiscard]] std::optional<qint64> amountOf(const DocumentSide &side, quint32 event);

// "data += 14", "backlog 0→1"; empty when the event is no chip.
[[nodiscard]] QString effectChip(const DocumentSide &side, quint32 event);
// "pull 14", "+1", "free"; empty when the timeline does not show it.
[[nodiscard]] QString effectTag(const DocumentSide &side, quint32 event);
// "moves **data from 2 to 16**: the Ethernet header has been read", without its subject; markup.
[[nodiscard]] QString effectClause(const DocumentSide &side, quint32 event);

[[nodiscard]] QString queueLabel(const DocumentSide &side, quint32 queue); // "b backlog"

} // namespace skbscope::ui
