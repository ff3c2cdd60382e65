// SPDX-License-Identifier: GPL-2.0-or-later
// Who wants packets of a protocol, or all of them (taps), and what taps see of the way out. Linux 6.1: net/core/dev.c
#include "linux/netdevice.h"
#include "linux/rcupdate.h"
#include "net/core/dev_internal.h"
#include "net/sock.h"

namespace skbscope::stack {

namespace {

list_head *ptype_head(const packet_type *pt) {
    if (pt->type == cpu_to_be16(ETH_P_ALL)) return pt->dev ? &pt->dev->ptype_all : &dev_global->ptype_all;
    return pt->dev ? &pt->dev->ptype_specific : &dev_global->ptype_base[be16_to_cpu(pt->type) & PTYPE_HASH_MASK];
}

bool skb_loop_sk(packet_type *ptype, sk_buff *skb) {
    if (!ptype->af_packet_priv || !skb->sk) return false;
    if (ptype->id_match) return ptype->id_match(ptype, skb->sk);
    return ptype->af_packet_priv == skb->sk;
}

} // namespace

void dev_add_pack(packet_type *pt) {
    TRACE_FN();
    list_add_rcu(&pt->list, ptype_head(pt));
}
void __dev_remove_pack(packet_type *pt) {
    TRACE_FN();
    list_del_init(&pt->list);
}
void dev_remove_pack(packet_type *pt) {
    __dev_remove_pack(pt);
    synchronize_net();
}

void net_enable_timestamp() {
    ++dev_global->netstamp_needed;
}
void net_disable_timestamp() {
    --dev_global->netstamp_needed;
}
void net_timestamp_check(bool condition, sk_buff *skb) {
    if (dev_global->netstamp_needed && condition && !skb->tstamp) __net_timestamp(skb);
}

bool dev_nit_active(net_device *dev) {
    return !list_empty(&dev_global->ptype_all) || !list_empty(&dev->ptype_all);
}

// A copy of what is sent for the taps.
// Linux 6.1: net/core/dev.c
void dev_queue_xmit_nit(sk_buff *skb, net_device *dev) {
    TRACE_FN(skb);
    sk_buff *skb2 = nullptr;
    packet_type *pt_prev = nullptr;
    for (list_head *ptype_list : {&dev_global->ptype_all, &dev->ptype_all})
        for (packet_type *ptype : list_entries(ptype_list, &packet_type::list)) {
            if (ptype->ignore_outgoing || skb_loop_sk(ptype, skb)) continue;
            if (pt_prev) {
                deliver_skb(skb2, pt_prev, skb->dev);
                pt_prev = ptype;
                continue;
            }
            skb2 = skb_clone(skb, GFP_ATOMIC);
            if (dev_global->netstamp_needed && !skb2->tstamp) __net_timestamp(skb2);
            skb_reset_mac_header(skb2);
            if (skb_network_header(skb2) < skb2->data || skb_network_header(skb2) > skb_tail_pointer(skb2))
                skb_reset_network_header(skb2);
            skb2->transport_header = skb2->network_header;
            skb2->pkt_type = PACKET_OUTGOING;
            pt_prev = ptype;
        }
    if (pt_prev) pt_prev->func(skb2, skb->dev, pt_prev, skb->dev);
}

} // namespace skbscope::stack
