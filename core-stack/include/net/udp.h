// SPDX-License-Identifier: GPL-2.0-or-later
// UDP: its two hash tables (by port; by address and port), its receive path and checksum helpers.
// Linux 6.1: include/net/udp.h
#pragma once

#include "linux/jhash.h"
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

inline constexpr unsigned UDP_HTABLE_SIZE_MIN = 256;
inline constexpr unsigned PORTS_PER_CHAIN = 65536 / UDP_HTABLE_SIZE_MIN;
void udp_table_init(udp_table *table, unsigned slots);
[[nodiscard]] inline u32 udp_hashfn(const net *ns, u32 num, u32 mask) {
    return (num + net_hash_mix(ns)) & mask;
}
// The key of hash2 for an address and a port. Linux 6.1: include/net/ip.h
[[nodiscard]] inline u32 ipv4_portaddr_hash(const net *ns, be32 saddr, unsigned port) {
    return jhash_1word(saddr.raw, net_hash_mix(ns)) ^ port;
}
[[nodiscard]] inline udp_hslot *udp_hashslot(udp_table *table, const net *ns, unsigned num) {
    return &table->hash[udp_hashfn(ns, num, table->mask)];
}
[[nodiscard]] inline udp_hslot *udp_hashslot2(udp_table *table, unsigned hash) {
    return &table->hash2[hash & table->mask];
}

extern const proto udp_prot;
void udp_init();

// ports
int udp_v4_get_port(sock *sk, u16 snum);
int udp_lib_get_port(sock *sk, u16 snum, unsigned hash2_nulladdr);
void udp_lib_unhash(sock *sk);
void udp_lib_rehash(sock *sk, u16 newhash);
void udp_v4_rehash(sock *sk);

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
int udp_getsockopt(sock *sk, int level, int optname, void *optval, int *optlen);
int udp_lib_getsockopt(sock *sk, int level, int optname, void *optval, int *optlen);

// sending
int udp_sendmsg(sock *sk, msghdr *msg, std::size_t len);
int udp_push_pending_frames(sock *sk);
// 0: UDP's own control messages alone, done; 1: there are others, for IP; or a negative errno.
int udp_cmsg_send(sock *sk, msghdr *msg, u16 *gso_size);
void udp_flush_pending_frames(sock *sk);
void udp4_hwcsum(sk_buff *skb, be32 src, be32 dst);
void udp_set_csum(bool nocheck, sk_buff *skb, be32 saddr, be32 daddr, int len);

// A packet of a UDP socket's queue: what its reader needs, kept where no cache line of the sk_buff must be fetched.
inline constexpr u32 UDP_SKB_IS_STATELESS = 0x80000000;
struct udp_dev_scratch {
    u32 _tsize_state; // truesize, and in the top bit that there is no route, owner or the like to release
    u16 len;
    bool is_linear;
    bool csum_unnecessary;
};
static_assert(sizeof(udp_dev_scratch) == sizeof(sk_buff::dev_scratch));
[[nodiscard]] inline udp_dev_scratch *udp_skb_scratch(sk_buff *skb) {
    return reinterpret_cast<udp_dev_scratch *>(&skb->dev_scratch);
}
// 0: the checksum over the covered part is right.
[[nodiscard]] inline sum16 __udp_lib_checksum_complete(sk_buff *skb) {
    return UDP_SKB_CB(skb)->cscov == skb->len ? __skb_checksum_complete(skb)
                                              : __skb_checksum_complete_head(skb, UDP_SKB_CB(skb)->cscov);
}
[[nodiscard]] inline bool udp_lib_checksum_complete(sk_buff *skb) {
    return !skb_csum_unnecessary(skb) && __udp_lib_checksum_complete(skb) != 0;
}
inline void UDP_INC_STATS(net *ns, unsigned field) {
    ++ns->mib.udp_statistics.mibs[field];
}
void udp_set_dev_scratch(sk_buff *skb);
[[nodiscard]] u32 udp_ehashfn(const net *ns, be32 laddr, u16 lport, be32 faddr, be16 fport);
[[nodiscard]] bool udp_sk_bound_dev_eq(const net *ns, int bound_dev_if, int dif, int sdif);
// Does a multicast or broadcast packet go to this socket? Addresses and ports as the socket sees them; hnum: its own
// port. (The kernel passes that a second time, in network order, and does not use it.)
[[nodiscard]] bool __udp_is_mcast_sock(net *ns, const sock *sk, be32 loc_addr, be16 rmt_port, be32 rmt_addr, int dif,
                                       int sdif, u16 hnum);
// partial: one reader takes its packet; else the socket ends and gives everything back.
void udp_rmem_release(sock *sk, unsigned size, int partial, bool rx_queue_lock_held);

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
// A packet of several datagrams that this socket did not ask for. Linux 6.1: include/linux/udp.h
[[nodiscard]] bool udp_unexpected_gso(const sock *sk, const sk_buff *skb);
// Cuts it up again. The packet is taken over; a list of datagrams, or null: it could not be, which is counted.
// skb->data is the link header. Linux 6.1: include/net/udp.h
[[nodiscard]] sk_buff *udp_rcv_segment(sock *sk, sk_buff *skb);
void udp_post_segment_fix_csum(sk_buff *skb);
int udp_recvmsg(sock *sk, msghdr *msg, std::size_t len, int flags, int *addr_len);
[[nodiscard]] sk_buff *__skb_recv_udp(sock *sk, unsigned flags, int *off, int *err);
void skb_consume_udp(sock *sk, sk_buff *skb, int len);
void udp_skb_destructor(sock *sk, sk_buff *skb);

} // namespace skbscope::stack
