// SPDX-License-Identifier: GPL-2.0-or-later
// The window for who does not see it, does not use a mouse, or does not want things to move.
#include "tests/ui/window_fixture.h"
#include "ui/views/row_list.h"

#include <QAccessible>
#include <functional>

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using Access = test::Windows;
using test::Opened;

QAccessibleInterface *reader(QObject *object) {
    return QAccessible::queryAccessibleInterface(object);
}

bool isNamed(QObject *item) {
    QAccessibleInterface *i = reader(item);
    return i && i->role() != QAccessible::NoRole && i->role() != QAccessible::Client &&
           !i->text(QAccessible::Name).trimmed().isEmpty();
}

std::string chain(QQuickItem *item) {
    std::string out;
    for (QQuickItem *up = item; up; up = up->parentItem())
        out += std::string(out.empty() ? "" : " in ") + up->metaObject()->className();
    return out;
}

qreal area(const QQuickItem *item) {
    return item->width() * item->height();
}

// A place to click belongs to something with a name that is about as large, or to the control it is a part of.
void expectNamed(Opened &opened, const char *where, int panes) {
    int clickable = 0, focusable = 0;
    for (QQuickItem *item : opened.items()) {
        if (item->activeFocusOnTab()) {
            ++focusable;
            EXPECT_TRUE(isNamed(item)) << where << ", focusable without a name: " << chain(item);
        }
        if (!item->inherits("QQuickMouseArea") || !item->isEnabled()) continue;
        if (item->width() >= opened.window->width() * 0.98 && item->height() >= opened.window->height() * 0.98)
            continue; // beside an open list: a click closes it, as Esc does
        ++clickable;
        QQuickItem *named = item->parentItem();
        while (named && !isNamed(named))
            named = named->parentItem();
        ASSERT_TRUE(named) << where << ", a place to click without a name: " << chain(item);
        const QAccessible::Role role = reader(named)->role();
        const bool control = role == QAccessible::CheckBox || role == QAccessible::ListItem;
        EXPECT_TRUE(control || area(named) <= 1.5 * area(item))
            << where << ", a place to click without a name of its own: " << chain(item) << "; the nearest is "
            << reader(named)->text(QAccessible::Name).toStdString();
    }
    EXPECT_GE(clickable, 20) << where;
    EXPECT_GE(focusable, panes) << where;
}

TEST_F(Access, EveryControlHasANameAndARole) {
    QAccessible::setActive(true);
    Opened o(test::plainOptions());
    o.at("ip_rcv_core");
    o.session().breakpoints.add(QStringLiteral("data changed"));
    QTest::qWait(30);
    expectNamed(o, "the window", 7);
    for (const char *command : {"palette.open", "break.list", "difference.list", "help.keys", "find.open"}) {
        ASSERT_TRUE(o.controller.trigger(QLatin1String(command))) << command;
        QTest::qWait(30);
        expectNamed(o, command, 7);
        QTest::keyClick(o.window, Qt::Key_Escape);
    }
    o.window->resize(1000, 700); // tabs
    QTest::qWait(30);
    expectNamed(o, "the window with tabs", 2);
    QAccessible::setActive(false);
}

// What can be pressed by a click can be pressed by a reader.
TEST_F(Access, ButtonsTabsAndSwitchesAreActions) {
    QAccessible::setActive(true);
    Opened o(test::plainOptions(), 1000, 700);
    QTest::qWait(30);
    int buttons = 0;
    for (QQuickItem *item : o.items()) {
        QAccessibleInterface *i = reader(item);
        if (!i) continue;
        const QAccessible::Role role = i->role();
        if (role != QAccessible::Button && role != QAccessible::PageTab && role != QAccessible::RadioButton) continue;
        ++buttons;
        ASSERT_TRUE(i->actionInterface()) << i->text(QAccessible::Name).toStdString();
        EXPECT_TRUE(i->actionInterface()->actionNames().contains(QAccessibleActionInterface::pressAction()))
            << i->text(QAccessible::Name).toStdString();
        if (role == QAccessible::PageTab && i->text(QAccessible::Name) == QLatin1String("sk_buff"))
            i->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    }
    EXPECT_GE(buttons, 15);
    QTest::qWait(30);
    const QList<MemoryView *> memory = o.window->findChildren<MemoryView *>();
    ASSERT_EQ(memory.size(), 1);
    EXPECT_TRUE(memory.first()->isVisible());
    QAccessible::setActive(false);
}

