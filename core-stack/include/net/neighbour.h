// SPDX-License-Identifier: GPL-2.0-or-later
// Neighbours: who is on the link, under which link address, and how sure are we? One table a family (the model: ARP's),
// one entry per address and device, one state machine an entry (NUD_... in linux/neighbour.h).
//
//   NONE -> INCOMPLETE -> REACHABLE -> STALE -> DELAY -> PROBE -> FAILED      timers move it on, answers move it back
//
// Linux 6.1: include/net/neighbour.h
#pragma once

#include "linux/list.h"
#include "linux/neighbour.h"
#include "linux/netdevice.h"
#include "linux/rcupdate.h"
#include "linux/refcount.h"
#include "linux/skbuff.h"
#include "linux/spinlock.h"
#include "linux/timer.h"
#include "linux/trace_fn.h"
#include "linux/workqueue.h"

#include <array>
#include <bitset>
#include <vector>

namespace skbscope::stack {

struct net;
struct neighbour;
struct neigh_table;

inline constexpr u8 NUD_IN_TIMER = NUD_INCOMPLETE | NUD_REACHABLE | NUD_DELAY | NUD_PROBE;
inline constexpr u8 NUD_CONNECTED = NUD_PERMANENT | NUD_NOARP | NUD_REACHABLE;
inline constexpr u8 NUD_VALID = NUD_CONNECTED | NUD_PROBE | NUD_STALE | NUD_DELAY;

// net.ipv4.neigh.<device>.*; times in jiffies.
enum neigh_var : unsigned {
    NEIGH_VAR_MCAST_PROBES,
    NEIGH_VAR_UCAST_PROBES,
    NEIGH_VAR_APP_PROBES,
    NEIGH_VAR_MCAST_REPROBES,
    NEIGH_VAR_RETRANS_TIME,
    NEIGH_VAR_BASE_REACHABLE_TIME,
    NEIGH_VAR_DELAY_PROBE_TIME,
    NEIGH_VAR_INTERVAL_PROBE_TIME_MS,
    NEIGH_VAR_GC_STALETIME,
    NEIGH_VAR_QUEUE_LEN_BYTES,
    NEIGH_VAR_PROXY_QLEN,
    NEIGH_VAR_ANYCAST_DELAY,
    NEIGH_VAR_PROXY_DELAY,
    NEIGH_VAR_LOCKTIME,
    NEIGH_VAR_DATA_MAX
};

struct neigh_parms {
    struct net *net = nullptr;
    net_device *dev = nullptr; // null: the table's defaults
    list_head list;
    neigh_table *tbl = nullptr;
    bool dead = false;
    refcount_t refcnt;
    int reachable_time = 0; // drawn anew from BASE_REACHABLE_TIME every 300 s, jiffies
    unsigned qlen = 0;      // packets in the proxy queue
    std::array<int, NEIGH_VAR_DATA_MAX> data{};
    std::bitset<NEIGH_VAR_DATA_MAX> data_state; // set by hand: a change of "default" does not overwrite it
    struct rcu_head rcu;
};
inline int NEIGH_VAR(const neigh_parms *p, neigh_var v) {
    return p->data[v];
}

struct neigh_ops {
    int family;
    void (*solicit)(neighbour *neigh, sk_buff *skb);      // ask who it is
    void (*error_report)(neighbour *neigh, sk_buff *skb); // nobody answered
    int (*output)(neighbour *neigh, sk_buff *skb);
    int (*connected_output)(neighbour *neigh, sk_buff *skb);
};

struct neighbour {
    neighbour *next = nullptr; // of its hash bucket
    neigh_table *tbl = nullptr;
    neigh_parms *parms = nullptr;
    unsigned long confirmed = 0, updated = 0, used = 0; // jiffies
    rwlock_t lock;
    refcount_t refcnt;
    unsigned arp_queue_len_bytes = 0; // truesize of what waits
    sk_buff_head arp_queue;           // packets that wait for the address
    timer_list timer;
    int probes = 0;
    u8 nud_state = 0;
    u8 type = 0; // RTN_...
    bool dead = false;
    u8 protocol = 0;
    u32 flags = 0; // NTF_...
    seqlock_t ha_lock;
    std::array<u8, 32> ha{};
    hh_cache hh;
    int (*output)(neighbour *neigh, sk_buff *skb) = nullptr;
    const neigh_ops *ops = nullptr;
    list_head gc_list, managed_list;
    struct rcu_head rcu;
    net_device *dev = nullptr;
    std::array<u8, 4> primary_key{}; // the protocol address, network order
};

struct neigh_statistics {
    unsigned long allocs = 0, destroys = 0, hash_grows = 0, res_failed = 0, lookups = 0, hits = 0, periodic_gc_runs = 0,
                  forced_gc_runs = 0, unres_discards = 0, table_fulls = 0;
};

struct neigh_hash_table {
    std::vector<neighbour *> hash_buckets; // 1 << hash_shift
    unsigned hash_shift = 0;
    std::array<u32, 4> hash_rnd{};
};

// An address we answer for.
struct pneigh_entry {
    pneigh_entry *next = nullptr; // of its hash bucket
    struct net *ns = nullptr;
    net_device *dev = nullptr; // null: any
    bool permanent = false;
    std::array<u8, 4> key{}; // the protocol address, network order
};
inline constexpr unsigned PNEIGH_HASH_SIZE = 16;

struct neigh_table {
    int family = 0;
    unsigned key_len = 0; // bytes
    be16 protocol;        // ETH_P_...
    u32 (*hash)(const void *pkey, const net_device *dev, const u32 *hash_rnd) = nullptr;
    bool (*key_eq)(const neighbour *neigh, const void *pkey) = nullptr;
    int (*constructor)(neighbour *neigh) = nullptr;
    bool (*is_multicast)(const void *pkey) = nullptr;
    bool (*allow_add)(const net_device *dev) = nullptr;
    void (*proxy_redo)(sk_buff *skb) = nullptr; // looks at a request again that waited in proxy_queue
    const char *id = nullptr;
    neigh_parms parms; // defaults
    list_head parms_list;
    int gc_interval = 0, gc_thresh1 = 0, gc_thresh2 = 0, gc_thresh3 = 0;
    unsigned long last_flush = 0, last_rand = 0; // jiffies
    delayed_work gc_work;
    int entries = 0, gc_entries = 0;
    list_head gc_list; // entries that memory pressure may take
    rwlock_t lock;
    timer_list proxy_timer;
    sk_buff_head proxy_queue; // requests we answer for others, later
    std::array<pneigh_entry *, PNEIGH_HASH_SIZE> phash_buckets{};
    neigh_statistics stats;
    neigh_hash_table *nht = nullptr;
};

// flags of neigh_update()
inline constexpr u32 NEIGH_UPDATE_F_OVERRIDE = 1 << 0, NEIGH_UPDATE_F_WEAK_OVERRIDE = 1 << 1,
                     NEIGH_UPDATE_F_OVERRIDE_ISROUTER = 1 << 2, NEIGH_UPDATE_F_USE = 1 << 3,
                     NEIGH_UPDATE_F_MANAGED = 1 << 4, NEIGH_UPDATE_F_EXT_LEARNED = 1 << 5,
                     NEIGH_UPDATE_F_ISROUTER = 1 << 6, NEIGH_UPDATE_F_ADMIN = 1 << 7;

bool neigh_key_eq32(const neighbour *n, const void *pkey);
// The lookup of the fast path, with the table's functions known at compile time.
neighbour *___neigh_lookup_noref(neigh_table *tbl, bool (*key_eq)(const neighbour *, const void *),
                                 u32 (*hash)(const void *, const net_device *, const u32 *), const void *pkey,
                                 net_device *dev);
inline neighbour *__neigh_lookup_noref(neigh_table *tbl, const void *pkey, net_device *dev) {
    return ___neigh_lookup_noref(tbl, tbl->key_eq, tbl->hash, pkey, dev);
}

void neigh_table_init(neigh_table *tbl);
void neigh_table_clear(neigh_table *tbl);
neighbour *neigh_lookup(neigh_table *tbl, const void *pkey, net_device *dev); // takes a reference; null: none
neighbour *__neigh_create(neigh_table *tbl, const void *pkey, net_device *dev, bool want_ref); // or ERR_PTR
inline neighbour *neigh_create(neigh_table *tbl, const void *pkey, net_device *dev) {
    return __neigh_create(tbl, pkey, dev, true);
}
void neigh_destroy(neighbour *neigh);
int __neigh_event_send(neighbour *neigh, sk_buff *skb, bool immediate_ok);
int neigh_update(neighbour *neigh, const u8 *lladdr, u8 new_state, u32 flags, u32 nlmsg_pid);
bool neigh_remove_one(neighbour *ndel, neigh_table *tbl);
void neigh_changeaddr(neigh_table *tbl, net_device *dev);
int neigh_ifdown(neigh_table *tbl, net_device *dev);
int neigh_carrier_down(neigh_table *tbl, net_device *dev);
int neigh_resolve_output(neighbour *neigh, sk_buff *skb);
int neigh_connected_output(neighbour *neigh, sk_buff *skb);
int neigh_direct_output(neighbour *neigh, sk_buff *skb);
neighbour *neigh_event_ns(neigh_table *tbl, const u8 *lladdr, const void *saddr, net_device *dev);
void pneigh_enqueue(neigh_table *tbl, neigh_parms *p, sk_buff *skb);
pneigh_entry *pneigh_lookup(neigh_table *tbl, net *ns, const void *pkey, net_device *dev, bool creat);
neigh_parms *neigh_parms_alloc(net_device *dev, neigh_table *tbl);
void neigh_parms_release(neigh_table *tbl, neigh_parms *parms);
unsigned long neigh_rand_reach_time(unsigned long base);
void neigh_app_ns(neighbour *n);

inline neigh_parms *neigh_parms_clone(neigh_parms *parms) {
    refcount_inc(&parms->refcnt);
    return parms;
}
inline void neigh_hold(neighbour *n) {
    refcount_inc(&n->refcnt);
}
inline void neigh_release(neighbour *neigh) {
    if (refcount_dec_and_test(&neigh->refcnt)) neigh_destroy(neigh);
}
inline neighbour *neigh_clone(neighbour *neigh) {
    if (neigh) neigh_hold(neigh);
    return neigh;
}
void neigh_confirm(neighbour *n); // null is fine

int neigh_event_send_probe(neighbour *neigh, sk_buff *skb, bool immediate_ok);
int neigh_event_send(neighbour *neigh, sk_buff *skb);
// Copies the cached header in front of the packet and sends it.
int neigh_hh_output(const hh_cache *hh, sk_buff *skb);
int neigh_output(neighbour *n, sk_buff *skb, bool skip_cache);

struct neighbour_cb {
    unsigned long sched_next;
    unsigned flags;
};
inline constexpr unsigned LOCALLY_ENQUEUED = 0x1;
inline neighbour_cb *NEIGH_CB(sk_buff *skb) {
    return reinterpret_cast<neighbour_cb *>(skb->cb);
}

void neigh_ha_snapshot(u8 *dst, const neighbour *n, const net_device *dev);

} // namespace skbscope::stack
