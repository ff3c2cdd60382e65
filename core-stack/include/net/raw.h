// SPDX-License-Identifier: GPL-2.0-or-later
// Raw sockets: a copy of every packet of an IP protocol.
// Linux 6.1: include/net/raw.h
#pragma once

#include "linux/icmp.h"
#include "net/inet_sock.h"

namespace skbscope::stack {

inline constexpr unsigned RAW_HTABLE_LOG = 8;
inline constexpr unsigned RAW_HTABLE_SIZE = 1U << RAW_HTABLE_LOG;

struct raw_hashinfo {
    spinlock_t lock;
    hlist_head ht[RAW_HTABLE_SIZE];
};

struct raw_sock : inet_sock {
    icmp_filter filter;
};
[[nodiscard]] inline raw_sock *raw_sk(sock *sk) {
    return static_cast<raw_sock *>(sk);
}
[[nodiscard]] inline const raw_sock *raw_sk(const sock *sk) {
    return static_cast<const raw_sock *>(sk);
}

extern const proto raw_prot;
[[nodiscard]] raw_hashinfo *raw_v4_hashinfo();
[[nodiscard]] u32 raw_hashfunc(const net *ns, u32 proto);
[[nodiscard]] bool raw_v4_match(net *ns, const sock *sk, u16 num, be32 raddr, be32 laddr, int dif, int sdif);
void raw_icmp_error(sk_buff *skb, int protocol, u32 info);
int raw_local_deliver(sk_buff *skb, int protocol); // 1: some raw socket took a copy
int raw_rcv(sock *sk, sk_buff *skb);
int raw_hash_sk(sock *sk);
void raw_unhash_sk(sock *sk);
void raw_init();

} // namespace skbscope::stack
