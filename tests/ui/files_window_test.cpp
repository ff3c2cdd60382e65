// SPDX-License-Identifier: GPL-2.0-or-later
// Files, drops and the filter box in the window: by keys alone, and by real drag events.
#include "tests/ui/keys_fixture.h"
#include "trace/trace_file.h"

#include <QAccessible>
#include <QDropEvent>
#include <QFile>
#include <QMimeData>
#include <QTemporaryDir>

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using test::Keys;

class FilesWindow : public Keys {
protected:
    static void SetUpTestSuite() {
        static QTemporaryDir config; // the user's own settings stay as they are
        qputenv("XDG_CONFIG_HOME", config.path().toUtf8());
        Keys::SetUpTestSuite();
    }
    QString write(const char *name, const trace::Trace &t) {
        const QString path = dir.filePath(QLatin1String(name));
        EXPECT_TRUE(trace::write_trace(t, path.toStdString()));
        return path;
    }
    void wait() {
        EXPECT_TRUE(QTest::qWaitFor([this] { return !controller.files().isBusy() && !controller.busy(); }, 20000));
        QTest::qWait(20);
    }
    void typeText(const QString &text) {
        for (const QChar c : text)
            QTest::keyClick(window, c.toLatin1());
    }
    // As a file manager does it.
    bool drop(const QStringList &files) {
        QMimeData data;
        QList<QUrl> urls;
        for (const QString &file : files)
            urls << QUrl::fromLocalFile(file);
        data.setUrls(urls);
        const QPoint at(600, 400);
        QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window, &enter);
        QDragMoveEvent move(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window, &move);
        shade = said(QStringLiteral("Drop"));
        QDropEvent event(QPointF(at), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window, &event);
        wait();
        return event.isAccepted();
    }
    // The first visible item whose accessible name begins so.
    QString said(const QString &begin) const { return said(begin, window->contentItem()); }
    static QString said(const QString &begin, QQuickItem *in) {
        if (!in->isVisible()) return {};
        QAccessibleInterface *face = QAccessible::queryAccessibleInterface(in);
        const QString name = face && face->isValid() ? face->text(QAccessible::Name) : QString();
        if (name.startsWith(begin)) return name;
        for (QQuickItem *item : in->childItems())
            if (const QString found = said(begin, item); !found.isEmpty()) return found;
        return {};
    }
    const TraceDocument &document() { return *s().selection.document(); }
    [[nodiscard]] bool isModal() const { return controller.property("modal").toBool(); }
    QTemporaryDir dir;
    QString shade;
};

TEST_F(FilesWindow, TheFilterByKeys) {
    const std::size_t all = document().rows().size();
    press(Qt::Key_Slash);
    type("ip_rcv_"); // letters are the field's
    EXPECT_EQ(s().filter.query().toStdString(), "ip_rcv_");
    EXPECT_GT(s().filter.matches(), 0);
    EXPECT_EQ(said(QStringLiteral("Filter: ")), QStringLiteral("Filter: ") + s().filter.words());
    shoot("filter");
    bool counted = false; // on the timeline, too
    for (const auto &item : view("TimelineView")->list().items)
        if (const auto *label = std::get_if<Label>(&item))
            for (const ui::Run &run : label->runs)
                counted = counted || run.text == QString::number(s().filter.hidden()) + QStringLiteral(" not shown");
    EXPECT_TRUE(counted);
    press(Qt::Key_Return); // back to the calls, the filter stays
    const quint32 before = s().selection.step();
    press(Qt::Key_Right);
    EXPECT_NE(s().selection.step(), before);
    EXPECT_EQ(here().rfind("ip_rcv_", 0), 0U) << here();
    press(Qt::Key_F); // nothing folds, and it says why
    EXPECT_NE(notice().find("nothing is folded"), std::string::npos) << notice();
    press(Qt::Key_Escape); // the notice first
    EXPECT_TRUE(s().filter.isOn());
    press(Qt::Key_Escape);
    EXPECT_FALSE(s().filter.isOn());
    EXPECT_EQ(s().timeline.places(), all);
}

TEST_F(FilesWindow, TheFilterSaysWhatItCannotRead) {
    press(Qt::Key_Slash);
    type("#q");
    EXPECT_FALSE(s().filter.isOn());
    EXPECT_EQ(said(QStringLiteral("At character 2:")), s().filter.words());
    press(Qt::Key_Escape);
    EXPECT_TRUE(s().filter.query().isEmpty());
    EXPECT_TRUE(said(QStringLiteral("Filter: ")).isEmpty()); // the box is gone
    press(Qt::Key_Slash, Qt::ShiftModifier);                 // where / is on a shifted key
    EXPECT_FALSE(said(QStringLiteral("Filter: ")).isEmpty());
}

TEST_F(FilesWindow, ABarOfTheFilterIsReachedByKeysAndOpens) {
    s().filter.setQuery(QStringLiteral("ip_rcv_core()"));
    press(Qt::Key_F6);
    SceneView *calls = view("CallsView");
    for (int i = 0; i < 12 && !calls->over().startsWith(QLatin1String("gap:")); ++i)
        press(Qt::Key_Down, Qt::AltModifier);
    ASSERT_TRUE(calls->over().startsWith(QLatin1String("gap:"))) << calls->over().toStdString();
    const std::size_t shown = s().filter.visible().size();
    press(Qt::Key_Return);
    EXPECT_GT(s().filter.visible().size(), shown);
}

