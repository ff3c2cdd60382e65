// SPDX-License-Identifier: GPL-2.0-or-later
// CoDel's control law. Linux 6.1: include/net/codel_impl.h
//
// Not modelled: ECN marking (packets are dropped instead), ce_threshold.
#include "net/codel.h"

#include "linux/jiffies.h"
#include "linux/trace_fn.h"

#include <algorithm>

namespace skbscope::stack {

namespace {

constexpr unsigned REC_INV_SQRT_SHIFT = 16;

// One step of Newton's method towards 1 / sqrt(count). Linux 6.1: include/net/codel_impl.h
void codel_newton_step(codel_vars *vars) {
    const u32 invsqrt = u32{vars->rec_inv_sqrt} << REC_INV_SQRT_SHIFT;
    const auto invsqrt2 = static_cast<u32>((u64{invsqrt} * invsqrt) >> 32);
    u64 val = (u64{3} << 32) - u64{vars->count} * invsqrt2;
    val >>= 2; // room for the product
    val = (val * invsqrt) >> (32 - 2 + 1);
    vars->rec_inv_sqrt = static_cast<u16>(val >> REC_INV_SQRT_SHIFT);
}

codel_time_t control_law(codel_time_t t, codel_time_t interval, u16 rec_inv_sqrt) {
    return t + static_cast<codel_time_t>((u64{interval} * (u32{rec_inv_sqrt} << REC_INV_SQRT_SHIFT)) >> 32);
}

// Linux 6.1: include/net/codel_impl.h
bool codel_should_drop(const sk_buff *skb, const codel_queue &queue, const codel_params &params, codel_vars *vars,
                       codel_stats *stats, codel_time_t now) {
    TRACE_FN(skb);
    if (!skb) {
        vars->first_above_time = 0;
        return TRACE_RET(false);
    }
    vars->ldelay = now - queue.enqueue_time(skb);
    stats->maxpacket = std::max(stats->maxpacket, queue.length(skb));
    if (codel_time_before(vars->ldelay, params.target) || *queue.backlog <= params.mtu) {
        vars->first_above_time = 0;
        return TRACE_RET(false);
    }
    if (vars->first_above_time == 0) {
        vars->first_above_time = now + params.interval;
        return TRACE_RET(false);
    }
    return TRACE_RET(codel_time_before(vars->first_above_time, now));
}

struct codel_run {
    const codel_queue &queue;
    const codel_params &params;
    codel_vars *vars;
    codel_stats *stats;
    codel_time_t now;

    bool should_drop(const sk_buff *skb) const { return codel_should_drop(skb, queue, params, vars, stats, now); }

    sk_buff *drop_and_next(sk_buff *skb) const {
        stats->drop_len += queue.length(skb);
        queue.drop(skb, queue.context);
        stats->drop_count++;
        return queue.dequeue(vars, queue.context);
    }

    sk_buff *go_on_dropping(sk_buff *skb) const {
        while (vars->dropping && !codel_time_before(now, vars->drop_next)) {
            vars->count++;
            codel_newton_step(vars);
            skb = drop_and_next(skb);
            if (should_drop(skb))
                vars->drop_next = control_law(vars->drop_next, params.interval, vars->rec_inv_sqrt);
            else
                vars->dropping = false;
        }
        return skb;
    }

    // Dropping starts where it left off, if that was not long ago.
    sk_buff *start_dropping(sk_buff *skb) const {
        skb = drop_and_next(skb);
        should_drop(skb); // the kernel looks at the next one too: its delay is remembered
        vars->dropping = true;
        const u32 delta = vars->count - vars->lastcount;
        if (delta > 1 && codel_time_before(now - vars->drop_next, 16 * params.interval)) {
            vars->count = delta;
            codel_newton_step(vars);
        } else {
            vars->count = 1;
            vars->rec_inv_sqrt = 0xffff;
        }
        vars->lastcount = vars->count;
        vars->drop_next = control_law(now, params.interval, vars->rec_inv_sqrt);
        return skb;
    }
};

} // namespace

codel_time_t codel_get_time() {
    return static_cast<codel_time_t>(static_cast<u64>(ktime_get()) >> CODEL_SHIFT);
}

// Linux 6.1: include/net/codel_impl.h
sk_buff *codel_dequeue(const codel_queue &queue, const codel_params &params, codel_vars *vars, codel_stats *stats) {
    TRACE_FN();
    sk_buff *skb = queue.dequeue(vars, queue.context);
    if (!skb) {
        vars->first_above_time = 0;
        vars->dropping = false;
        return nullptr;
    }
    const codel_run run{queue, params, vars, stats, codel_get_time()};
    const bool drop = run.should_drop(skb);
    if (vars->dropping && !drop)
        vars->dropping = false;
    else if (vars->dropping)
        skb = run.go_on_dropping(skb);
    else if (drop)
        skb = run.start_dropping(skb);
    return skb;
}

} // namespace skbscope::stack
