// SPDX-License-Identifier: GPL-2.0-or-later
// The model beside a kernel whose calls were inferred from stacks.
#include "tests/trace/side_builder.h"
#include "trace/compare.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace {

using namespace skbscope::trace;
using skbscope::trace::test::SideBuilder;

struct Sides {
    SideBuilder model{SideKind::model}, kernel{SideKind::kernel};
    Sides() {
        kernel.side.info.release = "6.18.44";
        kernel.side.info.facts["stacks.tracepoints"] = "net_dev_queue fib_table_lookup";
        kernel.side.info.facts["stacks.always in"] = "__dev_queue_xmit fib_table_lookup";
    }
    [[nodiscard]] Comparison compared() const {
        return compare(model.side, build_call_tree(model.side), kernel.side, build_call_tree(kernel.side));
    }
    [[nodiscard]] static const Row &row(const Comparison &c, const Side &side, const CallTree &tree,
                                        std::string_view name, bool left) {
        return *std::ranges::find_if(c.rows, [&](const Row &r) {
            const std::uint32_t call = left ? r.left : r.right;
            return call != npos && side.function_name(tree.calls[call].fn) == name;
        });
    }
    [[nodiscard]] Row model_row(const Comparison &c, std::string_view name) const {
        return row(c, model.side, build_call_tree(model.side), name, true);
    }
    [[nodiscard]] Row kernel_row(const Comparison &c, std::string_view name) const {
        return row(c, kernel.side, build_call_tree(kernel.side), name, false);
    }
};

TEST(CompareStacks, ACallThatNoTracepointLiesInCannotBeSeen) {
    Sides s;
    s.model.enter("udp_sendmsg");
    s.model.call("udp_queue_rcv_skb").call("__dev_queue_xmit").leave("udp_sendmsg");
    s.kernel.enter("udp_sendmsg");
    s.kernel.call("__dev_queue_xmit").leave("udp_sendmsg");
    const Comparison c = s.compared();
    EXPECT_EQ(s.model_row(c, "udp_queue_rcv_skb").reason().code, ReasonCode::not_traceable);
    EXPECT_EQ(c.unexplained, 0U);
    EXPECT_EQ(c.calls.f1, 1.0) << "what cannot be seen does not count";
}

TEST(CompareStacks, ACallThatAlwaysPassesATracepointHadToBeSeen) {
    Sides s;
    s.model.enter("ip_output");
    s.model.enter("ip_finish_output2");
    s.model.call("__dev_queue_xmit").leave("ip_finish_output2");
    s.model.leave("ip_output");
    s.kernel.call("ip_output");
    const Comparison c = s.compared();
    EXPECT_EQ(s.model_row(c, "__dev_queue_xmit").reason().code, ReasonCode::none);
    EXPECT_EQ(s.model_row(c, "__dev_queue_xmit").mark, RowMark::unexplained);
    EXPECT_EQ(s.model_row(c, "ip_finish_output2").mark, RowMark::unexplained);
    EXPECT_LT(c.calls.f1, 1.0);
}

TEST(CompareStacks, AFrameThatIsMissingInAStackWasInlined) {
    Sides s;
    s.model.enter("ip_output");
    s.model.enter("ip_finish_output");
    s.model.call("__dev_queue_xmit").leave("ip_finish_output");
    s.model.leave("ip_output");
    s.kernel.enter("ip_output");
    s.kernel.call("__dev_queue_xmit").leave("ip_output");
    const Comparison c = s.compared();
    const Row row = s.model_row(c, "ip_finish_output");
    EXPECT_EQ(row.reason().code, ReasonCode::inlined_at_call);
    EXPECT_NE(row.reason().evidence.find("__dev_queue_xmit"), std::string::npos);
    EXPECT_EQ(c.unexplained, 0U);
}

// ip_rcv() ends in a call of what delivers: the stack holds the caller's caller.
TEST(CompareStacks, ACallerThatIsMissingInAStackWasLeftByATailCall) {
    Sides s;
    s.model.enter("__netif_receive_skb_one_core");
    s.model.enter("ip_rcv");
    s.model.call("fib_table_lookup").call("ip_local_deliver_finish").leave("ip_rcv");
    s.model.leave("__netif_receive_skb_one_core");
    s.kernel.enter("__netif_receive_skb_one_core");
    s.kernel.enter("ip_rcv");
    s.kernel.call("fib_table_lookup").leave("ip_rcv");
    s.kernel.call("ip_local_deliver_finish").leave("__netif_receive_skb_one_core");
    const Row row = s.model_row(s.compared(), "ip_local_deliver_finish");
    ASSERT_EQ(row.fields().size(), 1U);
    EXPECT_EQ(row.fields()[0].reason.code, ReasonCode::inlined_at_call);
    EXPECT_EQ(row.mark, RowMark::differs);
    s.kernel.side.info.facts.clear();
    EXPECT_EQ(s.model_row(s.compared(), "ip_local_deliver_finish").mark, RowMark::unexplained);
}

TEST(CompareStacks, WithoutStacksNothingIsExcused) {
    Sides s;
    s.kernel.side.info.facts.clear();
    s.model.enter("udp_sendmsg");
    s.model.call("sock_alloc_send_pskb").leave("udp_sendmsg");
    s.kernel.call("udp_sendmsg");
    EXPECT_EQ(s.model_row(s.compared(), "sock_alloc_send_pskb").reason().code, ReasonCode::none);
}

// 6.1's machine code has no such call; the kernel is another version.
TEST(CompareStacks, ACallThat61NeverMakesIsTheOtherVersions) {
    Sides s;
    s.model.call("__netif_receive_skb");
    s.kernel.enter("__netif_receive_skb");
    s.kernel.call("udp_rcv").leave("__netif_receive_skb");
    ASSERT_EQ(Catalogue::builtin().inlined_at("__netif_receive_skb", "udp_rcv"), true);
    EXPECT_EQ(s.kernel_row(s.compared(), "udp_rcv").reason().code, ReasonCode::configuration);
    s.kernel.side.info.release = "6.1.0-51-cloud-amd64";
    EXPECT_EQ(s.kernel_row(s.compared(), "udp_rcv").reason().code, ReasonCode::none);
}

} // namespace
