// SPDX-License-Identifier: GPL-2.0-or-later
// Where one side of a trace stops for a student. Internal to TraceDocument.
#pragma once

#include "ui/models/document_side.h"

namespace skbscope::ui {

// Ascending by event. An effect belongs to the stop of the call that was entered last while that is still the innermost
// one; after a return, or at a second move of pointers, it is a stop of its own, in the slot of that call.
struct SideStops {
    std::vector<quint32> begin;                // event
    std::vector<quint32> slot;                 // the call that was entered last in its task
    [[nodiscard]] bool inOrderOfSlots() const; // then the stops of a slot follow each other
};

[[nodiscard]] SideStops stopsOf(const DocumentSide &side);

// Of each slot s (a call) the stops order[begin[s]] up to order[begin[s + 1]], in the order of their events.
struct StopsBySlot {
    std::vector<quint32> begin, order;
    [[nodiscard]] quint32 count(quint32 slot) const { return begin[slot + 1] - begin[slot]; }
};
[[nodiscard]] StopsBySlot bySlot(const SideStops &stops, std::size_t calls);

} // namespace skbscope::ui
