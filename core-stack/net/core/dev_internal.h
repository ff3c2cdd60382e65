// SPDX-License-Identifier: GPL-2.0-or-later
// What the parts of dev.cpp share. Linux 6.1: net/core/dev.c, dev.h
#pragma once

#include "linux/netdevice.h"
#include "linux/workqueue.h"
#include "sim/machine_state.h"

#include <array>

namespace skbscope::stack {

inline constexpr unsigned NAPI_HASH_SIZE = 256;
inline constexpr unsigned PTYPE_HASH_SIZE = 16, PTYPE_HASH_MASK = PTYPE_HASH_SIZE - 1;

struct dev_globals {
    std::array<list_head, PTYPE_HASH_SIZE> ptype_base; // packet_type by EtherType
    list_head ptype_all;                               // packet_type of taps: every packet
    raw_notifier_head netdev_chain;
    net_core_config config;
    int netstamp_needed = 0; // who wants every packet stamped
    unsigned napi_gen_id = 0;
    std::array<hlist_head, NAPI_HASH_SIZE> napi_hash; // sources by their id, for busy polling
    list_head net_todo_list;                          // devices to be freed (netdev_run_todo())
    list_head lweventlist;                            // devices whose carrier changed (net/core/link_watch.c)
    delayed_work linkwatch_work;
};
extern machine_global<dev_globals> dev_global;

// dev_rx_core.cpp
int __netif_receive_skb(sk_buff *skb);
int __netif_receive_skb_one_core(sk_buff *skb, bool pfmemalloc);
void __netif_receive_skb_list(list_head *head);
// dev_taps.cpp
void net_timestamp_check(bool condition, sk_buff *skb);
int deliver_skb(sk_buff *skb, packet_type *pt_prev, net_device *orig_dev);
// dev_backlog.cpp, dev_napi.cpp
void net_rx_action(softirq_action *h);
int process_backlog(napi_struct *napi, int quota);
int enqueue_to_backlog(sk_buff *skb, unsigned cpu, unsigned *qtail);
void net_rps_action_and_irq_enable(softnet_data *sd);
void skb_defer_free_flush(softnet_data *sd);
void trigger_rx_softirq(void *data);
void rps_trigger_softirq(void *data);
void flush_backlog_of(const net_device *dev);
// dev_rps.cpp. The CPU whose backlog gets the packet; -1: handle it here. *rflow: the flow's entry, when it has one.
rps_dev_flow *set_rps_cpu(net_device *dev, sk_buff *skb, rps_dev_flow *rflow, u16 next_cpu); // the flow goes there now
[[nodiscard]] int get_rps_cpu(net_device *dev, sk_buff *skb, rps_dev_flow **rflow);
// dev_busy_poll.cpp
void napi_hash_add(napi_struct *napi);
void napi_hash_del(napi_struct *napi);
// dev_ingress.cpp: the packet goes on (null: it is gone; *another: another device has it now)
[[nodiscard]] sk_buff *sch_handle_ingress(sk_buff *skb, packet_type **pt_prev, int *ret, net_device *orig_dev,
                                          bool *another);
int nf_ingress(sk_buff *skb, packet_type **pt_prev, int *ret, net_device *orig_dev); // < 0: it is gone
// net_bh.cpp
void net_bh();
int netif_rx_bh(sk_buff *skb);
// dev_validate.cpp
[[nodiscard]] sk_buff *validate_xmit_skb(sk_buff *skb, net_device *dev, bool *again);
// dev_kfree.cpp: what __dev_kfree_skb_irq() keeps in the control buffer until NET_TX_SOFTIRQ
struct dev_kfree_skb_cb {
    skb_free_reason reason;
};
// dev_tx_action.cpp
void net_tx_action(softirq_action *h);
int __napi_poll(napi_struct *n, bool *repoll);
// dev_napi_thread.cpp
int napi_kthread_create(napi_struct *n);
void napi_kthread_stop(napi_struct *n);
// gro.cpp
void flush_gro_hash(napi_struct *napi);
void gro_normal_list(napi_struct *napi);
void init_gro_hash(napi_struct *napi);
// link_watch.cpp
void linkwatch_init();
void linkwatch_fire_event(net_device *dev);
void linkwatch_forget_dev(net_device *dev);
// sysctl_net_core.cpp
void sysctl_core_init();
// dev_open.cpp
void __dev_close(net_device *dev); // it is up; the lock is held; NETDEV_DOWN is the caller's to tell
void netdev_state_change(net_device *dev);

} // namespace skbscope::stack
