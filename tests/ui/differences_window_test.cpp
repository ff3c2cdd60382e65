// SPDX-License-Identifier: GPL-2.0-or-later
// The list of differences by keys and by pointer, in the window; and a mark's reason, told within 300 ms.
#include "tests/ui/keys_fixture.h"

#include <QAccessible>
#include <QElapsedTimer>

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using test::Keys;

class DifferencesWindow : public Keys {
protected:
    DifferencesWindow() {
        trace::Trace trace = test::udpVeth(); // and one return value that nothing explains
        trace::Side &kernel = *trace.side(SideKind::kernel);
        for (const trace::Call &call : trace::build_call_tree(kernel).calls)
            if (kernel.function_name(call.fn) == "ip_rcv") kernel.events[call.leave].leave.ret = -22;
        s().open(TraceDocument::build(std::move(trace)));
        pump();
    }
    DifferencesModel &list() { return s().differences; }
    static void pump() { QTest::qWait(20); }
    [[nodiscard]] QQuickItem *named(const QString &name) const { return named(name, window->contentItem()); }
    // A list's lines are its items, not its children.
    static QQuickItem *named(const QString &name, QQuickItem *in) {
        if (!in->isVisible()) return nullptr;
        if (accessibleName(in) == name) return in;
        for (QQuickItem *item : in->childItems())
            if (QQuickItem *found = named(name, item)) return found;
        return nullptr;
    }
    static QString accessibleName(QObject *item) {
        QAccessibleInterface *face = QAccessible::queryAccessibleInterface(item);
        return face && face->isValid() ? face->text(QAccessible::Name) : QString();
    }
    QQuickItem *lines() const { return named(QStringLiteral("Differences by reason")); }
    // Of the list: where its keys are.
    int current() const { return lines()->property("currentIndex").toInt(); }
    [[nodiscard]] bool isOpen() const { return controller.property("modal").toBool(); }
};

TEST_F(DifferencesWindow, OpensByItsKeyGoesThereAndCloses) {
    press(Qt::Key_D, Qt::ControlModifier);
    ASSERT_TRUE(isOpen());
    ASSERT_TRUE(lines());
    ASSERT_GT(list().rowCount(), 3);
    press(Qt::Key_Home);
    EXPECT_EQ(current(), 0);
    press(Qt::Key_Down);
    press(Qt::Key_Return);
    const std::string name = list().data(list().index(1), DifferencesModel::TitleRole).toString().toStdString();
    EXPECT_EQ(here(), name);
    EXPECT_EQ(s().function.name().toStdString(), name);
    EXPECT_TRUE(isOpen()); // one goes on from there
    press(Qt::Key_Escape);
    EXPECT_FALSE(isOpen());
    EXPECT_EQ(list().rowCount(), 0);
    const quint32 before = s().selection.step();
    press(Qt::Key_Right); // the keys are the window's again
    EXPECT_EQ(s().selection.step(), before + 1);
}

// The unexplained and the true ones stand at the top, wherever the call is that is looked at.
TEST_F(DifferencesWindow, OpensAtTheTopWithWholeRows) {
    s().selection.setStep(quint32(s().selection.document()->steps().size()) - 1);
    press(Qt::Key_D, Qt::ControlModifier);
    ASSERT_TRUE(lines());
    EXPECT_EQ(lines()->property("contentY").toReal(), lines()->property("originY").toReal());
    EXPECT_GE(current(), 0);
    EXPECT_LE(current(), lines()->property("page").toInt());
    const int rowHeight = lines()->property("rowHeight").toInt();
    ASSERT_GT(rowHeight, 0);
    EXPECT_EQ(int(lines()->height()) % rowHeight, 0);
}

TEST_F(DifferencesWindow, LeftAndRightFoldAReason) {
    press(Qt::Key_D, Qt::ControlModifier);
    const int all = list().rowCount();
    press(Qt::Key_Home);
    press(Qt::Key_Down);
    press(Qt::Key_Left); // from inside: its head, folded
    EXPECT_EQ(current(), 0);
    EXPECT_LT(list().rowCount(), all);
    press(Qt::Key_Right);
    EXPECT_EQ(list().rowCount(), all);
}

