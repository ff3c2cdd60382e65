// SPDX-License-Identifier: GPL-2.0-or-later
// What the Internet family does for each system call, before and after the protocol does its part.
// Linux 6.1: include/net/inet_common.h
#pragma once

#include "linux/net.h"
#include "net/inet_sock.h"

namespace skbscope::stack {

extern const proto_ops inet_dgram_ops;
extern const proto_ops inet_sockraw_ops;

enum : u32 { BIND_FORCE_ADDRESS_NO_PORT = 1, BIND_WITH_LOCK = 2, BIND_FROM_BPF = 4, BIND_NO_CAP_NET_BIND_SERVICE = 8 };

int inet_init(); // registers the family, its protocols and their handlers with the current machine
int inet_release(socket *sock);
int inet_bind(socket *sock, sockaddr *uaddr, int addr_len);
int __inet_bind(sock *sk, sockaddr *uaddr, int addr_len, u32 flags);
int inet_dgram_connect(socket *sock, sockaddr *uaddr, int addr_len, int flags);
// May a socket be bound to (or send from) this address of type RTN_...? Local, group and broadcast addresses, and any
// where the socket or the namespace says so.
[[nodiscard]] bool inet_addr_valid_or_nonlocal(const net *ns, const inet_sock *inet, be32 addr, unsigned addr_type);
int inet_send_prepare(sock *sk);
int inet_sendmsg(socket *sock, msghdr *msg, std::size_t size);
int inet_recvmsg(socket *sock, msghdr *msg, std::size_t size, int flags);
int inet_shutdown(socket *sock, int how);
int inet_getname(socket *sock, sockaddr *uaddr, int peer);
int inet_recv_error(sock *sk, msghdr *msg, int len, int *addr_len);
int inet_ctl_sock_create(sock **sk, u16 family, u16 type, u8 protocol, net *ns);
void inet_ctl_sock_destroy(sock *sk);
int ip4_datagram_connect(sock *sk, sockaddr *uaddr, int addr_len);
int __ip4_datagram_connect(sock *sk, sockaddr *uaddr, int addr_len);
void ip4_datagram_release_cb(sock *sk);

// net/ipv4/ip_sockglue.cpp
int ip_setsockopt(sock *sk, int level, int optname, const void *optval, unsigned optlen);
int ip_recv_error(sock *sk, msghdr *msg, int len, int *addr_len);

} // namespace skbscope::stack
