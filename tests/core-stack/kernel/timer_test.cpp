// SPDX-License-Identifier: GPL-2.0-or-later
#include "../sim/machine_fixture.h"

#include "linux/interrupt.h"
#include "linux/timer.h"

#include <map>

namespace skbscope::stack {
namespace {

class Timers : public machine_fixture {
protected:
    Timers() { fired().clear(); }
    static std::vector<std::pair<const timer_list *, unsigned long>> &fired() {
        static std::vector<std::pair<const timer_list *, unsigned long>> list;
        return list;
    }
    static void note(timer_list *t) { fired().emplace_back(t, jiffies_now()); }
};

TEST_F(Timers, FireInASoftirqATickLater) {
    timer_list t;
    timer_setup(
        &t,
        [](timer_list *x) {
            EXPECT_TRUE(in_serving_softirq());
            note(x);
        },
        0);
    const unsigned long start = jiffies_now();
    mod_timer(&t, start + 10);
    EXPECT_TRUE(timer_pending(&t));
    m.run_idle_until(1'000'000'000);
    ASSERT_EQ(fired().size(), 1u);
    EXPECT_EQ(fired()[0].second, start + 11); // never early
    EXPECT_FALSE(timer_pending(&t));
}

// The farther, the coarser: level n has steps of 8^n jiffies.
TEST_F(Timers, TheWheelRoundsUpByLevel) {
    const unsigned long start = jiffies_now();
    const auto expected = [start](unsigned long delta) {
        unsigned level = 0;
        while (level < 8 && delta >= (63UL << (level * 3)))
            ++level;
        return (((start + delta) >> (level * 3)) + 1) << (level * 3);
    };
    std::map<const timer_list *, unsigned long> due;
    std::vector<std::unique_ptr<timer_list>> timers;
    for (const unsigned long delta :
         {0UL, 1UL, 62UL, 63UL, 64UL, 100UL, 503UL, 504UL, 1000UL, 4031UL, 4032UL, 20000UL}) {
        timers.push_back(std::make_unique<timer_list>());
        timer_setup(timers.back().get(), note, 0);
        mod_timer(timers.back().get(), start + delta);
        due[timers.back().get()] = expected(delta);
    }
    m.run_idle_until(200'000'000'000);
    ASSERT_EQ(fired().size(), timers.size());
    for (const auto &[timer, when] : fired())
        EXPECT_EQ(when, due[timer]) << timer->expires - start;
}

TEST_F(Timers, ATimerInThePastFiresAtTheNextTick) {
    m.run_idle_until(1'000'000'000);
    timer_list t;
    timer_setup(&t, note, 0);
    mod_timer(&t, jiffies_now() - 5);
    const unsigned long now = jiffies_now();
    m.run_idle_until(m.now_ns() + 2 * TICK_NSEC);
    ASSERT_EQ(fired().size(), 1u);
    EXPECT_LE(fired()[0].second, now + 1);
}

TEST_F(Timers, OfOneBucketTheLastInIsFirst) {
    timer_list a, b;
    timer_setup(&a, note, 0);
    timer_setup(&b, note, 0);
    mod_timer(&a, jiffies_now() + 5);
    mod_timer(&b, jiffies_now() + 5);
    m.run_idle_until(1'000'000'000);
    ASSERT_EQ(fired().size(), 2u);
    EXPECT_EQ(fired()[0].first, &b);
    EXPECT_EQ(fired()[1].first, &a);
}

TEST_F(Timers, CanBeMovedAndCancelled) {
    timer_list t;
    timer_setup(&t, note, 0);
    EXPECT_EQ(del_timer(&t), 0);
    EXPECT_EQ(mod_timer_pending(&t, jiffies_now() + 5), 0);
    EXPECT_FALSE(timer_pending(&t));
    EXPECT_EQ(mod_timer(&t, jiffies_now() + 5), 0);
    EXPECT_EQ(mod_timer(&t, jiffies_now() + 50), 1);
    EXPECT_EQ(del_timer(&t), 1);
    m.run_idle_until(1'000'000'000);
    EXPECT_TRUE(fired().empty());
}

TEST_F(Timers, MayArmThemselvesAgain) {
    static int left;
    left = 3;
    timer_list t;
    timer_setup(
        &t,
        [](timer_list *x) {
            note(x);
            if (--left) mod_timer(x, jiffies_now()); // for "now": the next tick
        },
        0);
    mod_timer(&t, jiffies_now());
    m.run_idle_until(1'000'000'000);
    ASSERT_EQ(fired().size(), 3u);
    EXPECT_LT(fired()[0].second, fired()[1].second);
    EXPECT_LT(fired()[1].second, fired()[2].second);
}

TEST_F(Timers, DeferrableOnesDoNotWakeAnIdleMachine) {
    timer_list lazy, eager;
    timer_setup(&lazy, note, TIMER_DEFERRABLE);
    timer_setup(&eager, note, 0);
    mod_timer(&lazy, jiffies_now() + 5);
    m.run_idle_until(100'000'000);
    EXPECT_TRUE(fired().empty());
    mod_timer(&eager, jiffies_now() + 5);
    m.run_idle_until(200'000'000);
    EXPECT_EQ(fired().size(), 2u); // along with the other
}

TEST_F(Timers, OnesThatGoAwayAreTakenOut) {
    {
        timer_list t;
        timer_setup(&t, note, 0);
        mod_timer(&t, jiffies_now() + 5);
    }
    m.run_idle_until(1'000'000'000);
    EXPECT_TRUE(fired().empty());
}

TEST_F(Timers, HighResolutionOnesFireAtTheirNanosecondInAnInterrupt) {
    static ktime_t at;
    at = 0;
    hrtimer t;
    hrtimer_init(&t, [](hrtimer *) {
        EXPECT_TRUE(in_hardirq());
        at = ktime_get();
    });
    hrtimer_start(&t, 1'234'567);
    m.run_idle_until(10'000'000);
    EXPECT_EQ(at, 1'234'567);
    hrtimer_start(&t, 20'000'000);
    EXPECT_EQ(hrtimer_cancel(&t), 1);
    EXPECT_EQ(hrtimer_cancel(&t), 0);
}

TEST(Jiffies, WrapLikeTheKernels) {
    EXPECT_TRUE(time_after(5, static_cast<unsigned long>(-5)));
    EXPECT_TRUE(time_before(static_cast<unsigned long>(-5), 5));
    EXPECT_EQ(msecs_to_jiffies(1), 1u);
    EXPECT_EQ(msecs_to_jiffies(4), 1u);
    EXPECT_EQ(msecs_to_jiffies(5), 2u);
    EXPECT_EQ(jiffies_to_msecs(25), 100u);
}

} // namespace
} // namespace skbscope::stack
