// SPDX-License-Identifier: GPL-2.0-or-later
// struct sock: a protocol's end of a socket: addresses, queues, memory accounts, callbacks. It outlives its struct
// socket while packets still refer to it.
//
// Memory is accounted in bytes of truesize, three times over: what one socket may hold (sk_rcvbuf, sk_sndbuf), what it
// paid for in advance (sk_forward_alloc, whole pages), and what all sockets of the protocol hold (proto_memory, pages).
//
// Linux 6.1: include/net/sock.h
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

#include <algorithm>
#include <climits>
#include <vector>

namespace skbscope::stack {

struct dst_entry;
struct net;
struct proto;
struct raw_hashinfo;
struct sk_filter_prog;
struct sock_reuseport;
struct udp_table;

// TCP's numbers; a UDP socket is TCP_CLOSE until it is connected, then TCP_ESTABLISHED.
enum : u8 {
    TCP_ESTABLISHED = 1,
    TCP_SYN_SENT,
    TCP_SYN_RECV,
    TCP_FIN_WAIT1,
    TCP_FIN_WAIT2,
    TCP_TIME_WAIT,
    TCP_CLOSE,
    TCP_CLOSE_WAIT,
    TCP_LAST_ACK,
    TCP_LISTEN,
    TCP_CLOSING,
    TCP_NEW_SYN_RECV
};

enum : u8 { RCV_SHUTDOWN = 1, SEND_SHUTDOWN = 2, SHUTDOWN_MASK = 3 };
enum : u8 { SOCK_SNDBUF_LOCK = 1, SOCK_RCVBUF_LOCK = 2, SOCK_BINDADDR_LOCK = 4, SOCK_BINDPORT_LOCK = 8 };
enum : u8 { SK_NO_REUSE = 0, SK_CAN_REUSE = 1, SK_FORCE_REUSE = 2 };

// bits of sk_flags
enum sock_flags : unsigned {
    SOCK_DEAD,
    SOCK_DONE,
    SOCK_URGINLINE,
    SOCK_KEEPOPEN,
    SOCK_LINGER,
    SOCK_DESTROY,
    SOCK_BROADCAST,
    SOCK_TIMESTAMP,
    SOCK_ZAPPED,
    SOCK_USE_WRITE_QUEUE,
    SOCK_DBG,
    SOCK_RCVTSTAMP,
    SOCK_RCVTSTAMPNS,
    SOCK_LOCALROUTE,
    SOCK_MEMALLOC,
    SOCK_RXQ_OVFL,
    SOCK_ZEROCOPY,
    SOCK_NOFCS,
    SOCK_FILTER_LOCKED,
    SOCK_RCU_FREE,
    SOCK_XDP,
};

struct socket_lock_t {
    spinlock_t slock;
    int owned = 0; // a process holds the socket; packets meanwhile go to the backlog
    wait_queue_head_t wq;
};

// What a socket shares with the smaller things that stand in for one (requests, time-wait sockets). Where the kernel
// has one name for the protocol-neutral view and one for the Internet's, both are members here.
struct sock_common {
    sock_common() : sk_daddr{}, sk_rcv_saddr{}, sk_dport{}, sk_num{0} {}
    union {
        be32 sk_daddr;
        be32 inet_daddr; // foreign address
    };
    union {
        be32 sk_rcv_saddr;
        be32 inet_rcv_saddr; // bound local address, 0 = any
    };
    u16 sk_u16hashes[2] = {}; // UDP: [0] udp_port_hash, [1] udp_portaddr_hash
    union {
        be16 sk_dport;
        be16 inet_dport;
    };
    union {
        u16 sk_num;
        u16 inet_num; // local port, host order
    };
    u16 sk_family = 0;
    u8 sk_state = 0;
    u8 sk_reuse = SK_NO_REUSE;
    bool sk_reuseport = false;
    bool sk_ipv6only = false;
    bool sk_net_refcnt = false;
    int sk_bound_dev_if = 0;     // 0 = not bound to a device
    hlist_node sk_portaddr_node; // in udp_table::hash2
    const proto *sk_prot = nullptr;
    net *sk_net = nullptr;
    unsigned long sk_flags = 0; // bits: enum sock_flags
    hlist_node sk_node;         // in udp_table::hash, or another protocol's table
    u16 sk_tx_queue_mapping = 0xffff;
    u16 sk_rx_queue_mapping = 0xffff;
    int sk_incoming_cpu = -1;
    refcount_t sk_refcnt{1};
    u32 sk_rxhash = 0;
};

struct sock : sock_common {
    dst_entry *sk_rx_dst = nullptr; // early demux: the route of the last packet
    int sk_rx_dst_ifindex = 0;

