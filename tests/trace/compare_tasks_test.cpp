// SPDX-License-Identifier: GPL-2.0-or-later
// On machines with several CPUs each task is compared alone.
#include "trace/compare.h"
#include "trace/compare_tasks.h"
#include "trace/tree_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace skbscope::trace {
namespace {

using testing::ElementsAre;

Side tree(const std::string &text, SideKind kind = SideKind::kernel) {
    auto side = read_tree_text(text, "test");
    EXPECT_TRUE(side) << side.error().message();
    side->info.kind = kind;
    return std::move(*side);
}

Comparison compared(const Side &left, const Side &right, TaskOrder tasks = TaskOrder::automatic) {
    return compare(left, build_call_tree(left), right, build_call_tree(right), {.match_fields = false, .tasks = tasks});
}
Comparison compared(const std::string &left, const std::string &right, TaskOrder tasks = TaskOrder::automatic) {
    return compared(tree(left, SideKind::model), tree(right), tasks);
}

// The same calls of two tasks, woven in two ways.
const std::string woven = "7\t0\tip_rcv\n0/1\t0\tnet_rx_action\n7\t1\tip_rcv_core\n0/1\t1\t__napi_poll\n";
const std::string woven_otherwise = "0/1\t0\tnet_rx_action\n0/1\t1\t__napi_poll\n9\t0\tip_rcv\n9\t1\tip_rcv_core\n";

TEST(CompareTasks, HowTheyAreWovenDoesNotCount) {
    const Comparison c = compared(woven, woven_otherwise);
    EXPECT_DOUBLE_EQ(c.calls.f1, 1);
    EXPECT_EQ(c.unexplained, 0U);
    EXPECT_LT(compared(woven, woven_otherwise, TaskOrder::together).calls.f1, 1);
}

TEST(CompareTasks, WhatATaskLacksCounts) {
    const Comparison c = compared(woven, woven_otherwise.substr(0, woven_otherwise.rfind("9\t1")));
    EXPECT_LT(c.calls.f1, 1);
    EXPECT_EQ(c.unexplained, 1U);
    ASSERT_EQ(c.tasks.size(), 2U);
    EXPECT_EQ(c.tasks[0].unexplained, 1U);
    EXPECT_EQ(c.tasks[1].unexplained, 0U);
}

TEST(CompareTasks, OneCpuIsComparedInOneOrderUnlessAsked) {
    const std::string a = "7\t0\tip_rcv\n8\t0\tnet_rx_action\n", b = "8\t0\tnet_rx_action\n7\t0\tip_rcv\n";
    EXPECT_TRUE(compared(a, b).tasks.empty());
    EXPECT_LT(compared(a, b).calls.f1, 1);
    EXPECT_DOUBLE_EQ(compared(a, b, TaskOrder::apart).calls.f1, 1);
}

// A live twin: the model's one process does what several did on a machine with several CPUs.
TEST(CompareTasks, OneProcessForSeveralIsComparedInOneOrder) {
    const std::string one = "7\t0\tip_rcv\n7\t0\tudp_rcv\n", several = "7\t0\tip_rcv\n0/1\t0\tudp_rcv\n";
    EXPECT_TRUE(compared(one, several).tasks.empty());
    EXPECT_DOUBLE_EQ(compared(one, several).calls.f1, 1);
    Side model = tree(one, SideKind::model);
    model.info.facts["cpus"] = "2";
    EXPECT_EQ(compared(model, tree(several)).tasks.size(), 2U);
}

// A tree as text may leave out which CPU's idle task it was.
TEST(CompareTasks, ATreeThatNamesNoCpuIsComparedTaskByTaskWithOneThatHadSeveral) {
    Side model = tree("7\t0\tip_rcv\n0\t0\tudp_rcv\n0/1\t0\tnet_rx_action\n", SideKind::model);
    model.info.facts["cpus"] = "2";
    model.info.transport.clear();
    const Side kernel = tree("0\t0\tudp_rcv\n0\t0\tnet_rx_action\n9\t0\tip_rcv\n");
    const Comparison c = compared(model, kernel);
    EXPECT_EQ(c.tasks.size(), 2U);
    EXPECT_DOUBLE_EQ(c.calls.f1, 1);
    EXPECT_DOUBLE_EQ(compared(kernel, model).calls.f1, 1);
}

TEST(CompareTasks, RowsAreOfTheWholeTrees) {
    const Side left = tree(woven, SideKind::model), right = tree(woven_otherwise);
    const Comparison c = compared(left, right);
    const CallTree l = build_call_tree(left), r = build_call_tree(right);
    ASSERT_EQ(c.rows.size(), 4U);
    for (const Row &row : c.rows) {
        ASSERT_NE(row.left, npos);
        ASSERT_NE(row.right, npos);
        EXPECT_EQ(left.function_name(l.calls[row.left].fn), right.function_name(r.calls[row.right].fn));
    }
    EXPECT_EQ(c.rows[3].parent, 2U);
    EXPECT_EQ(c.tasks[1].first_row, 2U);
    EXPECT_EQ(c.tasks[1].rows, 2U);
}

TEST(CompareTasks, CpusAreThoseOfTheirNumber) {
    const Comparison c = compared("0\t0\tip_rcv\n0/1\t0\tudp_rcv\n", "0/1\t0\tip_rcv\n0\t0\tudp_rcv\n");
    EXPECT_EQ(c.calls.matched, 0U);
    ASSERT_EQ(c.tasks.size(), 2U);
    EXPECT_EQ(c.tasks[0].left, "CPU 0 (idle, interrupts)");
    EXPECT_EQ(c.tasks[1].right, "CPU 1 (idle, interrupts)");
}

TEST(CompareTasks, NamesSayWhichTaskIsWhich) {
    Side left = tree("7\t0\tip_rcv\n8\t0\tip_rcv\n0/1\t0\tudp_rcv\n", SideKind::model);
    Side right = tree("11\t0\tip_rcv\n12\t0\tip_rcv\n0/1\t0\tudp_rcv\n");
    left.tasks = {{7, "one"}, {8, "two"}};
    right.tasks = {{11, "two"}, {12, "one"}};
    const Comparison c = compared(left, right);
    ASSERT_EQ(c.tasks.size(), 3U);
    EXPECT_EQ(c.tasks[0].left + "|" + c.tasks[0].right, "one 7|one 12");
    EXPECT_EQ(c.tasks[1].left + "|" + c.tasks[1].right, "two 8|two 11");
}

TEST(CompareTasks, WithoutNamesWhatTheyCallSaysIt) {
    const Comparison c =
        compared("7\t0\tip_rcv\n8\t0\tudp_rcv\n8\t1\t__udp4_lib_rcv\n0/1\t0\tskb_put\n",
                 "3\t0\tudp_rcv\n3\t1\t__udp4_lib_rcv\n4\t0\tip_rcv\n5\t0\tskb_put\n", TaskOrder::apart);
    std::vector<std::string> pairs;
    for (const TaskComparison &t : c.tasks)
        pairs.push_back(t.left + "|" + t.right);
    EXPECT_THAT(pairs, ElementsAre("task 7|task 4", "task 8|task 3", "|task 5", "CPU 1 (idle, interrupts)|"));
}

TEST(CompareTasks, AnInterruptIsTheCpusWhateverTaskItHits) {
    Side left = tree("0/1\t0\tnet_rx_action\n0/1\t1\t__napi_poll\n7\t0\tip_rcv\n", SideKind::model);
    Side right = tree("0/1\t0\tnet_rx_action\n0/1\t1\t__napi_poll\n9\t0\tip_rcv\n");
    for (Event &e : right.events)
        if (e.task == 0) {
            e.task = 30; // a kworker
            e.state |= SKBSCOPE_CTX_SOFTIRQ;
        }
    const Comparison c = compared(left, right, TaskOrder::apart);
    EXPECT_DOUBLE_EQ(c.calls.f1, 1);
    EXPECT_EQ(c.tasks.size(), 2U);
}

TEST(CompareTasks, ASoftirqIsTheCpusWhoeverServesIt) {
    const std::string served = "0/1\t0\thandle_softirqs\n0/1\t1\tnet_rx_action\n0\t0\tip_rcv\n";
    Side daemon = tree("21\t0\trun_ksoftirqd\n21\t1\thandle_softirqs\n21\t2\tnet_rx_action\n0\t0\tip_rcv\n");
    for (Event &e : daemon.events)
        if (e.task == 21) e.cpu = 1;
    const Comparison c = compared(tree(served, SideKind::model), daemon);
    EXPECT_EQ(c.tasks.size(), 2U);
    EXPECT_DOUBLE_EQ(c.calls.f1, 1);
}

TEST(CompareTasks, TicksDoNotCount) {
    const std::string tick = "0\t0\t__raise_softirq_irqoff\n0\t0\thandle_softirqs\n";
    const std::string work = "0\t0\thandle_softirqs\n0\t1\tnet_rx_action\n0\t2\t__raise_softirq_irqoff\n";
    const Comparison c = compared(work + "0/1\t0\tip_rcv\n", tick + work + tick + "0/1\t0\tip_rcv\n");
    EXPECT_DOUBLE_EQ(c.calls.f1, 1);
    EXPECT_EQ(c.calls.reference, 4U);
    EXPECT_EQ(c.unexplained, 0U);
    EXPECT_EQ(c.rows[0].reason().code, ReasonCode::time_differs);
    const std::string daemon = "21\t0\t", wakes = "ksoftirqd_should_run", runs = "run_ksoftirqd";
    const std::string woken = daemon + wakes + "\n" + daemon + runs + "\n0/1\t0\tip_rcv\n";
    EXPECT_DOUBLE_EQ(compared("0/1\t0\tip_rcv\n", woken, TaskOrder::apart).calls.f1, 1);
    // What softirqs do counts, and so does a softirq with work in it.
    EXPECT_LT(compared("0/1\t0\tip_rcv\n", work + "0/1\t0\tip_rcv\n", TaskOrder::apart).calls.f1, 1);
}

// A tick hits what runs: eth_header() cannot make the call, net_rx_action() can.
TEST(CompareTasks, ATickInTheMidstOfACallDoesNotCountEither) {
    const std::string polls = "0\t0\tip_rcv\n0/1\t0\tnet_rx_action\n0/1\t1\t__napi_poll\n";
    const std::string copies = "0/1\t0\teth_header\n";
    EXPECT_DOUBLE_EQ(compared(polls + copies, polls + copies + "0/1\t1\t__raise_softirq_irqoff\n").calls.f1, 1);
    EXPECT_LT(compared(polls, polls + "0/1\t1\t__raise_softirq_irqoff\n").calls.f1, 1);
}

// Two packets for CPU 1, which is done with the first before the second comes, or is not.
TEST(CompareTasks, ACpuThatIsAtWorkNeedsNoInterrupt) {
    const std::string queued = "7\t0\tenqueue_to_backlog\n", raised = "7\t1\t__raise_softirq_irqoff\n";
    const std::string sends = "7\t0\tdo_softirq\n7\t1\tnet_rps_send_ipi\n", softirq = "7\t0\tdo_softirq\n";
    const std::string told = "0/1\t0\trps_trigger_softirq\n",
                      polls = "0/1\t0\tnet_rx_action\n0/1\t1\tprocess_backlog\n",
                      packet = "0/1\t2\t__netif_receive_skb\n";
    const std::string once = queued + raised + sends, one = told + polls + packet;
    const std::string twice = once + once + one + one, busy = once + queued + told + polls + packet + packet;
    const Comparison c = compared(twice, busy, TaskOrder::apart);
    EXPECT_LT(c.calls.f1, 1) << "it is a difference";
    EXPECT_EQ(c.unexplained, 0U);
    EXPECT_EQ(compared(busy, twice, TaskOrder::apart).unexplained, 0U);
    EXPECT_GT(compared(once + softirq + once + one + one, busy, TaskOrder::apart).unexplained, 0U)
        << "a softirq more than interrupts were sent";
    EXPECT_GT(compared(twice, queued + queued + polls + packet + packet, TaskOrder::apart).unexplained, 0U)
        << "no interrupt was sent at all";
}

TEST(CompareTasks, APollWhoseTimeIsUpIsOfATick) {
    const std::string polls = "0\t0\tip_rcv\n0/1\t0\tnet_rx_action\n0/1\t1\t__napi_poll\n0/1\t2\tprocess_backlog\n";
    const std::string late = "0/1\t1\tnet_rps_action_and_irq_enable\n", sends = "0/1\t2\tnet_rps_send_ipi\n";
    const Comparison c = compared(polls, polls + late);
    EXPECT_DOUBLE_EQ(c.calls.f1, 1);
    EXPECT_EQ(c.unexplained, 0U);
    EXPECT_LT(compared(polls, polls + late + sends).calls.f1, 1) << "it has an IPI to send";
    std::string many = polls;
    for (int i = 0; i < 64; ++i)
        many += "0/1\t3\t__netif_receive_skb_core\n";
    EXPECT_LT(compared(many, many + late).calls.f1, 1) << "its weight may be used up";
}

} // namespace
} // namespace skbscope::trace
