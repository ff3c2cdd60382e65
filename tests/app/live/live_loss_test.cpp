// SPDX-License-Identifier: GPL-2.0-or-later
// What a live watch loses is counted, and what ends it leaves a whole trace.
#include "live_fixture.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using namespace skbscope;
using namespace skbscope::test;

TEST_F(Live, AFloodIsCounted) {
    const Ran ran = watch({"udp port 7009", "--ring", "65536"}, [&] { net_.sendDatagrams(7009, 20'000); });
    ASSERT_EQ(ran.code, 0) << ran.err;
    read();
    const std::uint64_t made = numberBefore(ran.err, "records made"), received = numberBefore(ran.err, "received"),
                        lost = numberBefore(ran.err, "lost");
    EXPECT_GT(made, 20'000U) << ran.err;
    EXPECT_GT(lost, 1000U) << "the ring held it all: not what is tested here";
    EXPECT_GT(received, 0U);
    EXPECT_EQ(received + lost, made);
    EXPECT_EQ(lostFor(SKBSCOPE_LOSS_RING_FULL), lost) << "losses as events add up to the same";
    EXPECT_THAT(ran.err, HasSubstr("lost: ring full: " + std::to_string(lost)));
    EXPECT_THAT(ran.out, HasSubstr("records lost here: the ring was full"));
}

// 64 datagrams wait at a socket that nobody reads; two of them can be followed there.
TEST_F(Live, WhatTheTableOfPacketsCannotHoldIsCounted) {
    const int receiver = test::boundSocket(net_.b, 7000);
    ASSERT_GE(receiver, 0);
    const Ran ran = watch({"udp port 7000", "--follow", "2"}, [&] {
        net_.sendDatagrams(7000, 64);
        std::this_thread::sleep_for(1200ms); // it is looked at once a second
    });
    close(receiver);
    ASSERT_EQ(ran.code, 0) << ran.err;
    read();
    EXPECT_GT(lostFor(SKBSCOPE_LOSS_FILTER_FULL), 0U);
    EXPECT_THAT(ran.err, HasSubstr("lost: table of followed packets full: " +
                                   std::to_string(lostFor(SKBSCOPE_LOSS_FILTER_FULL))));
}

TEST_F(Live, AnInterruptLeavesAWholeTrace) {
    WatchingProgram program({"live", "udp port 7009", "-o", file()});
    ASSERT_TRUE(program.says("watching"));
    const pid_t sender = net_.start(net_.a, [this] { // in the midst of traffic
        for (int i = 0; i < 2000; ++i)
            net_.sendDatagrams(7009, 1);
        return true;
    });
    ASSERT_TRUE(program.shows("veth_xmit", 20s));
    const pid_t agent = program.child("skbscope-agent");
    ASSERT_GT(agent, 0);
    const auto began = std::chrono::steady_clock::now();
    program.signal(SIGINT);
    const Ran ran = program.ended();
    EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
    kill(sender, SIGKILL);
    (void)net_.ended(sender);
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(kill(agent, 0), -1) << "the agent, and so its programs, outlive the watch";
    read();
    EXPECT_GT(side_.events.size(), 50U);
    EXPECT_EQ(ofKind(SKBSCOPE_EV_LOSS).size() - std::size_t{lostFor(SKBSCOPE_LOSS_RECURSION) != 0}, 0U) << ran.err;
    std::size_t enters = 0, leaves = 0;
    for (const Event &e : side_.events) {
        enters += trace::is_enter(e);
        leaves += trace::is_leave(e);
    }
    if (inferred()) {
        EXPECT_EQ(enters, leaves);
    }
}

TEST_F(Live, AKilledAgentLeavesWhatCameUntilThen) {
    WatchingProgram program({"live", "udp port 7009", "-o", file()});
    ASSERT_TRUE(program.says("watching"));
    net_.sendDatagrams(7009, 1);
    ASSERT_TRUE(program.shows("veth_xmit", 20s));
    const pid_t agent = program.child("skbscope-agent");
    ASSERT_GT(agent, 0);
    kill(agent, SIGKILL);
    const Ran ran = program.ended();
    EXPECT_EQ(ran.code, 3);
    EXPECT_THAT(ran.err, HasSubstr("the agent ended before the run was done: signal 9"));
    read();
    expectInOrder({"dev_hard_start_xmit", "veth_xmit"});
    const auto losses = ofKind(SKBSCOPE_EV_LOSS);
    ASSERT_FALSE(losses.empty());
    EXPECT_EQ(losses.back().loss.reason, SKBSCOPE_LOSS_STREAM_CUT);
}

} // namespace
