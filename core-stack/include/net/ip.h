// SPDX-License-Identifier: GPL-2.0-or-later
// The IPv4 layer's entry points, from the socket down (output), from the device up (input), and across (forward).
// Linux 6.1: include/net/ip.h
#pragma once

#include "linux/in.h"
#include "linux/inetdevice.h"
#include "linux/ip.h"
#include "linux/skbuff.h"
#include "net/flow.h"
#include "net/inet_sock.h"
#include "net/net_namespace.h"
#include "net/route.h"
#include "net/snmp.h"
#include "net/sock.h"

namespace skbscope::stack {

struct msghdr;
struct packet_type;

inline constexpr u32 IPV4_MAX_PMTU = 65535, IPV4_MIN_MTU = 68;

// flags of inet_skb_parm
inline constexpr u16 IPSKB_FORWARDED = 1 << 0, IPSKB_XFRM_TUNNEL_SIZE = 1 << 1, IPSKB_XFRM_TRANSFORMED = 1 << 2,
                     IPSKB_FRAG_COMPLETE = 1 << 3, IPSKB_REROUTED = 1 << 4, IPSKB_DOREDIRECT = 1 << 5,
                     IPSKB_FRAG_PMTU = 1 << 6, IPSKB_L3SLAVE = 1 << 7, IPSKB_NOPOLICY = 1 << 8,
                     IPSKB_MULTIPATH = 1 << 9;

// What IPv4 keeps in skb->cb.
struct inet_skb_parm {
    int iif = 0;
    ip_options opt; // compiled
    u16 flags = 0;
    u16 frag_max_size = 0; // of the largest fragment it was put together from
};
inline inet_skb_parm *IPCB(const sk_buff *skb) {
    return reinterpret_cast<inet_skb_parm *>(const_cast<u8 *>(reinterpret_cast<const u8 *>(skb->cb)));
}
inline in_pktinfo *PKTINFO_SKB_CB(const sk_buff *skb) {
    return reinterpret_cast<in_pktinfo *>(const_cast<u8 *>(reinterpret_cast<const u8 *>(skb->cb)));
}
inline bool ipv4_l3mdev_skb(u16 flags) {
    return (flags & IPSKB_L3SLAVE) != 0;
}
inline int inet_sdif(const sk_buff *skb) {
    return skb && ipv4_l3mdev_skb(IPCB(skb)->flags) ? IPCB(skb)->iif : 0;
}
inline unsigned ip_hdrlen(const sk_buff *skb) {
    return ip_hdr(skb)->ihl * 4U;
}

// Fragment word of the header.
inline constexpr u16 IP_CE = 0x8000, IP_DF = 0x4000, IP_MF = 0x2000, IP_OFFSET = 0x1fff;
inline constexpr unsigned long IP_FRAG_TIME = 30 * HZ;
inline bool ip_is_fragment(const iphdr *iph) {
    return (be16_to_cpu(iph->frag_off) & (IP_MF | IP_OFFSET)) != 0;
}
// 0 or -EINVAL: the checksum starts inside the header.
int ip_check_csum_start(const sk_buff *skb);

// What one send asks for; -1 tos: the socket's.
struct ipcm_cookie {
    sockcm_cookie sockc;
    be32 addr;
    int oif = 0;
    ip_options_rcu *opt = nullptr;
    u8 protocol = 0;
    u8 ttl = 0;
    s16 tos = -1;
    s8 priority = 0;
    u16 gso_size = 0;
};
inline void ipcm_init(ipcm_cookie *ipcm) {
    *ipcm = ipcm_cookie{};
}
inline void ipcm_init_sk(ipcm_cookie *ipcm, const inet_sock *inet) {
    ipcm_init(ipcm);
    ipcm->sockc.mark = inet->sk_mark;
    ipcm->sockc.tsflags = inet->sk_tsflags;
    ipcm->oif = inet->sk_bound_dev_if;
    ipcm->addr = inet->inet_saddr;
    ipcm->protocol = static_cast<u8>(inet->inet_num);
}

// input
int ip_rcv(sk_buff *skb, net_device *dev, packet_type *pt, net_device *orig_dev);
void ip_list_rcv(list_head *head, packet_type *pt, net_device *orig_dev);
int ip_local_deliver(sk_buff *skb);
void ip_protocol_deliver_rcu(net *ns, sk_buff *skb, int proto);
bool ip_call_ra_chain(sk_buff *skb);

// output
int ip_output(net *ns, sock *sk, sk_buff *skb);
int ip_mc_output(net *ns, sock *sk, sk_buff *skb);
int ip_do_fragment(net *ns, sock *sk, sk_buff *skb, int (*output)(net *, sock *, sk_buff *));
void ip_send_check(iphdr *ip);
int __ip_local_out(net *ns, sock *sk, sk_buff *skb);
int ip_local_out(net *ns, sock *sk, sk_buff *skb);
int ip_build_and_send_pkt(sk_buff *skb, const sock *sk, be32 saddr, be32 daddr, ip_options_rcu *opt, u8 tos);
void ip_init();

// Copies len bytes at offset of what the caller sends to `to`; adds their checksum to skb->csum at an odd or even
// place. 0 or a negative errno.
using getfrag_fn = int(void *from, u8 *to, int offset, int len, int odd, sk_buff *skb);
int ip_generic_getfrag(void *from, u8 *to, int offset, int len, int odd, sk_buff *skb); // from: a msghdr
int ip_append_data(sock *sk, flowi4 *fl4, getfrag_fn *getfrag, void *from, int length, int transhdrlen,
                   ipcm_cookie *ipc, rtable **rtp, unsigned flags);
sk_buff *__ip_make_skb(sock *sk, flowi4 *fl4, sk_buff_head *queue, inet_cork *cork);
int ip_send_skb(net *ns, sk_buff *skb);
int ip_push_pending_frames(sock *sk, flowi4 *fl4);
void ip_flush_pending_frames(sock *sk);
// null: nothing to send; ERR_PTR: failed.
sk_buff *ip_make_skb(sock *sk, flowi4 *fl4, getfrag_fn *getfrag, void *from, int length, int transhdrlen,
                     ipcm_cookie *ipc, rtable **rtp, inet_cork *cork, unsigned flags);
sk_buff *ip_finish_skb(sock *sk, flowi4 *fl4);
u8 get_rttos(const ipcm_cookie *ipc, const inet_sock *inet);
u8 get_rtconn_flags(const ipcm_cookie *ipc, const sock *sk);

// A reply to a packet, sent from no user's socket (TCP resets).
struct ip_reply_arg {
    const void *iov_base = nullptr;
    size_t iov_len = 0;
    int flags = 0;
    u32 csum = 0;
    int csumoffset = -1; // in 16-bit units of iov, -1 = none
    int bound_dev_if = 0;
    u8 tos = 0;
    u32 uid = 0;
};
inline constexpr int IP_REPLY_ARG_NOSRCCHECK = 1;
void ip_send_unicast_reply(sock *sk, sk_buff *skb, const ip_options *sopt, be32 daddr, be32 saddr,
                           const ip_reply_arg *arg, unsigned len, u64 transmit_time, u32 txhash);

void __ip_select_ident(net *ns, iphdr *iph, int segs);
void ip_select_ident_segs(net *ns, sk_buff *skb, sock *sk, int segs);
void ip_select_ident(net *ns, sk_buff *skb, sock *sk);

// Fragments of a packet whose fragments already exist (its frag_list).
struct ip_fraglist_iter {
    sk_buff *frag = nullptr;
    iphdr *iph = nullptr;
    int offset = 0;
    unsigned hlen = 0;
};
void ip_fraglist_init(sk_buff *skb, iphdr *iph, unsigned hlen, ip_fraglist_iter *iter);
void ip_fraglist_prepare(sk_buff *skb, ip_fraglist_iter *iter);
sk_buff *ip_fraglist_next(ip_fraglist_iter *iter);

// Fragments cut out of one buffer.
struct ip_frag_state {
    bool DF = false;
    unsigned hlen = 0;
    unsigned ll_rs = 0;
    unsigned mtu = 0;
    unsigned left = 0; // bytes not yet cut
    int offset = 0;
    int ptr = 0;
    be16 not_last_frag;
};
void ip_frag_init(sk_buff *skb, unsigned hlen, unsigned ll_rs, unsigned mtu, bool DF, ip_frag_state *state);
sk_buff *ip_frag_next(sk_buff *skb, ip_frag_state *state); // or ERR_PTR

// path MTU
bool ip_mtu_locked(const dst_entry *dst);
bool ip_dont_fragment(const sock *sk, const dst_entry *dst);
bool ip_sk_accept_pmtu(const sock *sk);
bool ip_sk_use_pmtu(const sock *sk);
bool ip_sk_ignore_df(const sock *sk);
unsigned ip_dst_mtu_maybe_forward(const dst_entry *dst, bool forwarding);
unsigned ip_skb_dst_mtu(sock *sk, const sk_buff *skb);

// One step nearer to its end: patches the checksum, returns the new ttl.
int ip_decrease_ttl(iphdr *iph);

// forward
int ip_forward(sk_buff *skb);

// reassembly. Who asks is part of the queue's name.
enum ip_defrag_users : u32 { IP_DEFRAG_LOCAL_DELIVER, IP_DEFRAG_CALL_RA_CHAIN, IP_DEFRAG_AF_PACKET };
int ip_defrag(net *ns, sk_buff *skb, u32 user); // 0: skb is whole now; else it is kept or gone
void ipfrag_init();

// options. Their bytes follow the ip_options in memory where they are not in a packet.
inline u8 *ip_options_data_of(ip_options *opt) {
    return reinterpret_cast<u8 *>(opt + 1);
}
inline const u8 *ip_options_data_of(const ip_options *opt) {
    return reinterpret_cast<const u8 *>(opt + 1);
}
void ip_options_build(sk_buff *skb, ip_options *opt, be32 daddr, rtable *rt);
int __ip_options_echo(net *ns, ip_options *dopt, sk_buff *skb, const ip_options *sopt);
void ip_options_fragment(sk_buff *skb);
int __ip_options_compile(net *ns, ip_options *opt, sk_buff *skb, be32 *info);
int ip_options_compile(net *ns, ip_options *opt, sk_buff *skb);
// Options a user hands in, checked; they take the place of *optp, which is freed. 0 or -EINVAL.
int ip_options_get(net *ns, ip_options_rcu **optp, const u8 *data, unsigned optlen);
void ip_forward_options(sk_buff *skb);
int ip_options_rcv_srr(sk_buff *skb, net_device *dev);

void ip_eth_mc_map(be32 naddr, u8 *buf); // 01:00:5e and the low 23 bits
void inet_get_local_port_range(const net *ns, int *low, int *high);
void inet_sk_get_local_port_range(const sock *sk, int *low, int *high);
bool inet_is_local_reserved_port(net *ns, u16 port);
inline bool inet_port_requires_bind_service(const net *ns, u16 port) {
    return port < ns->ipv4.sysctl_ip_prot_sock;
}
inline u32 IP4_REPLY_MARK(const net *ns, u32 mark) {
    return ns->ipv4.sysctl_fwmark_reflect ? mark : 0;
}
inline void inet_reset_saddr(sock *sk) {
    inet_sk(sk)->inet_saddr = be32{};
    sk->inet_rcv_saddr = be32{};
}
// net/ipv4/ip_sockglue.c
void ipv4_pktinfo_prepare(const sock *sk, sk_buff *skb, bool drop_dst);
void ip_cmsg_recv_offset(msghdr *msg, sock *sk, sk_buff *skb, int tlen, int offset);
int ip_ra_control(sock *sk, bool on);
void ip_icmp_error(sock *sk, sk_buff *skb, int err, be16 port, u32 info, u8 *payload);
void ip_local_error(sock *sk, int err, be32 daddr, be16 port, u32 info);

inline void IP_INC_STATS(net *ns, unsigned field) {
    ++ns->mib.ip_statistics.mibs[field];
}
inline void __IP_INC_STATS(net *ns, unsigned field) {
    IP_INC_STATS(ns, field);
}
inline void IP_ADD_STATS(net *ns, unsigned field, u64 val) {
    ns->mib.ip_statistics.mibs[field] += val;
}
// A packet and its octets: `field` is the packet counter, the octet counter follows it.
void IP_UPD_PO_STATS(net *ns, unsigned field, u64 len);
inline void NET_INC_STATS(net *ns, unsigned field) {
    ++ns->mib.net_statistics.mibs[field];
}
inline void __NET_INC_STATS(net *ns, unsigned field) {
    NET_INC_STATS(ns, field);
}

} // namespace skbscope::stack
