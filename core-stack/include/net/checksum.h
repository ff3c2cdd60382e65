// SPDX-License-Identifier: GPL-2.0-or-later
// The Internet checksum: a ones' complement sum of 16-bit words, kept in 32 bits (wsum) until it is folded (sum16).
// Sums are taken over memory as it lies there, so a folded sum is stored as is: both count as big endian in the packet.
// Linux 6.1: include/net/checksum.h, lib/checksum.c, arch/x86/lib/csum-partial_64.c
#pragma once

#include "linux/types.h"
#include "linux/uio.h"

#include <cstddef>

namespace skbscope::stack {

using sum16 = u16; // in memory order

inline constexpr sum16 CSUM_MANGLED_0 = 0xffff; // UDP: 0 means "no checksum", so 0 is sent as this

[[nodiscard]] wsum csum_partial(const void *buff, std::size_t len, wsum sum);
[[nodiscard]] wsum csum_partial_copy_nocheck(const void *src, void *dst, std::size_t len);
[[nodiscard]] constexpr wsum csum_add(wsum a, wsum b) {
    const u32 r = a + b;
    return r + (r < b ? 1U : 0U);
}
[[nodiscard]] constexpr wsum csum_sub(wsum a, wsum b) {
    return csum_add(a, ~b);
}
// A block that starts at an odd offset counts with its bytes swapped.
[[nodiscard]] constexpr wsum csum_shift(wsum sum, std::size_t offset) {
    return (offset & 1) ? ((sum >> 8) | (sum << 24)) : sum;
}
[[nodiscard]] constexpr wsum csum_block_add(wsum a, wsum b, std::size_t offset) {
    return csum_add(a, csum_shift(b, offset));
}
[[nodiscard]] constexpr wsum csum_block_sub(wsum a, wsum b, std::size_t offset) {
    return csum_block_add(a, ~b, offset);
}
[[nodiscard]] constexpr sum16 csum_fold(wsum sum) {
    u32 s = (sum & 0xffff) + (sum >> 16);
    s = (s & 0xffff) + (s >> 16);
    return static_cast<sum16>(~s);
}
[[nodiscard]] constexpr wsum csum_unfold(sum16 n) {
    return n;
}
// Of an IPv4 header of ihl 32-bit words.
[[nodiscard]] sum16 ip_fast_csum(const void *iph, unsigned ihl);
// With the pseudo header: addresses, length and protocol.
[[nodiscard]] wsum csum_tcpudp_nofold(be32 saddr, be32 daddr, u32 len, u8 proto, wsum sum);
[[nodiscard]] inline sum16 csum_tcpudp_magic(be32 saddr, be32 daddr, u32 len, u8 proto, wsum sum) {
    return csum_fold(csum_tcpudp_nofold(saddr, daddr, len, proto, sum));
}
[[nodiscard]] inline sum16 ip_compute_csum(const void *buff, std::size_t len) {
    return csum_fold(csum_partial(buff, len, 0));
}
[[nodiscard]] wsum csum_and_copy_from_user(const void *src, void *dst, std::size_t len);
[[nodiscard]] wsum csum_and_copy_to_user(const void *src, void *dst, std::size_t len);

// Of folded sums: end-around carry in 16 bits.
[[nodiscard]] constexpr sum16 csum16_add(sum16 csum, be16 addend) {
    const u32 r = u32{csum} + addend.raw;
    return static_cast<sum16>(r + (r >> 16));
}
[[nodiscard]] constexpr sum16 csum16_sub(sum16 csum, be16 addend) {
    return csum16_add(csum, be16::from_raw(static_cast<u16>(~addend.raw)));
}

// RFC 1624: the checksum after a 16- or 32-bit word of the packet changed.
inline void csum_replace_by_diff(sum16 *sum, wsum diff) {
    *sum = csum_fold(csum_add(diff, ~csum_unfold(*sum)));
}
inline void csum_replace4(sum16 *sum, be32 from, be32 to) {
    const wsum tmp = csum_sub(~csum_unfold(*sum), from.raw);
    *sum = csum_fold(csum_add(tmp, to.raw));
}
inline void csum_replace2(sum16 *sum, be16 old, be16 now) {
    const wsum tmp = csum_sub(~csum_unfold(*sum) & 0xffff, old.raw);
    *sum = csum_fold(csum_add(tmp, now.raw));
}

} // namespace skbscope::stack
