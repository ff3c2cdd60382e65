// SPDX-License-Identifier: GPL-2.0-or-later
// The window in Italian.
#include "tests/ui/window_fixture.h"
#include "ui/models/names.h"

#include <QRegularExpression>

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using Italian = test::Windows;
using test::Opened;

WindowOptions italian() {
    WindowOptions o = test::plainOptions();
    o.language = "it";
    return o;
}

TEST_F(Italian, EveryCommandHasItsItalianName) {
    Opened o(italian());
    EXPECT_EQ(o.controller.language().spoken().toStdString(), "it");
    for (const Command &c : o.controller.commands().commands()) {
        EXPECT_NE(titleOf(c), c.title) << c.id.toStdString() << ", \"" << c.title.toStdString()
                                       << "\" has no Italian name: run tools/update-translations.sh and fill it in";
        EXPECT_FALSE(QCoreApplication::translate("Groups", c.group.toUtf8()).isEmpty());
    }
    EXPECT_EQ(o.controller.commands().titleOf(QStringLiteral("step.into")).toStdString(), "Passo dentro");
    EXPECT_EQ(o.controller.commands().whyNot(QStringLiteral("step.back.into")).toStdString(),
              "È il primo passo: prima non c'è nulla.");
}

// Sentences, panes, status and numbers; the kernel's names stay.
TEST_F(Italian, TheWindowSpeaksIt) {
    Opened o(italian());
    o.at("skb_pull_inline");
    const QString said = o.session().banner.plain();
    EXPECT_TRUE(said.contains(QStringLiteral("toglie (pull)"))) << said.toStdString();
    EXPECT_TRUE(said.contains(QStringLiteral("eth_type_trans"))) << said.toStdString();
    EXPECT_TRUE(o.session().kernelLine().contains(QStringLiteral("tracciato")) ||
                o.session().kernelLine().contains(QStringLiteral("registrato")));
    EXPECT_EQ(o.session().facts().first().section(QLatin1Char(':'), 0, 0).toStdString(), "Eventi persi");
    EXPECT_EQ(grouped(1234567).toStdString(), "1.234.567");
    QStringList shown;
    for (QQuickItem *item : o.items())
        shown << item->property("text").toString();
    for (const char *word : {"Chiamate", "Pila", "Funzione", "Sorgente", "Inizio", "Dentro", "Indietro"})
        EXPECT_TRUE(shown.contains(QLatin1String(word))) << word;
    for (const char *word : {"Calls", "Function", "Source", "Start", "Into", "Back", "Find or run"})
        EXPECT_FALSE(shown.contains(QLatin1String(word))) << word << " is still English";
}

// Changed while the window is open, it is the same window as one that was opened in that language.
TEST_F(Italian, TheLanguageChangesOnTheSpot) {
    std::string english, fresh;
    QStringList freshKeys;
    {
        Opened o(italian());
        o.at("eth_type_trans");
        fresh = test::contents(o.session());
    }
    Opened o(test::plainOptions());
    o.at("eth_type_trans");
    english = test::contents(o.session());
    EXPECT_NE(english, fresh);
    ASSERT_TRUE(o.controller.trigger(QStringLiteral("view.language")));
    ASSERT_EQ(o.controller.picker().rowCount(), 3);
    o.controller.picker().choose(2); // Italiano
    EXPECT_EQ(test::contents(o.session()), fresh);
    QStringList shown;
    for (QQuickItem *item : o.items())
        shown << item->property("text").toString();
    EXPECT_TRUE(shown.contains(QStringLiteral("Chiamate")));
    EXPECT_TRUE(shown.contains(QStringLiteral("Riquadro seguente")) ||
                o.controller.commands().titleOf(QStringLiteral("pane.next")) == QStringLiteral("Riquadro seguente"));
    o.controller.language().setMode(QStringLiteral("en"));
    EXPECT_EQ(test::contents(o.session()), english);
}

bool isText(const QQuickItem *item) {
    return item->inherits("QQuickText");
}

// A text is whole when it is not elided and lies inside everything that clips it.
void expectWhole(Opened &o, const char *where) {
    int texts = 0;
    for (QQuickItem *item : o.items()) {
        if (!isText(item) || item->property("text").toString().isEmpty() || item->opacity() == 0) continue;
        if (item->objectName() == QLatin1String("scenarioTitle")) continue; // the chooser's list has it whole
        ++texts;
        EXPECT_FALSE(item->property("truncated").toBool())
            << where << ", cut off: " << item->property("text").toString().toStdString();
        const QRectF here = item->mapRectToScene(QRectF(0, 0, item->width(), item->height()));
        EXPECT_TRUE(here.left() >= -1 && here.right() <= o.window->width() + 1)
            << where << ", outside the window: " << item->property("text").toString().toStdString();
    }
    EXPECT_GT(texts, 25);
}

TEST_F(Italian, NothingIsCutOffAt1280x800) {
    Opened o(italian(), 1280, 800);
    for (const char *function : {"ip_rcv_core", "eth_type_trans", "udp_sendmsg"}) {
        o.at(function);
        o.shot(QStringLiteral("italian-1280-") + QLatin1String(function));
        expectWhole(o, function);
    }
    for (const char *command : {"help.keys", "break.list"}) {
        ASSERT_TRUE(o.controller.trigger(QLatin1String(command)));
        o.shot(QStringLiteral("italian-1280-") + QLatin1String(command));
        expectWhole(o, command);
        QTest::keyClick(o.window, Qt::Key_Escape);
    }
}
} // namespace
