// SPDX-License-Identifier: GPL-2.0-or-later
// What the parts of net/ipv4/ip_output.c share: static functions there.
#pragma once

#include "net/ip.h"

namespace skbscope::stack {

int ip_finish_output2(net *ns, sock *sk, sk_buff *skb);
// ip_output_gso.cpp. mtu: of the network header on, for each segment
int ip_finish_output_gso(net *ns, sock *sk, sk_buff *skb, unsigned mtu);
int ip_fragment(net *ns, sock *sk, sk_buff *skb, unsigned mtu, int (*output)(net *, sock *, sk_buff *));
u8 ip_select_ttl(const inet_sock *inet, const dst_entry *dst);

} // namespace skbscope::stack
