// SPDX-License-Identifier: GPL-2.0-or-later
// Pages that data is added to piece by piece: the writer keeps a reference and goes on where the last piece ended.
// Linux 6.1: net/core/sock.c, include/net/sock.h
#pragma once

#include "linux/skbuff.h"

namespace skbscope::stack {

struct sock;

// The one of the running task, where a process sends.
[[nodiscard]] page_frag *sk_page_frag(sock *sk);
// Room for at least one byte; false: no memory.
bool sk_page_frag_refill(sock *sk, page_frag *pfrag);
bool skb_page_frag_refill(unsigned size, page_frag *pfrag, gfp_t gfp);

} // namespace skbscope::stack
