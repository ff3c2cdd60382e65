// SPDX-License-Identifier: GPL-2.0-or-later
// Who changed this last: the part of LinkModel that looks back.
#include "ui/models/effects.h"
#include "ui/models/link.h"
#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/sentences.h"

#include <algorithm>

namespace skbscope::ui {

namespace {
constexpr int shownBytes = 8; // a longer run is not written out

QString hexOf(const trace::PacketState &p, const ByteRange &range) {
    if (range.length > shownBytes) return {};
    QString out;
    for (int i = range.offset; i < range.offset + range.length; ++i) {
        if (std::size_t(i) >= p.known.size() || !p.known[std::size_t(i)]) return {};
        out += QStringLiteral("%1 ").arg(p.bytes[std::size_t(i)], 2, 16, QLatin1Char('0'));
    }
    return out.trimmed();
}

bool sameBytes(const trace::PacketState &a, const trace::PacketState &b, const ByteRange &range) {
    for (int i = range.offset; i < range.offset + range.length; ++i) {
        const std::size_t at = std::size_t(i);
        const bool inA = at < a.known.size() && a.known[at], inB = at < b.known.size() && b.known[at];
        if (inA != inB || (inA && a.bytes[at] != b.bytes[at])) return false;
    }
    return true;
}

QString callsApart(quint32 from, quint32 to) {
    if (from == to) return {};
    return QStringLiteral(", %1 %2").arg(
        plural(from > to ? from - to : to - from, phrase("LastChange", "call"), phrase("LastChange", "calls")),
        to < from ? phrase("LastChange", "before") : phrase("LastChange", "after"));
}
} // namespace

// From the last change of anything in the packet backwards, to the one that touched these bytes.
std::optional<LinkModel::Change> LinkModel::bytesBefore(const Moment &m, const ByteRange &range, quint32 event) const {
    const trace::ChangeList all = m.side->states.changes(m.packet);
    auto at = std::upper_bound(all.begin(), all.end(), event);
    if (at == all.begin()) return {};
    trace::PacketState now = m.side->states.packet_at(m.packet, *std::prev(at));
    while (at != all.begin()) {
        --at;
        if (at == all.begin()) break;
        trace::PacketState before = m.side->states.packet_at(m.packet, *at - 1);
        if (!sameBytes(before, now, range)) return Change{*at, hexOf(before, range), hexOf(now, range), false};
        now = std::move(before);
    }
    const trace::PacketState first = m.side->states.packet_at(m.packet, *at);
    const bool known = sameBytes(first, trace::PacketState{}, range); // known nowhere: nobody wrote them
    if (known) return {};
    return Change{*at, {}, hexOf(first, range), true};
}

std::optional<LinkModel::Change> LinkModel::queueBefore(const Moment &m, int station, quint32 event) const {
    quint32 last = npos;
    for (const trace::QueueState &q : m.side->states.at(event).queues)
        if (queueBehind(static_cast<Station>(station), queueLabel(*m.side, q.queue)) && q.last_event != npos)
            last = last == npos ? q.last_event : std::max(last, q.last_event);
    if (last == npos) return {};
    const trace::Event &e = m.side->event(last);
    const qint64 now = e.queue.length, was = e.kind == SKBSCOPE_EV_ENQUEUE ? now - 1 : now + 1;
    return Change{last, grouped(was), grouped(now), false};
}

std::optional<LinkModel::Change> LinkModel::changeBefore(const Moment &m, const Linked &link, quint32 event) {
    if (!m.side) return {};
    if (link.kind == Linked::queue) return queueBefore(m, link.place, event);
    if (link.kind == Linked::station) {
        const Journey &way = journey(m);
        for (auto it = way.visits.rbegin(); it != way.visits.rend(); ++it)
            if (it->event <= event && int(it->station) == link.place) return Change{it->event, {}, {}, true};
        return {};
    }
    if (m.packet == trace::no_packet) return {};
    if (link.kind == Linked::bytes) return bytesBefore(m, link.range, event);
    const std::optional<SkbFieldId> field = skbFieldNamed(link.name);
    if (!field) return {};
    const FieldChange *change = history(m.kind)->lastChange(m.packet, *field, event);
    if (!change) return {};
    const auto text = [&](qint64 value) { return skbFieldText(*field, value, *m.side->side); };
    return Change{change->event, change->first ? QString() : text(change->before), text(change->after), change->first};
}

QString LinkModel::words(const Linked &link) const {
    switch (link.kind) {
    case Linked::call:
        return selection_->document() && link.row < selection_->document()->rows().size()
                   ? selection_->document()->rows()[link.row].name
                   : QString();
    case Linked::bytes:
        if (!link.range.field.isEmpty()) return link.range.field;
        return link.range.length == 1 ? phrase("LastChange", "byte %1").arg(link.range.offset)
                                      : phrase("LastChange", "bytes %1 to %2")
                                            .arg(link.range.offset)
                                            .arg(link.range.offset + link.range.length);
    case Linked::field:
        return link.name;
    case Linked::queue:
    case Linked::station:
        return stationName(static_cast<Station>(link.place)) +
               (link.kind == Linked::queue ? phrase("LastChange", " length") : QString());
    case Linked::nothing:
        break;
    }
    return {};
}

QString LinkModel::sentence(const Moment &m, const Linked &link, const Change &change, quint32 row) const {
    // Bytes and the like follow the record at which they were read: at an entry they are seen, not made.
    quint32 base = change.event;
    while (base > 0 && trace::is_extension(m.side->event(base)))
        --base;
    const trace::Event &e = m.side->event(base);
    const quint32 call = m.side->tree.call_at[change.event];
    const QString by = m.side->functionName(e.fn != trace::no_function ? e.fn
                                            : call != npos             ? m.side->tree.calls[call].fn
                                                                       : trace::no_function);
    QString out = bold(words(link)) + QLatin1Char(' ');
    if (!change.from.isEmpty() && !change.to.isEmpty())
        out += change.from + QStringLiteral(" → ") + bold(change.to) + QStringLiteral(", ");
    else if (!change.to.isEmpty())
        out += QStringLiteral("= ") + bold(change.to) + QStringLiteral(", ");
    const bool told = isEffect(e);
    if (link.kind == Linked::station)
        out += phrase("LastChange", "was reached first in ") + code(by);
    else if (change.first)
        out += phrase("LastChange", "so since the sk_buff is seen: ") +
               (told ? phrase("LastChange", "by ") : phrase("LastChange", "at the entry of ")) + code(by);
    else if (told) {
        const QString chip = effectTag(*m.side, base);
        out += phrase("LastChange", "changed last by ") + code(by);
        if (!chip.isEmpty() && !isQueueEvent(e)) out += QStringLiteral(" (%1)").arg(chip);
        QString in = wantedBy(*m.side, base); // who the banner's sentence is about
        const quint32 parent = call == npos ? npos : m.side->tree.calls[call].parent;
        if (in.isEmpty() && parent != npos) in = m.side->functionName(m.side->tree.calls[parent].fn);
        if (!in.isEmpty()) out += phrase("LastChange", " in ") + code(in);
    } else
        out += phrase("LastChange", "changed last before ") + code(by) +
               phrase("LastChange", " was entered, where it is first seen");
    const TraceDocument &d = *selection_->document();
    if (row != npos) out += callsApart(d.steps()[selection_->step()].row, row);
    return out + QLatin1Char('.');
}

std::optional<LastChange> LinkModel::lastChange(const Linked &link, QString *why) {
    if (selection_->isEmpty()) {
        *why = phrase("LastChange", "No trace is open.");
        return {};
    }
    const TraceDocument &d = *selection_->document();
    const Moment m = momentAt(d, selection_->step(), selection_->side());
    if (link.isNothing() || link.kind == Linked::call) {
        *why = phrase("LastChange", "Point at a field of the sk_buff, at bytes or at a queue first.");
        return {};
    }
    std::optional<Change> change = changeBefore(m, link, m.event);
    if (change && !change->first && change->event > 0 && d.stepAt(m.kind, change->event) == selection_->step())
        if (auto earlier = changeBefore(m, link, change->event - 1)) change = earlier;
    if (!change) {
        *why = m.hasPacket() || link.kind == Linked::queue
                   ? phrase("LastChange", "Nobody has changed %1 up to here.").arg(words(link))
                   : phrase("LastChange", "There is no sk_buff here yet, so nobody has changed %1.").arg(words(link));
        return {};
    }
    LastChange out;
    out.event = change->event;
    out.step = d.stepAt(m.kind, change->event);
    const quint32 call = m.side->tree.call_at[change->event];
    out.row = call == npos ? npos : m.side->rowOf(call);
    out.sentence = sentence(m, link, *change, out.row);
    return out;
}

} // namespace skbscope::ui
