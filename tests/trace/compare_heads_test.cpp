// SPDX-License-Identifier: GPL-2.0-or-later
// Differences that come of the memory of the kernel that is compared with: they have a reason where the numbers follow
// from what was read there, and only then.
#include "tests/trace/side_builder.h"
#include "trace/compare.h"
#include "trace/head_sizes.h"

#include <gtest/gtest.h>

namespace {

using namespace skbscope::trace;
using skbscope::trace::test::SideBuilder;
using skbscope::trace::test::snapshot_of;

struct Heads {
    SideBuilder model{SideKind::model}, kernel{SideKind::kernel};
    Snapshot here = snapshot_of(2, 54), there = here;

    Heads() {
        model.side.info.release = "6.1";
        model.side.info.facts = {{struct_size_fact, "232"}, {shared_info_size_fact, "320"}};
        kernel.side.info.release = "6.18.44";
        kernel.side.info.facts = {{struct_size_fact, "224"}, {shared_info_size_fact, "320"}, {small_head_fact, "576"}};
        there.end = 256;
        there.truesize = 832;
    }
    Comparison compared() {
        for (auto [side, skb] : {std::pair(&model, &here), std::pair(&kernel, &there)}) {
            side->packet(1).snapshot(SKBSCOPE_EV_ENTER, "__netif_rx", *skb);
            side->leave("__netif_rx");
        }
        return compare(model.side, build_call_tree(model.side), kernel.side, build_call_tree(kernel.side));
    }
};

Reason reason_of(const Comparison &c, std::string_view field) {
    for (const Row &row : c.rows)
        for (const FieldDifference &d : row.fields())
            if (d.field == field) return d.reason;
    ADD_FAILURE() << "no difference in " << field;
    return {};
}

TEST(CompareHeads, ASmallHeadExplainsEndAndTruesize) {
    const Comparison c = Heads().compared();
    EXPECT_EQ(c.unexplained, 0U);
    EXPECT_EQ(reason_of(c, "end").code, ReasonCode::configuration);
    EXPECT_NE(reason_of(c, "end").evidence.find("576 = end 256 + sizeof(struct skb_shared_info) 320"),
              std::string::npos)
        << reason_of(c, "end").evidence;
    EXPECT_NE(reason_of(c, "truesize").evidence.find("256 and 256"), std::string::npos);
    EXPECT_LT(c.states.agreement(), 1.0) << "they differ all the same";
}

TEST(CompareHeads, NumbersThatDoNotFollowStayUnexplained) {
    for (const char *fact : {small_head_fact, shared_info_size_fact, struct_size_fact}) {
        Heads h;
        h.kernel.side.info.facts.erase(fact);
        EXPECT_GT(h.compared().unexplained, 0U) << "without " << fact;
    }
    {
        Heads h;
        h.kernel.side.info.facts[small_head_fact] = "640";
        EXPECT_EQ(reason_of(h.compared(), "end").code, ReasonCode::none);
    }
    {
        Heads h;
        h.there.truesize = 896; // a cache line more than the parts make
        const Comparison c = h.compared();
        EXPECT_EQ(reason_of(c, "end").code, ReasonCode::configuration);
        EXPECT_EQ(reason_of(c, "truesize").code, ReasonCode::none);
    }
    {
        Heads h;
        h.here.end = 704; // a general slab's 1,024: who says that what was asked for fits into 576?
        h.here.truesize = 1280;
        EXPECT_EQ(reason_of(h.compared(), "end").code, ReasonCode::none);
    }
    {
        Heads h;
        h.model.side.info.facts[small_head_fact] = "576"; // has the slab as well, and did not take from it
        EXPECT_EQ(reason_of(h.compared(), "end").code, ReasonCode::none);
    }
    {
        Heads h;
        h.kernel.side.info.facts[small_head_fact] = "576 "; // no number
        EXPECT_EQ(reason_of(h.compared(), "end").code, ReasonCode::none);
    }
}

// Two packets one after the other: the model's second one has the first one's memory, the kernel's has not.
Comparison one_after_the_other(std::map<std::string, std::string> facts) {
    SideBuilder model{SideKind::model}, kernel{SideKind::kernel};
    kernel.side.info.facts = std::move(facts);
    for (auto [side, second] : {std::pair(&model, 0xa000U), std::pair(&kernel, 0xb000U)})
        for (const auto &[packet, skb] : {std::pair(1U, 0xa000U), std::pair(2U, second)}) {
            side->packet(packet).snapshot(SKBSCOPE_EV_ENTER, "__netif_rx", snapshot_of(2, 54));
            side->identity(skb, skb + 0x100);
            side->leave("__netif_rx");
            side->add(SKBSCOPE_EV_FREE, "kfree_skbmem");
        }
    return compare(model.side, build_call_tree(model.side), kernel.side, build_call_tree(kernel.side));
}

TEST(CompareHeads, MemoryThatOthersUseAsWell) {
    EXPECT_EQ(reason_of(one_after_the_other({}), "same").code, ReasonCode::none);
    EXPECT_EQ(reason_of(one_after_the_other({{structs_in_use_fact, "2"}}), "same").code, ReasonCode::none)
        << "these two may be ours";
    const Reason reason = reason_of(one_after_the_other({{structs_in_use_fact, "391"}}), "same");
    EXPECT_EQ(reason.code, ReasonCode::random_by_design);
    EXPECT_NE(reason.evidence.find("391 in use there"), std::string::npos);
}

// A datagram that was read by another CPU is given back by the one that allocated it, in a softirq.
struct Deferred {
    SideBuilder model{SideKind::model}, kernel{SideKind::kernel};
    std::uint8_t gives_back = 1;
    const char *releases_in = "napi_consume_skb", *transport = "udp_queue_rcv_one_skb";

