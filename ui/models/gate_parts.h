// SPDX-License-Identifier: GPL-2.0-or-later
// Internal to gate*.cpp: one maker a kind. Each gives a question whose answers are not yet put in order, or says why
// there is none.
#pragma once

#include "ui/models/gate.h"

namespace skbscope::ui {

// Where a gate is asked: the step, and the next one of the side that tells it.
struct GateSpot {
    const TraceDocument *document = nullptr;
    quint32 step = 0, next = 0; // next: step + 1, there is one
    SideKind side = SideKind::model;
    [[nodiscard]] const DocumentSide &s() const { return *document->side(side); }
    [[nodiscard]] DocumentRow row(quint32 step_) const { return document->rows()[document->steps()[step_].row]; }
    [[nodiscard]] StepSide at(quint32 step_) const { return document->steps()[step_].sides[sideIndex(side)]; }
    // The first event of `kind`, or of those that `is` takes, that this side does in a step; npos: none.
    template <class Is> [[nodiscard]] quint32 eventIn(quint32 step_, Is is) const {
        const StepSide &here = at(step_);
        if (!here.own || here.begin == npos) return npos;
        for (quint32 i = here.begin; i <= here.event; ++i)
            if (is(s().event(i))) return i;
        return npos;
    }
};

using Made = tl::expected<Gate, QString>;
[[nodiscard]] Made pointerGate(const GateSpot &spot);
[[nodiscard]] Made functionGate(const GateSpot &spot);
[[nodiscard]] Made queueGate(const GateSpot &spot);
[[nodiscard]] Made runnerGate(const GateSpot &spot);
[[nodiscard]] Made outcomeGate(const GateSpot &spot);
[[nodiscard]] Made freerGate(const GateSpot &spot);

[[nodiscard]] Gate gateFor(const GateSpot &spot, GateKind kind, quint32 target);
// Adds a wrong answer unless it is there already or the gate has enough of them.
void addWrong(Gate &gate, const QString &text, const QString &partly = {});
void addRight(Gate &gate, const QString &text);
// What is done by functions of net/core/skbuff.c and its header is done for whoever called them. npos: nobody known.
[[nodiscard]] quint32 callBehind(const DocumentSide &side, quint32 event);
[[nodiscard]] bool isSkbHelper(const DocumentSide &side, quint32 call);
// "Next is `ip_rcv`. ", or what goes on; empty where the next step says nothing new.
[[nodiscard]] QString nextWords(const GateSpot &spot);

} // namespace skbscope::ui
