// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/drop_reasons.h"

#include "trace/trace_file.h"

#include <gtest/gtest.h>
#include <span>

namespace skbscope::trace {
namespace {

SideInfo kernel(const char *release) {
    SideInfo info;
    info.kind = SideKind::kernel;
    info.release = release;
    return info;
}

TEST(DropReasons, AreThoseOf61WhereTheReleaseIsOne) {
    for (const char *release : {"6.1", "6.1.0-56-cloud-amd64", "6.1-rc3"}) {
        EXPECT_EQ(drop_reason_name(kernel(release), 2), "SKB_DROP_REASON_NO_SOCKET");
        EXPECT_EQ(drop_reason_name(kernel(release), 45), "SKB_DROP_REASON_QDISC_DROP");
        EXPECT_EQ(drop_reason_name(kernel(release), 65), "SKB_DROP_REASON_TC_CHAIN_NOTFOUND");
        EXPECT_EQ(drop_reason_name(kernel(release), 66), "66"); // SKB_DROP_REASON_MAX only counts
    }
}

// A fact from a hostile stream or file is text like any other.
TEST(DropReasons, SurviveAnyFact) {
    for (const char *fact : {"", "=", "2", "2=", "=2=", "x=Y 2", "99999999999=A 2=B=C", "  2=D"}) {
        SideInfo info = kernel("6.1");
        info.facts[drop_reason_fact_name] = fact;
        EXPECT_FALSE(drop_reason_name(info, 2).empty()) << fact;
    }
}

// The same number is another reason there, and nobody knows which.
TEST(DropReasons, OfAnotherReleaseStayNumbers) {
    for (const char *release : {"6.10.3", "6.18.0", "5.17.0", "", "6.12"}) {
        EXPECT_EQ(drop_reason_name(kernel(release), 2), "2");
        EXPECT_FALSE(has_drop_reason_name(kernel(release), 2));
    }
}

TEST(DropReasons, OfASideAreItsOwn) {
    SideInfo info = kernel("6.1.0-56-cloud-amd64");
    info.facts[drop_reason_fact_name] =
        drop_reason_fact({{3, "SKB_DROP_REASON_NO_SOCKET"}, {0x10001, "RX_DROP_U_MIC_FAIL"}, {4, "not a name"}});
    EXPECT_EQ(info.facts[drop_reason_fact_name], "3=SKB_DROP_REASON_NO_SOCKET 65537=RX_DROP_U_MIC_FAIL");
    EXPECT_EQ(drop_reason_name(info, 3), "SKB_DROP_REASON_NO_SOCKET");
    EXPECT_EQ(drop_reason_name(info, 0x10001), "RX_DROP_U_MIC_FAIL");
    EXPECT_EQ(drop_reason_name(info, 2), "2"); // what it names is all it has
    EXPECT_EQ(drop_reason_name(info, 0), "consumed");
    EXPECT_TRUE(has_drop_reason_name(info, 3));
}

TEST(DropReasons, SurviveTheFile) {
    Trace trace;
    trace.sides.resize(1);
    trace.sides[0].info = kernel("6.18.0");
    trace.sides[0].info.facts[drop_reason_fact_name] = drop_reason_fact({{2, "SKB_CONSUMED_BY_TEST"}});
    const std::string file = encode_trace(trace);
    const auto read = decode_trace(std::as_bytes(std::span(file)), "x.skbt");
    ASSERT_TRUE(read) << read.error().message();
    EXPECT_EQ(drop_reason_name(read->sides.at(0).info, 2), "SKB_CONSUMED_BY_TEST");
}

} // namespace
} // namespace skbscope::trace
