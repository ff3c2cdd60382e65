// SPDX-License-Identifier: GPL-2.0-or-later
// The neighbour table: finding, making, ageing and removing entries. What happens to an entry over its life is in
// neighbour_nud.cpp, sending through one in neighbour_output.cpp. Linux 6.1: net/core/neighbour.c
#include "net/neighbour.h"

#include "linux/err.h"
#include "linux/random.h"
#include "linux/rtnetlink.h"
#include "linux/slab.h"
#include "net/core/neighbour_internal.h"
#include "net/net_namespace.h"
#include "net/netevent.h"

#include <algorithm>
#include <cstring>

namespace skbscope::stack {

// Linux 6.1: include/net/neighbour.h
bool neigh_key_eq32(const neighbour *n, const void *pkey) {
    return std::memcmp(n->primary_key.data(), pkey, 4) == 0;
}

neighbour *___neigh_lookup_noref(neigh_table *tbl, bool (*key_eq)(const neighbour *, const void *),
                                 u32 (*hash)(const void *, const net_device *, const u32 *), const void *pkey,
                                 net_device *dev) {
    TRACE_FN();
    const neigh_hash_table *nht = tbl->nht;
    const u32 hash_val = hash(pkey, dev, nht->hash_rnd.data()) >> (32 - nht->hash_shift);
    for (neighbour *n = nht->hash_buckets[hash_val]; n; n = n->next)
        if (n->dev == dev && key_eq(n, pkey)) return TRACE_RET(n);
    return nullptr;
}

// Between half and one and a half of base, so that hosts do not all ask at once.
unsigned long neigh_rand_reach_time(unsigned long base) {
    return base != 0 ? prandom_u32_max(static_cast<u32>(base)) + (base >> 1) : 0;
}

int neigh_blackhole(neighbour *, sk_buff *skb) {
    TRACE_FN(skb);
    kfree_skb(skb);
    return TRACE_RET(-ENETDOWN);
}

void neigh_cleanup_and_release(neighbour *neigh) {
    TRACE_FN();
    __neigh_notify(neigh, RTM_DELNEIGH, 0, 0);
    call_netevent_notifiers(NETEVENT_NEIGH_UPDATE, neigh);
    neigh_release(neigh);
}

void neigh_mark_dead(neighbour *n) {
    n->dead = true;
    if (!list_empty(&n->gc_list)) {
        list_del_init(&n->gc_list);
        --n->tbl->gc_entries;
    }
    if (!list_empty(&n->managed_list)) list_del_init(&n->managed_list);
}

// Permanent and externally learned entries are no prey of the garbage collector.
void neigh_update_gc_list(neighbour *n) {
    TRACE_FN();
    write_lock_bh(&n->tbl->lock);
    write_lock(&n->lock);
    if (!n->dead) {
        const bool exempt_from_gc = (n->nud_state & NUD_PERMANENT) || (n->flags & NTF_EXT_LEARNED);
        const bool on_gc_list = !list_empty(&n->gc_list);
        if (exempt_from_gc && on_gc_list) {
            list_del_init(&n->gc_list);
            --n->tbl->gc_entries;
        } else if (!exempt_from_gc && !on_gc_list) {
            list_add_tail(&n->gc_list, &n->tbl->gc_list);
            ++n->tbl->gc_entries;
        }
    }
    write_unlock(&n->lock);
    write_unlock_bh(&n->tbl->lock);
}

namespace {

bool neigh_del(neighbour *n, neighbour **np) {
    bool removed = false;
    write_lock(&n->lock);
    if (refcount_read(&n->refcnt) == 1) {
        *np = n->next;
        neigh_mark_dead(n);
        removed = true;
    }
    write_unlock(&n->lock);
    if (removed) neigh_cleanup_and_release(n);
    return removed;
}

} // namespace

bool neigh_remove_one(neighbour *ndel, neigh_table *tbl) {
    TRACE_FN();
    neigh_hash_table *nht = tbl->nht;
    const u32 hash_val = tbl->hash(ndel->primary_key.data(), ndel->dev, nht->hash_rnd.data()) >> (32 - nht->hash_shift);
    for (neighbour **np = &nht->hash_buckets[hash_val]; *np; np = &(*np)->next)
        if (*np == ndel) return TRACE_RET(neigh_del(ndel, np));
    return TRACE_RET(false);
}

namespace {

// The table is full: take what failed, needs no address, or was not touched for five seconds.
int neigh_forced_gc(neigh_table *tbl) {
    TRACE_FN();
    const int max_clean = tbl->gc_entries - tbl->gc_thresh2;
    const unsigned long tref = jiffies_now() - 5 * HZ;
    int shrunk = 0;
    ++tbl->stats.forced_gc_runs;
    write_lock_bh(&tbl->lock);
    for (neighbour *n : list_entries(&tbl->gc_list, &neighbour::gc_list)) {
        if (refcount_read(&n->refcnt) != 1) continue;
        write_lock(&n->lock);
        const bool remove = n->nud_state == NUD_FAILED || n->nud_state == NUD_NOARP ||
                            (tbl->is_multicast && tbl->is_multicast(n->primary_key.data())) ||
                            !time_in_range(n->updated, tref, jiffies_now());
        write_unlock(&n->lock);
        if (remove && neigh_remove_one(n, tbl)) ++shrunk;
        if (shrunk >= max_clean) break;
    }
    tbl->last_flush = jiffies_now();
    write_unlock_bh(&tbl->lock);
    return TRACE_RET(shrunk);
}

neighbour *neigh_alloc(neigh_table *tbl, u32 flags, bool exempt_from_gc) {
    TRACE_FN();
    const unsigned long now = jiffies_now();
    if (!exempt_from_gc) {
        const int entries = tbl->gc_entries++;
        const bool full = entries >= tbl->gc_thresh3;
        if (full || (entries >= tbl->gc_thresh2 && time_after(now, tbl->last_flush + 5 * HZ))) {
            if (!neigh_forced_gc(tbl) && full) {
                ++tbl->stats.table_fulls;
                --tbl->gc_entries;
                return nullptr;
            }
        }
    }
    auto *n = knew<neighbour>();
    n->updated = n->used = now;
    n->output = neigh_blackhole;
    n->flags = flags;
    n->parms = neigh_parms_clone(&tbl->parms);
    timer_setup(&n->timer, neigh_timer_handler, 0);
    ++tbl->stats.allocs;
    n->tbl = tbl;
    refcount_set(&n->refcnt, 1);
    n->dead = true; // until it is in the table
    ++tbl->entries;
    return TRACE_RET(n);
}

neigh_hash_table *neigh_hash_alloc(unsigned shift) {
    auto *ret = new neigh_hash_table;
    ret->hash_buckets.resize(size_t{1} << shift);
    ret->hash_shift = shift;
    for (u32 &rnd : ret->hash_rnd)
        rnd = get_random_u32() | 1;
    return ret;
}

neigh_hash_table *neigh_hash_grow(neigh_table *tbl, unsigned new_shift) {
    TRACE_FN();
    ++tbl->stats.hash_grows;
    neigh_hash_table *old_nht = tbl->nht;
    neigh_hash_table *new_nht = neigh_hash_alloc(new_shift);
    for (neighbour *n : old_nht->hash_buckets) {
        while (n) {
            neighbour *next = n->next;
            const u32 hash = tbl->hash(n->primary_key.data(), n->dev, new_nht->hash_rnd.data()) >> (32 - new_shift);
            n->next = new_nht->hash_buckets[hash];
            new_nht->hash_buckets[hash] = n;
            n = next;
        }
    }
    tbl->nht = new_nht;
    delete old_nht; // after a grace period in the kernel; here no reader can be in it
    return TRACE_RET(new_nht);
}

} // namespace

neighbour *neigh_lookup(neigh_table *tbl, const void *pkey, net_device *dev) {
    TRACE_FN();
    ++tbl->stats.lookups;
    rcu_read_lock();
    neighbour *n = __neigh_lookup_noref(tbl, pkey, dev);
    if (n) {
        if (!refcount_inc_not_zero(&n->refcnt)) n = nullptr;
        ++tbl->stats.hits;
    }
    rcu_read_unlock();
    return TRACE_RET(n);
}

namespace {

// The entry never made it into the table.
neighbour *neigh_create_failed(neigh_table *tbl, neighbour *n, bool exempt_from_gc, neighbour *rc) {
    if (!exempt_from_gc) --tbl->gc_entries;
    neigh_release(n);
    return rc;
}

neighbour *___neigh_create(neigh_table *tbl, const void *pkey, net_device *dev, u32 flags, bool exempt_from_gc,
                           bool want_ref) {
    TRACE_FN();
    neighbour *n = neigh_alloc(tbl, flags, exempt_from_gc);
    if (!n) return ERR_PTR(-ENOBUFS);
    std::memcpy(n->primary_key.data(), pkey, tbl->key_len);
    n->dev = dev;
    dev_hold(dev);
    if (const int error = tbl->constructor(n); error < 0)
        return neigh_create_failed(tbl, n, exempt_from_gc, ERR_PTR(error));
    n->confirmed =
        jiffies_now() - (static_cast<unsigned long>(NEIGH_VAR(n->parms, NEIGH_VAR_BASE_REACHABLE_TIME)) << 1);

    write_lock_bh(&tbl->lock);
    neigh_hash_table *nht = tbl->nht;
    if (tbl->entries > (1 << nht->hash_shift)) nht = neigh_hash_grow(tbl, nht->hash_shift + 1);
    const u32 hash_val = tbl->hash(n->primary_key.data(), dev, nht->hash_rnd.data()) >> (32 - nht->hash_shift);
    if (n->parms->dead) {
        write_unlock_bh(&tbl->lock);
        return neigh_create_failed(tbl, n, exempt_from_gc, ERR_PTR(-EINVAL));
    }
    for (neighbour *n1 = nht->hash_buckets[hash_val]; n1; n1 = n1->next) {
        if (n1->dev != dev || n1->primary_key != n->primary_key) continue;
        if (want_ref) neigh_hold(n1); // somebody was faster
        write_unlock_bh(&tbl->lock);
        return neigh_create_failed(tbl, n, exempt_from_gc, n1);
    }
    n->dead = false;
    if (!exempt_from_gc) list_add_tail(&n->gc_list, &tbl->gc_list);
    if (want_ref) neigh_hold(n);
    n->next = nht->hash_buckets[hash_val];
    nht->hash_buckets[hash_val] = n;
    write_unlock_bh(&tbl->lock);
    return TRACE_RET(n);
}

} // namespace

neighbour *__neigh_create(neigh_table *tbl, const void *pkey, net_device *dev, bool want_ref) {
    TRACE_FN();
    return TRACE_RET(___neigh_create(tbl, pkey, dev, 0, false, want_ref));
}

neighbour *neigh_create_exempt(neigh_table *tbl, const void *pkey, net_device *dev) {
    return ___neigh_create(tbl, pkey, dev, 0, true, true);
}

namespace {

void neigh_free_rcu(rcu_head *head) {
    kdelete(container_of(head, &neighbour::rcu));
}

void neigh_parms_put(neigh_parms *parms) {
    if (refcount_dec_and_test(&parms->refcnt)) kdelete(parms);
}

} // namespace

// Its last user is gone; it was out of the table before.
void neigh_destroy(neighbour *neigh) {
    TRACE_FN();
    ++neigh->tbl->stats.destroys;
    BUG_ON(!neigh->dead);
    BUG_ON(neigh_del_timer(neigh));
    write_lock_bh(&neigh->lock);
    __skb_queue_purge(&neigh->arp_queue);
    write_unlock_bh(&neigh->lock);
    neigh->arp_queue_len_bytes = 0;
    dev_put(neigh->dev);
    neigh_parms_put(neigh->parms);
    --neigh->tbl->entries;
    call_rcu(&neigh->rcu, neigh_free_rcu);
}

namespace {

// Every entry of a device, or of all; skip_perm leaves the permanent ones.
void neigh_flush_dev(neigh_table *tbl, net_device *dev, bool skip_perm) {
    TRACE_FN();
    for (neighbour *&bucket : tbl->nht->hash_buckets) {
        neighbour **np = &bucket;
        while (neighbour *n = *np) {
            if ((dev && n->dev != dev) || (skip_perm && (n->nud_state & NUD_PERMANENT))) {
                np = &n->next;
                continue;
            }
            *np = n->next;
            write_lock(&n->lock);
            neigh_del_timer(n);
            neigh_mark_dead(n);
            if (refcount_read(&n->refcnt) != 1) {
                // Somebody still holds it: make it harmless, it is freed with the last reference.
                __skb_queue_purge(&n->arp_queue);
                n->arp_queue_len_bytes = 0;
                n->output = neigh_blackhole;
                n->nud_state = n->nud_state & NUD_VALID ? NUD_NOARP : NUD_NONE;
            }
            write_unlock(&n->lock);
            neigh_cleanup_and_release(n);
        }
    }
}

void __neigh_ifdown(neigh_table *tbl, net_device *dev, bool skip_perm) {
    write_lock_bh(&tbl->lock);
    neigh_flush_dev(tbl, dev, skip_perm);
    pneigh_ifdown(tbl, dev, skip_perm);
    write_unlock_bh(&tbl->lock);
    pneigh_queue_purge(tbl, dev ? dev_net(dev) : nullptr);
}

} // namespace

void neigh_changeaddr(neigh_table *tbl, net_device *dev) {
    TRACE_FN();
    write_lock_bh(&tbl->lock);
    neigh_flush_dev(tbl, dev, false);
    write_unlock_bh(&tbl->lock);
}

int neigh_carrier_down(neigh_table *tbl, net_device *dev) {
    TRACE_FN();
    __neigh_ifdown(tbl, dev, true);
    return TRACE_RET(0);
}

int neigh_ifdown(neigh_table *tbl, net_device *dev) {
    TRACE_FN();
    __neigh_ifdown(tbl, dev, false);
    return TRACE_RET(0);
}

namespace {

bool neigh_is_garbage(const neighbour *n, u8 state) {
    const unsigned long now = jiffies_now();
    const auto staletime = static_cast<unsigned long>(NEIGH_VAR(n->parms, NEIGH_VAR_GC_STALETIME));
    const bool recently_used = time_after_eq(now, n->used) && time_before(now, n->used + staletime);
    return refcount_read(&n->refcnt) == 1 && (state == NUD_FAILED || !recently_used);
}

void neigh_collect_bucket(neighbour **np) {
    while (neighbour *n = *np) {
        write_lock(&n->lock);
        const u8 state = n->nud_state;
        const bool exempt = (state & (NUD_PERMANENT | NUD_IN_TIMER)) || (n->flags & NTF_EXT_LEARNED);
        if (!exempt && time_before(n->used, n->confirmed) && time_before_eq(n->confirmed, jiffies_now()))
            n->used = n->confirmed;
        if (exempt || !neigh_is_garbage(n, state)) {
            write_unlock(&n->lock);
            np = &n->next;
            continue;
        }
        *np = n->next;
        neigh_mark_dead(n);
        write_unlock(&n->lock);
        neigh_cleanup_and_release(n);
    }
}

// Every BASE_REACHABLE_TIME / 2: new random reachable times, and old entries go when there are many.
void neigh_periodic_work(work_struct *work) {
    TRACE_FN();
    neigh_table *tbl = container_of(to_delayed_work(work), &neigh_table::gc_work);
    ++tbl->stats.periodic_gc_runs;
    write_lock_bh(&tbl->lock);
    if (time_after(jiffies_now(), tbl->last_rand + 300 * HZ)) {
        tbl->last_rand = jiffies_now();
        for (neigh_parms *p : list_entries(&tbl->parms_list, &neigh_parms::list))
            p->reachable_time = static_cast<int>(
                neigh_rand_reach_time(static_cast<unsigned long>(NEIGH_VAR(p, NEIGH_VAR_BASE_REACHABLE_TIME))));
    }
    if (tbl->entries >= tbl->gc_thresh1) {
        for (size_t i = 0; i < tbl->nht->hash_buckets.size(); ++i) {
            neigh_collect_bucket(&tbl->nht->hash_buckets[i]);
            write_unlock_bh(&tbl->lock); // let others in between two buckets
            write_lock_bh(&tbl->lock);
        }
    }
    schedule_delayed_work(&tbl->gc_work,
                          static_cast<unsigned long>(NEIGH_VAR(&tbl->parms, NEIGH_VAR_BASE_REACHABLE_TIME) >> 1));
    write_unlock_bh(&tbl->lock);
}

void neigh_rcu_free_parms(rcu_head *head) {
    neigh_parms_put(container_of(head, &neigh_parms::rcu));
}

} // namespace

neigh_parms *neigh_parms_alloc(net_device *dev, neigh_table *tbl) {
    TRACE_FN();
    auto *p = knew<neigh_parms>();
    p->data = tbl->parms.data;
    p->tbl = tbl;
    refcount_set(&p->refcnt, 1);
    p->reachable_time = static_cast<int>(
        neigh_rand_reach_time(static_cast<unsigned long>(NEIGH_VAR(p, NEIGH_VAR_BASE_REACHABLE_TIME))));
    dev_hold(dev);
    p->dev = dev;
    p->net = dev_net(dev);
    write_lock_bh(&tbl->lock);
    list_add(&p->list, &tbl->parms.list);
    write_unlock_bh(&tbl->lock);
    return TRACE_RET(p);
}

void neigh_parms_release(neigh_table *tbl, neigh_parms *parms) {
    TRACE_FN();
    if (!parms || parms == &tbl->parms) return;
    write_lock_bh(&tbl->lock);
    list_del(&parms->list);
    parms->dead = true;
    write_unlock_bh(&tbl->lock);
    dev_put(parms->dev);
    call_rcu(&parms->rcu, neigh_rcu_free_parms);
}

void neigh_table_init(neigh_table *tbl) {
    TRACE_FN();
    const unsigned long now = jiffies_now();
    list_add(&tbl->parms.list, &tbl->parms_list);
    refcount_set(&tbl->parms.refcnt, 1);
    tbl->parms.reachable_time = static_cast<int>(
        neigh_rand_reach_time(static_cast<unsigned long>(NEIGH_VAR(&tbl->parms, NEIGH_VAR_BASE_REACHABLE_TIME))));
    tbl->nht = neigh_hash_alloc(3);
    neigh_proxy_init(tbl);
    INIT_DEFERRABLE_WORK(&tbl->gc_work, neigh_periodic_work);
    schedule_delayed_work(&tbl->gc_work, static_cast<unsigned long>(tbl->parms.reachable_time));
    tbl->last_flush = now;
    tbl->last_rand = now + static_cast<unsigned long>(tbl->parms.reachable_time) * 20;
}

void neigh_table_clear(neigh_table *tbl) {
    cancel_delayed_work_sync(&tbl->gc_work);
    neigh_ifdown(tbl, nullptr);
    delete tbl->nht;
    tbl->nht = nullptr;
}

} // namespace skbscope::stack
