// SPDX-License-Identifier: GPL-2.0-or-later
// struct sock: a protocol's end of a socket: addresses, queues, memory accounts, callbacks. It outlives its struct
// socket while packets still refer to it.
//
// Memory is accounted in bytes of truesize, three times over: what one socket may hold (sk_rcvbuf, sk_sndbuf), what it
// paid for in advance (sk_forward_alloc, whole pages), and what all sockets of the protocol hold (proto_memory, pages).
//
// The struct: net/sock_struct.h; what a protocol adds: sock_proto.h; life and lock: sock_lock.h; packets and memory:
// sock_data.h; here the rest. Who uses sockets includes this. Linux 6.1: include/net/sock.h
#pragma once

#include "linux/list.h"
#include "linux/net.h"
#include "linux/netdevice.h"
#include "linux/rcupdate.h"
#include "linux/refcount.h"
#include "linux/skbuff.h"
#include "linux/slab.h"
#include "linux/spinlock.h"
#include "linux/timer.h"
#include "linux/wait.h"
#include "net/sock_data.h"
#include "net/sock_lock.h"
#include "net/sock_proto.h"
#include "net/sock_struct.h"

#include <algorithm>
#include <climits>
#include <vector>

namespace skbscope::stack {

struct raw_hashinfo;
struct udp_table;

// the cached route
[[nodiscard]] inline dst_entry *__sk_dst_get(const sock *sk) {
    return sk->sk_dst_cache;
}
[[nodiscard]] dst_entry *sk_dst_get(const sock *sk); // takes a reference
void sk_dst_set(sock *sk, dst_entry *dst);
void sk_dst_reset(sock *sk);
[[nodiscard]] dst_entry *sk_dst_check(sock *sk, u32 cookie); // a reference, or null: look the route up again
inline void sk_dst_confirm(sock *sk) {
    if (sk->sk_dst_pending_confirm == 0) sk->sk_dst_pending_confirm = 1;
}

// options
void sockopt_lock_sock(sock *sk);
void sockopt_release_sock(sock *sk);
int sock_setsockopt(socket *sock, int level, int optname, const void *optval, unsigned optlen);
int sk_setsockopt(struct sock *sk, int level, int optname, const void *optval, unsigned optlen);
int sock_getsockopt(socket *sock, int level, int optname, void *optval, int *optlen);
int sk_getsockopt(struct sock *sk, int level, int optname, void *optval, int *optlen);
int sock_common_setsockopt(socket *sock, int level, int optname, const void *optval, unsigned optlen);
int sock_common_getsockopt(socket *sock, int level, int optname, void *optval, int *optlen);
int sock_common_recvmsg(socket *sock, msghdr *msg, std::size_t size, int flags);
int sock_no_bind(socket *sock, sockaddr *uaddr, int len);
int sock_no_connect(socket *sock, sockaddr *uaddr, int len, int flags);
int sock_no_listen(socket *sock, int backlog);
int sock_no_accept(socket *sock, socket *newsock, int flags, bool kern);
int sock_no_shutdown(socket *sock, int how);

// small questions
[[nodiscard]] u32 sock_i_uid(sock *sk);
[[nodiscard]] inline long sock_rcvtimeo(const sock *sk, bool noblock) {
    return noblock ? 0 : sk->sk_rcvtimeo;
}
[[nodiscard]] inline long sock_sndtimeo(const sock *sk, bool noblock) {
    return noblock ? 0 : sk->sk_sndtimeo;
}
int sock_intr_errno(long timeo);        // negative errno for an interrupted wait
[[nodiscard]] int sock_error(sock *sk); // takes sk_err: 0 or a negative errno
void sock_recv_cmsgs(msghdr *msg, sock *sk, sk_buff *skb);
[[nodiscard]] inline bool skwq_has_sleeper(const socket_wq *wq) {
    return wq != nullptr && waitqueue_active(&wq->wait);
}
[[nodiscard]] inline wait_queue_head_t *sk_sleep(sock *sk) {
    return &sk->sk_wq->wait;
}
// bits of the wait queue: who waits for what
inline void sk_set_bit(unsigned nr, sock *sk) {
    sk->sk_wq->flags |= 1UL << nr;
}
inline void sk_clear_bit(unsigned nr, sock *sk) {
    sk->sk_wq->flags &= ~(1UL << nr);
}
// The process lets go: nobody sleeps on it any more, nobody is woken through it.
inline void sock_orphan(sock *sk) {
    write_lock_bh(&sk->sk_callback_lock);
    sock_set_flag(sk, SOCK_DEAD);
    sk->sk_socket = nullptr;
    sk->sk_wq = nullptr;
    write_unlock_bh(&sk->sk_callback_lock);
}
inline void sock_graft(sock *sk, socket *parent) {
    write_lock_bh(&sk->sk_callback_lock);
    sk->sk_wq = &parent->wq;
    parent->sk = sk;
    sk->sk_socket = parent;
    sk->sk_uid = parent->i_uid;
    write_unlock_bh(&sk->sk_callback_lock);
}

// Sockets of a hash chain: for (sock *sk : sk_entries(&hslot->head)). The current one may be taken off in the body.
[[nodiscard]] inline hlist_range<sock> sk_entries(const hlist_head *head) {
    return hlist_entries(head, static_cast<hlist_node sock::*>(&sock_common::sk_node));
}
[[nodiscard]] inline hlist_range<sock> sk_portaddr_entries(const hlist_head *head) {
    return hlist_entries(head, static_cast<hlist_node sock::*>(&sock_common::sk_portaddr_node));
}
[[nodiscard]] inline bool sk_unhashed(const sock *sk) {
    return hlist_unhashed(&sk->sk_node);
}
[[nodiscard]] inline bool sk_hashed(const sock *sk) {
    return !sk_unhashed(sk);
}
inline void sk_add_node_rcu(sock *sk, hlist_head *list) {
    sock_hold(sk);
    hlist_add_head_rcu(&sk->sk_node, list);
}
// True: it was on a list, whose reference is gone now.
inline bool sk_del_node_init(sock *sk) {
    if (sk_unhashed(sk)) return false;
    hlist_del_init(&sk->sk_node);
    __sock_put(sk);
    return true;
}
inline bool sk_del_node_init_rcu(sock *sk) {
    return sk_del_node_init(sk);
}

// What the packet tells about where its flow runs: kept for RFS, busy polling and SO_INCOMING_CPU.
inline void sk_incoming_cpu_update(sock *sk) {
    sk->sk_incoming_cpu = static_cast<int>(raw_smp_processor_id());
}
inline void sk_rx_queue_update(sock *sk, const sk_buff *skb) {
    if (skb_rx_queue_recorded(skb)) sk->sk_rx_queue_mapping = skb_get_rx_queue(skb);
}
// The process that reads (or sends) runs here: RFS lets the flow's packets come here, too (linux/netdev_rps.h).
inline void sock_rps_record_flow(const sock *sk) {
    if (net_core_sysctl().rfs_needed != 0 && sk->sk_state == TCP_ESTABLISHED) sock_rps_record_flow_hash(sk->sk_rxhash);
}
inline void sock_rps_save_rxhash(sock *sk, const sk_buff *skb) {
    sk->sk_rxhash = skb->hash;
}
inline void sock_rps_reset_rxhash(sock *sk) {
    sk->sk_rxhash = 0;
}
void sk_set_txhash(sock *sk);
inline void sk_forward_alloc_add(sock *sk, int val) {
    sk->sk_forward_alloc += val;
}
inline void sk_tx_queue_clear(sock *sk) {
    sk->sk_tx_queue_mapping = 0xffff;
}
[[nodiscard]] inline int sk_peek_offset(const sock *sk, unsigned flags) {
    return (flags & MSG_PEEK) != 0 ? sk->sk_peek_off : 0;
}
void sk_peek_offset_bwd(sock *sk, int val);

// Remembers in the packet how many the socket dropped before it.
struct sock_skb_cb {
    u32 dropcount = 0;
};
void sock_skb_set_dropcount(const sock *sk, sk_buff *skb);
[[nodiscard]] sock *skb_steal_sock(sk_buff *skb, bool *refcounted);

struct sockcm_cookie {
    u64 transmit_time = 0;
    u32 mark = 0;
    u16 tsflags = 0;
};

} // namespace skbscope::stack
