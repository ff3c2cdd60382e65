// SPDX-License-Identifier: GPL-2.0-or-later
// The model on real devices, in a namespace of the test's own, tried with the host's tools.
#include "../cli/program.h"
#include "../cli/watching_program.h"
#include "../live/veth_pair.h"
#include "trace/trace_file.h"

#include <csignal>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace skbscope::app {
namespace {

using test::sh;
using testing::HasSubstr;

std::string output(const std::string &command) {
    std::string text;
    if (FILE *p = popen((command + " 2>&1").c_str(), "r")) {
        char part[4096];
        while (const std::size_t n = fread(part, 1, sizeof part, p))
            text.append(part, n);
        pclose(p);
    }
    return text;
}

class AttachTest : public testing::Test {
protected:
    void SetUp() override {
        if (geteuid() != 0) GTEST_SKIP() << "needs root: it makes a network namespace";
        if (sh("command -v ip && command -v ping") != 0) GTEST_SKIP() << "iproute2 and iputils-ping are not installed";
        if (sh("ip netns add " + ns_) != 0) GTEST_SKIP() << "ip netns add: not allowed here";
    }
    void TearDown() override { sh("ip netns delete " + ns_); }

    void makeTap(const std::string &more = "") const {
        ASSERT_EQ(sh(ip("tuntap add tap0 mode tap " + more)), 0);
        ASSERT_EQ(sh(ip("address add 10.9.0.1/24 dev tap0")), 0);
        ASSERT_EQ(sh(ip("link set tap0 up")), 0);
    }
    void makeVeth() const {
        ASSERT_EQ(sh(ip("link add v0 type veth peer name v1")), 0);
        ASSERT_EQ(sh(ip("address add 10.9.0.1/24 dev v0")), 0);
        ASSERT_EQ(sh(ip("link set v0 up")), 0);
        ASSERT_EQ(sh(ip("link set v1 up")), 0);
    }
    [[nodiscard]] std::string ip(const std::string &what) const { return "ip -n " + ns_ + " " + what; }
    [[nodiscard]] std::string in(const std::string &what) const { return "ip netns exec " + ns_ + " " + what; }
    [[nodiscard]] std::vector<std::string> attach(const std::string &device, std::vector<std::string> more = {}) const {
        std::vector<std::string> all{"attach", device, "--netns", ns_, "--address", "10.9.0.2/24"};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
    [[nodiscard]] std::string pingAnswers(unsigned count = 3, unsigned size = 56) const {
        return output(in("ping -c " + std::to_string(count) + " -i 0.2 -W 5 -s " + std::to_string(size) + " 10.9.0.2"));
    }
    const std::string ns_ = "skat" + std::to_string(getpid());
};

TEST_F(AttachTest, ATapIsAnsweredAndLeftAsItWas) {
    makeTap();
    const std::string before = output(ip("-d link show tap0"));
    const TemporaryDirectory dir;
    const auto pcap = dir.path() / "wire.pcap", kept = dir.path() / "kept.skbt";
    WatchingProgram program(attach("tap0", {"--pcap", pcap, "-o", kept}));
    ASSERT_TRUE(program.says("Ctrl-C ends")) << program.ended().err;
    EXPECT_THAT(pingAnswers(), HasSubstr("3 packets transmitted, 3 received"));
    EXPECT_THAT(pingAnswers(2, 4000), HasSubstr("2 received")) << "in fragments, both ways";
    if (sh("command -v arping") == 0) {
        EXPECT_THAT(output(in("arping -c 2 -I tap0 10.9.0.2")), HasSubstr("Received 2 response"));
    }
    if (sh("command -v nc") == 0) {
        EXPECT_EQ(output(in("sh -c 'echo hello there | nc -u -w 2 10.9.0.2 7'")), "hello there\n");
        EXPECT_THAT(output(in("sh -c 'echo | nc -u -w 2 10.9.0.2 19'")), HasSubstr("!\"#$%&'()*+,-./0123456789"));
    }
    program.signal(SIGINT);
    const Ran ran = program.ended();
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("frames came"));
    // its descriptor is closed: the carrier is gone, as before; what else differs would be ours
    EXPECT_EQ(output(ip("-d link show tap0")), before);
    if (sh("command -v tcpdump") == 0) {
        EXPECT_THAT(output("tcpdump -n -r " + pcap.string()), HasSubstr("10.9.0.2 > 10.9.0.1: ICMP echo reply"));
    }
    const auto trace = trace::read_trace(kept);
    ASSERT_TRUE(trace) << trace.error().message();
    const trace::Side &side = trace->sides.at(0);
    EXPECT_TRUE(std::ranges::any_of(side.events, [&side](const trace::Event &e) {
        return trace::is_enter(e) && side.function_name(e.fn) == "icmp_rcv";
    }));
}

TEST_F(AttachTest, ATapOfManyQueues) {
    makeTap("multi_queue");
    WatchingProgram program(attach("tap0"));
    ASSERT_TRUE(program.says("Ctrl-C ends")) << program.ended().err;
    EXPECT_THAT(pingAnswers(), HasSubstr("3 received"));
}

TEST_F(AttachTest, ATapThatIsMadeHereGoesAgain) {
    WatchingProgram program(attach("tap7", {"--peer", "10.9.0.1/24"}));
    ASSERT_TRUE(program.says("made here")) << program.ended().err;
    EXPECT_THAT(pingAnswers(), HasSubstr("3 received"));
    program.signal(SIGINT);
    EXPECT_EQ(program.ended().code, 0);
    EXPECT_NE(sh(ip("link show tap7")), 0);
}

TEST_F(AttachTest, TheEndOfAVeth) {
    makeVeth();
    WatchingProgram program(attach("v1"));
    ASSERT_TRUE(program.says("Ctrl-C ends")) << program.ended().err;
    EXPECT_THAT(pingAnswers(), HasSubstr("3 received"));
    if (sh("command -v nc") == 0) { // the sender leaves the checksum to its hardware, which a veth has not
        EXPECT_EQ(output(in("sh -c 'echo over a veth | nc -u -w 2 10.9.0.2 7'")), "over a veth\n");
    }
    program.signal(SIGINT);
    EXPECT_EQ(program.ended().code, 0);
}

TEST_F(AttachTest, ADeviceThatGoesEndsIt) {
    makeVeth();
    WatchingProgram program(attach("v1"));
    ASSERT_TRUE(program.says("Ctrl-C ends")) << program.ended().err;
    EXPECT_THAT(pingAnswers(1), HasSubstr("1 received"));
    ASSERT_EQ(sh(ip("link delete v0")), 0);
    const Ran ran = program.ended();
    EXPECT_EQ(ran.code, 3);
    EXPECT_THAT(ran.err, HasSubstr("skbscope: v1: "));
}

TEST_F(AttachTest, RefusesWithWords) {
    makeVeth();
    const auto refusal = [this](const std::string &device, const std::vector<std::string> &more = {}) {
        const Ran ran = runProgram(attach(device, more));
        EXPECT_THAT(ran.code, testing::AnyOf(2, 3));
        return ran.err;
    };
    EXPECT_THAT(refusal("v0"), HasSubstr("v0: has an address: this host would answer too"));
    EXPECT_THAT(refusal("v1", {"--peer", "10.9.0.1/24"}), HasSubstr("--peer: v1 is there already"));
    EXPECT_THAT(refusal("a-name-that-is-too-long"), HasSubstr("1 to 15 characters"));
    EXPECT_THAT(refusal("tap9", {"--peer", "10.9.0.1"}), HasSubstr("address 10.9.0.1: is none"));
    ASSERT_EQ(sh(ip("link set v1 down")), 0);
    EXPECT_THAT(refusal("v1"), HasSubstr("v1: is down; ip link set v1 up"));
    ASSERT_EQ(sh(ip("tuntap add tun3 mode tun")), 0);
    EXPECT_THAT(refusal("tun3"), HasSubstr("tun3: is a tun"));
    EXPECT_THAT(runProgram({"attach", "tap0", "--netns", "none-of-that-name", "--address", "10.9.0.2/24"}).err,
                HasSubstr("none-of-that-name"));
    EXPECT_THAT(runProgram({"attach", "tap0", "--address", "10.9.0.2"}).err, HasSubstr("write it as 10.9.0.2/24"));
    EXPECT_THAT(runProgram({"attach", "tap0", "--address", "10.9.0.2/24", "--mac", "x"}).err,
                HasSubstr("--mac x: no address"));
}

} // namespace
} // namespace skbscope::app
