// SPDX-License-Identifier: GPL-2.0-or-later
// The life of a destination. Linux 6.1: net/core/dst.c
#include "net/dst.h"

#include "net/net_namespace.h"
#include "sim/machine_state.h"

#include <cstring>

namespace skbscope::stack {

const dst_metrics dst_default_metrics = {.metrics = {}, .refcnt = {1}};

// Linux 6.1: drivers/net/loopback.c
net_device *blackhole_netdev() {
    static machine_global<net_device> dev;
    if (!dev->nd_net) {
        std::strcpy(dev->name, "blackhole_dev");
        refcount_set(&dev->dev_refcnt, 1);
        dev->reg_state = NETREG_DUMMY;
        dev->mtu = ETH_MIN_MTU;
        dev->flags = IFF_UP | IFF_RUNNING;
        dev_net_set(&dev.get(), init_net());
    }
    return &dev.get();
}

int dst_discard_out(net *, sock *, sk_buff *skb) {
    TRACE_FN(skb);
    kfree_skb(skb);
    return TRACE_RET(0);
}

int dst_discard(sk_buff *skb) {
    TRACE_FN(skb);
    return TRACE_RET(dst_discard_out(nullptr, skb->sk, skb));
}

void dst_init(dst_entry *dst, dst_ops *ops, net_device *dev, int initial_ref, int initial_obsolete, u16 flags) {
    TRACE_FN();
    dst->dev = dev;
    dev_hold(dev);
    dst->ops = ops;
    dst->input = dst_discard;
    dst->output = dst_discard_out;
    dst->obsolete = static_cast<short>(initial_obsolete);
    atomic_set(&dst->__refcnt, initial_ref);
    dst->lastuse = jiffies_now();
    dst->flags = flags;
    if (!(flags & DST_NOCOUNT)) ++ops->entries;
}

void *dst_alloc(dst_ops *ops, net_device *dev, int initial_ref, int initial_obsolete, u16 flags) {
    TRACE_FN();
    dst_entry *dst = ops->alloc();
    dst_init(dst, ops, dev, initial_ref, initial_obsolete, flags);
    return TRACE_RET(static_cast<void *>(dst));
}

dst_entry *dst_destroy(dst_entry *dst) {
    TRACE_FN();
    if (dst->ops->destroy) dst->ops->destroy(dst);
    dev_put(dst->dev);
    dst->ops->free(dst);
    return nullptr;
}

namespace {

void dst_destroy_rcu(rcu_head *head) {
    TRACE_FN();
    dst_destroy(container_of(head, &dst_entry::rcu_head));
}

void dst_count_dec(dst_entry *dst) {
    if (!(dst->flags & DST_NOCOUNT)) --dst->ops->entries;
}

} // namespace

// Packets that still hold it are dropped from now on; who asks dst_check() looks for another one.
void dst_dev_put(dst_entry *dst) {
    TRACE_FN();
    dst->obsolete = DST_OBSOLETE_DEAD;
    dst->input = dst_discard;
    dst->output = dst_discard_out;
    dev_put(dst->dev);
    dst->dev = blackhole_netdev();
    dev_hold(dst->dev);
}

void dst_release(dst_entry *dst) {
    TRACE_FN();
    if (!dst) return;
    const int newrefcnt = atomic_dec_return(&dst->__refcnt);
    BUG_ON(newrefcnt < 0);
    if (newrefcnt != 0) return;
    dst_count_dec(dst);
    call_rcu(&dst->rcu_head, dst_destroy_rcu);
}

void dst_release_immediate(dst_entry *dst) {
    TRACE_FN();
    if (!dst) return;
    const int newrefcnt = atomic_dec_return(&dst->__refcnt);
    BUG_ON(newrefcnt < 0);
    if (newrefcnt != 0) return;
    dst_count_dec(dst);
    dst_destroy(dst);
}

bool skb_dst_force(sk_buff *skb) {
    if (skb_dst_is_noref(skb)) {
        dst_entry *dst = skb_dst(skb);
        BUG_ON(!rcu_read_lock_held());
        if (!dst_hold_safe(dst)) dst = nullptr;
        skb->_skb_refdst = reinterpret_cast<std::uintptr_t>(dst);
        if (dst) skb->slow_gro = 1;
    }
    return skb->_skb_refdst != 0;
}

void dst_set_expires(dst_entry *dst, int timeout_jiffies) {
    unsigned long expires = jiffies_now() + static_cast<unsigned long>(timeout_jiffies);
    if (expires == 0) expires = 1;
    if (dst->expires == 0 || time_before(expires, dst->expires)) dst->expires = expires;
}

} // namespace skbscope::stack
