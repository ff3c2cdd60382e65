// SPDX-License-Identifier: GPL-2.0-or-later
// The destination a packet is on its way to: which function takes it next (input or output), out of which device, with
// which metrics. A packet, a socket and a nexthop may all hold the same one; the last reference frees it after a grace
// period. Linux 6.1: include/net/dst.h
#pragma once

#include "linux/bug.h"
#include "linux/jiffies.h"
#include "linux/netdevice.h"
#include "linux/rcupdate.h"
#include "linux/refcount.h"
#include "linux/rtnetlink.h"
#include "linux/skbuff.h"
#include "linux/trace_fn.h"
#include "net/dst_ops.h"
#include "net/neighbour.h"

#include <array>

namespace skbscope::stack {

struct lwtunnel_state;
struct xfrm_state;

inline constexpr u16 DST_NOXFRM = 0x0002, DST_NOPOLICY = 0x0004, DST_NOCOUNT = 0x0008, DST_METADATA = 0x0080;
// dst_entry::obsolete. Below 0: ask dst_ops::check before each use. Above 0: dead.
inline constexpr short DST_OBSOLETE_NONE = 0, DST_OBSOLETE_DEAD = 2, DST_OBSOLETE_FORCE_CHK = -1,
                       DST_OBSOLETE_KILL = -2;

struct dst_metrics {
    std::array<u32, RTAX_MAX> metrics{}; // [RTAX_... - 1]
    refcount_t refcnt;
};
extern const dst_metrics dst_default_metrics; // all 0

struct dst_entry {
    net_device *dev = nullptr;
    dst_ops *ops = nullptr;
    const dst_metrics *_metrics = &dst_default_metrics;
    bool metrics_refcounted = false; // _metrics holds a reference (DST_METRICS_REFCOUNTED)
    unsigned long expires = 0;       // jiffies; 0 = never
    xfrm_state *xfrm = nullptr;
    int (*input)(sk_buff *skb) = nullptr;
    int (*output)(net *ns, sock *sk, sk_buff *skb) = nullptr;
    u16 flags = 0; // DST_...
    short obsolete = 0;
    u16 header_len = 0;  // more room needed in front, bytes
    u16 trailer_len = 0; // and behind
    atomic_t __refcnt;
    int __use = 0;
    unsigned long lastuse = 0; // jiffies
    lwtunnel_state *lwtstate = nullptr;
    struct rcu_head rcu_head;
    short error = 0; // negative errno, for routes that refuse
    u32 tclassid = 0;
};

inline u32 dst_metric_raw(const dst_entry *dst, unsigned metric) {
    return dst->_metrics->metrics[metric - 1];
}
inline u32 dst_metric(const dst_entry *dst, unsigned metric) {
    return dst_metric_raw(dst, metric);
}
inline bool dst_metric_locked(const dst_entry *dst, unsigned metric) {
    return (dst_metric_raw(dst, RTAX_LOCK) & (1U << metric)) != 0;
}
inline u32 dst_metric_advmss(const dst_entry *dst) {
    u32 advmss = dst_metric_raw(dst, RTAX_ADVMSS);
    return advmss != 0 ? advmss : dst->ops->default_advmss(dst);
}
inline bool dst_allfrag(const dst_entry *dst) {
    return (dst_metric_raw(dst, RTAX_FEATURES) & RTAX_FEATURE_ALLFRAG) != 0;
}
inline u32 dst_mtu(const dst_entry *dst) {
    return dst->ops->mtu(dst);
}

// Reference counting. dst_release() of the last one frees after an RCU grace period; null is fine.
void dst_release(dst_entry *dst);
void dst_release_immediate(dst_entry *dst);
inline void dst_hold(dst_entry *dst) {
    BUG_ON(!atomic_inc_not_zero(&dst->__refcnt));
}
inline bool dst_hold_safe(dst_entry *dst) {
    return atomic_inc_not_zero(&dst->__refcnt);
}
inline dst_entry *dst_clone(dst_entry *dst) {
    if (dst) dst_hold(dst);
    return dst;
}
inline void dst_use_noref(dst_entry *dst, unsigned long time) {
    if (time == dst->lastuse) return;
    ++dst->__use;
    dst->lastuse = time;
}

// A packet's reference may be borrowed (SKB_DST_NOREF): good until the RCU read side ends.
inline void refdst_drop(unsigned long refdst) {
    if (!(refdst & SKB_DST_NOREF)) dst_release(reinterpret_cast<dst_entry *>(refdst & SKB_DST_PTRMASK));
}
inline void skb_dst_drop(sk_buff *skb) {
    if (!skb->_skb_refdst) return;
    refdst_drop(skb->_skb_refdst);
    skb->_skb_refdst = 0;
}
inline void __skb_dst_copy(sk_buff *nskb, unsigned long refdst) {
    nskb->_skb_refdst = refdst;
    if (!(refdst & SKB_DST_NOREF)) dst_clone(skb_dst(nskb));
}
inline void skb_dst_copy(sk_buff *nskb, const sk_buff *oskb) {
    __skb_dst_copy(nskb, oskb->_skb_refdst);
}
// Turns a borrowed reference into an own one. False: the packet has no destination (any more).
bool skb_dst_force(sk_buff *skb);

void *dst_alloc(dst_ops *ops, net_device *dev, int initial_ref, int initial_obsolete, u16 flags);
void dst_init(dst_entry *dst, dst_ops *ops, net_device *dev, int initial_ref, int initial_obsolete, u16 flags);
dst_entry *dst_destroy(dst_entry *dst);
void dst_dev_put(dst_entry *dst); // the device goes away: blackhole from now on
int dst_discard_out(net *ns, sock *sk, sk_buff *skb);
int dst_discard(sk_buff *skb);
net_device *blackhole_netdev(); // what a destination points to once its device is gone (a global in the kernel)
void dst_set_expires(dst_entry *dst, int timeout_jiffies);

inline void dst_confirm(dst_entry *) {}
inline neighbour *dst_neigh_lookup(const dst_entry *dst, const void *daddr) {
    return dst->ops->neigh_lookup(dst, nullptr, daddr);
}
inline neighbour *dst_neigh_lookup_skb(const dst_entry *dst, sk_buff *skb) {
    return dst->ops->neigh_lookup(dst, skb, nullptr);
}
inline void dst_confirm_neigh(const dst_entry *dst, const void *daddr) {
    if (dst->ops->confirm_neigh) dst->ops->confirm_neigh(dst, daddr);
}
inline void dst_link_failure(sk_buff *skb) {
    dst_entry *dst = skb_dst(skb);
    if (dst && dst->ops && dst->ops->link_failure) dst->ops->link_failure(skb);
}
inline void skb_dst_update_pmtu(sk_buff *skb, u32 mtu) {
    dst_entry *dst = skb_dst(skb);
    if (dst && dst->ops->update_pmtu) dst->ops->update_pmtu(dst, nullptr, skb, mtu, true);
}

inline int dst_output(net *ns, sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    return TRACE_RET(skb_dst(skb)->output(ns, sk, skb));
}
inline int dst_input(sk_buff *skb) {
    TRACE_FN(skb);
    return TRACE_RET(skb_dst(skb)->input(skb));
}
inline dst_entry *dst_check(dst_entry *dst, u32 cookie) {
    return dst->obsolete != 0 ? dst->ops->check(dst, cookie) : dst;
}

inline net_device *dst_dev(const dst_entry *dst) {
    return dst->dev;
}
inline xfrm_state *dst_xfrm(const dst_entry *dst) {
    return dst->xfrm;
}

} // namespace skbscope::stack
