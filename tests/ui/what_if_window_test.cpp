// SPDX-License-Identifier: GPL-2.0-or-later
// One setting changed by keys: both runs of the model side by side, each called what it is, and back.
#include "app/gui/gui_what_if.h"
#include "app/model/model_run.h"
#include "app/scenario/loader.h"
#include "tests/ui/drawn_words.h"
#include "tests/ui/keys_fixture.h"
#include "trace/trace_file.h"
#include "trace/what_if.h"
#include "ui/models/side_words.h"

#include <QTemporaryDir>
#include <filesystem>

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using test::Keys;

// As the window's chooser does it: the model runs, the kernel's side is the shipped recording.
tl::expected<trace::Trace, std::string> bothSides(const std::string &name) {
    const std::string assets = std::string(SKBSCOPE_SOURCE_DIR) + "/assets/";
    const auto scenario = app::loadScenario(assets + "scenarios/" + name + ".yaml");
    auto recorded = trace::read_trace(assets + "traces/" + name + ".skbt");
    if (!scenario || !recorded) return tl::unexpected("no scenario " + name);
    auto model = app::runModel(scenario->ops);
    if (!model) return tl::unexpected(model.error().message());
    trace::Trace out;
    out.scenario_name = scenario->name;
    out.scenario_text = scenario->text;
    out.sides.push_back(std::move(*model));
    out.sides.push_back(std::move(*recorded->side(trace::SideKind::kernel)));
    return out;
}

bool fails = false;  // the next run does
bool throws = false; // the next run does

WindowOptions options() {
    WindowOptions o = test::plainOptions();
    o.scenario = "udp-veth-napi";
    o.run = bothSides;
    o.whatIf = app::whatIfSource();
    o.whatIf.run = [run = o.whatIf.run](const trace::Trace &shown, const std::string &id) {
        if (throws) throw std::runtime_error("a table is torn");
        return fails ? tl::expected<trace::Trace, std::string>(
                           tl::make_unexpected(std::string("line 7: the process never ends")))
                     : run(shown, id);
    };
    return o;
}

class WhatIfWindow : public Keys {
protected:
    WhatIfWindow() : Keys(options()) {}
    void change(const char *typed) {
        press(Qt::Key_C);
        ASSERT_TRUE(controller.property("modal").toBool());
        type(typed);
        press(Qt::Key_Return);
        ASSERT_TRUE(QTest::qWaitFor([this] { return !controller.busy(); }, 20000));
        QTest::qWait(30);
    }
    bool isTwoRuns() { return s().selection.document()->isTwoRuns(); }
};

TEST_F(WhatIfWindow, ShowsTheChangedRunBesideTheFirstAndGoesBack) {
    s().selection.setStep(60);
    const TraceDocument *first = s().selection.document();
    const quint32 step = s().selection.step();
    ASSERT_TRUE(s().kernelHead().startsWith(QLatin1String("Kernel")));
    change("gro off");
    ASSERT_TRUE(isTwoRuns());
    EXPECT_EQ(s().unexplained(), 0);
    EXPECT_GT(s().selection.document()->comparison()->calls.reference, 50U);
    EXPECT_LT(s().selection.document()->comparison()->calls.f1, 1);
    const std::string line = s().kernelLine().toStdString();
    EXPECT_NE(line.find("Both sides are the **model**"), std::string::npos) << line;
    EXPECT_NE(line.find("gro of b.vb **off**, not on"), std::string::npos) << line;
    EXPECT_NE(line.find("Ctrl+Z"), std::string::npos) << line;
    EXPECT_TRUE(controller.scenarioTitle().contains(QLatin1String("GRO off on b.vb")));
    EXPECT_NE(notice().find("Ctrl+Z"), std::string::npos) << notice();
    press(Qt::Key_D);
    QTest::qWait(30);
    const DocumentRow &row = s().selection.document()->rows()[s().calls.currentRow()];
    EXPECT_TRUE(row.reasonWords().contains(QStringLiteral("you changed gro of b.vb: on → off")))
        << row.reasonWords().toStdString();
    shoot("what-if");
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(s().selection.document(), first);
    EXPECT_EQ(s().selection.step(), step);
    press(Qt::Key_Z, Qt::ControlModifier); // nothing left to undo
    EXPECT_NE(notice().find("nothing to undo"), std::string::npos);
}

