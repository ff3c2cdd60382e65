// SPDX-License-Identifier: GPL-2.0-or-later
// The UDP header and the UDP socket.
// Linux 6.1: include/linux/udp.h, include/uapi/linux/udp.h
#pragma once

#include "linux/skbuff.h"
#include "net/inet_sock.h"

namespace skbscope::stack {

//  0                   16                  31
//  +-------------------+-------------------+
//  |      source       |       dest        |
//  +-------------------+-------------------+
//  |       len         |      check        |   len counts these 8 bytes too
//  +-------------------+-------------------+
struct udphdr {
    be16 source;
    be16 dest;
    be16 len;
    u16 check = 0; // ones' complement, kept as in memory; 0 = the sender computed none
};
static_assert(sizeof(udphdr) == 8);

[[nodiscard]] inline udphdr *udp_hdr(const sk_buff *skb) {
    return reinterpret_cast<udphdr *>(skb_transport_header(skb));
}

// bits of udp_sock::udp_flags
enum : unsigned {
    UDP_FLAGS_CORK,
    UDP_FLAGS_NO_CHECK6_TX,
    UDP_FLAGS_NO_CHECK6_RX,
    UDP_FLAGS_GRO_ENABLED,
    UDP_FLAGS_ACCEPT_FRAGLIST,
    UDP_FLAGS_ACCEPT_L4,
    UDP_FLAGS_ENCAP_ENABLED,
};

// setsockopt(IPPROTO_UDP, ...)
enum : int {
    UDP_CORK = 1,
    UDP_ENCAP = 100,
    UDP_NO_CHECK6_TX = 101,
    UDP_NO_CHECK6_RX = 102,
    UDP_SEGMENT = 103,
    UDP_GRO = 104
};
inline constexpr unsigned UDP_MAX_SEGMENTS = 128;

struct udp_sock : inet_sock {
    unsigned long udp_flags = 0;
    int pending = 0; // address family of the frames that are corked, 0 = none
    u8 encap_type = 0;
    u16 len = 0; // of the corked datagram, header included
    u16 gso_size = 0;
    // udp_recvmsg takes from here first, and refills it from sk_receive_queue in one go
    sk_buff_head reader_queue{"reader_queue"};
    int forward_deficit = 0; // bytes consumed by readers and not yet given back to sk_rmem_alloc
};

[[nodiscard]] inline udp_sock *udp_sk(sock *sk) {
    return static_cast<udp_sock *>(sk);
}
[[nodiscard]] inline const udp_sock *udp_sk(const sock *sk) {
    return static_cast<const udp_sock *>(sk);
}
[[nodiscard]] inline bool udp_test_bit(unsigned nr, const sock *sk) {
    return (udp_sk(sk)->udp_flags >> nr & 1) != 0;
}
inline void udp_assign_bit(unsigned nr, sock *sk, bool val) {
    if (val)
        udp_sk(sk)->udp_flags |= 1UL << nr;
    else
        udp_sk(sk)->udp_flags &= ~(1UL << nr);
}

} // namespace skbscope::stack
