// SPDX-License-Identifier: GPL-2.0-or-later
// Families, levels, options and flags of the socket calls, and the message header they pass down.
// Linux 6.1: include/linux/socket.h, include/uapi/asm-generic/socket.h
#pragma once

#include "linux/sockaddr.h"
#include "linux/types.h"
#include "linux/uio.h"

#include <cstddef>

namespace skbscope::stack {

struct kiocb;
struct sk_buff;
struct ubuf_info;

inline constexpr u16 AF_UNSPEC = 0, AF_UNIX = 1, AF_INET = 2, AF_INET6 = 10, AF_NETLINK = 16, AF_PACKET = 17;
inline constexpr u16 PF_UNSPEC = AF_UNSPEC, PF_INET = AF_INET, PF_INET6 = AF_INET6, PF_NETLINK = AF_NETLINK,
                     PF_PACKET = AF_PACKET;
inline constexpr int NPROTO = 46;
enum sock_type : int {
    SOCK_STREAM = 1,
    SOCK_DGRAM = 2,
    SOCK_RAW = 3,
    SOCK_RDM = 4,
    SOCK_SEQPACKET = 5,
    SOCK_DCCP = 6,
    SOCK_PACKET = 10,
    SOCK_MAX
};
inline constexpr int SOCK_TYPE_MASK = 0xf, SOCK_CLOEXEC = 02000000, SOCK_NONBLOCK = 00004000;
inline constexpr int SHUT_RD = 0, SHUT_WR = 1, SHUT_RDWR = 2;
inline constexpr int SOMAXCONN = 4096;

// levels of setsockopt; those of protocols equal their IPPROTO_ number
inline constexpr int SOL_IP = 0, SOL_SOCKET = 1, SOL_TCP = 6, SOL_UDP = 17, SOL_RAW = 255, SOL_PACKET = 263;

enum : int {
    SO_DEBUG = 1,
    SO_REUSEADDR = 2,
    SO_TYPE = 3,
    SO_ERROR = 4,
    SO_DONTROUTE = 5,
    SO_BROADCAST = 6,
    SO_SNDBUF = 7,
    SO_RCVBUF = 8,
    SO_KEEPALIVE = 9,
    SO_OOBINLINE = 10,
    SO_NO_CHECK = 11,
    SO_PRIORITY = 12,
    SO_LINGER = 13,
    SO_BSDCOMPAT = 14,
    SO_REUSEPORT = 15,
    SO_RCVLOWAT = 18,
    SO_RCVTIMEO_OLD = 20,
    SO_SNDTIMEO_OLD = 21,
    SO_BINDTODEVICE = 25,
    SO_TIMESTAMP_OLD = 29,
    SO_SNDBUFFORCE = 32,
    SO_RCVBUFFORCE = 33,
    SO_MARK = 36,
    SO_PROTOCOL = 38,
    SO_DOMAIN = 39,
    SO_RXQ_OVFL = 40,
    SO_PEEK_OFF = 42,
    SO_NOFCS = 43,
    SO_BUSY_POLL = 46,
    SO_INCOMING_CPU = 49,
    SO_INCOMING_NAPI_ID = 56,
    SO_BINDTOIFINDEX = 62,
    SO_PREFER_BUSY_POLL = 69,
    SO_BUSY_POLL_BUDGET = 70,
};

inline constexpr unsigned MSG_OOB = 1, MSG_PEEK = 2, MSG_DONTROUTE = 4, MSG_CTRUNC = 8, MSG_PROBE = 0x10,
                          MSG_TRUNC = 0x20, MSG_DONTWAIT = 0x40, MSG_EOR = 0x80, MSG_WAITALL = 0x100,
                          MSG_CONFIRM = 0x800, MSG_ERRQUEUE = 0x2000, MSG_NOSIGNAL = 0x4000, MSG_MORE = 0x8000,
                          MSG_WAITFORONE = 0x10000, MSG_SENDPAGE_NOTLAST = 0x20000, MSG_ZEROCOPY = 0x4000000,
                          MSG_SPLICE_PAGES = 0x8000000, MSG_CMSG_COMPAT = 0, MSG_CMSG_CLOEXEC = 0x40000000,
                          MSG_INTERNAL_SENDMSG_FLAGS = MSG_SPLICE_PAGES;

struct msghdr {
    void *msg_name = nullptr; // send: where to; receive: room for a sockaddr_storage, or null
    int msg_namelen = 0;
    int msg_inq = -1;
    iov_iter msg_iter;
    void *msg_control = nullptr;
    bool msg_control_is_user = false;
    bool msg_get_inq = false;
    unsigned msg_flags = 0; // MSG_...
    std::size_t msg_controllen = 0;
    kiocb *msg_iocb = nullptr;
    ubuf_info *msg_ubuf = nullptr;
    int (*sg_from_iter)(sk_buff *skb, iov_iter *from, std::size_t length) = nullptr;
};
[[nodiscard]] inline std::size_t msg_data_left(const msghdr *msg) {
    return iov_iter_count(&msg->msg_iter);
}

int put_cmsg(msghdr *msg, int level, int type, std::size_t len, const void *data); // net/core/scm.cpp
int move_addr_to_kernel(const void *uaddr, int ulen, sockaddr_storage *kaddr);

} // namespace skbscope::stack
