// SPDX-License-Identifier: GPL-2.0-or-later
// The virtual machine is killed in mid-run: the message says what died and how, and what came before stays. Or it stops
// in mid-run: another one does the whole run.
#include "../agent/long_run.h"
#include "app/lab/lab_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace skbscope;
using testing::HasSubstr;

TEST(LabKilled, SaysWhatDiedAndKeepsWhatCame) {
    if (const auto lab = app::findLab(); !lab) GTEST_SKIP() << lab.error().message();
    const test::KilledRun run = test::killInMidRun(app::KernelTarget::lab(), "qemu-system-x86_64");
    ASSERT_TRUE(run.killed) << "no machine was there to be killed";
    ASSERT_FALSE(run.side);
    const app::RunError &why = run.side.error();
    EXPECT_EQ(why.code, app::RunErrorCode::notPossibleHere);
    EXPECT_THAT(why.message(), HasSubstr("qemu-system-x86_64"));
    EXPECT_THAT(why.message(), HasSubstr("was killed by signal 9"));
    EXPECT_EQ(why.message().find('\n'), std::string::npos);
    EXPECT_EQ(test::childOfOurs("qemu-system-x86_64"), 0);
    ASSERT_TRUE(why.partial);
    EXPECT_EQ(test::notWholeUpToThere(*why.partial), "");
}

TEST(LabStandsStill, AnotherMachineDoesTheRun) {
    if (const auto lab = app::findLab(); !lab) GTEST_SKIP() << lab.error().message();
    app::KernelTarget target = app::KernelTarget::lab();
    target.labOptions.patience = std::chrono::seconds(10);
    const test::KilledRun run = test::killInMidRun(target, "qemu-system-x86_64", SIGSTOP);
    ASSERT_TRUE(run.killed) << "no machine was there to be stopped";
    ASSERT_TRUE(run.side) << run.side.error().message();
    EXPECT_EQ(test::callsOf(*run.side, "__sys_sendto"), 300U);
    EXPECT_EQ(test::childOfOurs("qemu-system-x86_64"), 0);
}

} // namespace
