// SPDX-License-Identifier: GPL-2.0-or-later
// A question about what comes next, asked before it is shown. Its right answer, and every wrong one beside it, is made
// from the trace: lengths of the packet's own headers, functions that run elsewhere in it, queues and contexts it has.
// Reasons of drops are those of the recorded kernel. Nothing is made for a step before somebody asks there.
#pragma once

#include "ui/models/trace_document.h"

#include <QStringList>
#include <tl/expected.hpp>

namespace skbscope::ui {

enum class GateKind : quint8 {
    pointer,  // which pointer moves, and by how much
    function, // which function is next
    queue,    // which queue the packet joins or leaves
    runner,   // which context, on which CPU, runs what comes next
    outcome,  // dropped or delivered, and why
    freer,    // who frees the packet
};
inline constexpr std::array allGateKinds = {GateKind::pointer, GateKind::queue,   GateKind::function,
                                            GateKind::runner,  GateKind::outcome, GateKind::freer};
[[nodiscard]] QString gateWord(GateKind kind); // "pointer": what a lesson file calls it
[[nodiscard]] std::optional<GateKind> gateNamed(const QString &word);

enum class SkbPointer : quint8 { head, data, tail, dataAndTail, end, none };
inline constexpr int skbPointers = 6;
[[nodiscard]] QString pointerWords(SkbPointer pointer); // "data and tail"

struct GateAnswer {
    QString text;   // markup
    QString partly; // of a wrong one, markup: what is right in it, or what the trace says of it
    bool right = false;
    // of a pointer gate; amount counts from head to end, so a push is negative
    SkbPointer pointer = SkbPointer::none;
    qint64 amount = 0;
    bool operator==(const GateAnswer &other) const { return text == other.text; }
};

struct Gate {
    GateKind kind = GateKind::function;
    SideKind side = SideKind::model; // whose trace marks it
    quint32 step = 0;                // where it is asked
    quint32 target = 0;              // the step that shows the answer
    QString question;                // markup
    QString because;                 // markup: what the trace says happens there
    std::vector<GateAnswer> answers; // distinct, one right, in an order that tells nothing
    [[nodiscard]] const GateAnswer &truth() const;
};

// "`data += 20`", "no pointer moves"
[[nodiscard]] QString pointerAnswer(SkbPointer pointer, qint64 amount);
// What is right in a wrong guess: "right pointer, 6 bytes short".
[[nodiscard]] QString pointerVerdict(const GateAnswer &guess, const GateAnswer &truth);

// Why not is one sentence for the user, and does not give the answer to another question away.
[[nodiscard]] tl::expected<Gate, QString> makeGate(const TraceDocument &document, quint32 step, SideKind preferred,
                                                   GateKind kind);
// Every question that can be asked at a step, the one about what the very next step does first. Empty: see whyNoGate().
[[nodiscard]] std::vector<Gate> gatesAt(const TraceDocument &document, quint32 step, SideKind preferred);
[[nodiscard]] QString whyNoGate(const TraceDocument &document, quint32 step);

} // namespace skbscope::ui
