// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/packet_log.h"

#include "ui/models/decode.h"
#include "ui/models/effects.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/trace_document.h"

#include <algorithm>

namespace skbscope::ui {

namespace {
// These take the socket's charge off the packet that they are called with (Linux 6.1: net/core/sock.c).
bool endsCharge(std::string_view function) {
    return function == "sock_wfree" || function == "sock_rfree" || function == "skb_orphan" ||
           function == "skb_release_head_state" || function == "udp_skb_destructor" ||
           function == "udp_skb_dtor_locked";
}

quint32 lastUpTo(const std::vector<quint32> &events, quint32 event) {
    const auto next = std::upper_bound(events.begin(), events.end(), event);
    return next == events.begin() ? npos : *std::prev(next);
}

QString queueWords(const DocumentSide &s, const trace::Event &e) {
    QString out = queueLabel(s, e.queue.queue) + QStringLiteral(", %1").arg(grouped(e.queue.length));
    return e.queue.limit ? out + phrase("PacketLog", " of %1 in it").arg(grouped(e.queue.limit))
                         : out + phrase("PacketLog", " in it");
}

// Whoever runs with the packet in hand: the innermost call that was entered with it and has not returned. `taken`: when
// it was taken off a queue, or npos; a call that was entered before has it only if it took it, or what it called did.
QString workerAt(const DocumentSide &s, trace::PacketId packet, quint32 event, quint32 taken) {
    if (taken != npos && s.event(taken).task != s.event(event).task) taken = npos;
    for (quint32 up = s.tree.call_at[event]; up != npos; up = s.tree.calls[up].parent) {
        const trace::Call &call = s.tree.calls[up];
        if (call.enter == npos) continue;
        const bool took = taken != npos && call.enter < taken;
        if (took && s.side->function(call.fn).file == "include/linux/skbuff.h") continue; // a helper of who took it
        if (took || s.event(call.enter).packet == packet) return s.functionName(call.fn);
    }
    return {};
}

QString lastSeen(const DocumentSide &s, quint32 seen) {
    const QString in = seen == npos ? QString() : s.functionName(s.event(seen).fn);
    return in.isEmpty() ? QString() : phrase("PacketLog", "; seen last in ") + in;
}
} // namespace

PacketLog::PacketLog(const DocumentSide &side) : side_(&side) {
    for (const quint32 i : side.effects()) {
        const trace::Event &e = side.event(i);
        const trace::PacketId other = e.lineage.other_packet;
        if (e.packet == trace::no_packet) continue;
        if (e.kind == SKBSCOPE_EV_MERGED_INTO || e.kind == SKBSCOPE_EV_FRAGMENT_OF)
            relatives_[other].push_back({i, e.packet, e.kind});
        if (e.kind == SKBSCOPE_EV_REASSEMBLED_FROM) relatives_[e.packet].push_back({i, other, e.kind});
    }
    for (auto &[packet, all] : relatives_)
        std::sort(all.begin(), all.end(), [](const Relative &a, const Relative &b) { return a.event < b.event; });
}

PacketLog::Past PacketLog::pastOf(trace::PacketId packet) const {
    Past past;
    quint32 base = npos;
    for (const quint32 i : side_->states.records(packet)) {
        const trace::Event &e = side_->event(i);
        if (!trace::is_extension(e)) base = i;
        switch (e.kind) {
        case SKBSCOPE_EV_ENQUEUE:
        case SKBSCOPE_EV_DEQUEUE:
        case SKBSCOPE_EV_FREE:
        case SKBSCOPE_EV_MERGED_INTO:
            past.holds.push_back(i);
            break;
        case SKBSCOPE_EV_EXT_SOCKET:
            if (base != npos) past.charges.push_back(base);
            break;
        case SKBSCOPE_EV_ENTER:
            if (endsCharge(side_->side->function_name(e.fn))) past.charges.push_back(i);
            break;
        default:
            break;
        }
    }
    return past;
}

QString PacketLog::chargedAt(const Past &past, quint32 event) const {
    const quint32 at = lastUpTo(past.charges, event);
    const trace::Event *x = at == npos ? nullptr : side_->extension(at, SKBSCOPE_EV_EXT_SOCKET);
    if (!x) return {};
    const quint32 a = x->socket.saddr;
    const quint32 address = a >> 24 | (a >> 8 & 0xff00) | (a << 8 & 0xff0000) | a << 24;
    return phrase("PacketLog", "socket %1:%2").arg(ipText(address)).arg(x->socket.sport);
}

Owner PacketLog::ownerAt(trace::PacketId packet, quint32 event, quint32 seen) const {
    Owner out;
    const Past past = pastOf(packet);
    const quint32 last = lastUpTo(past.holds, event);
    out.charged = chargedAt(past, event);
    if (last != npos) {
        const trace::Event &e = side_->event(last);
        out.since = last;
        if (e.kind == SKBSCOPE_EV_FREE) {
            out.kind = Owner::nobody;
            out.charged.clear();
            out.words = phrase("PacketLog", "nobody: it was freed, ") +
                        (e.drop.reason ? dropReason(*side_, e) : phrase("PacketLog", "consumed"));
            return out;
        }
        if (e.kind == SKBSCOPE_EV_ENQUEUE) {
            out.kind = Owner::queue;
            out.words = queueWords(*side_, e);
            return out;
        }
        if (e.kind == SKBSCOPE_EV_MERGED_INTO) {
            out.kind = Owner::otherPacket;
            out.words = phrase("PacketLog", "packet %1, into which it was merged").arg(e.lineage.other_packet);
            return out;
        }
    }
    const bool taken = last != npos && side_->event(last).kind == SKBSCOPE_EV_DEQUEUE;
    const QString worker = workerAt(*side_, packet, event, taken ? last : npos);
    out.words = worker;
    if (worker.isEmpty()) out.words = phrase("PacketLog", "not recorded") + lastSeen(*side_, seen);
    return out;
}

const std::vector<Relative> &PacketLog::relatives(trace::PacketId packet) const {
    static const std::vector<Relative> none;
    const auto found = relatives_.find(packet);
    return found == relatives_.end() ? none : found->second;
}

} // namespace skbscope::ui
