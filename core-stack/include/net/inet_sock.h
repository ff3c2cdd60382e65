// SPDX-License-Identifier: GPL-2.0-or-later
// An Internet socket: addresses, per-socket IP settings, and the cork that collects a datagram piece by piece.
// Linux 6.1: include/net/inet_sock.h
#pragma once

#include "linux/in.h"
#include "net/flow.h"
#include "net/sock.h"

namespace skbscope::stack {

struct dst_entry;
struct ip_mc_socklist;

// IP options as they were parsed. The bytes follow in __data, at most 40.
struct ip_options {
    be32 faddr; // first hop of a source route
    be32 nexthop;
    u8 optlen = 0; // bytes, a multiple of 4
    u8 srr = 0;    // offsets of the options from the IP header, 0 = not there
    u8 rr = 0;
    u8 ts = 0;
    bool is_strictroute = false;
    bool srr_is_hit = false;
    bool is_changed = false;
    bool rr_needaddr = false;
    bool ts_needtime = false;
    bool ts_needaddr = false;
    u8 router_alert = 0;
    u8 cipso = 0;
};

struct ip_options_rcu {
    ip_options opt;
    u8 data[40] = {}; // the kernel's opt.__data
};
struct ip_options_data {
    ip_options_rcu opt;
};

// bits of inet_cork::flags
enum : unsigned { IPCORK_OPT = 1, IPCORK_ALLFRAG = 2 };

struct inet_cork {
    unsigned flags = 0;
    be32 addr;
    ip_options_rcu *opt = nullptr;
    unsigned fragsize = 0; // path MTU the pieces are cut for
    int length = 0;        // bytes in all pieces
    dst_entry *dst = nullptr;
    u8 tx_flags = 0;
    u8 ttl = 0;
    s16 tos = -1;
    s8 priority = 0;
    u16 gso_size = 0;
    u64 transmit_time = 0;
    u32 mark = 0;
};

struct inet_cork_full {
    inet_cork base;
    flowi fl;
};

// bits of inet_sock::cmsg_flags
enum : u16 {
    IP_CMSG_PKTINFO = 1,
    IP_CMSG_TTL = 2,
    IP_CMSG_TOS = 4,
    IP_CMSG_RECVOPTS = 8,
    IP_CMSG_RETOPTS = 16,
    IP_CMSG_CHECKSUM = 128,
};

// Also its: inet_daddr, inet_rcv_saddr, inet_dport, inet_num (sock_common).
struct inet_sock : sock {
    be32 inet_saddr; // what it sends from
    s16 uc_ttl = -1; // -1 = the namespace's default
    u16 cmsg_flags = 0;
    ip_options_rcu *inet_opt = nullptr;
    atomic_t inet_id; // IP id of the next datagram that must not be fragmented
    be16 inet_sport;
    u8 tos = 0;
    u8 min_ttl = 0;
    u8 mc_ttl = 1;
    u8 pmtudisc = IP_PMTUDISC_WANT;
    bool recverr = false;
    bool is_icsk = false;
    bool freebind = false;
    bool hdrincl = false;
    bool mc_loop = true;
    bool transparent = false;
    bool mc_all = true;
    bool nodefrag = false;
    bool bind_address_no_port = false;
    bool recverr_rfc4884 = false;
    bool defer_connect = false;
    u8 rcv_tos = 0;
    u8 convert_csum = 0;
    int uc_index = 0;
    int mc_index = 0;
    be32 mc_addr;
    ip_mc_socklist *mc_list = nullptr;
    inet_cork_full cork;
    struct {
        u16 lo = 0; // 0 = the namespace's range
        u16 hi = 0;
    } local_port_range;
};

[[nodiscard]] inline inet_sock *inet_sk(sock *sk) {
    return static_cast<inet_sock *>(sk);
}
[[nodiscard]] inline const inet_sock *inet_sk(const sock *sk) {
    return static_cast<const inet_sock *>(sk);
}

[[nodiscard]] inline bool inet_bound_dev_eq(bool l3mdev_accept, int bound_dev_if, int dif, int sdif) {
    if (bound_dev_if == 0) return sdif == 0 || l3mdev_accept;
    return bound_dev_if == dif || bound_dev_if == sdif;
}
[[nodiscard]] inline u8 inet_sk_flowi_flags(const sock *sk) {
    const inet_sock *inet = inet_sk(sk);
    return inet->transparent ? FLOWI_FLAG_ANYSRC : u8{0};
}
inline void inet_inc_convert_csum(sock *sk) {
    inet_sk(sk)->convert_csum++;
}
[[nodiscard]] inline bool inet_get_convert_csum(const sock *sk) {
    return inet_sk(sk)->convert_csum > 0;
}
[[nodiscard]] inline bool inet_can_nonlocal_bind(bool sysctl_nonlocal_bind, const inet_sock *inet) {
    return sysctl_nonlocal_bind || inet->freebind || inet->transparent;
}

void inet_sock_destruct(sock *sk);

} // namespace skbscope::stack
