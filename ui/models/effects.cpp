// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/effects.h"

#include "trace/drop_reasons.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"

namespace skbscope::ui {

namespace {
QString arrow(qint64 from, qint64 to) {
    return QStringLiteral("%1→%2").arg(grouped(from), grouped(to));
}

// The queue's own name without its owner: "backlog"; a number at the end tells queues of one name apart.
QString shortQueue(const DocumentSide &s, quint32 queue) {
    const QString name = queueLabel(s, queue);
    qsizetype cut = name.lastIndexOf(QLatin1Char(' '));
    if (cut > 0 && name.mid(cut + 1).toInt() > 0) cut = name.lastIndexOf(QLatin1Char(' '), cut - 1);
    return cut < 0 ? name : name.mid(cut + 1);
}

} // namespace

QString taskName(const DocumentSide &s, trace::TaskId task) {
    const auto it = s.side->tasks.find(task);
    return it == s.side->tasks.end() ? phrase("Effects", "task %1").arg(task) : QString::fromStdString(it->second);
}

QString shortReason(const QString &name) {
    const QLatin1String prefix("SKB_DROP_REASON_");
    return name.startsWith(prefix) ? name.mid(prefix.size()) : name;
}

QString dropReason(const DocumentSide &s, const trace::Event &e) {
    return qs(trace::drop_reason_name(s.side->info, e.drop.reason));
}

qint64 lengthBefore(const trace::Event &e) {
    return e.kind == SKBSCOPE_EV_ENQUEUE ? qint64(e.queue.length) - 1 : qint64(e.queue.length) + 1;
}

bool isQueueEvent(const trace::Event &e) {
    return e.kind == SKBSCOPE_EV_ENQUEUE || e.kind == SKBSCOPE_EV_DEQUEUE;
}

std::optional<qint64> amountOf(const DocumentSide &s, quint32 event) {
    const trace::Event *extension = s.extension(event, SKBSCOPE_EV_EXT_AMOUNT);
    return extension ? std::optional<qint64>(qint64{extension->amount.bytes}) : std::nullopt;
}

QString queueLabel(const DocumentSide &s, quint32 queue) {
    return queue < s.side->queues.size() ? qs(s.side->queues[queue]) : phrase("Effects", "queue %1").arg(queue);
}

// kfree_skb_list frees what hangs on a buffer with the tracepoint of a loss, also where its owner was consumed: in 6.1
// a frag_list that was read to the end looks dropped.
bool goesWithAConsumedOwner(const DocumentSide &s, quint32 event) {
    bool listed = false;
    for (quint32 call = s.tree.call_at[event]; call != npos; call = s.tree.calls[call].parent) {
        const QString name = s.functionName(s.tree.calls[call].fn);
        if (name.startsWith(QLatin1String("kfree_skb_list")) || name == QLatin1String("skb_release_data"))
            listed = true;
        else if (listed && name.contains(QLatin1String("consume")))
            return true;
        else if (listed && name.startsWith(QLatin1String("kfree_skb")))
            return false;
    }
    return false;
}

bool isLoss(const DocumentSide &s, quint32 event) {
    return s.event(event).kind == SKBSCOPE_EV_DROP && !goesWithAConsumedOwner(s, event);
}

QString effectChip(const DocumentSide &s, quint32 event) {
    const trace::Event &e = s.event(event);
    const std::optional<qint64> n = amountOf(s, event);
    const auto moved = [&n](const char *pointer, const char *sign) {
        return QStringLiteral("%1 %2= %3").arg(QLatin1String(pointer), QString::fromUtf8(sign)).arg(n.value_or(0));
    };
    switch (e.kind) {
    case SKBSCOPE_EV_ALLOC:
        return phrase("Effects", "new, %1 B").arg(e.skb.end);
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
        return phrase("Effects", "clone");
    case SKBSCOPE_EV_COPY:
        return phrase("Effects", "copy");
    case SKBSCOPE_EV_EXPAND:
        return phrase("Effects", "new buffer");
    case SKBSCOPE_EV_FREE:
        return phrase("Effects", "free");
    case SKBSCOPE_EV_ENQUEUE:
    case SKBSCOPE_EV_DEQUEUE:
        return shortQueue(s, e.queue.queue) + QLatin1Char(' ') + arrow(lengthBefore(e), e.queue.length);
    case SKBSCOPE_EV_SOFTIRQ_RAISE:
        return phrase("Effects", "raise ") + softirqName(e.context.vector);
    case SKBSCOPE_EV_SCHED_SLEEP:
        return phrase("Effects", "sleeps");
    case SKBSCOPE_EV_SCHED_WAKE:
        return phrase("Effects", "wakes ") + taskName(s, e.context.other_task);
    case SKBSCOPE_EV_DROP:
        return isLoss(s, event) ? phrase("Effects", "drop: ") + shortReason(dropReason(s, e))
                                : phrase("Effects", "free");
    default:
        return {};
    }
}

QString effectTag(const DocumentSide &s, quint32 event) {
    const trace::Event &e = s.event(event);
    if (e.kind == SKBSCOPE_EV_ENQUEUE) return QStringLiteral("+1");
    if (e.kind == SKBSCOPE_EV_DEQUEUE) return QStringLiteral("−1");
    if (e.kind == SKBSCOPE_EV_DROP) return isLoss(s, event) ? phrase("Effects", "drop") : QString(); // its free follows
    if (!trace::is_buffer_op(e) || e.kind == SKBSCOPE_EV_HEAD_FREE) return {};
    const QString name = QString::fromLatin1(trace::kind_name(e.kind));
    const std::optional<qint64> n = movesPointers(e) ? amountOf(s, event) : std::nullopt;
    if (n == 0) return {};
    return n ? QStringLiteral("%1 %2").arg(name).arg(*n) : name;
}

} // namespace skbscope::ui