// What is shown is saved, not the open trace behind it; and it comes back as two runs, with what was changed.
TEST_F(WhatIfWindow, AChangedRunIsSavedAndOpenedAgain) {
    change("gro off");
    const auto waitForFile = [this] {
        ASSERT_TRUE(QTest::qWaitFor([this] { return !controller.files().isBusy(); }, 20000));
    };
    QTemporaryDir dir;
    press(Qt::Key_S, Qt::ControlModifier);
    EXPECT_TRUE(controller.files().folder().text().endsWith(QLatin1String("/udp-veth-napi-b.vb.gro=off.skbt")))
        << controller.files().folder().text().toStdString();
    const QString path = dir.filePath(QStringLiteral("changed.skbt"));
    controller.files().accept(path);
    waitForFile();
    EXPECT_NE(notice().find("Saved as"), std::string::npos) << notice();
    const auto kept = trace::read_trace(path.toStdString());
    ASSERT_TRUE(kept) << kept.error().message();
    ASSERT_TRUE(trace::is_what_if(*kept));
    EXPECT_EQ(kept->sides[1].events.size(), s().selection.document()->trace().sides[1].events.size());
    press(Qt::Key_Escape);
    press(Qt::Key_Z, Qt::ControlModifier);
    ASSERT_FALSE(isTwoRuns());
    controller.files().open(path);
    waitForFile();
    ASSERT_TRUE(isTwoRuns());
    EXPECT_EQ(s().unexplained(), 0);
    const std::string line = s().kernelLine().toStdString();
    EXPECT_NE(line.find("gro of b.vb **off**, not on"), std::string::npos) << line;
    EXPECT_EQ(line.find("Ctrl+Z"), std::string::npos) << "of a file there is nothing to go back to";
    controller.files().open(path + QStringLiteral(":changed"));
    waitForFile();
    EXPECT_EQ(s().selection.document()->trace().sides.size(), 1U);
}

// "full" stands in no title of a queue that is there already, but is what one types.
TEST_F(WhatIfWindow, AChangeIsFoundByItsSettingToo) {
    press(Qt::Key_C);
    for (const char *typed : {"full", "frame=lost"}) {
        controller.picker().setQuery(QString::fromLatin1(typed));
        EXPECT_GT(controller.picker().count(), 0) << typed;
    }
    controller.picker().setQuery(QStringLiteral("frame=found"));
    EXPECT_EQ(controller.picker().count(), 0);
    press(Qt::Key_Escape);
}

// The changed run loses the packet on its way out; the first one has it on the other host by then.
TEST_F(WhatIfWindow, ADropOfOneRunIsShownInThatRun) {
    change("lost");
    ASSERT_TRUE(isTwoRuns());
    ASSERT_EQ(s().selection.side(), SideKind::model);
    press(Qt::Key_X);
    QTest::qWait(30);
    EXPECT_TRUE(s().banner.plain().contains(QLatin1String("QDISC_DROP"))) << s().banner.plain().toStdString();
    EXPECT_EQ(s().selection.side(), SideKind::kernel); // the changed run
    EXPECT_TRUE(s().banner.place().startsWith(QLatin1String("a, "))) << s().banner.place().toStdString();
}

// What a run throws is told; the program goes on.
TEST_F(WhatIfWindow, WhatARunThrowsIsAnError) {
    throws = true;
    change("gro off");
    throws = false;
    EXPECT_FALSE(isTwoRuns());
    EXPECT_NE(notice().find("internal error: a table is torn"), std::string::npos) << notice();
    change("gro off");
    EXPECT_TRUE(isTwoRuns());
}

