// SPDX-License-Identifier: GPL-2.0-or-later
// The agent's traces against those of ftrace (tests/bpf/data), on a kernel that really boots. Skipped, with the reason,
// where there is no lab.
#include "app/lab/kernel_run.h"
#include "app/lab/lab_files.h"
#include "app/scenario/loader.h"
#include "trace/compare.h"
#include "trace/packets.h"
#include "trace/state.h"
#include "trace/tree_text.h"

#include <cerrno>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

namespace {

using namespace skbscope;
using app::KernelTarget;

const std::string source = SKBSCOPE_SOURCE_DIR;

app::Scenario scenario(const std::string &name) {
    auto loaded = app::loadScenario(source + "/assets/scenarios/" + name + ".yaml");
    EXPECT_TRUE(loaded) << loaded.error().message();
    return loaded ? std::move(*loaded) : app::Scenario();
}

class LabTest : public testing::Test {
protected:
    void SetUp() override {
        if (const auto lab = app::findLab(); !lab) GTEST_SKIP() << lab.error().message();
    }
    trace::Side run(const app::Scenario &s) {
        auto side = app::runOnKernel(s.ops.list(), KernelTarget::lab());
        EXPECT_TRUE(side) << side.error().message();
        return side ? std::move(*side) : trace::Side();
    }
};

// udp_lib_rehash() takes its lock only where the old and the new slot are two, and their key is random at each boot
// (Linux 6.1: net/ipv4/udp.c): what it calls is left out.
std::string withoutRehash(const std::string &tree) {
    std::string out;
    std::istringstream in(tree);
    int depth = -1; // of udp_lib_rehash, while the lines are what it calls
    for (std::string line; std::getline(in, line);) {
        const std::size_t tab = line.find('\t');
        const int here = tab == line.npos ? 0 : std::stoi(line.substr(tab + 1));
        if (depth >= 0 && here > depth) continue;
        depth = line.ends_with("\tudp_lib_rehash") ? here : -1;
        out += line + '\n';
    }
    return out;
}

class LabScenario : public LabTest, public testing::WithParamInterface<const char *> {};

TEST_P(LabScenario, CallsWhatFtraceSawAndTwiceTheSame) {
    const app::Scenario s = scenario(GetParam());
    const trace::Side side = run(s);
    const trace::CallTree tree = trace::build_call_tree(side);
    const trace::Side reference =
        trace::side_from_tree_text(app::readFile(source + "/tests/bpf/data/" + s.name + ".tree"));
    const trace::CallTree reference_tree = trace::build_call_tree(reference);
    ASSERT_GT(reference_tree.calls.size(), 100U);
    trace::CompareOptions calls_only;
    calls_only.match_fields = false;
    const trace::Comparison c = trace::compare(side, tree, reference, reference_tree, calls_only);
    EXPECT_GE(c.calls.f1, 0.99) << c.calls.matched << " of " << c.calls.reference << ", ours " << c.calls.ours;
    EXPECT_EQ(side.info.facts.at("lab.lost"), "0");
    EXPECT_EQ(tree.unpaired, 0U);
    EXPECT_EQ(side.info.clock, trace::Clock::instructions);
    EXPECT_TRUE(side.info.release.starts_with("6.1."));

    const trace::Side again = run(s);
    const trace::CallTree again_tree = trace::build_call_tree(again);
    EXPECT_EQ(withoutRehash(trace::to_tree_text(side, tree)), withoutRehash(trace::to_tree_text(again, again_tree)));
    EXPECT_EQ(trace::to_state_text(side, tree), trace::to_state_text(again, again_tree));
}
INSTANTIATE_TEST_SUITE_P(Bundled, LabScenario,
                         testing::Values("udp-veth", "udp-loopback", "udp-veth-arp", "udp-veth-twice",
                                         "udp-socket-bind"),
                         [](const auto &p) {
                             std::string name = p.param;
                             std::ranges::replace(name, '-', '_');
                             return name;
                         });

TEST_F(LabTest, ThePacketCarriesWhatWasSent) {
    const trace::Side side = run(scenario("udp-veth"));
    const trace::CallTree tree = trace::build_call_tree(side);
    const trace::StateIndex states(side, tree);
    for (const trace::Call &call : tree.calls) {
        if (side.function_name(call.fn) != "veth_xmit") continue;
        const trace::PacketState p =
            states.packet_at(side.events[call.enter].packet, call.enter + 12); // with its extension records
        ASSERT_EQ(p.skb.len, 54U);                                             // 14 + 20 + 8 + 12
        ASSERT_GE(p.bytes.size(), p.skb.headroom + p.skb.len);
        const auto frame = p.bytes.begin() + p.skb.headroom;
        EXPECT_EQ(std::vector<std::uint8_t>(frame, frame + 6), (std::vector<std::uint8_t>{2, 0, 0, 0, 0, 2}));
        EXPECT_EQ(std::string(frame + 42, frame + 54), "abcdefghijkl");
        return;
    }
    FAIL() << "veth_xmit did not run";
}

TEST_F(LabTest, MarksHostsAndDevicesAreThere) {
    const trace::Side side = run(scenario("udp-veth"));
    EXPECT_THAT(side.hosts, testing::ElementsAre("", "a", "b"));
    EXPECT_THAT(side.devices, testing::IsSupersetOf({"va", "vb"}));
    unsigned begun = 0, crossed = 0, enqueued = 0, freed = 0;
    for (const trace::Event &e : side.events) {
        begun += e.kind == SKBSCOPE_EV_STEP_BEGIN;
        crossed += e.kind == SKBSCOPE_EV_CROSSED;
        enqueued += e.kind == SKBSCOPE_EV_ENQUEUE;
        freed += e.kind == SKBSCOPE_EV_FREE;
        if (e.kind == SKBSCOPE_EV_STEP_END && e.mark.step == 5) {
            EXPECT_EQ(std::int64_t{e.mark.result}, 12);
        } // sendto
    }
    EXPECT_EQ(begun, 3U); // sendto, recv, trace off
    EXPECT_EQ(crossed, 1U);
    EXPECT_EQ(enqueued, 2U); // backlog, socket
    EXPECT_EQ(freed, 1U);
}

// Another process configures: neither its calls nor the ticks that come meanwhile are the packet's path.
TEST_F(LabTest, NothingIsTracedWhileAStepConfigures) {
    auto s = app::parseScenario("hosts: [a]\n"
                                "steps:\n"
                                "  - { host: a, do: socket, as: s, type: udp }\n"
                                "  - { trace: on }\n"
                                "  - { do: netfilter, host: a, hook: output, protocol: udp, port: 7, verdict: drop }\n"
                                "  - { do: qdisc, device: a.lo, qdisc: pfifo limit 10 }\n"
                                "  - { do: sendto, socket: s, to: \"127.0.0.1:7\", length: 1 }\n"
                                "  - { trace: off }\n",
                                "s.yaml");
    ASSERT_TRUE(s) << s.error().message();
    const trace::Side side = run(*s);
    bool configures = false;
    std::int64_t sent = 0;
    for (const trace::Event &e : side.events) {
        if (e.kind == SKBSCOPE_EV_STEP_BEGIN) configures = e.mark.step == 2 || e.mark.step == 3;
        if (e.kind == SKBSCOPE_EV_STEP_END) configures = false;
        if (e.kind == SKBSCOPE_EV_STEP_END && e.mark.step == 4) sent = e.mark.result;
        EXPECT_FALSE(configures && trace::is_enter(e)) << side.function_name(e.fn);
    }
    EXPECT_EQ(sent, -EPERM); // the rule is there
}

TEST_F(LabTest, WhatTheKernelRefusesNamesTheLine) {
    auto s = app::parseScenario("name: wrong\n"
                                "hosts: [a]\n"
                                "routes:\n"
                                "  - { host: a, to: 10.1.0.0/24, via: 10.9.0.9 }\n"
                                "steps:\n"
                                "  - { host: a, do: socket, as: s, type: udp }\n",
                                "wrong.yaml");
    ASSERT_TRUE(s) << s.error().message();
    const auto side = app::runOnKernel(s->ops.list(), KernelTarget::lab());
    ASSERT_FALSE(side);
    EXPECT_THAT(side.error().message(), testing::HasSubstr("line 4: route"));
    EXPECT_THAT(side.error().message(), testing::HasSubstr("Network is unreachable"));
}

} // namespace
