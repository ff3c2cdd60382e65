// SPDX-License-Identifier: GPL-2.0-or-later
// The timer wheel. Near timers fire at the tick after their jiffy; the farther one is, the coarser: each of nine levels
// has 64 buckets and is eight times as coarse as the one before. Most network timers are cancelled before they fire, so
// precision is not worth sorting. The model keeps the kernel's bucket of each timer and its order within it, but not
// the buckets themselves. Linux 6.1: kernel/time/timer.c
#include "linux/timer.h"

#include "kernel/time/timer_queue.h"
#include "linux/bug.h"
#include "linux/interrupt.h"
#include "linux/sched.h"
#include "sim/boot.h"
#include "sim/machine_state.h"
#include "sim/trace_emit.h"

namespace skbscope::stack {

namespace {

constexpr unsigned LVL_CLK_SHIFT = 3;
constexpr unsigned long LVL_SIZE = 64;
constexpr unsigned LVL_DEPTH = 9;

constexpr unsigned lvl_shift(unsigned lvl) {
    return lvl * LVL_CLK_SHIFT;
}
constexpr unsigned long lvl_start(unsigned lvl) {
    return (LVL_SIZE - 1) << ((lvl - 1) * LVL_CLK_SHIFT);
}
constexpr unsigned long WHEEL_TIMEOUT_CUTOFF = lvl_start(LVL_DEPTH);
constexpr unsigned long WHEEL_TIMEOUT_MAX = WHEEL_TIMEOUT_CUTOFF - (1UL << lvl_shift(LVL_DEPTH - 1));

struct wheel_place {
    unsigned level;
    unsigned long bucket_expiry;
};

wheel_place calc_wheel_index(unsigned long expires, unsigned long clk) {
    const unsigned long delta = expires - clk;
    if (static_cast<long>(delta) < 0) return {0, clk};
    unsigned level = 0;
    while (level < LVL_DEPTH - 1 && delta >= lvl_start(level + 1))
        ++level;
    if (delta >= WHEEL_TIMEOUT_CUTOFF) expires = clk + WHEEL_TIMEOUT_MAX;
    // Rounded up, so that it never fires early.
    return {level, ((expires >> lvl_shift(level)) + 1) << lvl_shift(level)};
}

timer_base &base_of(unsigned cpu) {
    return this_machine().timers->bases[cpu];
}
auto &queue_of(timer_list *timer) {
    timer_base &base = base_of(timer->cpu);
    return timer->flags & TIMER_DEFERRABLE ? base.deferrable : base.standard;
}

void forward_timer_base(timer_base &base) {
    const unsigned long jnow = jiffies_now();
    if (static_cast<long>(jnow - base.clk) < 1) return;
    base.clk = jnow;
}

void enqueue_timer(timer_list *timer, const wheel_place &place) {
    timer->level = place.level;
    timer->bucket_expiry = place.bucket_expiry;
    timer->queued_seq = this_machine().next_seq++;
    queue_of(timer).insert(timer);
}

bool detach_if_pending(timer_list *timer) {
    if (!timer_pending(timer)) return false;
    queue_of(timer).erase(timer);
    timer->queued_seq = 0;
    return true;
}

int __mod_timer(timer_list *timer, unsigned long expires, bool pending_only) {
    const bool pending = timer_pending(timer);
    if (pending && timer->expires == expires) return 1;
    if (!pending && pending_only) return 0;
    if (!timer->function) panic("mod_timer(): the timer was never set up");
    if (!pending) timer->cpu = smp_processor_id();
    forward_timer_base(base_of(timer->cpu));
    const wheel_place place = calc_wheel_index(expires, base_of(timer->cpu).clk);
    const bool same_bucket = pending && place.bucket_expiry == timer->bucket_expiry && place.level == timer->level;
    if (!same_bucket) {
        detach_if_pending(timer);
        timer->cpu = smp_processor_id();
        timer->expires = expires;
        enqueue_timer(timer, place);
    }
    timer->expires = expires;
    return pending;
}

void run_base(std::set<timer_list *, wheel_order> &queue, timer_base &base) {
    const unsigned long now = jiffies_now();
    // clk stands one ahead meanwhile: a timer that re-arms itself for "now" waits for the next tick.
    base.clk = now + 1;
    while (!queue.empty()) {
        timer_list *timer = *queue.begin();
        if (time_after(timer->bucket_expiry, now)) break;
        detach_if_pending(timer);
        trace_timer();
        timer->function(timer);
    }
}

void run_timer_softirq(softirq_action *) {
    timer_base &base = base_of(smp_processor_id());
    run_base(base.standard, base);
    run_base(base.deferrable, base);
}

} // namespace

// Earlier bucket first; of one tick the coarser level first, and of one bucket the last one put in.
bool wheel_order::operator()(const timer_list *a, const timer_list *b) const {
    if (a->bucket_expiry != b->bucket_expiry) return time_before(a->bucket_expiry, b->bucket_expiry);
    if (a->level != b->level) return a->level > b->level;
    return a->queued_seq > b->queued_seq;
}

unsigned long jiffies_now() {
    return INITIAL_JIFFIES + static_cast<unsigned long>(this_machine().now_ns / TICK_NSEC);
}

timer_list::~timer_list() {
    if (queued_seq && this_machine_) detach_if_pending(this);
}

void timer_setup(timer_list *timer, void (*function)(timer_list *), u32 flags) {
    timer->function = function;
    timer->flags = flags;
    timer->queued_seq = 0;
}

bool timer_pending(const timer_list *timer) {
    return timer->queued_seq != 0;
}
int mod_timer(timer_list *timer, unsigned long expires) {
    return __mod_timer(timer, expires, false);
}
int mod_timer_pending(timer_list *timer, unsigned long expires) {
    return __mod_timer(timer, expires, true);
}
int del_timer(timer_list *timer) {
    return detach_if_pending(timer) ? 1 : 0;
}
int del_timer_sync(timer_list *timer) {
    return del_timer(timer);
}

void add_timer(timer_list *timer) {
    BUG_ON(timer_pending(timer));
    mod_timer(timer, timer->expires);
}

// To the next full second, unless that is in the past: timers that need no precision fire together.
unsigned long round_jiffies(unsigned long j) {
    const unsigned long rem = j % HZ;
    const unsigned long rounded = rem < HZ / 4 ? j - rem : j - rem + HZ;
    return time_after(rounded, jiffies_now()) ? rounded : j;
}
unsigned long round_jiffies_relative(unsigned long j) {
    const unsigned long now = jiffies_now();
    return round_jiffies(j + now) - now;
}

void init_timers() {
    machine_state &m = this_machine();
    m.timers = std::make_unique<timer_queue>();
    m.timers->bases.resize(m.cpus.size());
    m.timers->hrtimers.resize(m.cpus.size());
    for (timer_base &base : m.timers->bases)
        base.clk = jiffies_now();
    open_softirq(TIMER_SOFTIRQ, run_timer_softirq);
}

} // namespace skbscope::stack
