// SPDX-License-Identifier: GPL-2.0-or-later
// Reading a datagram. Packets arrive in sk_receive_queue; the reader takes that queue over as a whole into its own
// (reader_queue), so that it meets the softirq at one lock a batch and not one a packet. Linux 6.1: net/ipv4/udp.c
#include "net/udp.h"

#include "linux/errno.h"
#include "linux/trace_fn.h"
#include "net/busy_poll.h"
#include "net/inet_common.h"

namespace skbscope::stack {

// Gives a packet's bytes back, lazily: while a quarter of the buffer is not reached and more waits, they only add up in
// forward_deficit. Linux 6.1: net/ipv4/udp.c
void udp_rmem_release(sock *sk, unsigned size, int partial, bool rx_queue_lock_held) {
    TRACE_FN();
    udp_sock *up = udp_sk(sk);
    if (partial != 0) {
        up->forward_deficit += static_cast<int>(size);
        size = static_cast<unsigned>(up->forward_deficit);
        if (size < static_cast<unsigned>(sk->sk_rcvbuf >> 2) && !skb_queue_empty(&up->reader_queue)) return;
    } else {
        size += static_cast<unsigned>(up->forward_deficit);
    }
    up->forward_deficit = 0;

    sk_buff_head *sk_queue = &sk->sk_receive_queue;
    if (!rx_queue_lock_held) spin_lock(&sk_queue->lock);
    // Whole pages go back to the protocol; a reader keeps one byte short of a page, so the first stays.
    const int amt = (static_cast<int>(size) + sk->sk_forward_alloc - partial) & ~static_cast<int>(PAGE_SIZE - 1);
    sk_forward_alloc_add(sk, static_cast<int>(size) - amt);
    if (amt != 0) __sk_mem_reduce_allocated(sk, amt >> PAGE_SHIFT);
    atomic_sub(static_cast<int>(size), &sk->sk_rmem_alloc);
    skb_queue_splice_tail_init(sk_queue, &up->reader_queue); // saves the next read from taking this lock
    if (!rx_queue_lock_held) spin_unlock(&sk_queue->lock);
}

namespace {

unsigned udp_skb_truesize(sk_buff *skb) {
    return udp_skb_scratch(skb)->_tsize_state & ~UDP_SKB_IS_STATELESS;
}
bool udp_skb_has_head_state(sk_buff *skb) {
    return (udp_skb_scratch(skb)->_tsize_state & UDP_SKB_IS_STATELESS) == 0;
}

void udp_skb_dtor_locked(sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    udp_rmem_release(sk, udp_skb_truesize(skb), 1, true);
}

} // namespace

// Called with reader_queue locked. Linux 6.1: net/ipv4/udp.c
void udp_skb_destructor(sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    udp_rmem_release(sk, udp_skb_truesize(skb), 1, false);
}

// Linux 6.1: net/ipv4/udp.c
void skb_consume_udp(sock *sk, sk_buff *skb, int len) {
    TRACE_FN(skb);
    if (sk->sk_peek_off >= 0) {
        const bool slow = lock_sock_fast(sk);
        sk_peek_offset_bwd(sk, len);
        unlock_sock_fast(sk, slow);
    }
    if (!skb_unref(skb)) return;
    if (udp_skb_has_head_state(skb)) skb_release_head_state(skb);
    __consume_stateless_skb(skb);
}

namespace {

// One look: first at the reader's queue, then at what arrived since. *again: neither had one, and more may have come.
sk_buff *udp_try_recv(sock *sk, unsigned flags, int *off, int *err) {
    sk_buff_head *sk_queue = &sk->sk_receive_queue;
    sk_buff_head *queue = &udp_sk(sk)->reader_queue;
    const sk_buff_links *last = nullptr;
    spin_lock_bh(&queue->lock);
    sk_buff *skb = __skb_try_recv_from_queue(sk, queue, flags, off, err, &last);
    if (skb) {
        if ((flags & MSG_PEEK) == 0) udp_skb_destructor(sk, skb);
        spin_unlock_bh(&queue->lock);
        return skb;
    }
    if (!skb_queue_empty_lockless(sk_queue)) {
        spin_lock(&sk_queue->lock);
        skb_queue_splice_tail_init(sk_queue, queue);
        skb = __skb_try_recv_from_queue(sk, queue, flags, off, err, &last);
        if (skb && (flags & MSG_PEEK) == 0) udp_skb_dtor_locked(sk, skb);
        spin_unlock(&sk_queue->lock);
    }
    spin_unlock_bh(&queue->lock);
    return skb;
}

} // namespace

// Null: *err says why. Linux 6.1: net/ipv4/udp.c
sk_buff *__skb_recv_udp(sock *sk, unsigned flags, int *off, int *err) {
    TRACE_FN();
    sk_buff_head *sk_queue = &sk->sk_receive_queue;
    long timeo = sock_rcvtimeo(sk, (flags & MSG_DONTWAIT) != 0);
    int error = 0;
    do {
        error = sock_error(sk);
        if (error != 0) break;
        error = -EAGAIN;
        do {
            if (sk_buff *skb = udp_try_recv(sk, flags, off, err)) return skb;
            if (!sk_can_busy_loop(sk)) break;
            sk_busy_loop(sk, (flags & MSG_DONTWAIT) != 0);
        } while (!skb_queue_empty_lockless(sk_queue));
        // The ring's own head: sk_queue was empty, and still is unless its last element changed.
    } while (timeo != 0 && __skb_wait_for_more_packets(sk, sk_queue, &error, &timeo, sk_queue) == 0);
    *err = error;
    return nullptr;
}

namespace {

// All of it lies in the linear part: no walk over fragments. Linux 6.1: include/net/udp.h
int copy_linear_skb(sk_buff *skb, int len, int off, iov_iter *to) {
    TRACE_FN(skb);
    const std::size_t n = copy_to_iter(skb->data + off, static_cast<std::size_t>(len), to);
    if (n == static_cast<std::size_t>(len)) return TRACE_RET(0);
    iov_iter_revert(to, n);
    return TRACE_RET(-EFAULT);
}

// 0, -EINVAL: the checksum turned out wrong, -EFAULT. A checksum not yet known is taken while copying, unless not all
// is copied or the packet stays in the queue: then first.
int udp_copy_out(sk_buff *skb, msghdr *msg, int copied, int off, bool all, bool peeking) {
    const udp_dev_scratch *scratch = udp_skb_scratch(skb);
    bool checksum_valid = false;
    if (!all || peeking) {
        checksum_valid = scratch->csum_unnecessary || __udp_lib_checksum_complete(skb) == 0;
        if (!checksum_valid) return -EINVAL;
    }
    if (!checksum_valid && !scratch->csum_unnecessary) return skb_copy_and_csum_datagram_msg(skb, off, msg);
    return scratch->is_linear ? copy_linear_skb(skb, copied, off, &msg->msg_iter)
                              : skb_copy_datagram_msg(skb, off, msg, copied);
}

void udp_drop_bad(sock *sk, sk_buff *skb, unsigned flags) {
    if (__sk_queue_drop_skb(sk, &udp_sk(sk)->reader_queue, skb, flags, udp_skb_destructor) == 0) {
        UDP_INC_STATS(sock_net(sk), UDP_MIB_CSUMERRORS);
        UDP_INC_STATS(sock_net(sk), UDP_MIB_INERRORS);
    }
    kfree_skb(skb);
}

void udp_copy_address(const sk_buff *skb, msghdr *msg, int *addr_len) {
    auto *sin = static_cast<sockaddr_in *>(msg->msg_name);
    if (!sin) return;
    *sin = sockaddr_in{};
    sin->sin_port = udp_hdr(skb)->source;
    sin->sin_addr = ip_hdr(skb)->saddr;
    *addr_len = sizeof(*sin);
}

// Tells a reader of several datagrams at once how long each of them is. Linux 6.1: include/linux/udp.h
void udp_cmsg_recv(msghdr *msg, sk_buff *skb) {
    TRACE_FN(skb);
    if ((skb_shinfo(skb)->gso_type & SKB_GSO_UDP_L4) == 0) return;
    const int gso_size = skb_shinfo(skb)->gso_size;
    put_cmsg(msg, SOL_UDP, UDP_GRO, sizeof(gso_size), &gso_size);
}

} // namespace

// Bytes of the datagram, or a negative errno. Linux 6.1: net/ipv4/udp.c
int udp_recvmsg(sock *sk, msghdr *msg, std::size_t len, int flags, int *addr_len) {
    TRACE_FN();
    const auto uflags = static_cast<unsigned>(flags);
    const bool peeking = (uflags & MSG_PEEK) != 0;
    if ((uflags & MSG_ERRQUEUE) != 0) return TRACE_RET(ip_recv_error(sk, msg, static_cast<int>(len), addr_len));
    for (;;) {
        int err = 0;
        int off = sk_peek_offset(sk, uflags);
        sk_buff *skb = __skb_recv_udp(sk, uflags, &off, &err);
        if (!skb) return TRACE_RET(err);

        const unsigned ulen = udp_skb_scratch(skb)->len;
        unsigned copied = static_cast<unsigned>(len);
        if (copied > ulen - static_cast<unsigned>(off))
            copied = ulen - static_cast<unsigned>(off);
        else if (copied < ulen)
            msg->msg_flags |= MSG_TRUNC; // what does not fit is lost

        err = udp_copy_out(skb, msg, static_cast<int>(copied), off, copied >= ulen, peeking);
        if (err == -EINVAL) {
            udp_drop_bad(sk, skb, uflags);
            cond_resched();
            msg->msg_flags &= ~MSG_TRUNC;
            continue;
        }
        if (err != 0) {
            if (!peeking) {
                atomic_inc(&sk->sk_drops);
                UDP_INC_STATS(sock_net(sk), UDP_MIB_INERRORS);
            }
            kfree_skb(skb);
            return TRACE_RET(err);
        }
        if (!peeking) UDP_INC_STATS(sock_net(sk), UDP_MIB_INDATAGRAMS);
        sock_recv_cmsgs(msg, sk, skb);
        udp_copy_address(skb, msg, addr_len);
        if (udp_test_bit(UDP_FLAGS_GRO_ENABLED, sk)) udp_cmsg_recv(msg, skb);
        if (inet_sk(sk)->cmsg_flags != 0) ip_cmsg_recv_offset(msg, sk, skb, sizeof(udphdr), off);
        err = static_cast<int>((uflags & MSG_TRUNC) != 0 ? ulen : copied);
        skb_consume_udp(sk, skb, peeking ? -err : err);
        return TRACE_RET(err);
    }
}

} // namespace skbscope::stack
