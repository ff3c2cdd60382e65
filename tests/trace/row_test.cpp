// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/row.h"

#include <gtest/gtest.h>

namespace skbscope::trace {
namespace {

TEST(Row, SaysNothingUntilItIsToldSomething) {
    const Row row;
    EXPECT_EQ(row.reason().code, ReasonCode::none);
    EXPECT_TRUE(row.reason().text.empty());
    EXPECT_TRUE(row.fields().empty());
}

TEST(Row, ACopyIsItsOwn) {
    Row row;
    row.left = 4;
    row.mark = RowMark::differs;
    row.set_reason({ReasonCode::lost, "lost", "event 3"});
    row.add_field({"len", "1", "2", {}});
    Row copy = row;
    copy.set_reason({ReasonCode::configuration, "sysctl", ""});
    copy.set_field_reason(0, {ReasonCode::time_differs, "clock", ""});
    copy.add_field({"users", "1", "3", {}});
    EXPECT_EQ(copy.left, 4U);
    EXPECT_EQ(copy.mark, RowMark::differs);
    EXPECT_EQ(copy.fields().size(), 2U);
    EXPECT_EQ(row.reason().evidence, "event 3");
    ASSERT_EQ(row.fields().size(), 1U);
    EXPECT_EQ(row.fields()[0].reason.code, ReasonCode::none);
    row = copy;
    EXPECT_EQ(row.reason().text, "sysctl");
    EXPECT_EQ(row.fields().at(0).reason.code, ReasonCode::time_differs);
}

// Where a reason that was given is withdrawn, it is gone.
TEST(Row, AReasonCanBeTakenBack) {
    Row row;
    row.set_reason({ReasonCode::lost, "lost", ""});
    row.set_reason({});
    EXPECT_EQ(row.reason().code, ReasonCode::none);
    EXPECT_TRUE(row.reason().text.empty());
}

} // namespace
} // namespace skbscope::trace