    socket_lock_t sk_lock;
    atomic_t sk_drops;
    int sk_rcvlowat = 1;
    sk_buff_head sk_error_queue{"sk_error_queue"};
    sk_buff_head sk_receive_queue{"sk_receive_queue"};
    struct {
        int len = 0; // truesize of what waits
        sk_buff *head = nullptr;
        sk_buff *tail = nullptr;
    } sk_backlog;           // packets that came while a process held the socket
    atomic_t sk_rmem_alloc; // bytes in the receive queues

    int sk_forward_alloc = 0; // bytes paid for and not used yet
    u32 sk_reserved_mem = 0;
    unsigned sk_ll_usec = 0;          // busy polling (net/busy_poll.h): for so long, 0 = off
    unsigned sk_napi_id = 0;          // the source of the last packet
    bool sk_prefer_busy_poll = false; // the card's interrupts may wait while a reader polls
    u16 sk_busy_poll_budget = 0;      // packets a poll, 0 = BUSY_POLL_BUDGET
    int sk_rcvbuf = 0;
    int sk_disconnects = 0;

    sk_filter_prog *sk_filter = nullptr;
    socket_wq *sk_wq = nullptr;
    const void *sk_policy[2] = {}; // xfrm
    dst_entry *sk_dst_cache = nullptr;
    atomic_t sk_omem_alloc;
    int sk_sndbuf = 0;

    int sk_wmem_queued = 0;
    refcount_t sk_wmem_alloc{1}; // bytes in flight, and 1 that the socket itself holds
    sk_buff *sk_send_head = nullptr;
    sk_buff_head sk_write_queue{"sk_write_queue"};
    int sk_peek_off = -1;
    int sk_write_pending = 0;
    u32 sk_dst_pending_confirm = 0;
    u32 sk_pacing_status = 0;
    long sk_sndtimeo = LONG_MAX; // jiffies
    timer_list sk_timer;
    u32 sk_priority = 0;
    u32 sk_mark = 0;
    unsigned long sk_pacing_rate = ~0UL;
    unsigned long sk_max_pacing_rate = ~0UL;
    netdev_features_t sk_route_caps = 0;
    int sk_gso_type = 0;
    unsigned sk_gso_max_size = 0;
    gfp_t sk_allocation = GFP_KERNEL;
    u32 sk_txhash = 0;
    bool sk_gso_disabled = false;
    bool sk_kern_sock = false;
    bool sk_no_check_tx = false;
    bool sk_no_check_rx = false;
    u8 sk_userlocks = 0;
    u8 sk_pacing_shift = 10;
    u16 sk_type = 0;
    u16 sk_protocol = 0;
    u16 sk_gso_max_segs = 0;
    unsigned long sk_lingertime = 0;
    const proto *sk_prot_creator = nullptr;
    int sk_err = 0; // positive errno, given to the next call and cleared
    int sk_err_soft = 0;
    u32 sk_ack_backlog = 0;
    u32 sk_max_ack_backlog = 0;
    u32 sk_uid = 0;
    u8 sk_txrehash = 0;
    rwlock_t sk_callback_lock;
    long sk_rcvtimeo = LONG_MAX; // jiffies
    s64 sk_stamp = -1;
    u16 sk_tsflags = 0;
    u8 sk_shutdown = 0;
    atomic_t sk_tskey;
    bool sk_use_task_frag = true;

