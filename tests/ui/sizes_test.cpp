// SPDX-License-Identifier: GPL-2.0-or-later
// From a small laptop to a 4K projector, and with the user's own zoom: nothing lies outside, nothing overlaps.
#include "tests/ui/window_fixture.h"

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using Sizes = test::Windows;
using test::Opened;

struct Named {
    std::string name;
    QRectF rect;
};

// The panes (those with a question) and the bars around them.
std::vector<Named> blocks(Opened &o) {
    std::vector<Named> out;
    for (QQuickItem *item : o.items()) {
        const std::string kind =
            QString::fromLatin1(item->metaObject()->className()).section(QLatin1Char('_'), 0, 0).toStdString();
        const bool pane = item->property("view").isValid() && item->property("name").isValid() && item->isFocusScope();
        if (pane || kind == "Banner" || kind == "Toolbar" || kind == "StatusBar")
            out.push_back({pane ? item->property("name").toString().toStdString() : kind,
                           item->mapRectToScene(QRectF(0, 0, item->width(), item->height()))});
    }
    return out;
}

void expectApart(Opened &o, const std::string &where) {
    const std::vector<Named> all = blocks(o);
    EXPECT_GE(all.size(), 5U) << where;
    const QRectF room(-1, -1, o.window->width() + 2, o.window->height() + 2);
    for (const Named &b : all) {
        EXPECT_TRUE(room.contains(b.rect)) << where << ": " << b.name << " lies outside";
        EXPECT_TRUE(b.rect.width() > 150 && b.rect.height() > 14) << where << ": " << b.name << " has no room";
    }
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t j = i + 1; j < all.size(); ++j) {
            const QRectF both = all[i].rect & all[j].rect;
            EXPECT_FALSE(both.width() > 1.5 && both.height() > 1.5)
                << where << ": " << all[i].name << " lies on " << all[j].name;
        }
    // the toolbar's buttons neither overlap nor leave the window
    std::vector<Named> buttons;
    for (QQuickItem *item : o.items())
        if (item->property("command").isValid() && item->y() + item->mapToScene({0, 0}).y() < 60 * o.controller.unit())
            buttons.push_back({item->property("command").toString().toStdString(),
                               item->mapRectToScene(QRectF(0, 0, item->width(), item->height()))});
    for (std::size_t i = 0; i < buttons.size(); ++i) {
        EXPECT_TRUE(room.contains(buttons[i].rect)) << where << ": " << buttons[i].name << " lies outside";
        for (std::size_t j = i + 1; j < buttons.size(); ++j) {
            const QRectF both = buttons[i].rect & buttons[j].rect;
            EXPECT_FALSE(both.width() > 1.5 && both.height() > 1.5)
                << where << ": " << buttons[i].name << " lies on " << buttons[j].name;
        }
    }
}

TEST_F(Sizes, NothingOverlapsAtAnySize) {
    Opened o(test::plainOptions());
    o.at("ip_rcv_core");
    for (const QSize &size : {QSize(1600, 1000), QSize(1280, 800), QSize(1100, 760), QSize(900, 620), QSize(1366, 768),
                              QSize(1920, 1080), QSize(2560, 1440), QSize(3840, 2160)}) {
        const QString name = QStringLiteral("%1x%2").arg(size.width()).arg(size.height());
        o.window->resize(size);
        QTest::qWait(30);
        expectApart(o, name.toStdString());
    }
}

// The scale of the grammar: min(width / 1600, height / 1000), from 0.9 to 1.6, times the zoom.
TEST_F(Sizes, TheScaleFollowsTheWindowAndTheZoom) {
    Opened o(test::plainOptions());
    EXPECT_DOUBLE_EQ(o.controller.unit(), 1);
    o.window->resize(1920, 1080);
    QTest::qWait(20);
    EXPECT_DOUBLE_EQ(o.controller.unit(), 1.08);
    o.window->resize(3840, 2160);
    QTest::qWait(20);
    EXPECT_DOUBLE_EQ(o.controller.unit(), 1.6);
    o.window->resize(1280, 800);
    QTest::qWait(20);
    EXPECT_DOUBLE_EQ(o.controller.unit(), 0.9);
    QTest::keyClick(o.window, Qt::Key_Plus, Qt::ControlModifier);
    EXPECT_NEAR(o.controller.unit(), 0.99, 1e-9);
    QTest::keyClick(o.window, Qt::Key_0, Qt::ControlModifier);
    QTest::keyClick(o.window, Qt::Key_Minus, Qt::ControlModifier);
    EXPECT_NEAR(o.controller.unit(), 0.9 / 1.1, 1e-9);
    for (int i = 0; i < 30; ++i)
        QTest::keyClick(o.window, Qt::Key_Plus, Qt::ControlModifier);
    EXPECT_NEAR(o.controller.unit(), 0.9 * mostZoom, 1e-9);
}

TEST_F(Sizes, NothingOverlapsWhenZoomed) {
    Opened o(test::plainOptions());
    o.at("ip_rcv_core");
    for (const int steps : {-2, 2, 4}) {
        o.controller.trigger(QStringLiteral("view.zoom.reset"));
        for (int i = 0; i < std::abs(steps); ++i)
            o.controller.trigger(steps < 0 ? QStringLiteral("view.zoom.out") : QStringLiteral("view.zoom.in"));
        for (const QSize &size : {QSize(1600, 1000), QSize(1920, 1080)}) {
            o.window->resize(size);
            const QString name = QStringLiteral("%1-zoom%2").arg(size.width()).arg(steps);
            QTest::qWait(30);
            expectApart(o, name.toStdString());
        }
    }
}
} // namespace
