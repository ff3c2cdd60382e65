// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/moment.h"

#include "ui/models/effects.h"
#include "ui/models/sentences.h"

#include <algorithm>

namespace skbscope::ui {

namespace {
// The packet of a stretch of events of one task: the last one up to `event`, else the first one after it.
trace::PacketId nearestPacket(const DocumentSide &s, quint32 from, quint32 to, quint32 event, trace::TaskId task) {
    const auto tells = [&](quint32 i) { return s.event(i).task == task && s.event(i).packet != trace::no_packet; };
    for (quint32 i = std::min(to, event) + 1; i-- > from;)
        if (tells(i)) return s.event(i).packet;
    for (quint32 i = std::max(from, event + 1); i <= to; ++i)
        if (tells(i)) return s.event(i).packet;
    return trace::no_packet;
}

// Whatever it interrupts: that has its packet, this has none.
bool interrupts(const DocumentSide &s, const trace::Call &root) {
    return root.enter != npos && trace::context_of(s.event(root.enter)) == trace::Context::hardirq;
}

// A system call deals with its own packet, even before it has made it: the last one of an earlier call is not it.
void choosePacket(Moment &m, quint32 call, const trace::Instant &instant) {
    const DocumentSide &s = *m.side;
    m.packet = instant.packet;
    if (call == npos) return;
    while (s.tree.calls[call].parent != npos)
        call = s.tree.calls[call].parent;
    const trace::Call &root = s.tree.calls[call];
    const quint32 last = root.leave == npos ? quint32(s.side->events.size()) - 1 : root.leave;
    const trace::PacketId found = nearestPacket(s, root.enter, last, m.event, root.task);
    if (found != trace::no_packet || interrupts(s, root)) m.packet = found;
}
} // namespace

Moment momentAt(const TraceDocument &document, quint32 step, SideKind kind) {
    Moment m;
    m.kind = kind;
    if (step >= document.steps().size()) return m;
    const Step &now = document.steps()[step];
    const StepSide &here = now.sides[sideIndex(kind)];
    if (!document.side(kind) || here.event == npos) return m;
    m.side = document.side(kind);
    m.event = here.event;
    m.own = here.own;
    m.call = document.rows()[now.row].call[sideIndex(kind)];
    const trace::Instant instant = m.side->states.at(m.event);
    choosePacket(m, m.call != npos ? m.call : instant.call, instant);
    if (m.packet != trace::no_packet) m.state = m.side->states.packet_at(m.packet, m.event);
    m.upcoming = m.packet != trace::no_packet && !m.state.seen;
    m.queues = instant.queues;
    return m;
}

namespace {
void nameMove(const Moment &m, PointerMove &move) {
    const DocumentSide &s = *m.side;
    const quint32 call = s.tree.call_at[move.event];
    move.by = s.functionName(s.event(move.event).fn);
    if (call == npos) return;
    move.row = s.rowOf(call);
    // out of the sk_buff's own helpers, to whoever wanted it: the one that the sentence names
    move.inside = wantedBy(s, move.event);
    if (!move.inside.isEmpty()) return;
    quint32 parent = s.tree.calls[call].parent;
    while (parent != npos && s.tree.calls[parent].parent != npos &&
           s.side->function(s.tree.calls[parent].fn).file == "include/linux/skbuff.h")
        parent = s.tree.calls[parent].parent;
    if (parent != npos) move.inside = s.functionName(s.tree.calls[parent].fn);
}

} // namespace

// What runs now was called by who dropped it.
quint32 dropOf(const Moment &m) {
    if (!m.hasPacket() || m.state.freed || m.event == npos) return npos;
    for (quint32 call = m.side->tree.call_at[m.event]; call != npos; call = m.side->tree.calls[call].parent)
        for (const quint32 event : m.side->effectsOf(call))
            if (event <= m.event && m.side->event(event).packet == m.packet && isLoss(*m.side, event)) return event;
    return npos;
}

std::optional<PointerMove> lastMove(const Moment &m) {
    if (!m.hasPacket() || m.state.last_op == npos) return {};
    PointerMove move;
    const trace::Event &e = m.side->event(m.state.last_op);
    // where no operation was recorded (this kernel inlined it), two snapshots tell that pointers moved between them
    move.kind = trace::is_buffer_op(e) ? e.kind : 0;
    move.event = m.state.last_op;
    move.before = m.state.before_op;
    move.after = e.skb;
    const trace::Event *amount = m.side->extension(move.event, SKBSCOPE_EV_EXT_AMOUNT);
    move.amount = amount ? amount->amount.bytes : 0;
    nameMove(m, move);
    return move;
}

QString moveName(unsigned kind) {
    return kind == 0 ? QStringLiteral("moved") : QString::fromLatin1(trace::kind_name(kind));
}

} // namespace skbscope::ui
