// SPDX-License-Identifier: GPL-2.0-or-later
// The whole of one side at a moment: every host with its layers and queues, every packet that lives, what each CPU
// does.
#pragma once

#include "ui/models/cpu_lanes.h"
#include "ui/models/holdings.h"
#include "ui/models/journey.h"
#include "ui/models/moment.h"

#include <QStringList>
#include <bitset>

namespace skbscope::ui {

[[nodiscard]] MapRow rowOf(Station station);

struct OverviewQueue {
    quint32 place = npos; // of Holdings
    QString name;         // "sk_receive_queue"
    MapRow row = MapRow::queue;
    bool inferred = false, current = false;   // current: the packet that is looked at waits in it
    bool instances = false;                   // of NAPI, not packets
    quint32 length = 0, limit = 0, bytes = 0; // limit 0: none, or not known
    std::vector<trace::PacketId> packets;     // those that are known to be in it
};

struct OverviewHost {
    quint8 host = 0;
    QString name;
    QStringList devices;          // "va", in the order they were met
    std::bitset<mapRows> visited; // by some packet, so far
    std::vector<OverviewQueue> queues;
};

struct OverviewToken {
    trace::PacketId packet = trace::no_packet;
    std::size_t host = 0; // index
    MapRow row = MapRow::socket;
    bool down = false, right = false; // on its way down; its rail is on the right of the host
    bool current = false;
    quint32 length = 0;
    quint32 step = npos;                         // where it came here
    trace::PacketId relative = trace::no_packet; // lives as well, and this one came from it ...
    QString relation;                            // ... "clone of", "segment of"
};

struct OverviewWire {
    std::size_t from = 0, to = 0; // hosts
};

// A CPU and the queues that are its own: the poll list, the backlog.
struct OverviewCpu {
    CpuLane lane;
    std::vector<OverviewQueue> queues;
};

struct Overview {
    std::vector<OverviewHost> hosts;
    std::vector<OverviewToken> tokens; // of packets that are on their way; those that wait are in their queues
    std::vector<OverviewWire> wires;
    std::vector<OverviewCpu> cpus;
    std::vector<HandOver> hands;
    std::vector<OverviewToken> trail; // where the current packet was, in order, the present place last
    bool handsNow = false;            // they belong to this step; false: the last one before it
    int living = 0;                   // packets
    QString gathering;                // not empty: what is shown is still being gathered, in words
};

// What never changes while a side is looked at: made once for it.
class OverviewIndex {
public:
    explicit OverviewIndex(const DocumentSide &side);
    [[nodiscard]] Overview at(const TraceDocument &document, quint32 step, const Moment &moment) const;
    [[nodiscard]] const Holdings &holdings() const { return holdings_; }
    [[nodiscard]] const Journey *journey(trace::PacketId packet) const; // valid until many others were asked for

private:
    void findHosts();
    [[nodiscard]] std::size_t hostIndex(quint8 host) const;
    [[nodiscard]] quint8 hostOf(const Journey &way, std::size_t visit) const;
    [[nodiscard]] bool isRight(const Journey &journey, std::size_t visit) const;
    void addPackets(Overview &out, const TraceDocument &document, const Moment &moment) const;
    void addToken(Overview &out, const TraceDocument &document, const Moment &moment,
                  const trace::Packet &packet) const;
    void place(OverviewToken &token, const Journey &way, std::size_t visit) const;
    void addTrail(Overview &out, const Moment &moment) const;
    void addQueues(Overview &out, const Moment &moment) const;
    // Where the queue of `place` stands in `out`; null: its host is not on the map.
    [[nodiscard]] std::vector<OverviewQueue> *queuesOf(Overview &out, const WaitingPlace &place) const;
    void relate(Overview &out, quint32 event) const;

    const DocumentSide &side_;
    mutable std::unordered_map<trace::PacketId, Journey> journeys_; // those asked for last
    Holdings holdings_;
    CpuLanes lanes_;
    std::vector<OverviewHost> hosts_; // without queues
    std::vector<std::array<quint32, mapRows>>
        firstThere_; // of hosts_: the event at which a row was reached; npos: never
    std::vector<OverviewWire> wires_;
};

} // namespace skbscope::ui
