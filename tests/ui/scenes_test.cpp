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

#include <QImage>
#include <QPainter>
#include <gtest/gtest.h>

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
