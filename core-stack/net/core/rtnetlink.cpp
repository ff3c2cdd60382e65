// SPDX-License-Identifier: GPL-2.0-or-later
// Linux 6.1: net/core/rtnetlink.c
#include "linux/rtnetlink.h"

#include "linux/netlink.h"
#include "linux/trace_fn.h"

namespace skbscope::stack {

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
