// SPDX-License-Identifier: GPL-2.0-or-later
// The commands on the model and on recorded traces: what they print, what they keep, how they end.
#include "program.h"
#include "trace/trace_file.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <sstream>

namespace skbscope::app {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

namespace fs = std::filesystem;

// An asset directory of the test's own: udp-veth, and a "recorded kernel" that is the model's run, relabelled.
class Assets {
public:
    Assets() {
        const std::string scenario = contentsOf(fs::path(SKBSCOPE_SOURCE_DIR) / "assets/scenarios/udp-veth.yaml");
        dir_.write("scenarios/udp-veth.yaml", scenario);
        const fs::path model = dir_.path() / "model.skbt";
        EXPECT_EQ(runProgram({"run", "udp-veth", "--side", "model", "-o", model}, environment()).code, 0);
        auto trace = trace::read_trace(model);
        EXPECT_TRUE(trace) << trace.error().message();
        if (!trace) return;
        trace->sides[0].info.kind = trace::SideKind::kernel;
        trace->sides[0].info.release = "6.1.0-99-test";
        trace->sides[0].info.transport = "lab";
        fs::create_directories(dir_.path() / "traces");
        EXPECT_TRUE(trace::write_trace(*trace, dir_.path() / "traces/udp-veth.skbt"));
    }
    [[nodiscard]] std::map<std::string, std::string> environment() const { return {{"SKBSCOPE_ASSETS", dir_.path()}}; }
    [[nodiscard]] Ran run(const std::vector<std::string> &arguments) const {
        return runProgram(arguments, environment());
    }
    [[nodiscard]] const TemporaryDirectory &dir() const { return dir_; }

private:
    TemporaryDirectory dir_;
};

TEST(Run, ModelAlone) {
    const Ran ran = runProgram({"run", "udp-veth", "--side", "model"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.err, "");
    EXPECT_THAT(ran.out, AllOf(StartsWith("udp-veth: One UDP datagram across a veth pair\n"), HasSubstr("__sys_sendto"),
                               HasSubstr("hand-over: process → softirq NET_RX"), HasSubstr("arrives at b.vb"),
                               HasSubstr("→ 12"), HasSubstr("virtual time"), Not(HasSubstr("\x1b"))));
}

TEST(Run, ASimulatedCardIsInTheModelAlone) {
    const Ran both = runProgram({"run", "card-gro"});
    EXPECT_EQ(both.code, 0) << both.err;
    EXPECT_THAT(both.err, HasSubstr("card-gro.yaml:14: eth0 is a simulated card: it exists in the model alone"));
    EXPECT_THAT(both.out, HasSubstr("simnic_msix_ring"));
    const Ran kernel = runProgram({"run", "card-gro", "--side", "kernel"});
    EXPECT_EQ(kernel.code, 3);
    EXPECT_THAT(kernel.err, AllOf(HasSubstr("card-gro.yaml:14: eth0 is a simulated card"), HasSubstr("--side model")));
}

TEST(Run, TreeAndStateAreForTheOraclesTools) {
    const Ran tree = runProgram({"run", "udp-veth", "--side", "model", "--format", "tree"});
    EXPECT_EQ(tree.code, 0) << tree.err;
    EXPECT_THAT(tree.out, StartsWith("100\t0\t"));
    EXPECT_THAT(tree.out, HasSubstr("\tip_rcv\n"));
    const Ran state = runProgram({"run", "udp-veth", "--side", "model", "--format", "state"});
    EXPECT_EQ(state.code, 0) << state.err;
    EXPECT_THAT(state.out, HasSubstr("ip_rcv\tlen=40\tdata_len=0\t"));
}

TEST(Run, SameSeedSameBytes) {
    const TemporaryDirectory dir;
    for (const char *name : {"one.skbt", "two.skbt", "three.skbt"}) {
        const std::string seed = std::string(name) == "three.skbt" ? "8" : "7";
        ASSERT_EQ(runProgram({"run", "udp-veth", "--side", "model", "--seed", seed, "-o", dir.path() / name}).code, 0);
    }
    EXPECT_EQ(contentsOf(dir.path() / "one.skbt"), contentsOf(dir.path() / "two.skbt"));
    EXPECT_NE(contentsOf(dir.path() / "one.skbt"), contentsOf(dir.path() / "three.skbt"));
}

TEST(Run, JsonlParses) {
    const Ran ran = runProgram({"run", "udp-veth", "--side", "model", "--format", "jsonl"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    std::istringstream lines(ran.out);
    unsigned n = 0;
    for (std::string line; std::getline(lines, line); ++n)
        EXPECT_TRUE(nlohmann::json::accept(line)) << line;
    EXPECT_GT(n, 500U);
}

TEST(Run, ColourOnRequest) {
    EXPECT_THAT(runProgram({"run", "udp-veth", "--side", "model", "--color", "always"}).out, HasSubstr("\x1b["));
    EXPECT_THAT(runProgram({"run", "udp-veth", "--side", "model"}, {{"NO_COLOR", "1"}}).out, Not(HasSubstr("\x1b[")));
}

TEST(Run, Filters) {
    const Ran ran = runProgram({"run", "udp-veth", "--side", "model", "--only", "ip_*,udp_rcv", "--width", "100"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, AllOf(HasSubstr("ip_rcv"), HasSubstr("udp_rcv"), Not(HasSubstr("veth_xmit"))));
    EXPECT_THAT(runProgram({"run", "udp-veth", "--side", "model", "--depth", "0"}).out, HasSubstr("__sys_sendto +"));
}

// An assertion for every bundled scenario that the model can run; the others name what is missing.
TEST(Run, EveryBundledScenarioRunsOrSaysWhy) {
    for (const auto &entry : fs::directory_iterator(fs::path(SKBSCOPE_SOURCE_DIR) / "assets/scenarios")) {
        const Ran ran = runProgram({"run", entry.path(), "--side", "model", "--format", "tree"});
        if (ran.code == 0) continue;
        EXPECT_EQ(ran.code, 3) << entry.path() << ran.err;
        EXPECT_THAT(ran.err, AllOf(HasSubstr(entry.path().string() + ":"), HasSubstr("use --side kernel")));
    }
}

// What ships with the program is what a class sees first: nothing in it is left without a reason.
TEST(Run, NothingIsUnexplainedAgainstTheKernelThatShips) {
    int compared = 0;
    for (const auto &entry : fs::directory_iterator(fs::path(SKBSCOPE_SOURCE_DIR) / "assets/traces")) {
        const Ran ran = runProgram({"run", entry.path().stem(), "--kernel", "recorded"});
        EXPECT_EQ(ran.code, 0) << entry.path() << ran.err;
        EXPECT_THAT(ran.out, HasSubstr("unexplained  0\n")) << entry.path();
        ++compared;
    }
    EXPECT_GE(compared, 14);
}

TEST(Run, RecordedKernelSaysSo) {
    const Assets assets;
    const Ran ran = assets.run({"run", "udp-veth", "--kernel", "recorded"});
    EXPECT_EQ(ran.code, 0) << ran.err << ran.out;
    EXPECT_THAT(ran.out, AllOf(HasSubstr("Kernel 6.1.0-99-test, RECORDED"), HasSubstr("calls        F1 1.000"),
                               HasSubstr("unexplained  0"), HasSubstr("RECORDED: this kernel did not run now")));
    const Ran tree = assets.run({"run", "udp-veth", "--kernel", "recorded", "--side", "kernel", "--format", "tree"});
    EXPECT_EQ(tree.code, 0) << tree.err;
    EXPECT_THAT(tree.out, HasSubstr("ip_rcv"));
}

TEST(Run, RecordedIsRefusedForAnotherScenario) {
    const Assets assets;
    const std::string scenario = contentsOf(assets.dir().path() / "scenarios/udp-veth.yaml");
    std::string longer = scenario;
    longer.replace(longer.find("length: 12"), 10, "length: 13");
    const fs::path changed = assets.dir().write("changed.yaml", longer);
    const Ran ran = assets.run({"run", changed, "--kernel", "recorded"});
    EXPECT_EQ(ran.code, 3);
    EXPECT_THAT(ran.err, AllOf(HasSubstr("is not the scenario that"), HasSubstr("--kernel lab")));
    // Layout and comments make no other scenario.
    const fs::path same = assets.dir().write("same.yaml", "# the same\n\n" + scenario);
    EXPECT_EQ(assets.run({"run", same, "--kernel", "recorded"}).code, 0);
    fs::remove(assets.dir().path() / "traces/udp-veth.skbt");
    EXPECT_THAT(assets.run({"run", "udp-veth", "--kernel", "recorded"}).err,
                HasSubstr("no recorded kernel trace of 'udp-veth'"));
}

TEST(Compare, SameDifferentAndTwoSidesOfOne) {
    const Assets assets;
    const fs::path d = assets.dir().path();
    ASSERT_EQ(assets.run({"run", "udp-veth", "--kernel", "recorded", "-o", d / "both.skbt"}).code, 0);
    ASSERT_EQ(assets.run({"run", "udp-veth", "--side", "model", "-o", d / "model.tree"}).code, 0);
    EXPECT_EQ(assets.run({"compare", d / "both.skbt"}).code, 0);
    EXPECT_EQ(
        assets.run({"compare", (d / "both.skbt").string() + ":model", (d / "both.skbt").string() + ":kernel"}).code, 0);
    EXPECT_EQ(assets.run({"compare", d / "model.tree", d / "model.tree"}).code, 0);
    std::string less = contentsOf(d / "model.tree");
    less.erase(0, less.find('\n') + 1);
    assets.dir().write("less.tree", less);
    EXPECT_EQ(assets.run({"compare", d / "model.tree", d / "less.tree"}).code, 1);
    const Ran which = assets.run({"compare", d / "both.skbt", d / "model.tree"});
    EXPECT_EQ(which.code, 2);
    EXPECT_THAT(which.err, HasSubstr("has two sides; say which"));
    EXPECT_EQ(assets.run({"compare", d / "model.tree"}).code, 2);
}

TEST(Export, FormatsAndSides) {
    const Assets assets;
    const fs::path d = assets.dir().path();
    ASSERT_EQ(assets.run({"run", "udp-veth", "--kernel", "recorded", "-o", d / "both.skbt"}).code, 0);
    const Ran tree = assets.run({"export", d / "both.skbt", "--to", "tree", "--side", "model"});
    EXPECT_EQ(tree.code, 0) << tree.err;
    EXPECT_EQ(tree.out, assets.run({"run", "udp-veth", "--side", "model", "--format", "tree"}).out);
    EXPECT_EQ(assets.run({"export", d / "both.skbt", "--to", "tree"}).code, 2);
    EXPECT_EQ(assets.run({"export", (d / "both.skbt").string() + ":kernel", "--to", "state", "-o", d / "k.state"}).code,
              0);
    EXPECT_THAT(contentsOf(d / "k.state"), HasSubstr("ip_rcv\t"));
    EXPECT_EQ(assets.run({"export", d / "both.skbt", "--to", "jsonl", "-o", "/no/such/dir/x"}).code, 2);
}

// A trace that was cut short opens up to where it is whole, and says so.
TEST(Export, CutTrace) {
    const Assets assets;
    const fs::path d = assets.dir().path();
    const std::string whole = contentsOf(d / "traces/udp-veth.skbt");
    assets.dir().write("cut.skbt", whole.substr(0, whole.size() - 10));
    const Ran ran = assets.run({"export", d / "cut.skbt", "--to", "jsonl"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("cut.skbt"));
    assets.dir().write("stub.skbt", whole.substr(0, 3));
    EXPECT_EQ(assets.run({"export", d / "stub.skbt", "--to", "jsonl"}).code, 2);
}

TEST(Inspect, MachineAndFunction) {
    const Ran machine = runProgram({"inspect"});
    EXPECT_EQ(machine.code, 0) << machine.err;
    EXPECT_THAT(machine.out, AllOf(HasSubstr("--kernel lab"), HasSubstr("BTF"), HasSubstr("capabilities"),
                                   HasSubstr("qemu-system-x86_64")));
    const Ran function = runProgram({"inspect", "ip_rcv", "ip_local_out"});
    EXPECT_EQ(function.code, 0) << function.err;
    EXPECT_THAT(function.out,
                AllOf(HasSubstr("net/ipv4/ip_input.c:"), HasSubstr("first argument"), HasSubstr("N ip_local_out")));
}

TEST(Inspect, FullDisk) {
    if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full";
    const Assets assets;
    EXPECT_EQ(
        assets.run({"export", assets.dir().path() / "traces/udp-veth.skbt", "--to", "jsonl", "-o", "/dev/full"}).code,
        2);
}

} // namespace
} // namespace skbscope::app
