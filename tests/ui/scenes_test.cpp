// SPDX-License-Identifier: GPL-2.0-or-later
// Display lists: drawn without a window, in the pane, with every word where it can be read.
#include "tests/ui/fixture.h"
#include "tests/ui/offscreen.h"
#include "ui/display/painter.h"
#include "ui/models/session.h"
#include "ui/scenes/bytes_scene.h"
#include "ui/scenes/calls_scene.h"
#include "ui/scenes/memory_layout.h"
#include "ui/scenes/memory_map_scene.h"
#include "ui/scenes/stack_map_scene.h"
#include "ui/scenes/timeline_scene.h"
#include "ui/scenes/timeline_tags.h"

#include <QImage>
#include <QPainter>
#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>

namespace {
using namespace skbscope;
using namespace skbscope::ui;

class Scenes : public test::Offscreen {
protected:
    Scenes() { s.open(TraceDocument::build(ui::test::udpVeth())); }

    std::vector<DisplayList> all() const {
        return {callsScene(s.calls, {{638, 570}, 18.9, 0, s.kernelHead(), QStringLiteral("0"), 0}),
                stackMapScene(s.stack.map(), {{604, 264}, Station::none, 1}),
                memoryMapScene(s.memory.map(), {{604, 200}, 1, s.link.frames()}),
                bytesScene(s.headers, {{604, 124}, 0, -1}), timelineScene(s.timeline, {{1586, 132}})};
    }
    Session s;
};

QRectF rectOf(const Label &l) {
    const qreal width = l.maxWidth > 0 ? std::min(l.maxWidth, labelWidth(l)) : labelWidth(l);
    const qreal shift = l.anchor == Anchor::start ? 0 : l.anchor == Anchor::middle ? width / 2 : width;
    if (l.upward) return {l.at.x() - l.size, l.at.y() - width + shift, l.size, width};
    return {l.at.x() - shift, l.at.y() - l.size * 0.75, width, l.size};
}

TEST_F(Scenes, WordsStayInsideTheirPane) {
    for (quint32 i = 0; i < s.selection.document()->steps().size(); ++i) {
        s.selection.setStep(i);
        int pane = 0;
        for (const DisplayList &list : all()) {
            const QRectF room = QRectF({0, 0}, list.size).adjusted(-1, -1, 1, 1);
            for (const Item &item : list.items)
                if (const auto *label = std::get_if<Label>(&item)) {
                    EXPECT_TRUE(room.contains(rectOf(*label)))
                        << "step " << i << ", pane " << pane << ": " << label->runs[0].text.toStdString();
                }
            ++pane;
        }
    }
}

TEST_F(Scenes, RegionsNameWhatTheyAre) {
    s.selection.setStep(98);
    const std::vector<DisplayList> lists = all();
    const QString here = QStringLiteral("row:%1").arg(s.calls.currentRow());
    const auto find = [](const DisplayList &list, const QString &id) {
        return std::find_if(list.regions.begin(), list.regions.end(), [&id](const Region &r) { return r.id == id; });
    };
    ASSERT_NE(find(lists[0], here), lists[0].regions.end());
    EXPECT_EQ(lists[0].hit(find(lists[0], here)->rect.topLeft() + QPointF(120, 9))->id, here);
    EXPECT_NE(find(lists[1], QStringLiteral("station:%1").arg(int(Station::rxNetwork))), lists[1].regions.end());
    EXPECT_NE(find(lists[2], QStringLiteral("segment:16")), lists[2].regions.end());
    EXPECT_NE(find(lists[3], QStringLiteral("byte:26")), lists[3].regions.end());
    EXPECT_NE(find(lists[3], QStringLiteral("field:IPv4.checksum")), lists[3].regions.end());
    EXPECT_EQ(lists[3].hit({-5, -5}), nullptr);
}

TEST_F(Scenes, APointerSlidesFromOldToNew) {
    const auto &rows = s.selection.document()->rows();
    for (quint32 i = 0; i < rows.size(); ++i)
        if (rows[i].name == QLatin1String("skb_pull_inline")) s.selection.setRow(i);
    const auto pillAt = [this](qreal progress) {
        const DisplayList list = memoryMapScene(s.memory.map(), {{604, 200}, progress, {}});
        for (const Item &item : list.items)
            if (const auto *box = std::get_if<Box>(&item); box && box->fill == Ink::now) return box->rect.center().x();
        return -1.0;
    };
    EXPECT_LT(pillAt(0), pillAt(0.5));
    EXPECT_LT(pillAt(0.5), pillAt(1));
}

TEST_F(Scenes, TheTokenTravelsAlongTheWay) {
    s.selection.setStep(98);
    const auto tokenAt = [this](Station from, qreal progress) {
        const DisplayList list = stackMapScene(s.stack.map(), {{604, 264}, from, progress});
        for (const Item &item : list.items)
            if (const auto *box = std::get_if<Box>(&item); box && box->fill == Ink::now) return box->rect.center();
        return QPointF();
    };
    const QPointF from = tokenAt(Station::rxDevice, 0), half = tokenAt(Station::rxDevice, 0.5),
                  to = tokenAt(Station::rxDevice, 1);
    EXPECT_GT(from.y(), half.y());
    EXPECT_GT(half.y(), to.y());
    EXPECT_EQ(tokenAt(Station::none, 0.5), to); // no way to show: it is where it is
}

// A crowd at one place: the one that asks for attention is the last to be left out.
TEST_F(Scenes, UnexplainedTagsStay) {
    std::vector<TimelineTag> tags;
    for (quint32 i = 0; i < 40; ++i)
        tags.push_back({i, TimelineTag::queue, QStringLiteral("+1"), trace::RowMark::match, {}});
    tags[20].kind = TimelineTag::difference, tags[20].mark = trace::RowMark::unexplained;
    tags[30].kind = TimelineTag::difference, tags[30].mark = trace::RowMark::model_only;
    std::vector<int> all(40);
    std::iota(all.begin(), all.end(), 0);
    // each is 22 wide, they want to stand at one point
    const auto crowded = [](const std::vector<int> &some) {
        TagCrowd crowd;
        for (std::size_t i = 0; i < some.size(); ++i)
            crowd.drift.push_back(std::abs(22.0 * (double(i) - double(some.size() - 1) / 2)));
        return crowd;
    };
    const std::vector<int> shown = fittingTags(tags, all, 0, crowded);
    EXPECT_LT(shown.size(), 9U);
    EXPECT_GT(shown.size(), 3U);
    EXPECT_EQ(shown.front(), 0); // the strong one
    EXPECT_TRUE(std::ranges::count(shown, 20));
    EXPECT_FALSE(std::ranges::count(shown, 30));
    const auto full = [&crowded](const std::vector<int> &some) {
        TagCrowd crowd = crowded(some);
        crowd.full = some.size() > 2;
        return crowd;
    };
    EXPECT_EQ(fittingTags(tags, all, 0, full), (std::vector<int>{0, 20}));
}

// What was left out while there was a crowd is shown when there is room after all.
TEST_F(Scenes, TagsThatFitAfterAllAreShown) {
    std::vector<TimelineTag> tags(3, TimelineTag{0, TimelineTag::queue, QStringLiteral("+1"), {}, {}});
    const auto crowded = [](const std::vector<int> &some) { // all three do not fit, two do
        TagCrowd crowd;
        for (const int i : some)
            crowd.drift.push_back(some.size() == 3 ? 70 + i : some == std::vector<int>{0, 1} ? 65 : 0);
        return crowd;
    };
    EXPECT_EQ(fittingTags(tags, {0, 1, 2}, -1, crowded), (std::vector<int>{1, 2}));
}

// What has happened stands left of now, what is to come right of it: a chip is read as a clock's hand is.
TEST_F(Scenes, TagsStandOnTheirSideOfNow) {
    int seen = 0;
    for (const QSizeF size : {QSizeF(1588, 114), QSizeF(1408, 94)})
        for (quint32 step = 0; step < s.selection.document()->steps().size(); ++step) {
            s.selection.setStep(step);
            TimelineSceneOptions options;
            options.size = size;
            const DisplayList list = timelineScene(s.timeline, options);
            const auto isNow = [](const Item &item) {
                const auto *box = std::get_if<Box>(&item);
                return box && box->fill == Ink::now && box->rect.width() == 4;
            };
            const auto now = std::ranges::find_if(list.items, isNow);
            if (now == list.items.end()) continue;
            const qreal at = std::get<Box>(*now).rect.center().x();
            if (at < 220 || at > size.width() - 80) continue; // too near an end for two sides
            for (const Region &r : list.regions) {
                if (!r.id.startsWith(QStringLiteral("tag:"))) continue;
                const bool past = r.id.mid(4).toUInt() <= s.timeline.current();
                EXPECT_TRUE(past ? r.rect.right() <= at + 1 : r.rect.left() >= at - 1)
                    << r.id.toStdString() << " at step " << step;
                ++seen;
            }
        }
    EXPECT_GT(seen, 1000);
}

// Where a difference began stays; the calls that only carry it on give way to what was done to the buffer.
TEST_F(Scenes, WhatOnlyFollowsGivesWay) {
    std::vector<TimelineTag> tags;
    for (quint32 i = 0; i < 30; ++i) {
        tags.push_back({i, TimelineTag::difference, {}, trace::RowMark::differs, {}});
        tags.back().again = i > 0;
    }
    tags[15] = {15, TimelineTag::buffer, QStringLiteral("pull 14"), {}, {}};
    std::vector<int> all(30);
    std::iota(all.begin(), all.end(), 0);
    const auto crowded = [](const std::vector<int> &some) {
        TagCrowd crowd;
        crowd.drift.assign(some.size(), 0);
        crowd.full = some.size() > 2;
        return crowd;
    };
    EXPECT_EQ(fittingTags(tags, all, -1, crowded), (std::vector<int>{0, 15}));
}

// The function that runs now is read in full in its box.
TEST_F(Scenes, TheCurrentFunctionIsNotCut) {
    for (const QSizeF size : {QSizeF(604, 264), QSizeF(730, 175)})
        for (quint32 step = 0; step < s.selection.document()->steps().size(); ++step) {
            s.selection.setStep(step);
            for (const MapBox &b : s.stack.map().boxes)
                for (const Item &item : stackMapScene(s.stack.map(), {size, Station::none, 1}).items)
                    if (const auto *l = std::get_if<Label>(&item);
                        l && b.here && !b.queue && l->runs[0].text == b.function && l->maxWidth > 0) {
                        EXPECT_LE(labelWidth(*l), l->maxWidth + 0.5) << b.function.toStdString();
                    }
        }
}

TEST_F(Scenes, LongStretchesAreShortenedAndKeepTheirOrder) {
    std::vector<MemorySegment> segments = {{{}, 'A', 0, 64, MemorySegment::freeRoom},
                                           {QStringLiteral("IPv4"), 'N', 64, 84, MemorySegment::inPacket},
                                           {QStringLiteral("payload"), 'A', 84, 1500, MemorySegment::inPacket},
                                           {{}, 'A', 1500, 4000, MemorySegment::freeRoom}};
    const MemoryLayout layout(segments, 50, 500, 6.4);
    EXPECT_NEAR(layout.x(84) - layout.x(64), 20 * 6.4, 0.01); // a header keeps its size
    EXPECT_TRUE(layout.pieces()[2].shortened);
    EXPECT_NEAR(layout.x(4000), 500, 0.01);
    for (int byte = 1; byte <= 4000; ++byte)
        ASSERT_LE(layout.x(byte - 1), layout.x(byte));
}

// Every shape is repeated by texture or word: without colour, light and dark still differ from blank paper.
TEST_F(Scenes, PaintsInBothThemes) {
    s.selection.setStep(98);
    for (const Palette *palette : {&Palette::light(), &Palette::dark()})
        for (const DisplayList &list : all()) {
            QImage image(list.size.toSize(), QImage::Format_RGB32);
            image.fill((*palette)[Ink::panel]);
            const QImage blank = image;
            QPainter painter(&image);
            paintDisplayList(painter, list, *palette);
            painter.end();
            EXPECT_NE(image, blank);
        }
}

TEST_F(Scenes, NothingToShowIsDrawnToo) {
    s.open(TraceDocument::build({}));
    for (const DisplayList &list : all())
        EXPECT_GE(list.size.width(), 1);
}
} // namespace
