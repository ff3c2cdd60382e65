// SPDX-License-Identifier: GPL-2.0-or-later
#include "machine_fixture.h"

#include "linux/bug.h"
#include "linux/errno.h"
#include "linux/random.h"
#include "linux/timer.h"
#include "linux/wait.h"
#include "sim/machine_state.h"

#include <cstring>

namespace skbscope::stack {
namespace {

using Machine = machine_fixture;

TEST_F(Machine, RunsAProcessToItsEnd) {
    u32 pid = 0;
    std::string comm;
    EXPECT_EQ(m.run_process("hello",
                            [&] {
                                pid = get_current()->pid;
                                comm = get_current()->comm;
                            }),
              0);
    EXPECT_EQ(pid, 100u);
    EXPECT_EQ(comm, "hello");
    EXPECT_EQ(m.task_names().at(100), "hello");
    EXPECT_EQ(m.task_names().at(0), "idle");
}

TEST_F(Machine, ASleeperThatNobodyWakesIsADeadlock) {
    EXPECT_EQ(m.run_process("forever",
                            [] {
                                set_current_state(TASK_INTERRUPTIBLE);
                                schedule();
                            }),
              -EDEADLK);
    EXPECT_LE(m.now_ns(), 60'000'000'000u);
}

TEST_F(Machine, VirtualTimePassesOnlyWhileAllSleep) {
    u64 before = 0, after = 0;
    m.run_process("sleeper", [&] {
        before = static_cast<u64>(ktime_get());
        schedule_timeout_uninterruptible(25); // 100 ms
        after = static_cast<u64>(ktime_get());
    });
    EXPECT_EQ(before, 0u);
    // The wheel rounds up by one tick.
    EXPECT_EQ(after, 26 * TICK_NSEC);
}

TEST_F(Machine, RunsIdleUntilTheTimeAsked) {
    m.run_idle_until(12'345'678);
    EXPECT_EQ(m.now_ns(), 12'345'678u);
    m.run_idle_until(1);
    EXPECT_EQ(m.now_ns(), 12'345'678u);
}

TEST_F(Machine, APanicReachesTheCaller) {
    EXPECT_THROW(m.run_process("broken", [] { panic("as asked"); }), kernel_panic);
    // and the machine still works
    EXPECT_EQ(m.run_process("next", [] {}), 0);
}

TEST_F(Machine, SleepingInAtomicContextPanics) {
    EXPECT_THROW(m.run_process("atomic",
                               [] {
                                   local_bh_disable();
                                   set_current_state(TASK_INTERRUPTIBLE);
                                   schedule();
                               }),
                 kernel_panic);
}

struct counted {
    static inline int alive = 0;
    int value = 0;
    counted() { ++alive; }
    ~counted() { --alive; }
};
machine_global<counted> global_;

TEST(Machines, KeepTheirGlobalsApart) {
    {
        machine a({});
        machine b({});
        const machine::use in_a(a);
        global_->value = 1;
        {
            const machine::use in_b(b);
            EXPECT_EQ(global_->value, 0);
            global_->value = 2;
        }
        EXPECT_EQ(global_->value, 1);
        EXPECT_EQ(counted::alive, 2);
    }
    EXPECT_EQ(counted::alive, 0);
}

std::vector<u64> draw(u64 seed) {
    machine m({.seed = seed});
    const machine::use use(m);
    std::vector<u64> numbers;
    for (int i = 0; i < 100; ++i)
        numbers.push_back(get_random_u64());
    return numbers;
}

TEST(Machines, TheSeedDecidesTheRandomness) {
    EXPECT_EQ(draw(1), draw(1));
    EXPECT_NE(draw(1), draw(2));
}

TEST(Machines, RandomNumbersBelowALimitAreBelowIt) {
    machine m({});
    const machine::use use(m);
    std::vector<int> seen(7);
    for (int i = 0; i < 7000; ++i)
        ++seen.at(prandom_u32_max(7));
    for (const int n : seen)
        EXPECT_NEAR(n, 1000, 200);
}

} // namespace
} // namespace skbscope::stack
