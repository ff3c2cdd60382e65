// SPDX-License-Identifier: GPL-2.0-or-later
#include "state_score.h"

#include <gtest/gtest.h>

namespace skbscope::app {
namespace {

const std::string reference = "f\tlen=0\tsame=0\n"
                              "g\tlen=12\tsame=1\n"
                              "h\tlen=12\tsame=1\n";

TEST(StateScore, Itself) {
    const StateScore s = scoreStates(reference, reference);
    EXPECT_EQ(s.fidelity.fields, 6U);
    EXPECT_EQ(s.fidelity.agree, 6U);
    EXPECT_EQ(s.fidelity.changed_fields, 2U);
    EXPECT_EQ(s.fidelity.changed_agree, 2U);
    EXPECT_TRUE(s.wrong.empty());
}

TEST(StateScore, WrongFieldAndMissingLine) {
    const StateScore s = scoreStates(reference, "f\tlen=0x0\tsame=0\ng\tlen=13\tsame=1\n");
    EXPECT_EQ(s.fidelity.agree, 3U);
    EXPECT_EQ(s.fidelity.changed_agree, 1U);
    ASSERT_EQ(s.wrong.size(), 2U);
    EXPECT_EQ(s.wrong[0], "g len: reference 12, ours 13");
    EXPECT_EQ(s.wrong[1], "h: not in ours");
}

TEST(StateScore, NothingIsAllWrong) {
    EXPECT_EQ(scoreStates(reference, "").fidelity.agree, 0U);
    EXPECT_EQ(scoreStates("", reference).fidelity.agreement(), 1.0);
}

} // namespace
} // namespace skbscope::app
