// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/effects.h"

#include "trace/drop_reasons.h"
#include "ui/models/decode.h"
#include "ui/models/markup.h"
#include "ui/models/names.h"

namespace skbscope::ui {

namespace {
// The kernel's own name: "SKB_DROP_REASON_NO_SOCKET".
QString dropReason(const DocumentSide &s, const trace::Event &e) {
    return qs(trace::drop_reason_name(s.side->info, e.drop.reason));
}

QString arrow(qint64 from, qint64 to) {
    return QStringLiteral("%1→%2").arg(grouped(from), grouped(to));
}

qint64 lengthBefore(const trace::Event &e) {
    return e.kind == SKBSCOPE_EV_ENQUEUE ? qint64(e.queue.length) - 1 : qint64(e.queue.length) + 1;
}

// The queue's own name without its owner: "backlog".
QString shortQueue(const DocumentSide &s, quint32 queue) {
    const QString name = queueLabel(s, queue);
    const qsizetype cut = name.lastIndexOf(QLatin1Char(' '));
    return cut < 0 ? name : name.mid(cut + 1);
}

// What lies between two offsets: "the Ethernet header", "14 bytes".
QString whatLies(const DocumentSide &s, quint32 event, qint64 from, qint64 to) {
    const trace::PacketState state = s.states.packet_at(s.event(event).packet, event);
    for (const Header &h : decodeHeaders(state))
        if (h.offset == from && h.offset + h.length == to && h.name != QLatin1String("payload"))
            return QStringLiteral("the %1 header").arg(h.name);
    return plural(to - from, QStringLiteral("byte"), QStringLiteral("bytes"));
}

QString startsWith(const DocumentSide &s, quint32 event, qint64 data) {
    const trace::PacketState state = s.states.packet_at(s.event(event).packet, event);
    for (const Header &h : decodeHeaders(state))
        if (h.offset == data) return h.name;
    return {};
}

QString pullClause(const DocumentSide &s, quint32 event, qint64 amount) {
    const qint64 to = trace::data_of(s.event(event).skb), from = to - amount;
    const QString read = whatLies(s, event, from, to), next = startsWith(s, event, to);
    QString out = QStringLiteral("moves ") + bold(QStringLiteral("data from %1 to %2").arg(from).arg(to));
    out += QStringLiteral(": %1 %2 been read")
               .arg(read, read.startsWith(QLatin1String("the")) ? QStringLiteral("has") : QStringLiteral("have"));
    return next.isEmpty() ? out : out + QStringLiteral(", the packet now starts at %1").arg(next);
}

QString pushClause(const DocumentSide &s, quint32 event, qint64 amount) {
    const qint64 to = trace::data_of(s.event(event).skb), from = to + amount;
    return QStringLiteral("moves ") + bold(QStringLiteral("data back from %1 to %2").arg(from).arg(to)) +
           QStringLiteral(": room for %1 in front of the packet").arg(whatLies(s, event, to, from));
}

QString bufferClause(const DocumentSide &s, quint32 event) {
    const trace::Event &e = s.event(event);
    const qint64 n = amountOf(s, event).value_or(0), tail = trace::tail_of(e.skb);
    switch (e.kind) {
    case SKBSCOPE_EV_ALLOC:
        return QStringLiteral("makes a new sk_buff with ") + bold(QStringLiteral("%1 bytes of room").arg(e.skb.end)) +
               QStringLiteral(" and nothing in it yet");
    case SKBSCOPE_EV_RESERVE:
        return QStringLiteral("keeps ") + bold(QStringLiteral("%1 bytes of headroom").arg(n)) +
               QStringLiteral(" free: data and tail move from %1 to %2").arg(tail - n).arg(tail);
    case SKBSCOPE_EV_PUT:
        return QStringLiteral("takes ") + bold(QStringLiteral("%1 bytes").arg(n)) +
               QStringLiteral(" at the end: tail moves from %1 to %2").arg(tail - n).arg(tail);
    case SKBSCOPE_EV_PUSH:
        return pushClause(s, event, n);
    case SKBSCOPE_EV_PULL:
        return pullClause(s, event, n);
    case SKBSCOPE_EV_TRIM:
        return QStringLiteral("cuts ") + bold(QStringLiteral("%1 bytes").arg(n)) +
               QStringLiteral(" off the end: tail is now %1").arg(tail);
    case SKBSCOPE_EV_CLONE:
        return QStringLiteral("makes ") + bold(QStringLiteral("a second sk_buff")) +
               QStringLiteral(" on the same bytes");
    case SKBSCOPE_EV_COPY:
        return bold(QStringLiteral("copies")) + QStringLiteral(" the sk_buff and its bytes");
    case SKBSCOPE_EV_EXPAND:
        return QStringLiteral("moves the bytes to ") + bold(QStringLiteral("a new buffer of %1").arg(e.skb.end));
    case SKBSCOPE_EV_FREE:
        return bold(QStringLiteral("frees the sk_buff")) +
               (e.drop.reason ? QStringLiteral(": %1").arg(dropReason(s, e)) : QString());
    default:
        return bold(QStringLiteral("frees the data buffer"));
    }
}

QString taskName(const DocumentSide &s, trace::TaskId task) {
    const auto it = s.side->tasks.find(task);
    return it == s.side->tasks.end() ? QStringLiteral("task %1").arg(task) : QString::fromStdString(it->second);
}

QString deviceName(const DocumentSide &s, quint16 device) {
    return device < s.side->devices.size() ? qs(s.side->devices[device]) : QStringLiteral("?");
}

QString lineageClause(const DocumentSide &s, const trace::Event &e) {
    const quint32 other = e.lineage.other_packet;
    switch (e.kind) {
    case SKBSCOPE_EV_CLONE_OF:
        return QStringLiteral("is a clone of packet %1").arg(other);
    case SKBSCOPE_EV_SEGMENT_OF:
        return QStringLiteral("cuts segment %1 from packet %2").arg(e.lineage.index).arg(other);
    case SKBSCOPE_EV_MERGED_INTO:
        return QStringLiteral("is merged with packet %1").arg(other);
    case SKBSCOPE_EV_FRAGMENT_OF:
        return QStringLiteral("cuts fragment %1 from packet %2").arg(e.lineage.index).arg(other);
    case SKBSCOPE_EV_REASSEMBLED_FROM:
        return QStringLiteral("is put together again from packet %1").arg(other);
    case SKBSCOPE_EV_COPY_OF:
        return QStringLiteral("is a copy of packet %1").arg(other);
    default:
        return QStringLiteral("hands the packet ") +
               bold(QStringLiteral("from %1 to %2")
                        .arg(deviceName(s, e.lineage.from_device), deviceName(s, e.lineage.to_device)));
    }
}
} // namespace

bool isQueueEvent(const trace::Event &e) {
    return e.kind == SKBSCOPE_EV_ENQUEUE || e.kind == SKBSCOPE_EV_DEQUEUE;
}

std::optional<qint64> amountOf(const DocumentSide &s, quint32 event) {
    const trace::Event *extension = s.extension(event, SKBSCOPE_EV_EXT_AMOUNT);
    return extension ? std::optional<qint64>(qint64{extension->amount.bytes}) : std::nullopt;
}

QString queueLabel(const DocumentSide &s, quint32 queue) {
    return queue < s.side->queues.size() ? qs(s.side->queues[queue]) : QStringLiteral("queue %1").arg(queue);
}

QString effectChip(const DocumentSide &s, quint32 event) {
    const trace::Event &e = s.event(event);
    const std::optional<qint64> n = amountOf(s, event);
    const auto moved = [&n](const char *pointer, const char *sign) {
        return QStringLiteral("%1 %2= %3").arg(QLatin1String(pointer), QString::fromUtf8(sign)).arg(n.value_or(0));
    };
    switch (e.kind) {
    case SKBSCOPE_EV_ALLOC:
        return QStringLiteral("new, %1 B").arg(e.skb.end);
    case SKBSCOPE_EV_RESERVE:
        return moved("data, tail", "+");
    case SKBSCOPE_EV_PUT:
        return moved("tail", "+");
    case SKBSCOPE_EV_PUSH:
        return moved("data", "−");
    case SKBSCOPE_EV_PULL:
        return moved("data", "+");
    case SKBSCOPE_EV_TRIM:
        return moved("tail", "−");
    case SKBSCOPE_EV_CLONE:
        return QStringLiteral("clone");
    case SKBSCOPE_EV_COPY:
        return QStringLiteral("copy");
    case SKBSCOPE_EV_EXPAND:
        return QStringLiteral("new buffer");
    case SKBSCOPE_EV_FREE:
        return QStringLiteral("free");
    case SKBSCOPE_EV_ENQUEUE:
    case SKBSCOPE_EV_DEQUEUE:
        return shortQueue(s, e.queue.queue) + QLatin1Char(' ') + arrow(lengthBefore(e), e.queue.length);
    case SKBSCOPE_EV_SOFTIRQ_RAISE:
        return QStringLiteral("raise ") + softirqName(e.context.vector);
    case SKBSCOPE_EV_SCHED_SLEEP:
        return QStringLiteral("sleeps");
    case SKBSCOPE_EV_SCHED_WAKE:
        return QStringLiteral("wakes ") + taskName(s, e.context.other_task);
    case SKBSCOPE_EV_DROP:
        return QStringLiteral("drop: ") + dropReason(s, e);
    default:
        return {};
    }
}

QString effectTag(const DocumentSide &s, quint32 event) {
    const trace::Event &e = s.event(event);
    if (e.kind == SKBSCOPE_EV_ENQUEUE) return QStringLiteral("+1");
    if (e.kind == SKBSCOPE_EV_DEQUEUE) return QStringLiteral("−1");
    if (e.kind == SKBSCOPE_EV_DROP) return QStringLiteral("drop");
    if (!trace::is_buffer_op(e) || e.kind == SKBSCOPE_EV_HEAD_FREE) return {};
    const QString name = QString::fromLatin1(trace::kind_name(e.kind));
    const std::optional<qint64> n = movesPointers(e) ? amountOf(s, event) : std::nullopt;
    if (n == 0) return {};
    return n ? QStringLiteral("%1 %2").arg(name).arg(*n) : name;
}

QString effectClause(const DocumentSide &s, quint32 event) {
    const trace::Event &e = s.event(event);
    if (trace::is_buffer_op(e)) return bufferClause(s, event);
    const QString lengths = QStringLiteral(": %1 → %2");
    switch (e.kind) {
    case SKBSCOPE_EV_ENQUEUE:
        return QStringLiteral("puts the packet on ") +
               bold(queueLabel(s, e.queue.queue) + lengths.arg(lengthBefore(e)).arg(e.queue.length));
    case SKBSCOPE_EV_DEQUEUE:
        return QStringLiteral("takes the packet from ") +
               bold(queueLabel(s, e.queue.queue) + lengths.arg(lengthBefore(e)).arg(e.queue.length));
    case SKBSCOPE_EV_SOFTIRQ_RAISE:
        return QStringLiteral("asks for ") + bold(QStringLiteral("softirq ") + softirqName(e.context.vector));
    case SKBSCOPE_EV_SCHED_SLEEP:
        return bold(QStringLiteral("sleeps")) + QStringLiteral(" until somebody wakes it");
    case SKBSCOPE_EV_SCHED_SWITCH:
        return QStringLiteral("goes on: CPU %1 runs ").arg(e.cpu) + bold(taskName(s, e.task));
    case SKBSCOPE_EV_SCHED_WAKE:
        return bold(QStringLiteral("wakes ") + taskName(s, e.context.other_task));
    case SKBSCOPE_EV_IPI:
        return QStringLiteral("interrupts ") + bold(QStringLiteral("CPU %1").arg(e.context.other_cpu));
    case SKBSCOPE_EV_DROP:
        return bold(QStringLiteral("drops the packet: ") + dropReason(s, e));
    default:
        return lineageClause(s, e);
    }
}

} // namespace skbscope::ui
