// SPDX-License-Identifier: GPL-2.0-or-later
// struct sock itself, and what it shares with smaller things that stand in for a socket. What it is: net/sock.h.
// Linux 6.1: include/net/sock.h
#pragma once

#include "linux/list.h"
#include "linux/net.h"
#include "linux/netdevice.h"
#include "linux/rcupdate.h"
#include "linux/refcount.h"
#include "linux/skbuff.h"
#include "linux/spinlock.h"
#include "linux/timer.h"
#include "linux/wait.h"

#include <climits>

namespace skbscope::stack {

struct dst_entry;
struct net;
struct proto;
struct sk_filter_prog;
struct sock_reuseport;

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

} // namespace skbscope::stack
