// SPDX-License-Identifier: GPL-2.0-or-later
// Which pointer moves, and by how much?
#include "ui/models/gate_parts.h"

#include "ui/models/decode.h"
#include "ui/models/effects.h"
#include "ui/models/markup.h"
#include "ui/models/moment.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/sentences.h"

#include <algorithm>

namespace skbscope::ui {

namespace {
struct Move {
    SkbPointer pointer = SkbPointer::none;
    qint64 amount = 0;
};

// What the trace's two snapshots say; nothing where the buffer changed under it, or both moved by different amounts.
std::optional<Move> moveAt(const DocumentSide &s, quint32 event) {
    const trace::Event &e = s.event(event);
    const qint64 n = amountOf(s, event).value_or(0);
    if (e.packet == trace::no_packet || event == 0 || n == 0) return {};
    const trace::PacketState before = s.states.packet_at(e.packet, event - 1);
    if (!before.seen || before.snapshot_event == npos || before.skb.end != e.skb.end) return {};
    const qint64 data = qint64(trace::data_of(e.skb)) - qint64(trace::data_of(before.skb));
    const qint64 tail = qint64(trace::tail_of(e.skb)) - qint64(trace::tail_of(before.skb));
    if (data != 0 && data == tail) return Move{SkbPointer::dataAndTail, data};
    if (data != 0 && tail == 0) return Move{SkbPointer::data, data};
    if (tail != 0 && data == 0) return Move{SkbPointer::tail, tail};
    return {};
}

// The step that moves a pointer: the next one, or the one after it where a helper of the sk_buff does it for the next.
quint32 movingStep(const GateSpot &spot, quint32 *event) {
    const auto &steps = spot.document->steps();
    for (quint32 step = spot.next; step < steps.size() && step <= spot.next + 1; ++step) {
        *event = spot.eventIn(step, movesPointers);
        if (*event != npos) return step;
        const quint32 after = step + 1;
        if (after >= steps.size() || steps[after].late || !spot.document->isInside(steps[after].row, steps[step].row))
            break;
        const quint32 call = spot.row(after).call[sideIndex(spot.side)];
        if (call == npos || !isSkbHelper(spot.s(), call)) break;
    }
    *event = npos;
    return npos;
}

// Lengths that somebody could think of: the packet's headers, what moved elsewhere in this trace.
std::vector<qint64> likelyAmounts(const GateSpot &spot, trace::PacketId packet, quint32 event) {
    std::vector<qint64> out;
    const auto add = [&out](qint64 n) {
        if (n > 0 && std::find(out.begin(), out.end(), n) == out.end()) out.push_back(n);
    };
    for (const Header &h : decodeHeaders(spot.s().states.packet_at(packet, event)))
        add(h.length);
    constexpr std::size_t enough = 200'000; // a long trace does the same again and again
    const quint32 events = quint32(std::min(spot.s().side->events.size(), enough));
    for (quint32 i = 0; i < events && out.size() < 8; ++i)
        if (movesPointers(spot.s().event(i)))
            if (const auto move = moveAt(spot.s(), i)) add(std::abs(move->amount));
    return out;
}

void add(Gate &gate, SkbPointer pointer, qint64 amount, bool right = false) {
    GateAnswer answer{pointerAnswer(pointer, amount), {}, right, pointer, pointer == SkbPointer::none ? 0 : amount};
    if (std::find(gate.answers.begin(), gate.answers.end(), answer) == gate.answers.end())
        gate.answers.push_back(answer);
}

// Wrong by the amount, by the direction, by the pointer, and in that anything moves at all.
void addWrongMoves(Gate &gate, const Move &truth, const std::vector<qint64> &amounts) {
    const qint64 sign = truth.amount < 0 ? -1 : 1, most = truth.pointer == SkbPointer::none ? 2 : 3;
    const SkbPointer pointer = truth.pointer == SkbPointer::none ? SkbPointer::data : truth.pointer;
    for (qint64 i = 0, taken = 0; i < qint64(amounts.size()) && taken < most; ++i)
        if (amounts[std::size_t(i)] != std::abs(truth.amount))
            add(gate, pointer, sign * amounts[std::size_t(i)]), ++taken;
    add(gate, SkbPointer::none, 0);
    if (truth.amount == 0) return;
    add(gate, pointer, -truth.amount);
    add(gate, pointer == SkbPointer::tail ? SkbPointer::data : SkbPointer::tail, truth.amount);
    for (GateAnswer &a : gate.answers)
        if (!a.right) a.partly = pointerVerdict(a, gate.truth());
}

Made nothingMoves(const GateSpot &spot) {
    const Step &next = spot.document->steps()[spot.next];
    const Moment now = momentAt(*spot.document, spot.step, spot.side);
    if (next.late || !now.hasPacket() || now.state.freed)
        return tl::unexpected(phrase("GatePointer", "No pointer moves next, and no call is entered with the packet."));
    Gate gate = gateFor(spot, GateKind::pointer, spot.next);
    gate.question = nextWords(spot) + phrase("GatePointer", "Which pointer moves, and by how much?");
    gate.because = phrase("GatePointer", "%1 moves none: data stays at **%2**, len at **%3**.")
                       .arg(code(spot.row(spot.next).name))
                       .arg(trace::data_of(now.state.skb))
                       .arg(now.state.skb.len);
    add(gate, SkbPointer::none, 0, true);
    addWrongMoves(gate, {}, likelyAmounts(spot, now.packet, now.event));
    for (GateAnswer &a : gate.answers)
        if (!a.right) a.partly = pointerVerdict(a, gate.truth());
    return gate;
}
} // namespace

QString pointerWords(SkbPointer pointer) {
    constexpr std::array names = {"head", "data",
                                  "tail", QT_TRANSLATE_NOOP("GatePointer", "data and tail"),
                                  "end",  QT_TRANSLATE_NOOP("GatePointer", "none")};
    return phrase("GatePointer", names[std::size_t(pointer)]);
}

QString pointerAnswer(SkbPointer pointer, qint64 amount) {
    if (pointer == SkbPointer::none) return phrase("GatePointer", "no pointer moves");
    const QString name = pointer == SkbPointer::dataAndTail ? QStringLiteral("data, tail") : pointerWords(pointer);
    return code(QStringLiteral("%1 %2= %3")
                    .arg(name, amount < 0 ? QStringLiteral("−") : QStringLiteral("+"))
                    .arg(std::abs(amount)));
}

// One of the two answers moves data and tail, the other one of them: what is right of it is said, the rest named.
static QString halfVerdict(const GateAnswer &guess, const GateAnswer &truth) {
    const bool both = truth.pointer == SkbPointer::dataAndTail;
    const SkbPointer one = both ? guess.pointer : truth.pointer;
    const QString moved = pointerWords(one);
    const QString other = pointerWords(one == SkbPointer::data ? SkbPointer::tail : SkbPointer::data);
    if (guess.amount == truth.amount)
        return (both ? phrase("GatePointer", "right distance, but %1 moves with it")
                     : phrase("GatePointer", "right distance, but %1 stays"))
            .arg(other);
    return (both ? phrase("GatePointer", "%1 moves, but by another distance, and %2 moves with it")
                 : phrase("GatePointer", "%1 moves, but by another distance, and %2 stays"))
        .arg(moved, other);
}

QString pointerVerdict(const GateAnswer &guess, const GateAnswer &truth) {
    if (truth.pointer == SkbPointer::none) return phrase("GatePointer", "nothing moves yet");
    if (guess.pointer == SkbPointer::none) return phrase("GatePointer", "one does move");
    const bool samePointer = guess.pointer == truth.pointer, sameAmount = guess.amount == truth.amount;
    if (samePointer && guess.amount == -truth.amount)
        return phrase("GatePointer", "right pointer, right distance, other way");
    if (samePointer && (guess.amount < 0) != (truth.amount < 0))
        return phrase("GatePointer", "right pointer, other way");
    if (samePointer) {
        const qint64 off = std::abs(guess.amount) - std::abs(truth.amount);
        return (off < 0 ? phrase("GatePointer", "right pointer, %1 short")
                        : phrase("GatePointer", "right pointer, %1 too far"))
            .arg(plural(std::abs(off), phrase("GatePointer", "byte"), phrase("GatePointer", "bytes")));
    }
    if (guess.pointer == SkbPointer::dataAndTail || truth.pointer == SkbPointer::dataAndTail)
        return halfVerdict(guess, truth);
    if (sameAmount) return phrase("GatePointer", "right distance, another pointer");
    if (std::abs(guess.amount) == std::abs(truth.amount)) return phrase("GatePointer", "right distance only");
    return phrase("GatePointer", "a pointer moves, but not this one");
}

Made pointerGate(const GateSpot &spot) {
    quint32 event = npos;
    const quint32 target = movingStep(spot, &event);
    if (target == npos) return nothingMoves(spot);
    const std::optional<Move> move = moveAt(spot.s(), event);
    if (!move)
        return tl::unexpected(
            phrase("GatePointer", "What comes next moves no pointer by a distance that the trace tells."));
    Gate gate = gateFor(spot, GateKind::pointer, target);
    gate.question = nextWords(spot) + phrase("GatePointer", "Which pointer moves, and by how much?");
    gate.because = eventSentence(spot.s(), event);
    add(gate, move->pointer, move->amount, true);
    addWrongMoves(gate, *move, likelyAmounts(spot, spot.s().event(event).packet, event));
    return gate;
}

} // namespace skbscope::ui
