// SPDX-License-Identifier: GPL-2.0-or-later
// What the small fields of a packet and of its shared info say, and the sizes that memory for packets is made in.
// Linux 6.1: include/linux/skbuff.h
#pragma once

#include "linux/types.h"

namespace skbscope::stack {

using gfp_t = unsigned;
inline constexpr gfp_t GFP_ATOMIC = 0xa20, GFP_KERNEL = 0xcc0, __GFP_NOWARN = 0x2000, __GFP_MEMALLOC = 0x20000;

inline constexpr unsigned SMP_CACHE_BYTES = 64;
inline constexpr unsigned PAGE_SIZE = 4096;
inline constexpr unsigned MAX_SKB_FRAGS = 17;
inline constexpr unsigned NET_IP_ALIGN = 0; // x86
inline constexpr unsigned NET_SKB_PAD = 64;

enum pkt_type : u8 {
    PACKET_HOST = 0, // to us
    PACKET_BROADCAST,
    PACKET_MULTICAST,
    PACKET_OTHERHOST, // to someone else
    PACKET_OUTGOING,
    PACKET_LOOPBACK,
};
enum ip_summed : u8 {
    CHECKSUM_NONE = 0,    // rx: must be checked; tx: already computed
    CHECKSUM_UNNECESSARY, // rx: the device vouches for it
    CHECKSUM_COMPLETE,    // rx: csum holds the sum over the packet
    CHECKSUM_PARTIAL,     // tx: whoever sends it out must still store it at csum_start + csum_offset
};
enum skb_fclone_state : u8 { SKB_FCLONE_UNAVAILABLE, SKB_FCLONE_ORIG, SKB_FCLONE_CLONE };
enum skb_tx_flags : u8 {
    SKBTX_HW_TSTAMP = 1 << 0,
    SKBTX_SW_TSTAMP = 1 << 1,
    SKBTX_IN_PROGRESS = 1 << 2,
    SKBTX_HW_TSTAMP_USE_CYCLES = 1 << 3,
    SKBTX_WIFI_STATUS = 1 << 4,
    SKBTX_HW_TSTAMP_NETDEV = 1 << 5,
    SKBTX_SCHED_TSTAMP = 1 << 6,
};
inline constexpr u8 SKBTX_ANY_SW_TSTAMP = SKBTX_SW_TSTAMP | SKBTX_SCHED_TSTAMP;
inline constexpr u8 SKBTX_ANY_TSTAMP = SKBTX_HW_TSTAMP | SKBTX_HW_TSTAMP_USE_CYCLES | SKBTX_ANY_SW_TSTAMP;
enum skb_shinfo_flags : u8 { // skb_shared_info::flags
    SKBFL_ZEROCOPY_ENABLE = 1 << 0,
    SKBFL_SHARED_FRAG = 1 << 1,
    SKBFL_PURE_ZEROCOPY = 1 << 2,
    SKBFL_DONT_ORPHAN = 1 << 3,
    SKBFL_MANAGED_FRAG_REFS = 1 << 4,
};
enum skb_gso_type : u32 {
    SKB_GSO_TCPV4 = 1 << 0,
    SKB_GSO_DODGY = 1 << 1,
    SKB_GSO_TCP_ECN = 1 << 2,
    SKB_GSO_TCP_FIXEDID = 1 << 3,
    SKB_GSO_TCPV6 = 1 << 4,
    SKB_GSO_FCOE = 1 << 5,
    SKB_GSO_GRE = 1 << 6,
    SKB_GSO_GRE_CSUM = 1 << 7,
    SKB_GSO_IPXIP4 = 1 << 8,
    SKB_GSO_IPXIP6 = 1 << 9,
    SKB_GSO_UDP_TUNNEL = 1 << 10,
    SKB_GSO_UDP_TUNNEL_CSUM = 1 << 11,
    SKB_GSO_PARTIAL = 1 << 12,
    SKB_GSO_TUNNEL_REMCSUM = 1 << 13,
    SKB_GSO_SCTP = 1 << 14,
    SKB_GSO_ESP = 1 << 15,
    SKB_GSO_UDP = 1 << 16,
    SKB_GSO_UDP_L4 = 1 << 17,
    SKB_GSO_FRAGLIST = 1 << 18,
};

} // namespace skbscope::stack
