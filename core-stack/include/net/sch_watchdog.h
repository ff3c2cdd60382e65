// SPDX-License-Identifier: GPL-2.0-or-later
// For qdiscs that make packets wait: a timer that runs the device's qdisc again, and rates as they reckon with them.
// Linux 6.1: include/net/pkt_sched.h, include/net/sch_generic.h
#pragma once

#include "linux/timer.h"
#include "net/sch_generic.h"

namespace skbscope::stack {

struct qdisc_watchdog {
    u64 last_expires = 0; // ns
    hrtimer timer;
    Qdisc *qdisc = nullptr;
};
void qdisc_watchdog_init(qdisc_watchdog *wd, Qdisc *qdisc);
// Rings at `expires` (ns, of ktime_get()). One that is set to ring up to delta_ns before stays as it is.
void qdisc_watchdog_schedule_range_ns(qdisc_watchdog *wd, u64 expires, u64 delta_ns);
void qdisc_watchdog_schedule_ns(qdisc_watchdog *wd, u64 expires);
void qdisc_watchdog_cancel(qdisc_watchdog *wd);

// Bytes to time without a division for each packet: ns = bytes * mult >> shift.
struct psched_ratecfg {
    u64 rate_bytes_ps = 0;
    u32 mult = 0;
    u8 shift = 0;
};
void psched_ratecfg_precompute(psched_ratecfg *r, u64 rate_bytes_ps);
[[nodiscard]] inline u64 psched_l2t_ns(const psched_ratecfg &r, u32 len) {
    return u64{len} * r.mult >> r.shift;
}

} // namespace skbscope::stack
