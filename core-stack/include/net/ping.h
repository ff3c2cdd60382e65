// SPDX-License-Identifier: GPL-2.0-or-later
// Ping sockets: ICMP echo for a process without privileges; the "port" is the echo identifier.
// Linux 6.1: include/net/ping.h
#pragma once

#include "linux/icmp.h"
#include "net/inet_sock.h"

namespace skbscope::stack {

extern const proto ping_prot;
int ping_get_port(sock *sk, u16 ident);
int ping_hash(sock *sk);
void ping_unhash(sock *sk);
int ping_init_sock(sock *sk);
void ping_close(sock *sk, long timeout);
int ping_bind(sock *sk, sockaddr *uaddr, int addr_len);
void ping_err(sk_buff *skb, int offset, u32 info);
int ping_recvmsg(sock *sk, msghdr *msg, std::size_t len, int flags, int *addr_len);
int ping_queue_rcv_skb(sock *sk, sk_buff *skb);
skb_drop_reason ping_rcv(sk_buff *skb);
void ping_init();

} // namespace skbscope::stack
