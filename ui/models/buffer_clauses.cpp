// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/decode.h"
#include "ui/models/effects.h"
#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/sentences.h"

namespace skbscope::ui {

namespace {
QString step(const QString &name, qint64 from, qint64 to) {
    return QStringLiteral("%1 %2 → %3").arg(name, grouped(from), grouped(to));
}

QString bytes(qint64 n) {
    return plural(n, phrase("BufferClauses", "byte"), phrase("BufferClauses", "bytes"));
}

std::vector<Header> headersAt(const DocumentSide &s, quint32 event) {
    return decodeHeaders(s.states.packet_at(s.event(event).packet, event));
}

// The header that just fills the room between two offsets.
std::optional<Header> whatLies(const DocumentSide &s, quint32 event, qint64 from, qint64 to) {
    for (Header &h : headersAt(s, event))
        if (h.offset == from && h.offset + h.length == to && h.name != QLatin1String("payload")) return std::move(h);
    return {};
}

QString headerWords(const Header &h) {
    return phrase("BufferClauses", "the %1 header").arg(h.name);
}

QString startsWith(const DocumentSide &s, quint32 event, qint64 data) {
    for (const Header &h : headersAt(s, event))
        if (h.offset == data) return h.name;
    return {};
}

// Both pointers by one amount: the verb, then what it did to data, tail and len.
QString moved(const QString &verb, qint64 n, const QStringList &pointers) {
    return verb + QLatin1Char(' ') + bold(bytes(n) + QStringLiteral(": ") + pointers.join(u", "));
}

QString pullClause(const DocumentSide &s, quint32 event, qint64 n) {
    const trace::Snapshot &skb = s.event(event).skb;
    const qint64 to = trace::data_of(skb);
    QString out =
        moved(phrase("BufferClauses", "pulls"), n,
              {step(QStringLiteral("data"), to - n, to), step(QStringLiteral("len"), qint64(skb.len) + n, skb.len)});
    const QString next = startsWith(s, event, to);
    // a sender steps back over room that it made: nobody wrote there, so nobody read it
    if (const auto over = whatLies(s, event, to - n, to))
        out += (over->written ? phrase("BufferClauses", "; %1 has been read")
                              : phrase("BufferClauses", "; the room for %1 stays in front, unwritten"))
                   .arg(headerWords(*over));
    return next.isEmpty() ? out : out + phrase("BufferClauses", ", the packet now starts at %1").arg(next);
}

QString pushClause(const DocumentSide &s, quint32 event, qint64 n) {
    const trace::Snapshot &skb = s.event(event).skb;
    const qint64 to = trace::data_of(skb);
    QString out =
        moved(phrase("BufferClauses", "pushes"), n,
              {step(QStringLiteral("data"), to + n, to), step(QStringLiteral("len"), qint64(skb.len) - n, skb.len)});
    const auto room = whatLies(s, event, to, to + n);
    return room ? out + phrase("BufferClauses", "; room for %1 in front of the packet").arg(headerWords(*room)) : out;
}

QString trimClause(const trace::Snapshot &skb, qint64 n) {
    QStringList pointers{step(QStringLiteral("len"), qint64(skb.len) + n, skb.len)};
    if (skb.data_len == 0) // with fragments the cut may have been in them
        pointers.prepend(step(QStringLiteral("tail"), qint64(trace::tail_of(skb)) + n, trace::tail_of(skb)));
    return moved(phrase("BufferClauses", "cuts off"), n, pointers);
}

QString relative(const DocumentSide &s, quint32 event) {
    const trace::Event *from = s.extension(event, SKBSCOPE_EV_EXT_LINEAGE);
    return from ? phrase("BufferClauses", "packet %1").arg(from->lineage.other_packet)
                : phrase("BufferClauses", "another sk_buff");
}

QString expandClause(const DocumentSide &s, quint32 event) {
    const trace::Event &e = s.event(event);
    const trace::PacketState before = s.states.packet_at(e.packet, event - (event > 0 ? 1 : 0));
    QString out = phrase("BufferClauses", "moves the bytes to ") +
                  bold(phrase("BufferClauses", "a new buffer of ") + bytes(e.skb.end));
    if (!before.seen || before.snapshot_event == npos) return out;
    return out + QStringLiteral(": ") + step(QStringLiteral("headroom"), before.skb.headroom, e.skb.headroom) +
           QStringLiteral(", ") + step(QStringLiteral("end"), before.skb.end, e.skb.end);
}

QString freeClause(const DocumentSide &s, const trace::Event &e) {
    if (e.kind == SKBSCOPE_EV_HEAD_FREE)
        return bold(phrase("BufferClauses", "frees the data buffer")) +
               phrase("BufferClauses", " of packet %1").arg(e.packet);
    return bold(phrase("BufferClauses", "frees the sk_buff")) +
           phrase("BufferClauses", " of packet %1, ").arg(e.packet) +
           (e.drop.reason ? phrase("BufferClauses", "which was dropped: %1").arg(dropReason(s, e))
                          : phrase("BufferClauses", "which was consumed"));
}

QString pointerClause(const DocumentSide &s, quint32 event, qint64 n) {
    const trace::Event &e = s.event(event);
    const qint64 tail = trace::tail_of(e.skb);
    if (n == 0)
        return phrase("BufferClauses", "asks to %1 ").arg(QLatin1String(trace::kind_name(e.kind))) +
               bold(phrase("BufferClauses", "0 bytes: data stays %1, len %2")
                        .arg(trace::data_of(e.skb))
                        .arg(e.skb.len)) +
               phrase("BufferClauses", ", tail %1").arg(tail);
    switch (e.kind) {
    case SKBSCOPE_EV_RESERVE:
        return phrase("BufferClauses", "reserves ") +
               bold(bytes(n) + phrase("BufferClauses", " of headroom: ") +
                    step(phrase("BufferClauses", "data and tail"), tail - n, tail)) +
               phrase("BufferClauses", "; len stays %1").arg(e.skb.len);
    case SKBSCOPE_EV_PUT:
        return moved(phrase("BufferClauses", "puts"), n,
                     {step(QStringLiteral("tail"), tail - n, tail),
                      step(QStringLiteral("len"), qint64(e.skb.len) - n, e.skb.len)}) +
               phrase("BufferClauses", "; room at the end of the packet");
    case SKBSCOPE_EV_PUSH:
        return pushClause(s, event, n);
    case SKBSCOPE_EV_PULL:
        return pullClause(s, event, n);
    default:
        return trimClause(e.skb, n);
    }
}
} // namespace

QString bufferClause(const DocumentSide &s, quint32 event) {
    const trace::Event &e = s.event(event);
    if (movesPointers(e)) {
        if (const std::optional<qint64> n = amountOf(s, event)) return pointerClause(s, event, *n);
        // The amount was not recorded: only where the pointers are now is known.
        return phrase("BufferClauses", "moves a pointer (%1): data is now %2, tail %3, len %4")
            .arg(QLatin1String(trace::kind_name(e.kind)))
            .arg(trace::data_of(e.skb))
            .arg(trace::tail_of(e.skb))
            .arg(e.skb.len);
    }
    switch (e.kind) {
    case SKBSCOPE_EV_ALLOC:
        return phrase("BufferClauses", "makes a new sk_buff, packet %1, with ").arg(e.packet) +
               bold(bytes(e.skb.end) + phrase("BufferClauses", " of room")) +
               phrase("BufferClauses", ", truesize %1, and %2 in it")
                   .arg(grouped(e.skb.truesize), e.skb.len ? bytes(e.skb.len) : phrase("BufferClauses", "nothing"));
    case SKBSCOPE_EV_CLONE:
        return phrase("BufferClauses", "makes ") +
               bold(phrase("BufferClauses", "a second sk_buff, packet %1,").arg(e.packet)) +
               phrase("BufferClauses", " on the bytes of %1: dataref is now %2, len %3")
                   .arg(relative(s, event), grouped(e.skb.dataref), grouped(e.skb.len));
    case SKBSCOPE_EV_COPY:
        return bold(phrase("BufferClauses", "copies")) + phrase("BufferClauses", " %1, sk_buff and %2, to packet %3")
                                                             .arg(relative(s, event), bytes(e.skb.len))
                                                             .arg(e.packet);
    case SKBSCOPE_EV_EXPAND:
        return expandClause(s, event);
    default:
        return freeClause(s, e);
    }
}

} // namespace skbscope::ui
