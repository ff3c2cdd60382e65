// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/document_stops.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace skbscope::ui {

namespace {
// What a task is at: the call it entered last, and the call that stopped last since.
struct Entered {
    quint32 slot = npos, stopped = npos;
};
} // namespace

SideStops stopsOf(const DocumentSide &s) {
    SideStops out;
    out.begin.reserve(s.tree.calls.size());
    out.slot.reserve(s.tree.calls.size());
    std::unordered_map<trace::TaskId, Entered> entered;
    Entered *task = nullptr;
    trace::TaskId of = 0;
    bool moved = false;
    const auto stop = [&](quint32 event, quint32 call) {
        out.begin.push_back(event);
        out.slot.push_back(task->slot);
        task->stopped = call;
    };
    for (quint32 i = 0; i < s.side->events.size(); ++i) {
        const trace::Event &e = s.event(i);
        const quint32 call = s.tree.call_at[i];
        if (call == npos) continue;
        const bool entry = trace::is_enter(e) && s.tree.calls[call].enter == i;
        if (!entry && !isEffect(e)) continue;
        if (!task || of != e.task) task = &entered[e.task], of = e.task;
        if (entry) {
            task->slot = call;
            stop(i, call);
            moved = false;
        } else if (task->slot != npos) {
            const bool again = movesPointers(e) && moved;
            if (task->slot != task->stopped) moved = false;
            if (task->stopped != call || again) stop(i, call);
            moved = moved || movesPointers(e);
        }
    }
    out.begin.shrink_to_fit();
    return out;
}

bool SideStops::inOrderOfSlots() const {
    return std::is_sorted(slot.begin(), slot.end());
}

StopsBySlot bySlot(const SideStops &stops, std::size_t calls) {
    StopsBySlot out;
    out.begin.assign(calls + 1, 0);
    for (const quint32 slot : stops.slot)
        ++out.begin[slot + 1];
    std::partial_sum(out.begin.begin(), out.begin.end(), out.begin.begin());
    out.order.resize(stops.slot.size());
    std::vector<quint32> next(out.begin.begin(), out.begin.end() - 1);
    for (quint32 i = 0; i < stops.slot.size(); ++i)
        out.order[next[stops.slot[i]]++] = i;
    return out;
}

} // namespace skbscope::ui
