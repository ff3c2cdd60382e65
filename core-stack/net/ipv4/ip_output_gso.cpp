// SPDX-License-Identifier: GPL-2.0-or-later
// A super-packet on its way out is cut up further down, by the device if it can. Unless its segments would not fit:
// what GRO merged on one link may have to go out on another with a smaller MTU. Linux 6.1: net/ipv4/ip_output.c
#include "linux/skbuff_gso.h"
#include "linux/trace_fn.h"
#include "net/ip.h"
#include "net/ipv4/ip_output_internal.h"

namespace skbscope::stack {

int ip_finish_output_gso(net *ns, sock *sk, sk_buff *skb, unsigned mtu) {
    TRACE_FN(skb);
    if (skb_gso_validate_network_len(skb, mtu)) return TRACE_RET(ip_finish_output2(ns, sk, skb));
    static_assert(sizeof(inet_skb_parm) <= SKB_GSO_CB_OFFSET, "IP keeps its part of skb->cb while the packet is cut");
    sk_buff *segs = skb_gso_segment(skb, netif_skb_features(skb) & ~NETIF_F_GSO_MASK);
    if (IS_ERR_OR_NULL(segs)) {
        kfree_skb(skb);
        return TRACE_RET(-ENOMEM);
    }
    consume_skb(skb);
    int ret = 0;
    sk_buff *next = nullptr;
    for (sk_buff *seg = segs; seg; seg = next) {
        next = seg->next;
        skb_mark_not_on_list(seg);
        const int err = ip_fragment(ns, sk, seg, mtu, ip_finish_output2);
        if (err != 0 && ret == 0) ret = err;
    }
    return TRACE_RET(ret);
}

} // namespace skbscope::stack
