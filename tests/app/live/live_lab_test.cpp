// SPDX-License-Identifier: GPL-2.0-or-later
// skbscope live --kernel lab: an interrupt ends the watch in the guest, so that it says what it lost.
#include "../cli/watching_program.h"
#include "app/lab/lab_files.h"

#include <csignal>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace skbscope;
using namespace std::chrono_literals;
using testing::HasSubstr;

TEST(LiveLab, AnInterruptAsksTheGuestFirst) {
    if (const auto lab = app::findLab(); !lab) GTEST_SKIP() << lab.error().message();
    const app::TemporaryDirectory directory;
    const std::string scenario = directory.path() / "long.yaml", trace = directory.path() / "seen.skbt";
    std::ofstream(scenario) << R"(name: long
title: One datagram, and then nothing for a long time
hosts: [a]
steps:
  - { host: a, do: socket, as: r, type: udp }
  - { do: bind, socket: r, address: "127.0.0.1:7000" }
  - { do: socket, as: s, type: udp }
  - { do: sendto, socket: s, to: "127.0.0.1:7000", length: 12 }
  - { do: recv, socket: r, length: 100 }
  - { do: recv, socket: r, length: 100 }
)";
    app::WatchingProgram program({"live", "udp port 7000", "--kernel", "lab", "--scenario", scenario, "-o", trace});
    ASSERT_TRUE(program.says("watching", 300s)) << program.ended(1s).err;
    ASSERT_TRUE(program.shows("__udp_enqueue_schedule_skb", 60s)) << program.ended(1s).err;
    const auto began = std::chrono::steady_clock::now();
    program.signal(SIGINT);
    const app::Ran ran = program.ended();
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_LT(std::chrono::steady_clock::now() - began, 10s);
    EXPECT_THAT(ran.err, HasSubstr("records made"));
    EXPECT_THAT(ran.err, HasSubstr(" 0 lost"));
    EXPECT_THAT(ran.err, testing::Not(HasSubstr("ended early")));
}

} // namespace
