// SPDX-License-Identifier: GPL-2.0-or-later
#include "../sim/entered.h"
#include "../sim/machine_fixture.h"

#include "linux/bug.h"
#include "linux/interrupt.h"
#include "linux/spinlock.h"
#include "linux/trace_fn.h"
#include "sim/cpu.h"

namespace skbscope::stack {
namespace {

using Softirq = machine_fixture;
std::vector<std::string> *log_ = nullptr;

void note(const std::string &what) {
    log_->push_back(what);
}

struct logged {
    std::vector<std::string> entries;
    logged() { log_ = &entries; }
    ~logged() { log_ = nullptr; }
};

TEST_F(Softirq, RunsWhenTheyAreEnabledAgain) {
    const logged l;
    open_softirq(TASKLET_SOFTIRQ, [](softirq_action *) { note(in_serving_softirq() ? "served" : "?"); });
    m.run_process("p", [] {
        local_bh_disable();
        raise_softirq(TASKLET_SOFTIRQ);
        note("raised");
        local_bh_enable();
        note("after");
    });
    EXPECT_EQ(l.entries, (std::vector<std::string>{"raised", "served", "after"}));
}

TEST_F(Softirq, OnlyTheOutermostEnableRunsThem) {
    const logged l;
    open_softirq(TASKLET_SOFTIRQ, [](softirq_action *) { note("served"); });
    m.run_process("p", [] {
        local_bh_disable();
        local_bh_disable();
        raise_softirq(TASKLET_SOFTIRQ);
        local_bh_enable();
        note("inner enabled");
        local_bh_enable();
    });
    EXPECT_EQ(l.entries, (std::vector<std::string>{"inner enabled", "served"}));
}

TEST_F(Softirq, NeverNest) {
    const logged l;
    open_softirq(HI_SOFTIRQ, [](softirq_action *) { note("hi"); });
    open_softirq(TASKLET_SOFTIRQ, [](softirq_action *) {
        note("begin");
        local_bh_disable();
        raise_softirq(HI_SOFTIRQ);
        local_bh_enable(); // in a softirq: not now
        note("end");
    });
    m.run_process("p", [] {
        local_bh_disable();
        raise_softirq(TASKLET_SOFTIRQ);
        local_bh_enable();
    });
    EXPECT_EQ(l.entries, (std::vector<std::string>{"begin", "end", "hi"}));
}

TEST_F(Softirq, AreServedInTheOrderOfTheirNumbers) {
    const logged l;
    open_softirq(NET_RX_SOFTIRQ, [](softirq_action *) { note("rx"); });
    open_softirq(NET_TX_SOFTIRQ, [](softirq_action *) { note("tx"); });
    m.run_process("p", [] {
        local_bh_disable();
        raise_softirq(NET_RX_SOFTIRQ);
        raise_softirq(NET_TX_SOFTIRQ);
        local_bh_enable();
    });
    EXPECT_EQ(l.entries, (std::vector<std::string>{"tx", "rx"}));
}

TEST_F(Softirq, TheBhLocksRunThem) {
    const logged l;
    open_softirq(TASKLET_SOFTIRQ, [](softirq_action *) { note("served"); });
    m.run_process("p", [] {
        spinlock_t lock;
        spin_lock_bh(&lock);
        raise_softirq(TASKLET_SOFTIRQ);
        spin_unlock_bh(&lock);
        note("unlocked");
    });
    EXPECT_EQ(l.entries, (std::vector<std::string>{"served", "unlocked"}));
}

TEST_F(Softirq, RaisedInAProcessWakesKsoftirqd) {
    const logged l;
    open_softirq(TASKLET_SOFTIRQ, [](softirq_action *) { note(get_current()->comm); });
    m.run_process("p", [] {
        raise_softirq(TASKLET_SOFTIRQ); // softirqs are on: nobody else would run it soon
        note("raised");
    });
    m.run_idle_until(1);
    EXPECT_EQ(l.entries, (std::vector<std::string>{"raised", "ksoftirqd/0"}));
}

// wakeup_softirqd(): from a process only; an interrupt, or the end of a disabled section, serves it without.
TEST_F(Softirq, KsoftirqdIsWokenOnlyWhereNobodyElseWouldServeIt) {
    open_softirq(TASKLET_SOFTIRQ, [](softirq_action *) {});
    traced([] {
        local_bh_disable();
        raise_softirq(TASKLET_SOFTIRQ);
        local_bh_enable();
        irq_enter();
        raise_softirq(TASKLET_SOFTIRQ);
        irq_exit();
    });
    EXPECT_EQ(count_calls("wakeup_softirqd"), 0u);
    traced([this] {
        EXPECT_NE(this_cpu().ksoftirqd->state, TASK_RUNNING);
        raise_softirq(TASKLET_SOFTIRQ);
        EXPECT_EQ(this_cpu().ksoftirqd->state, TASK_RUNNING);
        EXPECT_NE(local_softirq_pending(), 0u) << "it has not run yet";
    });
    EXPECT_EQ(count_calls("wakeup_softirqd"), 1u);
    m.run_idle_until(2);
    EXPECT_EQ(local_softirq_pending(), 0u);
    EXPECT_EQ(cpu_of(0).ksoftirqd->state, TASK_INTERRUPTIBLE);
}

// Its loop: look, serve, look again, sleep.
TEST_F(Softirq, KsoftirqdServesWhatIsPendingAndSleeps) {
    open_softirq(TASKLET_SOFTIRQ, [](softirq_action *) {});
    m.run_idle_until(1);
    recorder.set_on(true);
    m.run_process("p", [] { raise_softirq(TASKLET_SOFTIRQ); });
    m.run_idle_until(2);
    recorder.set_on(false);
    expect_in_order(calls(), {"raise_softirq", "wakeup_softirqd", "ksoftirqd_should_run", "run_ksoftirqd",
                              "handle_softirqs", "ksoftirqd_should_run"});
    EXPECT_EQ(count_calls("run_ksoftirqd"), 1u);
    EXPECT_EQ(count_calls("ksoftirqd_should_run"), 2u);
}

TEST_F(Softirq, TooMuchWorkIsLeftToKsoftirqd) {
    static int rounds;
    static std::vector<std::string> runners;
    rounds = 0;
    runners.clear();
    open_softirq(TASKLET_SOFTIRQ, [](softirq_action *) {
        runners.push_back(get_current()->comm);
        if (++rounds < 15) raise_softirq(TASKLET_SOFTIRQ);
    });
    m.run_process("p", [] {
        local_bh_disable();
        raise_softirq(TASKLET_SOFTIRQ);
        local_bh_enable();
    });
    m.run_idle_until(1);
    ASSERT_EQ(runners.size(), 15u);
    EXPECT_EQ(runners[9], "p"); // ten rounds in the borrowed process
    EXPECT_EQ(runners[10], "ksoftirqd/0");
}

void traced_in_the_softirq() {
    TRACE_FN();
}

TEST_F(Softirq, TheTraceShowsContexts) {
    open_softirq(TASKLET_SOFTIRQ, [](softirq_action *) { traced_in_the_softirq(); });
    traced([] {
        local_bh_disable();
        raise_softirq(TASKLET_SOFTIRQ);
        local_bh_enable();
    });
    ASSERT_EQ(events(SKBSCOPE_EV_SOFTIRQ_RAISE).size(), 1u);
    ASSERT_EQ(events(SKBSCOPE_EV_SOFTIRQ_ENTER).size(), 1u);
    EXPECT_EQ(events(SKBSCOPE_EV_SOFTIRQ_ENTER)[0].context.vector, unsigned{TASKLET_SOFTIRQ});
    EXPECT_EQ(trace::context_of(events(SKBSCOPE_EV_SOFTIRQ_ENTER)[0]), trace::Context::softirq);
    EXPECT_EQ(trace::context_of(events(SKBSCOPE_EV_ENTER).front()), trace::Context::process);
    EXPECT_EQ(trace::context_of(events(SKBSCOPE_EV_ENTER).back()), trace::Context::softirq);
    const std::vector<std::string> expected{"raise_softirq",  "__raise_softirq_irqoff", "__local_bh_enable_ip",
                                            "do_softirq",     "ksoftirqd_running",      "__do_softirq",
                                            "handle_softirqs"};
    auto got = calls();
    std::erase(got, "raise_softirq_irqoff");
    got.pop_back(); // ours
    EXPECT_EQ(got, expected);
}

TEST(Locks, CatchDeadlocks) {
    spinlock_t lock;
    spin_lock(&lock);
    EXPECT_THROW(spin_lock(&lock), kernel_panic);
    spin_unlock(&lock);
    EXPECT_THROW(spin_unlock(&lock), kernel_panic);
    rwlock_t rw;
    read_lock(&rw);
    read_lock(&rw);
    EXPECT_THROW(write_lock(&rw), kernel_panic);
}

} // namespace
} // namespace skbscope::stack
