// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/duration.h"

#include "side_builder.h"

#include <gtest/gtest.h>

namespace skbscope::trace {
namespace {

using test::SideBuilder;

std::optional<std::uint64_t> of_first(const Side &side) {
    return duration(side, build_call_tree(side).calls.at(0));
}

Side one_call(Clock clock) {
    SideBuilder b(SideKind::kernel);
    b.side.info.clock = clock;
    b.enter("ip_rcv").time = 1000;
    b.leave("ip_rcv").time = 6400;
    return b.side;
}

TEST(Duration, IsInTheUnitOfTheSidesClock) {
    EXPECT_EQ(of_first(one_call(Clock::real_ns)), 5400U);
    EXPECT_EQ(of_first(one_call(Clock::instructions)), 2700U); // 2 ns an instruction
    Side other = one_call(Clock::instructions);
    other.info.facts["icount.shift"] = "3";
    EXPECT_EQ(of_first(other), 675U);
    EXPECT_EQ(of_first(one_call(Clock::virtual_ns)), std::nullopt);
}

TEST(Duration, NeedsBothEndsAndAProbe) {
    SideBuilder b(SideKind::kernel);
    b.side.info.clock = Clock::real_ns;
    b.enter("ip_rcv");
    EXPECT_EQ(of_first(b.side), std::nullopt);
    Side inferred = one_call(Clock::real_ns);
    inferred.events[0].state = SKBSCOPE_PROV_INFERRED << SKBSCOPE_STATE_PROV_SHIFT;
    EXPECT_EQ(of_first(inferred), std::nullopt);
    Side backwards = one_call(Clock::real_ns);
    backwards.events[0].time = 9000;
    EXPECT_EQ(of_first(backwards), std::nullopt);
}

TEST(Duration, NamesItsUnit) {
    EXPECT_EQ(duration_text(one_call(Clock::real_ns).info, 4400), "4,400 ns");
    EXPECT_EQ(duration_text(one_call(Clock::instructions).info, 1234567), "1,234,567 instructions");
    EXPECT_EQ(duration_text(one_call(Clock::real_ns).info, 0), "0 ns");
}

} // namespace
} // namespace skbscope::trace
