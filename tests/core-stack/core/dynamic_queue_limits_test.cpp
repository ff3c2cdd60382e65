// SPDX-License-Identifier: GPL-2.0-or-later
// The limit follows the device: every number here was worked out by hand from the rules of
// lib/dynamic_queue_limits.c (Linux 6.1).
#include "../sim/machine_fixture.h"

#include "linux/dynamic_queue_limits.h"
#include "linux/jiffies.h"

namespace skbscope::stack {
namespace {

class Dql : public machine_fixture {
protected:
    Dql() { dql_init(&q, 10); }
    void let_jiffies_pass(u64 n) { m.run_idle_until(m.now_ns() + n * TICK_NSEC); }
    void queue(std::initializer_list<unsigned> counts) {
        for (const unsigned n : counts)
            dql_queued(&q, n);
    }
    dql q;
};

TEST_F(Dql, StartsWithoutRoomAndLetsTheFirstOneOver) {
    EXPECT_EQ(dql_avail(&q), 0);
    queue({1000});
    EXPECT_EQ(dql_avail(&q), -1000);
}

TEST_F(Dql, GrowsByWhatTheDeviceTookWhenItRanDry) {
    queue({1000});
    dql_completed(&q, 1000); // over the limit of 0, and dry
    EXPECT_EQ(q.limit, 1000U);
    EXPECT_EQ(dql_avail(&q), 1000);
    queue({600, 600});
    EXPECT_EQ(dql_avail(&q), -200);
    dql_completed(&q, 1200);
    EXPECT_EQ(q.limit, 2200U);
    queue({500});
    dql_completed(&q, 500); // dry, but nothing was held back
    EXPECT_EQ(q.limit, 2200U);
    EXPECT_EQ(dql_avail(&q), 2200);
}

TEST_F(Dql, GrowsByTheLastOvershootWhenItMayHaveRunDry) {
    queue({1000});
    dql_completed(&q, 1000);
    queue({600, 600});
    dql_completed(&q, 1200);
    ASSERT_EQ(q.limit, 2200U);
    queue({2000, 1000}); // 800 over
    EXPECT_EQ(dql_avail(&q), -800);
    dql_completed(&q, 1500); // half is still under way
    EXPECT_EQ(q.limit, 2200U);
    EXPECT_EQ(q.prev_ovlimit, 800U);
    EXPECT_EQ(dql_avail(&q), 700);
    queue({700});
    dql_completed(&q, 1500); // all that was queued then is gone
    EXPECT_EQ(q.limit, 3000U);
}

TEST_F(Dql, ShrinksByTheLeastSlackOfAHoldingTime) {
    queue({10000});
    dql_completed(&q, 10000);
    ASSERT_EQ(q.limit, 10000U);
    queue({1000, 1000, 1000, 1000});
    dql_completed(&q, 1000);
    queue({1000});
    dql_completed(&q, 1000); // busy all the time; 10000 - 2 * 1000 were not needed
    EXPECT_EQ(q.lowest_slack, 8000U);
    EXPECT_EQ(q.limit, 10000U) << "not yet";
    let_jiffies_pass(12);
    queue({2000});
    dql_completed(&q, 1500); // 10000 - 2 * 1500: the least
    EXPECT_EQ(q.limit, 3000U);
    EXPECT_EQ(q.lowest_slack, UINT_MAX) << "measured afresh";
}

// A large object went over the limit: its part that did is no slack.
TEST_F(Dql, TheLastObjectCountsWhereItWentOverTheLimit) {
    queue({4000});
    dql_completed(&q, 4000);
    queue({3000, 3000}); // 2000 over, 1000 of the last object were not
    dql_completed(&q, 3500);
    EXPECT_EQ(q.prev_ovlimit, 2000U);
    EXPECT_EQ(q.prev_last_obj_cnt, 3000U);
    queue({1000});
    dql_completed(&q, 2000); // 4000 + 2000 - 2 * 2000 = 2000 against 3000 - 2000
    EXPECT_EQ(q.lowest_slack, 2000U);
    EXPECT_EQ(q.limit, 4000U);
}

TEST_F(Dql, StaysWithinItsBounds) {
    q.min_limit = 500;
    q.max_limit = 1500;
    dql_reset(&q);
    EXPECT_EQ(q.limit, 500U);
    queue({5000});
    dql_completed(&q, 5000);
    EXPECT_EQ(q.limit, 1500U);
}

TEST_F(Dql, CountersWrapAround) {
    q.num_queued = q.num_completed = q.prev_num_queued = q.adj_limit = UINT_MAX - 100;
    queue({1000});
    EXPECT_EQ(dql_avail(&q), -1000);
    dql_completed(&q, 1000);
    EXPECT_EQ(q.limit, 1000U);
    EXPECT_EQ(dql_avail(&q), 1000);
}

TEST_F(Dql, MoreThanWasQueuedCannotComplete) {
    queue({100});
    EXPECT_THROW(dql_completed(&q, 101), kernel_panic);
    EXPECT_THROW(dql_queued(&q, DQL_MAX_OBJECT + 1), kernel_panic);
}

} // namespace
} // namespace skbscope::stack
