// SPDX-License-Identifier: GPL-2.0-or-later
// What can be run, why not, and a run's way from start to end, without a window and without a kernel.
#include "tests/ui/fake_runner.h"
#include "ui/models/run_model.h"
#include "ui/models/start_form.h"

#include <QCoreApplication>
#include <QTest>
#include <gtest/gtest.h>

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using test::FakeRunner;

class Application : public testing::Environment {
    void SetUp() override { app_ = std::make_unique<QCoreApplication>(one_, argv_); }
    void TearDown() override { app_.reset(); }
    int one_ = 1;
    char name_[4] = "run";
    char *argv_[2] = {name_, nullptr};
    std::unique_ptr<QCoreApplication> app_;
};
const auto *const application = testing::AddGlobalTestEnvironment(new Application);

class RunModelTest : public testing::Test {
protected:
    RunModelTest() {
        QObject::connect(&model, &RunModel::finished, &model, [this](auto document, const QString &text) {
            shown = document;
            note = text.toStdString();
        });
        QObject::connect(&model, &RunModel::failed, &model, [this] { ++failures; });
        model.setScenario(QStringLiteral("udp-veth"));
        model.look();
        EXPECT_TRUE(QTest::qWaitFor([this] { return model.refusal().isEmpty(); })) << refusal();
    }
    [[nodiscard]] std::string refusal() const { return model.refusal().toStdString(); }
    [[nodiscard]] bool waitFor(const std::function<bool()> &what) const { return QTest::qWaitFor(what, 10000); }
    // Once the scenario has been read.
    void choose(const char *scenario) {
        model.setScenario(QLatin1String(scenario));
        ASSERT_TRUE(waitFor([this] { return model.refusal() != QLatin1String("The scenario is being read ..."); }));
    }

    FakeRunner runner;
    RunModel model{&runner};
    std::shared_ptr<const TraceDocument> shown;
    std::string note;
    int failures = 0;
};

// Two CPUs where the lab runs, or the model alone; asked for elsewhere, it is one.
TEST_F(RunModelTest, CpusWhereTheyCanBeHad) {
    EXPECT_TRUE(model.canHaveSeveralCpus());
    model.setCpus(2);
    ASSERT_TRUE(model.start());
    EXPECT_EQ(runner.requests.back().cpus, 2U);
    EXPECT_EQ(model.title().toStdString(), "udp-veth, model and kernel, 2 CPUs (the lab)");
    model.cancel();
    ASSERT_TRUE(waitFor([this] { return !model.isRunning(); }));
    model.setKernel(2); // a recording is of one
    EXPECT_FALSE(model.canHaveSeveralCpus());
    ASSERT_TRUE(model.start()) << refusal();
    EXPECT_EQ(runner.requests.back().cpus, 1U);
    model.cancel();
    ASSERT_TRUE(waitFor([this] { return !model.isRunning(); }));
    model.setSides(int(RunSides::model));
    EXPECT_TRUE(model.canHaveSeveralCpus());
    model.setCpus(7);
    EXPECT_EQ(model.cpus(), 2);
}

TEST_F(RunModelTest, ARunGoesFromStartToItsTrace) {
    ASSERT_TRUE(model.start());
    ASSERT_EQ(runner.requests.size(), 1U);
    EXPECT_EQ(runner.requests[0], (RunRequest{"udp-veth", RunSides::both, "lab", ""}));
    EXPECT_TRUE(model.isRunning());
    EXPECT_EQ(model.title().toStdString(), "udp-veth, model and kernel (the lab)");
    EXPECT_EQ(model.progress(), -1);
    runner.script->say("attaching probes", 96, 137);
    ASSERT_TRUE(waitFor([this] { return model.doing() == QLatin1String("attaching probes 96 of 137"); }));
    EXPECT_NEAR(model.progress(), 96 / 137.0, 0.001);
    runner.script->end({ui::test::udpVeth(), "", false});
    ASSERT_TRUE(waitFor([this] { return shown != nullptr; }));
    EXPECT_FALSE(model.isRunning());
    EXPECT_TRUE(shown->hasBoth());
    EXPECT_EQ(failures, 0);
    EXPECT_TRUE(runner.script->gone) << "the run is kept after its end";
}

