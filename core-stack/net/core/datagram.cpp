// SPDX-License-Identifier: GPL-2.0-or-later
// Taking datagrams off a socket's queue, sleeping while there is none, and copying one out to the process.
// Linux 6.1: net/core/datagram.c
#include "net/sock.h"

#include "linux/errno.h"
#include "linux/trace_fn.h"
#include "net/busy_poll.h"

namespace skbscope::stack {

namespace {

// Woken only for what a reader waits for. Linux 6.1: net/core/datagram.c
int receiver_wake_function(wait_queue_entry *wait, unsigned mode, int sync, void *key) {
    TRACE_FN();
    // key null: an unconditional wake-up
    if (key && (key_to_poll(key) & (EPOLLIN | EPOLLERR)) == 0) return TRACE_RET(0);
    return TRACE_RET(autoremove_wake_function(wait, mode, sync, key));
}

// SOCK_SEQPACKET and SOCK_STREAM: there is a peer to lose.
bool connection_based(const sock *sk) {
    return sk->sk_type == SOCK_SEQPACKET || sk->sk_type == SOCK_STREAM;
}

} // namespace

// 0: look again; else stop, with the reason in *err (0: the socket was shut down).
// Linux 6.1: net/core/datagram.c
int __skb_wait_for_more_packets(sock *sk, sk_buff_head *queue, int *err, long *timeo_p, const sk_buff_links *skb) {
    TRACE_FN();
    wait_queue_entry wait(receiver_wake_function);
    prepare_to_wait_exclusive(sk_sleep(sk), &wait, TASK_INTERRUPTIBLE);

    int error = sock_error(sk);
    int ret = 0;
    if (error != 0) {
        *err = ret = error;
    } else if (queue->prev != skb) {
        // something came between the look and the sleep
    } else if ((sk->sk_shutdown & RCV_SHUTDOWN) != 0) {
        *err = 0;
        ret = 1;
    } else if (connection_based(sk) && sk->sk_state != TCP_ESTABLISHED && sk->sk_state != TCP_LISTEN) {
        *err = ret = -ENOTCONN;
    } else if (signal_pending(get_current())) {
        *err = ret = sock_intr_errno(*timeo_p);
    } else {
        *timeo_p = schedule_timeout(*timeo_p);
    }
    finish_wait(sk_sleep(sk), &wait);
    return TRACE_RET(ret);
}

namespace {

// A peeked empty datagram must not be peeked again: mark it, in a copy of its own if others hold it.
// Linux 6.1: net/core/datagram.c
sk_buff *skb_set_peeked(sk_buff *skb) {
    TRACE_FN(skb);
    if (skb->peeked) return skb;
    if (skb_shared(skb)) {
        sk_buff *nskb = skb_clone(skb, GFP_ATOMIC);
        if (!nskb) return ERR_PTR(-ENOMEM);
        skb->prev->next = nskb;
        skb->next->prev = nskb;
        nskb->prev = skb->prev;
        nskb->next = skb->next;
        consume_skb(skb);
        skb = nskb;
    }
    skb->peeked = 1;
    return skb;
}

} // namespace

// Linux 6.1: net/core/datagram.c
sk_buff *__skb_try_recv_from_queue(sock *, sk_buff_head *queue, unsigned flags, int *off, int *err,
                                   const sk_buff_links **last) {
    TRACE_FN();
    const bool peek_at_off = (flags & MSG_PEEK) != 0 && *off >= 0;
    int left = peek_at_off ? *off : 0;
    *last = queue->prev;
    for (sk_buff *skb = skb_peek(queue); skb; skb = skb_peek_next(skb, queue)) {
        if ((flags & MSG_PEEK) == 0) {
            __skb_unlink(skb, queue);
        } else {
            if (peek_at_off && left >= static_cast<int>(skb->len) && (left != 0 || skb->peeked)) {
                left -= static_cast<int>(skb->len);
                continue;
            }
            if (skb->len == 0) {
                skb = skb_set_peeked(skb);
                if (IS_ERR(skb)) {
                    *err = PTR_ERR(skb);
                    return nullptr;
                }
            }
            refcount_inc(&skb->users);
        }
        *off = left;
        return skb;
    }
    return nullptr;
}

// Linux 6.1: net/core/datagram.c
sk_buff *__skb_try_recv_datagram(sock *sk, sk_buff_head *queue, unsigned flags, int *off, int *err,
                                 const sk_buff_links **last) {
    TRACE_FN();
    *err = sock_error(sk);
    if (*err != 0) return nullptr;
    do {
        unsigned long irq_flags = 0;
        spin_lock_irqsave(&queue->lock, irq_flags);
        sk_buff *skb = __skb_try_recv_from_queue(sk, queue, flags, off, err, last);
        spin_unlock_irqrestore(&queue->lock, irq_flags);
        if (*err != 0) return nullptr;
        if (skb) return skb;
        if (!sk_can_busy_loop(sk)) break;
        sk_busy_loop(sk, (flags & MSG_DONTWAIT) != 0);
    } while (queue->prev != *last);
    *err = -EAGAIN;
    return nullptr;
}

// Linux 6.1: net/core/datagram.c
sk_buff *__skb_recv_datagram(sock *sk, sk_buff_head *sk_queue, unsigned flags, int *off, int *err) {
    TRACE_FN();
    const sk_buff_links *last = nullptr;
    long timeo = sock_rcvtimeo(sk, (flags & MSG_DONTWAIT) != 0);
    do {
        if (sk_buff *skb = __skb_try_recv_datagram(sk, sk_queue, flags, off, err, &last)) return skb;
        if (*err != -EAGAIN) break;
    } while (timeo != 0 && __skb_wait_for_more_packets(sk, sk_queue, err, &timeo, last) == 0);
    return nullptr;
}

// Linux 6.1: net/core/datagram.c
sk_buff *skb_recv_datagram(sock *sk, unsigned flags, int *err) {
    TRACE_FN();
    int off = 0;
    return __skb_recv_datagram(sk, &sk->sk_receive_queue, flags, &off, err);
}

// Linux 6.1: net/core/datagram.c
void skb_free_datagram(sock *, sk_buff *skb) {
    TRACE_FN(skb);
    consume_skb(skb);
}

// A datagram that turned out bad. One that was only peeked at is still queued.
// Linux 6.1: net/core/datagram.c
int __sk_queue_drop_skb(sock *sk, sk_buff_head *sk_queue, sk_buff *skb, unsigned flags,
                        void (*destructor)(sock *sk, sk_buff *skb)) {
    TRACE_FN(skb);
    int err = 0;
    if ((flags & MSG_PEEK) != 0) {
        err = -ENOENT;
        spin_lock_bh(&sk_queue->lock);
        if (skb->next) {
            __skb_unlink(skb, sk_queue);
            refcount_dec(&skb->users);
            if (destructor) destructor(sk, skb);
            err = 0;
        }
        spin_unlock_bh(&sk_queue->lock);
    }
    atomic_inc(&sk->sk_drops);
    return TRACE_RET(err);
}

// Linux 6.1: net/core/datagram.c
int skb_kill_datagram(sock *sk, sk_buff *skb, unsigned flags) {
    TRACE_FN(skb);
    const int err = __sk_queue_drop_skb(sk, &sk->sk_receive_queue, skb, flags, nullptr);
    kfree_skb(skb);
    return TRACE_RET(err);
}

namespace {

using copy_fn = std::size_t (*)(const void *addr, std::size_t bytes, void *data, iov_iter *to);

// Linux 6.1: net/core/datagram.c
std::size_t simple_copy_to_iter(const void *addr, std::size_t bytes, void *, iov_iter *to) {
    TRACE_FN();
    return TRACE_RET(copy_to_iter(addr, bytes, to));
}

// lib/iov_iter.c has it in the kernel
std::size_t csum_and_copy_to_iter_cb(const void *addr, std::size_t bytes, void *csstate, iov_iter *to) {
    return csum_and_copy_to_iter(addr, bytes, csstate, to);
}

// Walks linear data, page fragments and the fragment list. A copy that comes out short is a fault, unless the process
// simply gave less room (fault_short false). Linux 6.1: net/core/datagram.c
int __skb_datagram_iter(const sk_buff *skb, int offset, iov_iter *to, int len, bool fault_short, copy_fn cb,
                        void *data) {
    TRACE_FN(skb);
    const int start_off = offset;
    int start = static_cast<int>(skb_headlen(skb));
    const auto fault = [&] {
        iov_iter_revert(to, static_cast<std::size_t>(offset - start_off));
        return -EFAULT;
    };
    // One stretch that ends at `end`; true: done, *ret is the answer.
    const auto take = [&](const u8 *from, int end, int *ret) {
        const int copy = std::min(end - offset, len);
        if (copy <= 0) return false;
        const int n = static_cast<int>(cb(from, static_cast<std::size_t>(copy), data, to));
        offset += n;
        len -= n;
        *ret = n != copy && (fault_short || iov_iter_count(to) != 0) ? fault() : 0;
        return n != copy || len == 0;
    };

    int ret = 0;
    if (take(skb->data + offset, start, &ret)) return TRACE_RET(ret);
    const skb_shared_info *shinfo = skb_shinfo(skb);
    for (unsigned i = 0; i < shinfo->nr_frags; ++i) {
        const skb_frag_t *frag = &shinfo->frags[i];
        const int end = start + static_cast<int>(skb_frag_size(frag));
        if (take(skb_frag_address(frag) + (offset - start), end, &ret)) return TRACE_RET(ret);
        start = end;
    }
    for (const sk_buff *iter = shinfo->frag_list; iter; iter = iter->next) {
        const int end = start + static_cast<int>(iter->len);
        const int copy = std::min(end - offset, len);
        if (copy > 0) {
            if (__skb_datagram_iter(iter, offset - start, to, copy, fault_short, cb, data) != 0)
                return TRACE_RET(fault());
            len -= copy;
            if (len == 0) return TRACE_RET(0);
            offset += copy;
        }
        start = end;
    }
    return TRACE_RET(len == 0 ? 0 : fault());
}

// Linux 6.1: net/core/datagram.c
int skb_copy_and_csum_datagram(const sk_buff *skb, int offset, iov_iter *to, int len, wsum *csump) {
    TRACE_FN(skb);
    csum_state csdata{.csum = *csump, .off = 0};
    const int ret = __skb_datagram_iter(skb, offset, to, len, true, csum_and_copy_to_iter_cb, &csdata);
    if (ret == 0) *csump = csdata.csum;
    return TRACE_RET(ret);
}

} // namespace

// Linux 6.1: net/core/datagram.c
int skb_copy_datagram_iter(const sk_buff *skb, int offset, iov_iter *to, int len) {
    TRACE_FN(skb);
    return TRACE_RET(__skb_datagram_iter(skb, offset, to, len, false, simple_copy_to_iter, nullptr));
}

// Linux 6.1: net/core/datagram.c
int skb_copy_datagram_from_iter(sk_buff *skb, int offset, iov_iter *from, int len) {
    TRACE_FN(skb);
    int start = static_cast<int>(skb_headlen(skb));
    // One stretch that ends at `end`; false: the process gave less than it said.
    const auto fill = [&](u8 *to, int end) {
        const int copy = std::min(end - offset, len);
        if (copy <= 0) return true;
        offset += copy;
        len -= copy;
        return copy_from_iter(to, static_cast<std::size_t>(copy), from) == static_cast<std::size_t>(copy);
    };
    if (!fill(skb->data + offset, start)) return TRACE_RET(-EFAULT);
    const skb_shared_info *shinfo = skb_shinfo(skb);
    for (unsigned i = 0; i < shinfo->nr_frags && len != 0; ++i) {
        const skb_frag_t *frag = &shinfo->frags[i];
        const int end = start + static_cast<int>(skb_frag_size(frag));
        if (!fill(skb_frag_address(frag) + (offset - start), end)) return TRACE_RET(-EFAULT);
        start = end;
    }
    for (sk_buff *iter = shinfo->frag_list; iter && len != 0; iter = iter->next) {
        const int copy = std::min(start + static_cast<int>(iter->len) - offset, len);
        if (copy > 0) {
            if (skb_copy_datagram_from_iter(iter, offset - start, from, copy) != 0) return TRACE_RET(-EFAULT);
            len -= copy;
            offset += copy;
        }
        start += static_cast<int>(iter->len);
    }
    return TRACE_RET(len == 0 ? 0 : -EFAULT);
}

// Copies and checks in one pass. -EINVAL: the checksum is wrong, and what was copied is taken back.
// Linux 6.1: net/core/datagram.c
int skb_copy_and_csum_datagram_msg(sk_buff *skb, int hlen, msghdr *msg) {
    TRACE_FN(skb);
    const int chunk = static_cast<int>(skb->len) - hlen;
    if (chunk == 0) return TRACE_RET(0);
    if (msg_data_left(msg) < static_cast<std::size_t>(chunk)) {
        if (__skb_checksum_complete(skb) != 0) return TRACE_RET(-EINVAL);
        return TRACE_RET(skb_copy_datagram_msg(skb, hlen, msg, chunk) != 0 ? -EFAULT : 0);
    }
    wsum csum = csum_partial(skb->data, static_cast<std::size_t>(hlen), skb->csum);
    if (skb_copy_and_csum_datagram(skb, hlen, &msg->msg_iter, chunk, &csum) != 0) return TRACE_RET(-EFAULT);
    if (csum_fold(csum) != 0) {
        iov_iter_revert(&msg->msg_iter, static_cast<std::size_t>(chunk));
        return TRACE_RET(-EINVAL);
    }
    return TRACE_RET(0);
}

} // namespace skbscope::stack
