// SPDX-License-Identifier: GPL-2.0-or-later
// Which queue does the packet join, or leave?
#include "ui/models/gate_parts.h"

#include "ui/models/effects.h"
#include "ui/models/markup.h"
#include "ui/models/phrase.h"
#include "ui/models/sentences.h"

namespace skbscope::ui {

namespace {
constexpr quint32 foresight = 24; // steps

// The next step of this side that works on a queue.
quint32 queueStep(const GateSpot &spot, quint32 *event) {
    const auto &steps = spot.document->steps();
    for (quint32 step = spot.next; step < steps.size() && step <= spot.next + foresight; ++step) {
        *event = spot.eventIn(step, isQueueEvent);
        if (*event != npos) return step;
    }
    return npos;
}

// A name that nobody has taught yet says nothing.
QString withGloss(const QString &label) {
    struct Gloss {
        const char *name, *words;
    };
    static constexpr Gloss known[] = {
        {"input_pkt_queue", QT_TRANSLATE_NOOP("GateQueue", "what has arrived for this CPU, its backlog")},
        {"process_queue", QT_TRANSLATE_NOOP("GateQueue", "what this CPU took from its backlog to work off")},
        {"sk_receive_queue", QT_TRANSLATE_NOOP("GateQueue", "what waits at the socket")},
        {"reader_queue", QT_TRANSLATE_NOOP("GateQueue", "what the reader took from the socket")},
        {"sk_write_queue", QT_TRANSLATE_NOOP("GateQueue", "what the socket is still building")},
        {"sk_error_queue", QT_TRANSLATE_NOOP("GateQueue", "messages to the socket")}};
    for (const Gloss &g : known)
        if (label.contains(QLatin1String(g.name)))
            return code(label) + QStringLiteral(": ") + phrase("GateQueue", g.words);
    return code(label);
}

// What else the trace says of a queue that is not the one.
QString whatOf(const DocumentSide &s, quint32 queue, quint32 event) {
    const quint32 events = quint32(s.side->events.size());
    for (quint32 i = event + 1; i < events; ++i)
        if (isQueueEvent(s.event(i)) && s.event(i).queue.queue == queue)
            return s.event(i).packet == s.event(event).packet ? phrase("GateQueue", "it gets there later")
                                                              : phrase("GateQueue", "another packet uses it later");
    return phrase("GateQueue", "it was used before");
}
} // namespace

Made queueGate(const GateSpot &spot) {
    quint32 event = npos;
    const quint32 target = queueStep(spot, &event);
    if (target == npos) return tl::unexpected(phrase("GateQueue", "No queue is worked on next."));
    const DocumentSide &s = spot.s();
    const trace::Event &e = s.event(event);
    const bool in = e.kind == SKBSCOPE_EV_ENQUEUE;
    Gate gate = gateFor(spot, GateKind::queue, target);
    gate.question = (target == spot.next ? nextWords(spot) : QString()) +
                    (in ? phrase("GateQueue", "Which queue does packet %1 join next?")
                        : phrase("GateQueue", "Which queue does packet %1 leave next?"))
                        .arg(e.packet);
    gate.because = eventSentence(s, event);
    addRight(gate, withGloss(queueLabel(s, e.queue.queue)));
    addWrong(gate, phrase("GateQueue", "none: it is handed straight on"), phrase("GateQueue", "a queue is used here"));
    std::vector<bool> used(s.side->queues.size());
    for (const quint32 i : s.effects())
        if (const trace::Event &other = s.event(i); isQueueEvent(other) && other.queue.queue < used.size())
            used[other.queue.queue] = true;
    for (quint32 queue = 1; queue < used.size(); ++queue)
        if (used[queue] && queue != e.queue.queue)
            addWrong(gate, withGloss(queueLabel(s, queue)), whatOf(s, queue, event));
    return gate;
}

} // namespace skbscope::ui
