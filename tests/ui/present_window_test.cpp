// SPDX-License-Identifier: GPL-2.0-or-later
// Presentation mode by keys: everything on screen is large enough and whole at every size of a projector, and when it
// ends the window is as it was.
#include "tests/ui/keys_fixture.h"
#include "tests/ui/label_rects.h"

#include <QRegularExpression>

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using test::Keys;

constexpr QSize sizes[] = {{1600, 1000}, {1280, 800}, {1920, 1080}, {3840, 2160}};
constexpr const char *paneNames[] = {"stack", "memory", "calls", "bytes", "card", "source"};

class PresentWindow : public Keys {
protected:
    [[nodiscard]] Present &present() { return controller.present(); }
    // As a screen of that size: a full screen window of the offscreen platform keeps its own.
    void size(const QSize &to) {
        window->setVisibility(QWindow::Windowed);
        window->resize(to);
        EXPECT_TRUE(QTest::qWaitFor([&] { return window->size() == to; }, 1000));
        QTest::qWait(30);
    }
    // Every text item that is shown, outermost first.
    static void texts(QQuickItem *in, std::vector<QQuickItem *> &out) {
        if (!in->isVisible()) return;
        if (in->inherits("QQuickText") && !in->property("text").toString().isEmpty()) out.push_back(in);
        for (QQuickItem *child : in->childItems())
            texts(child, out);
    }
    std::vector<QQuickItem *> texts() const {
        std::vector<QQuickItem *> out;
        texts(window->contentItem(), out);
        return out;
    }
    static std::string words(QQuickItem *item) { return item->property("text").toString().toStdString(); }
    static qreal pixels(QQuickItem *item) {
        const QFont font = item->property("font").value<QFont>();
        qreal size = font.pixelSize() > 0 ? font.pixelSize() : font.pointSizeF() * 4 / 3;
        for (QQuickItem *i = item; i; i = i->parentItem())
            size *= i->scale();
        return size;
    }
    static QRectF place(QQuickItem *item) {
        const qreal width = std::min(item->width(), item->property("contentWidth").toReal()),
                    height = item->property("contentHeight").toReal();
        const qreal x = item->property("horizontalAlignment").toInt() == Qt::AlignRight ? item->width() - width : 0;
        const qreal y =
            (item->height() - height) / 2 * (item->property("verticalAlignment").toInt() == Qt::AlignVCenter);
        return item->mapRectToScene(QRectF(x, y, width, height)).adjusted(1, 1, -1, -1);
    }
    // In a list that scrolls, the last line may stand half below the edge.
    static bool scrolls(QQuickItem *item) {
        for (QQuickItem *i = item; i; i = i->parentItem())
            if (i->inherits("QQuickFlickable")) return true;
        return false;
    }
    void checkTexts(qreal least) {
        static const QRegularExpression styled(QStringLiteral("font-size:([0-9.]+)pt"));
        std::vector<std::pair<QRectF, std::string>> seen;
        const std::vector<QQuickItem *> all = texts();
        EXPECT_GT(all.size(), 12U);
        for (QQuickItem *item : all) {
            EXPECT_GE(pixels(item), least) << words(item);
            for (auto at = styled.globalMatch(item->property("text").toString()); at.hasNext();)
                EXPECT_GE(at.next().captured(1).toDouble() * 4 / 3, least) << words(item);
            if (scrolls(item)) continue;
            const QRectF rect = place(item);
            EXPECT_TRUE(QRectF(QPointF(), window->size()).contains(rect)) << words(item);
            EXPECT_FALSE(item->property("truncated").toBool()) << words(item);
            EXPECT_LE(item->property("contentHeight").toReal(), item->height() + 2) << words(item);
            for (const auto &[other, text] : seen)
                EXPECT_FALSE(other.intersects(rect)) << words(item) << " lies on " << text;
            seen.emplace_back(rect, words(item));
        }
    }
    void checkDrawn(qreal least) {
        int drawn = 0;
        for (auto *v : window->findChildren<SceneView *>()) {
            if (!v->isVisible() || v->list().items.empty()) continue;
            ++drawn;
            const bool big = QByteArray(v->metaObject()->className()).contains("::Big");
            const qreal unit = big ? present().pixel() : controller.unit();
            for (const Item &item : v->list().items)
                if (const Label *label = std::get_if<Label>(&item); label && !test::labelText(*label).empty()) {
                    EXPECT_GE(label->size * unit, least) << test::labelText(*label);
                }
            if (big) {
                const std::vector<std::string> wrong = test::labelComplaints(v->list(), 20);
                EXPECT_TRUE(wrong.empty()) << wrong.front();
            }
        }
        const auto isDrawn = [](const QString &pane) {
            return pane != QLatin1String("card") && pane != QLatin1String("source");
        };
        EXPECT_EQ(drawn, isDrawn(present().left()) + isDrawn(present().right()));
    }
    // 1/50 of the height, but for the rounding of letters to points.
    void checkEverything() {
        window->grabWindow(); // whatever waits to be laid out or drawn is now
        const qreal least = window->height() / 50.0 - 0.1;
        checkTexts(least);
        checkDrawn(least);
    }
};

