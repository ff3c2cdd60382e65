// SPDX-License-Identifier: GPL-2.0-or-later
// Busy polling: the process that waits polls the card's queue itself. While it does, the source is scheduled
// (NAPI_STATE_SCHED), so that an interrupt only notes that it was there (NAPI_STATE_MISSED), and in busy polling
// (NAPI_STATE_IN_BUSY_POLL), so that a poll that finds nothing does not switch the interrupt on again.
// Linux 6.1: net/core/dev.c, net/core/sock.c
#include "net/busy_poll.h"

#include "linux/interrupt.h"
#include "linux/rcupdate.h"
#include "linux/sched.h"
#include "net/core/dev_internal.h"
#include "net/net_namespace.h"
#include "net/udp.h"

namespace skbscope::stack {

namespace {

constexpr unsigned long NAPIF(unsigned bit) {
    return 1UL << bit;
}

hlist_head *napi_bucket(unsigned napi_id) {
    return &dev_global->napi_hash[napi_id % NAPI_HASH_SIZE];
}

// Null: the source is gone. Linux 6.1: net/core/dev.c
napi_struct *napi_by_id(unsigned napi_id) {
    TRACE_FN();
    for (napi_struct *napi : hlist_entries(napi_bucket(napi_id), &napi_struct::napi_hash_node))
        if (napi->napi_id == napi_id) return napi;
    return nullptr;
}

// The last poll took all it might, so there may be more: NET_RX_SOFTIRQ goes on, or, when interrupts are put off for
// the readers' sake, nobody until the timer or the next reader. Linux 6.1: net/core/dev.c
void __busy_poll_stop(napi_struct *napi, bool skip_schedule) {
    TRACE_FN();
    if (!skip_schedule) {
        gro_normal_list(napi);
        __napi_schedule(napi);
        return;
    }
    if (napi->gro_bitmask) napi_gro_flush(napi, HZ >= 1000);
    gro_normal_list(napi);
    clear_bit(NAPI_STATE_SCHED, &napi->state);
}

// Gives the source back: one more poll, which switches the card's interrupt on. Linux 6.1: net/core/dev.c
void busy_poll_stop(napi_struct *napi, bool prefer_busy_poll, u16 budget) {
    TRACE_FN();
    clear_bit(NAPI_STATE_MISSED, &napi->state);
    clear_bit(NAPI_STATE_IN_BUSY_POLL, &napi->state);
    local_bh_disable();
    bool skip_schedule = false;
    if (prefer_busy_poll) {
        napi->defer_hard_irqs_count = napi->dev->napi_defer_hard_irqs;
        const unsigned long timeout = napi->dev->gro_flush_timeout;
        if (napi->defer_hard_irqs_count != 0 && timeout != 0) {
            hrtimer_start(&napi->timer, ktime_get() + static_cast<ktime_t>(timeout));
            skip_schedule = true;
        }
    }
    if (napi->poll(napi, budget) == budget) __busy_poll_stop(napi, skip_schedule);
    local_bh_enable();
}

// True: the source is ours. Else somebody polls it already, who is told that readers would like to.
bool take_source(napi_struct *napi, bool prefer_busy_poll) {
    constexpr unsigned long taken =
        NAPIF(NAPI_STATE_DISABLE) | NAPIF(NAPI_STATE_SCHED) | NAPIF(NAPI_STATE_IN_BUSY_POLL);
    if ((napi->state & taken) != 0) {
        if (prefer_busy_poll) set_bit(NAPI_STATE_PREFER_BUSY_POLL, &napi->state);
        return false;
    }
    napi->state |= NAPIF(NAPI_STATE_IN_BUSY_POLL) | NAPIF(NAPI_STATE_SCHED);
    return true;
}

// One turn, with softirqs off.
void poll_once(napi_struct *napi, bool *ours, bool prefer_busy_poll, u16 budget) {
    local_bh_disable();
    if (!*ours) *ours = take_source(napi, prefer_busy_poll);
    if (*ours) {
        const int work = napi->poll(napi, budget);
        gro_normal_list(napi);
        if (work > 0)
            dev_net(napi->dev)->mib.net_statistics.mibs[LINUX_MIB_BUSYPOLLRXPACKETS] += static_cast<u64>(work);
    }
    local_bh_enable();
}

struct busy_loop {
    busy_loop_end_t loop_end;
    void *arg;
    unsigned long start_time;
    bool prefer_busy_poll;
    u16 budget;
    [[nodiscard]] bool over() const { return !loop_end || loop_end(arg, start_time); }
};

// Polls until the loop is over, or others want the CPU. True: it is over.
bool poll_until(napi_struct *napi, const busy_loop &loop) {
    bool ours = false, over = false;
    preempt_disable();
    for (;;) {
        poll_once(napi, &ours, loop.prefer_busy_poll, loop.budget);
        over = loop.over();
        if (over || need_resched()) break;
        cpu_relax();
    }
    if (ours) busy_poll_stop(napi, loop.prefer_busy_poll, loop.budget);
    preempt_enable();
    return over;
}

} // namespace

// Linux 6.1: net/core/dev.c
void napi_busy_loop(unsigned napi_id, busy_loop_end_t loop_end, void *loop_end_arg, bool prefer_busy_poll, u16 budget) {
    TRACE_FN();
    const busy_loop loop{loop_end, loop_end_arg, loop_end ? busy_loop_current_time() : 0, prefer_busy_poll, budget};
    for (;;) {
        rcu_read_lock();
        napi_struct *napi = napi_by_id(napi_id);
        const bool over = !napi || poll_until(napi, loop);
        rcu_read_unlock();
        if (over) return;
        cond_resched();
        if (loop.over()) return;
    }
}

// Linux 6.1: net/core/sock.c
bool sk_busy_loop_end(void *p, unsigned long start_time) {
    TRACE_FN();
    auto *sk = static_cast<sock *>(p);
    if (!skb_queue_empty_lockless(&sk->sk_receive_queue)) return TRACE_RET(true);
    const bool is_udp = sk->sk_type == SOCK_DGRAM && sk->sk_protocol == IPPROTO_UDP;
    if (is_udp && !skb_queue_empty_lockless(&udp_sk(sk)->reader_queue)) return TRACE_RET(true);
    return TRACE_RET(sk_busy_loop_timeout(sk, start_time));
}

// Linux 6.1: include/net/busy_poll.h
void sk_busy_loop(sock *sk, bool nonblock) {
    TRACE_FN();
    if (sk->sk_napi_id < MIN_NAPI_ID) return;
    const u16 budget = sk->sk_busy_poll_budget != 0 ? sk->sk_busy_poll_budget : BUSY_POLL_BUDGET;
    napi_busy_loop(sk->sk_napi_id, nonblock ? nullptr : sk_busy_loop_end, sk, sk->sk_prefer_busy_poll, budget);
}

// Linux 6.1: net/core/dev.c
void napi_hash_add(napi_struct *napi) {
    TRACE_FN();
    if (test_bit(NAPI_STATE_NO_BUSY_POLL, &napi->state)) return;
    unsigned &id = dev_global->napi_gen_id;
    do
        if (++id < MIN_NAPI_ID) id = MIN_NAPI_ID;
    while (napi_by_id(id));
    napi->napi_id = id;
    hlist_add_head_rcu(&napi->napi_hash_node, napi_bucket(id));
}

// Linux 6.1: net/core/dev.c
void napi_hash_del(napi_struct *napi) {
    TRACE_FN();
    hlist_del_init(&napi->napi_hash_node);
}

} // namespace skbscope::stack