// Behind each drawn pane: the rows of its model, all of them, in their order.
TEST_F(Access, DrawnPanesHaveTheirRows) {
    QAccessible::setActive(true);
    Opened o(test::plainOptions());
    o.at("ip_rcv_core");
    QTest::qWait(30);
    const QList<RowList *> lists = o.window->findChildren<RowList *>();
    QSet<SceneView *> drawn;
    for (RowList *list : lists) {
        ASSERT_TRUE(list->view()) << list->name().toStdString();
        drawn.insert(list->view());
        QAccessibleInterface *i = reader(list);
        ASSERT_TRUE(i);
        EXPECT_EQ(i->role(), QAccessible::List);
        EXPECT_FALSE(i->text(QAccessible::Name).isEmpty());
        ASSERT_TRUE(i->parent());
        EXPECT_EQ(i->parent()->role(), QAccessible::Pane) << list->name().toStdString();
        EXPECT_GE(i->parent()->indexOfChild(i), 0) << list->name().toStdString();
        ASSERT_GT(i->childCount(), 0) << list->name().toStdString();
        ASSERT_EQ(i->childCount(), list->rows()->rowCount());
        for (int row = 0; row < i->childCount(); ++row) {
            QAccessibleInterface *child = i->child(row);
            ASSERT_TRUE(child && child->isValid());
            EXPECT_EQ(child->role(), QAccessible::ListItem);
            EXPECT_EQ(child->text(QAccessible::Name), list->rows()->data(list->rows()->index(row, 0)).toString());
            EXPECT_FALSE(child->text(QAccessible::Name).isEmpty());
            EXPECT_EQ(i->indexOfChild(child), row);
            EXPECT_EQ(i->child(row), child); // one and the same
        }
    }
    EXPECT_EQ(drawn.size(), o.window->findChildren<SceneView *>().size());
    QAccessible::setActive(false);
}

// The tree a reader walks: the banner's sentence comes before everything else.
TEST_F(Access, TheBannerComesFirst) {
    QAccessible::setActive(true);
    Opened o(test::plainOptions());
    o.at("eth_type_trans");
    QTest::qWait(30);
    QStringList names;
    const std::function<void(QAccessibleInterface *)> walk = [&](QAccessibleInterface *i) {
        if (!i) return;
        names << i->text(QAccessible::Name);
        for (int c = 0; c < i->childCount(); ++c)
            walk(i->child(c));
    };
    walk(reader(o.window));
    const auto at = [&names](const QString &start) {
        for (int i = 0; i < names.size(); ++i)
            if (names[i].startsWith(start)) return i;
        return -1;
    };
    const int sentence = at(o.session().banner.plain());
    ASSERT_GE(sentence, 0);
    EXPECT_EQ(sentence, 1); // right below the window
    for (const char *pane : {"Calls", "Stack", "sk_buff", "Bytes", "Function", "Source", "Timeline"})
        EXPECT_GT(at(QLatin1String(pane)), sentence) << pane;
    QAccessible::setActive(false);
}

