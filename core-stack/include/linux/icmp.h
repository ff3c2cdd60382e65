// SPDX-License-Identifier: GPL-2.0-or-later
// The ICMP header, its types and codes.
// Linux 6.1: include/uapi/linux/icmp.h, include/linux/icmp.h
#pragma once

#include "linux/skbuff.h"

namespace skbscope::stack {

enum : u8 {
    ICMP_ECHOREPLY = 0,
    ICMP_DEST_UNREACH = 3,
    ICMP_SOURCE_QUENCH = 4,
    ICMP_REDIRECT = 5,
    ICMP_ECHO = 8,
    ICMP_TIME_EXCEEDED = 11,
    ICMP_PARAMETERPROB = 12,
    ICMP_TIMESTAMP = 13,
    ICMP_TIMESTAMPREPLY = 14,
    ICMP_INFO_REQUEST = 15,
    ICMP_INFO_REPLY = 16,
    ICMP_ADDRESS = 17,
    ICMP_ADDRESSREPLY = 18,
    NR_ICMP_TYPES = 18, // the highest type the dispatch table knows
    ICMP_EXT_ECHO = 42,
    ICMP_EXT_ECHOREPLY = 43,
};

// codes of ICMP_DEST_UNREACH
enum : u8 {
    ICMP_NET_UNREACH = 0,
    ICMP_HOST_UNREACH = 1,
    ICMP_PROT_UNREACH = 2,
    ICMP_PORT_UNREACH = 3,
    ICMP_FRAG_NEEDED = 4,
    ICMP_SR_FAILED = 5,
    ICMP_NET_UNKNOWN = 6,
    ICMP_HOST_UNKNOWN = 7,
    ICMP_HOST_ISOLATED = 8,
    ICMP_NET_ANO = 9,
    ICMP_HOST_ANO = 10,
    ICMP_NET_UNR_TOS = 11,
    ICMP_HOST_UNR_TOS = 12,
    ICMP_PKT_FILTERED = 13,
    ICMP_PREC_VIOLATION = 14,
    ICMP_PREC_CUTOFF = 15,
    NR_ICMP_UNREACH = 15,
};
// codes of ICMP_REDIRECT and ICMP_TIME_EXCEEDED
enum : u8 { ICMP_REDIR_NET = 0, ICMP_REDIR_HOST = 1, ICMP_REDIR_NETTOS = 2, ICMP_REDIR_HOSTTOS = 3 };
enum : u8 { ICMP_EXC_TTL = 0, ICMP_EXC_FRAGTIME = 1 };

//  0        8        16                 31
//  +--------+--------+------------------+
//  |  type  |  code  |     checksum     |
//  +--------+--------+------------------+
//  |  id, sequence | gateway | 0, mtu   |
//  +------------------------------------+
struct icmphdr {
    u8 type = 0;
    u8 code = 0;
    u16 checksum = 0; // ones' complement, as in memory
    union rest {
        struct echo_id {
            be16 id;
            be16 sequence;
        } echo;
        be32 gateway;
        struct fragmentation_needed {
            be16 unused;
            be16 mtu;
        } frag;
        u8 reserved[4];
        rest() : gateway{} {}
    } un;
};
static_assert(sizeof(icmphdr) == 8);

// setsockopt(SOL_RAW, ...)
inline constexpr int ICMP_FILTER = 1;
struct icmp_filter {
    u32 data = 0; // bit n set: type n is kept from the socket
};

[[nodiscard]] inline icmphdr *icmp_hdr(const sk_buff *skb) {
    return reinterpret_cast<icmphdr *>(skb_transport_header(skb));
}
[[nodiscard]] constexpr bool icmp_is_err(int type) {
    return type == ICMP_DEST_UNREACH || type == ICMP_SOURCE_QUENCH || type == ICMP_REDIRECT ||
           type == ICMP_TIME_EXCEEDED || type == ICMP_PARAMETERPROB;
}

} // namespace skbscope::stack
