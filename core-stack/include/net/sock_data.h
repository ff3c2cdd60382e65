// SPDX-License-Identifier: GPL-2.0-or-later
// Packets of a socket, sent and received, and the memory that they are paid for with. Linux 6.1: include/net/sock.h
#pragma once

#include "linux/skbuff.h"
#include "linux/uio.h"
#include "net/sock_proto.h"

#include <algorithm>
#include <cstddef>

namespace skbscope::stack {

// sending
[[nodiscard]] sk_buff *sock_alloc_send_pskb(sock *sk, unsigned long header_len, unsigned long data_len, int noblock,
                                            int *errcode, int max_page_order);
[[nodiscard]] inline sk_buff *sock_alloc_send_skb(sock *sk, unsigned long size, int noblock, int *errcode) {
    return sock_alloc_send_pskb(sk, size, 0, noblock, errcode, 0);
}
[[nodiscard]] sk_buff *sock_wmalloc(sock *sk, unsigned long size, int force, gfp_t priority);
void skb_set_owner_w(sk_buff *skb, sock *sk);
void sock_wfree(sk_buff *skb);
void __sock_wfree(sk_buff *skb);
void sock_efree(sk_buff *skb);
// The sender need not wait for it any more, but stays known.
void skb_orphan_partial(sk_buff *skb);
bool skb_set_owner_sk_safe(sk_buff *skb, sock *sk);
[[nodiscard]] inline int sk_wmem_alloc_get(const sock *sk) {
    return static_cast<int>(refcount_read(&sk->sk_wmem_alloc)) - 1;
}
[[nodiscard]] inline bool sock_writeable(const sock *sk) {
    return static_cast<int>(refcount_read(&sk->sk_wmem_alloc)) < (sk->sk_sndbuf >> 1);
}
[[nodiscard]] inline unsigned long sock_wspace(const sock *sk) {
    return (sk->sk_shutdown & SEND_SHUTDOWN) != 0
               ? 0UL
               : static_cast<unsigned long>(
                     std::max(0, sk->sk_sndbuf - static_cast<int>(refcount_read(&sk->sk_wmem_alloc))));
}

// receiving
void sock_rfree(sk_buff *skb);
void skb_set_owner_r(sk_buff *skb, sock *sk);
int __sock_queue_rcv_skb(sock *sk, sk_buff *skb);
int sock_queue_rcv_skb_reason(sock *sk, sk_buff *skb, skb_drop_reason *reason);
int sock_queue_err_skb(sock *sk, sk_buff *skb);
[[nodiscard]] inline int sk_rmem_alloc_get(const sock *sk) {
    return atomic_read(&sk->sk_rmem_alloc);
}
void sock_def_readable(sock *sk);
void sk_error_report(sock *sk);

// datagrams (net/core/datagram.cpp)
[[nodiscard]] sk_buff *__skb_try_recv_from_queue(sock *sk, sk_buff_head *queue, unsigned flags, int *off, int *err,
                                                 const sk_buff_links **last);
[[nodiscard]] sk_buff *__skb_try_recv_datagram(sock *sk, sk_buff_head *queue, unsigned flags, int *off, int *err,
                                               const sk_buff_links **last);
[[nodiscard]] sk_buff *__skb_recv_datagram(sock *sk, sk_buff_head *queue, unsigned flags, int *off, int *err);
[[nodiscard]] sk_buff *skb_recv_datagram(sock *sk, unsigned flags, int *err);
// `skb`: what was last in the queue (or the queue itself) when it was found empty
int __skb_wait_for_more_packets(sock *sk, sk_buff_head *queue, int *err, long *timeo_p, const sk_buff_links *skb);
void skb_free_datagram(sock *sk, sk_buff *skb);
int __sk_queue_drop_skb(sock *sk, sk_buff_head *queue, sk_buff *skb, unsigned flags,
                        void (*destructor)(sock *sk, sk_buff *skb));
int skb_kill_datagram(sock *sk, sk_buff *skb, unsigned flags);
int skb_copy_datagram_iter(const sk_buff *skb, int offset, iov_iter *to, int len);
// Fills a buffer from what a process sends. 0 or -EFAULT.
int skb_copy_datagram_from_iter(sk_buff *skb, int offset, iov_iter *from, int len);
int skb_copy_and_csum_datagram_msg(sk_buff *skb, int hlen, msghdr *msg);
inline int skb_copy_datagram_msg(const sk_buff *from, int offset, msghdr *msg, int size) {
    return skb_copy_datagram_iter(from, offset, &msg->msg_iter, size);
}

// memory accounts
enum : int { SK_MEM_SEND = 0, SK_MEM_RECV = 1 };
int __sk_mem_raise_allocated(sock *sk, int size, int amt, int kind);
int __sk_mem_schedule(sock *sk, int size, int kind);
void __sk_mem_reduce_allocated(sock *sk, int amount);
void __sk_mem_reclaim(sock *sk, int amount);
void sk_enter_memory_pressure(sock *sk);
void sk_leave_memory_pressure(sock *sk);
[[nodiscard]] inline bool sk_has_account(const sock *sk) {
    return sk->sk_prot->memory != nullptr;
}
inline constexpr int PAGE_SHIFT = 12;
[[nodiscard]] constexpr int sk_mem_pages(int amt) {
    return (amt + (1 << PAGE_SHIFT) - 1) >> PAGE_SHIFT;
}
void sk_mem_reclaim(sock *sk);
void sk_mem_reclaim_final(sock *sk);
void sk_mem_charge(sock *sk, int size);
void sk_mem_uncharge(sock *sk, int size);
[[nodiscard]] bool sk_rmem_schedule(sock *sk, sk_buff *skb, int size);
[[nodiscard]] bool sk_wmem_schedule(sock *sk, int size);

} // namespace skbscope::stack
