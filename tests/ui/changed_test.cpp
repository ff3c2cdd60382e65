// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/ui/offscreen.h"
#include "ui/display/changed.h"
#include "ui/display/painter.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QPainter>
#include <gtest/gtest.h>

namespace {
using namespace skbscope::ui;

class Changed : public test::Offscreen {};

DisplayList listOf(std::vector<Item> items) {
    DisplayList out;
    out.items = std::move(items);
    return out;
}
Box boxAt(qreal x, Ink fill = Ink::ink) {
    return {{x, 10, 8, 6}, 0, fill};
}

TEST_F(Changed, EqualListsChangeNothing) {
    const DisplayList list = listOf({boxAt(0), Label{{30, 20}, 12, {{"skb_pull"}}}, boxAt(90)});
    EXPECT_TRUE(changedBetween(list, list).isNull());
}

TEST_F(Changed, WhatMovedIsCoveredWhereItWasAndIs) {
    const QRectF changed =
        changedBetween(listOf({boxAt(0), boxAt(50), boxAt(200)}), listOf({boxAt(0), boxAt(70), boxAt(200)}));
    EXPECT_TRUE(changed.contains(QRectF(50, 10, 28, 6)));
    EXPECT_GT(changed.left(), 40);
    EXPECT_LT(changed.right(), 90);
}

TEST_F(Changed, AnItemMoreMakesTheOthersNoNewOnes) {
    const QRectF changed =
        changedBetween(listOf({boxAt(0), boxAt(50), boxAt(300)}), listOf({boxAt(0), boxAt(20), boxAt(50), boxAt(300)}));
    EXPECT_TRUE(changed.contains(QRectF(20, 10, 8, 6)));
    EXPECT_LT(changed.right(), 40);
    EXPECT_EQ(changed, changedBetween(listOf({boxAt(0), boxAt(20), boxAt(50), boxAt(300)}),
                                      listOf({boxAt(0), boxAt(50), boxAt(300)})));
}

TEST_F(Changed, AnotherOrderIsAnotherPicture) {
    EXPECT_TRUE(changedBetween(listOf({boxAt(0, Ink::ink), boxAt(4, Ink::now)}),
                               listOf({boxAt(4, Ink::now), boxAt(0, Ink::ink)}))
                    .intersects(QRectF(4, 10, 4, 6)));
}

// Paints one item alone, and looks where the paint is.
QRectF inkOf(const Item &item, const QPointF &from, const QSize &size) {
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter p(&image);
    p.translate(-from);
    paintDisplayList(p, listOf({item}), Palette::light());
    p.end();
    QRect seen;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (qAlpha(image.pixel(x, y))) seen |= QRect(x, y, 1, 1);
    return QRectF(seen).translated(from);
}

TEST_F(Changed, NothingPaintsOutsideOfItsBounds) {
    std::vector<Item> items;
    for (const Anchor anchor : {Anchor::start, Anchor::middle, Anchor::end})
        for (const bool upward : {false, true})
            for (const bool mono : {false, true})
                for (const qreal size : {9.0, 12.3, 40.0})
                    items.emplace_back(Label{{0, 0},
                                             size,
                                             {{"fjÅgy ", Ink::ink, 700, mono, true}, {"W_j|", Ink::ink, 400, mono}},
                                             anchor,
                                             0,
                                             upward,
                                             Ink::panel});
    items.emplace_back(Label{{0, 0}, 14, {{"a word that has no room"}}, Anchor::start, 60});
    items.emplace_back(Box{{0, 0, 40, 20}, 6, Ink::ink, Texture::softirq, Stroke{Ink::ink, 5}});
    QPainterPath sharp(QPointF(0, 0));
    sharp.lineTo(60, 4);
    sharp.lineTo(0, 8);
    items.emplace_back(Path{sharp, {}, Texture::none, Stroke{Ink::ink, 6}});
    items.emplace_back(Mark{skbscope::trace::RowMark::unexplained, {0, 0, 16, 16}});
    for (std::size_t i = 0; i < items.size(); ++i) {
        const QRectF ink = inkOf(items[i], {-400, -400}, {800, 800});
        EXPECT_FALSE(ink.isEmpty()) << i;
        EXPECT_TRUE(boundsOf(items[i]).contains(ink)) << i;
    }
}
} // namespace