TEST_F(WhatIfWindow, NoHeadOverAModelsRunSaysKernel) {
    change("gro off");
    const TraceDocument *d = s().selection.document();
    for (const quint32 step : {30U, 120U}) {
        s().selection.setStep(step);
        QTest::qWait(40);
        QStringList said;
        test::collectWords(window->contentItem(), said);
        said << s().sideWords() << s().agreeWords() << sideHead(d, SideKind::kernel) << s().fidelity() << s().facts();
        bool heads = false;
        for (const QString &text : said) {
            heads = heads || text.contains(QLatin1String("Model, with gro of b.vb off"));
            // The source and the card speak of the kernel in sentences; a head, a mark or a label does not.
            if (text.size() > 60) continue;
            EXPECT_FALSE(text.contains(QLatin1String("kernel"), Qt::CaseInsensitive)) << text.toStdString();
        }
        EXPECT_TRUE(heads);
    }
    press(Qt::Key_D, Qt::ControlModifier);
    QTest::qWait(30);
    shoot("what-if-differences");
    for (int i = 0; i < s().differences.rowCount(); ++i) {
        const QString text = s().differences.data(s().differences.index(i)).toString();
        EXPECT_FALSE(text.contains(QLatin1String("the kernel"))) << text.toStdString();
    }
}

// Each change is one of the first run, not of the change before.
TEST_F(WhatIfWindow, ASecondChangeTakesThePlaceOfTheFirst) {
    const TraceDocument *first = s().selection.document();
    change("gro off");
    change("no socket");
    ASSERT_TRUE(isTwoRuns());
    EXPECT_NE(s().kernelLine().toStdString().find("bind to port 7000"), std::string::npos);
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(s().selection.document(), first);
}

TEST_F(WhatIfWindow, TheListFitsAndTellsWhatToLookFor) {
    for (const QSize &size : {QSize(1280, 800), QSize(1600, 1000)}) {
        window->resize(size);
        press(Qt::Key_C);
        QTest::qWait(40);
        EXPECT_TRUE(controller.picker().isTall());
        EXPECT_GE(controller.picker().count(), 8);
        for (int i = 0; i < controller.picker().count(); ++i) {
            const QModelIndex at = controller.picker().index(i);
            EXPECT_GT(controller.picker().data(at, PickerModel::DetailRole).toString().size(), 30);
        }
        for (QQuickItem *i : window->contentItem()->findChildren<QQuickItem *>())
            if (i->isVisible() && i->inherits("QQuickText") && i->property("truncated").toBool()) {
                EXPECT_FALSE(i->property("text").toString().startsWith(QLatin1String("Look")))
                    << i->property("text").toString().toStdString();
            }
        shoot(QStringLiteral("what-if-list-%1").arg(size.width()).toLatin1().constData());
        press(Qt::Key_Escape);
    }
}

TEST_F(WhatIfWindow, FailsInOneLineAndTheFirstRunStays) {
    const TraceDocument *first = s().selection.document();
    fails = true;
    change("gro off");
    fails = false;
    EXPECT_EQ(s().selection.document(), first);
    EXPECT_EQ(controller.problem(), QStringLiteral("line 7: the process never ends"));
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_NE(notice().find("nothing to undo"), std::string::npos);
}

// The tests' own trace is of no scenario.
TEST_F(WhatIfWindow, SaysWhereThereIsNothingToRun) {
    s().open(TraceDocument::build(test::udpVeth()));
    press(Qt::Key_C);
    EXPECT_FALSE(controller.property("modal").toBool());
    EXPECT_NE(notice().find("carries no scenario"), std::string::npos) << notice();
}
// `skbscope open FILE.yaml`
class OpenedScenario : public test::Windows {};

TEST_F(OpenedScenario, IsRunAndWhatFollowsIsOpened) {
    const std::string assets = std::string(SKBSCOPE_SOURCE_DIR) + "/assets/";
    WindowOptions o = options();
    std::string ran;
    o.run = [&ran](const std::string &name) {
        ran = name;
        return bothSides(std::filesystem::path(name).stem());
    };
    o.traces = {assets + "scenarios/udp-rps.yaml", assets + "traces/icmp-echo.skbt"};
    test::Opened opened{o};
    EXPECT_EQ(ran, assets + "scenarios/udp-rps.yaml");
    ASSERT_NE(opened.session().selection.document(), nullptr);
    EXPECT_EQ(opened.session().selection.document()->trace().scenario_name, "udp-rps");
    EXPECT_EQ(opened.controller.files().traces().count(), 2);
}
} // namespace
