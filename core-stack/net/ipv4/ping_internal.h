// SPDX-License-Identifier: GPL-2.0-or-later
// Shared by ping.cpp and ping_output.cpp. Linux 6.1: net/ipv4/ping.c
#pragma once

#include "net/ping.h"

namespace skbscope::stack {

int ping_v4_sendmsg(sock *sk, msghdr *msg, std::size_t len);
// Echo requests only.
[[nodiscard]] bool ping_supported(int type, int code);

} // namespace skbscope::stack
