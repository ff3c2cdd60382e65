// SPDX-License-Identifier: GPL-2.0-or-later
// A run whose kernel broke off: what came is shown and kept, the reason said, and the exit code is no success.
#include "../agent/broken_stream.h"
#include "program.h"
#include "trace/trace_file.h"

#include <gmock/gmock.h>

namespace skbscope::app {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(BrokenRun, IsShownAndKept) {
    const TemporaryDirectory dir;
    const auto kept = dir.path() / "kept.skbt";
    const Ran ran = runProgram({"run", "udp-veth", "--kernel", "host", "-o", kept},
                               {{"SKBSCOPE_AGENT", test::brokenAgent(dir.path())}});
    EXPECT_EQ(ran.code, 3);
    EXPECT_THAT(ran.err, AllOf(HasSubstr("host: the agent ended before the run was done"), HasSubstr("exit status 7")));
    EXPECT_THAT(ran.out, AllOf(HasSubstr("sockfd_lookup_light"), HasSubstr("unknown (lost)")));
    const auto trace = trace::read_trace(kept);
    ASSERT_TRUE(trace) << trace.error().message();
    ASSERT_EQ(trace->sides.size(), 2U);
    EXPECT_GT(trace->sides[0].events.size(), 100U);
    ASSERT_EQ(trace->sides[1].events.size(), 4U);
    EXPECT_EQ(trace->sides[1].events.back().kind, SKBSCOPE_EV_LOSS);
}

} // namespace
} // namespace skbscope::app
