// SPDX-License-Identifier: GPL-2.0-or-later
// The socket lock. A process owns the socket between lock_sock() and release_sock() and may sleep meanwhile; a softirq
// must not wait for it, so what arrives then goes to the backlog and is worked off by release_sock().
// Linux 6.1: net/core/sock.c
#include "net/sock.h"

#include "linux/errno.h"
#include "linux/trace_fn.h"
#include "net/dst.h"

namespace skbscope::stack {

namespace {

// Linux 6.1: net/core/sock.c
void __lock_sock(sock *sk) {
    TRACE_FN();
    wait_queue_entry wait;
    for (;;) {
        prepare_to_wait_exclusive(&sk->sk_lock.wq, &wait, TASK_UNINTERRUPTIBLE);
        spin_unlock_bh(&sk->sk_lock.slock);
        schedule();
        spin_lock_bh(&sk->sk_lock.slock);
        if (!sock_owned_by_user(sk)) break;
    }
    finish_wait(&sk->sk_lock.wq, &wait);
}

} // namespace

// Linux 6.1: net/core/sock.c
void lock_sock_nested(sock *sk, int) {
    TRACE_FN();
    might_sleep();
    spin_lock_bh(&sk->sk_lock.slock);
    if (sock_owned_by_user(sk)) __lock_sock(sk);
    sk->sk_lock.owned = 1;
    spin_unlock_bh(&sk->sk_lock.slock);
}

// Works off what arrived while the process held the socket. Linux 6.1: net/core/sock.c
void __release_sock(sock *sk) {
    TRACE_FN();
    while (sk_buff *skb = sk->sk_backlog.head) {
        sk->sk_backlog.head = sk->sk_backlog.tail = nullptr;
        spin_unlock_bh(&sk->sk_lock.slock);
        for (sk_buff *next = nullptr; skb; skb = next) {
            next = skb->next;
            skb_mark_not_on_list(skb);
            sk_backlog_rcv(sk, skb);
        }
        cond_resched();
        spin_lock_bh(&sk->sk_lock.slock);
    }
    sk->sk_backlog.len = 0; // only now: a flood cannot keep us here for ever
}

// Linux 6.1: net/core/sock.c
void release_sock(sock *sk) {
    TRACE_FN();
    spin_lock_bh(&sk->sk_lock.slock);
    if (sk->sk_backlog.tail) __release_sock(sk);
    if (sk->sk_prot->release_cb) sk->sk_prot->release_cb(sk);
    sk->sk_lock.owned = 0;
    if (waitqueue_active(&sk->sk_lock.wq)) wake_up(&sk->sk_lock.wq);
    spin_unlock_bh(&sk->sk_lock.slock);
}

// False: nobody held it, and the spinlock is kept instead of ownership, with softirqs off.
// Linux 6.1: net/core/sock.c
bool __lock_sock_fast(sock *sk) {
    TRACE_FN();
    might_sleep();
    spin_lock_bh(&sk->sk_lock.slock);
    if (!sock_owned_by_user(sk)) return TRACE_RET(false);
    __lock_sock(sk);
    sk->sk_lock.owned = 1;
    spin_unlock_bh(&sk->sk_lock.slock);
    return TRACE_RET(true);
}

void unlock_sock_fast(sock *sk, bool slow) {
    TRACE_FN();
    if (slow)
        release_sock(sk);
    else
        spin_unlock_bh(&sk->sk_lock.slock);
}

int sk_add_backlog(sock *sk, sk_buff *skb, unsigned limit) {
    TRACE_FN(skb);
    if (static_cast<unsigned>(sk->sk_backlog.len + atomic_read(&sk->sk_rmem_alloc)) > limit) return TRACE_RET(-ENOBUFS);
    skb_dst_force(skb);
    if (sk->sk_backlog.tail)
        sk->sk_backlog.tail->next = skb;
    else
        sk->sk_backlog.head = skb;
    sk->sk_backlog.tail = skb;
    skb->next = nullptr;
    sk->sk_backlog.len += static_cast<int>(skb->truesize);
    return TRACE_RET(0);
}

} // namespace skbscope::stack
