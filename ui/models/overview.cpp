// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/overview.h"

#include "ui/models/effects.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"

#include <QStringList>
#include <algorithm>
#include <array>

namespace skbscope::ui {

namespace {
QString relationWords(quint8 kind) {
    switch (kind) {
    case SKBSCOPE_EV_CLONE_OF:
        return phrase("Overview", "clone of");
    case SKBSCOPE_EV_COPY_OF:
        return phrase("Overview", "copy of");
    case SKBSCOPE_EV_SEGMENT_OF:
        return phrase("Overview", "segment of");
    case SKBSCOPE_EV_FRAGMENT_OF:
        return phrase("Overview", "fragment of");
    default:
        return phrase("Overview", "from");
    }
}

// "a.va" says the host once more
QString shortDevice(const std::string &name) {
    return qs(name.substr(name.rfind('.') + 1));
}

bool lives(const trace::Packet &p, quint32 event) {
    return p.first <= event && (!p.freed || p.last > event);
}
} // namespace

MapRow rowOf(Station station) {
    constexpr std::array rows = {MapRow::socket,  MapRow::transport, MapRow::network, MapRow::link,  MapRow::queue,
                                 MapRow::device,  MapRow::device,    MapRow::queue,   MapRow::queue, MapRow::link,
                                 MapRow::network, MapRow::transport, MapRow::socket};
    return station == Station::none ? MapRow::socket : rows[static_cast<std::size_t>(station)];
}

OverviewIndex::OverviewIndex(const DocumentSide &side) : side_(side), holdings_(side), lanes_(side) {
    findHosts();
}

const Journey *OverviewIndex::journey(trace::PacketId packet) const {
    constexpr std::size_t most = 4096; // more packets do not live at once on a map that one can read
    auto found = journeys_.find(packet);
    if (found == journeys_.end()) {
        if (journeys_.size() >= most) journeys_.clear();
        found = journeys_.emplace(packet, journeyOf(side_, packet)).first;
    }
    return found->second.visits.empty() ? nullptr : &found->second;
}

// A receiving device is still run by the sender: what comes after it tells whose it is.
quint8 OverviewIndex::hostOf(const Journey &way, std::size_t visit) const {
    const bool comesIn = way.visits[visit].station == Station::rxDevice && visit + 1 < way.visits.size();
    return side_.event(way.visits[visit + (comesIn ? 1 : 0)].where).host;
}

std::size_t OverviewIndex::hostIndex(quint8 host) const {
    const auto at =
        std::find_if(hosts_.begin(), hosts_.end(), [host](const OverviewHost &h) { return h.host == host; });
    return at == hosts_.end() ? npos : std::size_t(at - hosts_.begin());
}

// In the order in which packets met them: the first sender is on the left.
void OverviewIndex::findHosts() {
    for (const trace::Packet &packet : side_.packets.packets) {
        const Journey *way = journey(packet.id);
        if (!way) continue;
        std::size_t before = npos;
        for (std::size_t i = 0; i < way->visits.size(); ++i) {
            const Visit &v = way->visits[i];
            const quint8 host = hostOf(*way, i);
            if (host == 0) continue;
            std::size_t at = hostIndex(host);
            if (at == npos) {
                at = hosts_.size();
                hosts_.push_back(
                    {host, host < side_.side->hosts.size() ? qs(side_.side->hosts[host]) : QString(), {}, {}, {}});
                firstThere_.emplace_back().fill(npos);
            }
            quint32 &first = firstThere_[at][std::size_t(rowOf(v.station))];
            first = std::min(first, v.event);
            if (before != npos && before != at) {
                const auto same = [&](const OverviewWire &w) {
                    return (w.from == before && w.to == at) || (w.from == at && w.to == before);
                };
                if (std::none_of(wires_.begin(), wires_.end(), same)) wires_.push_back({before, at});
            }
            before = at;
        }
    }
    std::vector<bool> met(std::size_t(0x100) * side_.side->devices.size()); // device and host
    for (const trace::Event &e : side_.side->events) {
        if (!e.device || !e.host || e.device >= side_.side->devices.size()) continue;
        const std::size_t pair = std::size_t(e.device) << 8 | e.host;
        if (met[pair]) continue;
        met[pair] = true;
        const std::size_t at = hostIndex(e.host);
        if (at == npos) continue;
        if (const QString name = shortDevice(side_.side->devices[e.device]); !hosts_[at].devices.contains(name))
            hosts_[at].devices << name;
    }
}

// A host's neighbour on the left is met on its left side: there the packet comes in and goes out.
bool OverviewIndex::isRight(const Journey &way, std::size_t visit) const {
    const Visit &here = way.visits[visit];
    const std::size_t host = hostIndex(hostOf(way, visit));
    std::size_t other = npos;
    if (isSender(here.station)) {
        for (std::size_t i = visit + 1; i < way.visits.size() && (other == npos || other == host); ++i)
            other = hostIndex(hostOf(way, i));
    } else {
        for (std::size_t i = visit; i-- > 0 && (other == npos || other == host);)
            other = hostIndex(hostOf(way, i));
    }
    if (other == npos || other == host) return host == 0 ? isSender(here.station) || hosts_.size() > 1 : false;
    return other > host;
}

void OverviewIndex::place(OverviewToken &token, const Journey &way, std::size_t visit) const {
    token.host = hostIndex(hostOf(way, visit));
    token.row = rowOf(way.visits[visit].station);
    token.down = isSender(way.visits[visit].station);
    token.right = isRight(way, visit);
}

void OverviewIndex::addTrail(Overview &out, const Moment &m) const {
    const Journey *way = m.hasPacket() ? journey(m.packet) : nullptr;
    for (int i = 0; way && i <= way->at(m.event); ++i) {
        OverviewToken token;
        token.packet = m.packet;
        place(token, *way, std::size_t(i));
        if (token.host != npos) out.trail.push_back(token);
    }
}

void OverviewIndex::addToken(Overview &out, const TraceDocument &document, const Moment &m,
                             const trace::Packet &packet) const {
    const Journey *way = journey(packet.id);
    const int at = way ? way->at(m.event) : -1;
    if (at < 0) return;
    const Visit &here = way->visits[std::size_t(at)];
    OverviewToken token;
    token.packet = packet.id;
    if (hostIndex(hostOf(*way, std::size_t(at))) == npos) return;
    place(token, *way, std::size_t(at));
    token.current = packet.id == m.packet;
    token.length = token.current ? m.state.skb.len : side_.states.packet_at(packet.id, m.event).skb.len;
    token.step = document.stepAt(m.kind, here.event);
    token.relative = packet.origin;
    if (token.relative != trace::no_packet) token.relation = relationWords(packet.lineage_kind);
    out.tokens.push_back(token);
}

void OverviewIndex::addPackets(Overview &out, const TraceDocument &document, const Moment &m) const {
    for (const trace::Packet &packet : side_.packets.packets) {
        if (packet.first > m.event) break; // ordered by first sight
        if (!lives(packet, m.event)) continue;
        ++out.living;
        const quint32 place = holdings_.placeOf(packet.id, m.event);
        if (place == npos) {
            addToken(out, document, m, packet);
            continue;
        }
        const WaitingPlace &where = holdings_.places()[place];
        std::vector<OverviewQueue> *queues = queuesOf(out, where);
        if (!queues) continue;
        for (OverviewQueue &q : *queues)
            if (q.place == place) {
                q.packets.push_back(packet.id);
                q.current |= packet.id == m.packet;
                if (q.inferred) q.length = quint32(q.packets.size());
            }
    }
}

void OverviewIndex::addQueues(Overview &out, const Moment &m) const {
    for (quint32 i = 0; i < holdings_.places().size(); ++i) {
        const WaitingPlace &place = holdings_.places()[i];
        std::vector<OverviewQueue> *queues = queuesOf(out, place);
        if (!queues) continue;
        OverviewQueue queue;
        queue.place = i;
        queue.name = place.name;
        queue.row = place.row;
        queue.inferred = place.inferred;
        queue.instances = place.instances;
        queue.length = holdings_.lengthAt(i, m.event).value_or(0);
        for (const trace::QueueState &q : m.queues)
            if (place.recorded && q.queue == place.recorded) queue.limit = q.limit, queue.bytes = q.bytes;
        queues->push_back(std::move(queue));
    }
}

std::vector<OverviewQueue> *OverviewIndex::queuesOf(Overview &out, const WaitingPlace &place) const {
    if (place.perCpu) {
        for (OverviewCpu &cpu : out.cpus)
            if (cpu.lane.cpu == place.cpu) return &cpu.queues;
        return nullptr;
    }
    const std::size_t host = hostIndex(place.host);
    return host == npos ? nullptr : &out.hosts[host].queues;
}

// Only those whose relative lives as well can be joined by a line.
void OverviewIndex::relate(Overview &out, quint32 event) const {
    for (OverviewToken &token : out.tokens) {
        const trace::Packet *other = side_.packets.find(token.relative);
        if (!other || !lives(*other, event)) token.relative = trace::no_packet, token.relation.clear();
    }
}

Overview OverviewIndex::at(const TraceDocument &document, quint32 step, const Moment &m) const {
    Overview out;
    out.hosts = hosts_;
    for (std::size_t h = 0; h < hosts_.size(); ++h)
        for (std::size_t row = 0; row < mapRows; ++row)
            out.hosts[h].visited.set(row, m.event != npos && firstThere_[h][row] <= m.event);
    out.wires = wires_;
    for (CpuLane &lane : lanes_.at(m.event))
        out.cpus.push_back({std::move(lane), {}});
    addQueues(out, m);
    addPackets(out, document, m);
    relate(out, m.event);
    addTrail(out, m);
    const quint32 begin = document.steps()[step].sides[sideIndex(m.kind)].begin;
    out.hands = lanes_.handOvers(begin == npos || !m.own ? m.event : begin, m.event);
    out.handsNow = m.own && !out.hands.empty() && out.hands.front().event >= begin;
    return out;
}

} // namespace skbscope::ui