TEST_F(DifferencesWindow, FiltersAsOneTypesAndByKind) {
    press(Qt::Key_D, Qt::ControlModifier);
    const QString all = list().found();
    press(Qt::Key_Tab); // the filter
    type("skb");
    EXPECT_EQ(list().query(), QStringLiteral("skb"));
    EXPECT_NE(list().found(), all);
    press(Qt::Key_Tab); // the kinds
    const int shown = list().rowCount();
    press(Qt::Key_Space);
    EXPECT_FALSE(list().kinds().at(0).toMap()[QStringLiteral("on")].toBool());
    press(Qt::Key_Space);
    EXPECT_EQ(list().rowCount(), shown);
    for (int i = 0; i < 9; ++i)
        press(Qt::Key_Right);
    press(Qt::Key_Space); // the last: unexplained only
    EXPECT_TRUE(list().unexplainedOnly());
    press(Qt::Key_Escape);
    EXPECT_FALSE(isOpen());
}

TEST_F(DifferencesWindow, AClickSelectsAndEveryPartHasAName) {
    press(Qt::Key_D, Qt::ControlModifier);
    press(Qt::Key_Home);
    pump();
    const QString text = list().data(list().index(1)).toString();
    QQuickItem *line = named(text);
    ASSERT_TRUE(line) << text.toStdString();
    QTest::mouseClick(window, Qt::LeftButton, {}, line->mapToScene({line->width() / 2, line->height() / 2}).toPoint());
    EXPECT_EQ(here(), list().data(list().index(1), DifferencesModel::TitleRole).toString().toStdString());
    EXPECT_TRUE(list().data(list().index(1), DifferencesModel::HereRole).toBool());
    EXPECT_TRUE(named(QStringLiteral("Kinds of difference")));
    EXPECT_TRUE(named(QStringLiteral("Differences between model and kernel")));
}

TEST_F(DifferencesWindow, StaysInsideTheWindowAtEverySize) {
    press(Qt::Key_D, Qt::ControlModifier);
    for (const bool dark : {false, true}) {
        controller.theme().setMode(dark ? QStringLiteral("dark") : QStringLiteral("light"));
        for (const QSize size : {QSize(1280, 800), QSize(1920, 1080)}) {
            window->resize(size);
            QTest::qWait(60);
            list().choose(list().rowCount() / 3);
            QQuickItem *box = lines();
            ASSERT_TRUE(box);
            const QRectF at = box->mapRectToScene(QRectF(0, 0, box->width(), box->height()));
            EXPECT_TRUE(QRectF(0, 0, window->width(), window->height()).contains(at));
            EXPECT_GT(box->height(), 8 * 26);
            shoot(QStringLiteral("differences-%1-%2")
                      .arg(size.width())
                      .arg(dark ? QStringLiteral("dark") : QStringLiteral("light"))
                      .toLatin1()
                      .constData());
        }
    }
}

TEST_F(DifferencesWindow, AMarkTellsItsReasonToPointerAndKeys) {
    SceneView *calls = view("CallsView");
    ASSERT_TRUE(calls);
    press(Qt::Key_D); // a difference stands in the tree
    pump();
    const quint32 row = s().calls.currentRow();
    const QString id = QStringLiteral("row:%1").arg(row), tip = s().calls.cells(row).tip;
    ASSERT_FALSE(tip.isEmpty());
    const Region *mark = nullptr;
    for (const Region &r : calls->list().regions)
        if (r.id == id && !r.tip.isEmpty()) mark = &r;
    ASSERT_TRUE(mark);
    QElapsedTimer clock;
    clock.start();
    QTest::mouseMove(window, calls->mapToScene(mark->rect.center() * controller.unit()).toPoint());
    EXPECT_TRUE(QTest::qWaitFor([&] { return calls->tip() == tip; }, 300)) << calls->tip().toStdString();
    EXPECT_LT(clock.elapsed(), 300);
    QTest::mouseMove(window, {2, 2});
    EXPECT_TRUE(QTest::qWaitFor([&] { return calls->tip().isEmpty(); }, 300));
    press(Qt::Key_F6); // the calls
    for (int i = 0; i < 80 && calls->over() != id; ++i)
        press(Qt::Key_Down, Qt::AltModifier);
    ASSERT_EQ(calls->over(), id);
    EXPECT_EQ(calls->tip(), tip);
    shoot("difference-tip");
}
} // namespace
