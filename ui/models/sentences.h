// SPDX-License-Identifier: GPL-2.0-or-later
// What changed at one event, as a true sentence made from its data: who, what, from which value to which. Every number
// in it stands in the event, in the records that extend it, or in the state of its packet right before and after.
// Made when shown, never for a whole trace.
#pragma once

#include "ui/models/skb_fields.h"
#include "ui/models/trace_document.h"

namespace skbscope::ui {

// A field of the sk_buff with another value than before.
struct SkbChange {
    SkbFieldId field = 0;
    qint64 before = 0, after = 0;
};
// What the record at `event` shows to differ from what was known of its packet before. Nothing at first sight.
[[nodiscard]] std::vector<SkbChange> changesAt(const DocumentSide &side, quint32 event);
[[nodiscard]] QString changeWords(const DocumentSide &side, const std::vector<SkbChange> &changes); // "users 1 → 2"

// An event with something to say: it did something, or shows what nobody had seen before.
[[nodiscard]] bool hasSentence(const DocumentSide &side, quint32 event);
// "pulls **14 bytes: data 2 → 16, len 54 → 40**: the Ethernet header has been read", without its subject; markup. For
// events that do something.
[[nodiscard]] QString effectClause(const DocumentSide &side, quint32 event);
// Whole, with its subject and with what its extension records tell. Empty where there is nothing to say.
[[nodiscard]] QString eventSentence(const DocumentSide &side, quint32 event);
// Who did it: the function the record carries, else the innermost one; for a pointer that moved, whoever called the
// sk_buff's helper for it. Empty for the CPU itself.
[[nodiscard]] QString subjectOf(const DocumentSide &side, quint32 event);

// For a record made by one of the sk_buff's own helpers: whoever called them for it. Empty where it was no helper's.
[[nodiscard]] QString wantedBy(const DocumentSide &side, quint32 event);

// Internal: the clause of a buffer operation.
[[nodiscard]] QString bufferClause(const DocumentSide &side, quint32 event);

} // namespace skbscope::ui
