// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/stack_map_builder.h"

#include "ui/models/effects.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"

#include <algorithm>
#include <array>
#include <map>

namespace skbscope::ui {

namespace {
QString stationTitle(Station station, const Journey &journey, const DocumentSide &s) {
    static constexpr std::array titles = {QT_TRANSLATE_NOOP("StackMapBuilder", "socket"),
                                          QT_TRANSLATE_NOOP("StackMapBuilder", "transport"),
                                          "IP",
                                          QT_TRANSLATE_NOOP("StackMapBuilder", "neighbour"),
                                          "qdisc",
                                          QT_TRANSLATE_NOOP("StackMapBuilder", "device"),
                                          QT_TRANSLATE_NOOP("StackMapBuilder", "device"),
                                          QT_TRANSLATE_NOOP("StackMapBuilder", "softnet backlog"),
                                          "softirq NET_RX",
                                          "ARP",
                                          "IP",
                                          QT_TRANSLATE_NOOP("StackMapBuilder", "transport"),
                                          QT_TRANSLATE_NOOP("StackMapBuilder", "socket queue"),
                                          ""};
    // The transport's name is its functions' own: udp_sendmsg, tcp_v4_rcv.
    if (station == Station::txTransport || station == Station::rxTransport)
        for (const Visit &v : journey.visits) {
            const std::string_view name = s.side->function_name(s.tree.calls[v.call].fn);
            if (v.station != station) continue;
            if (name.find("udp") != name.npos) return QStringLiteral("UDP");
            if (name.find("tcp") != name.npos) return QStringLiteral("TCP");
        }
    const char *title = titles[static_cast<std::size_t>(station)];
    return *title ? phrase("StackMapBuilder", title) : QString();
}
} // namespace

StackMap StackMapBuilder::run() {
    if (!m_.side) return out_;
    now_ = m_.event == npos ? -1 : journey_.at(m_.event);
    hop_ = journey_.visits.empty() ? 0 : journey_.visits[std::size_t(std::max(now_, 0))].hop;
    const bool sending = now_ < 0 || isSender(journey_.visits[std::size_t(now_)].station);
    const quint32 call = m_.side->states.at(m_.event).call;
    // While the packet exists the way it went tells; before, the function that is on its way to make it.
    if (m_.hasPacket() && now_ >= 0)
        here_ = journey_.visits[std::size_t(now_)].station;
    else if (call != npos)
        here_ = stationOf(*m_.side, call, sending);
    boxes();
    queues();
    token();
    hosts();
    lengths();
    handOver();
    return std::move(out_);
}

void StackMapBuilder::describe(MapBox &box, const Visit &visit) {
    const DocumentSide &s = *m_.side;
    const trace::Event &e = s.event(visit.event);
    box.context = trace::context_of(e);
    box.vector = s.softirqAt(visit.event);
    box.cpu = e.cpu;
    box.step = d_.stepAt(m_.kind, visit.event);
    // what it did there last tells best in which context: the way in may still belong to the station before
    if (const quint32 row = s.rowOf(visit.last); row != npos) {
        const DocumentRow &r = d_.rows()[row];
        box.context = r.context, box.vector = r.vector, box.cpu = r.cpu;
        const std::vector<quint32> up = d_.ancestors(row);
        box.stack = systemCall(d_.rows()[up.empty() ? row : up.front()].name.toStdString());
    }
}

// The function that handed the packet on to the next station; where it is still to come, the first one there.
void StackMapBuilder::lastFunction(MapBox &box) {
    const DocumentSide &s = *m_.side;
    const auto nameOf = [&s](quint32 call) { return s.functionName(s.tree.calls[call].fn); };
    for (std::size_t i = 0; i < journey_.visits.size(); ++i) {
        const Visit &v = journey_.visits[i];
        // the socket is come back to for memory; what counts there is the first stay
        const bool again = !box.function.isEmpty() && (!reached(v) || box.station == Station::txSocket);
        if (v.hop != hop_ || v.station != box.station || again) continue;
        box.function = nameOf(v.call);
        if (i + 1 >= journey_.visits.size() || !reached(journey_.visits[i + 1])) continue;
        box.function = nameOf(v.last);
        for (quint32 up = s.tree.calls[journey_.visits[i + 1].call].parent;
             up != npos && s.tree.calls[up].enter >= v.event; up = s.tree.calls[up].parent) {
            if (ownStation(s, up, isSender(box.station)) != box.station) continue;
            box.function = nameOf(up);
            break;
        }
    }
    if (box.here) box.function = d_.rows()[d_.steps()[step_].row].name;
}

// Its end, whether it has come or not: no room at the socket.
bool StackMapBuilder::isRefused() const {
    return std::ranges::any_of(m_.side->states.records(journey_.packet), [this](quint32 event) {
        return isLoss(*m_.side, event) &&
               dropReason(*m_.side, m_.side->event(event)) == QLatin1String("SKB_DROP_REASON_SOCKET_RCVBUFF");
    });
}

void StackMapBuilder::boxes() {
    std::map<Station, const Visit *> first;
    for (const Visit &v : journey_.visits)
        if (v.hop == hop_) first.emplace(v.station, &v);
    const bool refused = !first.contains(Station::rxSocket) && first.contains(Station::rxTransport) && isRefused();
    for (const auto &[station, visit] : first) {
        MapBox box;
        box.station = station;
        box.title = stationTitle(station, journey_, *m_.side);
        box.reached = reached(*visit);
        box.here = station == here_;
        describe(box, *visit);
        lastFunction(box);
        QString driver;
        if (station == Station::txDevice || station == Station::rxDevice)
            if (const QString device = deviceAt(station, &driver); !device.isEmpty())
                box.title = driver.isEmpty() ? device : driver + QLatin1Char(' ') + device;
        out_.boxes.push_back(std::move(box));
    }
    if (refused) { // the full queue, which the packet never joins, is why
        MapBox full;
        full.station = Station::rxSocket;
        full.title = stationTitle(Station::rxSocket, journey_, *m_.side);
        full.note = phrase("StackMapBuilder", "full: refuses it");
        describe(full, *first.at(Station::rxTransport));
        out_.boxes.push_back(std::move(full));
    }
    // A device without a queue is sent to directly: dev_queue_xmit ran, and no qdisc function did.
    const bool sent = first.contains(Station::txDevice), queued = first.contains(Station::txQueue);
    if (!sent || queued) return;
    MapBox bypass;
    bypass.station = Station::txQueue;
    bypass.title = QStringLiteral("qdisc");
    bypass.note = phrase("StackMapBuilder", "noqueue: nothing to wait in");
    bypass.bypassed = true;
    bypass.reached = reached(*first.at(Station::txDevice));
    describe(bypass, *first.at(Station::txDevice));
    const auto at = std::find_if(out_.boxes.begin(), out_.boxes.end(),
                                 [](const MapBox &b) { return b.station > Station::txQueue; });
    out_.boxes.insert(at, std::move(bypass));
}

void StackMapBuilder::queues() {
    for (MapBox &box : out_.boxes) {
        if (box.station != Station::rxBacklog && box.station != Station::rxSocket &&
            (box.station != Station::txQueue || box.bypassed))
            continue;
        box.queue = MapQueue{};
        quint32 latest = 0; // of several lists behind one station, the one touched last tells
        for (const trace::QueueState &q : m_.queues) {
            const QString name =
                q.queue < m_.side->side->queues.size() ? qs(m_.side->side->queues[q.queue]) : QString();
            if (!queueBehind(box.station, name) || q.last_event == npos || q.last_event < latest) continue;
            latest = q.last_event;
            box.queue->capacity.clear();
            box.queue->known = true;
            box.queue->length = q.length;
            box.queue->limit = q.limit;
            box.queue->justLeft = m_.side->event(q.last_event).kind == SKBSCOPE_EV_DEQUEUE;
            if (!box.note.isEmpty()) {
                box.queue->capacity = phrase("StackMapBuilder", "full");
            } else if (box.station == Station::rxSocket) {
                if (q.bytes == 0 && (q.length > 0 || q.limit == 0)) continue; // the record does not tell the bytes
                box.queue->capacity =
                    q.limit ? phrase("StackMapBuilder", "%1 of %2 KiB").arg(grouped(q.bytes)).arg(q.limit / 1024)
                            : QStringLiteral("%1 B").arg(grouped(q.bytes));
            } else if (q.limit)
                box.queue->capacity = phrase("StackMapBuilder", "of ") + grouped(q.limit);
        }
    }
}

void StackMapBuilder::token() {
    if (!m_.hasPacket()) return;
    for (int i = 0; i < int(journey_.visits.size()); ++i) {
        const Visit &v = journey_.visits[std::size_t(i)];
        if (v.hop != hop_) continue; // another host's
        auto &list = i <= now_ ? out_.trail : out_.ahead;
        // ahead: each station once, and none twice in a row
        if (!list.empty() && list.back() == v.station) continue;
        list.push_back(v.station);
    }
    if (m_.state.freed) return;
    if (now_ >= 0) out_.token = journey_.visits[std::size_t(now_)].station;
    out_.tokenLength = m_.state.skb.len;
    out_.dropped = dropOf(m_) != npos;
    for (const Header &h : decodeHeaders(m_.state))
        if (h.offset >= int(trace::data_of(m_.state.skb))) out_.tokenHeaders.push_back(h);
}

QString StackMapBuilder::deviceAt(Station station, QString *driver) const {
    const DocumentSide &s = *m_.side;
    // Functions of the driver name it; the device is the one their events carry.
    for (std::size_t i = 0; i < journey_.visits.size(); ++i) {
        const Visit &v = journey_.visits[i];
        if (v.hop != hop_ || v.station != station) continue;
        const quint32 stop =
            i + 1 < journey_.visits.size() ? journey_.visits[i + 1].event : quint32(s.side->events.size());
        QString device;
        for (quint32 e = v.event; e < stop; ++e) {
            const trace::Event &event = s.event(e);
            if (event.packet == journey_.packet && event.device > 0 && event.device < s.side->devices.size())
                device = qs(s.side->devices[event.device]);
        }
        // a receiving device is set on the way out of its station: the next one's first event has it
        if (station == Station::rxDevice && i + 1 < journey_.visits.size()) {
            const auto next = s.event(journey_.visits[i + 1].where).device;
            if (next > 0 && next < s.side->devices.size()) device = qs(s.side->devices[next]);
        }
        if (device.isEmpty()) continue;
        for (quint32 call = v.call; call < s.tree.calls.size() && s.tree.calls[call].enter < stop; ++call)
            if (s.side->function_name(s.tree.calls[call].fn).starts_with("veth_")) *driver = QStringLiteral("veth");
        for (quint32 up = v.call; up != npos; up = s.tree.calls[up].parent)
            if (s.side->function_name(s.tree.calls[up].fn).starts_with("veth_")) *driver = QStringLiteral("veth");
        // "a.va" says the host once more
        return device.mid(device.lastIndexOf(QLatin1Char('.')) + 1);
    }
    return {};
}

void StackMapBuilder::lengths() {
    for (const Visit &v : journey_.visits) {
        if (v.hop != hop_ || !reached(v) || !v.held) continue;
        if (v.station == Station::txNetwork && !out_.networkLength) out_.networkLength = v.length;
        if (v.station == Station::txDevice) out_.wireLength = v.length;
    }
    if (const MapBox *device = out_.box(Station::txDevice)) {
        if (device->title.startsWith(QLatin1String("veth")))
            out_.link = phrase("StackMapBuilder", "veth pair");
        else if (device->title == QLatin1String("lo"))
            out_.link = phrase("StackMapBuilder", "loopback");
    }
}

void StackMapBuilder::handOver() {
    const MapBox *softirq = out_.box(Station::rxSoftirq);
    if (!softirq || !softirq->reached) return;
    out_.handOver = true;
    out_.handOverText = phrase("StackMapBuilder", "softirq runs|") +
                        (softirq->stack.isEmpty() ? phrase("StackMapBuilder", "on CPU %1").arg(softirq->cpu)
                                                  : phrase("StackMapBuilder", "in ") + softirq->stack);
}

} // namespace skbscope::ui
