// SPDX-License-Identifier: GPL-2.0-or-later
// Work that takes time: CPUs at once, interrupts in between, tasks that share.
#include "../sim/machine_fixture.h"
#include "linux/interrupt.h"
#include "linux/irq.h"
#include "sim/syscalls.h"
#include "sim/work_clock.h"

namespace skbscope::stack {
namespace {

work_costs no_costs() {
    return {};
}

class WorkClock : public machine_fixture {
protected:
    WorkClock() : machine_fixture(2) {}
};

TEST_F(WorkClock, CpusWorkAtOnce) {
    work_run run(m, no_costs());
    std::vector<u64> ended(2);
    for (unsigned cpu = 0; cpu < 2; ++cpu)
        run.spawn("p", cpu, [&, cpu] {
            spend(1000);
            ended[cpu] = m.now_ns();
        });
    run.until(10'000);
    EXPECT_EQ(ended, (std::vector<u64>{1000, 1000}));
    EXPECT_EQ(run.used(0)[static_cast<unsigned>(cpu_use::process)], 1000U);
    EXPECT_EQ(m.now_ns(), 10'000U);
}

TEST_F(WorkClock, OneCpuDoesOneThingAfterTheOther) {
    work_run run(m, no_costs());
    std::vector<u64> ended;
    for (int i = 0; i < 2; ++i)
        run.spawn("p", 1, [&] {
            spend(1000);
            ended.push_back(m.now_ns());
        });
    run.until(10'000);
    EXPECT_EQ(ended, (std::vector<u64>{1000, 2000}));
}

struct Button final : hardware {
    u64 at = 500;
    unsigned irq = 0;
    [[nodiscard]] u64 next_ns() const override { return at; }
    void act() override {
        at = time_never;
        raise_irq(irq);
    }
};

// The interrupt comes at its instant, and puts the end of what it interrupts off by what it takes.
TEST_F(WorkClock, AnInterruptPutsTheEndOff) {
    work_costs costs{};
    costs[static_cast<unsigned>(work::interrupt)] = 300;
    Button button;
    button.irq = alloc_irq();
    u64 pressed = 0, ended = 0;
    struct Ids {
        u64 *pressed;
        machine *m;
    } ids{&pressed, &m};
    ASSERT_EQ(request_irq(
                  button.irq,
                  [](int, void *id) {
                      *static_cast<Ids *>(id)->pressed = static_cast<Ids *>(id)->m->now_ns();
                      return IRQ_HANDLED;
                  },
                  0, "button", &ids),
              0);
    work_run run(m, costs);
    run.attach(&button);
    run.spawn("p", 0, [&] {
        spend(1000);
        ended = m.now_ns();
    });
    run.until(10'000);
    EXPECT_EQ(pressed, 801U) << "at 500, seen a nanosecond late, 300 for getting there";
    EXPECT_EQ(ended, 1300U);
    EXPECT_EQ(run.used(0)[static_cast<unsigned>(cpu_use::hardirq)], 300U);
    free_irq(button.irq, &ids);
}

// Two that never sleep share the CPU fairly, by the tick.
TEST_F(WorkClock, TasksShareACpu) {
    work_run run(m, no_costs());
    std::vector<u64> worked(2);
    for (unsigned i = 0; i < 2; ++i)
        run.spawn("p", 0, [&, i] {
            for (;;) {
                spend(10'000);
                worked[i] += 10'000;
                if (need_resched()) schedule();
            }
        });
    run.until(200'000'000);
    EXPECT_NEAR(static_cast<double>(worked[0]), 1e8, 1e7);
    EXPECT_NEAR(static_cast<double>(worked[1]), 1e8, 1e7);
}

TEST_F(WorkClock, ASleeperIsWokenInTime) {
    work_run run(m, no_costs());
    u64 woken = 0;
    run.spawn("sleeper", 0, [&] {
        sys_nanosleep(5'000'000);
        woken = m.now_ns();
    });
    run.spawn("busy", 0, [&] {
        for (;;) {
            spend(10'000);
            if (need_resched()) schedule();
        }
    });
    run.until(50'000'000);
    EXPECT_GE(woken, 5'000'000U);
    EXPECT_LT(woken, 14'000'000U) << "at most two ticks later";
}

TEST_F(WorkClock, TheSameEveryTime) {
    const auto once = [] {
        machine other({.cpus = 2, .seed = 3});
        const machine::use guard(other);
        work_run run(other, {});
        u64 last = 0;
        for (unsigned cpu = 0; cpu < 2; ++cpu)
            run.spawn("p", cpu, [&, cpu] {
                for (int i = 0; i < 100; ++i) {
                    spend(100 + cpu * 7);
                    last = last * 31 + other.now_ns();
                }
            });
        run.until(1'000'000);
        return last;
    };
    EXPECT_EQ(once(), once());
}

} // namespace
} // namespace skbscope::stack
