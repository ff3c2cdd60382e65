// SPDX-License-Identifier: GPL-2.0-or-later
// skbscope lab, on a kernel that really boots. Skipped, with the reason, where there is no lab.
#include "app/lab/lab_shell.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace {

using namespace skbscope;
using testing::HasSubstr;
namespace fs = std::filesystem;

class LabShellTest : public testing::Test {
protected:
    void SetUp() override {
        if (const auto lab = app::findLab(); !lab) GTEST_SKIP() << lab.error().message();
        if (app::findProgram("busybox").empty()) GTEST_SKIP() << "no busybox here (apt-get install busybox-static)";
    }
    // Its exit status; what it printed is in out_ and err_.
    int run(app::ShellRequest request) {
        testing::internal::CaptureStdout();
        testing::internal::CaptureStderr();
        const auto status = app::LabShell(request, {}).run();
        out_ = testing::internal::GetCapturedStdout();
        err_ = testing::internal::GetCapturedStderr();
        EXPECT_TRUE(status) << status.error().message();
        return status ? *status : -1;
    }
    std::string out_, err_;
};

TEST_F(LabShellTest, ACommandGivesItsOutputAndItsStatus) {
    EXPECT_EQ(run({.command = "uname -r; echo wrong >&2; cat /sys/kernel/tracing/tracing_on; exit 7"}), 7);
    EXPECT_THAT(out_, testing::StartsWith(app::findLab()->release + "\n"));
    EXPECT_THAT(out_, testing::EndsWith("\n1\n"));
    EXPECT_EQ(err_, "wrong\n");
    EXPECT_EQ(run({.command = "kill -9 $$"}), 137);
}

TEST_F(LabShellTest, NamespacesAndVethWork) {
    if (app::findProgram("ip").empty()) GTEST_SKIP() << "no iproute2 here";
    EXPECT_EQ(run({.command = "ip netns add a && ip link add va type veth peer name vb netns a && ip addr add "
                              "10.9.0.1/24 dev va && ip link set va up && ip netns exec a ip addr add 10.9.0.2/24 dev "
                              "vb && ip netns exec a ip link set vb up && ping -c 1 -W 5 10.9.0.2"}),
              0)
        << err_;
    EXPECT_THAT(out_, HasSubstr("1 packets received"));
}

TEST_F(LabShellTest, FilesAreCopied) {
    const fs::path file = fs::temp_directory_path() / ("skbscope-copied-" + std::to_string(getpid()));
    std::ofstream(file) << "#!/bin/sh\necho copied $1\n";
    fs::permissions(file, fs::perms::owner_all);
    EXPECT_EQ(run({.command = "./" + file.filename().string() + " well", .files = {file}}), 0);
    EXPECT_EQ(out_, "copied well\n");
    fs::remove(file);
}

// The same instructions, the same time: to the nanosecond, in two machines.
TEST_F(LabShellTest, TwoRunsAreTheSame) {
    const app::ShellRequest request{.command = "cat /proc/uptime; grep -c . /proc/kallsyms; cat /proc/uptime"};
    EXPECT_EQ(run(request), 0);
    const std::string first = out_;
    EXPECT_EQ(run(request), 0);
    EXPECT_EQ(out_, first);
}

TEST_F(LabShellTest, TwoCpusAreThere) {
    app::ShellRequest request{.command = "grep -c ^processor /proc/cpuinfo"};
    request.lab.cpus = 2;
    EXPECT_EQ(run(request), 0);
    EXPECT_EQ(out_, "2\n");
}

} // namespace
