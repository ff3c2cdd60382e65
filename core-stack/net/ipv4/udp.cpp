// SPDX-License-Identifier: GPL-2.0-or-later
// UDP sockets: their ports, their life. Their options stand in udp_options.cpp, sending in udp_output.cpp, finding the
// socket of a packet in udp_lookup.cpp, queueing it in udp_input.cpp, taking it out in udp_recvmsg.cpp.
// Linux 6.1: net/ipv4/udp.c
//
// Every bound socket is in two chains: hash, by port, for binding; hash2, by address and port, for lookup.
//
// Left out: UDP-Lite, encapsulation sockets, BPF's places.
#include "net/udp.h"

#include "linux/errno.h"
#include "linux/random.h"
#include "linux/trace_fn.h"
#include "net/inet_common.h"
#include "net/inet_globals.h"
#include "net/route.h"

#include <bit>
#include <bitset>
#include <cstring>

namespace skbscope::stack {

namespace {

using port_bitmap = std::bitset<PORTS_PER_CHAIN>;

// Could sk not be bound to a port that sk2 has?
bool clashes(const net *ns, const sock *sk2, const sock *sk) {
    return net_eq(sock_net(sk2), ns) && sk2 != sk && (sk2->sk_reuse == 0 || sk->sk_reuse == 0) &&
           (sk2->sk_bound_dev_if == 0 || sk->sk_bound_dev_if == 0 || sk2->sk_bound_dev_if == sk->sk_bound_dev_if) &&
           inet_rcv_saddr_equal(sk, sk2, true);
}
// SO_REUSEPORT on both, by the same user.
bool may_share(sock *sk2, const sock *sk, u32 uid) {
    return sk2->sk_reuseport && sk->sk_reuseport && !sk->sk_reuseport_cb && uid == sock_i_uid(sk2);
}

// Without bitmap: 1 when `num` is taken. With: marks every port of the chain that is. Linux 6.1: net/ipv4/udp.c
int udp_lib_lport_inuse(net *ns, u16 num, const udp_hslot *hslot, port_bitmap *bitmap, sock *sk, unsigned log) {
    TRACE_FN();
    const u32 uid = sock_i_uid(sk);
    for (sock *sk2 : sk_entries(&hslot->head)) {
        const u16 port = sk2->sk_u16hashes[0];
        if ((!bitmap && port != num) || !clashes(ns, sk2, sk)) continue;
        const bool share = may_share(sk2, sk, uid);
        if (!bitmap) return TRACE_RET(share ? 0 : 1);
        if (!share) bitmap->set(port >> log);
    }
    return TRACE_RET(0);
}

// The same, in a chain of hash2. Linux 6.1: net/ipv4/udp.c
int udp_lib_lport_inuse2(net *ns, u16 num, udp_hslot *hslot2, sock *sk) {
    TRACE_FN();
    const u32 uid = sock_i_uid(sk);
    int res = 0;
    spin_lock(&hslot2->lock);
    for (sock *sk2 : sk_portaddr_entries(&hslot2->head)) {
        if (sk2->sk_u16hashes[0] != num || !clashes(ns, sk2, sk)) continue;
        res = may_share(sk2, sk, uid) ? 0 : 1;
        break;
    }
    spin_unlock(&hslot2->lock);
    return TRACE_RET(res);
}

// Linux 6.1: net/ipv4/udp.c
int udp_reuseport_add_sock(sock *sk, const udp_hslot *hslot) {
    TRACE_FN();
    const u32 uid = sock_i_uid(sk);
    for (sock *sk2 : sk_entries(&hslot->head)) {
        if (net_eq(sock_net(sk2), sock_net(sk)) && sk2 != sk && sk2->sk_family == sk->sk_family &&
            sk2->sk_u16hashes[0] == sk->sk_u16hashes[0] && sk2->sk_bound_dev_if == sk->sk_bound_dev_if &&
            sk2->sk_reuseport && uid == sock_i_uid(sk2) && inet_rcv_saddr_equal(sk, sk2, false))
            return TRACE_RET(reuseport_add_sock(sk, sk2, inet_rcv_saddr_any(sk)));
    }
    return TRACE_RET(reuseport_alloc(sk, inet_rcv_saddr_any(sk)));
}

// A long chain of the port is searched through hash2 instead, when that is shorter. The port's slot is locked.
bool port_is_taken(sock *sk, u16 snum, const udp_hslot *hslot, unsigned hash2_nulladdr) {
    udp_table *udptable = &inet_global().udp_table;
    net *ns = sock_net(sk);
    if (hslot->count > 10) {
        const unsigned slot2 = (sk->sk_u16hashes[1] ^ snum) & udptable->mask;
        const unsigned nullslot = hash2_nulladdr & udptable->mask;
        udp_hslot *hslot2 = udp_hashslot2(udptable, slot2);
        if (hslot->count >= hslot2->count) {
            if (udp_lib_lport_inuse2(ns, snum, hslot2, sk) != 0) return true;
            return nullslot != slot2 && udp_lib_lport_inuse2(ns, snum, udp_hashslot2(udptable, nullslot), sk) != 0;
        }
    }
    return udp_lib_lport_inuse(ns, snum, hslot, nullptr, sk, 0) != 0;
}

// The port is free, its slot locked: the socket enters both chains. Linux 6.1: the end of udp_lib_get_port()
int take_port(sock *sk, u16 snum, udp_hslot *hslot) {
    sk->inet_num = snum;
    sk->sk_u16hashes[0] = snum;
    sk->sk_u16hashes[1] ^= snum;
    if (sk_hashed(sk)) return 0;
    if (sk->sk_reuseport && udp_reuseport_add_sock(sk, hslot) != 0) {
        sk->inet_num = 0;
        sk->sk_u16hashes[0] = 0;
        sk->sk_u16hashes[1] ^= snum;
        return -EADDRINUSE;
    }
    sock_set_flag(sk, SOCK_RCU_FREE); // from here on receivers find it without taking a reference
    sk_add_node_rcu(sk, &hslot->head);
    ++hslot->count;
    udp_hslot *hslot2 = udp_hashslot2(&inet_global().udp_table, sk->sk_u16hashes[1]);
    spin_lock(&hslot2->lock);
    hlist_add_head_rcu(&sk->sk_portaddr_node, &hslot2->head);
    ++hslot2->count;
    spin_unlock(&hslot2->lock);
    return 0;
}

// Any free port: a random start, then steps of an odd multiple of the table's size, which stay in one chain and reach
// every port of it; then the next chain. Linux 6.1: the first half of udp_lib_get_port()
int take_random_port(sock *sk) {
    udp_table *udptable = &inet_global().udp_table;
    net *ns = sock_net(sk);
    int low = 0, high = 0;
    inet_sk_get_local_port_range(sk, &low, &high);
    const u32 remaining = static_cast<u32>(high - low) + 1;
    u32 rand = get_random_u32();
    u16 first = static_cast<u16>(((u64{rand} * remaining) >> 32) + static_cast<u32>(low));
    rand = (rand | 1) * (udptable->mask + 1);
    const u16 last = static_cast<u16>(first + udptable->mask + 1);
    do {
        udp_hslot *hslot = udp_hashslot(udptable, ns, first);
        port_bitmap bitmap;
        spin_lock_bh(&hslot->lock);
        udp_lib_lport_inuse(ns, 0, hslot, &bitmap, sk, udptable->log);
        u16 snum = first;
        do {
            if (low <= snum && snum <= high && !bitmap.test(std::size_t{snum} >> udptable->log) &&
                !inet_is_local_reserved_port(ns, snum)) {
                const int error = take_port(sk, snum, hslot);
                spin_unlock_bh(&hslot->lock);
                return error;
            }
            snum = static_cast<u16>(snum + rand);
        } while (snum != first);
        spin_unlock_bh(&hslot->lock);
        cond_resched();
    } while (++first != last);
    return -EADDRINUSE;
}

} // namespace

// snum 0: any free port. Linux 6.1: net/ipv4/udp.c
int udp_lib_get_port(sock *sk, u16 snum, unsigned hash2_nulladdr) {
    TRACE_FN();
    if (snum == 0) return TRACE_RET(take_random_port(sk));
    udp_hslot *hslot = udp_hashslot(&inet_global().udp_table, sock_net(sk), snum);
    spin_lock_bh(&hslot->lock);
    const int error = port_is_taken(sk, snum, hslot, hash2_nulladdr) ? -EADDRINUSE : take_port(sk, snum, hslot);
    spin_unlock_bh(&hslot->lock);
    return TRACE_RET(error);
}

// Linux 6.1: net/ipv4/udp.c
int udp_v4_get_port(sock *sk, u16 snum) {
    TRACE_FN();
    const unsigned hash2_nulladdr = ipv4_portaddr_hash(sock_net(sk), INADDR_ANY, snum);
    // The port's part of the hash is added once it is known.
    sk->sk_u16hashes[1] = static_cast<u16>(ipv4_portaddr_hash(sock_net(sk), sk->inet_rcv_saddr, 0));
    return TRACE_RET(udp_lib_get_port(sk, snum, hash2_nulladdr));
}

// Linux 6.1: net/ipv4/udp.c
void udp_lib_unhash(sock *sk) {
    TRACE_FN();
    if (!sk_hashed(sk)) return;
    udp_table *udptable = &inet_global().udp_table;
    udp_hslot *hslot = udp_hashslot(udptable, sock_net(sk), sk->sk_u16hashes[0]);
    udp_hslot *hslot2 = udp_hashslot2(udptable, sk->sk_u16hashes[1]);
    spin_lock_bh(&hslot->lock);
    if (sk->sk_reuseport_cb) reuseport_detach_sock(sk);
    if (sk_del_node_init_rcu(sk)) {
        --hslot->count;
        sk->inet_num = 0;
        spin_lock(&hslot2->lock);
        hlist_del_init_rcu(&sk->sk_portaddr_node);
        --hslot2->count;
        spin_unlock(&hslot2->lock);
    }
    spin_unlock_bh(&hslot->lock);
}

// The local address changed: into another chain of hash2. Linux 6.1: net/ipv4/udp.c
void udp_lib_rehash(sock *sk, u16 newhash) {
    TRACE_FN();
    if (!sk_hashed(sk)) return;
    udp_table *udptable = &inet_global().udp_table;
    udp_hslot *hslot2 = udp_hashslot2(udptable, sk->sk_u16hashes[1]);
    udp_hslot *nhslot2 = udp_hashslot2(udptable, newhash);
    sk->sk_u16hashes[1] = newhash;
    if (hslot2 == nhslot2 && !sk->sk_reuseport_cb) return;
    udp_hslot *hslot = udp_hashslot(udptable, sock_net(sk), sk->sk_u16hashes[0]);
    spin_lock_bh(&hslot->lock);
    if (sk->sk_reuseport_cb) reuseport_detach_sock(sk);
    if (hslot2 != nhslot2) {
        spin_lock(&hslot2->lock);
        hlist_del_init_rcu(&sk->sk_portaddr_node);
        --hslot2->count;
        spin_unlock(&hslot2->lock);
        spin_lock(&nhslot2->lock);
        hlist_add_head_rcu(&sk->sk_portaddr_node, &nhslot2->head);
        ++nhslot2->count;
        spin_unlock(&nhslot2->lock);
    }
    spin_unlock_bh(&hslot->lock);
}

// Linux 6.1: net/ipv4/udp.c
void udp_v4_rehash(sock *sk) {
    TRACE_FN();
    udp_lib_rehash(sk, static_cast<u16>(ipv4_portaddr_hash(sock_net(sk), sk->inet_rcv_saddr, sk->inet_num)));
}

// --- life ---------------------------------------------------------------------------------------------------------

// Linux 6.1: net/ipv4/udp.c
int udp_init_sock(sock *sk) {
    TRACE_FN();
    skb_queue_head_init(&udp_sk(sk)->reader_queue);
    sk->sk_destruct = udp_destruct_sock;
    return TRACE_RET(0);
}

// Linux 6.1: net/ipv4/udp.c
void udp_destroy_sock(sock *sk) {
    TRACE_FN();
    const bool slow = lock_sock_fast(sk);
    sock_set_flag(sk, SOCK_DEAD);
    udp_flush_pending_frames(sk);
    unlock_sock_fast(sk, slow);
    if (udp_test_bit(UDP_FLAGS_ENCAP_ENABLED, sk)) --inet_global().udp_encap_needed;
}

// What nobody read, and the memory it was charged for. Linux 6.1: net/ipv4/udp.c
void udp_destruct_common(sock *sk) {
    TRACE_FN();
    udp_sock *up = udp_sk(sk);
    unsigned total = 0;
    skb_queue_splice_tail_init(&sk->sk_receive_queue, &up->reader_queue);
    while (sk_buff *skb = __skb_dequeue(&up->reader_queue)) {
        total += skb->truesize;
        kfree_skb(skb);
    }
    udp_rmem_release(sk, total, 0, true);
}

void udp_destruct_sock(sock *sk) {
    TRACE_FN();
    udp_destruct_common(sk);
    inet_sock_destruct(sk);
}

namespace {

void udp_lib_close(sock *sk, long) {
    TRACE_FN();
    sk_common_release(sk);
}

int udp_lib_hash(sock *) {
    panic("udp_lib_hash: a UDP socket enters the tables through get_port()");
}

} // namespace

int udp_pre_connect(sock *, sockaddr *, int addr_len) {
    TRACE_FN();
    return TRACE_RET(static_cast<std::size_t>(addr_len) < sizeof(sockaddr_in) ? -EINVAL : 0);
}

// connect() to AF_UNSPEC: forgets the peer, and what connect() chose. Linux 6.1: net/ipv4/udp.c
int __udp_disconnect(sock *sk, int) {
    TRACE_FN();
    sk->sk_state = TCP_CLOSE;
    sk->inet_daddr = be32{};
    sk->inet_dport = be16{};
    sock_rps_reset_rxhash(sk);
    sk->sk_bound_dev_if = 0;
    if ((sk->sk_userlocks & SOCK_BINDADDR_LOCK) == 0) {
        inet_reset_saddr(sk);
        if (sk->sk_prot->rehash && (sk->sk_userlocks & SOCK_BINDPORT_LOCK) != 0) sk->sk_prot->rehash(sk);
    }
    if ((sk->sk_userlocks & SOCK_BINDPORT_LOCK) == 0) {
        sk->sk_prot->unhash(sk);
        inet_sk(sk)->inet_sport = be16{};
    }
    sk_dst_reset(sk);
    return TRACE_RET(0);
}

int udp_disconnect(sock *sk, int flags) {
    TRACE_FN();
    lock_sock(sk);
    __udp_disconnect(sk, flags);
    release_sock(sk);
    return TRACE_RET(0);
}

// --- the protocol -------------------------------------------------------------------------------------------------

namespace {

proto_memory *udp_memory() {
    return &inet_global().udp_memory;
}
int udp_rmem_min(const net *ns) {
    return ns->ipv4.sysctl_udp_rmem_min;
}
int udp_wmem_min(const net *ns) {
    return ns->ipv4.sysctl_udp_wmem_min;
}

} // namespace

const proto udp_prot = {
    .name = "UDP",
    .close = udp_lib_close,
    .pre_connect = udp_pre_connect,
    .connect = ip4_datagram_connect,
    .disconnect = udp_disconnect,
    .init = udp_init_sock,
    .destroy = udp_destroy_sock,
    .setsockopt = udp_setsockopt,
    .getsockopt = udp_getsockopt,
    .sendmsg = udp_sendmsg,
    .recvmsg = udp_recvmsg,
    .release_cb = ip4_datagram_release_cb,
    .hash = udp_lib_hash,
    .unhash = udp_lib_unhash,
    .rehash = udp_v4_rehash,
    .get_port = udp_v4_get_port,
    .put_port = udp_lib_unhash,
    .memory = udp_memory,
    .sysctl_rmem = udp_rmem_min,
    .sysctl_wmem = udp_wmem_min,
    .obj_size = sizeof(udp_sock),
    .obj_new = proto_obj<udp_sock>::make,
    .obj_free = proto_obj<udp_sock>::free,
};

// Linux 6.1: net/ipv4/udp.c
void udp_table_init(udp_table *table, unsigned slots) {
    table->mask = slots - 1;
    table->log = static_cast<unsigned>(std::countr_zero(slots));
    table->hash.resize(slots);
    table->hash2.resize(slots);
}

// Both follow from memory: one slot for 2 MB, an eighth of the pages for UDP. The model's machine has 1 GB, as the
// lab's. Linux 6.1: net/ipv4/udp.c
void udp_init() {
    TRACE_FN();
    inet_globals &g = inet_global();
    constexpr long machine_pages = (1L << 30) / PAGE_SIZE;
    udp_table_init(&g.udp_table, static_cast<unsigned>(machine_pages >> (21 - PAGE_SHIFT)));
    constexpr long limit = std::max(machine_pages / 8, 128L);
    g.udp_memory.sysctl_mem[0] = limit / 4 * 3;
    g.udp_memory.sysctl_mem[1] = limit;
    g.udp_memory.sysctl_mem[2] = g.udp_memory.sysctl_mem[0] * 2;
}

} // namespace skbscope::stack
