// SPDX-License-Identifier: GPL-2.0-or-later
// A socket is made, held and let go; its flags; and the lock by which a process owns it, while packets wait in its
// backlog. Linux 6.1: include/net/sock.h
#pragma once

#include "net/sock_struct.h"

namespace skbscope::stack {

// life
[[nodiscard]] sock *sk_alloc(net *ns, int family, gfp_t priority, const proto *prot, int kern);
void sk_free(sock *sk);
void sk_destruct(sock *sk);
void sock_init_data(socket *sock, struct sock *sk);
void sock_init_data_uid(socket *sock, struct sock *sk, u32 uid);
void sk_common_release(sock *sk);
inline void sock_hold(sock *sk) {
    refcount_inc(&sk->sk_refcnt);
}
inline void __sock_put(sock *sk) {
    refcount_dec(&sk->sk_refcnt);
}
inline void sock_put(sock *sk) {
    if (refcount_dec_and_test(&sk->sk_refcnt)) sk_free(sk);
}

[[nodiscard]] inline net *sock_net(const sock *sk) {
    return sk->sk_net;
}
inline void sock_net_set(sock *sk, net *ns) {
    sk->sk_net = ns;
}
[[nodiscard]] inline bool sock_flag(const sock *sk, sock_flags flag) {
    return (sk->sk_flags >> flag & 1) != 0;
}
inline void sock_set_flag(sock *sk, sock_flags flag) {
    sk->sk_flags |= 1UL << flag;
}
inline void sock_reset_flag(sock *sk, sock_flags flag) {
    sk->sk_flags &= ~(1UL << flag);
}
inline void sock_valbool_flag(sock *sk, sock_flags flag, bool val) {
    if (val)
        sock_set_flag(sk, flag);
    else
        sock_reset_flag(sk, flag);
}

// the socket lock: a process owns the socket between lock_sock and release_sock
void lock_sock_nested(sock *sk, int subclass);
void release_sock(sock *sk);
[[nodiscard]] bool __lock_sock_fast(sock *sk); // true: taken the slow way, by lock_sock
void __release_sock(sock *sk);
inline void lock_sock(sock *sk) {
    lock_sock_nested(sk, 0);
}
[[nodiscard]] inline bool lock_sock_fast(sock *sk) {
    return __lock_sock_fast(sk);
}
void unlock_sock_fast(sock *sk, bool slow);
inline void bh_lock_sock(sock *sk) {
    spin_lock(&sk->sk_lock.slock);
}
inline void bh_unlock_sock(sock *sk) {
    spin_unlock(&sk->sk_lock.slock);
}
[[nodiscard]] inline bool sock_owned_by_user(const sock *sk) {
    return sk->sk_lock.owned != 0;
}
[[nodiscard]] int sk_add_backlog(sock *sk, sk_buff *skb, unsigned limit);
inline int sk_backlog_rcv(sock *sk, sk_buff *skb) {
    return sk->sk_backlog_rcv(sk, skb);
}

} // namespace skbscope::stack
