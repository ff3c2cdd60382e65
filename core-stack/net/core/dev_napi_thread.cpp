// SPDX-License-Identifier: GPL-2.0-or-later
// Threaded NAPI: a kernel thread polls instead of NET_RX_SOFTIRQ, so that the scheduler sees the work, and can share it
// out. Linux 6.1: net/core/dev.c
#include "linux/bug.h"
#include "linux/interrupt.h"
#include "linux/sched.h"
#include "net/core/dev_internal.h"

#include <string>

namespace skbscope::stack {

namespace {

// False: the thread shall end. Linux 6.1: net/core/dev.c
bool napi_thread_wait(napi_struct *napi) {
    TRACE_FN();
    bool woken = false;
    set_current_state(TASK_INTERRUPTIBLE);
    while (napi->thread == get_current()) { // kthread_should_stop(): napi_kthread_stop() takes it away
        if (woken || test_bit(NAPI_STATE_SCHED_THREADED, &napi->state)) {
            set_current_state(TASK_RUNNING);
            return TRACE_RET(true);
        }
        schedule();
        woken = true; // whoever woke it gave it the source
        set_current_state(TASK_INTERRUPTIBLE);
    }
    set_current_state(TASK_RUNNING);
    return TRACE_RET(false);
}

// Linux 6.1: net/core/dev.c
void napi_threaded_poll(napi_struct *napi) {
    TRACE_FN();
    while (napi_thread_wait(napi)) {
        bool repoll = true;
        while (repoll) {
            repoll = false;
            local_bh_disable();
            __napi_poll(napi, &repoll);
            local_bh_enable();
            if (repoll) cond_resched();
        }
    }
}

} // namespace

// Linux 6.1: net/core/dev.c
int napi_kthread_create(napi_struct *n) {
    TRACE_FN();
    n->thread = kthread_run("napi/" + std::string(n->dev->name) + "-" + std::to_string(n->napi_id),
                            [n] { napi_threaded_poll(n); });
    return TRACE_RET(0);
}

void napi_kthread_stop(napi_struct *n) {
    task_struct *thread = n->thread;
    n->thread = nullptr;
    wake_up_process(thread);
}

// Linux 6.1: net/core/dev.c
int dev_set_threaded(net_device *dev, bool threaded) {
    TRACE_FN();
    if (dev->threaded == threaded) return TRACE_RET(0);
    if (threaded)
        for (napi_struct *napi : list_entries(&dev->napi_list, &napi_struct::dev_list))
            if (!napi->thread) napi_kthread_create(napi);
    dev->threaded = threaded;
    // One that is being polled changes over when it is scheduled next.
    for (napi_struct *napi : list_entries(&dev->napi_list, &napi_struct::dev_list))
        if (threaded)
            set_bit(NAPI_STATE_THREADED, &napi->state);
        else
            clear_bit(NAPI_STATE_THREADED, &napi->state);
    return TRACE_RET(0);
}

} // namespace skbscope::stack
