// SPDX-License-Identifier: GPL-2.0-or-later
// Linux 6.1: net/core/rtnetlink.c
#include "linux/rtnetlink.h"

#include "linux/bug.h"
#include "linux/netdevice.h"
#include "linux/netlink.h"
#include "linux/sched.h"
#include "linux/trace_fn.h"
#include "sim/cpu.h"
#include "sim/machine_state.h"

#include <utility>
#include <vector>

namespace skbscope::stack {

namespace {

struct rtnl_mutex {
    const task_struct *owner = nullptr;
    unsigned depth = 0;
    std::vector<task_struct *> waiting;
};
machine_global<rtnl_mutex> rtnl;

// Set-up is no process that could sleep: it lets the owner go on until it is done.
void let_time_pass() {
    if (dispatch_once()) return;
    enter_idle();
    constexpr u64 long_enough = 10'000'000'000;
    if (!advance_time(this_machine().now_ns + long_enough)) panic("rtnl_lock(): its owner sleeps for ever");
}

} // namespace

void rtnl_lock() {
    task_struct *self = get_current();
    while (rtnl->owner && rtnl->owner != self) {
        if (self->pid == 0) {
            let_time_pass();
            continue;
        }
        rtnl->waiting.push_back(self);
        set_current_state(TASK_UNINTERRUPTIBLE);
        schedule();
    }
    rtnl->owner = self;
    rtnl->depth++;
}

bool rtnl_is_locked() {
    TRACE_FN();
    return TRACE_RET(rtnl->depth > 0);
}

void rtnl_unlock() {
    if (--rtnl->depth > 0) return;
    rtnl->owner = nullptr;
    for (task_struct *t : std::exchange(rtnl->waiting, {}))
        wake_up_process(t);
    netdev_run_todo();
}

// Requests come in through sim/netconfig.h, not through a netlink socket: nothing to open.
int rtnetlink_init() {
    return 0;
}

void rtnl_notify(sk_buff *skb, net *, u32 pid, u32 group, const nlmsghdr *nlh) {
    TRACE_FN(skb);
    constexpr u16 NLM_F_ECHO = 0x08;
    nlmsg_notify(nullptr, skb, pid, group, nlh && (nlh->nlmsg_flags & NLM_F_ECHO) != 0);
}

void rtnl_set_sk_err(net *, u32, int) {
    TRACE_FN(); // tells listeners that a message was lost; there are none
}

} // namespace skbscope::stack
