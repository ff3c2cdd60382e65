// SPDX-License-Identifier: GPL-2.0-or-later
// Linux 6.1: net/ipv4/inetpeer.c
#include "net/inetpeer.h"

#include "linux/jiffies.h"
#include "linux/random.h"
#include "linux/slab.h"
#include "linux/trace_fn.h"
#include "sim/machine_state.h"

#include <algorithm>
#include <array>
#include <vector>

namespace skbscope::stack {

namespace {

constexpr size_t PEER_MAX_GC = 32;
constexpr unsigned long inet_peer_minttl = 120 * HZ, inet_peer_maxttl = 600 * HZ;

struct peer_globals {
    int inet_peer_threshold = 65536 + 128; // 1% of memory, at most this
    std::array<u64, 2> hash_key{};
};
machine_global<peer_globals> peers;

u64 inetpeer_addr_hash(const inetpeer_addr *daddr) {
    auto &key = peers->hash_key;
    if (key[0] == 0) get_random_bytes(key.data(), sizeof(key));
    u64 h = key[0] ^ daddr->addr.raw;
    h = (h ^ (h >> 31)) * (key[1] | 1);
    return h ^ static_cast<u64>(static_cast<u32>(daddr->vif)) * 0x9e3779b97f4a7c15ULL;
}

// gc: what is old, of the peers looked at, is put there.
inet_peer *lookup(const inetpeer_addr *daddr, u64 dhash, inet_peer_base *base, std::vector<inet_peer *> *gc) {
    TRACE_FN();
    const auto it = base->rb_root.find({dhash, daddr->addr.raw, daddr->vif});
    if (it != base->rb_root.end()) {
        it->second->dtime = jiffies_now();
        return TRACE_RET(it->second);
    }
    if (gc)
        for (auto p = base->rb_root.begin(); p != base->rb_root.end() && gc->size() < PEER_MAX_GC; ++p)
            gc->push_back(p->second);
    return nullptr;
}

void inetpeer_free_rcu(rcu_head *head) {
    kdelete(container_of(head, &inet_peer::rcu));
}

inet_peer_key key_of(const inet_peer *p) {
    return {p->hash, p->daddr.addr.raw, p->daddr.vif};
}

void inet_peer_gc(inet_peer_base *base, const std::vector<inet_peer *> &gc) {
    const int threshold = peers->inet_peer_threshold;
    unsigned long ttl = 0;
    if (base->total < threshold)
        ttl = inet_peer_maxttl - (inet_peer_maxttl - inet_peer_minttl) / HZ * static_cast<unsigned long>(base->total) /
                                     static_cast<unsigned long>(threshold) * HZ;
    for (inet_peer *p : gc) {
        if (jiffies_now() - p->dtime < ttl || refcount_read(&p->refcnt) != 1) continue;
        refcount_set(&p->refcnt, 0);
        base->rb_root.erase(key_of(p));
        --base->total;
        call_rcu(&p->rcu, inetpeer_free_rcu);
    }
}

inet_peer *inet_peer_new(inet_peer_base *base, const inetpeer_addr *daddr, u64 dhash) {
    auto *p = knew<inet_peer>();
    p->daddr = *daddr;
    p->hash = dhash;
    p->dtime = jiffies_now();
    refcount_set(&p->refcnt, 1);
    p->rate_last = jiffies_now() - 60 * HZ; // long enough ago for full credit
    base->rb_root[key_of(p)] = p;
    ++base->total;
    return p;
}

} // namespace

void inet_peer_base_init(inet_peer_base *base) {
    base->rb_root.clear();
    base->total = 0;
}

void inetpeer_invalidate_tree(inet_peer_base *base) {
    for (auto &[key, p] : base->rb_root)
        inet_putpeer(p);
    inet_peer_base_init(base);
}

void inet_initpeers() {
    TRACE_FN();
    // 1% of 1 GB, in peers of 192 bytes, within the kernel's limits
    peers->inet_peer_threshold = std::clamp(static_cast<int>((1UL << 30) / (100 * 192)), 4096, 65536 + 128);
}

inet_peer *inet_getpeer(inet_peer_base *base, const inetpeer_addr *daddr) {
    TRACE_FN();
    const u64 dhash = inetpeer_addr_hash(daddr);
    // Without the lock first: a known peer is the common case.
    if (inet_peer *p = lookup(daddr, dhash, base, nullptr)) return TRACE_RET(p);
    std::vector<inet_peer *> gc;
    write_seqlock_bh(&base->lock);
    inet_peer *p = lookup(daddr, dhash, base, &gc);
    if (!p) p = inet_peer_new(base, daddr, dhash);
    if (!gc.empty()) inet_peer_gc(base, gc);
    write_sequnlock_bh(&base->lock);
    return TRACE_RET(p);
}

inet_peer *inet_getpeer_v4(inet_peer_base *base, be32 v4daddr, int vif) {
    const inetpeer_addr daddr{v4daddr, vif};
    return inet_getpeer(base, &daddr);
}

void inet_putpeer(inet_peer *p) {
    TRACE_FN();
    if (refcount_dec_and_test(&p->refcnt)) call_rcu(&p->rcu, inetpeer_free_rcu);
}

// A token bucket: one token a jiffy, six packets' worth at most.
bool inet_peer_xrlim_allow(inet_peer *peer, int timeout) {
    TRACE_FN();
    constexpr unsigned long XRLIM_BURST_FACTOR = 6;
    if (!peer) return TRACE_RET(true);
    const auto cost = static_cast<unsigned long>(timeout);
    const unsigned long now = jiffies_now();
    unsigned long token = peer->rate_tokens + (now - peer->rate_last);
    peer->rate_last = now;
    token = std::min(token, XRLIM_BURST_FACTOR * cost);
    const bool allowed = token >= cost;
    if (allowed) token -= cost;
    peer->rate_tokens = static_cast<u32>(token);
    return TRACE_RET(allowed);
}

} // namespace skbscope::stack
