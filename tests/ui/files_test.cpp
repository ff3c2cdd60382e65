// SPDX-License-Identifier: GPL-2.0-or-later
// Files and open traces without a window: reading, saving, comparing, recent files.
#include "tests/ui/files_fixture.h"
#include "ui/commands/file_commands.h"
#include "ui/models/side_words.h"

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using test::Files;

TEST_F(Files, OpensWhatTheCommandLineOpens) {
    const QString file = write("a.skbt", ui::test::udpVeth());
    open(file);
    ASSERT_EQ(desk->traces().count(), 1);
    EXPECT_TRUE(desk->traces().shown()->document->hasBoth());
    open(file + QStringLiteral(":kernel"));
    ASSERT_EQ(desk->traces().count(), 2);
    EXPECT_FALSE(desk->traces().shown()->document->side(SideKind::model));
    open(writeBytes("b.tree", "7\t0\tip_rcv\n7\t1\tip_rcv_core\n"));
    ASSERT_EQ(desk->traces().count(), 3) << told;
    EXPECT_EQ(desk->traces().shown()->document->rows().size(), 2U);
    open(file); // again: it is shown, not read a second time
    EXPECT_EQ(desk->traces().count(), 3);
    EXPECT_EQ(desk->traces().current(), 0);
    EXPECT_EQ(desk->recent().files().size(), 3);
}

TEST_F(Files, ABrokenFileIsOneLineAndWhatWasShownStays) {
    open(write("a.skbt", ui::test::udpVeth()));
    const auto fails = [this](const QString &file, const char *what) {
        open(file);
        EXPECT_EQ(desk->traces().count(), 1);
        EXPECT_EQ(shown.size(), 1);
        EXPECT_NE(told.find(what), std::string::npos) << told;
        EXPECT_EQ(told.rfind(file.toStdString(), 0), 0U) << told;
        EXPECT_EQ(told.find('\n'), std::string::npos) << told;
    };
    fails(writeBytes("junk.skbt", "this is no trace at all, but it is long enough to look like one"), "not a trace");
    fails(path("missing.skbt"), "cannot be");
    fails(dir.path(), "is a directory");
    fails(writeBytes("bad.tree", "7\tx\n"), "line 1");
    EXPECT_EQ(desk->recent().files().size(), 1); // what could not be opened is not recent
}

TEST_F(Files, ACutFileOpensAsFarAsItIsWholeAndSaysSo) {
    const QByteArray whole = bytesOf(write("a.skbt", ui::test::udpVeth()));
    open(writeBytes("cut.skbt", whole.left(whole.size() - 20)));
    ASSERT_EQ(desk->traces().count(), 1) << told;
    EXPECT_TRUE(desk->traces().shown()->document->trace().cut);
    EXPECT_GT(desk->traces().shown()->document->rows().size(), 0U);
    EXPECT_EQ(told.rfind("This trace is cut short: ", 0), 0U) << told;
    EXPECT_NE(told.find("byte "), std::string::npos) << told;
}

// A colon would be read as FILE:SIDE when the file is opened again.
TEST_F(Files, TheNameThatIsOfferedCanBeOpenedAgain) {
    desk->take({OpenTrace::live, QStringLiteral("live: tap0"), {}, TraceDocument::build(ui::test::udpVeth())});
    desk->saveWithChooser();
    EXPECT_TRUE(desk->folder().text().endsWith(QLatin1String("/live-tap0.skbt")))
        << desk->folder().text().toStdString();
}

