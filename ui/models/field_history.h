// SPDX-License-Identifier: GPL-2.0-or-later
// Who changed a field of an sk_buff, and when: one walk over the packet's records the first time it is asked about, a
// binary search from then on. Going back never replays.
#pragma once

#include "ui/models/condition.h"
#include "ui/models/trace_document.h"

#include <functional>
#include <unordered_map>

namespace skbscope::ui {

struct FieldChange {
    quint32 event = npos; // at which the new value was seen
    qint64 before = 0, after = 0;
    bool first = false; // the packet's first sight: there is no value before
};

class FieldHistory {
public:
    // `side` must outlive it, unchanged.
    explicit FieldHistory(const DocumentSide &side) : side_(&side) {}

    // All changes of a field of a packet, ascending by event; the first one is its first sight.
    // Valid until many others were asked for.
    [[nodiscard]] const std::vector<FieldChange> &changes(trace::PacketId packet, SkbFieldId field);
    // The last one at or before `event`; null before the packet was seen.
    [[nodiscard]] const FieldChange *lastChange(trace::PacketId packet, SkbFieldId field, quint32 event);
    // Events at which a condition comes true, or, with "changed" in it, at which it is true. Over all packets.
    [[nodiscard]] std::vector<quint32> events(const Condition &condition) const;

private:
    struct Sight {
        quint32 event;
        SkbView view;
    };
    const std::vector<Sight> &sights(trace::PacketId packet);

    const DocumentSide *side_;
    std::unordered_map<trace::PacketId, std::vector<Sight>> sights_; // where the struct or its device changed
    std::unordered_map<quint64, std::vector<FieldChange>> changes_;  // packet and field
};

// Runs over a side's events and calls `meet(event, packet, view)` wherever an sk_buff is seen or moves to a device.
void forEachSight(const DocumentSide &side,
                  const std::function<void(quint32 event, trace::PacketId packet, const SkbView &view)> &meet);

} // namespace skbscope::ui
