// SPDX-License-Identifier: GPL-2.0-or-later
// Queues of fragments, whatever the protocol. In a queue:
//
//   rb_fragments:  offset 0 --> run of three        offset 2960 --> run of one
//                  [0..1479][1480..2959]...         [4440..5919]
//                   the head of a run knows its length; next_frag leads through it
//
// Linux 6.1: net/ipv4/inet_fragment.c
#include "net/inet_frag.h"

#include "linux/err.h"
#include "linux/trace_fn.h"
#include "net/ip.h"
#include "net/sock.h"
#include "sim/packet_census.h"
#include "sim/trace_emit.h"

#include <algorithm>

namespace skbscope::stack {

namespace {

struct ipfrag_skb_cb {
    inet_skb_parm h4;
    sk_buff *next_frag;   // of the run; null at its tail
    int frag_run_len;     // at a run's head: bytes in the run
    int ip_defrag_offset; // of this fragment in the datagram
};

ipfrag_skb_cb *FRAG_CB(sk_buff *skb) {
    return SKB_CB<ipfrag_skb_cb>(skb);
}

constexpr long queue_struct_size = 200; // sizeof(struct ipq): counts as memory held

void fragcb_clear(sk_buff *skb) {
    FRAG_CB(skb)->next_frag = nullptr;
    FRAG_CB(skb)->frag_run_len = static_cast<int>(skb->len);
}

void fragrun_append_to_last(inet_frag_queue *q, sk_buff *skb) {
    fragcb_clear(skb);
    FRAG_CB(q->last_run_head)->frag_run_len += static_cast<int>(skb->len);
    FRAG_CB(q->fragments_tail)->next_frag = skb;
    q->fragments_tail = skb;
}

void fragrun_create(inet_frag_queue *q, sk_buff *skb, int offset) {
    fragcb_clear(skb);
    q->rb_fragments[offset] = skb;
    q->fragments_tail = skb;
    q->last_run_head = skb;
}

// --- the hash of queues
// -------------------------------------------------------------------------------------------------

// A resizable hash table in the kernel: it grows at three quarters full.
std::vector<inet_frag_queue *> &bucket_of(fqdir *fqdir, u32 hash) {
    return fqdir->buckets[hash & (fqdir->buckets.size() - 1)];
}

inet_frag_queue *bucket_find(fqdir *fqdir, u32 hash, const void *key) {
    for (inet_frag_queue *q : bucket_of(fqdir, hash))
        if (!fqdir->f->obj_cmpfn(key, q)) return q;
    return nullptr;
}

void frag_table_grow(fqdir *fqdir) {
    if (fqdir->nelems <= static_cast<int>(fqdir->buckets.size() / 4 * 3)) return;
    std::vector<std::vector<inet_frag_queue *>> old(fqdir->buckets.size() * 2);
    old.swap(fqdir->buckets);
    for (auto &chain : old)
        for (inet_frag_queue *q : chain)
            bucket_of(fqdir, fqdir->f->obj_hashfn(q)).push_back(q);
}

// Null: q is in; else the queue of that key that was faster.
inet_frag_queue *frag_table_insert(fqdir *fqdir, inet_frag_queue *q) {
    local_bh_disable();
    const u32 hash = fqdir->f->obj_hashfn(q);
    inet_frag_queue *prev = bucket_find(fqdir, hash, &q->key);
    if (!prev) {
        bucket_of(fqdir, hash).push_back(q);
        ++fqdir->nelems;
    }
    local_bh_enable();
    if (!prev) frag_table_grow(fqdir);
    return prev;
}

void frag_table_remove(fqdir *fqdir, inet_frag_queue *q) {
    const u32 hash = fqdir->f->obj_hashfn(q);
    local_bh_disable();
    fqdir->nelems -= static_cast<int>(std::erase(bucket_of(fqdir, hash), q));
    local_bh_enable();
}

} // namespace

void visit_fragments(const fqdir *dir, packet_visitor &v) {
    for (const auto &bucket : dir->buckets)
        for (const inet_frag_queue *q : bucket)
            for (const auto &[offset, run] : q->rb_fragments)
                for (sk_buff *skb = run; skb; skb = FRAG_CB(skb)->next_frag)
                    v.stands("fragment queue", skb);
}

// By which of the four ECN codes came: 0xff, the fragments contradict each other; else what to or into the header.
const u8 ip_frag_ecn_table[16] = {
    0,    // nothing
    0,    // only not-ECT
    0,    // only ECT(1)
    0xff, // not-ECT, ECT(1)
    0,    // only ECT(0)
    0xff, // not-ECT, ECT(0)
    0,    // ECT(1), ECT(0)
    0xff, 0,
    0xff, // CE with not-ECT
    3,    // CE with ECT(1): congestion was met
    0xff,
    3, // CE with ECT(0)
    0xff,
    3, // CE with both
    0xff,
};

int fqdir_init(fqdir **fqdirp, inet_frags *f, net *ns) {
    auto *dir = new fqdir;
    dir->f = f;
    dir->net = ns;
    dir->buckets.resize(64);
    *fqdirp = dir;
    return 0;
}

void fqdir_pre_exit(fqdir *fqdir) {
    fqdir->high_thresh = 0; // no new queues
    fqdir->dead = true;
}

// The kernel does this in a worker; here it is done at once, and the directory itself after the queues' grace period.
void fqdir_exit(fqdir *fqdir) {
    for (auto &chain : fqdir->buckets) {
        for (inet_frag_queue *q : chain) {
            int count = del_timer_sync(&q->timer) ? 1 : 0;
            if (!(q->flags & INET_FRAG_COMPLETE)) {
                q->flags |= INET_FRAG_COMPLETE;
                ++count;
            } else if (q->flags & INET_FRAG_HASH_DEAD) {
                ++count;
            }
            if (refcount_sub_and_test(count, &q->refcnt)) inet_frag_destroy(q);
        }
    }
    fqdir->buckets.clear();
    call_rcu(&fqdir->rcu, [](rcu_head *head) { delete container_of(head, &fqdir::rcu); });
}

// Out of the hash and off the clock; who holds it may still look at it.
void inet_frag_kill(inet_frag_queue *q) {
    TRACE_FN();
    if (del_timer(&q->timer)) refcount_dec(&q->refcnt);
    if (q->flags & INET_FRAG_COMPLETE) return;
    q->flags |= INET_FRAG_COMPLETE;
    rcu_read_lock();
    if (!q->fqdir->dead) {
        frag_table_remove(q->fqdir, q);
        refcount_dec(&q->refcnt);
    } else {
        q->flags |= INET_FRAG_HASH_DEAD;
    }
    rcu_read_unlock();
}

unsigned inet_frag_rbtree_purge(std::map<int, sk_buff *> *root) {
    TRACE_FN();
    unsigned sum = 0;
    for (auto &[offset, head] : *root) {
        for (sk_buff *skb = head; skb;) {
            sk_buff *next = FRAG_CB(skb)->next_frag;
            sum += skb->truesize;
            kfree_skb(skb);
            skb = next;
        }
    }
    root->clear();
    return TRACE_RET(sum);
}

namespace {

void inet_frag_destroy_rcu(rcu_head *head) {
    TRACE_FN();
    inet_frag_queue *q = inet_frag_queue_of_rcu(head);
    if (q->fqdir->f->destructor) q->fqdir->f->destructor(q);
    delete q;
}

} // namespace

void inet_frag_destroy(inet_frag_queue *q) {
    TRACE_FN();
    BUG_ON(!(q->flags & INET_FRAG_COMPLETE));
    BUG_ON(del_timer(&q->timer));
    const unsigned sum = inet_frag_rbtree_purge(&q->rb_fragments);
    call_rcu(&q->rcu.head, inet_frag_destroy_rcu);
    sub_frag_mem_limit(q->fqdir, static_cast<long>(sum) + queue_struct_size);
}

namespace {

inet_frag_queue *inet_frag_alloc(fqdir *fqdir, inet_frags *f, const void *key) {
    inet_frag_queue *q = f->alloc();
    q->rcu.queue = q;
    q->fqdir = fqdir;
    f->constructor(q, key);
    add_frag_mem_limit(fqdir, queue_struct_size);
    timer_setup(&q->timer, f->frag_expire, 0);
    refcount_set(&q->refcnt, 3); // the hash, the timer, the caller
    return q;
}

// A new queue; or null, and *prev is the one that was faster.
inet_frag_queue *inet_frag_create(fqdir *fqdir, const void *key, inet_frag_queue **prev) {
    inet_frag_queue *q = inet_frag_alloc(fqdir, fqdir->f, key);
    spin_lock_bh(&q->lock);
    *prev = frag_table_insert(fqdir, q);
    if (*prev) {
        q->flags |= INET_FRAG_COMPLETE;
        spin_unlock_bh(&q->lock);
        inet_frag_destroy(q);
        return nullptr;
    }
    mod_timer(&q->timer, jiffies_now() + static_cast<unsigned long>(fqdir->timeout));
    spin_unlock_bh(&q->lock);
    return q;
}

} // namespace

inet_frag_queue *inet_frag_find(fqdir *fqdir, void *key) {
    TRACE_FN();
    if (!fqdir->high_thresh || frag_mem_limit(fqdir) > fqdir->high_thresh) return nullptr;
    inet_frag_queue *fq = nullptr;
    rcu_read_lock();
    inet_frag_queue *prev = bucket_find(fqdir, fqdir->f->hashfn(key), key);
    if (!prev) fq = inet_frag_create(fqdir, key, &prev);
    if (prev) fq = refcount_inc_not_zero(&prev->refcnt) ? prev : nullptr;
    rcu_read_unlock();
    return TRACE_RET(fq);
}

// --- fragments into a queue
// ---------------------------------------------------------------------------------------------

// Overlaps are an attack (RFC 5722) and cost the queue; exact repeats are just dropped.
int inet_frag_queue_insert(inet_frag_queue *q, sk_buff *skb, int offset, int end) {
    TRACE_FN(skb);
    sk_buff *last = q->fragments_tail;
    const int last_end = last ? FRAG_CB(last)->ip_defrag_offset + static_cast<int>(last->len) : 0;
    skb_gso_reset(skb);
    if (!last) {
        fragrun_create(q, skb, offset);
    } else if (last_end < end) { // in order: behind all others
        if (offset < last_end) return TRACE_RET(IPFRAG_OVERLAP);
        if (offset == last_end)
            fragrun_append_to_last(q, skb);
        else
            fragrun_create(q, skb, offset);
    } else {
        for (auto &[start, run] : q->rb_fragments) {
            const int run_end = start + FRAG_CB(run)->frag_run_len;
            if (run_end <= offset) continue;
            if (end <= start) break;
            return TRACE_RET(offset >= start && end <= run_end ? IPFRAG_DUP : IPFRAG_OVERLAP);
        }
        fragcb_clear(skb);
        q->rb_fragments[offset] = skb;
    }
    FRAG_CB(skb)->ip_defrag_offset = offset;
    return TRACE_RET(IPFRAG_OK);
}

namespace {

bool is_skb_wmem(const sk_buff *skb) {
    return skb->destructor == sock_wfree || skb->destructor == __sock_wfree;
}

// skb completed the datagram but does not begin it. It changes places with the first fragment: the caller goes on with
// the struct it knows, now holding the beginning; a clone of what it held takes its old place.
bool become_first(inet_frag_queue *q, sk_buff *skb, sk_buff *head, sk_buff *parent) {
    sk_buff *fp = skb_clone(skb, GFP_ATOMIC);
    if (!fp) return false;
    FRAG_CB(fp)->next_frag = FRAG_CB(skb)->next_frag;
    const auto run = q->rb_fragments.find(FRAG_CB(skb)->ip_defrag_offset);
    if (run != q->rb_fragments.end() && run->second == skb)
        run->second = fp;
    else
        FRAG_CB(parent)->next_frag = fp;
    if (q->fragments_tail == skb) q->fragments_tail = fp;
    if (is_skb_wmem(skb)) { // its account moves along
        skb->sk = nullptr;
        skb->destructor = nullptr;
    }
    skb_morph(skb, head);
    FRAG_CB(skb)->next_frag = FRAG_CB(head)->next_frag;
    q->rb_fragments.begin()->second = skb;
    consume_skb(head);
    return true;
}

// The first fragment is itself in pieces: they go into a buffer of their own, first on the list.
sk_buff **split_frag_list(inet_frag_queue *q, sk_buff *head) {
    sk_buff *clone = alloc_skb(0, GFP_ATOMIC);
    if (!clone) return nullptr;
    u32 plen = 0;
    skb_shinfo(clone)->frag_list = skb_shinfo(head)->frag_list;
    skb_shinfo(head)->frag_list = nullptr;
    for (int i = 0; i < skb_shinfo(head)->nr_frags; ++i)
        plen += skb_frag_size(&skb_shinfo(head)->frags[i]);
    clone->data_len = head->data_len - plen;
    clone->len = clone->data_len;
    head->truesize += clone->truesize;
    clone->csum = 0;
    clone->ip_summed = head->ip_summed;
    add_frag_mem_limit(q->fqdir, static_cast<long>(clone->truesize));
    skb_shinfo(head)->frag_list = clone;
    return &clone->next;
}

} // namespace

void *inet_frag_reasm_prepare(inet_frag_queue *q, sk_buff *skb, sk_buff *parent) {
    TRACE_FN(skb);
    sock *sk = skb->sk;
    void (*const destructor)(sk_buff *) = skb->destructor;
    const int orig_truesize = sk && is_skb_wmem(skb) ? static_cast<int>(skb->truesize) : 0;
    sk_buff *head = q->rb_fragments.begin()->second;
    bool ok = head == skb || become_first(q, skb, head, parent);
    head = skb;
    sk_buff **nextp = nullptr;
    if (ok) {
        BUG_ON(FRAG_CB(head)->ip_defrag_offset != 0);
        const u32 before = head->truesize;
        ok = !skb_unclone(head, GFP_ATOMIC); // the head of a list must not be cloned
        if (ok && head->truesize != before)
            add_frag_mem_limit(q->fqdir, static_cast<long>(head->truesize) - static_cast<long>(before));
    }
    if (ok) nextp = skb_has_frag_list(head) ? split_frag_list(q, head) : &skb_shinfo(head)->frag_list;
    if (orig_truesize) {
        head->sk = sk;
        head->destructor = destructor;
        refcount_add(static_cast<int>(head->truesize) - orig_truesize, &sk->sk_wmem_alloc);
    }
    return TRACE_RET(nextp);
}

namespace {

// Adds one fragment: its bytes into head where they fit, else the fragment as it is to head's list.
sk_buff **reasm_add(sk_buff *head, sk_buff *fp, sk_buff **nextp, bool try_coalesce) {
    if (head->ip_summed != fp->ip_summed)
        head->ip_summed = CHECKSUM_NONE;
    else if (head->ip_summed == CHECKSUM_COMPLETE)
        head->csum = csum_add(head->csum, fp->csum);
    bool stolen = false;
    int delta = 0;
    if (try_coalesce && skb_try_coalesce(head, fp, &stolen, &delta)) {
        kfree_skb_partial(fp, stolen);
        return nextp;
    }
    fp->prev = nullptr;
    fp->sk = nullptr;
    head->data_len += fp->len;
    head->len += fp->len;
    head->truesize += fp->truesize;
    *nextp = fp;
    return &fp->next;
}

} // namespace

void inet_frag_reasm_finish(inet_frag_queue *q, sk_buff *head, void *reasm_data, bool try_coalesce) {
    TRACE_FN(head);
    sock *sk = is_skb_wmem(head) ? head->sk : nullptr;
    const u32 head_truesize = head->truesize;
    auto **nextp = static_cast<sk_buff **>(reasm_data);
    skb_push(head, static_cast<unsigned>(head->data - skb_network_header(head)));
    u32 sum_truesize = head->truesize;
    sk_buff *fp = FRAG_CB(head)->next_frag;
    u32 index = 0; // of the pieces: head is the first
    q->rb_fragments.erase(q->rb_fragments.begin());
    for (;;) {
        while (fp) { // through the run
            sk_buff *next_frag = FRAG_CB(fp)->next_frag;
            sum_truesize += fp->truesize;
            trace_lineage(SKBSCOPE_EV_REASSEMBLED_FROM, head, fp, ++index);
            nextp = reasm_add(head, fp, nextp, try_coalesce);
            fp = next_frag;
        }
        if (q->rb_fragments.empty()) break;
        fp = q->rb_fragments.begin()->second;
        q->rb_fragments.erase(q->rb_fragments.begin());
    }
    sub_frag_mem_limit(q->fqdir, static_cast<long>(sum_truesize));
    *nextp = nullptr;
    skb_mark_not_on_list(head);
    head->prev = nullptr;
    head->tstamp = q->stamp;
    head->mono_delivery_time = q->mono_delivery_time;
    if (sk) refcount_add(static_cast<int>(sum_truesize - head_truesize), &sk->sk_wmem_alloc);
}

// Takes the first fragment out; the rest of its run moves up.
sk_buff *inet_frag_pull_head(inet_frag_queue *q) {
    TRACE_FN();
    if (q->rb_fragments.empty()) return nullptr;
    const auto first = q->rb_fragments.begin();
    sk_buff *head = first->second;
    sk_buff *next = FRAG_CB(head)->next_frag;
    const int run_len = FRAG_CB(head)->frag_run_len;
    q->rb_fragments.erase(first);
    if (next) {
        FRAG_CB(next)->frag_run_len = run_len - static_cast<int>(head->len);
        q->rb_fragments[FRAG_CB(next)->ip_defrag_offset] = next;
        if (q->last_run_head == head) q->last_run_head = next;
    }
    if (q->fragments_tail == head) q->fragments_tail = nullptr;
    sub_frag_mem_limit(q->fqdir, static_cast<long>(head->truesize));
    return TRACE_RET(head);
}

} // namespace skbscope::stack
