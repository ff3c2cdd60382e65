// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/layer_zoom.h"

#include "ui/models/effects.h"
#include "ui/models/names.h"

#include <algorithm>

namespace skbscope::ui {

namespace {
// Calls that were entered while the packet stayed, as far as they are of its task's work on it.
std::vector<quint32> callsBetween(const DocumentSide &s, quint32 first, quint32 begin, quint32 end,
                                  trace::TaskId task) {
    std::vector<quint32> out;
    for (quint32 call = first; call < s.tree.calls.size() && s.tree.calls[call].enter < end; ++call)
        if (s.tree.calls[call].enter >= begin && s.tree.calls[call].task == task) out.push_back(call);
    return out;
}

QString chipOf(const DocumentSide &s, quint32 call) {
    for (const quint32 event : s.effectsOf(call))
        if (const QString chip = effectChip(s, event); !chip.isEmpty()) return chip;
    return {};
}
} // namespace

LayerZoom layerAt(const TraceDocument &document, quint32 step, const Moment &m, const OverviewIndex &index) {
    LayerZoom out;
    const Journey *way = m.side && m.packet != trace::no_packet ? index.journey(m.packet) : nullptr;
    const int at = way ? way->at(m.event) : -1;
    if (at < 0) return out;
    const DocumentSide &s = *m.side;
    const Visit &visit = way->visits[std::size_t(at)];
    const std::size_t next = std::size_t(at) + 1;
    const quint32 end = next < way->visits.size() ? way->visits[next].event : quint32(s.side->events.size());
    out.title = stationName(visit.station);
    out.letter = stationLetter(visit.station);
    if (at > 0) out.before = stationName(way->visits[std::size_t(at) - 1].station);
    if (next < way->visits.size()) out.after = stationName(way->visits[next].station);
    const quint8 host = s.event(visit.event).host;
    if (host && host < s.side->hosts.size()) out.host = qs(s.side->hosts[host]);

    const trace::TaskId task = s.event(visit.event).task;
    const quint32 now = document.steps()[step].row;
    quint32 shallowest = npos;
    for (const quint32 call : callsBetween(s, visit.call, visit.event, end, task)) {
        LayerCall line;
        line.row = s.rowOf(call);
        if (line.row == npos) continue;
        shallowest = std::min<quint32>(shallowest, s.tree.calls[call].depth);
        line.depth = int(s.tree.calls[call].depth);
        line.name = s.functionName(s.tree.calls[call].fn);
        line.chip = chipOf(s, call);
        line.now = line.row == now;
        line.done = s.tree.calls[call].enter <= m.event;
        const Station own = ownStation(s, call, isSender(visit.station));
        line.elsewhere = own != Station::none && own != visit.station;
        out.calls.push_back(std::move(line));
    }
    for (LayerCall &line : out.calls)
        line.depth -= int(shallowest);
    const Overview all = index.at(document, step, m);
    const auto add = [&out, &visit](const std::vector<OverviewQueue> &queues) {
        for (const OverviewQueue &q : queues)
            if (q.row == rowOf(visit.station)) out.queues.push_back(q);
    };
    for (const OverviewHost &h : all.hosts)
        if (h.host == host) add(h.queues);
    for (const OverviewCpu &cpu : all.cpus)
        if (cpu.lane.cpu == s.event(visit.event).cpu) add(cpu.queues);
    return out;
}

} // namespace skbscope::ui
