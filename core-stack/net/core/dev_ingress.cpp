// SPDX-License-Identifier: GPL-2.0-or-later
// Who may look at a packet between the taps and the protocols: traffic control's ingress qdisc, then netfilter's hooks
// of the device. Neither costs anything while nobody asked for it (net_core_config::ingress_needed). Linux 6.1:
// net/core/dev.c
#include "linux/netfilter.h"
#include "linux/rcupdate.h"
#include "net/core/dev_internal.h"

#include <utility>

namespace skbscope::stack {

void net_inc_ingress_queue() {
    TRACE_FN();
    ++dev_global->config.ingress_needed;
}
void net_dec_ingress_queue() {
    TRACE_FN();
    --dev_global->config.ingress_needed;
}

// No device of the model has an ingress qdisc (docs/not-modelled.md), so the packet goes on, as in the kernel on a
// device without one. Linux 6.1: net/core/dev.c
sk_buff *sch_handle_ingress(sk_buff *skb, packet_type **, int *, net_device *, bool *) {
    TRACE_FN(skb);
    return skb;
}

// Linux 6.1: net/core/dev.c
int nf_ingress(sk_buff *skb, packet_type **pt_prev, int *ret, net_device *orig_dev) {
    TRACE_FN(skb);
    if (!nf_hook_ingress_active(skb)) return TRACE_RET(0);
    if (*pt_prev) *ret = deliver_skb(skb, std::exchange(*pt_prev, nullptr), orig_dev);
    rcu_read_lock();
    const int verdict = nf_hook_ingress(skb);
    rcu_read_unlock();
    return TRACE_RET(verdict);
}

} // namespace skbscope::stack
