// SPDX-License-Identifier: GPL-2.0-or-later
// The clock of the qdiscs that make packets wait: when it rings, the device's qdisc is run again.
// Linux 6.1: net/sched/sch_api.c, net/sched/sch_generic.c
#include "net/sch_watchdog.h"

#include "linux/trace_fn.h"

namespace skbscope::stack {

// A scope of its own: the structure has the same name.
namespace ring {

// Linux 6.1: net/sched/sch_api.c
static void qdisc_watchdog(hrtimer *timer) {
    TRACE_FN();
    const auto *wd = container_of(timer, &stack::qdisc_watchdog::timer);
    rcu_read_lock();
    __netif_schedule(qdisc_root(wd->qdisc));
    rcu_read_unlock();
}

} // namespace ring

// Linux 6.1: net/sched/sch_api.c
void qdisc_watchdog_init(qdisc_watchdog *wd, Qdisc *qdisc) {
    TRACE_FN();
    hrtimer_init(&wd->timer, ring::qdisc_watchdog);
    wd->qdisc = qdisc;
}

// Linux 6.1: net/sched/sch_api.c
void qdisc_watchdog_schedule_range_ns(qdisc_watchdog *wd, u64 expires, u64 delta_ns) {
    TRACE_FN();
    if (test_bit(__QDISC_STATE_DEACTIVATED, &qdisc_root_sleeping(wd->qdisc)->state)) return;
    const bool queued = wd->timer.queued_seq != 0;
    if (queued && wd->last_expires - expires <= delta_ns) return;
    wd->last_expires = expires;
    hrtimer_start(&wd->timer, static_cast<ktime_t>(expires));
}

// Linux 6.1: include/net/pkt_sched.h
void qdisc_watchdog_schedule_ns(qdisc_watchdog *wd, u64 expires) {
    TRACE_FN();
    qdisc_watchdog_schedule_range_ns(wd, expires, 0);
}

// Linux 6.1: net/sched/sch_api.c
void qdisc_watchdog_cancel(qdisc_watchdog *wd) {
    TRACE_FN();
    hrtimer_cancel(&wd->timer);
}

// As many bits of precision as 32 hold. Linux 6.1: net/sched/sch_generic.c
void psched_ratecfg_precompute(psched_ratecfg *r, u64 rate_bytes_ps) {
    *r = {rate_bytes_ps, 1, 0};
    if (rate_bytes_ps == 0) return;
    for (auto factor = static_cast<u64>(NSEC_PER_SEC);; factor <<= 1, ++r->shift) {
        r->mult = static_cast<u32>(factor / rate_bytes_ps);
        if ((r->mult & 1U << 31) != 0 || (factor & 1ULL << 63) != 0) return;
    }
}

} // namespace skbscope::stack
