// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/journey.h"

#include "trace/seen.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"

#include <algorithm>
#include <array>

namespace skbscope::ui {

namespace {
using trace::Layer;

bool oneOf(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// Runs beside the way: where bottom halves are switched on again, where a socket is only looked up, where the sender's
// socket gets its memory back, where a packet socket takes its clone, where a CPU is chosen, what leads to the softirq
// and is not in it yet. None of it says where the packet is.
bool isBystander(std::string_view name) {
    return oneOf(name, {"__local_bh_enable_ip", "__local_bh_disable_ip", "sock_wfree", "sock_def_write_space",
                        "udp_v4_early_demux", "tcp_v4_early_demux", "raw_local_deliver", "raw_v4_input",
                        "sk_filter_trim_cap", "skb_steal_sock", "packet_rcv", "tpacket_rcv", "get_rps_cpu",
                        "do_softirq", "__do_softirq", "handle_softirqs"});
}

// A function that returns had the packet; where it is now is told by what runs next.
bool isPresence(const trace::Event &e) {
    return !trace::is_leave(e) && !trace::is_extension(e);
}

bool isDiscipline(const trace::Function &f) {
    return f.file.starts_with("net/sched/") || f.name == "__dev_xmit_skb" || f.name == "__qdisc_run";
}

bool isBacklog(std::string_view name) {
    return name.find("netif_rx") != name.npos || name.find("backlog") != name.npos ? name != "process_backlog" : false;
}

bool isSoftirqWork(std::string_view name) {
    return oneOf(name, {"net_rx_action", "__napi_poll", "process_backlog"}) ||
           name.find("netif_receive_skb") != name.npos || name.starts_with("napi_");
}

// Reads headers to choose a queue or a CPU.
bool isFlowHash(const trace::Function &f) {
    return f.file == "net/core/flow_dissector.c" || f.name.find("get_hash") != f.name.npos ||
           f.name.starts_with("flow_hash");
}

Station stationFor(const trace::Function &f, bool sending, bool receiving) {
    const std::string_view name = f.name;
    switch (f.layer) {
    case Layer::application:
        return sending ? Station::txSocket : Station::rxSocket;
    case Layer::transport:
        return sending ? Station::txTransport : receiving ? Station::rxSocket : Station::rxTransport;
    case Layer::network:
        return sending ? Station::txNetwork : Station::rxNetwork;
    case Layer::link:
        if (sending) return Station::txLink;
        return name == "eth_type_trans" ? Station::rxDevice : Station::rxLink;
    case Layer::device:
        return sending ? Station::txDevice : Station::rxDevice;
    case Layer::queue:
        if (isFlowHash(f)) return Station::none;
        if (isBacklog(name)) return Station::rxBacklog;
        if (isSoftirqWork(name)) return Station::rxSoftirq;
        if (!sending) return Station::rxSoftirq;
        return isDiscipline(f) ? Station::txQueue : Station::none;
    case Layer::none:
        return Station::none;
    }
    return Station::none;
}

std::string_view nameOf(const DocumentSide &s, quint32 call) {
    return s.side->function_name(s.tree.calls[call].fn);
}

quint32 rootOf(const DocumentSide &s, quint32 call) {
    while (s.tree.calls[call].parent != npos)
        call = s.tree.calls[call].parent;
    return call;
}

// GRO reads the headers of a frame that has not left NAPI: IP and UDP get it later, from netif_receive_skb on.
bool onlyGroLooks(const DocumentSide &s, quint32 call) {
    for (quint32 up = call; up != npos; up = s.tree.calls[up].parent) {
        const std::string_view name = nameOf(s, up);
        if (name == "dev_gro_receive" || name == "napi_gro_complete") return true;
        if (name.find("netif_receive_skb") != name.npos) return false;
    }
    return false;
}

bool startsSending(std::string_view name) {
    return oneOf(name, {"ip_forward", "ip_output", "arp_send_dst"}) || name.starts_with("__sys_send");
}

// A packet that is first seen here: what it is made from (a fragment that others were joined to, a clone) came up.
bool bornWhileReceiving(const DocumentSide &s, quint32 call) {
    for (quint32 up = call; up != npos; up = s.tree.calls[up].parent) {
        const std::string_view name = nameOf(s, up);
        // answers, and messages about what came
        if (startsSending(name) || name.starts_with("tcp_") || oneOf(name, {"icmp_push_reply", "__neigh_notify"}))
            return false;
        if (oneOf(name, {"ip_defrag", "__netif_receive_skb_core"}) || name.starts_with("__sys_recv")) return true;
    }
    return false;
}

class Walker {
public:
    Walker(const DocumentSide &s, trace::PacketId packet) : s_(s), records_(s.states.records(packet)) {
        out_.packet = packet;
    }

    [[nodiscard]] Journey run() {
        for (const quint32 event : records_)
            if (isPresence(s_.event(event))) meet(event);
        return std::move(out_);
    }

private:
    // The calls that led here since the last visit come first: nobody jumps into the middle of a layer. Those that work
    // on another packet are not on this one's way: it waited meanwhile.
    void meet(quint32 event) {
        const quint32 call = s_.tree.call_at[event];
        if (call == npos) return;
        // Who takes it off the backlog has not got it yet: the stay there begins as it leaves the queue.
        if (leaves_ != npos && event < leaves_) return;
        std::vector<quint32> chain;
        for (quint32 up = call; up != npos; up = s_.tree.calls[up].parent) {
            const trace::PacketId worksOn = s_.event(s_.tree.calls[up].enter).packet;
            if (worksOn != trace::no_packet && worksOn != out_.packet) break;
            const quint32 enter = s_.tree.calls[up].enter;
            if (enter != npos && (lastEvent_ == npos || enter > lastEvent_)) chain.push_back(up);
        }
        const bool leaves = event == leaves_;
        for (auto it = chain.rbegin(); it != chain.rend(); ++it)
            visit(*it, leaves ? event : s_.tree.calls[*it].enter);
        if (chain.empty()) visit(call, event);
        for (auto v = out_.visits.rbegin(); v != out_.visits.rend() && v->where == npos; ++v)
            v->where = event;
        // a call that began before (a driver's that goes on while the far side has the packet) is not of this stay
        const bool ofThisStay = !out_.visits.empty() && s_.tree.calls[call].enter >= out_.visits.back().event;
        if (ofThisStay && ownStation(s_, call, sending_) == out_.visits.back().station) out_.visits.back().last = call;
        if (s_.event(event).kind == SKBSCOPE_EV_ENQUEUE) enqueued(event, call);
        lastEvent_ = event;
        if (trace::shows_packet(s_.event(event))) note(s_.event(event).skb.len);
    }

    void visit(quint32 call, quint32 event) {
        const std::string_view name = nameOf(s_, call);
        if (startsReceiving(qs(name)))
            sending_ = false;
        else if (!sending_ && startsSending(name)) {
            sending_ = true;
            ++hop_;
        }
        if (out_.visits.empty() && bornWhileReceiving(s_, call)) sending_ = false;
        if (!isBystander(name)) arrive(stationOf(s_, call, sending_), event, call);
    }

    // A queue holds the packet from now on, whoever put it there.
    void enqueued(quint32 event, quint32 call) {
        const quint32 queue = s_.event(event).queue.queue;
        const QString name = queue < s_.side->queues.size() ? qs(s_.side->queues[queue]) : QString();
        for (const Station s : {Station::txQueue, Station::rxBacklog, Station::rxSocket})
            if (queueBehind(s, name)) arrive(s, event, call);
        if (!out_.visits.empty() && out_.visits.back().where == npos) out_.visits.back().where = event;
        if (!queueBehind(Station::rxBacklog, name)) return;
        const auto next = std::upper_bound(records_.begin(), records_.end(), event);
        const auto out =
            std::find_if(next, records_.end(), [this](quint32 e) { return s_.event(e).kind == SKBSCOPE_EV_DEQUEUE; });
        if (out != records_.end()) leaves_ = *out; // else that was not recorded
    }

    // Above the link layer a packet under construction goes back and forth; from there on it moves one way only, and a
    // function of another layer that looks at it does not take it back.
    void arrive(Station station, quint32 event, quint32 call) {
        if (station == Station::none) return;
        if (!out_.visits.empty()) {
            const Visit &last = out_.visits.back();
            const bool back = last.hop == hop_ && station < last.station && last.station >= Station::txLink;
            if (station == last.station || back) return;
        }
        out_.visits.push_back({station, event, npos, call, call, hop_, 0, false});
    }

    void note(quint32 length) {
        if (out_.visits.empty()) return;
        out_.visits.back().length = length;
        out_.visits.back().held = true;
    }

    const DocumentSide &s_;
    Journey out_;
    quint32 lastEvent_ = npos;
    quint32 hop_ = 0;
    bool sending_ = true;
    const std::vector<quint32> records_; // of the packet
    quint32 leaves_ = npos;              // the event at which it leaves the backlog that it stands in
};
} // namespace

bool queueBehind(Station station, const QString &name) {
    const auto says = [&name](const char *word) { return name.contains(QLatin1String(word)); };
    switch (station) {
    case Station::rxBacklog:
        return says("backlog") || says("input_pkt_queue") || says("process_queue"); // softnet_data has two lists
    case Station::rxSocket:
        return says("receive") || says("socket") || says("reader");
    case Station::txQueue:
        return says("qdisc") || says("fq_codel") || says("fifo");
    default:
        return false;
    }
}

char stationLetter(Station station) {
    constexpr std::array letters = {'A', 'T', 'N', 'L', 'Q', 'D', 'D', 'Q', 'Q', 'L', 'N', 'T', 'A', ' '};
    return letters[static_cast<std::size_t>(station)];
}

QString stationName(Station station) {
    static constexpr std::array names = {QT_TRANSLATE_NOOP("Stations", "socket, sender"),
                                         QT_TRANSLATE_NOOP("Stations", "transport, sender"),
                                         QT_TRANSLATE_NOOP("Stations", "IP, sender"),
                                         QT_TRANSLATE_NOOP("Stations", "neighbour"),
                                         QT_TRANSLATE_NOOP("Stations", "qdisc"),
                                         QT_TRANSLATE_NOOP("Stations", "device, sender"),
                                         QT_TRANSLATE_NOOP("Stations", "device, receiver"),
                                         QT_TRANSLATE_NOOP("Stations", "softnet backlog"),
                                         QT_TRANSLATE_NOOP("Stations", "softirq NET_RX"),
                                         QT_TRANSLATE_NOOP("Stations", "link, receiver"),
                                         QT_TRANSLATE_NOOP("Stations", "IP, receiver"),
                                         QT_TRANSLATE_NOOP("Stations", "transport, receiver"),
                                         QT_TRANSLATE_NOOP("Stations", "socket, receiver"),
                                         QT_TRANSLATE_NOOP("Stations", "nowhere")};
    return phrase("Stations", names[static_cast<std::size_t>(station)]);
}

bool startsReceiving(const QString &function) {
    const std::string name = function.toStdString();
    return oneOf(name, {"__dev_forward_skb", "__dev_forward_skb2", "dev_forward_skb", "eth_type_trans", "__netif_rx",
                        "netif_rx", "netif_rx_internal", "__netif_receive_skb", "netif_receive_skb", "napi_gro_receive",
                        "process_backlog"});
}

Journey journeyOf(const DocumentSide &side, trace::PacketId packet) {
    return Walker(side, packet).run();
}

Station ownStation(const DocumentSide &s, quint32 call, bool sending) {
    const bool receiving = nameOf(s, rootOf(s, call)).starts_with("__sys_recv");
    if (isBystander(nameOf(s, call))) return Station::none;
    const Station station = stationFor(s.side->function(s.tree.calls[call].fn), sending, receiving);
    const bool aboveNapi = station > Station::rxSoftirq && station != Station::none;
    return aboveNapi && onlyGroLooks(s, call) ? Station::rxSoftirq : station;
}

Station stationOf(const DocumentSide &s, quint32 call, bool sending) {
    for (quint32 up = call; up != npos; up = s.tree.calls[up].parent)
        if (const Station station = ownStation(s, up, sending); station != Station::none) return station;
    return Station::none;
}

int Journey::at(quint32 event) const {
    const auto it =
        std::upper_bound(visits.begin(), visits.end(), event, [](quint32 e, const Visit &v) { return e < v.event; });
    return int(it - visits.begin()) - 1;
}

} // namespace skbscope::ui
