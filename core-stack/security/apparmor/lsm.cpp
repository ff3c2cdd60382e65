// SPDX-License-Identifier: GPL-2.0-or-later
// AppArmor's hook after routing. Debian's kernel registers it in every namespace, so that each outgoing packet walks
// the hook list; without secmark rules it lets everything pass. Linux 6.1: security/apparmor/lsm.c
#include "linux/netfilter_ipv4.h"
#include "linux/skbuff.h"
#include "net/net_namespace.h"
#include "sim/machine_state.h"

namespace skbscope::stack {

namespace {

unsigned apparmor_ip_postroute(void *, sk_buff *skb, const nf_hook_state *) {
    TRACE_FN(skb);
    // The model has no profiles: nothing ever sets secmark.
    return TRACE_RET(skb->secmark == 0 ? NF_ACCEPT : NF_DROP);
}

const nf_hook_ops apparmor_nf_ops = {.hook = apparmor_ip_postroute,
                                     .pf = NFPROTO_IPV4,
                                     .hooknum = NF_INET_POST_ROUTING,
                                     .priority = NF_IP_PRI_SELINUX_FIRST};

} // namespace

// Linux 6.1: apparmor_nf_ip_init(), a late initcall
int apparmor_nf_ip_init() {
    static machine_global<pernet_operations> apparmor_net_ops;
    apparmor_net_ops->init = [](net *ns) { return nf_register_net_hook(ns, &apparmor_nf_ops); };
    apparmor_net_ops->exit = [](net *ns) { nf_unregister_net_hook(ns, &apparmor_nf_ops); };
    return register_pernet_subsys(&apparmor_net_ops.get());
}

} // namespace skbscope::stack
