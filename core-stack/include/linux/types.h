// SPDX-License-Identifier: GPL-2.0-or-later
// Fixed-width and byte-order types. be16/be32 are types of their own: a value in network order cannot meet one in host
// order without a conversion that is visible in the code. (Linux 6.1 has __be16/__be32, checked by sparse only.)
#pragma once

#include <bit>
#include <compare>
#include <cstdint>

namespace skbscope::stack {

using u8 = std::uint8_t;
using u16 = std::uint16_t;
using u32 = std::uint32_t;
using u64 = std::uint64_t;
using s8 = std::int8_t;
using s16 = std::int16_t;
using s32 = std::int32_t;
using s64 = std::int64_t;

// An integer kept in network byte order. `raw` is what stands in memory, as the kernel holds it. It may stand anywhere:
// behind an Ethernet header of 14 bytes no header is aligned, and x86 has NET_IP_ALIGN 0.
template <class T> struct [[gnu::packed]] big_endian {
    T raw = 0;
    constexpr big_endian() = default;
    constexpr bool operator==(const big_endian &) const = default;
    [[nodiscard]] static constexpr big_endian from_raw(T raw) {
        big_endian v;
        v.raw = raw;
        return v;
    }
    // True for any value but 0, as the kernel tests addresses and ports.
    [[nodiscard]] constexpr explicit operator bool() const { return raw != 0; }
    constexpr friend big_endian operator&(big_endian a, big_endian b) { return from_raw(a.raw & b.raw); }
    constexpr friend big_endian operator|(big_endian a, big_endian b) { return from_raw(a.raw | b.raw); }
    constexpr friend big_endian operator^(big_endian a, big_endian b) { return from_raw(a.raw ^ b.raw); }
    constexpr big_endian operator~() const { return from_raw(static_cast<T>(~raw)); }
};
using be16 = big_endian<u16>;
using be32 = big_endian<u32>;
static_assert(sizeof(be16) == 2 && sizeof(be32) == 4);
static_assert(std::endian::native == std::endian::little, "the traces of both sides assume a little-endian machine");

constexpr u16 swap16(u16 v) {
    return static_cast<u16>((v << 8) | (v >> 8));
}
constexpr u32 swap32(u32 v) {
    return ((v & 0xffU) << 24) | ((v & 0xff00U) << 8) | ((v >> 8) & 0xff00U) | (v >> 24);
}
// Named as the field names them; in a namespace, so that <arpa/inet.h>'s macros must not be included in core-stack.
constexpr be16 cpu_to_be16(u16 v) {
    return be16::from_raw(swap16(v));
}
constexpr be32 cpu_to_be32(u32 v) {
    return be32::from_raw(swap32(v));
}
constexpr u16 be16_to_cpu(be16 v) {
    return swap16(v.raw);
}
constexpr u32 be32_to_cpu(be32 v) {
    return swap32(v.raw);
}

} // namespace skbscope::stack
