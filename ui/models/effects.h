// SPDX-License-Identifier: GPL-2.0-or-later
// What one event changed, in a word: a chip in the tree, a chip on the timeline. Every number is the event's own. Whole
// sentences are in sentences.h.
#pragma once

#include "ui/models/trace_document.h"

namespace skbscope::ui {

[[nodiscard]] bool isQueueEvent(const trace::Event &event);
// Bytes a buffer operation moved, where the event says so.
[[nodiscard]] std::optional<qint64> amountOf(const DocumentSide &side, quint32 event);

// The event frees what hung on a buffer whose work was done, by a way that reports a drop.
[[nodiscard]] bool goesWithAConsumedOwner(const DocumentSide &side, quint32 event);
// A drop that is one.
[[nodiscard]] bool isLoss(const DocumentSide &side, quint32 event);

// "data += 14", "backlog 0→1"; empty when the event is no chip.
[[nodiscard]] QString effectChip(const DocumentSide &side, quint32 event);
// "pull 14", "+1", "free"; empty when the timeline does not show it.
[[nodiscard]] QString effectTag(const DocumentSide &side, quint32 event);
[[nodiscard]] QString shortReason(const QString &name); // "SKB_DROP_REASON_NO_SOCKET" -> "NO_SOCKET"
[[nodiscard]] QString dropReason(const DocumentSide &side, const trace::Event &event); // "SKB_DROP_REASON_NO_SOCKET"
[[nodiscard]] QString taskName(const DocumentSide &side, trace::TaskId task);
[[nodiscard]] qint64 lengthBefore(const trace::Event &event);              // of the queue that a queue event changed
[[nodiscard]] QString queueLabel(const DocumentSide &side, quint32 queue); // "b backlog"

} // namespace skbscope::ui
