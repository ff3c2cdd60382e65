// SPDX-License-Identifier: GPL-2.0-or-later
// Netlink messages: header, attributes, padding to 4 bytes. Linux 6.1: include/uapi/linux/netlink.h,
// include/net/netlink.h
//
//     +----------+---------+--------+--------+---------+-----  every length counts its own header,
//     | nlmsghdr | payload | nlattr | value  | nlattr  | ...   every start is aligned to 4 bytes
//     +----------+---------+--------+--------+---------+-----
#pragma once

#include "linux/skbuff.h"
#include "linux/types.h"

#include <cstddef>

namespace skbscope::stack {

struct sock;
struct net;

struct nlmsghdr {
    u32 nlmsg_len; // header included
    u16 nlmsg_type;
    u16 nlmsg_flags;
    u32 nlmsg_seq;
    u32 nlmsg_pid;
};
static_assert(sizeof(nlmsghdr) == 16);

struct nlattr {
    u16 nla_len; // header included
    u16 nla_type;
};

inline constexpr int NLMSG_ALIGNTO = 4, NLA_ALIGNTO = 4, NLMSG_HDRLEN = sizeof(nlmsghdr), NLA_HDRLEN = sizeof(nlattr);
constexpr int NLMSG_ALIGN(int len) {
    return (len + NLMSG_ALIGNTO - 1) & ~(NLMSG_ALIGNTO - 1);
}
constexpr int NLA_ALIGN(int len) {
    return (len + NLA_ALIGNTO - 1) & ~(NLA_ALIGNTO - 1);
}
constexpr int nlmsg_msg_size(int payload) {
    return NLMSG_HDRLEN + payload;
}
constexpr int nlmsg_total_size(int payload) {
    return NLMSG_ALIGN(nlmsg_msg_size(payload));
}
constexpr int nla_attr_size(int payload) {
    return NLA_HDRLEN + payload;
}
constexpr int nla_total_size(int payload) {
    return NLA_ALIGN(nla_attr_size(payload));
}
constexpr int nla_padlen(int payload) {
    return nla_total_size(payload) - nla_attr_size(payload);
}

inline void *nlmsg_data(nlmsghdr *nlh) {
    return nlh + 1;
}
inline void *nla_data(nlattr *nla) {
    return nla + 1;
}

// Linux 6.1: include/net/netlink.h, net/netlink/af_netlink.c, lib/nlattr.c
sk_buff *nlmsg_new(size_t payload);
nlmsghdr *nlmsg_put(sk_buff *skb, u32 portid, u32 seq, int type, int payload, int flags);
void nlmsg_end(sk_buff *skb, nlmsghdr *nlh);
void nlmsg_free(sk_buff *skb);
int nla_put(sk_buff *skb, int attrtype, int attrlen, const void *data); // 0 or -EMSGSIZE
inline int nla_put_u32(sk_buff *skb, int attrtype, u32 value) {
    return nla_put(skb, attrtype, sizeof(u32), &value);
}

// Takes the buffer over. 0, or -ESRCH when nobody listened to the group.
int nlmsg_notify(sock *sk, sk_buff *skb, u32 portid, unsigned group, int report);
bool netlink_has_listeners(const sock *sk, unsigned group);

} // namespace skbscope::stack
