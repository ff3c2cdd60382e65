// SPDX-License-Identifier: GPL-2.0-or-later
// The system calls' side of sockets: from a descriptor to a struct socket, addresses in and out of the process's
// memory, then the family's operations. Linux 6.1: net/socket.c
//
// Left out: security modules' hooks (their functions lie outside net/), cgroup BPF programs, control messages.
#include "linux/net.h"

#include "linux/err.h"
#include "linux/errno.h"
#include "linux/fs.h"
#include "linux/trace_fn.h"
#include "net/inet_globals.h"
#include "net/sock.h"

#include <algorithm>
#include <cstring>

namespace skbscope::stack {

namespace {

int sock_close(file *filp);
ssize_t sock_read_iter(kiocb *iocb, iov_iter *to);
ssize_t sock_write_iter(kiocb *iocb, iov_iter *from);

constexpr file_operations socket_file_ops = {
    .read_iter = sock_read_iter,
    .write_iter = sock_write_iter,
    .release = sock_close,
};

// Linux 6.1: net/socket.c
socket *sock_alloc_inode() {
    TRACE_FN();
    auto *sock = kmem_cache_new<socket>(inet_global().sock_inode_cachep);
    init_waitqueue_head(&sock->wq.wait);
    sock->state = SS_UNCONNECTED;
    return sock;
}

// Linux 6.1: net/socket.c
void sock_free_inode(socket *sock) {
    TRACE_FN();
    kmem_cache_delete(inet_global().sock_inode_cachep, sock);
}

// fs/inode.c: the last reference to the inode that holds the socket is gone; path look-ups may still read it.
void destroy_inode(socket *sock) {
    call_rcu(&sock->i_rcu, [](rcu_head *head) { sock_free_inode(container_of(head, &socket::i_rcu)); });
}

} // namespace

// Linux 6.1: net/socket.c
int sock_init() {
    skb_init();
    inet_global().sock_inode_cachep = kmem_cache_create("sock_inode_cache", sizeof(socket), SMP_CACHE_BYTES);
    return 0;
}

// Linux 6.1: net/socket.c
int sock_register(const net_proto_family *ops) {
    if (ops->family < 0 || ops->family >= NPROTO) return -ENOBUFS;
    const net_proto_family *&slot = inet_global().net_families[static_cast<std::size_t>(ops->family)];
    if (slot) return -EEXIST;
    slot = ops;
    return 0;
}

void sock_unregister(int family) {
    BUG_ON(family < 0 || family >= NPROTO);
    inet_global().net_families[static_cast<std::size_t>(family)] = nullptr;
}

// Linux 6.1: net/socket.c
socket *sock_alloc() {
    TRACE_FN();
    socket *sock = sock_alloc_inode();
    sock->i_uid = get_current()->uid;
    return sock;
}

namespace {

// Linux 6.1: net/socket.c
void __sock_release(socket *sock) {
    TRACE_FN();
    if (sock->ops) {
        sock->ops->release(sock);
        sock->sk = nullptr;
        sock->ops = nullptr;
    }
    if (!sock->filp) {
        destroy_inode(sock);
        return;
    }
    sock->filp = nullptr;
}

// Linux 6.1: net/socket.c
int sock_close(file *filp) {
    TRACE_FN();
    auto *sock = static_cast<socket *>(filp->private_data);
    __sock_release(sock);
    destroy_inode(sock); // dput() of the file's last dentry
    return TRACE_RET(0);
}

} // namespace

void sock_release(socket *sock) {
    TRACE_FN();
    __sock_release(sock);
}

// Linux 6.1: net/socket.c
int __sock_create(net *ns, int family, int type, int protocol, socket **res, int kern) {
    TRACE_FN();
    if (family < 0 || family >= NPROTO) return TRACE_RET(-EAFNOSUPPORT);
    if (type < 0 || type >= SOCK_MAX) return TRACE_RET(-EINVAL);
    // A relic: packet sockets were once made in the Internet family.
    if (family == PF_INET && type == SOCK_PACKET) family = PF_PACKET;

    socket *sock = sock_alloc();
    sock->type = static_cast<short>(type);
    const net_proto_family *pf = inet_global().net_families[static_cast<std::size_t>(family)];
    if (!pf) {
        sock_release(sock);
        return TRACE_RET(-EAFNOSUPPORT);
    }
    const int err = pf->create(ns, sock, protocol, kern);
    if (err < 0) {
        sock->sk = nullptr; // create() gave it back
        sock->ops = nullptr;
        sock_release(sock);
        return TRACE_RET(err);
    }
    *res = sock;
    return TRACE_RET(0);
}

int sock_create(int family, int type, int protocol, socket **res) {
    TRACE_FN();
    return TRACE_RET(__sock_create(get_current()->net_ns, family, type, protocol, res, 0));
}

int sock_create_kern(net *ns, int family, int type, int protocol, socket **res) {
    TRACE_FN();
    return TRACE_RET(__sock_create(ns, family, type, protocol, res, 1));
}

// Linux 6.1: net/socket.c
file *sock_alloc_file(socket *sock, int flags) {
    TRACE_FN();
    file *filp = alloc_file_pseudo(&socket_file_ops, static_cast<unsigned>(flags) & SOCK_NONBLOCK);
    sock->filp = filp;
    filp->private_data = sock;
    return filp;
}

socket *sock_from_file(file *filp) {
    return filp->f_op == &socket_file_ops ? static_cast<socket *>(filp->private_data) : nullptr;
}

namespace {

// Linux 6.1: net/socket.c
int sock_map_fd(socket *sock, int flags) {
    TRACE_FN();
    const int fd = get_unused_fd_flags(static_cast<unsigned>(flags));
    if (fd < 0) {
        sock_release(sock);
        return TRACE_RET(fd);
    }
    fd_install(fd, sock_alloc_file(sock, flags));
    return TRACE_RET(fd);
}

// Null: *err says why. Linux 6.1: net/socket.c
socket *sockfd_lookup_light(int fd, int *err, int *fput_needed) {
    TRACE_FN();
    file *filp = fget_light(fd, fput_needed);
    *err = -EBADF;
    if (!filp) return nullptr;
    if (socket *sock = sock_from_file(filp)) return sock;
    *err = -ENOTSOCK;
    fput_light(filp, *fput_needed);
    return nullptr;
}

// Linux 6.1: net/socket.c
socket *__sys_socket_create(int family, int type, int protocol) {
    TRACE_FN();
    if (((type & ~SOCK_TYPE_MASK) & ~(SOCK_CLOEXEC | SOCK_NONBLOCK)) != 0) return ERR_PTR(-EINVAL);
    socket *sock = nullptr;
    const int retval = sock_create(family, type & SOCK_TYPE_MASK, protocol, &sock);
    if (retval < 0) return ERR_PTR(retval);
    return sock;
}

// Linux 6.1: net/socket.c
int sock_sendmsg_nosec(socket *sock, msghdr *msg) {
    TRACE_FN();
    return TRACE_RET(sock->ops->sendmsg(sock, msg, msg_data_left(msg)));
}

// Linux 6.1: net/socket.c
int sock_recvmsg_nosec(socket *sock, msghdr *msg, int flags) {
    TRACE_FN();
    return TRACE_RET(sock->ops->recvmsg(sock, msg, msg_data_left(msg), flags));
}

// Linux 6.1: net/socket.c
int move_addr_to_user(const sockaddr_storage *kaddr, int klen, void *uaddr, int *ulen) {
    TRACE_FN();
    const int len = std::min(*ulen, klen);
    if (len < 0) return TRACE_RET(-EINVAL);
    std::memcpy(uaddr, kaddr, static_cast<std::size_t>(len));
    *ulen = klen; // the length before it was cut
    return TRACE_RET(0);
}

} // namespace

// Linux 6.1: net/socket.c
int move_addr_to_kernel(const void *uaddr, int ulen, sockaddr_storage *kaddr) {
    TRACE_FN();
    if (ulen < 0 || static_cast<std::size_t>(ulen) > sizeof(sockaddr_storage)) return TRACE_RET(-EINVAL);
    std::memcpy(static_cast<void *>(kaddr), uaddr, static_cast<std::size_t>(ulen));
    return TRACE_RET(0);
}

// Linux 6.1: net/socket.c
int __sock_sendmsg(socket *sock, msghdr *msg) {
    TRACE_FN();
    return TRACE_RET(sock_sendmsg_nosec(sock, msg));
}

int sock_sendmsg(socket *sock, msghdr *msg) {
    TRACE_FN();
    sockaddr_storage address;
    void *save_addr = msg->msg_name;
    const int save_len = msg->msg_namelen;
    if (save_addr) {
        std::memcpy(static_cast<void *>(&address), save_addr, static_cast<std::size_t>(save_len));
        msg->msg_name = &address;
    }
    const int ret = __sock_sendmsg(sock, msg);
    msg->msg_name = save_addr;
    msg->msg_namelen = save_len;
    return TRACE_RET(ret);
}

// Linux 6.1: net/socket.c
int sock_recvmsg(socket *sock, msghdr *msg, int flags) {
    TRACE_FN();
    return TRACE_RET(sock_recvmsg_nosec(sock, msg, flags));
}

namespace {

// Linux 6.1: net/socket.c
ssize_t sock_read_iter(kiocb *iocb, iov_iter *to) {
    TRACE_FN();
    auto *sock = static_cast<socket *>(iocb->ki_filp->private_data);
    if (iov_iter_count(to) == 0) return TRACE_RET(ssize_t{0});
    msghdr msg;
    msg.msg_iter = *to;
    if ((iocb->ki_filp->f_flags & SOCK_NONBLOCK) != 0) msg.msg_flags = MSG_DONTWAIT;
    const ssize_t res = sock_recvmsg(sock, &msg, static_cast<int>(msg.msg_flags));
    *to = msg.msg_iter;
    return TRACE_RET(res);
}

// Linux 6.1: net/socket.c
ssize_t sock_write_iter(kiocb *iocb, iov_iter *from) {
    TRACE_FN();
    auto *sock = static_cast<socket *>(iocb->ki_filp->private_data);
    msghdr msg;
    msg.msg_iter = *from;
    if ((iocb->ki_filp->f_flags & SOCK_NONBLOCK) != 0) msg.msg_flags = MSG_DONTWAIT;
    if (sock->type == SOCK_SEQPACKET) msg.msg_flags |= MSG_EOR;
    const ssize_t res = __sock_sendmsg(sock, &msg);
    *from = msg.msg_iter;
    return TRACE_RET(res);
}

} // namespace

// Linux 6.1: net/socket.c
int __sys_socket(int family, int type, int protocol) {
    TRACE_FN();
    socket *sock = __sys_socket_create(family, type, protocol);
    if (IS_ERR(sock)) return TRACE_RET(PTR_ERR(sock));
    return TRACE_RET(sock_map_fd(sock, type & (SOCK_CLOEXEC | SOCK_NONBLOCK)));
}

// Linux 6.1: net/socket.c
int __sys_bind(int fd, const void *umyaddr, int addrlen) {
    TRACE_FN();
    int err = 0, fput_needed = 0;
    socket *sock = sockfd_lookup_light(fd, &err, &fput_needed);
    if (!sock) return TRACE_RET(err);
    sockaddr_storage address;
    err = move_addr_to_kernel(umyaddr, addrlen, &address);
    if (err == 0) err = sock->ops->bind(sock, reinterpret_cast<sockaddr *>(&address), addrlen);
    fput_light(sock->filp, fput_needed);
    return TRACE_RET(err);
}

namespace {

// Linux 6.1: net/socket.c
int __sys_connect_file(file *filp, sockaddr_storage *address, int addrlen, int file_flags) {
    TRACE_FN();
    socket *sock = sock_from_file(filp);
    if (!sock) return TRACE_RET(-ENOTSOCK);
    return TRACE_RET(sock->ops->connect(sock, reinterpret_cast<sockaddr *>(address), addrlen,
                                        static_cast<int>(filp->f_flags) | file_flags));
}

} // namespace

// Linux 6.1: net/socket.c
int __sys_connect(int fd, const void *uservaddr, int addrlen) {
    TRACE_FN();
    int fput_needed = 0;
    file *filp = fget_light(fd, &fput_needed);
    if (!filp) return TRACE_RET(-EBADF);
    sockaddr_storage address;
    int ret = move_addr_to_kernel(uservaddr, addrlen, &address);
    if (ret == 0) ret = __sys_connect_file(filp, &address, addrlen, 0);
    fput_light(filp, fput_needed);
    return TRACE_RET(ret);
}

// Linux 6.1: net/socket.c
int __sys_sendto(int fd, const void *buff, std::size_t len, unsigned flags, const void *addr, int addr_len) {
    TRACE_FN();
    msghdr msg;
    iovec iov;
    int err = import_single_range(WRITE, const_cast<void *>(buff), len, &iov, &msg.msg_iter);
    if (err != 0) return TRACE_RET(err);
    int fput_needed = 0;
    socket *sock = sockfd_lookup_light(fd, &err, &fput_needed);
    if (!sock) return TRACE_RET(err);
    sockaddr_storage address;
    if (addr) {
        err = move_addr_to_kernel(addr, addr_len, &address);
        msg.msg_name = &address;
        msg.msg_namelen = addr_len;
    }
    if (err >= 0 || !addr) {
        flags &= ~MSG_INTERNAL_SENDMSG_FLAGS;
        if ((sock->filp->f_flags & SOCK_NONBLOCK) != 0) flags |= MSG_DONTWAIT;
        msg.msg_flags = flags;
        err = __sock_sendmsg(sock, &msg);
    }
    fput_light(sock->filp, fput_needed);
    return TRACE_RET(err);
}

// Linux 6.1: net/socket.c
int __sys_recvfrom(int fd, void *ubuf, std::size_t size, unsigned flags, void *addr, int *addr_len) {
    TRACE_FN();
    sockaddr_storage address;
    msghdr msg;
    if (addr) msg.msg_name = &address; // the protocol fills it in only when somebody asks
    iovec iov;
    int err = import_single_range(READ, ubuf, size, &iov, &msg.msg_iter);
    if (err != 0) return TRACE_RET(err);
    int fput_needed = 0;
    socket *sock = sockfd_lookup_light(fd, &err, &fput_needed);
    if (!sock) return TRACE_RET(err);
    if ((sock->filp->f_flags & SOCK_NONBLOCK) != 0) flags |= MSG_DONTWAIT;
    err = sock_recvmsg(sock, &msg, static_cast<int>(flags));
    if (err >= 0 && addr) {
        const int err2 = move_addr_to_user(&address, msg.msg_namelen, addr, addr_len);
        if (err2 < 0) err = err2;
    }
    fput_light(sock->filp, fput_needed);
    return TRACE_RET(err);
}

// Linux 6.1: net/socket.c
int __sys_setsockopt(int fd, int level, int optname, const void *optval, int optlen) {
    TRACE_FN();
    if (optlen < 0) return TRACE_RET(-EINVAL);
    int err = 0, fput_needed = 0;
    socket *sock = sockfd_lookup_light(fd, &err, &fput_needed);
    if (!sock) return TRACE_RET(err);
    if (level == SOL_SOCKET)
        err = sock_setsockopt(sock, level, optname, optval, static_cast<unsigned>(optlen));
    else if (!sock->ops->setsockopt)
        err = -EOPNOTSUPP;
    else
        err = sock->ops->setsockopt(sock, level, optname, optval, static_cast<unsigned>(optlen));
    fput_light(sock->filp, fput_needed);
    return TRACE_RET(err);
}

// Of the socket itself, and what UDP has to say of itself.
// Linux 6.1: net/socket.c
int __sys_getsockopt(int fd, int level, int optname, void *optval, int *optlen) {
    TRACE_FN();
    int err = 0, fput_needed = 0;
    socket *sock = sockfd_lookup_light(fd, &err, &fput_needed);
    if (!sock) return TRACE_RET(err);
    if (level == SOL_SOCKET)
        err = sock_getsockopt(sock, level, optname, optval, optlen);
    else if (!sock->ops->getsockopt)
        err = -EOPNOTSUPP;
    else
        err = sock->ops->getsockopt(sock, level, optname, optval, optlen);
    fput_light(sock->filp, fput_needed);
    return TRACE_RET(err);
}

namespace {

int __sys_shutdown_sock(socket *sock, int how) {
    TRACE_FN();
    return TRACE_RET(sock->ops->shutdown(sock, how));
}

} // namespace

// Linux 6.1: net/socket.c
int __sys_shutdown(int fd, int how) {
    TRACE_FN();
    int err = 0, fput_needed = 0;
    socket *sock = sockfd_lookup_light(fd, &err, &fput_needed);
    if (!sock) return TRACE_RET(err);
    err = __sys_shutdown_sock(sock, how);
    fput_light(sock->filp, fput_needed);
    return TRACE_RET(err);
}

} // namespace skbscope::stack
