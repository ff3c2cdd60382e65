// SPDX-License-Identifier: GPL-2.0-or-later
// Neighbour unreachability detection: the state machine of an entry. Three things move it: a packet that wants to leave
// (__neigh_event_send), an answer or an administrator (neigh_update), and time (neigh_timer_handler).
// Linux 6.1: net/core/neighbour.c
#include "linux/rtnetlink.h"
#include "net/core/neighbour_internal.h"
#include "net/dst.h"
#include "net/netevent.h"

#include <algorithm>
#include <climits>
#include <cstring>

namespace skbscope::stack {

namespace {

unsigned long parm(const neighbour *n, neigh_var v) {
    return static_cast<unsigned long>(NEIGH_VAR(n->parms, v));
}

unsigned long retrans_time(const neighbour *n) {
    return std::max(parm(n, NEIGH_VAR_RETRANS_TIME), HZ / 100);
}

void neigh_add_timer(neighbour *n, unsigned long when) {
    TRACE_FN();
    // Keep the times within what jiffies can compare.
    const unsigned long mint = jiffies_now() - (LONG_MAX - 86400 * HZ);
    neigh_hold(n);
    if (!time_in_range(n->confirmed, mint, jiffies_now())) n->confirmed = mint;
    if (time_before(n->used, n->confirmed)) n->used = n->confirmed;
    BUG_ON(mod_timer(&n->timer, when));
}

// Disable the fast path: the address may be wrong.
void neigh_suspect(neighbour *neigh) {
    neigh->output = neigh->ops->output;
}

void neigh_connect(neighbour *neigh) {
    neigh->output = neigh->ops->connected_output;
}

int neigh_max_probes(const neighbour *n) {
    return NEIGH_VAR(n->parms, NEIGH_VAR_UCAST_PROBES) + NEIGH_VAR(n->parms, NEIGH_VAR_APP_PROBES) +
           (n->nud_state & NUD_PROBE ? NEIGH_VAR(n->parms, NEIGH_VAR_MCAST_REPROBES)
                                     : NEIGH_VAR(n->parms, NEIGH_VAR_MCAST_PROBES));
}

// Nobody answered: every packet that waits is reported as unreachable. Called and left with neigh->lock held; the
// report may come back to this very entry, so it runs without.
void neigh_invalidate(neighbour *neigh) {
    TRACE_FN();
    ++neigh->tbl->stats.res_failed;
    neigh->updated = jiffies_now();
    while (neigh->nud_state == NUD_FAILED) {
        sk_buff *skb = __skb_dequeue(&neigh->arp_queue);
        if (!skb) break;
        write_unlock(&neigh->lock);
        neigh->ops->error_report(neigh, skb);
        write_lock(&neigh->lock);
    }
    __skb_queue_purge(&neigh->arp_queue);
    neigh->arp_queue_len_bytes = 0;
}

// Asks. Releases neigh->lock. The newest waiting packet says from which address; a clone keeps it alive meanwhile.
void neigh_probe(neighbour *neigh) {
    TRACE_FN();
    sk_buff *skb = skb_peek_tail(&neigh->arp_queue);
    if (skb) skb = skb_clone(skb, GFP_ATOMIC);
    write_unlock(&neigh->lock);
    if (neigh->ops->solicit) neigh->ops->solicit(neigh, skb);
    ++neigh->probes;
    consume_skb(skb);
}

// REACHABLE and its time is up, or DELAY and its time is up. Sets what comes next and when; true: tell listeners.
bool neigh_time_passed(neighbour *neigh, unsigned long now, unsigned long *next) {
    const unsigned long delay = parm(neigh, NEIGH_VAR_DELAY_PROBE_TIME);
    const auto reachable = static_cast<unsigned long>(neigh->parms->reachable_time);
    if (neigh->nud_state & NUD_REACHABLE) {
        if (time_before_eq(now, neigh->confirmed + reachable)) {
            *next = neigh->confirmed + reachable;
            return false;
        }
        const bool in_use = time_before_eq(now, neigh->used + delay);
        neigh->nud_state = in_use ? NUD_DELAY : NUD_STALE;
        neigh->updated = now;
        neigh_suspect(neigh);
        if (in_use) *next = now + delay;
        return !in_use;
    }
    neigh->updated = now;
    if (time_before_eq(now, neigh->confirmed + delay)) { // an upper layer heard from it meanwhile
        neigh->nud_state = NUD_REACHABLE;
        neigh_connect(neigh);
        *next = neigh->confirmed + reachable;
    } else {
        neigh->nud_state = NUD_PROBE;
        neigh->probes = 0;
        *next = now + retrans_time(neigh);
    }
    return true;
}

// One step of the state machine by time; neigh->lock is held, and released. True: tell listeners.
bool neigh_timer_step(neighbour *neigh) {
    const unsigned long now = jiffies_now();
    unsigned long next = now + HZ;
    bool notify = false;
    if (!(neigh->nud_state & NUD_IN_TIMER)) {
        write_unlock(&neigh->lock);
        return false;
    }
    if (neigh->nud_state & (NUD_REACHABLE | NUD_DELAY))
        notify = neigh_time_passed(neigh, now, &next);
    else
        next = now + retrans_time(neigh);

    if ((neigh->nud_state & (NUD_INCOMPLETE | NUD_PROBE)) && neigh->probes >= neigh_max_probes(neigh)) {
        neigh->nud_state = NUD_FAILED;
        neigh_invalidate(neigh);
        write_unlock(&neigh->lock);
        return true;
    }
    if (neigh->nud_state & NUD_IN_TIMER) {
        if (time_before(next, jiffies_now() + HZ / 100)) next = jiffies_now() + HZ / 100;
        if (!mod_timer(&neigh->timer, next)) neigh_hold(neigh);
    }
    if (neigh->nud_state & (NUD_INCOMPLETE | NUD_PROBE))
        neigh_probe(neigh);
    else
        write_unlock(&neigh->lock);
    return notify;
}

} // namespace

int neigh_del_timer(neighbour *n) {
    TRACE_FN();
    if ((n->nud_state & NUD_IN_TIMER) && del_timer(&n->timer)) {
        neigh_release(n);
        return TRACE_RET(1);
    }
    return TRACE_RET(0);
}

void neigh_timer_handler(timer_list *t) {
    TRACE_FN();
    neighbour *neigh = container_of(t, &neighbour::timer);
    write_lock(&neigh->lock);
    if (neigh_timer_step(neigh)) neigh_update_notify(neigh, 0);
    neigh_release(neigh); // the timer's reference
}

namespace {

// Room for one more packet: the oldest ones go first. Called with neigh->lock held.
void neigh_queue_skb(neighbour *neigh, sk_buff *skb) {
    const auto limit = static_cast<unsigned>(NEIGH_VAR(neigh->parms, NEIGH_VAR_QUEUE_LEN_BYTES));
    while (neigh->arp_queue_len_bytes + skb->truesize > limit) {
        sk_buff *oldest = __skb_dequeue(&neigh->arp_queue);
        if (!oldest) break;
        neigh->arp_queue_len_bytes -= oldest->truesize;
        kfree_skb_reason(oldest, SKB_DROP_REASON_NEIGH_QUEUEFULL);
        ++neigh->tbl->stats.unres_discards;
    }
    skb_dst_force(skb);
    __skb_queue_tail(&neigh->arp_queue, skb);
    neigh->arp_queue_len_bytes += skb->truesize;
}

} // namespace

// A packet wants to leave and the address is not certain. 0: send it to what we have; 1: it waits, or is gone.
int __neigh_event_send(neighbour *neigh, sk_buff *skb, bool immediate_ok) {
    TRACE_FN(skb);
    bool immediate_probe = false;
    int rc = 0;

    write_lock_bh(&neigh->lock);
    if (neigh->nud_state & (NUD_CONNECTED | NUD_DELAY | NUD_PROBE)) goto out_unlock_bh;
    if (neigh->dead) {
        if (neigh->nud_state & NUD_STALE) goto out_unlock_bh;
        write_unlock_bh(&neigh->lock);
        kfree_skb_reason(skb, SKB_DROP_REASON_NEIGH_DEAD);
        return TRACE_RET(1);
    }
    if (!(neigh->nud_state & (NUD_STALE | NUD_INCOMPLETE))) {
        if (parm(neigh, NEIGH_VAR_MCAST_PROBES) + parm(neigh, NEIGH_VAR_APP_PROBES) == 0) {
            neigh->nud_state = NUD_FAILED;
            neigh->updated = jiffies_now();
            write_unlock_bh(&neigh->lock);
            kfree_skb_reason(skb, SKB_DROP_REASON_NEIGH_FAILED);
            return TRACE_RET(1);
        }
        const unsigned long now = jiffies_now();
        neigh->probes = NEIGH_VAR(neigh->parms, NEIGH_VAR_UCAST_PROBES); // no address: unicast cannot reach it
        neigh_del_timer(neigh);
        neigh->nud_state = NUD_INCOMPLETE;
        neigh->updated = now;
        immediate_probe = immediate_ok;
        neigh_add_timer(neigh, immediate_ok ? now + retrans_time(neigh) : now + 1);
    } else if (neigh->nud_state & NUD_STALE) {
        neigh_del_timer(neigh);
        neigh->nud_state = NUD_DELAY;
        neigh->updated = jiffies_now();
        neigh_add_timer(neigh, jiffies_now() + parm(neigh, NEIGH_VAR_DELAY_PROBE_TIME));
    }
    if (neigh->nud_state == NUD_INCOMPLETE) {
        if (skb) neigh_queue_skb(neigh, skb);
        rc = 1;
    }
out_unlock_bh:
    if (immediate_probe)
        neigh_probe(neigh);
    else
        write_unlock(&neigh->lock);
    local_bh_enable();
    return TRACE_RET(rc);
}

namespace {

void neigh_update_hhs(neighbour *neigh) {
    TRACE_FN();
    if (!neigh->dev->header_ops || !neigh->dev->header_ops->cache_update || neigh->hh.hh_len == 0) return;
    write_seqlock_bh(&neigh->hh.hh_lock);
    neigh->dev->header_ops->cache_update(&neigh->hh, neigh->dev, neigh->ha.data());
    write_sequnlock_bh(&neigh->hh.hh_lock);
}

// The address is known now: what waited goes out. Called and left with neigh->lock held.
void neigh_send_queue(neighbour *neigh) {
    while (neigh->nud_state & NUD_VALID) {
        sk_buff *skb = __skb_dequeue(&neigh->arp_queue);
        if (!skb) break;
        dst_entry *dst = skb_dst(skb);
        write_unlock_bh(&neigh->lock);
        rcu_read_lock();
        // The way out may have changed while it waited: ask the destination again.
        neighbour *again = nullptr;
        if (dst && dst->obsolete != DST_OBSOLETE_DEAD) again = dst_neigh_lookup_skb(dst, skb);
        if (IS_ERR(again)) again = nullptr;
        neighbour *via = again ? again : neigh;
        via->output(via, skb);
        if (again) neigh_release(again);
        rcu_read_unlock();
        write_lock_bh(&neigh->lock);
    }
    __skb_queue_purge(&neigh->arp_queue);
    neigh->arp_queue_len_bytes = 0;
}

struct neigh_change {
    u8 now; // the state it shall have
    bool notify = false;
    bool gc_update = false;
};

void neigh_update_flags(neighbour *neigh, u32 flags, neigh_change *change) {
    if (!(flags & NEIGH_UPDATE_F_ADMIN)) return;
    const u32 ndm_flags = flags & NEIGH_UPDATE_F_EXT_LEARNED ? NTF_EXT_LEARNED : 0;
    if (!((neigh->flags ^ ndm_flags) & NTF_EXT_LEARNED)) return;
    neigh->flags = (neigh->flags & ~NTF_EXT_LEARNED) | ndm_flags;
    change->notify = true;
    change->gc_update = true;
}

void neigh_update_invalid(neighbour *neigh, u8 old, neigh_change *change) {
    neigh_del_timer(neigh);
    if (old & NUD_CONNECTED) neigh_suspect(neigh);
    neigh->nud_state = change->now;
    change->notify = (old & NUD_VALID) != 0;
    if ((old & (NUD_INCOMPLETE | NUD_PROBE)) && (change->now & NUD_FAILED)) {
        neigh_invalidate(neigh);
        change->notify = true;
    }
}

// Which address the entry shall have: the given one, or its own when that is the same or none is given; null: none
// known.
const u8 *neigh_choose_lladdr(neighbour *neigh, const u8 *lladdr, u8 old) {
    if (neigh->dev->addr_len == 0) return neigh->ha.data();
    if (!lladdr) return old & NUD_VALID ? neigh->ha.data() : nullptr;
    const bool same = (old & NUD_VALID) && std::memcmp(lladdr, neigh->ha.data(), neigh->dev->addr_len) == 0;
    return same ? neigh->ha.data() : lladdr;
}

// Takes over a state that has an address. 0 or a negative errno.
int neigh_update_valid(neighbour *neigh, const u8 *lladdr, u8 old, u32 flags, neigh_change *change) {
    lladdr = neigh_choose_lladdr(neigh, lladdr, old);
    if (!lladdr) return -EINVAL;
    // Heard from it, even if nothing changes.
    if (change->now & NUD_CONNECTED) neigh->confirmed = jiffies_now();
    if (old & NUD_VALID) {
        const bool other = lladdr != neigh->ha.data();
        if (other && !(flags & NEIGH_UPDATE_F_OVERRIDE)) {
            if (!(flags & NEIGH_UPDATE_F_WEAK_OVERRIDE) || !(old & NUD_CONNECTED)) return 0;
            lladdr = neigh->ha.data();
            change->now = NUD_STALE;
        } else if (!other && change->now == NUD_STALE && !(flags & NEIGH_UPDATE_F_ADMIN)) {
            change->now = old; // it was valid with this address: hearsay does not make it worse
        }
    }
    const bool new_address = lladdr != neigh->ha.data();
    if (change->now != old || new_address) neigh->updated = jiffies_now();
    if (change->now != old) {
        neigh_del_timer(neigh);
        if (change->now & NUD_PROBE) neigh->probes = 0;
        if (change->now & NUD_IN_TIMER)
            neigh_add_timer(neigh, jiffies_now() + (change->now & NUD_REACHABLE
                                                        ? static_cast<unsigned long>(neigh->parms->reachable_time)
                                                        : 0UL));
        neigh->nud_state = change->now;
        change->notify = true;
    }
    if (new_address) {
        write_seqlock(&neigh->ha_lock);
        std::memcpy(neigh->ha.data(), lladdr, neigh->dev->addr_len);
        write_sequnlock(&neigh->ha_lock);
        neigh_update_hhs(neigh);
        if (!(change->now & NUD_CONNECTED))
            neigh->confirmed = jiffies_now() - (parm(neigh, NEIGH_VAR_BASE_REACHABLE_TIME) << 1);
        change->notify = true;
    }
    if (change->now == old) return 0;
    if (change->now & NUD_CONNECTED)
        neigh_connect(neigh);
    else
        neigh_suspect(neigh);
    if (!(old & NUD_VALID)) neigh_send_queue(neigh);
    return 0;
}

// lladdr: the new link address, or null: keep the one it has. The caller holds a reference.
int __neigh_update(neighbour *neigh, const u8 *lladdr, u8 new_state, u32 flags, u32 nlmsg_pid) {
    TRACE_FN();
    neigh_change change{.now = new_state};
    int err = -EPERM;

    write_lock_bh(&neigh->lock);
    const u8 old = neigh->nud_state;
    if (neigh->dead) {
        change.now = old;
    } else if ((flags & NEIGH_UPDATE_F_ADMIN) || !(old & (NUD_NOARP | NUD_PERMANENT))) {
        neigh_update_flags(neigh, flags, &change);
        err = 0;
        if (flags & (NEIGH_UPDATE_F_USE | NEIGH_UPDATE_F_MANAGED))
            neigh->nud_state = change.now = old & static_cast<u8>(~NUD_PERMANENT);
        else if (!(new_state & NUD_VALID))
            neigh_update_invalid(neigh, old, &change);
        else
            err = neigh_update_valid(neigh, lladdr, old, flags, &change);
    }
    write_unlock_bh(&neigh->lock);
    if (((change.now ^ old) & NUD_PERMANENT) || change.gc_update) neigh_update_gc_list(neigh);
    if (change.notify) neigh_update_notify(neigh, nlmsg_pid);
    return TRACE_RET(err);
}

} // namespace

int neigh_update(neighbour *neigh, const u8 *lladdr, u8 new_state, u32 flags, u32 nlmsg_pid) {
    TRACE_FN();
    return TRACE_RET(__neigh_update(neigh, lladdr, new_state, flags, nlmsg_pid));
}

// A neighbour asked for us, and thereby said who it is.
neighbour *neigh_event_ns(neigh_table *tbl, const u8 *lladdr, const void *saddr, net_device *dev) {
    TRACE_FN();
    neighbour *neigh = neigh_lookup(tbl, saddr, dev);
    if (!neigh && (lladdr || dev->addr_len == 0)) {
        neigh = neigh_create(tbl, saddr, dev);
        if (IS_ERR(neigh)) neigh = nullptr;
    }
    if (neigh) neigh_update(neigh, lladdr, NUD_STALE, NEIGH_UPDATE_F_OVERRIDE, 0);
    return TRACE_RET(neigh);
}

} // namespace skbscope::stack
