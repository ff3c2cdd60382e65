// SPDX-License-Identifier: GPL-2.0-or-later
// High-resolution timers, and the clock. Linux 6.1: kernel/time/hrtimer.c, timekeeping.c
#include "kernel/time/timer_queue.h"
#include "linux/bug.h"
#include "linux/sched.h"
#include "linux/timer.h"
#include "sim/machine_state.h"

namespace skbscope::stack {

namespace {
constexpr ktime_t boot_time = 1'700'000'000'000'000'000; // 2023-11-14 22:13:20 UTC, the same in every run
auto &queue_of(unsigned cpu) {
    return this_machine().timers->hrtimers[cpu];
}
} // namespace

ktime_t ktime_get() {
    return static_cast<ktime_t>(this_machine().now_ns);
}
ktime_t ktime_get_real() {
    return boot_time + ktime_get();
}

hrtimer::~hrtimer() {
    if (queued_seq && this_machine_) hrtimer_cancel(this);
}

void hrtimer_init(hrtimer *timer, void (*function)(hrtimer *)) {
    timer->function = function;
    timer->queued_seq = 0;
}

void hrtimer_start(hrtimer *timer, ktime_t expires) {
    BUG_ON(!timer->function);
    hrtimer_cancel(timer);
    timer->expires = expires;
    timer->cpu = smp_processor_id();
    timer->queued_seq = this_machine().next_seq++;
    queue_of(timer->cpu).insert(timer);
}

int hrtimer_cancel(hrtimer *timer) {
    if (!timer->queued_seq) return 0;
    queue_of(timer->cpu).erase(timer);
    timer->queued_seq = 0;
    return 1;
}

} // namespace skbscope::stack
