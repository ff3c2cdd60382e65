// SPDX-License-Identifier: GPL-2.0-or-later
// The frames on the wire: the model's and the recorded kernel's, byte for byte but for the fields drawn at random.
#include "app/model/model_run.h"
#include "app/scenario/loader.h"
#include "trace/trace_file.h"
#include "wire_frames.h"

#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>

namespace skbscope::app {
namespace {

const std::filesystem::path assets = std::filesystem::path(SKBSCOPE_SOURCE_DIR) / "assets";

class Wire : public testing::TestWithParam<const char *> {};

TEST_P(Wire, FramesAreTheKernels) {
    const std::string name = GetParam();
    const auto recorded = trace::read_trace(assets / "traces" / (name + ".skbt"));
    if (!recorded) GTEST_SKIP() << recorded.error().message();
    const trace::Side *kernel = recorded->side(trace::SideKind::kernel);
    ASSERT_NE(kernel, nullptr);
    const auto scenario = loadScenario(assets / "scenarios" / (name + ".yaml"));
    ASSERT_TRUE(scenario) << scenario.error().message();
    const auto model = runModel(scenario->ops);
    ASSERT_TRUE(model) << model.error().message();
    const std::vector<WireFrame> ours = wireFrames(*model), theirs = wireFrames(*kernel);
    ASSERT_FALSE(theirs.empty());
    ASSERT_EQ(ours.size(), theirs.size());
    for (std::size_t f = 0; f < ours.size(); ++f) {
        EXPECT_EQ(ours[f].device, theirs[f].device);
        ASSERT_EQ(ours[f].bytes.size(), theirs[f].bytes.size()) << "frame " << f;
        for (std::size_t i = 0; i < ours[f].bytes.size(); ++i) {
            EXPECT_TRUE(ours[f].known[i]) << "frame " << f << ", byte " << i << " of the model is not in its trace";
            EXPECT_TRUE(theirs[f].known[i]) << "frame " << f << ", byte " << i << " of the kernel is not in its trace";
            if (randomField(theirs[f].bytes, i)) continue;
            EXPECT_EQ(ours[f].bytes[i], theirs[f].bytes[i]) << "frame " << f << ", byte " << i;
        }
    }
}

std::string nameOf(const testing::TestParamInfo<const char *> &s) {
    std::string name = s.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}
INSTANTIATE_TEST_SUITE_P(Scenarios, Wire,
                         testing::Values("udp-veth", "udp-loopback", "udp-veth-arp", "udp-veth-twice",
                                         "udp-socket-bind"),
                         nameOf);

} // namespace
} // namespace skbscope::app
