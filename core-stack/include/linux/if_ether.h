// SPDX-License-Identifier: GPL-2.0-or-later
// Ethernet: addresses, header, EtherTypes. Linux 6.1: include/uapi/linux/if_ether.h
#pragma once

#include "linux/types.h"

namespace skbscope::stack {

inline constexpr int ETH_ALEN = 6;
inline constexpr int ETH_TLEN = 2;
inline constexpr int ETH_HLEN = 14;
inline constexpr int ETH_ZLEN = 60;
inline constexpr int ETH_DATA_LEN = 1500;
inline constexpr int ETH_FRAME_LEN = 1514;
inline constexpr int ETH_FCS_LEN = 4;
inline constexpr int ETH_MIN_MTU = 68;
inline constexpr int ETH_MAX_MTU = 0xffff;

inline constexpr u16 ETH_P_LOOP = 0x0060, ETH_P_IP = 0x0800, ETH_P_ARP = 0x0806, ETH_P_TEB = 0x6558,
                     ETH_P_8021Q = 0x8100, ETH_P_IPV6 = 0x86dd, ETH_P_8021AD = 0x88a8, ETH_P_MPLS_UC = 0x8847,
                     ETH_P_802_3_MIN = 0x0600;
inline constexpr u16 ETH_P_802_3 = 0x0001, ETH_P_ALL = 0x0003, ETH_P_802_2 = 0x0004;

struct ethhdr {
    u8 h_dest[ETH_ALEN];
    u8 h_source[ETH_ALEN];
    be16 h_proto;
};
static_assert(sizeof(ethhdr) == ETH_HLEN);

} // namespace skbscope::stack
