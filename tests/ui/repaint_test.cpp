// SPDX-License-Identifier: GPL-2.0-or-later
// A pane paints only what a step changed. What is on screen then is what painting all of it shows.
#include "tests/ui/window_fixture.h"
#include "ui/views/scene_view.h"

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using namespace skbscope::ui::test;

// Qt rounds the rim of a slanted shape by where the painting begins: some steps of 255, which nobody sees.
constexpr int rim = 8;
int largestDifference(const QImage &a, const QImage &b) {
    if (a.size() != b.size() || a.format() != b.format() || a.depth() != 32) return 256;
    int most = 0;
    for (int y = 0; y < a.height(); ++y) {
        const uchar *one = a.constScanLine(y), *other = b.constScanLine(y);
        for (int x = 0; x < 4 * a.width(); ++x)
            most = std::max(most, std::abs(int(one[x]) - int(other[x])));
    }
    return most;
}

class Repaints : public Windows {
protected:
    // How many pictures differed from the one before.
    int compared = 0, moved = 0;

    void expectWhole(Opened &o, const std::string &where) {
        QCoreApplication::processEvents();
        const QImage kept = o.window->grabWindow();
        for (QQuickItem *item : o.items())
            if (auto *view = qobject_cast<SceneView *>(item))
                static_cast<QQuickPaintedItem *>(view)->update(view->boundingRect().toAlignedRect());
        const QImage whole = o.window->grabWindow();
        const int difference = largestDifference(kept, whole);
        if (difference > rim) {
            kept.save(QStringLiteral(SKBSCOPE_BINARY_DIR "/repaint-kept.png"));
            whole.save(QStringLiteral(SKBSCOPE_BINARY_DIR "/repaint-whole.png"));
        }
        ASSERT_LE(difference, rim) << where;
        moved += last_ != whole;
        last_ = whole;
        ++compared;
    }

private:
    QImage last_;
};

TEST_F(Repaints, StepsLeaveNothingBehind) {
    Opened o(plainOptions());
    Selection &selection = o.session().selection;
    const int steps = selection.stepCount();
    expectWhole(o, "at first");
    for (int step = 0; step < steps; step += step < steps / 4 ? 1 : 7) {
        selection.setStepInt(step);
        ASSERT_NO_FATAL_FAILURE(expectWhole(o, "step " + std::to_string(step)));
    }
    for (int step = steps; step > 0; step -= 11) {
        selection.setStepInt(step - 1);
        ASSERT_NO_FATAL_FAILURE(expectWhole(o, "back to " + std::to_string(step - 1)));
    }
    EXPECT_GT(moved, compared * 9 / 10);
}

// Where a pixel of the design is none of the screen, what is painted again ends between pixels.
TEST_F(Repaints, AtAnOddScaleInTheDarkWithThePointerAbout) {
    WindowOptions options = plainOptions();
    options.theme = "dark";
    Opened o(options, 1357, 887);
    Selection &selection = o.session().selection;
    for (int step = 3; step < selection.stepCount(); step += 13) {
        selection.setStepInt(step);
        ASSERT_NO_FATAL_FAILURE(expectWhole(o, "step " + std::to_string(step)));
        QTest::mouseMove(o.window, QPoint(60 + step * 5 % 1200, 200 + step * 3 % 500));
        ASSERT_NO_FATAL_FAILURE(expectWhole(o, "pointed at, step " + std::to_string(step)));
    }
    EXPECT_GT(moved, compared / 2);
}

TEST_F(Repaints, AThemeASizeAndAPaneThatWasHidden) {
    Opened o(plainOptions());
    const int middle = o.session().selection.stepCount() / 2;
    o.session().selection.setStepInt(middle);
    for (const char *command : {"view.theme", "map.in", "map.out", "map.out", "side.toggle"}) {
        o.controller.trigger(QString::fromLatin1(command));
        ASSERT_NO_FATAL_FAILURE(expectWhole(o, command));
    }
    for (const QSize size : {QSize(1280, 800), QSize(1920, 1080), QSize(1600, 1000)}) {
        o.window->resize(size);
        ASSERT_NO_FATAL_FAILURE(expectWhole(o, "at width " + std::to_string(size.width())));
        o.session().selection.setStepInt(middle + size.width() % 7); // while its tabs hide panes
        ASSERT_NO_FATAL_FAILURE(expectWhole(o, "a step at width " + std::to_string(size.width())));
    }
    EXPECT_GT(moved, compared / 2);
}
} // namespace
