// SPDX-License-Identifier: GPL-2.0-or-later
// The map from near: one layer, words inside the pane, steps back that show what steps forward showed.
#include "tests/ui/map_fixture.h"
#include "ui/commands/map_commands.h"
#include "ui/models/journey.h"
#include "ui/scenes/bytes_scene.h"
#include "ui/scenes/overview_scene.h"

#include <QAbstractItemModelTester>
#include <algorithm>
#include <set>

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using ui::test::Map;

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
