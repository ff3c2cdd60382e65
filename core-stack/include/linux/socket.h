// SPDX-License-Identifier: GPL-2.0-or-later
// Families, levels, options and flags of the socket calls, and the message header they pass down.
// Linux 6.1: include/linux/socket.h, include/uapi/asm-generic/socket.h
#pragma once

#include "linux/sockaddr.h"
#include "linux/uio.h"

#include <cstddef>

namespace skbscope::stack {

enum : int { AF_UNSPEC = 0, AF_INET = 2, AF_INET6 = 10, AF_PACKET = 17, AF_MAX = 46 };
enum : int { PF_UNSPEC = AF_UNSPEC, PF_INET = AF_INET, PF_PACKET = AF_PACKET, NPROTO = AF_MAX };

// levels of setsockopt; those of protocols equal their IPPROTO_ number
enum : int { SOL_IP = 0, SOL_SOCKET = 1, SOL_TCP = 6, SOL_UDP = 17, SOL_RAW = 255, SOL_PACKET = 263 };

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
    SO_NO_CHECK = 11,
    SO_PRIORITY = 12,
    SO_LINGER = 13,
    SO_REUSEPORT = 15,
    SO_RCVLOWAT = 18,
    SO_RCVTIMEO_OLD = 20,
    SO_SNDTIMEO_OLD = 21,
    SO_BINDTODEVICE = 25,
    SO_TIMESTAMP_OLD = 29,
    SO_SNDBUFFORCE = 32,
    SO_RCVBUFFORCE = 33,
    SO_MARK = 36,
    SO_RXQ_OVFL = 40,
    SO_BINDTOIFINDEX = 62,
};

enum : unsigned {
    MSG_OOB = 1,
    MSG_PEEK = 2,
    MSG_DONTROUTE = 4,
    MSG_CTRUNC = 8,
    MSG_PROBE = 0x10,
    MSG_TRUNC = 0x20,
    MSG_DONTWAIT = 0x40,
    MSG_EOR = 0x80,
    MSG_WAITALL = 0x100,
    MSG_CONFIRM = 0x800,
    MSG_ERRQUEUE = 0x2000,
    MSG_NOSIGNAL = 0x4000,
    MSG_MORE = 0x8000,
    MSG_ZEROCOPY = 0x4000000,
    MSG_SPLICE_PAGES = 0x8000000,
    MSG_INTERNAL_SENDMSG_FLAGS = MSG_SPLICE_PAGES,
};

struct msghdr {
    void *msg_name = nullptr; // send: where to; receive: room for a sockaddr_storage, or null
    int msg_namelen = 0;
    iov_iter msg_iter;
    void *msg_control = nullptr;
    std::size_t msg_controllen = 0;
    unsigned msg_flags = 0; // MSG_...
};

[[nodiscard]] inline std::size_t msg_data_left(const msghdr *msg) {
    return iov_iter_count(&msg->msg_iter);
}

int move_addr_to_kernel(const void *uaddr, int ulen, sockaddr_storage *kaddr);

} // namespace skbscope::stack