    Deferred() {
        model.side.info.release = "6.1";
        kernel.side.info.release = "6.18.44";
    }
    Comparison compared() {
        model.call("__sys_sendto");
        model.enter("__sys_recvfrom");
        model.call("skb_release_data").leave("__sys_recvfrom");
        kernel.cpu(1).call("__sys_sendto");
        kernel.packet(1).call(transport);
        kernel.packet(no_packet).cpu(0).task(7).call("__sys_recvfrom");
        kernel.cpu(gives_back).task(9).enter("handle_softirqs");
        kernel.enter("net_rx_action");
        kernel.packet(1).enter(releases_in);
        kernel.call("skb_release_data").leave(releases_in);
        kernel.packet(no_packet).leave("net_rx_action");
        kernel.leave("handle_softirqs");
        return compare(model.side, build_call_tree(model.side), kernel.side, build_call_tree(kernel.side));
    }
    // What of the softirq has no reason.
    std::set<std::string> unexplained() {
        const Comparison c = compared();
        const CallTree tree = build_call_tree(kernel.side);
        std::set<std::string> out;
        for (const Row &row : c.rows) {
            if (row.right == npos) continue;
            const std::string name(kernel.side.function_name(tree.calls[row.right].fn));
            if (row.left == npos && row.mark == RowMark::unexplained) out.insert(name);
            for (const FieldDifference &d : row.fields())
                if (d.reason.code == ReasonCode::none) out.insert(name + "." + d.field);
        }
        out.erase(transport);
        return out;
    }
};

TEST(CompareDeferred, TheCpuThatAllocatedADatagramGivesItBack) {
    EXPECT_EQ(Deferred().unexplained(), std::set<std::string>{});
}

TEST(CompareDeferred, NotWithoutItsEvidence) {
    const auto says = [](auto change) {
        Deferred d;
        change(d);
        return d.unexplained().contains(d.releases_in);
    };
    EXPECT_TRUE(says([](Deferred &d) { d.gives_back = 2; })) << "another CPU than the one that allocated it";
    EXPECT_TRUE(says([](Deferred &d) { d.transport = "tcp_v4_rcv"; })) << "6.1 defers TCP's packets as well";
    EXPECT_TRUE(says([](Deferred &d) { d.kernel.side.info.release = "6.1.0-51-cloud-amd64"; }));
}

} // namespace
