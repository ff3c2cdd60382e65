// SPDX-License-Identifier: GPL-2.0-or-later
// Every bundled scenario loads and compiles to the operations that were written down for it by hand (ops/).
#include "app/scenario/loader.h"
#include "scn_text.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <linux/neighbour.h>
#include <sstream>

namespace skbscope::app {
namespace {

namespace fs = std::filesystem;
const fs::path scenarios = fs::path(SKBSCOPE_SOURCE_DIR) / "assets/scenarios";
const fs::path written = fs::path(SKBSCOPE_SOURCE_DIR) / "tests/app/scenario/ops";

std::string contents(const fs::path &path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> bundledNames() {
    std::vector<std::string> names;
    for (const auto &entry : fs::directory_iterator(scenarios))
        names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    return names;
}

class Bundled : public testing::TestWithParam<std::string> {};

// The lines of a .ops file that are operations of the process; `sh` lines configure, and are compared as topology.
std::string operationsOf(const std::string &text) {
    std::string out;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        if (!line.starts_with("sh ")) out += line + "\n";
    return out;
}

TEST_P(Bundled, CompilesToTheWrittenOperations) {
    const auto scenario = loadScenario(scenarios / (GetParam() + ".yaml"));
    ASSERT_TRUE(scenario) << scenario.error().message();
    ASSERT_TRUE(fs::exists(written / (GetParam() + ".ops")));
    EXPECT_EQ(scnSteps(scenario->ops), operationsOf(contents(written / (GetParam() + ".ops"))));
}

TEST_P(Bundled, HasNameTitleAndTraceWindow) {
    const auto scenario = loadScenario(scenarios / (GetParam() + ".yaml"));
    ASSERT_TRUE(scenario) << scenario.error().message();
    EXPECT_EQ(scenario->name, GetParam());
    EXPECT_FALSE(scenario->title.empty());
    const std::string steps = scnSteps(scenario->ops);
    EXPECT_NE(steps.find("trace on\n"), std::string::npos);
    EXPECT_TRUE(steps.ends_with("trace off\n"));
}

std::string testName(const testing::TestParamInfo<std::string> &scenario) {
    std::string name = scenario.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Bundled, testing::ValuesIn(bundledNames()), testName);

std::string topologyOf(const Scenario &s) {
    std::string out;
    for (const skbscope_op &op : s.ops.ops())
        if (isConfiguration(op)) out += describe(s.ops, op) + "\n";
    return out;
}

TEST(BundledTopology, VethPairInTheOrderOfIpCommands) {
    const auto s = loadScenario(scenarios / "udp-veth.yaml");
    ASSERT_TRUE(s);
    EXPECT_EQ(topologyOf(*s), "host a\nhost b\nveth a.va - b.vb\n"
                              "mac a.va 02:00:00:00:00:01\nmac b.vb 02:00:00:00:00:02\n"
                              "address a.va 10.9.0.1/24\naddress b.vb 10.9.0.2/24\n"
                              "link a.va up\nlink b.vb up\n"
                              "neighbour 10.9.0.2 at a.va 02:00:00:00:00:02\n"
                              "neighbour 10.9.0.1 at b.vb 02:00:00:00:00:01\n");
}

TEST(BundledTopology, RouterHasRoutesAndForwarding) {
    const auto s = loadScenario(scenarios / "udp-forward.yaml");
    ASSERT_TRUE(s);
    const std::string t = topologyOf(*s);
    EXPECT_NE(t.find("route a 0.0.0.0/0 via 10.9.1.254\nroute b 0.0.0.0/0 via 10.9.2.254\n"), std::string::npos) << t;
    EXPECT_TRUE(t.ends_with("sysctl r net.ipv4.ip_forward=1\n")) << t;
}

// A tap is made by the step that opens it; its configuration follows at once.
TEST(BundledTopology, TapIsConfiguredWhenOpened) {
    const auto s = loadScenario(scenarios / "udp-tap-rx.yaml");
    ASSERT_TRUE(s);
    std::string first;
    for (const skbscope_op &op : s->ops.ops())
        if (op.step == 0) first += describe(s->ops, op) + "\n";
    EXPECT_EQ(first, "setns a\ntap t tap0\nmac a.tap0 02:00:00:00:00:01\naddress a.tap0 10.9.0.1/24\nlink a.tap0 up\n"
                     "neighbour 10.9.0.2 at a.tap0 02:00:00:00:00:02\n");
}

TEST(BundledTopology, FeaturesQdiscAndSteeringComeLast) {
    const auto napi = loadScenario(scenarios / "udp-veth-napi.yaml");
    ASSERT_TRUE(napi);
    EXPECT_TRUE(topologyOf(*napi).ends_with("feature a.va tso off\nfeature a.va gro on\n"
                                            "feature b.vb tso off\nfeature b.vb gro on\n"));
    const auto pfifo = loadScenario(scenarios / "udp-qdisc-pfifo.yaml");
    ASSERT_TRUE(pfifo);
    EXPECT_TRUE(topologyOf(*pfifo).ends_with("qdisc a.va pfifo limit 100\n"));
    const auto rps = loadScenario(scenarios / "udp-rps.yaml");
    ASSERT_TRUE(rps);
    EXPECT_TRUE(topologyOf(*rps).ends_with("rps b.vb queue 0 mask 1\n"));
}

TEST(BundledTopology, CardsFirstThenTheirCable) {
    const auto s = loadScenario(scenarios / "card-gro.yaml");
    ASSERT_TRUE(s);
    EXPECT_TRUE(topologyOf(*s).starts_with("host a\nhost b\ncard a.eth0, 1 queue\ncard b.eth0, 2 queues\n"
                                           "cable a.eth0 - b.eth0\n"))
        << topologyOf(*s);
}

TEST(BundledTopology, PermanentNeighboursAreTheDefault) {
    const auto s = loadScenario(scenarios / "udp-veth.yaml");
    ASSERT_TRUE(s);
    for (const skbscope_op &op : s->ops.ops()) {
        if (op.kind == SKBSCOPE_OP_NEIGHBOUR) {
            EXPECT_EQ(op.arg[0], std::uint32_t{NUD_PERMANENT});
        }
    }
}

} // namespace
} // namespace skbscope::app
