// SPDX-License-Identifier: GPL-2.0-or-later
// IPv4 protocol numbers and address classes. Linux 6.1: include/uapi/linux/in.h, include/linux/in.h
#pragma once

#include "linux/sockaddr.h"
#include "linux/types.h"

namespace skbscope::stack {

inline constexpr u8 IPPROTO_IP = 0, IPPROTO_ICMP = 1, IPPROTO_IGMP = 2, IPPROTO_IPIP = 4, IPPROTO_TCP = 6,
                    IPPROTO_UDP = 17, IPPROTO_GRE = 47, IPPROTO_ESP = 50, IPPROTO_AH = 51, IPPROTO_SCTP = 132,
                    IPPROTO_UDPLITE = 136, IPPROTO_RAW = 255;

// Options at level IPPROTO_IP.
inline constexpr int IP_TOS = 1, IP_TTL = 2, IP_HDRINCL = 3, IP_OPTIONS = 4, IP_RECVOPTS = 6, IP_RETOPTS = 7,
                     IP_PKTINFO = 8, IP_PKTOPTIONS = 9, IP_MTU_DISCOVER = 10, IP_RECVERR = 11, IP_RECVTTL = 12,
                     IP_RECVTOS = 13, IP_MTU = 14, IP_FREEBIND = 15, IP_PASSSEC = 18, IP_TRANSPARENT = 19,
                     IP_ORIGDSTADDR = 20, IP_MINTTL = 21, IP_NODEFRAG = 22, IP_CHECKSUM = 23,
                     IP_BIND_ADDRESS_NO_PORT = 24, IP_RECVFRAGSIZE = 25, IP_RECVERR_RFC4884 = 26, IP_MULTICAST_IF = 32,
                     IP_MULTICAST_TTL = 33, IP_MULTICAST_LOOP = 34, IP_ADD_MEMBERSHIP = 35, IP_DROP_MEMBERSHIP = 36,
                     IP_UNICAST_IF = 50, IP_LOCAL_PORT_RANGE = 51;

inline constexpr u8 IP_PMTUDISC_DONT = 0, IP_PMTUDISC_WANT = 1, IP_PMTUDISC_DO = 2, IP_PMTUDISC_PROBE = 3,
                    IP_PMTUDISC_INTERFACE = 4, IP_PMTUDISC_OMIT = 5;

inline constexpr be32 INADDR_ANY = {}, INADDR_BROADCAST = be32::from_raw(0xffffffff),
                      INADDR_LOOPBACK = cpu_to_be32(0x7f000001), INADDR_ALLHOSTS_GROUP = cpu_to_be32(0xe0000001),
                      INADDR_ALLRTRS_GROUP = cpu_to_be32(0xe0000002);

constexpr bool ipv4_is_loopback(be32 addr) {
    return (be32_to_cpu(addr) & 0xff000000U) == 0x7f000000U;
}
constexpr bool ipv4_is_multicast(be32 addr) {
    return (be32_to_cpu(addr) & 0xf0000000U) == 0xe0000000U;
}
constexpr bool ipv4_is_local_multicast(be32 addr) {
    return (be32_to_cpu(addr) & 0xffffff00U) == 0xe0000000U;
}
constexpr bool ipv4_is_lbcast(be32 addr) {
    return addr == INADDR_BROADCAST;
}
constexpr bool ipv4_is_all_snoopers(be32 addr) {
    return addr == cpu_to_be32(0xe000006a);
}
constexpr bool ipv4_is_zeronet(be32 addr) {
    return !addr;
}
constexpr bool ipv4_is_linklocal_169(be32 addr) {
    return (be32_to_cpu(addr) & 0xffff0000U) == 0xa9fe0000U;
}
constexpr bool ipv4_is_private_10(be32 addr) {
    return (be32_to_cpu(addr) & 0xff000000U) == 0x0a000000U;
}
constexpr bool ipv4_is_private_172(be32 addr) {
    return (be32_to_cpu(addr) & 0xfff00000U) == 0xac100000U;
}
constexpr bool ipv4_is_private_192(be32 addr) {
    return (be32_to_cpu(addr) & 0xffff0000U) == 0xc0a80000U;
}

struct in_pktinfo {
    int ipi_ifindex = 0;
    be32 ipi_spec_dst; // the local address the packet was for
    be32 ipi_addr;     // the header's destination
};

struct ip_mreqn {
    be32 imr_multiaddr;
    be32 imr_address; // of the interface
    int imr_ifindex = 0;
};

} // namespace skbscope::stack
