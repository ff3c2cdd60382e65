// SPDX-License-Identifier: GPL-2.0-or-later
// Reassembly: fragments wait in a queue named by (source, destination, id, protocol, ...) until all are there or the
// time is up. In a queue fragments that touch form a run; runs are kept in a tree by offset.
// Linux 6.1: include/net/inet_frag.h
#pragma once

#include "linux/jiffies.h"
#include "linux/rcupdate.h"
#include "linux/refcount.h"
#include "linux/skbuff.h"
#include "linux/spinlock.h"
#include "linux/timer.h"

#include <map>
#include <vector>

namespace skbscope::stack {

struct net;
struct inet_frags;
struct inet_frag_queue;

// The queues of one namespace.
struct fqdir {
    long high_thresh = 0; // bytes of truesize: above it no new queue
    long low_thresh = 0;
    int timeout = 0;  // jiffies
    int max_dist = 0; // fragments of the same peer that may come between two of one datagram
    inet_frags *f = nullptr;
    struct net *net = nullptr;
    bool dead = false;
    std::vector<std::vector<inet_frag_queue *>> buckets; // a resizable hash table in the kernel
    int nelems = 0;
    atomic_long_t mem; // bytes held
    struct rcu_head rcu;
};

inline constexpr u8 INET_FRAG_FIRST_IN = 1, INET_FRAG_LAST_IN = 2, INET_FRAG_COMPLETE = 4, INET_FRAG_HASH_DEAD = 8;

struct frag_v4_compare_key {
    be32 saddr, daddr;
    u32 user; // enum ip_defrag_users
    u32 vif;
    be16 id;
    u16 protocol;
    bool operator==(const frag_v4_compare_key &) const = default;
};

struct inet_frag_queue {
    frag_v4_compare_key key{};
    timer_list timer;
    spinlock_t lock;
    refcount_t refcnt;
    std::map<int, sk_buff *> rb_fragments; // runs: their first fragment, by its offset (a red-black tree, as there)
    sk_buff *fragments_tail = nullptr;     // last fragment of the last run
    sk_buff *last_run_head = nullptr;
    ktime_t stamp = 0;
    int len = 0;  // of the whole datagram's payload, as far as known
    int meat = 0; // bytes that have come
    u8 flags = 0; // INET_FRAG_...
    u16 max_size = 0;
    bool mono_delivery_time = false; // what kind of time stamp is
    struct fqdir *fqdir = nullptr;
    struct {
        rcu_head head;
        inet_frag_queue *queue = nullptr;
    } rcu;
    virtual ~inet_frag_queue() = default;
};

// The class is derived from, so a member's place in it does not lead back to it: it is remembered.
inline inet_frag_queue *inet_frag_queue_of_rcu(rcu_head *head) {
    return reinterpret_cast<decltype(inet_frag_queue::rcu) *>(head)->queue;
}

// What a protocol adds. The kernel has sizes and hash parameters here; C++ has functions.
struct inet_frags {
    inet_frag_queue *(*alloc)() = nullptr;
    void (*constructor)(inet_frag_queue *q, const void *key) = nullptr;
    void (*destructor)(inet_frag_queue *q) = nullptr;
    void (*frag_expire)(timer_list *t) = nullptr;
    u32 (*hashfn)(const void *key) = nullptr;                               // of a key
    u32 (*obj_hashfn)(const inet_frag_queue *q) = nullptr;                  // of a queue
    bool (*obj_cmpfn)(const void *key, const inet_frag_queue *q) = nullptr; // true: differs
};

int fqdir_init(fqdir **fqdirp, inet_frags *f, net *ns);
void fqdir_pre_exit(fqdir *fqdir);
void fqdir_exit(fqdir *fqdir);

void inet_frag_kill(inet_frag_queue *q);
void inet_frag_destroy(inet_frag_queue *q);
inet_frag_queue *inet_frag_find(fqdir *fqdir, void *key);        // no reference is taken: under rcu_read_lock()
unsigned inet_frag_rbtree_purge(std::map<int, sk_buff *> *root); // sum of truesizes
inline void inet_frag_put(inet_frag_queue *q) {
    if (refcount_dec_and_test(&q->refcnt)) inet_frag_destroy(q);
}
inline long frag_mem_limit(const fqdir *fqdir) {
    return fqdir->mem.counter;
}
inline void sub_frag_mem_limit(fqdir *fqdir, long val) {
    fqdir->mem.counter -= val;
}
inline void add_frag_mem_limit(fqdir *fqdir, long val) {
    fqdir->mem.counter += val;
}

inline constexpr u8 IPFRAG_ECN_NOT_ECT = 1, IPFRAG_ECN_ECT_1 = 2, IPFRAG_ECN_ECT_0 = 4, IPFRAG_ECN_CE = 8;
extern const u8 ip_frag_ecn_table[16];

inline constexpr int IPFRAG_OK = 0, IPFRAG_DUP = 1, IPFRAG_OVERLAP = 2;
int inet_frag_queue_insert(inet_frag_queue *q, sk_buff *skb, int offset, int end);
void *inet_frag_reasm_prepare(inet_frag_queue *q, sk_buff *skb, sk_buff *parent); // null: no memory
void inet_frag_reasm_finish(inet_frag_queue *q, sk_buff *head, void *reasm_data, bool try_coalesce);
sk_buff *inet_frag_pull_head(inet_frag_queue *q);

} // namespace skbscope::stack
