// SPDX-License-Identifier: GPL-2.0-or-later
// How does the packet end: dropped or delivered, why, and by whose hand?
#include "ui/models/gate_parts.h"

#include "trace/drop_reasons.h"
#include "ui/models/effects.h"
#include "ui/models/markup.h"
#include "ui/models/moment.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/sentences.h"

#include <algorithm>
#include <set>

namespace skbscope::ui {

namespace {
// What a reason means, and the layer that gives it in Linux 6.1: those a student meets first.
struct Reason {
    const char *name;
    const char *meaning;
    char layer;
};
constexpr Reason reasons[] = {
    {"SKB_DROP_REASON_NO_SOCKET", QT_TRANSLATE_NOOP("GateEnd", "no socket has this port"), 'T'},
    {"SKB_DROP_REASON_UDP_CSUM", QT_TRANSLATE_NOOP("GateEnd", "the UDP checksum is wrong"), 'T'},
    {"SKB_DROP_REASON_SOCKET_FILTER", QT_TRANSLATE_NOOP("GateEnd", "the socket's filter refuses it"), 'T'},
    {"SKB_DROP_REASON_SOCKET_RCVBUFF", QT_TRANSLATE_NOOP("GateEnd", "the receive buffer is full"), 'T'},
    {"SKB_DROP_REASON_IP_CSUM", QT_TRANSLATE_NOOP("GateEnd", "the IPv4 header's checksum is wrong"), 'N'},
    {"SKB_DROP_REASON_IP_INHDR", QT_TRANSLATE_NOOP("GateEnd", "the IPv4 header is broken"), 'N'},
    {"SKB_DROP_REASON_NETFILTER_DROP", QT_TRANSLATE_NOOP("GateEnd", "a netfilter hook refuses it"), 'N'},
    {"SKB_DROP_REASON_OTHERHOST", QT_TRANSLATE_NOOP("GateEnd", "it is for another host"), 'N'},
    {"SKB_DROP_REASON_NEIGH_FAILED", QT_TRANSLATE_NOOP("GateEnd", "nobody answers for the next hop"), 'L'},
    {"SKB_DROP_REASON_NEIGH_QUEUEFULL", QT_TRANSLATE_NOOP("GateEnd", "too many wait for the next hop's address"), 'L'},
    {"SKB_DROP_REASON_QDISC_DROP", QT_TRANSLATE_NOOP("GateEnd", "the qdisc gives it up"), 'Q'},
    {"SKB_DROP_REASON_CPU_BACKLOG", QT_TRANSLATE_NOOP("GateEnd", "the CPU's backlog is full"), 'Q'},
};

// The packet in hand, and the event that ends it.
struct End {
    trace::PacketId packet = trace::no_packet;
    quint32 drop = npos, free = npos, merged = npos;
    [[nodiscard]] quint32 event() const { return drop != npos ? drop : free != npos ? free : merged; }
};

End endOf(const DocumentSide &s, trace::PacketId packet, quint32 after) {
    End end{packet};
    const std::vector<quint32> records = s.states.records(packet);
    const auto first = std::upper_bound(records.begin(), records.end(), after);
    for (auto at = first; at != records.end() && end.free == npos; ++at) {
        const quint32 i = *at;
        const trace::Event &e = s.event(i);
        if (end.drop == npos && isLoss(s, i)) end.drop = i;
        if (e.kind == SKBSCOPE_EV_MERGED_INTO && end.merged == npos) end.merged = i;
        if (e.kind == SKBSCOPE_EV_FREE) end.free = i;
    }
    return end;
}

tl::expected<End, QString> endAhead(const GateSpot &spot) {
    const Moment now = momentAt(*spot.document, spot.step, spot.side);
    if (!now.hasPacket()) return tl::unexpected(phrase("GateEnd", "There is no packet in hand: nothing to lose."));
    const End end = now.state.freed ? End{} : endOf(spot.s(), now.packet, now.event);
    if (end.event() == npos)
        return tl::unexpected(
            phrase("GateEnd", "The trace does not hold the end of packet %1 after this.").arg(now.packet));
    return end;
}

quint32 reasonOf(const DocumentSide &s, const End &end) {
    const quint32 event = end.drop != npos ? end.drop : end.free;
    return event == npos || goesWithAConsumedOwner(s, event) ? 0 : s.event(event).drop.reason;
}

QString droppedWords(const QString &reason) {
    QString out = phrase("GateEnd", "dropped: ") + code(shortReason(reason));
    for (const Reason &r : reasons)
        if (reason == QLatin1String(r.name)) out += QStringLiteral(", ") + phrase("GateEnd", r.meaning);
    return out;
}
QString deliveredWords() {
    return phrase("GateEnd", "not dropped: it does its work and is consumed");
}
QString mergedWords() {
    return phrase("GateEnd", "not dropped: it is merged into another packet");
}

// The side's kernel has that reason; mostly under the number that 6.1 has for it.
bool knows(const DocumentSide &s, const char *name) {
    constexpr quint32 most = 128;
    for (quint32 reason = 1; reason < most; ++reason)
        if (trace::drop_reason_of_6_1(reason) == name && trace::drop_reason_name(s.side->info, reason) == name)
            return true;
    for (quint32 reason = 1; reason < most; ++reason)
        if (trace::drop_reason_name(s.side->info, reason) == name) return true;
    return false;
}

QString byWhom(const DocumentSide &s, quint32 event) {
    const quint32 call = callBehind(s, event);
    return call == npos ? QString() : s.functionName(s.tree.calls[call].fn);
}

// Functions that free some packet, or had this one in hand at some time: who could have done it.
std::vector<QString> suspects(const DocumentSide &s, const End &end, quint32 now) {
    std::vector<QString> out;
    const auto add = [&out](const QString &name) {
        if (!name.isEmpty() && std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
    };
    const auto addHolder = [&](quint32 i) {
        const trace::Event &e = s.event(i);
        const quint32 call = trace::is_enter(e) && e.packet == end.packet ? s.tree.call_at[i] : npos;
        if (call != npos && !isSkbHelper(s, call)) add(s.functionName(e.fn));
    };
    for (quint32 i = end.free; i-- > now && out.size() < 3;) // the last ones that held it
        addHolder(i);
    for (quint32 i = 0; i < s.side->events.size() && out.size() < 5; ++i)
        if (s.event(i).kind == SKBSCOPE_EV_FREE) add(byWhom(s, i));
    for (quint32 i = now; i-- > 0 && out.size() < 8;) // those that passed it on before
        addHolder(i);
    return out;
}
} // namespace

Made outcomeGate(const GateSpot &spot) {
    const auto end = endAhead(spot);
    if (!end) return tl::unexpected(end.error());
    const DocumentSide &s = spot.s();
    const quint32 reason = reasonOf(s, *end);
    const bool merged = reason == 0 && end->merged != npos;
    Gate gate = gateFor(spot, GateKind::outcome, spot.document->stepAt(spot.side, merged ? end->merged : end->event()));
    if (gate.target <= spot.step) return tl::unexpected(phrase("GateEnd", "This step shows it already."));
    gate.question =
        phrase("GateEnd", "Packet %1 is in `%2`. How does it end?").arg(end->packet).arg(spot.row(spot.step).name);
    gate.because = eventSentence(s, merged ? end->merged : end->event());
    const QString dropped = qs(trace::drop_reason_name(s.side->info, reason));
    const char layer = trace::layer_letter(spot.document->rows()[spot.document->steps()[gate.target].row].layer);
    addRight(gate, reason != 0 ? droppedWords(dropped) : merged ? mergedWords() : deliveredWords());
    if (reason != 0 || merged)
        addWrong(gate, deliveredWords(), merged ? phrase("GateEnd", "it is not dropped") : QString());
    const auto addReasons = [&](bool near) {
        for (const Reason &r : reasons)
            if ((r.layer == layer) == near && dropped != QLatin1String(r.name) && knows(s, r.name) &&
                gate.answers.size() < 4)
                addWrong(gate, droppedWords(QLatin1String(r.name)),
                         reason == 0 ? QString()
                         : near      ? phrase("GateEnd", "it is dropped, and in this layer")
                                     : phrase("GateEnd", "it is dropped"));
    };
    addReasons(true);
    addReasons(false);
    return gate;
}

Made freerGate(const GateSpot &spot) {
    const auto end = endAhead(spot);
    if (!end) return tl::unexpected(end.error());
    const DocumentSide &s = spot.s();
    const QString who = end->free == npos ? QString() : byWhom(s, end->free);
    if (who.isEmpty())
        return tl::unexpected(phrase("GateEnd", "The trace does not tell who frees packet %1.").arg(end->packet));
    Gate gate = gateFor(spot, GateKind::freer, spot.document->stepAt(spot.side, end->free));
    if (gate.target <= spot.step) return tl::unexpected(phrase("GateEnd", "This step shows it already."));
    gate.question = phrase("GateEnd", "Packet %1 is in `%2`. Which function frees it?")
                        .arg(end->packet)
                        .arg(spot.row(spot.step).name);
    gate.because = eventSentence(s, end->free) + phrase("GateEnd", " It is done for %1.").arg(code(who));
    addRight(gate, code(who));
    const Moment now = momentAt(*spot.document, spot.step, spot.side);
    for (const QString &name : suspects(s, *end, now.event))
        if (name != who && gate.answers.size() < 4)
            addWrong(gate, code(name),
                     phrase("GateEnd", "it has a packet in hand, and passes it on, or frees another one"));
    return gate;
}

} // namespace skbscope::ui
