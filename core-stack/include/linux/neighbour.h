// SPDX-License-Identifier: GPL-2.0-or-later
// Neighbour states, flags and netlink attributes. Linux 6.1: include/uapi/linux/neighbour.h
#pragma once

#include "linux/types.h"

namespace skbscope::stack {

inline constexpr u8 NUD_INCOMPLETE = 0x01, NUD_REACHABLE = 0x02, NUD_STALE = 0x04, NUD_DELAY = 0x08, NUD_PROBE = 0x10,
                    NUD_FAILED = 0x20, NUD_NOARP = 0x40, NUD_PERMANENT = 0x80, NUD_NONE = 0x00;

inline constexpr u32 NTF_USE = 1 << 0, NTF_SELF = 1 << 1, NTF_PROXY = 1 << 3, NTF_EXT_LEARNED = 1 << 4,
                     NTF_ROUTER = 1 << 7, NTF_MANAGED = 1 << 8;

inline constexpr int NDA_DST = 1, NDA_LLADDR = 2, NDA_CACHEINFO = 3, NDA_PROBES = 4, NDA_PROTOCOL = 12,
                     NDA_FLAGS_EXT = 15;

struct ndmsg {
    u8 ndm_family;
    u8 ndm_pad1;
    u16 ndm_pad2;
    s32 ndm_ifindex;
    u16 ndm_state;
    u8 ndm_flags;
    u8 ndm_type;
};
static_assert(sizeof(ndmsg) == 12);

struct nda_cacheinfo {
    u32 ndm_confirmed; // clock ticks (USER_HZ) ago
    u32 ndm_used;
    u32 ndm_updated;
    u32 ndm_refcnt;
};

} // namespace skbscope::stack
