// SPDX-License-Identifier: GPL-2.0-or-later
// Socket filters. The model runs none (no BPF interpreter), but asks at the kernel's places whether there is one.
// Linux 6.1: include/linux/filter.h
#pragma once

namespace skbscope::stack {

struct sock;
struct sk_buff;

// 0, or a negative errno and the packet is to be dropped. `cap`: a filter may not cut the packet shorter than this.
int sk_filter_trim_cap(sock *sk, sk_buff *skb, unsigned cap);
int sk_filter(sock *sk, sk_buff *skb);

} // namespace skbscope::stack
