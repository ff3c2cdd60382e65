// SPDX-License-Identifier: GPL-2.0-or-later
// The ladder's last rung on this very host: a datagram between two namespaces, seen by stacks at tracepoints.
#include "app/agent/survey.h"
#include "app/lab/kernel_run.h"
#include "app/model/model_run.h"
#include "app/scenario/loader.h"
#include "trace/compare.h"
#include "trace/seen.h"

#include <algorithm>
#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace {

using namespace skbscope;
using trace::Event;

class StackRun : public testing::Test {
protected:
    // Skips, with the reason, where this host takes a better rung or none.
    void SetUp() override {
        if (geteuid() != 0) GTEST_SKIP() << "the agent needs root";
        setenv("SKBSCOPE_AGENT", SKBSCOPE_AGENT_PROGRAM, 1);
        const auto survey = app::surveyHost();
        ASSERT_TRUE(survey) << survey.error().message();
        for (const bpf::machine_row &row : survey->machine) {
            if (row.what == "tracepoints" && !row.there) GTEST_SKIP() << row.what << ": " << row.detail;
            if (row.what == "fentry, fexit" && row.there) GTEST_SKIP() << "this kernel allows function tracing";
        }
    }

    static void run(const std::string &name) {
        const auto scenario = app::loadScenario(SKBSCOPE_SOURCE_DIR "/assets/scenarios/" + name + ".yaml");
        ASSERT_TRUE(scenario);
        auto kernel = app::runOnKernel(scenario->ops.list(), app::KernelTarget::host());
        ASSERT_TRUE(kernel) << kernel.error().message();
        kernel_ = std::move(*kernel);
        auto model = app::runModel(scenario->ops, {});
        ASSERT_TRUE(model);
        model_ = std::move(*model);
    }
    static trace::Side kernel_, model_;
};
trace::Side StackRun::kernel_, StackRun::model_;

std::vector<std::string> entered(const trace::Side &side) {
    std::vector<std::string> names;
    for (const Event &e : side.events)
        if (trace::is_enter(e)) names.emplace_back(side.function_name(e.fn));
    return names;
}

// Are the words in the list, in this order, others between?
std::string missing_in_order(const std::vector<std::string> &list, const std::vector<std::string> &words) {
    auto at = list.begin();
    for (const std::string &word : words) {
        at = std::find(at, list.end(), word);
        if (at == list.end()) return word;
        ++at;
    }
    return {};
}

TEST_F(StackRun, ADatagramsPathIsInOrderAndMarkedInferred) {
    run("udp-veth");
    if (HasFatalFailure()) return;
    EXPECT_TRUE(kernel_.info.facts.contains("traced by"));
    const trace::CallTree tree = trace::build_call_tree(kernel_);
    EXPECT_EQ(tree.unpaired, 0U);
    EXPECT_TRUE(tree.losses.empty());
    EXPECT_EQ(missing_in_order(entered(kernel_),
                               {"__sys_sendto", "udp_sendmsg", "fib_table_lookup", "__alloc_skb", "ip_output",
                                "__dev_queue_xmit", "dev_hard_start_xmit", "veth_xmit", "net_rx_action",
                                "__netif_receive_skb_core", "ip_rcv", "fib_table_lookup", "ip_local_deliver_finish",
                                "__udp_enqueue_schedule_skb", "__sys_recvfrom", "udp_recvmsg"}),
              "");
    std::size_t seen = 0;
    for (const Event &e : kernel_.events) {
        if (trace::is_enter(e) || trace::is_leave(e)) {
            EXPECT_EQ(trace::provenance_of(e), trace::Provenance::inferred);
        }
        seen += trace::shows_packet(e) ? 1U : 0U;
    }
    EXPECT_GE(seen, 4U) << "queued, sent, put into the backlog, received";
}

TEST_F(StackRun, TheModelBesideItIsExplained) {
    run("udp-veth");
    if (HasFatalFailure()) return;
    const trace::CallTree model = trace::build_call_tree(model_), kernel = trace::build_call_tree(kernel_);
    const trace::Comparison c = trace::compare(model_, model, kernel_, kernel);
    EXPECT_GT(c.calls.matched, 40U);
    // A tail call leaves no frame: ip_rcv's is gone when ip_local_deliver_finish runs.
    EXPECT_GT(c.calls.nesting, 0.97);
    for (const trace::Row &row : c.rows)
        if (row.mark == trace::RowMark::unexplained && row.left != trace::npos && row.right == trace::npos)
            ADD_FAILURE() << "no reason for " << model_.function_name(model.calls[row.left].fn);
}

TEST_F(StackRun, TwoDatagramsAreTwoOfEverything) {
    run("udp-veth-twice");
    if (HasFatalFailure()) return;
    const std::vector<std::string> names = entered(kernel_);
    for (const char *name : {"__sys_sendto", "udp_sendmsg", "ip_rcv"})
        EXPECT_EQ(std::ranges::count(names, name), 2) << name;
    for (const char *name : {"__dev_queue_xmit", "veth_xmit"}) // nobody knows the neighbour yet: ARP asks and answers
        EXPECT_EQ(std::ranges::count(names, name), 4) << name;
}

} // namespace
