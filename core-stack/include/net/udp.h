// SPDX-License-Identifier: GPL-2.0-or-later
// UDP: its two hash tables (by port; by address and port), its receive path and checksum helpers.
// Linux 6.1: include/net/udp.h
#pragma once

#include "linux/udp.h"
#include "net/inet_hashtables.h"
#include "net/ip.h"

#include <vector>

namespace skbscope::stack {

struct udp_skb_cb {
    inet_skb_parm header;
    u16 cscov = 0; // bytes the checksum covers
    u8 partial_cov = 0;
};
[[nodiscard]] inline udp_skb_cb *UDP_SKB_CB(const sk_buff *skb) {
    return reinterpret_cast<udp_skb_cb *>(const_cast<u8 *>(reinterpret_cast<const u8 *>(skb->cb)));
}

struct udp_hslot {
    hlist_head head;
    int count = 0;
    spinlock_t lock;
};

struct udp_table {
    std::vector<udp_hslot> hash;  // by local port
    std::vector<udp_hslot> hash2; // by local address and port
    unsigned mask = 0;            // slots - 1
    unsigned log = 0;
};

[[nodiscard]] udp_table *udp_table_of_machine();
void udp_table_init(udp_table *table);
[[nodiscard]] u32 udp_hashfn(const net *ns, u32 num, u32 mask);
[[nodiscard]] inline udp_hslot *udp_hashslot(udp_table *table, const net *ns, unsigned num) {
    return &table->hash[udp_hashfn(ns, num, table->mask)];
}
[[nodiscard]] inline udp_hslot *udp_hashslot2(udp_table *table, unsigned hash) {
    return &table->hash2[hash & table->mask];
}

extern const proto udp_prot;
void udp_init();
int udpv4_offload_init();

// ports
int udp_v4_get_port(sock *sk, u16 snum);
int udp_lib_get_port(sock *sk, u16 snum, unsigned hash2_nulladdr);
void udp_lib_unhash(sock *sk);
void udp_lib_rehash(sock *sk, u16 newhash);
void udp_v4_rehash(sock *sk);
[[nodiscard]] u32 udp_flow_hashrnd();

// life
int udp_init_sock(sock *sk);
void udp_destroy_sock(sock *sk);
void udp_destruct_sock(sock *sk);
void udp_destruct_common(sock *sk);
int udp_disconnect(sock *sk, int flags);
int __udp_disconnect(sock *sk, int flags);
int udp_pre_connect(sock *sk, sockaddr *uaddr, int addr_len);
int udp_setsockopt(sock *sk, int level, int optname, const void *optval, unsigned optlen);
int udp_lib_setsockopt(sock *sk, int level, int optname, const void *optval, unsigned optlen,
                       int (*push_pending_frames)(sock *sk));

// sending
int udp_sendmsg(sock *sk, msghdr *msg, std::size_t len);
int udp_push_pending_frames(sock *sk);
void udp_flush_pending_frames(sock *sk);
void udp4_hwcsum(sk_buff *skb, be32 src, be32 dst);
void udp_set_csum(bool nocheck, sk_buff *skb, be32 saddr, be32 daddr, int len);

// receiving
int udp_rcv(sk_buff *skb);
int __udp4_lib_rcv(sk_buff *skb, udp_table *udptable, int proto);
int udp_err(sk_buff *skb, u32 info);
int __udp4_lib_err(sk_buff *skb, u32 info, udp_table *udptable);
int udp_v4_early_demux(sk_buff *skb);
[[nodiscard]] sock *__udp4_lib_lookup(net *ns, be32 saddr, be16 sport, be32 daddr, be16 dport, int dif, int sdif,
                                      udp_table *udptable, sk_buff *skb);
[[nodiscard]] sock *udp4_lib_lookup(net *ns, be32 saddr, be16 sport, be32 daddr, be16 dport, int dif);
int __udp_enqueue_schedule_skb(sock *sk, sk_buff *skb);
int udp_recvmsg(sock *sk, msghdr *msg, std::size_t len, int flags, int *addr_len);
[[nodiscard]] sk_buff *__skb_recv_udp(sock *sk, unsigned flags, int *off, int *err);
void skb_consume_udp(sock *sk, sk_buff *skb, int len);
void udp_skb_destructor(sock *sk, sk_buff *skb);

} // namespace skbscope::stack
