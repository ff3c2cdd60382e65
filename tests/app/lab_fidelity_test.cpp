// SPDX-License-Identifier: GPL-2.0-or-later
// The probe agent on the lab's kernel, scored against another tracer's record of the same scenarios.
#include "app/lab/kernel_run.h"
#include "model/reference.h"

#include <gtest/gtest.h>

namespace skbscope::app {
namespace {

std::vector<Reference> allReferences() {
    std::vector<Reference> all = bundledReferences();
    for (const Reference &r : mutatedReferences())
        all.push_back(r);
    return all;
}

class LabFidelity : public testing::TestWithParam<Reference> {};

TEST_P(LabFidelity, CallsAndStates) {
    const auto scenario = loadScenario(GetParam().scenario);
    ASSERT_TRUE(scenario) << scenario.error().message();
    const auto side = runOnKernel(scenario->ops.list(), KernelTarget::lab());
    if (!side && side.error().code == RunErrorCode::notPossibleHere) GTEST_SKIP() << side.error().message();
    ASSERT_TRUE(side) << side.error().message();
    expectFaithful(*side, GetParam());
}

std::string nameOf(const testing::TestParamInfo<Reference> &r) {
    return testNameOf(r.param);
}
INSTANTIATE_TEST_SUITE_P(Scenarios, LabFidelity, testing::ValuesIn(allReferences()), nameOf);

} // namespace
} // namespace skbscope::app
