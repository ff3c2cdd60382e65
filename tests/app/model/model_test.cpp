// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/model/model_run.h"
#include "app/scenario/loader.h"
#include "app/view/step_marks.h"
#include "trace/compare.h"
#include "trace/return_value.h"
#include "trace/trace_file.h"

#include <cstring>
#include <filesystem>
#include <gmock/gmock.h>
#include <set>

namespace skbscope::app {
namespace {

using testing::HasSubstr;

Scenario bundled(const std::string &name) {
    auto s = loadScenario(std::string(SKBSCOPE_SOURCE_DIR) + "/assets/scenarios/" + name + ".yaml");
    EXPECT_TRUE(s) << s.error().message();
    return s ? *s : Scenario();
}

Scenario parsed(const std::string &text) {
    auto s = parseScenario(text, "s.yaml");
    EXPECT_TRUE(s) << s.error().message();
    return s ? *s : Scenario();
}

trace::Side modelOf(const Scenario &s, const ModelOptions &options = {}) {
    auto side = runModel(s.ops, options);
    EXPECT_TRUE(side) << side.error().message();
    return side ? *side : trace::Side();
}

std::string bytesOf(const trace::Side &side) {
    trace::Trace t;
    t.sides.push_back(side);
    return trace::encode_trace(t);
}

// Where two runs part, in words; empty where they do not.
std::string firstDifference(const trace::Side &a, const trace::Side &b) {
    const std::size_t n = std::min(a.events.size(), b.events.size());
    for (std::size_t i = 0; i < n; ++i) {
        if (std::memcmp(&a.events[i], &b.events[i], sizeof(trace::Event)) == 0) continue;
        return "event " + std::to_string(i) + ", " + trace::kind_name(a.events[i].kind) + " in " +
               std::string(a.function_name(a.events[i].fn));
    }
    if (a.events.size() != b.events.size()) return "event " + std::to_string(n) + ": one run has no more";
    return bytesOf(a) == bytesOf(b) ? "" : "the sides' names and facts";
}

// Every function of the model that, as the kernel's BTF says, returns a number tells it, in every scenario.
TEST(ModelReturns, AreAllRecorded) {
    std::set<std::string> silent;
    for (const auto &file : std::filesystem::directory_iterator(SKBSCOPE_SOURCE_DIR "/assets/scenarios")) {
        const auto scenario = loadScenario(file.path());
        ASSERT_TRUE(scenario) << scenario.error().message();
        const auto side = runModel(scenario->ops);
        if (!side) continue; // what the model cannot do yet, it says
        for (const trace::Event &e : side->events) {
            const trace::ReturnKind kind = trace::return_kind(side->function_name(e.fn));
            const bool value = kind == trace::ReturnKind::boolean || kind == trace::ReturnKind::signed_number ||
                               kind == trace::ReturnKind::unsigned_number;
            if (trace::is_leave(e) && value && (e.state & SKBSCOPE_STATE_HAS_RET) == 0)
                silent.insert(std::string(side->function_name(e.fn)));
        }
    }
    EXPECT_THAT(silent, testing::IsEmpty());
}

class ModelRuns : public testing::TestWithParam<const char *> {};

TEST_P(ModelRuns, SameScenarioSameBytes) {
    const Scenario s = bundled(GetParam());
    const trace::Side first = modelOf(s);
    ASSERT_FALSE(first.events.empty());
    EXPECT_EQ(firstDifference(first, modelOf(s)), "");
    (void)modelOf(bundled("udp-loopback")); // another run in between changes nothing
    EXPECT_EQ(firstDifference(first, modelOf(s)), "");
}

TEST_P(ModelRuns, EveryStepHasItsResult) {
    const Scenario s = bundled(GetParam());
    const trace::Side side = modelOf(s);
    const StepMarks marks(side);
    for (std::uint32_t step = 0; step < s.steps; ++step) {
        ASSERT_TRUE(marks.result(step)) << step;
        EXPECT_GE(*marks.result(step), 0) << step << ": " << resultText(*marks.result(step));
    }
}

TEST_P(ModelRuns, CallsArePaired) {
    const trace::Side side = modelOf(bundled(GetParam()));
    const trace::CallTree tree = trace::build_call_tree(side);
    EXPECT_EQ(tree.unpaired, 0U);
    EXPECT_TRUE(tree.losses.empty());
    EXPECT_GT(tree.calls.size(), 50U);
}

// The comparison with itself is all matches: 1.000 in every figure.
TEST_P(ModelRuns, AgreesWithItself) {
    const trace::Side side = modelOf(bundled(GetParam()));
    const trace::CallTree tree = trace::build_call_tree(side);
    const trace::Comparison c = trace::compare(side, tree, side, tree);
    EXPECT_EQ(c.calls.f1, 1.0);
    EXPECT_EQ(c.states.agreement(), 1.0);
    EXPECT_EQ(c.unexplained, 0U);
}

INSTANTIATE_TEST_SUITE_P(Scenarios, ModelRuns,
                         testing::Values("udp-veth", "udp-loopback", "udp-veth-arp", "udp-veth-twice",
                                         "udp-socket-bind"),
                         [](const testing::TestParamInfo<const char *> &s) {
                             std::string name = s.param;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

TEST(Model, SeedChangesWhatIsRandomAndNothingElse) {
    const Scenario s = bundled("udp-veth");
    const trace::Side one = modelOf(s, {.seed = 1}), two = modelOf(s, {.seed = 2});
    EXPECT_NE(firstDifference(one, two), "");
    const trace::CallTree a = trace::build_call_tree(one), b = trace::build_call_tree(two);
    EXPECT_EQ(trace::to_tree_text(one, a), trace::to_tree_text(two, b));
    const trace::Comparison c = trace::compare(one, a, two, b);
    EXPECT_EQ(c.calls.f1, 1.0);
    EXPECT_EQ(c.states.agreement(), 1.0);
}

TEST(Model, RemovedFunctionIsUnexplained) {
    const trace::Side whole = modelOf(bundled("udp-veth"));
    const trace::CallTree wholeTree = trace::build_call_tree(whole);
    trace::Side kernel = whole; // as if the kernel had shown all that it can show
    kernel.info.kind = trace::SideKind::kernel;
    trace::Side less = whole;
    const auto removed = trace::Catalogue::builtin().find("ip_finish_output2");
    ASSERT_TRUE(removed);
    std::erase_if(less.events, [&](const trace::Event &e) {
        return e.fn == *removed && (trace::is_enter(e) || trace::is_leave(e));
    });
    ASSERT_EQ(less.events.size() + 2, whole.events.size());
    std::uint32_t seq = 0; // as if it had never been recorded: no gap
    for (trace::Event &e : less.events)
        e.seq = seq++;
    const trace::Comparison c = trace::compare(less, trace::build_call_tree(less), kernel, wholeTree);
    EXPECT_EQ(c.unexplained, 1U);
    std::set<std::string_view> names;
    for (const trace::Row &row : c.rows)
        if (row.mark == trace::RowMark::unexplained) names.insert(kernel.function_name(wholeTree.calls[row.right].fn));
    EXPECT_EQ(names, (std::set<std::string_view>{"ip_finish_output2"}));
    EXPECT_LT(c.calls.f1, 1.0);
}

TEST(Model, FailedCallsAreResults) {
    const Scenario s = parsed("hosts: [a]\nsteps:\n"
                              "  - { do: socket, as: s, type: udp, timeout: 50ms }\n"
                              "  - { do: sendto, socket: s, to: \"10.1.1.1:7\", length: 1 }\n"
                              "  - { do: recv, socket: s }\n"
                              "  - { do: bind, socket: s, address: \"192.0.2.1:7\" }\n");
    const trace::Side side = modelOf(s);
    const StepMarks marks(side);
    EXPECT_EQ(resultText(*marks.result(1)), "ENETUNREACH (Network is unreachable)");
    EXPECT_EQ(resultText(*marks.result(2)), "EAGAIN (Resource temporarily unavailable)");
    EXPECT_EQ(resultText(*marks.result(3)), "EADDRNOTAVAIL (Cannot assign requested address)");
}

TEST(Model, ReceivedLengthIsWhatWasSent) {
    for (const unsigned length : {0U, 1U, 500U, 1472U, 1473U, 4000U, 65507U}) {
        const Scenario s = parsed("hosts: [a]\nsteps:\n"
                                  "  - { do: socket, as: r, type: udp }\n"
                                  "  - { do: bind, socket: r, address: \"127.0.0.1:7000\" }\n"
                                  "  - { do: socket, as: s, type: udp }\n"
                                  "  - { do: sendto, socket: s, to: \"127.0.0.1:7000\", length: " +
                                  std::to_string(length) +
                                  " }\n"
                                  "  - { do: recv, socket: r }\n");
        const trace::Side side = modelOf(s);
        EXPECT_EQ(StepMarks(side).result(3), length);
        EXPECT_EQ(StepMarks(side).result(4), length);
    }
}

TEST(Model, SaysWhatItDoesNotHave) {
    const auto side =
        runModel(parsed("hosts: [a]\nsteps:\n  - { trace: on }\n"
                        "  - { do: neighbour, device: lo, ip: 10.9.0.2, mac: \"02:00:00:00:00:02\", state: probe }\n")
                     .ops);
    ASSERT_FALSE(side);
    EXPECT_EQ(side.error().code, RunErrorCode::notPossibleHere);
    EXPECT_EQ(side.error().message(),
              "scenario line 4: neighbour 10.9.0.2 at a.lo 02:00:00:00:00:02: the model kernel has no such "
              "neighbour state yet; use --side kernel");
}

TEST(Model, SetUpThatTheKernelRefuses) {
    const auto side = runModel(parsed("hosts: [a]\nroutes:\n  - { host: a, to: 10.2.0.0/24, via: 10.1.0.1 }\n"
                                      "steps: [{ trace: on }]\n")
                                   .ops);
    ASSERT_FALSE(side);
    EXPECT_EQ(side.error().code, RunErrorCode::badInput);
    EXPECT_EQ(side.error().place, "scenario line 3");
    EXPECT_THAT(side.error().what, HasSubstr("Network is unreachable"));
}

// A process that nobody can wake is an error, not a hang.
TEST(Model, EndlessWait) {
    const auto side = runModel(parsed("hosts: [a]\nsteps:\n  - { do: socket, as: s, type: udp, timeout: none }\n"
                                      "  - { do: recv, socket: s }\n")
                                   .ops);
    ASSERT_FALSE(side);
    EXPECT_EQ(side.error().code, RunErrorCode::badInput);
    EXPECT_EQ(side.error().place, "scenario line 4");
    EXPECT_THAT(side.error().what, HasSubstr("give the socket a time-out"));
}

} // namespace
} // namespace skbscope::app