TEST_F(FilesWindow, OpensAFileByItsPath) {
    const QString file = write("capture.skbt", test::udpVethModelOnly());
    press(Qt::Key_O, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_TRUE(isModal());
    press(Qt::Key_A, Qt::ControlModifier);
    typeText(dir.path() + QStringLiteral("/cap"));
    shoot("chooser");
    press(Qt::Key_Tab); // completes
    press(Qt::Key_Return);
    wait();
    EXPECT_FALSE(isModal());
    EXPECT_EQ(controller.scenarioTitle(), withTilde(file));
    EXPECT_FALSE(document().hasBoth());
    press(Qt::Key_Tab, Qt::ControlModifier); // and back to the first one
    wait();
    EXPECT_TRUE(document().hasBoth());
    press(Qt::Key_Backtab, Qt::ControlModifier | Qt::ShiftModifier); // as Shift+Tab comes
    wait();
    EXPECT_FALSE(document().hasBoth());
}

TEST_F(FilesWindow, ABrokenFileLeavesEverythingAsItIs) {
    QFile junk(dir.filePath(QStringLiteral("junk.skbt")));
    ASSERT_TRUE(junk.open(QIODevice::WriteOnly));
    junk.write("no trace");
    junk.close();
    press(Qt::Key_Right);
    const quint32 step = s().selection.step();
    EXPECT_TRUE(drop({junk.fileName()}));
    EXPECT_EQ(s().selection.step(), step);
    EXPECT_NE(notice().find("junk.skbt: is not a trace of skbscope"), std::string::npos) << notice();
}

TEST_F(FilesWindow, SavesByKeysAndAsksBeforeItReplaces) {
    press(Qt::Key_S, Qt::ControlModifier);
    ASSERT_TRUE(isModal());
    press(Qt::Key_A, Qt::ControlModifier);
    typeText(dir.filePath(QStringLiteral("out.skbt")));
    press(Qt::Key_Return);
    wait();
    ASSERT_TRUE(QFile::exists(dir.filePath(QStringLiteral("out.skbt")))) << notice();
    QFile::remove(dir.filePath(QStringLiteral("out.skbt")));
    QFile old(dir.filePath(QStringLiteral("out.skbt")));
    ASSERT_TRUE(old.open(QIODevice::WriteOnly));
    old.write("precious");
    old.close();
    press(Qt::Key_S, Qt::ControlModifier);
    press(Qt::Key_A, Qt::ControlModifier);
    typeText(old.fileName());
    press(Qt::Key_Return);
    EXPECT_TRUE(isModal());
    QTest::qWait(20);
    shoot("question");
    press(Qt::Key_Return); // the answer that is offered changes nothing
    wait();
    EXPECT_FALSE(isModal());
    EXPECT_EQ(QFileInfo(old.fileName()).size(), 8);
    const quint32 step = s().selection.step();
    press(Qt::Key_Right); // the keys are the window's again
    EXPECT_EQ(s().selection.step(), step + 1);
}

TEST_F(FilesWindow, OneFileDroppedOpensTwoAreCompared) {
    const QString a = write("a.skbt", test::udpVeth()), b = write("b.skbt", test::udpVethModelOnly());
    EXPECT_TRUE(drop({b}));
    EXPECT_EQ(shade.toStdString(), "Drop to open b.skbt");
    EXPECT_FALSE(document().hasBoth());
    EXPECT_TRUE(said(QStringLiteral("Drop")).isEmpty());
    EXPECT_TRUE(drop({a, b}));
    EXPECT_EQ(shade.toStdString(), "Drop to compare a.skbt with b.skbt");
    ASSERT_TRUE(isModal()); // a has two sides
    type("kernel against");
    press(Qt::Key_Return);
    wait();
    EXPECT_TRUE(document().hasBoth());
    EXPECT_EQ(controller.files().traces().shown()->origin, OpenTrace::comparison);
    EXPECT_EQ(s().sideWords().join(u' ').toStdString(), "model kernel");
}

TEST_F(FilesWindow, TwoKernelsAreCalledAAndB) {
    const Document d = TraceDocument::build(test::udpVeth());
    controller.files().compare({d, SideKind::kernel, QStringLiteral("x")}, {d, SideKind::kernel, QStringLiteral("y")});
    wait();
    EXPECT_EQ(s().sideWords().join(u' ').toStdString(), "A B");
    EXPECT_EQ(s().unexplained(), 0);
    shoot("two-kernels");
    EXPECT_EQ(s().kernelHead().toStdString(), "B: y"); // from one kernel: only the name tells them apart
    press(Qt::Key_S, Qt::ControlModifier);
    EXPECT_NE(notice().find("do not fit into one trace file"), std::string::npos) << notice();
}

TEST_F(FilesWindow, AScenarioThatIsDroppedRuns) {
    controller.files().take({OpenTrace::file, QStringLiteral("x"), {}, TraceDocument::build(test::udpVethModelOnly())});
    EXPECT_FALSE(document().hasBoth());
    EXPECT_TRUE(drop({dir.filePath(QStringLiteral("mine.yaml"))}));
    EXPECT_TRUE(document().hasBoth()); // what the test's run gives
    EXPECT_EQ(controller.files().traces().shown()->title.toStdString(), "mine");
}

TEST_F(FilesWindow, AsksOnceBeforeAWatchIsLost) {
    controller.files().take({OpenTrace::live, QStringLiteral("live: x"), {}, TraceDocument::build(test::udpVeth())});
    controller.files().grow(TraceDocument::build(test::udpVeth()));
    window->close();
    EXPECT_TRUE(window->isVisible());
    ASSERT_TRUE(isModal());
    shoot("unsaved");
    press(Qt::Key_Escape);
    EXPECT_FALSE(isModal());
    EXPECT_TRUE(window->isVisible());
    window->close();
    press(Qt::Key_Left); // from "Stay"
    press(Qt::Key_Return);
    EXPECT_FALSE(window->isVisible());
}
} // namespace
