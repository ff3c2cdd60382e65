// SPDX-License-Identifier: GPL-2.0-or-later
// Routing constants shared with user space, and the rtnetlink socket's entry points.
// Linux 6.1: include/uapi/linux/rtnetlink.h, include/linux/rtnetlink.h
#pragma once

#include "linux/types.h"

namespace skbscope::stack {

struct net;
struct sk_buff;
struct nlmsghdr;

// Route types (rtm_type).
inline constexpr u8 RTN_UNSPEC = 0, RTN_UNICAST = 1, RTN_LOCAL = 2, RTN_BROADCAST = 3, RTN_ANYCAST = 4,
                    RTN_MULTICAST = 5, RTN_BLACKHOLE = 6, RTN_UNREACHABLE = 7, RTN_PROHIBIT = 8, RTN_THROW = 9,
                    RTN_NAT = 10, RTN_MAX = 11;
// Who installed a route (rtm_protocol).
inline constexpr u8 RTPROT_UNSPEC = 0, RTPROT_REDIRECT = 1, RTPROT_KERNEL = 2, RTPROT_BOOT = 3, RTPROT_STATIC = 4;
// Distance to the destination (rtm_scope): a smaller number reaches further.
inline constexpr u8 RT_SCOPE_UNIVERSE = 0, RT_SCOPE_SITE = 200, RT_SCOPE_LINK = 253, RT_SCOPE_HOST = 254,
                    RT_SCOPE_NOWHERE = 255;
inline constexpr u32 RT_TABLE_UNSPEC = 0, RT_TABLE_DEFAULT = 253, RT_TABLE_MAIN = 254, RT_TABLE_LOCAL = 255;

// Next hop flags (rtnh_flags).
inline constexpr u32 RTNH_F_DEAD = 1, RTNH_F_PERVASIVE = 2, RTNH_F_ONLINK = 4, RTNH_F_LINKDOWN = 16;

// Route metrics.
inline constexpr unsigned RTAX_LOCK = 1, RTAX_MTU = 2, RTAX_WINDOW = 3, RTAX_RTT = 4, RTAX_RTTVAR = 5,
                          RTAX_SSTHRESH = 6, RTAX_CWND = 7, RTAX_ADVMSS = 8, RTAX_REORDERING = 9, RTAX_HOPLIMIT = 10,
                          RTAX_INITCWND = 11, RTAX_FEATURES = 12, RTAX_RTO_MIN = 13, RTAX_INITRWND = 14,
                          RTAX_QUICKACK = 15, RTAX_CC_ALGO = 16, RTAX_FASTOPEN_NO_COOKIE = 17, RTAX_MAX = 17;
inline constexpr u32 RTAX_FEATURE_ECN = 1, RTAX_FEATURE_ALLFRAG = 8;

// Flags of a cached route (rt_flags).
inline constexpr u32 RTCF_DEAD = 0x10000, RTCF_ONLINK = 0x20000, RTM_F_NOTIFY = 0x100, RTCF_DOREDIRECT = 0x01000000,
                     RTCF_DIRECTSRC = 0x04000000, RTCF_DNAT = 0x08000000, RTCF_BROADCAST = 0x10000000,
                     RTCF_MULTICAST = 0x20000000, RTCF_REJECT = 0x40000000, RTCF_LOCAL = 0x80000000,
                     RTCF_NOTIFY = 0x00010000;

inline constexpr int RTM_NEWNEIGH = 28, RTM_DELNEIGH = 29, RTM_GETNEIGH = 30;
inline constexpr unsigned RTNLGRP_LINK = 1, RTNLGRP_NEIGH = 3, RTNLGRP_IPV4_IFADDR = 5, RTNLGRP_IPV4_ROUTE = 7;

// Hands a message to whoever listens to the group in that namespace; takes the buffer over.
// One configuration at a time. The kernel's is a plain mutex; here the owner may take it again, because the requests of
// sim/netconfig.h call one another. Sleeps.
void rtnl_lock();
void rtnl_unlock();
[[nodiscard]] bool rtnl_is_locked();
void rtnl_notify(sk_buff *skb, net *ns, u32 pid, u32 group, const nlmsghdr *nlh);
void rtnl_set_sk_err(net *ns, u32 group, int error);

} // namespace skbscope::stack
