// SPDX-License-Identifier: GPL-2.0-or-later
// The map from afar and from near, over every bundled trace and the model's run of every bundled scenario: each living
// packet is in one place, queues hold as many as their records say.
#include "tests/ui/map_fixture.h"
#include "ui/commands/map_commands.h"
#include "ui/models/effects.h"
#include "ui/models/journey.h"
#include "ui/models/row_chip.h"
#include "ui/scenes/bytes_scene.h"
#include "ui/scenes/overview_scene.h"

#include <QAbstractItemModelTester>
#include <algorithm>
#include <set>

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using ui::test::Map;

TEST_F(Map, EveryLivingPacketIsInOnePlace) {
    int tokens = 0, waiting = 0;
    for (const test::BundledTrace &t : test::bundledTraces()) {
        SCOPED_TRACE(t.name);
        const TraceDocument &d = *t.document;
        const DocumentSide &side = *d.side(d.firstSide());
        const OverviewIndex index(side);
        for (quint32 step = 0; step < d.steps().size(); step += 3) {
            const Moment m = momentAt(d, step, d.firstSide());
            if (!m.side) continue;
            const Overview o = index.at(d, step, m);
            std::multiset<trace::PacketId> met;
            for (const OverviewToken &token : o.tokens) {
                met.insert(token.packet);
                ASSERT_LT(token.host, o.hosts.size());
                EXPECT_TRUE(o.hosts[token.host].visited.test(std::size_t(token.row)));
            }
            tokens += int(met.size());
            for (const OverviewQueue &q : queuesOf(o)) {
                met.insert(q.packets.begin(), q.packets.end());
                waiting += int(q.packets.size());
            }
            EXPECT_LE(int(met.size()), o.living);
            for (const trace::PacketId packet : met)
                ASSERT_EQ(met.count(packet), 1U) << "packet " << packet << " at step " << step;
        }
    }
    EXPECT_GT(tokens, 1000);
    EXPECT_GT(waiting, 100);
}

// What the records count and what was put in and taken out, packet by packet, are two accounts of one queue.
TEST_F(Map, ARecordedQueueHoldsAsManyAsItsRecordSays) {
    int held = 0;
    for (const test::BundledTrace &t : test::bundledTraces()) {
        const TraceDocument &d = *t.document;
        if (d.firstSide() != SideKind::model) continue; // a kernel's queue may hold packets from before the trace
        const OverviewIndex index(*d.side(SideKind::model));
        for (quint32 step = 0; step < d.steps().size(); ++step) {
            const Moment m = momentAt(d, step, SideKind::model);
            if (!m.side) continue;
            for (const OverviewQueue &q : queuesOf(index.at(d, step, m))) {
                if (q.inferred || q.length == 0) continue;
                EXPECT_EQ(q.packets.size(), q.length) << t.name << ' ' << q.name.toStdString() << " step " << step;
                held += int(q.length);
            }
        }
    }
    EXPECT_GT(held, 50);
}

TEST_F(Map, GroHoldsInItsBuckets) {
    openAt("card-gro.yaml", "udp_gro_complete_segment", MapModel::overviewZoom);
    bool seen = false;
    for (quint32 i = 0; i < s.selection.step(); ++i) {
        const Moment m = momentAt(*s.selection.document(), i, SideKind::model);
        const Overview o = OverviewIndex(*m.side).at(*s.selection.document(), i, m);
        for (const OverviewQueue &q : queuesOf(o))
            if (q.name == QLatin1String("gro_hash") && q.length > 0) {
                EXPECT_TRUE(q.inferred);
                seen = true;
            }
        if (seen) break;
    }
    EXPECT_TRUE(seen);
    ASSERT_TRUE(queue("poll_list"));
    EXPECT_TRUE(queue("poll_list")->instances);
    EXPECT_EQ(queue("poll_list")->length, 0U); // net_rx_action has taken it: it is being polled
}

// While GRO compares headers the frame is in NAPI; IP has it when ip_rcv_core runs, and UDP later.
TEST_F(Map, WhatGroOnlyLooksAtHasNotArrived) {
    const auto stationAt = [&](const char *function) {
        openAt("card-gro.yaml", function, MapModel::overviewZoom);
        const Moment m = momentAt(*s.selection.document(), s.selection.step(), SideKind::model);
        const quint32 call = s.selection.document()
                                 ->rows()[s.selection.document()->steps()[s.selection.step()].row]
                                 .call[sideIndex(SideKind::model)];
        const Journey journey = journeyOf(*m.side, m.packet);
        const int visit = journey.at(m.side->tree.calls[call].enter);
        return visit < 0 ? Station::none : journey.visits[std::size_t(visit)].station;
    };
    EXPECT_EQ(stationAt("inet_gro_receive"), Station::rxSoftirq);
    EXPECT_EQ(stationAt("udp_gro_complete_segment"), Station::rxSoftirq);
    EXPECT_EQ(stationAt("ip_rcv_core"), Station::rxNetwork);
    EXPECT_EQ(stationAt("udp_rcv"), Station::rxTransport);
}