TEST_F(Files, SavingAsksBeforeItReplacesAndKeepsTheOldFileWhole) {
    desk->take({OpenTrace::run, QStringLiteral("udp-veth"), {}, TraceDocument::build(ui::test::udpVeth())});
    desk->saveWithChooser();
    EXPECT_TRUE(desk->isSaving());
    desk->accept(path("out")); // the ending is added
    wait();
    const QByteArray first = bytesOf(path("out.skbt"));
    EXPECT_EQ(first, QByteArray::fromStdString(trace::encode_trace(ui::test::udpVeth())));
    EXPECT_EQ(desk->traces().shown()->path, path("out.skbt"));
    EXPECT_EQ(QDir(dir.path()).entryList({QStringLiteral("*.part*")}).size(), 0);

    writeBytes("old.skbt", "precious");
    desk->saveWithChooser();
    desk->accept(path("old.skbt"));
    EXPECT_NE(desk->question().toStdString().find("is there already"), std::string::npos);
    desk->answer(int(desk->answers().size()) - 1); // the last answer changes nothing
    wait();
    EXPECT_EQ(bytesOf(path("old.skbt")), "precious");
    desk->saveWithChooser();
    desk->accept(path("old.skbt"));
    desk->answer(0);
    wait();
    EXPECT_EQ(bytesOf(path("old.skbt")), first);

    desk->saveWithChooser();
    desk->accept(path("nowhere/x.skbt"));
    wait();
    EXPECT_NE(told.find("there is no such folder; choose another place"), std::string::npos) << told;
}

TEST_F(Files, NobodyReplacesAFileBehindTheQuestion) {
    const Document d = TraceDocument::build(ui::test::udpVeth());
    writeBytes("new.skbt", "came between the question and the writing");
    const auto saved = saveDocument(*d, path("new.skbt"), false);
    ASSERT_FALSE(saved);
    EXPECT_NE(saved.error().toStdString().find("is there already"), std::string::npos);
}

TEST_F(Files, SwitchesBetweenOpenTracesAndComesBackToTheStep) {
    open(write("a.skbt", ui::test::udpVeth()));
    desk->add({write("b.skbt", ui::test::udpVethModelOnly()), path("gone.skbt")});
    EXPECT_FALSE(desk->traces().at(1).document); // named, not read
    step = 42;
    desk->showNext(1);
    wait();
    EXPECT_EQ(desk->traces().current(), 1);
    EXPECT_EQ(desk->traces().at(0).step, 42U);
    desk->showNext(1);
    wait();
    EXPECT_EQ(desk->traces().current(), 1); // it is not there: what was shown stays
    EXPECT_NE(told.find("gone.skbt"), std::string::npos) << told;
    desk->showNext(-1);
    EXPECT_EQ(desk->traces().current(), 0);
    desk->listOpen();
    ASSERT_EQ(asked.items.size(), 3U);
    asked.items[1].run();
    EXPECT_EQ(desk->traces().current(), 1);
    desk->close();
    EXPECT_EQ(desk->traces().count(), 2);
}

TEST_F(Files, RecentFilesSayWhatIsMissing) {
    open(write("a.skbt", ui::test::udpVeth()));
    open(write("b.skbt", ui::test::udpVeth()));
    QFile::remove(path("a.skbt"));
    desk->listRecent();
    ASSERT_EQ(asked.items.size(), 2U);
    EXPECT_TRUE(asked.items[0].why.isEmpty());
    EXPECT_EQ(asked.items[0].title.toStdString(), "b.skbt");
    EXPECT_EQ(asked.items[1].why.toStdString().rfind("not there any more", 0), 0U);
    for (int i = 0; i < 2 * RecentFiles::most; ++i)
        desk->recent().add(QStringLiteral("/x/%1.skbt").arg(i));
    EXPECT_EQ(desk->recent().files().size(), RecentFiles::most);
}

TEST_F(Files, ComparesTwoKernelsAsAAndB) {
    trace::Trace other = ui::test::udpVeth();
    trace::Side &kernel = *other.side(SideKind::kernel);
    kernel.info.release = "6.2.0";
    const trace::CallTree tree = trace::build_call_tree(kernel);
    for (const trace::Call &call : tree.calls) // this one returns something else
        if (kernel.function_name(call.fn) == "ip_rcv") kernel.events[call.leave].leave.ret = -22;
    const QString a = write("a.skbt", ui::test::udpVeth()), b = write("b.skbt", other);
    desk->drop({QUrl::fromLocalFile(a), QUrl::fromLocalFile(b)});
    wait();
    ASSERT_EQ(asked.items.size(), 4U); // two sides each: the user chooses
    EXPECT_NE(asked.items[0].title.toStdString().find("kernel"), std::string::npos);
    asked.items[0].run();
    wait();
    const OpenTrace *both = desk->traces().shown();
    ASSERT_EQ(both->origin, OpenTrace::comparison);
    const TraceDocument &d = *both->document;
    ASSERT_TRUE(d.hasBoth());
    EXPECT_TRUE(areAlike(d));
    EXPECT_EQ(sideWord(d, SideKind::model).toStdString(), "A");
    EXPECT_NE(sideHead(d, SideKind::kernel).toStdString().find("B: b.skbt, kernel 6.2.0"), std::string::npos);
    EXPECT_EQ(d.side(SideKind::kernel)->side->info.release, "6.2.0");
    EXPECT_EQ(d.comparison()->unexplained, 1U);
    EXPECT_EQ(d.comparison()->calls.matched, d.comparison()->calls.reference);
    EXPECT_NE(desk->whyNotSave().toStdString().find("do not fit into one trace file"), std::string::npos);
}

