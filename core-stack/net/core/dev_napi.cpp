// SPDX-License-Identifier: GPL-2.0-or-later
// NAPI: a source of packets asks once to be polled and is then polled, a limited number of packets a time, until it has
// none left. NET_RX_SOFTIRQ goes round all sources of its CPU within a budget of packets and time.
// Linux 6.1: net/core/dev.c
#include "linux/bug.h"
#include "linux/interrupt.h"
#include "linux/netdevice.h"
#include "linux/sched.h"
#include "net/core/dev_internal.h"
#include "sim/cpu.h"
#include "sim/work_clock.h"

#include <utility>

namespace skbscope::stack {

namespace {

constexpr unsigned long NAPIF(unsigned bit) {
    return 1UL << bit;
}

// Linux 6.1: net/core/dev.c
void ____napi_schedule(softnet_data *sd, napi_struct *napi) {
    TRACE_FN();
    if (test_bit(NAPI_STATE_THREADED, &napi->state) && napi->thread) {
        // Asleep: being woken tells it enough.
        if (napi->thread->state != TASK_INTERRUPTIBLE) set_bit(NAPI_STATE_SCHED_THREADED, &napi->state);
        wake_up_process(napi->thread);
        return;
    }
    list_add_tail(&napi->poll_list, &sd->poll_list);
    raise_softirq_irqoff(NET_RX_SOFTIRQ);
}

} // namespace

// Linux 6.1: net/core/dev.c
int __napi_poll(napi_struct *n, bool *repoll) {
    TRACE_FN();
    const int weight = n->weight;
    int work = 0;
    if (test_bit(NAPI_STATE_SCHED, &n->state)) work = n->poll(n, weight);
    if (work < weight) return TRACE_RET(work);
    // It used up its weight, so it still owns its place in the list.
    if (test_bit(NAPI_STATE_DISABLE, &n->state)) {
        napi_complete(n);
        return TRACE_RET(work);
    }
    // Readers poll, and want to go on doing so: nothing more of it here, unless nobody else would.
    if (test_bit(NAPI_STATE_PREFER_BUSY_POLL, &n->state)) {
        if (napi_complete_done(n, work)) napi_schedule(n);
        return TRACE_RET(work);
    }
    if (n->gro_bitmask) napi_gro_flush(n, HZ >= 1000);
    gro_normal_list(n);
    if (!list_empty(&n->poll_list)) return TRACE_RET(work);
    *repoll = true;
    return TRACE_RET(work);
}

namespace {

// Linux 6.1: net/core/dev.c
int napi_poll(napi_struct *n, list_head *repoll) {
    TRACE_FN();
    bool do_repoll = false;
    list_del_init(&n->poll_list);
    const int work = __napi_poll(n, &do_repoll);
    if (do_repoll) list_add_tail(&n->poll_list, repoll);
    return TRACE_RET(work);
}

} // namespace

// Linux 6.1: net/core/dev.c
void net_rx_action(softirq_action *) {
    TRACE_FN();
    work_done(work::softirq);
    softnet_data *sd = this_cpu_softnet();
    const net_core_config &config = dev_global->config;
    const unsigned long time_limit = jiffies_now() + (config.netdev_budget_usecs * HZ + 999'999) / 1'000'000;
    int budget = config.netdev_budget;
    list_head list;
    list_head repoll;
    list_splice_init(&sd->poll_list, &list);
    for (;;) {
        skb_defer_free_flush(sd);
        if (list_empty(&list)) {
            if (!sd->rps_ipi_list && list_empty(&repoll)) return;
            break;
        }
        budget -= napi_poll(container_of(list.next, &napi_struct::poll_list), &repoll);
        if (budget <= 0 || time_after_eq(jiffies_now(), time_limit)) {
            ++sd->time_squeeze;
            break;
        }
    }
    list_splice_tail_init(&sd->poll_list, &list);
    list_splice_tail_init(&repoll, &list);
    list_splice_init(&list, &sd->poll_list);
    if (!list_empty(&sd->poll_list)) __raise_softirq_irqoff(NET_RX_SOFTIRQ);
    net_rps_action_and_irq_enable(sd);
}

// Linux 6.1: net/core/dev.c
bool napi_schedule_prep(napi_struct *n) {
    TRACE_FN();
    const unsigned long val = n->state;
    if (val & NAPIF(NAPI_STATE_DISABLE)) return TRACE_RET(false);
    n->state = val | NAPIF(NAPI_STATE_SCHED);
    if (val & NAPIF(NAPI_STATE_SCHED)) n->state |= NAPIF(NAPI_STATE_MISSED);
    return TRACE_RET(!(val & NAPIF(NAPI_STATE_SCHED)));
}

// Linux 6.1: net/core/dev.c
void __napi_schedule(napi_struct *n) {
    TRACE_FN();
    ____napi_schedule(this_cpu_softnet(), n);
}

// Linux 6.1: net/core/dev.c
void __napi_schedule_irqoff(napi_struct *n) {
    TRACE_FN();
    ____napi_schedule(this_cpu_softnet(), n);
}

bool napi_schedule(napi_struct *n) {
    TRACE_FN();
    if (!napi_schedule_prep(n)) return TRACE_RET(false);
    __napi_schedule(n);
    return TRACE_RET(true);
}

namespace {

// The deferred interrupt's time is over: poll again. Not a device's interrupt, so MISSED is not set.
// Linux 6.1: net/core/dev.c
void napi_watchdog(hrtimer *timer) {
    TRACE_FN();
    napi_struct *napi = container_of(timer, &napi_struct::timer);
    if (test_bit(NAPI_STATE_DISABLE, &napi->state) || test_and_set_bit(NAPI_STATE_SCHED, &napi->state)) return;
    clear_bit(NAPI_STATE_PREFER_BUSY_POLL, &napi->state);
    __napi_schedule_irqoff(napi);
}

// How long the source may keep what GRO holds and its interrupt off, in ns; 0: not at all. *defer: the interrupt stays
// off, since packets came lately (napi_defer_hard_irqs polls may be without one).
unsigned long defer_time(napi_struct *n, int work_done, bool *defer) {
    unsigned long timeout = 0;
    if (work_done != 0) {
        if (n->gro_bitmask) timeout = n->dev->gro_flush_timeout;
        n->defer_hard_irqs_count = n->dev->napi_defer_hard_irqs;
    }
    if (n->defer_hard_irqs_count > 0) {
        --n->defer_hard_irqs_count;
        timeout = n->dev->gro_flush_timeout;
        *defer = timeout != 0;
    }
    return timeout;
}

} // namespace

// The source has nothing left. False: it was scheduled again meanwhile, or its interrupt is to stay off.
// Linux 6.1: net/core/dev.c
bool napi_complete_done(napi_struct *n, int work_done) {
    TRACE_FN();
    if (n->state & (NAPIF(NAPI_STATE_NPSVC) | NAPIF(NAPI_STATE_IN_BUSY_POLL))) return TRACE_RET(false);
    bool defer = false;
    const unsigned long timeout = defer_time(n, work_done, &defer);
    if (n->gro_bitmask) napi_gro_flush(n, timeout != 0); // put off again and again: nothing may stay for ever
    gro_normal_list(n);
    if (!list_empty(&n->poll_list)) list_del_init(&n->poll_list);
    const unsigned long val = n->state;
    BUG_ON(!(val & NAPIF(NAPI_STATE_SCHED)));
    n->state = val & ~(NAPIF(NAPI_STATE_MISSED) | NAPIF(NAPI_STATE_SCHED) | NAPIF(NAPI_STATE_SCHED_THREADED) |
                       NAPIF(NAPI_STATE_PREFER_BUSY_POLL));
    if (val & NAPIF(NAPI_STATE_MISSED)) {
        n->state |= NAPIF(NAPI_STATE_SCHED);
        __napi_schedule(n);
        return TRACE_RET(false);
    }
    if (timeout != 0) hrtimer_start(&n->timer, ktime_get() + static_cast<ktime_t>(timeout));
    return TRACE_RET(!defer);
}

// Linux 6.1: net/core/dev.c
void netif_napi_add_weight(net_device *dev, napi_struct *napi, int (*poll)(napi_struct *, int), int weight) {
    TRACE_FN();
    if (test_and_set_bit(NAPI_STATE_LISTED, &napi->state)) return;
    INIT_LIST_HEAD(&napi->poll_list);
    hrtimer_init(&napi->timer, napi_watchdog);
    init_gro_hash(napi);
    napi->skb = nullptr;
    INIT_LIST_HEAD(&napi->rx_list);
    napi->rx_count = 0;
    napi->poll = poll;
    napi->weight = weight;
    napi->dev = dev;
    set_bit(NAPI_STATE_SCHED, &napi->state); // until napi_enable()
    set_bit(NAPI_STATE_NPSVC, &napi->state);
    list_add_rcu(&napi->dev_list, &dev->napi_list);
    napi_hash_add(napi);
    if (dev->threaded && napi_kthread_create(napi) != 0) dev->threaded = false;
}

void __netif_napi_del(napi_struct *napi) {
    TRACE_FN();
    if (!test_and_clear_bit(NAPI_STATE_LISTED, &napi->state)) return;
    napi_hash_del(napi);
    list_del_init(&napi->dev_list);
    napi_free_frags(napi);
    flush_gro_hash(napi);
    if (napi->thread) napi_kthread_stop(napi);
}

void napi_enable(napi_struct *n) {
    TRACE_FN();
    BUG_ON(!test_bit(NAPI_STATE_SCHED, &n->state));
    n->state &= ~(NAPIF(NAPI_STATE_SCHED) | NAPIF(NAPI_STATE_NPSVC));
    if (n->dev->threaded && n->thread) set_bit(NAPI_STATE_THREADED, &n->state);
}

// A process polls the source, and will not notice before its time is over.
static void let_reader_finish() {
    if (get_current()->pid != 0)
        schedule_timeout_uninterruptible(1);
    else if (!dispatch_once()) // set-up is no process that could sleep
        panic("napi_disable(): the process that polls sleeps");
}

void napi_disable(napi_struct *n) {
    TRACE_FN();
    set_bit(NAPI_STATE_DISABLE, &n->state);
    while (test_bit(NAPI_STATE_IN_BUSY_POLL, &n->state))
        let_reader_finish();
    // With one thing running at a time, no other poll is under way here; one that waits is taken off.
    if (!list_empty(&n->poll_list)) list_del_init(&n->poll_list);
    n->state = (n->state & NAPIF(NAPI_STATE_LISTED)) | NAPIF(NAPI_STATE_SCHED) | NAPIF(NAPI_STATE_NPSVC);
    hrtimer_cancel(&n->timer);
}

} // namespace skbscope::stack
