// SPDX-License-Identifier: GPL-2.0-or-later
// What the parts of net/ipv4/route.c share: static functions there.
#pragma once

#include "net/ip_fib.h"
#include "net/route.h"

namespace skbscope::stack {

inline constexpr u32 RTCF_REDIRECTED = 0x00040000;

// route.cpp
bool rt_cache_valid(const rtable *rt);
bool rt_cache_route(fib_nh_common *nhc, rtable *rt); // false: another CPU was faster
void rt_set_nexthop(rtable *rt, be32 daddr, const fib_result *res, fib_nh_exception *fnhe, fib_info *fi, bool do_cache);
int ip_rt_bug(net *ns, sock *sk, sk_buff *skb);
int ip_error(sk_buff *skb);
void ip_rt_fix_tos(flowi4 *fl4);

// route_exception.cpp
fib_nh_exception *find_exception(fib_nh_common *nhc, be32 daddr); // null: none, or expired
bool rt_bind_exception(rtable *rt, fib_nh_exception *fnhe, be32 daddr, bool do_cache);
void free_nh_exceptions(fib_nh_common *nhc);
void ip_rt_update_pmtu(dst_entry *dst, sock *sk, sk_buff *skb, u32 mtu, bool confirm_neigh);
void ip_do_redirect(dst_entry *dst, sock *sk, sk_buff *skb);

// fib_semantics.cpp
void rt_fibinfo_free_exception_route(rtable *rt);

} // namespace skbscope::stack
