// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/origin.h"

#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"

#include <set>

namespace skbscope::ui {

namespace {
// "packets 2, 4": those that were put together. A fragment that became the whole is not among them.
QString partsOf(const DocumentSide &s, trace::PacketId packet, bool *hasFirst) {
    std::set<trace::PacketId> parts;
    for (const quint32 event : s.states.records(packet)) {
        const trace::Event &e = s.event(event);
        if (e.kind != SKBSCOPE_EV_REASSEMBLED_FROM || e.lineage.other_packet == packet) continue;
        parts.insert(e.lineage.other_packet);
        *hasFirst = *hasFirst || e.lineage.index == 0;
    }
    QStringList out;
    for (const trace::PacketId id : parts)
        out << QString::number(id);
    return out.join(QStringLiteral(", "));
}

QString ofPacket(const trace::Packet &p) {
    switch (p.lineage_kind) {
    case SKBSCOPE_EV_CLONE_OF:
        return phrase("Origin", "a clone of packet %1").arg(p.origin);
    case SKBSCOPE_EV_COPY_OF:
        return phrase("Origin", "a copy of packet %1").arg(p.origin);
    case SKBSCOPE_EV_SEGMENT_OF:
        return phrase("Origin", "cut from packet %1").arg(p.origin);
    case SKBSCOPE_EV_FRAGMENT_OF:
        return phrase("Origin", "a fragment of packet %1").arg(p.origin);
    default:
        return {};
    }
}

// The driver's function around the call that built it.
QString builder(const DocumentSide &s, quint32 event) {
    for (quint32 call = s.tree.call_at[event]; call != npos; call = s.tree.calls[call].parent)
        if (s.side->function(s.tree.calls[call].fn).layer == trace::Layer::device)
            return s.functionName(s.tree.calls[call].fn);
    return {};
}
} // namespace

QStringList originWords(const DocumentSide &s, trace::PacketId packet) {
    const trace::Packet *p = s.packets.find(packet);
    if (!p || p->first >= s.side->events.size()) return {};
    const QString where = s.functionName(s.event(p->first).fn);
    bool hasFirst = false;
    if (const QString parts = partsOf(s, packet, &hasFirst); !parts.isEmpty())
        return {
            phrase("Origin", "put together here, by IP,"),
            (hasFirst ? phrase("Origin", "of packets %1") : phrase("Origin", "of itself and packets %1")).arg(parts)};
    if (const QString of = ofPacket(*p); !of.isEmpty()) return {of, phrase("Origin", "made in %1").arg(code(where))};
    if (const QString by = builder(s, p->first); !by.isEmpty())
        return {phrase("Origin", "came in from outside;"), phrase("Origin", "%1 built it").arg(code(by))};
    return {};
}

} // namespace skbscope::ui
