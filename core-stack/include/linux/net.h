// SPDX-License-Identifier: GPL-2.0-or-later
// struct socket: the face a process sees. struct sock (net/sock.h) is the protocol's side of the same thing.
// Linux 6.1: include/linux/net.h
#pragma once

#include "linux/fs.h"
#include "linux/rcupdate.h"
#include "linux/socket.h"
#include "linux/wait.h"

namespace skbscope::stack {

struct net;
struct sock;
struct socket;

enum class socket_state : u8 { SS_FREE, SS_UNCONNECTED, SS_CONNECTING, SS_CONNECTED, SS_DISCONNECTING };
using enum socket_state;

// bits of socket_wq::flags and socket::flags
enum : unsigned { SOCKWQ_ASYNC_NOSPACE = 0, SOCKWQ_ASYNC_WAITDATA = 1, SOCK_NOSPACE = 2, SOCK_PASSCRED = 3 };

struct socket_wq {
    wait_queue_head_t wait;
    unsigned long flags = 0;
};

struct proto_ops {
    int family = 0;
    int (*release)(socket *sock) = nullptr;
    int (*bind)(socket *sock, sockaddr *uaddr, int addr_len) = nullptr;
    int (*connect)(socket *sock, sockaddr *uaddr, int addr_len, int flags) = nullptr;
    int (*accept)(socket *sock, socket *newsock, int flags, bool kern) = nullptr;
    int (*getname)(socket *sock, sockaddr *uaddr, int peer) = nullptr;
    int (*listen)(socket *sock, int backlog) = nullptr;
    int (*shutdown)(socket *sock, int how) = nullptr;
    int (*setsockopt)(socket *sock, int level, int optname, const void *optval, unsigned optlen) = nullptr;
    int (*getsockopt)(socket *sock, int level, int optname, void *optval, int *optlen) = nullptr;
    int (*sendmsg)(socket *sock, msghdr *msg, std::size_t size) = nullptr;
    int (*recvmsg)(socket *sock, msghdr *msg, std::size_t size, int flags) = nullptr;
};

struct socket {
    socket_state state = SS_FREE;
    short type = 0; // SOCK_DGRAM, ...
    rcu_head i_rcu; // also of the inode
    u32 i_uid = 0;  // of the inode that holds it in the kernel: who made it
    unsigned long flags = 0;
    file *filp = nullptr; // the kernel's `file`; not owned
    struct sock *sk = nullptr;
    const proto_ops *ops = nullptr;
    socket_wq wq;
};

struct net_proto_family {
    int family = 0;
    int (*create)(net *ns, socket *sock, int protocol, int kern) = nullptr;
};

int sock_init();
int sock_register(const net_proto_family *ops);
void sock_unregister(int family);
int __sock_create(net *ns, int family, int type, int protocol, socket **res, int kern);
int sock_create(int family, int type, int protocol, socket **res);
int sock_create_kern(net *ns, int family, int type, int protocol, socket **res);
[[nodiscard]] socket *sock_alloc();
void sock_release(socket *sock);
int sock_sendmsg(socket *sock, msghdr *msg);
int __sock_sendmsg(socket *sock, msghdr *msg);
int sock_recvmsg(socket *sock, msghdr *msg, int flags);
// The file takes the socket over, also when there is none: then the socket is released and null returned.
[[nodiscard]] file *sock_alloc_file(socket *sock, int flags);
[[nodiscard]] socket *sock_from_file(file *filp); // null: not a socket

// The system calls. Addresses and data are the process's own memory.
int __sys_socket(int family, int type, int protocol);
int __sys_bind(int fd, const void *umyaddr, int addrlen);
int __sys_connect(int fd, const void *uservaddr, int addrlen);
int __sys_sendto(int fd, const void *buff, std::size_t len, unsigned flags, const void *addr, int addr_len);
int __sys_recvfrom(int fd, void *ubuf, std::size_t size, unsigned flags, void *addr, int *addr_len);
int __sys_setsockopt(int fd, int level, int optname, const void *optval, int optlen);
// *optlen: the room at optval, then what was written.
int __sys_getsockopt(int fd, int level, int optname, void *optval, int *optlen);
int __sys_shutdown(int fd, int how);

} // namespace skbscope::stack