TEST_F(Files, TwoOfOneKernelAreToldApartByTheirNames) {
    const Document d = TraceDocument::build(ui::test::udpVeth());
    desk->compare({d, SideKind::kernel, QStringLiteral("udp-veth")},
                  {d, SideKind::kernel, QStringLiteral("mine.skbt")});
    wait();
    const TraceDocument &both = *desk->traces().shown()->document;
    EXPECT_EQ(sideHead(both, SideKind::model).toStdString(), "A: udp-veth");
    EXPECT_EQ(sideHead(both, SideKind::kernel).toStdString(), "B: mine.skbt");
    EXPECT_EQ(desk->traces().shown()->title.toStdString(), "A: udp-veth · B: mine.skbt");
}

TEST_F(Files, AModelStandsLeftAndTheTwoCanBeSaved) {
    const Document d = TraceDocument::build(ui::test::udpVeth());
    desk->compare({d, SideKind::kernel, QStringLiteral("x")}, {d, SideKind::model, QStringLiteral("y")});
    wait();
    const TraceDocument &both = *desk->traces().shown()->document;
    EXPECT_EQ(both.side(SideKind::model)->side->info.kind, SideKind::model);
    EXPECT_FALSE(areAlike(both));
    EXPECT_EQ(both.comparison()->unexplained, d->comparison()->unexplained);
    EXPECT_TRUE(desk->whyNotSave().isEmpty());
}

TEST_F(Files, AsksForBothSidesOfAComparison) {
    open(write("a.skbt", ui::test::udpVethModelOnly()));
    EXPECT_FALSE(desk->whyNotCompare().isEmpty());
    open(write("b.skbt", ui::test::udpVeth()));
    EXPECT_TRUE(desk->whyNotCompare().isEmpty());
    desk->compare();
    ASSERT_EQ(asked.items.size(), 3U);
    asked.items[0].run();
    EXPECT_EQ(asked.items.size(), 2U); // not with itself
    asked.items[1].run();
    wait();
    EXPECT_TRUE(desk->traces().shown()->document->hasBoth());
}

TEST_F(Files, DroppingSaysWhatItWillDo) {
    const auto words = [this](std::initializer_list<const char *> names) {
        QList<QUrl> urls;
        for (const char *name : names)
            urls << QUrl::fromLocalFile(path(name));
        return desk->dropWords(urls).toStdString();
    };
    EXPECT_EQ(words({"a.skbt"}), "Drop to open a.skbt");
    EXPECT_EQ(words({"a.skbt", "b.tree"}), "Drop to compare a.skbt with b.tree");
    EXPECT_EQ(words({"a.skbt", "b.skbt", "c.skbt"}), "Drop to open 3 traces");
    EXPECT_EQ(words({"s.yaml"}), "Drop to run the scenario s.yaml");
    EXPECT_EQ(words({"a.skbt", "x.png"}), "x.png is no trace (.skbt, .tree) and no scenario (.yaml)");
    desk->drop({QUrl::fromLocalFile(path("s.yaml"))});
    EXPECT_EQ(ran, path("s.yaml"));
    desk->drop({QUrl::fromLocalFile(path("x.png"))});
    EXPECT_EQ(told, "x.png is no trace (.skbt, .tree) and no scenario (.yaml).");
    EXPECT_EQ(desk->traces().count(), 0);
}

} // namespace
