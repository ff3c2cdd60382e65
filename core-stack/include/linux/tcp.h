// SPDX-License-Identifier: GPL-2.0-or-later
// The TCP header. Linux 6.1: include/uapi/linux/tcp.h, include/linux/tcp.h
#pragma once

#include "linux/skbuff.h"

#include <cstring>

namespace skbscope::stack {

//  0                   16                  31
//  +-------------------+-------------------+
//  |      source       |       dest        |
//  +-------------------+-------------------+
//  |                  seq                  |
//  +---------------------------------------+
//  |                ack_seq                |
//  +----+----+---------+-------------------+
//  |doff|res1|  flags  |      window       |   doff: 32-bit words of header, options included
//  +----+----+---------+-------------------+
//  |       check       |      urg_ptr      |
//  +-------------------+-------------------+
struct tcphdr {
    be16 source;
    be16 dest;
    be32 seq;
    be32 ack_seq;
    u16 res1 : 4, doff : 4, fin : 1, syn : 1, rst : 1, psh : 1, ack : 1, urg : 1, ece : 1, cwr : 1;
    be16 window;
    u16 check = 0; // ones' complement, kept as in memory
    be16 urg_ptr;
};
static_assert(sizeof(tcphdr) == 20);

[[nodiscard]] inline tcphdr *tcp_hdr(const sk_buff *skb) {
    return reinterpret_cast<tcphdr *>(skb_transport_header(skb));
}

// The word of doff, flags and window, as bits of the number that it is.
inline constexpr u32 TCP_FLAG_CWR = 0x00800000, TCP_FLAG_ECE = 0x00400000, TCP_FLAG_URG = 0x00200000,
                     TCP_FLAG_ACK = 0x00100000, TCP_FLAG_PSH = 0x00080000, TCP_FLAG_RST = 0x00040000,
                     TCP_FLAG_SYN = 0x00020000, TCP_FLAG_FIN = 0x00010000;
[[nodiscard]] inline u32 tcp_flag_word(const tcphdr *th) {
    be32 word;
    std::memcpy(&word, reinterpret_cast<const u8 *>(th) + 12, sizeof(word));
    return be32_to_cpu(word);
}

} // namespace skbscope::stack
