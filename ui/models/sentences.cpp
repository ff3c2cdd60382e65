// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/sentences.h"

#include "trace/seen.h"
#include "ui/models/decode.h"
#include "ui/models/effects.h"
#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"

namespace skbscope::ui {

namespace {
QString deviceName(const DocumentSide &s, quint16 device) {
    return device < s.side->devices.size() ? qs(s.side->devices[device]) : QStringLiteral("?");
}

QString lineageClause(const DocumentSide &s, const trace::Event &e) {
    const auto words = [&e](const char *text) {
        return bold(phrase("Sentences", text).arg(e.packet).arg(e.lineage.other_packet));
    };
    const QString piece = phrase("Sentences", ", piece %1").arg(e.lineage.index);
    switch (e.kind) {
    case SKBSCOPE_EV_CLONE_OF:
        return phrase("Sentences", "makes ") + words(QT_TRANSLATE_NOOP("Sentences", "packet %1, a clone of packet %2"));
    case SKBSCOPE_EV_SEGMENT_OF:
        return phrase("Sentences", "cuts ") + words(QT_TRANSLATE_NOOP("Sentences", "packet %1 out of packet %2")) +
               piece;
    case SKBSCOPE_EV_MERGED_INTO:
        return phrase("Sentences", "merges ") + words(QT_TRANSLATE_NOOP("Sentences", "packet %1 into packet %2")) +
               piece;
    case SKBSCOPE_EV_FRAGMENT_OF:
        return phrase("Sentences", "makes ") +
               words(QT_TRANSLATE_NOOP("Sentences", "packet %1 a fragment of packet %2")) + piece;
    case SKBSCOPE_EV_REASSEMBLED_FROM:
        return phrase("Sentences", "puts ") +
               words(QT_TRANSLATE_NOOP("Sentences", "packet %1 together again from packet %2")) + piece;
    case SKBSCOPE_EV_COPY_OF:
        return phrase("Sentences", "makes ") + words(QT_TRANSLATE_NOOP("Sentences", "packet %1, a copy of packet %2"));
    default:
        return phrase("Sentences", "hands packet %1 over ").arg(e.packet) +
               bold(phrase("Sentences", "from %1 to %2")
                        .arg(deviceName(s, e.lineage.from_device), deviceName(s, e.lineage.to_device)));
    }
}

QString queueClause(const DocumentSide &s, const trace::Event &e) {
    const bool in = e.kind == SKBSCOPE_EV_ENQUEUE;
    QString out = in ? phrase("Sentences", "puts packet %1 on ") : phrase("Sentences", "takes packet %1 off ");
    out = out.arg(e.packet) +
          bold(phrase("Sentences", "%1: length %2 → %3")
                   .arg(queueLabel(s, e.queue.queue), grouped(lengthBefore(e)), grouped(e.queue.length)));
    if (e.queue.limit) out += phrase("Sentences", " of %1").arg(grouped(e.queue.limit));
    if (e.queue.bytes) out += phrase("Sentences", ", %1 bytes in it").arg(grouped(e.queue.bytes));
    return out;
}

QString contextClause(const DocumentSide &s, const trace::Event &e) {
    const QString cpu = QStringLiteral("CPU %1").arg(e.cpu), softirq = softirqName(e.context.vector);
    switch (e.kind) {
    case SKBSCOPE_EV_IRQ_ENTER:
        return bold(phrase("Sentences", "interrupt %1").arg(e.context.vector)) +
               phrase("Sentences", " comes in on %1: what ran there waits").arg(cpu);
    case SKBSCOPE_EV_IRQ_EXIT:
        return phrase("Sentences", "interrupt %1 is served on %2").arg(e.context.vector).arg(cpu);
    case SKBSCOPE_EV_SOFTIRQ_RAISE:
        return phrase("Sentences", "raises ") + bold(phrase("Sentences", "softirq %1 on %2").arg(softirq, cpu)) +
               phrase("Sentences", ": it runs later, when nothing forbids it");
    case SKBSCOPE_EV_SOFTIRQ_ENTER:
        return phrase("Sentences", "begins ") + bold(phrase("Sentences", "softirq %1 on %2").arg(softirq, cpu));
    case SKBSCOPE_EV_SOFTIRQ_EXIT:
        return phrase("Sentences", "is done with softirq %1 on %2").arg(softirq, cpu);
    case SKBSCOPE_EV_SCHED_SLEEP:
        return phrase("Sentences", "puts ") + bold(taskName(s, e.task) + phrase("Sentences", " to sleep")) +
               phrase("Sentences", " until somebody wakes it");
    case SKBSCOPE_EV_SCHED_SWITCH:
        return phrase("Sentences", "%1 goes on with ").arg(cpu) + bold(taskName(s, e.task)) +
               phrase("Sentences", ", in place of %1").arg(taskName(s, e.context.other_task));
    case SKBSCOPE_EV_SCHED_WAKE:
        return bold(phrase("Sentences", "wakes ") + taskName(s, e.context.other_task)) +
               phrase("Sentences", ": it may run from now on");
    case SKBSCOPE_EV_IPI:
        return phrase("Sentences", "interrupts ") + bold(QStringLiteral("CPU %1").arg(e.context.other_cpu)) +
               phrase("Sentences", " from %1").arg(cpu);
    default:
        return phrase("Sentences", "runs because ") + bold(phrase("Sentences", "its timer fired on %1").arg(cpu));
    }
}

QString lossClause(const trace::Event &e) {
    return bold(phrase("Sentences", "events are missing here")) +
           (e.loss.lost ? QStringLiteral(": %1").arg(grouped(qint64(e.loss.lost)))
                        : phrase("Sentences", ", nobody knows how many"));
}

bool isContextEvent(const trace::Event &e) {
    return e.kind >= SKBSCOPE_EV_IRQ_ENTER && e.kind <= SKBSCOPE_EV_TIMER;
}

// "charged to socket 10.9.0.1:5000: 768 bytes of its send memory"
QString socketWords(const DocumentSide &s, quint32 event) {
    const trace::Event *x = s.extension(event, SKBSCOPE_EV_EXT_SOCKET);
    if (!x) return {};
    const skbscope_socket &k = x->socket;
    const quint32 address = k.saddr >> 24 | (k.saddr >> 8 & 0xff00) | (k.saddr << 8 & 0xff0000) | k.saddr << 24;
    QString out = phrase("Sentences", "it is charged to socket %1:%2").arg(ipText(address)).arg(k.sport);
    out += phrase("Sentences", " (send memory %1, receive memory %2 bytes)").arg(grouped(k.wmem), grouped(k.rmem));
    return out;
}

struct ByteSpan {
    int first = -1, last = -1;
    void add(int at) {
        if (first < 0) first = at;
        last = at;
    }
};

// "bytes 2 to 15 are seen for the first time": what the record's bytes tell that was not known before it.
QString byteWords(const DocumentSide &s, quint32 event) {
    const trace::Event &e = s.event(event);
    const trace::ChangeList changes = s.states.changes(e.packet);
    const trace::PacketState old = event > 0 ? s.states.packet_at(e.packet, event - 1) : trace::PacketState{};
    const ByteView before(old);
    ByteSpan fresh, changed;
    for (quint32 i = event + 1; i < s.side->events.size() && trace::is_extension(s.event(i)); ++i) {
        if (s.event(i).kind != SKBSCOPE_EV_EXT_BYTES || !std::binary_search(changes.begin(), changes.end(), i))
            continue;
        const skbscope_bytes &b = s.event(i).bytes;
        for (int at = 0; at < std::min<int>(b.count, int(std::size(b.data))); ++at) {
            const int byte = b.offset + at;
            if (!old.seen || !before.known(byte))
                fresh.add(byte);
            else if (before.u8(byte) != b.data[at])
                changed.add(byte);
        }
    }
    QStringList parts;
    if (changed.first >= 0)
        parts << phrase("Sentences", "bytes %1 to %2 have other values").arg(changed.first).arg(changed.last);
    if (fresh.first >= 0)
        parts << phrase("Sentences", "bytes %1 to %2 are seen for the first time").arg(fresh.first).arg(fresh.last);
    return parts.join(QStringLiteral("; "));
}

QString fragWords(const DocumentSide &s, quint32 event) {
    const trace::Event *x = s.extension(event, SKBSCOPE_EV_EXT_FRAGS);
    if (!x || x->frags.count == 0) return {};
    QStringList sizes;
    for (int i = 0; i < std::min<int>(x->frags.count, int(std::size(x->frags.size))); ++i)
        sizes << grouped(x->frags.size[i]);
    return phrase("Sentences", "fragments in pages: %1").arg(sizes.join(QStringLiteral(" + ")));
}

// What the snapshot of a record that does nothing by itself tells anew.
QString newInSnapshot(const DocumentSide &s, quint32 event) {
    const trace::Event &e = s.event(event);
    if (!trace::shows_packet(e)) return {};
    const trace::PacketState before = event > 0 ? s.states.packet_at(e.packet, event - 1) : trace::PacketState{};
    if (!before.seen || before.snapshot_event == npos)
        return bold(phrase("Sentences", "packet %1 is seen for the first time").arg(e.packet)) +
               phrase("Sentences", ", data %1, len %2").arg(trace::data_of(e.skb)).arg(grouped(e.skb.len));
    const std::vector<SkbChange> changes = changesAt(s, event);
    if (changes.empty()) return {};
    return bold(changeWords(s, changes)) + phrase("Sentences", " since the last look at packet %1").arg(e.packet);
}

// A record that does nothing by itself: what is new since the last look.
QString sightSentence(const DocumentSide &s, quint32 event) {
    const trace::Event &e = s.event(event);
    // What extends a record was read with it: the record's own sentence tells it.
    if (e.packet == trace::no_packet || trace::is_extension(e)) return {};
    QStringList parts;
    for (const QString &part :
         {newInSnapshot(s, event), byteWords(s, event), fragWords(s, event), socketWords(s, event)})
        if (!part.isEmpty()) parts << part;
    if (parts.isEmpty()) return {};
    const char *when = trace::is_leave(e)   ? QT_TRANSLATE_NOOP("Sentences", "When %1 returns: ")
                       : trace::is_enter(e) ? QT_TRANSLATE_NOOP("Sentences", "At the entry of %1: ")
                                            : QT_TRANSLATE_NOOP("Sentences", "In %1: ");
    return phrase("Sentences", when).arg(code(subjectOf(s, event))) + parts.join(QStringLiteral("; ")) +
           QLatin1Char('.');
}

bool doesSomething(const trace::Event &e) {
    return isEffect(e) || isContextEvent(e) || e.kind == SKBSCOPE_EV_LOSS;
}
} // namespace

std::vector<SkbChange> changesAt(const DocumentSide &s, quint32 event) {
    const trace::Event &e = s.event(event);
    if (e.packet == trace::no_packet || event == 0) return {};
    const trace::PacketState before = s.states.packet_at(e.packet, event - 1);
    if (!before.seen || before.snapshot_event == npos) return {};
    const trace::PacketState after = s.states.packet_at(e.packet, event);
    std::vector<SkbChange> out;
    for (SkbFieldId field = 0; field < skbFields().size(); ++field) {
        const qint64 was = skbFieldValue(field, {before.skb, before.device});
        const qint64 is = skbFieldValue(field, {after.skb, after.device});
        if (was != is) out.push_back({field, was, is});
    }
    return out;
}

QString changeWords(const DocumentSide &s, const std::vector<SkbChange> &changes) {
    QStringList out;
    for (const SkbChange &c : changes)
        out << QStringLiteral("%1 %2 → %3")
                   .arg(skbFieldName(c.field), skbFieldText(c.field, c.before, *s.side),
                        skbFieldText(c.field, c.after, *s.side));
    return out.join(QStringLiteral(", "));
}

// The sk_buff's own helpers work for whoever calls them: that one did it.
QString wantedBy(const DocumentSide &s, quint32 event) {
    const auto helps = [&s](quint32 call) {
        const std::string_view file = s.side->function(s.tree.calls[call].fn).file;
        return file == "include/linux/skbuff.h" || file == "net/core/skbuff.c";
    };
    const quint32 own = s.tree.call_at[event];
    quint32 call = own;
    while (call != npos && helps(call))
        call = s.tree.calls[call].parent;
    return call == npos || call == own ? QString() : s.functionName(s.tree.calls[call].fn);
}

QString subjectOf(const DocumentSide &s, quint32 event) {
    const trace::Event &e = s.event(event);
    if (movesPointers(e))
        if (const QString caller = wantedBy(s, event); !caller.isEmpty()) return caller;
    if (e.kind == SKBSCOPE_EV_SCHED_SWITCH || e.kind == SKBSCOPE_EV_LOSS || e.kind == SKBSCOPE_EV_IRQ_ENTER ||
        e.kind == SKBSCOPE_EV_IRQ_EXIT)
        return {};
    if (e.fn != trace::no_function) return s.functionName(e.fn);
    const quint32 call = s.tree.call_at[event];
    return call == npos ? QString() : s.functionName(s.tree.calls[call].fn);
}

static QString dropClause(const DocumentSide &s, quint32 event) {
    const trace::Event &e = s.event(event);
    if (!isLoss(s, event))
        return bold(phrase("Sentences", "frees packet %1, a part of a buffer whose work is done").arg(e.packet)) +
               phrase("Sentences", "; no loss, though this kernel's tracepoint reports one (%1)").arg(dropReason(s, e));
    return bold(phrase("Sentences", "drops packet %1: ").arg(e.packet) + dropReason(s, e));
}

QString effectClause(const DocumentSide &s, quint32 event) {
    const trace::Event &e = s.event(event);
    if (trace::is_buffer_op(e)) {
        QString out = bufferClause(s, event);
        const QString helper = s.functionName(e.fn);
        const qsizetype deed = out.indexOf(QLatin1String("**"), out.indexOf(QLatin1String("**")) + 2);
        if (!helper.isEmpty() && helper != subjectOf(s, event) && deed > 0)
            out.insert(deed + 2, QStringLiteral(" (%1)").arg(code(helper)));
        return out;
    }
    if (isQueueEvent(e)) return queueClause(s, e);
    if (isContextEvent(e)) return contextClause(s, e);
    if (e.kind == SKBSCOPE_EV_LOSS) return lossClause(e);
    if (e.kind == SKBSCOPE_EV_DROP) return dropClause(s, event);
    return lineageClause(s, e);
}

bool hasSentence(const DocumentSide &s, quint32 event) {
    return doesSomething(s.event(event)) || !sightSentence(s, event).isEmpty();
}

QString eventSentence(const DocumentSide &s, quint32 event) {
    const trace::Event &e = s.event(event);
    if (!doesSomething(e)) return sightSentence(s, event);
    const QString who = subjectOf(s, event);
    QString out = effectClause(s, event);
    const int first = out.startsWith(QLatin1String("**")) ? 2 : 0;
    if (who.isEmpty())
        out[first] = out[first].toUpper();
    else
        out.prepend(code(who) + QLatin1Char(' '));
    QStringList parts{out};
    for (const QString &more : {socketWords(s, event), fragWords(s, event)})
        if (!more.isEmpty()) parts << more;
    return parts.join(QStringLiteral("; ")) + QLatin1Char('.');
}

} // namespace skbscope::ui