TEST_F(RunModelTest, ThereIsOneAtATime) {
    ASSERT_TRUE(model.start());
    EXPECT_FALSE(model.start());
    EXPECT_FALSE(model.again());
    EXPECT_EQ(refusal(), "A run is on its way; Ctrl+F9 cancels it.");
    EXPECT_EQ(runner.requests.size(), 1U);
    model.cancel();
    ASSERT_TRUE(waitFor([this] { return !model.isRunning(); }));
    EXPECT_TRUE(model.start());
    EXPECT_EQ(runner.requests.size(), 2U);
}

TEST_F(RunModelTest, CancelEndsItOnceAndShowsNothing) {
    ASSERT_TRUE(model.start());
    model.cancel();
    model.cancel();
    EXPECT_TRUE(model.isCancelling());
    EXPECT_EQ(model.doing(), QLatin1String("ending"));
    ASSERT_TRUE(waitFor([this] { return !model.isRunning(); }));
    EXPECT_EQ(runner.script->cancels, 1);
    EXPECT_EQ(failures, 1);
    EXPECT_TRUE(model.failure().isEmpty()) << "cancelling is no failure";
    EXPECT_FALSE(shown);
}

TEST_F(RunModelTest, WhatComesAfterCancelIsNotShown) {
    ASSERT_TRUE(model.start());
    runner.script->end({ui::test::udpVeth(), "", false}); // it was done just then
    model.cancel();
    ASSERT_TRUE(waitFor([this] { return !model.isRunning(); }));
    EXPECT_FALSE(shown);
}

TEST_F(RunModelTest, AnErrorIsTold) {
    ASSERT_TRUE(model.start());
    runner.script->end({{}, "lab: takes too long", false});
    ASSERT_TRUE(waitFor([this] { return failures == 1; }));
    EXPECT_EQ(model.failure().toStdString(), "lab: takes too long");
    EXPECT_TRUE(refusal().empty());
    ASSERT_TRUE(model.again());
    EXPECT_TRUE(model.failure().isEmpty());
    EXPECT_EQ(runner.requests[1], runner.requests[0]);
}

TEST_F(RunModelTest, ATraceThatBrokeOffIsShownWithItsReason) {
    ASSERT_TRUE(model.start());
    runner.script->end({ui::test::udpVeth(), "lab: the machine died", false});
    ASSERT_TRUE(waitFor([this] { return shown != nullptr; }));
    EXPECT_EQ(note, "lab: the machine died");
}

TEST_F(RunModelTest, WhatIsNotPossibleHereIsListedWithItsReason) {
    ASSERT_EQ(model.kernels().size(), 4);
    EXPECT_EQ(model.kernels()[1].toMap()[QStringLiteral("problem")].toString().toStdString(), runner.hostProblem);
    model.setKernel(1);
    EXPECT_EQ(refusal(), runner.hostProblem);
    EXPECT_FALSE(model.start());
    model.setSides(int(RunSides::model)); // that needs no kernel
    EXPECT_EQ(refusal(), "");
    EXPECT_TRUE(model.start());
}

TEST_F(RunModelTest, AnotherMachineNeedsAName) {
    model.setKernel(3);
    EXPECT_EQ(refusal(), "Which machine? Write HOST or USER@HOST.");
    model.setHost(QStringLiteral(" box "));
    EXPECT_EQ(refusal(), "");
    ASSERT_TRUE(model.start());
    EXPECT_EQ(runner.requests[0].host, "box");
    EXPECT_EQ(model.title().toStdString(), "udp-veth, model and kernel (box)");
}

