// SPDX-License-Identifier: GPL-2.0-or-later
// Where does it go next, and who runs it?
#include "ui/models/gate_parts.h"

#include "ui/models/call_number.h"
#include "ui/models/cards.h"
#include "ui/models/effects.h"
#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/roles.h"

#include <algorithm>
#include <set>

namespace skbscope::ui {

namespace {
constexpr quint32 farAhead = 20000; // rows that are looked at for alternatives: a long trace repeats itself

QString rowNumber(const GateSpot &spot, quint32 row) {
    return grouped(callNumber(*spot.document, row, spot.side).number);
}

// What the trace says of a function that is not the next one.
QString whatOf(const GateSpot &spot, const QString &name, const DocumentRow &truth) {
    const auto &rows = spot.document->rows();
    const quint32 now = spot.document->steps()[spot.next].row,
                  end = std::min<quint32>(quint32(rows.size()), now + farAhead);
    for (quint32 row = now + 1; row < end; ++row)
        if (rows[row].name == name)
            return phrase("GateFunction", "it does come, but later: call %1").arg(rowNumber(spot, row));
    for (quint32 row = now; row-- > 0;)
        if (rows[row].name == name) {
            QString out = phrase("GateFunction", "it ran before, at call %1").arg(rowNumber(spot, row));
            if (rows[row].layer == truth.layer) out += phrase("GateFunction", "; the layer is right");
            return out;
        }
    return {};
}

// In the order in which somebody would think of them: what the same function calls elsewhere, what its caller calls,
// what the layer has.
std::vector<QString> candidates(const GateSpot &spot) {
    const auto &rows = spot.document->rows();
    const DocumentRow &right = spot.row(spot.next), &here = spot.row(spot.step);
    const QString parent = right.parent == npos ? QString() : rows[right.parent].name;
    std::vector<QString> near, layer, rest;
    const quint32 now = spot.document->steps()[spot.next].row;
    const quint32 from = now > farAhead ? now - farAhead : 0,
                  to = std::min<quint32>(quint32(rows.size()), now + farAhead);
    for (quint32 i = from; i < to; ++i) {
        const DocumentRow &row = rows[i];
        if (row.name == right.name || row.name == here.name || row.call[sideIndex(spot.side)] == npos) continue;
        const bool sibling =
            row.parent != npos && (rows[row.parent].name == parent || rows[row.parent].name == here.name);
        (sibling ? near : row.layer == right.layer ? layer : rest).push_back(row.name);
    }
    near.insert(near.end(), layer.begin(), layer.end());
    near.insert(near.end(), rest.begin(), rest.end());
    return near;
}

QString cardOf(const GateSpot &spot, const DocumentRow &row) {
    if (const Card *card = Cards::builtin().find(row.name)) return card->does;
    const quint32 call = row.call[sideIndex(spot.side)];
    return call == npos ? QString() : roleWords(spot.s().side->function(spot.s().tree.calls[call].fn));
}

// "softirq NET_RX on CPU 0", "process context: the task udp-recv"
QString runnerWords(const DocumentSide &s, const DocumentRow &row) {
    const QString who = row.context == trace::Context::process ? phrase("GateFunction", "process context")
                                                               : contextWords(row.context, row.vector);
    QString out = phrase("GateFunction", "%1 on CPU %2").arg(who).arg(row.cpu);
    if (row.context == trace::Context::process)
        out += phrase("GateFunction", ", task %1").arg(code(taskName(s, row.task)));
    return out;
}

bool sameRunner(const DocumentRow &a, const DocumentRow &b) {
    return a.context == b.context && a.cpu == b.cpu && a.task == b.task && a.vector == b.vector;
}
} // namespace

Made functionGate(const GateSpot &spot) {
    const Step &next = spot.document->steps()[spot.next];
    if (next.late || spot.row(spot.next).call[sideIndex(spot.side)] == npos)
        return tl::unexpected(phrase("GateFunction", "No call is entered next: ask what happens instead."));
    const DocumentRow &right = spot.row(spot.next);
    Gate gate = gateFor(spot, GateKind::function, spot.next);
    gate.question =
        phrase("GateFunction", "`%1` is running. Which function is entered next?").arg(spot.row(spot.step).name);
    const QString parent = right.parent == npos ? QString() : spot.document->rows()[right.parent].name;
    gate.because =
        (parent.isEmpty() ? phrase("GateFunction", "%1 is entered: a new call from outside.").arg(code(right.name))
                          : phrase("GateFunction", "%1 is called by %2.").arg(code(right.name), code(parent)));
    if (const QString does = cardOf(spot, right); !does.isEmpty()) gate.because += QStringLiteral(" ") + does;
    addRight(gate, code(right.name));
    for (const QString &name : candidates(spot)) {
        if (gate.answers.size() >= 4) break;
        if (const QString text = code(name);
            std::none_of(gate.answers.begin(), gate.answers.end(), [&](const GateAnswer &a) { return a.text == text; }))
            addWrong(gate, text, whatOf(spot, name, right));
    }
    return gate;
}

Made runnerGate(const GateSpot &spot) {
    const DocumentRow &here = spot.row(spot.step), &next = spot.row(spot.next);
    if (sameRunner(here, next)) return tl::unexpected(phrase("GateFunction", "What comes next runs where this runs."));
    Gate gate = gateFor(spot, GateKind::runner, spot.next);
    gate.question = phrase("GateFunction", "`%1` runs in %2. Who runs what comes next?")
                        .arg(here.name, runnerWords(spot.s(), here));
    gate.because = phrase("GateFunction", "%1 runs in **%2**.").arg(code(next.name), runnerWords(spot.s(), next));
    addRight(gate, runnerWords(spot.s(), next));
    // where it runs now is an answer too: that nothing changes
    addWrong(gate, runnerWords(spot.s(), here), phrase("GateFunction", "no: it changes here"));
    std::set<QString> others;
    // Of a long trace those around here: it does the same again and again.
    constexpr quint32 stretch = 20'000;
    const auto rows = spot.document->rows();
    const quint32 first = here.index > stretch / 2 ? here.index - stretch / 2 : 0;
    for (quint32 i = first; i < rows.size() && i < first + stretch; ++i)
        if (const DocumentRow &row = rows[i];
            row.call[sideIndex(spot.side)] != npos && !sameRunner(row, next) && others.size() < 16)
            others.insert(runnerWords(spot.s(), row));
    for (const QString &text : others) {
        const bool cpu = text.contains(QStringLiteral("CPU %1").arg(next.cpu));
        addWrong(gate, text, cpu ? phrase("GateFunction", "the CPU is right") : QString());
    }
    return gate;
}

} // namespace skbscope::ui