TEST_F(PresentWindow, BeginsInLightOnTheWholeScreenAndLeavesNoTrace) {
    size({1280, 800});
    controller.theme().setMode(QStringLiteral("dark"));
    press(Qt::Key_Plus, Qt::ControlModifier);
    at("ip_rcv");
    const qreal unit = controller.unit();
    for (const Qt::Key leave : {Qt::Key_P, Qt::Key_Escape}) {
        press(Qt::Key_P);
        EXPECT_TRUE(present().isOn());
        EXPECT_EQ(window->visibility(), QWindow::FullScreen);
        EXPECT_FALSE(controller.theme().isDark());
        press(leave);
        EXPECT_FALSE(present().isOn());
        EXPECT_EQ(window->visibility(), QWindow::Windowed);
        EXPECT_EQ(controller.theme().mode(), QStringLiteral("dark"));
        EXPECT_TRUE(QTest::qWaitFor([this] { return window->size() == QSize(1280, 800); }, 1000));
        EXPECT_DOUBLE_EQ(controller.unit(), unit);
        EXPECT_EQ(here(), "ip_rcv");
    }
}

TEST_F(PresentWindow, NothingIsTooSmallCutOffOrOverlapping) {
    press(Qt::Key_P);
    for (const QSize &to : sizes) {
        size(to);
        EXPECT_DOUBLE_EQ(present().pixel(), std::min(to.width() / 1600.0, to.height() / 1000.0));
        for (const char *function :
             {"__sys_sendto", "ip_output", "eth_type_trans", "ip_rcv_core", "udp_queue_rcv_one_skb"}) {
            SCOPED_TRACE(testing::Message() << to.width() << " x " << to.height() << ", " << function);
            at(function);
            QTest::qWait(20);
            checkEverything();
        }
        shoot(QStringLiteral("present-%1").arg(to.height()).toLatin1().constData());
    }
}

TEST_F(PresentWindow, EveryPairOfPanesIsLargeEnough) {
    press(Qt::Key_P);
    at("ip_rcv_core");
    for (const QSize &to : {QSize(1600, 1000), QSize(1920, 1080)}) {
        size(to);
        for (const char *l : paneNames)
            for (const char *r : paneNames) {
                if (std::string(l) >= r) continue; // which of them stands left makes no difference
                SCOPED_TRACE(testing::Message() << to.width() << ": " << l << " and " << r);
                present().setPane(0, QLatin1String(l));
                present().setPane(1, QLatin1String(r));
                QTest::qWait(10);
                checkEverything();
                if (to.height() == 1000)
                    shoot(
                        QStringLiteral("present-%1-%2").arg(QLatin1String(l), QLatin1String(r)).toLatin1().constData());
            }
    }
}

TEST_F(PresentWindow, APresentersRemoteStepsAndBlanks) {
    at("ip_rcv");
    const quint32 before = s().selection.step();
    press(Qt::Key_PageDown); // before it begins, too
    EXPECT_EQ(s().selection.step(), before + 1);
    press(Qt::Key_PageUp);
    press(Qt::Key_P);
    press(Qt::Key_PageDown);
    press(Qt::Key_PageDown);
    press(Qt::Key_PageUp);
    EXPECT_EQ(s().selection.step(), before + 1);
    for (const auto &[key, blank] :
         {std::pair{Qt::Key_Period, 1}, {Qt::Key_B, 1}, {Qt::Key_W, 2}, {Qt::Key_Comma, 2}}) {
        press(key);
        EXPECT_EQ(present().blank(), blank);
        press(Qt::Key_PageDown); // shows it again, and does no more
        EXPECT_EQ(present().blank(), 0);
        EXPECT_EQ(s().selection.step(), before + 1);
    }
    EXPECT_EQ(s().breakpoints.count(), 0); // B set none
    press(Qt::Key_Period);
    press(Qt::Key_Escape);
    EXPECT_TRUE(present().isOn()); // the first one only ended the blank screen
    press(Qt::Key_Escape);
    EXPECT_FALSE(present().isOn());
    press(Qt::Key_Period); // nothing is presented
    EXPECT_EQ(present().blank(), 0);
    EXPECT_NE(notice().find("P begins"), std::string::npos);
    press(Qt::Key_B);
    EXPECT_EQ(s().breakpoints.count(), 1);
}

TEST_F(PresentWindow, TheLecturerPicksThePanesByKeys) {
    press(Qt::Key_P);
    press(Qt::Key_P, Qt::ShiftModifier);
    type("calls");
    shoot("present-picker");
    press(Qt::Key_Return);
    EXPECT_EQ(present().left(), QStringLiteral("calls"));
    EXPECT_EQ(present().right(), QStringLiteral("memory"));
    press(Qt::Key_P, Qt::ControlModifier);
    type("calls");
    press(Qt::Key_Return); // they change places
    EXPECT_EQ(present().left(), QStringLiteral("memory"));
    EXPECT_EQ(present().right(), QStringLiteral("calls"));
    press(Qt::Key_F6);
    press(Qt::Key_F6);
    QTest::qWait(30);
    for (int i = 0; i < 3; ++i)
        press(Qt::Key_Down, Qt::AltModifier); // F6 reached the calls
    EXPECT_EQ(s().selection.hovered().kind, Linked::call);
    press(Qt::Key_F, Qt::ControlModifier); // needs the whole window, and says so
    EXPECT_NE(notice().find("P leaves"), std::string::npos);
}
} // namespace
