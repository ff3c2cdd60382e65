// SPDX-License-Identifier: GPL-2.0-or-later
// Hashing of connections, and the choice among sockets that share a port (SO_REUSEPORT).
// Linux 6.1: include/net/inet_hashtables.h, net/ipv4/inet_hashtables.c, include/net/sock_reuseport.h
#pragma once

#include "linux/skbuff.h"
#include "net/inet_sock.h"

#include <vector>

namespace skbscope::stack {

// The sockets of one port that share its traffic.
struct sock_reuseport {
    struct rcu_head rcu;
    std::vector<sock *> socks;
    bool bind_inany = false;
    bool has_conns = false; // some are connected: a full match must win over the hash
};

int reuseport_alloc(sock *sk, bool bind_inany);
int reuseport_add_sock(sock *sk, sock *sk2, bool bind_inany);
void reuseport_detach_sock(sock *sk);
[[nodiscard]] sock *reuseport_select_sock(sock *sk, u32 hash, sk_buff *skb, int hdr_len);
[[nodiscard]] bool reuseport_has_conns(sock *sk);
void reuseport_has_conns_set(sock *sk);

[[nodiscard]] u32 __inet_ehashfn(be32 laddr, u16 lport, be32 faddr, be16 fport, u32 initval);
[[nodiscard]] bool inet_rcv_saddr_equal(const sock *sk, const sock *sk2, bool match_wildcard);
[[nodiscard]] bool inet_rcv_saddr_any(const sock *sk);
// The member of sk's group this packet belongs to by hash, or null: take sk itself.
[[nodiscard]] sock *inet_lookup_reuseport(net *ns, sock *sk, sk_buff *skb, int doff, be32 saddr, be16 sport, be32 daddr,
                                          u16 hnum,
                                          u32 (*ehashfn)(const net *ns, be32 laddr, u16 lport, be32 faddr, be16 fport));
void inet_get_local_port_range(const net *ns, int *low, int *high);
void inet_sk_get_local_port_range(const sock *sk, int *low, int *high);

} // namespace skbscope::stack
