// SPDX-License-Identifier: GPL-2.0-or-later
// What the parts of net/ipv4/ip_input.c share: static functions there.
#pragma once

#include "linux/skbuff.h"

namespace skbscope::stack {

struct net;
struct net_device;

sk_buff *ip_rcv_core(sk_buff *skb, net *ns);
// hint: the packet before this one in a list, or null.
int ip_rcv_finish_core(net *ns, sk_buff *skb, net_device *dev, const sk_buff *hint);

} // namespace skbscope::stack