TEST_F(RunModelTest, AScenarioWithAnErrorIsNotRun) {
    choose("/tmp/wrong.yaml");
    EXPECT_EQ(model.scenarioProblem().toStdString(), "/tmp/wrong.yaml:3:5: hots: no such key; did you mean 'hosts'?");
    EXPECT_FALSE(model.start());
    choose("");
    EXPECT_FALSE(model.start());
    EXPECT_TRUE(model.scenarioProblem().isEmpty());
}

TEST_F(RunModelTest, AScenarioSaysWhichKernelsItCanHave) {
    choose("mine.yaml");
    EXPECT_EQ(refusal(), "");
    model.setKernel(2);
    EXPECT_EQ(refusal(), "no recording of it");
    choose("card.yaml");
    model.setKernel(0);
    EXPECT_EQ(refusal(), "line 4: nic0 is a simulated card");
    model.setSides(int(RunSides::model));
    EXPECT_EQ(refusal(), "");
}

TEST_F(RunModelTest, GoesWithItsRun) {
    auto other = std::make_unique<RunModel>(&runner);
    other->setScenario(QStringLiteral("udp-veth"));
    other->look();
    ASSERT_TRUE(waitFor([&] { return other->start(); }));
    const auto script = runner.script;
    EXPECT_FALSE(script->gone);
    other.reset();
    EXPECT_TRUE(script->gone);
}

TEST(RunModelAlone, RefusesWithoutARunner) {
    RunModel model(nullptr);
    model.look();
    model.setScenario(QStringLiteral("udp-veth"));
    EXPECT_FALSE(model.start());
    EXPECT_FALSE(model.refusal().isEmpty());
}

struct StartFormTest : testing::Test {
    [[nodiscard]] std::string problem(const char *field) const {
        return form.problems()[QLatin1String(field)].toString().toStdString();
    }
    FakeRunner runner;
    StartForm form{attachWork(&runner)};
    int refusals = 0, begun = 0;
    StartFormTest() {
        QObject::connect(&form, &StartForm::refused, &form, [this] { ++refusals; });
        QObject::connect(&form, &StartForm::begun, &form, [this] { ++begun; });
    }
};

TEST_F(StartFormTest, TellsEachProblemAtItsField) {
    form.look();
    ASSERT_TRUE(QTest::qWaitFor([this] { return form.devices().size() == 2; }));
    form.edit({{QStringLiteral("address"), QStringLiteral("10.9")}});
    ASSERT_TRUE(QTest::qWaitFor([this] { return !problem("address").empty(); }));
    EXPECT_EQ(problem("device"), "") << "nobody wrote there yet";
    form.start({});
    ASSERT_TRUE(QTest::qWaitFor([this] { return refusals == 1; }));
    EXPECT_EQ(problem("device"), "choose one");
    EXPECT_FALSE(form.isStarting());
    EXPECT_TRUE(runner.attached.empty());
}

TEST_F(StartFormTest, HandsOnWhatHasBegun) {
    form.start({{QStringLiteral("device"), QStringLiteral("tap7")},
                {QStringLiteral("address"), QStringLiteral("10.9.0.2/24")},
                {QStringLiteral("mode"), QStringLiteral("napi")}});
    ASSERT_TRUE(QTest::qWaitFor([this] { return begun == 1; }));
    EXPECT_EQ(runner.attached.at(0).device, "tap7");
    EXPECT_EQ(runner.attached.at(0).mode, "napi");
    EXPECT_EQ(runner.attached.at(0).cpus, "1");
    EXPECT_TRUE(form.take());
    EXPECT_FALSE(form.isStarting());
}

TEST_F(StartFormTest, TellsWhatWasRefusedAtTheStart) {
    runner.refusal = "tap7: may not be opened or made: it takes CAP_NET_ADMIN (run as root)";
    form.start({{QStringLiteral("device"), QStringLiteral("tap7")},
                {QStringLiteral("address"), QStringLiteral("10.9.0.2/24")}});
    ASSERT_TRUE(QTest::qWaitFor([this] { return refusals == 1; }));
    EXPECT_EQ(problem(""), runner.refusal);
    EXPECT_FALSE(form.isStarting());
    EXPECT_EQ(begun, 0);
}

} // namespace
