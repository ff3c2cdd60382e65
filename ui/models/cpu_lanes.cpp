// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/cpu_lanes.h"

#include "ui/models/effects.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"

#include <QStringList>
#include <algorithm>

namespace skbscope::ui {

namespace {
bool oneOf(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// Does a hand-over, where the records have none of it: Linux 6.1, kernel/softirq.c, kernel/smp.c, kernel/sched/core.c.
std::optional<HandOver::Kind> handingOver(std::string_view name) {
    if (oneOf(name, {"__raise_softirq_irqoff", "raise_softirq_irqoff", "____napi_schedule"})) return HandOver::raise;
    if (oneOf(name, {"smp_call_function_single_async", "net_rps_send_ipi"})) return HandOver::ipi;
    if (oneOf(name, {"try_to_wake_up", "default_wake_function", "receiver_wake_function", "wake_up_process"}))
        return HandOver::wake;
    return {};
}

QString handWords(const DocumentSide &s, const trace::Event &e) {
    switch (e.kind) {
    case SKBSCOPE_EV_SOFTIRQ_RAISE:
        return phrase("CpuLanes", "raises ") + softirqName(e.context.vector);
    case SKBSCOPE_EV_IPI:
        return phrase("CpuLanes", "IPI to CPU %1").arg(e.context.other_cpu);
    default:
        return phrase("CpuLanes", "wakes ") + taskName(s, e.context.other_task);
    }
}

QString pendingWords(quint32 mask) {
    QStringList out;
    for (unsigned v = 0; v < 10; ++v)
        if (mask & (1U << v)) out << softirqName(v);
    return out.join(QStringLiteral(", "));
}
} // namespace

CpuLanes::CpuLanes(const DocumentSide &side) : side_(&side) {
    for (quint32 i = 0; i < side.side->events.size(); ++i)
        if (!trace::is_extension(side.event(i))) note(i);
    for (unsigned cpu = 0; cpu < blocks_.size(); ++cpu)
        if (!blocks_[cpu].empty()) cpus_.push_back(quint8(cpu));
}

void CpuLanes::note(quint32 i) {
    const trace::Event &e = side_->event(i);
    if (std::vector<quint32> &blocks = blocks_[e.cpu]; blocks.empty() || blocks.back() != i / block)
        blocks.push_back(i / block);
    auto &raised = raised_[e.cpu];
    const quint32 before = raised.empty() ? 0 : raised.back().second;
    const auto hand = [&](HandOver::Kind kind) { hands_.emplace_back(i, kind); };
    switch (e.kind) {
    case SKBSCOPE_EV_SOFTIRQ_RAISE:
        hand(HandOver::raise);
        if (e.context.vector < 32) raised.emplace_back(i, before | 1U << e.context.vector);
        break;
    case SKBSCOPE_EV_SOFTIRQ_ENTER:
        if (e.context.vector < 32 && before) raised.emplace_back(i, before & ~(1U << e.context.vector));
        break;
    case SKBSCOPE_EV_IPI:
        hand(HandOver::ipi);
        break;
    case SKBSCOPE_EV_SCHED_WAKE:
        hand(HandOver::wake);
        break;
    case SKBSCOPE_EV_ENTER:
        // The model records what these do; a kernel traced by its functions shows them alone.
        if (side_->side->info.kind == SideKind::kernel)
            if (const auto kind = handingOver(side_->side->function_name(e.fn))) hand(*kind);
        break;
    default:
        break;
    }
}

// The last event of a CPU up to `event`; npos: none.
quint32 CpuLanes::lastOf(quint8 cpu, quint32 event) const {
    const std::vector<quint32> &blocks = blocks_[cpu];
    const auto next = std::upper_bound(blocks.begin(), blocks.end(), event / block);
    for (auto at = next; at != blocks.begin();) {
        --at;
        for (quint32 i = std::min(event, *at * block + block - 1) + 1; i-- > *at * block;)
            if (side_->event(i).cpu == cpu && !trace::is_extension(side_->event(i))) return i;
    }
    return npos;
}

CpuLane CpuLanes::lane(quint8 cpu, quint32 event) const {
    CpuLane out;
    out.cpu = cpu;
    const quint32 last = lastOf(cpu, event);
    if (last == npos) return out;
    out.known = true;
    const trace::Event &e = side_->event(last);
    // The calls that are open there, the innermost first: each was entered in its own context.
    for (quint32 up = side_->tree.call_at[last]; up != npos; up = side_->tree.calls[up].parent) {
        const trace::Call &call = side_->tree.calls[up];
        if (call.enter == npos || (call.leave != npos && call.leave <= last)) continue;
        const trace::Event &entry = side_->event(call.enter);
        const QString name = side_->functionName(call.fn);
        switch (trace::context_of(entry)) {
        case trace::Context::process: {
            const QString system = systemCall(side_->side->function_name(call.fn));
            out.process = (system.isEmpty() ? name : system) + phrase("CpuLanes", " of ") + taskName(*side_, call.task);
            break;
        }
        case trace::Context::softirq: {
            if (const quint8 vector = side_->softirqAt(call.enter); vector != 0xff)
                out.softirq = softirqName(vector);
            else if (out.softirq.isEmpty() || name.endsWith(QLatin1String("_action")))
                out.softirq = name == QLatin1String("net_rx_action")   ? QStringLiteral("NET_RX")
                              : name == QLatin1String("net_tx_action") ? QStringLiteral("NET_TX")
                                                                       : QStringLiteral("softirq");
            break;
        }
        case trace::Context::hardirq:
            out.hardirq = name;
            break;
        case trace::Context::idle:
            break;
        }
    }
    out.top = !out.hardirq.isEmpty()   ? trace::Context::hardirq
              : !out.softirq.isEmpty() ? trace::Context::softirq
              : !out.process.isEmpty() ? trace::Context::process
                                       : trace::Context::idle;
    if (out.top == trace::Context::process && trace::context_of(e) == trace::Context::softirq)
        out.softirq = side_->softirqAt(last) == 0xff ? QStringLiteral("softirq") : softirqName(side_->softirqAt(last)),
        out.top = trace::Context::softirq;
    const auto &raised = raised_[cpu];
    const auto after =
        std::upper_bound(raised.begin(), raised.end(), event, [](quint32 at, const auto &r) { return at < r.first; });
    if (after != raised.begin()) out.pending = pendingWords(std::prev(after)->second);
    return out;
}

std::vector<CpuLane> CpuLanes::at(quint32 event) const {
    std::vector<CpuLane> out;
    for (const quint8 cpu : cpus_)
        out.push_back(lane(cpu, event));
    return out;
}

HandOver CpuLanes::handOver(quint32 event, HandOver::Kind kind) const {
    const trace::Event &e = side_->event(event);
    const QString function = side_->functionName(e.fn);
    if (trace::is_enter(e)) return {kind, event, e.cpu, e.cpu, function, {}};
    const quint8 to = kind == HandOver::raise ? e.cpu : quint8(e.context.other_cpu);
    return {kind, event, e.cpu, to, handWords(*side_, e), function};
}

std::vector<HandOver> CpuLanes::handOvers(quint32 begin, quint32 event) const {
    const auto before = [](const auto &h, quint32 at) { return h.first < at; };
    auto first = std::lower_bound(hands_.begin(), hands_.end(), begin, before);
    auto end = std::lower_bound(first, hands_.end(), event + 1, before);
    if (first == end && first != hands_.begin()) end = first--; // none there
    std::vector<HandOver> out;
    for (; first != end; ++first)
        out.push_back(handOver(first->first, first->second));
    return out;
}

} // namespace skbscope::ui
