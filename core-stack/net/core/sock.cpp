// SPDX-License-Identifier: GPL-2.0-or-later
// The life of a struct sock, what it charges for packets under way, and whom it wakes. Its lock stands in
// sock_lock.cpp, memory accounts in sock_mem.cpp, options in sock_options.cpp. Linux 6.1: net/core/sock.c
#include "net/sock.h"

#include "linux/errno.h"
#include "linux/filter.h"
#include "linux/random.h"
#include "linux/trace_fn.h"
#include "net/dst.h"
#include "net/inet_globals.h"
#include "net/net_namespace.h"

#include <utility>

namespace skbscope::stack {

namespace {

inline constexpr s64 SK_DEFAULT_STAMP = -1L * static_cast<s64>(NSEC_PER_SEC);

// The protocol's cache in the machine in use.
kmem_cache *slab_of(const proto *prot) {
    const auto it = inet_global().slab.find(prot);
    BUG_ON(it == inet_global().slab.end()); // proto_register() was not called
    return it->second;
}

} // namespace

// Linux 6.1: net/core/sock.c
int proto_register(const proto *prot, int alloc_slab) {
    TRACE_FN();
    inet_globals &g = inet_global();
    if (alloc_slab != 0) g.slab[prot] = kmem_cache_create(prot->name, prot->obj_size, SMP_CACHE_BYTES);
    if (prot->memory) prot->memory()->per_cpu_fw_alloc.resize(nr_cpu_ids());
    g.proto_list.push_back(prot);
    return TRACE_RET(0);
}

void proto_unregister(const proto *prot) {
    TRACE_FN();
    std::erase(inet_global().proto_list, prot);
}

// --- life ---------------------------------------------------------------------------------------------------------

namespace {

// Linux 6.1: net/core/sock.c
sock *sk_prot_alloc(const proto *prot) {
    TRACE_FN();
    return prot->obj_new(slab_of(prot));
}

void sk_prot_free(const proto *prot, sock *sk) {
    TRACE_FN();
    prot->obj_free(slab_of(prot), sk);
}

} // namespace

// Linux 6.1: net/core/sock.c
sock *sk_alloc(net *ns, int family, gfp_t, const proto *prot, int kern) {
    TRACE_FN();
    sock *sk = sk_prot_alloc(prot);
    sk->sk_family = static_cast<u16>(family);
    sk->sk_prot = sk->sk_prot_creator = prot;
    sk->sk_kern_sock = kern != 0;
    sk->sk_net_refcnt = kern == 0; // a socket of the kernel does not keep its namespace alive
    if (sk->sk_net_refcnt) get_net(ns);
    sock_net_set(sk, ns);
    refcount_set(&sk->sk_wmem_alloc, 1);
    sk_tx_queue_clear(sk);
    return sk;
}

namespace {

// Linux 6.1: net/core/sock.c
void __sk_destruct(rcu_head *head) {
    TRACE_FN();
    sock *sk = container_of(head, &sock::sk_rcu);
    if (sk->sk_destruct) sk->sk_destruct(sk);
    if (sk->sk_net_refcnt) put_net(sock_net(sk));
    sk_prot_free(sk->sk_prot_creator, sk);
}

// Linux 6.1: net/core/sock.c
void __sk_free(sock *sk) {
    TRACE_FN();
    sk_destruct(sk);
}

} // namespace

// A socket that receivers find without a lock must outlive every reader that may still hold it.
// Linux 6.1: net/core/sock.c
void sk_destruct(sock *sk) {
    TRACE_FN();
    bool use_call_rcu = sock_flag(sk, SOCK_RCU_FREE);
    if (sk->sk_reuseport_cb) {
        reuseport_detach_sock(sk);
        use_call_rcu = true;
    }
    if (use_call_rcu)
        call_rcu(&sk->sk_rcu, __sk_destruct);
    else
        __sk_destruct(&sk->sk_rcu);
}

// The 1 in sk_wmem_alloc is the socket's own: packets still under way put the end off until sock_wfree().
// Linux 6.1: net/core/sock.c
void sk_free(sock *sk) {
    TRACE_FN();
    if (refcount_sub_and_test(1, &sk->sk_wmem_alloc)) __sk_free(sk);
}

// --- what wakes whom ----------------------------------------------------------------------------------------------

namespace {

void sock_def_wakeup(sock *sk) {
    TRACE_FN();
    if (skwq_has_sleeper(sk->sk_wq)) wake_up_interruptible_all(&sk->sk_wq->wait);
}

void sock_def_error_report(sock *sk) {
    TRACE_FN();
    if (skwq_has_sleeper(sk->sk_wq)) wake_up_interruptible_poll(&sk->sk_wq->wait, EPOLLERR);
}

// A writer is woken only when it can make significant progress: half the buffer is free.
void sock_def_write_space(sock *sk) {
    TRACE_FN();
    if (sock_writeable(sk) && skwq_has_sleeper(sk->sk_wq))
        wake_up_interruptible_sync_poll(&sk->sk_wq->wait, EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND);
}

// The same, from the destructor of a packet of a socket that RCU protects.
void sock_def_write_space_wfree(sock *sk) {
    TRACE_FN();
    if (sock_writeable(sk) && sk->sk_wq && waitqueue_active(&sk->sk_wq->wait))
        wake_up_interruptible_sync_poll(&sk->sk_wq->wait, EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND);
}

void sock_def_destruct(sock *) {
    TRACE_FN();
}

} // namespace

// Linux 6.1: net/core/sock.c
void sock_def_readable(sock *sk) {
    TRACE_FN();
    if (skwq_has_sleeper(sk->sk_wq))
        wake_up_interruptible_sync_poll(&sk->sk_wq->wait, EPOLLIN | EPOLLPRI | EPOLLRDNORM | EPOLLRDBAND);
}

// Linux 6.1: net/core/sock.c
void sk_error_report(sock *sk) {
    TRACE_FN();
    sk->sk_error_report(sk);
}

// Linux 6.1: net/core/sock.c
void sock_init_data_uid(socket *sock, struct sock *sk, u32 uid) {
    TRACE_FN();
    const inet_globals &g = inet_global();
    timer_setup(&sk->sk_timer, nullptr, 0);
    sk->sk_allocation = GFP_KERNEL;
    sk->sk_rcvbuf = g.sysctl_rmem_default;
    sk->sk_sndbuf = g.sysctl_wmem_default;
    sk->sk_state = TCP_CLOSE;
    sk->sk_use_task_frag = true;
    sk->sk_socket = sock;
    sock_set_flag(sk, SOCK_ZAPPED);
    if (sock) {
        sk->sk_type = static_cast<u16>(sock->type);
        sk->sk_wq = &sock->wq;
        sock->sk = sk;
    }
    sk->sk_uid = uid;
    sk->sk_state_change = sock_def_wakeup;
    sk->sk_data_ready = sock_def_readable;
    sk->sk_write_space = sock_def_write_space;
    sk->sk_error_report = sock_def_error_report;
    sk->sk_destruct = sock_def_destruct;
    sk->sk_peek_off = -1;
    sk->sk_rcvlowat = 1;
    sk->sk_rcvtimeo = MAX_SCHEDULE_TIMEOUT;
    sk->sk_sndtimeo = MAX_SCHEDULE_TIMEOUT;
    sk->sk_stamp = SK_DEFAULT_STAMP;
    sk->sk_ll_usec = net_core_sysctl().sysctl_net_busy_read;
    sk->sk_incoming_cpu = -1;
    sk->sk_rx_queue_mapping = 0xffff;
    refcount_set(&sk->sk_refcnt, 1);
    atomic_set(&sk->sk_drops, 0);
}

void sock_init_data(socket *sock, struct sock *sk) {
    TRACE_FN();
    sock_init_data_uid(sock, sk, sock ? sock->i_uid : 0);
}

// Linux 6.1: net/core/sock.c
void sk_common_release(sock *sk) {
    TRACE_FN();
    if (sk->sk_prot->destroy) sk->sk_prot->destroy(sk);
    sk->sk_prot->unhash(sk); // no packet finds it from here on
    if (sk->sk_socket) sk->sk_socket->sk = nullptr;
    sock_orphan(sk);
    sock_put(sk);
}

// --- packets that leave -------------------------------------------------------------------------------------------

// The packet's destructor: gives its bytes back to the sender. Linux 6.1: net/core/sock.c
void sock_wfree(sk_buff *skb) {
    TRACE_FN(skb);
    sock *sk = skb->sk;
    int len = static_cast<int>(skb->truesize);
    if (!sock_flag(sk, SOCK_USE_WRITE_QUEUE)) {
        if (sock_flag(sk, SOCK_RCU_FREE) && sk->sk_write_space == sock_def_write_space) {
            const bool free = refcount_sub_and_test(len, &sk->sk_wmem_alloc);
            sock_def_write_space_wfree(sk);
            if (free) __sk_free(sk);
            return;
        }
        // Keep one byte: the socket must live through sk_write_space().
        BUG_ON(refcount_sub_and_test(len - 1, &sk->sk_wmem_alloc));
        sk->sk_write_space(sk);
        len = 1;
    }
    if (refcount_sub_and_test(len, &sk->sk_wmem_alloc)) __sk_free(sk);
}

void __sock_wfree(sk_buff *skb) {
    TRACE_FN(skb);
    sock *sk = skb->sk;
    if (refcount_sub_and_test(static_cast<int>(skb->truesize), &sk->sk_wmem_alloc)) __sk_free(sk);
}

// Linux 6.1: net/core/sock.c
void skb_set_owner_w(sk_buff *skb, sock *sk) {
    TRACE_FN(skb);
    skb_orphan(skb);
    skb->sk = sk;
    skb->destructor = sock_wfree;
    if (sk->sk_txhash != 0) { // skb_set_hash_from_sk()
        skb->l4_hash = 1;
        skb->hash = sk->sk_txhash;
    }
    // Also what keeps the socket alive until the packet is gone.
    refcount_add(static_cast<int>(skb->truesize), &sk->sk_wmem_alloc);
}

// Linux 6.1: net/core/sock.c
sk_buff *sock_wmalloc(sock *sk, unsigned long size, int force, gfp_t priority) {
    TRACE_FN();
    if (force == 0 && static_cast<int>(refcount_read(&sk->sk_wmem_alloc)) >= sk->sk_sndbuf) return nullptr;
    sk_buff *skb = alloc_skb(static_cast<unsigned>(size), priority);
    if (skb) skb_set_owner_w(skb, sk);
    return skb;
}

namespace {

// Linux 6.1: net/core/sock.c
long sock_wait_for_wmem(sock *sk, long timeo) {
    TRACE_FN();
    wait_queue_entry wait;
    sk_clear_bit(SOCKWQ_ASYNC_NOSPACE, sk);
    while (timeo != 0 && !signal_pending(get_current())) {
        sk->sk_socket->flags |= 1UL << SOCK_NOSPACE;
        prepare_to_wait(sk_sleep(sk), &wait, TASK_INTERRUPTIBLE);
        if (static_cast<int>(refcount_read(&sk->sk_wmem_alloc)) < sk->sk_sndbuf) break;
        if ((sk->sk_shutdown & SEND_SHUTDOWN) != 0 || sk->sk_err != 0) break;
        timeo = schedule_timeout(timeo);
    }
    finish_wait(sk_sleep(sk), &wait);
    return timeo;
}

} // namespace

// Waits for room in the send buffer, then allocates. Linux 6.1: net/core/sock.c
sk_buff *sock_alloc_send_pskb(sock *sk, unsigned long header_len, unsigned long data_len, int noblock, int *errcode,
                              int max_page_order) {
    TRACE_FN();
    long timeo = sock_sndtimeo(sk, noblock != 0);
    for (;;) {
        *errcode = sock_error(sk);
        if (*errcode != 0) return nullptr;
        *errcode = -EPIPE;
        if ((sk->sk_shutdown & SEND_SHUTDOWN) != 0) return nullptr;
        if (sk_wmem_alloc_get(sk) < sk->sk_sndbuf) break;
        sk_set_bit(SOCKWQ_ASYNC_NOSPACE, sk);
        sk->sk_socket->flags |= 1UL << SOCK_NOSPACE;
        *errcode = -EAGAIN;
        if (timeo == 0) return nullptr;
        *errcode = sock_intr_errno(timeo);
        if (signal_pending(get_current())) return nullptr;
        timeo = sock_wait_for_wmem(sk, timeo);
    }
    sk_buff *skb = alloc_skb_with_frags(header_len, data_len, max_page_order, errcode, sk->sk_allocation);
    if (skb) skb_set_owner_w(skb, sk);
    return skb;
}

// --- packets that arrive ------------------------------------------------------------------------------------------

// Linux 6.1: net/core/sock.c
void sock_rfree(sk_buff *skb) {
    TRACE_FN(skb);
    sock *sk = skb->sk;
    atomic_sub(static_cast<int>(skb->truesize), &sk->sk_rmem_alloc);
    sk_mem_uncharge(sk, static_cast<int>(skb->truesize));
}

void skb_set_owner_r(sk_buff *skb, sock *sk) {
    TRACE_FN(skb);
    skb_orphan(skb);
    skb->sk = sk;
    skb->destructor = sock_rfree;
    atomic_add(static_cast<int>(skb->truesize), &sk->sk_rmem_alloc);
    sk_mem_charge(sk, static_cast<int>(skb->truesize));
}

// For a packet that only refers to its socket (early demux). Linux 6.1: net/core/sock.c
void sock_efree(sk_buff *skb) {
    TRACE_FN(skb);
    sock_put(skb->sk);
}

// TCP's pure acknowledgements are told by their size, and not worth it. Linux 6.1: net/core/sock.c
void skb_orphan_partial(sk_buff *skb) {
    TRACE_FN(skb);
    constexpr unsigned pure_ack_truesize = 2;
    if (skb->truesize == pure_ack_truesize) return;
    if (skb->destructor == sock_wfree && skb_set_owner_sk_safe(skb, skb->sk)) return;
    skb_orphan(skb);
}

bool skb_set_owner_sk_safe(sk_buff *skb, sock *sk) {
    TRACE_FN(skb);
    if (!sk || !refcount_inc_not_zero(&sk->sk_refcnt)) return TRACE_RET(false);
    skb_orphan(skb);
    skb->destructor = sock_efree;
    skb->sk = sk;
    return TRACE_RET(true);
}

// Takes over the socket that early demux found; refcounted: the caller holds a reference now.
sock *skb_steal_sock(sk_buff *skb, bool *refcounted) {
    TRACE_FN(skb);
    sock *sk = skb->sk;
    *refcounted = sk != nullptr;
    if (sk) {
        skb->destructor = nullptr;
        skb->sk = nullptr;
    }
    return sk;
}

void sock_skb_set_dropcount(const sock *sk, sk_buff *skb) {
    // Sits behind what the protocol keeps in cb (sock_skb_cb_offset).
    auto *cb = reinterpret_cast<sock_skb_cb *>(skb->cb + sizeof(skb->cb) - sizeof(sock_skb_cb));
    cb->dropcount = sock_flag(sk, SOCK_RXQ_OVFL) ? static_cast<u32>(atomic_read(&sk->sk_drops)) : 0;
}

// Linux 6.1: net/core/sock.c
int __sock_queue_rcv_skb(sock *sk, sk_buff *skb) {
    TRACE_FN(skb);
    sk_buff_head *list = &sk->sk_receive_queue;
    if (atomic_read(&sk->sk_rmem_alloc) >= sk->sk_rcvbuf) {
        atomic_inc(&sk->sk_drops);
        return TRACE_RET(-ENOMEM);
    }
    if (!sk_rmem_schedule(sk, skb, static_cast<int>(skb->truesize))) {
        atomic_inc(&sk->sk_drops);
        return TRACE_RET(-ENOBUFS);
    }
    skb->dev = nullptr;
    skb_set_owner_r(skb, sk);
    skb_dst_force(skb); // a borrowed route must not outlive the RCU section
    unsigned long flags = 0;
    spin_lock_irqsave(&list->lock, flags);
    sock_skb_set_dropcount(sk, skb);
    __skb_queue_tail(list, skb);
    spin_unlock_irqrestore(&list->lock, flags);
    if (!sock_flag(sk, SOCK_DEAD)) sk->sk_data_ready(sk);
    return TRACE_RET(0);
}

// Linux 6.1: net/core/sock.c
int sock_queue_rcv_skb_reason(sock *sk, sk_buff *skb, skb_drop_reason *reason) {
    TRACE_FN(skb);
    skb_drop_reason drop_reason = SKB_DROP_REASON_SOCKET_FILTER;
    int err = sk_filter(sk, skb);
    if (err == 0) {
        err = __sock_queue_rcv_skb(sk, skb);
        drop_reason = err == -ENOMEM    ? SKB_DROP_REASON_SOCKET_RCVBUFF
                      : err == -ENOBUFS ? SKB_DROP_REASON_PROTO_MEM
                                        : SKB_NOT_DROPPED_YET;
    }
    if (reason) *reason = drop_reason;
    return TRACE_RET(err);
}

// --- small ones ---------------------------------------------------------------------------------------------------

// Linux 6.1: net/core/sock.c
u32 sock_i_uid(sock *sk) {
    TRACE_FN();
    read_lock_bh(&sk->sk_callback_lock);
    const u32 uid = sk->sk_socket ? sk->sk_socket->i_uid : 0;
    read_unlock_bh(&sk->sk_callback_lock);
    return TRACE_RET(uid);
}

int sock_error(sock *sk) {
    return -std::exchange(sk->sk_err, 0);
}

int sock_intr_errno(long timeo) {
    return timeo == MAX_SCHEDULE_TIMEOUT ? -ERESTARTSYS : -EINTR;
}

void sk_set_txhash(sock *sk) {
    const u32 v = get_random_u32(); // net_tx_rndhash(): never 0, which means "none"
    sk->sk_txhash = v != 0 ? v : 1;
}

void sk_peek_offset_bwd(sock *sk, int val) {
    if (sk->sk_peek_off >= 0) sk->sk_peek_off = std::max(sk->sk_peek_off - val, 0);
}

// Left out: control messages (time stamps, drop counts), which no system call of the model takes.
void sock_recv_cmsgs(msghdr *, sock *sk, sk_buff *skb) {
    if (sock_flag(sk, SOCK_TIMESTAMP))
        sk->sk_stamp = skb->tstamp;
    else if (sk->sk_stamp == SK_DEFAULT_STAMP)
        sk->sk_stamp = 0;
}

// --- the cached route ---------------------------------------------------------------------------------------------

dst_entry *sk_dst_get(const sock *sk) {
    dst_entry *dst = sk->sk_dst_cache;
    return dst && atomic_inc_not_zero(&dst->__refcnt) ? dst : nullptr;
}

void sk_dst_set(sock *sk, dst_entry *dst) {
    TRACE_FN();
    sk_tx_queue_clear(sk);
    sk->sk_dst_pending_confirm = 0;
    dst_release(std::exchange(sk->sk_dst_cache, dst));
}

void sk_dst_reset(sock *sk) {
    TRACE_FN();
    sk_dst_set(sk, nullptr);
}

// Linux 6.1: net/core/sock.c
dst_entry *sk_dst_check(sock *sk, u32 cookie) {
    TRACE_FN();
    dst_entry *dst = sk_dst_get(sk);
    if (dst && dst->obsolete != 0 && !dst->ops->check(dst, cookie)) {
        sk_dst_reset(sk);
        dst_release(dst);
        return nullptr;
    }
    return dst;
}

} // namespace skbscope::stack