// A row is where it is drawn, does what a click does, and says what changed.
TEST_F(Access, RowsHaveAPlaceAndCanBePressed) {
    QAccessible::setActive(true);
    Opened o(test::plainOptions());
    o.at("ip_rcv_core");
    QTest::qWait(30);
    RowList *calls = nullptr;
    for (RowList *list : o.window->findChildren<RowList *>())
        if (list->rows() == &o.session().calls) calls = list;
    ASSERT_TRUE(calls);
    QAccessibleInterface *i = reader(calls);
    const int now = int(o.session().calls.place(o.session().calls.currentRow()));
    QAccessibleInterface *row = i->child(now + 1);
    ASSERT_TRUE(row);
    EXPECT_FALSE(row->rect().isEmpty());
    EXPECT_FALSE(row->state().offscreen);
    EXPECT_EQ(i->childAt(row->rect().center().x(), row->rect().center().y()), row);
    const quint32 step = o.session().selection.step();
    row->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    EXPECT_EQ(o.session().selection.step(), step + 1);
    const int before = i->childCount();
    o.session().calls.foldAll();
    EXPECT_LT(i->childCount(), before);
    EXPECT_EQ(i->childCount(), o.session().calls.rowCount());
    EXPECT_FALSE(i->child(before - 1));
    QAccessible::setActive(false);
}

TEST_F(Access, EveryCommandIsInThePaletteAndEveryKeyInTheList) {
    Opened o(test::plainOptions());
    const CommandRegistry &commands = o.controller.commands();
    ASSERT_TRUE(o.controller.trigger(QStringLiteral("palette.open")));
    QStringList palette, keys;
    for (int i = 0; i < o.controller.picker().rowCount(); ++i)
        palette << o.controller.picker().data(o.controller.picker().index(i, 0)).toString();
    const auto *list = qvariant_cast<QAbstractItemModel *>(o.controller.property("keyList"));
    for (int i = 0; i < list->rowCount(); ++i)
        keys << list->data(list->index(i, 0)).toString();
    int withKey = 0;
    for (const Command &c : commands.commands()) {
        EXPECT_TRUE(palette.contains(titleOf(c))) << c.id.toStdString() << " is not in the palette";
        EXPECT_FALSE(titleOf(c).isEmpty() || groupOf(c).isEmpty()) << c.id.toStdString();
        if (c.keys.isEmpty()) continue;
        ++withKey;
        EXPECT_TRUE(keys.contains(titleOf(c))) << c.id.toStdString() << " has a key that ? does not show";
    }
    EXPECT_GE(palette.size(), int(commands.commands().size())); // and what happened, and who ran
    EXPECT_GT(withKey, 40);
}

// Jump cuts: what is drawn right after a step is what stays, old place and trail included.
TEST_F(Access, ReducedMotionMovesNothing) {
    Opened o(test::plainOptions());
    const auto view = [&o](const char *type) -> SceneView * {
        for (auto *v : o.window->findChildren<SceneView *>())
            if (QByteArray(v->metaObject()->className()).endsWith(type)) return v;
        return nullptr;
    };
    EXPECT_TRUE(o.controller.theme().reducedMotion());
    o.at("eth_type_trans");
    QTest::qWait(30);
    ASSERT_TRUE(o.controller.trigger(QStringLiteral("step.back.into")));
    ASSERT_TRUE(o.controller.trigger(QStringLiteral("step.into")));
    EXPECT_FALSE(o.controller.motion().running());
    const QImage first = o.shot(QStringLiteral("access-reduced"));
    QTest::qWait(350); // longer than any animation
    EXPECT_EQ(o.window->grabWindow(), first);
    const auto dashes = [](const SceneView *v) {
        int n = 0;
        for (const Item &item : v->list().items)
            if (const auto *path = std::get_if<Path>(&item); path && path->stroke && !path->stroke->dash.isEmpty()) ++n;
        return n;
    };
    ASSERT_TRUE(o.session().memory.map().move);
    EXPECT_GT(dashes(view("MemoryView")), 0); // the old place
    // with animations the same step moves
    o.controller.theme().setReducedMotion(false);
    o.at("eth_type_trans");
    ASSERT_TRUE(o.controller.trigger(QStringLiteral("step.back.into")));
    EXPECT_TRUE(o.controller.motion().running());
    o.controller.motion().finish();
}
} // namespace
