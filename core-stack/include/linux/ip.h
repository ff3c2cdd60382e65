// SPDX-License-Identifier: GPL-2.0-or-later
// The IPv4 header, as it stands in the packet. Linux 6.1: include/uapi/linux/ip.h, include/linux/ip.h
//
//      0               8               16              24            31
//     +-------+-------+---------------+-------------------------------+
//     |version|  ihl  |      tos      |            tot_len            |
//     +-------+-------+---------------+-----+-------------------------+
//     |              id               |flags|     fragment offset     |   frag_off: flags and offset in 8-byte units
//     +---------------+---------------+-----+-------------------------+
//     |      ttl      |   protocol    |             check             |
//     +---------------+---------------+-------------------------------+
//     |                             saddr                             |
//     |                             daddr                             |
//     +---------------------------------------------------------------+
//     |  options, up to 40 bytes                                      |
#pragma once

#include "linux/skbuff.h"
#include "linux/types.h"

namespace skbscope::stack {

struct iphdr {
    u8 ihl : 4, // header length in 32-bit words, 5 .. 15
        version : 4;
    u8 tos;
    be16 tot_len; // header and payload, bytes
    be16 id;
    be16 frag_off;
    u8 ttl;
    u8 protocol;
    u16 check; // one's complement sum, as in memory
    be32 saddr;
    be32 daddr;
};
static_assert(sizeof(iphdr) == 20);

inline constexpr unsigned MAX_IPOPTLEN = 40;
inline constexpr u8 IPVERSION = 4, IPDEFTTL = 64, MAXTTL = 255;

// Type of service.
inline constexpr u8 IPTOS_TOS_MASK = 0x1e, IPTOS_PREC_MASK = 0xe0, IPTOS_PREC_INTERNETCONTROL = 0xc0,
                    IPTOS_RT_MASK = IPTOS_TOS_MASK & ~3;
constexpr u8 IPTOS_TOS(unsigned tos) {
    return static_cast<u8>(tos & IPTOS_TOS_MASK);
}
constexpr u8 RT_TOS(unsigned tos) {
    return static_cast<u8>(tos & IPTOS_TOS_MASK);
}

// Options: type, length, pointer, data.
inline constexpr u8 IPOPT_COPY = 0x80, IPOPT_CLASS_MASK = 0x60, IPOPT_NUMBER_MASK = 0x1f, IPOPT_END = 0, IPOPT_NOOP = 1,
                    IPOPT_SEC = 130, IPOPT_LSRR = 131, IPOPT_TIMESTAMP = 68, IPOPT_CIPSO = 134, IPOPT_RR = 7,
                    IPOPT_SID = 136, IPOPT_SSRR = 137, IPOPT_RA = 148;
inline constexpr unsigned IPOPT_OPTVAL = 0, IPOPT_OLEN = 1, IPOPT_OFFSET = 2, IPOPT_MINOFF = 4;
inline constexpr u8 IPOPT_TS_TSONLY = 0, IPOPT_TS_TSANDADDR = 1, IPOPT_TS_PRESPEC = 3;
constexpr bool IPOPT_COPIED(u8 o) {
    return (o & IPOPT_COPY) != 0;
}

inline iphdr *ip_hdr(const sk_buff *skb) {
    return reinterpret_cast<iphdr *>(skb_network_header(skb));
}
inline u32 ip_transport_len(const sk_buff *skb) {
    return u32{be16_to_cpu(ip_hdr(skb)->tot_len)} - static_cast<u32>(skb_network_header_len(skb));
}
// BIG TCP keeps 0 in tot_len; the model has none, so the header's word is the truth.
inline u32 iph_totlen(const sk_buff *, const iphdr *iph) {
    return be16_to_cpu(iph->tot_len);
}
inline u32 skb_ip_totlen(const sk_buff *skb) {
    return iph_totlen(skb, ip_hdr(skb));
}

inline constexpr u32 IP_MAX_MTU = 0xffff;
inline void iph_set_totlen(iphdr *iph, u32 len) {
    iph->tot_len = len <= IP_MAX_MTU ? cpu_to_be16(static_cast<u16>(len)) : be16{};
}

} // namespace skbscope::stack
