// SPDX-License-Identifier: GPL-2.0-or-later
// IPsec's places on the packet's path. The model has no policies and no states: every check passes, as on a machine
// that never ran `ip xfrm`. Linux 6.1: include/net/xfrm.h, include/net/dst.h
#pragma once

#include "linux/netdevice.h"
#include "linux/types.h"
#include "net/dst.h"
#include "net/flow.h"
#include "net/netns/xfrm.h"

namespace skbscope::stack {

inline constexpr int XFRM_LOOKUP_ICMP = 1 << 0, XFRM_LOOKUP_QUEUE = 1 << 1, XFRM_LOOKUP_KEEP_DST_REF = 1 << 2;

dst_entry *xfrm_lookup(net *ns, dst_entry *dst_orig, const flowi *fl, const sock *sk, int flags);
dst_entry *xfrm_lookup_with_ifid(net *ns, dst_entry *dst_orig, const flowi *fl, const sock *sk, int flags, u32 if_id);
dst_entry *xfrm_lookup_route(net *ns, dst_entry *dst_orig, const flowi *fl, const sock *sk, int flags);

// 1: let it pass, 0: a policy forbids it.
int xfrm_policy_check(sock *sk, int dir, sk_buff *skb, u16 family);
int xfrm4_policy_check(sock *sk, int dir, sk_buff *skb);
int xfrm4_policy_check_reverse(sock *sk, int dir, sk_buff *skb);
bool xfrm4_route_forward(sk_buff *skb);
int xfrm_decode_session_reverse(sk_buff *skb, flowi *fl, unsigned family); // 0
// Packets that wait for a device to encrypt them: there are none.
void xfrm_dev_backlog(softnet_data *sd);
sk_buff *validate_xmit_xfrm(sk_buff *skb, netdev_features_t features, bool *again);

} // namespace skbscope::stack
