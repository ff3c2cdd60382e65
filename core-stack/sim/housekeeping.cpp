// SPDX-License-Identifier: GPL-2.0-or-later
// Timers of the rest of the kernel. What they do is none of the network's business, but each takes an idle CPU out of
// its sleep and runs TIMER_SOFTIRQ: a packet's trace that waits for a second shows them. Periods are those of the
// source; when a timer was first set is the boot of the lab's machine, measured there (timer_start events) in jiffies
// after the clock began. Deferrable ones (vmstat, memcg) are not here: they never wake a CPU.
#include "sim/housekeeping.h"

#include "linux/timer.h"
#include "sim/machine_state.h"

namespace skbscope::stack {

namespace {

constexpr unsigned long WATCHDOG_INTERVAL = HZ >> 1;                 // Linux 6.1: kernel/time/clocksource.c
constexpr unsigned long FRAG_CHECK_INTERVAL = msecs_to_jiffies(500); // Linux 6.1: mm/compaction.c
constexpr unsigned long PSI_FREQ = 2 * HZ + 1;                       // Linux 6.1: kernel/sched/psi.c
constexpr unsigned long FILL_PTR_KEY_RETRY = 2 * HZ;                 // Linux 6.1: lib/vsprintf.c

constexpr unsigned long watchdog_started = 6;
constexpr unsigned long kcompactd_started = 20;
constexpr unsigned long fill_ptr_key_started = 168;

struct housekeeping {
    timer_list watchdog, compaction, pressure, ptr_key;
};
machine_global<housekeeping> timers;

// Linux 6.1: kernel/time/clocksource.c. The next check is counted from when this one was due.
void clocksource_watchdog(timer_list *t) {
    mod_timer(t, t->expires + WATCHDOG_INTERVAL);
}

// Linux 6.1: kernel/sched/psi.c. Set when a task runs while none is pending; it ends when nobody ran since.
void psi_avgs_work(timer_list *) {}

// Linux 6.1: mm/compaction.c. The thread sleeps again for the same time.
void kcompactd(timer_list *t) {
    if (!timer_pending(&timers->pressure)) mod_timer(&timers->pressure, jiffies_now() + PSI_FREQ);
    mod_timer(t, jiffies_now() + FRAG_CHECK_INTERVAL);
}

// Linux 6.1: lib/vsprintf.c. Tried again until the random generator is ready, which it never is without a device.
void fill_ptr_key_workfn(timer_list *t) {
    mod_timer(t, jiffies_now() + FILL_PTR_KEY_RETRY);
}

void start(timer_list &timer, void (*function)(timer_list *), unsigned long after) {
    timer_setup(&timer, function, 0);
    mod_timer(&timer, jiffies_now() + after);
}

} // namespace

void start_housekeeping(machine &m) {
    const machine::use current(m);
    start(timers->watchdog, clocksource_watchdog, watchdog_started + WATCHDOG_INTERVAL);
    start(timers->compaction, kcompactd, kcompactd_started + FRAG_CHECK_INTERVAL);
    start(timers->ptr_key, fill_ptr_key_workfn, fill_ptr_key_started);
    timer_setup(&timers->pressure, psi_avgs_work, 0);
}

} // namespace skbscope::stack