    struct socket *sk_socket = nullptr; // null once the process closed it
    void *sk_user_data = nullptr;
    void (*sk_state_change)(sock *sk) = nullptr;
    void (*sk_data_ready)(sock *sk) = nullptr;
    void (*sk_write_space)(sock *sk) = nullptr;
    void (*sk_error_report)(sock *sk) = nullptr;
    int (*sk_backlog_rcv)(sock *sk, sk_buff *skb) = nullptr;
    void (*sk_destruct)(sock *sk) = nullptr;
    sock_reuseport *sk_reuseport_cb = nullptr;
    rcu_head sk_rcu;
};

// What all sockets of a protocol hold, in pages. Per machine.
struct proto_memory {
    long memory_allocated = 0;
    std::vector<int> per_cpu_fw_alloc; // not yet added to memory_allocated
    unsigned long memory_pressure = 0;
    long sysctl_mem[3] = {}; // pages: no pressure below, pressure above, hard limit
    int inuse = 0;           // sockets
};

// What a protocol does with its sockets. Constant and shared by all machines; what changes hangs off the functions
// that return a reference.
struct proto {
    const char *name = "";
    void (*close)(sock *sk, long timeout) = nullptr;
    int (*pre_connect)(sock *sk, sockaddr *uaddr, int addr_len) = nullptr;
    int (*connect)(sock *sk, sockaddr *uaddr, int addr_len) = nullptr;
    int (*disconnect)(sock *sk, int flags) = nullptr;
    int (*init)(sock *sk) = nullptr;
    void (*destroy)(sock *sk) = nullptr;
    void (*shutdown)(sock *sk, int how) = nullptr;
    int (*setsockopt)(sock *sk, int level, int optname, const void *optval, unsigned optlen) = nullptr;
    int (*getsockopt)(sock *sk, int level, int optname, void *optval, int *optlen) = nullptr;
    int (*sendmsg)(sock *sk, msghdr *msg, std::size_t len) = nullptr;
    int (*recvmsg)(sock *sk, msghdr *msg, std::size_t len, int flags, int *addr_len) = nullptr;
    int (*bind)(sock *sk, sockaddr *uaddr, int addr_len) = nullptr;
    int (*backlog_rcv)(sock *sk, sk_buff *skb) = nullptr;
    void (*release_cb)(sock *sk) = nullptr;
    int (*hash)(sock *sk) = nullptr;
    void (*unhash)(sock *sk) = nullptr;
    void (*rehash)(sock *sk) = nullptr;
    int (*get_port)(sock *sk, u16 snum) = nullptr;
    void (*put_port)(sock *sk) = nullptr;
    void (*enter_memory_pressure)(sock *sk) = nullptr;
    void (*leave_memory_pressure)(sock *sk) = nullptr;
    proto_memory *(*memory)() = nullptr;         // null: this protocol's memory is not accounted
    bool has_memory_pressure = false;            // TCP enters a state of pressure; UDP only has limits
    int (*sysctl_rmem)(const net *ns) = nullptr; // what a socket may always have
    int (*sysctl_wmem)(const net *ns) = nullptr;
    int max_header = 0;
    bool no_autobind = false;
    // The kernel has the size of an object here; C++ objects want their constructor and destructor:
    // proto_obj<udp_sock>.
    std::size_t obj_size = 0;
    sock *(*obj_new)(kmem_cache *slab) = nullptr;
    void (*obj_free)(kmem_cache *slab, sock *sk) = nullptr;
};

template <class T> struct proto_obj {
    static sock *make(kmem_cache *slab) { return kmem_cache_new<T>(slab); }
    static void free(kmem_cache *slab, sock *sk) { kmem_cache_delete(slab, static_cast<T *>(sk)); }
};

int proto_register(const proto *prot, int alloc_slab);
void proto_unregister(const proto *prot);

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
