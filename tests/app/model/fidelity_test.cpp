// SPDX-License-Identifier: GPL-2.0-or-later
// The model behaves, it does not recite: bundled scenarios and their mutations against another tracer's record of the
// stock kernel.
#include "app/model/model_run.h"
#include "reference.h"

#include <gtest/gtest.h>

namespace skbscope::app {
namespace {

std::vector<Reference> allReferences() {
    std::vector<Reference> all = bundledReferences();
    for (const Reference &r : mutatedReferences())
        all.push_back(r);
    return all;
}

class ModelFidelity : public testing::TestWithParam<Reference> {};

TEST_P(ModelFidelity, CallsAndStates) {
    const auto scenario = loadScenario(GetParam().scenario);
    ASSERT_TRUE(scenario) << scenario.error().message();
    const auto side = runModel(scenario->ops);
    ASSERT_TRUE(side) << side.error().message();
    expectFaithful(*side, GetParam());
}

std::string nameOf(const testing::TestParamInfo<Reference> &r) {
    return testNameOf(r.param);
}
INSTANTIATE_TEST_SUITE_P(Scenarios, ModelFidelity, testing::ValuesIn(allReferences()), nameOf);

} // namespace
} // namespace skbscope::app
