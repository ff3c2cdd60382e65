// SPDX-License-Identifier: GPL-2.0-or-later
// Shared by raw.cpp and raw_output.cpp. Linux 6.1: net/ipv4/raw.c
#pragma once

#include "net/raw.h"

namespace skbscope::stack {

int raw_sendmsg(sock *sk, msghdr *msg, std::size_t len);

} // namespace skbscope::stack
