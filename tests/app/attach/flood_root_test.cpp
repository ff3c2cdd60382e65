// SPDX-License-Identifier: GPL-2.0-or-later
// A flood from the host, valid and broken frames at 1000 a second over a real tap: every frame that came is accounted
// for at the end. SKBSCOPE_FLOOD_SECONDS says for how long (5 if not given; the long run is 600).
#include "../cli/program.h"
#include "../cli/watching_program.h"
#include "../live/veth_pair.h"
#include "flood_frames.h"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <regex>
#include <sched.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace skbscope::app {
namespace {

using test::sh;
using Clock = std::chrono::steady_clock;

constexpr unsigned framesPerSecond = 1000;

unsigned floodSeconds() {
    const char *asked = std::getenv("SKBSCOPE_FLOOD_SECONDS");
    return asked ? static_cast<unsigned>(std::atoi(asked)) : 5U;
}

// In the namespace; never returns. Exits 0 when all frames went out.
[[noreturn]] void sendFlood(const std::string &ns, const test::Bytes &mac, unsigned seconds) {
    const int file = open(("/run/netns/" + ns).c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0 || setns(file, CLONE_NEWNET) != 0) _exit(1);
    const int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    sockaddr_ll to{};
    to.sll_family = AF_PACKET;
    to.sll_ifindex = static_cast<int>(if_nametoindex("tap0"));
    if (fd < 0 || bind(fd, reinterpret_cast<sockaddr *>(&to), sizeof to) != 0) _exit(2);
    test::FloodFrames flood(mac, 7);
    const auto begun = Clock::now();
    const unsigned frames = seconds * framesPerSecond;
    for (unsigned sent = 0; sent < frames; ++sent) {
        const test::Bytes frame = flood.next();
        if (send(fd, frame.data(), frame.size(), 0) < 0) _exit(3);
        if (sent % 10 == 9)
            std::this_thread::sleep_until(begun + std::chrono::microseconds(sent * (1'000'000ULL / framesPerSecond)));
    }
    _exit(0);
}

// The number that stands before `what`.
std::uint64_t numberBefore(const std::string &text, const std::string &what) {
    std::smatch found;
    return std::regex_search(text, found, std::regex("([0-9]+) " + what)) ? std::stoull(found[1]) : 0;
}

struct FloodTest : testing::Test {
    void SetUp() override {
        if (geteuid() != 0) GTEST_SKIP() << "needs root: it makes a network namespace";
        if (sh("command -v ip") != 0) GTEST_SKIP() << "iproute2 is not installed";
        if (sh("ip netns add " + ns) != 0) GTEST_SKIP() << "ip netns add: not allowed here";
        ASSERT_EQ(sh("ip netns exec " + ns + " sh -c 'echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6'"), 0);
        ASSERT_EQ(sh("ip -n " + ns + " tuntap add tap0 mode tap"), 0);
        ASSERT_EQ(sh("ip -n " + ns + " address add 10.9.0.1/24 dev tap0"), 0);
        ASSERT_EQ(sh("ip -n " + ns + " link set tap0 up"), 0);
    }
    void TearDown() override { sh("ip netns delete " + ns); }
    const std::string ns = "skfl" + std::to_string(getpid());
};

TEST_F(FloodTest, EveryFrameIsConsumedDroppedOrQueued) {
    WatchingProgram program({"attach", "tap0", "--netns", ns, "--address", "10.9.0.2/24"});
    ASSERT_TRUE(program.says("Ctrl-C ends")) << program.ended().err;
    const unsigned seconds = floodSeconds();
    const pid_t sender = fork();
    ASSERT_GE(sender, 0);
    if (sender == 0) sendFlood(ns, {2, 0x5b, 10, 9, 0, 2}, seconds);
    int status = -1;
    waitpid(sender, &status, 0);
    EXPECT_EQ(status, 0) << "the sender";
    std::this_thread::sleep_for(std::chrono::milliseconds(500)); // what is on its way
    program.signal(SIGINT);
    const Ran ran = program.ended();
    EXPECT_EQ(ran.code, 0) << ran.err;

    // The host's own frames (an ARP request now and then) come on top.
    EXPECT_GE(numberBefore(ran.err, "frames came"), std::uint64_t{seconds} * framesPerSecond) << ran.err;
    EXPECT_EQ(numberBefore(ran.err, "\\(its ring was full"), 0U) << ran.err;
    EXPECT_THAT(ran.err, testing::Not(testing::HasSubstr("does not add up"))) << ran.err;
    const std::uint64_t made = numberBefore(ran.err, "packets");
    EXPECT_GE(made, numberBefore(ran.err, "frames came"));
    EXPECT_EQ(made, numberBefore(ran.err, "were consumed") + numberBefore(ran.err, "dropped") +
                        numberBefore(ran.err, "stand in queues"))
        << ran.err;
    EXPECT_GT(numberBefore(ran.err, "stand in queues"), 0U) << "fragments and replies to nobody wait: " << ran.err;
    std::cout << ran.err;
}

} // namespace
} // namespace skbscope::app
