// SPDX-License-Identifier: GPL-2.0-or-later
// The way in, from the device to the protocol that wants the packet. On each round: taps, the ingress hooks, the VLAN
// device of its tag, the handler on top of the device; those last two may give it to another device, and the next round
// begins. Every receiver but the last one gets a reference (deliver_skb), the last one (pt_prev) gets the packet.
// Linux 6.1: net/core/dev.c
//
// Not modelled: generic XDP.
#include "linux/bug.h"
#include "linux/if_vlan.h"
#include "linux/netdevice.h"
#include "linux/rcupdate.h"
#include "net/core/dev_internal.h"
#include "sim/work_clock.h"

#include <utility>

namespace skbscope::stack {

int deliver_skb(sk_buff *skb, packet_type *pt_prev, net_device *orig_dev) {
    TRACE_FN(skb);
    refcount_inc(&skb->users);
    return TRACE_RET(pt_prev->func(skb, skb->dev, pt_prev, orig_dev));
}

namespace {

void deliver_ptype_list_skb(sk_buff *skb, packet_type **pt, net_device *orig_dev, be16 type, list_head *ptype_list) {
    TRACE_FN(skb);
    packet_type *pt_prev = *pt;
    for (packet_type *ptype : list_entries(ptype_list, &packet_type::list)) {
        if (ptype->type != type) continue;
        if (pt_prev) deliver_skb(skb, pt_prev, orig_dev);
        pt_prev = ptype;
    }
    *pt = pt_prev;
}

// One packet on its way, and what is known so far.
struct arrival {
    sk_buff *skb;
    net_device *orig_dev;           // that it came in through
    packet_type *pt_prev = nullptr; // the last receiver, who is not called yet
    bool deliver_exact = false;     // only receivers of this very device
    int ret = NET_RX_DROP;
};
enum class next : u8 { go_on, another_round, out };

void deliver_prev(arrival &a) {
    if (a.pt_prev) a.ret = deliver_skb(a.skb, std::exchange(a.pt_prev, nullptr), a.orig_dev);
}

void deliver_to_taps(arrival &a, list_head *taps) {
    for (packet_type *ptype : list_entries(taps, &packet_type::list)) {
        deliver_prev(a);
        a.pt_prev = ptype;
    }
}

next ingress_hooks(arrival &a) {
    bool another = false;
    a.skb->nf_skip_egress = 1;
    a.skb = sch_handle_ingress(a.skb, &a.pt_prev, &a.ret, a.orig_dev, &another);
    if (another) return next::another_round;
    if (!a.skb) return next::out;
    a.skb->nf_skip_egress = 0;
    return nf_ingress(a.skb, &a.pt_prev, &a.ret, a.orig_dev) < 0 ? next::out : next::go_on;
}

// Everybody who looks at packets of the device, whatever they are.
next onlookers(arrival &a, bool pfmemalloc) {
    if (a.skb->tc_skip_classify) {
        a.skb->tc_skip_classify = 0;
        return next::go_on;
    }
    if (!pfmemalloc) {
        deliver_to_taps(a, &dev_global->ptype_all);
        deliver_to_taps(a, &a.skb->dev->ptype_all);
    }
    if (dev_global->config.ingress_needed != 0)
        if (const next n = ingress_hooks(a); n != next::go_on) return n;
    a.skb->redirected = 0;
    return next::go_on;
}

next vlan_device(arrival &a) {
    if (!skb_vlan_tag_present(a.skb)) return next::go_on;
    deliver_prev(a);
    if (vlan_do_receive(&a.skb)) return next::another_round;
    return a.skb ? next::go_on : next::out;
}

// A bridge, a bond or the like on top of the device.
next handler(arrival &a) {
    const rx_handler_func_t rx_handler = a.skb->dev->rx_handler;
    if (!rx_handler) return next::go_on;
    deliver_prev(a);
    switch (rx_handler(&a.skb)) {
    case RX_HANDLER_CONSUMED:
        a.ret = NET_RX_SUCCESS;
        return next::out;
    case RX_HANDLER_ANOTHER:
        return next::another_round;
    case RX_HANDLER_EXACT:
        a.deliver_exact = true;
        return next::go_on;
    case RX_HANDLER_PASS:
        return next::go_on;
    default:
        panic("rx_handler of " + std::string(a.skb->dev->name) + ": a result that is none");
    }
}

// A tag that no VLAN device wanted. An id that is not 0 means a network that we are not on; id 0 is a priority alone,
// behind which another tag may stand.
next tag_left(arrival &a) {
    while (skb_vlan_tag_present(a.skb)) {
        const bool of_a_vlan = skb_vlan_tag_get_id(a.skb) != 0;
        if (of_a_vlan) a.skb->pkt_type = PACKET_OTHERHOST;
        __vlan_hwaccel_clear_tag(a.skb);
        if (of_a_vlan || !eth_type_vlan(a.skb->protocol)) break;
        a.skb = skb_vlan_untag(a.skb);
        if (!a.skb) return next::out;
        if (vlan_do_receive(&a.skb)) return next::another_round;
        if (!a.skb) return next::out;
    }
    return next::go_on;
}

[[nodiscard]] bool skb_pfmemalloc_protocol(const sk_buff *skb) {
    const u16 type = be16_to_cpu(skb->protocol);
    return type == ETH_P_ARP || type == ETH_P_IP || type == ETH_P_IPV6 || type == ETH_P_8021Q || type == ETH_P_8021AD;
}

void nobody(arrival &a) {
    if (a.deliver_exact)
        dev_core_stats_rx_nohandler_inc(a.skb->dev);
    else
        dev_core_stats_rx_dropped_inc(a.skb->dev);
    kfree_skb_reason(a.skb, SKB_DROP_REASON_UNHANDLED_PROTO);
    a.ret = NET_RX_DROP;
}

next one_round(arrival &a, bool pfmemalloc) {
    a.skb->skb_iif = a.skb->dev->ifindex;
    ++this_cpu_softnet()->processed;
    if (eth_type_vlan(a.skb->protocol)) {
        a.skb = skb_vlan_untag(a.skb);
        if (!a.skb) return next::out;
    }
    if (const next n = onlookers(a, pfmemalloc); n != next::go_on) return n;
    if (pfmemalloc && !skb_pfmemalloc_protocol(a.skb)) {
        nobody(a);
        return next::out;
    }
    for (const auto step : {vlan_device, handler, tag_left})
        if (const next n = step(a); n != next::go_on) return n;
    return next::go_on;
}

void deliver_to_protocols(arrival &a) {
    const be16 type = a.skb->protocol;
    if (!a.deliver_exact)
        deliver_ptype_list_skb(a.skb, &a.pt_prev, a.orig_dev, type,
                               &dev_global->ptype_base[be16_to_cpu(type) & PTYPE_HASH_MASK]);
    deliver_ptype_list_skb(a.skb, &a.pt_prev, a.orig_dev, type, &a.orig_dev->ptype_specific);
    if (a.skb->dev != a.orig_dev)
        deliver_ptype_list_skb(a.skb, &a.pt_prev, a.orig_dev, type, &a.skb->dev->ptype_specific);
}

// Finds who gets the packet. *ppt_prev: the last one, who is not called yet. *pskb: the packet as it is now; null:
// gone. Linux 6.1: net/core/dev.c
int __netif_receive_skb_core(sk_buff **pskb, bool pfmemalloc, packet_type **ppt_prev) {
    sk_buff *skb = *pskb;
    TRACE_FN(skb);
    work_done(work::stack_packet);
    net_timestamp_check(!dev_global->config.netdev_tstamp_prequeue, skb);
    skb_reset_network_header(skb);
    if (!skb_transport_header_was_set(skb)) skb_reset_transport_header(skb);
    skb_reset_mac_len(skb);

    arrival a{.skb = skb, .orig_dev = skb->dev};
    next n = next::another_round;
    while (n == next::another_round)
        n = one_round(a, pfmemalloc);
    if (n == next::go_on) {
        deliver_to_protocols(a);
        if (a.pt_prev)
            *ppt_prev = a.pt_prev; // the verdict is the last receiver's
        else
            nobody(a);
    }
    *pskb = a.skb;
    return TRACE_RET(a.ret);
}

} // namespace

// Linux 6.1: net/core/dev.c
int __netif_receive_skb_one_core(sk_buff *skb, bool pfmemalloc) {
    TRACE_FN(skb);
    net_device *orig_dev = skb->dev;
    packet_type *pt_prev = nullptr;
    int ret = __netif_receive_skb_core(&skb, pfmemalloc, &pt_prev);
    if (pt_prev) ret = pt_prev->func(skb, skb->dev, pt_prev, orig_dev);
    return TRACE_RET(ret);
}

namespace {

// Hands a batch of packets that go to the same receiver over in one call, when the receiver can take a list.
// Linux 6.1: net/core/dev.c
void __netif_receive_skb_list_ptype(list_head *head, packet_type *pt_prev, net_device *orig_dev) {
    TRACE_FN();
    if (!pt_prev || list_empty(head)) return;
    if (pt_prev->list_func) return pt_prev->list_func(head, pt_prev, orig_dev);
    while (!list_empty(head)) {
        sk_buff *skb = skb_of_list(head->next);
        list_del(skb_list(skb));
        pt_prev->func(skb, skb->dev, pt_prev, orig_dev);
    }
}

// Linux 6.1: net/core/dev.c
void __netif_receive_skb_list_core(list_head *head, bool pfmemalloc) {
    TRACE_FN();
    packet_type *pt_curr = nullptr; // of the batch so far
    net_device *od_curr = nullptr;
    list_head sublist;
    while (!list_empty(head)) {
        sk_buff *skb = skb_of_list(head->next);
        net_device *orig_dev = skb->dev;
        packet_type *pt_prev = nullptr;
        list_del(skb_list(skb));
        __netif_receive_skb_core(&skb, pfmemalloc, &pt_prev);
        if (!pt_prev) continue;
        if (pt_curr != pt_prev || od_curr != orig_dev) {
            __netif_receive_skb_list_ptype(&sublist, pt_curr, od_curr);
            INIT_LIST_HEAD(&sublist);
            pt_curr = pt_prev;
            od_curr = orig_dev;
        }
        list_add_tail(skb_list(skb), &sublist);
    }
    __netif_receive_skb_list_ptype(&sublist, pt_curr, od_curr);
}

} // namespace

// Linux 6.1: net/core/dev.c
void __netif_receive_skb_list(list_head *head) {
    TRACE_FN();
    if (!list_empty(head)) __netif_receive_skb_list_core(head, false);
}

// Linux 6.1: net/core/dev.c
int __netif_receive_skb(sk_buff *skb) {
    TRACE_FN(skb);
    return TRACE_RET(__netif_receive_skb_one_core(skb, false));
}

} // namespace skbscope::stack
