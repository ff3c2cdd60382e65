// SPDX-License-Identifier: GPL-2.0-or-later
// NAPI's own rules, on a source whose poll the test decides. Linux 6.1: net/core/dev.c
#include "../sim/machine_fixture.h"
#include "linux/bug.h"
#include "linux/interrupt.h"
#include "linux/irq.h"
#include "linux/simnic.h"
#include "net/core/dev_internal.h"
#include "net/net_namespace.h"

#include <algorithm>

namespace skbscope::stack {
namespace {

struct Source {
    napi_struct napi;
    int waiting = 0, polls = 0;
    u32 task = 0; // that polled last
    bool completed = false;
    bool missed = false; // schedule again in the middle of the poll
};

int poll_source(napi_struct *napi, int budget) {
    auto *s = container_of(napi, &Source::napi);
    ++s->polls;
    s->task = get_current()->pid;
    const int done = std::min(budget, s->waiting);
    s->waiting -= done;
    if (std::exchange(s->missed, false)) napi_schedule(napi);
    if (done < budget) s->completed = napi_complete_done(napi, done);
    return done;
}

class Napi : public machine_fixture {
protected:
    Napi() {
        int err = 0;
        dev = simnic_probe(init_net(), {.name = "n0"}, &err);
        netif_napi_add(dev, &s.napi, poll_source);
        m.run_idle_until(m.now_ns() + 1'000'000'000); // nothing else waits for the CPU
    }
    ~Napi() override {
        __netif_napi_del(&s.napi);
        m.run_idle_until(m.now_ns() + 1'000'000);
    }
    // As an interrupt does.
    void interrupt() {
        irq_enter();
        napi_schedule(&s.napi);
        irq_exit();
    }
    [[nodiscard]] bool is(napi_state_bit bit) const { return test_bit(bit, &s.napi.state); }
    Source s;
    net_device *dev = nullptr;
};

TEST_F(Napi, NewSourcesCannotBeScheduledUntilEnabled) {
    EXPECT_TRUE(is(NAPI_STATE_SCHED));
    EXPECT_FALSE(napi_schedule_prep(&s.napi));
    s.napi.state &= ~(1UL << NAPI_STATE_MISSED); // which that left behind
    napi_enable(&s.napi);
    EXPECT_FALSE(is(NAPI_STATE_SCHED));
    interrupt();
    EXPECT_EQ(s.polls, 1);
    EXPECT_TRUE(s.completed);
    napi_disable(&s.napi);
    EXPECT_FALSE(napi_schedule_prep(&s.napi));
}

// Scheduled while it is polled: it is polled once more, and says that it is not done.
TEST_F(Napi, MissedMeansOnceMore) {
    napi_enable(&s.napi);
    s.missed = true;
    interrupt();
    EXPECT_EQ(s.polls, 2);
    EXPECT_FALSE(is(NAPI_STATE_SCHED));
    EXPECT_FALSE(is(NAPI_STATE_MISSED));
}

TEST_F(Napi, AFullPollIsRepeated) {
    napi_enable(&s.napi);
    s.waiting = 64 + 64 + 10;
    interrupt();
    EXPECT_EQ(s.polls, 3);
    EXPECT_EQ(s.waiting, 0);
}

// So much that ksoftirqd takes over: ten rounds of the softirq, each cut short by the budget.
TEST_F(Napi, KsoftirqdTakesOverAfterTenRounds) {
    napi_enable(&s.napi);
    net_core_sysctl().netdev_budget = 64;
    s.waiting = 64 * 15;
    interrupt();
    EXPECT_EQ(s.polls, 10);
    EXPECT_EQ(s.task, 0U) << "on the idle task's stack";
    EXPECT_TRUE((local_softirq_pending() & (1U << NET_RX_SOFTIRQ)) != 0);
    m.run_idle_until(m.now_ns() + 1'000'000);
    EXPECT_EQ(s.waiting, 0);
    EXPECT_EQ(m.task_names().at(s.task), "ksoftirqd/0");
}

// napi_defer_hard_irqs, gro_flush_timeout: the interrupt stays off, a timer polls again.
TEST_F(Napi, DeferredInterrupts) {
    napi_enable(&s.napi);
    dev->napi_defer_hard_irqs = 2;
    dev->gro_flush_timeout = 20'000;
    s.waiting = 1;
    interrupt();
    EXPECT_EQ(s.polls, 1);
    EXPECT_FALSE(s.completed) << "do not switch the interrupt on";
    const u64 start = m.now_ns();
    m.run_idle_until(start + 19'000);
    EXPECT_EQ(s.polls, 1);
    m.run_idle_until(start + 21'000);
    EXPECT_EQ(s.polls, 2) << "the watchdog";
    EXPECT_FALSE(s.completed);
    m.run_idle_until(start + 41'000);
    EXPECT_EQ(s.polls, 3);
    EXPECT_TRUE(s.completed) << "two polls without a packet";
    m.run_idle_until(start + 1'000'000);
    EXPECT_EQ(s.polls, 3);
}

TEST_F(Napi, DeferringWithoutATimeoutIsNone) {
    napi_enable(&s.napi);
    dev->napi_defer_hard_irqs = 2;
    s.waiting = 1;
    interrupt();
    EXPECT_TRUE(s.completed);
}

TEST_F(Napi, AThreadPollsWhenToldSo) {
    EXPECT_EQ(dev_set_threaded(dev, true), 0);
    napi_enable(&s.napi);
    ASSERT_NE(s.napi.thread, nullptr);
    EXPECT_EQ(s.napi.thread->comm.substr(0, 8), "napi/n0-");
    m.run_idle_until(m.now_ns() + 1'000);
    s.waiting = 100;
    recorder.set_on(true);
    interrupt();
    EXPECT_EQ(s.polls, 0) << "not in the softirq";
    m.run_idle_until(m.now_ns() + 1'000);
    recorder.set_on(false);
    EXPECT_EQ(s.polls, 2) << "64, then the rest";
    EXPECT_EQ(s.task, s.napi.thread->pid);
    EXPECT_EQ(count_calls("net_rx_action"), 0U);
    EXPECT_EQ(count_calls("napi_thread_wait"), 1U) << "asleep again";
    EXPECT_EQ(dev_set_threaded(dev, false), 0);
    s.waiting = 1;
    interrupt();
    EXPECT_EQ(s.task, 0U) << "in the softirq again";
}

// --- by their names

// napi_complete(): nothing was found. Not the poll's business any more who polls next.
TEST_F(Napi, CompletingGivesTheSourceBack) {
    EXPECT_FALSE(napi_complete(&s.napi)) << "it is not enabled yet";
    napi_enable(&s.napi);
    EXPECT_TRUE(napi_schedule_prep(&s.napi));
    EXPECT_TRUE(napi_complete(&s.napi));
    EXPECT_FALSE(is(NAPI_STATE_SCHED));
    EXPECT_THROW(napi_complete(&s.napi), kernel_panic) << "who completes must own it";
    EXPECT_TRUE(napi_schedule_prep(&s.napi));
    set_bit(NAPI_STATE_IN_BUSY_POLL, &s.napi.state);
    EXPECT_FALSE(napi_complete(&s.napi)) << "a reader's: it gives it back itself";
    EXPECT_TRUE(is(NAPI_STATE_SCHED));
    clear_bit(NAPI_STATE_IN_BUSY_POLL, &s.napi.state);
    dev->napi_defer_hard_irqs = 2;
    s.napi.defer_hard_irqs_count = 1;
    dev->gro_flush_timeout = 20'000;
    EXPECT_FALSE(napi_complete(&s.napi)) << "the interrupt stays off once more";
    EXPECT_EQ(s.napi.defer_hard_irqs_count, 0);
    EXPECT_FALSE(is(NAPI_STATE_SCHED));
}

TEST_F(Napi, TheWatchdogSchedulesWhatNobodyPolls) {
    napi_enable(&s.napi);
    EXPECT_NE(s.napi.timer.function, nullptr);
    recorder.set_on(true);
    hrtimer_start(&s.napi.timer, ktime_get() + 10'000);
    m.run_idle_until(m.now_ns() + 11'000);
    EXPECT_EQ(s.polls, 1);
    EXPECT_FALSE(is(NAPI_STATE_MISSED)) << "no device asked";
    set_bit(NAPI_STATE_PREFER_BUSY_POLL, &s.napi.state);
    set_bit(NAPI_STATE_SCHED, &s.napi.state); // somebody polls it
    hrtimer_start(&s.napi.timer, ktime_get() + 10'000);
    m.run_idle_until(m.now_ns() + 11'000);
    EXPECT_EQ(s.polls, 1);
    EXPECT_TRUE(is(NAPI_STATE_PREFER_BUSY_POLL)) << "the reader is still there";
    clear_bit(NAPI_STATE_SCHED, &s.napi.state);
    hrtimer_start(&s.napi.timer, ktime_get() + 10'000);
    m.run_idle_until(m.now_ns() + 11'000);
    recorder.set_on(false);
    EXPECT_EQ(s.polls, 2);
    EXPECT_FALSE(is(NAPI_STATE_PREFER_BUSY_POLL)) << "no reader came in time";
    EXPECT_EQ(count_calls("napi_watchdog"), 3U);
    EXPECT_EQ(count_calls("__napi_schedule_irqoff"), 2U);
}

// One a source, named after the device and the source, asleep until the source is scheduled.
TEST_F(Napi, AThreadIsMadeForASource) {
    EXPECT_EQ(s.napi.thread, nullptr);
    EXPECT_EQ(napi_kthread_create(&s.napi), 0);
    ASSERT_NE(s.napi.thread, nullptr);
    EXPECT_EQ(s.napi.thread->comm, "napi/n0-" + std::to_string(s.napi.napi_id));
    recorder.set_on(true);
    m.run_idle_until(m.now_ns() + 1'000);
    EXPECT_EQ(s.napi.thread->state, TASK_INTERRUPTIBLE);
    EXPECT_EQ(count_calls("napi_threaded_poll"), 1U) << "what the thread runs";
    EXPECT_EQ(count_calls("napi_thread_wait"), 1U);
    dev->threaded = true;
    napi_enable(&s.napi);
    EXPECT_TRUE(is(NAPI_STATE_THREADED));
    s.waiting = 64 + 1;
    interrupt();
    EXPECT_FALSE(is(NAPI_STATE_SCHED_THREADED)) << "it sleeps: being woken says enough";
    m.run_idle_until(m.now_ns() + 1'000);
    recorder.set_on(false);
    EXPECT_EQ(s.polls, 2) << "a full poll is repeated without sleeping in between";
    EXPECT_EQ(s.task, s.napi.thread->pid);
    EXPECT_EQ(count_calls("napi_thread_wait"), 2U);
    EXPECT_EQ(count_calls("napi_threaded_poll"), 1U);
}

// --- request_irq

irqreturn_t handler(int, void *dev_id) {
    ++*static_cast<int *>(dev_id);
    return IRQ_HANDLED;
}

TEST_F(Napi, LinesAreAskedForAndGivenBack) {
    const unsigned irq = alloc_irq();
    int one = 0, two = 0;
    EXPECT_EQ(request_irq(irq + 1, handler, 0, "x", &one), -EINVAL) << "no such line";
    EXPECT_EQ(request_irq(irq, nullptr, 0, "x", &one), -EINVAL);
    EXPECT_EQ(request_irq(irq, handler, IRQF_SHARED, "x", nullptr), -EINVAL) << "found by dev_id when it goes";
    EXPECT_EQ(request_irq(irq, handler, 0, "x", &one), 0);
    EXPECT_EQ(request_irq(irq, handler, IRQF_SHARED, "y", &two), -EBUSY);
    EXPECT_STREQ(free_irq(irq, &one), "x");
    EXPECT_EQ(free_irq(irq, &one), nullptr);
    EXPECT_EQ(request_irq(irq, handler, IRQF_SHARED, "x", &one), 0);
    EXPECT_EQ(request_irq(irq, handler, IRQF_SHARED, "y", &two), 0);
    raise_irq(irq);
    m.run_idle_until(m.now_ns() + 1'000);
    EXPECT_EQ(one, 1);
    EXPECT_EQ(two, 1) << "both are asked";
    free_irq(irq, &one);
    free_irq(irq, &two);
}

TEST_F(Napi, WhatComesWhileALineIsOffComesLater) {
    const unsigned irq = alloc_irq();
    int one = 0;
    ASSERT_EQ(request_irq(irq, handler, 0, "x", &one), 0);
    disable_irq(irq);
    raise_irq(irq);
    m.run_idle_until(m.now_ns() + 1'000);
    EXPECT_EQ(one, 0);
    enable_irq(irq);
    m.run_idle_until(m.now_ns() + 1'000);
    EXPECT_EQ(one, 1);
    free_irq(irq, &one);
}

} // namespace
} // namespace skbscope::stack
