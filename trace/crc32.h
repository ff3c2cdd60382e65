// SPDX-License-Identifier: GPL-2.0-or-later
// CRC-32 with the polynomial of zlib, PNG and Ethernet (0xedb88320, reflected).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace skbscope::trace {

namespace detail {
constexpr std::array<std::uint32_t, 256> make_crc32_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t n = 0; n < 256; ++n) {
        std::uint32_t c = n;
        for (int bit = 0; bit < 8; ++bit)
            c = (c & 1U) != 0 ? 0xedb88320U ^ (c >> 1) : c >> 1;
        table[n] = c;
    }
    return table;
}
inline constexpr auto crc32_table = make_crc32_table();
} // namespace detail

// `before` is the sum of what came before: crc32(b, crc32(a)) == crc32(ab).
[[nodiscard]] constexpr std::uint32_t crc32(std::span<const std::byte> bytes, std::uint32_t before = 0) {
    std::uint32_t c = ~before;
    for (const std::byte b : bytes)
        c = detail::crc32_table[(c ^ std::to_integer<std::uint32_t>(b)) & 0xffU] ^ (c >> 8);
    return ~c;
}

} // namespace skbscope::trace
