// SPDX-License-Identifier: GPL-2.0-or-later
// One side at one step: the state every pane of the middle draws from.
#pragma once

#include "ui/models/trace_document.h"

namespace skbscope::ui {

struct Moment {
    const DocumentSide *side = nullptr; // null: the trace has no such side, or nothing happened there yet
    SideKind kind = SideKind::model;
    quint32 event = npos; // the last one that counts
    quint32 call = npos;  // the row's call on this side, npos where the row is the other side's only
    bool own = false;     // this side does something in this step
    trace::PacketId packet = trace::no_packet;
    bool upcoming = false;    // `packet` is the one this call will make; it does not exist yet
    trace::PacketState state; // of `packet`; state.seen is false while it does not exist
    std::vector<trace::QueueState> queues;

    [[nodiscard]] bool hasPacket() const { return side && packet != trace::no_packet && state.seen; }
};

[[nodiscard]] Moment momentAt(const TraceDocument &document, quint32 step, SideKind kind);

// The last time data or tail moved, for the arrow and the sentence.
struct PointerMove {
    unsigned kind = 0; // SKBSCOPE_EV_PULL ...; 0: seen from two snapshots, no operation was recorded
    quint32 event = npos;
    qint64 amount = 0;
    trace::Snapshot before{}, after{};
    QString by;     // function that moved it; for kind 0: at whose entry it was first seen
    QString inside; // its caller
    quint32 row = npos;
    [[nodiscard]] bool movesData() const { return trace::data_of(before) != trace::data_of(after); }
    [[nodiscard]] bool movesTail() const { return trace::tail_of(before) != trace::tail_of(after); }
};
[[nodiscard]] std::optional<PointerMove> lastMove(const Moment &moment);
// The event by which the packet, which still exists, was given up; npos: it was not.
[[nodiscard]] quint32 dropOf(const Moment &moment);
[[nodiscard]] QString moveName(unsigned kind); // "pull"

} // namespace skbscope::ui
