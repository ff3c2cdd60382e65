// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/journey.h"

#include "ui/models/names.h"

#include <algorithm>
#include <array>

namespace skbscope::ui {

namespace {
using trace::Layer;

bool oneOf(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// Runs wherever bottom halves are switched on again: says nothing of where the packet is.
bool isBystander(std::string_view name) {
    return oneOf(name, {"__local_bh_enable_ip", "__local_bh_disable_ip"});
}

bool isBacklog(std::string_view name) {
    return name.find("netif_rx") != name.npos || name.find("backlog") != name.npos ? name != "process_backlog" : false;
}

bool isSoftirqWork(std::string_view name) {
    return oneOf(name, {"do_softirq", "__do_softirq", "handle_softirqs", "net_rx_action", "__napi_poll",
                        "process_backlog"}) ||
           name.find("netif_receive_skb") != name.npos || name.starts_with("napi_");
}

Station stationFor(Layer layer, std::string_view name, bool sending, bool receiving) {
    switch (layer) {
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
        if (isBacklog(name)) return Station::rxBacklog;
        if (isSoftirqWork(name)) return Station::rxSoftirq;
        return sending ? Station::txQueue : Station::rxSoftirq;
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

class Walker {
public:
    Walker(const DocumentSide &s, trace::PacketId packet) : s_(s) { out_.packet = packet; }

    Journey run() {
        for (quint32 i = 0; i < s_.side->events.size(); ++i)
            if (s_.event(i).packet == out_.packet && !trace::is_extension(s_.event(i))) meet(i);
        return std::move(out_);
    }

private:
    // The calls that led here since the last visit come first: nobody jumps into the middle of a layer.
    void meet(quint32 event) {
        const quint32 call = s_.tree.call_at[event];
        if (call == npos) return;
        std::vector<quint32> chain;
        for (quint32 up = call; up != npos; up = s_.tree.calls[up].parent) {
            const quint32 enter = s_.tree.calls[up].enter;
            if (enter != npos && (lastEvent_ == npos || enter > lastEvent_)) chain.push_back(up);
        }
        for (auto it = chain.rbegin(); it != chain.rend(); ++it)
            visit(*it, s_.tree.calls[*it].enter);
        if (chain.empty()) visit(call, event);
        lastEvent_ = event;
        if (trace::has_snapshot(s_.event(event))) note(s_.event(event).skb.len);
    }

    void visit(quint32 call, quint32 event) {
        const std::string_view name = nameOf(s_, call);
        if (startsReceiving(qs(name)))
            sending_ = false;
        else if (!sending_ && (name == "ip_forward" || name == "ip_output" || name.starts_with("__sys_send") ||
                               name == "arp_send_dst")) {
            sending_ = true;
            ++hop_;
        }
        if (out_.visits.empty() && nameOf(s_, rootOf(s_, call)).starts_with("__sys_recv")) sending_ = false;
        const Station station = stationOf(s_, call, sending_);
        if (station == Station::none || (!out_.visits.empty() && out_.visits.back().station == station)) return;
        out_.visits.push_back({station, event, call, hop_, 0, false});
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
};
} // namespace

char stationLetter(Station station) {
    constexpr std::array letters = {'A', 'T', 'N', 'L', 'Q', 'D', 'D', 'Q', 'Q', 'L', 'N', 'T', 'A', ' '};
    return letters[static_cast<std::size_t>(station)];
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

Station stationOf(const DocumentSide &s, quint32 call, bool sending) {
    for (quint32 up = call; up != npos; up = s.tree.calls[up].parent) {
        const std::string_view name = nameOf(s, up);
        if (isBystander(name)) continue;
        const bool receiving = nameOf(s, rootOf(s, up)).starts_with("__sys_recv");
        const Layer layer = s.side->function(s.tree.calls[up].fn).layer;
        if (const Station station = stationFor(layer, name, sending, receiving); station != Station::none)
            return station;
    }
    return Station::none;
}

int Journey::at(quint32 event) const {
    const auto it =
        std::upper_bound(visits.begin(), visits.end(), event, [](quint32 e, const Visit &v) { return e < v.event; });
    return int(it - visits.begin()) - 1;
}

} // namespace skbscope::ui