// The datagram that fragments were joined into is made on the receiver, and was never sent from there.
TEST_F(Map, WhatIsMadeOfFragmentsIsReceived) {
    for (const char *trace : {"udp-fragments.yaml", "udp-fragments.skbt"}) {
        openAt(trace, "udp_queue_rcv_one_skb", MapModel::overviewZoom);
        for (const SideKind kind : bothSides) {
            const Moment m = momentAt(*s.selection.document(), s.selection.step(), kind);
            if (!m.side) continue;
            const Journey journey = journeyOf(*m.side, m.packet);
            ASSERT_FALSE(journey.visits.empty());
            for (const Visit &v : journey.visits)
                EXPECT_FALSE(isSender(v.station)) << trace << ": " << stationName(v.station).toStdString();
        }
    }
}

// A card's buffer begins with 64 bytes of free room: the rows that are seen are those of the packet.
TEST_F(Map, TheBytesBeginWhereThePacketDoes) {
    openAt("card-gro.yaml", "ip_rcv_core", MapModel::overviewZoom);
    EXPECT_EQ(packetRow(s.bytes.view()), 4); // the Ethernet header, at 64
    const DisplayList list = bytesScene(s.headers, {{604, 124}});
    const auto has = [&](const char *id) {
        return std::any_of(list.regions.begin(), list.regions.end(),
                           [&](const Region &r) { return r.id == QLatin1String(id); });
    };
    EXPECT_FALSE(has("byte:63"));
    EXPECT_TRUE(has("byte:64"));
    EXPECT_TRUE(has("byte:78"));
    openAt("udp-veth.yaml", "ip_rcv_core", MapModel::overviewZoom);
    EXPECT_EQ(packetRow(s.bytes.view()), 0);
}

TEST_F(Map, LanesTellWhatInterruptsWhat) {
    openAt("udp-veth.yaml", "ip_rcv", MapModel::overviewZoom);
    ASSERT_FALSE(s.map.overview().cpus.empty());
    const CpuLane &lane = s.map.overview().cpus[0].lane;
    EXPECT_EQ(lane.softirq.toStdString(), "NET_RX");
    EXPECT_TRUE(lane.process.startsWith(QLatin1String("sendto()"))) << lane.process.toStdString();
    EXPECT_TRUE(lane.hardirq.isEmpty());
    EXPECT_EQ(lane.top, trace::Context::softirq);
    ASSERT_FALSE(s.map.overview().hands.empty());
    EXPECT_EQ(s.map.overview().hands[0].words.toStdString(), "raises NET_RX");
    EXPECT_FALSE(s.map.overview().handsNow);
    openAt("udp-veth.yaml", "sock_def_readable", MapModel::overviewZoom);
    openAt("udp-veth.yaml", "__raise_softirq_irqoff", MapModel::overviewZoom);
    EXPECT_TRUE(s.map.overview().handsNow);
    EXPECT_EQ(s.map.overview().cpus[0].lane.pending.toStdString(), "NET_RX");
}

// While the address is asked for, the datagram waits with its neighbour, on its own side.
TEST_F(Map, APacketThatWaitsStaysWhereItIs) {
    openAt("udp-veth-arp.yaml", "arp_rcv", MapModel::overviewZoom);
    for (const OverviewToken &t : s.map.overview().tokens)
        if (t.packet == 1) {
            EXPECT_EQ(t.host, 0U);
            EXPECT_EQ(t.row, MapRow::link);
        }
    openAt("udp-veth-arp.yaml", "__sys_recvfrom", MapModel::overviewZoom);
    for (const OverviewQueue &q : s.map.overview().hosts[0].queues)
        EXPECT_FALSE(q.name.contains(QLatin1String("reader"))) << "host a has no receiver";
}

TEST_F(Map, ARouterStandsInTheMiddle) {
    openAt("udp-forward.yaml", "ip_forward", MapModel::overviewZoom);
    const Overview &o = s.map.overview();
    ASSERT_EQ(o.hosts.size(), 3U);
    ASSERT_EQ(o.wires.size(), 2U);
    EXPECT_EQ(o.wires[0].to, o.wires[1].from);
    bool current = false;
    for (const OverviewToken &t : o.tokens)
        if (t.current) {
            current = true;
            EXPECT_EQ(t.host, 1U);
        }
    EXPECT_TRUE(current);
}

TEST_F(Map, ARowHasItsColourOnceAPacketWasThere) {
    openAt("udp-forward.yaml", "ip_forward", MapModel::overviewZoom);
    const auto visited = [this](std::size_t host, MapRow row) {
        return s.map.overview().hosts[host].visited.test(std::size_t(row));
    };
    ASSERT_EQ(s.map.overview().hosts.size(), 3U);
    EXPECT_TRUE(visited(1, MapRow::network) && visited(1, MapRow::device));
    for (int row = 0; row < mapRows; ++row)
        EXPECT_FALSE(visited(2, MapRow(row))) << row;
    s.selection.setStep(quint32(s.selection.stepCount()) - 1);
    EXPECT_TRUE(visited(2, MapRow::network) && visited(2, MapRow::device));
}

