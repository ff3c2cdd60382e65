// SPDX-License-Identifier: GPL-2.0-or-later
// How much should stand in a device's own queue: enough that it never runs dry, and no more, because what stands there
// the qdisc can no longer order, drop or delay. The limit follows from what completed between two completions: it grows
// when the queue ran dry while something was held back, and shrinks by the slack that a whole holding time never
// needed. Objects are whatever the user counts; BQL counts bytes. Linux 6.1: include/linux/dynamic_queue_limits.h
//
//     producer: dql_avail() >= 0? put `count` in, dql_queued()      consumer: took `count` out, dql_completed()
#pragma once

#include "linux/bug.h"
#include "linux/types.h"

#include <climits>

namespace skbscope::stack {

struct dql {
    unsigned num_queued = 0; // ever; wraps around
    unsigned adj_limit = 0;  // limit + num_completed
    unsigned last_obj_cnt = 0;
    unsigned limit = 0;
    unsigned num_completed = 0; // ever
    // As they were when dql_completed() ran last.
    unsigned prev_ovlimit = 0; // how far the queue was over the limit
    unsigned prev_num_queued = 0;
    unsigned prev_last_obj_cnt = 0;
    unsigned lowest_slack = UINT_MAX;
    unsigned long slack_start_time = 0; // jiffies
    unsigned max_limit = 0, min_limit = 0;
    unsigned slack_hold_time = 0; // jiffies
};

inline constexpr unsigned DQL_MAX_OBJECT = UINT_MAX / 16;
inline constexpr unsigned DQL_MAX_LIMIT = UINT_MAX / 2 - DQL_MAX_OBJECT;

inline void dql_queued(dql *dql, unsigned count) {
    BUG_ON(count > DQL_MAX_OBJECT);
    dql->last_obj_cnt = count;
    dql->num_queued += count;
}
// How many more may be queued; < 0: over the limit.
[[nodiscard]] inline int dql_avail(const dql *dql) {
    return static_cast<int>(dql->adj_limit - dql->num_queued);
}
void dql_completed(dql *dql, unsigned count); // count: not more than what is queued
void dql_reset(dql *dql);
void dql_init(dql *dql, unsigned hold_time); // jiffies

} // namespace skbscope::stack
