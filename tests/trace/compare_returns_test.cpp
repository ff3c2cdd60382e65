// SPDX-License-Identifier: GPL-2.0-or-later
#include "side_builder.h"
#include "trace/compare.h"
#include "trace/drop_reasons.h"
#include "trace/return_value.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace skbscope::trace {
namespace {

using test::SideBuilder;
using testing::HasSubstr;

struct Returned {
    const char *function;
    std::optional<std::int64_t> value;
};

Side returning(SideKind kind, const std::vector<Returned> &calls) {
    SideBuilder b(kind);
    for (const Returned &call : calls) {
        b.enter(call.function);
        Event &leave = b.leave(call.function);
        if (!call.value) continue;
        leave.state |= SKBSCOPE_STATE_HAS_RET;
        leave.leave.ret = *call.value;
    }
    return b.side;
}

Comparison compare_calls(const std::vector<Returned> &model, const std::vector<Returned> &kernel) {
    const Side l = returning(SideKind::model, model), r = returning(SideKind::kernel, kernel);
    return compare(l, build_call_tree(l), r, build_call_tree(r));
}

Row compare_one(const char *function, std::optional<std::int64_t> model, std::optional<std::int64_t> kernel) {
    const Comparison c = compare_calls({{function, model}}, {{function, kernel}});
    EXPECT_EQ(c.rows.size(), 1U);
    return c.rows.at(0);
}

TEST(CompareReturns, EqualIsAMatch) {
    EXPECT_EQ(compare_one("ip_rcv", 0, 0).mark, RowMark::match);
    EXPECT_EQ(compare_one("sk_filter_trim_cap", -1, -1).mark, RowMark::match);
}

TEST(CompareReturns, AWrongValueIsUnexplained) {
    const Row row = compare_one("ip_rcv", 0, 1);
    EXPECT_EQ(row.mark, RowMark::unexplained);
    ASSERT_EQ(row.fields().size(), 1U);
    EXPECT_EQ(row.fields()[0].field, "returns");
    EXPECT_EQ(row.fields()[0].left, "0");
    EXPECT_EQ(row.fields()[0].right, "1");
    EXPECT_EQ(compare_one("udp_sendmsg", 12, -90).fields().at(0).right, "-EMSGSIZE");
}

TEST(CompareReturns, ASideThatSaysNothingDiffersInNothing) {
    EXPECT_EQ(compare_one("ip_rcv", std::nullopt, 1).mark, RowMark::match);
    EXPECT_EQ(compare_one("ip_rcv", 1, std::nullopt).mark, RowMark::match);
}

TEST(CompareReturns, AddressesNeverCompareButNullAndErrorsDo) {
    constexpr std::int64_t here = -0x777700001000, there = -0x777655552000;
    EXPECT_EQ(compare_one("ip_route_output_flow", here, there).mark, RowMark::match);
    const Row missing = compare_one("ip_route_output_flow", 0, there);
    EXPECT_EQ(missing.mark, RowMark::unexplained);
    EXPECT_EQ(missing.fields().at(0).left, "NULL");
    EXPECT_EQ(missing.fields().at(0).right, "an address");
    EXPECT_EQ(compare_one("ip_route_output_flow", -113, there).fields().at(0).left, "-EHOSTUNREACH");
    EXPECT_EQ(compare_one("ip_route_output_flow", -113, -101).mark, RowMark::unexplained);
    EXPECT_EQ(compare_one("ip_route_output_flow", -113, -113).mark, RowMark::match);
    // No BTF says that this one gives a pointer: its size does.
    EXPECT_EQ(compare_one("a_function_of_tomorrow", here, there).mark, RowMark::match);
}

TEST(CompareReturns, AnyTruthIsTrue) {
    EXPECT_EQ(compare_one("napi_complete_done", 1, 255).mark, RowMark::match);
    EXPECT_EQ(compare_one("napi_complete_done", 0, 1).fields().at(0).left, "false");
}

TEST(CompareReturns, AKeyedHashIsRandomByDesign) {
    const Row row = compare_one("arp_hash", 354517793, 4192017280);
    EXPECT_EQ(row.mark, RowMark::differs);
    EXPECT_EQ(row.fields().at(0).reason.code, ReasonCode::random_by_design);
    EXPECT_THAT(row.fields()[0].reason.evidence, HasSubstr("neigh_get_hash_rnd"));
}

TEST(CompareReturns, AClockIsTheSidesOwn) {
    const Row row = compare_one("inet_current_timestamp", 1000, 2000);
    EXPECT_EQ(row.mark, RowMark::differs);
    EXPECT_EQ(row.fields().at(0).reason.code, ReasonCode::time_differs);
}

// Descriptors are explained as long as one stands for the other throughout.
TEST(CompareReturns, PartialSumsAreWhatTheyFoldTo) {
    EXPECT_EQ(compare_one("csum_partial_copy_nocheck", 0x01000100, 0x200).mark, RowMark::match);
    EXPECT_EQ(compare_one("skb_copy_and_csum_bits", 0, 0xffffffff).mark, RowMark::match); // both zeros
    EXPECT_EQ(compare_one("csum_and_copy_from_user", 0x200, 0x201).mark, RowMark::unexplained);
    EXPECT_EQ(compare_one("ip_rcv", 0x01000100, 0x200).mark, RowMark::unexplained); // no sum: the number counts
}

TEST(CompareReturns, OfAFlowsPortsOnlyTheSourceMayDiffer) {
    const Row source = compare_one("__skb_flow_get_ports", 0x581b1234, 0x581b8888);
    ASSERT_EQ(source.fields().size(), 1U);
    EXPECT_EQ(source.fields()[0].reason.code, ReasonCode::random_by_design);
    EXPECT_EQ(compare_one("__skb_flow_get_ports", 0x581b1234, 0x591b1234).mark, RowMark::unexplained);
}

TEST(CompareReturns, DescriptorsStandForOneAnother) {
    const Comparison fine = compare_calls({{"__sys_socket", 3}, {"__sys_socket", 4}, {"__sys_socket", 3}},
                                          {{"__sys_socket", 502}, {"__sys_socket", 508}, {"__sys_socket", 502}});
    EXPECT_EQ(fine.unexplained, 0U);
    EXPECT_EQ(fine.rows.at(1).fields().at(0).reason.code, ReasonCode::configuration);
    EXPECT_EQ(compare_calls({{"__sys_socket", 3}, {"__sys_socket", 3}}, {{"__sys_socket", 7}, {"__sys_socket", 8}})
                  .unexplained,
              1U);
    EXPECT_EQ(compare_one("__sys_socket", 3, -24).mark, RowMark::unexplained); // EMFILE is no descriptor
}

TEST(CompareReturns, ADropIsComparedByItsName) {
    const auto dropping = [](SideKind kind, std::uint32_t reason) {
        SideBuilder b(kind);
        b.side.info.release = "6.1";
        b.packet(1).enter("kfree_skb_reason");
        b.add(SKBSCOPE_EV_DROP, "kfree_skb_reason").drop.reason = reason;
        b.leave("kfree_skb_reason");
        return b.side;
    };
    const Side model = dropping(SideKind::model, 2);
    Side kernel = dropping(SideKind::kernel, 2);
    const CallTree tree = build_call_tree(model);
    EXPECT_EQ(compare(model, tree, kernel, tree).unexplained, 0U);
    kernel.info.release = "6.18.0";
    kernel.info.facts[drop_reason_fact_name] = "2=SKB_DROP_REASON_NOT_SPECIFIED 3=SKB_DROP_REASON_NO_SOCKET";
    const FieldDifference d = compare(model, tree, kernel, tree).rows.at(0).fields().at(0);
    EXPECT_EQ(d.field, "drop reason");
    EXPECT_EQ(d.left, "SKB_DROP_REASON_NO_SOCKET");
    EXPECT_EQ(d.right, "SKB_DROP_REASON_NOT_SPECIFIED");
    kernel.events[1].drop.reason = 3; // another number, the same reason
    EXPECT_EQ(compare(model, tree, kernel, tree).unexplained, 0U);
}

TEST(ReturnKinds, AreThoseOfTheKernelsBtf) {
    EXPECT_EQ(return_kind("ip_rcv"), ReturnKind::signed_number);
    EXPECT_EQ(return_kind("napi_complete_done"), ReturnKind::boolean);
    EXPECT_EQ(return_kind("skb_clone"), ReturnKind::pointer);
    EXPECT_EQ(return_kind("eth_type_trans"), ReturnKind::unsigned_number);
    EXPECT_EQ(return_kind("kfree_skb_reason"), ReturnKind::nothing);
    EXPECT_EQ(return_kind("skb_orphan"), ReturnKind::unknown); // inlined everywhere: no BTF
}

TEST(ReturnText, SaysErrorsByName) {
    const auto text = [](ReturnKind kind, std::int64_t value) { return return_text(kind, value); };
    using enum ReturnKind;
    EXPECT_EQ(text(signed_number, -11), "-EAGAIN");
    EXPECT_EQ(text(signed_number, -1), "-1");
    EXPECT_EQ(text(signed_number, -5000), "-5000");
    EXPECT_EQ(text(signed_number, 12), "12");
    EXPECT_EQ(text(unsigned_number, -1), "18446744073709551615");
    EXPECT_EQ(text(boolean, 2), "true");
    EXPECT_EQ(text(pointer, 0), "NULL");
    EXPECT_EQ(text(pointer, -12), "-ENOMEM");
    EXPECT_EQ(text(pointer, -0x777700001000), "0xffff8888fffff000");
    EXPECT_EQ(text(unknown, -22), "-EINVAL");
    EXPECT_EQ(text(unknown, 0), "0");
}

} // namespace
} // namespace skbscope::trace
