// SPDX-License-Identifier: GPL-2.0-or-later
// What is asked before something is lost, and the list of a folder's files.
#include "tests/ui/files_fixture.h"
#include "ui/models/folder_model.h"

#include <QDir>

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using test::Files;

TEST_F(Files, AnUnsavedWatchAsksBeforeTheWindowCloses) {
    takeWatch(false);
    EXPECT_TRUE(desk->mayClose()); // nothing came yet
    desk->grow(TraceDocument::build(ui::test::udpVeth()));
    EXPECT_FALSE(desk->mayClose());
    EXPECT_NE(desk->question().toStdString().find("is not saved"), std::string::npos);
    desk->answer(2); // stay
    EXPECT_FALSE(desk->mayClose());
    bool closes = false;
    QObject::connect(desk.get(), &FileDesk::closeAllowed, [&] { closes = true; });
    desk->answer(0); // save
    EXPECT_FALSE(closes);
    desk->accept(path("watch.skbt"));
    wait();
    EXPECT_TRUE(closes);
    EXPECT_TRUE(desk->mayClose());
    EXPECT_TRUE(readDocument(path("watch.skbt")));
}

TEST_F(Files, ClosingWithoutSavingIsSaidOnce) {
    takeWatch();
    EXPECT_FALSE(desk->mayClose());
    bool closes = false;
    QObject::connect(desk.get(), &FileDesk::closeAllowed, [&] { closes = true; });
    desk->answer(1);
    EXPECT_TRUE(closes);
    EXPECT_TRUE(desk->mayClose());
}

TEST_F(Files, AWatchThatAFileKeepsDoesNotAsk) {
    takeWatch();
    desk->watchIsKept(path("kept.skbt"));
    EXPECT_TRUE(desk->mayClose());
    desk->grow(TraceDocument::build(ui::test::udpVeth()));
    EXPECT_TRUE(desk->mayClose());
}

TEST_F(Files, AnEndFromOutsideLosesNothing) {
    takeWatch();
    const QStringList files = desk->rescue();
    ASSERT_EQ(files.size(), 1);
    const auto back = readDocument(files[0]);
    ASSERT_TRUE(back) << back.error().toStdString();
    EXPECT_EQ((*back)->rows().size(), desk->traces().at(0).document->rows().size());
    EXPECT_TRUE(desk->mayClose());
    EXPECT_TRUE(desk->rescue().isEmpty());
}

TEST_F(Files, TheFolderListFollowsWhatIsTyped) {
    QDir(dir.path()).mkdir(QStringLiteral("traces"));
    write("alpha.skbt", ui::test::udpVethModelOnly());
    write("alpine.skbt", ui::test::udpVethModelOnly());
    writeBytes("alps.png", "x");
    writeBytes(".hidden.skbt", "x");
    FolderModel model;
    model.setEndings({QStringLiteral("skbt")});
    model.setText(dir.path() + u'/');
    EXPECT_EQ(model.count(), 3); // the folder and two traces
    EXPECT_TRUE(model.isFolder(0));
    model.setText(path("a"));
    EXPECT_EQ(model.completed(), path("alp"));
    model.setText(path("alph"));
    EXPECT_EQ(model.completed(), path("alpha.skbt"));
    model.setText(path("tr"));
    EXPECT_EQ(model.completed(), path("traces/"));
    model.setText(path("traces/"));
    EXPECT_EQ(model.count(), 0);
    EXPECT_EQ(model.note().toStdString(), "No folder and no .skbt file here.");
    EXPECT_EQ(model.above(), dir.path() + u'/');
    model.setText(path("nothing/"));
    EXPECT_EQ(model.note().toStdString(), "There is no such folder.");
    model.setText(path(".h"));
    EXPECT_EQ(model.count(), 1);
}
} // namespace
