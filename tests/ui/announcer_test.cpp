// SPDX-License-Identifier: GPL-2.0-or-later
// What a screen reader is told of itself: the sentence after a step, what Alt+arrows meet, the entry that is reached.
#include "tests/ui/window_fixture.h"
#include "ui/views/announcer.h"

#include <QAccessible>
#include <QQmlContext>

namespace {
using namespace skbscope;
using namespace skbscope::ui;

class Announced : public test::Windows {
protected:
    Announced() {
        o.controller.setReaders(true); // as if one listened
        auto *reader = o.engine.rootContext()->contextProperty(QStringLiteral("reader")).value<QObject *>();
        QObject::connect(qobject_cast<Announcer *>(reader), &Announcer::told, o.window,
                         [this](const QString &name) { heard << name; });
        o.window->requestActivate();
        EXPECT_TRUE(QTest::qWaitForWindowActive(o.window));
        o.at("ip_rcv_core");
        QTest::qWait(30);
        heard.clear();
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        heard.clear();
        QTest::keyClick(o.window, key, modifiers);
        QTest::qWait(30);
    }
    // The last thing that was said.
    std::string last() const { return heard.isEmpty() ? std::string() : heard.last().toStdString(); }
    QStringList heard;
    test::Opened o{test::plainOptions()};
};

// A reader asks what has the focus when the window comes up. No box that is not shown may be the answer.
TEST_F(Announced, NothingHiddenHasTheFocusAtTheStart) {
    for (QQuickItem *item : o.window->findChildren<QQuickItem *>())
        if (item->hasFocus() && !item->isVisible()) {
            QAccessibleInterface *at = QAccessible::queryAccessibleInterface(item);
            EXPECT_EQ(at, nullptr) << at->text(QAccessible::Name).toStdString();
        }
}

TEST_F(Announced, AStepIsToldByTheBannersSentence) {
    for (int i = 0; i < 3; ++i) {
        press(Qt::Key_Right);
        ASSERT_EQ(heard.size(), 1) << heard.join(u'|').toStdString();
        EXPECT_TRUE(heard.first().startsWith(o.session().banner.plain())) << last();
        EXPECT_TRUE(heard.first().contains(o.session().banner.call())) << last();
    }
    press(Qt::Key_Left);
    EXPECT_TRUE(heard.size() == 1 && heard.first().startsWith(o.session().banner.plain())) << last();
}

TEST_F(Announced, LookingAroundNamesWhatIsMet) {
    press(Qt::Key_F6); // calls
    press(Qt::Key_Down, Qt::AltModifier);
    const std::string first = last();
    EXPECT_FALSE(first.empty());
    press(Qt::Key_Down, Qt::AltModifier);
    EXPECT_FALSE(last().empty());
    EXPECT_NE(last(), first);
    for (int pane = 0; pane < 2; ++pane) { // stack, sk_buff
        press(Qt::Key_F6);
        press(Qt::Key_Down, Qt::AltModifier);
        EXPECT_FALSE(last().empty()) << pane;
    }
}

TEST_F(Announced, AListNamesTheEntryThatIsReached) {
    press(Qt::Key_K, Qt::ControlModifier);
    press(Qt::Key_Down);
    EXPECT_TRUE(heard.size() == 1 && heard.first().startsWith(QLatin1String("Step over"))) << last();
    heard.clear();
    for (const char *c = "pushes 14"; *c; ++c)
        QTest::keyClick(o.window, *c);
    QTest::qWait(30);
    EXPECT_NE(last().find("pushes 14 bytes"), std::string::npos) << last();
    press(Qt::Key_Escape);
}

// A call's level and that it is the current one are told by its place and its colour: a reader needs words.
TEST_F(Announced, ARowsDescriptionTellsWhatItsPlaceTells) {
    for (RowList *list : o.window->findChildren<RowList *>()) {
        if (list->rows() != &o.session().calls) continue;
        const int now = int(o.session().calls.place(o.session().calls.currentRow()));
        QAccessibleInterface *row = QAccessible::queryAccessibleInterface(list)->child(now);
        const std::string told = row->text(QAccessible::Description).toStdString();
        EXPECT_EQ(told.find("the current call, level "), 0U) << told;
        QAccessibleInterface *before = QAccessible::queryAccessibleInterface(list)->child(now - 1);
        EXPECT_EQ(before->text(QAccessible::Description).toStdString().find("level "), 0U);
        return;
    }
    FAIL() << "no calls";
}
} // namespace
