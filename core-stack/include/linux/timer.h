// SPDX-License-Identifier: GPL-2.0-or-later
// Timers of the wheel: a function in TIMER_SOFTIRQ at or after a jiffy. The wheel rounds far expiries up to its level's
// granularity, as the kernel's does. Linux 6.1: include/linux/timer.h
#pragma once

#include "linux/jiffies.h"
#include "linux/types.h"

namespace skbscope::stack {

struct timer_list {
    unsigned long expires = 0; // in jiffies, as asked for
    void (*function)(timer_list *) = nullptr;
    u32 flags = 0;
    // model: where it stands in the wheel
    u64 queued_seq = 0;              // 0: not pending
    unsigned long bucket_expiry = 0; // jiffies, rounded by the wheel
    unsigned level = 0;
    unsigned cpu = 0;
    ~timer_list(); // takes it out of the wheel
};

inline constexpr u32 TIMER_DEFERRABLE = 0x00080000; // does not wake an idle CPU
inline constexpr u32 TIMER_PINNED = 0x00100000;

void timer_setup(timer_list *timer, void (*function)(timer_list *), u32 flags);
[[nodiscard]] bool timer_pending(const timer_list *timer);
int mod_timer(timer_list *timer, unsigned long expires); // 1: it was pending
int mod_timer_pending(timer_list *timer, unsigned long expires);
void add_timer(timer_list *timer); // at timer->expires
int del_timer(timer_list *timer);  // 1: it was pending
int del_timer_sync(timer_list *timer);
inline int timer_delete(timer_list *timer) {
    return del_timer(timer);
}
[[nodiscard]] unsigned long round_jiffies(unsigned long j);
[[nodiscard]] unsigned long round_jiffies_relative(unsigned long j);

// High-resolution timers: at a virtual nanosecond, in hardirq context.
struct hrtimer {
    ktime_t expires = 0; // absolute, of ktime_get()
    void (*function)(hrtimer *) = nullptr;
    u64 queued_seq = 0; // 0: not pending
    unsigned cpu = 0;
    ~hrtimer();
};
void hrtimer_init(hrtimer *timer, void (*function)(hrtimer *));
void hrtimer_start(hrtimer *timer, ktime_t expires);
int hrtimer_cancel(hrtimer *timer); // 1: it was pending

} // namespace skbscope::stack
