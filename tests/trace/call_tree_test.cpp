// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/call_tree.h"

#include "random.h"
#include "side_builder.h"
#include "trace/tree_text.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace skbscope::trace {
namespace {

using test::SideBuilder;

TEST(CallTree, NestsCalls) {
    SideBuilder b;
    b.enter("ip_rcv");
    b.call("ip_rcv_core");
    b.add(SKBSCOPE_EV_PULL);
    b.call("ip_rcv_finish");
    b.leave("ip_rcv");
    b.call("dst_release");
    const CallTree tree = build_call_tree(b.side);
    ASSERT_EQ(tree.calls.size(), 4U);
    EXPECT_EQ(tree.roots, (std::vector<std::uint32_t>{0, 3}));
    EXPECT_EQ(tree.children(0), (std::vector<std::uint32_t>{1, 2}));
    EXPECT_EQ(tree.calls[0].end, 3U);
    EXPECT_EQ(tree.calls[0].leave, 6U);
    EXPECT_EQ(tree.calls[1].depth, 1U);
    EXPECT_EQ(tree.call_at, (std::vector<std::uint32_t>{0, 1, 1, 0, 2, 2, 0, 3, 3}));
    EXPECT_EQ(tree.unpaired, 0U);
    EXPECT_TRUE(tree.losses.empty());
    EXPECT_EQ(to_tree_text(b.side, tree),
              "100\t0\tip_rcv\n100\t1\tip_rcv_core\n100\t1\tip_rcv_finish\n100\t0\tdst_release\n");
}

TEST(CallTree, KeepsTasksApart) {
    SideBuilder b;
    b.task(1).enter("udp_recvmsg");
    b.task(2).enter("udp_sendmsg");
    b.task(2).call("ip_make_skb");
    b.task(1).call("__skb_recv_udp");
    b.task(2).leave("udp_sendmsg");
    b.task(1).leave("udp_recvmsg");
    const CallTree tree = build_call_tree(b.side);
    EXPECT_EQ(to_tree_text(b.side, tree),
              "1\t0\tudp_recvmsg\n2\t0\tudp_sendmsg\n2\t1\tip_make_skb\n1\t1\t__skb_recv_udp\n");
    EXPECT_EQ(tree.children(0), (std::vector<std::uint32_t>{3}));
    EXPECT_EQ(tree.children(1), (std::vector<std::uint32_t>{2}));
    EXPECT_EQ(tree.calls[0].end, 4U);
    EXPECT_EQ(tree.calls[1].end, 3U);
    EXPECT_EQ(tree.unpaired, 0U);
}

// Task 0 is one idle task a CPU.
TEST(CallTree, KeepsIdleTasksOfTheCpusApart) {
    const std::string text =
        "0\t0\thandle_softirqs\n0/1\t0\thandle_softirqs\n0\t1\tnet_rx_action\n0/1\t1\tnet_tx_action\n";
    const auto side = read_tree_text(text, "t");
    ASSERT_TRUE(side) << side.error().message();
    const CallTree tree = build_call_tree(*side);
    EXPECT_EQ(tree.unpaired, 0U);
    EXPECT_TRUE(tree.losses.empty());
    ASSERT_EQ(tree.calls.size(), 4U);
    EXPECT_EQ(tree.calls[2].parent, 0U);
    EXPECT_EQ(tree.calls[3].parent, 1U);
    EXPECT_EQ(to_tree_text(*side, tree), text);
    EXPECT_FALSE(read_tree_text("0/x\t0\tip_rcv\n", "t"));
}

TEST(CallTree, NestsAnInterruptInTheTaskItHits) {
    SideBuilder b;
    b.enter("udp_sendmsg");
    b.add(SKBSCOPE_EV_IRQ_ENTER);
    b.enter("__do_softirq").state |= SKBSCOPE_CTX_SOFTIRQ;
    b.leave("__do_softirq");
    b.add(SKBSCOPE_EV_IRQ_EXIT);
    b.leave("udp_sendmsg");
    EXPECT_EQ(to_tree_text(b.side, build_call_tree(b.side)), "100\t0\tudp_sendmsg\n100\t1\t__do_softirq\n");
}

TEST(CallTree, EndsACallWhoseLeaveIsLostWithItsCaller) {
    SideBuilder b;
    b.enter("ip_rcv");
    b.enter("ip_rcv_core");
    b.enter("sock_wfree");
    b.leave("ip_rcv");
    b.call("dst_release");
    const CallTree tree = build_call_tree(b.side);
    EXPECT_EQ(tree.unpaired, 2U);
    EXPECT_EQ(tree.calls[1].leave, npos);
    EXPECT_EQ(tree.calls[0].leave, 3U);
    EXPECT_EQ(tree.calls[3].depth, 0U);
}

TEST(CallTree, CountsALeaveWithoutEnter) {
    SideBuilder b;
    b.leave("ip_rcv");
    b.enter("ip_rcv");
    b.leave("udp_rcv");
    b.call("ip_rcv_core");
    const CallTree tree = build_call_tree(b.side);
    EXPECT_EQ(tree.unpaired, 3U); // two leaves; and ip_rcv, which never returns
    EXPECT_EQ(tree.calls[1].parent, 0U);
}

TEST(CallTree, SeesHolesInTheSequenceOfEachCpu) {
    SideBuilder b;
    b.cpu(0).call("ip_rcv");
    b.cpu(1).call("udp_rcv");
    b.cpu(0).lose(3);
    b.cpu(1).call("dst_release");
    b.cpu(0).call("ip_rcv");
    b.cpu(0).call("ip_rcv");
    const CallTree tree = build_call_tree(b.side);
    ASSERT_EQ(tree.calls.size(), 5U);
    EXPECT_EQ(tree.losses, (std::vector<std::uint32_t>{tree.calls[3].enter}));
    EXPECT_EQ(tree.calls[3].enter, 6U);
}

TEST(CallTree, TakesALossRecordForWhatItSays) {
    SideBuilder b;
    b.call("ip_rcv");
    b.add(SKBSCOPE_EV_LOSS).loss.lost = 12;
    b.call("udp_rcv");
    const CallTree tree = build_call_tree(b.side);
    EXPECT_EQ(tree.losses, (std::vector<std::uint32_t>{tree.calls[1].enter - 1}));
}

TEST(CallTree, MissesWhatCameBeforeItsFirstRecord) {
    SideBuilder b;
    b.lose(5);
    b.call("ip_rcv");
    EXPECT_EQ(build_call_tree(b.side).losses, (std::vector<std::uint32_t>{0}));
}

TEST(CallTree, KnowsWhetherTasksTakeTurns) {
    SideBuilder one;
    one.call("ip_rcv");
    one.call("udp_rcv");
    EXPECT_FALSE(build_call_tree(one.side).interleaved);
    one.add(SKBSCOPE_EV_ENTER, "ip_rcv").task = 4711;
    EXPECT_TRUE(build_call_tree(one.side).interleaved);
}

TEST(CallTree, GivesAHelperTheLayerOfItsCaller) {
    SideBuilder b;
    b.enter("eth_type_trans");
    b.enter("skb_pull_inline");
    b.call("sock_wfree");
    b.leave("skb_pull_inline");
    b.leave("eth_type_trans");
    b.call("skb_put");
    const CallTree tree = build_call_tree(b.side);
    EXPECT_EQ(layer_of(b.side, tree, 0), Layer::link);
    EXPECT_EQ(layer_of(b.side, tree, 1), Layer::link);
    EXPECT_EQ(layer_of(b.side, tree, 2), Layer::application);
    EXPECT_EQ(layer_of(b.side, tree, 3), Layer::none);
    EXPECT_EQ(layer_of(b.side, tree, npos), Layer::none);
}

TEST(CallTree, HoldsItsRulesForAnyOrderOfEvents) {
    test::Random random(3);
    const char *names[] = {"ip_rcv", "udp_rcv", "skb_put", "not_a_function"};
    for (int round = 0; round < 300; ++round) {
        SideBuilder b;
        for (unsigned i = 0; i < 200; ++i) {
            b.task(random.below(3)).cpu(static_cast<std::uint8_t>(random.below(2)));
            if (random.one_in(50)) b.lose(random.below(3));
            const unsigned kinds[] = {SKBSCOPE_EV_ENTER, SKBSCOPE_EV_LEAVE, SKBSCOPE_EV_PUT, SKBSCOPE_EV_EXT_BYTES};
            b.add(kinds[random.below(4)], names[random.below(4)]);
        }
        std::shuffle(b.side.events.begin(), b.side.events.end(), random.engine());
        const CallTree tree = build_call_tree(b.side);
        ASSERT_EQ(tree.call_at.size(), b.side.events.size());
        for (std::uint32_t i = 0; i < tree.calls.size(); ++i) {
            const Call &c = tree.calls[i];
            ASSERT_GT(c.end, i);
            ASSERT_LE(c.end, tree.calls.size());
            ASSERT_EQ(b.side.events[c.enter].fn, c.fn);
            if (c.leave != npos) {
                ASSERT_GT(c.leave, c.enter);
                ASSERT_EQ(b.side.events[c.leave].fn, c.fn);
            }
            if (c.parent == npos) {
                ASSERT_EQ(c.depth, 0U);
                continue;
            }
            ASSERT_LT(c.parent, i);
            ASSERT_EQ(tree.calls[c.parent].task, c.task);
            ASSERT_EQ(tree.calls[c.parent].depth + 1, c.depth);
            ASSERT_LE(c.end, tree.calls[c.parent].end);
            const std::vector<std::uint32_t> siblings = tree.children(c.parent);
            ASSERT_NE(std::find(siblings.begin(), siblings.end(), i), siblings.end());
        }
    }
}

TEST(TreeText, SurvivesTheRoundTrip) {
    const std::string text = test::data_file("udp-veth.tree");
    ASSERT_FALSE(text.empty());
    const auto side = read_tree_text(text, "udp-veth.tree");
    ASSERT_TRUE(side) << side.error().message();
    const CallTree tree = build_call_tree(*side);
    EXPECT_EQ(tree.unpaired, 0U);
    EXPECT_TRUE(tree.losses.empty());
    EXPECT_EQ(to_tree_text(*side, tree), text);
    EXPECT_EQ(side->info.kind, SideKind::kernel);
    EXPECT_TRUE(side->info.recorded);
}

TEST(TreeText, NamesTheWrongLine) {
    const auto wrong = [](const char *text) {
        const auto side = read_tree_text(text, "x.tree");
        return side ? std::string("no error") : side.error().place;
    };
    EXPECT_EQ(wrong("# a comment\n100\t0\tip_rcv\n\n"), "no error");
    EXPECT_EQ(wrong("100\t0\tip_rcv\n100\tdeep\tudp_rcv\n"), "x.tree: line 2");
    EXPECT_EQ(wrong("100 0 ip_rcv\n"), "x.tree: line 1");
    EXPECT_EQ(wrong("100\t0\t\n"), "x.tree: line 1");
    EXPECT_EQ(wrong("-1\t0\tip_rcv\n"), "x.tree: line 1");
    EXPECT_EQ(wrong("100\t99999999999\tip_rcv\n"), "x.tree: line 1");
    EXPECT_EQ(side_from_tree_text("nonsense\n7\t0\tip_rcv\n").events.size(), 2U);
}

} // namespace
} // namespace skbscope::trace
