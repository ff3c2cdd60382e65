// SPDX-License-Identifier: GPL-2.0-or-later
// Runs of the real model from the window, and what is said of kernels that are not possible.
#include "app/cli/run_sides.h"
#include "app/lab/lab_files.h"
#include "app/model/model_run.h"
#include "real_window.h"
#include "tests/ui/english_words.h"
#include "trace/trace_file.h"
#include "ui/models/app_words.h"

#include <fstream>

namespace skbscope::app {
namespace {

using testing::HasSubstr;

std::string readScenario(const char *name) {
    return readFile(std::filesystem::path(SKBSCOPE_SOURCE_DIR) / "assets/scenarios" / (std::string(name) + ".yaml"));
}

class RealRun : public RealWindow {
protected:
    RealRun() : directory_(std::filesystem::temp_directory_path() / ("skbscope-window-" + std::to_string(getpid()))) {
        std::filesystem::create_directories(directory_);
    }
    ~RealRun() override { std::filesystem::remove_all(directory_); }
    std::string write(const char *name, const std::string &text) const {
        std::ofstream(directory_ / name) << text;
        return directory_ / name;
    }
    std::filesystem::path directory_;
};

TEST_F(RealRun, TheModelAloneOfAFile) {
    const std::string file = write("mine.yaml", readScenario("udp-loopback"));
    fillIn(file, 1, 0);
    EXPECT_EQ(run().refusal().toStdString(), "");
    press(Qt::Key_Return);
    EXPECT_FALSE(isOpen());
    ASSERT_TRUE(waitFor([this] { return controller->isUnsaved(); }));
    ASSERT_EQ(shown().sides.size(), 1U);
    const auto scenario = loadNamedScenario(file);
    ASSERT_TRUE(scenario);
    const auto expected = runModel(scenario->ops);
    ASSERT_TRUE(expected);
    ASSERT_EQ(shown().sides[0].events.size(), expected->events.size());
    EXPECT_EQ(shown().sides[0].info.kind, trace::SideKind::model);
    EXPECT_EQ(shown().scenario_text, readScenario("udp-loopback")) << "it could not be run again from what is kept";
    EXPECT_THAT(window->title().toStdString(), HasSubstr("(not saved)"));
    const std::filesystem::path kept = directory_ / "kept.skbt"; // whoever saves finds all of it
    ASSERT_TRUE(trace::write_trace(shown(), kept));
    const auto again = trace::read_trace(kept);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->sides[0].events.size(), expected->events.size());
}

// What the runner says of this machine, and of what cannot be: no English word is left of it in the Italian window.
TEST_F(RealRun, WhatIsPossibleIsSaidInItalian) {
    controller->language().setMode(QStringLiteral("it"));
    std::vector<std::string> lines;
    for (const ui::KernelOffer &o : runner.kernels())
        lines.insert(lines.end(), {o.title, o.what, o.whyNot});
    for (const ui::NetDevice &d : runner.devices())
        lines.insert(lines.end(), {d.state, d.whyNot});
    for (const ui::AttachRequest &r :
         {ui::AttachRequest{},
          ui::AttachRequest{.device = "tap7", .netns = {}, .address = "10.9", .peer = {}, .gateway = {}},
          ui::AttachRequest{
              .device = "a-name-that-is-too-long", .netns = {}, .address = "10.9.0.2", .peer = {}, .gateway = {}},
          ui::AttachRequest{.device = "lo",
          .netns = {},
          .address = "10.9.0.2/24",
          .peer = "10.9.0.1/24",
          .gateway = {},
          .cpus = "0"}})
        for (const ui::Problem &p : runner.check(r))
            lines.push_back(p.what);
    lines.push_back(runner.check("card-gro").modelAlone);
    lines.push_back(runner.check("card-gro").notRecorded);
    EXPECT_GT(lines.size(), 15U);
    for (const std::string &line : lines)
        EXPECT_EQ(ui::test::englishWords(ui::appWords(line)).join(QLatin1Char(' ')).toStdString(), "")
            << line << "\n"
            << ui::appWords(line).toStdString();
    controller->language().setMode(QStringLiteral("en"));
}

TEST_F(RealRun, BothSidesWithTheRecordedKernelWhichSaysSo) {
    fillIn("udp-veth", 0, 2);
    EXPECT_EQ(run().refusal().toStdString(), "");
    press(Qt::Key_Return);
    ASSERT_TRUE(waitFor([this] { return controller->isUnsaved(); }));
    ASSERT_EQ(shown().sides.size(), 2U);
    const std::string head = controller->session().kernelLine().toStdString();
    EXPECT_THAT(head, HasSubstr("recorded in the lab"));
    EXPECT_THAT(head, HasSubstr("6.1."));
    EXPECT_THAT(head, HasSubstr(shown().side(trace::SideKind::kernel)->info.date.substr(0, 10)));
}

TEST_F(RealRun, AnErrorInAFileIsToldInTheTerminalsWords) {
    const std::string file = write("wrong.yaml", "name: wrong\nhosts: [a]\nsteps:\n  - { do: sent, socket: s }\n");
    const auto terminal = loadNamedScenario(file);
    ASSERT_FALSE(terminal);
    fillIn(file, 1, 0);
    EXPECT_EQ(run().scenarioProblem().toStdString(), terminal.error().message);
    EXPECT_THAT(terminal.error().message, HasSubstr("wrong.yaml:4:"));
    shoot("wrong");
    press(Qt::Key_Return);
    EXPECT_TRUE(isOpen());
    EXPECT_FALSE(run().isRunning());
    write("wrong.yaml", readScenario("udp-loopback")); // mended meanwhile: asked anew, it is read anew
    press(Qt::Key_Escape);
    press(Qt::Key_F9);
    ASSERT_TRUE(waitFor([this] { return run().refusal().isEmpty(); })) << run().refusal().toStdString();
}

TEST_F(RealRun, AFileWithoutARecordingSaysSoBeforeItIsRun) {
    std::string text = readScenario("udp-veth");
    const std::size_t length = text.find("length: 12");
    ASSERT_NE(length, text.npos);
    fillIn(write("longer.yaml", text.replace(length, 10, "length: 13")), 0, 2);
    EXPECT_THAT(run().refusal().toStdString(), HasSubstr("is not the scenario that"));
    press(Qt::Key_Return);
    EXPECT_FALSE(run().isRunning());
}

TEST_F(RealRun, ALabThatIsNotHereIsListedWithTheTerminalsReason) {
    const QByteArray path = qgetenv("PATH"), lab = qgetenv("SKBSCOPE_LAB_DIR");
    qputenv("SKBSCOPE_LAB_DIR", directory_.c_str());
    const auto terminal = findLab();
    ASSERT_FALSE(terminal);
    fillIn("udp-veth", 0, 0);
    EXPECT_EQ(run().refusal().toStdString(), terminal.error().message());
    EXPECT_EQ(run().kernels()[0].toMap()[QStringLiteral("problem")].toString().toStdString(),
              terminal.error().message());
    shoot("no-lab");
    press(Qt::Key_Return);
    EXPECT_FALSE(run().isRunning());
    lab.isEmpty() ? qunsetenv("SKBSCOPE_LAB_DIR") : qputenv("SKBSCOPE_LAB_DIR", lab);
}

TEST_F(RealRun, AFieldsErrorIsTheCommandLinesOne) {
    const auto problems = runner.check(
        ui::AttachRequest{.device = "nosuchtap0", .netns = {}, .address = "10.9.0", .peer = {}, .gateway = {}});
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].field, "address");
    EXPECT_EQ(problems[0].what, "10.9.0: no IPv4 address; write it as 10.9.0.2/24");
    const auto many = runner.check(ui::AttachRequest{
        .device = "lo", .netns = {}, .address = "10.9.0.2/24", .peer = {}, .gateway = {}, .mode = "gro", .cpus = "65"});
    ASSERT_EQ(many.size(), 2U);
    EXPECT_EQ(many[0].what, "lo is no Ethernet device");
    EXPECT_EQ(many[1].field, "cpus");
    const auto filter = runner.check(ui::WatchRequest{.filter = "udp prot 7", .device = {}, .host = "box"});
    ASSERT_EQ(filter.size(), 1U);
    EXPECT_EQ(filter[0].field, "filter");
    EXPECT_THAT(filter[0].what, HasSubstr("syntax error"));
}

} // namespace
} // namespace skbscope::app
