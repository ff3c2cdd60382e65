// SPDX-License-Identifier: GPL-2.0-or-later
// Answering for others: addresses we speak for (pneigh_entry), and the queue in which requests for them wait a random
// time, so that the one who has the address may answer first. Linux 6.1: net/core/neighbour.c
#include "linux/random.h"
#include "linux/slab.h"
#include "net/core/neighbour_internal.h"
#include "net/dst.h"
#include "net/net_namespace.h"
#include "sim/machine_state.h"

#include <cstring>

namespace skbscope::stack {

namespace {

u32 pneigh_hash(const void *pkey, unsigned key_len) {
    u32 hash = 0;
    std::memcpy(&hash, static_cast<const u8 *>(pkey) + key_len - sizeof(hash), sizeof(hash));
    hash ^= hash >> 16;
    hash ^= hash >> 8;
    hash ^= hash >> 4;
    return hash & (PNEIGH_HASH_SIZE - 1);
}

bool pneigh_matches(const pneigh_entry *n, const neigh_table *tbl, const net *ns, const void *pkey,
                    const net_device *dev) {
    return n->ns == ns && std::memcmp(n->key.data(), pkey, tbl->key_len) == 0 && (n->dev == dev || !n->dev);
}

// One packet fewer of the device waits.
void neigh_parms_qlen_dec(neigh_table *tbl, const net_device *dev) {
    for (neigh_parms *p : list_entries(&tbl->parms_list, &neigh_parms::list))
        if (p->dev == dev) --p->qlen;
}

// The time of some is up: look at them again as if they came now.
void neigh_proxy_process(timer_list *t) {
    TRACE_FN();
    neigh_table *tbl = container_of(t, &neigh_table::proxy_timer);
    const unsigned long now = jiffies_now();
    long sched_next = 0;
    spin_lock(&tbl->proxy_queue.lock);
    for (sk_buff *skb = skb_peek(&tbl->proxy_queue), *next = nullptr; skb; skb = next) {
        next = skb_peek_next(skb, &tbl->proxy_queue);
        const long left = static_cast<long>(NEIGH_CB(skb)->sched_next - now);
        if (left > 0) {
            if (sched_next == 0 || left < sched_next) sched_next = left;
            continue;
        }
        net_device *dev = skb->dev;
        neigh_parms_qlen_dec(tbl, dev);
        __skb_unlink(skb, &tbl->proxy_queue);
        if (tbl->proxy_redo && netif_running(dev))
            tbl->proxy_redo(skb);
        else
            kfree_skb(skb);
        dev_put(dev);
    }
    del_timer(&tbl->proxy_timer);
    if (sched_next != 0) mod_timer(&tbl->proxy_timer, jiffies_now() + static_cast<unsigned long>(sched_next));
    spin_unlock(&tbl->proxy_queue.lock);
}

} // namespace

void pneigh_enqueue(neigh_table *tbl, neigh_parms *p, sk_buff *skb) {
    TRACE_FN(skb);
    unsigned long sched_next = jiffies_now() + prandom_u32_max(static_cast<u32>(NEIGH_VAR(p, NEIGH_VAR_PROXY_DELAY)));
    if (p->qlen > static_cast<unsigned>(NEIGH_VAR(p, NEIGH_VAR_PROXY_QLEN))) return kfree_skb(skb);
    NEIGH_CB(skb)->sched_next = sched_next;
    NEIGH_CB(skb)->flags |= LOCALLY_ENQUEUED;
    spin_lock(&tbl->proxy_queue.lock);
    if (del_timer(&tbl->proxy_timer) && time_before(tbl->proxy_timer.expires, sched_next))
        sched_next = tbl->proxy_timer.expires;
    skb_dst_drop(skb);
    dev_hold(skb->dev);
    __skb_queue_tail(&tbl->proxy_queue, skb);
    ++p->qlen;
    mod_timer(&tbl->proxy_timer, sched_next);
    spin_unlock(&tbl->proxy_queue.lock);
}

// Requests of a namespace that wait are dropped; ns null: of all.
void pneigh_queue_purge(neigh_table *tbl, const net *ns) {
    TRACE_FN();
    sk_buff_head gone;
    skb_queue_head_init(&gone);
    spin_lock(&tbl->proxy_queue.lock);
    for (sk_buff *skb = skb_peek(&tbl->proxy_queue), *next = nullptr; skb; skb = next) {
        next = skb_peek_next(skb, &tbl->proxy_queue);
        if (ns && dev_net(skb->dev) != ns) continue;
        neigh_parms_qlen_dec(tbl, skb->dev);
        __skb_unlink(skb, &tbl->proxy_queue);
        __skb_queue_tail(&gone, skb);
    }
    spin_unlock(&tbl->proxy_queue.lock);
    while (sk_buff *skb = __skb_dequeue(&gone)) {
        dev_put(skb->dev);
        kfree_skb(skb);
    }
    if (skb_queue_empty(&tbl->proxy_queue)) del_timer(&tbl->proxy_timer);
}

pneigh_entry *pneigh_lookup(neigh_table *tbl, net *ns, const void *pkey, net_device *dev, bool creat) {
    TRACE_FN();
    pneigh_entry *&bucket = tbl->phash_buckets[pneigh_hash(pkey, tbl->key_len)];
    read_lock_bh(&tbl->lock);
    pneigh_entry *n = bucket;
    while (n && !pneigh_matches(n, tbl, ns, pkey, dev))
        n = n->next;
    read_unlock_bh(&tbl->lock);
    if (n || !creat) return TRACE_RET(n);
    n = knew<pneigh_entry>();
    n->ns = ns;
    n->dev = dev;
    std::memcpy(n->key.data(), pkey, tbl->key_len);
    if (dev) dev_hold(dev);
    write_lock_bh(&tbl->lock);
    n->next = bucket;
    bucket = n;
    write_unlock_bh(&tbl->lock);
    return TRACE_RET(n);
}

// Entries of a device, or all; skip_perm leaves the permanent ones. The table's lock is held.
void pneigh_ifdown(neigh_table *tbl, const net_device *dev, bool skip_perm) {
    for (pneigh_entry *&bucket : tbl->phash_buckets) {
        pneigh_entry **np = &bucket;
        while (pneigh_entry *n = *np) {
            if ((dev && n->dev != dev) || (skip_perm && n->permanent)) {
                np = &n->next;
                continue;
            }
            *np = n->next;
            if (n->dev) dev_put(n->dev);
            kdelete(n);
        }
    }
}

void neigh_proxy_init(neigh_table *tbl) {
    skb_queue_head_init(&tbl->proxy_queue);
    timer_setup(&tbl->proxy_timer, neigh_proxy_process, 0);
}

} // namespace skbscope::stack
