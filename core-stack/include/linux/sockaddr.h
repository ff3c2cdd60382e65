// SPDX-License-Identifier: GPL-2.0-or-later
// Socket addresses as a process hands them over. Apart from linux/in.h, because sim/syscalls.h needs them and must not
// drag in constants whose names are macros of the system's own headers.
#pragma once

#include "linux/types.h"

namespace skbscope::stack {

// What every address starts with; sa_family decides what follows.
struct sockaddr {
    u16 sa_family = 0;
};

struct sockaddr_in {
    u16 sin_family = 2; // AF_INET
    be16 sin_port;
    be32 sin_addr;
    u8 sin_zero[8] = {};
};
static_assert(sizeof(sockaddr_in) == 16);

// A copy in kernel memory of any of them. Linux 6.1: include/uapi/linux/socket.h
struct alignas(8) sockaddr_storage {
    u16 ss_family = 0;
    u8 data[126] = {};
};
static_assert(sizeof(sockaddr_storage) == 128);

} // namespace skbscope::stack
