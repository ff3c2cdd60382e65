// SPDX-License-Identifier: GPL-2.0-or-later
// A device's way in: who wants its packets, and the calls that drivers hand them over with.
// Linux 6.1: include/linux/netdevice.h
#pragma once

#include "linux/netdevice.h"

namespace skbscope::stack {

struct packet_type {
    be16 type; // EtherType; ETH_P_ALL: every packet
    bool ignore_outgoing = false;
    net_device *dev = nullptr; // null: any
    int (*func)(sk_buff *skb, net_device *dev, packet_type *pt, net_device *orig_dev) = nullptr;
    void (*list_func)(list_head *head, packet_type *pt, net_device *orig_dev) = nullptr; // packets by skb_list()
    bool (*id_match)(packet_type *ptype, sock *sk) = nullptr;
    net *af_packet_net = nullptr;
    void *af_packet_priv = nullptr;
    list_head list;
};
void dev_add_pack(packet_type *pt);
void dev_remove_pack(packet_type *pt);
void __dev_remove_pack(packet_type *pt);

int netif_rx(sk_buff *skb);
int __netif_rx(sk_buff *skb);
int netif_receive_skb(sk_buff *skb);
int netif_receive_skb_core(sk_buff *skb);
void netif_receive_skb_list(list_head *head);
void netif_receive_skb_list_internal(list_head *head);
enum skb_free_reason : u8 { SKB_REASON_CONSUMED, SKB_REASON_DROPPED };
// For interrupt handlers, where no destructor may run: NET_TX_SOFTIRQ frees it. The _any forms ask where they are.
void __dev_kfree_skb_irq(sk_buff *skb, skb_free_reason reason);
void __dev_kfree_skb_any(sk_buff *skb, skb_free_reason reason);
void dev_kfree_skb_irq(sk_buff *skb);
void dev_consume_skb_irq(sk_buff *skb);
void dev_kfree_skb_any(sk_buff *skb);
void dev_consume_skb_any(sk_buff *skb);
// Somebody wants to look at packets before the protocols do.
void net_inc_ingress_queue();
void net_dec_ingress_queue();
void net_enable_timestamp();
void net_disable_timestamp();

} // namespace skbscope::stack
