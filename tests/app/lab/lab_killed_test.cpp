// SPDX-License-Identifier: GPL-2.0-or-later
// The virtual machine is killed in mid-run: the message says what died and how.
#include "app/lab/kernel_run.h"
#include "app/lab/lab_files.h"
#include "app/scenario/loader.h"

#include <csignal>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace {

using namespace skbscope;
using testing::HasSubstr;

// QEMU as this process's child, 0 when there is none.
pid_t machineOfOurs() {
    std::ifstream children("/proc/self/task/" + std::to_string(gettid()) + "/children");
    for (pid_t child = 0; children >> child;) {
        std::string name;
        std::ifstream("/proc/" + std::to_string(child) + "/comm") >> name;
        if (name.starts_with("qemu-system")) return child;
    }
    return 0;
}

TEST(LabKilled, SaysWhatDied) {
    if (const auto lab = app::findLab(); !lab) GTEST_SKIP() << lab.error().message();
    const auto scenario = app::loadScenario(std::string(SKBSCOPE_SOURCE_DIR) + "/assets/scenarios/udp-loopback.yaml");
    ASSERT_TRUE(scenario) << scenario.error().message();
    pid_t killed = 0;
    const auto side =
        app::runOnKernel(scenario->ops.list(), app::KernelTarget::lab(), [&killed](const app::Progress &p) {
            if (p.what != "running the scenario" || killed != 0) return;
            killed = machineOfOurs();
            if (killed != 0) kill(killed, SIGKILL);
        });
    ASSERT_NE(killed, 0) << "no machine was there to be killed";
    ASSERT_FALSE(side);
    EXPECT_EQ(side.error().code, app::RunErrorCode::notPossibleHere);
    EXPECT_THAT(side.error().message(), HasSubstr("qemu-system-x86_64"));
    EXPECT_THAT(side.error().message(), HasSubstr("was killed by signal 9"));
    EXPECT_EQ(side.error().message().find('\n'), std::string::npos);
    EXPECT_EQ(machineOfOurs(), 0);
}

} // namespace
