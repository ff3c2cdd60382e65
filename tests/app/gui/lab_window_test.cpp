// SPDX-License-Identifier: GPL-2.0-or-later
// The lab's kernel from the window: a whole run, and one that is cancelled in the middle.
#include "app/lab/lab_files.h"
#include "real_window.h"

#include <csignal>
#include <fstream>
#include <set>

namespace skbscope::app {
namespace {

using testing::HasSubstr;

// QEMUs that are our children, by their ids. They live in threads of ours.
std::vector<pid_t> machines() {
    std::vector<pid_t> out;
    for (const auto &thread : std::filesystem::directory_iterator("/proc/self/task")) {
        std::ifstream children(thread.path() / "children");
        for (pid_t child = 0; children >> child;)
            if (readFile("/proc/" + std::to_string(child) + "/cmdline").find("qemu-system") != std::string::npos)
                out.push_back(child);
    }
    return out;
}

class LabWindow : public RealWindow {
protected:
    void SetUp() override {
        if (const auto lab = findLab(); !lab) GTEST_SKIP() << lab.error().message();
    }
};

TEST_F(LabWindow, RunsAScenarioOnBothSidesAndCancelsAnother) {
    fillIn("udp-veth", 0, 0);
    EXPECT_EQ(run().refusal().toStdString(), "");
    press(Qt::Key_Return);
    std::set<std::string> said;
    ASSERT_TRUE(waitFor(
        [&] {
            said.insert(run().doing().toStdString());
            return controller->isUnsaved();
        },
        600))
        << run().failure().toStdString();
    ASSERT_EQ(shown().sides.size(), 2U);
    EXPECT_THAT(controller->session().kernelLine().toStdString(), HasSubstr("traced in the lab"));
    EXPECT_GT(shown().side(trace::SideKind::kernel)->events.size(), 200U);
    EXPECT_GT(said.size(), 2U) << "nothing is told of what is being done";
    EXPECT_TRUE(machines().empty());
    shoot("lab");
    const auto *const before = controller->session().selection.document();
    const std::size_t events = shown().side(trace::SideKind::kernel)->events.size();

    press(Qt::Key_F9, Qt::ShiftModifier);
    ASSERT_TRUE(run().isRunning());
    std::vector<pid_t> running;
    ASSERT_TRUE(waitFor(
        [&] {
            running = machines();
            return !running.empty() || !run().isRunning();
        },
        60));
    ASSERT_FALSE(running.empty());
    QElapsedTimer clock;
    clock.start();
    press(Qt::Key_F9, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([this] { return !run().isRunning(); }));
    const qint64 took = clock.elapsed();
    std::cout << "cancelled after " << took << " ms\n";
    EXPECT_LT(took, 3000);
    EXPECT_TRUE(machines().empty());
    for (const pid_t machine : running)
        EXPECT_NE(kill(machine, 0), 0) << machine << " is still there";
    EXPECT_EQ(controller->session().selection.document(), before) << "the trace that was open is gone";

    // What was cancelled has spoilt nothing: the next run is whole.
    press(Qt::Key_F9, Qt::ShiftModifier);
    ASSERT_TRUE(waitFor([&] { return controller->session().selection.document() != before; }, 600))
        << run().failure().toStdString();
    EXPECT_EQ(shown().side(trace::SideKind::kernel)->events.size(), events);
}

TEST_F(LabWindow, AWindowThatIsClosedTakesItsMachineWithIt) {
    fillIn("udp-veth", 2, 0);
    press(Qt::Key_Return);
    std::vector<pid_t> running;
    ASSERT_TRUE(waitFor(
        [&] {
            running = machines();
            return !running.empty() || !run().isRunning();
        },
        60));
    ASSERT_FALSE(running.empty());
    QElapsedTimer clock;
    clock.start();
    engine.reset();
    controller.reset();
    EXPECT_LT(clock.elapsed(), 3000);
    for (const pid_t machine : running)
        EXPECT_NE(kill(machine, 0), 0) << machine << " is still there";
}

} // namespace
} // namespace skbscope::app
