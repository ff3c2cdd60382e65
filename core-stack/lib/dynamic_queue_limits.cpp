// SPDX-License-Identifier: GPL-2.0-or-later
// Linux 6.1: lib/dynamic_queue_limits.c
#include "linux/dynamic_queue_limits.h"

#include "linux/jiffies.h"

#include <algorithm>

namespace skbscope::stack {

namespace {

// Counters wrap around: what matters is their distance. 0 when b is ahead.
unsigned positive_difference(unsigned a, unsigned b) {
    const unsigned d = a - b;
    return static_cast<int>(d) > 0 ? d : 0;
}

// What happened since the last completion.
struct interval {
    unsigned completed; // ever, the present ones included
    unsigned ovlimit;   // how far the queue was over the limit just now
    unsigned inprogress, prev_inprogress;
    bool all_prev_completed; // everything that was queued when the last completion ran
};

interval look_back(const dql *dql, unsigned count) {
    const unsigned completed = dql->num_completed + count;
    return {.completed = completed,
            .ovlimit = positive_difference(dql->num_queued - dql->num_completed, dql->limit),
            .inprogress = dql->num_queued - completed,
            .prev_inprogress = dql->prev_num_queued - dql->num_completed,
            .all_prev_completed = static_cast<int>(completed - dql->prev_num_queued) >= 0};
}

// Did the device run dry, or could it have, while the limit held something back?
bool starved(const dql *dql, const interval &t) {
    return (t.ovlimit != 0 && t.inprogress == 0) || (dql->prev_ovlimit != 0 && t.all_prev_completed);
}

void start_measuring(dql *dql) {
    dql->slack_start_time = jiffies_now();
    dql->lowest_slack = UINT_MAX;
}

// The queue was busy all the time: how much of the limit was not needed? The least of a holding time is taken off.
unsigned shrink(dql *dql, const interval &t, unsigned limit) {
    const unsigned beyond = positive_difference(limit + dql->prev_ovlimit, 2 * (t.completed - dql->num_completed));
    const unsigned last_object =
        dql->prev_ovlimit != 0 ? positive_difference(dql->prev_last_obj_cnt, dql->prev_ovlimit) : 0;
    dql->lowest_slack = std::min(dql->lowest_slack, std::max(beyond, last_object));
    if (!time_after(jiffies_now(), dql->slack_start_time + dql->slack_hold_time)) return limit;
    limit = positive_difference(limit, dql->lowest_slack);
    start_measuring(dql);
    return limit;
}

} // namespace

void dql_completed(dql *dql, unsigned count) {
    BUG_ON(count > dql->num_queued - dql->num_completed);
    interval t = look_back(dql, count);
    unsigned limit = dql->limit;
    if (starved(dql, t)) {
        limit += positive_difference(t.completed, dql->prev_num_queued) + dql->prev_ovlimit;
        start_measuring(dql);
    } else if (t.inprogress != 0 && t.prev_inprogress != 0 && !t.all_prev_completed) {
        limit = shrink(dql, t, limit);
    }
    limit = std::clamp(limit, dql->min_limit, dql->max_limit);
    if (limit != dql->limit) {
        dql->limit = limit;
        t.ovlimit = 0;
    }
    dql->adj_limit = limit + t.completed;
    dql->prev_ovlimit = t.ovlimit;
    dql->prev_last_obj_cnt = dql->last_obj_cnt;
    dql->num_completed = t.completed;
    dql->prev_num_queued = dql->num_queued;
}

// adj_limit stays, as there: the next completion sets it.
void dql_reset(dql *dql) {
    dql->limit = dql->min_limit;
    dql->num_queued = 0;
    dql->num_completed = 0;
    dql->last_obj_cnt = 0;
    dql->prev_num_queued = 0;
    dql->prev_last_obj_cnt = 0;
    dql->prev_ovlimit = 0;
    start_measuring(dql);
}

void dql_init(dql *dql, unsigned hold_time) {
    dql->max_limit = DQL_MAX_LIMIT;
    dql->min_limit = 0;
    dql->slack_hold_time = hold_time;
    dql_reset(dql);
}

} // namespace skbscope::stack
