// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/renames.h"

#include "tests/trace/side_builder.h"
#include "trace/compare.h"

#include <gtest/gtest.h>
#include <set>

namespace {

using namespace skbscope::trace;
using skbscope::trace::test::SideBuilder;

TEST(Renames, EachNameStandsOnceAndOnlyTheOldOneIsOf61) {
    std::set<std::string_view> names;
    for (const Rename &r : renames()) {
        EXPECT_TRUE(names.insert(r.old_name).second) << r.old_name;
        EXPECT_TRUE(names.insert(r.new_name).second) << r.new_name;
        EXPECT_TRUE(Catalogue::builtin().find(r.old_name).has_value()) << r.old_name;
        EXPECT_FALSE(Catalogue::builtin().find(r.new_name).has_value()) << r.new_name;
        EXPECT_FALSE(r.evidence.empty());
    }
}

TEST(Renames, ALaterNameLeadsToTheCatalogue) {
    EXPECT_EQ(catalogue_name("sk_skb_reason_drop"), "kfree_skb_reason");
    EXPECT_EQ(catalogue_name("gro_receive_skb"), "napi_gro_receive");
    EXPECT_EQ(catalogue_name("ip_rcv"), "ip_rcv");
    ASSERT_NE(renamed("kfree_skb_reason"), nullptr);
    EXPECT_EQ(renamed("kfree_skb_reason")->new_name, "sk_skb_reason_drop");
    EXPECT_EQ(renamed("ip_rcv"), nullptr);
}

TEST(Renames, ARenamedFunctionKeepsItsNameAndHasTheOldOnesFacts) {
    Side side;
    const Function f = side.function(side.intern_function("sk_skb_reason_drop"));
    EXPECT_EQ(f.name, "sk_skb_reason_drop");
    EXPECT_TRUE(f.known);
    EXPECT_TRUE(f.in_scope);
    EXPECT_EQ(f.file, "net/core/skbuff.c");
    EXPECT_FALSE(side.function(side.intern_function("no_such_function")).known);
}

TEST(Renames, AComparisonTakesBothNamesForOneFunction) {
    SideBuilder model(SideKind::model), kernel(SideKind::kernel);
    model.enter("udp_queue_rcv_skb");
    model.call("kfree_skb_reason").leave("udp_queue_rcv_skb");
    kernel.enter("udp_queue_rcv_skb");
    kernel.call("sk_skb_reason_drop").leave("udp_queue_rcv_skb");
    const Comparison c = compare(model.side, build_call_tree(model.side), kernel.side, build_call_tree(kernel.side));
    ASSERT_EQ(c.rows.size(), 2U);
    EXPECT_EQ(c.rows[1].mark, RowMark::match);
    EXPECT_EQ(c.calls.f1, 1.0);
}

} // namespace
