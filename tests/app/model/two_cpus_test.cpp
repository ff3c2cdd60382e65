// SPDX-License-Identifier: GPL-2.0-or-later
// Two CPUs, RPS from one to the other: the model against several runs of the stock kernel, each task alone. The kernel
// does not agree with itself to the last call there, since two CPUs run at once; the model is to be about as near to
// its runs as they are to each other.
#include "app/model/model_run.h"
#include "app/scenario/loader.h"
#include "by_task.h"
#include "trace/call_tree.h"

#include <gtest/gtest.h>

namespace skbscope::app {

void PrintTo(const TwoCpus &r, std::ostream *out) {
    *out << r.name;
}

namespace {

class ModelOnTwoCpus : public testing::TestWithParam<TwoCpus> {};

TEST_P(ModelOnTwoCpus, IsAsNearToTheKernelAsTheKernelToItself) {
    const TwoCpus &r = GetParam();
    ASSERT_GE(r.runs.size(), 2U);
    const auto scenario = loadScenario(r.scenario);
    ASSERT_TRUE(scenario) << scenario.error().message();
    const auto side = runModel(scenario->ops, {.seed = 1, .cpus = 2});
    ASSERT_TRUE(side) << side.error().message();
    const std::string tree = trace::to_tree_text(*side, trace::build_call_tree(*side));
    // The rest: calls that this kernel compiled away where the table of its machine code cannot tell (a caller with
    // calls through pointers), and raised softirqs of ticks in the midst of other calls. On one CPU they cost as much.
    constexpr double unexplained = 0.015;
    const double bar = leastOwnAgreement(r) - unexplained;
    for (const std::string &run : r.runs) {
        const trace::CallFidelity f = compareByTask(tree, run).calls;
        testing::Test::RecordProperty("f1", std::to_string(f.f1));
        EXPECT_GE(f.f1, bar) << "recall " << f.recall << ", precision " << f.precision << ", nesting " << f.nesting;
    }
}

std::string nameOf(const testing::TestParamInfo<TwoCpus> &r) {
    std::string name = r.param.name;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}
INSTANTIATE_TEST_SUITE_P(Rps, ModelOnTwoCpus, testing::ValuesIn(twoCpuReferences()), nameOf);

} // namespace
} // namespace skbscope::app
