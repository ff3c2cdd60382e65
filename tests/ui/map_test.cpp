// SPDX-License-Identifier: GPL-2.0-or-later
// The map from afar and from near, over every bundled trace and the model's run of every bundled scenario: each living
// packet is in one place, queues hold as many as their records say, steps back show what steps forward showed.
#include "tests/ui/bundled.h"
#include "tests/ui/offscreen.h"
#include "ui/commands/map_commands.h"
#include "ui/models/journey.h"
#include "ui/models/session.h"
#include "ui/scenes/bytes_scene.h"
#include "ui/scenes/overview_scene.h"

#include <QAbstractItemModelTester>
#include <algorithm>
#include <gtest/gtest.h>
#include <set>

namespace {
using namespace skbscope;
using namespace skbscope::ui;

class Map : public test::Offscreen {
protected:
    static const test::BundledTrace &traceOf(const std::string &name) {
        for (const test::BundledTrace &t : test::bundledTraces())
            if (t.name == name) return t;
        throw std::runtime_error(name);
    }
    void openAt(const std::string &name, const char *function, MapModel::Zoom zoom) {
        s.map.setZoom(zoom);
        s.open(traceOf(name).document);
        const TraceDocument &d = *s.selection.document();
        for (quint32 i = 0; i < d.steps().size(); ++i)
            if (d.rows()[d.steps()[i].row].name == QLatin1String(function)) return s.selection.setStep(i);
        FAIL() << function << " does not run in " << name;
    }
    [[nodiscard]] QString said(const QAbstractItemModel &model) const {
        QStringList out;
        for (int i = 0; i < model.rowCount(); ++i)
            out << model.data(model.index(i, 0)).toString();
        return out.join(QLatin1Char('\n'));
    }
    // Of hosts and CPUs.
    static std::vector<OverviewQueue> queuesOf(const Overview &o) {
        std::vector<OverviewQueue> out;
        for (const OverviewHost &h : o.hosts)
            out.insert(out.end(), h.queues.begin(), h.queues.end());
        for (const OverviewCpu &cpu : o.cpus)
            out.insert(out.end(), cpu.queues.begin(), cpu.queues.end());
        return out;
    }
    [[nodiscard]] std::optional<OverviewQueue> queue(const char *name) const {
        for (const OverviewQueue &q : queuesOf(s.map.overview()))
            if (q.name.contains(QLatin1String(name))) return q;
        return {};
    }
    Session s;
};

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
    EXPECT_EQ(queue("poll_list")->length, 1U); // it is being polled
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

TEST_F(Map, ALayerShowsItsCallsAndQueues) {
    openAt("udp-veth.yaml", "ip_rcv_core", MapModel::layerZoom);
    const LayerZoom &layer = s.map.layer();
    EXPECT_EQ(layer.title.toStdString(), "IP, receiver");
    int now = 0;
    bool later = false;
    for (const LayerCall &c : layer.calls) {
        now += c.now;
        later |= !c.done;
        if (c.now) {
            EXPECT_EQ(c.name.toStdString(), "ip_rcv_core");
        }
    }
    EXPECT_EQ(now, 1);
    EXPECT_TRUE(later);
    openAt("udp-veth.yaml", "sock_def_readable", MapModel::layerZoom);
    ASSERT_FALSE(s.map.layer().queues.empty());
    EXPECT_TRUE(s.map.layer().queues[0].name.contains(QLatin1String("sk_receive_queue")));
}

TEST_F(Map, StepsBackShowWhatStepsForwardShowed) {
    const QAbstractItemModelTester tester(&s.map);
    constexpr int stride = 29;
    for (const MapModel::Zoom zoom : {MapModel::overviewZoom, MapModel::layerZoom}) {
        s.map.setZoom(zoom);
        for (const test::BundledTrace &t : test::bundledTraces()) {
            s.open(t.document);
            std::vector<std::size_t> seen;
            const int steps = s.selection.stepCount();
            for (int i = 0; i < steps; i += stride) {
                s.selection.setStepInt(i);
                seen.push_back(qHash(said(s.map)));
            }
            for (int i = (steps - 1) / stride; i >= 0; --i) {
                s.selection.setStepInt(i * stride);
                ASSERT_EQ(qHash(said(s.map)), seen[std::size_t(i)]) << t.name << " step " << i * stride;
            }
        }
    }
}

TEST_F(Map, WordsStayInsideThePane) {
    for (const test::BundledTrace &t : test::bundledTraces()) {
        s.open(t.document);
        for (const MapModel::Zoom zoom : {MapModel::overviewZoom, MapModel::layerZoom})
            for (int i = 0; i < s.selection.stepCount(); i += 23) {
                s.map.setZoom(zoom);
                s.selection.setStepInt(i);
                for (const QSizeF size : {QSizeF(604, 264), QSizeF(500, 240), QSizeF(900, 560)}) {
                    const DisplayList list = zoom == MapModel::overviewZoom ? overviewScene(s.map.overview(), size)
                                                                            : layerScene(s.map.layer(), size);
                    for (const Item &item : list.items)
                        if (const auto *l = std::get_if<Label>(&item)) {
                            const qreal wide = l->maxWidth > 0 ? std::min(l->maxWidth, labelWidth(*l)) : labelWidth(*l);
                            const qreal left = l->anchor == Anchor::start ? l->at.x()
                                               : l->anchor == Anchor::end ? l->at.x() - wide
                                                                          : l->at.x() - wide / 2;
                            EXPECT_GE(left, -1) << t.name << ' ' << i << l->runs[0].text.toStdString();
                            EXPECT_LE(left + wide, size.width() + 1)
                                << t.name << ' ' << i << l->runs[0].text.toStdString();
                            EXPECT_LE(l->at.y(), size.height() + 1)
                                << t.name << ' ' << i << l->runs[0].text.toStdString();
                        }
                }
            }
    }
}

TEST_F(Map, CommandsGoNearerAndFartherAndSayWhereTheyEnd) {
    CommandRegistry registry;
    addMapCommands(registry, s);
    EXPECT_EQ(s.map.zoom(), MapModel::wayZoom);
    EXPECT_TRUE(registry.trigger(QStringLiteral("map.out")));
    EXPECT_EQ(s.map.zoom(), MapModel::overviewZoom);
    EXPECT_FALSE(registry.trigger(QStringLiteral("map.out")));
    EXPECT_TRUE(registry.trigger(QStringLiteral("map.in")));
    EXPECT_TRUE(registry.trigger(QStringLiteral("map.in")));
    EXPECT_EQ(s.map.zoom(), MapModel::layerZoom);
    EXPECT_FALSE(registry.trigger(QStringLiteral("map.in")));
}
} // namespace
