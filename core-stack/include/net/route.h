// SPDX-License-Identifier: GPL-2.0-or-later
// The route a packet or a socket uses: a dst_entry with what IPv4 adds. Found through the FIB (net/ip_fib.h) and kept
// on the nexthop that led to it, so that the next packet finds it ready. Linux 6.1: include/net/route.h
#pragma once

#include "linux/err.h"
#include "linux/in.h"
#include "linux/ip.h"
#include "linux/list.h"
#include "linux/rtnetlink.h"
#include "net/arp.h"
#include "net/dst.h"
#include "net/flow.h"
#include "net/inet_sock.h"
#include "net/net_namespace.h"

namespace skbscope::stack {

struct fib_result;
struct in_device;
struct in_ifaddr;

inline constexpr u8 RTO_ONLINK = 0x01; // in a flow's tos: the destination is on the link, whatever the table says
inline u8 ip_sock_rt_scope(const sock *sk) {
    return sock_flag(sk, SOCK_LOCALROUTE) ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
}
inline u8 ip_sock_rt_tos(const sock *sk) {
    return RT_TOS(inet_sk(sk)->tos);
}
inline u8 RT_CONN_FLAGS_TOS(const sock *sk, u8 tos) {
    return static_cast<u8>(RT_TOS(tos) | (sock_flag(sk, SOCK_LOCALROUTE) ? RTO_ONLINK : 0));
}
inline u8 RT_CONN_FLAGS(const sock *sk) {
    return RT_CONN_FLAGS_TOS(sk, inet_sk(sk)->tos);
}

struct rtable {
    dst_entry dst; // must be first: the two are cast into each other
    int rt_genid = 0;
    u32 rt_flags = 0; // RTCF_...
    u16 rt_type = 0;  // RTN_...
    u8 rt_is_input = 0;
    u8 rt_uses_gateway = 0;
    int rt_iif = 0;      // ifindex, 0: take the packet's
    u8 rt_gw_family = 0; // 0: the destination itself is the neighbour; AF_INET: rt_gw4
    be32 rt_gw4;
    bool rt_mtu_locked = false;
    u32 rt_pmtu = 0; // learned path MTU, 0 = none
    list_head rt_uncached;
    bool rt_on_uncached_list = false; // rt_uncached_list in the kernel
};

inline rtable *dst_rtable(dst_entry *dst) {
    return reinterpret_cast<rtable *>(dst);
}
inline const rtable *dst_rtable(const dst_entry *dst) {
    return reinterpret_cast<const rtable *>(dst);
}
inline rtable *skb_rtable(const sk_buff *skb) {
    return dst_rtable(skb_dst(skb));
}
inline bool rt_is_input_route(const rtable *rt) {
    return rt->rt_is_input != 0;
}
inline bool rt_is_output_route(const rtable *rt) {
    return rt->rt_is_input == 0;
}
inline be32 rt_nexthop(const rtable *rt, be32 daddr) {
    return rt->rt_gw_family == 2 ? rt->rt_gw4 : daddr;
}
inline void ip_rt_put(rtable *rt) {
    dst_release(rt ? &rt->dst : nullptr);
}

int ip_rt_init();
void rt_cache_flush(net *ns);
void rt_flush_dev(net_device *dev);
void rt_add_uncached_list(rtable *rt);
void rt_del_uncached_list(rtable *rt);

// Output. The flow is completed: oif, saddr, and daddr where it was 0. An ERR_PTR on failure; else a reference.
rtable *ip_route_output_key_hash(net *ns, flowi4 *flp, const sk_buff *skb);
rtable *ip_route_output_key_hash_rcu(net *ns, flowi4 *flp, fib_result *res, const sk_buff *skb);
inline rtable *__ip_route_output_key(net *ns, flowi4 *flp) {
    return ip_route_output_key_hash(ns, flp, nullptr);
}
rtable *ip_route_output_flow(net *ns, flowi4 *flp, const sock *sk);
inline rtable *ip_route_output_key(net *ns, flowi4 *flp) {
    return ip_route_output_flow(ns, flp, nullptr);
}
rtable *ip_route_output_ports(net *ns, flowi4 *fl4, const sock *sk, be32 daddr, be32 saddr, be16 dport, be16 sport,
                              u8 proto, u8 tos, int oif);
void ip_route_connect_init(flowi4 *fl4, be32 dst, be32 src, int oif, u8 protocol, be16 sport, be16 dport,
                           const sock *sk);
rtable *ip_route_connect(flowi4 *fl4, be32 dst, be32 src, int oif, u8 protocol, be16 sport, be16 dport, const sock *sk);

// Input. 0 and the packet has its destination, or a negative errno.
int ip_route_input_noref(sk_buff *skb, be32 daddr, be32 saddr, u8 tos, net_device *dev);
int ip_route_input(sk_buff *skb, be32 dst, be32 src, u8 tos, net_device *devin);
// As ip_route_input_noref(), with the route of the packet before (hint), which goes to the same destination.
int ip_route_use_hint(sk_buff *skb, be32 daddr, be32 saddr, u8 tos, net_device *dev, const sk_buff *hint);
int ip_mc_validate_source(sk_buff *skb, be32 daddr, be32 saddr, u8 tos, net_device *dev, in_device *in_dev, u32 *itag);

rtable *rt_dst_alloc(net_device *dev, u32 flags, u16 type, bool noxfrm);
rtable *rt_dst_clone(net_device *dev, rtable *rt);
void ip_rt_get_source(u8 *addr, sk_buff *skb, rtable *rt);
void ip_rt_send_redirect(sk_buff *skb);
void ipv4_update_pmtu(sk_buff *skb, net *ns, u32 mtu, int oif, u8 protocol);
void ipv4_sk_update_pmtu(sk_buff *skb, sock *sk, u32 mtu);
void ipv4_redirect(sk_buff *skb, net *ns, int oif, u8 protocol);
void ipv4_sk_redirect(sk_buff *skb, sock *sk);
unsigned ipv4_mtu(const dst_entry *dst);

unsigned inet_addr_type(net *ns, be32 addr); // RTN_...
unsigned inet_addr_type_table(net *ns, be32 addr, u32 tb_id);
unsigned inet_dev_addr_type(net *ns, const net_device *dev, be32 addr);
unsigned inet_addr_type_dev_table(net *ns, const net_device *dev, be32 addr);

int inet_iif(const sk_buff *skb);
int ip4_dst_hoplimit(const dst_entry *dst);
neighbour *ip_neigh_gw4(net_device *dev, be32 daddr);
neighbour *ip_neigh_for_gw(rtable *rt, sk_buff *skb, bool *is_v6gw);

extern const u8 ip_tos2prio[16];
inline u32 rt_tos2priority(u8 tos) {
    return ip_tos2prio[IPTOS_TOS(tos) >> 1];
}

} // namespace skbscope::stack