TEST_F(Map, AFragmentTellsWhatTheProgramSent) {
    openAt("udp-fragments.yaml", "ip_defrag", MapModel::wayZoom);
    EXPECT_TRUE(s.stack.map().leftText.startsWith(QStringLiteral("sends 4,000 bytes from ")))
        << s.stack.map().leftText.toStdString();
    EXPECT_EQ(s.stack.map().payloadLength, 4'000U);
}

// The model records how many wait, not how many bytes they have.
TEST_F(Map, AQueueHasNoBytesThatNobodyRecorded) {
    openAt("udp-veth.yaml", "sock_def_readable", MapModel::wayZoom);
    const MapBox *box = s.stack.map().box(Station::rxSocket);
    ASSERT_TRUE(box && box->queue);
    EXPECT_EQ(box->queue->length, 1U);
    EXPECT_EQ(box->queue->capacity.toStdString(), "");
}

TEST_F(Map, ARingIsOfTheDeviceThatTakesFromIt) {
    openAt("udp-veth-napi.yaml", "napi_gro_receive", MapModel::overviewZoom);
    int rings = 0;
    for (const OverviewHost &h : s.map.overview().hosts)
        for (const OverviewQueue &q : h.queues)
            if (q.name == QLatin1String("veth ring")) {
                EXPECT_EQ(h.name, QStringLiteral("b"));
                ++rings;
            }
    EXPECT_EQ(rings, 1);
}

// "Which queue does it join next?" must not be answered by a packet that is drawn there already.
TEST_F(Map, WhileAQuestionIsOpenThePacketIsNotAheadOfItsQueue) {
    openAt("udp-veth.yaml", "enqueue_to_backlog", MapModel::wayZoom);
    EXPECT_EQ(s.stack.map().token, Station::rxBacklog); // the code there is on its way into the backlog
    s.stack.setCurtain(true);
    EXPECT_EQ(s.stack.map().token, Station::rxDevice);
    EXPECT_EQ(s.stack.map().trail.back(), Station::rxDevice);
    EXPECT_FALSE(s.stack.map().box(Station::rxBacklog)->here);
    EXPECT_TRUE(s.stack.map().box(Station::rxBacklog)->function.isEmpty());
    openAt("udp-veth.yaml", "do_softirq", MapModel::wayZoom); // now it does wait
    EXPECT_EQ(s.stack.map().token, Station::rxBacklog);
}

// Nobody sent the whole datagram: IP made it of its fragments. A card's driver built what came in.
TEST_F(Map, APacketWithoutASenderTellsWhereItComesFrom) {
    openAt("udp-fragments.yaml", "udp_rcv", MapModel::wayZoom);
    EXPECT_EQ(s.stack.map().origin.join(QLatin1Char('|')).toStdString(),
              "put together here, by IP,|of itself and packets 2, 4");
    openAt("card-gro.yaml", "udp_gro_complete_segment", MapModel::wayZoom);
    EXPECT_EQ(s.stack.map().origin.join(QLatin1Char('|')).toStdString(),
              "came in from outside;|`simnic_clean_rx_irq` built it");
    openAt("udp-veth.yaml", "udp_rcv", MapModel::wayZoom);
    EXPECT_TRUE(s.stack.map().origin.isEmpty()); // host a sent it, and is on the map
}

// The queue that has no room is why the packet dies, though it never joins it.
TEST_F(Map, AFullSocketQueueIsOnTheMap) {
    openDrops();
    const TraceDocument &d = *s.selection.document();
    int full = 0;
    for (quint32 i = 0; i < d.steps().size(); ++i) {
        const Moment m = momentAt(d, i, SideKind::model);
        const quint32 drop = dropOf(m);
        if (drop == npos) continue;
        s.selection.setStep(i);
        const MapBox *queue = s.stack.map().box(Station::rxSocket);
        const bool noRoom = dropReason(*m.side, m.side->event(drop)).endsWith(QStringLiteral("SOCKET_RCVBUFF"));
        EXPECT_EQ(queue != nullptr, noRoom) << "at step " << i;
        if (!queue || !noRoom) continue;
        ASSERT_TRUE(queue->queue);
        EXPECT_EQ(queue->queue->length, 2U);
        EXPECT_EQ(queue->queue->capacity.toStdString(), "full");
        EXPECT_FALSE(queue->reached);
        ++full;
    }
    EXPECT_GT(full, 0);
}

// The kernel's caller is seen to do what the model shows a call inside of it doing: it is told once.
TEST_F(Map, AnEnqueueIsToldOnce) {
    openDrops();
    const TraceDocument &d = *s.selection.document();
    int told = 0;
    for (quint32 i = 0; i < d.rows().size(); ++i)
        if (chipOf(d, d.rows()[i]).startsWith(QStringLiteral("input_pkt_queue 0→"))) {
            EXPECT_EQ(d.rows()[i].name.toStdString(), "__skb_queue_tail");
            ++told;
        }
    EXPECT_GT(told, 3);
}
} // namespace
