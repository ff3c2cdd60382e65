// SPDX-License-Identifier: GPL-2.0-or-later
// Packets that arrive as a list (NAPI, GRO): each is checked by itself, but a run of packets for the same destination
// is routed once. Linux 6.1: net/ipv4/ip_input.c
#include "linux/netfilter_ipv4.h"
#include "net/ip.h"
#include "net/ip_fib.h"
#include "net/ipv4/ip_input_internal.h"
#include "net/l3mdev.h"

#include <vector>

namespace skbscope::stack {

namespace {

sk_buff *list_take(list_head *head) {
    if (list_empty(head)) return nullptr;
    sk_buff *skb = skb_of_list(head->next);
    list_del(skb_list(skb));
    skb_mark_not_on_list(skb);
    return skb;
}

void ip_sublist_rcv_finish(list_head *head) {
    TRACE_FN();
    while (sk_buff *skb = list_take(head))
        dst_input(skb);
}

const sk_buff *ip_extract_route_hint(const net *ns, const sk_buff *skb) {
    if (fib4_has_custom_rules(ns) || skb_rtable(skb)->rt_type == RTN_BROADCAST || (IPCB(skb)->flags & IPSKB_MULTIPATH))
        return nullptr;
    return skb;
}

void ip_list_rcv_finish(net *ns, list_head *head) {
    TRACE_FN();
    const sk_buff *hint = nullptr;
    const dst_entry *curr_dst = nullptr;
    list_head sublist;
    while (sk_buff *skb = list_take(head)) {
        net_device *dev = skb->dev;
        skb = l3mdev_ip_rcv(skb);
        if (!skb || ip_rcv_finish_core(ns, skb, dev, hint) == NET_RX_DROP) continue;
        if (curr_dst != skb_dst(skb)) {
            hint = ip_extract_route_hint(ns, skb);
            if (!list_empty(&sublist)) ip_sublist_rcv_finish(&sublist);
            curr_dst = skb_dst(skb);
        }
        list_add_tail(skb_list(skb), &sublist);
    }
    ip_sublist_rcv_finish(&sublist);
}

// The hooks see each packet; those they let pass go on as a list.
void ip_sublist_rcv(list_head *head, net_device *dev, net *ns) {
    TRACE_FN();
    NF_HOOK_LIST(NFPROTO_IPV4, NF_INET_PRE_ROUTING, ns, nullptr, head, dev, nullptr, nullptr);
    ip_list_rcv_finish(ns, head);
}

} // namespace

void ip_list_rcv(list_head *head, packet_type *, net_device *) {
    TRACE_FN();
    net_device *curr_dev = nullptr;
    list_head sublist;
    while (sk_buff *skb = list_take(head)) {
        net_device *dev = skb->dev;
        skb = ip_rcv_core(skb, dev_net(dev));
        if (!skb) continue;
        if (curr_dev != dev) {
            if (!list_empty(&sublist)) ip_sublist_rcv(&sublist, curr_dev, dev_net(curr_dev));
            curr_dev = dev;
        }
        list_add_tail(skb_list(skb), &sublist);
    }
    if (!list_empty(&sublist)) ip_sublist_rcv(&sublist, curr_dev, dev_net(curr_dev));
}

} // namespace skbscope::stack
