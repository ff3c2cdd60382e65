// SPDX-License-Identifier: GPL-2.0-or-later
// Several sockets on one port: the group they form, and which of them a packet goes to. Linux 6.1:
// net/core/sock_reuseport.c
//
// Left out: selection by BPF, migration of closed listeners.
#include "net/inet_globals.h"
#include "net/inet_hashtables.h"

#include "linux/errno.h"
#include "linux/trace_fn.h"

#include <algorithm>

namespace skbscope::stack {

namespace {

// Linux 6.1: net/core/sock_reuseport.c
sock_reuseport *__reuseport_alloc() {
    TRACE_FN();
    return knew<sock_reuseport>();
}

void __reuseport_add_sock(sock *sk, sock_reuseport *reuse) {
    TRACE_FN();
    reuse->socks.push_back(sk);
}

// The last one takes the place of the one that leaves. Linux 6.1: net/core/sock_reuseport.c
bool __reuseport_detach_sock(const sock *sk, sock_reuseport *reuse) {
    TRACE_FN();
    const auto at = std::find(reuse->socks.begin(), reuse->socks.end(), sk);
    if (at == reuse->socks.end()) return TRACE_RET(false);
    *at = reuse->socks.back();
    reuse->socks.pop_back();
    return TRACE_RET(true);
}

// Listeners that were shut down and wait for a successor: TCP's, so none here. Linux 6.1: net/core/sock_reuseport.c
bool __reuseport_detach_closed_sock(const sock *, const sock_reuseport *) {
    TRACE_FN();
    return TRACE_RET(false);
}

// The socket may be an element of a BPF map, which then lets go of it. No map holds one in the model.
// Linux 6.1: kernel/bpf/reuseport_array.c
void bpf_sk_reuseport_detach(sock *sk) {
    TRACE_FN();
    write_lock_bh(&sk->sk_callback_lock);
    BUG_ON(sk->sk_user_data);
    write_unlock_bh(&sk->sk_callback_lock);
}

void reuseport_free_rcu(rcu_head *head) {
    TRACE_FN();
    kdelete(container_of(head, &sock_reuseport::rcu));
}

} // namespace

// Linux 6.1: net/core/sock_reuseport.c
int reuseport_alloc(sock *sk, bool bind_inany) {
    TRACE_FN();
    spinlock_t *lock = &inet_global().reuseport_lock;
    spin_lock_bh(lock);
    if (sk->sk_reuseport_cb) {
        sk->sk_reuseport_cb->bind_inany |= bind_inany;
    } else {
        sk->sk_reuseport_cb = __reuseport_alloc();
        sk->sk_reuseport_cb->bind_inany = bind_inany;
        sk->sk_reuseport_cb->socks.push_back(sk);
    }
    spin_unlock_bh(lock);
    return TRACE_RET(0);
}

// Linux 6.1: net/core/sock_reuseport.c
int reuseport_add_sock(sock *sk, sock *sk2, bool bind_inany) {
    TRACE_FN();
    if (!sk2->sk_reuseport_cb) {
        const int err = reuseport_alloc(sk2, bind_inany);
        if (err != 0) return TRACE_RET(err);
    }
    spinlock_t *lock = &inet_global().reuseport_lock;
    spin_lock_bh(lock);
    sock_reuseport *old = sk->sk_reuseport_cb;
    if (old && old->socks.size() != 1) {
        spin_unlock_bh(lock);
        return TRACE_RET(-EBUSY);
    }
    __reuseport_add_sock(sk, sk2->sk_reuseport_cb);
    sk->sk_reuseport_cb = sk2->sk_reuseport_cb;
    spin_unlock_bh(lock);
    if (old) call_rcu(&old->rcu, reuseport_free_rcu);
    return TRACE_RET(0);
}

// Linux 6.1: net/core/sock_reuseport.c
void reuseport_detach_sock(sock *sk) {
    TRACE_FN();
    spinlock_t *lock = &inet_global().reuseport_lock;
    spin_lock_bh(lock);
    if (sock_reuseport *reuse = sk->sk_reuseport_cb) {
        bpf_sk_reuseport_detach(sk);
        sk->sk_reuseport_cb = nullptr;
        if (!__reuseport_detach_closed_sock(sk, reuse)) __reuseport_detach_sock(sk, reuse);
        if (reuse->socks.empty()) call_rcu(&reuse->rcu, reuseport_free_rcu);
    }
    spin_unlock_bh(lock);
}

namespace {

// Starts at the hash's place and passes over connected sockets, which have flows of their own.
// Linux 6.1: net/core/sock_reuseport.c
sock *reuseport_select_sock_by_hash(const sock_reuseport *reuse, u32 hash) {
    TRACE_FN();
    const std::size_t num = reuse->socks.size();
    const std::size_t first = (static_cast<u64>(hash) * num) >> 32; // reciprocal_scale()
    for (std::size_t k = 0; k < num; ++k) {
        sock *sk = reuse->socks[(first + k) % num];
        if (sk->sk_state != TCP_ESTABLISHED) return sk;
    }
    return nullptr;
}

} // namespace

// Linux 6.1: net/core/sock_reuseport.c
sock *reuseport_select_sock(sock *sk, u32 hash, sk_buff *skb, int) {
    TRACE_FN(skb);
    const sock_reuseport *reuse = sk->sk_reuseport_cb;
    return reuse && !reuse->socks.empty() ? reuseport_select_sock_by_hash(reuse, hash) : nullptr;
}

bool reuseport_has_conns(sock *sk) {
    return sk->sk_reuseport_cb && sk->sk_reuseport_cb->has_conns;
}

// Linux 6.1: net/core/sock_reuseport.c
void reuseport_has_conns_set(sock *sk) {
    TRACE_FN();
    if (!sk->sk_reuseport_cb) return;
    spinlock_t *lock = &inet_global().reuseport_lock;
    spin_lock_bh(lock);
    if (sk->sk_reuseport_cb) sk->sk_reuseport_cb->has_conns = true;
    spin_unlock_bh(lock);
}

} // namespace skbscope::stack
