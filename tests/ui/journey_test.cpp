// SPDX-License-Identifier: GPL-2.0-or-later
// Where a packet is on its way, as the map tells it.
#include "tests/ui/bundled.h"
#include "ui/models/journey.h"

#include <gtest/gtest.h>

namespace {
using namespace skbscope;
using namespace skbscope::ui;

const DocumentSide &modelOf(const std::string &name) {
    for (const test::BundledTrace &t : test::bundledTraces())
        if (t.name == name) return *t.document->side(SideKind::model);
    throw std::runtime_error(name);
}

// Where the first packet is when a function is entered.
Station stationAt(const std::string &trace, const char *function) {
    const DocumentSide &s = modelOf(trace);
    const Journey way = journeyOf(s, 1);
    for (const auto &call : s.tree.calls) {
        if (s.side->function_name(call.fn) != function) continue;
        const int visit = way.at(call.enter);
        return visit < 0 ? Station::none : way.visits[std::size_t(visit)].station;
    }
    ADD_FAILURE() << function << " does not run in " << trace;
    return Station::none;
}

// UDP asks whether somebody found the socket earlier. It did not put the packet there.
TEST(Journey, WhoLooksForASocketHasNotReachedIt) {
    EXPECT_EQ(stationAt("udp-veth.yaml", "__udp4_lib_lookup"), Station::rxTransport);
    EXPECT_EQ(stationAt("udp-veth.yaml", "skb_steal_sock"), Station::rxTransport);
    EXPECT_EQ(stationAt("udp-veth.yaml", "sock_def_readable"), Station::rxSocket); // it is in the queue
    const DocumentSide &refused = modelOf("udp-port-unreachable.yaml");
    for (const Visit &v : journeyOf(refused, 1).visits)
        EXPECT_NE(v.station, Station::rxSocket); // there is no socket
}

// A packet socket takes a clone; the packet itself goes on to IP.
TEST(Journey, WhatASnifferSeesGoesOn) {
    EXPECT_EQ(stationAt("udp-packet-socket.yaml", "ip_rcv"), Station::rxNetwork);
    EXPECT_EQ(stationAt("udp-packet-socket.yaml", "udp_rcv"), Station::rxTransport);
}

// veth_xmit goes on after the far side has the packet: it is a function of the sender's.
TEST(Journey, TheSendersFunctionIsNotTheReceivers) {
    for (const test::BundledTrace &t : test::bundledTraces())
        for (const SideKind kind : bothSides) {
            const DocumentSide *s = t.document->side(kind);
            if (!s) continue;
            for (const Visit &v : journeyOf(*s, 1).visits) {
                if (v.station != Station::rxDevice) continue;
                EXPECT_NE(s->functionName(s->tree.calls[v.last].fn), QLatin1String("veth_xmit")) << t.name;
            }
        }
}

// The softirq runs in the sender's context, for the receiver's device.
TEST(Journey, APacketIsOnItsOwnDevicesHost) {
    for (const char *trace : {"udp-veth.yaml", "udp-veth-napi.yaml", "udp-rps.yaml"}) {
        const DocumentSide &s = modelOf(trace);
        int received = 0;
        for (const Visit &v : journeyOf(s, 1).visits) {
            if (isSender(v.station) || v.station == Station::rxDevice) continue;
            EXPECT_EQ(s.side->hosts[s.event(v.where).host], "b")
                << trace << ": " << stationName(v.station).toStdString();
            ++received;
        }
        EXPECT_GE(received, 3) << trace;
    }
}

// While it is in the backlog the softirq that will take it out has not got it.
TEST(Journey, APacketStaysInAQueueUntilItIsTakenOut) {
    for (const char *trace : {"udp-veth.yaml", "udp-rps.yaml"}) {
        SCOPED_TRACE(trace);
        EXPECT_EQ(stationAt(trace, "net_rx_action"), Station::rxBacklog) << trace;
        EXPECT_EQ(stationAt(trace, "process_backlog"), Station::rxBacklog) << trace;
        EXPECT_EQ(stationAt(trace, "__netif_receive_skb"), Station::rxSoftirq) << trace;
        const DocumentSide &s = modelOf(trace);
        for (const Visit &v : journeyOf(s, 1).visits)
            if (v.station == Station::rxSoftirq) {
                EXPECT_EQ(s.event(v.event).kind, SKBSCOPE_EV_DEQUEUE) << trace;
            }
    }
}

// The way into the softirq is the sender's still: the station begins with what runs there.
TEST(Journey, TheSoftirqBeginsWithItsHandler) {
    EXPECT_EQ(stationAt("udp-veth.yaml", "do_softirq"), Station::rxBacklog);
    const DocumentSide &s = modelOf("udp-veth.yaml");
    for (const Visit &v : journeyOf(s, 1).visits) {
        if (v.station != Station::rxSoftirq) continue;
        EXPECT_EQ(s.functionName(s.tree.calls[v.call].fn).toStdString(), "net_rx_action");
    }
}
} // namespace
